"""Remembered answers: instances and predicates asked once for each combination of what they read.

Keys are the read slots' bits of the packed state. What cannot vouch for its reads (`reads` is None)
is asked each time; so is, after a trial, what hardly ever meets a key again: its table would only
cost memory. Evaluation errors are never remembered. With `self_check` N, of what is answered from
memory about one answer in N is evaluated again.
"""

from __future__ import annotations

import sys
from collections.abc import Callable

from conform.domain.model import ActionInstance, Model, Predicate, State, StepPredicate
from conform.errors import EvaluationError
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


class InstanceMemo:
    """One action instance: the successors of packed states.

    A successor of `word` is `word & keeps.bits | change` for each `change` of its answer, in the
    order in which the model yields them. `answers` maps `word & reads.bits` to changes.
    """

    __slots__ = (
        "_model",
        "_packing",
        "_remembers",
        "_written",
        "answers",
        "instance",
        "keeps",
        "misses",
        "reads",
    )

    def __init__(
        self, model: Model, instance: ActionInstance, packing: Packing, options: ExploreOptions
    ) -> None:
        self.instance = instance
        self.answers: dict[int, tuple[int, ...]] = {}
        self.misses = 0
        self._model = model
        self._packing = packing
        self._remembers = options.remember and instance.reads is not None
        kept = frozenset(range(len(model.slots))) - instance.writes if self._remembers else ()
        self._written = tuple(sorted(instance.writes))
        self.reads = packing.mask(instance.reads or ())
        self.keeps = packing.mask(kept)

    def ask(self, word: int, asked: int) -> tuple[int, ...]:
        """Evaluate the successors of `word`; `asked` is how often the instance was asked so far.

        Raises BrokenOffError when the model raises EvaluationError.
        """
        changes: list[int] = []
        try:
            self._collect(word, changes)
        except EvaluationError as error:
            raise BrokenOffError(tuple(changes), error) from error
        answer = tuple(changes)
        if self._remembers:
            self._remember(word, answer, asked)
        return answer

    def check(self, word: int) -> None:
        """Evaluate the remembered answer about `word` again; raise ExplorerDefectError if wrong."""
        known = self.answers.get(word & self.reads.bits)
        if known is None:
            return
        keeps = self.keeps.bits
        state = self._packing.unpack(word)
        try:
            successors = list(self._model.successors(self.instance, state))
        except EvaluationError as error:
            raise _defect(self.instance.action, "an evaluation error") from error
        real = [self._packing.pack(successor.state) for successor in successors]
        if real != [word & keeps | change for change in known]:
            raise _defect(self.instance.action, f"{len(real)} other successors")

    def _collect(self, word: int, changes: list[int]) -> None:
        packing = self._packing
        state = packing.unpack(word)
        for successor in self._model.successors(self.instance, state):
            if self.keeps.slots:
                changes.append(packing.pack_slots(successor.state, self._written))
            else:
                changes.append(packing.pack_near(successor.state, state, word))

    def _remember(self, word: int, answer: tuple[int, ...], asked: int) -> None:
        self.answers[word & self.reads.bits] = answer
        self.misses += 1
        if self.misses % TRIAL_MISSES == 0 and asked < 2 * self.misses:
            self._remembers = False
            self.answers.clear()


class PredicateMemo:
    """One predicate over packed states."""

    __slots__ = ("_answers", "_asked", "_every", "_packing", "_reads", "_remembers", "predicate")

    def __init__(self, predicate: Predicate, packing: Packing, options: ExploreOptions) -> None:
        self.predicate = predicate
        self._packing = packing
        self._remembers = options.remember and predicate.reads is not None
        self._reads = packing.mask(predicate.reads or ())
        self._answers: dict[int, bool] = {}
        self._asked = 0
        self._every = options.self_check or sys.maxsize

    def holds(self, word: int) -> bool:
        """Return the predicate's value in the state `word`; may raise EvaluationError."""
        self._asked += 1
        key = word & self._reads.bits
        known = self._answers.get(key)
        if known is not None:
            if self._asked % self._every == 0:
                self._check(known, word)
            return known
        answer = self.predicate.holds(self._packing.unpack(word))
        if self._remembers:
            self._answers[key] = answer
            self._remembers = _pays(len(self._answers), self._asked)
            if not self._remembers:
                self._answers.clear()
        return answer

    def _check(self, known: bool, word: int) -> None:
        if _value(self.predicate.holds, self._packing.unpack(word)) is not known:
            raise _defect(self.predicate.name, "another value")


class StepMemo:
    """One predicate over steps between packed states."""

    __slots__ = ("_answers", "_asked", "_every", "_packing", "_reads", "_remembers", "predicate")

    def __init__(self, predicate: StepPredicate, packing: Packing, options: ExploreOptions) -> None:
        self.predicate = predicate
        self._packing = packing
        self._remembers = options.remember and predicate.reads is not None
        self._reads = packing.mask(predicate.reads or ())
        self._answers: dict[tuple[int, int], bool] = {}
        self._asked = 0
        self._every = options.self_check or sys.maxsize

    def holds(self, before: int, after: int) -> bool:
        """Return the predicate's value on the step; may raise EvaluationError."""
        self._asked += 1
        bits = self._reads.bits
        key = (before & bits, after & bits)
        known = self._answers.get(key)
        if known is not None:
            if self._asked % self._every == 0:
                self._check(known, before, after)
            return known
        unpack = self._packing.unpack
        answer = self.predicate.holds(unpack(before), unpack(after))
        if self._remembers:
            self._answers[key] = answer
            self._remembers = _pays(len(self._answers), self._asked)
            if not self._remembers:
                self._answers.clear()
        return answer

    def _check(self, known: bool, before: int, after: int) -> None:
        unpack = self._packing.unpack
        if _value(self.predicate.holds, unpack(before), unpack(after)) is not known:
            raise _defect(self.predicate.name, "another value")


def _pays(misses: int, asked: int) -> bool:
    return misses % TRIAL_MISSES != 0 or asked >= 2 * misses


def _value(holds: Callable[..., bool], *states: State) -> bool | None:
    try:
        return holds(*states)
    except EvaluationError:
        return None


def _defect(name: str, found: str) -> ExplorerDefectError:
    return ExplorerDefectError(
        f"self-check: a remembered answer of {name} is wrong: evaluated again it gives {found}",
        expected="the same answer wherever the slots it reads hold the same values",
        hint="please report this; until it is mended, explore without remembering answers",
    )
