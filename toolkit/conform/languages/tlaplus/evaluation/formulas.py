"""Literals, connectives, IF, CASE, equality and membership.

Evaluation is from left to right with short circuits, as TLC's; an operand that is no boolean is an
error, and so is a comparison of kinds that cannot be compared.
"""

from __future__ import annotations

from typing import Any

from conform.errors import InputError, UnsupportedError
from conform.languages.tlaplus import syntax
from conform.languages.tlaplus.evaluation.calls import apply_operator
from conform.languages.tlaplus.evaluation.dispatch import Code, Context, Dispatcher
from conform.languages.tlaplus.evaluation.failing import expect_failure, fail
from conform.languages.tlaplus.evaluation.results import is_member, values_equal
from conform.languages.tlaplus.evaluation.scope import Builtin
from conform.languages.tlaplus.evaluation.sets import HIGHEST

# ------------------------------------------------------------------------------------- literals


def number(_compiler: Dispatcher, node: syntax.Number, _context: Context) -> Code:
    """Return the code of an integer, which must be one of TLC's."""
    value = node.value
    if value > HIGHEST:
        raise InputError(
            f"{value:,} is outside the 32-bit integers of TLC",
            span=node.span,
            expected=f"at most {HIGHEST:,}",
        )
    return lambda _s, _t, _e: value


def string(_compiler: Dispatcher, node: syntax.String, _context: Context) -> Code:
    """Return the code of a string."""
    value = node.value
    return lambda _s, _t, _e: value


def enclosed(
    compiler: Dispatcher, node: syntax.Parentheses | syntax.Labelled, context: Context
) -> Code:
    """Return the code of what stands in parentheses or behind a label."""
    return compiler.compile(node.expression, context)


# ---------------------------------------------------------------------------------- connectives


def infix(compiler: Dispatcher, node: syntax.Infix, context: Context) -> Code:
    """Return the code of an infix operator: the language's own, a standard one or a defined one."""
    match node.operator:
        case "/\\" | "\\/":
            return _connective(compiler, node.operator, (node.left, node.right), context)
        case "=>" | "<=>":
            return _implication(compiler, node, context)
        case "=" | "#":
            return _equality(compiler, node, context)
        case "\\in" | "\\notin":
            return _membership(compiler, node, context)
        case "~>" | "-+->":
            raise no_state_value(node.operator, node)
        case _:
            operands = (node.left, node.right)
            return apply_operator(compiler, node.operator, operands, node.span, context)


def series(compiler: Dispatcher, node: syntax.Series, context: Context) -> Code:
    """Return the code of many operands of one operator, applied from the left."""
    binding = compiler.resolve(node.operator, node.span, context)
    if not isinstance(binding, Builtin):
        raise UnsupportedError(
            f"{len(node.operands)} operands of `{node.operator}`, which is defined by a formula",
            span=node.span,
            hint="name parts of it, each of at most 64 operands",
        )
    apply, begin = binding.apply, node.operands[0].span
    first, *rest = compiler.compile_all(node.operands, context)
    steps = [
        (begin.through(operand.span), code)
        for operand, code in zip(node.operands[1:], rest, strict=True)
    ]

    def series_value(s: Any, t: Any, e: tuple[Any, ...]) -> Any:
        value = first(s, t, e)
        for span, code in steps:
            value = apply(span, value, code(s, t, e))
        return value

    return series_value


def no_state_value(operator: str, node: syntax.Expression) -> UnsupportedError:
    """Return the error for a temporal operator where a value is wanted."""
    return UnsupportedError(
        f"the temporal operator `{operator}` has no value in a state",
        span=node.span,
        hint="temporal formulas belong in SPECIFICATION and PROPERTIES, as conjuncts",
    )


def junction(compiler: Dispatcher, node: syntax.Junction, context: Context) -> Code:
    """Return the code of a bulleted list."""
    return _connective(compiler, node.operator, node.items, context)


def _connective(
    compiler: Dispatcher, operator: str, items: tuple[syntax.Expression, ...], context: Context
) -> Code:
    parts = [(boolean(compiler, item, context, operator)) for item in items]
    if operator == "/\\":
        return _conjunction(parts)
    return _disjunction(parts)


def _conjunction(parts: list[Code]) -> Code:
    match parts:
        case [only]:
            return only
        case [first, second]:
            return lambda s, t, e: first(s, t, e) and second(s, t, e)
        case [first, second, third]:
            return lambda s, t, e: first(s, t, e) and second(s, t, e) and third(s, t, e)

    def conjunction(s: Any, t: Any, e: tuple[Any, ...]) -> bool:
        for part in parts:
            if not part(s, t, e):
                return False
        return True

    return conjunction


def _disjunction(parts: list[Code]) -> Code:
    match parts:
        case [only]:
            return only
        case [first, second]:
            return lambda s, t, e: first(s, t, e) or second(s, t, e)

    def disjunction(s: Any, t: Any, e: tuple[Any, ...]) -> bool:
        for part in parts:
            if part(s, t, e):
                return True
        return False

    return disjunction


def boolean(compiler: Dispatcher, node: syntax.Expression, context: Context, where: str) -> Code:
    """Return code that gives True or False, and fails on any other value of `node`."""
    code = compiler.compile(node, context)
    if _is_boolean(node):
        return code
    span = node.span

    def checked(s: Any, t: Any, e: tuple[Any, ...]) -> bool:
        value = code(s, t, e)
        if value is True or value is False:
            return value
        expect_failure(span, "a boolean", value, f"`{where}`")

    return checked


_BOOLEAN_INFIX = frozenset(
    ("/\\", "\\/", "=>", "<=>", "=", "#", "\\in", "\\notin", "<", ">", "<=", ">=", "\\subseteq")
)


def _is_boolean(node: syntax.Expression) -> bool:
    """Whether the value of `node` is a boolean whatever its parts are."""
    match node:
        case syntax.Parentheses(expression=inner):
            return _is_boolean(inner)
        case syntax.Infix(operator=operator):
            return operator in _BOOLEAN_INFIX
        case syntax.Prefix(operator=operator):
            return operator in ("~", "ENABLED", "UNCHANGED")
        case syntax.Junction() | syntax.Quantified():
            return True
        case _:
            return False


def _implication(compiler: Dispatcher, node: syntax.Infix, context: Context) -> Code:
    left = boolean(compiler, node.left, context, node.operator)
    right = boolean(compiler, node.right, context, node.operator)
    if node.operator == "=>":
        return lambda s, t, e: not left(s, t, e) or right(s, t, e)
    return lambda s, t, e: left(s, t, e) is right(s, t, e)


def negation(compiler: Dispatcher, operand: syntax.Expression, context: Context) -> Code:
    """Return the code of `~operand`."""
    inner = boolean(compiler, operand, context, "~")
    return lambda s, t, e: not inner(s, t, e)


def _equality(compiler: Dispatcher, node: syntax.Infix, context: Context) -> Code:
    left = compiler.compile(node.left, context)
    right = compiler.compile(node.right, context)
    span = node.span
    wanted = node.operator == "="
    atoms = frozenset({int, str, bool})

    def compare(s: Any, t: Any, e: tuple[Any, ...]) -> bool:
        one = left(s, t, e)
        other = right(s, t, e)
        kind = type(one)
        if kind is type(other) and kind in atoms:
            return (one == other) is wanted
        return values_equal(one, other, span) is wanted

    return compare


def _membership(compiler: Dispatcher, node: syntax.Infix, context: Context) -> Code:
    left = compiler.compile(node.left, context)
    right = compiler.compile(node.right, context)
    span = node.span
    if node.operator == "\\in":
        return lambda s, t, e: is_member(left(s, t, e), right(s, t, e), span)
    return lambda s, t, e: not is_member(left(s, t, e), right(s, t, e), span)


# ------------------------------------------------------------------------------------ branching


def conditional(compiler: Dispatcher, node: syntax.If, context: Context) -> Code:
    """Return the code of IF."""
    condition = boolean(compiler, node.condition, context, "IF")
    consequent = compiler.compile(node.consequent, context)
    alternative = compiler.compile(node.alternative, context)
    return lambda s, t, e: consequent(s, t, e) if condition(s, t, e) else alternative(s, t, e)


def case(compiler: Dispatcher, node: syntax.Case, context: Context) -> Code:
    """Return the code of CASE: the first true arm is taken."""
    arms = [
        (boolean(compiler, arm.condition, context, "CASE"), compiler.compile(arm.value, context))
        for arm in node.arms
    ]
    other = compiler.compile(node.other, context) if node.other else None
    span = node.span

    def taken(s: Any, t: Any, e: tuple[Any, ...]) -> Any:
        for condition, value in arms:
            if condition(s, t, e):
                return value(s, t, e)
        if other is None:
            fail(span, "no arm of this CASE is true", "add an OTHER arm")
        return other(s, t, e)

    return taken
