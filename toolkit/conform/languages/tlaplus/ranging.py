"""Actions that take the elements of a set one by one: `\\E m \\in msgs : Receive(m)`.

What such an action does for one element seldom depends on the others, so an engine may ask for each
of them by itself. Nothing stands before the quantifier: it would be evaluated where the set is
empty too, and might fail there, where nobody asks for any element.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Any

from msgspec.structs import replace

from conform.domain.model import Observation, Slots, State
from conform.domain.values import SetValue, Value
from conform.errors import ConformError, EvaluationError
from conform.languages.tlaplus import syntax
from conform.languages.tlaplus.behaviour import Formula, bare, over_constants
from conform.languages.tlaplus.evaluation.actions import compile_action
from conform.languages.tlaplus.evaluation.assignments import After, sequenced
from conform.languages.tlaplus.evaluation.bounds import Binder
from conform.languages.tlaplus.evaluation.dispatch import Code, Context, Dispatcher
from conform.languages.tlaplus.evaluation.footprints import ACTION
from conform.languages.tlaplus.recording import RecordingState

Observe = Callable[..., Observation]
"""An action's code, and the keyword `state` -> what it gives, and what was read for it."""


class RangingAction:
    """`(\\E x \\in S : B(x)) /\\ C`, where C may be missing."""

    def __init__(self, compiler: Dispatcher, parts: Sequence[Formula], observe: Observe) -> None:
        """Compile the conjuncts, of which the first one has the quantifier."""
        quantified, *behind = parts
        assert isinstance(quantified.node, syntax.Quantified), "it was chosen for that"
        context = Context(quantified.scope)
        binder = Binder(compiler, quantified.node.bounds, context)
        self._domain: Code = compiler.compile(quantified.node.bounds[0].domain, context)
        self._body = compile_action(compiler, quantified.node.body, binder.inner)
        self._name = quantified.node.bounds[0].names[0].name
        self._behind = [compile_action(compiler, part.node, Context(part.scope)) for part in behind]
        self._observe = observe
        self._order = compiler.order

    def elements(self, state: State) -> tuple[Value, Slots]:
        """Return S, and the slots that were looked at; raise EvaluationError without any."""
        recorder = RecordingState(state)
        try:
            return self._domain(recorder, None, ()), frozenset(recorder.read | recorder.kept)
        except ConformError as error:
            raise EvaluationError(error.message) from error

    def observe(self, element: Value, state: State) -> Observation:
        """Return the successors for one element, with the slots that were read and written."""
        chosen, body = ((self._name, element),), self._body

        def one(s: Any, t: After, _e: tuple[Any, ...]) -> Iterable[After]:
            return body(s, (*t[:-1], (*t[-1], *chosen)), (element,))

        return self._observe(sequenced([one, *self._behind]), state=state)

    def in_order(self, values: Iterable[Value]) -> Sequence[Value]:
        """Return values in the order of TLC."""
        return self._order.arranged(SetValue(values))


def ranging_action(
    compiler: Dispatcher, formula: Formula, observe: Observe
) -> RangingAction | None:
    """Return the action if it is of that form, None otherwise."""
    try:
        parts = list(_conjuncts(formula))
        if _takes_one(compiler, parts[0]):
            return RangingAction(compiler, parts, observe)
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
    match part.node:
        case syntax.Quantified(quantifier="\\E", bounds=(bound,)):
            is_plain = len(bound.names) == 1 and not bound.is_tuple
            return (
                is_plain
                and not over_constants(compiler, part.node, part.scope)
                and compiler.analysis.of(part.node, part.scope).level == ACTION
            )
        case _:
            return False
