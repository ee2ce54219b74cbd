"""States that FizzBee takes for one: those that differ in the order of their threads alone."""

from __future__ import annotations

from collections import Counter
from collections.abc import Hashable

from conform.domain.states import Slots, State
from conform.domain.values import FunctionValue, Value
from conform.languages.fizzbee.layout import THREADS, Layout


class ThreadOrder:
    """Identity by everything but the places of threads; which one ran last counts.

    Follows Process.HashCode of FizzBee: the hash of the current thread, then those of all threads,
    sorted.
    """

    def __init__(self, layout: Layout) -> None:
        self._place = layout.places[THREADS]
        self._reads = layout.everything

    @property
    def name(self) -> str:
        """What messages call it."""
        return "the order of threads"

    @property
    def reads(self) -> Slots:
        """All slots."""
        return self._reads

    @property
    def moves(self) -> None:
        """None: threads change places only where each is told from the others by its place."""

    @property
    def tells(self) -> None:
        """None: it is no choice of slots."""

    def key(self, state: State) -> Hashable:
        """Return what is equal for states that count as one."""
        threads = state[self._place]
        rest = (*state[: self._place], *state[self._place + 1 :])
        plain = tuple((type(value) is bool, value) for value in rest)
        return plain, self.unordered(threads)

    def unordered(self, threads: Value) -> Hashable:
        """Return what is equal for the same threads in any order, the same one being current."""
        return _unordered(threads)


def _unordered(threads: Value) -> Hashable:
    if not isinstance(threads, FunctionValue):
        return threads
    current, all_ = threads.get("current"), threads.get("threads")
    if not isinstance(current, int) or not isinstance(all_, FunctionValue):
        return threads
    return all_.values[current - 1], frozenset(Counter(all_.values).items())
