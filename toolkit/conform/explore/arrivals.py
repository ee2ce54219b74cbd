"""What becomes of the states that a search comes to: cut off, known, or stored and checked.

A state outside the constraints, or reached by a step outside the action constraints, is checked and
not stored. Where the model says what identifies a state, the first state found of each class stands
for it.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from conform.domain.model import Model
from conform.errors import EvaluationError
from conform.explore.bounds import StepCounts
from conform.explore.checks import Checks, StopSearchError
from conform.explore.classes import StateClasses
from conform.explore.constraints import BreakDown, Constraints
from conform.explore.limits import LimitReachedError
from conform.explore.options import ExploreOptions, Limit
from conform.explore.space import NOWHERE
from conform.explore.trace import Place
from conform.explore.turns import Turns
from conform.explore.witnesses import Witnesses


@dataclass(slots=True)
class Arrivals:
    """The arrivals of one search; `break_down` ends it where a state has no class.

    `found` counts new states for each instance. `examine_steps` says that steps to known states are
    to be looked at as well; `checking` is 1 while a state is checked that was reached by a step.
    """

    model: Model
    options: ExploreOptions
    turns: Turns
    constraints: Constraints
    classes: StateClasses | None
    checks: Checks
    witnesses: Witnesses
    counts: StepCounts
    found: list[int]
    break_down: BreakDown
    checking: int = 0
    examine_steps: bool = field(init=False)
    _is_cut_anew: bool = field(init=False)
    _is_volatile: bool = field(init=False)
    _are_checks_pure: bool = field(init=False)
    _checked_outside: set[int] = field(default_factory=set)

    def __post_init__(self) -> None:
        model, classes = self.model, self.classes
        self._is_cut_anew = any(one.reads is None for one in model.constraints) or (
            classes is not None and bool(model.constraints)
        )
        self._is_volatile = classes is not None and classes.is_volatile
        self._are_checks_pure = all(one.reads is not None for one in model.invariants)
        self.examine_steps = self.constraints.are_on_steps or self._is_cut_anew or self._is_volatile

    def begin(self, word: int) -> None:
        """Check and store an initial state."""
        place = Place(NOWHERE, NOWHERE, word)
        admitted = self.constraints.admit_state(place)
        if word in self.turns.space.numbers and not self._is_volatile:
            return
        if admitted:
            if self._class_of(place) is not None:
                return
            self._store(place)
        self._check_state(place)
        self.checks.check_initial(place)

    def arrive(self, before: int, place: Place, known: int | None) -> int:
        """Check and store one successor; return its number, NOWHERE if it is cut off.

        `known` is the number that its word has already, if it has one.
        """
        is_known = known is not None and not self._is_cut_anew
        admitted = (is_known or self.constraints.admit_state(place)) and (
            not self.constraints.are_on_steps or self.constraints.admit_step(before, place)
        )
        if admitted and (known is None or self._is_volatile):
            known = self._class_of(place)
        if not admitted and (known is None or self.classes is not None):
            self._check_outside(place)
        elif known is None:
            known = self._store(place)
            self.found[place.instance] += 1
            self.checking = 1
            self._check_state(place)
            self.checking = 0
        return known if admitted and known is not None else NOWHERE

    def _class_of(self, place: Place) -> int | None:
        """Return the number of the state that stands for a new one, None if that is itself."""
        if self.classes is None:
            return None
        try:
            return self.classes.number_of(place.word, self.turns.space, self.turns)
        except EvaluationError as error:
            self.break_down(self.classes.name, error, place)

    def _check_state(self, place: Place) -> None:
        self.checks.check_state(place)
        if not self.witnesses.look_at(place) and self.options.stop_at_first:
            raise StopSearchError

    def _check_outside(self, place: Place) -> None:
        """Check a state that is not stored; once is enough where invariants are pure."""
        if place.word not in self._checked_outside:
            self.checks.check_state(place)
            if self._are_checks_pure:
                self._checked_outside.add(place.word)

    def _store(self, place: Place) -> int:
        bound = self.options.max_states
        space = self.turns.space
        if bound is not None and len(space) >= bound:
            raise LimitReachedError(Limit.STATES)
        number = space.add(place.word, place.parent, place.instance)
        self.counts.add(place.parent, place.instance)
        return number
