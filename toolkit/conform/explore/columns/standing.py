"""Which row stands for the class of a row, where a model says that several states count as one."""

from __future__ import annotations

from typing import Protocol

import numpy as np

from conform.domain.model import Identity
from conform.domain.states import Slots
from conform.explore.columns.basis import Basis
from conform.explore.columns.layout import Layout, Words
from conform.explore.columns.orbits import Orbits


class Classes(Protocol):
    """The classes of the rows of one basis."""

    def close(self) -> None:
        """Give codes to all values that rows which stand for others need.

        Raises ShapeBrokenError, and TooManyError where that takes longer than it saves.
        """

    def standing(self, words: Words) -> Words:
        """Return for each row the one that stands for its class; the same one for all of it."""


class Projection:
    """Rows are one class where the leaves of some variables are alike: the others are made zero."""

    def __init__(self, basis: Basis, variables: Slots) -> None:
        self._basis = basis
        self._variables = variables
        self._layout: Layout | None = None
        self._mask: Words = np.zeros((1, 0), np.uint64)

    def close(self) -> None:
        """Do nothing: zero is a code of every leaf that has any."""

    def standing(self, words: Words) -> Words:
        """Return the rows without what does not count."""
        layout = self._basis.layout
        if layout is not self._layout:
            self._layout = layout
            self._mask = self._masked(layout)
        return words & self._mask

    def _masked(self, layout: Layout) -> Words:
        mask = np.zeros((1, layout.words), np.uint64)
        for variable, field in zip(self._basis.shapes.variables, layout.fields, strict=True):
            if variable in self._variables:
                bits = np.uint64((1 << field.bits) - 1)
                mask[0, field.word] |= bits << np.uint64(field.shift)
        return mask


def classes_of(basis: Basis, identity: Identity | None) -> Classes | None:
    """Return what tells classes apart; None where each state is one.

    Raises ShapeBrokenError for a variable whose leaves do not fit.
    """
    if identity is None:
        return None
    if identity.tells is not None:
        return Projection(basis, identity.tells)
    assert identity.moves is not None, "nothing else is known of classes here"
    return Orbits(basis, identity.moves) if identity.moves else None
