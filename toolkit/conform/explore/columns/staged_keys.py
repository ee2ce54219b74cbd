"""From the codes that a question reads to the place of its answer, stage by stage.

Most evaluations end early: a guard is false, and what the others would have read does not matter.
An evaluation is determined by what it reads, so one that read nothing but the leaves of a stage has
the same answer wherever these are the same. Stages are asked one after the other, each about what
those before it do not know; the last one has all leaves that were ever read.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from conform.explore.columns.key_set import first_places
from conform.explore.columns.keys import UNKNOWN, Combinations, KeyIndex, Rows
from conform.explore.columns.layout import Codes, Layout, Words

Leaves = tuple[int, ...]
"""Leaves in ascending order."""


class StagedKeys:
    """The places of the answers to one question, counted in the order in which they were added.

    `stages` has the leaves of each stage that comes before the last; `stage_of` says for each
    answer in which it is found.
    """

    def __init__(self) -> None:
        self.leaves: Leaves = ()
        self.stages: tuple[Leaves, ...] = ()
        self.stage_of: list[int] = []
        self._known = Combinations(0)
        self._parts: list[_Stage] = []

    def reset(self, leaves: Leaves, stages: Sequence[Leaves], layout: Layout) -> None:
        """Forget all places: keys are of these leaves from now on. Raises TooWideError."""
        self.leaves, self.stages = leaves, tuple(stages)
        self.stage_of = []
        self._known = Combinations(len(leaves))
        self._parts = [_Stage(part, leaves, layout) for part in (*stages, leaves)]

    def lay_out(self, layout: Layout) -> None:
        """Take up another layout; places stay what they are. Raises TooWideError."""
        for part in self._parts:
            part.index.lay_out(layout)

    def rows(self, words: Words) -> Rows:
        """Return the places of the answers about some states, UNKNOWN where there is none."""
        first, *others = self._parts
        rows = first.rows(words)
        for part in others:
            left = np.flatnonzero(rows == UNKNOWN)
            if not len(left):
                break
            rows[left] = part.rows(words.take(left, axis=0))
        return rows

    def different(self, words: Words) -> Words:
        """Return one of the states for each key of all leaves."""
        return words.take(first_places(self._parts[-1].index.keys(words)), axis=0)

    def add(self, codes: Sequence[tuple[int, ...]], stage_of: Sequence[int]) -> None:
        """Add a place for each combination of codes of `leaves`, to be found in some stage.

        In that stage none of them is known yet.
        """
        first = len(self._known)
        self._known.add(codes)
        self.stage_of.extend(stage_of)
        for number, part in enumerate(self._parts):
            added = [place for place, stage in enumerate(stage_of) if stage == number]
            if added:
                part.add([codes[place] for place in added], [first + place for place in added])

    def known(self, place: int) -> tuple[int, ...]:
        """Return the codes of `leaves` by which a place was added."""
        return self._known[place]

    @property
    def codes(self) -> Codes:
        """The codes of all places, one row each."""
        return self._known.matrix


class _Stage:
    """One stage: the keys of its leaves, and the place that each row of them stands for."""

    def __init__(self, leaves: Leaves, every: Leaves, layout: Layout) -> None:
        self.index = KeyIndex()
        self.index.reset(leaves, layout)
        self._columns = [every.index(leaf) for leaf in leaves]

    def rows(self, words: Words) -> Rows:
        """Return the places for some states, UNKNOWN where there is none."""
        return self.index.rows(self.index.keys(words))

    def add(self, codes: Sequence[tuple[int, ...]], places: Sequence[int]) -> None:
        """Let keys stand for places."""
        chosen = [tuple([row[column] for column in self._columns]) for row in codes]
        self.index.add(chosen, places)
