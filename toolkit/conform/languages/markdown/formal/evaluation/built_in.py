"""The built-in operators that are written as helpers are: Cardinality, Len, Append and so on."""

from __future__ import annotations

from collections.abc import Callable

from conform.domain.states import State
from conform.domain.values import FunctionValue, SetValue, Value, sequence
from conform.languages.markdown.formal.evaluation.core import Code, Core, Env, Scope, joined
from conform.languages.markdown.formal.evaluation.membership import as_set
from conform.languages.markdown.formal.syntax import Apply, Binary, Expression

_Operation = Callable[[Core, Apply, tuple[Value, ...]], Value]


def applied_built_in(core: Core, node: Apply, scope: Scope) -> Code:
    """Compile a built-in operator with its arguments."""
    parts = [core.code(argument, scope) for argument in node.arguments]
    operation = OPERATORS[node.name][1]
    runs = [part.run for part in parts]

    def run(s: State, e: Env) -> Value:
        return operation(core, node, tuple([each(s, e) for each in runs]))

    return joined(run, *parts)


def concatenation(core: Core, node: Binary, scope: Scope) -> Code:
    """Compile `\\o`."""
    one, other = core.code(node.left, scope), core.code(node.right, scope)

    def run(s: State, e: Env) -> Value:
        left = _sequence(core, node.left, one.run(s, e))
        right = _sequence(core, node.right, other.run(s, e))
        return sequence((*left.values, *right.values))

    return joined(run, one, other)


def _sequence(core: Core, node: Expression, value: Value) -> FunctionValue:
    if isinstance(value, FunctionValue) and value.is_sequence:
        return value
    raise core.wrong_kind(node.span, value, "a sequence")


def _cardinality(core: Core, node: Apply, arguments: tuple[Value, ...]) -> Value:
    return len(as_set(core, node.arguments[0].span, arguments[0]))


def _extreme(choose: Callable[[list[int]], int]) -> _Operation:
    def operation(core: Core, node: Apply, arguments: tuple[Value, ...]) -> Value:
        found = as_set(core, node.arguments[0].span, arguments[0])
        numbers = [element for element in found if type(element) is int]
        if not numbers or len(numbers) < len(found):
            raise core.wrong_kind(node.arguments[0].span, found, "a set of integers, not empty")
        return choose(numbers)

    return operation


def _length(core: Core, node: Apply, arguments: tuple[Value, ...]) -> Value:
    return len(_sequence(core, node.arguments[0], arguments[0]))


def _head(core: Core, node: Apply, arguments: tuple[Value, ...]) -> Value:
    return _not_empty(core, node, arguments[0]).values[0]


def _last(core: Core, node: Apply, arguments: tuple[Value, ...]) -> Value:
    return _not_empty(core, node, arguments[0]).values[-1]


def _tail(core: Core, node: Apply, arguments: tuple[Value, ...]) -> Value:
    return sequence(_not_empty(core, node, arguments[0]).values[1:])


def _append(core: Core, node: Apply, arguments: tuple[Value, ...]) -> Value:
    return sequence((*_sequence(core, node.arguments[0], arguments[0]).values, arguments[1]))


def _subsequence(core: Core, node: Apply, arguments: tuple[Value, ...]) -> Value:
    found, (first, last) = _sequence(core, node.arguments[0], arguments[0]), arguments[1:]
    for operand, value in zip(node.arguments[1:], (first, last), strict=True):
        if type(value) is not int:
            raise core.wrong_kind(operand.span, value, "an integer")
    assert isinstance(first, int) and isinstance(last, int)
    if first > last:
        return sequence(())
    if first < 1 or last > len(found):
        raise core.error(node.span, f"{first} to {last} is outside of the sequence")
    return sequence(found.values[first - 1 : last])


def _elements(core: Core, node: Apply, arguments: tuple[Value, ...]) -> Value:
    return SetValue(_sequence(core, node.arguments[0], arguments[0]).values)


def _not_empty(core: Core, node: Apply, value: Value) -> FunctionValue:
    found = _sequence(core, node.arguments[0], value)
    if not found.values:
        raise core.error(node.span, "the sequence is empty")
    return found


OPERATORS: dict[str, tuple[int, _Operation]] = {
    "Cardinality": (1, _cardinality),
    "Max": (1, _extreme(max)),
    "Min": (1, _extreme(min)),
    "Len": (1, _length),
    "Head": (1, _head),
    "Last": (1, _last),
    "Tail": (1, _tail),
    "Append": (2, _append),
    "SubSeq": (3, _subsequence),
    "Range": (1, _elements),
}
"""Name of a built-in operator → how many arguments it has, and what it does.

A helper of the document that has such a name takes its place.
"""
