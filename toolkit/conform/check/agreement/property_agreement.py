"""What each reading says of each property, by the document's name of it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from msgspec import Struct

from conform.check.agreement.naming import Naming
from conform.check.agreement.reading import Reading
from conform.domain.model import PropertyKind
from conform.domain.report import Verdict, worst
from conform.domain.trace import Trace
from conform.explore.result import PropertyResult
from conform.text import Span

DECIDED = (Verdict.PASS, Verdict.FAIL)
"""Verdicts that can agree or disagree; the others have findings of their own."""


class Judgement(Struct, frozen=True, eq=False):
    """One reading's results for one property of the document, which may be in several parts."""

    reading: Reading
    naming: Naming
    results: tuple[PropertyResult, ...]

    @property
    def verdict(self) -> Verdict:
        """The gravest verdict of the parts."""
        return worst(result.verdict for result in self.results)

    @property
    def kinds(self) -> frozenset[PropertyKind]:
        """The kinds of the parts."""
        return frozenset(result.kind for result in self.results)

    @property
    def is_liveness(self) -> bool:
        """Whether a part of it is a liveness property."""
        return PropertyKind.LIVENESS in self.kinds

    @property
    def _gravest(self) -> PropertyResult:
        return next(result for result in self.results if result.verdict is self.verdict)

    @property
    def span(self) -> Span:
        """Where the part with the gravest verdict is."""
        return self._gravest.span

    @property
    def reason(self) -> str:
        """What was said of that verdict, perhaps nothing."""
        return self._gravest.reason

    @property
    def trace(self) -> Trace | None:
        """The trace on which that part fails."""
        return self._gravest.trace


def judgements(
    readings: Sequence[Reading], namings: Mapping[str, Naming]
) -> dict[str, tuple[Judgement, ...]]:
    """Return what the readings say of each property that at least two of them have.

    `namings` are by the names of the readings. Order is that of the readings.
    """
    found: dict[str, dict[str, list[PropertyResult]]] = {}
    for reading in readings:
        for result in reading.properties:
            name = namings[reading.name].property(result.name)
            found.setdefault(name, {}).setdefault(reading.name, []).append(result)
    return {
        name: tuple(
            Judgement(reading, namings[reading.name], tuple(results[reading.name]))
            for reading in readings
            if reading.name in results
        )
        for name, results in found.items()
        if len(results) > 1
    }


def is_disputed(several: Sequence[Judgement]) -> bool:
    """Whether readings that decide a property decide it differently."""
    return len({each.verdict for each in several if each.verdict in DECIDED}) > 1


def is_of_other_kind(several: Sequence[Judgement]) -> bool:
    """Whether two readings have no kind of the property in common."""
    return any(one.kinds.isdisjoint(other.kinds) for one in several for other in several)
