"""Prefix operators of the language itself: `~`, SUBSET, UNION, DOMAIN, ENABLED, UNCHANGED."""

from __future__ import annotations

from typing import Any

from conform.domain.values import SetValue, Value
from conform.errors import UnsupportedError
from conform.languages.tlaplus import syntax
from conform.languages.tlaplus.evaluation.actions import enabled, unchanged
from conform.languages.tlaplus.evaluation.compiler import (
    Code,
    Compiler,
    Context,
    apply_operator,
    construct,
)
from conform.languages.tlaplus.evaluation.failing import expect_failure
from conform.languages.tlaplus.evaluation.formulas import negation
from conform.languages.tlaplus.evaluation.functions import domain_of
from conform.languages.tlaplus.evaluation.results import elements_of
from conform.languages.tlaplus.evaluation.sets import LazySet, PowerSet
from conform.languages.tlaplus.evaluation.structures import fixed, set_operand


@construct(syntax.Prefix)
def _prefix(compiler: Compiler, node: syntax.Prefix, context: Context) -> Code:
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
            raise UnsupportedError(
                f"the temporal operator `{node.operator}` has no value in a state", span=node.span
            )
        case _:
            return apply_operator(compiler, node.operator, (node.operand,), node.span, context)


def _union(compiler: Compiler, node: syntax.Prefix, context: Context) -> Code:
    operand = compiler.compile(node.operand, context)
    span = node.span

    def union(s: Any, t: Any, e: tuple[Any, ...]) -> SetValue:
        members: list[Value] = []
        for inner in elements_of(operand(s, t, e), span, "UNION"):
            if not isinstance(inner, SetValue | LazySet):
                expect_failure(span, "a set of sets", inner, "UNION")
            members.extend(elements_of(inner, span, "UNION"))
        return SetValue(members)

    return union
