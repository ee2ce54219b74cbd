"""The Model seam: what a specification DOES, whatever language it was written in.

A model is a list of slots and a list of action instances. A state is one value for each slot. The
explorer asks one instance about one state; it never sees the language. So that an engine can
remember answers, everything that is asked says which slots it can read (`reads`), and an
instance also which slots it can write (`writes`):

* a predicate's value depends on no slot outside `reads`;
* the successors that an instance yields agree with the state on every slot outside `writes`, and
  what they hold inside `writes`, and how many there are, depends on no slot outside `reads`.

`reads` is None where the front-end cannot vouch for that; then nothing may be remembered.
`observe` gives the slots really read in one evaluation, short circuits included, for engines that
key on those.

A model may have an `accelerator`: quicker functions for questions asked again and again. Its
answers are those of the model itself, which stays the reference that they are checked against.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterator, Sequence
from enum import StrEnum
from typing import Protocol, TypeAlias

from msgspec import Struct

from conform.domain.acceleration import Accelerator
from conform.domain.actions import ActionInstance, Observation, Ranging, Successor
from conform.domain.fairness import FairnessCondition
from conform.domain.run import RunContext
from conform.domain.states import Predicate, Slot, Slots, State, StepPredicate
from conform.domain.temporal import Temporal, TemporalProperty
from conform.domain.values import Bindings, Value
from conform.text import Span


class PropertyKind(StrEnum):
    """The kinds of property, named as reports name them."""

    INVARIANT = "invariant"
    INITIAL = "initial"
    ACTION = "action property"
    LIVENESS = "liveness"
    POSTCONDITION = "postcondition"
    EXISTS = "exists"


class Unchecked(Struct, frozen=True):
    """A property or part of one that the front-end cannot give as a formula, and why."""

    name: str
    kind: PropertyKind
    reason: str
    span: Span


Move: TypeAlias = Callable[[Value], Value]
"""What one permutation makes of the value of a slot."""


class Identity(Protocol):
    """What makes several states count as one: those with equal keys (TLC's VIEW and SYMMETRY).

    The search keeps the first state of each key. `reads` is as for predicates. Two things make
    classes quick to tell. `moves`, a group without its identity: two states have equal keys exactly
    if they are equal or one of these makes the one of the other, slot by slot. `tells`, some slots:
    two states have equal keys exactly if these have equal values.
    """

    @property
    def name(self) -> str: ...
    @property
    def reads(self) -> Slots | None: ...
    @property
    def moves(self) -> Sequence[Move] | None: ...
    @property
    def tells(self) -> Slots | None: ...
    def key(self, state: State) -> Hashable:
        """Return the key of `state`; raise EvaluationError if it has none."""


class Alias(Protocol):
    """What traces show in place of the variables (TLC's ALIAS)."""

    @property
    def name(self) -> str: ...
    def shown(self, before: State, after: State) -> Bindings:
        """Return what to show of `before`, the next state of the trace being `after`.

        Raises EvaluationError if it has no value, or none that names what it shows.
        """


class Model(Protocol):
    """What the explorer needs to know; attributes are constant, methods are pure functions.

    `invariants` are checked on every new state, `action_properties` on every step and
    `initial_properties` on initial states; `constraints` and `action_constraints` cut states and
    steps off. `liveness` formulas are checked on behaviours that satisfy all `fairness` and all
    `temporal_assumptions`.
    """

    @property
    def name(self) -> str: ...
    @property
    def slots(self) -> Sequence[Slot]: ...
    @property
    def instances(self) -> Sequence[ActionInstance]: ...
    @property
    def invariants(self) -> Sequence[Predicate]: ...
    @property
    def initial_properties(self) -> Sequence[Predicate]: ...
    @property
    def action_properties(self) -> Sequence[StepPredicate]: ...
    @property
    def constraints(self) -> Sequence[Predicate]: ...
    @property
    def action_constraints(self) -> Sequence[StepPredicate]: ...
    @property
    def liveness(self) -> Sequence[TemporalProperty]: ...
    @property
    def fairness(self) -> Sequence[FairnessCondition]: ...
    @property
    def temporal_assumptions(self) -> Sequence[Temporal]: ...
    @property
    def assumptions(self) -> Sequence[Predicate]:
        """The ASSUMEs; each is asked about the empty state `()` before anything else."""

    @property
    def unchecked(self) -> Sequence[Unchecked]:
        """What was asked for and cannot be checked: the run ends INCOMPLETE because of it."""

    @property
    def checks_deadlock(self) -> bool: ...
    @property
    def accelerator(self) -> Accelerator | None:
        """Quicker functions for what is asked often; None when the model has none."""

    @property
    def identity(self) -> Identity | None:
        """What identifies a state; None where states are one only when they are equal."""

    @property
    def postconditions(self) -> Sequence[Predicate]:
        """Formulas asked about the empty state `()` once the search has ended."""

    @property
    def alias(self) -> Alias | None:
        """What traces show in place of the variables, None for the variables themselves."""

    @property
    def run(self) -> RunContext:
        """What the model's formulas can learn of the run that evaluates them."""

    def initial_states(self) -> Iterator[State]:
        """Yield each initial state as often as TLC counts it; may raise EvaluationError."""

    def successors(self, instance: ActionInstance, state: State) -> Iterator[Successor]:
        """Yield each successor of `state` by `instance`, repeated where branches coincide."""

    def observe(self, instance: ActionInstance, state: State) -> Observation:
        """Return the successors together with the slots that were read and written."""

    def ranging(self, instance: ActionInstance) -> Ranging | None:
        """Return the same of one element after the other, None for an instance of another form."""
