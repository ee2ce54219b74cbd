"""Keys beyond memory: sorted runs in a file, asked for many keys at once.

Facts followed: the keys in memory are written as a sorted run when they are many; runs of like size
are merged, so that there are few (O'Neil, Cheng, Gawlick and O'Neil, The log-structured merge-tree,
1996). A file has no name: it is gone when the process is, however that ends.
"""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from contextlib import suppress
from typing import IO

import numpy as np

from conform.explore.columns.key_set import Flags, Keys, KeySet
from conform.explore.limits import LimitReachedError
from conform.explore.options import Limit

SLICE = 1 << 18
"""Keys of a run that are read at once: two megabytes."""

_KEY_BYTES = 8


class KeyRun:
    """Sorted keys in a file of their own."""

    def __init__(self, parts: Iterator[Keys]) -> None:
        """Write the keys of all parts, each sorted, and greater than those before.

        Raises LimitReachedError when the disk is full.
        """
        self._count = 0
        firsts: list[Keys] = []
        try:
            self._file: IO[bytes] = tempfile.TemporaryFile(prefix="conform-keys-")  # noqa: SIM115
        except OSError as error:
            raise LimitReachedError(Limit.DISK) from error
        try:
            for part in parts:
                self._file.write(part.tobytes())
                phase = -self._count % SLICE
                firsts.append(part[phase::SLICE].copy())
                self._count += len(part)
            self._file.flush()
        except OSError as error:
            with suppress(OSError):  # what it still holds is written once more
                self._file.close()
            raise LimitReachedError(Limit.DISK) from error
        self._firsts: Keys = np.concatenate(firsts) if firsts else np.zeros(0, np.uint64)

    def __len__(self) -> int:
        return self._count

    def close(self) -> None:
        """Let go of the file."""
        self._file.close()

    def parts(self) -> Iterator[Keys]:
        """Yield all keys in their order, some at a time."""
        for place in range(len(self._firsts)):
            yield self._slice(place)

    def _slice(self, place: int) -> Keys:
        first = place * SLICE
        count = min(SLICE, self._count - first)
        self._file.seek(first * _KEY_BYTES)
        return np.frombuffer(self._file.read(count * _KEY_BYTES), np.uint64)

    def holds(self, keys: Keys) -> Flags:
        """Return which of some sorted keys are in the run."""
        found = np.zeros(len(keys), np.bool_)
        ends = np.searchsorted(keys, self._firsts[1:]).tolist()
        first = 0
        for place, end in enumerate([*ends, len(keys)]):
            if end > first:
                known = self._slice(place)
                asked = keys[first:end]
                places = np.searchsorted(known, asked)
                places[places == len(known)] = 0
                found[first:end] = known[places] == asked
                first = end
        return found


class KeysBeyondMemory:
    """Keys that were met, like KeySet; beyond `room` of them the rest is in files."""

    def __init__(self, room: int) -> None:
        self._room = room
        self._recent = KeySet()
        self._runs: list[KeyRun] = []

    def __len__(self) -> int:
        return len(self._recent) + sum(map(len, self._runs))

    @property
    def nbytes(self) -> int:
        """The bytes that keys take in memory."""
        return self._recent.nbytes

    def parts(self) -> Iterator[Keys]:
        """Yield all keys in no particular order, some at a time."""
        yield from self._recent.parts()
        for run in self._runs:
            yield from run.parts()

    def absent(self, keys: Keys) -> Flags:
        """Return which keys, among which one may be twice, are not there."""
        absent = self._recent.absent(keys)
        if self._runs:
            left, inverse = np.unique(keys[absent], return_inverse=True)
            known = np.zeros(len(left), np.bool_)
            for run in self._runs:
                known |= run.holds(left)
            absent[absent] = ~known[inverse.reshape(-1)]
        return absent

    def add(self, keys: Keys) -> None:
        """Add distinct keys, none of which is there.

        Raises LimitReachedError when the disk is full.
        """
        if len(self._recent) and len(self._recent) + len(keys) > self._room:
            self._write_recent()
        self._recent.add(keys)

    def close(self) -> None:
        """Let go of all files."""
        for run in self._runs:
            run.close()

    def _write_recent(self) -> None:
        parts = list(self._recent.parts())
        self._recent = KeySet()  # before anything is copied: memory is short here
        keys = np.concatenate(parts)
        del parts
        keys.sort()
        runs = self._runs
        runs.append(KeyRun(iter([keys])))
        del keys
        while len(runs) > 1 and len(runs[-2]) <= 2 * len(runs[-1]):
            one, other = runs[-2:]
            runs[-2:] = [KeyRun(_merge(one.parts(), other.parts()))]
            one.close()
            other.close()


def _merge(one: Iterator[Keys], other: Iterator[Keys]) -> Iterator[Keys]:
    """Yield the keys of two sorted runs that have none in common, sorted."""
    none = np.zeros(0, np.uint64)
    left, right = next(one, none), next(other, none)
    while len(left) and len(right):
        last = min(left[-1], right[-1])
        of_left = int(np.searchsorted(left, last, side="right"))
        of_right = int(np.searchsorted(right, last, side="right"))
        yield np.sort(np.concatenate((left[:of_left], right[:of_right])), kind="stable")
        left, right = left[of_left:], right[of_right:]
        left = left if len(left) else next(one, none)
        right = right if len(right) else next(other, none)
    yield from (part for part in (left, right) if len(part))
    yield from one
    yield from other
