"""The way through a simulation: assumptions, behaviours drawn at random, the result.

What a simulation did not pass was not looked at, so it never ends in PASS.
"""

from __future__ import annotations

from msgspec import Struct, field

from conform.domain.exploration import ExplorationStatus, Simulation
from conform.domain.model import Model, PropertyKind
from conform.domain.report import Verdict
from conform.domain.search_rules import rules_of
from conform.explore.checks import StopSearchError
from conform.explore.limit_text import limit_text
from conform.explore.limits import LimitReachedError
from conform.explore.options import ExploreOptions, Limit
from conform.explore.progress import ProgressCallback, Watch
from conform.explore.random_walk import RandomWalk, TakeTrace
from conform.explore.result import ExplorationResult, Failure, InstanceCount, PropertyResult
from conform.explore.searches import BadAssumption, enforced_by, first_bad_assumption
from conform.explore.verdicts import (
    closed_row,
    merged,
    message_of,
    skipped_liveness_rows,
    status_of,
    unchecked_rows,
)

DEPTH = 100
"""States of a behaviour, as in TLC."""

BEHAVIOURS = 1000
"""Behaviours where neither their number nor the time is bounded: TLC would go on for ever."""

_NOT_MET = "not violated in the behaviours drawn"
_NO_SEARCH = "only a search of all states can tell that it holds in none"
_NO_END = "postconditions are evaluated after a search that came to its end"
_NO_LIVENESS = "liveness is not checked in a simulation: no random behaviour is infinite"


class SimulationOptions(Struct, frozen=True, kw_only=True):
    """What to simulate: behaviours of at most `depth` states, as `seed` draws them.

    `behaviours` None means as many as the limits allow; limits and the rest are in `explore`.
    """

    seed: int
    behaviours: int | None = BEHAVIOURS
    depth: int = DEPTH
    explore: ExploreOptions = field(default_factory=ExploreOptions)


class SimulationResult(Struct, frozen=True):
    """What a simulation found, as an exploration would say it, and how many behaviours it drew."""

    result: ExplorationResult
    simulation: Simulation


def simulate(
    model: Model,
    options: SimulationOptions,
    progress: ProgressCallback | None = None,
    take: TakeTrace | None = None,
) -> SimulationResult:
    """Draw random behaviours of `model`, check the safety properties and deadlock on each state.

    The same seed gives the same behaviours. `take` is given each behaviour when it has ended.
    Limits, and Ctrl-C, end in INCOMPLETE, and so does a simulation that finds nothing.
    """
    watch = Watch(
        options.explore.remaining, options.explore.progress_seconds, options.explore.max_memory
    )
    walk = RandomWalk(model, options.explore, watch, options.seed)
    model.run.start(walk, options.seed)
    limit: Limit | None = None
    bad_assumption: BadAssumption | None = None
    try:
        with enforced_by(options.explore, watch):
            bad_assumption = first_bad_assumption(model)
            if bad_assumption is None:
                _draw(walk, options, progress, take)
    except StopSearchError:
        pass
    except LimitReachedError as reached:
        limit = reached.limit
    except KeyboardInterrupt:
        limit = Limit.INTERRUPTED
    model.run.is_muted = True
    return _Conclusion(model, options, watch, walk, limit, bad_assumption).result()


def _draw(
    walk: RandomWalk,
    options: SimulationOptions,
    progress: ProgressCallback | None,
    take: TakeTrace | None,
) -> None:
    walk.begin()
    if not walk.distinct:
        return
    while options.behaviours is None or walk.behaviours < options.behaviours:
        walk.walk(options.depth, progress, take)


class _Conclusion(Struct, frozen=True):
    """Draws the result from a walk that has ended."""

    model: Model
    options: SimulationOptions
    watch: Watch
    walk: RandomWalk
    limit: Limit | None
    bad_assumption: BadAssumption | None

    def result(self) -> SimulationResult:
        model, walk = self.model, self.walk
        rows = self._rows()
        found = ExplorationResult(
            model_name=model.name,
            status=self._status(rows),
            message=self._message(rows),
            states_generated=walk.generated,
            distinct_states=walk.distinct,
            depth=walk.longest,
            properties=rows,
            checked_deadlock=walk.checks_deadlock,
            deadlock=walk.deadlock,
            failed_assumption=self.bad_assumption.name if self.bad_assumption else None,
            failure=self._failure(rows),
            instances=tuple(
                InstanceCount(*count)
                for count in zip(model.instances, walk.taken, walk.found, strict=True)
            ),
            limit=self.limit,
            is_vacuous=walk.saw_all_initial and not walk.distinct,
            duration=self.watch.seconds,
            printed=tuple(model.run.printed),
            graph=None,
        )
        return SimulationResult(
            found, Simulation(walk.behaviours, self.options.depth, self.options.seed)
        )

    @property
    def _extent(self) -> str:
        count = f"{self.walk.behaviours:,} random behaviour{'s'[: self.walk.behaviours != 1]}"
        return f"{count} of at most {self.options.depth:,} states (seed {self.options.seed})"

    def _rows(self) -> tuple[PropertyResult, ...]:
        unseen = self.bad_assumption.text if self.bad_assumption else _NOT_MET
        rows: list[PropertyResult] = []
        for check, trace in self.walk.violations():
            name, kind, span = check.name, check.kind, check.span
            if trace is not None:
                rows.append(closed_row(check, trace))
            elif kind is PropertyKind.INITIAL and self.walk.saw_all_initial and self.walk.distinct:
                rows.append(PropertyResult(name, kind, Verdict.PASS, span))
            else:
                rows.append(PropertyResult(name, kind, Verdict.INCOMPLETE, span, unseen))
        liveness = skipped_liveness_rows(self.model, _NO_LIVENESS)
        postconditions = [
            PropertyResult(
                one.name, PropertyKind.POSTCONDITION, Verdict.INCOMPLETE, one.span, _NO_END
            )
            for one in self.model.postconditions
        ]
        for one in rules_of(self.model).witnesses:
            kind = PropertyKind.EXISTS
            rows.append(PropertyResult(one.name, kind, Verdict.INCOMPLETE, one.span, _NO_SEARCH))
        return merged([*rows, *liveness, *unchecked_rows(self.model), *postconditions])

    def _status(self, rows: tuple[PropertyResult, ...]) -> ExplorationStatus:
        return status_of(
            rows,
            is_broken=self.walk.failure is not None or self.bad_assumption is not None,
            has_deadlock=self.walk.deadlock is not None,
            is_unfinished=True,
        )

    def _message(self, rows: tuple[PropertyResult, ...]) -> str:
        failure = self.walk.failure
        if self.bad_assumption is not None:
            return self.bad_assumption.text
        has_deadlock = self.walk.deadlock is not None
        trouble = message_of(rows, has_deadlock=has_deadlock, otherwise="")
        if failure is not None:
            trouble = f"evaluating {failure.doing}: {failure.error.message}"
        return f"{trouble} (seed {self.options.seed})" if trouble else self._calm_message()

    def _calm_message(self) -> str:
        if self.limit is not None:
            return f"{limit_text(self.limit, self.options.explore)} after {self._extent}"
        if not self.walk.distinct:
            return "there is no initial state: nothing was checked"
        return f"no violation in {self._extent}, which is no proof"

    def _failure(self, rows: tuple[PropertyResult, ...]) -> Failure | None:
        assumption = self.bad_assumption
        if assumption is not None and assumption.error is not None:
            return Failure(f"assumption {assumption.name}", assumption.error, None)
        broken = (
            Failure(f"{row.kind} {row.name}", row.error, row.trace) for row in rows if row.error
        )
        return self.walk.failure or next(broken, None)
