"""Pairs of states that look alike in two readings, mixed from what the reachable ones have.

A mixed pair has, for some variables, the values of other reachable pairs; a function may have each
of its values from another. Such states need not be reachable, and every value in them is.
"""

from __future__ import annotations

import random
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass

from conform.check.agreement.comparison import JointWalk
from conform.check.agreement.correspondence import CommonVariable, Side
from conform.check.agreement.images import key_of, slots_of, value_of
from conform.check.agreement.value_matching import ValueMatching
from conform.domain.model import Slot, State
from conform.domain.values import FunctionValue, Value
from conform.explore.graph import StateGraph

POOL = 200
"""Reachable pairs that states are mixed from: they are spread over the whole search."""

_SEED = 1
"""Any number would do; it is always the same, and so is what is found."""

Pair = Mapping[Side, State]


@dataclass(frozen=True, slots=True)
class MixedStates:
    """Two graphs, the variables that are compared, and pairs of states that look alike."""

    graphs: Mapping[Side, StateGraph]
    variables: tuple[tuple[CommonVariable, ValueMatching], ...]
    pool: tuple[Pair, ...]

    def mixed(self, names: Collection[str], count: int) -> Iterator[Pair]:
        """Yield `count` pairs in which variables of these names, the document's, are mixed."""
        chance = random.Random(_SEED)
        chosen = [each for each in self.variables if each[0].name in names]
        for _ in range(count if chosen else 0):
            states = {side: list(state) for side, state in chance.choice(self.pool).items()}
            for variable, matching in chosen:
                values = self._values(variable, matching, chance)
                for side, value in values.items():
                    _put(self.graphs[side].slots, variable.own(side), value, states[side])
            yield {side: tuple(state) for side, state in states.items()}

    def _values(
        self, variable: CommonVariable, matching: ValueMatching, chance: random.Random
    ) -> dict[Side, Value]:
        """Return the values of a variable in some pair; a function's each in some pair."""
        values = self._of_pair(variable, chance.choice(self.pool))
        places = _common_places(values, matching) if chance.random() < 0.75 else []
        for left, right in places:
            other = self._of_pair(variable, chance.choice(self.pool))
            for side, place in ((Side.LEFT, left), (Side.RIGHT, right)):
                whole, donor = values[side], other[side]
                if isinstance(whole, FunctionValue) and whole.is_like(donor):
                    assert isinstance(donor, FunctionValue)
                    values[side] = whole.replaced(place, donor.values[place])
        return values

    def _of_pair(self, variable: CommonVariable, pair: Pair) -> dict[Side, Value]:
        found = {}
        for side in Side:
            slots = self.graphs[side].slots
            found[side] = value_of(slots, slots_of(slots, variable.own(side)), pair[side])
        return found


def mixed_states(walk: JointWalk) -> MixedStates:
    """Return what the graphs of a walk can be mixed from."""
    images = walk.left.images
    numbers = images.of_side
    partners = {image: state for state, image in enumerate(numbers[Side.RIGHT])}
    common = [
        (state, partners[image])
        for state, image in enumerate(numbers[Side.LEFT])
        if image in partners
    ]
    graphs = {side: walk.graph(side).graph for side in Side}
    pool = tuple(
        {Side.LEFT: graphs[Side.LEFT].state(left), Side.RIGHT: graphs[Side.RIGHT].state(right)}
        for left, right in common[:: max(1, len(common) // POOL)]
    )
    variables = tuple(zip(images.variables, images.matchings, strict=True))
    return MixedStates(graphs, variables, pool)


def _common_places(values: Mapping[Side, Value], matching: ValueMatching) -> list[tuple[int, int]]:
    """Return the places of the arguments that two functions have in common; none without."""
    left, right = values[Side.LEFT], values[Side.RIGHT]
    if not isinstance(left, FunctionValue) or not isinstance(right, FunctionValue):
        return []
    if matching.is_rebased or matching.absent is not None:
        return []
    places = {_argument(key, matching): i for i, (key, _value) in enumerate(right.items())}
    pairs = (
        (i, places.get(_argument(key, matching))) for i, (key, _value) in enumerate(left.items())
    )
    return [(i, place) for i, place in pairs if place is not None]


def _argument(key: Value, matching: ValueMatching) -> object:
    return key_of(matching.common(key))


def _put(slots: Sequence[Slot], variable: str, value: Value, state: list[Value]) -> None:
    for place in slots_of(slots, variable):
        key = slots[place].key
        part = (
            value if key is None else value.get(key) if isinstance(value, FunctionValue) else None
        )
        if part is not None:
            state[place] = part
