"""Two places expect different verdicts of one property.

What it means
    The Expected Verdict of a property's section and a row of results, or two rows, contradict each
    other. A check can agree with one of them at most. There is one finding for each property, and
    none where CF301 tells that all models contradict the one that was expected: it lists the other.

Example
    **Expected Verdict**: PASS     and     | `ReaderSucceeds` | Liveness | FAIL |

What to do
    Correct the one that is wrong.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from msgspec import Struct

from conform.check.context import Context
from conform.check.texts.verdict_cells import claimed_verdict
from conform.domain.finding import Code, Finding
from conform.text import Span

CODE = Code("CF221", "expected verdicts disagree")


class _Stated(Struct, frozen=True):
    """A verdict that some place expects; `header` is the column's, empty in a section."""

    verdict: str
    header: str
    span: Span


def disagreeing_verdicts(context: Context) -> Iterator[Finding]:
    """Yield a finding for each property with places that contradict the first of them."""
    stated: dict[str, list[_Stated]] = {}
    for found in context.document.properties:
        verdict = claimed_verdict(found.expected or "")
        if verdict:
            stated[found.name] = [_Stated(verdict, "", found.span)]
    for document in context.documents:
        for row in document.results:
            for header, cell in row.verdicts:
                verdict = claimed_verdict(cell)
                if verdict:
                    place = _Stated(verdict, header, row.span)
                    stated.setdefault(row.property, []).append(place)
    for name, (first, *others) in stated.items():
        contrary = [each for each in others if each.verdict != first.verdict]
        if contrary:
            yield _finding(context, name, first, contrary)


def _finding(context: Context, name: str, first: _Stated, contrary: Sequence[_Stated]) -> Finding:
    at, *more = contrary
    return CODE.finding(
        f"`{name}` is expected to {at.verdict} under {at.header}, but {first.verdict} at "
        f"{first.span}",
        at.span,
        excerpt=context.excerpt(at.span),
        details=tuple(f"likewise under {each.header} at {each.span}" for each in more),
        hint="correct the one that is wrong",
        subject=name,
    )
