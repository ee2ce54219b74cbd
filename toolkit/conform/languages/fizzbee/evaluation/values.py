"""The values of Starlark, with what FizzBee adds to them.

None, integers, floats, strings, tuples and ranges are Python's own, and so are booleans, which
never equal a number here. Lists, dicts, sets and the like are objects that are changed in place and
shared by all who refer to them; a frozen one, or one that is iterated over, cannot be changed. Sets
and dicts keep the order of insertion.
"""

from __future__ import annotations

from collections.abc import Collection, Hashable, Iterable, Iterator
from contextlib import contextmanager
from enum import Enum
from typing import Any, TypeAlias

from conform.languages.fizzbee.evaluation.faults import FaultError
from conform.languages.fizzbee.evaluation.unread import Unread

Datum: TypeAlias = Any
"""None, bool, int, float, str, tuple, range, or one of the classes here."""


class _Boolean(Enum):
    """Keys for True and False, which Python would take for 1 and 0."""

    TRUE = True
    FALSE = False


class Mutable:
    """What can be changed in place, unless it is frozen or being iterated over."""

    __slots__ = ("is_frozen", "iterations")
    kind = "value"

    def __init__(self) -> None:
        self.is_frozen = False
        self.iterations = 0

    def change(self) -> None:
        """Raise FaultError where a change is not allowed."""
        if self.is_frozen:
            raise FaultError(
                f"cannot change a frozen {self.kind}",
                "constants cannot be changed; copy it first, in Init for one",
            )
        if self.iterations:
            raise FaultError(f"cannot change a {self.kind} during iteration over it")

    def parts(self) -> Iterable[Datum]:
        """Return the values directly inside; of what code has not read yet none is there."""
        raise NotImplementedError

    @contextmanager
    def iterated(self) -> Iterator[None]:
        """Forbid changes while what runs within goes over the elements."""
        self.iterations += 1
        try:
            yield
        finally:
            self.iterations -= 1


class List(Mutable):
    """A list; one of a state has its elements in `unread` until code asks for all of them."""

    __slots__ = ("_elements", "unread")
    kind = "list"

    def __init__(self, elements: Iterable[Datum] = (), unread: Unread | None = None) -> None:
        super().__init__()
        self._elements = list(elements)
        self.unread = unread

    @property
    def elements(self) -> list[Datum]:
        """All elements, in a list that may be changed."""
        if self.unread is not None:
            self._elements, self.unread = self.unread.all(), None
        return self._elements

    @elements.setter
    def elements(self, elements: list[Datum]) -> None:
        self._elements, self.unread = elements, None

    @property
    def size(self) -> int:
        """How many elements it has."""
        return len(self._elements if self.unread is None else self.unread.keys)

    def at(self, place: int) -> Datum:
        """Return the element at a place, from 0 on."""
        return self._elements[place] if self.unread is None else self.unread.at(place)

    def put(self, place: int, element: Datum) -> None:
        """Set the element at a place."""
        self.change()
        if self.unread is None:
            self._elements[place] = element
        else:
            self.unread.known[place] = element

    def parts(self) -> Iterable[Datum]:
        return self._elements if self.unread is None else self.unread.known.values()


class Dict(Mutable):
    """A dict; `entries` maps what identifies a key to the key itself and its value.

    One of a state has them in `unread` until code asks for all of them.
    """

    __slots__ = ("_entries", "unread")
    kind = "dict"

    def __init__(
        self, pairs: Iterable[tuple[Datum, Datum]] = (), unread: Unread | None = None
    ) -> None:
        super().__init__()
        self._entries: dict[Hashable, tuple[Datum, Datum]] = {}
        self.unread = unread
        for key, value in pairs:
            self._entries[key_of(key)] = (key, value)

    @property
    def entries(self) -> dict[Hashable, tuple[Datum, Datum]]:
        """All entries, in a dict that may be changed."""
        unread = self.unread
        if unread is not None:
            pairs = zip(unread.keys, unread.all(), strict=True)
            self._entries = {key: (key, value) for key, value in pairs}
            self.unread = None
        return self._entries

    @property
    def size(self) -> int:
        """How many entries it has."""
        return len(self._entries if self.unread is None else self.unread.keys)

    def identities(self) -> Collection[Hashable]:
        """Return what identifies the keys, in order."""
        return self._entries if self.unread is None else self.unread.keys

    def listed(self) -> list[Datum]:
        """Return the keys, in order."""
        if self.unread is not None:
            return list(self.unread.keys)
        return [key for key, _ in self._entries.values()]

    def has(self, key: Datum) -> bool:
        """Whether there is an entry for a key."""
        identity = key_of(key)
        if self.unread is not None:
            return self.unread.place(identity) is not None
        return identity in self._entries

    def get(self, key: Datum, missing: Datum) -> Datum:
        """Return the value at a key, `missing` without one."""
        identity = key_of(key)
        if self.unread is not None:
            place = self.unread.place(identity)
            return missing if place is None else self.unread.at(place)
        found = self._entries.get(identity)
        return missing if found is None else found[1]

    def parts(self) -> Iterable[Datum]:
        if self.unread is not None:
            yield from self.unread.known.values()
            return
        for key, value in self._entries.values():
            yield key
            yield value

    def store(self, key: Datum, value: Datum) -> None:
        """Set the value at a key, which keeps its place if it is there already."""
        self.change()
        identity = key_of(key)
        if self.unread is not None:
            place = self.unread.place(identity)
            if place is not None:
                self.unread.known[place] = value
                return
        known = self.entries.get(identity)
        self._entries[identity] = (key if known is None else known[0], value)


class Set(Mutable):
    """A set; `members` maps what identifies an element to it."""

    __slots__ = ("members",)
    kind = "set"

    def __init__(self, elements: Iterable[Datum] = ()) -> None:
        super().__init__()
        self.members: dict[Hashable, Datum] = {key_of(each): each for each in elements}

    def parts(self) -> Iterable[Datum]:
        return self.members.values()


class Bag(Mutable):
    """A multiset, in the order of insertion; its elements need not be hashable."""

    __slots__ = ("elements",)
    kind = "bag"

    def __init__(self, elements: Iterable[Datum] = ()) -> None:
        super().__init__()
        self.elements = list(elements)

    def parts(self) -> Iterable[Datum]:
        return self.elements


class GenericSet(Mutable):
    """A set of any values, looked through from the beginning."""

    __slots__ = ("elements",)
    kind = "genericset"

    def __init__(self, elements: Iterable[Datum] = ()) -> None:
        super().__init__()
        self.elements: list[Datum] = []
        for element in elements:
            if not is_member(element, self.elements):
                self.elements.append(element)

    def parts(self) -> Iterable[Datum]:
        return self.elements


class GenericMap(Mutable):
    """A map whose keys may be any values, looked through from the beginning."""

    __slots__ = ("pairs",)
    kind = "genericmap"

    def __init__(self, pairs: Iterable[tuple[Datum, Datum]] = ()) -> None:
        super().__init__()
        self.pairs: list[tuple[Datum, Datum]] = []
        for key, value in pairs:
            self.put(key, value)

    def parts(self) -> Iterable[Datum]:
        for key, value in self.pairs:
            yield key
            yield value

    def place(self, key: Datum) -> int | None:
        """Return the place of a key, None where it is not in the map."""
        for place, (known, _) in enumerate(self.pairs):
            if equal(known, key):
                return place
        return None

    def put(self, key: Datum, value: Datum) -> None:
        """Set the value at a key."""
        place = self.place(key)
        if place is None:
            self.pairs.append((key, value))
        else:
            self.pairs[place] = (self.pairs[place][0], value)


class Record(Mutable):
    """Named fields that can be assigned to; one of a state has them in `unread` as a dict does."""

    __slots__ = ("_fields", "unread")
    kind = "record"

    def __init__(self, fields: dict[str, Datum], unread: Unread | None = None) -> None:
        super().__init__()
        self._fields = dict(fields)
        self.unread = unread

    @property
    def fields(self) -> dict[str, Datum]:
        """All fields."""
        if self.unread is not None:
            self._fields = dict(zip(map(str, self.unread.keys), self.unread.all(), strict=True))
            self.unread = None
        return self._fields

    def names(self) -> Collection[str]:
        """Return the names of the fields."""
        return self._fields if self.unread is None else [str(name) for name in self.unread.keys]

    def value(self, name: str) -> Datum:
        """Return the value of a field; raise KeyError if there is none."""
        if self.unread is None:
            return self._fields[name]
        place = self.unread.place(name)
        if place is None:
            raise KeyError(name)
        return self.unread.at(place)

    def put(self, name: str, value: Datum) -> None:
        """Set the value of a field that is there."""
        self.change()
        place = None if self.unread is None else self.unread.place(name)
        if self.unread is None or place is None:
            self.fields[name] = value
        else:
            self.unread.known[place] = value

    def parts(self) -> Iterable[Datum]:
        return self._fields.values() if self.unread is None else self.unread.known.values()


class Struct:
    """Named fields for good; `kind` is `struct` or `enum`."""

    __slots__ = ("fields", "kind")

    def __init__(self, fields: dict[str, Datum], kind: str = "struct") -> None:
        self.fields = dict(fields)
        self.kind = kind


class Opaque:
    """A value that equals itself alone: a role, a function. `kind` is what `type` says."""

    __slots__ = ()
    kind = "value"

    def __repr__(self) -> str:
        return f"<{self.kind}>"


def type_name(value: Datum) -> str:
    """Return what `type(value)` gives."""
    if value is None:
        return "NoneType"
    names = {bool: "bool", int: "int", float: "float", str: "string", tuple: "tuple"}
    known = names.get(type(value))
    if known is not None:
        return known
    return "range" if type(value) is range else str(value.kind)


def key_of(value: Datum) -> Hashable:
    """Return what identifies a value as a key of a dict; raise FaultError if it cannot be one."""
    kind = type(value)
    if kind is str or kind is int or value is None or kind is float:
        return value  # type: ignore[no-any-return]  # one of these kinds
    if kind is bool:
        return _Boolean(value)
    if kind is tuple:
        return tuple(map(key_of, value))
    if isinstance(value, Struct):
        return (Struct, value.kind, *((k, key_of(v)) for k, v in sorted(value.fields.items())))
    if isinstance(value, Opaque):
        return value
    raise FaultError(f"unhashable type: {type_name(value)}", _UNHASHABLE.get(type_name(value), ""))


_UNHASHABLE = {
    "list": "use a tuple, or genericset and genericmap",
    "dict": "use genericset and genericmap",
    "record": "use struct, or genericset and genericmap",
}


def equal(left: Datum, right: Datum) -> bool:
    """Whether `left == right`: booleans equal no numbers, and kinds matter at every depth."""
    if left is right:
        return True
    one, other = type(left), type(right)
    if one is other and (one is str or one is int):
        return bool(left == right)
    if one is not other:
        numbers = (int, float)
        return one in numbers and other in numbers and bool(left == right)
    if one is tuple:
        return _all_equal(left, right)
    if one is List:
        places = range(left.size)
        return left.size == right.size and all(equal(left.at(p), right.at(p)) for p in places)
    if isinstance(left, Mutable | Struct):
        return _equal_objects(left, right)
    return bool(left == right)


def _all_equal(left: Iterable[Datum], right: Iterable[Datum]) -> bool:
    ones, others = list(left), list(right)
    return len(ones) == len(others) and all(map(equal, ones, others))


def _equal_objects(left: Datum, right: Datum) -> bool:
    match left:
        case Dict():
            return set(left.identities()) == set(right.identities()) and all(
                equal(left.get(key, None), right.get(key, None)) for key in left.listed()
            )
        case Set():
            return bool(left.members.keys() == right.members.keys())
        case Record() | Struct():
            return left.fields.keys() == right.fields.keys() and all(
                equal(value, right.fields[name]) for name, value in left.fields.items()
            )
        case GenericMap():
            return len(left.pairs) == len(right.pairs) and all(
                (place := right.place(key)) is not None and equal(right.pairs[place][1], value)
                for key, value in left.pairs
            )
        case Bag() | GenericSet():
            return _same_members(left.elements, right.elements)
        case _:
            return False


def _same_members(left: list[Datum], right: list[Datum]) -> bool:
    rest = list(right)
    for element in left:
        place = place_of(element, rest)
        if place is None:
            return False
        del rest[place]
    return not rest


def place_of(value: Datum, elements: Iterable[Datum]) -> int | None:
    """Return the place of the first element that equals `value`, None without one."""
    for place, element in enumerate(elements):
        if equal(element, value):
            return place
    return None


def is_member(value: Datum, elements: Iterable[Datum]) -> bool:
    """Whether one of `elements` equals `value`."""
    return place_of(value, elements) is not None


def freeze(value: Datum) -> None:
    """Make a value and all inside it unchangeable."""
    pending = [value]
    while pending:
        found = pending.pop()
        match found:
            case Mutable(is_frozen=False):
                found.is_frozen = True
                pending.extend(found.parts())
            case tuple():
                pending.extend(found)
            case Struct():
                pending.extend(found.fields.values())
