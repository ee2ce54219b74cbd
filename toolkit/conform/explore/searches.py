"""The searches of one exploration: the one that checks safety, and another where that is not all.

A search begins anew where a model turns out not to fit what was begun. Where states are told apart
by less than their values (VIEW, SYMMETRY), liveness needs all of them, and so a second search.
Where the steps between states, which liveness needs, exceed the memory, there is one without them:
liveness is left INCOMPLETE then, and nothing else.
"""

from __future__ import annotations

import gc
from collections.abc import Callable
from contextlib import AbstractContextManager, nullcontext
from functools import partial

from msgspec import Struct
from msgspec.structs import replace

from conform.domain.model import Model
from conform.errors import EvaluationError
from conform.explore.checkpoints.keeping import Checkpoints
from conform.explore.columns.paying import GivenUpError
from conform.explore.limits import LimitReachedError, enforced
from conform.explore.options import ExploreOptions, Limit
from conform.explore.progress import ProgressCallback, Watch
from conform.explore.result import PropertyResult
from conform.explore.safety import SafetySearch
from conform.explore.verdicts import postcondition_rows

SHOWING_SECONDS = 1.0
"""Seconds that a trace may take to be shown whatever else was done."""


class Searches:
    """The searches of one exploration, one after the other.

    `search` is the one that checked safety, `whole` the one that found all states, with the steps
    between them where liveness is checked; mostly they are one. `without_edges` is the limit that
    was reached with these steps, if it was checked without them.
    """

    def __init__(
        self,
        model: Model,
        options: ExploreOptions,
        watch: Watch,
        progress: ProgressCallback | None,
        checkpoints: Checkpoints | None,
    ) -> None:
        self._model = model
        self._options = options
        self._watch = watch
        self._progress = progress
        self._checkpoints = checkpoints
        self._wants_liveness = options.check_liveness and bool(model.liveness)
        self._wants_edges = options.keep_graph or self._wants_liveness
        self._said: tuple[dict[int, object], list[str]] = ({}, [])
        self.without_edges: Limit | None = None
        self.bad_assumption: BadAssumption | None = None
        self.postconditions: list[PropertyResult] = []
        model.run.within = partial(_afterwards, options, watch)
        is_reduced = model.identity is not None
        self.whole = self.search = self._begun(with_edges=self._wants_edges and not is_reduced)

    def run(self) -> None:
        """Search; what a limit leaves undone is left."""
        self._within_limits(self._search_all)
        edges_alone = self.whole is self.search and self.whole.edges is not None
        is_short_of_memory = self.whole.limit is Limit.MEMORY
        if edges_alone and is_short_of_memory and not self._options.keep_graph:
            self.without_edges = self.whole.limit
            self.whole = self.search = self._begun(with_edges=False)
            gc.collect()  # what the first one held
            self._within_limits(self._search_anew)

    def _within_limits(self, searching: Callable[[], None]) -> None:
        try:
            with enforced_by(self._options, self._watch):
                searching()
        except LimitReachedError as reached:
            self.whole.cut_short(reached.limit)
        except RecursionError:  # evaluation has its own: this is one of values, being compared
            self.whole.cut_short(Limit.STACK)

    def _search_all(self) -> None:
        model = self._model
        self.bad_assumption = first_bad_assumption(model)
        self._said = model.run.said()
        if self.bad_assumption is None:
            try:
                self.search.run(self._progress)
            except GivenUpError:
                self.whole = self.search = self._begun(with_edges=False, keys=False)
                model.run.take_up(self._said)
                self.search.run(self._progress)
        self._conclude()
        search = self.search
        is_over = search.is_complete and search.deadlock is None
        if self._wants_edges and model.identity is not None and is_over:
            self.whole = SafetySearch(model, self._options, self._watch, with_edges=True)
            self.whole.run(self._progress)

    def _search_anew(self) -> None:
        self._model.run.take_up(self._said)
        self.search.run(self._progress)
        self._conclude()

    def _conclude(self) -> None:
        self.postconditions = postcondition_rows(self._model, self.search)
        self._model.run.is_muted = True

    def _begun(self, *, with_edges: bool, keys: bool = True) -> SafetySearch:
        """Return a search that has begun, with keys alone of states only where that may be."""
        options = self._options if keys else replace(self._options, keys_from=None)
        checkpoints = self._checkpoints if keys else None
        search = SafetySearch(
            self._model, options, self._watch, with_edges=with_edges, checkpoints=checkpoints
        )
        self._model.run.start(search)
        return search


def enforced_by(options: ExploreOptions, watch: Watch) -> AbstractContextManager[None]:
    """Enforce the limits inside evaluations too, where the options say so."""
    return enforced(watch.remaining, options.max_memory) if options.breaks_off else nullcontext()


def _afterwards(options: ExploreOptions, watch: Watch) -> AbstractContextManager[None]:
    """Enforce what is left of the limits; a search that has used up all has something to show."""
    if not options.breaks_off:
        return nullcontext()
    left = watch.remaining
    seconds = None if left is None else max(left, SHOWING_SECONDS)
    return enforced(seconds, options.max_memory)


class BadAssumption(Struct, frozen=True):
    """An assumption that is false, or has no value (`error`)."""

    name: str
    error: EvaluationError | None

    @property
    def text(self) -> str:
        """What is wrong with it."""
        outcome = "is false" if self.error is None else "could not be evaluated"
        return f"the assumption {self.name} {outcome}"


def first_bad_assumption(model: Model) -> BadAssumption | None:
    """Return the first assumption that is false or has no value, None when all hold.

    It is the first thing of a run: what a model computes beforehand comes before it.
    """
    model.run.beforehand()
    for assumption in model.assumptions:
        try:
            if not assumption.holds(()):
                return BadAssumption(assumption.name, None)
        except EvaluationError as error:
            return BadAssumption(assumption.name, error)
    return None
