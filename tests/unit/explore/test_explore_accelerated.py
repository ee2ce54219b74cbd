"""An accelerator is asked for what comes up often, and checked against the model itself."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field

import pytest
from msgspec.structs import replace

from conform.domain.acceleration import Reached, Steps, StepsTogether, StepTest, Test
from conform.domain.actions import ActionInstance
from conform.domain.report import Verdict
from conform.domain.states import Predicate, State, StepPredicate
from conform.errors import EvaluationError, TooDeepError
from conform.explore import asking
from conform.explore.asking import OFTEN
from conform.explore.defect import ExplorerDefectError
from conform.explore.options import Evaluator, ExploreOptions
from conform.explore.search import explore
from tests.unit.explore.toys import Toy, Vars, counter, number, turning

ASKING = ExploreOptions(remember=False, self_check=0)
CHECKING = ExploreOptions(remember=False, self_check=1)


@dataclass
class Quick:
    """An accelerator that answers as its toy does, unless it is told to lie."""

    toy: Toy
    made: list[str] = field(default_factory=list)
    steps: Callable[[State], Sequence[State]] | None = None
    value: Callable[[State], bool] | None = None
    all_values: Callable[[State], bool] | None = None
    step_value: Callable[[State, State], bool] | None = None
    all_steps: Callable[[State, State], bool] | None = None
    together: StepsTogether | None = None

    def successors(self, instance: ActionInstance) -> Steps:
        """Return the toy's successors, or those that it is told to give."""
        self.made.append(instance.action)
        return self.steps or (lambda s: [n.state for n in self.toy.successors(instance, s)])

    def successors_together(self, instances: Sequence[ActionInstance]) -> StepsTogether | None:
        """Return the successors by all instances of the toy, or those that it is told to give."""
        self.made.append("all actions")
        slots = tuple(range(len(self.toy.slots)))

        def reached(state: State) -> list[Reached]:
            return [
                (one.number, slots, successor.state)
                for one in instances
                for successor in self.toy.successors(one, state)
            ]

        return self.together or reached

    def test(self, predicate: Predicate) -> Test:
        """Return the predicate, or what it is told to give."""
        self.made.append(predicate.name)
        return self.value or predicate.holds

    def conjunction(self, predicates: Sequence[Predicate]) -> Test:
        """Return all predicates, or what it is told to give."""
        self.made.append("all")
        return self.all_values or (lambda s: all(predicate.holds(s) for predicate in predicates))

    def step_test(self, predicate: StepPredicate) -> StepTest:
        """Return the predicate, or what it is told to give."""
        self.made.append(predicate.name)
        return self.step_value or predicate.holds

    def step_conjunction(self, predicates: Sequence[StepPredicate]) -> StepTest:
        """Return all predicates, or what it is told to give."""
        self.made.append("all steps")
        return self.all_steps or (lambda s, t: all(one.holds(s, t) for one in predicates))


def not_together(state: State) -> None:
    """Have the instances asked one by one."""


def ring(size: int) -> Toy:
    """Return a toy whose two variables turn: size * size states, all on cycles."""
    toy = Toy(("a", "b"), lambda: [{"a": 0, "b": 0}])
    for name in toy.names:
        toy.action(f"Turn {name}", turning(name, size), [name], [name])
    toy.invariant("Small", lambda v: number(v["a"]) < size, ["a"])
    toy.action_properties.append(toy.step_predicate("Turns", lambda v, w: v != w, ["a", "b"]))
    return toy


def accelerated(toy: Toy) -> Quick:
    """Give a toy an accelerator that does not lie."""
    quick = Quick(toy)
    toy.accelerator = quick
    return quick


@pytest.mark.parametrize("seconds", [0.0, 1e9])
def test_what_is_asked_seldom_is_accelerated_only_if_it_takes_long(
    seconds: float, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(asking, "LONG", seconds)
    toy = counter(OFTEN - 3)
    quick = accelerated(toy)
    assert explore(toy, ASKING).distinct_states == OFTEN - 2
    assert bool(quick.made) is (seconds == 0.0)


@pytest.mark.parametrize("options", [ASKING, replace(ASKING, self_check=1024)])
def test_what_is_asked_often_is_accelerated_once(options: ExploreOptions) -> None:
    """A self-check of the first state included."""
    toy = ring(12)
    quick = accelerated(toy)
    result = explore(toy, options)
    assert sorted(quick.made) == ["Small", "Turns", "all", "all actions", "all steps"]
    assert (result.distinct_states, result.states_generated) == (144, 289)


def test_instances_are_asked_one_by_one_where_they_cannot_be_asked_together() -> None:
    toy = ring(12)
    quick = accelerated(toy)
    quick.together = not_together
    result = explore(toy, ASKING)
    assert {"Turn a", "Turn b", "all actions"} <= set(quick.made)
    assert (result.distinct_states, result.states_generated) == (144, 289)


def test_the_reference_evaluator_does_without() -> None:
    toy = ring(12)
    quick = accelerated(toy)
    explore(toy, ExploreOptions(remember=False, evaluator=Evaluator.REFERENCE))
    assert quick.made == []


@pytest.mark.parametrize("options", [ASKING, CHECKING, ExploreOptions(self_check=1)])
def test_an_accelerator_changes_no_result(options: ExploreOptions) -> None:
    plain = explore(ring(12), options)
    toy = ring(12)
    accelerated(toy)
    found = explore(toy, options)
    assert found.properties == plain.properties
    assert (found.distinct_states, found.depth) == (plain.distinct_states, plain.depth)
    assert found.instances == plain.instances


def test_a_violation_is_found_whoever_answers() -> None:
    toy = ring(12)
    toy.invariant("NotThere", lambda v: (v["a"], v["b"]) != (9, 10), ["a", "b"])
    accelerated(toy)
    rows = {row.name: row for row in explore(toy, ASKING).properties}
    assert rows["NotThere"].verdict is Verdict.FAIL
    assert rows["NotThere"].trace is not None
    assert len(rows["NotThere"].trace.steps) == 20


def test_an_error_is_that_of_the_invariant_it_belongs_to() -> None:
    toy = ring(12)

    def broken(state: State) -> bool:
        if state == (9, 10):
            raise EvaluationError("somewhere in them all")
        return True

    def partial(v: Vars) -> bool:
        if (v["a"], v["b"]) == (9, 10):
            raise EvaluationError("no value")
        return True

    toy.invariant("Partial", partial, ["a", "b"])
    accelerated(toy).all_values = broken
    rows = {row.name: row for row in explore(toy, ASKING).properties}
    error = rows["Partial"].error
    assert error is not None
    assert error.message == "no value"


def test_a_violated_step_is_found_whoever_answers() -> None:
    toy = ring(12)
    toy.action_properties.append(
        toy.step_predicate("Stays", lambda v, w: w["b"] != 11 or v["a"] != 10, ["a", "b"])
    )
    accelerated(toy)
    options = replace(ASKING, stop_at_first=False)
    rows = {row.name: row for row in explore(toy, options).properties}
    assert (rows["Stays"].verdict, rows["Turns"].verdict) == (Verdict.FAIL, Verdict.PASS)
    assert rows["Stays"].trace is not None
    assert len(rows["Stays"].trace.steps) == 22


def test_a_step_without_a_value_is_that_of_the_property_it_belongs_to() -> None:
    toy = ring(12)

    def partial(_before: Vars, after: Vars) -> bool:
        if (after["a"], after["b"]) == (9, 10):
            raise EvaluationError("no value")
        return True

    toy.action_properties.append(toy.step_predicate("Partial", partial, ["a", "b"]))
    accelerated(toy)
    rows = {row.name: row for row in explore(toy, ASKING).properties}
    error = rows["Partial"].error
    assert error is not None
    assert error.message == "no value"


def turned(state: State) -> tuple[State, State]:
    """Return the two successors in a ring of 12."""
    a, b = map(number, state)
    return ((a + 1) % 12, b), (a, (b + 1) % 12)


@pytest.mark.parametrize(
    "wrong",
    [
        lambda state: [],
        lambda state: [(0, (0,), turned(state)[0])],
        lambda state: [(1, (0,), turned(state)[0]), (0, (1,), turned(state)[1])],
        lambda state: [(0, (0,), turned(state)[0]), (1, (), turned(state)[1])],
    ],
    ids=["none", "one missing", "by other instances", "a slot missing"],
)
def test_self_check_finds_wrong_successors_by_all(wrong: StepsTogether) -> None:
    toy = ring(12)
    toy.action_properties.clear()
    accelerated(toy).together = wrong
    with pytest.raises(ExplorerDefectError, match="answer of the actions together is wrong"):
        explore(toy, CHECKING)


def test_self_check_finds_wrong_answers_about_all_steps() -> None:
    toy = ring(12)
    toy.action_properties.append(toy.step_predicate("Stays", lambda v, w: w["b"] != 11, ["b"]))
    accelerated(toy).all_steps = lambda before, after: True
    with pytest.raises(ExplorerDefectError, match="is wrong"):
        explore(toy, CHECKING)


def test_self_check_finds_wrong_successors() -> None:
    toy = ring(12)
    quick = accelerated(toy)
    quick.steps, quick.together = lambda state: [], not_together
    with pytest.raises(ExplorerDefectError, match="answer of Turn a is wrong"):
        explore(toy, CHECKING)


def test_self_check_finds_wrong_invariants() -> None:
    toy = ring(12)
    quick = accelerated(toy)
    quick.value = quick.all_values = lambda state: True
    toy.invariants[0] = toy.predicate("Small", lambda v: v["b"] != 11 or v["a"] != 11, ["a", "b"])
    with pytest.raises(ExplorerDefectError, match="is wrong"):
        explore(toy, CHECKING)


def test_self_check_finds_wrong_step_properties() -> None:
    toy = ring(12)
    toy.action_properties.append(toy.step_predicate("Stays", lambda v, w: w["b"] != 11, ["b"]))
    quick = accelerated(toy)
    quick.step_value = quick.all_steps = lambda before, after: True
    with pytest.raises(ExplorerDefectError, match="answer of Stays is wrong"):
        explore(toy, CHECKING)


def test_an_error_that_the_model_does_not_confirm_is_a_defect() -> None:
    toy = ring(12)

    def broken(state: State) -> Sequence[State]:
        raise EvaluationError("no such error")

    quick = accelerated(toy)
    quick.steps, quick.together = broken, not_together
    with pytest.raises(ExplorerDefectError, match="answer of Turn a is wrong"):
        explore(toy, ASKING)


def test_a_model_that_goes_too_deep_is_no_witness_against_an_answer() -> None:
    toy = Toy(("a",), lambda: [{"a": 0}])
    is_deep = False

    def turn(values: Vars) -> Iterator[Vars]:
        if is_deep:
            raise TooDeepError("the evaluation goes too deep")
        yield {"a": (number(values["a"]) + 1) % size}

    def quickly(state: State) -> list[State]:
        nonlocal is_deep
        is_deep = True
        return [((number(state[0]) + 1) % size,)]

    size = 2 * OFTEN
    toy.action("Turn", turn, ["a"], ["a"])
    quick = accelerated(toy)
    quick.steps, quick.together = quickly, not_together
    assert explore(toy, CHECKING).distinct_states == size
    assert is_deep
