"""States that FizzBee takes for one because symmetric values or role instances are exchanged.

Follows getSymmetryPermutations of FizzBee: a state is known by the least of its images under all
permutations of the values of each group, and of the instances of each symmetric role.
"""

from __future__ import annotations

import itertools
from collections.abc import Hashable, Iterable, Mapping, Sequence
from math import factorial, prod

from conform.domain.states import Slots, State
from conform.domain.values import FunctionValue, ModelValue, SetValue, Value, function
from conform.languages.fizzbee.encoding import Marks, Typed, TypedSet
from conform.languages.fizzbee.identity import ThreadOrder
from conform.languages.fizzbee.layout import RETURNS, THREADS, Layout

MAX_PERMUTATIONS = 5040
"""Images of a state to compare, those of seven values: a state with more stands for itself."""


class SymmetricStates:
    """Identity of states that permutations map to one another; `order` is that of threads.

    Each slot's values are numbered as they come, so that the least image is found by comparing
    numbers.
    """

    def __init__(
        self,
        layout: Layout,
        groups: Mapping[str, int],
        roles: Iterable[str],
        order: ThreadOrder | None,
    ) -> None:
        self._layout = layout
        self._groups = dict(groups)
        self._roles = tuple(roles)
        self._order = order
        self._marks = Marks()
        self._movers: dict[tuple[int, ...], list[Mover]] = {}
        self._numbers: list[dict[Hashable, int]] = [{} for _ in layout.slots]
        self._orbits: list[dict[Hashable, tuple[int, ...]]] = [{} for _ in layout.slots]
        self._whole: dict[Hashable, int] = {}

    @property
    def name(self) -> str:
        """What messages call it."""
        return "symmetry reduction"

    @property
    def reads(self) -> Slots:
        """All slots."""
        return self._layout.everything

    @property
    def moves(self) -> None:
        """None: which permutations there are depends on how many instances a state has."""

    @property
    def tells(self) -> None:
        """None: it is no choice of slots."""

    def key(self, state: State) -> Hashable:
        """Return what is equal for states that count as one."""
        counts = tuple(self._count(state, role) for role in self._roles)
        movers = self._movers.get(counts)
        if movers is None:
            movers = self._movers[counts] = self._made(counts)
        if self._marks.are_in(state):
            return counts, min(self._number_of_whole(mover.image(state)) for mover in movers)
        orbits = (self._orbit(place, state, counts, movers) for place in range(len(state)))
        return counts, min(zip(*orbits, strict=True), default=())

    def _count(self, state: State, role: str) -> int:
        instances = state[self._layout.places[role]]
        assert isinstance(instances, FunctionValue), "a role's slot is a function"
        return len(instances.values)

    def _made(self, counts: tuple[int, ...]) -> list[Mover]:
        sizes = {**self._groups, **dict(zip(self._roles, counts, strict=True))}
        if prod(map(factorial, sizes.values())) > MAX_PERMUTATIONS:
            return [Mover(self._layout, {}, ())]
        orders = [itertools.permutations(range(size)) for size in sizes.values()]
        return [
            Mover(self._layout, dict(zip(sizes, chosen, strict=True)), self._roles)
            for chosen in itertools.product(*orders)
        ]

    def _orbit(
        self, place: int, state: State, counts: tuple[int, ...], movers: Sequence[Mover]
    ) -> tuple[int, ...]:
        value = state[place]
        asked = (counts, type(value) is bool, value)
        known = self._orbits[place].get(asked)
        if known is None:
            numbers = self._numbers[place]
            known = self._orbits[place][asked] = tuple(
                numbers.setdefault(self._told_apart(place, mover.moved(place, value)), len(numbers))
                for mover in movers
            )
        return known

    def _told_apart(self, place: int, value: Value) -> Hashable:
        if self._order is not None and place == self._layout.places[THREADS]:
            return self._order.unordered(value)
        return type(value) is bool, value

    def _number_of_whole(self, image: State) -> int:
        key = tuple(itertools.starmap(self._told_apart, enumerate(renumbered(image))))
        return self._whole.setdefault(key, len(self._whole))


class Mover:
    """One permutation: `orders` give for each group, or role, where each of its values goes."""

    def __init__(
        self, layout: Layout, orders: Mapping[str, tuple[int, ...]], roles: Iterable[str]
    ) -> None:
        self._names = {
            f"{group}#{number}": f"{group}#{goes_to}"
            for group, order in orders.items()
            for number, goes_to in enumerate(order)
        }
        places = layout.places
        self._orders = {places[role]: orders[role] for role in roles}
        self._returns = places.get(RETURNS)
        self._moved: dict[Value, Value] = {}

    def image(self, state: State) -> State:
        """Return the state with all values moved."""
        return tuple(itertools.starmap(self.moved, enumerate(state)))

    def moved(self, place: int, value: Value) -> Value:
        """Return the value of one slot, moved."""
        order = self._orders.get(place)
        if order is not None and isinstance(value, FunctionValue):
            instances = dict(zip(order, map(self._move, value.values), strict=True))
            return FunctionValue(value.domain, tuple(instances[n] for n in range(len(order))))
        if place == self._returns and isinstance(value, FunctionValue):
            return function({self._link(str(key)): self._move(each) for key, each in value.items()})
        return self._move(value)

    def _link(self, name: str) -> str:
        instance, dot, action = name.rpartition(".")
        return f"{self._names.get(instance, instance)}{dot}{action}"

    def _move(self, value: Value) -> Value:
        match value:
            case ModelValue(name):
                return ModelValue(self._names[name]) if name in self._names else value
            case SetValue() | FunctionValue():
                known = self._moved.get(value)
                if known is None:
                    known = self._moved[value] = self._moved_within(value)
                return known
            case _:
                return value

    def _moved_within(self, value: SetValue | FunctionValue) -> Value:
        if isinstance(value, SetValue):
            elements = map(self._move, value.ordered)
            return value.like(elements) if isinstance(value, TypedSet) else SetValue(elements)
        values = tuple(map(self._move, value.values))
        if all(isinstance(key, int | str) for key in value.domain.elements):
            if isinstance(value, Typed):
                return value.like(values)
            return FunctionValue(value.domain, values)
        keys = map(self._move, value.domain.elements)
        plain = function(dict(zip(keys, values, strict=True)))
        if not isinstance(value, Typed):
            return plain
        return Typed(value.kind, plain.domain, plain.values, value.mark)


def renumbered(state: State) -> State:
    """Return a state whose marks of shared objects are numbered in the order of their places."""
    numbers: dict[int, int] = {}

    def number(mark: int) -> int:
        return numbers.setdefault(mark, len(numbers) + 1) if mark else 0

    def renumber(value: Value) -> Value:
        match value:
            case TypedSet():
                mark = number(value.mark)
                return TypedSet(value.kind, map(renumber, value.ordered), mark)
            case SetValue():
                return SetValue(map(renumber, value.ordered))
            case Typed():
                mark = number(value.mark)
                return Typed(value.kind, value.domain, tuple(map(renumber, value.values)), mark)
            case FunctionValue():
                return FunctionValue(value.domain, tuple(map(renumber, value.values)))
            case _:
                return value

    return tuple(map(renumber, state))
