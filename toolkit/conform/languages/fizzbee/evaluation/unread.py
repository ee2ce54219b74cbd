"""What is in an object that comes from a state, before code reads it: parts are made one by one."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from conform.domain.recorded import RecordedValues
from conform.domain.values import (
    FunctionValue,
    Value,
)


class Unread:
    """The parts of an object that is `source` in a state, by their places there.

    `known` has those that code has read or stored; `decode` makes the others. Keys are strings and
    integers, which identify themselves.
    """

    __slots__ = ("_decode", "known", "source")

    def __init__(self, source: FunctionValue, decode: Callable[[Value], Any]) -> None:
        self.source = source
        self.known: dict[int, Any] = {}
        self._decode = decode

    @property
    def keys(self) -> tuple[Value, ...]:
        """All keys, in order."""
        return self.source.domain.elements

    def place(self, identity: Any) -> int | None:
        """Return the place of the key that has this identity, None if there is none."""
        return self.source.domain.index.get(identity)

    def at(self, place: int) -> Any:
        """Return the part at a place."""
        known = self.known
        if place not in known:
            known[place] = self._decode(self.source.values[place])
        return known[place]

    def all(self) -> list[Any]:
        """Return all parts, in order."""
        return [self.at(place) for place in range(len(self.keys))]

    def encoded(self, encode: Callable[[Any], Value]) -> FunctionValue:
        """Return the value of the object with the parts that are known encoded; no other is read.

        It is `source` itself where all of them are as they were.
        """
        values = self.source.values
        if isinstance(values, RecordedValues):
            changed = self.source
            for place, part in self.known.items():
                changed = changed.replaced(place, encode(part))
            return changed
        changes = {}
        for place, part in self.known.items():
            value, before = encode(part), values[place]
            if value is not before and (type(value) is not type(before) or value != before):
                changes[place] = value
        if not changes:
            return self.source
        return self.source.like(tuple([changes.get(p, v) for p, v in enumerate(values)]))
