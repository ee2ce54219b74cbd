"""What a small graph cannot show of an action."""

from __future__ import annotations

from conform.check.sentences.facts import GraphFacts
from conform.explore.options import ExploreOptions
from conform.explore.search import explore
from tests.unit.explore.toys import Toy, number


def facts() -> GraphFacts:
    """Return the facts of a counter to 3 that could be cleared above it, and a flag."""
    toy = Toy(("x", "y"), lambda: [{"x": 0, "y": 0}])
    toy.action("Turn", lambda v: [{"x": (number(v["x"]) + 1) % 4}], writes=("x",))
    toy.action("Clear", lambda v: [{"x": 0}] if number(v["x"]) > 3 else [], writes=("x",))
    toy.action("Keep", lambda v: [{"x": v["x"]}], writes=("x",))
    toy.action("Raise", lambda v: [{"y": 1}], writes=("y",))
    graph = explore(toy, ExploreOptions(keep_graph=True)).graph
    assert graph is not None
    return GraphFacts(graph)


def test_an_action_that_may_change_a_variable_and_never_does_is_hidden() -> None:
    found = facts()
    assert found.is_hidden("x", {"Clear"})
    assert found.is_hidden("x", {"Keep"})
    assert found.is_hidden("x", {"Turn", "Clear"})


def test_an_action_that_changes_a_variable_or_cannot_is_not_hidden() -> None:
    found = facts()
    assert not found.is_hidden("x", {"Turn"})
    assert not found.is_hidden("x", {"Raise"})
    assert not found.is_hidden("y", {"Clear", "Turn"})
    assert not found.is_hidden("y", {"Raise"})
