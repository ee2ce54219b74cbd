"""Connectives, quantifiers, CHOOSE, IF, CASE and equality.

Evaluation is from left to right with short circuits, as TLC's; an operand that is no boolean is an
error, and so is a comparison of kinds that cannot be compared.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from conform.domain.values import FunctionValue, Value, sequence
from conform.errors import UnsupportedError
from conform.languages.tlaplus import syntax
from conform.languages.tlaplus.evaluation.analysis import CONSTANT, Footprint
from conform.languages.tlaplus.evaluation.compiler import (
    Code,
    Compiler,
    Context,
    apply_operator,
    construct,
)
from conform.languages.tlaplus.evaluation.failing import expect_failure, fail
from conform.languages.tlaplus.evaluation.results import elements_of, is_member, values_equal
from conform.languages.tlaplus.evaluation.scope import Binding, Local
from conform.text import Span

_NONE: frozenset[int] = frozenset()


# ---------------------------------------------------------------------------------- connectives


@construct(syntax.Infix)
def _infix(compiler: Compiler, node: syntax.Infix, context: Context) -> Code:
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
            raise UnsupportedError(
                f"the temporal operator `{node.operator}` has no value in a state", span=node.span
            )
        case _:
            operands = (node.left, node.right)
            return apply_operator(compiler, node.operator, operands, node.span, context)


@construct(syntax.Junction)
def _junction(compiler: Compiler, node: syntax.Junction, context: Context) -> Code:
    return _connective(compiler, node.operator, node.items, context)


def _connective(
    compiler: Compiler, operator: str, items: tuple[syntax.Expression, ...], context: Context
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


def boolean(compiler: Compiler, node: syntax.Expression, context: Context, where: str) -> Code:
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


def _implication(compiler: Compiler, node: syntax.Infix, context: Context) -> Code:
    left = boolean(compiler, node.left, context, node.operator)
    right = boolean(compiler, node.right, context, node.operator)
    if node.operator == "=>":
        return lambda s, t, e: not left(s, t, e) or right(s, t, e)
    return lambda s, t, e: left(s, t, e) is right(s, t, e)


def negation(compiler: Compiler, operand: syntax.Expression, context: Context) -> Code:
    """Return the code of `~operand`."""
    inner = boolean(compiler, operand, context, "~")
    return lambda s, t, e: not inner(s, t, e)


def _equality(compiler: Compiler, node: syntax.Infix, context: Context) -> Code:
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


def _membership(compiler: Compiler, node: syntax.Infix, context: Context) -> Code:
    left = compiler.compile(node.left, context)
    right = compiler.compile(node.right, context)
    span = node.span
    if node.operator == "\\in":
        return lambda s, t, e: is_member(left(s, t, e), right(s, t, e), span)
    return lambda s, t, e: not is_member(left(s, t, e), right(s, t, e), span)


# ------------------------------------------------------------------------------------ branching


@construct(syntax.If)
def _if(compiler: Compiler, node: syntax.If, context: Context) -> Code:
    condition = boolean(compiler, node.condition, context, "IF")
    consequent = compiler.compile(node.consequent, context)
    alternative = compiler.compile(node.alternative, context)
    return lambda s, t, e: consequent(s, t, e) if condition(s, t, e) else alternative(s, t, e)


@construct(syntax.Case)
def _case(compiler: Compiler, node: syntax.Case, context: Context) -> Code:
    arms = [
        (boolean(compiler, arm.condition, context, "CASE"), compiler.compile(arm.value, context))
        for arm in node.arms
    ]
    other = compiler.compile(node.other, context) if node.other else None
    span = node.span

    def case(s: Any, t: Any, e: tuple[Any, ...]) -> Any:
        for condition, value in arms:
            if condition(s, t, e):
                return value(s, t, e)
        if other is None:
            fail(span, "no arm of this CASE is true", "add an OTHER arm")
        return other(s, t, e)

    return case


# ---------------------------------------------------------------------------------- quantifiers


class Binder:
    """Compiled bounds: yields the environments in which the names take each of their values."""

    __slots__ = ("inner", "steps")

    def __init__(
        self, compiler: Compiler, bounds: tuple[syntax.Bound, ...], context: Context
    ) -> None:
        """Compile the bounds; `inner` is the context in which the names are bound."""
        self.steps: list[tuple[Code, int, bool, Span]] = []
        names: dict[str, Binding] = {}
        depth = context.depth
        for bound in bounds:
            domain = compiler.compile(bound.domain, context)
            repeat = 1 if bound.is_tuple else len(bound.names)
            self.steps.append((domain, repeat, bound.is_tuple, bound.domain.span))
            footprint = compiler.footprint(bound.domain, context)
            for name in bound.names:
                names[name.name] = local(depth, footprint)
                depth += 1
        self.inner = context.inside(names, depth - context.depth)

    def environments(self, s: Any, t: Any, e: tuple[Any, ...]) -> Iterator[tuple[Any, ...]]:
        """Yield each extended environment, in canonical order, the first name slowest."""
        if len(self.steps) == 1 and self.steps[0][1] == 1:
            domain, _repeat, is_tuple, span = self.steps[0]
            elements = elements_of(domain(s, t, e), span, "a bound")
            if is_tuple:
                return iter([(*e, *_unpacked(element, span)) for element in elements])
            return iter([(*e, element) for element in elements])
        return self._product(s, t, e)

    def _product(self, s: Any, t: Any, e: tuple[Any, ...]) -> Iterator[tuple[Any, ...]]:
        choices: list[list[tuple[Any, ...]]] = []
        for domain, repeat, is_tuple, span in self.steps:
            elements = elements_of(domain(s, t, e), span, "a bound")
            if is_tuple:
                choices.append([_unpacked(element, span) for element in elements])
            else:
                choices.extend([[(element,) for element in elements]] * repeat)
        environments: list[tuple[Any, ...]] = [e]
        if not all(choices):
            return iter(())
        return _extended(environments, choices)


def _extended(
    environments: list[tuple[Any, ...]], choices: list[list[tuple[Any, ...]]]
) -> Iterator[tuple[Any, ...]]:
    if not choices:
        yield from environments
        return
    first, rest = choices[0], choices[1:]
    for environment in environments:
        for values in first:
            yield from _extended([(*environment, *values)], rest)


def _unpacked(element: Value, span: Span) -> tuple[Value, ...]:
    if not isinstance(element, FunctionValue) or not element.is_sequence:
        expect_failure(span, "tuples as elements", element, "a tuple pattern")
    return element.values


def local(index: int, footprint: Footprint) -> Local:
    """Return the binding of a name bound over a domain with this footprint.

    The name is rigid: it stands for one value, whatever state the formula is read in.
    """
    return Local(index, min(footprint.level, 1), footprint.reads, _NONE)


@construct(syntax.Quantified)
def _quantified(compiler: Compiler, node: syntax.Quantified, context: Context) -> Code:
    binder = Binder(compiler, node.bounds, context)
    body = boolean(compiler, node.body, binder.inner, node.quantifier)
    environments = binder.environments
    if node.quantifier == "\\A":

        def for_all(s: Any, t: Any, e: tuple[Any, ...]) -> bool:
            for environment in environments(s, t, e):
                if not body(s, t, environment):
                    return False
            return True

        return for_all

    def exists(s: Any, t: Any, e: tuple[Any, ...]) -> bool:
        for environment in environments(s, t, e):
            if body(s, t, environment):
                return True
        return False

    return exists


@construct(syntax.Choose)
def _choose(compiler: Compiler, node: syntax.Choose, context: Context) -> Code:
    if node.domain is None:
        raise UnsupportedError("an unbounded CHOOSE has no value to compute", span=node.span)
    bound = syntax.Bound(node.span, node.names, node.is_tuple, node.domain)
    binder = Binder(compiler, (bound,), context)
    body = boolean(compiler, node.body, binder.inner, "CHOOSE")
    depth = context.depth
    span = node.span
    is_tuple = node.is_tuple

    def choose(s: Any, t: Any, e: tuple[Any, ...]) -> Any:
        for environment in binder.environments(s, t, e):
            if body(s, t, environment):
                chosen = environment[depth:]
                return sequence(chosen) if is_tuple else chosen[0]
        fail(span, "CHOOSE has no element to choose: none satisfies the predicate")

    return choose


def is_closed(compiler: Compiler, node: syntax.Node, context: Context) -> bool:
    """Return whether `node` has one value whatever the state and the environment."""
    footprint = compiler.footprint(node, context)
    return footprint.level == CONSTANT and footprint.is_pure and not footprint.uses_locals
