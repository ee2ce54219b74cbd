"""The states of a search that keeps most of them as keys alone, as the plain search sees them.

It is asked for a word here and there: for the states of a block in which there is something to
tell, and for those of a trace. What is no row any longer is found by taking the steps again that
led to it.
"""

from __future__ import annotations

from itertools import islice

from conform.domain.model import Model
from conform.domain.states import State
from conform.explore.columns.levels import Levels
from conform.explore.packing import Packing
from conform.explore.space import StateSpace

MET = 0
"""In place of the number of a state that was met before: which it has, nobody knows."""


class KeyedSpace(StateSpace):
    """The states that were found before `levels` took over, and those since.

    `words` and `numbers` are not kept: ask `word` and `find`.
    """

    def __init__(self, early: StateSpace, levels: Levels, model: Model, packing: Packing) -> None:
        super().__init__()
        self.level_starts = early.level_starts
        self.parents = early.parents
        self.instances = early.instances
        self.find = self._find
        self._levels = levels
        self._model = model
        self._packing = packing
        self._known: dict[int, int] = {}

    def __len__(self) -> int:
        return len(self._levels)

    def _find(self, word: int) -> int | None:
        return MET if self._levels.is_met(self._packing.unpack(word)) else None

    def parent(self, number: int) -> int:
        early = number < self._levels.ancestry.first
        return super().parent(number) if early else self._levels.ancestry.parent(number)

    def instance(self, number: int) -> int:
        early = number < self._levels.ancestry.first
        return super().instance(number) if early else self._levels.ancestry.move(number)[0]

    def word(self, number: int) -> int:
        path: list[int] = []
        state = self._state(number)
        while state is None:
            path.append(number)
            number = self.parent(number)
            state = self._state(number)
        for number in reversed(path):
            instance, outcome = self._levels.ancestry.move(number)
            successors = self._model.successors(self._model.instances[instance], state)
            state = next(islice(successors, outcome, None)).state
            self._known[number] = self._packing.pack(state)
        return self._packing.pack(state)

    def _state(self, number: int) -> State | None:
        word = self._known.get(number)
        return self._levels.state(number) if word is None else self._packing.unpack(word)

    def add(self, word: int, parent: int, instance: int) -> int:
        number = len(self)
        self._known[number] = word
        state = self._packing.unpack(word)
        self._levels.add(state, parent, instance, self._outcome(state, parent, instance))
        return number

    def _outcome(self, state: State, parent: int, instance: int) -> int:
        """Return the place of a successor among those that an instance yields."""
        before = self._packing.unpack(self.word(parent))
        successors = self._model.successors(self._model.instances[instance], before)
        packed = (self._packing.pack(one.state) for one in successors)
        return next(place for place, one in enumerate(packed) if one == self._packing.pack(state))

    def settle(self) -> None:
        while self.level_starts and self.level_starts[-1] >= len(self):
            self.level_starts.pop()
