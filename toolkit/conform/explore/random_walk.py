"""Random behaviours of a model, with the safety checks of TLC's simulation.

Follows TLC's Simulator and SimulationWorker, as seen by running them. In each state an action
instance is chosen uniformly from those that lead somewhere, and then one of its successors. All
successors of the chosen instance are checked, in the constraints or not; only those within are gone
on to. A behaviour ends where there are none, or when it is long enough.
"""

from __future__ import annotations

import random
from collections.abc import Callable
from typing import NoReturn

from msgspec.structs import replace

from conform.domain.model import Model
from conform.domain.trace import Trace
from conform.errors import EvaluationError
from conform.explore.asking import accelerator_of
from conform.explore.checks import Check, Checks, StopSearchError
from conform.explore.constraints import Constraints
from conform.explore.limits import LimitReachedError
from conform.explore.memo import BrokenOffError, InstanceMemo
from conform.explore.options import ExploreOptions, Limit
from conform.explore.packing import Packing
from conform.explore.progress import ProgressCallback, Watch
from conform.explore.result import Failure
from conform.explore.space import NOWHERE, StateSpace
from conform.explore.trace import Place, TraceDrawing, place_of

TakeTrace = Callable[[Trace], None]
"""Takes a behaviour when it has ended."""


class RandomWalk:
    """Behaviours drawn one after another; its attributes hold what was found so far.

    `taken` and `found` count successors and new states for each instance; `longest` is the length
    of the longest behaviour, in states. `traces` has the behaviour that violated a property, or in
    which it has no value, for each of `checks.rows` that is closed.
    """

    def __init__(self, model: Model, options: ExploreOptions, watch: Watch, seed: int) -> None:
        self.checks_deadlock = (
            model.checks_deadlock if options.check_deadlock is None else options.check_deadlock
        )
        self._packing = packing = Packing(len(model.slots))
        accelerator = accelerator_of(model, options)
        self.checks = Checks(model, packing, options, accelerator)
        self.taken = [0] * len(model.instances)
        self.found = [0] * len(model.instances)
        self.initial_generated = 0
        self.behaviours = 0
        self.longest = 0
        self.saw_all_initial = False
        self.deadlock: Trace | None = None
        self.failure: Failure | None = None
        self.traces: dict[int, Trace] = {}
        self._model = model
        self._options = options
        self._watch = watch
        self._random = random.Random(seed)
        self._memos = [
            InstanceMemo(model, instance, packing, options, accelerator)
            for instance in model.instances
        ]
        self._constraints = Constraints(model, packing, options, accelerator, self._break_down)
        self._order = list(range(len(self._memos)))
        self._admitted: dict[int, bool] = {}
        predicates = (*model.constraints, *model.invariants)
        self._is_pure = all(one.reads is not None for one in predicates)
        self._initial: list[int] = []
        self._path = StateSpace()
        self._questions = 0
        self._asked = [0] * len(model.instances)

    @property
    def generated(self) -> int:
        """States generated so far."""
        return self.initial_generated + sum(self.taken)

    @property
    def distinct(self) -> int:
        """Different states within the constraints that were generated so far."""
        return len(self._initial) + sum(self.found)

    @property
    def states_generated(self) -> int:
        """States generated so far, under the name that TLCGet's counters have."""
        return self.generated

    @property
    def distinct_states(self) -> int:
        """Distinct states so far, under the name that TLCGet's counters have."""
        return self.distinct

    @property
    def level(self) -> int:
        """The length of the behaviour that is drawn; 0 while initial states are generated."""
        return len(self._path)

    @property
    def depth(self) -> int:
        """The length of the longest behaviour so far, 1 before there is one."""
        return max(1, self.longest)

    @property
    def queue(self) -> int:
        """No state ever waits."""
        return 0

    def begin(self) -> None:
        """Generate and check all initial states; may raise StopSearchError or LimitReachedError."""
        self._path = StateSpace()
        try:
            for state in self._model.initial_states():
                self.initial_generated += 1
                self._begin(Place(NOWHERE, NOWHERE, self._packing.pack(state)))
                self._heed_limits()
        except EvaluationError as error:
            self._break_down("the initial states", error, None)
        finally:
            self._draw_violations()
        self.saw_all_initial = True

    def walk(self, depth: int, progress: ProgressCallback | None, take: TakeTrace | None) -> None:
        """Draw one behaviour of at most `depth` states; raises as `begin` does.

        There must be an initial state. `take` is given the behaviour when it has ended.
        """
        self._path = path = StateSpace()
        path.add(self._initial[self._below(len(self._initial))], NOWHERE, NOWHERE)
        try:
            while len(path) < depth:
                self._heed_limits()
                if progress is not None and self._watch.is_report_due:
                    self._report(progress)
                place = self._step(len(path) - 1)
                if place is None:
                    break
                path.add(place.word, place.parent, place.instance)
        finally:
            self.longest = max(self.longest, len(path))
            self._draw_violations()
        self.behaviours += 1
        if take is not None:
            source = f"{self._model.name}, behaviour {self.behaviours}"
            take(self._drawn_to(place_of(path, len(path) - 1), source))

    def _drawn_to(self, place: Place, source: str) -> Trace:
        """Return the behaviour up to `place`; what is evaluated for it prints nothing again."""
        run = self._model.run
        was_muted, run.is_muted = run.is_muted, True
        try:
            return TraceDrawing(self._model, self._packing, self._path).to_place(place, source)
        finally:
            run.is_muted = was_muted

    def _draw_violations(self) -> None:
        """Draw what led to the properties that were closed in this behaviour, while it is known."""
        for number, check in enumerate(self.checks.rows):
            if check.place is not None and number not in self.traces:
                self.traces[number] = trace = self._drawn_to(check.place, check.name)
                self.longest = max(self.longest, len(trace.steps))

    def violations(self) -> list[tuple[Check, Trace | None]]:
        """Return all properties, each with the trace that closed it or None."""
        return [(check, self.traces.get(n)) for n, check in enumerate(self.checks.rows)]

    # --- One state -------------------------------------------------------------------------------

    def _begin(self, place: Place) -> None:
        if place.word in self._admitted:
            return
        self._admitted[place.word] = admitted = self._constraints.admit_state(place)
        if admitted:
            self._initial.append(place.word)
            self.longest = 1
        self.checks.check_state(place)
        self.checks.check_initial(place)

    def _step(self, number: int) -> Place | None:
        """Return a random successor of the state `number` of the path; None where there is none."""
        word = self._path.words[number]
        is_stuck = True
        for turn, _ in enumerate(self._order):
            instance = self._drawn(turn)
            memo = self._memos[instance]
            self._asked[instance] += 1
            changes = memo.answers.get(word & memo.reads.bits)
            if changes is None:
                changes = self._ask(memo, number, word)
            self._check_now_and_then(memo, word)
            if changes:
                is_stuck = False
                reached = self._arrivals(number, word, memo, changes)
                if reached:
                    return reached[self._below(len(reached))]
        if is_stuck and self.checks_deadlock and self.deadlock is None:
            self.deadlock = self._drawn_to(place_of(self._path, number), "deadlock")
            if self._options.stop_at_first:
                raise StopSearchError
        return None

    def _check_now_and_then(self, memo: InstanceMemo, word: int) -> None:
        """Compare one answer in so many with the model's own."""
        self._questions += 1
        every = self._options.self_check
        if every and self._questions % every == 0:
            memo.check(word)

    def _drawn(self, turn: int) -> int:
        """Return the next instance of a random order: those before `turn` have been drawn."""
        order = self._order
        chosen = turn + self._below(len(order) - turn)
        order[turn], order[chosen] = order[chosen], order[turn]
        return order[turn]

    def _below(self, bound: int) -> int:
        """Return a random number from 0 to `bound` - 1, by what Python promises not to change."""
        return int(self._random.random() * bound)

    def _ask(self, memo: InstanceMemo, number: int, word: int) -> tuple[int, ...]:
        try:
            return memo.ask(word, self._asked[memo.instance.number])
        except BrokenOffError as broken:
            self._arrivals(number, word, memo, broken.changes)
            name = memo.instance.action
            self._break_down(f"action {name}", broken.error, place_of(self._path, number))

    def _arrivals(
        self, number: int, word: int, memo: InstanceMemo, changes: tuple[int, ...]
    ) -> list[Place]:
        """Check the successors by one instance; return those that are within the constraints."""
        instance = memo.instance.number
        kept = word & memo.keeps.bits
        self.taken[instance] += len(changes)
        places = [Place(number, instance, kept | change) for change in changes]
        return [place for place in places if self._arrive(word, place)]

    def _arrive(self, before: int, place: Place) -> bool:
        admitted = self._admitted.get(place.word)
        if admitted is None or not self._is_pure:
            is_new = admitted is None
            admitted = self._admitted[place.word] = self._constraints.admit_state(place)
            self.found[place.instance] += admitted and is_new
            self.checks.check_state(place)
        if self.checks.asks_steps:
            self.checks.check_step(place.parent, before, place.instance, place.word, None, None)
        return admitted and self._constraints.admit_step(before, place)

    def _break_down(self, doing: str, error: EvaluationError, place: Place | None) -> NoReturn:
        trace = None if place is None else self._drawn_to(place, doing)
        self.failure = Failure(doing, error, trace)
        raise StopSearchError from error

    def _heed_limits(self) -> None:
        bound = self._options.max_states
        if bound is not None and self.distinct >= bound:
            raise LimitReachedError(Limit.STATES)
        if self._model.run.stop_requested:
            raise LimitReachedError(Limit.REQUESTED)
        reached = self._watch.limit
        if reached is not None:
            raise LimitReachedError(reached)

    def _report(self, progress: ProgressCallback) -> None:
        snapshot = self._watch.snapshot(self.generated, self.distinct, self.longest, 0)
        progress(replace(snapshot, behaviours=self.behaviours))
