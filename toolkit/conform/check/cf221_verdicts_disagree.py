"""Two places expect different verdicts of one property.

What it means
    The Expected Verdict of a property's section and a row of results, or two rows, contradict each
    other. A check can agree with one of them at most.

Example
    **Expected Verdict**: PASS     and     | `ReaderSucceeds` | Liveness | FAIL |

What to do
    Correct the one that is wrong.
"""

from __future__ import annotations

from collections.abc import Iterator

from conform.check.context import Context
from conform.check.verdict_cells import claimed_verdict
from conform.domain.finding import Code, Finding
from conform.domain.spec import ResultRow
from conform.text import Span

CODE = Code("CF221", "expected verdicts disagree")


def disagreeing_verdicts(context: Context) -> Iterator[Finding]:
    """Yield a finding for each row whose verdict is not the one stated first."""
    first: dict[str, tuple[str, Span]] = {}
    for found in context.document.properties:
        verdict = claimed_verdict(found.expected or "")
        if verdict:
            first[found.name] = (verdict, found.span)
    for document in context.documents:
        for row in document.results:
            yield from _in_row(context, row, first)


def _in_row(
    context: Context, row: ResultRow, first: dict[str, tuple[str, Span]]
) -> Iterator[Finding]:
    for header, cell in row.verdicts:
        verdict = claimed_verdict(cell)
        if verdict is None:
            continue
        stated, span = first.setdefault(row.property, (verdict, row.span))
        if stated != verdict:
            yield CODE.finding(
                f"`{row.property}` is expected to {verdict} under {header}, but {stated} at {span}",
                row.span,
                excerpt=context.excerpt(row.span),
                hint="correct the one that is wrong",
            )
