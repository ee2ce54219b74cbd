"""Shapes: how the value of a variable falls into leaves, the slots of the columnar engine.

A function whose domain and kind are the same in all states seen so far falls into one leaf for each
argument, or into the leaves of the values there if these fall apart too. A set falls into one truth
value for each element that it has in any state; room for more of them is kept, and costs no bits
until it is taken. Anything else is one leaf. Which shape a variable has changes the time that a
search takes and nothing else.
"""

from __future__ import annotations

import itertools
from collections.abc import Hashable, Iterator, Sequence
from typing import Any, TypeAlias

from msgspec import Struct

from conform.domain.values import FunctionValue, SetValue, Value, function
from conform.explore.columns.codes import key_of_value

MAX_ARGUMENTS = 32
"""Arguments of a function that is split: of one with more, few steps read few."""

MAX_DEPTH = 3
"""Functions within functions that are split."""

MAX_LEAVES = 160
"""Leaves of one variable; more make keys wide and questions slow."""

ROOM = 128
ROOM_INSIDE = 12
"""Elements of a set that is a variable, and of one that is the value of a function."""

TAKEN = 3
"""The share of the room that the elements of the first states may take: one in so many."""

MUCH = 4
"""So many times the room is kept where a set has outgrown it, or is about to."""


class _Absent:
    """In place of the value of a function at an argument outside its domain."""

    def __repr__(self) -> str:
        return "absent"

    def __reduce__(self) -> str:
        return "ABSENT"  # the same one in each process


ABSENT: Any = _Absent()


class ShapeBrokenError(Exception):
    """A value of the variable number `variable` does not have the shape that was inferred.

    With `is_full` a set has no room for one more element.
    """

    def __init__(self, variable: int, *, is_full: bool = False) -> None:
        super().__init__(variable)
        self.variable = variable
        self.is_full = is_full


class Whole(Struct, frozen=True, eq=False):
    """One leaf: the value as it is; `leaf` is the leaf's number."""

    leaf: int


class ByArgument(Struct, frozen=True, eq=False):
    """Functions like `form`: the shape of the value at each argument, in the domain's order."""

    form: FunctionValue
    parts: tuple[Shape, ...]


class ByMember:
    """A set: whether it has an element, for each of the `members` that any state was seen to have.

    The leaf of a member is `first` and its place in `members`; there is room for `room` of them.
    `number` tells the sets of one search apart, and `variable` is the variable it belongs to.
    """

    __slots__ = ("_leaves", "candidates", "first", "members", "number", "room", "variable")

    absent: Value = False

    def __init__(self, number: int, variable: int, first: int, room: int) -> None:
        self.number = number
        self.variable = variable
        self.first = first
        self.room = room
        self.members: list[Value] = []
        self.candidates: frozenset[Value] = frozenset()
        self._leaves: dict[Hashable, int] = {}

    def leaf(self, value: Value) -> int | None:
        """Return the leaf of a member, None for a value that no set here was seen to have."""
        return self._leaves.get(key_of_value(value))

    def admit(self, value: Value) -> int:
        """Return the leaf of a value that is an element; raise ShapeBrokenError without room."""
        known = self.leaf(value)
        if known is not None:
            return known
        if len(self.members) == self.room:
            raise ShapeBrokenError(self.variable, is_full=True)
        leaf = self.first + len(self.members)
        self._leaves[key_of_value(value)] = leaf
        self.members.append(value)
        self.candidates = frozenset(self.members)
        if len(self.candidates) < len(self.members):
            raise ShapeBrokenError(self.variable)  # 1 and TRUE, which Python takes for one
        return leaf


class ByKey(ByMember):
    """A function whose domain changes: its value at each argument that any state was seen to have.

    `members` are these arguments; the leaf of one that is not in the domain has the value ABSENT.
    """

    __slots__ = ()

    absent: Value = ABSENT


Shape: TypeAlias = Whole | ByArgument | ByMember | ByKey


class Known(Struct, frozen=True):
    """What is known of variables: those that are not split, and those whose sets grow large."""

    whole: frozenset[int] = frozenset()
    roomy: frozenset[int] = frozenset()

    def after(self, broken: ShapeBrokenError) -> Known:
        """Return what is known once a value did not have the shape of a variable."""
        number = frozenset((broken.variable,))
        if broken.is_full and not number <= self.roomy:
            return Known(self.whole, self.roomy | number)
        return Known(self.whole | number, self.roomy)


UNKNOWN = Known()


class Shapes:
    """The shapes of all variables; `leaf_count` leaves in all, those of a variable side by side."""

    def __init__(self, samples: Sequence[Sequence[Value]], known: Known = UNKNOWN) -> None:
        """Infer the shapes from the values of each variable in some states."""
        self._known = known
        self.leaf_count = 0
        self.variables: list[int] = []
        self.roots: list[Shape] = []
        self.sets: list[ByMember] = []
        for variable, values in enumerate(samples):
            first, sets = self.leaf_count, len(self.sets)
            root = self._leaf() if variable in known.whole else self._infer(values, 0)
            most = MAX_LEAVES * (MUCH if has_much_room(root) else 1)
            if self.leaf_count - first > most:
                self.leaf_count = first
                del self.sets[sets:]
                root = self._leaf()
            self.roots.append(root)
            self.variables.extend([variable] * (self.leaf_count - first))
        self.leaves_of = [tuple(leaves_of(root)) for root in self.roots]

    def _leaf(self) -> Whole:
        self.leaf_count += 1
        return Whole(self.leaf_count - 1)

    @property
    def admitted(self) -> int:
        """How many elements all sets have been seen to have."""
        return sum(len(each.members) for each in self.sets)

    def _infer(self, values: Sequence[Value], depth: int) -> Shape:
        for room in self._rooms(depth):
            members = common_members(values, room)
            if members is not None:
                return self._set(ByMember, members, room)
            keys = None if depth else common_keys(values, room)
            if keys is not None:
                return self._set(ByKey, keys, room)
        form = common_form(values)
        if form is None or depth == MAX_DEPTH:
            return self._leaf()
        rows = [value.values for value in values if isinstance(value, FunctionValue)]
        columns = zip(*rows, strict=True)
        return ByArgument(form, tuple(self._infer(column, depth + 1) for column in columns))

    def _rooms(self, depth: int) -> Sequence[int]:
        """Return how much room there may be for a set, the least first."""
        room = ROOM_INSIDE if depth else ROOM
        if len(self.roots) in self._known.roomy:
            return (MUCH * room,)
        return (room,) if depth else (room, MUCH * room)

    def _set(self, kind: type[ByMember], members: Sequence[Value], room: int) -> ByMember:
        shape = kind(len(self.sets), len(self.roots), self.leaf_count, room)
        for member in members:
            shape.admit(member)
        self.sets.append(shape)
        self.leaf_count += room
        return shape

    def taken_leaves(self, variable: int) -> Sequence[int]:
        """Return the leaves of a variable without the room that a set has for more elements."""
        root = self.roots[variable]
        if isinstance(root, ByMember):
            return range(root.first, root.first + len(root.members))
        return self.leaves_of[variable]

    def used_leaves(self, variable: int) -> Iterator[int]:
        """Yield the same for a variable that has sets within, too."""
        unused: set[int] = set()
        for one in self.sets:
            if one.variable == variable:
                unused.update(range(one.first + len(one.members), one.first + one.room))
        return (leaf for leaf in self.leaves_of[variable] if leaf not in unused)

    def decomposed(self, variable: int, value: Value) -> list[Value]:
        """Return the values of the variable's leaves; raise ShapeBrokenError if it has others."""
        found: list[Value] = []
        if not _fill(self.roots[variable], value, found):
            raise ShapeBrokenError(variable)
        return found

    def assembled(self, variable: int, leaves: Sequence[Value]) -> Value:
        """Return the value of a variable whose leaves, or `taken_leaves`, hold these values."""
        return _assemble(self.roots[variable], iter(leaves))


def has_much_room(shape: Shape) -> bool:
    """Return whether there is more room than at first in some set."""
    match shape:
        case Whole():
            return False
        case ByArgument(parts=parts):
            return any(map(has_much_room, parts))
        case ByMember(room=room):
            return room not in (ROOM, ROOM_INSIDE)


def leaves_of(shape: Shape) -> Iterator[int]:
    """Yield the numbers of the leaves, in order."""
    match shape:
        case Whole(leaf):
            yield leaf
        case ByArgument(parts=parts):
            for part in parts:
                yield from leaves_of(part)
        case ByMember(first=first, room=room):
            yield from range(first, first + room)


def common_members(values: Sequence[Value], room: int) -> list[Value] | None:
    """Return all elements of some sets, in the order of their appearance, if they are few.

    None if a value is no set, or where more than a third of the room would be taken.
    """
    if not all(type(value) is SetValue for value in values):
        return None  # a subclass may know more than its elements
    return _all_of([value.ordered for value in values if isinstance(value, SetValue)], room)


def common_keys(values: Sequence[Value], room: int) -> list[Value] | None:
    """Return the arguments of some functions whose domains are not the same, if they are few.

    None for sequences and records, which are looked at as a whole.
    """
    functions = [value for value in values if type(value) is FunctionValue]
    domains = list(dict.fromkeys(value.domain for value in functions))
    if len(functions) < len(values) or len(domains) < 2 or any(one.is_record for one in domains):
        return None
    if all(one.is_sequence for one in domains):
        return None
    return _all_of([one.elements for one in domains], room)


def _all_of(parts: Sequence[Sequence[Value]], room: int) -> list[Value] | None:
    found: dict[Hashable, Value] = {}
    for part in parts:
        if TAKEN * len(part) > room:
            return None
        found.update((key_of_value(one), one) for one in part)
        if TAKEN * len(found) > room:
            return None
    members = list(found.values())
    return members if len(frozenset(members)) == len(members) else None


def common_form(values: Sequence[Value]) -> FunctionValue | None:
    """Return a function that all values are like, if there is one and it is worth splitting."""
    first = values[0] if values else None
    if not isinstance(first, FunctionValue) or not 0 < len(first) <= MAX_ARGUMENTS:
        return None
    return first if all(map(first.is_like, values)) else None


def _fill(shape: Shape, value: Value, found: list[Value]) -> bool:
    match shape:
        case Whole():
            found.append(value)
            return True
        case ByArgument(form, parts):
            if not isinstance(value, FunctionValue) or not form.is_like(value):
                return False
            return all(
                _fill(part, one, found) for part, one in zip(parts, value.values, strict=True)
            )
        case ByKey(first=first, room=room):
            if type(value) is not FunctionValue:
                return False
            known = {shape.admit(argument): one for argument, one in value.items()}
            found.extend([known.get(leaf, ABSENT) for leaf in range(first, first + room)])
            return True
        case ByMember(first=first, room=room):
            if type(value) is not SetValue:
                return False
            present = {shape.admit(element) for element in value.ordered}
            found.extend([leaf in present for leaf in range(first, first + room)])
            return True


def _assemble(shape: Shape, leaves: Iterator[Value]) -> Value:
    match shape:
        case Whole():
            return next(leaves)
        case ByArgument(form, parts):
            return form.like(tuple([_assemble(part, leaves) for part in parts]))
        case ByKey(room=room, members=members):
            pairs = zip(members, itertools.islice(leaves, room), strict=False)
            return function({key: value for key, value in pairs if value is not ABSENT})
        case ByMember(room=room, members=members):
            present = list(itertools.islice(leaves, room))
            return SetValue(itertools.compress(members, present))
