r"""Predicates of the form `\A x \in S : P` are asked for each x, and say what the whole says."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pytest
from msgspec.structs import replace

from conform.domain.conjunction import parts_of
from conform.explore.columns import part_memos, truths
from conform.explore.columns.basis import Reads
from conform.explore.columns.part_memos import PartMemos
from conform.explore.columns.truths import Truth
from conform.explore.search import explore
from conform.languages.tlaplus.predicates import MOST_PARTS
from tests.property.test_explore_columns import OPTIONS, seen, tla_model
from tests.property.test_explore_levels import KEYS, PLAIN

MODULE = r"""---- MODULE Parts ----
EXTENDS Integers, FiniteSets
CONSTANT Nodes
VARIABLES x, seen
Init == x = [n \in Nodes |-> 0] /\ seen = [n \in Nodes |-> {}]
Grow(n) == x[n] < 4 /\ x' = [x EXCEPT ![n] = @ + 1] /\ UNCHANGED seen
Look(n, k) == /\ x[k] # 4 /\ seen' = [seen EXCEPT ![n] = @ \cup {x[k]}]
              /\ x' = [x EXCEPT ![k] = 0]
Next == \E n \in Nodes : Grow(n) \/ \E k \in Nodes : Look(n, k)
Typed == \A n \in Nodes : x[n] \in 0..4 /\ seen[n] \subseteq 0..4
Apart == \A n, k \in Nodes : n # k => x[n] + x[k] < 7 \/ Cardinality(seen[n]) < 2
Nested == \A n \in Nodes : \A k \in Nodes \ {n} : x[n] = 3 => x[k] < 4
\* The first node decides where it is false; the second has no value where x is 3.
Failing == \A n \in Nodes : x[n] < 3 /\ 10 \div (3 - x[n]) > 0
Guarded == /\ \A n \in Nodes : x[n] # 3
           /\ \A n \in Nodes : 10 \div (3 - x[n]) > -20
Within == \A n \in Nodes : Cardinality(seen[n]) < 3
Implied == 2 \in seen[1] => (\A n \in Nodes : x[n] + 10 \div x[1] < 99)
Full == (\A n \in Nodes : x[n] = 4) => \A n, k \in Nodes : seen[n] = seen[k]
Few == \A n \in Nodes, k \in SUBSET (0..5) : k = seen[n] => Cardinality(k) < 4
====
"""


@pytest.fixture
def module(tmp_path: Path) -> Path:
    found = tmp_path / "Parts.tla"
    found.write_text(MODULE)
    return found


@pytest.fixture
def divided(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """Let predicates be divided as soon as they were asked, and tell into how many parts."""
    monkeypatch.setattr(truths, "DIVIDE_FROM", 2)
    monkeypatch.setattr(truths, "DIVIDE_BELOW", 10**9)
    made: list[int] = []
    fall_short = Truth._fall_short

    def noting(self: Truth, *, goes_on: bool = False) -> None:
        fall_short(self, goes_on=goes_on)
        made.append(len(self._parts))

    monkeypatch.setattr(Truth, "_fall_short", noting)
    return made


INVARIANTS = ["Typed", "Apart", "Nested", "Failing", "Guarded", "Implied", "Full", "Few"]


@pytest.mark.parametrize(
    ("trial", "dear"), [(truths.TRIAL_OF_PARTS, truths.PARTS_TRIAL), (3, 9999), (9999, 3)]
)
@pytest.mark.parametrize("invariant", [*INVARIANTS, "Typed Apart Nested", "Guarded Failing Few"])
def test_parts_say_what_the_whole_says(
    module: Path,
    divided: list[int],
    invariant: str,
    trial: int,
    dear: int,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Whether all parts are remembered, or the whole is asked again: most are, or too often."""
    monkeypatch.setattr(truths, "TRIAL_OF_PARTS", trial)
    monkeypatch.setattr(truths, "PARTS_TRIAL", dear)
    monkeypatch.setattr(truths, "MOST_A_ROW", 0 if dear == 3 else 4)
    module.with_suffix(".cfg").write_text(
        f"INIT Init\nNEXT Next\nCONSTANT Nodes = {{1, 2, 3}}\nINVARIANTS {invariant}\n"
        "CONSTRAINT Within\nCHECK_DEADLOCK FALSE\n"
    )
    options = replace(OPTIONS, max_states=900, self_check=0)
    columnar = explore(tla_model(module), replace(options, columns_from=0))
    assert seen(columnar) == seen(explore(tla_model(module), replace(options, columns_from=None)))
    chosen = {"max_states": 900, "self_check": 0, "stop_at_first": False}
    by_keys = explore(tla_model(module), replace(KEYS, **chosen))
    assert seen(by_keys) == seen(explore(tla_model(module), replace(PLAIN, **chosen)))
    assert any(divided)


@pytest.mark.parametrize(
    ("invariants", "trial"),
    [
        ("Typed Apart Nested Few", part_memos.TRIAL_OF_MEMOS),
        ("Guarded Failing Implied Full", part_memos.TRIAL_OF_MEMOS),
        ("Apart Failing Implied", 8),
    ],
)
def test_what_is_put_together_from_parts_is_what_the_whole_says(
    module: Path, invariants: str, trial: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What it reads too: each answer of a predicate that is put together is asked of itself."""
    monkeypatch.setattr(part_memos, "PARTS_FROM", 2)
    monkeypatch.setattr(part_memos, "TRIAL_OF_MEMOS", trial)
    compared: list[bool] = []
    ask = PartMemos.ask

    def comparing(self: PartMemos, row: Sequence[int]) -> tuple[Reads, int]:
        (reads, ranged), value = ask(self, row)
        whole = self._basis.ask_predicate(self._predicate, row)
        compared.append(bool(self._parts))
        assert ((set(reads), dict(ranged)), value) == ((set(whole[0][0]), whole[0][1]), whole[1])
        return (reads, ranged), value

    monkeypatch.setattr(PartMemos, "ask", comparing)
    module.with_suffix(".cfg").write_text(
        f"INIT Init\nNEXT Next\nCONSTANT Nodes = {{1, 2, 3}}\nINVARIANTS {invariants}\n"
        "CONSTRAINT Within\nCHECK_DEADLOCK FALSE\n"
    )
    options = replace(OPTIONS, max_states=120, self_check=0)
    columnar = explore(tla_model(module), replace(options, columns_from=0))
    assert seen(columnar) == seen(explore(tla_model(module), replace(options, columns_from=None)))
    assert any(compared)


def test_into_what_predicates_are_divided(module: Path) -> None:
    module.with_suffix(".cfg").write_text(
        "INIT Init\nNEXT Next\nCONSTANT Nodes = {1, 2, 3}\n"
        "INVARIANTS Typed Apart Nested Guarded Implied Full Few\n"
    )
    model = tla_model(module)
    found = [(one.name, len(parts_of(one))) for one in model.invariants]
    assert found == [
        ("Typed", 6),
        ("Apart", 9),
        ("Nested", 3),
        ("Guarded", 3),
        ("Guarded", 3),
        ("Implied", 3),
        ("Full", 9),
        ("Few", 0),  # there would be 192
    ]
    assert MOST_PARTS < 192
    assert [len(parts_of(part)) for part in parts_of(model.invariants[2])] == [2, 2, 2]


@pytest.mark.parametrize(
    ("body", "stays"),
    [
        ("n \\in Nodes => x[n] < 9", True),
        ("\\A k \\in Nodes : x[k] + n < 99 /\\ seen[k] # {9}", False),  # each reads all of a state
    ],
)
def test_parts_that_are_evaluated_too_often_become_one_again(
    module: Path, divided: list[int], body: str, stays: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(truths, "PARTS_TRIAL", 512)
    module.write_text(MODULE.replace("====\n", f"All == \\A n \\in 1..40 : {body}\n====\n"))
    module.with_suffix(".cfg").write_text(
        "INIT Init\nNEXT Next\nCONSTANT Nodes = {1, 2, 3}\nINVARIANT All\nCHECK_DEADLOCK FALSE\n"
    )
    whole: list[bool] = []
    reconsider = Truth._reconsider

    def noting(self: Truth) -> None:
        reconsider(self)
        if len(self._parts) in (0, 40):
            whole.append(not self._parts)

    monkeypatch.setattr(Truth, "_reconsider", noting)
    explore(tla_model(module), replace(OPTIONS, max_states=900, self_check=0, columns_from=0))
    assert 40 in divided
    assert any(whole) is not stays
