"""The states and edges found so far: numbers, parents, levels; states are packed words.

States are numbered in the order found, which is breadth first: initial states come first, and the
levels are consecutive ranges.
"""

from __future__ import annotations

from array import array
from bisect import bisect_right
from collections.abc import Callable

NOWHERE = -1
"""In place of a state's number: there is none (an initial state's parent, an excluded target)."""


class StateSpace:
    """Distinct states by number, with the state and the instance that first led to each.

    `numbers` may hold further words, each with the number of the state that stands for it.
    """

    def __init__(self) -> None:
        self.words: list[int] = []
        self.numbers: dict[int, int] = {}
        self.find: Callable[[int], int | None] = self.numbers.get
        """Returns the number of a word, None for a new one."""
        self.parents = array("i")
        self.instances = array("i")
        self.level_starts: list[int] = []

    def __len__(self) -> int:
        return len(self.parents)

    @property
    def depth(self) -> int:
        """The number of levels; 0 without states."""
        return len(self.level_starts)

    def level(self, number: int) -> int:
        """Return the level of a state; initial states are on level 1."""
        return bisect_right(self.level_starts, number)

    def end_of_level(self, number: int) -> int:
        """Return the number after the last state, as yet, of the level that a state is on."""
        level = self.level(number)
        return self.level_starts[level] if level < self.depth else len(self)

    def word(self, number: int) -> int:
        """Return the word of a state."""
        return self.words[number]

    def parent(self, number: int) -> int:
        """Return the state that first led to a state, NOWHERE for an initial one."""
        return self.parents[number]

    def instance(self, number: int) -> int:
        """Return the instance by which it was found, NOWHERE for an initial state."""
        return self.instances[number]

    def add(self, word: int, parent: int, instance: int) -> int:
        """Add a new state and return its number; `parent` NOWHERE makes it an initial state."""
        number = len(self.parents)
        starts = self.level_starts
        if not starts or parent >= starts[-1]:
            starts.append(number)
        self.words.append(word)
        self.parents.append(parent)
        self.instances.append(instance)
        self.numbers[word] = number
        return number

    def settle(self) -> None:
        """Drop a state that an interruption left half added."""
        count = min(len(self.parents), len(self.instances))
        for word in self.words[count:]:
            self.numbers.pop(word, None)
        del self.words[count:], self.parents[count:], self.instances[count:]
        if self.words:
            self.numbers[self.words[-1]] = len(self.words) - 1
        while self.level_starts and self.level_starts[-1] >= count:
            self.level_starts.pop()


class Edges:
    """Transitions between stored states, in the order found: grouped by source, sources ascending.

    `outcomes` holds the place of each successor among those that its instance yields. The edges of
    state `s` are `firsts[s]` to `firsts[s + 1]`, once `close` was called.
    """

    def __init__(self) -> None:
        self.firsts = array("q")
        self.sources = array("i")
        self.targets = array("i")
        self.instances = array("i")
        self.outcomes = array("i")

    def __len__(self) -> int:
        return len(self.targets)

    def open_source(self) -> None:
        """Begin the edges of the next state."""
        self.firsts.append(len(self.targets))

    def add(self, source: int, target: int, instance: int, outcome: int) -> None:
        """Add an edge of the state that was opened last."""
        self.sources.append(source)
        self.instances.append(instance)
        self.outcomes.append(outcome)
        self.targets.append(target)

    def close(self, state_count: int) -> None:
        """Give the states that were not expanded empty ranges; drop a half-added edge."""
        count = len(self.targets)
        for column in (self.sources, self.instances, self.outcomes):
            del column[count:]
        while self.firsts and self.firsts[-1] > count:
            self.firsts.pop()
        self.firsts.extend([count] * (state_count + 1 - len(self.firsts)))
