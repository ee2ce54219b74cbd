"""A comment in the sources refers to a section that the specification does not have.

What it means
    The comment names the specification and the number of a section, and the page beside the sources
    has no heading with this number: sections were numbered anew since.

Example
    /// Appends a batch (SPEC 16.16).

What to do
    Correct the number.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import PurePosixPath

from conform.check.context import Context
from conform.check.systems.system import System, systems_of
from conform.domain.finding import Code, Finding
from conform.text import Span

CODE = Code("CF291", "comment refers to no section")

_REFERENCE = re.compile(
    r"\b(?P<page>SPEC|[Ss]pec(?:ification)?)(?:\.md)?(?:'s)?,?\s+"
    r"(?:[Ss]ections?\s+|sec\.\s*|\N{SECTION SIGN}\s*)?"
    r"(?P<number>\d{1,2}(?:\.\d{1,2})*)(?![\w.]*\d)"
)
_NUMBERED = re.compile(r"\s*(?:\N{SECTION SIGN}\s*|Section\s+)?(?P<number>\d{1,2}(?:\.\d{1,2})*)\b")
_LEAST_SECTIONS = 3


def sections_in_code(context: Context) -> Iterator[Finding]:
    """Yield a finding for each comment with the number of a section that no page has."""
    for system in systems_of(context):
        sections = _sections(system)
        if len(sections) < _LEAST_SECTIONS:
            continue
        for file in system.files:
            for comment in file.comments:
                for match in _REFERENCE.finditer(comment.text):
                    if match["number"] not in sections:
                        span = _within(comment.span, comment.text, match)
                        yield CODE.finding(
                            f"the specification has no section {match['number']}",
                            span,
                            excerpt=system.excerpt(context, span),
                            hint="correct the number",
                        )


def _sections(system: System) -> set[str]:
    """Return the numbers of the headings of the specification, of all pages without one."""
    named = [page for page in system.pages if "spec" in PurePosixPath(page.path).stem.lower()]
    headings = (heading for page in named or system.pages for heading in page.headings())
    found = (_NUMBERED.match(heading.text) for heading in headings)
    return {match["number"] for match in found if match}


def _within(span: Span, text: str, match: re.Match[str]) -> Span:
    before = text[: match.start("number")]
    line = span.line + before.count("\n")
    column = len(before) - before.rfind("\n") + (span.column - 1 if line == span.line else 0)
    return Span(span.path, line, column, line, column + len(match["number"]) - 1)
