"""Shapes: how the value of a variable falls into leaves, the slots of the columnar engine.

A function whose domain and kind are the same in all states seen so far falls into one leaf for each
argument, or into the leaves of the values there if these are such functions too. Anything else is
one leaf.
Which shape a variable has changes the time that a search takes and nothing else.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TypeAlias

from conform.domain.values import FunctionValue, Value

MAX_ARGUMENTS = 32
"""Arguments of a function that is split: of one with more, few steps read few."""

MAX_DEPTH = 3
"""Functions within functions that are split."""

MAX_LEAVES = 96
"""Leaves of one variable; more make keys wide and questions slow."""


class ShapeBrokenError(Exception):
    """A value of the variable number `variable` does not have the shape that was inferred."""

    def __init__(self, variable: int) -> None:
        super().__init__(variable)
        self.variable = variable


@dataclass(frozen=True, slots=True, eq=False)
class Whole:
    """One leaf: the value as it is; `leaf` is the leaf's number."""

    leaf: int


@dataclass(frozen=True, slots=True, eq=False)
class ByArgument:
    """Functions like `form`: the shape of the value at each argument, in the domain's order."""

    form: FunctionValue
    parts: tuple[Shape, ...]


Shape: TypeAlias = Whole | ByArgument


class Shapes:
    """The shapes of all variables; `leaf_count` leaves in all, those of a variable side by side."""

    def __init__(self, samples: Sequence[Sequence[Value]], kept_whole: frozenset[int]) -> None:
        """Infer the shapes from the values of each variable in some states.

        The variables of `kept_whole` are not split.
        """
        self.leaf_count = 0
        self.variables: list[int] = []
        self.roots: list[Shape] = []
        for variable, values in enumerate(samples):
            first = self.leaf_count
            root = self._leaf() if variable in kept_whole else self._infer(values, 0)
            if self.leaf_count - first > MAX_LEAVES:
                self.leaf_count = first
                root = self._leaf()
            self.roots.append(root)
            self.variables.extend([variable] * (self.leaf_count - first))
        self.leaves_of = [tuple(leaves_of(root)) for root in self.roots]

    def _leaf(self) -> Whole:
        self.leaf_count += 1
        return Whole(self.leaf_count - 1)

    def _infer(self, values: Sequence[Value], depth: int) -> Shape:
        form = common_form(values)
        if form is None or depth == MAX_DEPTH:
            return self._leaf()
        rows = [value.values for value in values if isinstance(value, FunctionValue)]
        columns = zip(*rows, strict=True)
        return ByArgument(form, tuple(self._infer(column, depth + 1) for column in columns))

    def decomposed(self, variable: int, value: Value) -> list[Value]:
        """Return the values of the variable's leaves; raise ShapeBrokenError if it has others."""
        found: list[Value] = []
        if not _fill(self.roots[variable], value, found):
            raise ShapeBrokenError(variable)
        return found

    def assembled(self, variable: int, leaves: Sequence[Value]) -> Value:
        """Return the value of a variable whose leaves hold these values."""
        return _assemble(self.roots[variable], iter(leaves))


def leaves_of(shape: Shape) -> Iterator[int]:
    """Yield the numbers of the leaves, in order."""
    match shape:
        case Whole(leaf):
            yield leaf
        case ByArgument(parts=parts):
            for part in parts:
                yield from leaves_of(part)


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


def _assemble(shape: Shape, leaves: Iterator[Value]) -> Value:
    match shape:
        case Whole():
            return next(leaves)
        case ByArgument(form, parts):
            return form.like(tuple([_assemble(part, leaves) for part in parts]))
