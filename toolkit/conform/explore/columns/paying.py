"""Whether remembered answers pay: how often a question is asked for each time it is evaluated.

A recorded evaluation costs many times what the plain search's generated code needs for one, and as
much as a plain evaluation where there is no such code. The first blocks are small, and allowed
more evaluations: all is new then.
"""

from __future__ import annotations

from dataclasses import dataclass, field

FIRST_BLOCK = 256
"""States of the first block; each further one may be twice as large."""

FIRST_SHARES = (1.5, 5)
"""Questions to each evaluation that the first and the second block must reach."""

SHARE_ACCELERATED = 24
SHARE_PLAIN = 3
"""The same for later blocks: where the plain search has quicker functions, and where not."""

TRIAL = 20_000
"""Evaluations before it is judged whether a search pays on the whole."""

PATIENCE = 2
"""Blocks in a row that may fall short of it."""

NEAR, GAIN = 4, 1.25
"""One that reaches a quarter of it, and so much more than the one before, does not."""


class GivenUpError(Exception):
    """The search is to begin anew, and to keep all states: keys alone do not pay, or do not do."""


@dataclass(slots=True)
class Balance:
    """Judges block by block; `block` is how many states the next one may have."""

    share: int
    block: int = FIRST_BLOCK
    _blocks: int = 0
    _asked: int = 0
    _evaluated: int = 0
    _short: int = field(default=0)
    _reached: float = 0.0

    def restart(self) -> None:
        """Take note that all counts begin at zero again."""
        self._asked = self._evaluated = 0

    def still_pays(self, asked: int, evaluated: int) -> bool:
        """Take note of a block, given what was asked and evaluated since the search began."""
        asked_now, evaluated_now = asked - self._asked, evaluated - self._evaluated
        self._asked, self._evaluated = asked, evaluated
        self.block *= 2
        self._blocks += 1
        if self._blocks <= len(FIRST_SHARES):
            wanted = min(FIRST_SHARES[self._blocks - 1], self.share)
            return asked_now >= wanted * evaluated_now
        reached, before = asked_now / max(1, evaluated_now), self._reached
        self._reached = reached
        is_nearing = reached * NEAR >= self.share and reached >= GAIN * before
        self._short = 0 if reached >= self.share else self._short + (not is_nearing)
        return self._short < PATIENCE

    def still_pays_on_the_whole(self, asked: int, evaluated: int) -> bool:
        """Take note of a block where to give up is dear: all that was asked since counts at once.

        The last levels of a search are narrow, and much in them is new.
        """
        self.block *= 2
        return evaluated < TRIAL or asked >= self.share * evaluated
