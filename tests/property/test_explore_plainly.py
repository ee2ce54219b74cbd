r"""What reads all that it can read is asked by generated code, and its answers stay remembered."""

from __future__ import annotations

from pathlib import Path

import pytest
from msgspec.structs import replace

from conform.domain.states import Predicate, StepPredicate
from conform.explore.columns import tables
from conform.explore.columns.basis import Basis, Reads, Row
from conform.explore.search import explore
from tests.property.test_explore_columns import OPTIONS, seen, tla_model

MODULE = r"""---- MODULE Whole ----
EXTENDS Integers, FiniteSets
VARIABLES x, known, boxes
P == 1..3
Init == x = [p \in P |-> 0] /\ known = {} /\ boxes = [p \in P |-> {}]
Count(p) == /\ x[p] < 3 /\ x' = [x EXCEPT ![p] = @ + 1] /\ UNCHANGED <<known, boxes>>
\* Elements come late: what was said of fewer is no answer.
Know(p) == /\ x[p] > 0 /\ known' = known \cup {<<p, x[p]>>} /\ UNCHANGED <<x, boxes>>
Put(p) == /\ x[p] = 2 /\ boxes' = [boxes EXCEPT ![p] = @ \cup {x[1]}] /\ UNCHANGED <<x, known>>
Next == \E p \in P : Count(p) \/ Know(p) \/ Put(p)
Sum == x[1] + x[2] + x[3] < 10
Size == Cardinality(known) + Cardinality(boxes[1]) + Cardinality(boxes[2])
Within == (Size + Cardinality(boxes[3])) % 4 # 3
Early == Cardinality(known) % 5 # 3
Few == Size < 6 + Cardinality(boxes[3])
All == x[1] + x[2] + x[3] + Cardinality(known)
Grows == [][All' >= All]_<<x, known>>
====
"""


@pytest.fixture
def whole(tmp_path: Path) -> Path:
    """Write the module, with all that it checks."""
    module = tmp_path / "Whole.tla"
    module.write_text(MODULE)
    module.with_suffix(".cfg").write_text(
        "INIT Init NEXT Next INVARIANTS Sum Few PROPERTY Grows CONSTRAINTS Within Early\n"
    )
    return module


def test_what_was_read_is_recorded_only_until_it_is_all_there_is(
    whole: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Of the sum, that is so after one evaluation."""
    recorded: list[str] = []
    ask_predicate, ask_step = Basis.ask_predicate, Basis.ask_step

    def of_state(self: Basis, predicate: Predicate, row: Row) -> tuple[Reads, int]:
        recorded.append(predicate.name)
        return ask_predicate(self, predicate, row)

    def of_step(self: Basis, predicate: StepPredicate, row: Row) -> tuple[Reads, int]:
        recorded.append(predicate.name)
        return ask_step(self, predicate, row)

    monkeypatch.setattr(Basis, "ask_predicate", of_state)
    monkeypatch.setattr(Basis, "ask_step", of_step)
    options = replace(OPTIONS, self_check=0, columns_from=0, max_states=700)
    counts = []
    for first in (8, 10**9):
        monkeypatch.setattr(tables, "PLAINLY_FROM", first)
        recorded.clear()
        explore(tla_model(whole), options)
        counts.append([recorded.count(name) for name in ("Sum", "Grows")])
    (few_states, few_steps), (states, steps) = counts
    assert states > 30 and few_states < states / 2
    assert steps > 500 and few_steps < steps / 2


@pytest.mark.parametrize("first", [0, 1, 30])
def test_sets_may_get_elements_afterwards(
    first: int, whole: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Nothing is asked again here, which would hide a wrong answer."""
    monkeypatch.setattr(tables, "PLAINLY_FROM", first)
    options = replace(OPTIONS, self_check=0, max_states=400)
    columnar = explore(tla_model(whole), replace(options, columns_from=0))
    assert seen(columnar) == seen(explore(tla_model(whole), replace(options, columns_from=None)))
    assert not columnar.is_vacuous and columnar.failures()


LATE = r"""---- MODULE Late ----
EXTENDS Integers
VARIABLES count, door
Init == count = 0 /\ door = 0
Count == count < 60 /\ count' = count + 1 /\ UNCHANGED door
Turn == door' = 1 - door /\ UNCHANGED count
Next == Count \/ Turn
\* The door is looked at only where most answers are known.
Shut == count < 40 \/ door = 0
Stays == [][count < 40 \/ door' = door]_<<count, door>>
====
"""


@pytest.mark.parametrize("checked", ["INVARIANT Shut", "PROPERTY Stays", "CONSTRAINT Shut"])
@pytest.mark.parametrize("first", [0, 1, 30])
def test_what_is_read_late_is_no_answer_of_before(
    checked: str, first: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(tables, "PLAINLY_FROM", first)
    module = tmp_path / "Late.tla"
    module.write_text(LATE)
    module.with_suffix(".cfg").write_text(f"INIT Init NEXT Next {checked}\n")
    options = replace(OPTIONS, self_check=0)
    columnar = explore(tla_model(module), replace(options, columns_from=0))
    assert seen(columnar) == seen(explore(tla_model(module), replace(options, columns_from=None)))
    assert columnar.distinct_states > 40
    assert columnar.failures() or checked.startswith("CONSTRAINT")
