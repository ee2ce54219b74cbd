"""How often Python looks for cycles among the objects of a process.

States, graphs and syntax trees are many objects and hold no cycles. To look through them whenever
some hundred more were made takes a tenth of the time of a check, and finds nothing.
"""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager

SOME_OBJECTS = 20_000
"""Objects more than at the last look from which on the youngest are looked through: some 2 MB."""

LOOKS_AT_YOUNGER = (20, 50)
"""Looks at the objects of one age for each look at the next older ones."""

MANY_OBJECTS = 1_000_000
"""The same where steps are replayed, which make some objects each: some 100 MB."""


def collect_seldom() -> None:
    """Let this process look for cycles less often, for as long as it lives."""
    gc.set_threshold(SOME_OBJECTS, *LOOKS_AT_YOUNGER)


@contextmanager
def hardly_collected() -> Iterator[None]:
    """Let Python look for cycles among new objects alone, and whenever there are many more of them.

    To look through all that there is, a state graph included, again and again while it is replayed
    takes a fifth of the time.
    """
    before = gc.get_threshold()
    gc.freeze()
    gc.set_threshold(MANY_OBJECTS, *before[1:])
    try:
        yield
    finally:
        gc.set_threshold(*before)
        gc.unfreeze()
