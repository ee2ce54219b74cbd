"""A verdict of TLC on each property, though TLC ends at the first that is violated.

What was found violated is taken out of the configuration, deadlock is no more looked for once there
is one, and TLC runs again, until it finds nothing more.
"""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path

from msgspec import Struct
from msgspec.structs import replace

from conform.commands.allowance import Allowance
from conform.commands.engines import tlc_options
from conform.commands.tlc_exploration import TlcQuestion, explore_with_tlc
from conform.domain.exploration import ExplorationReport, ExplorationStatus, PropertyOutcome
from conform.domain.model import PropertyKind
from conform.domain.report import Verdict
from conform.domain.trace import Trace
from conform.languages.tlaplus.configuration import Configuration
from conform.text import Source
from conform.tlc.tool_output import Counts

_Key = tuple[str, PropertyKind]


class TlcVerdicts(Struct, frozen=True):
    """Asks TLC for all verdicts within what is left of `allowance`."""

    allowance: Allowance
    workers: int | None = None
    progress: Callable[[Counts], None] | None = None

    def ask(self, question: TlcQuestion, configuration: Source) -> ExplorationReport:
        """Return TLC's report; `configuration` is the text of the question's configuration.

        The counts are those of the last run, which saw the most. Raises InputError where TLC or
        Java is missing.
        """
        first = report = self._run(question, check_deadlock=None)
        found = _violated(report)
        deadlock = report.deadlock
        with tempfile.TemporaryDirectory(prefix="conform-cfg-") as folder:
            path = Path(folder) / "rest.cfg"
            is_new = bool(found or deadlock)
            while is_new:
                names = frozenset(name for name, _ in found)
                text = without_properties(configuration.text, question.configuration, names)
                path.write_text(text, encoding="utf-8")
                question = replace(question, configuration_path=path, without=names)
                report = self._run(question, check_deadlock=False if deadlock else None)
                violated = _violated(report)
                is_new = bool(violated) or (report.deadlock is not None and deadlock is None)
                found |= violated
                deadlock = deadlock or report.deadlock
        return first if report is first else _joined(first, report, found, deadlock)

    def _run(self, question: TlcQuestion, *, check_deadlock: bool | None) -> ExplorationReport:
        options = tlc_options(self.allowance, self.workers)
        asked = replace(options, check_deadlock=check_deadlock)
        return explore_with_tlc(question, asked, self.progress)


def without_properties(text: str, configuration: Configuration, names: Iterable[str]) -> str:
    """Return the text of `configuration` with these names blanked where it lists properties."""
    dropped = set(names)
    lines = text.split("\n")
    for one in (*configuration.invariants, *configuration.properties):
        if one.name in dropped:
            line, start, end = one.span.line - 1, one.span.column - 1, one.span.end_column
            lines[line] = lines[line][:start] + " " * (end - start) + lines[line][end:]
    return "\n".join(lines)


def _violated(report: ExplorationReport) -> dict[_Key, PropertyOutcome]:
    rows = report.properties
    return {(row.name, row.kind): row for row in rows if row.verdict is Verdict.FAIL}


def _joined(
    first: ExplorationReport,
    last: ExplorationReport,
    found: Mapping[_Key, PropertyOutcome],
    deadlock: Trace | None,
) -> ExplorationReport:
    """Return the first report with the verdicts of all: violated, or as the last run says."""
    rest = {(row.name, row.kind): row for row in last.properties}
    rows = (
        found.get(key) or rest.get(key) or row
        for row in first.properties
        if (key := (row.name, row.kind))
    )
    status = last.status
    if status in (ExplorationStatus.NO_ERROR, ExplorationStatus.INCOMPLETE):
        status = ExplorationStatus.VIOLATION_FOUND
    return replace(
        last,
        configuration=first.configuration,
        status=status,
        properties=tuple(rows),
        trace=first.trace,
        message=first.message if last.status is not ExplorationStatus.ERROR else last.message,
        findings=(*first.findings, *last.findings),
        deadlock=deadlock,
    )
