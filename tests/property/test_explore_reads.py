"""What common operators read of a set that is taken apart: no more than they need."""

from __future__ import annotations

from pathlib import Path

import pytest

from conform.explore.columns.basis import Basis
from conform.explore.columns.shapes import ByMember, Shapes
from conform.explore.search import explore
from tests.property.test_explore_columns import OPTIONS, tla_model

MODULE = r"""---- MODULE Sent ----
EXTENDS Integers, FiniteSets
VARIABLE msgs
Add == msgs' = msgs \cup {3}
Before == msgs' = {3} \cup msgs
Drop == msgs' = msgs \ {3}
Ask == 3 \in msgs /\ UNCHANGED msgs
Every == Cardinality(msgs) < 9 /\ UNCHANGED msgs
Fill == \E m \in 1..4 : msgs' = msgs \cup {m}
Init == msgs = {}
Next == Add \/ Before \/ Drop \/ Ask \/ Every \/ Fill
====
"""


@pytest.mark.parametrize(
    ("action", "count"), [("Add", 0), ("Before", 0), ("Drop", 0), ("Ask", 1), ("Every", 4)]
)
def test_an_operator_reads_so_many_elements(tmp_path: Path, action: str, count: int) -> None:
    module = tmp_path / "Sent.tla"
    module.write_text(MODULE)
    module.with_suffix(".cfg").write_text("INIT Init\nNEXT Next\n")
    model = tla_model(module)
    graph = explore(model, OPTIONS).graph
    assert graph is not None
    states = [graph.state(number) for number in range(graph.state_count)]
    basis = Basis(model, Shapes(list(zip(*states, strict=True))))
    assert isinstance(basis.shapes.roots[0], ByMember)
    (instance,) = (one for one in model.instances if one.action == action)
    (reads, _ranged), _answer = basis.ask_instance(instance, basis.row(states[-1]))
    assert len(reads) == count
