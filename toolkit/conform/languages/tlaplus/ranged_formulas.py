"""Formulas that say something of each element of a set: `\\A m \\in msgs : P(m)`.

What they say of one element seldom depends on the others, so an engine may ask for each of them by
itself. The set depends on the state; of a constant one the formula has parts once for all
(`behaviour.for_each_element`).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import Generic, TypeVar

from conform.domain.states import Predicate, Slots, State
from conform.domain.values import SetValue, Value
from conform.errors import ConformError
from conform.languages.tlaplus import syntax
from conform.languages.tlaplus.behaviour import Formula, bare, over_constants, state_conjuncts
from conform.languages.tlaplus.evaluation.dispatch import Code, Context, Dispatcher
from conform.languages.tlaplus.evaluation.footprints import STATE
from conform.languages.tlaplus.evaluation.scope import Baked
from conform.languages.tlaplus.ranging import last_name, looked_at

_Predicate = TypeVar("_Predicate", bound=Predicate)


class RangedFormula(Generic[_Predicate]):
    """`\\A x \\in S : P(x)`; of several names x is the last, which changes slowest."""

    def __init__(
        self, compiler: Dispatcher, whole: Formula, make: Callable[[Formula], _Predicate]
    ) -> None:
        """Take apart a formula, which is `ranges_over_state`; may raise ConformError."""
        assert isinstance(whole.node, syntax.Quantified), "it was chosen for that"
        bound, self._body, _names_before = last_name(whole.node)
        self._name = bound.names[0].name
        self._whole = whole
        self._make = make
        self._order = compiler.order
        domain = bare(Formula(bound.domain, whole.scope))
        self._domain: Code = compiler.compile(domain.node, Context(domain.scope))

    def elements(self, state: State) -> tuple[Value, Slots]:
        """Return S, and the slots that were looked at; raise EvaluationError without any."""
        return looked_at(self._domain, state)

    def in_order(self, values: Iterable[Value]) -> Sequence[Value]:
        """Return values in the order of TLC."""
        return self._order.arranged(SetValue(values))

    def parts_for(self, element: Value) -> Sequence[_Predicate]:
        """Return the conjuncts of P(element); the whole where that cannot be compiled."""
        within = self._whole.scope.with_names({self._name: Baked(element)})
        bindings = (*self._whole.bindings, (self._name, element))
        try:
            return [
                self._make(part) for part in state_conjuncts(Formula(self._body, within, bindings))
            ]
        except (ConformError, RecursionError):
            return [self._make(self._whole)]


def ranged_formula(
    compiler: Dispatcher, formula: Formula, make: Callable[[Formula], _Predicate]
) -> RangedFormula[_Predicate] | None:
    """Return the formula as one about each element of a set of the state, None if it is not."""
    try:
        whole = bare(formula)
        if _ranges_over_state(compiler, whole):
            return RangedFormula(compiler, whole, make)
    except (ConformError, RecursionError):
        pass  # the formula itself tells
    return None


def _ranges_over_state(compiler: Dispatcher, formula: Formula) -> bool:
    node, scope = formula.node, formula.scope
    if not isinstance(node, syntax.Quantified) or node.quantifier != "\\A":
        return False
    if node.bounds[-1].is_tuple or over_constants(compiler, node, scope):
        return False
    return compiler.analysis.of(node.bounds[-1].domain, scope).level == STATE
