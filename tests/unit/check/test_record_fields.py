"""The fields of records as a document tells them, held against those of the model."""

from __future__ import annotations

from functools import cache

import pytest
from msgspec.structs import replace

from conform.check.columns import Role
from conform.check.models.explored import Explored
from conform.check.models.record_fields import fields_otherwise
from conform.explore.options import ExploreOptions
from conform.explore.result import ExplorationResult
from conform.explore.search import explore
from conform.languages.markdown.prose import read_prose
from conform.text import Source
from tests.unit.check.lamps import Lamp

DOCUMENT = """\
# Box

## State Variables

| Variable | Type | Initial Value |
|---|---|---|
| `box` | a record for each of 1..2 | empty |
| `sent` | a set of records | empty |

## Notes

"""
MODULE = """\
---- MODULE Lamp ----
EXTENDS Integers
VARIABLES box, sent, state
Init == box = [b \\in 1..2 |-> [owner |-> "NONE", epoch |-> 0]] /\\ sent = {} /\\ state = "OFF"
Go == /\\ sent = {} /\\ sent' = {[kind |-> "ASK", by |-> 1], [kind |-> "TELL", size |-> 2]}
      /\\ UNCHANGED <<box, state>>
Next == Go
====
"""
CONFIGURATION = "INIT Init\nNEXT Next\nCHECK_DEADLOCK FALSE\n"


@cache
def result() -> ExplorationResult:
    artefact = Lamp(DOCUMENT, MODULE, CONFIGURATION).artefact()
    return explore(artefact.model, ExploreOptions(stop_at_first=False, keep_graph=True), None)


def found(text: str) -> list[str]:
    """Return the ends of the messages about what stands below the notes."""
    lamp = Lamp(DOCUMENT + text, MODULE, CONFIGURATION)
    page = read_prose(Source("specs/lamp.md", lamp.document))
    context = replace(lamp.context(), pages=(page,))
    explored = Explored(
        Role.TLAPLUS, lamp.artefact().spec, "small", lamp.artefact().model, {}, result()
    )
    return [
        each.message.replace("tlaplus/Lamp.tla", "it")
        for each in fields_otherwise(context, explored)
    ]


FORMS = [
    "An entry of `box` has the fields:\n\n| Field | Meaning |\n|---|---|\n"
    "| `owner` | who |\n| `epoch` | when |\n",
    "### Record of `box`\n\n| Field | Type |\n|---|---|\n| owner | who |\n| epoch | when |\n",
    "The shape of `box[b]`:\n\n- `owner`: who\n- `epoch` (a number): when\n",
    "Each `box[b]` carries:\n\n- **owner** — who\n- **epoch** — when\n",
    "The structure of `box[b]`:\n\n```\nBox {\n  owner: Name\n  epoch: int\n}\n```\n",
    'A record in `box` looks like this:\n\n```json\n{"owner": "NONE", "epoch": 0}\n```\n',
    "Each `box[b]` is a record with fields `owner` and `epoch`.\n",
    "It is in `box[b].owner` and `box[b].epoch`.\n",
]


@pytest.mark.parametrize("form", FORMS)
def test_fields_are_those_of_the_model(form: str) -> None:
    assert found(form) == []
    assert found(form.replace("epoch", "term")) == ["the records of `box` in it have no `term`"]


@pytest.mark.parametrize("form", [FORMS[0], FORMS[2], FORMS[4]])
def test_field_that_is_left_out_is_found(form: str) -> None:
    more = MODULE.replace("epoch |-> 0", "epoch |-> 0, size |-> 1")
    lamp = Lamp(DOCUMENT + form, more, CONFIGURATION)
    page = read_prose(Source("specs/lamp.md", lamp.document))
    options = ExploreOptions(stop_at_first=False, keep_graph=True)
    told = explore(lamp.artefact().model, options, None)
    context = replace(lamp.context(), pages=(page,))
    spec, model = lamp.artefact().spec, lamp.artefact().model
    explored = Explored(Role.TLAPLUS, spec, "small", model, {}, told)
    (message,) = [each.message for each in fields_otherwise(context, explored)]
    assert message == "the fields of `box` lack `size` of tlaplus/Lamp.tla"


@pytest.mark.parametrize(
    "text",
    [
        # other names altogether, other kinds of records, other things than fields
        "The shape of `box[b]`:\n\n- `holder`: who\n- `term`: when\n",
        "A record in `sent` has the fields:\n\n- `kind`: ASK\n- `by`: who asks\n",
        "An entry of `box` is one of:\n\n- `owner`: who\n- `other`: what\n",
        "The real record of `box` has other fields:\n\n- `owner`: who\n- `ttl`: when\n",
        "The variable `state` is read by `state.py`, and box.term is a file.\n",
    ],
)
def test_what_is_no_list_of_fields_is_not_told(text: str) -> None:
    assert found(text) == []
