"""Traces aligned with the model."""

from __future__ import annotations

from typing import Any

import pytest
from msgspec.structs import replace

from conform.domain.trace import Trace, TraceStep
from conform.domain.values import Bindings
from conform.replay.alignment import align
from conform.replay.recorded import replay_traces
from conform.text import Source
from conform.traces.format import FORMATS, Format
from tests.unit.replay.ledger import MODEL, RUN, follow, replayer


def altered(trace: Trace, number: int, **changes: Any) -> Trace:
    """Return `trace` with the step of that number changed."""
    steps = [replace(s, **changes) if s.number == number else s for s in trace.steps]
    return replace(trace, steps=tuple(steps))


@pytest.mark.parametrize("row", FORMATS, ids=[row.name for row in FORMATS])
def test_what_a_format_lost_comes_from_the_model(row: Format) -> None:
    (told,) = row.read(Source("run", row.write(RUN)), None)
    found = align(told, MODEL, keeps_kinds=row.keeps_kinds)
    assert found.findings == ()
    assert found.trace == RUN


@pytest.mark.parametrize("row", FORMATS, ids=[row.name for row in FORMATS])
def test_aligned_trace_replays(row: Format) -> None:
    (told,) = row.read(Source("run", row.write(RUN)), None)
    trace = align(told, MODEL, keeps_kinds=row.keeps_kinds).trace
    assert replay_traces([trace], replayer()).divergences == ()


def test_steps_without_actions_are_explained() -> None:
    bare = [replace(s, action=None, parameters=None, choices=()) for s in RUN.steps[1:]]
    told = replace(RUN, steps=(RUN.steps[0], *bare))
    assert align(told, MODEL).trace == RUN


def test_sequence_is_no_set_where_the_format_tells_them_apart() -> None:
    (row,) = [row for row in FORMATS if row.name == "tlc-json"]
    (told,) = row.read(Source("run", row.write(RUN)), None)
    (finding,) = align(told, MODEL, keeps_kinds=True).findings
    assert finding.code == "CF506"


def test_stuttering_step_is_allowed() -> None:
    still = TraceStep(2, None, None, (), RUN.steps[0].variables)
    found = align(Trace("run", (RUN.steps[0], still)), MODEL)
    assert found.findings == ()
    assert found.trace.steps[1].action is None


def test_lasso_is_unrolled_by_the_step_that_closes_it() -> None:
    up_and_down = follow(("Deposit", "w1", 1), ("Withdraw", "w1", 0), ("Deposit", "w1", 1))
    told = replace(up_and_down, steps=up_and_down.steps[:3], loop_to=2)
    found = align(told, MODEL)
    assert found.findings == ()
    assert found.trace == replace(up_and_down, loop_to=3)


def test_lasso_that_no_step_closes_is_a_finding() -> None:
    told = replace(follow(("Close", "", 0)), loop_to=1)
    (finding,) = align(told, MODEL).findings
    assert finding.message == "run, step 3: any action of the model is not enabled in state 2"


def test_stuttering_for_ever_needs_no_closing_step() -> None:
    told = replace(RUN, loop_to=len(RUN.steps))
    assert align(told, MODEL).trace == told


# --- Traces that are not the model's -------------------------------------------------------------


def told_otherwise(number: int, variables: Bindings) -> Bindings:
    """Return the state of that number with some variables changed."""
    return tuple({**dict(RUN.steps[number - 1].variables), **dict(variables)}.items())


def test_wrong_state_is_shown_beside_the_closest_successor() -> None:
    wrong = altered(RUN, 5, variables=told_otherwise(5, (("isOpen", True),)))
    found = align(wrong, MODEL)
    (finding,) = found.findings
    assert finding.code == "CF506"
    assert finding.message == (
        "run, step 5: Close does not lead to the recorded state; "
        "the closest that it leads to differs in isOpen"
    )
    assert finding.details == ("isOpen  expected  FALSE", "        found     TRUE")
    assert len(found.trace.steps) == 4


def test_step_of_another_instance_names_it() -> None:
    wrong = altered(RUN, 3, parameters=RUN.steps[1].parameters)
    (finding,) = align(wrong, MODEL).findings
    assert finding.hint == "Deposit(w=w2) leads there"


def test_wrong_choice_is_a_finding() -> None:
    (finding,) = align(altered(RUN, 2, choices=(("amount", 1),)), MODEL).findings
    assert "Deposit(w=w1, amount=1) does not lead to the recorded state" in finding.message


def test_disabled_step_is_a_finding() -> None:
    closed = follow(("Close", "", 0))
    again = replace(closed.steps[1], number=3)
    (finding,) = align(replace(closed, steps=(*closed.steps, again)), MODEL).findings
    assert finding.message == "run, step 3: Close is not enabled in state 2"


def test_unknown_action_is_a_finding_with_the_nearest() -> None:
    (finding,) = align(altered(RUN, 2, action="Deposti"), MODEL).findings
    assert finding.message == "run, step 2: the model has no action Deposti"
    assert finding.hint == "did you mean Deposit?"


def test_wrong_initial_state_is_a_finding() -> None:
    wrong = altered(RUN, 1, variables=told_otherwise(1, (("isOpen", False),)))
    (finding,) = align(wrong, MODEL).findings
    assert finding.message == (
        "run: the first state is no initial state of the model: it differs in isOpen"
    )


def test_other_variables_are_a_finding() -> None:
    (finding,) = align(altered(RUN, 3, variables=(("isOpen", True), ("x", 1))), MODEL).findings
    assert finding.message == "run: state 3 lacks balance, seen and has x, unknown to the spec"


def test_trace_without_states_has_nothing_to_align() -> None:
    assert align(Trace("run", ()), MODEL).trace.steps == ()
