"""Tables of remembered answers: a question is asked once for each combination of what it reads."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Generic, TypeVar

import numpy as np
from msgspec import Struct

from conform.explore.columns.basis import Reads, Row
from conform.explore.columns.keys import UNKNOWN, Rows, TooWideError
from conform.explore.columns.layout import Layout, Words
from conform.explore.columns.shapes import ByMember
from conform.explore.columns.staged_keys import Leaves, StagedKeys
from conform.explore.columns.stages import FIRST_LOOK, MOST_STAGES, Reading, worthwhile_stage

TRIAL_MISSES = 4096
"""Evaluations after which a table must have served so many times as many questions, again and again
(`LEAST_SHARE`)."""

LEAST_SHARE, LEAST_OF_INSTANCE = 2, 3
"""Questions to each evaluation; an instance can be asked each time, for a tenth of what it costs to
evaluate it and record what is read."""

EARLY_TRIAL, EARLY_SHARE = 512, 1.25
"""The same for an instance, which can be asked each time without being given up: evaluations, and
questions to each of them. Those that a block is about to need are counted in."""

PLAINLY_FROM = 128
"""Answers from which on it is looked whether all that can be read was read."""

MANY = 16
"""Members of a set from which on, if all of them were read, new ones are taken to be read too."""

Answer = TypeVar("Answer")


class UselessError(Exception):
    """A question hardly ever meets again what it was asked before, or reads too much to tell."""


class SeldomError(UselessError):
    """A question hardly ever meets again what it was asked before."""


class Plainly(Struct, Generic[Answer], frozen=True):
    """Asks without telling what was read: `everything` that can be; `answer` gives the answer."""

    everything: Callable[[], Reads]
    answer: Callable[[Row], Answer]


class Table(Generic[Answer]):
    """The answers to one question so far, by the leaves that were ever read for one of them.

    When an evaluation reads a leaf that none has read before, what is known does not say which
    value it holds there: all is forgotten and asked again. So it is when a set that was ranged over
    gets a member that no state had before, unless every other member is read: then that one is too.
    What an early stage knows depends on neither, and stays.
    """

    def __init__(
        self,
        ask: Callable[[Row], tuple[Reads, Answer]],
        layout: Layout,
        sets: Sequence[ByMember],
        *,
        of_steps: bool = False,
        trial: int = TRIAL_MISSES,
        early: int = 0,
        plainly: Plainly[Answer] | None = None,
    ) -> None:
        """Begin without answers; with `early` it may be seen sooner that answers come but once.

        Once all that can be read was read, answers are asked for `plainly`: that is quicker.
        """
        self.answers: list[Answer] = []
        self.version = 0
        self.misses = 0
        self.asked = 0
        self._since = (0, 0, 0)
        self.layout = layout
        self._of_steps = of_steps
        self._trial = trial
        self._early = early
        self._ask = ask
        self._plainly = plainly
        self._sets = sets
        self._reads: set[int] = set()
        self._ranged: dict[int, int] = {}
        self._readings: list[Reading] = []
        self._stages: list[Leaves] = []
        self._look_at = FIRST_LOOK
        self.keys = StagedKeys()
        self.keys.reset((), (), layout)

    @property
    def reads(self) -> frozenset[int]:
        """The leaves that were ever read."""
        return frozenset(self._reads)

    def renew(self) -> None:
        """Take up members of sets that it does not know of, or forget what is known for them."""
        if self._is_stale():
            self._take_up_members()

    def lay_out(self, layout: Layout) -> None:
        """Take up another layout; raise UselessError if keys become too wide."""
        self.layout = layout
        try:
            self.keys.lay_out(layout)
        except TooWideError:
            raise UselessError from None

    def rows(self, words: Words) -> Rows:
        """Return for each state, or step, the place of its answer in `answers`.

        Raises what asking raises, and UselessError.
        """
        self.asked += len(words)
        while True:
            self.renew()
            try:
                rows = self.keys.rows(words)
                missing = np.flatnonzero(rows == UNKNOWN)
                if not len(missing):
                    return rows
                different = self.keys.different(words.take(missing, axis=0))
                if self._early and self._foresees(len(different)):
                    raise SeldomError
                if self._learn(different):
                    self._look_for_stage()
                    rows[missing] = self.keys.rows(words.take(missing, axis=0))
                    return rows
            except TooWideError:
                raise UselessError from None

    def known_rows(self, words: Words) -> Rows | None:
        """Return the same of what is known, UNKNOWN for the rest; None where keys are outdated."""
        try:
            return None if self._is_stale() else self.keys.rows(words)
        except TooWideError:
            return None

    def _learn(self, words: Words) -> bool:
        """Ask about states with different keys; return False if keys have to be made anew."""
        leaves, last = self.keys.leaves, len(self._stages)
        found: list[Answer] = []
        readings: list[Reading] = []
        codes: list[tuple[int, ...]] = []
        stage_of: list[int] = []
        fresh: set[tuple[int, ...]] = set()
        ask = self._asking()
        for row in self.layout.codes(words).tolist():
            ends = [(place, *[row[leaf] for leaf in at]) for place, at in enumerate(self._stages)]
            if not fresh.isdisjoint(ends):
                continue
            (reads, ranged), answer = ask(row)
            self.misses += 1
            self._ranged.update(ranged)
            if not reads <= self._reads:
                self._forget(reads)
                return False
            if self._is_stale():
                self._keep(found, readings, codes, stage_of)
                self._take_up_members()
                return False
            reading = None if ranged else frozenset(reads)
            stage = self._stage_with(reading)
            if stage < last:
                fresh.add(ends[stage])
            found.append(answer)
            readings.append(reading)
            codes.append(tuple([row[leaf] for leaf in leaves]))
            stage_of.append(stage)
            if self.misses % self._trial == 0 and self._are_seldom():
                raise SeldomError
        self._keep(found, readings, codes, stage_of)
        return True

    def _asking(self) -> Callable[[Row], tuple[Reads, Answer]]:
        """Return what gives answers, and what they depend on."""
        plainly = self._plainly
        if plainly is None or len(self.answers) < PLAINLY_FROM:
            return self._ask
        reads, ranged = plainly.everything()
        if not (reads <= self._reads and ranged.keys() <= self._ranged.keys()):
            return self._ask
        return lambda row: ((reads, ranged), plainly.answer(row))

    def begin_trial(self) -> None:
        """Judge by what is asked from now on whether answers come twice."""
        self._since = (self.asked, self.misses, len(self.answers))

    def _foresees(self, different: int) -> bool:
        """Whether next to no answer will have come twice once so many more questions are asked.

        Those that were forgotten, since more was read, are no sign of that.
        """
        asked, _, answers = self._since
        known = len(self.answers) - answers + different
        return known >= self._early and self.asked - asked < EARLY_SHARE * known

    def _are_seldom(self) -> bool:
        """Whether too few questions come to each evaluation."""
        asked, misses, _ = self._since
        share = LEAST_OF_INSTANCE if self._early else LEAST_SHARE
        return self.asked - asked < share * (self.misses - misses)

    def _keep(
        self,
        found: Sequence[Answer],
        readings: Sequence[Reading],
        codes: Sequence[tuple[int, ...]],
        stage_of: Sequence[int],
    ) -> None:
        self.answers.extend(found)
        self._readings.extend(readings)
        self.keys.add(codes, stage_of)

    def _take_up_members(self) -> None:
        """Read new members too, where all others of their sets are read; or forget what is known.

        What is known holds where none of the new ones is there: absence has the code 0.
        """
        new: set[int] = set()
        for number, count in self._ranged.items():
            one = self._sets[number]
            known = range(one.first, one.first + count)
            if self._of_steps or count < MANY or not self._reads.issuperset(known):
                return self._forget(set())
            new.update(range(one.first + count, one.first + len(one.members)))
        self._ranged = {number: len(self._sets[number].members) for number in self._ranged}
        self._reads |= new
        self._put_anew(range(len(self.answers)))

    def _is_stale(self) -> bool:
        """Whether a set has other members than when it was ranged over."""
        return any(len(self._sets[one].members) != count for one, count in self._ranged.items())

    def _stage_with(self, reading: Reading) -> int:
        """Return the first stage that has all leaves of a reading."""
        if reading is not None:
            for place, leaves in enumerate(self._stages):
                if reading.issubset(leaves):
                    return place
        return len(self._stages)

    def _forget(self, reads: set[int]) -> None:
        """Forget all but what early stages know; `reads` are read as well from now on."""
        self._reads |= reads
        self._ranged.clear()
        last = len(self._stages)
        self._put_anew([place for place, each in enumerate(self.keys.stage_of) if each < last])

    def _put_anew(self, kept: Sequence[int]) -> None:
        """Go on with some answers, and keys of all leaves that are read now."""
        before = self.keys
        self.answers = [self.answers[place] for place in kept]
        self._readings = [self._readings[place] for place in kept]
        known = [dict(zip(before.leaves, before.known(place), strict=True)) for place in kept]
        leaves = tuple(sorted(self._reads))
        codes = [tuple([each.get(leaf, 0) for leaf in leaves]) for each in known]
        self._key_anew(leaves, codes, [before.stage_of[place] for place in kept])

    def _look_for_stage(self) -> None:
        """Add a stage now and then, if that spares questions."""
        if len(self.answers) < self._look_at or len(self._stages) == MOST_STAGES:
            return
        self._look_at *= 2
        last, keys, readings = len(self._stages), self.keys, self._readings
        late = [place for place, each in enumerate(readings) if self._stage_with(each) == last]
        stage = worthwhile_stage([readings[at] for at in late], keys.leaves, keys.codes[late])
        if stage is None:
            return
        self._stages.append(stage)
        columns = [keys.leaves.index(leaf) for leaf in stage]
        stage_of = [each if each < last else last + 1 for each in keys.stage_of]
        met: set[tuple[int, ...]] = set()
        for place in late:
            end = tuple([keys.known(place)[column] for column in columns])
            if self._stage_with(readings[place]) == last and end not in met:
                met.add(end)
                stage_of[place] = last
        self._key_anew(keys.leaves, [keys.known(place) for place in range(len(stage_of))], stage_of)

    def _key_anew(
        self, leaves: Leaves, codes: Sequence[tuple[int, ...]], stage_of: Sequence[int]
    ) -> None:
        self.version += 1
        self.keys = StagedKeys()
        try:
            self.keys.reset(leaves, self._stages, self.layout)
        except TooWideError:
            raise UselessError from None
        self.keys.add(codes, stage_of)
