"""A generated machine has the states and steps of its model, and no others."""

from __future__ import annotations

from collections import deque
from functools import cache
from pathlib import Path
from typing import Any, TypeAlias

import pytest

from conform.domain.plain import to_plain
from conform.domain.values import Value
from conform.languages.tlaplus.model import TlaModel
from tests.unit.generate.specifications import (
    ROOT,
    Described,
    imported,
    of_files,
    of_text,
    snapshot_of,
    values_of,
)

State: TypeAlias = tuple[Value, ...]
Step: TypeAlias = tuple[State, str, frozenset[tuple[str, Value]], State]

MODULES = ["Queue", "Messages", "Awkward"]

TINY = """
CONSTANTS
    Writers = {w1, w2} MaxOffset = 2 CompactRangeStart = 1 CompactRangeEnd = 1
    CompactRange2Start = 2 CompactRange2End = 2 MaxBatch = 1
SPECIFICATION Spec
INVARIANTS TypeOK NoOffsetDuplicates SequenceCounterPositive FencedRejectsAppends
    CompactionPreservesData NoPhantomEntries CursorConsistency NoOverlappingRanges NoReaderError
    SequentialCompactionSafety
PROPERTY MonotonicOffsets
"""


@cache
def erased(state: State) -> State:
    """Return a state as plain data has it: model values as strings, functions in sets as pairs."""
    return tuple(values_of(to_plain(value)) for value in state)


def steps_of_model(model: TlaModel) -> tuple[set[State], set[Step]]:
    """Return all states and steps of a model, by its own evaluator."""
    states: set[State] = set()
    steps: set[Step] = set()
    seen = set(model.initial_states())
    queue = deque(seen)
    while queue:
        state = queue.popleft()
        before = erased(state)
        states.add(before)
        assert all(invariant.holds(state) for invariant in model.invariants)
        for instance in model.instances:
            for successor in model.successors(instance, state):
                bound = (*instance.parameters, *successor.choices)
                parameters = frozenset((name, erased((value,))[0]) for name, value in bound)
                steps.add((before, instance.action, parameters, erased(successor.state)))
                if successor.state not in seen:
                    seen.add(successor.state)
                    queue.append(successor.state)
    return states, steps


def steps_of_machine(machine: Any, model: TlaModel, plain: Any) -> tuple[set[State], set[Step]]:
    """Return all states and steps of a machine, which checks its properties on the way."""
    states: set[State] = set()
    steps: set[Step] = set()
    snapshots = {machine.state: snapshot_of(machine, model)}
    queue = deque(snapshots)
    while queue:
        state = queue.popleft()
        machine.state = state
        before = snapshots[state]
        states.add(before)
        assert machine.violated() == []
        for action, parameters in list(machine.enabled()):
            machine.state = state
            assert machine.perform(action, parameters)
            told = {
                name: plain(value)
                for name, value in parameters.items()
                if not name.startswith("next_")
            }
            bound = frozenset((name, values_of(value)) for name, value in told.items())
            if machine.state not in snapshots:
                snapshots[machine.state] = snapshot_of(machine, model)
                queue.append(machine.state)
            steps.add((before, action, bound, snapshots[machine.state]))
    return states, steps


def compare(found: Described, folder: Path) -> tuple[int, int]:
    """Compare a machine with its model; return how many states and steps both have."""
    assert found.machine.omissions == ()
    module = imported(found.machine, folder)
    machine = getattr(module, found.machine.class_name)()
    plain = getattr(module, "plain", lambda value: value)
    states, steps = steps_of_machine(machine, found.model, plain)
    wanted_states, wanted_steps = steps_of_model(found.model)
    assert states == wanted_states
    assert steps == wanted_steps
    return len(states), len(steps)


@pytest.mark.parametrize("name", MODULES)
def test_machine_has_the_states_and_steps_of_its_model(name: str, tmp_path: Path) -> None:
    states, steps = compare(of_files(name), tmp_path)
    assert states > 10
    assert steps > states


def test_leaderless_log_has_the_states_and_steps_of_its_model(tmp_path: Path) -> None:
    module = (ROOT / "tlaplus" / "LeaderlessLog.tla").read_text(encoding="utf-8")
    units = module.partition("EXTENDS Integers\n")[2].rpartition("=====")[0].rstrip("=\n")
    states, steps = compare(of_text(units, TINY, "LeaderlessLog"), tmp_path)
    assert states > 500
    assert steps > states
