"""The accelerator of a TLA+ model: functions generated from the formulas that are asked often."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import TypeAlias

from msgspec import Struct

from conform.domain.acceleration import Steps, StepsTogether, StepTest, Test
from conform.domain.actions import ActionInstance, Successor
from conform.domain.states import Predicate, State, StepPredicate
from conform.errors import EvaluationError
from conform.languages.tlaplus.behaviour import Formula, NamedAction
from conform.languages.tlaplus.evaluation.dispatch import Dispatcher
from conform.languages.tlaplus.predicates import Conjunct, StateFormula, StepFormula

Successors: TypeAlias = Callable[[ActionInstance, State], Iterator[Successor]]


class SourceAccelerator(Struct, frozen=True):
    """Gives generated functions; the model's own where a formula is impure or cannot be emitted.

    The generator is imported where it is first wanted: reading it takes longer than small models.
    """

    compiler: Dispatcher
    actions: Sequence[NamedAction]
    reference: Successors

    def successors(self, instance: ActionInstance) -> Steps:
        """Return what gives the successors of a state by `instance`."""
        from conform.languages.tlaplus.evaluation.source import stepping  # noqa: PLC0415

        asked = self._asking(instance)
        if instance.reads is None:
            return asked
        formula = self.actions[instance.number].formula
        return stepping.steps_function(self.compiler, formula, asked) or asked

    def successors_together(self, instances: Sequence[ActionInstance]) -> StepsTogether | None:
        """Return what gives the successors of a state by all of some instances."""
        from conform.languages.tlaplus.evaluation.source import stepping  # noqa: PLC0415

        if any(instance.reads is None for instance in instances):
            return None
        formulas = [
            (one.number, self.actions[one.number].formula, self._asking(one)) for one in instances
        ]
        return stepping.steps_together_function(self.compiler, formulas)

    def _asking(self, instance: ActionInstance) -> Steps:
        """Return what gives the successors by the closures."""
        return lambda state: [one.state for one in self.reference(instance, state)]

    def test(self, predicate: Predicate) -> Test:
        """Return what gives the value of a predicate."""
        from conform.languages.tlaplus.evaluation.source import generating  # noqa: PLC0415

        formula = _formula(predicate)
        if formula is None:
            return predicate.holds
        if not isinstance(predicate, Conjunct):
            alone = generating.test_function(self.compiler, formula, predicate.holds)
            return alone or predicate.holds
        found = generating.test_function(self.compiler, formula, predicate.formula.holds)
        return predicate.holds if found is None else _behind_others(predicate, found)

    def conjunction(self, predicates: Sequence[Predicate]) -> Test:
        """Return what says whether all of some predicates hold."""
        from conform.languages.tlaplus.evaluation.source import generating  # noqa: PLC0415

        def all_hold(state: State) -> bool:
            return all(predicate.holds(state) for predicate in predicates)

        formulas = [_formula(predicate) for predicate in predicates]
        pure = [formula for formula in formulas if formula is not None]
        if len(pure) < len(formulas):
            return all_hold
        return generating.conjunction_function(self.compiler, pure, all_hold) or all_hold

    def step_test(self, predicate: StepPredicate) -> StepTest:
        """Return what gives the value of a predicate over steps."""
        from conform.languages.tlaplus.evaluation.source import generating  # noqa: PLC0415

        if not isinstance(predicate, StepFormula) or predicate.reads is None:
            return predicate.holds
        found = generating.step_test_function(self.compiler, predicate.formula, predicate.holds)
        return found or predicate.holds

    def step_conjunction(self, predicates: Sequence[StepPredicate]) -> StepTest:
        """Return what says whether all of some predicates hold on a step."""
        from conform.languages.tlaplus.evaluation.source import generating  # noqa: PLC0415

        def all_hold(before: State, after: State) -> bool:
            return all(predicate.holds(before, after) for predicate in predicates)

        formulas = [
            predicate.formula
            for predicate in predicates
            if isinstance(predicate, StepFormula) and predicate.reads is not None
        ]
        if len(formulas) < len(predicates):
            return all_hold
        found = generating.step_conjunction_function(self.compiler, formulas, all_hold)
        return found or all_hold


def _formula(predicate: Predicate) -> Formula | None:
    """Return the formula of a predicate, None if it is impure and the order of questions counts."""
    stated = predicate.formula if isinstance(predicate, Conjunct) else predicate
    if not isinstance(stated, StateFormula) or stated.reads is None:
        return None
    return stated.formula


def _behind_others(conjunct: Conjunct, test: Test) -> Test:
    """Return `test`, but that the conjuncts before decide where it has no value."""

    def holds(state: State) -> bool:
        try:
            return test(state)
        except EvaluationError:
            return conjunct.holds(state)

    return holds
