"""What a command may take in time and memory, from its first moment to its last."""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

from msgspec.structs import replace

from conform.errors import LimitError
from conform.explore.limit_text import limit_text
from conform.explore.limits import LimitReachedError, enforced
from conform.explore.options import ExploreOptions


@dataclass(frozen=True, slots=True)
class Allowance:
    """Limits of one run of a command; None means none.

    `timeout` is in seconds, `max_memory` in bytes. `breaks_off` enforces them inside a single
    evaluation too, which is for a process that does nothing else (explore.limits).
    """

    timeout: float | None = None
    max_memory: int | None = None
    breaks_off: bool = False
    _started: float = field(default_factory=time.monotonic, compare=False)

    @property
    def spent(self) -> float:
        """Seconds since the command began."""
        return time.monotonic() - self._started

    @property
    def options(self) -> ExploreOptions:
        """The limits as an exploration that begins now has them."""
        return ExploreOptions(
            timeout=self.timeout,
            spent=self.spent,
            max_memory=self.max_memory,
            breaks_off=self.breaks_off,
        )

    def options_within(self, max_states: int | None) -> ExploreOptions:
        """Return the same with a bound on distinct states."""
        return replace(self.options, max_states=max_states)

    @contextmanager
    def during(self, doing: str) -> Iterator[None]:
        """Raise LimitError, which says what was being done, when a limit is reached within."""
        options = self.options
        if not options.breaks_off:
            yield
            return
        try:
            with enforced(options.remaining, options.max_memory):
                yield
        except LimitReachedError as reached:
            text = limit_text(reached.limit, options)
            hint = "raise the limit, or give it less to do"
            raise LimitError(f"{text} while {doing}", hint=hint) from None
