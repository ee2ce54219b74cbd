r"""The value of a predicate put together from those of its parts, each remembered by what it read.

`\A m, n \in Procs : P(m, n)` is true of most states, and evaluated from its first pair to the last
for each combination of all that it reads. Each pair reads little, so that nearly all of this has
been evaluated before: the whole is found without evaluating anything, and so is what it read.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Sequence
from functools import partial
from operator import itemgetter

from conform.domain.conjunction import parts_of
from conform.domain.states import Predicate
from conform.explore.columns.basis import Basis, Reads, Row

PARTS_FROM = 48
"""Evaluations of a predicate from which on it is put together: small models need no more."""

MOST_PARTS = 256
"""Parts up to which those that can be are divided again."""

TRIAL_OF_MEMOS = 4096
"""Questions to parts after which half of them must have been answered before."""

KNOWN_OF_PART = 20_000
"""Answers that are kept for one part."""


class PartMemos:
    """What a predicate reads and says about states, evaluated as a whole or put together."""

    def __init__(self, basis: Basis, predicate: Predicate) -> None:
        self._basis = basis
        self._predicate = predicate
        self._count = 0
        self._parts: Sequence[_Part] = ()

    def ask(self, row: Row) -> tuple[Reads, int]:
        """Return what Basis.ask_predicate does."""
        self._count += 1
        if self._count == PARTS_FROM:
            self._parts = [_Part(self._basis, one) for one in _smallest_parts(self._predicate)]
        elif self._parts and self._count % TRIAL_OF_MEMOS == 0:
            self._reconsider()
        if not self._parts:
            return self._basis.ask_predicate(self._predicate, row)
        reads: set[int] = set()
        ranged: dict[int, int] = {}
        value = 1
        for part in self._parts:
            (read, over), value = part.ask(row)
            reads |= read
            ranged |= over
            if value != 1:
                break
        return (reads, ranged), value

    def _reconsider(self) -> None:
        """Evaluate the whole again where parts are hardly ever what they were before."""
        asked = sum(part.asked for part in self._parts)
        if 2 * sum(part.misses for part in self._parts) > asked:
            self._parts = ()


class _Part:
    """One part: what it read and said, by the codes of all leaves that it ever read.

    What ranges over a set that may get further elements is not kept.
    """

    __slots__ = ("_ask", "_key_of", "_known", "_leaves", "asked", "misses")

    def __init__(self, basis: Basis, predicate: Predicate) -> None:
        self._ask = partial(basis.ask_predicate, predicate)
        self._leaves: set[int] = set()
        self._key_of = _keys_of(())
        self._known: dict[Hashable, tuple[Reads, int]] = {}
        self.asked = 0
        self.misses = 0

    def ask(self, row: Row) -> tuple[Reads, int]:
        self.asked += 1
        found = self._known.get(self._key_of(row))
        if found is not None:
            return found
        self.misses += 1
        found = self._ask(row)
        reads, ranged = found[0]
        if not reads <= self._leaves:
            self._leaves |= reads
            self._key_of = _keys_of(sorted(self._leaves))
            self._known.clear()
        if not ranged:
            if len(self._known) >= KNOWN_OF_PART:
                self._known.clear()
            self._known[self._key_of(row)] = found
        return found


def _keys_of(leaves: Sequence[int]) -> Callable[[Row], Hashable]:
    """Return what gives the codes of some leaves in a row."""
    return itemgetter(*leaves) if leaves else lambda _row: ()


def _smallest_parts(predicate: Predicate) -> Sequence[Predicate]:
    """Return what a predicate is divided into, and these in turn, while they are not too many."""
    parts = parts_of(predicate)
    while parts:
        smaller = list(_divided_once(parts))
        if len(smaller) in (len(parts), 0) or len(smaller) > MOST_PARTS:
            break
        parts = smaller
    return parts


def _divided_once(parts: Iterable[Predicate]) -> Iterable[Predicate]:
    for part in parts:
        yield from parts_of(part) or (part,)
