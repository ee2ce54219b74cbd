"""The lines of each action instance's guard as predicates, evaluated and not translated."""

from __future__ import annotations

from conform.domain.states import Predicate
from conform.languages.tlaplus.action_conjuncts import action_conjuncts
from conform.languages.tlaplus.evaluation.compiler import Compiler
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
            for line in action_conjuncts(compiler, action.formula)
            if compiler.analysis.of(line.node, line.scope).level < ACTION
        )
        for action in model.actions
    )
