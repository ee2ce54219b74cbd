"""Assignments: what gives a variable its value after the step, and what compares it.

`x' = e` binds x' the first time and compares afterwards; only a bare primed variable on the left
binds. In Init, unprimed variables take the part of primed ones.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import Any, TypeAlias

from conform.domain.values import SetValue
from conform.languages.tlaplus import syntax
from conform.languages.tlaplus.evaluation.analysis import (
    is_transparent,
    primed_variable,
    variable_slot,
)
from conform.languages.tlaplus.evaluation.dispatch import UNBOUND, Code, Context, Dispatcher, Mode
from conform.languages.tlaplus.evaluation.failing import expect_failure
from conform.languages.tlaplus.evaluation.ordering import ValueOrder
from conform.languages.tlaplus.evaluation.results import is_member, settle, values_equal
from conform.languages.tlaplus.evaluation.scope import Alias, Definition
from conform.languages.tlaplus.evaluation.sets import LazySet
from conform.languages.tlaplus.evaluation.spaces import PowerSet
from conform.text import Span

After: TypeAlias = tuple[Any, ...]
"""Values of the slots after the step, and at the end the choices made."""

ActionCode: TypeAlias = Callable[[Any, After, tuple[Any, ...]], Iterable[After]]
"""(state, after, environment) -> every completion of `after`."""


def sequenced(parts: list[ActionCode]) -> ActionCode:
    """Return the conjunction of `parts`, worked through from left to right."""
    if len(parts) == 1:
        return parts[0]
    first, rest = parts[0], sequenced(parts[1:])

    def conjunction(s: Any, t: After, e: tuple[Any, ...]) -> Iterable[After]:
        found = first(s, t, e)
        if type(found) is tuple:  # a guard or an assignment: no branching, no generator
            return rest(s, found[0], e) if found else ()
        return _followed(found, rest, s, e)

    return conjunction


def _followed(
    found: Iterable[After], rest: ActionCode, s: Any, e: tuple[Any, ...]
) -> Iterator[After]:
    for after in found:
        yield from rest(s, after, e)


def assignment(compiler: Dispatcher, node: syntax.Infix, slot: int, context: Context) -> ActionCode:
    """Return the code of `x' = e`, `x' \\in S` or `x' \\subseteq S` for the variable `slot`."""
    value = compiler.compile(node.right, context)
    match node.operator:
        case "=":
            return _bind(slot, value, node.span)
        case "\\in":
            return _bind_one_of(slot, value, node.span, compiler.order)
        case _:
            subsets = _subsets(value, node.span)
            return _bind_one_of(slot, subsets, node.span, compiler.order)


def assigned_slot(node: syntax.Expression, context: Context) -> int | None:
    """Return the slot that `node` stands for as the left side of an assignment, None otherwise."""
    if context.mode is Mode.PRIMED:
        return variable_slot(node, context.scope)
    return primed_variable(node, context.scope)


def _bind(slot: int, value: Code, span: Span) -> ActionCode:
    following = slot + 1

    def bind(s: Any, t: After, e: tuple[Any, ...]) -> Iterable[After]:
        result = settle(value(s, t, e), span)
        bound = t[slot]
        if bound is UNBOUND:
            return ((*t[:slot], result, *t[following:]),)
        return (t,) if values_equal(bound, result, span) else ()

    return bind


def _bind_one_of(slot: int, choices: Code, span: Span, order: ValueOrder) -> ActionCode:
    following = slot + 1
    tried = order.tried

    def bind(s: Any, t: After, e: tuple[Any, ...]) -> Iterable[After]:
        bound = t[slot]
        found = choices(s, t, e)
        if bound is not UNBOUND:
            return (t,) if is_member(bound, found, span) else ()
        before, behind = t[:slot], t[following:]
        members = tried(found, span, "an assignment by `\\in`")
        if type(members) is tuple:
            return [(*before, value, *behind) for value in members]
        return ((*before, value, *behind) for value in members)

    return bind


def _subsets(code: Code, span: Span) -> Code:
    def subsets(s: Any, t: After, e: tuple[Any, ...]) -> PowerSet:
        base = code(s, t, e)
        if not isinstance(base, SetValue | LazySet):
            expect_failure(span, "a set on its right", base, "`\\subseteq`")
        return PowerSet(base)

    return subsets


def kept_parts(compiler: Dispatcher, operand: syntax.Expression, context: Context) -> ActionCode:
    """Return the code of UNCHANGED as an action: each part is assigned its old value."""
    return sequenced(
        [_kept(compiler, part, at) for part, at in unchanged_parts(operand, context)]
        or [lambda _s, t, _e: (t,)]
    )


def unchanged_parts(
    node: syntax.Expression, context: Context
) -> Iterator[tuple[syntax.Expression, Context]]:
    """Yield the expressions that UNCHANGED `node` keeps, tuples and definitions taken apart."""
    match node:
        case syntax.Parentheses(expression=inner):
            yield from unchanged_parts(inner, context)
        case syntax.TupleLiteral(elements=elements):
            for element in elements:
                yield from unchanged_parts(element, context)
        case syntax.Name(name=name):
            binding = context.scope.find(name)
            if isinstance(binding, Definition) and _has_parts(binding):
                yield from unchanged_parts(binding.body, context.at(binding.scope))
            elif isinstance(binding, Alias):
                yield from unchanged_parts(binding.expression, context.at(binding.scope))
            else:
                yield node, context
        case _:
            yield node, context


def _has_parts(definition: Definition) -> bool:
    """Whether to take a definition apart; others are kept by their name, as one value."""
    parts = (syntax.Parentheses, syntax.TupleLiteral, syntax.Name)
    return is_transparent(definition) and isinstance(definition.body, parts)


def _kept(compiler: Dispatcher, node: syntax.Expression, context: Context) -> ActionCode:
    slot = variable_slot(node, context.scope)
    span = node.span
    if slot is not None:
        return _bind(slot, _copy(slot), span)
    before = compiler.compile(node, context)
    after = compiler.compile(node, context.primed())

    def kept(s: Any, t: After, e: tuple[Any, ...]) -> Iterable[After]:
        return (t,) if values_equal(after(s, t, e), before(s, t, e), span) else ()

    return kept


def _copy(slot: int) -> Code:
    """Read a slot only to keep it; a state that records its reads is told so."""
    return lambda s, _t, _e: s[slot] if type(s) is tuple else s.copied(slot)


def unchanged(compiler: Dispatcher, operand: syntax.Expression, context: Context) -> Code:
    """Return the code of UNCHANGED as a truth value: every part is equal before and after."""
    parts = [
        (compiler.compile(part, at.primed()), compiler.compile(part, at), part.span)
        for part, at in unchanged_parts(operand, context)
    ]

    def holds(s: Any, t: Any, e: tuple[Any, ...]) -> bool:
        return all(
            values_equal(after(s, t, e), before(s, t, e), span) for after, before, span in parts
        )

    return holds
