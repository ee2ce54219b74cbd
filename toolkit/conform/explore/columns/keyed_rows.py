"""The states of a search that keeps most of them as keys alone: which were met, and some as rows.

Rows are there of the states that were found before the search came to this, and of those that wait
to be expanded. Rows, keys and tables have one layout and one way of taking values apart, always:
all are changed together.
"""

from __future__ import annotations

import numpy as np
from msgspec.structs import replace

from conform.domain.model import Model
from conform.domain.states import State
from conform.explore.columns.expansion import Expansion
from conform.explore.columns.frontier import Frontier
from conform.explore.columns.kept_rows import KeptRows
from conform.explore.columns.key_set import Flags, Keys
from conform.explore.columns.layout import Layout, Words
from conform.explore.columns.orbits import with_images
from conform.explore.columns.partitions.leading import Partitions
from conform.explore.columns.partitions.links import processes
from conform.explore.columns.partitions.messages import Begin
from conform.explore.columns.partitions.owners import owners_of
from conform.explore.columns.paying import GivenUpError
from conform.explore.columns.reencoding import Reencoding
from conform.explore.columns.shapes import UNKNOWN, Known, ShapeBrokenError, Shapes


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
        self.model = model
        self._kept = KeptRows(expansion.basis.layout, frontier, room, len(early))
        self._kept.meet(self.keys_of(early))
        self._room = room
        self._known = UNKNOWN
        self._is_closed = False
        self.partitions: Partitions | None = None
        """Who keeps all but the early rows, None while they are kept here."""
        expansion.hand_over(self._lay_out)

    @property
    def frontier(self) -> Frontier:
        """The rows of the states that wait."""
        return self._kept.frontier

    def close(self) -> None:
        """Let go of all files and processes: no state is looked for any more."""
        self._kept.close()
        if self.partitions is not None:
            self.partitions.close()
            self._is_closed = True

    def keys_of(self, words: Words) -> Keys:
        """Return the keys of rows, one for a class. Raises TooManyError."""
        return self._kept.keys_of(self.expansion.standing(words))

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
        row = self._row(number)
        return None if row is None else basis.state(basis.rows(row)[0])

    def _row(self, number: int) -> Words | None:
        if number < len(self.early):
            return self.early[number : number + 1]
        if self.partitions is not None:
            return None if self._is_closed else self.partitions.row(number)
        return self.frontier.rows(number, number + 1) if number >= self.frontier.first else None

    def is_met(self, state: State) -> bool:
        """Return whether a state was found. Raises TooManyError."""
        row = self.row_of(state)
        if self.partitions is not None:
            return self.partitions.is_met(row)
        return not self.absent(self.keys_of(row))[0]

    def add_state(self, state: State) -> None:
        """Add a state that was not found before. Raises TooManyError."""
        row = self.row_of(state)
        if self.partitions is not None:
            self.partitions.take(row, are_new=True, wait=True)
        else:
            self.add(row, self.keys_of(row))

    def row_of(self, state: State) -> Words:
        """Return the row of a state, which may be the first of its shape."""
        while True:
            basis = self.expansion.basis
            try:
                codes = np.array([basis.row(state)], np.int64)
            except ShapeBrokenError as broken:
                self.reshape(broken)
                continue
            self.expansion.make_room()
            return basis.layout.packed(codes)

    # ------------------------------------------------------------------------- layouts and shapes

    def reshape(self, broken: ShapeBrokenError) -> None:
        """Go on with other shapes: a value of a variable has none of those there were."""
        self._take_up(self._known.after(broken))

    def _take_up(self, known: Known) -> None:
        """Go on with the shapes that all values have, given what is known of variables."""
        self.rejoin()
        self._known = known
        identity = self.expansion.identity
        reencoding = Reencoding(self.expansion.basis)
        for rows in self._kept.met():
            reencoding.learn(rows)
        if identity is not None:  # what was met are the rows that stand for these
            for rows in (self.early, *self.frontier.parts()):
                reencoding.learn(rows)
        samples = [with_images(values, identity) for values in reencoding.values]
        expansion = Expansion(
            self.model,
            Shapes(samples, self._known),
            identity=identity,
            ways=self.expansion.ways,
        )
        reencoding.into(expansion.basis)
        expansion.make_room()
        kept = self._kept.changed(reencoding.rows, expansion.basis.layout, expansion.standing)
        self.early, self._kept = reencoding.rows(self.early), kept
        self.expansion = expansion
        expansion.hand_over(self._lay_out)

    def keep_sets_whole(self) -> None:
        """Go on with sets that are not split: some key is too wide. Raises GivenUpError."""
        variables = {one.variable for one in self.expansion.basis.shapes.sets}
        if not variables:
            raise GivenUpError
        self._take_up(replace(self._known, whole=self._known.whole | variables))

    def _lay_out(self, after: Layout) -> None:
        """Take over all rows and keys to another layout."""
        kept = self._kept.laid_out(after)
        early = after.transferred(self.early, self.expansion.basis.layout)
        if self.partitions is not None:
            self.partitions.lay_out(after)
        self.early, self._kept = early, kept
        self.expansion.basis.layout = after

    # ------------------------------------------------------------------------- several processes

    def part(self, first: int, workers: int) -> bool:
        """Have processes keep the states, of which those from `first` on wait.

        Returns False where so many cannot be started. Raises TooManyError.
        """
        layout = self.expansion.basis.layout
        rows = self.frontier.rows(first, self.frontier.end)
        owners = owners_of(rows, layout, workers)
        room = None if self._room is None else max(1, self._room // workers)
        count = len(self.expansion.successors)
        links = processes(
            [Begin(number, owners, layout.bits, count, room) for number in range(workers)]
        )
        if not links:
            return False
        self.partitions = Partitions(self.model, self.expansion, owners, first, links)
        for met in self._kept.met():
            self.partitions.take(met, are_new=True, wait=False)
        self.partitions.take(rows, are_new=False, wait=True)
        self._kept.close()
        self._kept = KeptRows(layout, Frontier(first), None)
        return True

    def rejoin(self) -> None:
        """Keep all states here again. Raises TooManyError."""
        partitions = self.partitions
        if partitions is None:
            return
        frontier = Frontier(partitions.first)
        frontier.append(partitions.waiting())
        kept = KeptRows(self.expansion.basis.layout, frontier, self._room)
        for rows in partitions.met():
            kept.meet(kept.keys_of(rows))
        partitions.close()
        self.partitions, self._kept = None, kept
