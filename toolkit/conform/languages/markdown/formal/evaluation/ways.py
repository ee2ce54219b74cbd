"""In how many ways a guard holds.

TLC takes each side of a disjunction, and each witness of an existential quantifier, for a way of
its own to take the action, through helpers too; counts of generated states rest on it (Tool.java,
getNextStates). Whether a guard holds does not: it does when there is a way.
"""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import TypeAlias

from conform.domain.states import State
from conform.domain.values import Value
from conform.errors import EvaluationError
from conform.languages.markdown.formal.evaluation.core import Core, Env, Scope, truth
from conform.languages.markdown.formal.evaluation.membership import elements_of
from conform.languages.markdown.formal.syntax import (
    Apply,
    Binary,
    Bound,
    Expression,
    If,
    Name,
    Quantified,
)

Ways: TypeAlias = Callable[[State, Env], int]


def ways(core: Core, node: Expression, scope: Scope) -> Ways:
    """Return the number of ways in which a formula holds; 0 where it does not."""
    match node:
        case Binary(operator="/\\", left=left, right=right):
            return together((ways(core, left, scope), ways(core, right, scope)))
        case Binary(operator="\\/", left=left, right=right):
            return _sum(ways(core, left, scope), ways(core, right, scope))
        case Quantified(quantifier=quantifier, bounds=bounds, body=body):
            return _quantified(core, quantifier, bounds, body, scope)
        case If(condition=condition, consequent=consequent, alternative=alternative):
            test = truth(core, condition, core.code(condition, scope))
            one, other = ways(core, consequent, scope), ways(core, alternative, scope)
            return lambda s, e: one(s, e) if test(s, e) else other(s, e)
        case Name(name=name) if name in core.helpers and not scope.has(name):
            return _helper(core, name, (), scope)
        case Apply(name=name, arguments=arguments) if name in core.helpers:
            return _helper(core, name, arguments, scope)
        case _:
            holds = truth(core, node, core.code(node, scope))
            return lambda s, e: 1 if holds(s, e) else 0


def together(conditions: Sequence[Ways]) -> Ways:
    """Return the number of ways in which all conditions hold, in whatever order they are stated.

    One without a value is no error where another one is false: a document states what must hold,
    and not in which order it is asked.
    """
    asked = tuple(conditions)
    if len(asked) == 1:
        return asked[0]

    def count(s: State, e: Env) -> int:
        total = 1
        for place, each in enumerate(asked, start=1):
            try:
                total *= each(s, e)
            except EvaluationError:
                if any(_is_false(other, s, e) for other in asked[place:]):
                    return 0
                raise
            if not total:
                return 0
        return total

    return count


def _is_false(condition: Ways, s: State, e: Env) -> bool:
    try:
        return not condition(s, e)
    except EvaluationError:
        return False


def _sum(left: Ways, right: Ways) -> Ways:
    return lambda s, e: _added(each(s, e) for each in (left, right))


def _added(counts: Iterable[int]) -> int:
    """Add counts; behind one that is not 0, what has no value counts nothing."""
    total = 0
    found = iter(counts)
    while True:
        try:
            total += next(found)
        except StopIteration:
            return total
        except EvaluationError:
            if not total:
                raise
            return total


def _quantified(
    core: Core, quantifier: str, bounds: tuple[Bound, ...], body: Expression, scope: Scope
) -> Ways:
    if not bounds:
        return ways(core, body, scope)
    first, count = bounds[0], len(bounds[0].names)
    _, elements = elements_of(core, first.domain, scope)
    inner = _quantified(core, quantifier, bounds[1:], body, scope.plus(*first.names))

    def combinations(s: State, e: Env) -> Iterable[tuple[Value, ...]]:
        return itertools.product(elements(s, e), repeat=count)

    def every(s: State, e: Env) -> int:
        total = 1
        for values in combinations(s, e):
            total *= inner(s, (*e, *values))
            if not total:
                break
        return total

    def some(s: State, e: Env) -> int:
        return _added(inner(s, (*e, *values)) for values in combinations(s, e))

    return every if quantifier == "\\A" else some


@dataclass(slots=True)
class _Later:
    """The ways of a helper, found when they are first asked for."""

    core: Core
    name: str
    primed: bool
    found: Ways | None = None

    def count(self, s: State, e: Env) -> int:
        if self.found is None:
            form = self.core.helpers[self.name]
            scope = Scope(primed=self.primed).plus(*form.parameters)
            self.found = ways(self.core, form.body, scope)
        return self.found(s, e)


def _helper(core: Core, name: str, arguments: tuple[Expression, ...], scope: Scope) -> Ways:
    core.code(Apply(core.helpers[name].body.span, name, arguments), scope)  # refuses recursion
    later = _Later(core, name, scope.primed)
    runs = [core.code(argument, scope).run for argument in arguments]
    return lambda s, e: later.count(s, tuple([run(s, e) for run in runs]))
