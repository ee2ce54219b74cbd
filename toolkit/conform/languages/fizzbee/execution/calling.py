"""Calls of a `func`: which one is meant, what it is given, and where FizzBee can make one."""

from __future__ import annotations

from collections.abc import Sequence

from conform.languages.fizzbee.evaluation.faults import FaultError
from conform.languages.fizzbee.evaluation.procedures import bind
from conform.languages.fizzbee.evaluation.scopes import Scope
from conform.languages.fizzbee.evaluation.values import Datum
from conform.languages.fizzbee.execution.code import Invoke, Program, Routine
from conform.languages.fizzbee.execution.process import Frame, Role
from conform.languages.fizzbee.syntax import Flow

MAX_CALLS = 200
"""Frames of a thread: functions that call one another without end are an error of the model."""


def called(
    program: Program, frame: Frame, scope: Scope, statement: Invoke
) -> tuple[Routine | None, Role | None]:
    """Return the `func` that a statement calls and whose it is; None for what Starlark calls."""
    name = statement.function
    if statement.receiver is None:
        own = frame.role.code.functions.get(name) if frame.role else None
        return (own or program.functions.get(name)), (frame.role if own else None)
    receiver = statement.receiver(scope)
    if isinstance(receiver, Role) and name in receiver.code.functions:
        return receiver.code.functions[name], receiver
    return None, None


def passed(routine: Routine, statement: Invoke, scope: Scope) -> dict[str, Datum]:
    """Return the parameters of a `func` by name; raise FaultError where they do not fit."""
    given = statement.arguments(scope)
    constants = Scope({}, {})
    defaults = {name: code(constants) for name, code in routine.defaults.items()}
    return bind(routine.name, routine.parameters, defaults, given)


def heed_where(frames: Sequence[Frame], role: Role | None, routine: Routine) -> None:
    """Raise FaultError for a call that FizzBee cannot make from a thread of these frames."""
    first = frames[0]
    if role is None and first.role is None and first.routine.flow is not Flow.ATOMIC:
        raise FaultError(
            f"{routine.name}: FizzBee calls no func from a {first.routine.flow} action"
            " outside a role",
            "make the action atomic, or a role's",
        )
    if len(frames) > MAX_CALLS:
        raise FaultError(f"{routine.name}: more than {MAX_CALLS} calls inside one another")
