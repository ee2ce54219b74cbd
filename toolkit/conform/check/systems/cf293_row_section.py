"""A row names a section whose heading is about something else, and another is about the row.

What it means
    A table has a column of sections, and the number in a row is not that of the heading with the
    name in the row, but that of another name's beside it.

Example
    | `RangeDelete` | ... | 8.4 |     where the headings are 8.4 CeilingGet and 8.5 RangeDelete.

What to do
    Correct the number.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from conform.check.context import Context
from conform.check.systems.page_tables import tables_of
from conform.domain.finding import Code, Finding
from conform.domain.prose import Prose

CODE = Code("CF293", "row names another section")

_HEADING = re.compile(r"\s*(?P<number>\d{1,2}(?:\.\d{1,2})*)\.?\s+(?P<name>[^\W\d]\w*)")
_COLUMN = r"(?:spec )?(?:sections?|\N{SECTION SIGN})"
_NUMBER = re.compile(r"\N{SECTION SIGN}?\s*(?P<number>\d{1,2}(?:\.\d{1,2})*)")


def rows_of_sections(context: Context) -> Iterator[Finding]:
    """Yield a finding for each row with the number of a section that another name has."""
    for page in context.pages:
        headed = _headed(page)
        numbers = {number for each in headed.values() for number in each}
        for rows in tables_of(page):
            for row in rows:
                cell = row.under(_COLUMN)
                match = _NUMBER.fullmatch(cell.text.strip()) if cell else None
                names = [text for each in row.cells.values() for _at, text in each.coded()]
                own = [number for name in names for number in headed.get(name, ())]
                named = match["number"] if match else ""
                siblings = {_parent(number) for number in own}
                beside = named in numbers - set(own) and _parent(named) in siblings
                if cell and own and beside:
                    start = cell.text.index(named)
                    span = cell.span(start, start + len(named))
                    yield CODE.finding(
                        f"section {named} is about something else, and this row's is {own[0]}",
                        span,
                        excerpt=context.excerpt(span),
                        hint="correct the number",
                    )


def _parent(number: str) -> str:
    return number.rpartition(".")[0]


def _headed(page: Prose) -> dict[str, list[str]]:
    """Return the numbers of the headings whose only word is a name, by the name."""
    found: dict[str, list[str]] = {}
    for heading in page.headings():
        match = _HEADING.fullmatch(heading.text.strip())
        if match:
            found.setdefault(match["name"], []).append(match["number"])
    return found
