r"""What a predicate says of the elements of a set, remembered for each of them.

`\A m \in msgs : P(m)` reads nearly all of a state, for all messages together; what is said of one
of them depends on little. Each is asked about those states that have its element.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

import numpy as np
from numpy.typing import NDArray

from conform.domain.conjunction import Ranged
from conform.domain.states import Predicate
from conform.domain.values import Value
from conform.explore.columns.basis import Basis
from conform.explore.columns.conjoined import Values, conjoined
from conform.explore.columns.layout import Layout, Words
from conform.explore.columns.shapes import ByMember
from conform.explore.columns.tables import Table


class ElementTruths:
    """The values for each element that the set was seen to have, in the order of the model.

    Where these are more than `most`, `is_direct` says that the whole is better asked.
    """

    def __init__(
        self,
        basis: Basis,
        ranged: Ranged,
        shape: ByMember,
        values_of: Callable[[Predicate], Values],
        most: int,
    ) -> None:
        self._basis = basis
        self._ranged = ranged
        self._shape = shape
        self._values_of = values_of
        self._most = most
        self._parts: dict[int, Sequence[Values]] = {}
        self._ordered: list[tuple[int, Sequence[Values]]] = []

    @property
    def tables(self) -> Sequence[Table[int] | None]:
        """None in place of all tables: which of them are to be asked hangs on the state."""
        return (None,)

    @property
    def asked(self) -> int:
        """How often a table was asked for the value."""
        return sum(part.asked for part in self._all())

    @property
    def reads(self) -> frozenset[int]:
        """The leaves that were ever read, and those of the elements."""
        return frozenset(self._parts).union(*(part.reads for part in self._all()))

    @property
    def misses(self) -> int:
        """How often what is said of an element was evaluated for a table."""
        return sum(part.misses for part in self._all())

    @property
    def is_direct(self) -> bool:
        """Whether there are too many elements, or most of the parts are asked each time."""
        parts = self._all()
        return len(self._parts) > self._most or 2 * sum(map(_is_direct, parts)) > len(parts)

    def lay_out(self, layout: Layout) -> None:
        """Take up another layout."""
        for part in self._all():
            part.lay_out(layout)

    def of(self, words: Words) -> NDArray[np.int8]:
        """Return the value in each state: that for the first element for which it is not 1."""
        self._take_up_members()
        values = np.ones(len(words), np.int8)
        for leaf, parts in self._ordered:
            has_it = self._basis.layout.codes(words, [leaf])[:, 0] != 0
            left = np.flatnonzero(has_it & (values == 1))
            if len(left):
                values[left] = conjoined(parts, words.take(left, axis=0))
        return values

    def _all(self) -> list[Values]:
        return [part for parts in self._parts.values() for part in parts]

    def _take_up_members(self) -> None:
        members = self._shape.members
        if len(members) == len(self._parts):
            return
        for element in members[len(self._parts) :]:
            parts = self._ranged.parts_for(element)
            self._parts[self._leaf(element)] = list(map(self._values_of, parts))
        leaves = map(self._leaf, self._ranged.in_order(members))
        self._ordered = [(leaf, self._parts[leaf]) for leaf in leaves]

    def _leaf(self, element: Value) -> int:
        leaf = self._shape.leaf(element)
        assert leaf is not None, "it is a member"
        return leaf


def _is_direct(part: Values) -> bool:
    return part.is_direct
