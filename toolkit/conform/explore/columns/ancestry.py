"""From which state, and by which step, each state was found first: some two bytes a state.

States are numbered in the order found, so those that one state led to are side by side: it is
enough to know how many each state led to, and by which move each was found.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable
from io import BytesIO

import numpy as np
from msgspec import Struct
from numpy.typing import NDArray

Numbers = NDArray[np.int64]


class _Block(Struct, frozen=True):
    """States expanded together: how many each was first to find, and by which moves."""

    first_source: int
    counts: NDArray[np.unsignedinteger]
    moves: NDArray[np.unsignedinteger]


class Ancestry:
    """Parents and moves of the states from the number `first` on.

    A move is an instance's number and the place of the successor among those it yields.
    """

    def __init__(self, first: int) -> None:
        self.first = first
        self._count = first
        self._blocks: list[_Block] = []
        self._starts: list[int] = []
        self._codes: dict[tuple[int, int], int] = {}
        self.moves: list[tuple[int, int]] = []
        """The moves by their codes, in the order in which they appeared."""

    def __len__(self) -> int:
        return self._count

    def number(self, moves: Iterable[tuple[int, int]]) -> None:
        """Give moves their codes in this order, before any state is added."""
        for instance, outcome in moves:
            self._code(instance, outcome)

    @property
    def block_count(self) -> int:
        """How many blocks of states were added."""
        return len(self._blocks)

    def written(self, first: int, end: int) -> bytes:
        """Return the blocks from `first` up to `end` as arrays in the format of numpy's files.

        Of each its first source, how many each source found, and the codes of the moves.
        """
        file = BytesIO()
        for block in self._blocks[first:end]:
            for part in (np.int64(block.first_source), block.counts, block.moves):
                np.save(file, part, allow_pickle=False)
        return file.getvalue()

    def add(
        self, first_source: int, counts: Numbers, instances: Numbers, outcomes: Numbers
    ) -> None:
        """Add the states that the states from `first_source` on were first to find, in order."""
        if not len(instances):
            return
        moves = self._encoded(instances, outcomes)
        self._starts.append(self._count)
        self._blocks.append(_Block(first_source, _narrowed(counts), _narrowed(moves)))
        self._count += len(instances)

    def _encoded(self, instances: Numbers, outcomes: Numbers) -> Numbers:
        width = int(outcomes.max()) + 1
        pairs, inverse = np.unique(instances * width + outcomes, return_inverse=True)
        codes = [self._code(pair // width, pair % width) for pair in pairs.tolist()]
        encoded: Numbers = np.array(codes, np.int64)[inverse.reshape(-1)]
        return encoded

    def _code(self, instance: int, outcome: int) -> int:
        move = (instance, outcome)
        if move not in self._codes:
            self._codes[move] = len(self.moves)
            self.moves.append(move)
        return self._codes[move]

    def parent(self, number: int) -> int:
        """Return the number of the state from which a state was found."""
        place = bisect_right(self._starts, number) - 1
        block = self._blocks[place]
        ends = np.cumsum(block.counts, dtype=np.int64)
        nth = number - self._starts[place]
        return block.first_source + int(np.searchsorted(ends, nth, side="right"))

    def move(self, number: int) -> tuple[int, int]:
        """Return the instance, and the place of the successor among those it yields."""
        place = bisect_right(self._starts, number) - 1
        return self.moves[int(self._blocks[place].moves[number - self._starts[place]])]


def _narrowed(numbers: Numbers) -> NDArray[np.unsignedinteger]:
    """Return numbers of the smallest type that holds them all."""
    most = int(numbers.max()) if len(numbers) else 0
    narrow: NDArray[np.unsignedinteger] = numbers.astype(np.min_scalar_type(most))
    return narrow
