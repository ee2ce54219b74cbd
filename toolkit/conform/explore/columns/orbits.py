"""Symmetry in columns: for each row the least row that a group of permutations makes of it.

A permutation takes each leaf to a leaf, and each value there to a value: the argument `a` of a
function to the argument that `a` becomes, the member of a set to the member that it becomes. So the
image of a row is put together from tables, and no value is looked at again. States are one orbit
exactly if the least rows of their orbits are equal. Which row is the least depends on the order in
which values were met; new values and wider leaves do not change it.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import numpy as np
from numpy.typing import NDArray

from conform.domain.model import Identity, Move
from conform.domain.values import Value
from conform.explore.columns.basis import Basis
from conform.explore.columns.layout import Field, Layout, Words, fingerprints, key_of
from conform.explore.columns.row_keys import TooManyError
from conform.explore.columns.shapes import (
    ABSENT,
    ByArgument,
    ByKey,
    ByMember,
    Shape,
    ShapeBrokenError,
    Whole,
)

TABLE = 1 << 15
"""Entries that the tables of one run of leaves have, for all permutations together, unless a leaf
has more values: they stay in a cache."""

MOST_IMAGES, IMAGES_A_ROW = 200_000, 4
"""Images of values that are made at most, and so many more for each row whose orbit was asked for:
a value of a group's size of others has the square of that number."""

WORTH_SORTING = 16
"""Permutations from which on equal rows are sorted out first, of which a block has some."""

_Images = NDArray[np.uint64]
"""What the values of some leaves become: of shape (permutations, values, words)."""


class Orbits:
    """The images of the rows of one basis under `moves`: a group without its identity."""

    def __init__(self, basis: Basis, moves: Sequence[Move]) -> None:
        """Pair the leaves; raise ShapeBrokenError for a variable whose leaves have no images."""
        self._basis = basis
        self._moves = moves
        self._targets: list[list[int]] = [[] for _ in range(basis.shapes.leaf_count)]
        self._codes: list[list[list[int]]] = [[] for _ in range(basis.shapes.leaf_count)]
        self._wholes: list[int] = []
        self._sets: list[tuple[ByMember, list[ByMember]]] = []
        self._closed = self._made = self._asked = 0
        self._layout: Layout | None = None
        self._runs: list[_Run] = []
        for variable, root in enumerate(basis.shapes.roots):
            if not self._pair(root, [root] * len(moves)):
                raise ShapeBrokenError(variable)

    def _pair(self, shape: Shape, images: Sequence[Shape]) -> bool:
        """Note where the leaves of a shape go; return False where shapes do not match."""
        match shape:
            case Whole(leaf):
                targets = [one.leaf for one in images if isinstance(one, Whole)]
                self._targets[leaf] = targets
                self._wholes.append(leaf)
                return len(targets) == len(images)
            case ByMember():
                sets = [one for one in images if isinstance(one, ByMember)]
                self._sets.append((shape, sets))
                return len(sets) == len(images) and {type(one) for one in sets} <= {type(shape)}
            case ByArgument():
                return self._pair_arguments(shape, images)

    def _pair_arguments(self, shape: ByArgument, images: Sequence[Shape]) -> bool:
        for argument, part in zip(shape.form.domain.elements, shape.parts, strict=True):
            parts: list[Shape] = []
            for move, image in zip(self._moves, images, strict=True):
                if not isinstance(image, ByArgument):
                    return False
                place = image.form.domain.place(move(argument))
                if place is None or len(image.parts) != len(shape.parts):
                    return False
                parts.append(image.parts[place])
            if not self._pair(part, parts):
                return False
        return True

    # ------------------------------------------------------------------------------------- values

    def close(self) -> None:
        """Give codes to what becomes of all values that have codes.

        Raises ShapeBrokenError for a set without room, and TooManyError.
        """
        codes = self._basis.codes
        while codes.total > self._closed:
            total = codes.total
            for shape, images in self._sets:
                self._close_set(shape, images)
            for leaf in self._wholes:
                self._close_leaf(leaf)
            self._closed = total

    def _close_leaf(self, leaf: int) -> None:
        codes, known = self._basis.codes, self._codes[leaf]
        pairs = list(zip(self._moves, self._targets[leaf], strict=True))
        while len(known) < len(codes.values[leaf]):
            value = codes.values[leaf][len(known)]
            known.append(
                [
                    codes.code(target, ABSENT if value is ABSENT else move(value))
                    for move, target in pairs
                ]
            )
            self._made += len(pairs)
            if self._made > MOST_IMAGES + IMAGES_A_ROW * self._asked:
                raise TooManyError

    def _close_set(self, shape: ByMember, images: Sequence[ByMember]) -> None:
        codes = self._basis.codes
        for place, member in enumerate(shape.members):
            leaf = shape.first + place
            if self._targets[leaf]:
                continue
            self._targets[leaf] = targets = [
                image.admit(move(member)) for move, image in zip(self._moves, images, strict=True)
            ]
            if isinstance(shape, ByKey):
                self._wholes.append(leaf)
                continue
            known: list[list[Value]] = [[False] * len(targets), [True] * len(targets)]
            self._codes[leaf] = [
                [codes.code(target, value) for target, value in zip(targets, row, strict=True)]
                for row in known
            ]

    # --------------------------------------------------------------------------------------- rows

    def standing(self, words: Words) -> Words:
        """Return for each row the least of its orbit; all its values are `close`d."""
        self._take_up(self._basis.layout)
        self._asked += len(words)
        if len(self._moves) < WORTH_SORTING:
            return self._least(words)
        _, firsts, inverse = np.unique(fingerprints(words), return_index=True, return_inverse=True)
        inverse = inverse.reshape(-1)
        if words.shape[1] > 1 and not np.array_equal(
            words.take(firsts.take(inverse), axis=0), words
        ):
            return self._least(words)  # two rows share a fingerprint
        return self._least(words.take(firsts, axis=0)).take(inverse, axis=0)

    def _least(self, words: Words) -> Words:
        places = [run.places(words) for run in self._runs]
        least = words.copy()
        image = np.empty_like(words)
        for number in range(len(self._moves)):
            image[:] = 0
            for run, at in zip(self._runs, places, strict=True):
                image |= run.images[number][at]
            _lessen(least, image)
        return least

    def _take_up(self, layout: Layout) -> None:
        """Make the tables of a layout, and those of leaves that have new values."""
        if layout is not self._layout:
            self._layout = layout
            self._runs = [_Run(layout, leaves) for leaves in self._parted(layout)]
        counts = self._basis.codes.counts
        for run in self._runs:
            run.fill(self._targets, self._codes, [counts[leaf] for leaf in run.leaves])

    def _parted(self, layout: Layout) -> list[list[int]]:
        """Return runs of leaves that take bits, side by side, each with a table of its own."""
        most = max(1, TABLE // (1 + len(self._moves))).bit_length() - 1
        found: list[list[int]] = []
        used, word = 0, -1
        for leaf, field in enumerate(layout.fields):
            if not field.bits:
                continue
            if field.word == word and used + field.bits <= most:
                found[-1].append(leaf)
                used += field.bits
            else:
                found.append([leaf])
                used, word = field.bits, field.word
        return found


class _Run:
    """Some leaves that lie side by side, and what each combination of their values becomes."""

    def __init__(self, layout: Layout, leaves: Sequence[int]) -> None:
        self.leaves = leaves
        self.images: _Images = np.zeros((0, 0, layout.words), np.uint64)
        self._layout = layout
        self._fields: list[Field] = layout.joined(leaves)
        self._counts: list[int] = []

    def places(self, words: Words) -> NDArray[np.intp]:
        """Return where the images of each row's values are."""
        return key_of(words, self._fields).astype(np.intp)

    def fill(
        self, targets: Sequence[list[int]], codes: Sequence[list[list[int]]], counts: list[int]
    ) -> None:
        """Make the images, if there are more values than when they were made."""
        if counts == self._counts:
            return
        self._counts = counts
        bits = sum(self._layout.bits[leaf] for leaf in self.leaves)
        size = counts[0] if len(self.leaves) == 1 else 1 << bits
        places = np.arange(size)
        found: _Images | None = None
        for leaf in self.leaves:
            bits -= self._layout.bits[leaf]
            images = self._images(leaf, targets[leaf], codes[leaf])
            chosen = (places >> bits) & ((1 << self._layout.bits[leaf]) - 1)
            part = images[:, np.minimum(chosen, images.shape[1] - 1)]  # others do not occur
            found = part if found is None else found | part
        assert found is not None, "a run has leaves"
        self.images = found

    def _images(self, leaf: int, targets: list[int], codes: list[list[int]]) -> _Images:
        """Return what the values of one leaf become."""
        fields = [self._layout.fields[target] for target in targets]
        images = np.array(codes, np.uint64).T
        found = np.zeros((*images.shape, self._layout.words), np.uint64)
        for number, field in enumerate(fields):
            found[number, :, field.word] = images[number] << np.uint64(field.shift)
        return found


def _lessen(least: Words, other: Words) -> None:
    """Put in place of each row the one of `other`, if that is less."""
    if least.shape[1] == 1:
        np.minimum(least, other, out=least)
        return
    is_less = np.zeros(len(least), np.bool_)
    is_open = np.ones(len(least), np.bool_)
    for word in range(least.shape[1]):
        one, two = least[:, word], other[:, word]
        is_less |= is_open & (two < one)
        is_open &= two == one
    least[is_less] = other[is_less]


def with_images(values: Sequence[Value], identity: Identity | None) -> Sequence[Value]:
    """Return values and what they become, of so many that these are about as many as those.

    Shapes that are inferred from them are alike wherever leaves change places.
    """
    moves = identity.moves if identity is not None else None
    if not moves:
        return values
    some = values[: 1 + len(values) // len(moves)]
    return list(dict.fromkeys(image for value in some for image in (value, *_moved(value, moves))))


def _moved(value: Value, moves: Sequence[Move]) -> Iterator[Value]:
    return (move(value) for move in moves)
