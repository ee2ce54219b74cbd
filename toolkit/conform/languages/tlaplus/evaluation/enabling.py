"""ENABLED, and the states that its operand sees where they are no plain ones."""

from __future__ import annotations

from typing import Any

from conform.languages.tlaplus import syntax
from conform.languages.tlaplus.evaluation.actions import compile_action
from conform.languages.tlaplus.evaluation.assignments import After
from conform.languages.tlaplus.evaluation.calls import use
from conform.languages.tlaplus.evaluation.dispatch import UNBOUND, Code, Context, Dispatcher, Mode
from conform.languages.tlaplus.evaluation.failing import fail
from conform.languages.tlaplus.evaluation.scope import Barred
from conform.text import Span


def enabled(compiler: Dispatcher, operand: syntax.Expression, context: Context) -> Code:
    """Return the code of ENABLED: some completion of an empty `after` exists."""
    slots = len(compiler.slots)
    barred = context.scope.module().instantiating.barred(context.scope, slots)
    if barred is not None:
        return _enabled_in_instance(compiler, operand, context, barred)
    inner = Context(context.scope, context.depth, Mode.UNPRIMED)
    action = compile_action(compiler, operand, inner)
    nothing: After = (*(UNBOUND,) * slots, ())
    under_prime = context.mode is Mode.PRIMED

    def is_enabled(s: Any, t: Any, e: tuple[Any, ...]) -> bool:
        seen = _with_values(t, operand.span) if under_prime else s
        return any(True for _ in action(seen, nothing, e))

    return is_enabled


def _with_values(after: Any, span: Span) -> Any:
    return UnfinishedState(after, span) if UNBOUND in after else after


def _enabled_in_instance(
    compiler: Dispatcher, operand: syntax.Expression, context: Context, barred: Barred
) -> Code:
    """Return the code of ENABLED where expressions are substituted for variables.

    These variables get slots of their own: read, they are the expressions, and primed, themselves.
    """
    slots = len(compiler.slots)
    at = Context(context.scope, context.depth, Mode.UNPRIMED)
    meanings = [use(compiler, binding, name, operand.span, at) for name, binding in barred.meanings]
    inner = Context(barred.scope, context.depth, Mode.UNPRIMED)
    action = compile_action(compiler, operand, inner)
    nothing: After = (*(UNBOUND,) * (slots + len(meanings)), ())
    under_prime = context.mode is Mode.PRIMED

    def is_enabled(s: Any, t: Any, e: tuple[Any, ...]) -> bool:
        state = _with_values(t, operand.span) if under_prime else s
        seen = SubstitutedState(state, slots, meanings, e)
        return any(True for _ in action(seen, nothing, e))

    return is_enabled


class UnfinishedState:
    """A state that is being built, as the formula at `span` sees it: not all slots have values."""

    __slots__ = ("_after", "_span")

    def __init__(self, after: Any, span: Span) -> None:
        self._after = after
        self._span = span

    def __getitem__(self, slot: int) -> Any:
        value = self._after[slot]
        if value is UNBOUND:
            fail(self._span, "a variable is used here before it has a value in this step")
        return value

    def copied(self, slot: int) -> Any:
        """Return the value of a slot that is only carried over, by UNCHANGED."""
        return self[slot]


class SubstitutedState:
    """A state that has more slots: the values of what is substituted for variables."""

    __slots__ = ("_environment", "_first", "_meanings", "_state")

    def __init__(
        self, state: Any, first: int, meanings: list[Code], environment: tuple[Any, ...]
    ) -> None:
        self._state = state
        self._first = first
        self._meanings = meanings
        self._environment = environment

    def __getitem__(self, slot: int) -> Any:
        if slot < self._first:
            return self._state[slot]
        return self._meanings[slot - self._first](self._state, None, self._environment)

    def copied(self, slot: int) -> Any:
        """Return the value of a slot that is only carried over, by UNCHANGED."""
        return self[slot]
