"""What a PROPERTY asks for: sorted into invariants, initial and action properties, and leads-to.

Source followed: SpecProcessor.java of TLC. A property is unfolded like a specification; each
conjunct is classified by its form. What has another form is kept as Unchecked with the reason, so
that the run ends INCOMPLETE and never passes over it.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from conform.domain.model import (
    LeadsTo,
    Predicate,
    PropertyKind,
    StepPredicate,
    Unchecked,
)
from conform.errors import InputError
from conform.languages.tlaplus import syntax
from conform.languages.tlaplus.behaviour import Formula, bare, conjuncts, state_conjuncts
from conform.languages.tlaplus.evaluation.dispatch import Dispatcher
from conform.languages.tlaplus.evaluation.footprints import ACTION, STATE
from conform.languages.tlaplus.predicates import Formulas


@dataclass(slots=True)
class Properties:
    """The properties of a configuration by kind, each in the order of the configuration."""

    invariants: list[Predicate] = field(default_factory=list)
    initial: list[Predicate] = field(default_factory=list)
    actions: list[StepPredicate] = field(default_factory=list)
    liveness: list[LeadsTo] = field(default_factory=list)
    unchecked: list[Unchecked] = field(default_factory=list)


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
        if not parts:
            self._refuse(name, formula, "it has no conjunct: a quantifier runs over an empty set")

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
        elif isinstance(node, syntax.Infix) and node.operator == "~>":
            self._add_leads_to(name, part, self._within(part, node.left), node.right)
        elif isinstance(node, syntax.Prefix) and node.operator == "[]":
            self._add_always(name, part, self._within(part, node.operand))
        else:
            self._refuse(name, part, "temporal formulas of this form are not checked yet")

    def _add_invariant(self, name: str, formula: Formula) -> None:
        """Add one predicate for each conjunct: each reads fewer slots than the whole."""
        parts = list(state_conjuncts(formula))
        self.found.invariants.extend(self.formulas.of_conjunction(name, parts))

    def _add_always(self, name: str, part: Formula, inner: Formula) -> None:
        node = inner.node
        if self._level(inner) <= STATE:
            self._add_invariant(name, inner)
        elif isinstance(node, syntax.ActionBox):
            self.found.actions.append(self.formulas.of_step(name, inner))
        elif isinstance(node, syntax.Prefix) and node.operator == "<>":
            always = Formula(syntax.Name(node.span, "TRUE"), part.scope, part.bindings)
            self._add_leads_to(name, inner, always, node.operand)
        elif isinstance(node, syntax.Infix) and node.operator == "=>":
            eventually = self._within(inner, node.right)
            right = eventually.node
            if isinstance(right, syntax.Prefix) and right.operator == "<>":
                premise = self._within(inner, node.left)
                self._add_leads_to(name, eventually, premise, right.operand)
            else:
                self._refuse(name, part, "temporal formulas of this form are not checked yet")
        else:
            self._refuse(name, part, "temporal formulas of this form are not checked yet")

    def _add_leads_to(
        self, name: str, part: Formula, premise: Formula, right: syntax.Expression
    ) -> None:
        conclusion = self._within(part, right)
        if self._level(premise) > STATE or self._level(conclusion) > STATE:
            self._refuse(name, part, "leads-to between formulas that are no state predicates")
            return
        self.found.liveness.append(
            LeadsTo(
                name,
                part.bindings,
                self.formulas.of_state(f"{name} (premise)", premise),
                self.formulas.of_state(f"{name} (conclusion)", conclusion),
            )
        )

    def _within(self, part: Formula, node: syntax.Expression) -> Formula:
        inner = Formula(node, part.scope, part.bindings)
        return inner if self._level(inner) <= STATE else bare(inner)

    def _refuse(self, name: str, part: Formula, reason: str) -> None:
        self.found.unchecked.append(Unchecked(name, PropertyKind.LIVENESS, reason, part.node.span))

    def _level(self, formula: Formula) -> int:
        return self.compiler.analysis.of(formula.node, formula.scope).level
