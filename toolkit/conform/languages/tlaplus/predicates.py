"""Formulas over states and steps, compiled and named, as the explorer asks about them."""

from __future__ import annotations

from dataclasses import dataclass

from conform.domain.model import Slots, State
from conform.errors import ConformError
from conform.languages.tlaplus.behaviour import Formula
from conform.languages.tlaplus.evaluation.actions import enabled
from conform.languages.tlaplus.evaluation.compiler import Code, Compiler, Context
from conform.languages.tlaplus.evaluation.formulas import boolean
from conform.languages.tlaplus.specification import Specification
from conform.text import Span


@dataclass(frozen=True, slots=True)
class StateFormula:
    """A Predicate: a boolean formula over one state."""

    name: str
    span: Span
    reads: Slots | None
    code: Code
    specification: Specification

    def holds(self, state: State) -> bool:
        try:
            return self.code(state, None, ()) is True
        except ConformError as error:
            raise self.specification.located(error) from None


@dataclass(frozen=True, slots=True)
class StepFormula:
    """A StepPredicate: a boolean formula over a pair of states."""

    name: str
    span: Span
    reads: Slots | None
    code: Code
    specification: Specification

    def holds(self, before: State, after: State) -> bool:
        try:
            return self.code(before, after, ()) is True
        except ConformError as error:
            raise self.specification.located(error) from None


class Formulas:
    """Makes predicates of formulas of one specification."""

    def __init__(self, specification: Specification, compiler: Compiler) -> None:
        self.specification = specification
        self.compiler = compiler

    def of_state(self, name: str, formula: Formula) -> StateFormula:
        """Return a state-level formula as a predicate."""
        context = Context(formula.scope)
        code = boolean(self.compiler, formula.node, context, name)
        return StateFormula(name, formula.node.span, self._reads(formula), code, self.specification)

    def of_step(self, name: str, formula: Formula) -> StepFormula:
        """Return an action-level formula as a predicate over steps."""
        context = Context(formula.scope)
        code = boolean(self.compiler, formula.node, context, name)
        return StepFormula(name, formula.node.span, self._reads(formula), code, self.specification)

    def of_enabled(self, name: str, formula: Formula) -> StateFormula:
        """Return ENABLED of an action as a predicate."""
        code = enabled(self.compiler, formula.node, Context(formula.scope))
        found = self.compiler.analysis.of_action(formula.node, formula.scope)
        reads = found.reads if found.is_pure else None
        return StateFormula(name, formula.node.span, reads, code, self.specification)

    def _reads(self, formula: Formula) -> Slots | None:
        found = self.compiler.analysis.of(formula.node, formula.scope)
        return found.mentioned() if found.is_pure else None
