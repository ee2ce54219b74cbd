"""Values: integers, booleans, strings, model values, finite sets and functions.

Sequences, tuples and records are functions, as in TLA+: `<<a, b>>` is the function on {1, 2}, and
`[f |-> a]` the function on {"f"}. Integers, booleans and strings are Python's own. Python holds
1 == True; two values here are equal only when their kinds agree too, at every depth.

Order: `order_key` is one total order over all values. It decides wherever order can reach output.
It follows TLC's (values/*.java, compareTo) except for strings, which TLC sorts by their first
appearance in its process and we sort by code points.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import lru_cache
from typing import Any, TypeAlias, Union

from msgspec import Struct

from conform.domain.recorded import RecordedElements, RecordedKeys, RecordedValues


class ModelValue(Struct, frozen=True):
    """A constant that equals itself and nothing else."""

    name: str

    @property
    def is_typed(self) -> bool:
        """Whether the name has a letter for its type, as `A_1` has."""
        return len(self.name) > 1 and self.name[1] == "_"

    def __repr__(self) -> str:
        return self.name


_FIELD = re.compile(r"\w*[A-Za-z]\w*", re.ASCII)
"""The names that TLA+ takes for fields: letters, digits and underscores, a letter among them."""


class SetValue:
    """A finite set of values.

    `shape` is for who compares values: what they know of all elements, False before they looked.
    `arrangement` is for who has an order of their own: what they know of it, None before.
    """

    __slots__ = ("_order_key", "_ordered", "arrangement", "elements", "shape")

    def __init__(self, elements: Iterable[Value]) -> None:
        self.elements: frozenset[Value] = frozenset(elements)
        self.shape: object = False
        self.arrangement: tuple[Any, ...] | None = None
        self._ordered: tuple[Value, ...] | None = None
        self._order_key: tuple[object, ...] | None = None

    @classmethod
    def of_recorded(cls, elements: RecordedElements) -> SetValue:
        """Return a set that tells what is asked of it."""
        made = cls(())
        made.elements = elements  # type: ignore[assignment]  # it behaves like a frozenset
        return made

    def subset(self, elements: frozenset[Value]) -> SetValue:
        """Return the set of some of its elements; their order is known if that of all is."""
        made = SetValue(elements)
        if self._ordered is not None:
            made._ordered = tuple([each for each in self._ordered if each in elements])
        return made

    @property
    def recorded(self) -> RecordedElements | None:
        """The elements if they know what is asked for."""
        elements: object = self.elements
        return elements if isinstance(elements, RecordedElements) else None

    @property
    def ordered(self) -> tuple[Value, ...]:
        """The elements in canonical order."""
        if self._ordered is None:
            self._ordered = in_order(self.elements)
        return self._ordered

    @property
    def order_key(self) -> tuple[object, ...]:
        """What sorts it among values of all kinds: see `order_key`."""
        if self._order_key is None:
            self._order_key = (4, len(self), tuple(map(order_key, self.ordered)))
        return self._order_key

    def like(self, elements: Iterable[Value]) -> SetValue:
        """Return the set of this kind with other elements."""
        return SetValue(elements)

    def __iter__(self) -> Iterator[Value]:
        return iter(self.ordered)

    def __len__(self) -> int:
        return len(self.elements)

    def __contains__(self, value: object) -> bool:
        if value not in self.elements:
            return False
        if type(value) is not int and type(value) is not bool:
            return True
        if type(self.elements) is not frozenset:
            return True  # these have looked at the kind
        return any(type(element) is type(value) for element in self.elements)

    def __eq__(self, other: object) -> bool:
        if self is other:
            return True
        if not isinstance(other, SetValue) or self.elements != other.elements:
            return False
        return set(map(type, self.elements)) == set(map(type, other.elements))

    def __reduce__(self) -> tuple[Any, ...]:
        """Pickle the elements alone, and nothing that is found from them."""
        return SetValue, (self.elements,)

    def __hash__(self) -> int:
        return hash(self.elements)

    def __repr__(self) -> str:
        return format_value(self)


class Domain:
    """The domain of a function: its elements in canonical order, and the place of each.

    Functions made from one another share their domain, so that equality is mostly an identity test.
    """

    __slots__ = (
        *("_as_set", "_hash", "_order_key", "_truths"),
        *("are_strings", "elements", "has_booleans", "index", "is_sequence", "shapes"),
    )

    def __init__(self, elements: tuple[Value, ...]) -> None:
        """Take `elements` distinct and in canonical order (`in_order`).

        `index` gives the places of those that are no booleans, which Python takes for 0 and 1.
        `shapes` is for who compares values: the shapes of functions over this domain.
        """
        self.elements = elements
        kinds = set(map(type, elements))
        self.has_booleans = bool in kinds
        self.are_strings = kinds == {str}
        self.index: dict[Value, int] = {
            element: i for i, element in enumerate(elements) if type(element) is not bool
        }
        self._truths = {element: i for i, element in enumerate(elements) if type(element) is bool}
        self.is_sequence = not self.has_booleans and elements == tuple(range(1, len(elements) + 1))
        self._hash = hash(elements)
        self._order_key: tuple[object, ...] | None = None
        self._as_set: SetValue | None = None
        self.shapes: dict[tuple[int, ...], object] = {}

    @property
    def as_set(self) -> SetValue:
        """The set of the elements."""
        if self._as_set is None:
            self._as_set = SetValue(self.elements)
            self._as_set._ordered = self.elements
        return self._as_set

    def place(self, argument: Value) -> int | None:
        """Return the position of `argument`, or None when it is not in the domain."""
        if type(argument) is bool:
            return self._truths.get(argument)
        return self.index.get(argument)

    @property
    def is_record(self) -> bool:
        """Whether every element could be the name of a field, and there is at least one."""
        return bool(self.elements) and all(
            type(element) is str and _FIELD.fullmatch(element) for element in self.elements
        )

    @property
    def order_key(self) -> tuple[object, ...]:
        """The keys of the elements, by which functions are sorted: see `order_key`."""
        if self._order_key is None:
            self._order_key = tuple(map(order_key, self.elements))
        return self._order_key

    def __reduce__(self) -> tuple[type[Domain], tuple[tuple[Value, ...]]]:
        """Pickle the elements alone: hashes of strings differ from process to process."""
        return Domain, (self.elements,)

    def __eq__(self, other: object) -> bool:
        if self is other:
            return True
        if not isinstance(other, Domain) or self.elements != other.elements:
            return False
        return self.has_booleans == other.has_booleans

    def __hash__(self) -> int:
        return self._hash


class RecordedDomain(Domain):
    """The domain of a function that knows which of its arguments are asked for.

    Whatever asks for more than whether one value is among them asks for all.
    """

    __slots__ = ("recorded",)

    def __init__(self, recorded: RecordedElements) -> None:
        """Take the arguments, as the elements of a set."""
        self.recorded = recorded

    @property
    def as_set(self) -> SetValue:
        """The set of the elements; none is read for it."""
        return SetValue.of_recorded(self.recorded)

    @property
    def plain(self) -> Domain:
        """The same domain without anything that records."""
        return Domain(self.elements)

    def __getattr__(self, name: str) -> Any:
        if name not in Domain.__slots__:
            raise AttributeError(name)
        super().__init__(in_order(self.recorded.all()))
        return getattr(self, name)


class FunctionValue:
    """A function with a finite domain: a sequence, a tuple, a record or any other."""

    __slots__ = (
        *("_has_booleans", "_hash", "_order_key"),
        *("domain", "lacks_booleans", "shape", "values"),
    )

    def __init__(self, domain: Domain, values: tuple[Value, ...]) -> None:
        """Take one value for each element of `domain`, in its order.

        `lacks_booleans` is True once it is known that no value is a boolean: such functions are
        equal if Python finds their domains and values so. `shape` is for who compares values: what
        they know of their kinds, False before they looked.
        """
        self.domain = domain
        self.values = values
        self.lacks_booleans = False
        self.shape: object = False
        self._hash: int | None = None
        self._has_booleans: bool | None = None
        self._order_key: tuple[object, ...] | None = None

    def get(self, argument: Value) -> Value | None:
        """Return the value at `argument`, or None outside the domain."""
        if type(self.values) is not tuple and isinstance(self.values, RecordedKeys):
            return self.values.at(argument)
        place = self.domain.place(argument)
        return None if place is None else self.values[place]

    def like(self, values: tuple[Value, ...]) -> FunctionValue:
        """Return the function that differs from this one in its values alone."""
        return FunctionValue(self.domain, values)

    def is_like(self, other: Value) -> bool:
        """Whether `other` differs from this function in its values at most."""
        if type(other) is not FunctionValue or type(self) is not FunctionValue:
            return False  # a subclass may know more than its values
        return other.domain is self.domain or other.domain == self.domain

    def replaced(self, place: int, value: Value) -> FunctionValue:
        """Return the function that differs from this one at position `place` alone."""
        values = self.values
        if isinstance(values, RecordedValues):
            changed = self.like(values.replaced(place, value))
        else:
            changed = self.like((*values[:place], value, *values[place + 1 :]))
        changed.lacks_booleans = self.lacks_booleans and type(value) is not bool
        return changed

    @property
    def is_sequence(self) -> bool:
        """Whether the domain is 1..n, n >= 0."""
        return self.domain.is_sequence

    def items(self) -> Iterator[tuple[Value, Value]]:
        """Yield (argument, value) pairs in canonical order."""
        return zip(self.domain.elements, self.values, strict=True)

    def __len__(self) -> int:
        return len(self.values)

    def __reduce__(self) -> tuple[type[FunctionValue], tuple[Domain, tuple[Value, ...]]]:
        """Pickle without the hash, which holds in this process alone."""
        return FunctionValue, (self.domain, self.values)

    def __eq__(self, other: object) -> bool:
        if self is other:
            return True
        if type(other) is not FunctionValue or self.values != other.values:
            return False
        if self.domain is not other.domain and self.domain != other.domain:
            return False
        if self.lacks_booleans and other.lacks_booleans:
            return True
        if not self.has_booleans and not other.has_booleans:
            return True
        return list(map(type, self.values)) == list(map(type, other.values))

    @property
    def order_key(self) -> tuple[object, ...]:
        """What sorts it among values of all kinds: see `order_key`."""
        if self._order_key is None:
            keys = tuple(map(order_key, self.values))
            self._order_key = (5, len(keys), self.domain.order_key, keys)
        return self._order_key

    @property
    def has_booleans(self) -> bool:
        """Whether there is a boolean among the values, which Python would take for 0 or 1."""
        if self._has_booleans is None:
            self._has_booleans = not self.lacks_booleans and bool in map(type, self.values)
            self.lacks_booleans = not self._has_booleans
        return self._has_booleans

    def __hash__(self) -> int:
        if self._hash is None:
            self._hash = hash((self.domain._hash, self.values))
        return self._hash

    def __repr__(self) -> str:
        return format_value(self)


Value: TypeAlias = Union[int, str, ModelValue, SetValue, FunctionValue]  # noqa: UP007
"""A value; bool is a subclass of int and is told apart by its type."""

Bindings: TypeAlias = tuple[tuple[str, Value], ...]
"""Names with their values, in the order of their declaration."""


@lru_cache(maxsize=1024)
def sequence_domain(length: int) -> Domain:
    """Return the domain 1..length."""
    return Domain(tuple(range(1, length + 1)))


def record_domain(names: tuple[str, ...]) -> Domain:
    """Return the domain of records with these distinct field names (any order)."""
    return _sorted_domain(tuple(sorted(names)))


@lru_cache(maxsize=1024)
def _sorted_domain(names: tuple[str, ...]) -> Domain:
    return Domain(names)


def sequence(values: Iterable[Value]) -> FunctionValue:
    """Return the sequence of `values`."""
    elements = tuple(values)
    return FunctionValue(sequence_domain(len(elements)), elements)


def record(fields: dict[str, Value]) -> FunctionValue:
    """Return the record with these fields."""
    domain = record_domain(tuple(fields))
    return FunctionValue(domain, tuple(fields[str(name)] for name in domain.elements))


def function(pairs: dict[Value, Value]) -> FunctionValue:
    """Return the function that maps each key to its value."""
    domain = Domain(in_order(pairs))
    return FunctionValue(domain, tuple(pairs[key] for key in domain.elements))


def in_order(values: Iterable[Value]) -> tuple[Value, ...]:
    """Return `values` in canonical order."""
    elements = tuple(values)
    if len(elements) < 2:
        return elements
    kinds = set(map(type, elements))
    if kinds == {int} or kinds == {str}:
        return tuple(sorted(elements))  # type: ignore[type-var]  # one kind: int or str
    return tuple(sorted(elements, key=order_key))


def order_key(value: Value) -> tuple[object, ...]:
    """Return a key that sorts any values: by kind, size and then elementwise, as TLC does."""
    kind = type(value)
    if kind is int:
        return (2, value)
    if kind is str:
        return (3, value)
    if isinstance(value, FunctionValue | SetValue):
        return value.order_key
    return (0, value.name) if isinstance(value, ModelValue) else (1, value)


def format_value(value: Value) -> str:
    """Return `value` in TLA+ notation, as TLC prints it."""
    match value:
        case bool():
            return "TRUE" if value else "FALSE"
        case int() | ModelValue():
            return str(value)
        case str():
            return _quoted(value)
        case SetValue():
            return "{" + ", ".join(map(format_value, value.ordered)) + "}"
        case FunctionValue():
            return _format_function(value)


def kind_of(value: Value) -> str:
    """Return what kind of value this is, in words for messages."""
    match value:
        case bool():
            return "a boolean"
        case int():
            return "an integer"
        case str():
            return "a string"
        case ModelValue():
            return "a model value"
        case SetValue():
            return "a set"
        case FunctionValue():
            return "a sequence" if value.is_sequence else _kind_of_function(value)


def _kind_of_function(value: FunctionValue) -> str:
    return "a record" if value.domain.is_record else "a function"


def _format_function(value: FunctionValue) -> str:
    if value.is_sequence:
        return "<<" + ", ".join(map(format_value, value.values)) + ">>"
    if value.domain.is_record:
        return "[" + ", ".join(f"{k} |-> {format_value(v)}" for k, v in value.items()) + "]"
    pairs = (f"{format_value(k)} :> {format_value(v)}" for k, v in value.items())
    return "(" + " @@ ".join(pairs) + ")"


_ESCAPES = {'"': '\\"', "\\": "\\\\", "\t": "\\t", "\n": "\\n", "\f": "\\f", "\r": "\\r"}


def _quoted(text: str) -> str:
    return '"' + "".join(_ESCAPES.get(character, character) for character in text) + '"'
