"""The lines of each action instance's guard as predicates, evaluated and not translated."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from conform.domain.model import Predicate
from conform.languages.tlaplus import syntax
from conform.languages.tlaplus.behaviour import Formula, unfold
from conform.languages.tlaplus.evaluation.compiler import Compiler
from conform.languages.tlaplus.evaluation.definitions import let_scope
from conform.languages.tlaplus.evaluation.footprints import ACTION
from conform.languages.tlaplus.model import TlaModel
from conform.languages.tlaplus.predicates import Formulas
from conform.languages.tlaplus.printing import print_expression


def guard_predicates(model: TlaModel) -> tuple[tuple[Predicate, ...], ...]:
    """Return, for each instance of the model, the conjuncts that must hold before the step.

    They are named by their text. Conjuncts inside a choice or a branch are not among them.
    """
    names = tuple(slot.variable for slot in model.slots)
    compiler = Compiler(names, model.specification.analysis)
    formulas = Formulas(model.specification, compiler)
    return tuple(
        tuple(
            formulas.of_state(print_expression(line.node), line)
            for line in _lines(compiler, action.formula)
        )
        for action in model.actions
    )


def _lines(compiler: Compiler, formula: Formula) -> Iterator[Formula]:
    node, scope = formula.node, formula.scope
    match node:
        case syntax.Parentheses(expression=inner) | syntax.Labelled(expression=inner):
            yield from _lines(compiler, replace(formula, node=inner))
        case syntax.Junction(operator="/\\", items=items):
            for item in items:
                yield from _lines(compiler, replace(formula, node=item))
        case syntax.Infix(operator="/\\", left=left, right=right):
            yield from _lines(compiler, replace(formula, node=left))
            yield from _lines(compiler, replace(formula, node=right))
        case syntax.Let(definitions=definitions, body=body):
            within = let_scope(definitions, scope, depth=0)
            yield from _lines(compiler, replace(formula, node=body, scope=within))
        case _ if compiler.analysis.of(node, scope).level < ACTION:
            yield formula
        case syntax.Name() | syntax.Call():
            called = unfold(node, scope)
            if called is not None:
                body, within, _definition = called
                yield from _lines(compiler, replace(formula, node=body, scope=within))
