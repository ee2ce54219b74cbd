"""Why an action can or cannot be taken in a state, line by line."""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterable, Iterator, Sequence

from msgspec import Struct

from conform.domain.explanation import Condition as StatedCondition
from conform.domain.explanation import Effect, Explanation
from conform.domain.states import State
from conform.errors import EvaluationError
from conform.languages.markdown.formal.document import FormalAction, FormalLine
from conform.languages.markdown.formal.evaluation.core import (
    Core,
    Env,
    Scope,
    Test,
    truth,
)
from conform.languages.markdown.formal.evaluation.membership import Elements, elements_of
from conform.languages.markdown.formal.syntax import (
    Assign,
    AssignSome,
    Choose,
    Condition,
    ForEach,
    Let,
    Statement,
    When,
)

_Bind = Callable[[State, Env], Iterable[Env]]


class _Asked(Struct, frozen=True):
    """A line of a guard: the conditions in it, and what it adds to environments."""

    line: FormalLine
    tests: tuple[Test, ...]
    binds: tuple[_Bind, ...]


class Explainer(Struct, frozen=True):
    """Explains one action; made once, asked for each state."""

    asked: tuple[_Asked, ...]
    effects: tuple[Effect, ...]

    def explain(self, state: State, arguments: Env) -> Explanation:
        """Return each line of the guard with its value, and the effects.

        With a choice in the guard a line holds if it does for some value chosen.
        """
        environments: Sequence[Env] = (arguments,)
        conditions: list[StatedCondition] = []
        for each in self.asked:
            if each.tests:
                holds = _value(each.tests, state, environments)
                conditions.append(StatedCondition(each.line.text, each.line.span, holds))
            environments = _extended(each.binds, state, environments)
        return Explanation(tuple(conditions), self.effects)


def explainer(core: Core, action: FormalAction) -> Explainer:
    """Return what explains an action."""
    scope = Scope().plus(*action.parameters)
    asked: list[_Asked] = []
    for line in action.guard:
        tests: list[Test] = []
        binds: list[_Bind] = []
        for statement in line.statements:
            match statement:
                case Condition(formula=formula):
                    tests.append(truth(core, formula, core.code(formula, scope)))
                case Let(definitions=definitions):
                    for definition in definitions:
                        scope = scope.naming(definition.name, definition.value)
                case Choose(bounds=bounds):
                    for bound in bounds:
                        elements = elements_of(core, bound.domain, scope)[1]
                        binds.append(_choice(elements, len(bound.names)))
                        scope = scope.plus(*bound.names)
                case _:
                    pass
        asked.append(_Asked(line, tuple(tests), tuple(binds)))
    effects = [
        Effect(variable, line.text, line.span)
        for line in action.effect
        for variable in dict.fromkeys(_assigned(line.statements))
    ]
    return Explainer(tuple(asked), tuple(effects))


def _choice(elements: Elements, count: int) -> _Bind:
    return lambda s, e: [(*e, *v) for v in itertools.product(elements(s, e), repeat=count)]


def _value(tests: Sequence[Test], state: State, environments: Sequence[Env]) -> bool | None:
    """Return whether some environment satisfies all tests; None where that has no value."""
    if not environments:
        return None
    try:
        return any(all(test(state, e) for test in tests) for e in environments)
    except EvaluationError:
        return None


def _extended(binds: Sequence[_Bind], state: State, environments: Sequence[Env]) -> Sequence[Env]:
    for bind in binds:
        try:
            environments = [after for e in environments for after in bind(state, e)]
        except EvaluationError:
            return ()
    return environments


def _assigned(statements: Iterable[Statement]) -> Iterator[str]:
    for statement in statements:
        match statement:
            case Assign(target=target) | AssignSome(target=target):
                yield target.variable
            case ForEach(body=body):
                yield from _assigned(body)
            case When(consequent=one, alternative=other):
                yield from _assigned((*one, *other))
            case _:
                pass
