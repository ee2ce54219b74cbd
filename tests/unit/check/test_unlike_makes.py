"""Words and tuples of a document against the records of a model."""

from __future__ import annotations

import pytest

from conform.check.cf247_contradicted_line import contradicted_lines
from conform.check.columns import Role
from conform.check.models.explored import Explored
from conform.check.models.unlike_makes import standing_words, unlike_part
from conform.domain.values import Value, record, sequence
from conform.explore.options import ExploreOptions
from conform.explore.search import explore
from tests.unit.check.lamps import Lamp
from tests.unit.languages.markdown.pages import page

KNOWN = frozenset(("LOG", "EMPTY", "MERGED"))
LOG_2 = record({"kind": "LOG", "size": 2})


@pytest.mark.parametrize(
    ("stated", "is_unlike"),
    [
        ("LOG", False),
        ("EMPTY", True),
        ("NONE", False),
        (sequence(("LOG", 2)), False),
        (sequence((2, "LOG")), False),
        (sequence(("LOG", 3)), True),
        (sequence(("MERGED", 2)), True),
        (sequence(("GONE", 3)), False),
        (sequence(("MERGED", 2, 3)), False),
        (7, False),
        (LOG_2, False),
    ],
)
def test_what_surely_is_not_the_record_is_told(stated: Value, is_unlike: bool) -> None:
    assert (unlike_part("log", stated, LOG_2, KNOWN) is not None) is is_unlike


def test_part_of_a_function_is_told_by_its_key() -> None:
    stated, actual = sequence(("LOG", "EMPTY")), sequence((LOG_2, LOG_2))
    assert unlike_part("log", stated, actual, KNOWN) == ("log[2]", "EMPTY", LOG_2)


DOCUMENT = """\
# Box

## State Variables

| Variable | Type | Initial Value |
|---|---|---|
| `box` | `Boxes → [owner, epoch]` | all free |

## Actions

### Action 1: Take(b)

**Guard**: `box[b] = free`

**Effect**: the owner is `A`

### Action 2: Leave(b)

**Effect**: `box[b] := free`
"""
MODULE = """\
---- MODULE Lamp ----
EXTENDS Integers
VARIABLE box
Free == [owner |-> "NONE", epoch |-> 0]
Init == box = [b \\in 1..2 |-> Free]
Take(b) == box[b] = Free /\\ box' = [box EXCEPT ![b].owner = "A"]
Leave(b) == box[b] # Free /\\ box' = [box EXCEPT ![b] = Free]
Next == \\E b \\in 1..2 : Take(b) \\/ Leave(b)
====
"""
CONFIGURATION = "INIT Init\nNEXT Next\nCHECK_DEADLOCK FALSE\n"


def told(old: str, new: str) -> list[str]:
    assert old in MODULE
    lamp = Lamp(DOCUMENT, MODULE.replace(old, new), CONFIGURATION)
    artefact = lamp.artefact()
    result = explore(artefact.model, ExploreOptions(stop_at_first=False, keep_graph=True), None)
    explored = Explored(Role.TLAPLUS, artefact.spec, "small", artefact.model, {}, result)
    return [each.message for each in contradicted_lines(lamp.context(), explored)]


def test_word_for_what_a_record_is_initially_stands_for_it() -> None:
    assert told("", "") == []
    (effect,) = told("![b] = Free]", '![b] = [Free EXCEPT !.owner = "B"]]')
    assert effect.startswith('`Leave`: by this `box[1].owner` becomes "NONE", in the model "B"')
    (guard,) = told("Take(b) == box[b] = Free", 'Take(b) == box[b].owner \\in {"A", "NONE"}')
    assert guard == "the model takes `Take` where this is false"


@pytest.mark.parametrize(
    ("initial", "found"),
    [
        ("all free", ["free"]),
        ("`FREE` for every box", ["FREE"]),
        ("free", ["free"]),
        ("all `NONE` with epoch 0", []),
        ("all N", []),
    ],
)
def test_word_of_an_initial_value(initial: str, found: list[str]) -> None:
    text = DOCUMENT.replace("all free", initial)
    constants = "## Constants\n\n| Constant | Type |\n|---|---|\n| `N` | a number |\n"
    spec = page(f"{text}\n{constants}")
    assert [*standing_words(spec, {"box": sequence((LOG_2, LOG_2))})] == found
    assert standing_words(spec, {"box": sequence((LOG_2, record({"kind": "A"})))}) == {}
    assert standing_words(spec, {"box": sequence((1, 1))}) == {}
