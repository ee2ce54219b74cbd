"""Formulas over states and steps, compiled and named, as the explorer asks about them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from msgspec import Struct

from conform.domain.states import Predicate, Slots, State
from conform.domain.values import Value
from conform.errors import ConformError, EvaluationError
from conform.languages.tlaplus import syntax
from conform.languages.tlaplus.behaviour import Formula, for_each_element
from conform.languages.tlaplus.evaluation.dispatch import Code, Context, Dispatcher
from conform.languages.tlaplus.evaluation.enabling import enabled
from conform.languages.tlaplus.evaluation.formulas import boolean
from conform.languages.tlaplus.evaluation.stack import evaluated
from conform.languages.tlaplus.ranged_formulas import RangedFormula, ranged_formula
from conform.languages.tlaplus.specification import Specification
from conform.text import Span

MOST_PARTS = 64
"""Parts into which a formula is divided at most."""


class StateFormula(Struct, frozen=True):
    """A Predicate: a boolean formula over one state.

    `formulas` makes its parts; None for what is never divided.
    """

    name: str
    span: Span
    reads: Slots | None
    code: Code
    specification: Specification
    formula: Formula
    formulas: Formulas | None = None

    def holds(self, state: State) -> bool:
        try:
            return self.code(state, None, ()) is True
        except ConformError as error:
            raise self.specification.located(error) from None
        except RecursionError:
            return self._holds_deep_down(state)

    def _holds_deep_down(self, state: State) -> bool:
        try:
            return evaluated(lambda: self.code(state, None, ()) is True, self.span)
        except ConformError as error:
            raise self.specification.located(error) from None

    def divided(self) -> Sequence[StateFormula]:
        """Return one for each element of the constant set that is quantified over, if any is."""
        if self.formulas is None:
            return ()
        try:
            parts = for_each_element(self.formulas.compiler, self.formula, MOST_PARTS)
            return [self.formulas.of_state(self.name, part) for part in parts]
        except (ConformError, RecursionError):
            return ()

    def ranged(self) -> RangedFormula[StateFormula] | None:
        """Return it as what is said of each element of a set of the state, if it is."""
        return None if self.formulas is None else self.formulas.ranged(self.name, self.formula)


class Conjunct(Struct, frozen=True):
    """A Predicate: one conjunct of an invariant, told apart because it reads fewer slots.

    Conjuncts are evaluated from left to right and stop at the first false one. So where this one
    has no value, it is false if one before it is.
    """

    formula: StateFormula
    before: tuple[StateFormula, ...]

    @property
    def name(self) -> str:
        return self.formula.name

    @property
    def span(self) -> Span:
        return self.formula.span

    @property
    def reads(self) -> Slots | None:
        return self.formula.reads

    def holds(self, state: State) -> bool:
        try:
            return self.formula.holds(state)
        except EvaluationError:
            if all(earlier.holds(state) for earlier in self.before):
                raise
            return False

    def divided(self) -> Sequence[Conjunct]:
        """Return the parts of its formula; where one has no value, the same holds."""
        return [Conjunct(part, self.before) for part in self.formula.divided()]

    def ranged(self) -> RangedConjunct | None:
        """Return the same of its formula."""
        found = self.formula.ranged()
        return None if found is None else RangedConjunct(found, self.before)


class RangedConjunct:
    """What a conjunct says of each element; where a part has no value, it is as in Conjunct."""

    def __init__(
        self, ranged: RangedFormula[StateFormula], before: tuple[StateFormula, ...]
    ) -> None:
        self._ranged = ranged
        self._before = before
        self.elements = ranged.elements
        self.in_order = ranged.in_order

    def parts_for(self, element: Value) -> Sequence[Conjunct]:
        """Return the conjuncts of what is said of an element."""
        return [Conjunct(part, self._before) for part in self._ranged.parts_for(element)]


class StepFormula(Struct, frozen=True):
    """A StepPredicate: a boolean formula over a pair of states."""

    name: str
    span: Span
    reads: Slots | None
    code: Code
    specification: Specification
    formula: Formula

    def holds(self, before: State, after: State) -> bool:
        try:
            return self.code(before, after, ()) is True
        except ConformError as error:
            raise self.specification.located(error) from None
        except RecursionError:
            return self._holds_deep_down(before, after)

    def _holds_deep_down(self, before: State, after: State) -> bool:
        try:
            return evaluated(lambda: self.code(before, after, ()) is True, self.span)
        except ConformError as error:
            raise self.specification.located(error) from None


class Formulas:
    """Makes predicates of formulas of one specification."""

    def __init__(self, specification: Specification, compiler: Dispatcher) -> None:
        self.specification = specification
        self.compiler = compiler

    def of_state(self, name: str, formula: Formula) -> StateFormula:
        """Return a state-level formula as a predicate."""
        context = Context(formula.scope)
        code = boolean(self.compiler, formula.node, context, name)
        reads = self._reads(formula)
        span = formula.node.span
        return StateFormula(name, span, reads, code, self.specification, formula, self)

    def ranged(self, name: str, formula: Formula) -> RangedFormula[StateFormula] | None:
        """Return a state-level formula as what is said of each element of a set, if it is."""
        return ranged_formula(self.compiler, formula, lambda part: self.of_state(name, part))

    def of_conjunction(self, name: str, conjuncts: Sequence[Formula]) -> Iterator[Predicate]:
        """Yield each conjunct of a state-level formula as a predicate of the same name."""
        before: tuple[StateFormula, ...] = ()
        for conjunct in conjuncts:
            formula = self.of_state(name, conjunct)
            yield Conjunct(formula, before) if before else formula
            before = (*before, formula)

    def of_step(self, name: str, formula: Formula) -> StepFormula:
        """Return an action-level formula as a predicate over steps."""
        context = Context(formula.scope)
        code = boolean(self.compiler, formula.node, context, name)
        reads = self._reads(formula)
        return StepFormula(name, formula.node.span, reads, code, self.specification, formula)

    def of_enabled(self, name: str, formula: Formula) -> StateFormula:
        """Return ENABLED of an action as a predicate."""
        code = enabled(self.compiler, formula.node, Context(formula.scope))
        found = self.compiler.analysis.of_action(formula.node, formula.scope)
        reads = found.reads if found.is_pure else None
        span = formula.node.span
        enabling = Formula(syntax.Prefix(span, "ENABLED", formula.node), formula.scope)
        return StateFormula(name, span, reads, code, self.specification, enabling)

    def _reads(self, formula: Formula) -> Slots | None:
        found = self.compiler.analysis.of(formula.node, formula.scope)
        return found.mentioned() if found.is_pure else None
