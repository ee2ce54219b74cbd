"""Actions that take the elements of a set one by one: `\\E m \\in msgs : Receive(m)`.

What such an action does for one element seldom depends on the others, so an engine may ask for each
of them by itself. What stands before the quantifier is evaluated where the set is empty too, and
might fail there, where nobody asks for any element: it can be asked alone.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Any

from msgspec.structs import replace

from conform.domain.actions import Observation
from conform.domain.states import Slots, State
from conform.domain.values import SetValue, Value
from conform.errors import ConformError, EvaluationError
from conform.languages.tlaplus import syntax
from conform.languages.tlaplus.behaviour import Formula, bare, over_constants
from conform.languages.tlaplus.evaluation.actions import compile_action
from conform.languages.tlaplus.evaluation.assignments import After, sequenced
from conform.languages.tlaplus.evaluation.bounds import Binder
from conform.languages.tlaplus.evaluation.branching import branches
from conform.languages.tlaplus.evaluation.dispatch import Code, Context, Dispatcher
from conform.languages.tlaplus.evaluation.footprints import ACTION, STATE
from conform.languages.tlaplus.evaluation.formulas import boolean
from conform.languages.tlaplus.recording import RecordingState

Observe = Callable[..., Observation]
"""An action's code, and the keyword `state` -> what it gives, and what was read for it."""


class RangingAction:
    """`A /\\ (\\E x \\in S : B(x)) /\\ C`, where A and C may be missing.

    Of a filter, as in `\\E x \\in {y \\in S : P(y)} : B(x)`, P is part of what is done for each.
    """

    def __init__(
        self, compiler: Dispatcher, parts: Sequence[Formula], at: int, observe: Observe
    ) -> None:
        """Compile the conjuncts, of which number `at` has the quantifier."""
        codes = [
            compile_action(compiler, part.node, Context(part.scope))
            for place, part in enumerate(parts)
            if place != at
        ]
        self._before, self._behind = codes[:at], codes[at:]
        self._observe = observe
        self._order = compiler.order
        self._filters: list[Code] = []
        quantified, scope = parts[at].node, parts[at].scope
        assert isinstance(quantified, syntax.Quantified), "it was chosen for that"
        bound, body, self._names_before = last_name(quantified)
        context = Context(scope)
        self._name = bound.names[0].name
        self._body = compile_action(compiler, body, Binder(compiler, (bound,), context).inner)
        domain = bare(Formula(bound.domain, scope))
        while isinstance(domain.node, syntax.SetFilter) and not domain.node.bound.is_tuple:
            inner = Binder(compiler, (domain.node.bound,), Context(domain.scope)).inner
            self._filters.append(boolean(compiler, domain.node.predicate, inner, "a set filter"))
            domain = bare(replace(domain, node=domain.node.bound.domain))
        self._domain: Code = compiler.compile(domain.node, Context(domain.scope))

    @property
    def has_guard(self) -> bool:
        """Whether something stands before the quantifier."""
        return bool(self._before)

    def elements(self, state: State) -> tuple[Value, Slots]:
        """Return S, and the slots that were looked at; raise EvaluationError without any."""
        return looked_at(self._domain, state)

    def observe(self, element: Value, state: State) -> Observation:
        """Return the successors for one element, with the slots that were read and written."""
        chosen, body, filters = (self._name, element), self._body, self._filters
        names_before = self._names_before

        def one(s: Any, t: After, _e: tuple[Any, ...]) -> Iterable[After]:
            if not all(test(s, t, (element,)) for test in filters):
                return
            place = len(t[-1]) + names_before
            for *after, choices in body(s, t, (element,)):
                yield (*after, (*choices[:place], chosen, *choices[place:]))

        return self._observe(sequenced([*self._before, one, *self._behind]), state=state)

    def observe_guard(self, state: State) -> Observation:
        """Return no successors, with the slots that were read before the quantifier."""
        return self._observe(sequenced([*self._before, _nothing]), state=state)

    def in_order(self, values: Iterable[Value]) -> Sequence[Value]:
        """Return values in the order of TLC."""
        return self._order.arranged(SetValue(values))


def looked_at(domain: Code, state: State) -> tuple[Value, Slots]:
    """Return a set, and the slots that were looked at for it; raise EvaluationError without one."""
    recorder = RecordingState(state)
    try:
        return domain(recorder, None, ()), frozenset(recorder.read | recorder.kept)
    except ConformError as error:
        raise EvaluationError(error.message) from error


def _nothing(_s: Any, _t: After, _e: tuple[Any, ...]) -> Iterable[After]:
    return ()


def last_name(
    node: syntax.Quantified,
) -> tuple[syntax.Bound, syntax.Expression, int]:
    """Return the bound of the last name alone, which changes slowest, and what is said of it.

    That has the other names in it; the third is how many these are.
    """
    *others, last = node.bounds
    rest = [replace(last, names=last.names[:-1])] if len(last.names) > 1 else []
    bounds = (*others, *rest)
    body = replace(node, bounds=bounds) if bounds else node.body
    return replace(last, names=last.names[-1:]), body, sum(len(each.names) for each in bounds)


def ranging_action(
    compiler: Dispatcher, formula: Formula, observe: Observe
) -> RangingAction | None:
    """Return the action if it is of that form, None otherwise."""
    try:
        parts = list(_conjuncts(formula))
        for place, part in enumerate(parts):
            if _takes_one(compiler, part):
                return RangingAction(compiler, parts, place, observe)
            if not _has_one_way(compiler, part):
                break
    except (ConformError, RecursionError):
        pass  # the action itself tells
    return None


def _conjuncts(formula: Formula) -> Iterator[Formula]:
    inner = bare(formula)
    match inner.node:
        case syntax.Junction(operator="/\\", items=items):
            for item in items:
                yield from _conjuncts(replace(inner, node=item))
        case syntax.Infix(operator="/\\", left=left, right=right):
            yield from _conjuncts(replace(inner, node=left))
            yield from _conjuncts(replace(inner, node=right))
        case _:
            yield inner


def _takes_one(compiler: Dispatcher, part: Formula) -> bool:
    """Whether a formula is a step for some element of one set that is no constant."""
    node, scope = part.node, part.scope
    if not isinstance(node, syntax.Quantified) or node.quantifier != "\\E":
        return False
    if node.bounds[-1].is_tuple or over_constants(compiler, node, scope):
        return False
    domain = compiler.analysis.of(node.bounds[-1].domain, scope).level
    return domain == STATE and compiler.analysis.of(node, scope).level == ACTION


def _has_one_way(compiler: Dispatcher, part: Formula) -> bool:
    """Whether a conjunct leads on in one way at most, so that the order of steps is by element."""
    match part.node:
        case syntax.Infix(operator="=") | syntax.Prefix(operator="UNCHANGED"):
            return True
        case node:
            level = compiler.analysis.of(node, part.scope).level
            return level <= STATE and not branches(node, part.scope)
