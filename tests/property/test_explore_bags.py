"""Functions whose domain changes in columns: one leaf for each argument, absent or a value."""

from __future__ import annotations

import pickle
import random
from pathlib import Path

import numpy as np
import pytest
from msgspec.structs import replace

from conform.domain.values import Domain, FunctionValue, SetValue, Value, function, sequence
from conform.explore.columns import instance_steps, shapes
from conform.explore.columns.basis import Basis
from conform.explore.columns.codes import Decoded
from conform.explore.columns.layout import Layout, fingerprints
from conform.explore.columns.recording import Recorder, RecordingKeys, settled
from conform.explore.columns.shapes import ABSENT, ByKey, Shapes, Whole
from conform.explore.search import explore
from tests.property.test_explore_columns import OPTIONS, seen, tla_model
from tests.property.test_explore_levels import KEYS, PLAIN

MODULE = r"""---- MODULE Bag ----
EXTENDS Integers, FiniteSets, TLC
CONSTANTS Nodes
VARIABLES msgs, store, turn
vars == <<msgs, store, turn>>
With(m, bag) == IF m \in DOMAIN bag THEN [bag EXCEPT ![m] = @ + 1] ELSE bag @@ (m :> 1)
Without(m, bag) ==
    IF m \notin DOMAIN bag THEN bag
    ELSE IF bag[m] = 1 THEN [x \in DOMAIN bag \ {m} |-> bag[x]] ELSE [bag EXCEPT ![m] = @ - 1]
Ask(n) == /\ turn[n] < 2 /\ turn' = [turn EXCEPT ![n] = @ + 1]
          /\ msgs' = With([kind |-> "ask", from |-> n], msgs) /\ UNCHANGED store
Answer(m) == /\ m.kind = "ask" /\ msgs[m] > 0
             /\ \E n \in Nodes : n # m.from /\
                  msgs' = Without(m, With([kind |-> "yes", from |-> n], msgs))
             /\ UNCHANGED <<store, turn>>
Receive(m) == \/ Answer(m)
              \/ /\ m.kind = "yes" /\ msgs' = Without(m, msgs)
                 /\ store' = (m.from :> turn[m.from]) @@ store /\ UNCHANGED turn
Forget == /\ \E n \in DOMAIN store : /\ store[n] = 2
                                     /\ store' = [x \in (DOMAIN store) \ {n} |-> store[x]]
          /\ UNCHANGED <<msgs, turn>>
Lose == /\ \E m \in {x \in DOMAIN msgs : msgs[x] > 1} : msgs' = [msgs EXCEPT ![m] = 1]
        /\ UNCHANGED <<store, turn>>
\* Arguments that are none are left alone; those of another function, and all at once.
Odd == /\ Cardinality(DOMAIN msgs) = 2 /\ \E n \in Nodes : n \notin DOMAIN store
       /\ store' = [store EXCEPT !["none"] = 5] @@ [n \in Nodes |-> 0]
       /\ msgs' = [x \in DOMAIN msgs |-> IF x.kind = "ask" THEN 1 ELSE msgs[x]] /\ UNCHANGED turn
Reset == /\ store # << >> /\ \A n \in DOMAIN store : store[n] = 0
         /\ store' = << >> /\ msgs' = [m \in {} |-> 0] /\ UNCHANGED turn
Init == msgs = [m \in {} |-> 0] /\ store = << >> /\ turn = [n \in Nodes |-> 0]
Next == \/ \E n \in Nodes : Ask(n)
        \/ \E m \in DOMAIN msgs : Receive(m)
        \/ Forget \/ Lose \/ Odd \/ Reset
Bound == /\ Cardinality(DOMAIN msgs) < 4 /\ \A m \in DOMAIN msgs : msgs[m] <= 2
Known == \A n \in DOMAIN store : store[n] \in 0..2 /\ n \in Nodes
Kept == \A m \in DOMAIN msgs : m.kind = "yes" => msgs[m] + Cardinality(DOMAIN store) < 6
Same == store = << >> \/ \E n \in Nodes : n \in DOMAIN store /\ store[n] >= 0
\* Of a value that is no message the formula has no value.
Late == \E m \in DOMAIN msgs : (msgs[m] > 0 /\ m.kind = "ask") \/ turn[m.from] >= 0
Late2 == DOMAIN msgs = {} \/ Late
Symmetry == Permutations(Nodes)
====
"""
ASKED = """INIT Init
NEXT Next
CONSTANT Nodes = {a, b, c}
INVARIANTS Known Kept Same Late2
CONSTRAINT Bound
CHECK_DEADLOCK FALSE
"""


def written(folder: Path, asked: str = ASKED) -> Path:
    module = folder / "Bag.tla"
    module.write_text(MODULE)
    module.with_suffix(".cfg").write_text(asked)
    return module


TABLES, NO_TABLES = ((1, 10**9),), ((10**9, 0),)
SYMMETRIC = "SYMMETRY Symmetry\n"


@pytest.mark.parametrize(
    ("asked", "room", "trials"),
    [
        ("", 128, TABLES),
        ("", 12, NO_TABLES),
        ("", 6, TABLES),
        (SYMMETRIC, 128, NO_TABLES),
        (SYMMETRIC, 12, TABLES),
        (SYMMETRIC, 6, NO_TABLES),
    ],
)
def test_bags_are_taken_apart_and_nothing_else_changes(
    tmp_path: Path,
    trials: tuple[tuple[int, int], ...],
    room: int,
    asked: str,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """With a table for each message and without, and where a function outgrows its room."""
    monkeypatch.setattr(instance_steps, "TRIALS", trials)
    monkeypatch.setattr(shapes, "ROOM", room)
    module = written(tmp_path, ASKED + asked)
    options = replace(OPTIONS, max_states=900)
    columnar = explore(tla_model(module), replace(options, columns_from=20))
    assert seen(columnar) == seen(explore(tla_model(module), replace(options, columns_from=None)))
    by_keys = explore(tla_model(module), replace(KEYS, columns_from=20, max_states=900))
    assert seen(by_keys) == seen(explore(tla_model(module), replace(PLAIN, max_states=900)))


def test_what_is_not_read_never_matters(tmp_path: Path) -> None:
    """Leaves that an evaluation did not read may hold what they hold in another state."""
    drawn = random.Random("bags")
    model = tla_model(written(tmp_path))
    graph = explore(model, replace(OPTIONS, columns_from=None, max_states=300)).graph
    assert graph is not None
    states = [graph.state(number) for number in range(graph.state_count)]
    basis = Basis(model, Shapes(list(zip(*states, strict=True))))
    assert [type(root) for root in basis.shapes.roots[:2]] == [ByKey, ByKey]
    rows = [basis.row(state) for state in states]
    every = set(range(basis.shapes.leaf_count))
    narrow = 0
    for row in drawn.sample(rows, 60):
        other = drawn.choice(rows)
        for instance in model.instances:
            (reads, ranged), answer = basis.ask_instance(instance, row)
            narrow += len(reads) < len(every) // 8
            mixed = [row[leaf] if leaf in reads else other[leaf] for leaf in sorted(every)]
            assert basis.ask_instance(instance, mixed) == ((reads, ranged), answer)
        for predicate in (*model.invariants, *model.constraints):
            (reads, ranged), value = basis.ask_predicate(predicate, row)
            mixed = [row[leaf] if leaf in reads else other[leaf] for leaf in sorted(every)]
            assert basis.ask_predicate(predicate, mixed) == ((reads, ranged), value)
    assert narrow > 100


def test_functions_of_changing_domains_alone_are_taken_apart() -> None:
    bag, other = function({"x": 1, 2: 1}), function({2: 3})
    rows: list[tuple[type, list[Value]]] = [
        (ByKey, [bag, other, function({})]),
        (Whole, [sequence([1]), sequence([1, 2])]),
        (Whole, [function({"x": 1}), function({"y": 1})]),  # records
        (Whole, [bag, SetValue([1])]),
        (Whole, [function({True: 1, "x": 1}), function({1: 1})]),  # Python takes them for one
    ]
    for kind, values in rows:
        found = Shapes([values])
        assert type(found.roots[0]) is kind, values
        for value in values:
            assert found.assembled(0, found.decomposed(0, value)) == value


def recorded(present: dict[Value, Value]) -> tuple[FunctionValue, dict[int, None]]:
    """Return a function of which x, y and z may be arguments, and the leaves that are read."""
    shape = ByKey(0, 0, 0, 4)
    for argument in ("x", "y", "z"):
        shape.admit(argument)
    values = [[present.get(argument, ABSENT)] for argument in ("x", "y", "z", "")]
    recorder = Recorder(Decoded(values, [0] * 4))
    return RecordingKeys.of(shape, recorder, {}), recorder.read


def test_a_recorded_function_is_a_function_to_those_who_ask() -> None:
    cases: list[dict[Value, Value]] = [{}, {"y": 1}, {"x": 1, "z": 2}]
    for present in cases:
        plain = function(present)
        assert recorded(present)[0] == plain and plain == recorded(present)[0]
        assert hash(recorded(present)[0]) == hash(plain)
        assert len(recorded(present)[0]) == len(plain)
        assert list(recorded(present)[0].items()) == list(plain.items())
        assert recorded(present)[0].order_key == plain.order_key
        assert repr(recorded(present)[0]) == repr(plain)
        assert recorded(present)[0].domain == plain.domain
        found = settled(recorded(present)[0])
        assert isinstance(found, FunctionValue) and type(found.domain) is Domain
        assert type(found.values) is tuple and found == plain
        raised = recorded(present)[0]
        assert raised.like(tuple(iter(raised.values))) == plain


def test_a_recorded_function_is_read_at_one_argument() -> None:
    given, read = recorded({"x": 1, "z": 2})
    assert isinstance(given.values, RecordingKeys)
    assert given.get("z") == 2 and list(read) == [2]
    after = given.values.with_value("y", 5)
    assert isinstance(after.values, RecordingKeys)
    assert after.get("y") == 5 and after.values.at("y") == 5 and list(read) == [2]
    fewer = after.values.restricted(after.values.elements.without(["z", "y"]))
    assert fewer is not None and list(read) == [2]
    assert fewer.get("z") is None and fewer.get("y") is None and list(read) == [2]
    assert fewer == function({"x": 1}) and after == function({"x": 1, "y": 5, "z": 2})
    assert after.values.restricted(given.values.elements) is None, "it may lack an argument"
    assert given.values.restricted(given.values.elements.joined(["y"])) is None, "that is none"


def test_what_is_absent_is_so_in_another_process() -> None:
    assert pickle.loads(pickle.dumps([ABSENT])) == [ABSENT]


def test_rows_that_differ_in_their_highest_bits_have_other_fingerprints() -> None:
    top, half = 1 << 62, 1 << 30
    rows = np.array([[top, 0], [0, top | half], [0, half], [0, 0]], np.uint64)
    assert len(set(fingerprints(rows).tolist())) == len(rows)
    layout = Layout.of([1] * 192)
    bits = np.eye(192, dtype=np.int64)
    words = layout.packed(np.concatenate([bits | np.roll(bits, by, 1) for by in range(96)]))
    assert len(set(fingerprints(words).tolist())) == len(np.unique(words, axis=0))
