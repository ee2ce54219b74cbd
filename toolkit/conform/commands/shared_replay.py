"""The replay of one state graph, of which several processes take parts until none is left.

The answer is that of one process. All parts together take every step once, so that counts are
sums; as soon as anything diverges, the whole is replayed here, from the start and in its order.
"""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path

from msgspec import Struct

from conform.collecting import hardly_collected
from conform.commands.reading_pool import ReadingPool, draw, read_protocol
from conform.commands.stages.covering import CoverReplay
from conform.commands.stages.replaying import make_replayer
from conform.explore.cover import CoverKind
from conform.explore.graph import StateGraph
from conform.explore.tree_parts import TreeParts
from conform.replay.replaying import ReplayResult

WORTH_A_PROCESS = 50_000
"""Transitions from which on a replay is divided: a second or two of calls, about what it takes
another process to read the protocol."""

PARTS = 8
"""Parts for each process: whoever is ready takes the next, and the last ones end together."""


class ReplayTask(Struct, frozen=True):
    """A replay that is to be divided, in the user's words, and the graph that is replayed.

    `implementation` is its name in the project file; without `model_config` it is the first one.
    `cover` is what is replayed of the graph, None by its size.
    """

    project_file: Path | None
    protocol: str
    implementation: str
    model_config: str | None
    graph: StateGraph
    cover: CoverKind | None


class _Share(Struct, frozen=True):
    """What one process is asked for: parts of a replay, by the numbers that a counter gives."""

    task: ReplayTask
    counter: int
    count: int


class SharedReplay:
    """A replay that is begun at once and concluded when its result is asked for."""

    def __init__(self, pool: ReadingPool, task: ReplayTask, replay: CoverReplay) -> None:
        self.spent = 0.0  # seconds that were taken here
        self._pool = pool
        self._task = task
        self._replay = replay
        self._shares: list[tuple[str, ...]] = []

    def begin(self, between: Callable[[], None]) -> None:
        """Let others take parts, and take parts here, until none is left.

        `between` is called after each part, for what others have made ready meanwhile.
        """
        begun = time.monotonic()
        elsewhere = self._begin(between)
        self.spent = time.monotonic() - begun - elsewhere

    def _begin(self, between: Callable[[], None]) -> float:
        """Do so, and return the seconds spent between the parts."""
        replay, pool = self._replay, self._pool
        is_divided = replay.graph.edge_count >= WORTH_A_PROCESS and replay.is_divisible
        counter = pool.counter() if is_divided else None
        if counter is None:
            with hardly_collected():
                replay.run()
            return 0.0
        share = _Share(self._task, counter, PARTS * pool.workers)
        for number in range(1, pool.workers):
            key = (self._task.protocol, "replay", self._task.implementation, str(number))
            pool.submit(key, replay_share, share)
            self._shares.append(key)
        return _take_parts(replay, partial(pool.draw, counter), share.count, between)

    def result(self) -> ReplayResult:
        """Return the result of the whole replay, waiting for what others do of it."""
        ours = self._replay.replayer.result
        if not self._shares:
            return ours
        theirs = [] if ours.divergences else self._others()
        if ours.divergences or not all(theirs):
            whole = self._replay
            return CoverReplay(whole.model, whole.graph, whole.replayer.anew(), whole.asked).run()
        return _sum_of([ours, *filter(None, theirs)], self._replay.graph.initial_count)

    def _others(self) -> list[ReplayResult | None]:
        """Return what others found; None where something diverged or a process died."""
        begun = [key for key in self._shares if not self._pool.withdraw(key)]
        return [self._pool.answer(key) for key in begun]


def replay_share(share: _Share) -> ReplayResult | None:
    """Replay parts in a process of the pool until none is left, and return the result.

    None where something diverges, which another replay shows.
    """
    task = share.task
    project, entry, artefacts = read_protocol(task.project_file, task.protocol, task.model_config)
    artefact = artefacts.tlaplus
    (implementation,) = (each for each in entry.implementations if each.name == task.implementation)
    assert artefact is not None  # its graph is replayed
    replayer = make_replayer(project, implementation, artefact)
    replay = CoverReplay(artefact.model, task.graph, replayer, task.cover)
    _take_parts(replay, partial(draw, share.counter), share.count, lambda: None)
    result = replay.replayer.result
    return None if result.divergences else result


def _take_parts(
    replay: CoverReplay, next_number: Callable[[], int], count: int, between: Callable[[], None]
) -> float:
    """Replay the parts whose numbers are drawn, until all are taken or something diverges.

    Return the seconds spent in `between`, which is called after each of them.
    """
    elsewhere = 0.0
    parts = TreeParts(replay.graph, count)
    number = next_number()
    with hardly_collected():
        while number < count and not replay.replayer.divergences:
            replay.part = parts.part(number)
            replay.run()
            begun = time.monotonic()
            between()
            elsewhere += time.monotonic() - begun
            number = next_number()
    return elsewhere


def _sum_of(parts: Sequence[ReplayResult], traces: int) -> ReplayResult:
    exercised: Counter[str] = Counter()
    declined: Counter[str] = Counter()
    for part in parts:
        exercised.update(part.exercised)
        declined.update(part.declined)
    return ReplayResult(traces, sum(part.steps for part in parts), exercised, declined, ())
