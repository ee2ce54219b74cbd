"""Successors asked for once more are those of before, without running any code."""

from __future__ import annotations

import pytest

from conform.domain.actions import Successor
from conform.domain.states import State
from conform.errors import EvaluationError
from conform.languages.fizzbee.model import FizzModel
from conform.languages.fizzbee.step_memory import StepMemory
from conform.languages.fizzbee.steps import StepCode, Steps
from tests.unit.languages.fizzbee.fizz_models import model_of

SWITCH = """
    role Switch:
        action Init:
            self.on = False
        action Flip:
            self.on = not self.on
    action Init:
        x = {first}
        s = Switch()
    atomic action Step:
        x = x + 1
    {more}
"""
LIVENESS = "always eventually assertion P:\n        return s.on"


def _runs(model: FizzModel, monkeypatch: pytest.MonkeyPatch) -> list[StepCode]:
    """Return a list that is told of each time that code is run."""
    runs: list[StepCode] = []
    real = Steps.successors

    def counted(self: Steps, code: StepCode, state: State) -> object:
        runs.append(code)
        return real(self, code, state)

    monkeypatch.setattr(Steps, "successors", counted)
    return runs


def _all(model: FizzModel, state: State) -> list[list[Successor]]:
    return [list(model.successors(each, state)) for each in model.instances]


def test_a_question_that_comes_again_runs_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    model = model_of(SWITCH.format(first=0, more=LIVENESS))
    (state,) = model.initial_states()
    first = _all(model, state)
    runs = _runs(model, monkeypatch)
    assert _all(model, tuple(state)) == first
    assert not runs


def test_without_liveness_nothing_is_kept(monkeypatch: pytest.MonkeyPatch) -> None:
    model = model_of(SWITCH.format(first=0, more=""))
    (state,) = model.initial_states()
    runs = _runs(model, monkeypatch)
    assert _all(model, state) == _all(model, state)
    assert len(runs) == 2 * len(model.instances)


def test_true_is_another_state_than_one() -> None:
    model = model_of(SWITCH.format(first=1, more=LIVENESS).replace("x + 1", "[x]"))
    (state,) = model.initial_states()
    truth = tuple(True if value == 1 else value for value in state)
    step = next(each for each in model.instances if each.action == "Step")
    (one,) = model.successors(step, state)
    (other,) = model.successors(step, truth)
    assert (str(one.state[0]), str(other.state[0])) == ("<<1>>", "<<TRUE>>")


def test_an_error_comes_again() -> None:
    model = model_of(SWITCH.format(first='"a"', more=LIVENESS))
    (state,) = model.initial_states()
    step = next(each for each in model.instances if each.action == "Step")
    for _ in range(2):
        with pytest.raises(EvaluationError):
            list(model.successors(step, state))


def test_memory_is_of_steps_that_can_be_asked_otherwise() -> None:
    model = model_of(SWITCH.format(first=0, more=LIVENESS))
    (state,) = model.initial_states()
    forgetful = StepMemory(model.memory.steps, remembers=False)
    for way in model.ways:
        assert list(forgetful.successors(way, state)) == list(model.memory.successors(way, state))
