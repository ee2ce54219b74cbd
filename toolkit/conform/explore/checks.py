"""The safety properties of a search, asked state by state and step by step.

A property that failed is not asked again: the search is breadth first, so its first violation is a
shortest one.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import TypeAlias, TypeVar

from msgspec import Struct

from conform.domain.acceleration import Accelerator, StepTest, Test
from conform.domain.model import Model, PropertyKind
from conform.domain.states import Predicate, State, StepPredicate
from conform.errors import EvaluationError
from conform.explore.asking import OFTEN
from conform.explore.memo import PredicateMemo, StepMemo, wrong_answer
from conform.explore.options import ExploreOptions
from conform.explore.packing import Packing
from conform.explore.trace import Place
from conform.text import Span


class StopSearchError(Exception):
    """Ends the search from within: a first violation, or an evaluation error."""


@dataclass(slots=True)
class Check:
    """One property and where it was first violated, or could not be evaluated (`error`)."""

    name: str
    kind: PropertyKind
    span: Span
    place: Place | None = None
    error: EvaluationError | None = None

    @property
    def is_open(self) -> bool:
        """Whether it has neither been violated nor failed to evaluate."""
        return self.place is None


class Breakdown(Struct, frozen=True):
    """An evaluation error that is no property's: what was evaluated, and where."""

    doing: str
    error: EvaluationError
    place: Place | None


StateCheck: TypeAlias = tuple[Check, PredicateMemo]
StepCheck: TypeAlias = tuple[Check, StepMemo]
_Question = TypeVar("_Question", StateCheck, StepCheck)


class Checks:
    """All safety properties of a model; `rows` in the order of reports.

    `steps_hold` asks all action properties at once: where it says so, `check_step` has no need to.
    """

    def __init__(
        self,
        model: Model,
        packing: Packing,
        options: ExploreOptions,
        accelerator: Accelerator | None,
    ) -> None:
        def on_states(predicates: Iterable[Predicate], kind: PropertyKind) -> list[StateCheck]:
            return [
                (Check(p.name, kind, p.span), PredicateMemo(p, packing, options, accelerator))
                for p in predicates
            ]

        self._invariants = on_states(model.invariants, PropertyKind.INVARIANT)
        self._initial = on_states(model.initial_properties, PropertyKind.INITIAL)
        self._packing = packing
        self._accelerator = accelerator
        self._asked = 0
        self._together: Test | None = None
        self.steps_hold: StepTest | None = None
        self._steps: list[StepCheck] = [
            (Check(p.name, PropertyKind.ACTION, p.span), StepMemo(p, packing, options, accelerator))
            for p in model.action_properties
        ]
        self._stop_at_first = options.stop_at_first
        questions = (*self._invariants, *self._initial, *self._steps)
        self.rows = [check for check, _ in questions]

    @property
    def open_invariants(self) -> list[Predicate]:
        """The invariants left to check."""
        return [memo.predicate for _, memo in self._invariants]

    @property
    def open_steps(self) -> list[StepPredicate]:
        """The action properties left to check."""
        return [memo.predicate for _, memo in self._steps]

    @property
    def asks_steps(self) -> bool:
        """Whether there is an action property left to check."""
        return bool(self._steps)

    def check_state(self, place: Place) -> None:
        """Check the invariants on a state; may raise StopSearchError."""
        word = place.word
        if self._together is not None:
            try:
                if self._together(self._packing.unpack(word)):
                    return
            except EvaluationError:
                pass  # which invariant it belongs to is found out below
        for check, memo in self._invariants:
            try:
                if not memo.holds(word):
                    self._violated(check, place)
            except EvaluationError as error:
                self._broken(check, place, error)
        self._asked += 1
        if self._asked == OFTEN:
            self._unite()

    def _unite(self) -> None:
        """Have all invariants asked at once, and all action properties, if none remembers any."""
        self._together = self.steps_hold = None
        if self._accelerator is None:
            return
        if all(_is_asked_anew(memo) for _, memo in self._invariants):
            predicates = [memo.predicate for _, memo in self._invariants]
            self._together = self._accelerator.conjunction(predicates)
        if self._steps and all(_is_asked_anew(memo) for _, memo in self._steps):
            steps = [memo.predicate for _, memo in self._steps]
            self.steps_hold = self._accelerator.step_conjunction(steps)

    def check_initial(self, place: Place) -> None:
        """Check the initial properties on an initial state; may raise StopSearchError."""
        for check, memo in self._initial:
            try:
                if not memo.holds(place.word):
                    self._violated(check, place)
            except EvaluationError as error:
                self._broken(check, place, error)

    def check_step(
        self,
        source: int,
        before: int,
        instance: int,
        after: int,
        state: State | None,
        successor: State | None,
    ) -> None:
        """Check the action properties on a step of an instance from the stored state `source`.

        `before` and `after` are packed; `state` and `successor` unpacked, if they are at hand.
        """
        for check, memo in self._steps:
            try:
                if state is None or successor is None or memo.remembers:
                    holds = memo.holds(before, after)
                else:
                    holds = memo.test(state, successor)
                if not holds:
                    self._violated(check, Place(source, instance, after))
            except EvaluationError as error:
                self._broken(check, Place(source, instance, after), error)

    def check_step_answers(self, before: int, after: int) -> None:
        """Ask the model itself again about a step; raise ExplorerDefectError if it differs."""
        for _, memo in self._steps:
            memo.check(before, after)
        if self.steps_hold is not None:
            states = (self._packing.unpack(before), self._packing.unpack(after))
            self._compare(
                self.steps_hold, [memo.predicate.holds for _, memo in self._steps], states
            )

    def check_answers(self, word: int) -> None:
        """Ask the model itself again about a state; raise ExplorerDefectError if it differs."""
        for _, memo in self._invariants:
            memo.check(word)
        if self._together is not None:
            predicates = [memo.predicate.holds for _, memo in self._invariants]
            self._compare(self._together, predicates, (self._packing.unpack(word),))

    def _compare(
        self,
        together: Callable[..., bool],
        predicates: Sequence[Callable[..., bool]],
        states: tuple[State, ...],
    ) -> None:
        try:
            given = together(*states)
        except EvaluationError:
            return  # and each property is asked for itself
        if given is not all(holds(*states) for holds in predicates):
            raise wrong_answer("the properties together", "another value")

    def _violated(self, check: Check, place: Place) -> None:
        check.place = place
        self._invariants = _still_open(self._invariants)
        self._initial = _still_open(self._initial)
        self._steps = _still_open(self._steps)
        if self._together is not None or self.steps_hold is not None:
            self._unite()
        if self._stop_at_first:
            raise StopSearchError

    def _broken(self, check: Check, place: Place, error: EvaluationError) -> None:
        check.error = error
        self._violated(check, place)


def _is_asked_anew(memo: PredicateMemo | StepMemo) -> bool:
    """Whether a pure predicate is evaluated each time."""
    return not memo.remembers and memo.predicate.reads is not None


def _still_open(questions: list[_Question]) -> list[_Question]:
    return [question for question in questions if question[0].is_open]


def is_true_of(test: StepTest, before: State, after: State) -> bool:
    """Return whether a test is true of a step; False as well where it has no value."""
    try:
        return test(before, after)
    except EvaluationError:
        return False
