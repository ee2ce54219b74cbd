"""A text gives a setting another value than the table of defaults in the same document.

What it means
    A table has the column Default, and a sentence repeats the default of one of its settings in
    parentheses behind the name; the two numbers differ. Or a default is another amount than the one
    in parentheses behind it, whatever the unit of its number: `5000` (50 seconds).

Example
    Up to `max_retries` (5) attempts     below     | `max_retries` | 10 | ... |

What to do
    Correct the one that is out of date; better, say the value in one place.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from conform.check.context import Context
from conform.check.systems.cf287_value_in_code import Stated, stated_values
from conform.check.systems.written_values import UNIT, is_same_amount, same_as_said
from conform.check.texts.number_words import value_of
from conform.domain.finding import Code, Finding
from conform.domain.prose import Passage, PassageKind, Prose

CODE = Code("CF257", "default that differs from its table")

_STATED = re.compile(
    r"\s*\(\s*(?:default(?:s\s+to)?\s*:?\s*)?(?P<number>\d[\d,_]*)(?:\s*(?P<unit>[a-zA-Z]{1,12}))?\s*\)",
    re.IGNORECASE,
)
_TWICE = re.compile(
    rf"(?<![\w.])(?P<number>\d[\d,_]{{2,14}})`?\s*\((?P<said>\d[\d,_]{{0,14}}(?:\.\d{{1,6}})?)\s*(?P<unit>{UNIT})\)"
)
_UNIT = r"(?:ms|milliseconds?|seconds?|s|minutes?|min|hours?|h|days?|[KMG]i?B)"
_WORDS = "one|two|three|four|five|six|seven|eight|nine|ten|twelve"
_FURTHER_ON = re.compile(
    rf"\bdefault(?:s\s+to|\s+is|\s*:)?\s*`?(?P<number>\d[\d_,]*)(?:\s*(?P<unit>{_UNIT})\b)?"
    rf"|\bdefault(?:s\s+to|\s+is)\s+(?P<word>{_WORDS})\s+(?P<word_unit>{_UNIT})\b"
    rf"|(?<![\w.])(?P<last>\d[\d_,]*)(?:\s*(?P<last_unit>{_UNIT})\b)?\s+by\s+default\b",
    re.IGNORECASE,
)
"""A default that does not stand directly behind the setting: (24 hours by default)."""

_NUMBER = re.compile(r"(?P<number>\d[\d,_]*)(?:\s*(?P<unit>[a-zA-Z]{1,12}))?")


def differing_defaults(context: Context) -> Iterator[Finding]:
    """Yield a finding for each number behind a setting's name that is not its default."""
    for page in context.pages:
        defaults = _defaults(page)
        yield from _said_twice(context, page)
        for passage in page.of(PassageKind.TEXT, PassageKind.ITEM) if defaults else ():
            yield from _further_on(context, passage, defaults)
            for start, name in passage.coded():
                match = _STATED.match(passage.text, start + len(name))
                known = defaults.get(name)
                if match and known and not _is_same(name, match["number"], match["unit"], known):
                    span = passage.span(match.start("number"), match.end("number"))
                    yield CODE.finding(
                        f"`{name}` is {match['number']} here, and {known.said} in the table",
                        span,
                        excerpt=context.excerpt(span),
                        details=(f"stated at {known.span}",),
                        hint="correct the one that is out of date",
                    )


def _said_twice(context: Context, page: Prose) -> Iterator[Finding]:
    """Yield a finding for each default with another amount in parentheses behind it."""
    headers = {(each.block, each.column): each.text for each in page.of(PassageKind.HEADER)}
    for passage in page.of(PassageKind.CELL, PassageKind.ITEM):
        is_cell = passage.kind is PassageKind.CELL
        about = headers.get((passage.block, passage.column), "") if is_cell else passage.text
        for match in _TWICE.finditer(passage.text) if "default" in about.lower() else ():
            number, said = (re.sub("[,_]", "", match[part]) for part in ("number", "said"))
            if not is_same_amount(number, said, match["unit"]):
                span = passage.span(*match.span())
                yield CODE.finding(
                    f"{match['number']} is not {match['said']} {match['unit']} in any unit",
                    span,
                    excerpt=context.excerpt(span),
                    hint="correct the one that is out of date",
                )


def _further_on(
    context: Context, passage: Passage, defaults: Mapping[str, Stated]
) -> Iterator[Finding]:
    """Yield a finding for the default that a passage about one setting gives further on."""
    names = [(start, name) for start, name in passage.coded() if name in defaults]
    matches = list(_FURTHER_ON.finditer(passage.text))
    if len(names) != 1 or len(matches) != 1:
        return
    (start, name), match = names[0], matches[0]
    known = defaults[name]
    if _STATED.match(passage.text, start + len(name)):
        return
    number = match["number"] or match["last"] or str(value_of(match["word"]))
    unit = match["unit"] or match["last_unit"] or match["word_unit"]
    if not _is_same(name, number, unit, known):
        span = passage.span(*match.span())
        yield CODE.finding(
            f"`{name}` is {_said(match)} here, and {known.said} in the table",
            span,
            excerpt=context.excerpt(span),
            details=(f"stated at {known.span}",),
            hint="correct the one that is out of date",
        )


def _said(match: re.Match[str]) -> str:
    return re.sub(r"^defaults?(?:\s+(?:to|is))?\W+(?=[a-z])", "", match[0].strip(" ()"), flags=re.I)


def _is_same(name: str, number: str, unit: str | None, known: Stated) -> bool:
    """Say whether two amounts of a setting may be the same, in the units that they have."""
    own = same_as_said(re.sub(r"\D", "", number), unit or "", name)
    return bool(own & same_as_said(re.sub(r"\D", "", known.value), known.unit, name))


def _defaults(page: Prose) -> dict[str, Stated]:
    """Return the defaults of the settings in the tables of defaults and the lists of a page."""
    found: dict[str, Stated] = {}
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
                stated = Stated("", name, number["number"], cell.span(), number["unit"] or "")
                found.setdefault(name, stated)
    for stated in stated_values(page):
        if not stated.part and re.fullmatch(r"\d[\d_,]*", stated.value):
            found.setdefault(stated.name, stated)
    return found
