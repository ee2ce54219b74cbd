"""Generated code and closures agree on the states of the oracle's modules and of whole systems."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from conform.commands.tla_artefact import load_tla_artefact
from conform.domain.model import Model
from conform.domain.states import State
from conform.errors import ConformError, EvaluationError
from conform.explore.options import Evaluator, ExploreOptions
from conform.explore.search import explore
from conform.text import read_source

ROOT = Path(__file__).parents[2]
ASKED_ONCE = {"TlcSetBranching"}
"""What these give depends on how often they were asked: two answers are never alike."""

MODULES = [
    each
    for each in sorted((ROOT / "tests/oracle/modules").glob("*.cfg"))
    if each.stem not in ASKED_ONCE
] + [ROOT / "tlaplus" / f"{name}.cfg" for name in ("LeaderlessLog", "TaskClaiming")]
MOST_STATES = 100


def model_of(configuration: Path) -> Model:
    """Return the model of a configuration; skip what the front-end refuses."""
    module = configuration.with_suffix(".tla")
    try:
        return load_tla_artefact(
            read_source(module), module.parent, read_source(configuration), configuration.stem
        ).model
    except ConformError as refused:
        pytest.skip(refused.message)


def some_states(model: Model) -> list[State]:
    """Return states of a model that are spread over the first levels of its graph."""
    options = ExploreOptions(
        max_states=20 * MOST_STATES,
        keep_graph=True,
        stop_at_first=False,
        check_liveness=False,
        evaluator=Evaluator.REFERENCE,
    )
    graph = explore(model, options).graph
    if graph is None or not graph.state_count:
        return []
    stride = max(1, graph.state_count // MOST_STATES)
    return [graph.state(number) for number in range(0, graph.state_count, stride)]


def outcome(compute: object, *states: State) -> object:
    """Return what a function gives, or the text of its error."""
    assert callable(compute)
    try:
        return compute(*states)
    except EvaluationError as error:
        return str(error)


def steps(model: Model, states: list[State]) -> Iterator[tuple[State, State]]:
    """Yield steps between states of a model, those of errors left out."""
    for state in states:
        for instance in model.instances:
            try:
                for successor in model.successors(instance, state):
                    yield state, successor.state
            except EvaluationError:
                continue


def _compare_together(model: Model, states: list[State]) -> None:
    """Compare the successors by all instances at once, where they are known, with the closures'."""
    accelerator = model.accelerator
    assert accelerator is not None
    together = accelerator.successors_together(model.instances)
    for state in states:
        found = None if together is None else together(state)
        if found is None:
            continue
        expected = [
            (instance.number, successor.state)
            for instance in model.instances
            for successor in model.successors(instance, state)
        ]
        assert [(number, after) for number, _, after in found] == expected
        for _, changed, after in found:
            kept = set(range(len(state))) - set(changed)
            assert all(after[slot] is state[slot] for slot in kept)


@pytest.mark.parametrize("configuration", MODULES, ids=lambda path: path.stem)
def test_generated_code_answers_as_the_closures_do(configuration: Path) -> None:
    model = model_of(configuration)
    accelerator = model.accelerator
    assert accelerator is not None
    states = some_states(model)
    for instance in model.instances:
        quick = accelerator.successors(instance)
        for state in states:
            expected = outcome(
                lambda s, i=instance: [one.state for one in model.successors(i, s)], state
            )
            found = outcome(quick, state)
            assert (found if isinstance(found, str) else list(found)) == expected  # type: ignore[call-overload]
    _compare_together(model, states)
    predicates = [*model.invariants, *model.initial_properties, *model.constraints]
    predicates += [condition.enabled for condition in model.fairness]
    for predicate in predicates:
        test = accelerator.test(predicate)
        for state in states:
            assert outcome(test, state) == outcome(predicate.holds, state)
    step_predicates = [*model.action_properties, *model.action_constraints]
    step_predicates += [condition.taken for condition in model.fairness]
    for step_predicate in step_predicates:
        step_test = accelerator.step_test(step_predicate)
        for step in steps(model, states[:50]):
            assert outcome(step_test, *step) == outcome(step_predicate.holds, *step)
    steps_hold = accelerator.step_conjunction(model.action_properties)
    for step in steps(model, states[:50]):
        try:
            expected = all(one.holds(*step) for one in model.action_properties)
        except EvaluationError:
            continue
        assert steps_hold(*step) is expected
    together = accelerator.conjunction(model.invariants)
    for state in states:
        try:
            expected = all(predicate.holds(state) for predicate in model.invariants)
        except EvaluationError:
            continue
        assert together(state) is expected
