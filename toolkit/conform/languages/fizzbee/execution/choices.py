"""Nondeterminism as a script of choices: a run is repeated until every script has been played."""

from __future__ import annotations


class DisabledError(Exception):
    """Ends a run that cannot go on: a requirement is not met, or there is nothing to choose."""


class Script:
    """The choices of one run after another, each an index into what there is to choose from.

    The first choices are `given` and not varied; they are those of an action instance.
    """

    def __init__(self, given: tuple[int, ...] = ()) -> None:
        self._given = given
        self._picks: list[int] = []
        self._sizes: list[int] = []
        self._place = 0

    @property
    def is_given(self) -> bool:
        """Whether the next choice is one of those given."""
        return self._place < len(self._given)

    def choose(self, count: int) -> int:
        """Return the index chosen among `count` > 0."""
        place = self._place
        self._place += 1
        if place < len(self._given):
            return self._given[place]
        own = place - len(self._given)
        if own == len(self._picks):
            self._picks.append(0)
            self._sizes.append(count)
        return self._picks[own]

    def advance(self) -> bool:
        """Go to the next script; return whether there is one."""
        self._place = 0
        while self._picks and self._picks[-1] + 1 >= self._sizes[-1]:
            self._picks.pop()
            self._sizes.pop()
        if not self._picks:
            return False
        self._picks[-1] += 1
        return True
