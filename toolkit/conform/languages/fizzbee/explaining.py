"""Why an action of FizzBee can or cannot be taken: its conditions, and what it assigns."""

from __future__ import annotations

from collections.abc import Iterator

from conform.domain.explanation import Condition, Effect, Explanation
from conform.domain.model import State
from conform.errors import EvaluationError
from conform.languages.fizzbee import syntax
from conform.languages.fizzbee.instances import FizzInstance
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
    to it. Effects are those of the action's own statements, on state variables and fields.
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
        Condition(text_at(source, test.span), test.span, tested.get(key))
        for key, test in _conditions(node)
    )
    return Explanation(conditions, tuple(_effects(node, source)))


def _action(way: FizzInstance, module: syntax.Module) -> syntax.Action | None:
    routine = way.link.routine
    if routine is None:
        return None
    actions = [*module.actions, *(action for role in module.roles for action in role.actions)]
    return next(action for action in actions if action.name.span == routine.span)


def _conditions(node: Node) -> Iterator[tuple[Span, Expression]]:
    """Yield the conditions of a step, each with the span under which the machine tells of it."""
    for part in descendants(node):
        match part:
            case syntax.Branch(condition=condition):
                yield condition.span, condition
            case syntax.Require(condition=condition) | syntax.While(condition=condition):
                yield part.span, condition
            case syntax.ChoiceAssignment(condition=condition) if condition is not None:
                yield part.span, condition


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
    while isinstance(node, Attribute | Index):
        if isinstance(node, Attribute) and isinstance(node.value, Name):
            return node.name if node.value.name == "self" else node.value.name
        node = node.value
    return node.name if isinstance(node, Name) else ""


def text_at(source: Source, span: Span) -> str:
    """Return the text of a stretch of a source, its lines joined by spaces."""
    lines = source.lines()[span.line - 1 : span.end_line]
    if not lines:
        return ""
    lines[-1] = lines[-1][: span.end_column]
    lines[0] = lines[0][span.column - 1 :]
    return " ".join(line.strip() for line in lines)
