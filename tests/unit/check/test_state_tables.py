"""Tables of the states of a variable, held against the steps of the model."""

from __future__ import annotations

from functools import cache

import pytest

from conform.check.columns import Role
from conform.check.models.explored import Explored
from conform.check.models.state_tables import state_tables_otherwise
from conform.domain.prose import Prose
from conform.explore.options import ExploreOptions
from conform.explore.result import ExplorationResult
from conform.explore.search import explore
from conform.languages.markdown.prose import read_prose
from conform.text import Source
from tests.unit.check.lamps import Lamp

DOCUMENT = """\
# Job

## State Variables

| Variable | Type | Initial Value |
|---|---|---|
| `job` | `{IDLE, BUSY, DONE}` | `IDLE` |
| `tries` | `0..2` | `0` |

## Actions

### Action 1: Begin

**Guard:** `job = IDLE` **Effect:** `job := BUSY`

### Action 2: Finish

**Guard:** `job = BUSY` **Effect:** `job := DONE`

### Action 3: Reset

**Guard:** `job ≠ IDLE` **Effect:** `job := IDLE`

### Action 4: Count

**Guard:** `tries < 2` **Effect:** `tries := tries + 1`

"""
MODULE = """\
---- MODULE Lamp ----
EXTENDS Integers
VARIABLES job, tries
Init == job = "IDLE" /\\ tries = 0
Begin == job = "IDLE" /\\ job' = "BUSY" /\\ UNCHANGED tries
Finish == job = "BUSY" /\\ job' = "DONE" /\\ UNCHANGED tries
Reset == job # "IDLE" /\\ job' = "IDLE" /\\ UNCHANGED tries
Count == tries < 2 /\\ tries' = tries + 1 /\\ UNCHANGED job
Next == Begin \\/ Finish \\/ Reset \\/ Count
TypeOK == job \\in {"IDLE", "BUSY", "DONE"} /\\ tries \\in 0..2
====
"""
CONFIGURATION = "INIT Init\nNEXT Next\nINVARIANT TypeOK\nCHECK_DEADLOCK FALSE\n"
WHOLE = """\
### States of a job

| State | Meaning | Entered by | Left by | Next |
|---|---|---|---|---|
| `IDLE` | nothing to do | `Reset` | `Begin` | `BUSY` |
| `BUSY` | being done | Action 1 | `Finish`, `Reset` | `DONE` (`Finish`), `IDLE` |
| `DONE` | over | `Finish` | `Reset` | `IDLE` |
"""


@cache
def result() -> ExplorationResult:
    artefact = Lamp(DOCUMENT, MODULE, CONFIGURATION).artefact()
    return explore(artefact.model, ExploreOptions(stop_at_first=False, keep_graph=True), None)


def found(text: str) -> list[str]:
    """Return what is found of a table behind the document."""
    lamp = Lamp(DOCUMENT + text, MODULE, CONFIGURATION)
    page: Prose = read_prose(Source("specs/lamp.md", lamp.document))
    context, artefact = lamp.context(), lamp.artefact()
    context = type(context)(
        context.document, context.formal, (), context.root, context.sources, (), (page,)
    )
    explored = Explored(Role.TLAPLUS, artefact.spec, "small", artefact.model, {}, result())
    return [f"{each.code} {each.message}" for each in state_tables_otherwise(context, explored)]


def test_table_that_is_borne_out_is_no_finding() -> None:
    assert found(WHOLE) == []


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ("over | `Finish` |", "over | `Finish`, `Begin` |", "CF245 no step of `Begin` in"),
        ("over | `Finish` |", "over | `Count` |", "CF245 no step of `Count` in"),
        ("`Finish`, `Reset`", "`Finish`", "CF285 a step of `Reset` in"),
        ("`BUSY` |\n", "`BUSY`, `DONE` |\n", "CF245 no step in tlaplus/Lamp.tla takes `job`"),
        ("`DONE` (`Finish`)", "`DONE` (`Reset`)", "CF245 no step of `Reset` in"),
        (
            "| `DONE` | over |",
            "| `OVER` | over |",
            "CF243 OVER is no value of `job`, which has DONE",
        ),
        (WHOLE[WHOLE.index("| `DONE` | over") :], "", "CF243 the table of the states of `job` has"),
    ],
)
def test_row_that_the_steps_contradict_is_found(old: str, new: str, expected: str) -> None:
    assert WHOLE.count(old) == 1
    assert found(WHOLE.replace(old, new))[0].startswith(expected)


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("`Finish`, `Reset` |", "`Finish`, or a time-out |"),  # not all of it is understood
        ("over | `Finish` |", "over | never by `Begin` |"),
        ("| State |", "| Topic |"),
        ("`Finish`, `Reset` |", "never mind |"),
    ],
)
def test_what_is_not_understood_is_not_told(old: str, new: str) -> None:
    text = WHOLE.replace("| Next |", "| Note |").replace(old, new)
    assert found(text.replace("| `DONE` | over", "| DONE | over")) == []


def test_table_of_some_states_lacks_none() -> None:
    some = WHOLE[: WHOLE.index("| `DONE` | over")]
    assert found(some) != []
    assert found(some.replace("### States of", "### Main states of")) == []
    assert found(some.replace("| State |", "DONE is told below.\n\n| State |")) == []
