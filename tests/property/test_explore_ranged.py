r"""Predicates of the form `\A m \in msgs : P` are asked for each m, and say what the whole says."""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pytest
from msgspec.structs import replace
from numpy.typing import NDArray

from conform.domain.conjunction import ranged_of
from conform.explore.columns import truths
from conform.explore.columns.element_truths import ElementTruths
from conform.explore.columns.layout import Words
from conform.explore.columns.truths import Truth
from conform.explore.profiling import ProfiledModel
from conform.explore.search import explore
from tests.property.test_explore_columns import OPTIONS, seen, tla_model
from tests.property.test_explore_levels import KEYS, PLAIN

MODULE = r"""---- MODULE Messages ----
EXTENDS Integers, Bags
CONSTANT Nodes
VARIABLES best, msgs, inbox, bag
vars == <<best, msgs, inbox, bag>>
Init == /\ best = [n \in Nodes |-> 0] /\ msgs = {} /\ bag = EmptyBag
        /\ inbox = [n \in Nodes |-> {}]
Raise(n) == best[n] < 4 /\ best' = [best EXCEPT ![n] = @ + 1] /\ UNCHANGED <<msgs, inbox, bag>>
Send(n) == /\ msgs' = msgs \cup {[kind |-> "vote", from |-> n, val |-> best[n]]}
           /\ bag' = bag (+) SetToBag({[v |-> best[n]]})
           /\ UNCHANGED <<best, inbox>>
Take(n) == \E m \in msgs : /\ m.from # n
                          /\ inbox' = [inbox EXCEPT ![n] = @ \cup {m.val}]
                          /\ msgs' = (msgs \ {m}) \cup {[m EXCEPT !.kind = "seen", !.from = n]}
                          /\ UNCHANGED <<best, bag>>
Next == \E n \in Nodes : Raise(n) \/ Send(n) \/ Take(n)
Within == BagCardinality(bag) < 4

Typed == \A m \in msgs : m.val \in 0..4 /\ m.from \in Nodes
Honest == \A m \in msgs : m.kind = "vote" => m.val <= best[m.from]
Paired == \A m, k \in msgs : m.kind = "vote" /\ k.kind = "vote" => m.val + k.val < 7 \/ best[1] = 4
Nested == \A m \in msgs : \A k \in msgs : (m.kind = "seen" /\ m.val > k.val) => best[k.from] < 4
\* Of two elements the first decides: it makes the one false, and the other has no value.
Two == (\E k \in msgs : k.val = 0) /\ (\E k \in msgs : k.val = 1)
Failing == \A m \in msgs : Two => IF m.val = 0 THEN FALSE ELSE 1 \div (m.val - 1) > 0
Broken == \A m \in msgs : Two => IF m.val = 1 THEN FALSE ELSE 1 \div m.val > 0
Late == \A m \in msgs : m.val = 2 => best[m.from] # 3
Twice == \A m, k \in msgs : m.val = 1 /\ k.val = 1 /\ best[m.from] = 3 => m = k
Guarded == /\ \A m \in msgs : m.val # 3
           /\ \A m \in msgs : 10 \div (3 - m.val) > -20
Boxes == \A n \in Nodes : \A v \in inbox[n] : v <= best[1] + best[2] + 1
Counted == \A v \in DOMAIN bag : bag[v] = 2 /\ v.v = 1 => best[1] # 2 \/ best[2] # 3
Given == \A n \in Nodes, m \in msgs : m.from = n => best[n] >= m.val \/ m.kind = "seen"
Of(S) == \A m \in S : best[m.from] < 4 \/ m.val # 4
Called == Of(msgs)
Patterned == \A <<a, b>> \in {<<n, n>> : n \in Nodes} : best[a] <= 4
Filtered == \A m \in {k \in msgs : k.val = 2} : best[m.from] > 1 \/ m.kind = "seen"
Joined == \A m \in msgs \cup {[kind |-> "vote", from |-> 1, val |-> 0]} : m.val < 5
Some == \E m \in msgs : m.val < 5
====
"""

TRUE = ["Typed", "Honest", "Paired", "Nested", "Called", "Given"]
RANGED = [*TRUE, "Failing", "Broken", "Late", "Twice", "Counted"]
DIVIDED = [*RANGED, "Guarded", "Boxes"]


@pytest.fixture
def module(tmp_path: Path) -> Path:
    found = tmp_path / "Messages.tla"
    found.write_text(MODULE)
    return found


@pytest.fixture
def tried(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """Let predicates be divided as soon as they were asked; the elements there were are noted.

    What is put together from elements is compared with the whole, asked about each state.
    """
    monkeypatch.setattr(truths, "DIVIDE_FROM", 2)
    monkeypatch.setattr(truths, "DIVIDE_BELOW", 10**9)
    found: list[int] = []
    take_up = ElementTruths._take_up_members

    def noting(self: ElementTruths) -> None:
        take_up(self)
        found.append(len(self._ordered))

    values_of = Truth.of

    def comparing(self: Truth, words: Words) -> NDArray[np.int8]:
        values = values_of(self, words)
        if any(isinstance(part, ElementTruths) for part in self._parts):
            rows = self._layout.codes(words).tolist()
            assert values.tolist() == list(map(self._value_of, rows))
        return values

    monkeypatch.setattr(Truth, "of", comparing)
    monkeypatch.setattr(ElementTruths, "_take_up_members", noting)
    return found


def configure(module: Path, invariants: str) -> None:
    module.with_suffix(".cfg").write_text(
        f"INIT Init\nNEXT Next\nCONSTANT Nodes = {{1, 2}}\nINVARIANTS {invariants}\n"
        "CONSTRAINT Within\nCHECK_DEADLOCK FALSE\n"
    )


MEMBERS = ((128, 24), (128,), (3, 1))
EACH = [(one, MEMBERS[place % len(MEMBERS)]) for place, one in enumerate(DIVIDED)]
TOGETHER = itertools.product(("Typed Nested Called Boxes", "Honest Broken"), MEMBERS)


@pytest.mark.parametrize(("invariants", "members"), [*EACH, *TOGETHER])
def test_elements_say_what_the_whole_says(
    module: Path,
    tried: list[int],
    invariants: str,
    members: Sequence[int],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Whether there is a table for each element, or there are too many for that."""
    monkeypatch.setattr(truths, "MOST_MEMBERS", members)
    is_late = invariants == "Counted"  # that a domain changes shows in some states
    first, most = (20, 2500) if is_late else (0, 900)
    configure(module, invariants)
    options = replace(OPTIONS, max_states=most, self_check=0)
    columnar = explore(tla_model(module), replace(options, columns_from=first))
    assert seen(columnar) == seen(explore(tla_model(module), replace(options, columns_from=None)))
    chosen = {"max_states": most, "self_check": 0, "stop_at_first": False}
    by_keys = explore(tla_model(module), replace(KEYS, **chosen))
    assert seen(by_keys) == seen(explore(tla_model(module), replace(PLAIN, **chosen)))
    assert max(tried) > 3


def test_which_predicates_are_ranged(module: Path) -> None:
    others = ["Boxes", "Patterned", "Some"]
    configure(module, " ".join([*RANGED, *others]))
    model = tla_model(module)
    found = {one.name for one in model.invariants if ranged_of(one) is not None}
    assert found == set(RANGED)


@pytest.mark.parametrize("invariant", ["Filtered", "Joined", "Patterned", "Some"])
def test_others_are_asked_as_a_whole(module: Path, tried: list[int], invariant: str) -> None:
    configure(module, invariant)
    options = replace(OPTIONS, max_states=400, self_check=0)
    columnar = explore(tla_model(module), replace(options, columns_from=0))
    assert seen(columnar) == seen(explore(tla_model(module), replace(options, columns_from=None)))
    assert not tried


def test_a_profile_counts_what_is_asked_of_elements(module: Path, tried: list[int]) -> None:
    configure(module, "Typed")
    model = ProfiledModel(tla_model(module))
    explore(model, replace(OPTIONS, max_states=400, self_check=0, columns_from=0))
    (typed,) = model.invariants
    assert max(tried) > 3
    assert typed.tally.evaluations > max(tried)
