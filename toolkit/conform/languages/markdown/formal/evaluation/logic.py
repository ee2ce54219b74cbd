"""Connectives, quantifiers, CHOOSE and comparisons."""

from __future__ import annotations

import itertools
from collections.abc import Callable, Sequence

from conform.domain.states import State
from conform.domain.values import ModelValue, Value, format_value, kind_of
from conform.languages.markdown.formal.evaluation.core import (
    Code,
    Core,
    Env,
    Run,
    Scope,
    Test,
    joined,
    truth,
    within,
)
from conform.languages.markdown.formal.evaluation.membership import elements_of
from conform.languages.markdown.formal.syntax import Binary, Bound, Choice, Expression, Quantified
from conform.text import Span

_NOTHING = frozenset({"NONE", "NULL", "NIL"})
"""Words for there being no value: anything may be compared with one, and is another."""


def conjunction(core: Core, node: Binary, scope: Scope) -> Code:
    """Compile `/\\`; what stands on the right need have a value only where the left holds."""
    left, right, parts = _operands(core, node, scope)
    return joined(lambda s, e: left(s, e) and right(s, e), *parts)


def disjunction(core: Core, node: Binary, scope: Scope) -> Code:
    """Compile `\\/`."""
    left, right, parts = _operands(core, node, scope)
    return joined(lambda s, e: left(s, e) or right(s, e), *parts)


def implication(core: Core, node: Binary, scope: Scope) -> Code:
    """Compile `=>`."""
    left, right, parts = _operands(core, node, scope)
    return joined(lambda s, e: not left(s, e) or right(s, e), *parts)


def equivalence(core: Core, node: Binary, scope: Scope) -> Code:
    """Compile `<=>`."""
    left, right, parts = _operands(core, node, scope)
    return joined(lambda s, e: left(s, e) is right(s, e), *parts)


def _operands(core: Core, node: Binary, scope: Scope) -> tuple[Test, Test, tuple[Code, Code]]:
    one, other = core.code(node.left, scope), core.code(node.right, scope)
    return truth(core, node.left, one), truth(core, node.right, other), (one, other)


def negation(core: Core, operand: Expression, scope: Scope) -> Code:
    """Compile `~`."""
    code = core.code(operand, scope)
    test = truth(core, operand, code)
    return joined(lambda s, e: not test(s, e), code)


# ----------------------------------------------------------------------------------- comparisons


def equality(core: Core, node: Binary, scope: Scope) -> Code:
    """Compile `=` and `#`; values of different kinds cannot be compared, but for model values."""
    one, other = core.code(node.left, scope), core.code(node.right, scope)
    left, right, span = one.run, other.run, node.span
    if node.operator == "=" and other.is_known:
        value = right((), ())
        kind = type(value)

        def is_value(s: State, e: Env) -> bool:
            found = left(s, e)
            return found == value if type(found) is kind else equal(core, span, found, value)

        return joined(is_value, one)
    if node.operator == "=":
        return joined(lambda s, e: equal(core, span, left(s, e), right(s, e)), one, other)
    return joined(lambda s, e: not equal(core, span, left(s, e), right(s, e)), one, other)


def equal(core: Core, span: Span, left: Value, right: Value) -> bool:
    """Return whether two values are equal, or raise EvaluationError for two kinds of value."""
    if type(left) is type(right):
        return left == right
    if type(left) is ModelValue or type(right) is ModelValue:
        return False
    if left in _NOTHING or right in _NOTHING:
        return False
    raise core.error(
        span,
        f"{kind_of(left)}, {format_value(left)[:40]}, is compared with"
        f" {kind_of(right)}, {format_value(right)[:40]}",
        expected="two values of one kind",
    )


_ORDERS: dict[str, Callable[[int, int], bool]] = {
    "<": lambda a, b: a < b,
    "<=": lambda a, b: a <= b,
    ">": lambda a, b: a > b,
    ">=": lambda a, b: a >= b,
}


def order(core: Core, node: Binary, scope: Scope) -> Code:
    """Compile `<`, `<=`, `>` and `>=` of integers."""
    one, other = core.code(node.left, scope), core.code(node.right, scope)
    compare = _ORDERS[node.operator]
    left, right = integer(core, node.left, one), integer(core, node.right, other)
    return joined(lambda s, e: compare(left(s, e), right(s, e)), one, other)


def integer(core: Core, node: Expression, code: Code) -> Callable[[State, Env], int]:
    """Return the integer that an expression is, or raise EvaluationError for any other value."""
    run = code.run

    def number(s: State, e: Env) -> int:
        value = run(s, e)
        if type(value) is int:
            return value
        raise core.wrong_kind(node.span, value, "an integer")

    return number


# ----------------------------------------------------------------------------------- quantifiers


def quantified(core: Core, node: Quantified, scope: Scope) -> Code:
    """Compile `\\A` and `\\E`, one bound name inside of the other."""
    return _nested(core, node, node.bounds, scope)


def _nested(core: Core, node: Quantified, bounds: Sequence[Bound], scope: Scope) -> Code:
    if not bounds:
        code = core.code(node.body, scope)
        return Code(truth(core, node.body, code), code.reads, code.uses)
    first = bounds[0]
    domain, elements = elements_of(core, first.domain, scope)
    inner = scope.plus(*first.names)
    body = _nested(core, node, bounds[1:], inner)
    run_body, count, is_all = body.run, len(first.names), node.quantifier == "\\A"

    def one(s: State, e: Env) -> bool:
        for value in elements(s, e):
            if run_body(s, (*e, value)) is not is_all:
                return not is_all
        return is_all

    def several(s: State, e: Env) -> bool:
        for values in itertools.product(elements(s, e), repeat=count):
            if run_body(s, (*e, *values)) is not is_all:
                return not is_all
        return is_all

    run: Run = one if count == 1 else several
    return within(run, scope, body, domain)


def choice(core: Core, node: Choice, scope: Scope) -> Code:
    """Compile CHOOSE: the first element in canonical order for which the body holds."""
    domain, elements = elements_of(core, node.bound.domain, scope)
    body = core.code(node.body, scope.plus(*node.bound.names))
    test = truth(core, node.body, body)

    def run(s: State, e: Env) -> Value:
        for value in elements(s, e):
            if test(s, (*e, value)):
                return value
        raise core.error(node.span, "CHOOSE finds no such element")

    return within(run, scope, body, domain)
