"""Two values that differ: the variable that they are of, or the one part of it that differs."""

from __future__ import annotations

from msgspec import Struct

from conform.domain.values import FunctionValue, Value, format_value


class Difference(Struct, frozen=True):
    """A variable, or a part of one (`logIndex[3]`), with both values.

    `expected` is None for a variable that only the side with `found` has, and the reverse.
    """

    place: str
    expected: Value | None
    found: Value | None


def narrowed(place: str, expected: Value, found: Value) -> Difference:
    """Return the difference of two values, of the one part that differs where there is only one."""
    while isinstance(expected, FunctionValue) and isinstance(found, FunctionValue):
        if expected.domain != found.domain or len(expected) < 2:
            break
        pairs = zip(expected.items(), found.values, strict=True)
        parts = [(at, one, other) for (at, one), other in pairs if not same(one, other)]
        if len(parts) != 1:
            break
        argument, expected, found = parts[0]
        place += f".{argument}" if is_field(argument) else f"[{format_value(argument)}]"
    return Difference(place, expected, found)


def is_field(argument: Value) -> bool:
    """Whether `argument` reads as a field of a record."""
    return isinstance(argument, str) and argument.isidentifier()


def same(one: Value, other: Value) -> bool:
    """Whether two values are equal, kinds included: Python takes TRUE and 1 for equal."""
    return type(one) is type(other) and one == other
