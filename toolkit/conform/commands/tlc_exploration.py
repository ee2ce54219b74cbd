"""One module explored by TLC, told in the words of our model where we can read the module.

TLC's traces tell no parameters, no choices, and of a violated temporal property not even its name.
The model tells all three: the trace is aligned with it, and its own judge of fair behaviours says
which formula a lasso violates.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

from msgspec import Struct
from msgspec.structs import replace

from conform.check.cf311_engines_disagree import foreign_trace
from conform.commands.tla_artefact import TlaArtefact
from conform.domain.actions import ActionInstance
from conform.domain.exploration import ExplorationReport
from conform.domain.finding import Finding
from conform.domain.model import Model, PropertyKind
from conform.domain.states import State
from conform.domain.temporal import TemporalProperty
from conform.domain.trace import Trace, TraceStep
from conform.errors import ConformError
from conform.explore.liveness.evidence import Behaviour, is_fair_violation
from conform.languages.tlaplus.configuration import Configuration
from conform.replay.alignment import align
from conform.text import Span
from conform.tlc.installing import find_jar
from conform.tlc.reporting import Asked, report_of
from conform.tlc.running import TlcOptions, TlcRun, run_tlc
from conform.tlc.tool_output import Counts, Violated


class TlcQuestion(Struct, frozen=True):
    """A module and its configuration as the user named them, and what we could read of them.

    `artefact` is None where the embedded engine cannot read the module; `why_not` says why. The
    properties then have the kind that their keyword suggests. `without` are properties that
    the configuration at `configuration_path` no longer lists.
    """

    module: Path
    configuration_path: Path
    configuration: Configuration
    artefact: TlaArtefact | None
    why_not: str = ""
    without: frozenset[str] = frozenset()

    @property
    def properties(self) -> tuple[tuple[str, PropertyKind], ...]:
        """The properties that are asked about, with their kinds."""
        return tuple(row for row in _properties(self) if row[0] not in self.without)


def explore_with_tlc(
    question: TlcQuestion,
    options: TlcOptions,
    progress: Callable[[Counts], None] | None = None,
) -> ExplorationReport:
    """Run TLC and return its findings; raises InputError where TLC or Java is missing."""
    run = run_tlc(find_jar(), question.module, question.configuration_path, options, progress)
    told = _Told(question.artefact.model if question.artefact else None, question)
    run = told.completed(run)
    asked = Asked(
        str(question.module),
        str(question.configuration_path),
        question.properties,
        options.time_limit,
        options.simulation,
    )
    report = report_of(run, asked, told.closing_steps)
    message = report.message
    if report.trace and question.why_not:
        message = f"{message} (actions without parameters: {question.why_not})"
    return replace(report, message=message, findings=tuple(told.findings))


class _Told:
    """A run told in the model's words; `findings` are where the model contradicts."""

    def __init__(self, model: Model | None, question: TlcQuestion) -> None:
        self.findings: list[Finding] = []
        self.closing_steps: dict[str, TraceStep] = {}
        self._model = model
        self._question = question
        self._follows = model is not None and question.configuration.alias is None

    def completed(self, run: TlcRun) -> TlcRun:
        """Return the run with its traces aligned and its liveness violations named."""
        output = run.output
        violations = [one for violated in output.violations for one in self._named(violated)]
        deadlock, _ = self._aligned(output.deadlock) if output.deadlock else (None, None)
        failure = output.failure
        if failure and failure.trace:
            failure = replace(failure, trace=self._as_far_as_it_goes(failure.trace))
        output = replace(output, violations=tuple(violations), deadlock=deadlock, failure=failure)
        return replace(run, output=output)

    def _named(self, violated: Violated) -> Iterator[Violated]:
        if violated.trace is None:
            yield violated
            return
        trace, closing = self._aligned(violated.trace)
        names = self._names_of(violated, trace, closing)
        for name in names or [None]:
            if name and closing:
                self.closing_steps[name] = closing
            yield Violated(violated.kind, name, replace(trace, source=name or trace.source))

    def _aligned(self, trace: Trace) -> tuple[Trace, TraceStep | None]:
        """Return the trace completed by the model, and the step that closes a lasso."""
        if self._model is None or not self._follows:
            return trace, None
        alignment = align(trace, self._model)
        if alignment.findings:  # the two may name an action differently; its states decide
            alignment = align(_without_labels(trace), self._model)
        if alignment.findings:
            self.findings.append(foreign_trace(_whole(self._question), alignment.findings[0]))
            return trace, None
        steps = _as_embedded(alignment.trace.steps)
        closing = steps[-1] if len(steps) > len(trace.steps) else None
        return Trace(trace.source, steps[: len(trace.steps)], trace.loop_to), closing

    def _as_far_as_it_goes(self, trace: Trace) -> Trace:
        """Return the trace with what the model knows of it; its last state may be half a state."""
        if self._model is None or not self._follows:
            return trace
        for known in (trace.steps, trace.steps[:-1]):
            try:
                aligned = align(Trace(trace.source, known), self._model).trace
            except ConformError:  # the model has no value there either: what the trace is about
                continue
            steps = _as_embedded(aligned.steps)
            return Trace(trace.source, (*steps, *trace.steps[len(steps) :]))
        return trace

    # --- Which property? -------------------------------------------------------------------------

    def _names_of(
        self, violated: Violated, trace: Trace, closing: TraceStep | None
    ) -> list[str | None]:
        """Return the properties that a violation is of.

        Of a part of one that stands in an instance, TLC tells the place or the name in there.
        """
        properties = _properties(self._question)
        if violated.name in {name for name, _kind in properties}:
            return [violated.name]
        every = [name for name, kind in properties if kind is violated.kind]
        if violated.kind is PropertyKind.LIVENESS or self._model is None:
            return self._violated_by(trace, closing)
        if len(every) == 1:
            return [every[0]]
        return list(_false_at(self._model, violated.kind, trace))

    def _violated_by(self, trace: Trace, closing: TraceStep | None) -> list[str | None]:
        properties = self._question.properties
        every = [name for name, kind in properties if kind is PropertyKind.LIVENESS]
        if len(every) == 1:
            return [every[0]]
        behaviour = _behaviour(self._model, trace, closing) if self._model else None
        if behaviour is None or self._model is None:
            return []
        violated = (one for one in self._model.liveness if _violates(self._model, one, behaviour))
        return [*dict.fromkeys(formula.property_name for formula in violated)]


def _violates(model: Model, one: TemporalProperty, behaviour: Behaviour) -> bool:
    try:
        return is_fair_violation(model, one.formula, behaviour)
    except ConformError:  # a formula without a value on this behaviour is not shown to be violated
        return False


def _false_at(model: Model, kind: PropertyKind, trace: Trace) -> Iterator[str]:
    """Yield the names of initial or action properties that the end of a trace violates."""
    states = [_state(model, step) for step in trace.steps]
    if kind is PropertyKind.INITIAL:
        yield from dict.fromkeys(
            one.name for one in model.initial_properties if not one.holds(states[0])
        )
    elif kind is PropertyKind.ACTION and len(states) > 1:
        yield from dict.fromkeys(
            one.name for one in model.action_properties if not one.holds(states[-2], states[-1])
        )


def _properties(question: TlcQuestion) -> tuple[tuple[str, PropertyKind], ...]:
    if question.artefact is None:
        configuration = question.configuration
        rows = [(name.name, PropertyKind.INVARIANT) for name in configuration.invariants]
        rows += [(name.name, PropertyKind.LIVENESS) for name in configuration.properties]
        return tuple(rows)
    model: Model = question.artefact.model
    rows = [(one.name, PropertyKind.INVARIANT) for one in model.invariants]
    rows += [(one.name, PropertyKind.INITIAL) for one in model.initial_properties]
    rows += [(one.name, PropertyKind.ACTION) for one in model.action_properties]
    rows += [(one.property_name, PropertyKind.LIVENESS) for one in model.liveness]
    rows += [(one.name, one.kind) for one in model.unchecked]
    return tuple(dict.fromkeys(rows))


def _behaviour(model: Model, trace: Trace, closing: TraceStep | None) -> Behaviour | None:
    """Return the infinite behaviour that a lasso stands for; None where a step has no instance."""
    if trace.loop_to is None:
        return None
    taken = [*trace.steps[1:], *([closing] if closing else [])]
    instances = [_instance(model, step) for step in taken]
    known = tuple(instance.number for instance in instances if instance is not None)
    if len(known) < len(instances):
        return None
    states = tuple(_state(model, step) for step in trace.steps)
    return Behaviour(states, known, None if trace.ends_in_stuttering else trace.loop_to - 1)


def _instance(model: Model, step: TraceStep) -> ActionInstance | None:
    for instance in model.instances:
        if instance.action == step.action and instance.parameters == step.parameters:
            return instance
    return None


def _state(model: Model, step: TraceStep) -> State:
    variables = dict(step.variables)
    return tuple(variables[slot.variable] for slot in model.slots)


def _as_embedded(steps: tuple[TraceStep, ...]) -> tuple[TraceStep, ...]:
    """Return aligned steps as the embedded engine makes them: the first has no parameters."""
    return tuple(replace(step, parameters=None) if step.number == 1 else step for step in steps)


def _without_labels(trace: Trace) -> Trace:
    steps = tuple(replace(step, action=None, parameters=None) for step in trace.steps)
    return Trace(trace.source, steps, trace.loop_to)


def _whole(question: TlcQuestion) -> Span:
    return Span(str(question.module), 1, 1, 1, 1)
