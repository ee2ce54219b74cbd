"""A FizzBee specification as a Model that the explorer can walk."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass, field

from msgspec import Struct

from conform.domain.acceleration import Accelerator
from conform.domain.actions import ActionInstance, Observation, Successor
from conform.domain.explanation import Explanation
from conform.domain.fairness import FairnessCondition
from conform.domain.model import Alias, Identity, PropertyKind, Unchecked
from conform.domain.run import RunContext
from conform.domain.search_rules import SearchRules, StepBound
from conform.domain.states import Predicate, Slot, Slots, State, StepPredicate
from conform.domain.temporal import Always, Eventually, StateAtom, Temporal, TemporalProperty
from conform.errors import EvaluationError
from conform.languages.fizzbee import syntax
from conform.languages.fizzbee.action_bounds import ActionBounds, link_names
from conform.languages.fizzbee.count_notes import CountNote, crash_notes
from conform.languages.fizzbee.encoding import SharingError
from conform.languages.fizzbee.execution.code import Program, Routine
from conform.languages.fizzbee.execution.compiling import compile_specification
from conform.languages.fizzbee.explaining import explain
from conform.languages.fizzbee.fairness import FairnessMaker
from conform.languages.fizzbee.footprints import Footprints
from conform.languages.fizzbee.formulas import (
    Ask,
    FormulaPredicate,
    Part,
    by_parts,
    conjunct_nodes,
    is_formula,
)
from conform.languages.fizzbee.half_steps import (
    HalfStepPredicate,
    HalfSteps,
    chooses_late,
)
from conform.languages.fizzbee.identity import ThreadOrder
from conform.languages.fizzbee.inner_changes import changed_names
from conform.languages.fizzbee.instances import (
    FizzInstance,
    InstanceMaker,
)
from conform.languages.fizzbee.layout import RETURNS, Layout
from conform.languages.fizzbee.options import Options
from conform.languages.fizzbee.predicates import AssertionPredicate, TransitionPredicate
from conform.languages.fizzbee.repeats import EndlessChoiceError, repeats_of
from conform.languages.fizzbee.restrictions import heed_behaviour, heed_names
from conform.languages.fizzbee.role_counts import role_counts
from conform.languages.fizzbee.specification import Specification
from conform.languages.fizzbee.step_memory import StepMemory
from conform.languages.fizzbee.steps import StepKind, Steps
from conform.languages.fizzbee.symmetry import SymmetricStates
from conform.languages.fizzbee.syntax import AssertionKind, Flow
from conform.languages.fizzbee.telling_apart import told_apart
from conform.languages.fizzbee.unasked import without_unasked
from conform.languages.fizzbee.walking import chooses, descendants

PROBED_STATES = 64
"""States looked at before the search for two references to one object: those of the first steps."""


@dataclass(slots=True, eq=False)
class FizzModel:
    """A Model of one specification under its options.

    Slots are the state variables, then the roles, threads and returned values (`layout`).
    `instances` are numbered as in `ways`, which has their code. `count_notes` say why the number of
    states may not be FizzBee's.
    """

    name: str
    specification: Specification
    program: Program
    slots: tuple[Slot, ...]
    instances: tuple[ActionInstance, ...]
    ways: tuple[FizzInstance, ...]
    invariants: tuple[Predicate, ...]
    action_properties: tuple[StepPredicate, ...]
    liveness: tuple[TemporalProperty, ...]
    fairness: tuple[FairnessCondition, ...]
    temporal_assumptions: tuple[Temporal, ...]
    unchecked: tuple[Unchecked, ...]
    checks_deadlock: bool
    identity: Identity | None
    search_rules: SearchRules
    layout: Layout
    memory: StepMemory
    count_notes: tuple[CountNote, ...] = ()
    initial_properties: tuple[Predicate, ...] = ()
    constraints: tuple[Predicate, ...] = ()
    action_constraints: tuple[StepPredicate, ...] = ()
    assumptions: tuple[Predicate, ...] = ()
    postconditions: tuple[Predicate, ...] = ()
    accelerator: Accelerator | None = None
    alias: Alias | None = None
    run: RunContext = field(default_factory=RunContext)

    def initial_states(self) -> Iterator[State]:
        """Yield each initial state as often as the choices of Init lead to it."""
        return self.memory.steps.initial_states()

    def successors(self, instance: ActionInstance, state: State) -> Iterator[Successor]:
        """Yield each successor of `state` by `instance`, with the choices left inside the step."""
        return self.memory.successors(self.ways[instance.number], state)

    def observe(self, instance: ActionInstance, state: State) -> Observation:
        """Return the successors; what is read and written is what the text says can be."""
        found = tuple(self.successors(instance, state))
        return Observation(found, instance.reads or frozenset(), instance.writes)

    def ranging(self, instance: ActionInstance) -> None:
        """Return None: no instance is known to take the elements of a set."""

    def explain(self, instance: ActionInstance, state: State) -> Explanation:
        """Return the conditions of the action with their values in `state`, and its effects."""
        way, origin = self.ways[instance.number], self.specification
        return explain(way, origin.module, origin.source, self.memory.steps, state)


def build_model(
    specification: Specification, *, has_sharing: bool = False, has_circles: bool = False
) -> FizzModel:
    """Return the model of a specification.

    Where no state among the first has two references to one object, and `has_sharing` does not say
    that there are some, the model raises SharingError once it meets one: states are quicker to
    tell apart without. Likewise it raises EndlessChoiceError for a step that need not end, unless
    `has_circles` says that there are some; what asks about these is left unchecked then.

    Raises UnsupportedError for what is not treated, InputError for a file without behaviour and for
    names declared twice, InputError or EvaluationError where constants, `def`s or Init are wrong.
    """
    heed_behaviour(specification)
    heed_names(specification)
    while True:
        asked, unasked = without_unasked(specification, has_circles=has_circles)
        program = compile_specification(asked)
        model = _build(asked, program, unasked, has_sharing=has_sharing)
        try:
            _probe(model)
        except SharingError:
            if has_sharing:
                raise
            has_sharing = True
        except EndlessChoiceError:
            if has_circles:
                raise
            has_circles = True
        else:
            return model


def _probe(model: FizzModel) -> None:
    """Look at the first states; raise SharingError if one has two references to one object, and
    EndlessChoiceError if a step need not end where that matters.
    """
    states: dict[State, None] = {}
    waiting: list[State] = []
    with suppress(EvaluationError):  # the search will meet it again, and tell
        waiting.extend(model.initial_states())
    while waiting and len(states) < PROBED_STATES:
        state = waiting.pop(0)
        if state in states:
            continue
        states[state] = None
        for instance in model.instances:
            with suppress(EvaluationError):
                waiting.extend(each.state for each in model.successors(instance, state))


def _build(
    specification: Specification,
    program: Program,
    unasked: tuple[Unchecked, ...],
    *,
    has_sharing: bool,
) -> FizzModel:
    module, options, source = specification.module, specification.options, specification.source
    has_threads = _can_pause(module)
    layout = Layout(
        program,
        has_threads=has_threads,
        has_returns=_returns_values(module),
        has_sharing=has_sharing or bool(program.roles),
        changed_names=None
        if specification.libraries
        else changed_names(module, program.variables, has_threads=has_threads),
    )
    repeats = repeats_of(module)
    counts, most = role_counts(module, Steps(layout, source, {}, repeats=repeats), layout)
    bounds = ActionBounds(options, link_names(module, counts))
    steps = Steps(layout, source, most, bounds.uncrashable(), repeats)
    footprints = Footprints(module, program.variables)
    ways = InstanceMaker(module, program, layout, footprints, options, counts, bounds).instances()
    memory = StepMemory(steps, remembers=_asks_again(module, layout))
    fair = FairnessMaker(module, program, ways, layout, memory)
    properties = _Properties(module, program, layout, steps, footprints)
    liveness = tuple(properties.liveness())
    unchecked = _unchecked(options, fair, liveness)
    told = tuple(told_apart(specification, program))
    return FizzModel(
        specification.name,
        specification,
        program,
        layout.slots,
        tuple(way.instance for way in ways),
        ways,
        tuple(properties.states(AssertionKind.ALWAYS)),
        tuple(properties.transitions(ways)),
        () if unchecked else liveness,
        fair.conditions(),
        fair.assumptions(),
        (*unchecked, *unasked),
        options.deadlock_detection,
        _identity(specification, program, layout, is_reduced=not told),
        SearchRules(
            tuple(_bounds(options, bounds, ways)),
            frozenset(way.instance.number for way in ways if way.link.kind.is_fault),
            tuple(properties.states(AssertionKind.EXISTS)),
            deadlock_last=True,
        ),
        layout,
        memory,
        (*told, *crash_notes(specification)),
    )


def _identity(
    specification: Specification, program: Program, layout: Layout, *, is_reduced: bool
) -> Identity | None:
    """Return what makes several states one: the order of threads, and symmetry where it `is`."""
    is_ordered = layout.has_threads and specification.options.max_concurrent_actions > 1
    order = ThreadOrder(layout) if is_ordered else None
    roles = [role.name.name for role in specification.module.roles if role.is_symmetric]
    if is_reduced and (roles or program.symmetric_groups):
        return SymmetricStates(layout, program.symmetric_groups, roles, order)
    return order


def _asks_again(module: syntax.Module, layout: Layout) -> bool:
    """Whether liveness is checked of a model whose steps depend on all of a state."""
    kinds = (AssertionKind.ALWAYS_EVENTUALLY, AssertionKind.EVENTUALLY_ALWAYS)
    has_liveness = any(each.kind in kinds for each in module.assertions)
    return has_liveness and (layout.has_threads or layout.has_sharing)


def _unchecked(
    options: Options, fair: FairnessMaker, liveness: tuple[TemporalProperty, ...]
) -> list[Unchecked]:
    if not options.is_liveness_strict:
        reason = (
            f"the option `liveness: {options.liveness}` switches its check off"
            if options.is_liveness_skipped
            else f"liveness: {options.liveness} is not treated; strict is"
        )
        return [
            Unchecked(each.property_name, PropertyKind.LIVENESS, reason, each.span)
            for each in liveness
        ]
    return fair.unchecked([(each.property_name, each.span) for each in liveness])


def _can_pause(module: syntax.Module) -> bool:
    """Whether an action can be interrupted: anything in it, or in a `func` called, is not atomic.

    Assertions and the Init of a role run through what they call.
    """
    actions, functions = list(module.actions), list(module.functions)
    for role in module.roles:
        actions += role.actions
        functions += role.functions
    callers = [*actions, *functions, *([module.init] if module.init else [])]
    called = {
        part.function
        for caller in callers
        for part in descendants(caller)
        if isinstance(part, syntax.CallStatement)
    }
    reached = [each for each in functions if each.name.name in called]
    return any(
        getattr(part, "flow", None) in (Flow.SERIAL, Flow.PARALLEL)
        for routine in (*actions, *reached)
        for part in descendants(routine)
    )


def _returns_values(module: syntax.Module) -> bool:
    actions = [*module.actions, *(action for role in module.roles for action in role.actions)]
    return any(
        isinstance(part, syntax.Return) and part.value is not None
        for action in actions
        for part in descendants(action)
    )


def _bounds(
    options: Options, bounds: ActionBounds, ways: tuple[FizzInstance, ...]
) -> Iterator[StepBound]:
    started = [way for way in ways if way.link.kind is StepKind.START]
    every = frozenset(way.instance.number for way in started)
    yield StepBound("max_actions", every, options.max_actions)
    for bound in bounds.bounds:
        if bound.said.max_actions is not None:
            numbers = (way.instance.number for way in started if way.link.name in bound.links)
            name = f"max_actions of {bound.name}"
            most = bound.said.max_actions
            yield StepBound(name, frozenset(numbers), most, ends_paths=False)


class _Properties(Struct, frozen=True):
    """The assertions of a module, by what they are about."""

    module: syntax.Module
    program: Program
    layout: Layout
    steps: Steps
    footprints: Footprints

    def states(self, kind: AssertionKind) -> Iterator[Predicate]:
        """Yield the assertions of a kind as predicates over a state."""
        for node, routine in self._of(kind):
            yield self._predicate(node, routine)

    def transitions(self, ways: Sequence[FizzInstance]) -> Iterator[StepPredicate]:
        """Yield the assertions over two states, asked about whole steps and about half-done ones.

        `ways` are all instances.
        """
        module, layout = self.module, self.layout
        is_late = chooses_late(module, self.program.variables)
        halves = HalfSteps(self.steps, ways)
        for node, routine in self._of(AssertionKind.TRANSITION):
            before, after = (each.name for each in node.parameters)
            slots = self._read_by_transition(node)
            transition = TransitionPredicate(
                routine,
                (before, after),
                layout.everything if slots is None else slots,
                layout,
                self.steps,
                is_whole=slots is None,
            )
            yield transition
            if chooses(module):
                yield HalfStepPredicate(transition, halves, is_late, layout.everything)

    def _read_by_transition(self, node: syntax.Assertion) -> Slots | None:
        """Return all that an assertion can ask of two states; None where it may do anything."""
        layout = self.layout
        names = self.footprints.of_transition(node)
        if names is None or self.program.roles or layout.has_sharing:
            return None
        is_reading = self.footprints.is_reading(node.body)
        return frozenset(layout.places[name] for name in names) if is_reading else None

    def liveness(self) -> Iterator[TemporalProperty]:
        """Yield `[]<>P` and `<>[]P`."""
        for node, routine in self._of(AssertionKind.ALWAYS_EVENTUALLY):
            atom = StateAtom(self._predicate(node, routine))
            yield TemporalProperty(routine.name, (), routine.span, Always(Eventually(atom)))
        for node, routine in self._of(AssertionKind.EVENTUALLY_ALWAYS):
            atom = StateAtom(self._predicate(node, routine))
            yield TemporalProperty(routine.name, (), routine.span, Eventually(Always(atom)))

    def _of(self, kind: AssertionKind) -> Iterator[tuple[syntax.Assertion, Routine]]:
        pairs = zip(self.module.assertions, self.program.assertions, strict=True)
        return ((node, routine) for node, routine in pairs if node.kind is kind)

    def _predicate(self, node: syntax.Assertion, routine: Routine) -> Predicate:
        layout = self.layout
        if self.program.roles or layout.has_sharing:
            return AssertionPredicate(routine, layout.everything, layout, self.steps)
        reads, changing = self._touched_by(node)
        if not is_formula(node):
            return AssertionPredicate(routine, reads, layout, self.steps, changing)
        conjuncts = tuple(
            self._predicate(each, self.program.compile_assertion(each))
            for each in conjunct_nodes(node)
        )
        test = by_parts(node, self._part)
        return FormulaPredicate(routine.name, routine.span, reads, test, conjuncts)

    def _part(self, node: syntax.Assertion) -> Ask:
        routine = self.program.compile_assertion(node)
        reads, changing = self._touched_by(node)
        predicate = AssertionPredicate(routine, reads, self.layout, self.steps, changing)
        return Part(predicate.holds, tuple(sorted(reads))).holds

    def _touched_by(self, node: syntax.Assertion) -> tuple[Slots, Slots]:
        """Return what an assertion reads, and what it can change of it."""
        footprint = self.footprints.of(node)
        places = self.layout.places
        returns = {places[RETURNS]} if self.layout.has_returns else frozenset()
        reads = frozenset(places[name] for name in footprint.reads) | returns
        return reads, frozenset(places[name] for name in footprint.writes)
