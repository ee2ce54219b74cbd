"""Why an action instance can or cannot be taken: its guard line by line, and its effects.

A line of the guard that is a defined operator is unfolded down to the conjuncts of its definition,
so that the one at fault is shown where it stands. A choice or a disjunction of actions is one line,
true where some way through it is enabled; of IF and CASE the arm that is taken counts.
"""

from __future__ import annotations

from collections.abc import Iterator

from msgspec.structs import replace

from conform.domain.explanation import Condition, Effect, Explanation
from conform.domain.states import State
from conform.errors import ConformError, EvaluationError
from conform.languages.tlaplus import syntax
from conform.languages.tlaplus.action_conjuncts import action_conjuncts
from conform.languages.tlaplus.behaviour import Formula, bare, state_conjuncts
from conform.languages.tlaplus.evaluation.assignments import assigned_slot
from conform.languages.tlaplus.evaluation.definitions import shadowed
from conform.languages.tlaplus.evaluation.dispatch import Context, Dispatcher
from conform.languages.tlaplus.evaluation.footprints import ACTION
from conform.languages.tlaplus.predicates import Formulas
from conform.languages.tlaplus.printing import print_expression
from conform.languages.tlaplus.specification import Specification


class Explainer:
    """Explains the actions of one specification."""

    def __init__(self, specification: Specification, compiler: Dispatcher) -> None:
        self._specification = specification
        self._compiler = compiler
        self._formulas = Formulas(specification, compiler)

    def explain(self, action: Formula, state: State) -> Explanation:
        """Return the guard of an action with its values in `state`, and its effects."""
        conditions: list[Condition] = []
        effects: list[Effect] = []
        self._visit(action, state, conditions, effects)
        return Explanation(tuple(conditions), tuple(effects))

    def _visit(
        self, action: Formula, state: State, conditions: list[Condition], effects: list[Effect]
    ) -> None:
        for conjunct in action_conjuncts(self._compiler, action):
            if self._compiler.analysis.of(conjunct.node, conjunct.scope).level < ACTION:
                conditions.extend(self._guard(conjunct, state))
                continue
            match conjunct.node:
                case syntax.If() | syntax.Case():
                    self._taken_arm(conjunct, state, conditions, effects)
                case syntax.Infix(operator="=" | "\\in" | "\\subseteq") if self._assigns(conjunct):
                    effects.extend(self._effects(conjunct))
                case syntax.Prefix(operator="UNCHANGED"):
                    continue
                case _:
                    conditions.append(self._branching(conjunct, state))
                    effects.extend(self._effects(conjunct))

    def _guard(self, line: Formula, state: State) -> Iterator[Condition]:
        for part in state_conjuncts(line):
            yield self._condition(part, self._value(part, state))

    def _condition(self, part: Formula, holds: bool | None) -> Condition:
        return Condition(self._text(part.node), part.node.span, holds)

    def _value(self, part: Formula, state: State) -> bool | None:
        """Return the value of a formula, None where it has none."""
        try:
            return self._formulas.of_state(print_expression(part.node), part).holds(state)
        except EvaluationError:
            return None

    def _branching(self, part: Formula, state: State) -> Condition:
        """Return a choice or a disjunction of actions as one line."""
        try:
            holds = self._formulas.of_enabled("an action", part).holds(state)
        except ConformError:
            return self._condition(part, None)
        return self._condition(part, holds)

    def _taken_arm(
        self, part: Formula, state: State, conditions: list[Condition], effects: list[Effect]
    ) -> None:
        """Go on with the arm of an IF or CASE that is taken; without one, nothing is known."""
        node = part.node
        arms: list[tuple[syntax.Expression, syntax.Expression]] = []
        other: syntax.Expression | None = None
        if isinstance(node, syntax.If):
            arms, other = [(node.condition, node.consequent)], node.alternative
        elif isinstance(node, syntax.Case):
            arms, other = [(arm.condition, arm.value) for arm in node.arms], node.other
        for condition, arm in arms:
            holds = self._value(replace(part, node=condition), state)
            if holds is None:
                conditions.append(self._condition(replace(part, node=condition), None))
                return
            if holds:
                self._visit(replace(part, node=arm), state, conditions, effects)
                return
        if other is not None:
            self._visit(replace(part, node=other), state, conditions, effects)

    # ------------------------------------------------------------------------------------ effects

    def _assigns(self, part: Formula) -> bool:
        node = part.node
        return isinstance(node, syntax.Infix) and self._slot(part) is not None

    def _slot(self, part: Formula) -> int | None:
        assert isinstance(part.node, syntax.Infix)
        return assigned_slot(part.node.left, Context(part.scope))

    def _effects(self, part: Formula) -> Iterator[Effect]:
        """Yield the assignments in a part of an action, in whichever branch."""
        node = part.node
        match node:
            case syntax.Infix(operator="=" | "\\in" | "\\subseteq") if self._assigns(part):
                effect = self._effect(part, node)
                if effect is not None:
                    yield effect
            case syntax.Quantified(bounds=bounds, body=body):
                names = tuple(name for bound in bounds for name in bound.names)
                inner = Formula(body, shadowed(part.scope, names), part.bindings)
                yield from self._effects_of_conjuncts(inner)
            case syntax.Junction(items=items):
                for item in items:
                    yield from self._effects_of_conjuncts(replace(part, node=item))
            case syntax.Infix(left=left, right=right):
                yield from self._effects_of_conjuncts(replace(part, node=left))
                yield from self._effects_of_conjuncts(replace(part, node=right))
            case syntax.If(consequent=consequent, alternative=alternative):
                yield from self._effects_of_conjuncts(replace(part, node=consequent))
                yield from self._effects_of_conjuncts(replace(part, node=alternative))
            case syntax.Case(arms=arms, other=other):
                for arm in (*(each.value for each in arms), *((other,) if other else ())):
                    yield from self._effects_of_conjuncts(replace(part, node=arm))
            case _:
                return

    def _effects_of_conjuncts(self, action: Formula) -> Iterator[Effect]:
        for conjunct in action_conjuncts(self._compiler, action):
            if self._compiler.analysis.of(conjunct.node, conjunct.scope).level >= ACTION:
                yield from self._effects(conjunct)

    def _effect(self, part: Formula, node: syntax.Infix) -> Effect | None:
        """Return an assignment as an effect, None where it leaves its variable as it is."""
        slot = self._slot(part)
        assert slot is not None
        variable = self._specification.variables[slot].name
        value = bare(replace(part, node=node.right)).node
        if node.operator == "=" and isinstance(value, syntax.Name) and value.name == variable:
            return None
        return Effect(variable, self._text(node), node.span)

    def _text(self, node: syntax.Expression) -> str:
        """Return a formula as written if it stands on one line, else printed on one."""
        span = node.span
        source = self._specification.sources.get(span.path)
        if source is None or span.line != span.end_line:
            return print_expression(node)
        return source.line(span.line)[span.column - 1 : span.end_column]
