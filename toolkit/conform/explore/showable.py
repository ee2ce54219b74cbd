"""Values as far as a trace can show them: what is too deep or too large gives way to a remark.

A specification builds such values in few steps: `x' = <<x, x>>` doubles what there is to print.
Whoever writes a trace may then use recursion, and print all that it holds.
"""

from __future__ import annotations

from conform.domain.values import Bindings, FunctionValue, ModelValue, SetValue, Value

MAX_LEVELS = 100
"""Levels of values within values that are shown. To compare two values takes up to six frames of
the thousand in Python's stack for each, where functions are nested in the domains of others."""

MAX_PARTS = 1_000_000
"""Parts of one value that are shown, each as often as it occurs."""


def showable(bindings: Bindings) -> Bindings:
    """Return names with their values, those that cannot be shown replaced by a remark."""
    return tuple((name, _shown(value)) for name, value in bindings)


def _shown(value: Value) -> Value:
    if not isinstance(value, SetValue | FunctionValue):
        return value
    try:
        _measure(value, MAX_LEVELS, {})
    except _TooDeepError:
        return ModelValue(f"a value of more than {MAX_LEVELS} levels, which is not shown")
    except _TooLargeError:
        return ModelValue(f"a value of more than {MAX_PARTS:,} parts, which is not shown")
    return value


class _TooDeepError(Exception):
    pass


class _TooLargeError(Exception):
    pass


def _measure(value: Value, levels: int, known: dict[int, tuple[int, int]]) -> tuple[int, int]:
    """Return how many parts a value has and how deep it is; `known` are those seen, by identity.

    Raises _TooDeepError where there are more `levels`, and _TooLargeError.
    """
    if not isinstance(value, SetValue | FunctionValue):
        return 1, 0
    found = known.get(id(value))
    if found is None:
        if not levels:
            raise _TooDeepError
        parts, depth = 1, 0
        for part in _parts(value):
            more, below = _measure(part, levels - 1, known)
            parts, depth = parts + more, max(depth, below)
        if parts > MAX_PARTS:
            raise _TooLargeError
        found = known[id(value)] = parts, depth + 1
    if found[1] > levels:
        raise _TooDeepError
    return found


def _parts(value: SetValue | FunctionValue) -> tuple[Value, ...]:
    match value:
        case SetValue():
            return tuple(value)
        case FunctionValue():
            return (*value.domain.elements, *value.values)
