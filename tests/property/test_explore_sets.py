"""Sets in columns: what is asked of them, of values that turn out to be no elements, and growth."""

from __future__ import annotations

from pathlib import Path

import pytest
from msgspec.structs import replace

from conform.domain.exploration import ExplorationStatus
from conform.domain.recorded import RecordedElements
from conform.domain.values import (
    SetValue,
    Value,
    record,
)
from conform.explore import turns
from conform.explore.columns import engine, keys, shapes
from conform.explore.columns.basis import Basis
from conform.explore.columns.codes import Decoded
from conform.explore.columns.engine import Columns
from conform.explore.columns.recording import Recorder, RecordingElements
from conform.explore.columns.shapes import ByMember, Known, Shapes
from conform.explore.options import ExploreOptions
from conform.explore.search import explore
from conform.languages.tlaplus.evaluation import sieves
from conform.languages.tlaplus.evaluation.dispatch import Code
from conform.languages.tlaplus.evaluation.recorded_sets import chosen
from conform.languages.tlaplus.evaluation.sets import Interval, LazySet, explicit
from conform.languages.tlaplus.evaluation.spaces import RecordSpace
from conform.languages.tlaplus.evaluation.standard.finite_sets import LANGUAGE
from conform.text import Span
from tests.property.test_explore_columns import OPTIONS, seen, tla_model

ROOT = Path(__file__).parents[2]

MESSAGES = r"""---- MODULE Messages ----
EXTENDS Integers, FiniteSets
VARIABLES msgs, seen, count
Nodes == 1..3
Kinds == {"ask", "yes", "no"}
Message == [kind : {"ask", "no"}, from : Nodes] \cup [kind : {"yes"}, from : Nodes, to : Nodes]
Init == msgs = {} /\ seen = [n \in Nodes |-> {}] /\ count = 0
Ask(n) == /\ \A m \in msgs : m.kind = "ask" => m.from # n
          /\ msgs' = msgs \cup {[kind |-> "ask", from |-> n]}
          /\ UNCHANGED <<seen, count>>
\* Only a "yes" has a field `to`: asked of others, the formula has no value.
Yes(n) == /\ \E m \in msgs : m.kind = "ask" /\ m.from # n
                /\ msgs' = {[kind |-> "yes", from |-> n, to |-> m.from]} \cup msgs
          /\ UNCHANGED <<seen, count>>
Receive(n) == /\ \E m \in {y \in msgs : y.kind = "yes"} :
                    /\ m.to = n /\ m.from \notin seen[n]
                    /\ seen' = [seen EXCEPT ![n] = @ \cup {m.from}]
              /\ UNCHANGED <<msgs, count>>
Lose == /\ \E m \in msgs : m.kind = "yes" /\ m.to = 1 /\ msgs' = msgs \ {m}
        /\ count' = 1 - count /\ UNCHANGED seen
Forget(n) == /\ \E S \in SUBSET seen[n] :
                   Cardinality(S) = 2 /\ seen' = [seen EXCEPT ![n] = S \cap {n, 1}]
             /\ UNCHANGED <<msgs, count>>
Both == /\ \E m, k \in msgs :
              m.kind = "ask" /\ k.kind = "ask" /\ m.from < k.from /\ count' = k.from - m.from
        /\ UNCHANGED <<msgs, seen>>
First == /\ \E m \in msgs : m.kind = "yes"
         /\ LET first == CHOOSE m \in msgs : m.kind = "yes" IN count' = first.from
         /\ UNCHANGED <<msgs, seen>>
Reset == /\ msgs = Message \cap msgs /\ Cardinality(msgs) = 5
         /\ msgs' = {m \in msgs : m.kind # "yes"}
         /\ UNCHANGED <<seen, count>>
Next == \/ Lose \/ Both \/ First \/ Reset
        \/ \E n \in Nodes : Ask(n) \/ Yes(n) \/ Receive(n) \/ Forget(n)
TypeOK == /\ msgs \subseteq Message /\ msgs \in SUBSET Message
          /\ \A n \in Nodes : seen[n] \subseteq Nodes
Answered == \A m \in msgs : m.kind # "no"
Sum == UNION {seen[n] : n \in Nodes} \subseteq Nodes
Few == Cardinality(msgs) < 9
Equal == seen[1] = seen[2] => (seen[1] \cup seen[2]) \ seen[1] = {}
Same == [kind |-> "ask", from |-> 1] \in msgs <=> \E m \in msgs : m = [kind |-> "ask", from |-> 1]
Grows == [][\A m \in msgs : m.kind = "ask" => m \in msgs']_msgs
====
"""

CONFIGURATION = """INIT Init
NEXT Next
INVARIANTS TypeOK Answered Sum Few Equal Same
PROPERTY Grows
CHECK_DEADLOCK FALSE
"""


@pytest.fixture
def messages(tmp_path: Path) -> Path:
    module = tmp_path / "Messages.tla"
    module.write_text(MESSAGES)
    module.with_suffix(".cfg").write_text(CONFIGURATION)
    return module


@pytest.mark.parametrize("room", [128, 30, 8])
def test_messages_are_exchanged_alike(
    messages: Path, room: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    """With room for all messages, for so many that the set outgrows it, and for none."""
    monkeypatch.setattr(shapes, "ROOM", room)
    options = replace(OPTIONS, max_states=500)
    columnar = explore(tla_model(messages), replace(options, columns_from=0))
    plain = explore(tla_model(messages), replace(options, columns_from=None))
    assert seen(columnar) == seen(plain)
    assert plain.distinct_states == 500


SIFTED = r"""---- MODULE Sifted ----
EXTENDS Integers, FiniteSets, TLC
VARIABLES msgs, turn
Message == [kind : {"a"}, n : 1..3] \cup [kind : {"b"}, n : 1..3, to : 1..3]
Init == msgs = {} /\ turn = 0
\* Some of the conjuncts at the beginning tell by themselves; others do once names have values.
IsTo(m, k) == m.kind = "b" /\ m.to = k
Turned(m) == m.n > turn
Meets(Test(_)) == \E m \in msgs : Test(m) /\ m.n = 2
After(x) == \E m \in msgs : m.n = x + 1
Send == \E m \in Message : m \notin msgs /\ Cardinality(msgs) < 3 /\ msgs' = msgs \cup {m}
Take(k) == \E m \in msgs : IsTo(m, k) /\ Turned(m) /\ msgs' = msgs \ {m}
Step == turn' = (turn + 1) % 3
A == /\ Send /\ Step
B == /\ \E k \in 1..3 : Take(k)
     /\ Step
C == /\ Meets(LAMBDA m : m.n > turn) /\ Step /\ UNCHANGED msgs
D == /\ LET now == turn IN \E m \in msgs : m.n = now /\ m.kind = "a"
     /\ After(turn) /\ Step /\ UNCHANGED msgs
E == /\ \E m \in msgs : \E k \in msgs : k.kind = m.kind /\ k.n = m.n + 1
     /\ Step /\ msgs' = {m \in msgs : m.kind = "b" => m.to < turn}
F == /\ \E s \in {{1}, {2, 3}} : {m \in msgs : m.n \in s} = msgs
     /\ Step /\ msgs' = {}
G == /\ turn = 1
     /\ \E m \in msgs \cup {[kind |-> "a", n |-> 2]} : m.n = 2 /\ m.kind = "a" /\ m \in msgs
     /\ Step /\ msgs' = msgs \ {CHOOSE m \in msgs : m.n = 2 /\ m.kind = "a"}
H == /\ turn = 2 /\ Step
     /\ \E k \in 1..3 :
          msgs' = (msgs \cup [kind : {"a"}, n : {k, turn}]) \cup [kind : {"b"}, n : {}, to : {1}]
I == /\ \E m \in msgs :
          /\ m.kind = "a"
          /\ msgs' = [kind : {"b"}, n : {m.n}, to : {m.n, 1}] \cup (msgs \ {m})
     /\ Step
Next == A \/ B \/ C \/ D \/ E \/ F \/ G \/ H \/ I
Below == \A m \in msgs : m.kind = "b" => m.to + m.n + turn < 9
Each == \A m \in msgs : m.n \in 1..3 /\ Cardinality({m}) = 1
\* A conjunct that no state has a part in, behind one without a value, leaves nothing out.
Late == turn < 2 \/ \E m \in msgs : m.to > turn /\ m.kind = "b"
Shown(x) == \E m \in msgs : ToString(x) = "1" /\ m.n = 1
Told == ~Shown(TRUE) /\ (Shown(1) <=> \E m \in msgs : m.n = 1)
Broken == \A m \in msgs : m.to = 1 => m.kind = "b"
====
"""


@pytest.mark.parametrize("invariant", ["Below", "Each", "Late", "Told", "Broken"])
def test_values_that_cannot_matter_change_nothing(invariant: str, tmp_path: Path) -> None:
    """By conjuncts through definitions, arguments of all kinds, and formulas without a value."""
    module = tmp_path / "Sifted.tla"
    module.write_text(SIFTED)
    module.with_suffix(".cfg").write_text(
        f"INIT Init\nNEXT Next\nINVARIANT {invariant}\nCHECK_DEADLOCK FALSE\n"
    )
    options = replace(OPTIONS, max_states=700)
    columnar = explore(tla_model(module), replace(options, columns_from=0))
    plain = explore(tla_model(module), replace(options, columns_from=None))
    assert seen(columnar) == seen(plain)
    is_without_value = invariant in ("Late", "Broken")
    assert (plain.status is ExplorationStatus.ERROR) is is_without_value


def test_values_are_left_out_once(messages: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What a formula alone tells of a message is asked anew where there are more messages only."""
    asked: list[int] = []
    may = sieves._may

    def noted(holds: Code, environment: tuple[object, ...]) -> bool:
        asked.append(1)
        return may(holds, environment)

    monkeypatch.setattr(sieves, "_may", noted)
    options = ExploreOptions(max_states=500, columns_from=0, self_check=0)
    explore(tla_model(messages), options)
    first = len(asked)
    explore(tla_model(messages), replace(options, max_states=1000))
    assert 0 < len(asked) - first < 1.5 * first


@pytest.mark.parametrize("name", ["Paxos", "TwoPhaseCommit"])
def test_protocols_that_exchange_messages_are_explored_alike(name: str) -> None:
    module = ROOT / "bench" / "models" / f"{name}.tla"
    options = replace(OPTIONS, max_states=1500, self_check=7)
    columnar = explore(tla_model(module), replace(options, columns_from=0))
    assert seen(columnar) == seen(explore(tla_model(module), replace(options, columns_from=None)))


@pytest.mark.parametrize(
    ("early", "earlier", "begins"),
    [(200, 10**6, True), (10**6, 10**6, False), (10**6, 20, True)],
)
def test_columns_begin_early_where_much_was_evaluated(
    messages: Path, early: int, earlier: int, begins: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Long before `columns_from` states are known; the same is found."""
    monkeypatch.setattr(turns, "EARLY", early)
    monkeypatch.setattr(turns, "EARLIER", earlier)
    monkeypatch.setattr(turns, "MIN_WIDTH", 20)
    found = explore(tla_model(messages), ExploreOptions(max_states=600, profile=True))
    assert found.profile is not None
    (remark, *_) = found.profile.remarks
    assert remark.endswith("in columns." if begins else "one by one.")
    plain = explore(tla_model(messages), ExploreOptions(max_states=600, columns_from=None))
    assert (found.states_generated, found.depth) == (plain.states_generated, plain.depth)


def test_columns_wait_where_answers_come_twice(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(turns, "EARLIER", 500)
    monkeypatch.setattr(turns, "MIN_WIDTH", 20)
    module = ROOT / "tests/oracle/modules/SystemSuspicion.tla"
    found = explore(tla_model(module), ExploreOptions(max_states=400, profile=True))
    assert found.profile is not None
    assert found.profile.remarks[0].endswith("one by one.")
    assert sum(row.evaluations for row in found.profile.rows) > 1000


def test_what_a_set_is_not_asked_for_is_not_read(messages: Path) -> None:
    """An answer holds for every combination of the messages that an evaluation did not ask for."""
    model = tla_model(messages)
    found = explore(model, replace(OPTIONS, columns_from=None)).graph
    assert found is not None
    states = [found.state(number) for number in range(0, found.state_count, 7)]
    basis = Basis(model, Shapes(list(zip(*states, strict=True))))
    rows = [basis.row(state) for state in states]
    every = set(range(basis.shapes.leaf_count))
    narrow = 0
    for row, other in zip(rows, reversed(rows), strict=True):
        for instance in model.instances:
            (reads, ranged), answer = basis.ask_instance(instance, row)
            narrow += len(reads) < len(every) // 4
            mixed = [row[leaf] if leaf in reads else other[leaf] for leaf in sorted(every)]
            assert basis.ask_instance(instance, mixed) == ((reads, ranged), answer)
    assert narrow > len(rows) * len(model.instances) // 2


def recording(members: list[Value], present: set[int]) -> tuple[RecordingElements, dict[int, None]]:
    """Return elements of a set of which `members` are known, and the leaves that are read."""
    shape = ByMember(0, 0, 0, 8)
    for member in members:
        shape.admit(member)
    recorder = Recorder(Decoded([[False, True]] * 8, [leaf in present for leaf in range(8)]))
    return RecordingElements(shape, recorder, {}), recorder.read


def test_recorded_elements_are_a_frozenset_to_those_who_ask() -> None:
    for present in (set(), {0}, {0, 2}, {0, 1, 2}):
        plain = frozenset(value for place, value in enumerate(["a", "b", "c"]) if place in present)

        def given(present: set[int] = present) -> RecordedElements:
            return recording(["a", "b", "c"], present)[0]

        other = frozenset({"a", "d"})
        assert set(given()) == plain and len(given()) == len(plain)
        assert given() == plain and plain == given() and given() == given()
        assert hash(given()) == hash(plain)
        assert (given() == other) is (plain == other) and given() != other
        assert given() | other == other | given() == plain | other
        assert given() & other == other & given() == plain & other
        assert given() - other == plain - other and other - given() == other - plain
        assert given() ^ other == other ^ given() == plain ^ other
        assert (given() <= other, given() >= other) == (plain <= other, plain >= other)
        assert (given() < plain, given() > plain) == (False, False)
        assert given().issubset(other) is plain.issubset(other)
        assert given().joined(["d"]) == plain | {"d"}
        assert given().joined(["d"]).without(["d", "a"]) == plain - {"a"}


def test_one_element_is_one_leaf() -> None:
    elements, read = recording(["a", True, record({"f": 1})], {1})
    assert "x" not in elements and not read
    assert True in elements and set(read) == {1}
    assert 1 not in elements, "TRUE is not 1"
    assert record({"f": 1}) not in SetValue.of_recorded(elements) and set(read) == {1, 2}
    assert elements.joined(["a"]) and "a" in elements.joined(["a"])


@pytest.mark.parametrize("is_first", [False, True])
@pytest.mark.parametrize(
    ("more", "other"),
    [(Interval(1, 2), 3), (RecordSpace({"f": SetValue([1, 2])}), record({"f": 3}))],
)
def test_what_is_not_written_out_is_joined_without_reading(
    more: LazySet, other: Value, *, is_first: bool
) -> None:
    """As to messages: `msgs \\cup [type : {"elect"}, from : {p}, to : Above(p)]`."""
    elements, read = recording([*more.ordered(), other], {2})
    sides = (SetValue.of_recorded(elements), more)
    union = LANGUAGE["\\cup"].apply(Span("M.tla", 1, 1, 1, 1), *sides[:: -1 if is_first else 1])
    joined = explicit(union)
    assert not read
    assert joined == SetValue([*more.ordered(), other])


def test_elements_are_sifted_without_reading() -> None:
    """As messages that are dropped: `{m \\in msgs : m.to # p}` keeps the others there are."""
    elements, read = recording(["a", "b", "c"], {0, 1})
    found = chosen(SetValue.of_recorded(elements), elements.candidates(), lambda one: one != "b")
    assert not read
    assert found.recorded is not None
    assert found.recorded.candidates() == {"a", "c"}, "no more is asked of what is left out"
    assert set(found) == {"a"} and set(read) == {0, 2}


def test_a_set_has_a_leaf_for_each_element_it_was_seen_with() -> None:
    found = Shapes([[SetValue([1]), SetValue([2, 3])]])
    (shape,) = found.roots
    assert isinstance(shape, ByMember) and shape.members == [1, 2, 3]
    leaves = found.decomposed(0, SetValue([3, 4]))
    assert leaves[:5] == [False, False, True, True, False]
    assert found.assembled(0, leaves) == SetValue([3, 4])


def test_1_and_TRUE_are_not_told_apart_by_leaves() -> None:  # noqa: N802  # the value
    found = Shapes([[SetValue([1]), SetValue([True])]])
    assert not found.sets


def test_sets_that_make_keys_too_wide_are_kept_whole(
    messages: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(keys, "MAX_BITS", 6)
    monkeypatch.setattr(keys, "MOST_PARTS", 1)
    splits: list[int] = []

    def noted(samples: list[list[Value]], known: Known) -> Shapes:
        made = Shapes(samples, known)
        splits.append(len(made.sets))
        return made

    monkeypatch.setattr(engine, "Shapes", noted)
    options = replace(OPTIONS, max_states=400)
    columnar = explore(tla_model(messages), replace(options, columns_from=0))
    assert splits[0] > 0 and splits[-1] == 0
    assert seen(columnar) == seen(explore(tla_model(messages), replace(options, columns_from=None)))


@pytest.mark.parametrize(("kept_for_level", "is_handed_over"), [(1, False), (10**9, True)])
def test_the_last_levels_stay_in_columns_while_handing_over_costs_more(
    kept_for_level: int, is_handed_over: bool, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    module = ROOT / "bench" / "models" / "TwoPhaseCommit.tla"
    configuration = tmp_path / "Four.cfg"
    text = module.with_suffix(".cfg").read_text()
    configuration.write_text(text.replace("m4, m5, m6, m7", "m4"))
    monkeypatch.setattr(turns, "MIN_WIDTH", 40)
    monkeypatch.setattr(turns, "KEPT_FOR_LEVEL", kept_for_level)
    handed_over: list[int] = []
    settle = Columns.settle

    def noted(columns: Columns) -> None:
        handed_over.append(len(columns.space) - len(columns.space.words))
        settle(columns)

    monkeypatch.setattr(Columns, "settle", noted)
    options = ExploreOptions(columns_from=100, self_check=7)
    columnar = explore(tla_model(module, configuration), options)
    assert (max(handed_over, default=0) > 0) is is_handed_over
    plain = explore(tla_model(module, configuration), replace(options, columns_from=None))
    for found in (columnar, plain):
        counts = (found.states_generated, found.distinct_states, found.depth)
        assert (found.status.name, *counts) == ("NO_ERROR", 8258, 1568, 14)
