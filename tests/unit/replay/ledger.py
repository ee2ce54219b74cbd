"""A toy spec, its model, and implementations of it: two owners, each with an account.

Variables: `balance` (owner → 0..3, one slot an owner), `isOpen`, `seen` (set of owners). Actions:
Deposit(w), which chooses an amount in 1..2; Withdraw(w), which takes one; Close. Nothing is enabled
once the ledger is closed.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from conform.domain.acceleration import Accelerator
from conform.domain.actions import ActionInstance, Observation, Successor
from conform.domain.fairness import FairnessCondition
from conform.domain.model import Alias, Identity, Unchecked
from conform.domain.run import RunContext
from conform.domain.states import Predicate, Slot, State, StepPredicate
from conform.domain.temporal import Temporal, TemporalProperty
from conform.domain.trace import Trace, TraceStep
from conform.domain.values import Bindings, ModelValue, SetValue
from conform.replay.replaying import Replayer
from conform.replay.spec_states import SpecStates
from conform.text import Span

OWNERS = (ModelValue("w1"), ModelValue("w2"))
SPAN = Span("Ledger.tla", 1, 1, 1, 1)
CONSTANTS: Mapping[str, object] = {"Owners": frozenset({"w1", "w2"}), "Limit": 3}


@dataclass(frozen=True)
class LedgerModel:
    """The model; `balance` is split into slots."""

    name: str = "Ledger"
    slots: tuple[Slot, ...] = (
        Slot("balance", OWNERS[0]),
        Slot("isOpen"),
        Slot("balance", OWNERS[1]),
        Slot("seen"),
    )
    invariants: tuple[Predicate, ...] = ()
    initial_properties: tuple[Predicate, ...] = ()
    action_properties: tuple[StepPredicate, ...] = ()
    constraints: tuple[Predicate, ...] = ()
    action_constraints: tuple[StepPredicate, ...] = ()
    liveness: tuple[TemporalProperty, ...] = ()
    fairness: tuple[FairnessCondition, ...] = ()
    temporal_assumptions: tuple[Temporal, ...] = ()
    assumptions: tuple[Predicate, ...] = ()
    unchecked: tuple[Unchecked, ...] = ()
    accelerator: Accelerator | None = None
    checks_deadlock: bool = False
    identity: Identity | None = None
    postconditions: tuple[Predicate, ...] = ()
    alias: Alias | None = None
    run: RunContext = field(default_factory=RunContext)

    @property
    def instances(self) -> tuple[ActionInstance, ...]:
        """Deposit and Withdraw for each owner, and Close."""
        labels = [(name, (("w", w),)) for name in ("Deposit", "Withdraw") for w in OWNERS]
        all_labels: list[tuple[str, Bindings]] = [*labels, ("Close", ())]
        return tuple(
            ActionInstance(n, name, parameters, SPAN, None, frozenset(range(4)))
            for n, (name, parameters) in enumerate(all_labels)
        )

    def initial_states(self) -> Iterator[State]:
        """Yield the one initial state."""
        yield (0, True, 0, SetValue([]))

    def successors(self, instance: ActionInstance, state: State) -> Iterator[Successor]:
        """Yield what the instance leads to."""
        first, is_open, second, seen = state
        if not is_open:
            return
        if instance.action == "Close":
            yield Successor((first, False, second, seen), ())
            return
        owner = instance.parameters[0][1]
        place = 2 * OWNERS.index(ModelValue(str(owner)))
        balance = state[place]
        assert isinstance(balance, int)
        assert isinstance(seen, SetValue)
        changes = (1, 2) if instance.action == "Deposit" else (-1,)
        for change in changes:
            if 0 <= balance + change <= 3:
                after = list(state)
                after[place] = balance + change
                after[3] = SetValue([*seen, owner])
                choices: Bindings = (("amount", change),) if change > 0 else ()
                yield Successor(tuple(after), choices)

    def observe(self, instance: ActionInstance, state: State) -> Observation:
        """Return the successors; everything counts as read."""
        every = frozenset(range(4))
        return Observation(tuple(self.successors(instance, state)), every, every)

    def ranging(self, instance: ActionInstance) -> None:
        """Return None: no instance is known to take the elements of a set."""


MODEL = LedgerModel()
SPEC = SpecStates(MODEL.slots)


def follow(*labels: tuple[str, str, int]) -> Trace:
    """Return the trace of (action, owner or "", amount or 0) steps, as the model takes them."""
    (present,) = MODEL.initial_states()
    steps = [TraceStep(1, None, (), (), SPEC.bindings(present))]
    for number, (action, owner, amount) in enumerate(labels, start=2):
        parameters: Bindings = (("w", ModelValue(owner)),) if owner else ()
        choices: Bindings = (("amount", amount),) if amount else ()
        present = next(
            successor.state
            for instance in MODEL.instances
            if (instance.action, instance.parameters) == (action, parameters)
            for successor in MODEL.successors(instance, present)
            if successor.choices == choices
        )
        steps.append(TraceStep(number, action, parameters, choices, SPEC.bindings(present)))
    return Trace("run", tuple(steps))


RUN = follow(("Deposit", "w1", 2), ("Deposit", "w2", 1), ("Withdraw", "w1", 0), ("Close", "", 0))
"""A run that takes every action."""


class Ledger:
    """A correct implementation; the faulty ones change one method."""

    def __init__(self) -> None:
        self.balance = {"w1": 0, "w2": 0}
        self.is_open = True
        self.seen: set[str] = set()

    def perform(self, action: str, parameters: Mapping[str, object]) -> bool:
        """Take the step if it is allowed."""
        match action:
            case "Deposit":
                return self.change(str(parameters["w"]), int(str(parameters["amount"])))
            case "Withdraw":
                return self.change(str(parameters["w"]), -1)
            case "Close":
                return self.close()
        raise LookupError(f"there is no action {action}")

    def change(self, owner: str, amount: int) -> bool:
        """Change a balance within its limits."""
        if not self.is_open or not 0 <= self.balance[owner] + amount <= 3:
            return False
        self.balance[owner] += amount
        self.seen.add(owner)
        return True

    def close(self) -> bool:
        """Close the ledger once."""
        was_open, self.is_open = self.is_open, False
        return was_open

    def state(self) -> Mapping[str, object]:
        """Return the spec's variables."""
        return {"balance": self.balance, "isOpen": self.is_open, "seen": self.seen}


def replayer(made: type[Ledger] = Ledger) -> Replayer:
    """Return a replayer of the ledger against implementations of that class."""
    return Replayer(lambda constants: made(), CONSTANTS, SPEC.variables)
