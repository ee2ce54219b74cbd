"""A document claims something of all, and one of its tables contradicts it.

What it means
    A sentence says that every construct of the document has its counterpart in both models, that
    all properties pass, or that they pass in both tools. A row of a mapping table has a dash, or a
    row of results a dash or FAIL: the sentence is not true as it stands.

Example
    Every action and property has a corresponding construct in both TLA+ and FizzBee.
    | Liveness L3 | `ReaderSucceeds` | — (TLA+ only) |

What to do
    Restrict the sentence, or fill the cell. Only sentences of these three forms are looked at.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from conform.check.columns import Role
from conform.check.context import Context
from conform.check.linking import is_absent
from conform.check.verdict_cells import claimed_verdict, claims_absence, model_cells
from conform.domain.finding import Code, Finding
from conform.text import Source, Span

CODE = Code("CF223", "claim that a table contradicts")

_COUNTERPARTS = re.compile(
    r"\b(?:every|all|each)\b[^.|]*\b(?:variables?|actions?|propert(?:y|ies)|constructs?)\b[^.|]*"
    r"\b(?:corresponding|counterparts?|equivalents?|is mapped|are mapped)\b[^.|]*\bboth\b",
    re.IGNORECASE,
)
_PASS_IN_BOTH = re.compile(
    r"\ball (?P<kind>safety |liveness )?properties\b[^.|]*\b(?:pass|hold)\b[^.|]*"
    r"\bboth (?:tools|models|checkers|TLA\+? and Fizz\w*)",
    re.IGNORECASE,
)
_ALL_PASS = re.compile(
    r"\ball (?:\w+ )?properties (?:should |must )?(?:pass|hold)\b", re.IGNORECASE
)
_EXCEPTION = re.compile(r"\b(?:except|unless|other than|apart from|but not|where)\b", re.IGNORECASE)


def contradicted_claims(context: Context) -> Iterator[Finding]:
    """Yield a finding for each general sentence that some row contradicts."""
    for document in context.documents:
        source = context.sources.get(document.path)
        for number, line in enumerate(source.lines() if source else (), 1):
            if source is not None and not line.lstrip().startswith("|"):
                yield from _in_line(context, source, number, line)


def _in_line(context: Context, source: Source, number: int, line: str) -> Iterator[Finding]:
    if _EXCEPTION.search(line):
        return
    for pattern in (_COUNTERPARTS, _PASS_IN_BOTH, _ALL_PASS):
        match = pattern.search(line)
        if match is None or (pattern is _ALL_PASS and not _is_about(context, source, number)):
            continue
        against = list(_against(context, pattern, match))
        if against:
            at = Span(source.path, number, match.start() + 1, number, match.end())
            yield CODE.finding(
                f"this is claimed of all, and {_rows(len(against))} the contrary",
                at,
                excerpt=source.excerpt(at),
                details=tuple(f"{span}: {what}" for span, what in against),
                hint="restrict the claim, or fill the cells",
            )


def _is_about(context: Context, source: Source, number: int) -> bool:
    """Whether a line speaks of this protocol's results: those of the last table before it.

    In the canonical document it does anyway; a README has results of other protocols as well.
    """
    if source.path == context.document.path:
        return True
    before = range(number - 1, 0, -1)
    last = next((each for each in before if source.line(each).lstrip().startswith("|")), None)
    rows = (row for document in context.documents for row in document.results)
    return any(row.span.path == source.path and row.span.line == last for row in rows)


def _against(
    context: Context, pattern: re.Pattern[str], match: re.Match[str]
) -> Iterator[tuple[Span, str]]:
    """Yield what contradicts a claim of one of the three forms."""
    if pattern is _COUNTERPARTS:
        return _unmapped_cells(context)
    if pattern is _PASS_IN_BOTH:
        return _dashes(context, (match["kind"] or "").strip().casefold())
    return _failing(context)


def _rows(count: int) -> str:
    return "one row says" if count == 1 else f"{count} rows say"


def _unmapped_cells(context: Context) -> Iterator[tuple[Span, str]]:
    for row, cell, _column in context.cells(Role.TLAPLUS, Role.FIZZBEE):
        if is_absent(cell):
            yield cell.span, f"{row.subject.text}: {cell.text}"


def _dashes(context: Context, kind: str) -> Iterator[tuple[Span, str]]:
    for row, header, cell, _role in model_cells(context):
        fits = not kind or kind in row.kind.casefold()
        if fits and (claims_absence(cell) or claimed_verdict(cell) == "FAIL"):
            yield row.span, f"{row.property}: {cell} under {header}"


def _failing(context: Context) -> Iterator[tuple[Span, str]]:
    for document in context.documents:
        for row in document.results:
            for header, cell in row.verdicts:
                if claimed_verdict(cell) == "FAIL":
                    yield row.span, f"{row.property}: {cell} under {header}"
