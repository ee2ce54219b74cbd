"""Why an action of FizzBee can or cannot be taken: its conditions, and what it assigns."""

from __future__ import annotations

from collections.abc import Iterator

from msgspec.structs import replace

from conform.domain.explanation import Condition, Effect, Explanation
from conform.domain.states import State
from conform.errors import EvaluationError
from conform.languages.fizzbee import syntax
from conform.languages.fizzbee.execution.statements import conjuncts
from conform.languages.fizzbee.instances import SELF, FizzInstance
from conform.languages.fizzbee.steps import Steps
from conform.languages.fizzbee.syntax_expressions import (
    Attribute,
    Call,
    Expression,
    Index,
    Name,
    Node,
    Target,
    TargetTuple,
)
from conform.languages.fizzbee.walking import descendants
from conform.text import Source, Span


def explain(
    way: FizzInstance, module: syntax.Module, source: Source, steps: Steps, state: State
) -> Explanation:
    """Return the conditions of an instance's action with their values in `state`, and its effects.

    A condition has the value that it had last on some way through the step; None where no way came
    to it. Effects are those of the action's own statements, on state variables and on fields of its
    role, which the role's name stands for.
    """
    node = _action(way, module)
    if node is None:
        return Explanation((), ())
    tested: dict[Span, bool] = {}
    try:
        for run in steps.runs(way.code, state):
            for span, holds in run.recorder.conditions.items():
                tested[span] = tested.get(span, False) or holds
    except EvaluationError:
        pass  # what was tested until then is told
    conditions = tuple(
        Condition(text_at(source, test.span), test.span, tested.get(test.span))
        for test in _conditions(node)
    )
    role = way.link.routine.role if way.link.routine else ""
    found = (
        replace(effect, variable=role) if effect.variable == SELF else effect
        for effect in _effects(node, source)
    )
    effects = (effect for effect in found if effect.variable in steps.variables)
    return Explanation(conditions, tuple(effects))


def _action(way: FizzInstance, module: syntax.Module) -> syntax.Action | None:
    routine = way.link.routine
    if routine is None:
        return None
    actions = [*module.actions, *(action for role in module.roles for action in role.actions)]
    return next(action for action in actions if action.name.span == routine.span)


def _conditions(node: Node) -> Iterator[Expression]:
    """Yield the conditions of a step, conjunct by conjunct, in the order of the text."""
    for part in descendants(node):
        match part:
            case (
                syntax.Branch(condition=condition)
                | syntax.Require(condition=condition)
                | syntax.While(condition=condition)
            ):
                yield from conjuncts(condition)
            case syntax.ChoiceAssignment(condition=condition) if condition is not None:
                yield from conjuncts(condition)


def _effects(node: Node, source: Source) -> Iterator[Effect]:
    for part in descendants(node):
        match part:
            case syntax.Assign(target=target) | syntax.ChoiceAssignment(target=target):
                yield from _of(target, part, source)
            case syntax.AugmentedAssign(target=target):
                yield from _of(target, part, source)
            case syntax.CallStatement(variable=Name() as target):
                yield from _of(target, part, source)
            case syntax.CallStatement(call=Call(function=Attribute(value=receiver))):
                yield Effect(_root(receiver), text_at(source, part.span), part.span)


def _of(target: Target, part: Node, source: Source) -> Iterator[Effect]:
    for each in target.elements if isinstance(target, TargetTuple) else (target,):
        assert not isinstance(each, TargetTuple) or each.elements, "a target has a name"
        yield Effect(_root(each), text_at(source, part.span), part.span)


def _root(node: Node) -> str:
    """Return the name that a target or receiver starts from, empty where it is no name."""
    while isinstance(node, Attribute | Index):
        node = node.value
    return node.name if isinstance(node, Name) else ""


def text_at(source: Source, span: Span) -> str:
    """Return the text of a stretch of a source, its lines joined by spaces."""
    lines = [*source.lines()[span.line - 1 : span.end_line]]
    if not lines:
        return ""
    lines[-1] = lines[-1][: span.end_column]
    lines[0] = lines[0][span.column - 1 :]
    return " ".join(line.strip() for line in lines)
