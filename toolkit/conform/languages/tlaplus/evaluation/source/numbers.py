"""Arithmetic of the standard modules, on operands that are integers; anything else is a misfit."""

from __future__ import annotations

import ast

from conform.errors import EvaluationError
from conform.languages.tlaplus import syntax
from conform.languages.tlaplus.evaluation.scope import Builtin
from conform.languages.tlaplus.evaluation.sets import HIGHEST, LOWEST, Interval
from conform.languages.tlaplus.evaluation.source import python_trees as py
from conform.languages.tlaplus.evaluation.source.emitter import Emitter
from conform.languages.tlaplus.evaluation.source.operands import Operand, Place
from conform.languages.tlaplus.evaluation.standard.numbers import INTEGERS, NATURALS
from conform.text import Span

_COMPUTING: dict[str, type[ast.operator]] = {"+": ast.Add, "-": ast.Sub, "*": ast.Mult}
_DIVIDING: dict[str, type[ast.operator]] = {"\\div": ast.FloorDiv, "%": ast.Mod}
COMPARING: dict[str, type[ast.cmpop]] = {
    "<": ast.Lt,
    ">": ast.Gt,
    "<=": ast.LtE,
    ">=": ast.GtE,
}
"""The operators on numbers that are tests."""


def is_standard(builtin: object, operator: str) -> bool:
    """Return whether a name is bound to the standard operator of this spelling."""
    return builtin is not None and builtin in (NATURALS.get(operator), INTEGERS.get(operator))


def arithmetic(
    emitter: Emitter, builtin: Builtin, arguments: tuple[syntax.Expression, ...], place: Place
) -> Operand | None:
    """Emit an operator on integers; None for any other operator, of which nothing is emitted."""
    operator = builtin.name
    if not is_standard(builtin, operator):
        return None
    if operator == "-.":
        return _negation(emitter, arguments[0], place)
    if operator not in _COMPUTING and operator not in _DIVIDING and operator != "..":
        return None
    left, right = integers(emitter, arguments, place)
    if left.is_constant and right.is_constant:
        return _folded(emitter, builtin, left, right, arguments[0].span)
    one, other = py.load(left.name), py.load(right.name)
    if operator == "..":
        return emitter.let(py.call(emitter.object(Interval), one, other))
    if operator in _DIVIDING:
        emitter.refuse_if(py.compared(other, ast.LtE(), py.literal(0)))
        return emitter.let(py.computed(one, _DIVIDING[operator](), other), int)
    return _in_range(emitter, py.computed(one, _COMPUTING[operator](), other))


def comparison(
    emitter: Emitter, operator: str, arguments: tuple[syntax.Expression, ...], place: Place
) -> ast.expr:
    """Return the test that two integers compare so."""
    left, right = integers(emitter, arguments, place)
    return py.compared(py.load(left.name), COMPARING[operator](), py.load(right.name))


def integers(
    emitter: Emitter, arguments: tuple[syntax.Expression, ...], place: Place
) -> tuple[Operand, Operand]:
    """Emit two operands that must be integers."""
    left, right = (emitter.value(argument, place) for argument in arguments)
    for operand in (left, right):
        emitter.require(operand, int)
    return left, right


def _negation(emitter: Emitter, argument: syntax.Expression, place: Place) -> Operand:
    operand = emitter.value(argument, place)
    emitter.require(operand, int)
    if operand.is_constant and operand.kind is int and operand.constant > LOWEST:
        return emitter.constant(-operand.constant)
    return _in_range(emitter, ast.UnaryOp(ast.USub(), py.load(operand.name)))


def _in_range(emitter: Emitter, result: ast.expr) -> Operand:
    found = emitter.let(result, int)
    low, high = emitter.object(LOWEST), emitter.object(HIGHEST)
    emitter.refuse_if(py.negated(py.between(low, py.load(found.name), high)))
    return found


def _folded(
    emitter: Emitter, builtin: Builtin, left: Operand, right: Operand, span: Span
) -> Operand:
    try:
        return emitter.constant(builtin.apply(span, left.constant, right.constant))
    except EvaluationError:
        return emitter.refused()
