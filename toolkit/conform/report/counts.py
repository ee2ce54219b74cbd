"""Counts in words, for the last line of a report."""

from __future__ import annotations

from collections.abc import Iterable

from conform.domain.finding import Finding, Severity

_NOUNS = {
    Severity.ERROR: ("error", "errors"),
    Severity.INCOMPLETE: ("incomplete", "incomplete"),
    Severity.WARNING: ("warning", "warnings"),
}


def counted(number: int, noun: str, plural: str = "") -> str:
    """Return `1 state` or `1,234 states`."""
    return f"{number:,} {noun if number == 1 else plural or noun + 's'}"


def counted_findings(findings: Iterable[Finding]) -> str:
    """Return the findings counted by severity, `no findings` for none."""
    severities = [finding.severity for finding in findings]
    parts = [
        counted(severities.count(severity), *nouns)
        for severity, nouns in _NOUNS.items()
        if severity in severities
    ]
    return ", ".join(parts) or "no findings"
