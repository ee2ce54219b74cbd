"""ASSUME/PROVE: which of its parts can be selected where, and what a SUFFICES is to its name.

Source followed: SANY's Generator (tla2sany.semantic), where it selects subexpressions.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import TypeGuard

from conform.errors import InputError
from conform.languages.tlaplus import syntax
from conform.languages.tlaplus.evaluation.subexpressions import labels
from conform.text import Span


def sufficient(body: syntax.Expression) -> syntax.Expression:
    """Return what a SUFFICES step is for its name: an operator applied to what it states."""
    return syntax.Prefix(body.span, _SUFFICES, body)


def is_sufficient(body: syntax.Expression) -> TypeGuard[syntax.Prefix]:
    """Return whether a body is what `sufficient` returns."""
    return isinstance(body, syntax.Prefix) and body.operator == _SUFFICES


_SUFFICES = "SUFFICES"


def picked(
    span: Span,
    names: tuple[syntax.Identifier, ...] | tuple[syntax.Bound, ...],
    body: syntax.Expression,
) -> syntax.Expression:
    """Return what a PICK step is for its name, which selects parts of it as of a quantifier."""
    bounds = tuple([each for each in names if isinstance(each, syntax.Bound)])
    if bounds:
        return syntax.Quantified(span, _PICK, bounds, body)
    free = tuple([each for each in names if isinstance(each, syntax.Identifier)])
    return syntax.UnboundedQuantified(span, _PICK, free, body)


def is_no_formula(body: syntax.Expression) -> bool:
    """Return whether a body is what `sufficient` or `picked` returns: its step is no formula."""
    if isinstance(body, syntax.Quantified | syntax.UnboundedQuantified):
        return body.quantifier == _PICK
    return is_sufficient(body)


_PICK = "PICK"


def sequent_in(body: syntax.Expression | None) -> syntax.AssumeProve | None:
    """Return the ASSUME/PROVE that a body states, None for other bodies."""
    while isinstance(body, syntax.Prefix | syntax.Labelled | syntax.Parentheses):
        body = body.operand if isinstance(body, syntax.Prefix) else body.expression
    return body if isinstance(body, syntax.AssumeProve) else None


def refuse_outside(
    body: syntax.Expression,
    selectors: Iterable[syntax.Segment],
    span: Span,
    *,
    is_inside: bool,
) -> None:
    """Raise InputError for a part of an ASSUME/PROVE that is behind a NEW, and selected outside.

    Inside is its proof, which knows what NEW declares. The NEW itself is no part; `span` is that
    of the whole use.
    """
    sequent = sequent_in(body)
    for selector in selectors:
        if sequent is None or (is_sufficient(body) and selector.name.isdigit()):
            return
        parts = (*sequent.assumptions, sequent.conclusion)
        place = _place_in(parts, selector)
        before = parts[: place or 0]
        if not is_inside and any(isinstance(each, syntax.New) for each in before):
            raise InputError(
                "this part of an ASSUME/PROVE depends on a NEW name, which has no meaning outside",
                span=selector.span,
            )
        part = None if place is None else parts[place]
        if isinstance(part, syntax.New) and selector.name.isdigit():
            raise InputError("a declaration is selected here, and no expression", span=span)
        sequent = sequent_in(part) if isinstance(part, syntax.Expression) else None
        is_inside = False


def _place_in(parts: tuple[syntax.Node, ...], selector: syntax.Segment) -> int | None:
    """Return where the part stands that a number or a label selects, None for other selectors."""
    if selector.name.isdigit():
        return int(selector.name) - 1 if 0 < int(selector.name) <= len(parts) else None
    for place, part in enumerate(parts):
        if any(found.label.name == selector.name for found, _ in labels(part)):
            return place
    return None


def refuse_nested_labels(body: syntax.Node) -> None:
    """Raise InputError for a label behind a NEW of an ASSUME/PROVE that is inside another one."""
    sequent = sequent_in(body) if isinstance(body, syntax.Expression) else None
    if sequent is not None:
        for part in (*sequent.assumptions, sequent.conclusion):
            if isinstance(part, syntax.Expression) and (nested := sequent_in(part)):
                _refuse_labels_in(nested)


def _refuse_labels_in(nested: syntax.AssumeProve) -> None:
    is_behind = False
    for part in (*nested.assumptions, nested.conclusion):
        is_behind = is_behind or isinstance(part, syntax.New)
        found = next((label for label, _ in labels(part)), None) if is_behind else None
        if found is not None:
            raise InputError(
                "a label behind a NEW of an inner ASSUME/PROVE names nothing", span=found.span
            )
        if isinstance(part, syntax.Expression) and (inner := sequent_in(part)):
            _refuse_labels_in(inner)
