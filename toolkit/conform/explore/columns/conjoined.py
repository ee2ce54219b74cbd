"""Predicates asked about many states at once, each only where those before it hold."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from conform.explore.columns.layout import Layout, Words
from conform.explore.columns.tables import Table


class Values(Protocol):
    """The values of one predicate: 0, 1 or NO_VALUE."""

    @property
    def tables(self) -> Sequence[Table[int] | None]:
        """What is remembered of each part, None where it is asked each time."""

    @property
    def asked(self) -> int:
        """How often a table was asked for the value."""

    @property
    def reads(self) -> frozenset[int]:
        """The leaves that were read while answers were remembered."""

    @property
    def misses(self) -> int:
        """How often it was evaluated for a table."""

    @property
    def is_direct(self) -> bool:
        """Whether it is asked each time."""

    def lay_out(self, layout: Layout) -> None:
        """Take up another layout."""

    def of(self, words: Words) -> NDArray[np.int8]:
        """Return the value in each state, or on each step."""


def conjoined(parts: Sequence[Values], words: Words) -> NDArray[np.int8]:
    """Return the values of a conjunction, asked part by part: of each only where none was false.

    One that has no value decides: what comes after it is not asked.
    """
    values = np.ones(len(words), np.int8)
    are_all_true = True
    for part in parts:
        if are_all_true:
            values = part.of(words)
            are_all_true = bool((values == 1).all())
        else:
            left = np.flatnonzero(values == 1)
            values[left] = part.of(words.take(left, axis=0))
    return values
