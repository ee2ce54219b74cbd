"""Prefix operators of the language itself: `~`, SUBSET, UNION, DOMAIN, ENABLED, UNCHANGED."""

from __future__ import annotations

from conform.languages.tlaplus import syntax
from conform.languages.tlaplus.evaluation.assignments import unchanged
from conform.languages.tlaplus.evaluation.bounds import set_operand
from conform.languages.tlaplus.evaluation.calls import apply_operator
from conform.languages.tlaplus.evaluation.dispatch import Code, Context, Dispatcher
from conform.languages.tlaplus.evaluation.enabling import enabled
from conform.languages.tlaplus.evaluation.formulas import negation, no_state_value
from conform.languages.tlaplus.evaluation.functions import domain_of
from conform.languages.tlaplus.evaluation.set_literals import fixed
from conform.languages.tlaplus.evaluation.spaces import PowerSet
from conform.languages.tlaplus.evaluation.unions import union


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
            return union(compiler, node, context)
        case "DOMAIN":
            function = compiler.compile(node.operand, context)
            return lambda s, t, e: domain_of(function(s, t, e), node.span)
        case "[]" | "<>":
            raise no_state_value(node.operator, node)
        case _:
            return apply_operator(compiler, node.operator, (node.operand,), node.span, context)
