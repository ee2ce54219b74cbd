"""Steps that were asked about before: a search for liveness asks about each state several times."""

from __future__ import annotations

from collections.abc import Hashable, Iterator

from conform.domain.actions import Successor
from conform.domain.states import State
from conform.languages.fizzbee.instances import FizzInstance
from conform.languages.fizzbee.kept_objects import is_recorded
from conform.languages.fizzbee.steps import Steps

MAX_REMEMBERED = 50_000
"""Answers kept, of some 500 bytes each: the first ones, since each search begins with the same."""


def asked_for(state: State) -> Hashable:
    """Return what stands for a state whose values record nothing; TRUE is not 1 there."""
    return state, tuple([type(value) is bool for value in state])


class StepMemory:
    """The successors of states by action instances; they are kept where it `remembers`.

    Three questions are the same: of the search for what the properties say of states, of that for
    the graph, and of fairness about each edge of it.
    """

    def __init__(self, steps: Steps, *, remembers: bool) -> None:
        self.steps = steps
        self._remembers = remembers
        self._known: dict[Hashable, tuple[Successor, ...]] = {}

    def successors(self, way: FizzInstance, state: State) -> Iterator[Successor]:
        """Yield the successors of a state by an instance; raise what running its code raises."""
        if not self._remembers or any(map(is_recorded, state)):
            yield from self.steps.successors(way.code, state)
            return
        asked = (way.instance.number, asked_for(state))
        known = self._known.get(asked)
        if known is not None:
            yield from known
            return
        found = []
        for successor in self.steps.successors(way.code, state):
            found.append(successor)
            yield successor
        if len(self._known) < MAX_REMEMBERED:
            self._known[asked] = tuple(found)
