"""Rows of codes packed into 64-bit words: leaf 0 in the most significant bits of word 0.

A row is `words` unsigned integers of 64 bits. No leaf lies across two of them. As the order of the
leaves never changes, rows of one word keep their order when leaves grow wider.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TypeAlias

import numpy as np
from msgspec import Struct
from numpy.typing import NDArray

Words: TypeAlias = NDArray[np.uint64]
"""Packed rows, of shape (rows, words)."""

Codes: TypeAlias = NDArray[np.int64]
"""Codes of leaves, of shape (rows, leaves); KEPT where a leaf keeps what it has."""

KEPT = -1

WORD_BITS = 64
"""Bits of a word that leaves are laid into; all of them, but where a test wants many words."""

KEY_BITS = 64
"""Bits of a key, whatever the words have."""

_FOLD = np.uint64(0x9E3779B97F4A7C15)
_FOLD_AGAIN = np.uint64(0xC4CEB9FE1A85EC53)
_HALF = np.uint64(32)


class Field(Struct, frozen=True):
    """Where leaves lie side by side: `bits` bits of word `word`, `shift` of its bits below them."""

    word: int
    shift: int
    bits: int


class Layout:
    """The place of each leaf: `fields` in the order of the leaves, in rows of some `words`."""

    def __init__(self, fields: Sequence[Field], words: int) -> None:
        self.fields = fields
        self.words = words
        self.bits = tuple([field.bits for field in fields])
        self._words = np.array([field.word for field in fields], np.intp)
        self._shifts = np.array([field.shift for field in fields], np.uint64)
        self._masks = np.array([(1 << field.bits) - 1 for field in fields], np.uint64)
        self._used, self._firsts = np.unique(self._words, return_index=True)

    @classmethod
    def of(cls, bits: Sequence[int]) -> Layout:
        """Return the layout of leaves with `bits` bits each."""
        fields: list[Field] = []
        word, used = 0, 0
        for width in bits:
            if used + width > WORD_BITS:
                word, used = word + 1, 0
            used += width
            fields.append(Field(word, WORD_BITS - used, width))
        return cls(fields, word + 1)

    def doubled(self) -> Layout:
        """Return the layout of steps: the words after one lie behind those before it."""
        behind = [Field(each.word + self.words, each.shift, each.bits) for each in self.fields]
        return Layout([*self.fields, *behind], self.words * 2)

    def packed(self, codes: Codes) -> Words:
        """Return the words of rows of codes; a code that is KEPT leaves zeros."""
        return self._joined(np.maximum(codes, 0).astype(np.uint64))

    def kept(self, codes: Codes) -> Words:
        """Return the masks of what rows of changes keep: ones where a code is KEPT."""
        return self._joined(np.where(codes == KEPT, self._masks, np.uint64(0)))

    def _joined(self, columns: NDArray[np.uint64]) -> Words:
        """Return rows that hold each leaf's column at its place."""
        found = np.zeros((len(columns), self.words), np.uint64)
        if self.fields:
            columns <<= self._shifts
            found[:, self._used] = np.bitwise_or.reduceat(columns, self._firsts, axis=1)
        return found

    def codes(self, words: Words, leaves: Sequence[int] | None = None) -> Codes:
        """Return the codes of some leaves, of all for None, one column each."""
        chosen = slice(None) if leaves is None else np.array(leaves, np.intp)
        found = words[:, self._words[chosen]]
        found >>= self._shifts[chosen]
        found &= self._masks[chosen]
        return found.view(np.int64)

    def transferred(self, words: Words, before: Layout) -> Words:
        """Return rows that were packed by the layout `before`, which had the same leaves."""
        found = np.zeros((len(words), self.words), np.uint64)
        for old, new in zip(_runs(before, self), _runs(self, before), strict=True):
            found[:, new.word] |= _extracted(words, old) << np.uint64(new.shift)
        return found

    def joined(self, leaves: Sequence[int]) -> list[Field]:
        """Return the fields of some leaves in ascending order, those side by side in one."""
        found: list[Field] = []
        for leaf in leaves:
            field = self.fields[leaf]
            last = found[-1] if found else None
            if last and last.word == field.word and last.shift == field.shift + field.bits:
                found[-1] = Field(field.word, field.shift, last.bits + field.bits)
            else:
                found.append(field)
        return found


def _runs(one: Layout, other: Layout) -> list[Field]:
    """Return the fields of runs of leaves that lie in one word in both, and as wide in both."""
    found: list[Field] = []
    latest: tuple[Field, Field] | None = None
    for leaf, (field, counterpart) in enumerate(zip(one.fields, other.fields, strict=True)):
        is_joined = (
            latest is not None
            and field.bits == counterpart.bits
            and one.bits[leaf - 1] == other.bits[leaf - 1]
            and (latest[0].word, latest[1].word) == (field.word, counterpart.word)
        )
        if is_joined:
            last = found[-1]
            found[-1] = Field(field.word, field.shift, last.bits + field.bits)
        else:
            found.append(field)
        latest = (field, counterpart)
    return found


def _extracted(words: Words, field: Field) -> NDArray[np.uint64]:
    column: NDArray[np.uint64] = words[:, field.word] >> np.uint64(field.shift)
    if field.shift + field.bits < KEY_BITS:
        column &= np.uint64((1 << field.bits) - 1)
    return column


def key_of(words: Words, fields: Sequence[Field]) -> NDArray[np.uint64]:
    """Return what some fields, of 64 bits together at most, hold side by side."""
    if not fields:
        return np.zeros(len(words), np.uint64)
    first, *others = fields
    key = _extracted(words, first)
    for field in others:
        key <<= np.uint64(field.bits)
        key |= _extracted(words, field)
    return key


def fingerprints(words: Words) -> NDArray[np.uint64]:
    """Return one integer for each row: the row itself where it is one word.

    Different rows of several words may have the same; whoever uses them compares the rows.
    """
    found: NDArray[np.uint64] = words[:, 0].copy()
    for place in range(1, words.shape[1]):
        _stir(found)
        found ^= words[:, place]
    if words.shape[1] > 1:
        _stir(found)
    return found


def _stir(numbers: NDArray[np.uint64]) -> None:
    """Let each bit change about half of all others: rows of membership differ in few, anywhere.

    Facts followed: the finalizer of MurmurHash3, two multiplications with shifts between them.
    """
    numbers ^= numbers >> _HALF
    numbers *= _FOLD
    numbers ^= numbers >> _HALF
    numbers *= _FOLD_AGAIN
    numbers ^= numbers >> _HALF
