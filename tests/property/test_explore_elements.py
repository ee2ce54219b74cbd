"""Instances that take the elements of a set one by one have a table for each of them."""

from __future__ import annotations

from pathlib import Path

import pytest
from msgspec.structs import replace

from conform.explore.columns import instance_steps, shapes
from conform.explore.columns.element_steps import ElementSteps
from conform.explore.columns.levels import Levels
from conform.explore.search import explore
from tests.property.test_explore_columns import OPTIONS, seen, tla_model
from tests.property.test_explore_levels import KEYS, PLAIN

MODULE = r"""---- MODULE Elements ----
EXTENDS Integers, FiniteSets
VARIABLES msgs, term, boxes
Nodes == 1..3
Send(m) == msgs' = msgs \cup {m}
Ask(n) == /\ term[n] < 2 /\ term' = [term EXCEPT ![n] = @ + 1]
          /\ Send([kind |-> "ask", from |-> n, term |-> term[n] + 1]) /\ UNCHANGED boxes
\* What is done for one message depends on one node; two may be taken at once.
Receive(m) == \/ /\ m.kind = "ask"
                 /\ \E n \in Nodes \ {m.from} :
                      /\ term[n] <= m.term
                      /\ msgs' = (msgs \ {m}) \cup {[kind |-> "yes", from |-> n, term |-> term[n]]}
                 /\ UNCHANGED <<term, boxes>>
              \/ /\ m.kind = "yes" /\ m.term > term[m.from]
                 /\ boxes' = [boxes EXCEPT ![m.from] = @ \cup {m.term}]
                 /\ UNCHANGED <<msgs, term>>
              \/ /\ m.kind = "yes" /\ Cardinality(msgs) > 2 /\ msgs' = msgs \ {m}
                 /\ UNCHANGED <<term, boxes>>
Open(n) == /\ n # 2 /\ term[n] > 0 \* may not be passed over where boxes[n] is empty
           /\ \E t \in boxes[n] : /\ term' = [term EXCEPT ![n] = t]
                                  /\ boxes' = [boxes EXCEPT ![n] = @ \ {t}]
           /\ UNCHANGED msgs
Meet == \E m \in msgs : \E k \in msgs \ {m} :
          /\ m.kind = "ask" /\ k.kind = "yes" /\ m.term = k.term /\ msgs' = msgs \ {k}
          /\ UNCHANGED <<term, boxes>>
Count == /\ Cardinality(msgs) < 5 /\ UNCHANGED boxes \* neither may this be passed over
         /\ \E n \in Nodes, m \in msgs : /\ m.kind = "yes" /\ n > term[m.from]
                                      /\ term' = [term EXCEPT ![n] = m.term] /\ msgs' = msgs \ {m}
To(n, kind) == {m \in {k \in msgs : k.kind = kind} : m.from # n}
Drop(n) == /\ \E m \in To(n, "ask") : m.term < term[n] /\ msgs' = msgs \ {m}
           /\ UNCHANGED <<term, boxes>>
Two == /\ \E m, k \in msgs : m.term < k.term /\ msgs' = msgs \ {m}
       /\ UNCHANGED <<term, boxes>>
\* These are of other forms: a set that depends on the state, a choice before it.
Either == /\ \E m \in IF term[1] > 1 THEN msgs ELSE {} : msgs' = msgs \ {m}
          /\ UNCHANGED <<term, boxes>>
Before == /\ \E n \in Nodes : term[n] = 2 /\ term' = [term EXCEPT ![n] = 0]
          /\ \E m \in msgs : m.term = 2 /\ msgs' = msgs \ {m}
          /\ UNCHANGED boxes
Next == \/ \E n \in Nodes : Ask(n) \/ Open(n) \/ Drop(n)
        \/ \E m \in msgs : Receive(m)
        \/ Meet \/ Either \/ Before \/ Two \/ Count
Init == msgs = {} /\ term = [n \in Nodes |-> 0] /\ boxes = [n \in Nodes |-> {}]
Few == Cardinality(msgs) < 8
====
"""

TAKING = {"Receive", "Meet", "Either", "Open", "Two", "Count", "Drop"}
"""Instances that take one element after the other, though not always of the same set."""


@pytest.fixture
def module(tmp_path: Path) -> Path:
    found = tmp_path / "Elements.tla"
    found.write_text(MODULE)
    found.with_suffix(".cfg").write_text(
        "INIT Init\nNEXT Next\nINVARIANT Few\nCHECK_DEADLOCK FALSE\n"
    )
    return found


@pytest.fixture
def parted(monkeypatch: pytest.MonkeyPatch) -> list[ElementSteps]:
    """Tell for which instances there was a table for each element."""
    made: list[ElementSteps] = []
    begin = ElementSteps.__init__

    def noting(self: ElementSteps, *arguments: object) -> None:
        made.append(self)
        begin(self, *arguments)  # type: ignore[arg-type]

    monkeypatch.setattr(ElementSteps, "__init__", noting)
    return made


@pytest.fixture
def split(parted: list[ElementSteps], monkeypatch: pytest.MonkeyPatch) -> list[ElementSteps]:
    """Let instances be split from the beginning, and tell for which of them that was done."""
    monkeypatch.setattr(instance_steps, "TRIALS", ((1, 10**9),))
    return parted


@pytest.mark.parametrize("seconds", [0.0, 1e9])
def test_what_is_dear_is_split_before_it_is_asked_often(
    module: Path, parted: list[ElementSteps], seconds: float, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(instance_steps, "TRIALS", ((10**9, 10**9),))
    monkeypatch.setattr(instance_steps, "DEAR", seconds)
    options = replace(OPTIONS, max_states=300)
    columnar = explore(tla_model(module), replace(options, columns_from=0))
    assert seen(columnar) == seen(explore(tla_model(module), replace(options, columns_from=None)))
    assert bool(parted) is (seconds == 0.0)


@pytest.mark.parametrize("room", [128, 9])
def test_elements_are_taken_as_in_the_plain_search(
    module: Path, split: list[ElementSteps], room: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    """With room for all messages, and where the set outgrows its room."""
    monkeypatch.setattr(shapes, "ROOM", room)
    options = replace(OPTIONS, max_states=1500)
    columnar = explore(tla_model(module), replace(options, columns_from=0))
    plain = explore(tla_model(module), replace(options, columns_from=None))
    assert seen(columnar) == seen(plain)
    assert split


def test_elements_are_taken_as_in_the_plain_search_where_keys_are_kept(
    module: Path, split: list[ElementSteps]
) -> None:
    chosen = {"max_states": 1500}
    by_keys = explore(tla_model(module), replace(KEYS, **chosen))
    assert seen(by_keys) == seen(explore(tla_model(module), replace(PLAIN, **chosen)))
    assert split


def test_states_are_not_parted_while_elements_have_tables(
    module: Path, split: list[ElementSteps], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Partitions have a copy of one table for each instance."""
    searches: list[Levels] = []
    begin = Levels.expand

    def noting(self: Levels, *arguments: object) -> int:
        searches.append(self)
        return begin(self, *arguments)  # type: ignore[arg-type]

    monkeypatch.setattr(Levels, "expand", noting)
    chosen = {"max_states": 1500}
    several = explore(tla_model(module), replace(KEYS, workers=2, parted_from=100, **chosen))
    assert seen(several) == seen(explore(tla_model(module), replace(PLAIN, **chosen)))
    assert split and searches and not any(one.parted_since for one in searches)


def test_which_actions_take_one_element_after_the_other(module: Path) -> None:
    model = tla_model(module)
    found = {one.action for one in model.instances if model.ranging(one) is not None}
    assert found == TAKING


def test_one_element_has_its_own_steps(module: Path) -> None:
    """All of them together are the steps of the instance, in order."""
    model = tla_model(module)
    graph = explore(model, replace(PLAIN, max_states=300, keep_graph=True)).graph
    assert graph is not None
    checked = 0
    for instance in model.instances:
        ranging = model.ranging(instance)
        for number in range(graph.state_count if ranging else 0):
            assert ranging is not None
            state = graph.state(number)
            elements, _ = ranging.elements(state)
            steps = [
                successor
                for element in ranging.in_order(elements)  # type: ignore[arg-type]  # a set
                for successor in ranging.observe(element, state).successors
            ]
            assert steps == list(model.successors(instance, state))
            checked += len(steps)
    assert checked > 500


def test_what_stands_before_the_elements_fails_where_there_is_none(
    tmp_path: Path, split: list[ElementSteps]
) -> None:
    module = tmp_path / "Fails.tla"
    module.write_text(r"""---- MODULE Fails ----
EXTENDS Integers
VARIABLES x, y, n, msgs
Send == /\ x < 6 /\ msgs' = msgs \cup {x + 10 * (y % 3)} /\ x' = x + 1 /\ n' = n + 1
        /\ UNCHANGED y
Turn == /\ y' = (y + 1) % 12 /\ UNCHANGED <<x, n, msgs>>
\* n is how many messages there are: the test has no value in some state without any.
Receive == /\ 1 \div (IF y = 11 /\ x = 6 /\ n = 0 THEN 0 ELSE 1) < 5
           /\ \E m \in msgs : msgs' = msgs \ {m} /\ n' = n - 1 /\ UNCHANGED <<x, y>>
Init == x = 0 /\ y = 0 /\ n = 0 /\ msgs = {}
Next == Send \/ Turn \/ Receive
====
""")
    module.with_suffix(".cfg").write_text("INIT Init\nNEXT Next\nCHECK_DEADLOCK FALSE\n")
    options = replace(OPTIONS, max_states=None, self_check=0)  # which would see it
    plain = explore(tla_model(module), replace(options, columns_from=None))
    assert plain.failure is not None
    assert seen(explore(tla_model(module), replace(options, columns_from=20))) == seen(plain)
