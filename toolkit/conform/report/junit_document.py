"""A JUnit XML document: suites of cases, each with a verdict that no reader can take for another.

The dialect is the one of Ant's junit task, as CI systems read it: `failure` for FAIL, `error` for
INCOMPLETE and ERROR. Nothing that was not looked at is a case without either.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import assert_never
from xml.etree.ElementTree import Element, SubElement, indent, tostring

from msgspec import Struct

from conform.domain.finding import Finding, Severity
from conform.domain.report import Verdict
from conform.report.finding_drawing import head_of

_ILLEGAL = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
"""What XML 1.0 cannot hold, not even as a reference (section 2.2)."""

_VERDICT_OF_SEVERITY = {
    Severity.ERROR: Verdict.FAIL,
    Severity.INCOMPLETE: Verdict.INCOMPLETE,
    Severity.WARNING: Verdict.PASS,
}


class Case(Struct, frozen=True):
    """One test case; `message` is a line, `text` the rest, both empty for a PASS.

    `kind` is the type of a failure: a finding's code where there is one.
    """

    group: str
    name: str
    verdict: Verdict
    message: str = ""
    text: str = ""
    kind: str = ""
    seconds: float = 0.0


class Suite(Struct, frozen=True):
    """The cases of one protocol; `notes` are its warnings, one a line, seconds its wall time."""

    name: str
    cases: tuple[Case, ...]
    notes: tuple[str, ...]
    seconds: float


def document(suites: Iterable[Suite], seconds: float) -> str:
    """Return the XML text with a final line break."""
    root = Element("testsuites", name="conform", time=f"{seconds:.3f}")
    for suite in suites:
        _add_suite(root, suite)
    indent(root)
    text: str = tostring(root, encoding="unicode")
    return f'<?xml version="1.0" encoding="UTF-8"?>\n{text}\n'


def finding_case(finding: Finding) -> Case:
    """Return the case of an error or a gap; its name has the place, so that it is unique."""
    place = f" {finding.span}" if finding.span else ""
    rest = (finding.excerpt, *finding.details, f"hint: {finding.hint}" if finding.hint else "")
    return Case(
        group="finding",
        name=f"{finding.code}{place} {finding.message}",
        verdict=_VERDICT_OF_SEVERITY[finding.severity],
        message=head_of(finding),
        text="\n".join(filter(None, rest)),
        kind=finding.code,
    )


def findings_split(findings: Iterable[Finding]) -> tuple[tuple[Case, ...], tuple[str, ...]]:
    """Return the cases of errors and gaps, and the warnings as notes."""
    all_ = tuple(findings)
    is_note = Severity.WARNING
    return (
        tuple(finding_case(finding) for finding in all_ if finding.severity is not is_note),
        tuple(head_of(finding) for finding in all_ if finding.severity is is_note),
    )


def _add_suite(root: Element, suite: Suite) -> None:
    verdicts = [case.verdict for case in suite.cases]
    failures = verdicts.count(Verdict.FAIL)
    passes = verdicts.count(Verdict.PASS)
    element = SubElement(
        root,
        "testsuite",
        name=_legal(suite.name),
        tests=str(len(verdicts)),
        failures=str(failures),
        errors=str(len(verdicts) - failures - passes),
        skipped="0",
        time=f"{suite.seconds:.3f}",
    )
    for case in suite.cases:
        _add_case(element, suite.name, case)
    if suite.notes:
        SubElement(element, "system-out").text = _legal("\n".join(suite.notes))


def _add_case(suite: Element, protocol: str, case: Case) -> None:
    element = SubElement(
        suite,
        "testcase",
        classname=_legal(f"{protocol}.{case.group}"),
        name=_legal(case.name),
        time=f"{case.seconds:.3f}",
    )
    match case.verdict:
        case Verdict.PASS:
            return
        case Verdict.FAIL:
            problem = SubElement(element, "failure", type=case.kind or "failure")
        case Verdict.INCOMPLETE:
            problem = SubElement(element, "error", type="incomplete")
        case Verdict.ERROR:
            problem = SubElement(element, "error", type="error")
        case _:
            assert_never(case.verdict)
    problem.set("message", _legal(case.message))
    problem.text = _legal(case.text) or None


def _legal(text: str) -> str:
    return _ILLEGAL.sub(_escape, text)


def _escape(match: re.Match[str]) -> str:
    code = ord(match.group())
    return f"\\x{code:02x}" if code < 0x100 else f"\\u{code:04x}"
