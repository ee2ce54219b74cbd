"""What rows of a report amount to: properties beside what is expected, rows of the scorecard.

The words that a cell of the scorecard begins with are a convention between the rules that fill it
and the formats that must give each row one verdict.
"""

from __future__ import annotations

from conform.domain.report import PropertyRow, ScorecardRow, Verdict, worst

MISSING = "missing"
"""Begins the cell of an artefact that should have the construct and has it not."""

DIFFERS = "differs"
"""Begins the cell of an artefact whose construct disagrees."""

NOT_CHECKED = "not checked"
"""Begins the cell of an artefact that has not been looked at to the end."""

NOT_NAMED = "not named"
"""Begins the cell of what the project or the document does not name: nothing to look at there."""

NONE = "none"
"""Begins the cell of an artefact without the construct, by a decision that the document gives."""

_FAILING = (MISSING, DIFFERS, Verdict.FAIL.lower())
_INCOMPLETE = (NOT_CHECKED, "skipped", "unknown", Verdict.INCOMPLETE.lower())
_NEUTRAL = (NOT_NAMED, NONE, "n/a", "-", "—", "–")


def verdict_beside(row: PropertyRow) -> Verdict:
    """Return the row's verdict as a check sees it: PASS where a FAIL was expected and came."""
    if row.expected is None or row.verdict in (Verdict.INCOMPLETE, Verdict.ERROR):
        return row.verdict
    return Verdict.PASS if row.expected.upper() == row.verdict else Verdict.FAIL


def verdict_of_row(row: ScorecardRow) -> Verdict:
    """Return what the row amounts to; INCOMPLETE when no artefact was looked at."""
    verdicts = [_of_cell(text.strip().lower()) for _, text in row.cells]
    return worst(verdict for verdict in verdicts if verdict is not None)


def _of_cell(text: str) -> Verdict | None:
    """Return the verdict of one cell, None for an artefact that is out of the question."""
    if not text or text.startswith(_INCOMPLETE):
        return Verdict.INCOMPLETE
    if text.startswith(_FAILING):
        return Verdict.FAIL
    if text.startswith(Verdict.ERROR.lower()):
        return Verdict.ERROR
    return None if text.startswith(_NEUTRAL) else Verdict.PASS
