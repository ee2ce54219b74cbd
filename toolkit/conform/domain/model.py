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

from collections.abc import Callable, Hashable, Iterable, Iterator, Sequence
from enum import Enum, StrEnum, auto
from typing import NamedTuple, Protocol, TypeAlias, assert_never

from msgspec import Struct

from conform.domain.run import RunContext
from conform.domain.values import Bindings, Value, format_value
from conform.text import Span

State: TypeAlias = tuple[Value, ...]
"""One value for each slot of the model, in its order."""

Slots: TypeAlias = frozenset[int]
"""Indices of slots, 0-based."""


class Slot(Struct, frozen=True):
    """A state variable, or with `key` one argument of a function-valued variable."""

    variable: str
    key: Value | None = None


class ActionInstance(Struct, frozen=True):
    """An action with its parameters bound; `number` is its place in `Model.instances`.

    Without `chooses` no successor comes with choices: nothing is left open once the parameters are
    bound.
    """

    number: int
    action: str
    parameters: Bindings
    span: Span
    reads: Slots | None
    writes: Slots
    chooses: bool = True

    @property
    def label(self) -> str:
        """The instance as people write it: `ReadEntry(w1, 3)`."""
        return label_of(self.action, self.parameters)


def label_of(action: str, parameters: Bindings) -> str:
    """Return an action with its parameters as people write it; without any, its name alone."""
    if not parameters:
        return action
    return f"{action}({', '.join(format_value(value) for _, value in parameters)})"


class Successor(NamedTuple):
    """A state an instance leads to, and the values chosen on the way (inner `\\E x \\in S`)."""

    state: State
    choices: Bindings


class Observation(NamedTuple):
    """What one evaluation of an instance gave, and the slots that it read and wrote."""

    successors: tuple[Successor, ...]
    reads: Slots
    writes: Slots


Steps: TypeAlias = Callable[[State], Sequence[State]]
"""State -> all its successors by one instance, in the order in which the model yields them."""

Reached: TypeAlias = tuple[int, tuple[int, ...], State]
"""A successor: the number of its instance, the slots that may differ from before, and the state."""

StepsTogether: TypeAlias = Callable[[State], Sequence[Reached] | None]
"""State -> its successors by several instances, in order; None where they are to be asked one by
one."""

Test: TypeAlias = Callable[[State], bool]
"""State -> the value of one predicate."""

StepTest: TypeAlias = Callable[[State, State], bool]
"""State and successor -> the value of one predicate over steps."""


class Ranging(Protocol):
    """An instance that takes the elements of a set one by one: `G /\\ \\E x \\in S : A(x)`.

    Its successors are those by G and A for each element of S, in order. G may be missing.
    """

    @property
    def has_guard(self) -> bool:
        """Whether there is a G, which may fail where S is empty."""

    def elements(self, state: State) -> tuple[Value, Slots]:
        """Return S, and the slots that were looked at for it; raise EvaluationError without any."""

    def observe(self, element: Value, state: State) -> Observation:
        """Return the successors for one element, with the slots that were read and written."""

    def observe_guard(self, state: State) -> Observation:
        """Return no successors, with the slots that G reads."""

    def in_order(self, values: Iterable[Value]) -> Sequence[Value]:
        """Return values in the order in which they are taken."""


class PropertyKind(StrEnum):
    """The kinds of property, named as reports name them."""

    INVARIANT = "invariant"
    INITIAL = "initial"
    ACTION = "action property"
    LIVENESS = "liveness"
    POSTCONDITION = "postcondition"
    EXISTS = "exists"


class Predicate(Protocol):
    """A named formula over one state."""

    @property
    def name(self) -> str: ...
    @property
    def span(self) -> Span: ...
    @property
    def reads(self) -> Slots | None: ...
    def holds(self, state: State) -> bool:
        """Return the formula's value in `state`; raise EvaluationError if it has none."""


class StepPredicate(Protocol):
    """A named formula over a step, a pair of states; `reads` covers the slots of either."""

    @property
    def name(self) -> str: ...
    @property
    def span(self) -> Span: ...
    @property
    def reads(self) -> Slots | None: ...
    def holds(self, before: State, after: State) -> bool:
        """Return the formula's value on the step; raise EvaluationError if it has none."""


class StateAtom(Struct, frozen=True, eq=False):
    """The predicate holds in the state at hand. Atoms are equal if they are one."""

    predicate: Predicate


class StepAtom(Struct, frozen=True, eq=False):
    """The predicate holds on the step at hand. Atoms are equal if they are one."""

    predicate: StepPredicate


class Not(Struct, frozen=True, cache_hash=True):
    """The formula does not hold."""

    formula: Temporal


class And(Struct, frozen=True, cache_hash=True):
    """All formulas hold: with none of them, TRUE."""

    formulas: tuple[Temporal, ...]


class Or(Struct, frozen=True, cache_hash=True):
    """Some formula holds: with none of them, FALSE."""

    formulas: tuple[Temporal, ...]


class Always(Struct, frozen=True, cache_hash=True):
    """`[]F`: the formula holds now and at all times to come."""

    formula: Temporal


class Eventually(Struct, frozen=True, cache_hash=True):
    """`<>F`: the formula holds now or at some time to come."""

    formula: Temporal


class LeadsTo(Struct, frozen=True, cache_hash=True):
    """`premise ~> conclusion`: whenever the premise holds, the conclusion holds then or later."""

    premise: Temporal
    conclusion: Temporal


Temporal: TypeAlias = StateAtom | StepAtom | Not | And | Or | Always | Eventually | LeadsTo
"""A temporal formula: true or false of a behaviour, an infinite sequence of states.

It must not tell apart behaviours that differ in stuttering alone. So a step atom stands either
under Always, and is true where nothing changes, as `[A]_v` is; or under Eventually, and is false
there, as `<<A>>_v` is; Not turns the one into the other.
"""


def is_momentary(formula: Temporal) -> bool:
    """Whether the formula speaks of the moment at hand alone: neither `[]` nor `<>` in it."""
    match formula:
        case StateAtom() | StepAtom():
            return True
        case Not(inner):
            return is_momentary(inner)
        case And(formulas) | Or(formulas):
            return all(map(is_momentary, formulas))
        case Always() | Eventually() | LeadsTo():
            return False
        case _:
            assert_never(formula)


def has_steps(formula: Temporal) -> bool:
    """Whether the formula speaks of a step anywhere."""
    match formula:
        case StepAtom():
            return True
        case StateAtom():
            return False
        case Not(inner) | Always(inner) | Eventually(inner):
            return has_steps(inner)
        case And(formulas) | Or(formulas):
            return any(map(has_steps, formulas))
        case LeadsTo(premise, conclusion):
            return has_steps(premise) or has_steps(conclusion)
        case _:
            assert_never(formula)


class TemporalProperty(Struct, frozen=True):
    """A temporal formula, perhaps one of several, that the property `property_name` asks for.

    `instance` has the values of the quantified constants that tell it from the others.
    """

    property_name: str
    instance: Bindings
    span: Span
    formula: Temporal


class FairnessKind(StrEnum):
    """Weak: if enabled for ever, taken again and again. Strong: if enabled again and again."""

    WEAK = "weak"
    STRONG = "strong"


class ActionSteps(Struct, frozen=True):
    """`<<A>>_v` in terms of the model: the steps by `instances` that change a slot of `changing`.

    That is so whichever instance a step is taken by, and A is enabled where one of them leads on.
    With `counts_staying`, one that leads back to its state has taken A there: A is then not due in
    that state, and for strong fairness any step from it counts as one of A.
    """

    instances: frozenset[int]
    changing: Slots
    counts_staying: bool = False


class ChoiceMoment(Enum):
    """What a predicate says of a choice inside steps (`ChoiceSteps`)."""

    DUE = auto()
    """Of a state: whichever way a step by the instances goes there, the value is to be had; and no
    step that chooses it leads back."""

    CHOSEN = auto()
    """Of a step: it changes the state, and can be one that chooses the value."""

    CHOSEN_OR_STAYING = auto()
    """The same, or it changes a state from which one that chooses the value leads back."""

    PASSED = auto()
    """Of a step: it changes the state, and whichever way it was taken, the value was to be had."""


class ChoiceWay(Struct, frozen=True):
    """Instances that come to a choice in the same way, and those among them that choose a value.

    The value is to be had on the way where one of these leads on.
    """

    instances: frozenset[int]
    choosing: frozenset[int]


class ChoiceSteps(Struct, frozen=True):
    """What a predicate says of a choice, in terms of the model; no instance is in two ways.

    `others` are instances that never come by the choice, but may take the same steps.
    """

    moment: ChoiceMoment
    ways: tuple[ChoiceWay, ...]
    others: frozenset[int]


class FairnessCondition(Struct, frozen=True):
    """`WF_v(A)` or `SF_v(A)`: `enabled` is ENABLED <<A>>_v, `taken` is <<A>>_v.

    `steps` says the same without a formula to evaluate; None where the front-end cannot tell.
    """

    kind: FairnessKind
    action: str
    parameters: Bindings
    span: Span
    enabled: Predicate
    taken: StepPredicate
    steps: ActionSteps | None = None


class Unchecked(Struct, frozen=True):
    """A property or part of one that the front-end cannot give as a formula, and why."""

    name: str
    kind: PropertyKind
    reason: str
    span: Span


class Accelerator(Protocol):
    """Quicker functions that answer as the model does, and raise EvaluationError where it does.

    Making one takes time: it pays for what is asked often. Which successors an instance reached
    before an error, the model alone tells.
    """

    def successors(self, instance: ActionInstance) -> Steps:
        """Return what gives the successors of a state by `instance`."""

    def successors_together(self, instances: Sequence[ActionInstance]) -> StepsTogether | None:
        """Return what gives the successors by all of some instances, None where nothing is gained.

        It never raises EvaluationError.
        """

    def test(self, predicate: Predicate) -> Test:
        """Return what gives the value of one of the model's predicates."""

    def conjunction(self, predicates: Sequence[Predicate]) -> Test:
        """Return what says whether all of some predicates hold, asked in this order."""

    def step_test(self, predicate: StepPredicate) -> StepTest:
        """Return what gives the value of one of the model's predicates over steps."""

    def step_conjunction(self, predicates: Sequence[StepPredicate]) -> StepTest:
        """Return what says whether all of some predicates hold on a step, asked in this order."""


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
