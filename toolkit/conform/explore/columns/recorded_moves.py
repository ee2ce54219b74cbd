"""The moves by which an earlier search found its states, in order, read from its checkpoint."""

from __future__ import annotations

from typing import IO

import numpy as np
from msgspec import Struct
from numpy.typing import NDArray

from conform.explore.checkpoints.manifest import Standing

MOST = 1 << 16
"""States whose moves are taken at once, about."""

_Numbers = NDArray[np.int64]


class Moves(Struct, frozen=True):
    """The moves from states of one level up to `end` that found new states, in order.

    For each its source's number, its instance, and the successor's place among those it yields.
    """

    end: int
    sources: _Numbers
    instances: _Numbers
    outcomes: _Numbers

    def __len__(self) -> int:
        return len(self.sources)


class RecordedMoves:
    """Reads moves from a file, some at a time; the digest of that was compared before."""

    def __init__(self, standing: Standing, file: IO[bytes]) -> None:
        self.standing = standing
        self._file = file
        table = np.array(standing.moves, np.int64).reshape(len(standing.moves), 2)
        self._instances, self._outcomes = table[:, 0], table[:, 1]
        self._ahead: tuple[int, _Numbers, _Numbers] | None = None
        self._read()

    def _read(self) -> None:
        """Read the next block: its first source, how many each source found, the moves."""
        if self._file.tell() >= self.standing.size:
            self._ahead = None
            self.close()
            return
        first, counts, moves = (np.load(self._file, allow_pickle=False) for _ in range(3))
        self._ahead = int(first), counts.astype(np.int64), moves.astype(np.int64)

    def close(self) -> None:
        """Let go of the file."""
        self._file.close()

    def take(self, first: int, end: int) -> Moves:
        """Return the next moves from states from `first` up to `end` at most, of one level."""
        sources: list[_Numbers] = []
        moves: list[_Numbers] = []
        reached, count = first, 0
        while self._ahead is not None and self._ahead[0] < (end if count < MOST else reached):
            start, counts, found = self._ahead
            sources.append(np.repeat(np.arange(start, start + len(counts)), counts))
            moves.append(found)
            reached, count = max(reached, start + len(counts)), count + len(found)
            self._read()
        if self._ahead is None:
            reached = min(end, self.standing.expanded)
        elif self._ahead[0] >= end:
            reached = end
        none = np.zeros(0, np.int64)
        chosen = np.concatenate((none, *moves))
        return Moves(
            reached,
            np.concatenate((none, *sources)),
            self._instances[chosen],
            self._outcomes[chosen],
        )
