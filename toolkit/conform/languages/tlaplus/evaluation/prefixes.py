"""Prefix operators of the language itself: `~`, SUBSET, UNION, DOMAIN, ENABLED, UNCHANGED."""

from __future__ import annotations

from typing import Any

from conform.domain.values import SetValue, Value
from conform.languages.tlaplus import syntax
from conform.languages.tlaplus.evaluation.assignments import unchanged
from conform.languages.tlaplus.evaluation.bounds import set_operand
from conform.languages.tlaplus.evaluation.calls import apply_operator
from conform.languages.tlaplus.evaluation.dispatch import Code, Context, Dispatcher
from conform.languages.tlaplus.evaluation.enabling import enabled
from conform.languages.tlaplus.evaluation.failing import expect_failure
from conform.languages.tlaplus.evaluation.formulas import negation, no_state_value
from conform.languages.tlaplus.evaluation.functions import domain_of
from conform.languages.tlaplus.evaluation.results import elements_of
from conform.languages.tlaplus.evaluation.set_literals import fixed
from conform.languages.tlaplus.evaluation.sets import AnySet, LazySet
from conform.languages.tlaplus.evaluation.spaces import PowerSet
from conform.languages.tlaplus.evaluation.unlisted_sets import UnlistedSet, UnlistedUnion
from conform.text import Span


def prefix(compiler: Dispatcher, node: syntax.Prefix, context: Context) -> Code:
    """Return the code of a prefix operator."""
    match node.operator:
        case "~":
            return negation(compiler, node.operand, context)
        case "ENABLED":
            return enabled(compiler, node.operand, context)
        case "UNCHANGED":
            return unchanged(compiler, node.operand, context)
        case "SUBSET":
            base = set_operand(compiler, node.operand, context, "SUBSET")
            return fixed(compiler, node, context, lambda s, t, e: PowerSet(base(s, t, e)))
        case "UNION":
            return _union(compiler, node, context)
        case "DOMAIN":
            function = compiler.compile(node.operand, context)
            return lambda s, t, e: domain_of(function(s, t, e), node.span)
        case "[]" | "<>":
            raise no_state_value(node.operator, node)
        case _:
            return apply_operator(compiler, node.operator, (node.operand,), node.span, context)


def _union(compiler: Dispatcher, node: syntax.Prefix, context: Context) -> Code:
    operand = compiler.compile(node.operand, context)
    return lambda s, t, e: union_of(operand(s, t, e), node.span)


def union_of(sets: Any, span: Span) -> AnySet:
    """Return UNION of a set of sets; raise EvaluationError for one of anything else."""
    if isinstance(sets, UnlistedSet):
        return _unlisted_union(sets, span)
    if type(sets) is SetValue and type(sets.elements) is frozenset:
        parts = [inner.elements for inner in sets.elements if type(inner) is SetValue]
        if len(parts) == len(sets.elements) and {*map(type, parts)} <= {frozenset}:
            return SetValue(frozenset().union(*parts))
    members: list[Value] = []
    for inner in elements_of(sets, span, "UNION"):
        if not isinstance(inner, SetValue | LazySet):
            expect_failure(span, "a set of sets", inner, "UNION")
        members.extend(elements_of(inner, span, "UNION"))
    return SetValue(members)


def _unlisted_union(sets: UnlistedSet, span: Span) -> UnlistedUnion:
    for inner in sets.members:
        if not isinstance(inner, SetValue | LazySet):
            expect_failure(span, "a set of sets", inner, "UNION")
    return UnlistedUnion(sets.members)
