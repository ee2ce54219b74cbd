"""What a PROPERTY asks for: sorted into invariants, initial, action and temporal properties.

Source followed: SpecProcessor.java of TLC. A property is unfolded like a specification; each
conjunct is classified by its form. One without conjuncts is kept as a temporal formula that says
nothing, so that it is never passed over unseen.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from conform.domain.states import Predicate, StepPredicate
from conform.domain.temporal import And, TemporalProperty
from conform.errors import InputError
from conform.languages.tlaplus import syntax
from conform.languages.tlaplus.behaviour import Formula, bare, conjuncts, state_conjuncts
from conform.languages.tlaplus.evaluation.dispatch import Dispatcher
from conform.languages.tlaplus.evaluation.footprints import ACTION, STATE
from conform.languages.tlaplus.predicates import Formulas
from conform.languages.tlaplus.temporal import TemporalFormulas


@dataclass(slots=True)
class Properties:
    """The properties of a configuration by kind, each in the order of the configuration."""

    invariants: list[Predicate] = field(default_factory=list)
    initial: list[Predicate] = field(default_factory=list)
    actions: list[StepPredicate] = field(default_factory=list)
    liveness: list[TemporalProperty] = field(default_factory=list)


class Classifier:
    """Sorts the conjuncts of properties into a Properties."""

    def __init__(self, compiler: Dispatcher, formulas: Formulas) -> None:
        self.compiler = compiler
        self.formulas = formulas
        self.found = Properties()

    def add_invariant(self, name: str, formula: Formula) -> None:
        """Add what the configuration lists under INVARIANT."""
        if self._level(formula) > STATE:
            raise InputError(
                f"invariant `{name}` is no state predicate",
                span=formula.node.span,
                hint="list it under PROPERTIES instead",
            )
        self._add_invariant(name, formula)

    def add_property(self, name: str, formula: Formula) -> None:
        """Add what the configuration lists under PROPERTY."""
        parts = list(conjuncts(self.compiler, formula))
        for part in parts:
            self._add(name, bare(part))
        if not parts:  # a quantifier runs over an empty set
            self.found.liveness.append(
                TemporalProperty(name, formula.bindings, formula.node.span, And(()))
            )

    def _add(self, name: str, part: Formula) -> None:
        level = self._level(part)
        node = part.node
        if level <= STATE:
            self.found.initial.append(self.formulas.of_state(name, part))
        elif level == ACTION:
            raise InputError(
                f"property `{name}` is an action, which no behaviour satisfies or violates",
                span=node.span,
                hint="write [][A]_vars for a property of every step",
            )
        elif isinstance(node, syntax.Prefix) and node.operator == "[]":
            self._add_always(name, part, Formula(node.operand, part.scope, part.bindings))
        else:
            self._add_temporal(name, part)

    def _add_invariant(self, name: str, formula: Formula) -> None:
        """Add one predicate for each conjunct: each reads fewer slots than the whole."""
        parts = list(state_conjuncts(formula))
        self.found.invariants.extend(self.formulas.of_conjunction(name, parts))

    def _add_always(self, name: str, part: Formula, inner: Formula) -> None:
        level = self._level(inner)
        if level <= STATE:
            self._add_invariant(name, inner)
        elif level == ACTION:
            self.found.actions.append(self.formulas.of_step(name, _action_box(inner)))
        else:
            self._add_temporal(name, part)

    def _add_temporal(self, name: str, part: Formula) -> None:
        formula = TemporalFormulas(self.formulas, name).formula(part)
        found = TemporalProperty(name, part.bindings, part.node.span, formula)
        self.found.liveness.append(found)

    def _level(self, formula: Formula) -> int:
        return self.compiler.analysis.of(formula.node, formula.scope).level


def _action_box(inner: Formula) -> Formula:
    found = bare(inner)
    if not isinstance(found.node, syntax.ActionBox):
        raise InputError(
            "`[]` of an action that is no [A]_v is no formula of TLA+",
            span=inner.node.span,
            expected="[][A]_v",
        )
    return found
