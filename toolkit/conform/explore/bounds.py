"""How many steps of some kind lead to each state, where the model bounds them."""

from __future__ import annotations

from array import array
from collections.abc import Sequence

from conform.domain.search_rules import StepBound
from conform.explore.memo import InstanceMemo
from conform.explore.space import NOWHERE, StateSpace


def is_by_level(bound: StepBound, instance_count: int) -> bool:
    """Whether a bound counts every step, so that the level of a state says how many led to it."""
    return len(bound.instances) == instance_count


class StepCounts:
    """Counts the steps on the path that found each state first.

    `reached` are the bounds that kept an instance from being asked that has a successor: there the
    search has left something out.
    """

    def __init__(
        self, bounds: Sequence[StepBound], memos: Sequence[InstanceMemo], space: StateSpace
    ) -> None:
        self._bounds = tuple(bounds)
        self._counts = [None if is_by_level(bound, len(memos)) else array("i") for bound in bounds]
        self._memos = tuple(memos)
        self._space = space
        self._allowed: dict[tuple[bool, ...], list[InstanceMemo]] = {}
        self.reached: list[StepBound] = []

    @property
    def ends_where_cut(self) -> bool:
        """Whether each bound that was reached bars all that any bound can bar.

        Then nothing else begins where it left something out.
        """
        barred = frozenset[int]().union(*(bound.instances for bound in self._bounds))
        return bool(self.reached) and all(bound.instances == barred for bound in self.reached)

    def add(self, parent: int, instance: int) -> None:
        """Count for the state that was stored last."""
        for bound, counts in zip(self._bounds, self._counts, strict=True):
            if counts is not None:
                before = 0 if parent == NOWHERE else counts[parent]
                counts.append(before + (parent != NOWHERE and instance in bound.instances))

    def _full(self, number: int) -> tuple[bool, ...]:
        """Return for each bound whether as many steps as it allows lead to a state."""
        level = self._space.level(number)
        return tuple(
            (level - 1 if counts is None else counts[number]) >= bound.most
            for bound, counts in zip(self._bounds, self._counts, strict=True)
        )

    def is_bound(self, number: int) -> bool:
        """Whether some instance may not be taken in a state."""
        return any(self._full(number))

    def ends_path(self, number: int) -> bool:
        """Whether a bound that ends paths is reached in a state, so that it is no deadlock."""
        full = zip(self._bounds, self._full(number), strict=True)
        return any(is_full and bound.ends_paths for bound, is_full in full)

    def allowed(self, number: int) -> list[InstanceMemo]:
        """Return the instances that may be taken in a state, in order."""
        full = self._full(number)
        known = self._allowed.get(full)
        if known is None:
            barred = [bound for bound, is_full in zip(self._bounds, full, strict=True) if is_full]
            known = self._allowed[full] = [
                memo
                for memo in self._memos
                if not any(memo.instance.number in bound.instances for bound in barred)
            ]
        return known

    def barred(self, number: int) -> list[tuple[StepBound, InstanceMemo]]:
        """Return the instances that a bound bars in a state, each with the first such bound."""
        full = self._full(number)
        found = []
        for memo in self._memos:
            for bound, is_full in zip(self._bounds, full, strict=True):
                if is_full and memo.instance.number in bound.instances:
                    found.append((bound, memo))
                    break
        return found
