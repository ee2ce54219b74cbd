"""A text gives a setting another value than the table of defaults in the same document.

What it means
    A table has the column Default, and a sentence repeats the default of one of its settings in
    parentheses behind the name; the two numbers differ.

Example
    Up to `max_retries` (5) attempts     below     | `max_retries` | 10 | ... |

What to do
    Correct the one that is out of date; better, say the value in one place.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from conform.check.context import Context
from conform.domain.finding import Code, Finding
from conform.domain.prose import Passage, PassageKind, Prose

CODE = Code("CF257", "default that differs from its table")

_STATED = re.compile(
    r"\s*\(\s*(?:default(?:s\s+to)?\s*:?\s*)?(?P<number>\d[\d,_]*)(?:\s*[a-zA-Z]{1,12})?\s*\)",
    re.IGNORECASE,
)
_NUMBER = re.compile(r"(?P<number>\d[\d,_]*)(?:\s*[a-zA-Z]{1,12})?")


def differing_defaults(context: Context) -> Iterator[Finding]:
    """Yield a finding for each number behind a setting's name that is not its default."""
    for page in context.pages:
        defaults = _defaults(page)
        for passage in page.of(PassageKind.TEXT, PassageKind.ITEM) if defaults else ():
            for start, name in passage.coded():
                match = _STATED.match(passage.text, start + len(name))
                known = defaults.get(name)
                if match and known and _value(match["number"]) != _value(known[0]):
                    span = passage.span(match.start("number"), match.end("number"))
                    yield CODE.finding(
                        f"`{name}` is {match['number']} here, and {known[0]} in the table",
                        span,
                        excerpt=context.excerpt(span),
                        details=(f"the row at {known[1].span()}",),
                        hint="correct the one that is out of date",
                    )


def _defaults(page: Prose) -> dict[str, tuple[str, Passage]]:
    """Return the defaults of the settings in code in the first columns of tables of defaults."""
    found: dict[str, tuple[str, Passage]] = {}
    cells = list(page.of(PassageKind.CELL))
    for header in page.of(PassageKind.HEADER):
        if header.column == 0 or not re.fullmatch(r"default(?: value)?", header.text.strip(), re.I):
            continue
        for cell in cells:
            number = _NUMBER.fullmatch(cell.text.strip())
            if (cell.block, cell.column) != (header.block, header.column) or number is None:
                continue
            first = next(c for c in cells if (c.block, c.row) == (cell.block, cell.row))
            for _start, name in first.coded():
                found.setdefault(name, (number["number"], cell))
    return found


def _value(number: str) -> int:
    return int(re.sub(r"\D", "", number))
