"""The conjuncts of an action, through definitions and LET, in the order of the text."""

from __future__ import annotations

from collections.abc import Iterator

from msgspec.structs import replace

from conform.languages.tlaplus import syntax
from conform.languages.tlaplus.behaviour import Formula, unfold
from conform.languages.tlaplus.evaluation.definitions import let_scope
from conform.languages.tlaplus.evaluation.dispatch import Dispatcher
from conform.languages.tlaplus.evaluation.footprints import ACTION
from conform.languages.tlaplus.evaluation.instances import as_use


def action_conjuncts(compiler: Dispatcher, formula: Formula) -> Iterator[Formula]:
    """Yield the conjuncts of an action.

    Those below the level of actions are lines of its guard, each as it stands. The others are
    assignments, UNCHANGED, and what branches: choices, disjunctions, IF and CASE.
    """
    node, scope = formula.node, formula.scope
    match node:
        case syntax.Parentheses(expression=inner) | syntax.Labelled(expression=inner):
            yield from action_conjuncts(compiler, replace(formula, node=inner))
        case syntax.Junction(operator="/\\", items=items):
            for item in items:
                yield from action_conjuncts(compiler, replace(formula, node=item))
        case syntax.Infix(operator="/\\", left=left, right=right):
            yield from action_conjuncts(compiler, replace(formula, node=left))
            yield from action_conjuncts(compiler, replace(formula, node=right))
        case syntax.Let(definitions=definitions, body=body):
            within = let_scope(definitions, scope, depth=0)
            yield from action_conjuncts(compiler, replace(formula, node=body, scope=within))
        case _ if compiler.analysis.of(node, scope).level < ACTION:
            yield formula
        case _ if (use := as_use(node, scope)) is not None:
            called = unfold(use, scope)
            if called is None:
                yield formula
            else:
                body, within, _definition = called
                yield from action_conjuncts(compiler, replace(formula, node=body, scope=within))
        case _:
            yield formula
