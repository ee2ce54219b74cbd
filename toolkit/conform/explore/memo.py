"""Remembered answers: instances and predicates asked once for each combination of what they read.

Keys are the read slots' bits of the packed state. What cannot vouch for its reads (`reads` is None)
is asked each time; so is, after a trial, what hardly ever meets a key again: its table would only
cost memory. Evaluation errors are never remembered. With `self_check` N, about one answer in N that
came from memory, or from the model's accelerator, is compared with that of the model itself.
"""

from __future__ import annotations

import sys
from collections.abc import Callable

from conform.domain.acceleration import Accelerator
from conform.domain.actions import ActionInstance
from conform.domain.model import Model
from conform.domain.states import Predicate, State, StepPredicate
from conform.errors import EvaluationError, TooDeepError
from conform.explore.asking import AskedInstance, AskedPredicate, AskedStepPredicate
from conform.explore.defect import ExplorerDefectError
from conform.explore.options import ExploreOptions
from conform.explore.packing import Packing

TRIAL_MISSES = 4096
"""Misses after which, and after each further so many, a table must have answered half of all
questions. Fewer would judge by the start of a search, where all is new."""


class BrokenOffError(Exception):
    """An instance raised `error` after the successors whose changes are `changes`."""

    def __init__(self, changes: tuple[int, ...], error: EvaluationError) -> None:
        super().__init__(error.message)
        self.changes = changes
        self.error = error


class InstanceMemo(AskedInstance):
    """One action instance: the successors of packed states.

    A successor of `word` is `word & keeps.bits | change` for each `change` of its answer, in the
    order in which the model yields them. While it `remembers`, `answers` maps `word & reads.bits`
    to changes; otherwise `steps` is to be asked each time.
    """

    __slots__ = (
        "_packing",
        "_written",
        "answers",
        "instance",
        "is_impure",
        "keeps",
        "misses",
        "reads",
        "remembers",
    )

    def __init__(
        self,
        model: Model,
        instance: ActionInstance,
        packing: Packing,
        options: ExploreOptions,
        accelerator: Accelerator | None,
    ) -> None:
        super().__init__(model, instance, accelerator)
        self.instance = instance
        self.answers: dict[int, tuple[int, ...]] = {}
        self.misses = 0
        self.is_impure = instance.reads is None
        looks_at_all = instance.reads is not None and len(instance.reads) == len(model.slots)
        self.remembers = options.remember and not self.is_impure and not looks_at_all
        self._packing = packing
        kept = frozenset(range(len(model.slots))) - instance.writes if self.remembers else ()
        self._written = tuple(sorted(instance.writes))
        self.reads = packing.mask(instance.reads or ())
        self.keeps = packing.mask(kept)

    def ask(self, word: int, asked: int) -> tuple[int, ...]:
        """Evaluate the successors of `word`; `asked` is how often the instance was asked so far.

        Raises BrokenOffError when the model raises EvaluationError.
        """
        state = self._packing.unpack(word)
        try:
            found = self.steps(state)
        except EvaluationError:
            raise self.broken_off(word) from None
        answer = tuple([self._change(after, state, word) for after in found])
        if self.remembers:
            self._remember(word, answer, asked)
        return answer

    def broken_off(self, word: int) -> BrokenOffError:
        """Return what the model says about `word`, where evaluation meets an error."""
        state = self._packing.unpack(word)
        changes: list[int] = []
        try:
            for successor in self._model.successors(self.instance, state):
                changes.append(self._change(successor.state, state, word))
        except EvaluationError as error:
            return BrokenOffError(tuple(changes), error)
        raise wrong_answer(self.instance.action, f"{len(changes)} successors instead of an error")

    def check(self, word: int) -> list[int]:
        """Ask the model itself about `word`; raise ExplorerDefectError if it says otherwise.

        Return the successors. What is impure is not asked twice, and a model that goes too deep
        where the search does not, as with values of a thousand levels, says nothing.
        """
        if self.instance.reads is None:
            return []
        state = self._packing.unpack(word)
        try:
            given = self._given(word, state)
            successors = list(self._model.successors(self.instance, state))
        except TooDeepError:
            return self._given(word, state) or []
        except EvaluationError as error:
            raise wrong_answer(self.instance.action, "an evaluation error") from error
        real = [self._packing.pack(successor.state) for successor in successors]
        if given is not None and given != real:
            raise wrong_answer(self.instance.action, f"{len(real)} other successors")
        return real

    def _given(self, word: int, state: State) -> list[int] | None:
        """Return what the search is told of `word`, None if it has not been asked about it."""
        if not self.remembers:
            return [self._packing.pack(after) for after in self.steps(state)]
        known = self.answers.get(word & self.reads.bits)
        kept = word & self.keeps.bits
        return None if known is None else [kept | change for change in known]

    def _change(self, after: State, before: State, word: int) -> int:
        if self.keeps.slots:
            return self._packing.pack_slots(after, self._written)
        return self._packing.pack_near(after, before, word)

    def _remember(self, word: int, answer: tuple[int, ...], asked: int) -> None:
        self.answers[word & self.reads.bits] = answer
        self.misses += 1
        if self.misses % TRIAL_MISSES == 0 and asked < 2 * self.misses:
            self.remembers = False
            self.answers.clear()


class PredicateMemo(AskedPredicate):
    """One predicate over packed states; while it does not remember, `test` is to be asked."""

    __slots__ = ("_answers", "_every", "_packing", "_questions", "_reads", "predicate", "remembers")

    def __init__(
        self,
        predicate: Predicate,
        packing: Packing,
        options: ExploreOptions,
        accelerator: Accelerator | None,
    ) -> None:
        super().__init__(predicate, accelerator)
        self.predicate = predicate
        self.remembers = options.remember and predicate.reads is not None
        self._packing = packing
        self._reads = packing.mask(predicate.reads or ())
        self._answers: dict[int, bool] = {}
        self._questions = 0
        self._every = options.self_check or sys.maxsize

    def holds(self, word: int) -> bool:
        """Return the predicate's value in the state `word`; may raise EvaluationError."""
        self._questions += 1
        if not self.remembers:
            if self._questions % self._every == 0:
                self.check(word)
            return self.test(self._packing.unpack(word))
        key = word & self._reads.bits
        known = self._answers.get(key)
        if known is not None:
            if self._questions % self._every == 0:
                self._check(known, word)
            return known
        answer = self.test(self._packing.unpack(word))
        self._answers[key] = answer
        self.remembers = _pays(len(self._answers), self._questions)
        if not self.remembers:
            self._answers.clear()
        return answer

    def check(self, word: int) -> None:
        """Ask the model itself about `word`, if nothing is remembered; raise ExplorerDefectError.

        What is remembered is checked as it is used; what is impure is not asked twice.
        """
        if not self.remembers and self.predicate.reads is not None:
            self._check(_value(self.test, self._packing.unpack(word)), word)

    def _check(self, known: bool | None, word: int) -> None:
        if _value(self.predicate.holds, self._packing.unpack(word)) is not known:
            raise wrong_answer(self.predicate.name, "another value")


class StepMemo(AskedStepPredicate):
    """One predicate over steps; while it does not remember, it is better asked about states."""

    __slots__ = (
        "_answers",
        "_every",
        "_packing",
        "_questions",
        "_reads",
        "predicate",
        "remembers",
    )

    def __init__(
        self,
        predicate: StepPredicate,
        packing: Packing,
        options: ExploreOptions,
        accelerator: Accelerator | None,
    ) -> None:
        super().__init__(predicate, accelerator)
        self.predicate = predicate
        self._packing = packing
        self.remembers = options.remember and predicate.reads is not None
        self._reads = packing.mask(predicate.reads or ())
        self._answers: dict[tuple[int, int], bool] = {}
        self._questions = 0
        self._every = options.self_check or sys.maxsize

    def holds(self, before: int, after: int) -> bool:
        """Return the predicate's value on the step; may raise EvaluationError."""
        unpack = self._packing.unpack
        self._questions += 1
        if not self.remembers:
            if self._questions % self._every == 0:
                self.check(before, after)
            return self.test(unpack(before), unpack(after))
        bits = self._reads.bits
        key = (before & bits, after & bits)
        known = self._answers.get(key)
        if known is not None:
            if self._questions % self._every == 0:
                self._check(known, unpack(before), unpack(after))
            return known
        answer = self.test(unpack(before), unpack(after))
        self._answers[key] = answer
        self.remembers = _pays(len(self._answers), self._questions)
        if not self.remembers:
            self._answers.clear()
        return answer

    def check(self, before: int, after: int) -> None:
        """Ask the model itself about a step, if nothing is remembered; raise ExplorerDefectError.

        What is remembered is checked as it is used, and what is impure not asked twice.
        """
        if not self.remembers and self.predicate.reads is not None:
            states = (self._packing.unpack(before), self._packing.unpack(after))
            self._check(_value(self.test, *states), *states)

    def _check(self, known: bool | None, before: State, after: State) -> None:
        if _value(self.predicate.holds, before, after) is not known:
            raise wrong_answer(self.predicate.name, "another value")


def _pays(misses: int, asked: int) -> bool:
    return misses % TRIAL_MISSES != 0 or asked >= 2 * misses


def _value(holds: Callable[..., bool], *states: State) -> bool | None:
    try:
        return holds(*states)
    except EvaluationError:
        return None


def wrong_answer(name: str, found: str) -> ExplorerDefectError:
    """Return the error for an answer that the model itself does not confirm."""
    return ExplorerDefectError(
        f"self-check: an answer of {name} is wrong: evaluated again it gives {found}",
        expected="the same answer wherever the slots it reads hold the same values",
        hint="please report this; --evaluator reference does without generated code and columns",
    )
