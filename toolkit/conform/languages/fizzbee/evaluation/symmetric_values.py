"""Symmetric values: each equals itself alone, and which is which makes no difference."""

from __future__ import annotations

from collections.abc import Collection

from conform.languages.fizzbee.evaluation.conversions import shown
from conform.languages.fizzbee.evaluation.faults import FaultError
from conform.languages.fizzbee.evaluation.functions import Arguments, Builtin
from conform.languages.fizzbee.evaluation.values import (
    Datum,
    List,
    Mutable,
    Opaque,
    Struct,
)

MAX_VALUES = 64
"""Values of one group: each state has as many images as the group has permutations."""

UNNAMED = "value"
"""The prefix of a group that is given none."""


class SymmetricValue(Opaque):
    """The value of a group with a number, from 0 on."""

    __slots__ = ("group", "number")
    kind = "symmetric_value"

    def __init__(self, group: str, number: int) -> None:
        self.group = group
        self.number = number

    @property
    def name(self) -> str:
        """How the value is called in traces: `k#0`."""
        return f"{self.group}#{self.number}"

    def __eq__(self, other: object) -> bool:
        return (
            isinstance(other, SymmetricValue)
            and self.number == other.number
            and self.group == other.group
        )

    def __hash__(self) -> int:
        return hash((self.group, self.number))

    def __repr__(self) -> str:
        return self.name


class SymmetricGroups:
    """The groups that a specification makes while its top level is run, by prefix; then no more.

    No prefix may be one of the names `taken`, those of roles, whose instances have numbers too.
    """

    def __init__(self, taken: Collection[str]) -> None:
        self.sizes: dict[str, int] = {}
        self._taken = taken
        self._is_closed = False

    def close(self) -> None:
        """Have no groups made from now on."""
        self._is_closed = True

    @property
    def function(self) -> Builtin:
        """What the specification calls: `symmetric_values(3)`, `symmetric_values("k", 3)`."""
        return Builtin("symmetric_values", self._make)

    def _make(self, arguments: Arguments) -> List:
        given = arguments.only("symmetric_values", 1, 2)
        prefix = given[0] if len(given) == 2 else UNNAMED
        size = given[-1]
        if type(prefix) is not str or not prefix or "#" in prefix:
            raise FaultError(f"symmetric_values: the prefix is {shown(prefix)}; want a word")
        if type(size) is not int or not 0 < size <= MAX_VALUES:
            raise FaultError(
                f"symmetric_values: {shown(size)} values; want an integer from 1 to {MAX_VALUES}"
            )
        if self._is_closed:
            raise FaultError(
                "symmetric_values: a group made while the model runs is not treated",
                "make it a constant at the top level",
            )
        if prefix in self.sizes or prefix in self._taken:
            raise FaultError(
                f"symmetric_values: the prefix {shown(prefix)} names something else already",
                'give each group its own: symmetric_values("k", 3)',
            )
        self.sizes[prefix] = size
        return List(SymmetricValue(prefix, number) for number in range(size))


def has_symmetric_values(value: Datum) -> bool:
    """Whether a symmetric value is somewhere in a value."""
    match value:
        case SymmetricValue():
            return True
        case tuple():
            return any(map(has_symmetric_values, value))
        case Struct():
            return any(map(has_symmetric_values, value.fields.values()))
        case Mutable():
            return any(map(has_symmetric_values, value.parts()))
        case _:
            return False
