"""A flat chain of operators and operands, folded into a tree by the ranges of `operators`.

Follows SANY's operator stack: a conflict is reported at the first of its two operators, one of a
prefix with a postfix operator at the latter; a prefix operator never conflicts with the operator
before it, except unary minus with a tighter one.
"""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TypeAlias

from conform.languages.tlaplus.operators import CANONICAL, INFIX, MINUS, POSTFIX, PREFIX, Operator
from conform.languages.tlaplus.syntax import (
    SHORT_SERIES,
    Expression,
    Infix,
    Labelled,
    Postfix,
    Prefix,
    Product,
    Series,
)
from conform.parsing.tokens import ReadingError, Token
from conform.text import Span

Item: TypeAlias = Token | Expression
"""What a chain holds."""


class Chain(list[Item]):
    """`prefix* operand (infix prefix* operand)*`; postfix operators are applied already."""


@dataclass(slots=True)
class _Run:
    """Operands of one left-associative operator, which may still grow."""

    operator: str
    operands: list[Expression]
    signs: list[Span]


_Operand: TypeAlias = Expression | _Run
_Waiting: TypeAlias = tuple[Operator, Token, bool]


def fold(chain: Sequence[Item]) -> Expression:
    """Return the tree of a chain; raise ReadingError where two operators conflict."""
    if len(chain) == 1:
        only = chain[0]
        assert isinstance(only, Expression)
        return only
    try:
        return _folded(chain)
    except _ConflictError as conflict:
        raise _fault(conflict, chain) from None


def check(chain: Sequence[Item]) -> None:
    """Raise ReadingError if operators of a chain that ends anywhere conflict."""
    try:
        _shunted(chain)
    except _ConflictError as conflict:
        raise _fault(conflict, chain) from None


def _folded(chain: Sequence[Item]) -> Expression:
    operands, waiting = _shunted(chain)
    while waiting:
        _reduce(operands, waiting)
    return _finished(operands[0])


def _shunted(chain: Sequence[Item]) -> tuple[list[_Operand], list[_Waiting]]:
    """Return the operands that a chain leaves, and the operators that wait for more."""
    operands: list[_Operand] = []
    waiting: list[_Waiting] = []
    at_operand = True
    for item in chain:
        if isinstance(item, Expression):
            operands.append(item)
            at_operand = False
        elif at_operand:
            waiting.append(_prefix(item, waiting))
        else:
            operator = infix_operator(item)
            _reduce_before(operator, item, operands, waiting)
            waiting.append((operator, item, False))
            at_operand = True
    return operands, waiting


def infix_operator(token: Token) -> Operator:
    """Return the infix operator that a token names."""
    text = token.text
    return INFIX.get(text) or INFIX[CANONICAL[text]]


def prefix_operator(token: Token) -> Operator:
    """Return the prefix operator that a token names; `-` is unary minus."""
    text = token.text
    return MINUS if text == "-" else PREFIX.get(text) or PREFIX[CANONICAL[text]]


def postfixed(chain: Chain, token: Token) -> Chain:
    """Apply a postfix operator to the last operand of a chain."""
    operator = POSTFIX[CANONICAL.get(token.text, token.text)]
    operand = chain[-1]
    assert isinstance(operand, Expression)
    before = chain[-2] if len(chain) > 1 else None
    if isinstance(before, Token) and (len(chain) == 2 or isinstance(chain[-3], Token)):
        left = prefix_operator(before)
        if left.high >= operator.low:
            raise _fault(_ConflictError(left, token, operator), chain)
    start = operand.span
    span = Span(start.path, start.line, start.column, token.end_line, token.end_column)
    chain[-1] = Postfix(span, operator.spelling, operand)
    return chain


def check_label(before: Token, labelled: Labelled, *, is_prefix: bool) -> None:
    """Refuse a label whose removal would change how the operators around it group.

    As SANY does, which looks at the last operator alone, and never at `\\X`.
    """
    left = prefix_operator(before) if is_prefix else infix_operator(before)
    body: Expression = labelled.expression
    right = body
    while isinstance(right, Infix | Series):
        body = right
        right = right.right if isinstance(right, Infix) else right.operands[-1]
    if isinstance(body, Infix | Series) and left.high >= INFIX[body.operator].low:
        raise ReadingError(
            f"without the label `{labelled.label.name}` the expression would read differently",
            labelled.label.span,
            hint="put what is labelled in parentheses",
        )


def _prefix(token: Token, waiting: list[_Waiting]) -> _Waiting:
    operator = prefix_operator(token)
    if operator is MINUS and waiting:
        left, place, is_prefix = waiting[-1]
        if left.low > operator.high and not is_prefix:
            raise _ConflictError(left, place, operator)
    return operator, token, True


def _reduce_before(
    right: Operator, token: Token, operands: list[_Operand], waiting: list[_Waiting]
) -> None:
    """Apply the waiting operators that bind their operand tighter than `right` does."""
    while waiting:
        left, place, _ = waiting[-1]
        if left.low > right.high or (left is right and left.is_associative):
            _reduce(operands, waiting)
        elif left.high < right.low:
            return
        else:
            raise _ConflictError(left, place, right)


def _reduce(operands: list[_Operand], waiting: list[_Waiting]) -> None:
    operator, token, is_prefix = waiting.pop()
    if is_prefix:
        operand = _finished(operands[-1])
        end = operand.span
        span = Span(token.path, token.line, token.column, end.end_line, end.end_column)
        operands[-1] = Prefix(span, operator.spelling, operand)
        return
    right = _finished(operands.pop())
    left = operands[-1]
    if isinstance(left, _Run) and left.operator == operator.spelling:
        left.operands.append(right)
        left.signs.append(token.span)
    elif operator.is_associative:
        operands[-1] = _Run(operator.spelling, [_finished(left), right], [token.span])
    else:
        operands[-1] = _infix(operator.spelling, _finished(left), right, token.span)


def _finished(operand: _Operand) -> Expression:
    """Return the node of an operand that grows no more."""
    if not isinstance(operand, _Run):
        return operand
    operator, operands, signs = operand.operator, operand.operands, operand.signs
    if operator == "\\X":
        return Product(operands[0].span.through(operands[-1].span), tuple(operands))
    if len(operands) > SHORT_SERIES:
        if operator in _CONNECTIVES:
            return _balanced(operator, operands, signs)
        return Series(operands[0].span.through(operands[-1].span), operator, tuple(operands))
    node = operands[0]
    for sign, right in zip(signs, operands[1:], strict=True):
        node = _infix(operator, node, right, sign)
    return node


def _infix(operator: str, left: Expression, right: Expression, sign: Span) -> Infix:
    return Infix(left.span.through(right.span), operator, left, right, sign)


def _balanced(operator: str, operands: list[Expression], signs: list[Span]) -> Expression:
    """Return a tree as low as can be; `signs` stand between the operands."""
    if len(operands) == 1:
        return operands[0]
    middle = len(operands) // 2
    left = _balanced(operator, operands[:middle], signs[: middle - 1])
    right = _balanced(operator, operands[middle:], signs[middle:])
    return _infix(operator, left, right, signs[middle - 1])


_CONNECTIVES = ("/\\", "\\/")


class _ConflictError(Exception):
    """Two operators whose ranges overlap; the first stands at `place`."""

    def __init__(self, left: Operator, place: Token, right: Operator) -> None:
        super().__init__(left.spelling, right.spelling)
        self.left = left
        self.place = place
        self.right = right


def _fault(conflict: _ConflictError, chain: Sequence[Item]) -> ReadingError:
    left, right = conflict.left.spelling, conflict.right.spelling
    return ReadingError(
        f"`{left}` and `{right}` stand side by side without parentheses",
        conflict.place.span,
        expected="parentheses that say which of the two applies first",
        hint=_conflict_hint(chain, left, right),
    )


def _conflict_hint(chain: Sequence[Item], left: str, right: str) -> str:
    """Return the advice about two operators of a chain that conflict."""
    for item in chain:
        if isinstance(item, Token) and item.text in _FOREIGN and left != item.text != right:
            return f"`{item.text}` binds tighter than `{left}`: {_FOREIGN[item.text]}"
    if "|" in (left, right):
        return "such that is `:` in a set: {x \\in S : p}"
    if {left, right} == {"/\\", "\\/"}:
        line = _bullet_line(chain)
        if line:
            return f"the bullet in line {line} is not in the column of a list: align it"
        return "write (a /\\ b) \\/ c or a /\\ (b \\/ c), or use bulleted lists"
    if right == "-.":
        return f"write a {left} (-b)"
    if right in POSTFIX:
        return f"write {left} (a{right}) or ({left} a){right}"
    if left in PREFIX:
        return f"write ({left} a) {right} b or {left} (a {right} b)"
    return f"write (a {left} b) {right} c or a {left} (b {right} c)"


_FOREIGN = {
    "&&": "conjunction is `/\\` in TLA+",
    "||": "disjunction is `\\/` in TLA+",
}


def _bullet_line(chain: Sequence[Item]) -> int:
    """Return the line of the first `/\\` or `\\/` that stands first on its line, or 0."""
    for before, item in itertools.pairwise(chain):
        if isinstance(item, Token) and item.text in ("/\\", "\\/") and item.type == "INFIX":
            end = before.end_line if isinstance(before, Token) else before.span.end_line
            if item.line > end:
                return item.line
    return 0
