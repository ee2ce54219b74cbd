r"""`{ ... : ... }` and `[ ... |-> ... ]`: that `x \in S` is a bound is known at `:` or `|->` only.

Follows SANY: what begins with names and `\in` right after `{` is a filter; the domain of a bound is
the whole expression after `\in`, whatever its operators.
"""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from typing import TypeAlias

from conform.languages.tlaplus.folding import Chain, fold
from conform.languages.tlaplus.syntax import (
    Application,
    Bound,
    Call,
    Expression,
    Field,
    Identifier,
    Infix,
    Name,
    Postfix,
    Series,
    SetFilter,
    SetMap,
    TupleLiteral,
)
from conform.parsing.tokens import ReadingError, Token
from conform.text import Span

BOUND_FORM = "x \\in S"


Elements: TypeAlias = Sequence[Chain | Token]
"""Chains, and between them the commas that separate them."""


def comprehension(span: Span, head: Chain, tail: Elements, end: Token) -> Expression:
    """Return the set that `{head : tail}` denotes; raise ReadingError if it is neither form."""
    pattern = _pattern(head)
    if pattern is None:
        element = fold(head)
        if isinstance(element, Infix) and element.operator == "\\in":
            raise _no_filter(span)
        return SetMap(span, element, bounds_of(tail, end))
    if len(tail) > 1:
        comma = tail[1]
        assert isinstance(comma, Token)
        raise one_condition(comma.span)
    names, is_tuple = pattern
    return SetFilter(span, _bound(head, names, is_tuple, None), fold(_chains(tail)[0]))


def enumerated(elements: Elements) -> tuple[Expression, ...]:
    r"""Return the elements of `{a, b}`.

    As for SANY, which reads a name and `\in` right after `{` as the start of a filter, all that
    follows is the set: `{x \in S = T}` has the element `x \in (S = T)`.
    """
    refuse_pattern(first := _chains(elements)[0])
    refuse_names(elements)
    folded = [fold(chain) for chain in _chains(elements)[1:]]
    if _pattern(first) is None:
        return (fold(first), *folded)
    element, sign = first[0], first[1]
    assert isinstance(element, Expression)
    assert isinstance(sign, Token)
    whole = fold(first[2:])
    span = element.span.through(whole.span)
    return (Infix(span, "\\in", element, whole, sign.span), *folded)


def bounds_of(elements: Elements, end: Token) -> tuple[Bound, ...]:
    r"""Read `x, y \in S, <<a, b>> \in T`, which `end` follows, or raise ReadingError.

    Where bounds were begun, `first_break` finds the place before `end` that is wrong.
    """
    bounds: list[Bound] = []
    waiting: list[Identifier] = []
    for chain in _chains(elements):
        pattern = _pattern(chain)
        if pattern is None:
            waiting.append(_name_before_comma(chain, end))
            continue
        names, is_tuple = pattern
        if is_tuple and waiting:
            raise no_bound(end.span)
        begin = waiting[0].span if waiting else None
        bounds.append(_bound(chain, (*waiting, *names), is_tuple, begin))
        waiting = []
    if waiting:
        raise no_bound(end.span)
    return tuple(bounds)


def without_names(chain: Chain) -> Chain:
    r"""Return the set of a bound that a chain begins, as `S` of `x \\in S`; else the chain."""
    is_bound = (
        len(chain) > 1 and isinstance(chain[0], Name | TupleLiteral) and _is_element(chain[1])
    )
    return Chain(chain[2:]) if is_bound else chain


def refuse_pattern(chain: Chain) -> None:
    r"""Refuse `{<<1, 2>> \in T}`: SANY reads a pattern there, and 1 is no name."""
    if len(chain) > 2 and isinstance(chain[0], TupleLiteral) and _is_element(chain[1]):
        for element in chain[0].elements:
            if not isinstance(element, Name):
                raise ReadingError(
                    "a tuple before `\\in` at the start of a set is a pattern of names",
                    _past_name(element),
                    expected="a name",
                    hint="put the formula in parentheses: {(<<1, 2>> \\in T)}",
                )


def refuse_names(elements: Elements) -> None:
    r"""Refuse `{x, y \in S}`: SANY reads the names of a filter there, and a filter has one."""
    chains = _chains(elements)
    for chain, following in itertools.pairwise(chains):
        if len(chain) > 1 or not isinstance(chain[0], Name):
            break
        if _binds(following):
            comma = elements[1]
            assert isinstance(comma, Token)
            raise ReadingError(
                "unexpected `,`: a set filter has one name",
                comma.span,
                expected="`\\in`",
                hint="write {<<x, y>> \\in S \\X T : p}, or {x, (y \\in S)}",
            )


def one_condition(span: Span) -> ReadingError:
    """Return the error of a filter with several conditions, at the comma before the second."""
    return ReadingError(
        "unexpected `,`: a set filter has one condition",
        span,
        expected="`}`",
        hint="write {x \\in S : p /\\ q}",
    )


def refuse_bound(chain: Chain, after: Token) -> None:
    r"""Refuse `[x \in S -> T]`: SANY reads the bound of a function there."""
    if _pattern(chain) is not None:
        raise no_function(after)


def refuse_begun_bounds(elements: Elements, after: Token) -> None:
    r"""Refuse `[x \in S]` and `[x, y \in S]`, for the same reason."""
    for chain in _chains(elements):
        refuse_bound(chain, after)
        if len(chain) > 1 or not isinstance(chain[0], Name):
            return


def refuse_bounds(arguments: Sequence[Expression], after: Token) -> None:
    r"""Refuse `f[x \in S]` as an expression, for the same reason."""
    for argument in arguments:
        if _membership(argument):
            raise no_function(after)
        if not isinstance(argument, Name):
            return


def no_function(after: Token) -> ReadingError:
    """Return the error of bounds in `[` that something else than `|->` follows."""
    return ReadingError(
        f"unexpected `{after.text}` after the bound of a function",
        after.span,
        expected="`|->`",
        hint="write [x \\in S |-> e], or put the formula in parentheses: (x \\in S)",
    )


def _membership(node: Expression) -> bool:
    r"""Return whether a node begins with `x \in` or `<<x, y>> \in`."""
    while isinstance(node, Infix | Series):
        if isinstance(node, Series):
            node = node.operands[0]
        elif node.operator == "\\in" and isinstance(node.left, Name | TupleLiteral):
            return True
        else:
            node = node.left
    return False


def _binds(chain: Chain) -> bool:
    return len(chain) > 2 and isinstance(chain[0], Name) and _is_element(chain[1])


def _chains(elements: Elements) -> list[Chain]:
    return [element for element in elements if not isinstance(element, Token)]


def _is_element(item: Token | Expression) -> bool:
    return isinstance(item, Token) and item.type == "ELEMENT"


def _pattern(chain: Chain) -> tuple[tuple[Identifier, ...], bool] | None:
    r"""Return the names that `chain` binds, and whether they form a tuple, if it is a bound."""
    if len(chain) < 3 or not _is_element(chain[1]):
        return None
    first = chain[0]
    if isinstance(first, Name):
        return (Identifier(first.span, first.name),), False
    if isinstance(first, TupleLiteral):
        refuse_pattern(chain)
        names = [Identifier(e.span, e.name) for e in first.elements if isinstance(e, Name)]
        return tuple(names), True
    return None


def _bound(
    chain: Chain, names: tuple[Identifier, ...], is_tuple: bool, begin: Span | None
) -> Bound:
    domain = fold(chain[2:])
    start = begin or chain[0].span
    return Bound(start.through(domain.span), names, is_tuple, domain)


def _no_filter(span: Span) -> ReadingError:
    opening = Span(span.path, span.line, span.column, span.line, span.column)
    return ReadingError(
        "neither a filter nor a set of values",
        opening,
        expected="{x \\in S : p} or {e : x \\in S}",
        hint="write {(e \\in S) : x \\in T} for a set of Booleans",
    )


def _name_before_comma(chain: Chain, end: Token) -> Identifier:
    only = chain[0]
    if len(chain) == 1 and isinstance(only, Name):
        return Identifier(only.span, only.name)
    raise no_bound(end.span)


def _past_name(item: Token | Expression) -> Span:
    """Return the place right after the name that an operand begins with, as in `x'` and `x.a`.

    That is where SANY wants something else; the whole operand if it begins with no name.
    """
    first = item
    while isinstance(first, Postfix | Field | Application):
        first = _operand_of(first)
    if isinstance(first, Call):
        line, column = first.span.line, first.span.column + len(first.operator)
    elif first is not item and isinstance(first, Name):
        line, column = first.span.end_line, first.span.end_column + 1
    else:
        return item.span
    return Span(first.span.path, line, column, line, column)


def _operand_of(node: Postfix | Field | Application) -> Expression:
    match node:
        case Postfix(operand=operand):
            return operand
        case Field(record=record):
            return record
        case Application(function=function):
            return function


def no_bound(span: Span) -> ReadingError:
    """Return the error of names that get no set, at what stands in the place of it."""
    return ReadingError(
        "a bound variable without its set",
        span,
        expected=BOUND_FORM,
        hint="a binder here reads x \\in S, with `\\in` and a set after each group of names",
    )
