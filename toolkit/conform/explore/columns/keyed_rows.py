"""The states of a search that keeps most of them as keys alone: which were met, and some as rows.

Rows are there of the states that were found before the search came to this, and of those that wait
to be expanded. Rows, keys and tables have one layout and one way of taking values apart, always:
all are changed together.
"""

from __future__ import annotations

import numpy as np

from conform.domain.model import Model, State
from conform.explore.columns.expansion import Expansion
from conform.explore.columns.frontier import Frontier
from conform.explore.columns.kept_rows import KeptRows
from conform.explore.columns.key_set import Flags, Keys
from conform.explore.columns.layout import Layout, Words
from conform.explore.columns.paying import GivenUpError
from conform.explore.columns.reencoding import Reencoding
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
        frontier = Frontier(first)
        frontier.append(early[first:])
        self._model = model
        self._kept = KeptRows(expansion.basis.layout, frontier, room, len(early))
        self._kept.meet(self._kept.keys_of(early))
        self._kept_whole: set[int] = set()
        expansion.hand_over(self._lay_out)

    @property
    def frontier(self) -> Frontier:
        """The rows of the states that wait."""
        return self._kept.frontier

    def close(self) -> None:
        """Let go of all files: no state is looked for any more."""
        self._kept.close()

    def keys_of(self, words: Words) -> Keys:
        """Return the keys of rows. Raises TooManyError."""
        return self._kept.keys_of(words)

    def absent(self, keys: Keys) -> Flags:
        """Return which keys are of states that were not found."""
        return self._kept.absent(keys)

    def add(self, words: Words, keys: Keys) -> None:
        """Add distinct states that were not found before; they wait to be expanded.

        Raises LimitReachedError when the disk is full.
        """
        self._kept.meet(keys)
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
        for rows in self._kept.met():
            reencoding.learn(rows)
        shapes = Shapes(reencoding.values, frozenset(self._kept_whole))
        expansion = Expansion(self._model, shapes)
        reencoding.into(expansion.basis)
        expansion.widen()
        kept = self._kept.changed(reencoding.rows, expansion.basis.layout)
        self.early, self._kept = reencoding.rows(self.early), kept
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
        kept = self._kept.laid_out(after)
        early = after.transferred(self.early, self.expansion.basis.layout)
        self.early, self._kept = early, kept
        self.expansion.basis.layout = after
