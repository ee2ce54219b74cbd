"""Breadth-first search of all states, with the safety checks and the counting of TLC.

Follows TLC's ModelChecker and Worker (facts: tlc-semantics.md, section 5). Every initial state and
every successor produced counts as generated. A state outside the constraints, or reached by a step
outside the action constraints, is neither stored nor expanded, but invariants and action properties
are checked on it. A deadlock is a state without successors before constraints. Where the model
says what identifies a state, the first state found of each class stands for it: it alone is stored,
checked and expanded, so that every trace is one of the model.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Sequence
from typing import NoReturn

from conform.domain.acceleration import Reached
from conform.domain.model import Model
from conform.domain.search_rules import rules_of
from conform.domain.states import State
from conform.errors import EvaluationError
from conform.explore.arrivals import Arrivals
from conform.explore.asking import OFTEN, accelerator_of
from conform.explore.bounds import StepCounts
from conform.explore.checkpoints.keeping import Checkpoints
from conform.explore.checks import Breakdown, Check, Checks, StopSearchError, is_true_of
from conform.explore.classes import StateClasses
from conform.explore.columns.questions import Questions
from conform.explore.constraints import Constraints
from conform.explore.limits import LimitReachedError
from conform.explore.memo import BrokenOffError, InstanceMemo
from conform.explore.options import ExploreOptions, Limit
from conform.explore.packing import Packing
from conform.explore.progress import ProgressCallback, Watch
from conform.explore.space import NOWHERE, Edges, StateSpace
from conform.explore.together import Together
from conform.explore.trace import Place, place_of
from conform.explore.turns import Turns
from conform.explore.witnesses import Witnesses

UNITED = OFTEN - 2
"""Before which of each so many states instances are united: before each is made quicker by itself,
and a self-check of the first state has asked it once more."""


class SafetySearch:
    """One search; after `run` its attributes hold what was found.

    `counts` tells which bounds of the model's rules left something out.

    `taken` and `found` count successors and new states for each instance. `is_complete` says that
    every state was expanded; `saw_all_initial` that every initial state was generated and checked;
    `has_words` that the word of every state is there.
    With edges, every state stands for itself alone, whatever the model says of identity.
    """

    def __init__(
        self,
        model: Model,
        options: ExploreOptions,
        watch: Watch,
        *,
        with_edges: bool,
        checkpoints: Checkpoints | None = None,
    ) -> None:
        self.packing = packing = Packing(len(model.slots))
        self.space = StateSpace()
        self.edges = Edges() if with_edges else None
        accelerator = accelerator_of(model, options)
        self.checks = Checks(model, packing, options, accelerator)
        self.taken = [0] * len(model.instances)
        self.found = [0] * len(model.instances)
        self.initial_generated = 0
        self.deadlock: Place | None = None
        self.breakdown: Breakdown | None = None
        self.limit: Limit | None = None
        self.saw_all_initial = False
        self.is_complete = False
        self.has_words = True
        self.checks_deadlock = (
            model.checks_deadlock if options.check_deadlock is None else options.check_deadlock
        )
        self._model = model
        self._options = options
        self._watch = watch
        self._memos = [
            InstanceMemo(model, instance, packing, options, accelerator)
            for instance in model.instances
        ]
        self.rules = rules = rules_of(model)
        is_bounded = bool(rules.bounds or rules.faults)
        self._together = Together(model, self._memos, None if is_bounded else accelerator)
        self.witnesses = Witnesses(rules.witnesses, packing, options, accelerator)
        self.counts = StepCounts(rules.bounds, self._memos, self.space)
        self._turns = Turns(
            model, options, packing, self.space, self.edges, self._memos, checkpoints
        )
        identity = None if with_edges else model.identity
        classes = None if identity is None else StateClasses(identity, packing, options)
        constraints = Constraints(model, packing, options, accelerator, self._break_down)
        self._arrivals = Arrivals(
            model,
            options,
            self._turns,
            constraints,
            classes,
            self.checks,
            self.witnesses,
            self.counts,
            self.found,
            self._break_down,
        )
        self._keeps_checkpoints = checkpoints is not None
        self._expanding = NOWHERE

    @property
    def generated(self) -> int:
        """States generated so far."""
        return self.initial_generated + sum(self.taken)

    @property
    def distinct_states(self) -> int:
        """Distinct states so far."""
        return len(self.space)

    @property
    def states_generated(self) -> int:
        """States generated so far, under the name that TLCGet's counters have."""
        return self.generated

    @property
    def level(self) -> int:
        """The level of the state that is expanded, 0 while initial states are generated."""
        return 0 if self._expanding == NOWHERE else self.space.level(self._expanding)

    @property
    def queue(self) -> int:
        """How many states wait to be expanded; one that is being checked does not wait yet."""
        return len(self.space) - self._expanding - 1 - self._arrivals.checking

    @property
    def expanded(self) -> int:
        """How many states were expanded; the one that ended the search counts."""
        return len(self.space) if self.is_complete else self._expanding + 1

    @property
    def is_uneventful(self) -> bool:
        """Whether nothing was found so far that is worth telling."""
        is_calm = self.deadlock is None and not self.witnesses.has_found
        return is_calm and all(map(_is_open, self.checks.rows))

    @property
    def turns(self) -> Turns:
        """Who expanded the states."""
        return self._turns

    @property
    def depth(self) -> int:
        """The number of levels so far, 1 before there is a state, as TLC has it."""
        return max(1, self.space.depth)

    def run(self, progress: ProgressCallback | None = None) -> None:
        """Search until all is seen, a violation or a limit; Ctrl-C counts as a limit."""
        try:
            self._generate_initial_states()
            self.saw_all_initial = True
            self._expand_all(progress)
            self.is_complete = True
        except StopSearchError:
            if self.rules.deadlock_last and self._options.stop_at_first:
                self.deadlock = None
        except LimitReachedError as reached:
            self.limit = reached.limit
        except KeyboardInterrupt:
            self.limit = Limit.INTERRUPTED
        finally:
            self._turns.close()
        self._settle()

    def cut_short(self, limit: Limit) -> None:
        """Note that a limit ended the search from without, wherever it was."""
        self.limit = limit
        self.is_complete = False
        self._settle()

    def _settle(self) -> None:
        """Leave the space whole; its words too, if somebody will ask for them."""
        self.has_words = self._needs_words()
        if self.has_words:
            self._turns.settle()
        self.space.settle()

    def _needs_words(self) -> bool:
        """Whether anybody asks for the words of all states, which take more memory than the rest.

        Nobody does without edges or events, and after a limit only who asked for the graph: the
        words of a trace are there since what it shows was found. Where memory is what ended the
        search, there is none for them.
        """
        if self.is_complete:
            return self.edges is not None or not self.is_uneventful
        if self.limit is None:
            return True
        return self._options.keep_graph and self.limit is not Limit.MEMORY

    def _generate_initial_states(self) -> None:
        try:
            for state in self._model.initial_states():
                self.initial_generated += 1
                self._arrivals.begin(self.packing.pack(state))
                self._heed_clock()
        except EvaluationError as error:
            self._break_down("the initial states", error, None)

    def _expand_all(self, progress: ProgressCallback | None) -> None:
        number = 0
        while number < len(self.space):
            end = self.space.end_of_level(number)
            if self._turns.is_columnar(number, end) and not self.counts.is_bound(number):
                number = self._expand_columns(number, end, progress)
            if number < end:
                self._turns.settle()
                end = self._turns.plain_end(number, end)
                for plain in range(number, end):
                    self._expand_plainly(plain, progress)
                number = end

    def _expand_columns(self, number: int, end: int, progress: ProgressCallback | None) -> int:
        """Expand states of one level in columns; return the first that is not, `end` at best."""
        questions = Questions(
            self.checks.open_invariants,
            self.witnesses.open_predicates,
            self.checks.open_steps,
            self.checks_deadlock and self.deadlock is None,
            self._options.max_states,
        )
        while number < end:
            self._begin_states(number, progress)
            reached = self._turns.expand(number, end, questions, self.taken, self.found)
            self.space = self._turns.space
            self._watch.held_elsewhere = self._turns.held_elsewhere
            if reached == number:
                break
            number = reached
        return number

    def _begin_states(self, number: int, progress: ProgressCallback | None) -> None:
        self._expanding = number
        if self._keeps_checkpoints and self.is_uneventful and not self.counts.reached:
            self._turns.note(number, self.taken, self.found)
        self._heed_clock()
        self._heed_depth(number)
        if progress is not None and self._watch.is_report_due:
            self._report(progress, number)

    def _expand_plainly(self, number: int, progress: ProgressCallback | None) -> None:
        self._begin_states(number, progress)
        word = self.space.word(number)
        self._expand(number, word)
        every = self._options.self_check
        if every and number % every == 0:
            self._check_answers(word)

    def _expand(self, number: int, word: int) -> None:
        if self.edges is not None:
            self.edges.open_source()
        if number % OFTEN == UNITED:
            self._together.unite()
        steps = self._together.steps
        found = None if steps is None else steps(self.packing.unpack(word))
        if found is None:
            leads_on = self._expand_one_by_one(number, word)
        else:
            leads_on = bool(found)
            self._take_all(number, word, found)
        if not leads_on and self.checks_deadlock and self.deadlock is None:
            self.deadlock = place_of(self.space, number)
            if self._options.stop_at_first and not self.rules.deadlock_last:
                raise StopSearchError

    def _expand_one_by_one(self, number: int, word: int) -> bool:
        """Take the successors by each instance in turn; return whether there are any."""
        is_stuck = True
        packing = self.packing
        state: State | None = None
        faults = self.rules.faults
        memos = self.counts.allowed(number) if self.rules.bounds else self._memos
        for memo in memos:
            if memo.remembers:
                changes = memo.answers.get(word & memo.reads.bits)
                if changes is None:
                    changes = self._ask(memo, number, word)
                if changes:
                    is_stuck = is_stuck and memo.instance.number in faults
                    kept = word & memo.keeps.bits
                    self._take(number, word, memo, [kept | change for change in changes])
                continue
            if memo.is_impure:
                is_stuck = not self._take_one_by_one(number, word, memo) and is_stuck
                continue
            if state is None:
                state = packing.unpack(word)
            try:
                found = memo.steps(state)
            except EvaluationError:
                self._break_off(memo.broken_off(word), memo, number, word)
            if found:
                is_stuck = is_stuck and memo.instance.number in faults
                targets = [packing.pack_near(after, state, word) for after in found]
                self._take(number, word, memo, targets, state, found)
        if len(memos) < len(self._memos):
            is_stuck = is_stuck and not self.counts.ends_path(number)
            self._note_bounds(number, word)
        return not is_stuck

    def _note_bounds(self, number: int, word: int) -> None:
        """Note the bounds that keep a successor of a state out of the search."""
        for bound, memo in self.counts.barred(number):
            if bound in self.counts.reached:
                continue
            try:
                found = bool(memo.steps(self.packing.unpack(word)))
            except EvaluationError:
                found = True
            if found:
                self.counts.reached.append(bound)

    def _ask(self, memo: InstanceMemo, number: int, word: int) -> tuple[int, ...]:
        try:
            return memo.ask(word, number + 1)
        except BrokenOffError as broken:
            self._break_off(broken, memo, number, word)

    def _take_one_by_one(self, number: int, word: int, memo: InstanceMemo) -> bool:
        """Take the successors by an impure instance as they come; return whether there are any.

        What checks do to the run, the next successor may see.
        """
        packing = self.packing
        state = packing.unpack(word)
        count = 0
        try:
            for successor in self._model.successors(memo.instance, state):
                target = packing.pack_near(successor.state, state, word)
                self._take(number, word, memo, [target], first=count)
                count += 1
        except EvaluationError as error:
            self._break_off(BrokenOffError((), error), memo, number, word)
        return count > 0

    def _break_off(
        self, broken: BrokenOffError, memo: InstanceMemo, number: int, word: int
    ) -> NoReturn:
        kept = word & memo.keeps.bits
        self._take(number, word, memo, [kept | change for change in broken.changes])
        doing = f"action {memo.instance.label}"
        self._break_down(doing, broken.error, place_of(self.space, number))

    def _take(
        self,
        number: int,
        word: int,
        memo: InstanceMemo,
        targets: list[int],
        state: State | None = None,
        found: Iterable[State | None] = itertools.repeat(None),
        first: int = 0,
    ) -> None:
        """Take the steps to `targets`, which the instance yields from the place `first` on.

        `state` and `found` are the state and its successors unpacked, if at hand.
        """
        instance = memo.instance.number
        find = self.space.find
        edges = self.edges
        checks = self.checks if self.checks.asks_steps else None
        arrivals = self._arrivals
        for outcome, (target, after) in enumerate(zip(targets, found, strict=False), first):
            self.taken[instance] += 1
            known = find(target)
            if known is None or arrivals.examine_steps:
                known = arrivals.arrive(word, Place(number, instance, target), known)
            if checks is not None:
                checks.check_step(number, word, instance, target, state, after)
            if edges is not None and known != NOWHERE:
                edges.add(number, known, instance, outcome)

    def _take_all(self, number: int, word: int, found: Sequence[Reached]) -> None:
        """Take the steps to all successors of a state.

        As `_take` does it for one instance; this is where a search without memory spends its time.
        """
        find = self.space.find
        taken, edges = self.taken, self.edges
        state = self.packing.unpack(word)
        targets = self.packing.pack_reached(found, state, word)
        asks_steps, hold = self.checks.asks_steps, self.checks.steps_hold
        arrivals = self._arrivals
        latest = outcome = NOWHERE
        for (instance, _, after), target in zip(found, targets, strict=True):
            taken[instance] += 1
            known = find(target)
            if known is None or arrivals.examine_steps:
                known = arrivals.arrive(word, Place(number, instance, target), known)
            if asks_steps and (hold is None or not is_true_of(hold, state, after)):
                self.checks.check_step(number, word, instance, target, state, after)
            if edges is not None:
                outcome = outcome + 1 if instance == latest else 0
                latest = instance
                if known != NOWHERE:
                    edges.add(number, known, instance, outcome)

    def _break_down(self, doing: str, error: EvaluationError, place: Place | None) -> NoReturn:
        self.breakdown = Breakdown(doing, error, place)
        raise StopSearchError from error

    def _heed_clock(self) -> None:
        if self._model.run.stop_requested:
            raise LimitReachedError(Limit.REQUESTED)
        reached = self._watch.limit
        if reached is not None:
            raise LimitReachedError(reached)

    def _heed_depth(self, number: int) -> None:
        bound = self._options.max_depth
        if bound is not None and self.space.level(number) >= bound:
            raise LimitReachedError(Limit.DEPTH)

    def _report(self, progress: ProgressCallback, number: int) -> None:
        space = self.space
        queue = len(space) - number
        progress(self._watch.snapshot(self.generated, len(space), space.depth, queue))

    def _check_answers(self, word: int) -> None:
        real: list[tuple[int, int]] = []
        for memo in self._memos:
            for after in memo.check(word):
                self.checks.check_step_answers(word, after)
                real.append((memo.instance.number, after))
        self._together.check(word, real, self.packing)
        self.checks.check_answers(word)


def _is_open(check: Check) -> bool:
    return check.is_open
