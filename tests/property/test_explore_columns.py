"""The columnar engine finds what the plain search finds, in the same order, however states split.

Every module of the oracle's collection is explored by both, from the first level on, with all
remembered answers asked again; what may be split is drawn at random.
"""

from __future__ import annotations

import random
from collections.abc import Sequence
from functools import cache
from pathlib import Path

import numpy as np
import pytest
from msgspec.structs import replace

from conform.commands.artefacts import read_artefacts
from conform.commands.fizz_artefact import load_fizz_artefact
from conform.commands.machine_artefact import machine_of
from conform.commands.tla_artefact import load_tla_artefact
from conform.config import load_project
from conform.domain.actions import ActionInstance, Observation
from conform.domain.model import Model
from conform.domain.states import Predicate, State
from conform.domain.temporal import Always, Eventually, StateAtom, Temporal
from conform.domain.values import FunctionValue, Value
from conform.errors import ConformError, EvaluationError
from conform.explore.columns import (
    expansion,
    instance_steps,
    keys,
    layout,
    shapes,
    table_of_steps,
    tables,
    truths,
)
from conform.explore.columns.basis import Basis
from conform.explore.columns.questions import is_possible
from conform.explore.columns.shapes import Shapes
from conform.explore.defect import ExplorerDefectError
from conform.explore.graph import StateGraph
from conform.explore.graph_columns import GraphColumns
from conform.explore.liveness import leaf_columns
from conform.explore.liveness.leaf_columns import LeafColumns
from conform.explore.options import ExploreOptions
from conform.explore.result import ExplorationResult, Failure
from conform.explore.search import explore
from conform.text import read_source
from tests.oracle.outcomes import MODULES, NAMES
from tests.unit.explore.toys import Toy, Vars

ROOT = Path(__file__).parents[2]

OPTIONS = ExploreOptions(
    max_states=400, keep_graph=True, check_liveness=False, stop_at_first=False, self_check=1
)


def tla_model(module: Path, configuration: Path | None = None) -> Model:
    """Return the model of a module under the configuration beside it, or another."""
    named = configuration or module.with_suffix(".cfg")
    read = read_source(named)
    return load_tla_artefact(read_source(module), module.parent, read, named.stem).model


def seen(result: ExplorationResult) -> dict[str, object]:
    """Return all that a search found, the graph with its order included.

    There is none where a search of classes of states alone found a violation.
    """
    graph = result.graph
    told: dict[str, object] = {
        "result": replace(result, graph=None, duration=0.0, failure=None, properties=()),
        "failure": told_of(result.failure),
        "properties": [(replace(row, error=None), str(row.error)) for row in result.properties],
    }
    return told if graph is None else told | told_of_graph(graph)


def told_of_graph(graph: StateGraph) -> dict[str, object]:
    """Return all states and edges, in order."""
    return {
        "states": [graph.state(number) for number in range(graph.state_count)],
        "parents": [graph.parent(number) for number in range(graph.state_count)],
        "depths": [graph.depth(number) for number in range(graph.state_count)],
        "firsts": list(graph.firsts),
        "edges": list(
            zip(graph.sources, graph.edge_instances, graph.outcomes, graph.targets, strict=True)
        ),
    }


def told_of(failure: Failure | None) -> object:
    """Return a failure in words: errors are equal only if they are one."""
    return failure and (failure.doing, str(failure.error), failure.trace)


@pytest.fixture
def random_splits(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """Let shapes be split at random, stages come early, elements and parts have their own tables.

    Some instances are asked each time, and for some of them a table is tried again. The seed
    is the test's own.
    """
    drawn = random.Random(request.node.name)
    inferred = shapes.common_form

    def drawn_form(values: Sequence[Value]) -> FunctionValue | None:
        return inferred(values) if drawn.random() < 0.7 else None

    monkeypatch.setattr(shapes, "common_form", drawn_form)
    monkeypatch.setattr(tables, "FIRST_LOOK", drawn.choice([1, 4, 32]))
    monkeypatch.setattr(tables, "MANY", drawn.choice([1, 16]))
    monkeypatch.setattr(instance_steps, "TRIALS", drawn.choice([((1, 10**9),), ((128, 2),)]))
    if drawn.random() < 0.5:
        monkeypatch.setattr(truths, "DIVIDE_FROM", 1)
        monkeypatch.setattr(truths, "DIVIDE_BELOW", 10**9)
    if drawn.random() < 0.5:
        monkeypatch.setattr(table_of_steps, "EARLY_TRIAL", 3)
        monkeypatch.setattr(tables, "EARLY_SHARE", drawn.choice([1.25, 3]))
        monkeypatch.setattr(expansion, "MOST_DIRECT", drawn.choice([0.5, 1]))
        monkeypatch.setattr(instance_steps, "WIDE", 8)
    monkeypatch.setattr(tables, "PLAINLY_FROM", drawn.choice([0, 2, 128]))


@pytest.mark.usefixtures("random_splits")
@pytest.mark.parametrize("name", NAMES)
def test_columns_find_what_the_plain_search_finds(name: str) -> None:
    module = MODULES / f"{name}.tla"
    try:
        model = tla_model(module)
    except ConformError:
        pytest.skip("this module has no model")
    if not is_possible(model, model.identity) or model.alias is not None:
        pytest.skip("this module is for the plain search alone")
    columnar = explore(model, replace(OPTIONS, columns_from=0))
    plain = explore(tla_model(module), replace(OPTIONS, columns_from=None))
    assert seen(columnar) == seen(plain)


READINGS = ["TLA+", "document", "generated machine"]


@cache
def readings_of(protocol: str) -> dict[str, Model]:
    """Return the models of a protocol of this repository by the names of its readings."""
    project = load_project(ROOT / "conform.yaml")
    (entry,) = (each for each in project.protocols if each.name == protocol)
    artefacts = read_artefacts(entry, None)
    machine = machine_of(artefacts)
    assert machine is not None, "it is generated"
    return {each.name: each.model for each in (*artefacts.models, machine)}


@pytest.mark.usefixtures("random_splits")
@pytest.mark.parametrize("reading", READINGS)
@pytest.mark.parametrize("protocol", ["leaderless-log", "task-claiming"])
@pytest.mark.parametrize("bits", [64, 12])
def test_columns_find_it_in_each_reading(
    bits: int, protocol: str, reading: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """In states of one word, and of several, which are told apart by fingerprints."""
    monkeypatch.setattr(layout, "WORD_BITS", bits)
    model = readings_of(protocol)[reading]
    options = replace(OPTIONS, max_states=1500, self_check=7)
    columnar = explore(model, replace(options, columns_from=0))
    assert seen(columnar) == seen(explore(model, replace(options, columns_from=None)))


def fizz_model(specification: Path) -> Model:
    return load_fizz_artefact(specification, specification.name).model


SPECIFICATIONS = [
    *sorted((ROOT / "tests" / "systems" / "fizzbee").glob("*.fizz")),
    *sorted((ROOT / "fizzbee").glob("*.fizz")),
]


@pytest.mark.usefixtures("random_splits")
@pytest.mark.parametrize("specification", SPECIFICATIONS, ids=lambda path: path.stem)
def test_columns_find_it_in_specifications_of_fizzbee(specification: Path) -> None:
    model = fizz_model(specification)
    if not is_possible(model, model.identity):
        pytest.skip("this specification is for the plain search alone")
    columnar = explore(model, replace(OPTIONS, columns_from=0))
    plain = explore(fizz_model(specification), replace(OPTIONS, columns_from=None))
    assert seen(columnar) == seen(plain)


@pytest.mark.parametrize("most", [1, 3, 9])
def test_a_bound_on_the_actions_of_a_path_ends_both_searches_alike(
    most: int, tmp_path: Path
) -> None:
    (tmp_path / "fizz.yaml").write_text(f"options: {{max_actions: {most}}}\n")
    bounded = tmp_path / "TaskClaiming.fizz"
    bounded.write_text((ROOT / "fizzbee" / "TaskClaiming.fizz").read_text())
    assert is_possible(fizz_model(bounded), None)
    options = replace(OPTIONS, max_states=300)
    columnar = explore(fizz_model(bounded), replace(options, columns_from=0))
    plain = explore(fizz_model(bounded), replace(options, columns_from=None))
    assert seen(columnar) == seen(plain)
    assert bool(columnar.cut_by) is (columnar.limit is None)


@pytest.mark.parametrize("language", ["tlaplus", "fizzbee"])
@pytest.mark.parametrize("name", ["LeaderlessLog", "TaskClaiming"])
def test_what_was_not_read_changes_nothing(name: str, language: str) -> None:
    """Asked about a state, and about one that differs where the evaluation did not read."""
    if language == "fizzbee":
        model = fizz_model(ROOT / "fizzbee" / f"{name}.fizz")
    else:
        model = tla_model(ROOT / "tlaplus" / f"{name}.tla")
    found = explore(model, replace(OPTIONS, max_states=1500, self_check=0)).graph
    assert found is not None
    states = [found.state(number) for number in range(found.state_count)]
    basis = Basis(model, Shapes(list(zip(*states, strict=True))))
    rows = [basis.row(state) for state in states]
    drawn = random.Random(name)
    for row in drawn.sample(rows, 40):
        other = drawn.choice(rows)
        for instance in model.instances:
            (reads, sets), answer = basis.ask_instance(instance, row)
            mixed = [row[leaf] if leaf in reads else other[leaf] for leaf in range(len(row))]
            assert basis.ask_instance(instance, mixed) == ((reads, sets), answer)
        for predicate in model.invariants:
            (reads, sets), value = basis.ask_predicate(predicate, row)
            mixed = [row[leaf] if leaf in reads else other[leaf] for leaf in range(len(row))]
            assert basis.ask_predicate(predicate, mixed) == ((reads, sets), value)


@pytest.mark.parametrize("trial", [1000, 7])
def test_states_sorted_by_leaves_have_the_value_of_each(
    trial: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    """All of them where few are asked, and only those that were told where it does not pay."""
    monkeypatch.setattr(leaf_columns, "TRIAL", trial)
    model = fizz_model(ROOT / "fizzbee" / "TaskClaiming.fizz")
    graph = explore(model, replace(OPTIONS, max_states=1000, self_check=0)).graph
    assert graph is not None
    leaves = LeafColumns(GraphColumns(graph))
    states = np.arange(graph.state_count)
    for predicate in (*model.invariants, *(atom_of(each.formula) for each in model.liveness)):
        told = leaves.values(predicate, states, -1).tolist()
        real = [int(predicate.holds(graph.state(number))) for number in range(len(states))]
        assert (-1 in told) <= (trial == 7)
        assert all(one in (-1, other) for one, other in zip(told, real, strict=True))


def atom_of(formula: Temporal) -> Predicate:
    """Return the predicate in `[]<>P`."""
    match formula:
        case Always(Eventually(StateAtom(predicate))):
            return predicate
    raise AssertionError(formula)


class Forgetful(Toy):
    """A model that tells only some of what an evaluation read: what the instance declares."""

    def observe(self, instance: ActionInstance, state: State) -> Observation:
        """Return the successors, and the slots that the instance says it reads and writes."""
        seen = super().observe(instance, state)
        assert instance.reads is not None, "the instance says what it reads"
        return seen._replace(reads=instance.reads, writes=instance.writes)


def two_counters(*, reads: tuple[str, ...], limit: int = 5) -> Toy:
    """Return a model of two counters, the second of which moves while the first is small."""

    def after(value: Value) -> int:
        assert isinstance(value, int), "a counter"
        return (value + 1) % 9

    def second(v: Vars) -> list[Vars]:
        return [{"b": after(v["b"])}] if after(v["a"]) < limit else []

    toy = Forgetful(("a", "b"), lambda: [{"a": 0, "b": 0}])
    toy.action("A", lambda v: [{"a": after(v["a"])}], reads=("a",), writes=("a",))
    toy.action("B", second, reads=reads, writes=("b",))
    return toy


def test_a_reading_that_is_not_told_is_found_out() -> None:
    """An instance that says it reads less than it does stops the search."""
    options = replace(OPTIONS, columns_from=0)
    assert explore(two_counters(reads=("a", "b")), options).distinct_states == 81
    with pytest.raises(ExplorerDefectError, match="the actions in columns"):
        explore(two_counters(reads=("b",)), options)


@pytest.mark.parametrize("end", [(8, 8), (8, 9)])
def test_properties_that_read_too_much_are_asked_each_time(
    end: tuple[int, int], monkeypatch: pytest.MonkeyPatch
) -> None:
    """A key of five bits holds one counter: what reads both is not remembered."""
    monkeypatch.setattr(keys, "MAX_BITS", 5)
    monkeypatch.setattr(keys, "MOST_PARTS", 1)
    both = ("a", "b")

    def model() -> Toy:
        toy = two_counters(reads=("b",), limit=9)
        toy.invariant("Ends", lambda v: (v["a"], v["b"]) != end, both)
        toy.action_properties.append(
            toy.step_predicate("Steps", lambda v, w: v["a"] == w["a"] or v["b"] == w["b"], both)
        )
        return toy

    columnar = explore(model(), replace(OPTIONS, columns_from=0))
    assert seen(columnar) == seen(explore(model(), replace(OPTIONS, columns_from=None)))
    assert columnar.distinct_states == 81


def test_an_error_of_a_property_that_reads_too_much_is_none_of_its_values(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(keys, "MAX_BITS", 5)
    monkeypatch.setattr(keys, "MOST_PARTS", 1)

    def ends(v: Vars) -> bool:
        if (v["a"], v["b"]) == (8, 8):
            raise EvaluationError("it has no value there")
        return True

    def model() -> Toy:
        toy = two_counters(reads=("b",), limit=9)
        toy.invariant("Ends", ends, ("a", "b"))
        return toy

    options = replace(OPTIONS, self_check=0)
    columnar = explore(model(), replace(options, columns_from=0))
    assert seen(columnar) == seen(explore(model(), replace(options, columns_from=None)))
    assert columnar.failure is not None


def test_a_reading_that_a_property_does_not_tell_is_found_out() -> None:
    """So does a property that depends on more than it says, of states or of steps."""
    options = replace(OPTIONS, columns_from=0)

    def ends(v: Vars) -> bool:
        return not (v["a"] == 8 and v["b"] == 8)

    of_states = two_counters(reads=("a", "b"))
    of_states.invariant("Ends", ends, ("a",))
    with pytest.raises(ExplorerDefectError, match="an answer of Ends is wrong"):
        explore(of_states, options)
    of_steps = two_counters(reads=("a", "b"))
    told = of_steps.step_predicate("Starts", lambda v, w: ends(v) or w["a"] != 0, ("a",))
    of_steps.action_properties.append(told)
    with pytest.raises(ExplorerDefectError, match="an answer of Starts is wrong"):
        explore(of_steps, options)


CHOSEN_FROM_A_SET = """---- MODULE Chosen ----
EXTENDS Naturals
VARIABLES f, g, n
Init == f = [x \\in {"a", "b"} |-> 0] /\\ g = [x \\in {"a", "b"} |-> 1] /\\ n = 0
Swap == \\E h \\in {f, g} : f' = h /\\ UNCHANGED <<g, n>>
Count == /\\ n' = (n + 1) % 5 /\\ UNCHANGED f
         /\\ g' = [g EXCEPT !["a"] = (@ + 1) % 3, !["b"] = n]
Next == Swap \\/ Count
====
"""

STARTS_ALONE = """---- MODULE Alone ----
EXTENDS Naturals
VARIABLE x
Init == x \\in 1..300
Spec == Init /\\ [][FALSE]_x
Small == x < 1000
====
"""


@pytest.mark.parametrize(
    ("text", "configuration"),
    [
        (CHOSEN_FROM_A_SET, "INIT Init\nNEXT Next\n"),
        (STARTS_ALONE, "SPECIFICATION Spec\nINVARIANT Small\n"),
    ],
)
def test_columns_find_it_in_odd_modules(text: str, configuration: str, tmp_path: Path) -> None:
    name = text.split()[2]
    module = tmp_path / f"{name}.tla"
    module.write_text(text, encoding="utf-8")
    module.with_suffix(".cfg").write_text(configuration, encoding="utf-8")
    columnar = explore(tla_model(module), replace(OPTIONS, columns_from=0))
    plain = explore(tla_model(module), replace(OPTIONS, columns_from=None))
    assert seen(columnar) == seen(plain)
    assert columnar.distinct_states > 10
