"""One exact key for several parts as wide as a key: never a fingerprint.

The values that a part takes are few beside all states, and are numbered as they appear. The numbers
of a few parts side by side are the key; of more parts, those of two are a part again.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from conform.explore.columns.key_set import KeyNumbers, Keys


class TooManyError(Exception):
    """Rows are too wide, or have too many combinations or images of values, for keys."""


class JoinedNumbers:
    """Numbers of the values of some parts, and keys of their combinations."""

    def __init__(self, parts: int, bits: int, side_by_side: int) -> None:
        """Begin without numbers; a key has `bits`, and numbers of so many parts at most."""
        self.parts = [KeyNumbers() for _ in range(parts)]
        self._pairs: JoinedNumbers | None = None
        if parts > side_by_side:
            self._pairs = JoinedNumbers((parts + 1) // 2, bits, side_by_side)
        self._width = bits // (2 if self._pairs else max(1, parts))

    def of(self, parts: Sequence[Keys]) -> Keys:
        """Return the keys of combinations, part by part. Raises TooManyError."""
        numbers = [
            known.numbers(part).view(np.uint64)
            for known, part in zip(self.parts, parts, strict=True)
        ]
        if any(len(known) >> self._width for known in self.parts):
            raise TooManyError
        if self._pairs is None:
            return self._side_by_side(numbers)
        pairs = [numbers[place : place + 2] for place in range(0, len(numbers), 2)]
        return self._pairs.of([self._side_by_side(pair) for pair in pairs])

    def _side_by_side(self, numbers: Sequence[Keys]) -> Keys:
        found, *others = numbers
        for each in others:
            found = (found << np.uint64(self._width)) | each
        return found

    def numbers(self, keys: Keys) -> list[Keys]:
        """Return the number that each part has in these keys."""
        if self._pairs is None:
            return self._apart(keys, len(self.parts))
        found: list[Keys] = []
        for known, numbers in zip(self._pairs.parts, self._pairs.numbers(keys), strict=True):
            pair = known.keys.take(numbers.view(np.int64))
            found.extend(self._apart(pair, min(2, len(self.parts) - len(found))))
        return found

    def _apart(self, keys: Keys, count: int) -> list[Keys]:
        mask = np.uint64((1 << self._width) - 1)
        shifts = [np.uint64(self._width * place) for place in reversed(range(count))]
        return [(keys >> shift) & mask for shift in shifts]

    def renumbered(self, parts: Sequence[KeyNumbers]) -> JoinedNumbers:
        """Return the same with other values of the parts, numbered alike."""
        found = JoinedNumbers.__new__(JoinedNumbers)
        found.parts = list(parts)
        found._pairs, found._width = self._pairs, self._width
        return found
