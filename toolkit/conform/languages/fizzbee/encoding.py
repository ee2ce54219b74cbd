"""Values of FizzBee as values of the domain, and back.

Lists are sequences, dicts functions, records and structs records, sets sets; None is the model
value None, a role instance the model value `Node#0`, a float a model value too. Values of different
types never become equal: what is no list is marked with its kind (`Typed`), which nothing shows and
`natural` takes away. Sets and dicts come back in canonical order, whatever order they were made in.

An object that can be changed and is referred to from several places of one state must be one object
again when it comes back: it is marked with a number there (`sharing`).
"""

from __future__ import annotations

from collections.abc import Container, Iterable, Iterator
from functools import lru_cache
from typing import Any

from conform.domain.states import State
from conform.domain.values import (
    Domain,
    FunctionValue,
    ModelValue,
    SetValue,
    Value,
    function,
    in_order,
    record_domain,
    sequence_domain,
)
from conform.errors import UnsupportedError
from conform.languages.fizzbee.evaluation.faults import FaultError
from conform.languages.fizzbee.evaluation.symmetric_values import SymmetricValue
from conform.languages.fizzbee.evaluation.unread import Unread
from conform.languages.fizzbee.evaluation.values import (
    Bag,
    Datum,
    Dict,
    GenericMap,
    GenericSet,
    List,
    Mutable,
    Record,
    Set,
    Struct,
    freeze,
    type_name,
)
from conform.languages.fizzbee.execution.process import Role

NONE = ModelValue("None")


class Typed(FunctionValue):
    """A function that stands for a value of `kind`, and equals those of that kind alone.

    `mark` numbers an object that other places of the state refer to; 0 for any other.
    """

    __slots__ = ("kind", "mark")

    def __init__(self, kind: str, domain: Domain, values: tuple[Value, ...], mark: int = 0) -> None:
        super().__init__(domain, values)
        self.kind = kind
        self.mark = mark

    def like(self, values: tuple[Value, ...]) -> Typed:
        """Return the value of this kind that differs in its values alone."""
        return Typed(self.kind, self.domain, values, self.mark)

    def is_like(self, other: Value) -> bool:
        """Whether `other` differs from this value in its values at most."""
        return (
            type(other) is Typed
            and self.kind == other.kind
            and self.mark == other.mark
            and (other.domain is self.domain or other.domain == self.domain)
        )

    def __reduce__(self) -> tuple[Any, ...]:
        """Pickle as FunctionValue does, with what makes this one its own."""
        return Typed, (self.kind, self.domain, self.values, self.mark)

    def __eq__(self, other: object) -> bool:
        if self is other:
            return True
        if type(other) is not Typed or self.kind != other.kind or self.mark != other.mark:
            return False
        if self.values != other.values or self.domain != other.domain:
            return False
        if not self.has_booleans and not other.has_booleans:
            return True
        return list(map(type, self.values)) == list(map(type, other.values))

    __hash__ = FunctionValue.__hash__


class TypedSet(SetValue):
    """A set that stands for a value of `kind`, and equals those of that kind alone."""

    __slots__ = ("kind", "mark")

    def __init__(self, kind: str, elements: Iterable[Value], mark: int = 0) -> None:
        super().__init__(elements)
        self.kind = kind
        self.mark = mark

    def like(self, elements: Iterable[Value]) -> TypedSet:
        """Return the set of this kind with other elements."""
        return TypedSet(self.kind, elements, self.mark)

    def __reduce__(self) -> tuple[Any, ...]:
        """Pickle the elements, whose hashes hold in one process alone, and the kind."""
        return TypedSet, (self.kind, self.ordered, self.mark)

    def __eq__(self, other: object) -> bool:
        return (
            type(other) is TypedSet
            and self.kind == other.kind
            and self.mark == other.mark
            and SetValue.__eq__(self, other)
        )

    __hash__ = SetValue.__hash__


def natural(value: Value) -> Value:
    """Return a value without the marks of its kind, as other languages have it."""
    match value:
        case SetValue():
            return SetValue(map(natural, value.elements))
        case FunctionValue(domain=domain, values=values):
            if any(isinstance(key, SetValue | FunctionValue) for key in domain.elements):
                return function({natural(k): natural(v) for k, v in value.items()})
            return FunctionValue(domain, tuple(map(natural, values)))
        case _:
            return value


class SharingError(UnsupportedError):
    """A state in which two places refer to one object, met where that was not reckoned with."""


class Marks:
    """Tells in which states objects are marked as shared; what was looked through is remembered."""

    def __init__(self) -> None:
        self._known: dict[Value, bool] = {}
        self._last: tuple[State, bool] | None = None

    def are_in(self, state: State) -> bool:
        """Whether a state has a mark; one after another, all actions ask about the same state."""
        if self._last is None or self._last[0] is not state:
            if len(self._known) > MAX_KNOWN:
                self._known.clear()
            self._last = (state, any(map(self.is_in, state)))
        return self._last[1]

    def is_in(self, value: Value) -> bool:
        """Whether a value has a mark."""
        if not isinstance(value, FunctionValue | SetValue):
            return False
        known = self._known.get(value)
        if known is None:
            known = self._known[value] = self._is_marked(value)
        return known

    def _is_marked(self, value: FunctionValue | SetValue) -> bool:
        if isinstance(value, Typed | TypedSet) and value.mark:
            return True
        if isinstance(value, SetValue):
            return any(map(self.is_in, value.elements))
        return any(map(self.is_in, (*value.domain.elements, *value.values)))


MAX_KNOWN = 100_000
"""Values that Marks remembers before it begins anew."""


class Encoder:
    """Encodes the values of one state.

    `outer` are the identities of the objects for which it matters whether they are met more than
    once, None for all.
    """

    def __init__(
        self,
        domains: dict[tuple[Value, ...], tuple[Domain, tuple[int, ...]]],
        outer: Container[int] | None = None,
    ) -> None:
        self._domains = domains
        self._outer = outer
        self._seen: set[int] = set()
        self._open: set[int] = set()
        self._shared: dict[int, int] = {}
        self._done: dict[int, Value] = {}

    @property
    def has_sharing(self) -> bool:
        """Whether an object was met more than once."""
        return bool(self._shared)

    def look_through(self, value: Datum) -> None:
        """Note the objects inside a value of the state; raise FaultError for cycles."""
        match value:
            case tuple():
                for each in value:
                    self.look_through(each)
            case Struct():
                for each in value.fields.values():
                    self.look_through(each)
            case Mutable():
                identity = id(value)
                if identity in self._open:
                    raise FaultError(f"a {value.kind} that contains itself cannot be in a state")
                if identity in self._seen:
                    if self._outer is None or identity in self._outer:
                        self._shared[identity] = 0
                    return
                self._seen.add(identity)
                self._open.add(identity)
                for each in value.parts():
                    if not isinstance(each, str | int):
                        self.look_through(each)
                self._open.discard(identity)

    def look_past(self, value: Datum, parts: frozenset[int] | None) -> None:
        """Note an object that is as it was, if something noted before shares one of its parts.

        `parts` are the identities of those that could be shared, None where they are not known.
        """
        if parts is None or not self._seen.isdisjoint(parts):
            self.look_through(value)

    def encode(self, value: Datum) -> Value:
        """Return a value of the domain; raise FaultError for what cannot be part of a state.

        Objects are marked as shared if `look_through` has met them more than once by now.
        """
        kind = type(value)
        if kind is str or kind is int or kind is bool:
            return value  # type: ignore[no-any-return]  # one of these kinds
        if value is None:
            return NONE
        if self._shared and isinstance(value, Mutable) and id(value) in self._shared:
            return self._marked(value)
        return self._encode(value, 0)

    def _marked(self, value: Mutable) -> Value:
        identity = id(value)
        if identity not in self._done:
            if not self._shared[identity]:
                self._shared[identity] = 1 + max(self._shared.values())
            self._done[identity] = self._encode(value, self._shared[identity])
        return self._done[identity]

    def _encode(self, value: Datum, mark: int) -> Value:
        encode = self.encode
        match value:
            case List(unread=Unread() as unread) | Dict(unread=Unread() as unread) if not mark:
                return unread.encoded(encode)
            case Record(unread=Unread() as unread) if not mark:
                return unread.encoded(encode)
            case List():
                values = tuple(map(encode, value.elements))
                if mark:
                    return Typed("list", sequence_domain(len(values)), values, mark)
                return FunctionValue(sequence_domain(len(values)), values)
            case Dict():
                return self._dict(value, mark)
            case Set() if not mark:
                elements = SetValue(map(encode, value.members.values()))
                if len(elements) < len(value.members):
                    raise FaultError("a set of both 1 and True cannot be part of a state")
                return elements
            case Set() | GenericSet():
                return TypedSet(value.kind, map(encode, value.parts()), mark)
            case tuple() | range():
                name = "tuple" if type(value) is tuple else "range"
                return Typed(name, sequence_domain(len(value)), tuple(map(encode, value)))
            case Record() | Struct():
                domain = record_domain(tuple(value.fields))
                fields = tuple(encode(value.fields[str(name)]) for name in domain.elements)
                return Typed(value.kind, domain, fields, mark)
            case GenericMap():
                return self._function("genericmap", value.pairs, mark)
            case Bag():
                return self._bag(value, mark)
            case Role() | SymmetricValue():
                return ModelValue(value.name)
            case float():
                return ModelValue(repr(value))
        raise FaultError(f"a value of type {type_name(value)} cannot be part of a state")

    def _dict(self, value: Dict, mark: int) -> Value:
        keys = tuple(value.entries)
        known = self._domains.get(keys)  # type: ignore[arg-type]  # may hold other keys: not found
        if known is None or float in map(type, keys):  # those of 1.0 are found by 1
            pairs = value.entries.values()
            found = {self.encode(key): place for place, (key, _) in enumerate(pairs)}
            if len(found) < len(keys):
                raise FaultError("a dict with both 1 and True as keys cannot be part of a state")
            domain = Domain(in_order(found))
            known = (domain, tuple(found[key] for key in domain.elements))
            if all(type(key) is str or type(key) is int for key in keys):
                self._domains[keys] = known  # type: ignore[index]  # checked just before
        domain, order = known
        images = [image for _, image in value.entries.values()]
        return Typed("dict", domain, tuple([self.encode(images[p]) for p in order]), mark)

    def _function(self, kind: str, pairs: Iterable[tuple[Datum, Datum]], mark: int) -> Value:
        plain = function({self.encode(key): self.encode(image) for key, image in pairs})
        return Typed(kind, plain.domain, plain.values, mark)

    def _bag(self, value: Bag, mark: int) -> Value:
        counts: dict[Value, int] = {}
        truths: dict[bool, int] = {}
        for element in map(self.encode, value.elements):
            if type(element) is bool:
                truths[element] = truths.get(element, 0) + 1
            else:
                counts[element] = counts.get(element, 0) + 1
        if truths:
            raise FaultError("a bag of booleans cannot be part of a state")
        plain = function(dict(counts))
        return Typed("bag", plain.domain, plain.values, mark)


class Decoder:
    """Decodes the values of one state into objects of their own; `roles` are its instances.

    With `by_parts` what is inside an object is decoded once code asks for it, so that values that
    record what is read of them record no more; not for states in which objects are shared. With
    `frozen` nothing may be changed.
    """

    def __init__(
        self,
        roles: dict[str, Role] | None = None,
        *,
        by_parts: bool = False,
        frozen: bool = False,
    ) -> None:
        self._roles = {} if roles is None else roles
        self._marked: dict[int, Datum] = {}
        self._by_parts = by_parts
        self._frozen = frozen

    def decode(self, value: Value) -> Datum:
        """Return the value of FizzBee that was encoded as `value`."""
        match value:
            case str() | int():
                return value
            case ModelValue(name):
                return self._named(name)
            case Typed(mark=mark) | TypedSet(mark=mark) if mark:
                if mark not in self._marked:
                    self._marked[mark] = self._object(value)
                return self._marked[mark]
            case _:
                made = self._object(value)
                if self._frozen:
                    freeze(made)
                return made

    def _named(self, name: str) -> Datum:
        if name == "None":
            return None
        if name in self._roles:
            return self._roles[name]
        group, mark, number = name.rpartition("#")
        return SymmetricValue(group, int(number)) if mark else float(name)

    def _object(self, value: Value) -> Datum:
        decode = self.decode
        match value:
            case FunctionValue() if self._by_parts and (made := self._unread(value)) is not None:
                return made
            case Typed(kind=kind, values=values):
                return self._typed(kind, value, values)
            case FunctionValue(values=values):
                return List([decode(each) for each in values])
            case TypedSet(kind="genericset"):
                return GenericSet(map(decode, value.ordered))
            case SetValue():
                return Set(map(decode, value.ordered))
        raise TypeError(f"a value of class {type(value).__name__}")

    def _unread(self, value: FunctionValue) -> Datum:
        """Return the object for a value whose parts are not read yet; None where all must be."""
        if type(value) is FunctionValue:
            return List(unread=Unread(value, self.decode))
        match value:
            case Typed(kind="dict", domain=domain) if has_plain_keys(domain):
                return Dict(unread=Unread(value, self.decode))
            case Typed(kind="record"):
                return Record({}, Unread(value, self.decode))
        return None

    def _typed(self, kind: str, value: FunctionValue, values: tuple[Value, ...]) -> Datum:
        match kind:
            case "dict":
                return Dict(self._pairs(value))
            case "tuple":
                return tuple(map(self.decode, values))
            case "range":
                return _range(values)
            case "list":
                return List(map(self.decode, values))
            case "record":
                return Record({str(k): self.decode(v) for k, v in value.items()})
            case "genericmap":
                return GenericMap(self._pairs(value))
            case "bag":
                return Bag(
                    self.decode(key) for key, count in value.items() for _ in range(int(str(count)))
                )
            case _:
                return Struct({str(k): self.decode(v) for k, v in value.items()}, kind)

    def _pairs(self, value: FunctionValue) -> Iterator[tuple[Datum, Datum]]:
        for key, image in value.items():
            yield self.decode(key), self.decode(image)


@lru_cache(maxsize=1024)
def has_plain_keys(domain: Domain) -> bool:
    """Whether all keys are strings and integers."""
    return all(type(key) is str or type(key) is int for key in domain.elements)


def _range(values: tuple[Value, ...]) -> range:
    numbers = [value for value in values if isinstance(value, int)]
    step = numbers[1] - numbers[0] if len(numbers) > 1 else 1
    return range(numbers[0], numbers[-1] + step, step) if numbers else range(0)
