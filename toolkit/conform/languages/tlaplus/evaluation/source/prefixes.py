"""Prefix operators of the language itself."""

from __future__ import annotations

import ast

from conform.languages.tlaplus import syntax
from conform.languages.tlaplus.evaluation.source.actions import enabled, unchanged
from conform.languages.tlaplus.evaluation.source.emitter import Emitter
from conform.languages.tlaplus.evaluation.source.functions import domain
from conform.languages.tlaplus.evaluation.source.logic import negation
from conform.languages.tlaplus.evaluation.source.names import applied_operator
from conform.languages.tlaplus.evaluation.source.operands import Operand, Place
from conform.languages.tlaplus.evaluation.source.sets import union

_TESTS = frozenset(("~", "ENABLED", "UNCHANGED"))
_LEFT_TO_CLOSURES = frozenset(("SUBSET", "[]", "<>"))


def prefix_test(emitter: Emitter, node: syntax.Prefix, place: Place) -> ast.expr:
    """Emit a prefix operator as a test."""
    match node.operator:
        case "~":
            return negation(emitter, node.operand, place)
        case "ENABLED":
            return enabled(emitter, node, place)
        case "UNCHANGED":
            return unchanged(emitter, node.operand, place)
        case _:
            return emitter.truth(prefix(emitter, node, place))


def prefix(emitter: Emitter, node: syntax.Prefix, place: Place) -> Operand:
    """Emit a prefix operator as a value."""
    if node.operator in _TESTS:
        return emitter.let(prefix_test(emitter, node, place), bool)
    if node.operator == "DOMAIN":
        return domain(emitter, node, place)
    if node.operator == "UNION":
        return union(emitter, node, place)
    if node.operator in _LEFT_TO_CLOSURES:
        return emitter.fallback(node, place)
    return applied_operator(emitter, node.operator, (node.operand,), node, place)
