"""Predicates that must hold in some state: asked about each new state until one is found."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from conform.domain.acceleration import Accelerator
from conform.domain.states import Predicate
from conform.errors import EvaluationError
from conform.explore.memo import PredicateMemo
from conform.explore.options import ExploreOptions
from conform.explore.packing import Packing
from conform.explore.trace import Place


@dataclass(slots=True)
class Witness:
    """What must hold somewhere, and the first state where it does or has no value (`error`)."""

    predicate: Predicate
    place: Place | None = None
    error: EvaluationError | None = None


class Witnesses:
    """All that is looked for in one search; `rows` in the order of the model."""

    def __init__(
        self,
        predicates: Sequence[Predicate],
        packing: Packing,
        options: ExploreOptions,
        accelerator: Accelerator | None,
    ) -> None:
        self.rows = [Witness(predicate) for predicate in predicates]
        self._open = [
            (row, PredicateMemo(row.predicate, packing, options, accelerator)) for row in self.rows
        ]

    @property
    def open_predicates(self) -> list[Predicate]:
        """What is still looked for."""
        return [row.predicate for row, _ in self._open]

    @property
    def has_found(self) -> bool:
        """Whether some state is to be told of."""
        return len(self._open) < len(self.rows)

    def look_at(self, place: Place) -> bool:
        """Ask about a new state; return False if something had no value there."""
        for row, memo in self._open:
            try:
                if memo.holds(place.word):
                    row.place = place
            except EvaluationError as error:
                row.place, row.error = place, error
        closed = [row for row, _ in self._open if row.place is not None]
        if closed:
            self._open = [(row, memo) for row, memo in self._open if row.place is None]
        return all(row.error is None for row in closed)
