"""States that count as one: the number of the first state found of each class."""

from __future__ import annotations

from collections.abc import Hashable, Sequence

from conform.domain.model import Identity
from conform.explore.options import ExploreOptions
from conform.explore.packing import Packing
from conform.explore.space import StateSpace
from conform.explore.turns import Turns


class StateClasses:
    """The classes that a model's `identity` makes of its states.

    Keys are remembered by the slots that they depend on, where these are fewer than all.
    `is_volatile` says that one state may have other keys at other times, as with a view of
    TLCGet("level").
    """

    def __init__(self, identity: Identity, packing: Packing, options: ExploreOptions) -> None:
        self.name = identity.name
        self.is_volatile = identity.reads is None
        self._identity = identity
        self._packing = packing
        reads = identity.reads or frozenset()
        self._remembers = options.remember and bool(reads) and len(reads) < packing.slot_count
        self._reads = packing.mask(reads)
        self._keys: dict[int, Hashable] = {}
        self._numbers: dict[Hashable, int] = {}
        self._learnt = 0

    def number_of(self, word: int, space: StateSpace, turns: Turns) -> int | None:
        """Return the number of the state that stands for a new word; None if it does so itself.

        May raise EvaluationError.
        """
        found = turns.number_of(word) if turns.knows_classes else None
        if not turns.knows_classes:  # asking may have ended that it does
            if turns.has_found:
                self._learn(space.words)
            own = len(space)
            number = self._numbers.setdefault(self._key(word), own)
            found = None if number == own else number
        if found is not None:
            space.numbers[word] = found
        return found

    def _learn(self, words: Sequence[int]) -> None:
        """Take note of the classes of all states, by their numbers, that were not noted here."""
        for number in range(self._learnt, len(words)):
            self._numbers.setdefault(self._key(words[number]), number)
        self._learnt = len(words)

    def _key(self, word: int) -> Hashable:
        if not self._remembers:
            return self._identity.key(self._packing.unpack(word))
        bits = word & self._reads.bits
        key = self._keys.get(bits)
        if key is None:
            key = self._keys[bits] = self._identity.key(self._packing.unpack(word))
        return key
