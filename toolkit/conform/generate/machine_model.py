"""A generated machine as a Model, so that it is explored and compared like any other reading.

Each action is an instance for each binding of its parameters; what it chooses is chosen inside. An
action whose choices depend on the state has its parameters among the choices too, as the machine
lists them only where it is enabled.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from types import ModuleType
from typing import Any

from msgspec import Struct

from conform.domain.acceleration import Accelerator
from conform.domain.actions import ActionInstance, Observation, Successor
from conform.domain.explanation import Condition, Effect, Explanation
from conform.domain.fairness import FairnessCondition
from conform.domain.machine import Machine, MachineAction
from conform.domain.model import Alias, Identity, Unchecked
from conform.domain.plain import from_plain
from conform.domain.run import RunContext
from conform.domain.states import Predicate, Slot, Slots, State, StepPredicate
from conform.domain.temporal import Temporal, TemporalProperty
from conform.domain.values import Bindings
from conform.errors import EvaluationError, UnsupportedError
from conform.generate.conjuncts import LEAF, DividedMachine, divided
from conform.generate.execution import FAILURES, execute
from conform.generate.footprints import Footprint, Footprints
from conform.generate.machine_liveness import fairness_of, leaf, liveness_of
from conform.generate.machine_values import MachineValues, values_of
from conform.text import Source, Span


class MachinePredicate(Struct, frozen=True):
    """A Predicate: a method or property of the machine without parameters."""

    name: str
    span: Span
    reads: Slots | None
    machine: Any
    values: MachineValues
    member: str
    is_method: bool

    def holds(self, state: State) -> bool:
        """Return its value in `state`; raise EvaluationError if it has none."""
        try:
            found = getattr(self.machine.at(self.values.machine_state(state)), self.member)
            return bool(found() if self.is_method else found)
        except FAILURES as error:
            raise EvaluationError(f"{self.name}: {error}", span=self.span) from None


class MachineStepPredicate(Struct, frozen=True):
    """A StepPredicate: a method of the machine that takes the state before."""

    name: str
    span: Span
    reads: Slots | None
    machine: Any
    values: MachineValues
    member: str

    def holds(self, before: State, after: State) -> bool:
        """Return its value on a step; raise EvaluationError if it has none."""
        machine = self.machine.at(self.values.machine_state(after))
        try:
            return bool(getattr(machine, self.member)(self.values.machine_state(before)))
        except FAILURES as error:
            raise EvaluationError(f"{self.name}: {error}", span=self.span) from None


class _Call(Struct, frozen=True):
    """How an instance is asked: its action and arguments; None where the machine lists them."""

    action: MachineAction
    arguments: tuple[Any, ...] | None


@dataclass(slots=True, eq=False)
class MachineModel:
    """A Model of a generated machine, with the liveness and the fairness that it states."""

    name: str
    slots: tuple[Slot, ...]
    instances: tuple[ActionInstance, ...]
    invariants: tuple[Predicate, ...]
    action_properties: tuple[StepPredicate, ...]
    constraints: tuple[Predicate, ...]
    _machine: Any
    _values: MachineValues
    _calls: tuple[_Call, ...]
    _spans: dict[str, Span]
    _effects: dict[str, tuple[tuple[str, str, Span], ...]]
    initial_properties: tuple[Predicate, ...] = ()
    action_constraints: tuple[StepPredicate, ...] = ()
    liveness: tuple[TemporalProperty, ...] = ()
    fairness: tuple[FairnessCondition, ...] = ()
    temporal_assumptions: tuple[Temporal, ...] = ()
    assumptions: tuple[Predicate, ...] = ()
    unchecked: tuple[Unchecked, ...] = ()
    checks_deadlock: bool = False
    accelerator: Accelerator | None = None
    identity: Identity | None = None
    postconditions: tuple[Predicate, ...] = ()
    alias: Alias | None = None
    run: RunContext = field(default_factory=RunContext)

    def initial_states(self) -> Iterator[State]:
        """Yield the initial state."""
        try:
            yield self._values.state(self._machine.initial_state())
        except FAILURES as error:
            span = self._spans["initial_state"]
            raise EvaluationError(f"initial_state: {error}", span=span) from None

    def successors(self, instance: ActionInstance, state: State) -> Iterator[Successor]:
        """Yield each successor of `state` by `instance`, one for each way to choose."""
        call = self._calls[instance.number]
        machine = self._machine.at(self._values.machine_state(state))
        try:
            if call.arguments is None:
                yield from self._listed(call.action, machine)
            elif getattr(machine, f"why_not_{call.action.identifier}")(*call.arguments) is None:
                yield from self._chosen(call.action, machine, call.arguments)
        except FAILURES as error:
            raise EvaluationError(f"{instance.action}: {error}", span=instance.span) from None

    def _chosen(
        self, action: MachineAction, machine: Any, arguments: tuple[Any, ...]
    ) -> Iterator[Successor]:
        names = tuple(choice.parameter.name for choice in action.choices)
        if not names:
            yield Successor(self._after(action, machine, arguments), ())
            return
        for chosen in getattr(machine, f"choices_for_{action.identifier}")(*arguments):
            values = chosen if len(names) > 1 else (chosen,)
            after = self._after(action, machine, (*arguments, *values))
            yield Successor(after, _bindings(names, values))

    def _listed(self, action: MachineAction, machine: Any) -> Iterator[Successor]:
        for name, parameters in machine.enabled():
            if name == action.name:
                after = self._after(action, machine, tuple(parameters.values()))
                yield Successor(after, _bindings(tuple(parameters), tuple(parameters.values())))

    def _after(self, action: MachineAction, machine: Any, arguments: tuple[Any, ...]) -> State:
        following = machine.at(machine.state)
        getattr(following, action.identifier)(*arguments)
        return self._values.state(following.state)

    def observe(self, instance: ActionInstance, state: State) -> Observation:
        """Return the successors, with all that the instance may read and write."""
        every = frozenset(range(len(self.slots)))
        found = tuple(self.successors(instance, state))
        reads = every if instance.reads is None else instance.reads
        return Observation(found, reads, instance.writes)

    def ranging(self, instance: ActionInstance) -> None:
        """Return None: no instance is known to take the elements of a set."""

    def explain(self, instance: ActionInstance, state: State) -> Explanation:
        """Return the first line of the guard that is false, and what the action assigns."""
        call = self._calls[instance.number]
        conditions: tuple[Condition, ...] = ()
        if call.arguments is not None:
            machine = self._machine.at(self._values.machine_state(state))
            member = f"why_not_{call.action.identifier}"
            try:
                unmet = getattr(machine, member)(*call.arguments)
            except FAILURES:  # what has no value explains nothing
                unmet = None
            if unmet is not None:
                conditions = (Condition(unmet.line, self._spans[member], holds=False),)
        names = dict(zip(self._values.fields, self.slots, strict=True))
        effects = tuple(
            Effect(names[identifier].variable, text, span)
            for identifier, text, span in self._effects.get(call.action.identifier, ())
        )
        return Explanation(conditions, effects)


def _bindings(names: tuple[str, ...], values: tuple[Any, ...]) -> Bindings:
    return tuple(zip(names, map(from_plain, values), strict=True))


def build_machine_model(
    machine: Machine, source: Source, constraints: Sequence[str] = ()
) -> MachineModel:
    """Return the model of a machine whose generated text is `source`, which is executed.

    `constraints` are formulas by the specification's names, as the configuration lists them. Raises
    UnsupportedError for a machine that lacks an action or a constraint, or a text that is refused.
    """
    for omission in machine.omissions:
        if omission.kind == "action":
            raise UnsupportedError(
                f"the generated machine lacks the action {omission.name}: {omission.reason}",
                span=omission.span,
                excerpt=omission.excerpt,
            )
    invariants = (each.identifier for each in machine.properties if not each.is_step)
    liveness = (each.identifier for each in machine.liveness)
    whole = divided(source, machine.class_name, invariants, liveness)
    module = execute(whole.source)
    setattr(module, LEAF, leaf)
    try:
        return _Builder(machine, source, whole, module).build(constraints)
    except FAILURES as error:  # of a machine that somebody edited
        raise UnsupportedError(
            f"the machine cannot be run: {error!r}", span=source.whole()
        ) from None


class _Builder:
    def __init__(
        self, machine: Machine, source: Source, whole: DividedMachine, module: ModuleType
    ) -> None:
        self._machine = machine
        self._source = source
        self._parts = whole.parts
        self._module = module
        self._executed = getattr(module, machine.class_name)()
        self._values = values_of(machine, module)
        self._footprints = Footprints(whole.tree, machine.class_name)
        tree = ast.parse(source.text)
        self._written = Footprints(tree, machine.class_name)
        self._tables = {
            node.target.id: node.lineno
            for node in tree.body
            if isinstance(node, ast.AnnAssign) and isinstance(node.target, ast.Name)
        }
        self._places = {name: place for place, name in enumerate(self._values.fields)}

    def build(self, constraints: Sequence[str]) -> MachineModel:
        model = self._model(constraints)
        model.liveness = liveness_of(self._executed, self._values, dict(self._stated()))
        if model.liveness:
            model.fairness = fairness_of(
                self._module,
                model.instances,
                len(model.slots),
                model.successors,
                self._table("FAIRNESS"),
            )
        return model

    def _model(self, constraints: Sequence[str]) -> MachineModel:
        calls = list(self._calls())
        properties = self._machine.properties
        return MachineModel(
            self._machine.name,
            tuple(Slot(each.name) for each in self._machine.variables),
            tuple(self._instance(number, call) for number, call in enumerate(calls)),
            tuple(
                self._predicate(each.name, each.identifier, part, is_method=True)
                for each in properties
                if not each.is_step
                for part in self._parts.get(each.identifier, (each.identifier,))
            ),
            tuple(self._step(each.name, each.identifier) for each in properties if each.is_step),
            tuple(map(self._constraint, constraints)),
            self._executed,
            self._values,
            tuple(calls),
            {name: self._span(name) for name in self._written.lines},
            {name: self._effects(name) for name in self._written.lines},
        )

    def _stated(self) -> Iterator[tuple[str, tuple[str, Span, Slots | None]]]:
        """Yield each liveness property that the machine lists: its method, place and reads."""
        members = {each.name: each.identifier for each in self._machine.liveness}
        for name in getattr(self._module, "LIVENESS", ()):
            if name not in members:
                span = self._table("LIVENESS")
                raise UnsupportedError(f"LIVENESS has no property `{name}` to list", span=span)
            member = members[name]
            reads = self._reads(self._footprints.of(member))
            yield name, (member, self._span(member), reads)

    def _table(self, name: str) -> Span:
        """Return the first line of a table at the end of the module."""
        return self._at(self._tables.get(name, 1))

    def _calls(self) -> Iterator[_Call]:
        """Yield the instances: those listed for any state, then the actions that have none."""
        actions = {each.name: each for each in self._machine.actions}
        seen: set[tuple[str, tuple[Any, ...]]] = set()
        listed: set[str] = set()
        for name, given in self._executed.instances():
            action = actions[name]
            arguments = tuple(given[each.name] for each in action.parameters)
            listed.add(name)
            if (name, arguments) not in seen:
                seen.add((name, arguments))
                yield _Call(action, arguments)
        for name, action in actions.items():
            if name not in listed and not all(choice.is_constant for choice in action.choices):
                yield _Call(action, None)

    def _instance(self, number: int, call: _Call) -> ActionInstance:
        action = call.action
        own = (f"why_not_{action.identifier}", f"choices_for_{action.identifier}")
        found = self._footprints.of(*own, action.identifier)
        every = frozenset(self._places.values())
        writes = every if found is None else self._slots(found.writes)
        reads = None if found is None or call.arguments is None else self._slots(found.reads)
        names = tuple(each.name for each in action.parameters)
        parameters = () if call.arguments is None else _bindings(names, call.arguments)
        return ActionInstance(
            number, action.name, parameters, self._span(action.identifier), reads, writes
        )

    def _slots(self, identifiers: frozenset[str]) -> Slots:
        return frozenset(self._places[name] for name in identifiers)

    def _span(self, method: str) -> Span:
        return self._at(self._written.lines.get(method, 1))

    def _effects(self, method: str) -> tuple[tuple[str, str, Span], ...]:
        return tuple(
            (each.identifier, each.text, self._at(each.line))
            for each in self._written.writings[method]
            if each.identifier in self._places
        )

    def _at(self, line: int) -> Span:
        return Span(self._source.path, line, 1, line, max(1, len(self._source.line(line))))

    def _reads(self, found: Footprint | None) -> Slots | None:
        return None if found is None else self._slots(found.reads)

    def _predicate(self, name: str, member: str, part: str, *, is_method: bool) -> MachinePredicate:
        """Return what `part`, a conjunct of a member or the member itself, says."""
        reads = self._reads(self._footprints.of(part))
        span = self._span(member)
        return MachinePredicate(name, span, reads, self._executed, self._values, part, is_method)

    def _step(self, name: str, member: str) -> MachineStepPredicate:
        every = frozenset(self._places.values())
        return MachineStepPredicate(
            name, self._span(member), every, self._executed, self._values, member
        )

    def _constraint(self, name: str) -> MachinePredicate:
        for operator in self._machine.operators:
            if operator.name == name and not operator.parameters:
                member = operator.identifier
                return self._predicate(name, member, member, is_method=False)
        raise UnsupportedError(
            f"the constraint {name} has no counterpart in the generated machine, whose states are "
            "without bound then"
        )
