"""Pairs of states that look alike in two readings, mixed from what the reachable ones have.

A mixed pair has, for some variables, the values of other reachable pairs; a function may have each
of its values from another. Such states need not be reachable, and every value in them is.
"""

from __future__ import annotations

import random
from collections.abc import Iterable, Iterator, Mapping, Sequence

from msgspec import Struct

from conform.check.agreement.comparison import JointWalk
from conform.check.agreement.correspondence import CommonVariable, Side
from conform.check.agreement.images import key_of, slots_of, value_of
from conform.check.agreement.value_matching import ValueMatching
from conform.domain.states import Slot, State
from conform.domain.values import Domain, FunctionValue, Value
from conform.explore.graph import StateGraph

POOL = 200
"""Reachable pairs that states are mixed from: they are spread over the whole search."""

_SEED = 1
"""Any number would do; it is always the same, and so is what is found."""

Pair = Mapping[Side, State]


class _Part(Struct, frozen=True):
    """A variable in one pair of the pool: both values, and the places that they have in common.

    `places` are those of functions of which each value may come from another pair.
    """

    left: Value
    right: Value
    places: tuple[tuple[int, int], ...]


class MixedVariable(Struct, frozen=True):
    """A variable that is compared, its slots in both graphs, and what each pair of the pool has."""

    common: CommonVariable
    slots: tuple[tuple[int, ...], tuple[int, ...]]
    parts: tuple[_Part, ...]

    def mixed(self, chance: random.Random) -> tuple[Value, Value]:
        """Return both values in some pair; a function's each in some pair."""
        part = chance.choice(self.parts)
        left, right = part.left, part.right
        places = part.places if chance.random() < 0.75 else ()
        for at_left, at_right in places:
            donor = chance.choice(self.parts)
            left = _with_value_of(left, donor.left, at_left)
            right = _with_value_of(right, donor.right, at_right)
        return left, right


class MixedStates(Struct, frozen=True):
    """Two graphs, the variables that are compared, and a pool of pairs that look alike."""

    graphs: Mapping[Side, StateGraph]
    variables: tuple[MixedVariable, ...]
    pool: tuple[Pair, ...]

    def mixed(self, count: int) -> Iterator[Pair]:
        """Yield `count` pairs in which every variable is mixed; none where the pool is empty."""
        chance = random.Random(_SEED)
        slots = self.graphs[Side.LEFT].slots, self.graphs[Side.RIGHT].slots
        for _ in range(count if self.pool else 0):
            pair = chance.choice(self.pool)
            states = list(pair[Side.LEFT]), list(pair[Side.RIGHT])
            for variable in self.variables:
                values = variable.mixed(chance)
                for side in (0, 1):
                    _put(slots[side], variable.slots[side], values[side], states[side])
            yield {Side.LEFT: tuple(states[0]), Side.RIGHT: tuple(states[1])}


def mixed_states(walk: JointWalk) -> MixedStates:
    """Return what the graphs of a walk can be mixed from."""
    images = walk.left.images
    left, right = (images.of_side[side].tolist() for side in Side)
    partners = {image: state for state, image in enumerate(right)}
    common = [(state, partners[image]) for state, image in enumerate(left) if image in partners]
    graphs = {side: walk.graph(side).graph for side in Side}
    pool = tuple(
        {Side.LEFT: graphs[Side.LEFT].state(one), Side.RIGHT: graphs[Side.RIGHT].state(other)}
        for one, other in common[:: max(1, len(common) // POOL)]
    )
    variables = tuple(
        _mixed_variable(graphs, pool, variable, matching)
        for variable, matching in zip(images.variables, images.matchings, strict=True)
    )
    return MixedStates(graphs, variables, pool)


def _mixed_variable(
    graphs: Mapping[Side, StateGraph],
    pool: Sequence[Pair],
    variable: CommonVariable,
    matching: ValueMatching,
) -> MixedVariable:
    """Take a variable of each pair of the pool apart, once for all states that are mixed."""
    slots = graphs[Side.LEFT].slots, graphs[Side.RIGHT].slots
    left, right = (slots_of(graphs[side].slots, variable.own(side)) for side in Side)
    known: dict[tuple[Domain, Domain], tuple[tuple[int, int], ...]] = {}
    parts = []
    for pair in pool:
        one = value_of(slots[0], left, pair[Side.LEFT])
        other = value_of(slots[1], right, pair[Side.RIGHT])
        places: tuple[tuple[int, int], ...] = ()
        if isinstance(one, FunctionValue) and isinstance(other, FunctionValue):
            domains = one.domain, other.domain
            if domains not in known:
                known[domains] = _common_places(*domains, matching)
            places = known[domains]
        parts.append(_Part(one, other, places))
    return MixedVariable(variable, (left, right), tuple(parts))


def _with_value_of(whole: Value, donor: Value, place: int) -> Value:
    """Return a function with the value that another on its domain has at `place`."""
    if isinstance(whole, FunctionValue) and whole.is_like(donor):
        assert isinstance(donor, FunctionValue)
        return whole.replaced(place, donor.values[place])
    return whole


def _common_places(
    left: Domain, right: Domain, matching: ValueMatching
) -> tuple[tuple[int, int], ...]:
    """Return the places of the arguments that functions on two domains have in common."""
    if matching.is_rebased or matching.absent is not None:
        return ()
    places = {_argument(key, matching): i for i, key in enumerate(right.elements)}
    pairs = ((i, places.get(_argument(key, matching))) for i, key in enumerate(left.elements))
    return tuple((i, place) for i, place in pairs if place is not None)


def _argument(key: Value, matching: ValueMatching) -> object:
    return key_of(matching.common(key))


def _put(slots: Sequence[Slot], places: Iterable[int], value: Value, state: list[Value]) -> None:
    for place in places:
        key = slots[place].key
        part = (
            value if key is None else value.get(key) if isinstance(value, FunctionValue) else None
        )
        if part is not None:
            state[place] = part
