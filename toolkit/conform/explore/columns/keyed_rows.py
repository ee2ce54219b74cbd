"""The states of a search that keeps most of them as keys alone: which were met, and some as rows.

Rows are there of the states that were found before the search came to this, and of those that wait
to be expanded. Rows, keys and tables have one layout and one way of taking values apart, always:
all are changed together.
"""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from conform.domain.model import Model, State
from conform.explore.columns.expansion import Expansion
from conform.explore.columns.frontier import Frontier
from conform.explore.columns.key_files import KeysBeyondMemory
from conform.explore.columns.key_set import Flags, Keys, KeySet
from conform.explore.columns.layout import Layout, Words
from conform.explore.columns.paying import GivenUpError
from conform.explore.columns.reencoding import Reencoding
from conform.explore.columns.row_keys import RowKeys
from conform.explore.columns.shapes import ShapeBrokenError, Shapes


class KeyedRows:
    """`early` are the rows of the states found before; `frontier` has those not yet expanded."""

    def __init__(
        self, model: Model, expansion: Expansion, early: Words, first: int, room: int | None
    ) -> None:
        """Wait with the state `first` and those after it, which are early ones.

        With `room` so many keys are in memory at most, and the others in files. Raises
        TooManyError.
        """
        self.expansion = expansion
        self.early = early
        self.frontier = Frontier(first)
        self.frontier.append(early[first:])
        self._model = model
        self._room = room
        self._keys = RowKeys(expansion.basis.layout)
        self._met = self._no_keys(len(early))
        self._met.add(self._keys.of(early))
        self._kept_whole: set[int] = set()
        expansion.hand_over(self._lay_out)

    def close(self) -> None:
        """Let go of all files: no state is looked for any more."""
        self._met.close()

    def keys_of(self, words: Words) -> Keys:
        """Return the keys of rows. Raises TooManyError."""
        return self._keys.of(words)

    def absent(self, keys: Keys) -> Flags:
        """Return which keys are of states that were not found."""
        return self._met.absent(keys)

    def add(self, words: Words, keys: Keys) -> None:
        """Add distinct states that were not found before; they wait to be expanded.

        Raises LimitReachedError when the disk is full.
        """
        self._met.add(keys)
        self.frontier.append(words)

    def state(self, number: int) -> State | None:
        """Return a state whose row is kept, None for another."""
        basis = self.expansion.basis
        if number < len(self.early):
            row = self.early[number : number + 1]
        elif number >= self.frontier.first:
            row = self.frontier.rows(number, number + 1)
        else:
            return None
        return basis.state(basis.rows(row)[0])

    def row_of(self, state: State) -> Words:
        """Return the row of a state, which may be the first of its shape."""
        while True:
            basis = self.expansion.basis
            try:
                codes = np.array([basis.row(state)], np.int64)
            except ShapeBrokenError as broken:
                self.keep_whole({broken.variable})
                continue
            if basis.outgrown:
                self.expansion.widen()
            return basis.layout.packed(codes)

    # ------------------------------------------------------------------------- layouts and shapes

    def keep_whole(self, variables: set[int]) -> None:
        """Go on with variables that are not split: one of their values has another shape."""
        self._kept_whole |= variables
        reencoding = Reencoding(self.expansion.basis)
        for part in self._met.parts():
            reencoding.learn(self._keys.rows(part))
        shapes = Shapes(reencoding.values, frozenset(self._kept_whole))
        expansion = Expansion(self._model, shapes)
        reencoding.into(expansion.basis)
        expansion.widen()
        self._change(reencoding.rows, None, expansion.basis.layout)
        self.expansion = expansion
        expansion.hand_over(self._lay_out)

    def keep_sets_whole(self) -> None:
        """Go on with sets that are not split: some key is too wide. Raises GivenUpError."""
        variables = {one.variable for one in self.expansion.basis.shapes.sets}
        if not variables:
            raise GivenUpError
        self.keep_whole(variables)

    def _lay_out(self, after: Layout) -> None:
        """Take over all rows and keys to another layout."""
        before = self.expansion.basis.layout
        self._change(
            lambda words: after.transferred(words, before), self._keys.relaid(after), after
        )

    def _change(
        self, change: Callable[[Words], Words], keys: RowKeys | None, layout: Layout
    ) -> None:
        """Make all rows others; without `keys` that give the same as before, all keys too.

        A time limit may break in, so nothing is replaced before all is there.
        """
        met = self._met
        if keys is None:
            keys = RowKeys(layout)
            met = self._no_keys(len(self._met))
            for part in self._met.parts():
                met.add(keys.of(change(self._keys.rows(part))))
        early, frontier = change(self.early), self.frontier.changed(change)
        self.early, self.frontier = early, frontier
        if met is not self._met:
            self._met.close()
        self._keys, self._met = keys, met
        self.expansion.basis.layout = layout

    def _no_keys(self, count: int) -> KeySet | KeysBeyondMemory:
        return KeySet(count) if self._room is None else KeysBeyondMemory(self._room)
