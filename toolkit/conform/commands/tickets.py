"""Counters that several processes draw from: each number goes to one of them.

So work is divided as it is done: who is ready draws what comes next, and what nobody has begun can
still be done by another.
"""

from __future__ import annotations

from multiprocessing.context import BaseContext

COUNTERS = 1024
"""Counters that one pool has."""

NEVER = 1 << 30
"""More than anybody counts to: drawn where the process that holds the lock was killed with it."""

PATIENCE = 10.0
"""Seconds that one waits for a lock that is held for no time at all."""


class Tickets:
    """Counters that begin with 0, made by one process and handed to those that it starts."""

    def __init__(self, context: BaseContext) -> None:
        self._counts = context.Array("i", COUNTERS)

    def draw(self, counter: int) -> int:
        """Return the next number of a counter, 0 first, as nobody else does."""
        lock = self._counts.get_lock()
        if not lock.acquire(timeout=PATIENCE):
            return NEVER
        try:
            number: int = self._counts[counter]
            self._counts[counter] = number + 1
            return number
        finally:
            lock.release()

    def is_drawn(self, counter: int) -> bool:
        """Whether anybody has drawn from a counter."""
        return bool(self._counts.get_obj()[counter])
