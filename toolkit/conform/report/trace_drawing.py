"""A trace drawn for people, as TLC draws it, with what changed in each step marked."""

from __future__ import annotations

from collections.abc import Iterator

from conform.domain.trace import Trace, TraceStep
from conform.domain.values import Bindings, Value, format_value
from conform.report.page import Line, Piece, Style, line

CHANGED = "*"
"""The mark before a variable that has not the value it had in the state before."""


def draw_trace(trace: Trace, closing_step: TraceStep | None = None) -> Iterator[Line]:
    """Yield a heading and a line for each variable of each state; what a lasso goes back to last.

    `closing_step` is the step from the last state back to `trace.loop_to`, where it is known.
    """
    before: dict[str, Value] = {}
    for step in trace.steps:
        yield line(Piece(f"State {step.number}:{action_of(step)}", Style.TITLE))
        yield from _variables(step, before)
        before = dict(step.variables)
    if trace.ends_in_stuttering:
        yield line(Piece("Stuttering: it stays in this state for ever", Style.TITLE))
    elif trace.loop_to is not None:
        action = action_of(closing_step) if closing_step else ""
        yield line(Piece(f"Back to state {trace.loop_to}{':' if action else ''}{action}"))


def action_of(step: TraceStep) -> str:
    """Return ` <Action(p |-> v)>` and the choices made in it; empty where the trace has no name."""
    if step.action is None:
        return " <initial state>" if step.number == 1 else ""
    parameters = f"({_bindings(step.parameters)})" if step.parameters else ""
    choices = f" with {_bindings(step.choices)}" if step.choices else ""
    return f" <{step.action}{parameters}>{choices}"


def _variables(step: TraceStep, before: dict[str, Value]) -> Iterator[Line]:
    for name, value in step.variables:
        is_changed = bool(before) and not _is_same(before.get(name), value)
        mark = CHANGED if is_changed else " "
        text = f"  {mark} {name} = {format_value(value)}"
        yield line(Piece(text, Style.UNSURE if is_changed else Style.NORMAL))


def _is_same(before: Value | None, value: Value) -> bool:
    """Whether the values agree in kind too; Python holds 1 == True."""
    return type(before) is type(value) and before == value


def _bindings(bindings: Bindings) -> str:
    return ", ".join(f"{name} |-> {format_value(value)}" for name, value in bindings)
