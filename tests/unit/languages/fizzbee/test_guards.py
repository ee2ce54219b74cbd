"""Requirements are asked before an action is run, which changes nothing but the time it takes."""

from __future__ import annotations

import pytest

from conform.domain.states import State
from conform.languages.fizzbee.model import FizzModel
from tests.unit.languages.fizzbee.fizz_models import count, judged, model_of, values

INIT = "action Init:\n    x = 0\n    log = []\n"


def _states(model: FizzModel) -> list[State]:
    waiting = list(model.initial_states())
    found: list[State] = []
    while waiting:
        state = waiting.pop(0)
        if state in found:
            continue
        found.append(state)
        for instance in model.instances:
            waiting.extend(each.state for each in model.successors(instance, state))
    return found


ACTIONS = [
    "require x < 2\n    x += 1",
    "i = oneof [1, 2]\n    require x + i < 4\n    x += i",
    "any i in [1, 2]:\n        if x + i < 4:\n            x += i",
    "any i in [1, 2]:\n        require x < 3\n        if x + i < 4:\n            x += i",
    "any i in [1, 2]:\n        if x > 5:\n            x = 0\n    x = min(x + 1, 3)",
    "i = oneof [1, 2] if i > x\n    if i == 2:\n        x = i",
    "x = oneof [1, 2]\n    require x == 2",
    "require len(log) < 2\n    require not log or log[0] == 0\n    log.append(x)\n    x = 1 - x",
    "require longer(log, x) < 3\n    x += 1",
    "require [i for i in range(3) if i == x]\n    x += 1",
]
GROWING = "def longer(l, x):\n    l.append(x)\n    return len(l)\n"


@pytest.mark.parametrize("body", ACTIONS)
def test_a_guard_fails_only_where_no_way_leads_on(body: str) -> None:
    model = model_of(GROWING + INIT + f"atomic action A:\n    {body}\n")
    for state in _states(model):
        for way in model.ways:
            asked = [run.state for run in model.memory.steps.ways_out(way.code, state) if run.state]
            run = [run.state for run in model.memory.steps.runs(way.code, state) if run.state]
            assert asked == run, (body, state)


@pytest.mark.parametrize("body", ACTIONS[:6])
def test_most_actions_have_a_guard(body: str) -> None:
    model = model_of(INIT + f"atomic action A:\n    {body}\n")
    has_guard = [way.code.guard is not None for way in model.ways]
    assert all(has_guard) == (body != ACTIONS[4])


def test_what_changes_an_object_is_no_guard() -> None:
    text = GROWING + INIT + "atomic action A:\n    require longer(log, 7) < 3\n    x += 1\n"
    assert all(way.code.guard is None for way in model_of(text).ways)
    assert values(text, "log") == {"<<>>", "<<7>>", "<<7, 7>>"}


def test_a_choice_by_assignment_is_a_step_though_an_if_fails() -> None:
    result = judged(INIT + "atomic action A:\n    i = oneof [1]\n    if x > 5:\n        x = i\n")
    assert result.deadlock is None and result.states_generated == 2


def test_a_thread_waits_at_a_requirement_after_a_choice() -> None:
    text = "---\noptions:\n  max_actions: 1\n  crash_on_yield: false\n---\n" + INIT
    # The choice ends the first step; the thread then waits.
    assert count(text + "action A:\n    i = oneof [1, 2]\n    require x > 5\n    x = i\n") == 3


def test_an_error_in_a_guard_is_told_as_one_of_the_action() -> None:
    result = judged(INIT + "atomic action A:\n    require log[0] > 1\n    x = 1\n")
    assert result.failure is not None and "action A" in result.failure.doing
    span = result.failure.error.span
    assert span is not None and (span.line, span.column) == (5, 13)
