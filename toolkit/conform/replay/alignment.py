"""Traces aligned with a model: each step explained by an action instance, or reported.

A text trace of TLC tells no parameters and no choices, a JSON one not even whether an array is a
set. The model tells all of it: an instance of the step's action, one of whose successors is the
recorded state. An aligned trace holds the model's own values, so it replays whatever its format
lost. A lasso is unrolled by the step that closes it, so that this step is replayed too.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import TypeAlias

from msgspec import Struct

from conform.domain.actions import ActionInstance, Successor
from conform.domain.difference import Difference, narrowed, same
from conform.domain.finding import Finding
from conform.domain.model import Model
from conform.domain.plain import without_model_values
from conform.domain.states import State
from conform.domain.trace import Trace, TraceStep
from conform.domain.values import Bindings, Value
from conform.replay import cf506_not_a_step as cf506
from conform.replay.spec_states import SpecStates
from conform.text import nearest
from conform.traces.shapes import restored, shape_of
from conform.traces.tlc_text import positional

_Compare: TypeAlias = Callable[[Bindings, State], tuple[Difference, ...]]


class Alignment(Struct, frozen=True):
    """A trace with what the model knows of it, up to the first step that no instance explains."""

    trace: Trace
    findings: tuple[Finding, ...]


def align(trace: Trace, model: Model, *, keeps_kinds: bool = True) -> Alignment:
    """Return `trace` completed by `model`, with a finding where it is none of its behaviours.

    `keeps_kinds` False: the format of the trace writes sets as sequences and the like
    (`traces.format.Format.keeps_kinds`); what was meant is taken from the model's states. Raises
    EvaluationError where the model has no value in a state of the trace.
    """
    return _Aligner(model, trace, keeps_kinds).alignment()


class _Closest:
    """The offered state that differs least from the recorded one, the first of several."""

    def __init__(self, compare: _Compare, recorded: Bindings) -> None:
        self._compare = compare
        self._recorded = recorded
        self.differences: tuple[Difference, ...] | None = None

    def offer(self, state: State) -> bool:
        """Return whether `state` is the recorded one; otherwise remember it if none is closer."""
        differences = self._compare(self._recorded, state)
        if self.differences is None or len(differences) < len(self.differences):
            self.differences = differences
        return not differences


class _Aligner:
    def __init__(self, model: Model, trace: Trace, keeps_kinds: bool) -> None:
        self._model = model
        self._trace = trace
        self._untyped = not keeps_kinds
        self._spec = SpecStates(model.slots)
        self._states: list[State] = []
        self._steps: list[TraceStep] = []

    def alignment(self) -> Alignment:
        finding = self._variables() or self._initial() or self._later() or self._closing()
        is_unrolled = len(self._steps) > len(self._trace.steps)
        loop_to = self._trace.loop_to
        if loop_to is not None:
            loop_to = None if finding else loop_to + is_unrolled
        trace = Trace(self._trace.source, tuple(self._steps), loop_to)
        return Alignment(trace, (finding,) if finding else ())

    # --- The parts of a behaviour ----------------------------------------------------------------

    def _variables(self) -> Finding | None:
        for step in self._trace.steps:
            names = {name for name, _ in step.variables}
            if names != set(self._spec.variables):
                return cf506.other_variables(
                    self._trace.source, step.number, names, set(self._spec.variables)
                )
        return None

    def _initial(self) -> Finding | None:
        if not self._trace.steps:
            return None
        first = self._trace.steps[0]
        closest = _Closest(self._differences, first.variables)
        for state in self._model.initial_states():
            if closest.offer(state):
                self._extend(
                    TraceStep(first.number, None, (), (), self._spec.bindings(state)), state
                )
                return None
        return cf506.not_initial(self._trace.source, closest.differences)

    def _later(self) -> Finding | None:
        for step in self._trace.steps[1:]:
            if finding := self._explain(step):
                return finding
        return None

    def _closing(self) -> Finding | None:
        trace = self._trace
        if trace.loop_to is None or trace.ends_in_stuttering:
            return None
        target = self._steps[trace.loop_to - 1]
        number = len(trace.steps) + 1
        return self._explain(TraceStep(number, None, None, (), target.variables))

    # --- One step --------------------------------------------------------------------------------

    def _explain(self, step: TraceStep) -> Finding | None:
        """Append what explains `step`, or return the finding that nothing does."""
        before = self._states[-1]
        if step.action is None and not self._differences(step.variables, before):
            self._extend(TraceStep(step.number, None, (), (), self._spec.bindings(before)), before)
            return None
        closest = _Closest(self._differences, step.variables)
        for instance, successor in self._candidates(step, before):
            if closest.offer(successor.state):
                self._take(step.number, instance, successor)
                return None
        return self._unexplained(step, before, closest)

    def _take(self, number: int, instance: ActionInstance, successor: Successor) -> None:
        variables = self._spec.bindings(successor.state)
        label = (instance.action, instance.parameters, successor.choices)
        self._extend(TraceStep(number, *label, variables), successor.state)

    def _extend(self, step: TraceStep, state: State) -> None:
        self._steps.append(step)
        self._states.append(state)

    def _candidates(
        self, step: TraceStep, before: State
    ) -> Iterator[tuple[ActionInstance, Successor]]:
        """Yield the successors by instances that have the step's action, parameters and choices."""
        for instance in self._model.instances:
            if step.action is not None and instance.action != step.action:
                continue
            for successor in self._model.successors(instance, before):
                if self._fits(step, instance, successor):
                    yield instance, successor

    def _fits(self, step: TraceStep, instance: ActionInstance, successor: Successor) -> bool:
        """Whether the parameters and choices that `step` tells are those of the successor."""
        known = dict((*instance.parameters, *successor.choices))
        for place, (_, value) in enumerate(instance.parameters, start=1):
            known[positional(place)] = value
        told = (*(step.parameters or ()), *step.choices)
        return all(name in known and self._same(value, known[name]) for name, value in told)

    def _unexplained(self, step: TraceStep, before: State, closest: _Closest) -> Finding:
        source, actions = self._trace.source, sorted({i.action for i in self._model.instances})
        if step.action is not None and step.action not in actions:
            near = nearest(step.action, actions)
            return cf506.unknown_action(source, step, near)
        other = TraceStep(step.number, None, None, (), step.variables)
        reached = self._candidates(other, before)
        explanations = (i for i, s in reached if not self._differences(step.variables, s.state))
        instance = next(explanations, None) if step.action is not None else None
        return cf506.not_a_step(source, step, closest.differences, instance)

    # --- Comparison ------------------------------------------------------------------------------

    def _same(self, recorded: Value, exact: Value) -> bool:
        """Whether `recorded` is what the format makes of the model's `exact` value."""
        if same(recorded, exact):
            return True
        if self._untyped:
            recorded = restored(recorded, shape_of(exact), untyped=True)
        return same(without_model_values(recorded), without_model_values(exact))

    def _differences(self, recorded: Bindings, state: State) -> tuple[Difference, ...]:
        """Return where the model's `state` (expected) and the recorded one (found) differ."""
        found = dict(recorded)
        pairs = ((name, value, found[name]) for name, value in self._spec.bindings(state))
        return tuple(
            narrowed(name, exact, told)
            for name, exact, told in pairs
            if not self._same(told, exact)
        )
