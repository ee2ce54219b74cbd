"""Toy models in Python: the explorer's Model, given as functions on dicts of variables."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from conform.domain.acceleration import Accelerator
from conform.domain.actions import ActionInstance, Observation, Successor
from conform.domain.fairness import FairnessCondition, FairnessKind
from conform.domain.model import Alias, Identity, Unchecked
from conform.domain.run import RunContext
from conform.domain.states import Predicate, Slot, State, StepPredicate
from conform.domain.temporal import LeadsTo, StateAtom, Temporal, TemporalProperty
from conform.domain.values import Bindings, Value
from conform.text import Span

SPAN = Span("toy.tla", 1, 1, 1, 1)

Vars = dict[str, Value]
Test = Callable[[Vars], bool]
StepTest = Callable[[Vars, Vars], bool]
Effect = Callable[[Vars], Iterable[Mapping[str, Value]]]
"""Yields the assignments of each successor; a key that starts with `?` is a choice."""


@dataclass(frozen=True)
class ToyPredicate:
    """A predicate given as a function of the variables."""

    name: str
    names: tuple[str, ...]
    test: Test
    reads: frozenset[int] | None = None
    span: Span = SPAN

    def holds(self, state: State) -> bool:
        """Return the value of the function."""
        return self.test(dict(zip(self.names, state, strict=False)))


@dataclass(frozen=True)
class ToyStepPredicate:
    """A step predicate given as a function of the variables before and after."""

    name: str
    names: tuple[str, ...]
    test: StepTest
    reads: frozenset[int] | None = None
    span: Span = SPAN

    def holds(self, before: State, after: State) -> bool:
        """Return the value of the function."""
        return self.test(
            dict(zip(self.names, before, strict=True)), dict(zip(self.names, after, strict=True))
        )


@dataclass
class Toy:
    """A model of a few variables; a dataclass that satisfies the Model Protocol."""

    names: tuple[str, ...]
    initial: Callable[[], Iterable[Vars]]
    name: str = "Toy"
    checks_deadlock: bool = False
    invariants: list[Predicate] = field(default_factory=list)
    initial_properties: list[Predicate] = field(default_factory=list)
    action_properties: list[StepPredicate] = field(default_factory=list)
    constraints: list[Predicate] = field(default_factory=list)
    action_constraints: list[StepPredicate] = field(default_factory=list)
    liveness: list[TemporalProperty] = field(default_factory=list)
    fairness: list[FairnessCondition] = field(default_factory=list)
    temporal_assumptions: list[Temporal] = field(default_factory=list)
    assumptions: list[Predicate] = field(default_factory=list)
    unchecked: list[Unchecked] = field(default_factory=list)
    identity: Identity | None = None
    postconditions: list[Predicate] = field(default_factory=list)
    alias: Alias | None = None
    run: RunContext = field(default_factory=RunContext)
    instances: list[ActionInstance] = field(default_factory=list)
    effects: list[Effect] = field(default_factory=list)
    accelerator: Accelerator | None = None
    evaluations: int = 0

    @property
    def slots(self) -> Sequence[Slot]:
        """One slot for each variable."""
        return [Slot(name) for name in self.names]

    def slots_of(self, names: Iterable[str] | None) -> frozenset[int] | None:
        """Return the slots of some variables; None stays None."""
        return None if names is None else frozenset(map(self.names.index, names))

    def action(
        self,
        name: str,
        effect: Effect,
        reads: Iterable[str] | None = None,
        writes: Iterable[str] | None = None,
        parameters: Bindings = (),
    ) -> ActionInstance:
        """Add an action instance; it writes all variables unless told."""
        written = self.slots_of(self.names if writes is None else writes) or frozenset()
        number = len(self.instances)
        instance = ActionInstance(number, name, parameters, SPAN, self.slots_of(reads), written)
        self.instances.append(instance)
        self.effects.append(effect)
        return instance

    def predicate(self, name: str, test: Test, reads: Iterable[str] | None = None) -> ToyPredicate:
        """Return a predicate over this model's states."""
        return ToyPredicate(name, self.names, test, self.slots_of(reads))

    def step_predicate(
        self, name: str, test: StepTest, reads: Iterable[str] | None = None
    ) -> ToyStepPredicate:
        """Return a predicate over this model's steps."""
        return ToyStepPredicate(name, self.names, test, self.slots_of(reads))

    def invariant(self, name: str, test: Test, reads: Iterable[str] | None = None) -> None:
        """Add an invariant."""
        self.invariants.append(self.predicate(name, test, reads))

    def leads_to(self, name: str, premise: Test, conclusion: Test) -> LeadsTo:
        """Add the liveness property `premise ~> conclusion`."""
        formula = LeadsTo(
            StateAtom(self.predicate("premise", premise)),
            StateAtom(self.predicate("conclusion", conclusion)),
        )
        self.temporal(name, formula)
        return formula

    def temporal(self, name: str, formula: Temporal) -> None:
        """Add a temporal property."""
        self.liveness.append(TemporalProperty(name, (), SPAN, formula))

    def fair(self, kind: FairnessKind, *instances: ActionInstance) -> None:
        """Add a fairness condition on the union of some instances, with all variables subscript."""

        def enabled(values: Vars) -> bool:
            state = tuple(values.values())
            return any(
                successor.state != state
                for instance in instances
                for successor in self.successors(instance, state)
            )

        def taken(before: Vars, after: Vars) -> bool:
            state, goal = tuple(before.values()), tuple(after.values())
            return state != goal and any(
                successor.state == goal
                for instance in instances
                for successor in self.successors(instance, state)
            )

        name = instances[0].action
        condition = FairnessCondition(
            kind,
            name,
            (),
            SPAN,
            self.predicate(f"ENABLED {name}", enabled),
            self.step_predicate(name, taken),
        )
        self.fairness.append(condition)

    def initial_states(self) -> Iterator[State]:
        """Yield the states of `initial`."""
        for values in self.initial():
            yield tuple(values[name] for name in self.names)

    def successors(self, instance: ActionInstance, state: State) -> Iterator[Successor]:
        """Yield what the instance's effect yields."""
        self.evaluations += 1
        values = dict(zip(self.names, state, strict=True))
        for change in self.effects[instance.number](dict(values)):
            after = tuple(change.get(name, values[name]) for name in self.names)
            choices = tuple((k[1:], v) for k, v in change.items() if k.startswith("?"))
            yield Successor(after, choices)

    def observe(self, instance: ActionInstance, state: State) -> Observation:
        """Return the successors, with all slots read and written."""
        everything = frozenset(range(len(self.names)))
        return Observation(tuple(self.successors(instance, state)), everything, everything)

    def ranging(self, instance: ActionInstance) -> None:
        """Return None: no instance is known to take the elements of a set."""


def number(value: Value) -> int:
    """Return a value that must be an integer."""
    assert isinstance(value, int)
    return value


def equals(name: str, value: Value) -> Test:
    """Return the test whether a variable has a value."""
    return lambda v: v[name] == value


def turning(name: str, modulus: int) -> Effect:
    """Return the effect that counts a variable up modulo a number."""
    return lambda v: [{name: (number(v[name]) + 1) % modulus}]


def counting(name: str, limit: int) -> Effect:
    """Return the effect that counts a variable up to a limit."""
    return lambda v: [{name: number(v[name]) + 1}] if number(v[name]) < limit else []


def counter(limit: int) -> Toy:
    """Return a counter from 0 to `limit`."""
    toy = Toy(("x",), lambda: [{"x": 0}])
    toy.action("Count", counting("x", limit), ["x"], ["x"])
    return toy


def jugs() -> Toy:
    """Return the die-hard puzzle: a jug of 3 and one of 5, get 4; 16 states, as TLC counts them."""
    toy = Toy(("big", "small"), lambda: [{"big": 0, "small": 0}])

    def pour_to_big(v: Vars) -> list[Vars]:
        moved = min(number(v["small"]), 5 - number(v["big"]))
        return [{"big": number(v["big"]) + moved, "small": number(v["small"]) - moved}]

    def pour_to_small(v: Vars) -> list[Vars]:
        moved = min(number(v["big"]), 3 - number(v["small"]))
        return [{"big": number(v["big"]) - moved, "small": number(v["small"]) + moved}]

    toy.action("FillSmall", lambda v: [{"small": 3}], [], ["small"])
    toy.action("FillBig", lambda v: [{"big": 5}], [], ["big"])
    toy.action("EmptySmall", lambda v: [{"small": 0}], [], ["small"])
    toy.action("EmptyBig", lambda v: [{"big": 0}], [], ["big"])
    toy.action("SmallToBig", pour_to_big, ["big", "small"], ["big", "small"])
    toy.action("BigToSmall", pour_to_small, ["big", "small"], ["big", "small"])
    return toy
