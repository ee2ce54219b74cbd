"""What is meant as a table is none for Markdown, and its rows are lost.

What it means
    The row of dashes has another number of columns than the header above it. Markdown then shows
    one paragraph with bars in it, and nothing that stands there was compared with anything. (For a
    mapping table that is a CF103.)

Example
    | Action | Fairness | Rationale |
    |---|---|
    | `StartAppend(w)` | Weak | |

What to do
    Give the row of dashes as many columns as the header.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from conform.check.context import Context
from conform.domain.finding import Code, Finding
from conform.domain.prose import Passage, PassageKind
from conform.text import Source, Span

CODE = Code("CF105", "table that is none")

_DASHES = re.compile(r"[ \t>]*\|?\s*:?-+:?\s*(?:\|\s*:?-+:?\s*)+\|?\s*")
_MAPPING = re.compile(r"\bconstruct\b|\btla\+|\bfizz", re.IGNORECASE)


def lost_tables(context: Context) -> Iterator[Finding]:
    """Yield a finding for each row of dashes that does not fit the header above it."""
    own = {document.path for document in context.documents}
    for page in context.pages:
        source = context.sources.get(page.path)
        if page.path in own and source is not None:
            for passage in page.of(PassageKind.TEXT, PassageKind.ITEM):
                yield from _in_paragraph(context, source, passage)


def _in_paragraph(context: Context, source: Source, passage: Passage) -> Iterator[Finding]:
    whole = passage.span()
    for number in range(whole.line + 1, whole.end_line + 1):
        header, dashes = source.line(number - 1), source.line(number)
        if "|" in header and _DASHES.fullmatch(dashes) and not _MAPPING.search(header):
            stated, given = _width(header), _width(dashes)
            if stated != given:
                span = Span(source.path, number, 1, number, max(1, len(dashes)))
                yield CODE.finding(
                    f"the header has {stated} columns, the row below it {given}: this is no table",
                    span,
                    excerpt=context.excerpt(span),
                    hint="write a group of dashes for each column of the header",
                )


def _width(line: str) -> int:
    return len(re.findall(r"(?<!\\)\|", line.strip().strip("|"))) + 1
