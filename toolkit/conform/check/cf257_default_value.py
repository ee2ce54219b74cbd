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
from collections.abc import Iterator

from conform.check.context import Context
from conform.check.number_words import value_of
from conform.check.systems.cf287_value_in_code import stated_values
from conform.check.systems.written_values import UNIT, is_same_amount
from conform.domain.finding import Code, Finding
from conform.domain.prose import Passage, PassageKind, Prose
from conform.text import Span

CODE = Code("CF257", "default that differs from its table")

_STATED = re.compile(
    r"\s*\(\s*(?:default(?:s\s+to)?\s*:?\s*)?(?P<number>\d[\d,_]*)(?:\s*[a-zA-Z]{1,12})?\s*\)",
    re.IGNORECASE,
)
_TWICE = re.compile(
    rf"(?<![\w.])(?P<number>\d[\d,_]{{2,14}})`?\s*\((?P<said>\d[\d,_]{{0,14}}(?:\.\d{{1,6}})?)\s*(?P<unit>{UNIT})\)"
)
_UNIT = r"(?:ms|milliseconds?|seconds?|s|minutes?|min|hours?|h|days?)"
_WORDS = "one|two|three|four|five|six|seven|eight|nine|ten|twelve"
_FURTHER_ON = re.compile(
    rf"\bdefault(?:s\s+to|\s+is|\s*:)?\s*`?(?P<number>\d[\d_,]*)(?:\s*(?P<unit>{_UNIT})\b)?"
    rf"|\bdefault(?:s\s+to|\s+is)\s+(?P<word>{_WORDS})\s+(?P<word_unit>{_UNIT})\b"
    rf"|(?<![\w.])(?P<last>\d[\d_,]*)(?:\s*(?P<last_unit>{_UNIT})\b)?\s+by\s+default\b",
    re.IGNORECASE,
)
"""A default that does not stand directly behind the setting: (24 hours by default)."""

_SECONDS = {
    **dict.fromkeys(("m", "millisecond"), 0.001),
    **dict.fromkeys(("", "second"), 1),
    **dict.fromkeys(("min", "minute"), 60),
    **dict.fromkeys(("h", "hour"), 3_600),
    "day": 86_400,
}
"""Seconds in a unit, by its name without an `s` at its end."""

_ENDINGS = (("_ms", 0.001), ("_s", 1), ("_secs", 1), ("_seconds", 1), ("_minutes", 60))
"""Seconds in the unit that the name of a setting ends in."""

_NUMBER = re.compile(r"(?P<number>\d[\d,_]*)(?:\s*[a-zA-Z]{1,12})?")


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
                if match and known and _value(match["number"]) != _value(known[0]):
                    span = passage.span(match.start("number"), match.end("number"))
                    yield CODE.finding(
                        f"`{name}` is {match['number']} here, and {known[0]} in the table",
                        span,
                        excerpt=context.excerpt(span),
                        details=(f"stated at {known[1]}",),
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
    context: Context, passage: Passage, defaults: dict[str, tuple[str, Span]]
) -> Iterator[Finding]:
    """Yield a finding for the default that a passage about one setting gives further on."""
    names = [(start, name) for start, name in passage.coded() if name in defaults]
    matches = list(_FURTHER_ON.finditer(passage.text))
    if len(names) != 1 or len(matches) != 1:
        return
    (start, name), match = names[0], matches[0]
    number, cell = defaults[name]
    if _STATED.match(passage.text, start + len(name)):
        return
    if _in_unit_of(name, match) not in (None, _value(number)):
        span = passage.span(*match.span())
        yield CODE.finding(
            f"`{name}` is {_said(match)} here, and {number} in the table",
            span,
            excerpt=context.excerpt(span),
            details=(f"stated at {cell}",),
            hint="correct the one that is out of date",
        )


def _said(match: re.Match[str]) -> str:
    return re.sub(r"^defaults?(?:\s+(?:to|is))?\W+(?=[a-z])", "", match[0].strip(" ()"), flags=re.I)


def _in_unit_of(name: str, match: re.Match[str]) -> int | None:
    """Return the number in the unit that a setting's name ends in; None where that is unknown."""
    unit = match["unit"] or match["last_unit"] or match["word_unit"]
    number = match["number"] or match["last"]
    stated = _value(number) if number else value_of(match["word"])
    if not unit:
        return stated
    seconds = _SECONDS[unit.lower().rstrip("s")]
    of_name = next((each for ending, each in _ENDINGS if name.endswith(ending)), None)
    return None if of_name is None else round(stated * seconds / of_name)


def _defaults(page: Prose) -> dict[str, tuple[str, Span]]:
    """Return the defaults of the settings in the tables of defaults and the lists of a page."""
    found: dict[str, tuple[str, Span]] = {}
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
                found.setdefault(name, (number["number"], cell.span()))
    for stated in stated_values(page):
        if not stated.part and re.fullmatch(r"\d[\d_,]*", stated.value):
            found.setdefault(stated.name, (stated.value, stated.span))
    return found


def _value(number: str) -> int:
    return int(re.sub(r"\D", "", number))
