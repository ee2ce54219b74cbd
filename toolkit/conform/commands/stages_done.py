"""The stages of a check that are over: each with what it found, in the order of the report."""

from __future__ import annotations

import time
from collections.abc import Iterable
from dataclasses import dataclass, field
from enum import IntEnum

from msgspec import Struct

from conform.domain.finding import Finding
from conform.domain.report import Stage, Verdict, verdict_of


class Part(IntEnum):
    """The parts of a check, in the order of the report."""

    READING = 1
    MAPPING = 2
    VERDICTS = 3
    GENERATED = 4
    REPLAY = 5
    AGREEMENT = 6
    CLAIMS = 7


class _Done(Struct, frozen=True):
    """A stage that is over, and what it found."""

    part: Part
    stage: Stage
    findings: tuple[Finding, ...]


@dataclass(slots=True)
class StagesDone:
    """What was done so far; stages may end in another order than that of the report.

    `begun` is when a stage began, by `time.monotonic`, in seconds.
    """

    _done: list[_Done] = field(default_factory=list)

    def close(
        self, part: Part, name: str, summary: str, findings: Iterable[Finding], begun: float
    ) -> None:
        """Add a stage whose verdict is that of its findings."""
        found = tuple(findings)
        self.add(part, name, verdict_of(found), summary, found, begun)

    def add(
        self,
        part: Part,
        name: str,
        verdict: Verdict,
        summary: str,
        findings: Iterable[Finding],
        begun: float,
    ) -> None:
        """Add a stage with its verdict."""
        stage = Stage(name, verdict, summary, time.monotonic() - begun)
        self._done.append(_Done(part, stage, tuple(findings)))

    @property
    def stages(self) -> tuple[Stage, ...]:
        """The stages in the order of the report."""
        return tuple(each.stage for each in self._in_order())

    @property
    def findings(self) -> tuple[Finding, ...]:
        """What they found, in that order."""
        return tuple(finding for each in self._in_order() for finding in each.findings)

    def _in_order(self) -> list[_Done]:
        return sorted(self._done, key=lambda each: each.part)
