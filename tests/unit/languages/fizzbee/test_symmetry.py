"""States that differ by an exchange of symmetric values or role instances count as one."""

from __future__ import annotations

from dataclasses import fields  # noqa: TID251  # of dataclasses
from itertools import permutations
from typing import Any

import pytest

from conform.domain.report import Verdict
from conform.errors import EvaluationError
from conform.explore.options import ExploreOptions
from conform.explore.search import explore
from conform.languages.fizzbee.model import FizzModel
from conform.languages.fizzbee.symmetry import Mover
from tests.unit.languages.fizzbee.fizz_models import count, explored, judged, model_of, verdict

HOLDERS = """
    KEYS = symmetric_values("k", 3)

    action Init:
        held = {}
        log = []

    atomic action Take:
        oneof k in KEYS:
            if k not in held:
                held[k] = len(held) % 2
                log.append((k, len(held)))

    atomic action Drop:
        k = oneof held.keys()
        held.pop(k)
        log = []
"""

NODES = """
    ---
    options:
        max_concurrent_actions: 2
    ---
    symmetric role Node:
        action Init:
            self.value = 0
            self.peer = None

        serial action Grow:
            require self.value < 1
            mine = self.value
            self.value = mine + 1

        atomic action Meet:
            n = oneof nodes
            require self.peer == None
            self.peer = n
            return self.value

    action Init:
        nodes = bag()
        for i in range(2):
            n = Node()
            nodes.add(n)
"""


def _unreduced(model: FizzModel) -> FizzModel:
    parts: dict[str, Any] = {each.name: getattr(model, each.name) for each in fields(model)}
    return FizzModel(**{**parts, "identity": None})


def test_states_are_counted_up_to_the_names_of_values() -> None:
    # The set of the values taken is known by its size.
    text = """
        KEYS = symmetric_values(3)

        action Init:
            s = set()

        atomic action Add:
            any k in KEYS:
                s.add(k)
    """
    assert count(text) == 4


def test_states_are_counted_up_to_the_names_of_instances() -> None:
    # Three counters to 2 in no order: as many as there are multisets of three of three values.
    text = """
        symmetric role Node:
            action Init:
                self.value = 0

            atomic action Grow:
                require self.value < 2
                self.value += 1

        action Init:
            nodes = bag()
            for i in range(3):
                n = Node()
                nodes.add(n)
    """
    assert count(text) == 10


@pytest.mark.parametrize(
    ("text", "group", "size", "roles"),
    [(HOLDERS, "k", 3, ()), (NODES, "Node", 2, ("Node",))],
    ids=["values", "roles"],
)
def test_the_count_is_that_of_the_orbits_of_all_states(
    text: str, group: str, size: int, roles: tuple[str, ...]
) -> None:
    model = model_of(text)
    options = ExploreOptions(check_deadlock=False, keep_graph=True)
    graph = explore(_unreduced(model), options).graph
    assert graph is not None
    states = [graph.state(number) for number in range(graph.state_count)]
    movers = [Mover(model.layout, {group: order}, roles) for order in permutations(range(size))]
    orbits = {frozenset(_key(mover.image(state), model) for mover in movers) for state in states}
    assert len(orbits) < len(states)
    assert explore(model, ExploreOptions(check_deadlock=False)).distinct_states == len(orbits)


def _key(state: Any, model: FizzModel) -> Any:
    """Return a state as text, its threads in an order that their places do not matter for."""
    parts = dict(zip((slot.variable for slot in model.slots), state, strict=True))
    threads = parts.pop("__threads__", None)
    if not threads or "threads" not in dict(threads.items()):
        return str(parts)
    running = list(threads.get("threads").values)
    current = running[threads.get("current") - 1]
    return str(parts), str(current), tuple(sorted(map(str, running)))


def test_an_ordered_list_of_instances_tells_them_apart() -> None:
    text = """
        symmetric role Node:
            action Init:
                self.on = False

            atomic action Flip:
                self.on = not self.on

        action Init:
            nodes = []
            for i in range(2):
                n = Node()
                nodes.append(n)
    """
    assert count(text) == 4


def test_liveness_is_checked_on_all_states() -> None:
    # Each instance alone is fair; none of them is passed by for ever.
    text = """
        ---
        deadlock_detection: false
        ---
        symmetric role Node:
            action Init:
                self.on = False

            atomic {fair}action Flip:
                self.on = not self.on

        action Init:
            nodes = bag()
            for i in range(2):
                n = Node()
                nodes.add(n)

        always eventually assertion Seen:
            return {which}([n.on for n in nodes])
    """
    assert verdict(text.format(fair="fair ", which="any"), "Seen") is Verdict.PASS
    assert verdict(text.format(fair="fair ", which="all"), "Seen") is Verdict.FAIL
    assert verdict(text.format(fair="", which="any"), "Seen") is Verdict.FAIL


@pytest.mark.parametrize(
    "told",
    ["first = KEYS[0]", "first = KEYS[:1]", "first = [k for i, k in enumerate(KEYS)]"],
)
def test_values_that_are_told_apart_are_not_reduced(told: str) -> None:
    text = f"""
        KEYS = symmetric_values(2)

        action Init:
            {told}
            s = set()

        atomic action Add:
            oneof k in KEYS:
                s.add(k)
    """
    assert count(text) == 4
    (note,) = model_of(text).count_notes
    assert "not reduced" in note.reason


def test_the_number_of_a_symmetric_instance_tells_it_apart_outside_assertions() -> None:
    asked = NODES.replace("self.peer = n\n", "self.peer = n.__id__\n")
    assert [note.reason for note in model_of(asked).count_notes] == [
        "instances of a symmetric role are told apart by their numbers: "
        "states are not reduced by symmetry"
    ]
    assert not model_of(NODES).count_notes


@pytest.mark.parametrize(
    ("expression", "message"),
    [
        ("str(k)", "as text"),
        ('"%s" % k', "as text"),
        ("repr([k])", "as text"),
        ("k < k", "not implemented"),
        ("symmetric_values(2)", "while the model runs"),
    ],
)
def test_what_would_give_symmetric_values_an_order_is_an_error(
    expression: str, message: str
) -> None:
    text = f"""
        KEYS = symmetric_values(2)

        action Init:
            x = 0

        atomic action A:
            oneof k in KEYS:
                x = {expression}
    """
    result = explored(text)
    assert message in result.message


@pytest.mark.parametrize(
    ("call", "message"),
    [
        ("symmetric_values(0)", "from 1 to 64"),
        ("symmetric_values(3, 3)", "want a word"),
        ('symmetric_values("R", 3)', "something else"),
    ],
)
def test_groups_that_cannot_be_are_refused(call: str, message: str) -> None:
    text = f"N = {call}\n\nrole R:\n    action Init:\n        self.x = 0\n"
    with pytest.raises(EvaluationError, match=message):
        model_of(text)


def test_a_violation_is_found_among_reduced_states() -> None:
    text = HOLDERS + "\n    always assertion P:\n        return len(held) < 3\n"
    assert judged(text).verdicts()["P"] is Verdict.FAIL
