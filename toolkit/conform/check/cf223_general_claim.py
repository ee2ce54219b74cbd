"""A document says that all properties pass, and a row of its results says FAIL.

What it means
    The sentence and the table cannot both be true. That every construct has its counterpart in
    every model, and that properties pass in each of them, are claims of CF246.

Example
    | `ReaderSucceeds` | Liveness | FAIL |     and, below it, "All properties pass."

What to do
    Restrict the sentence, or correct the row.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from conform.check.context import Context
from conform.check.texts.verdict_cells import claimed_verdict
from conform.domain.finding import Code, Finding
from conform.text import Source, Span

CODE = Code("CF223", "all are said to pass, and one fails")

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
    match = _ALL_PASS.search(line)
    if match is None or not _is_about(context, source, number):
        return
    against = list(_failing(context))
    if against:
        at = Span(source.path, number, match.start() + 1, number, match.end())
        yield CODE.finding(
            f"this is claimed of all, and {_rows(len(against))} the contrary",
            at,
            excerpt=source.excerpt(at),
            details=tuple(f"{span}: {what}" for span, what in against),
            hint="restrict the claim, or correct the rows",
            subject=_only(what.partition(":")[0] for _span, what in against),
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


def _only(names: Iterable[str]) -> str:
    """Return the one name, empty for several."""
    several = {*names}
    return several.pop() if len(several) == 1 else ""


def _rows(count: int) -> str:
    return "one row says" if count == 1 else f"{count} rows say"


def _failing(context: Context) -> Iterator[tuple[Span, str]]:
    for document in context.documents:
        for row in document.results:
            for header, cell in row.verdicts:
                if claimed_verdict(cell) == "FAIL":
                    yield row.span, f"{row.property}: {cell} under {header}"
