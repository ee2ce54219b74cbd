"""Compound statements that run from one end to the other: no choice, no pause, no call of a `func`.

In an atomic flow such code needs no program counter, and is run by Python's own recursion. What it
does is what the machine would do with it, statement by statement.
"""

from __future__ import annotations

from collections.abc import Container
from typing import Protocol, TypeAlias, assert_never

from conform.languages.fizzbee.evaluation.scopes import Scope
from conform.languages.fizzbee.evaluation.values import Datum
from conform.languages.fizzbee.execution.choices import DisabledError
from conform.languages.fizzbee.execution.code import (
    AnyBlock,
    AnyValue,
    BlockCode,
    Choose,
    Demand,
    GiveBack,
    Guard,
    Invoke,
    Iterate,
    Leave,
    Nested,
    Repeat,
    Simple,
    StatementCode,
)
from conform.text import Span

End: TypeAlias = Leave | GiveBack | None
"""What ended a piece of code before its last statement, if anything did."""


class Host(Protocol):
    """What code needs of the machine that runs it."""

    is_enabled: bool
    met: Container[int]

    def begin(self, span: Span) -> None:
        """Count a statement; raise EvaluationError after too many."""

    def do(self, run: Simple | Invoke, scope: Scope) -> None:
        """Run a statement of Starlark, which counts as a step."""

    def holds(self, condition: Guard, scope: Scope) -> bool:
        """Whether a condition holds."""

    def elements(self, value: Datum, span: Span) -> list[Datum]:
        """Return what a loop goes over; raise EvaluationError where it cannot."""


def run_straight(host: Host, statement: StatementCode, scope: Scope) -> End:
    """Run a statement of straight code that was counted; return what ended it early.

    Raises DisabledError where a `require` fails.
    """
    match statement:
        case Simple() | Invoke():
            host.do(statement, scope)
        case Demand(condition=condition):
            if id(statement) not in host.met and not host.holds(condition, scope):
                raise DisabledError
        case Leave() | GiveBack():
            return statement
        case Nested(block=block):
            return _run_block(host, block, scope)
        case Choose():
            return _branch(host, statement, scope)
        case Iterate():
            return _iterate(host, statement, scope)
        case Repeat():
            return _repeat(host, statement, scope)
        case AnyBlock() | AnyValue():
            raise AssertionError("straight code makes no choices")
        case _:
            assert_never(statement)
    return None


def _run_block(host: Host, block: BlockCode, scope: Scope) -> End:
    for statement in block.statements:
        host.begin(statement.span)
        end = run_straight(host, statement, scope)
        if end is not None:
            return end
    return None


def _branch(host: Host, statement: Choose, scope: Scope) -> End:
    for condition, block in statement.branches:
        if id(statement) in host.met or host.holds(condition, scope):
            return _run_block(host, block, scope)
    return None if statement.otherwise is None else _run_block(host, statement.otherwise, scope)


def _iterate(host: Host, loop: Iterate, scope: Scope) -> End:
    for value in host.elements(loop.iterable(scope), loop.iterable_span):
        host.begin(loop.span)
        scope.locals[loop.variable] = value
        end = _run_block(host, loop.block, scope)
        if isinstance(end, GiveBack):
            return end
        if end is not None and not end.goes_on:
            break
    return None


def _repeat(host: Host, loop: Repeat, scope: Scope) -> End:
    while host.holds(loop.condition, scope):
        end = _run_block(host, loop.block, scope)
        if isinstance(end, GiveBack):
            return end
        if end is not None and not end.goes_on:
            break
        host.begin(loop.span)
    return None
