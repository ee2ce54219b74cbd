"""A text gives an action another number than the document does.

What it means
    A sentence or a cell has the name of an action beside a number, and the document's action of
    this name has another one. It was renumbered, or the text was copied from a neighbour. (Rows of
    mapping tables are CF225, headings CF224.)

Example
    | 9 CompactUpdateCursor | Compact, step 3 |     while CompactUpdateCursor is action 8

What to do
    Correct the number.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from conform.check.context import Context
from conform.domain.finding import Code, Finding
from conform.domain.prose import Passage, PassageKind

CODE = Code("CF256", "action with another number in a text")

_NAME = r"(?P<name>[A-Z][a-z]\w*[A-Z]\w*)(?!\w)"
_NUMBER = r"(?P<number>\d{1,3}[a-z]?)"
_WORDED = re.compile(rf"\b[Aa]ction\s+{_NUMBER}\s*(?:[:,(\N{{EM DASH}}\N{{EN DASH}}-]\s*)?{_NAME}")
_BEHIND = re.compile(rf"(?<!\w){_NAME}(?:\([^()]*\))?\s*\(\s*[Aa]ction\s+{_NUMBER}\s*\)")
_CELL = re.compile(rf"\s*{_NUMBER}[.:]?\s+{_NAME}")


def misnumbered_actions(context: Context) -> Iterator[Finding]:
    """Yield a finding for each name of an action beside a number that is not its own."""
    numbers: dict[str, set[str]] = {}
    for action in context.document.actions:
        for each in (action, *action.leaves()):
            known = {action.number, each.number} - {""}
            if known:
                numbers.setdefault(each.name, set()).update(known)
    for page in context.pages:
        rows = {row.span.line for row in context.rows() if row.span.path == page.path}
        for passage in page.running():
            if not (passage.kind is PassageKind.CELL and passage.span().line in rows):
                yield from _in_passage(context, passage, numbers)


def _in_passage(
    context: Context, passage: Passage, numbers: dict[str, set[str]]
) -> Iterator[Finding]:
    matches = [*_WORDED.finditer(passage.text), *_BEHIND.finditer(passage.text)]
    if passage.kind is PassageKind.CELL and (cell := _CELL.match(passage.text)):
        matches.append(cell)
    for match in matches:
        known = numbers.get(match["name"])
        if known and match["number"] not in known:
            own = " or ".join(sorted(known))
            span = passage.span(match.start("number"), match.end("number"))
            yield CODE.finding(
                f"`{match['name']}` is action {own} in {context.document.path}, "
                f"not {match['number']}",
                span,
                excerpt=context.excerpt(span),
                hint="correct the number",
            )
