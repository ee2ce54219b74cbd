"""Decoded objects that steps read and do not change, kept from one step to the next."""

from __future__ import annotations

from conform.domain.recorded import RecordedValues
from conform.domain.values import (
    FunctionValue,
    Value,
)
from conform.languages.fizzbee.encoding import Decoder
from conform.languages.fizzbee.evaluation.values import Datum, Mutable, Struct, freeze

MAX_KEPT = 20_000
"""Objects of one variable: with more values than that, few come again soon."""


class KeptObjects:
    """The objects of one state variable, one for each value that it was read with.

    They are frozen: code that changes one after all is stopped.
    """

    __slots__ = ("_kept",)

    def __init__(self) -> None:
        self._kept: dict[Value, tuple[Datum, frozenset[int]]] = {}

    def object_of(self, value: Value) -> Datum:
        """Return the object that stands for a value."""
        kind = type(value)
        if kind is str or kind is int or kind is bool:
            return value
        if is_recorded(value):
            return Decoder(by_parts=True, frozen=True).decode(value)
        known = self._kept.get(value)
        if known is None:
            if len(self._kept) >= MAX_KEPT:
                self._kept.clear()
            made = Decoder().decode(value)
            freeze(made)
            known = self._kept[value] = (made, frozenset(_identities(made)))
        return known[0]

    def parts(self, value: Value, made: Datum) -> frozenset[int] | None:
        """Return the identities of what can be shared inside `made`.

        None if it is not the object kept for the value.
        """
        kind = type(value)
        if kind is str or kind is int or kind is bool:
            return frozenset()
        if is_recorded(value):
            return None
        known = self._kept.get(value)
        return known[1] if known is not None and known[0] is made else None


def is_recorded(value: Value) -> bool:
    """Whether a value records what is read of it: whoever asks for it as a key reads all of it."""
    return isinstance(value, FunctionValue) and isinstance(value.values, RecordedValues)


def _identities(value: Datum) -> set[int]:
    found: set[int] = set()
    waiting = [value]
    while waiting:
        each = waiting.pop()
        match each:
            case Mutable():
                found.add(id(each))
                waiting.extend(each.parts())
            case tuple():
                waiting.extend(each)
            case Struct():
                waiting.extend(each.fields.values())
    return found
