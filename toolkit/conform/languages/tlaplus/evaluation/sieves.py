"""Which values can matter to a formula, as far as they tell by themselves: found out once.

`\\E m \\in msgs : m.type = "vote" /\\ m.ballot > promised[a]` is never true of a message of another
type, whatever the state. Where a set knows what is asked of it, all values that were ever elements
are tried in each state anew; those that cannot matter are left out here, by the conjuncts at the
beginning of the formula that no state has a part in. A conjunct without a value leaves none out.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from conform.domain.recorded import RecordedElements
from conform.domain.values import (
    ModelValue,
    SetValue,
    Value,
)
from conform.errors import ConformError, EvaluationError
from conform.languages.tlaplus import syntax
from conform.languages.tlaplus.evaluation.definitions import shadowed
from conform.languages.tlaplus.evaluation.dispatch import Code, Context, Dispatcher
from conform.languages.tlaplus.evaluation.footprints import CONSTANT
from conform.languages.tlaplus.evaluation.formulas import boolean
from conform.languages.tlaplus.evaluation.inlining import inlined
from conform.languages.tlaplus.evaluation.instances import as_use
from conform.languages.tlaplus.evaluation.mismatch import KindMismatchError
from conform.languages.tlaplus.evaluation.scope import Alias, Local, ModuleScope, Scope
from conform.languages.tlaplus.evaluation.sets import TooLargeError

KEPT = 4096
"""Environments for which is kept what can matter, before all are forgotten."""

_PLAIN = frozenset((int, str, ModelValue))
"""Types of values that are told apart by `==`; others are kept, and told apart by identity."""


class Sieve:
    """Leaves out the values of one name that cannot matter to a formula.

    Of `\\A` those matter of which the body could be false, of all else those of which it could be
    true.
    """

    def __init__(
        self, compiler: Dispatcher, body: syntax.Expression, inner: Context, *, universal: bool
    ) -> None:
        """Take a formula in the context in which its name is bound, the last of the environment."""
        self._compiler = compiler
        self._body = body
        self._inner = inner
        self._universal = universal
        self._conditions: Sequence[Code] | None = None
        self._known: dict[tuple[Any, ...], tuple[Any, tuple[Any, ...], tuple[Value, ...]]] = {}

    def values(self, recorded: RecordedElements, environment: tuple[Any, ...]) -> Sequence[Value]:
        """Return the candidates that can matter, in the order in which elements are tried."""
        candidates = recorded.candidates()
        if recorded.is_changed:
            return self._compiler.order.arranged(SetValue(candidates))
        key = (
            id(candidates),
            *[each if type(each) in _PLAIN else id(each) for each in environment],
        )
        known = self._known.get(key)
        if known is None:
            found = self._mattering(candidates, environment)
            if len(self._known) >= KEPT:
                self._known.clear()
            known = self._known[key] = (candidates, environment, found)  # so identities stay theirs
        return known[2]

    def _mattering(
        self, candidates: frozenset[Value], environment: tuple[Any, ...]
    ) -> tuple[Value, ...]:
        values = self._compiler.order.arranged(SetValue(candidates))
        if self._conditions is None:
            self._conditions = self._compiled()
        for holds in self._conditions:
            values = tuple([each for each in values if _may(holds, (*environment, each))])
        return values

    def _compiled(self) -> Sequence[Code]:
        """Return conditions without which a value cannot matter."""
        body, context = self._body, self._inner
        try:
            if not self._universal:
                return [self._condition(*each) for each in _leading(self._compiler, body, context)]
            if _is_rigid(self._compiler, body, context):
                holds = self._condition(body, context)
                return [lambda s, t, e: not holds(s, t, e)]
            antecedent = _antecedent(body, context)
            if antecedent is None:
                return ()
            return [self._condition(*each) for each in _leading(self._compiler, *antecedent)]
        except ConformError:
            return ()  # the formula itself tells

    def _condition(self, node: syntax.Expression, context: Context) -> Code:
        return boolean(self._compiler, node, context, "a condition")


def _may(holds: Code, environment: tuple[Any, ...]) -> bool:
    try:
        return bool(holds((), None, environment))
    except (EvaluationError, KindMismatchError, TooLargeError, RecursionError):
        return True


def _leading(
    compiler: Dispatcher, node: syntax.Expression, context: Context
) -> Iterator[tuple[syntax.Expression, Context]]:
    """Yield conjuncts that no state has a part in, up to the first in which one has."""
    pending = [(node, context)]
    while pending:
        node, context = pending.pop()
        if _is_rigid(compiler, node, context):
            yield node, context
            continue
        parts = _conjuncts(node, context)
        if parts is None:
            return
        pending += reversed(parts)


def _conjuncts(
    node: syntax.Expression, context: Context
) -> Sequence[tuple[syntax.Expression, Context]] | None:
    """Return the conjuncts of a formula, None of one that is no conjunction."""
    match node:
        case syntax.Parentheses(expression=inner) | syntax.Labelled(expression=inner):
            return [(inner, context)]
        case syntax.Junction(operator="/\\", items=items):
            return [(item, context) for item in items]
        case syntax.Infix(operator="/\\", left=left, right=right):
            return [(left, context), (right, context)]
    unfolded = _unfolded(node, context)
    return None if unfolded is None else [unfolded]


def _antecedent(
    node: syntax.Expression, context: Context
) -> tuple[syntax.Expression, Context] | None:
    """Return the left side of an implication, None for what is none."""
    unfolded: tuple[syntax.Expression, Context] | None = (node, context)
    while unfolded is not None:
        node, context = unfolded
        match node:
            case syntax.Infix(operator="=>", left=left):
                return left, context
            case syntax.Parentheses(expression=inner) | syntax.Labelled(expression=inner):
                unfolded = inner, context
            case _:
                unfolded = _unfolded(node, context)
    return None


def _unfolded(
    node: syntax.Expression, context: Context
) -> tuple[syntax.Expression, Context] | None:
    """Return the body of the operator that `node` calls, None for others."""
    use = as_use(node, context.scope)
    called = None if use is None else inlined(use, context.scope, context.depth)
    return None if called is None else (called.body, context.at(called.scope))


def _is_rigid(compiler: Dispatcher, node: syntax.Expression, context: Context) -> bool:
    """Return whether the value of `node` depends on the values of bound names alone."""
    return _depends_on_names_alone(compiler, node, context.scope)


def _depends_on_names_alone(compiler: Dispatcher, node: syntax.Expression, scope: Scope) -> bool:
    """Return that of a scope: what its names come from does not matter, as each has one value.

    Arguments that are evaluated later are no values, and operators that were passed on may read
    anything.
    """
    names = [name for name in _bound_here(scope) if _has_value(compiler, name, scope)]
    identifiers = tuple([syntax.Identifier(node.span, name) for name in names])
    footprint = compiler.analysis.of(node, shadowed(scope, identifiers))
    return footprint.level == CONSTANT and footprint.is_pure and not footprint.uses_locals


def _bound_here(scope: Scope) -> Iterator[str]:
    """Yield the names that are bound inside the module."""
    within: Scope | None = scope
    while within is not None and not isinstance(within, ModuleScope):
        yield from within.names
        within = within.parent


def _has_value(compiler: Dispatcher, name: str, scope: Scope) -> bool:
    match scope.find(name):
        case Local(is_lazy=is_lazy):
            return not is_lazy
        case Alias(expression, outer):
            return _depends_on_names_alone(compiler, expression, outer)
        case _:
            return False
