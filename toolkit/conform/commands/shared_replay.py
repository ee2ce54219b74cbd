"""The replay of one state graph, of which other processes take a part each.

The answer is that of one process. All parts together take every step once, so that counts are
sums; as soon as anything diverges, the whole is replayed here, from the start and in its order.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from pathlib import Path

from msgspec import Struct

from conform.commands.reading_pool import ReadingPool, read_protocol
from conform.commands.stages.covering import CoverReplay
from conform.commands.stages.replaying import make_replayer
from conform.explore.graph import StateGraph
from conform.explore.tree_parts import tree_part
from conform.replay.replaying import ReplayResult

WORTH_A_PROCESS = 50_000
"""Transitions from which on a replay is divided: a second or two of calls, about what it takes
another process to read the protocol."""


class ReplayTask(Struct, frozen=True):
    """A replay that is to be divided, in the user's words, and the graph that is replayed.

    `implementation` is its name in the project file; without `model_config` it is the first one.
    """

    project_file: Path | None
    protocol: str
    implementation: str
    model_config: str | None
    graph: StateGraph


class _Part(Struct, frozen=True):
    task: ReplayTask
    number: int
    count: int


class SharedReplay:
    """A replay that is begun at once and concluded when its result is asked for."""

    def __init__(self, pool: ReadingPool, task: ReplayTask, replay: CoverReplay) -> None:
        self._pool = pool
        self._task = task
        self._replay = replay
        is_divided = replay.graph.edge_count >= WORTH_A_PROCESS and replay.is_divisible
        self._count = max(1, pool.workers) if is_divided else 1

    def begin(self) -> None:
        """Send away the parts of others, and replay the first one here."""
        for number in range(1, self._count):
            self._pool.submit(
                self._key(number), replay_part, _Part(self._task, number, self._count)
            )
        if self._count > 1:
            self._replay.part = tree_part(self._replay.graph, 0, self._count)
        self._replay.run()

    def result(self) -> ReplayResult:
        """Return the result of the whole replay, waiting for what others do of it."""
        ours = self._replay.replayer.result
        if self._count == 1:
            return ours
        parts = [] if ours.divergences else [ours, *self._others()]
        if len(parts) < self._count:
            whole = self._replay
            return CoverReplay(whole.model, whole.graph, whole.replayer.anew()).run()
        return _sum_of(parts, self._replay.graph.initial_count)

    def _others(self) -> list[ReplayResult]:
        """Return what others found, without those where something diverged or a process died."""
        found = [self._pool.answer(self._key(number)) for number in range(1, self._count)]
        return [part for part in found if part is not None]

    def _key(self, number: int) -> tuple[str, ...]:
        return (self._task.protocol, "replay", self._task.implementation, str(number))


def replay_part(part: _Part) -> ReplayResult | None:
    """Return the result of one part; None where something diverges, which another replay shows."""
    task = part.task
    project, entry, artefacts = read_protocol(task.project_file, task.protocol, task.model_config)
    artefact = artefacts.tlaplus
    (implementation,) = (each for each in entry.implementations if each.name == task.implementation)
    assert artefact is not None  # its graph is replayed
    replayer = make_replayer(project, implementation, artefact)
    states = tree_part(task.graph, part.number, part.count)
    result = CoverReplay(artefact.model, task.graph, replayer, states).run()
    return None if result.divergences else result


def _sum_of(parts: Sequence[ReplayResult], traces: int) -> ReplayResult:
    exercised: Counter[str] = Counter()
    declined: Counter[str] = Counter()
    for part in parts:
        exercised.update(part.exercised)
        declined.update(part.declined)
    return ReplayResult(traces, sum(part.steps for part in parts), exercised, declined, ())
