"""States that count as one: the number of the first state found of each class."""

from __future__ import annotations

from collections.abc import Hashable

from conform.domain.model import Identity
from conform.explore.options import ExploreOptions
from conform.explore.packing import Packing


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

    def number_of(self, word: int, number: int) -> int:
        """Return the number of the class of `word`; a new class gets `number`.

        May raise EvaluationError.
        """
        return self._numbers.setdefault(self._key(word), number)

    def _key(self, word: int) -> Hashable:
        if not self._remembers:
            return self._identity.key(self._packing.unpack(word))
        bits = word & self._reads.bits
        key = self._keys.get(bits)
        if key is None:
            key = self._keys[bits] = self._identity.key(self._packing.unpack(word))
        return key
