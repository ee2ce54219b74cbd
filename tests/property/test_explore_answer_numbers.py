"""Edges that the columnar search gives one number read the same, and do the same."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from msgspec.structs import replace

from conform.domain.states import State
from conform.domain.values import FunctionValue, SetValue, Value
from conform.explore import turns
from conform.explore.edge_classes import standing_edges
from conform.explore.graph import StateGraph
from conform.explore.options import ExploreOptions
from conform.explore.search import explore
from conform.explore.space import NOWHERE
from tests.oracle.outcomes import MODULES
from tests.property.test_explore_columns import tla_model

OPTIONS = ExploreOptions(keep_graph=True, check_liveness=False, check_deadlock=False)
COUNTERS = """---- MODULE Counters ----
EXTENDS Naturals
VARIABLES at, last
Init == at = [i \\in 1..3 |-> 0] /\\ last = 0
Turn(i) == at' = [at EXCEPT ![i] = (@ + 1) % 4] /\\ last' = i
Next == Turn(1) \\/ Turn(2) \\/ Turn(3)
====
"""

SUMS = """---- MODULE Sums ----
EXTENDS Naturals, FiniteSets
VARIABLES at, sums, size, last
Init == at = <<0, 0, 0>> /\\ sums = {} /\\ size = 0 /\\ last = 10
Turn(i) == /\\ at[i] < 3 /\\ at' = [at EXCEPT ![i] = @ + 1]
           /\\ sums' = sums \\cup {at[1] + at[2] + at[3]} /\\ UNCHANGED <<size, last>>
Tail == /\\ at = <<3, 3, 3>> /\\ last < 15 /\\ last' = last + 1
        /\\ sums' = (0..8) \\cup {last} /\\ UNCHANGED <<at, size>>
Count == size' = Cardinality(sums) /\\ UNCHANGED <<at, sums, last>>
Next == Turn(1) \\/ Turn(2) \\/ Turn(3) \\/ Tail \\/ Count
====
"""
"""The last sums are found in narrow levels, by the plain search."""


def graph_of(module: Path, columns_from: int | None) -> StateGraph:
    graph = explore(tla_model(module), replace(OPTIONS, columns_from=columns_from)).graph
    assert graph is not None
    return graph


@pytest.fixture(autouse=True)
def soon(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let columns begin within small graphs, and whatever they spare."""
    monkeypatch.setattr(turns, "MIN_WIDTH", 5)
    monkeypatch.setattr(turns, "SHARE_ACCELERATED", 0)


@pytest.mark.parametrize(("columns_from", "width"), [(0, 5), (30, 5), (30, 20)])
def test_a_function_is_read_at_the_argument_that_is_asked_for(
    columns_from: int, width: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """In states that the plain search expanded first or last, too."""
    monkeypatch.setattr(turns, "MIN_WIDTH", width)
    module = tmp_path / "Counters.tla"
    module.write_text(COUNTERS)
    module.with_suffix(".cfg").write_text("INIT Init\nNEXT Next\n")
    graph, plain = graph_of(module, columns_from), graph_of(module, None)
    assert plain.edge_classes is None
    assert graph.edge_classes is not None
    found = set()
    for edge, instance in enumerate(graph.edge_instances):
        at = graph.state(graph.sources[edge])[0]
        assert isinstance(at, FunctionValue)
        found.add((instance, graph.edge_classes[edge], at.values[instance]))
    assert len(found) == 12
    assert sum(standing_edges(graph)) == sum(standing_edges(plain)) == graph.edge_count


def parts(value: Value, path: tuple[object, ...] = ()) -> Iterator[tuple[object, Value]]:
    """Yield what a value holds in each of its places; a set holds TRUE for each element."""
    if isinstance(value, FunctionValue):
        for argument, image in value.items():
            yield from parts(image, (*path, str(argument)))
    elif isinstance(value, SetValue):
        yield from ((((*path, "in", str(each))), True) for each in value.elements)
    else:
        yield path, value


def flat(state: State) -> dict[object, Value]:
    return dict(part for slot, value in enumerate(state) for part in parts(value, (slot,)))


@pytest.mark.parametrize("name", ["TokenRing", "Gossip", "Sagas", "Allocator", "Elevator"])
def test_edges_of_one_number_change_the_same_to_the_same(name: str) -> None:
    assert_alike(graph_of(MODULES / f"System{name}.tla", 30))


@pytest.mark.parametrize("width", [20, 60])
def test_elements_that_came_last_are_told_apart(
    width: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(turns, "MIN_WIDTH", width)
    monkeypatch.setattr(turns, "KEPT_FOR_LEVEL", 10**6)
    module = tmp_path / "Sums.tla"
    module.write_text(SUMS)
    module.with_suffix(".cfg").write_text("INIT Init\nNEXT Next\n")
    assert_alike(graph_of(module, 30))


def assert_alike(graph: StateGraph) -> None:
    """Check that edges of one number, instance and outcome do the same."""
    assert graph.edge_classes is not None
    numbers: dict[object, int] = {}
    first: dict[object, tuple[dict[object, Value], set[object]]] = {}
    for edge, number in enumerate(graph.edge_classes):
        instance = graph.edge_instances[edge]
        before, after = (graph.state(each[edge]) for each in (graph.sources, graph.targets))
        read = [before[slot] for slot in sorted(graph.instances[instance].reads or ())]
        assert numbers.setdefault((instance, *read), number) == number
        if number == NOWHERE:  # the plain search asked about that alone
            continue
        old, new = flat(before), flat(after)
        changed = {each for each in old.keys() | new.keys() if old.get(each) != new.get(each)}
        other, others = first.setdefault((instance, graph.outcomes[edge], number), (new, changed))
        assert all(new.get(each) == other.get(each) for each in changed | others)
