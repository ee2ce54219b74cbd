"""Nondeterminism as a script of choices: a run is repeated until every script has been played."""

from __future__ import annotations

from collections.abc import Callable, Hashable


class DisabledError(Exception):
    """Ends a run that cannot go on: a requirement is not met, or there is nothing to choose."""


class RepeatedError(DisabledError):
    """Ends a run at a choice from which all that can follow was, or will be, run by another."""


class Script:
    """The choices of one run after another, each an index into what there is to choose from.

    The first choices are `given` and not varied; they are those of an action instance. Where a
    `situation` is told with each choice, a run ends at one that it has been in before, so that a
    loop that can choose for ever does not. With `is_merging` it ends as well where another run
    has been. `has_circle` says whether a run came back, `has_ended` whether one did not.
    """

    def __init__(self, given: tuple[int, ...] = (), *, is_merging: bool = False) -> None:
        self._given = given
        self._picks: list[int] = []
        self._sizes: list[int] = []
        self._place = 0
        self._is_merging = is_merging
        self._passed: list[Hashable] = []
        self._known: set[Hashable] = set()
        self.has_circle = False
        self.has_ended = False

    @property
    def is_given(self) -> bool:
        """Whether the next choice is one of those given."""
        return self._place < len(self._given)

    def made(self) -> tuple[int, ...]:
        """Return the choices made so far in this run, those given first."""
        return (*self._given, *self._picks)[: self._place]

    def choose(self, count: int, situation: Callable[[], Hashable] | None = None) -> int:
        """Return the index chosen among `count` > 0.

        Raises RepeatedError in a situation that needs no second look; None is one like no other.
        """
        place = self._place
        self._place += 1
        if place < len(self._given):
            return self._given[place]
        own = place - len(self._given)
        if own == len(self._picks):
            if situation is not None:
                self._heed(situation())
            self._picks.append(0)
            self._sizes.append(count)
        return self._picks[own]

    def _heed(self, situation: Hashable) -> None:
        if situation is not None:
            if situation in self._passed:
                self.has_circle = True
                raise RepeatedError
            if self._is_merging and situation in self._known:
                raise RepeatedError
            self._known.add(situation)
        self._passed.append(situation)

    def advance(self) -> bool:
        """Go to the next script; return whether there is one."""
        self._place = 0
        while self._picks and self._picks[-1] + 1 >= self._sizes[-1]:
            self._picks.pop()
            self._sizes.pop()
            del self._passed[len(self._picks) :]
        if not self._picks:
            return False
        self._picks[-1] += 1
        return True
