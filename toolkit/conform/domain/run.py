"""What a formula can learn of the run that evaluates it, and leave behind in it.

Only the operators of module TLC use this (TLCGet, TLCSet, Print, RandomElement); a formula that
does is never pure. A model owns one `RunContext`; whoever explores the model connects its counters.
"""

from __future__ import annotations

import random
import time
from collections.abc import Callable
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass, field
from typing import Any, Protocol

MAX_PRINTED = 100_000
"""Lines of output that are kept; a specification that prints in each state could fill memory."""


class Counters(Protocol):
    """The counters of a search in progress, as TLC has them."""

    @property
    def level(self) -> int:
        """The level of the state that is expanded; 0 while there is none."""

    @property
    def distinct_states(self) -> int: ...
    @property
    def states_generated(self) -> int: ...
    @property
    def queue(self) -> int: ...
    @property
    def depth(self) -> int: ...


def _nothing() -> None:
    """What a model computes beforehand that has nothing to compute."""


@dataclass(slots=True)
class RunContext:
    """Registers, counters, output and chance of one run.

    `counters` is None before a search. `printed` has a string for each value printed, in order;
    nothing is added while `is_muted`. `stop_requested` is what `TLCSet("exit", TRUE)` asks for.
    `level` stands for the search's level where it is given: in a trace that is drawn. What is
    evaluated after a search is evaluated `within` the limits that are left of it. `beforehand`
    computes what a model wants to be computed once, before its assumptions are.
    """

    registers: dict[int, Any] = field(default_factory=dict)
    counters: Counters | None = None
    printed: list[str] = field(default_factory=list)
    is_muted: bool = False
    stop_requested: bool = False
    level: int | None = None
    chance: random.Random = field(default_factory=lambda: random.Random(0))
    started: float = field(default_factory=time.monotonic)
    within: Callable[[], AbstractContextManager[None]] = nullcontext
    beforehand: Callable[[], None] = _nothing

    def start(self, counters: Counters, seed: int = 0) -> None:
        """Begin a run: empty registers, no output, chance from `seed`."""
        self.registers.clear()
        self.printed.clear()
        self.counters = counters
        self.is_muted = False
        self.stop_requested = False
        self.level = None
        self.chance = random.Random(seed)
        self.started = time.monotonic()

    def said(self) -> tuple[dict[int, Any], list[str]]:
        """Return the registers and the output so far, to be taken up by a run that begins anew."""
        return dict(self.registers), list(self.printed)

    def take_up(self, said: tuple[dict[int, Any], list[str]]) -> None:
        """Have the registers and the output that a run had before it began anew."""
        registers, printed = said
        self.registers.clear()
        self.registers.update(registers)
        self.printed[:] = printed

    def show(self, line: str) -> None:
        """Keep a line of output; a last one says that there were more than are kept."""
        if self.is_muted or len(self.printed) > MAX_PRINTED:
            return
        is_full = len(self.printed) == MAX_PRINTED
        self.printed.append("... more was printed than is kept" if is_full else line)

    def remark(self, line: str) -> None:
        """Add a line of the tool's own to the output, muted or not."""
        self.printed.append(line)

    @property
    def seconds(self) -> int:
        """Whole seconds since the run began."""
        return int(time.monotonic() - self.started)
