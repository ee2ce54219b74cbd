"""Traces, aligned or complete by themselves, as behaviours to replay."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from conform.domain.trace import Trace, TraceStep
from conform.domain.values import Value
from conform.errors import InputError
from conform.replay.divergence import Divergence
from conform.replay.replaying import PathStep, Replayer, ReplayResult, plain_parameters


def replay_traces(
    traces: Iterable[Trace], replayer: Replayer, *, max_divergences: int = 1
) -> ReplayResult:
    """Replay `traces` until `max_divergences` have diverged, and return all that was replayed.

    Raises InputError for a trace that lacks actions or variables: align it first.
    """
    for trace in traces:
        if replayer.divergences >= max_divergences:
            break
        replay_trace(trace, replayer)
    return replayer.result


def replay_trace(trace: Trace, replayer: Replayer) -> Divergence | None:
    """Replay one trace; steps that stutter are not performed.

    Its variables may stand in any order. Raises InputError as `replay_traces`.
    """
    if not trace.steps:
        raise InputError(f"{trace.source}: a trace without states")
    variables = replayer.states.variables
    initial = replayer.expected(_values(trace, trace.steps[0], variables))
    return replayer.replay_path(trace.source, initial, _path(trace, replayer))


def _path(trace: Trace, replayer: Replayer) -> Iterator[PathStep]:
    variables = replayer.states.variables
    before = trace.steps[0]
    for step in trace.steps[1:]:
        values = _values(trace, step, variables)
        if step.action is not None:
            parameters = plain_parameters(step.parameters or (), step.choices)
            yield PathStep(step.action, parameters, replayer.expected(values))
        elif step.variables == before.variables:
            yield PathStep(None, {}, replayer.expected(values))
        else:
            raise InputError(
                f"{trace.source}: step {step.number} does not say which action it is",
                hint="align the trace with the model, which knows",
            )
        before = step


def _values(trace: Trace, step: TraceStep, variables: tuple[str, ...]) -> tuple[Value, ...]:
    """Return the state after `step` in the order of `variables`, or raise InputError."""
    state = dict(step.variables)
    if state.keys() != set(variables):
        names = ", ".join(sorted(state.keys() ^ set(variables)))
        raise InputError(
            f"{trace.source}: the variables of state {step.number} are not the spec's: {names}",
            expected=", ".join(variables),
        )
    return tuple(state[name] for name in variables)
