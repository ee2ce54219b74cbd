"""Temporal formulas of TLA+ as formulas over predicates.

Source followed: Liveness.java of TLC (astToLive). Quantifiers over constant sets and definitions
are unfolded. Where TLC has no rule for a temporal formula, there is none here; `<=>` between
temporal formulas is the exception: it is the two implications.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import NoReturn, TypeAlias

from msgspec.structs import replace

from conform.domain.temporal import (
    Always,
    And,
    Eventually,
    LeadsTo,
    Not,
    Or,
    StateAtom,
    StepAtom,
    Temporal,
    has_steps,
    is_momentary,
)
from conform.errors import EvaluationError, InputError, UnsupportedError
from conform.languages.tlaplus import syntax
from conform.languages.tlaplus.behaviour import (
    Formula,
    bare,
    bound_values,
    constant_value,
    over_constants,
)
from conform.languages.tlaplus.evaluation.definitions import let_scope
from conform.languages.tlaplus.evaluation.footprints import ACTION, CONSTANT, STATE
from conform.languages.tlaplus.predicates import Formulas

_FORMS = "actions may stand in `[]<><<A>>_v`, `<>[][A]_v`, WF and SF alone"

_Connective: TypeAlias = type[And] | type[Or]


def _always(formula: Temporal) -> Temporal:
    """Return `[]` of a formula; `[](P => <>Q)` is P ~> Q, of which more can be said."""
    match formula:
        case Or((Not(premise), Eventually(conclusion))):
            return LeadsTo(premise, conclusion)
        case _:
            return Always(formula)


class TemporalFormulas:
    """Makes temporal formulas of one specification; `name` is what their predicates are called."""

    def __init__(self, formulas: Formulas, name: str) -> None:
        self.formulas = formulas
        self.compiler = formulas.compiler
        self.name = name

    def formula(self, formula: Formula) -> Temporal:
        """Return a formula as a temporal one.

        Raises UnsupportedError for what TLC cannot check either: actions but under `[]<>` and
        `<>[]`, quantifiers over sets that are no constants, hidden variables, `-+->` and CASE.
        """
        found = self._formula(formula)
        if not _is_legal(found):
            raise UnsupportedError(
                "an action stands where no temporal formula with it can be checked",
                span=formula.node.span,
                expected=_FORMS,
                hint="a state predicate in its place can be checked under any operator",
            )
        return found

    def _formula(self, formula: Formula) -> Temporal:
        level = self._level(formula)
        if level <= STATE:
            return self._state(formula)
        if level == ACTION:
            _refuse_action(formula.node)
        inner = bare(formula)
        match inner.node:
            case syntax.Junction(operator=operator, items=items):
                return self._joined(And if operator == "/\\" else Or, inner, items)
            case syntax.Infix(operator=operator, left=left, right=right):
                return self._infix(inner, operator, left, right)
            case syntax.Prefix(operator="~", operand=operand):
                return Not(self._at(inner, operand))
            case syntax.Prefix(operator="[]", operand=operand):
                return _always(self._step(inner, operand, syntax.ActionBox))
            case syntax.Prefix(operator="<>", operand=operand):
                return Eventually(self._step(inner, operand, syntax.ActionDiamond))
            case syntax.Quantified(quantifier=quantifier):
                instances = tuple(self._instances(inner, inner.node))
                return And(instances) if quantifier == "\\A" else Or(instances)
            case syntax.If():
                return self._if(inner, inner.node)
            case syntax.Let(definitions=definitions, body=body):
                within = let_scope(definitions, inner.scope, depth=0)
                return self._formula(replace(inner, node=body, scope=within))
            case syntax.Fairness():
                return self._fairness(inner, inner.node)
            case _:
                _refuse(inner.node)

    def _state(self, formula: Formula) -> Temporal:
        """Return a state predicate; what is TRUE or FALSE in every state, as such."""
        footprint = self.compiler.analysis.of(formula.node, formula.scope)
        if footprint.level == CONSTANT and footprint.is_pure:
            try:
                value = constant_value(self.compiler, formula)
            except EvaluationError:  # it may stand where it is never asked for
                value = None
            if value is True or value is False:
                return And(()) if value else Or(())
        return StateAtom(self.formulas.of_state(self.name, formula))

    def _step(
        self,
        around: Formula,
        operand: syntax.Expression,
        form: type[syntax.ActionBox] | type[syntax.ActionDiamond],
    ) -> Temporal:
        """Return the operand of `[]` or `<>`: an action must have the form that belongs to it."""
        node = operand
        while isinstance(node, syntax.Parentheses):
            node = node.expression
        if isinstance(node, form):
            return StepAtom(self.formulas.of_step(self.name, replace(around, node=node)))
        return self._at(around, operand)

    def _infix(
        self, inner: Formula, operator: str, left: syntax.Expression, right: syntax.Expression
    ) -> Temporal:
        match operator:
            case "/\\":
                return self._joined(And, inner, (left, right))
            case "\\/":
                return self._joined(Or, inner, (left, right))
            case "=>":
                return Or((Not(self._at(inner, left)), self._at(inner, right)))
            case "<=>":
                one, other = self._at(inner, left), self._at(inner, right)
                return And((Or((Not(one), other)), Or((Not(other), one))))
            case "~>":
                return LeadsTo(self._at(inner, left), self._at(inner, right))
            case _:
                _refuse(inner.node)

    def _joined(
        self, connective: _Connective, inner: Formula, items: tuple[syntax.Expression, ...]
    ) -> Temporal:
        return connective(tuple(self._at(inner, item) for item in items))

    def _if(self, inner: Formula, node: syntax.If) -> Temporal:
        condition = self._at(inner, node.condition)
        consequent = self._at(inner, node.consequent)
        alternative = self._at(inner, node.alternative)
        return And((Or((Not(condition), consequent)), Or((condition, alternative))))

    def _instances(self, inner: Formula, node: syntax.Quantified) -> Iterator[Temporal]:
        if not over_constants(self.compiler, node, inner.scope):
            raise UnsupportedError(
                "a quantifier over a temporal formula must range over constant sets",
                span=node.bounds[0].domain.span,
                hint="quantify inside of `[]` and `<>`, over a state predicate",
            )
        for names, bindings in bound_values(self.compiler, node.bounds, inner.scope):
            within = inner.scope.with_names(names)
            yield self._formula(Formula(node.body, within, (*inner.bindings, *bindings)))

    def _fairness(self, inner: Formula, node: syntax.Fairness) -> Temporal:
        taken = syntax.ActionDiamond(node.span, node.action, node.subscript)
        at = replace(inner, node=taken)
        enabled = StateAtom(self.formulas.of_enabled(f"ENABLED in {self.name}", at))
        steps = StepAtom(self.formulas.of_step(self.name, at))
        if node.kind == "WF":
            return Always(Eventually(Or((Not(enabled), steps))))
        return Or((Eventually(Always(Not(enabled))), Always(Eventually(steps))))

    def _at(self, around: Formula, node: syntax.Expression) -> Temporal:
        return self._formula(replace(around, node=node))

    def _level(self, formula: Formula) -> int:
        return self.compiler.analysis.of(formula.node, formula.scope).level


def _refuse_action(node: syntax.Expression) -> NoReturn:
    raise InputError(
        "an action stands where a temporal formula or a state predicate must",
        span=node.span,
        expected="[A]_v after `[]`, <<A>>_v after `<>`",
    )


def _refuse(node: syntax.Expression) -> NoReturn:
    raise UnsupportedError(
        "a temporal formula of this form cannot be checked, by TLC neither",
        span=node.span,
        expected="[], <>, ~>, WF, SF, connectives, IF, LET, and quantifiers over constant sets",
    )


def _is_legal(formula: Temporal) -> bool:
    """Whether all step atoms stand under `[]<>` or `<>[]`, outside of other operators."""
    match formula:
        case StepAtom():
            return False
        case StateAtom():
            return True
        case Not(inner):
            return _is_legal(inner)
        case And(formulas) | Or(formulas):
            return all(map(_is_legal, formulas))
        case Always(Always() as inner) | Eventually(Eventually() as inner):
            return _is_legal(inner)
        case Always(Eventually(inner)) | Eventually(Always(inner)) if is_momentary(inner):
            return True
        case Always(inner) | Eventually(inner):
            return not has_steps(inner)
        case LeadsTo(premise, conclusion):
            return not has_steps(premise) and not has_steps(conclusion)
