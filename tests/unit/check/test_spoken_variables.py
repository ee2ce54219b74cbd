"""Variables that a document's words speak of without their names."""

from __future__ import annotations

import pytest

from conform.check.cf241_effect_footprint import differing_effects
from conform.check.cf242_guard_footprint import differing_guards
from conform.check.columns import Role
from conform.check.models.explored import Explored
from tests.unit.check.lamps import Lamp

DOCUMENT = """\
# Lease

## State

| Variable | Type | Initially |
|---|---|---|
| holder | node or NONE | NONE |
| inbox | a queue of letters | empty |
| role | what it plays | follower |

## Actions

### Acquire

- Guard: `holder = NONE`
- Effect: `holder := "n1"`; a grant is appended to `inbox`

### Deliver

- Guard: `inbox` is not empty, and {whose}
- Effect: {what}; {becomes}

## Properties

- **TypeOK** (invariant): types.
"""

MODULE = """\
---- MODULE Lamp ----
EXTENDS Sequences
VARIABLES holder, inbox, role
Init == holder = "NONE" /\\ inbox = <<>> /\\ role = "follower"
Acquire == holder = "NONE" /\\ holder' = "n1" /\\ inbox' = Append(inbox, "grant") /\\ UNCHANGED role
Deliver == /\\ inbox # <<>> /\\ holder = "n1"
           /\\ inbox' = Tail(inbox)
           /\\ role' = IF role = "leader" THEN "stale" ELSE "leader"
           /\\ UNCHANGED holder
Next == Acquire \\/ Deliver
TypeOK == holder \\in {"NONE", "n1"}
====
"""

CONFIGURATION = "INIT Init\nNEXT Next\nINVARIANT TypeOK\nCHECK_DEADLOCK FALSE\n"

SAID = {
    "whose": "somebody holds the lease",
    "what": "the first letter is removed",
    "becomes": "a follower becomes the leader; nothing else of `inbox` changes",
}


def told(old: str = "", new: str = "", **words: str) -> list[str]:
    """Return what is found of the footprint of Deliver, said in these words.

    `old` is replaced by `new` in document and module.
    """
    lamp = Lamp(DOCUMENT.format(**{**SAID, **words}), MODULE, CONFIGURATION)
    lamp = lamp.edited(old, new) if old else lamp
    artefact, context = lamp.artefact(), lamp.context()
    result = lamp.explored().result
    explored = Explored(Role.TLAPLUS, artefact.spec, "small", artefact.model, {}, result)
    rules = (differing_effects, differing_guards)
    return [each.message for rule in rules for each in rule(context, explored)]


def test_other_forms_values_and_explaining_words_speak_of_variables() -> None:
    assert told() == []


def test_sentence_in_code_speaks_of_a_variable() -> None:
    guard = "- Guard: `inbox` is not empty, and somebody holds the lease\n"
    code = "**Guard:**\n\n```\ninbox is not empty\n{}\n```\n\n"
    assert told(guard, code.format("somebody holds the lease")) == []
    (message,) = told(guard, code.format("it is well"))
    assert "depends on `holder`" in message


@pytest.mark.parametrize(
    ("place", "words", "variable"),
    [
        ("whose", "it is well", "depends on `holder`"),
        ("becomes", "the node goes on, as `inbox` says", "changes `role`"),
        ("becomes", "for every `n` with `holder = n` it goes on", "changes `role`"),
    ],
)
def test_what_no_word_speaks_of_is_found(place: str, words: str, variable: str) -> None:
    (message, *_others) = told(**{place: words})
    assert variable in message


def test_letter_speaks_of_the_variable_that_its_type_explains() -> None:
    silent = {"what": "the first one is removed", "becomes": "a follower becomes the `role` leader"}
    assert told(**silent) == [
        "the model's `Deliver` changes `inbox`, and the effect does not mention it"
    ]
    assert told(**{**silent, "what": "the first letter is removed"}) == []


@pytest.mark.parametrize(
    ("words", "old", "new", "variable"),
    [
        (
            {"what": "the first letter is removed", "becomes": "a follower has `role` leader"},
            "node or NONE",
            "who gets letters",
            "inbox",
        ),
        ({"becomes": "the node is leader then, of `inbox`"}, '"grant"', '"leader"', "role"),
    ],
)
def test_what_two_variables_have_in_common_speaks_of_neither(
    words: dict[str, str], old: str, new: str, variable: str
) -> None:
    assert told(**words) == []
    message, *_others = told(old, new, **words)
    assert message.startswith(f"the model's `Deliver` changes `{variable}`")


@pytest.mark.parametrize(("verb", "count"), [("sends", 0), ("receives", 0), ("writes", 1)])
def test_who_sends_or_receives_speaks_of_messages(verb: str, count: int) -> None:
    said = {"what": f"the node {verb} the first one", "becomes": "a follower has `role` leader"}
    assert len(told(**said)) == count


@pytest.mark.parametrize(
    ("guard", "kind", "count"),
    [
        ("the lamp is on", "BOOLEAN", 0),
        ("the lamp is on", "{0, 1}", 1),
        ("it shines", "BOOLEAN", 1),
    ],
)
def test_adjective_speaks_of_a_variable_of_booleans(guard: str, kind: str, count: int) -> None:
    section = "**Guard**\n\n- `isOn = TRUE`\n\n**Effect**\n\n- `isOn := FALSE`"
    words = f"**Guard**\n\n- {guard} as `turns` says\n\n**Effect**\n\n- so be it"
    lamp = (
        Lamp().edited(section, words).edited("`BOOLEAN` | `FALSE` | whether", f"`{kind}` | `0` |")
    )
    spec, result = lamp.artefact().spec, lamp.explored().result
    explored = Explored(Role.TLAPLUS, spec, "small", lamp.artefact().model, {}, result)
    found = [each.message for each in differing_guards(lamp.context(), explored)]
    assert len([each for each in found if "depends on `isOn`" in each]) == count
