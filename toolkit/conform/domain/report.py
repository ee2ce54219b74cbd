"""Reports: what a command says in the end, the one type that every writer reads."""

from __future__ import annotations

from collections.abc import Iterable
from enum import StrEnum

from msgspec import Struct

from conform.domain.finding import Finding, Severity
from conform.domain.trace import Trace


class Verdict(StrEnum):
    """The four verdicts. INCOMPLETE is what was not looked at to the end; it is never PASS."""

    PASS = "PASS"
    FAIL = "FAIL"
    INCOMPLETE = "INCOMPLETE"
    ERROR = "ERROR"


_SEVERITY_OF_VERDICT = (Verdict.PASS, Verdict.INCOMPLETE, Verdict.FAIL, Verdict.ERROR)


def worst(verdicts: Iterable[Verdict]) -> Verdict:
    """Return the gravest of `verdicts`; INCOMPLETE for none: nothing was looked at."""
    return max(verdicts, key=_SEVERITY_OF_VERDICT.index, default=Verdict.INCOMPLETE)


def verdict_of(findings: Iterable[Finding]) -> Verdict:
    """Return the verdict that a list of findings amounts to; PASS for none or warnings alone."""
    severities = {finding.severity for finding in findings}
    if Severity.ERROR in severities:
        return Verdict.FAIL
    return Verdict.INCOMPLETE if Severity.INCOMPLETE in severities else Verdict.PASS


class ScorecardRow(Struct, frozen=True):
    """One construct of the spec and what was seen of it in each artefact.

    `kind` is action, variable, helper or property. `cells` hold (artefact, what was seen), in the
    order of the artefacts; an artefact that the project does not name says so in its cell.
    """

    kind: str
    name: str
    cells: tuple[tuple[str, str], ...]


class PropertyRow(Struct, frozen=True):
    """A property's verdict in one artefact, beside what the document expects.

    `expected` is None where the document does not say. `reason` explains any verdict but PASS.
    """

    name: str
    kind: str
    artefact: str
    verdict: Verdict
    expected: str | None
    reason: str = ""
    trace: Trace | None = None


class Stage(Struct, frozen=True):
    """One part of a check: its verdict, a line that says what was done with counts, its time.

    `seconds` is wall time and appears in no golden file.
    """

    name: str
    verdict: Verdict
    summary: str
    seconds: float


class ProtocolReport(Struct, frozen=True):
    """All that `conform check` says about one protocol.

    `from_cache` says that it is the report of an earlier run, and nothing has changed since.
    """

    name: str
    stages: tuple[Stage, ...]
    findings: tuple[Finding, ...]
    properties: tuple[PropertyRow, ...]
    scorecard: tuple[ScorecardRow, ...]
    from_cache: bool = False

    @property
    def is_whole(self) -> bool:
        """Whether all was looked at to the end, whatever was found."""
        decided = (Verdict.PASS, Verdict.FAIL)
        return (
            bool(self.stages)
            and self.verdict in decided
            and not (
                any(stage.verdict not in decided for stage in self.stages)
                or any(finding.severity is Severity.INCOMPLETE for finding in self.findings)
            )
        )

    @property
    def verdict(self) -> Verdict:
        """The gravest of the stages' verdicts and of what the findings amount to.

        INCOMPLETE without a stage, as nothing was looked at.
        """
        stages = worst(stage.verdict for stage in self.stages)
        return worst((stages, verdict_of(self.findings)))


class Report(Struct, frozen=True):
    """What a command that makes findings says; INCOMPLETE when it looked at no protocol at all."""

    command: str
    protocols: tuple[ProtocolReport, ...]
    seconds: float

    @property
    def verdict(self) -> Verdict:
        """The gravest verdict of all protocols."""
        return worst(protocol.verdict for protocol in self.protocols)
