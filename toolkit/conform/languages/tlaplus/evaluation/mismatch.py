"""Equality as TLC decides it: kinds that cannot be compared are an error, not inequality.

Source followed: tlc2/value/impl/*.java, `equals` and `compareTo`. Two composite values are
compared by size first and then elementwise up to the first difference, so that
`{1, 2} = {"a"}` is FALSE and `{1} = {"a"}` an error.
"""

from __future__ import annotations

from conform.domain.values import FunctionValue, ModelValue, SetValue, Value

_ATOMS = frozenset({int, bool, str})


class KindMismatchError(Exception):
    """Two values of kinds that cannot be compared; `right` may be a description of a set."""

    def __init__(self, left: Value, right: Value | str) -> None:
        super().__init__()
        self.left = left
        self.right = right


def equal(left: Value, right: Value) -> bool:
    """Return whether two values are equal; raise KindMismatchError if they cannot be compared."""
    kind = type(left)
    if kind is type(right):
        if kind in _ATOMS:
            return left == right
        if kind is FunctionValue:
            return _equal_functions(left, right)  # type: ignore[arg-type]  # kind says so
        if kind is SetValue:
            return _equal_sets(left, right)  # type: ignore[arg-type]  # kind says so
        return left == right or _distinct_model_values(left, right)
    if kind is ModelValue or type(right) is ModelValue:
        return _distinct_model_values(left, right)
    raise KindMismatchError(left, right)


def same_kind(left: Value, right: Value) -> None:
    """Raise KindMismatchError unless the two values can be compared."""
    equal(left, right)


def _equal_functions(left: FunctionValue, right: FunctionValue) -> bool:
    if left.domain is not right.domain and not _equal_domains(left, right):
        return False
    if left.values == right.values:
        return left == right or _differ(left.values, right.values)
    return _differ(left.values, right.values)


def _equal_domains(left: FunctionValue, right: FunctionValue) -> bool:
    if left.domain == right.domain:
        return True
    if len(left) != len(right):
        return False
    return _differ(left.domain.elements, right.domain.elements)


def _equal_sets(left: SetValue, right: SetValue) -> bool:
    if left.elements == right.elements and left == right:
        return True
    if len(left) != len(right):
        return False
    return _differ(left.ordered, right.ordered)


def _differ(left: tuple[Value, ...], right: tuple[Value, ...]) -> bool:
    """Return False at the first unequal pair, True if there is none; raise on a mismatch."""
    return all(map(equal, left, right))


def _distinct_model_values(left: Value, right: Value) -> bool:
    """Return False for a model value and anything that may be compared with it."""
    for one, other in ((left, right), (right, left)):
        if isinstance(one, ModelValue) and _type_of(one) is not None:
            if not isinstance(other, ModelValue):
                raise KindMismatchError(left, right)
            if _type_of(other) not in (None, _type_of(one)):
                raise KindMismatchError(left, right)
    return False


def _type_of(value: ModelValue) -> str | None:
    """Return the type letter of a typed model value (`A_1`), None for an untyped one."""
    return value.name[0] if len(value.name) > 1 and value.name[1] == "_" else None
