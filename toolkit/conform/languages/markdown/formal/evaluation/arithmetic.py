"""Numbers: `+ - * \\div % ^` and intervals."""

from __future__ import annotations

from collections.abc import Callable

from conform.domain.states import State
from conform.domain.values import SetValue, Value
from conform.languages.markdown.formal.evaluation.core import Code, Core, Env, Scope, joined
from conform.languages.markdown.formal.evaluation.logic import integer
from conform.languages.markdown.formal.evaluation.membership import interval
from conform.languages.markdown.formal.syntax import Binary, Expression

LARGEST = 2**63
"""Numbers beyond it, on either side, have no value here: nothing in a model comes near."""

_OPERATIONS: dict[str, Callable[[int, int], int]] = {
    "+": lambda a, b: a + b,
    "-": lambda a, b: a - b,
    "*": lambda a, b: a * b,
    "\\div": lambda a, b: a // b,
    "%": lambda a, b: a % b,
    "^": lambda a, b: a**b,
}


def arithmetic(core: Core, node: Binary, scope: Scope) -> Code:
    """Compile an operation on two integers; `\\div` rounds down, as in TLA+."""
    one, other = core.code(node.left, scope), core.code(node.right, scope)
    left, right = integer(core, node.left, one), integer(core, node.right, other)
    operation, operator = _OPERATIONS[node.operator], node.operator

    def run(s: State, e: Env) -> Value:
        a, b = left(s, e), right(s, e)
        if operator in ("\\div", "%") and b <= 0:
            raise core.error(node.span, f"the divisor is {b}", expected="a positive number")
        if operator == "^" and not 0 <= b < LARGEST.bit_length():
            raise core.error(node.span, f"the exponent is {b}", expected="0 to 63")
        value = operation(a, b)
        if not -LARGEST <= value <= LARGEST:
            raise core.error(node.span, "the number is too large")
        return value

    def sum_(s: State, e: Env) -> Value:
        return left(s, e) + right(s, e)

    def difference(s: State, e: Env) -> Value:
        return left(s, e) - right(s, e)

    quick = {"+": sum_, "-": difference}.get(operator, run)
    return joined(quick, one, other)


def negative(core: Core, operand: Expression, scope: Scope) -> Code:
    """Compile a minus in front."""
    code = core.code(operand, scope)
    number = integer(core, operand, code)
    return joined(lambda s, e: -number(s, e), code)


def between(core: Core, node: Binary, scope: Scope) -> Code:
    """Compile `a..b`."""
    one, other = core.code(node.left, scope), core.code(node.right, scope)
    low, high = one.run, other.run
    return joined(lambda s, e: SetValue(interval(core, node, low(s, e), high(s, e))), one, other)
