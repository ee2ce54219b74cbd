"""Counts that a document, or a comment of a configuration, states: states and depth."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal

from msgspec.structs import replace

from conform.domain.spec import StatedCount
from conform.languages.markdown.blocks import Fence, Paragraph, Row
from conform.languages.markdown.inline import readable, reading
from conform.languages.markdown.manuscript import Fragment, Manuscript
from conform.languages.markdown.outline import Section
from conform.text import Source

# A number is matched whole or not at all (possessive), so that long rows of digits cost no retries.
_TIMES = r"(?:(?P<times>\d{1,3}+(?:\.\d{1,3}+)?)\s?[*x\u00d7\u00b7\u22c5]\s?(?=10\^))?+"
_VALUE = (
    r"(?P<about>(?:[~\u2248]|\b(?:about|around|roughly|approximately|some)\b)\s*+)?"
    rf"(?<![\w.,^*\u00d7-]){_TIMES}"
    r"(?P<value>10\^\d{1,2}+(?:\s?[-\u2013]\s?(?:10\^)?(?P<upper>\d{1,2}+))?+(?![\d^])"
    r"|\d{1,3}+(?:\.\d{1,2}+)?+[KkM](?!\w)|\d[\d,_\u00a0\u2009]*+(?<=\d))"
)
_STATES = re.compile(
    rf"{_VALUE}\s++(?P<measure>(?:distinct|unique)\s+states|(?:states\s+)?generated|states)\b"
    r"(?!\s+(?:left|remain))",
    re.I,
)
_DEPTH = re.compile(rf"\b(?P<measure>depth)(?:\s+(?:of|is))?\s*[:=]?\s*{_VALUE}\b", re.I)
_MEASURES = re.compile(
    r"(?:TLA\+\s+|TLC\s+)?(?P<measure>(?:distinct|unique)\s+states|states\s+generated|generated|states"
    r"|distinct|unique|depth)(?:\s+(?:found|explored))?",
    re.I,
)
_VALUE_ALONE = re.compile(rf"{_VALUE}\s*")
_WRITTEN = re.compile(
    r"10\^\d{1,2}.*|\d{1,3}(?:\.\d{1,2})?[KkM]|\d{1,18}|\d{1,3}(?:[,_\u00a0\u2009]\d{3}){1,5}"
)
_CONFIGURATION = re.compile(r"\bconfig(?:uration)?\b", re.IGNORECASE)
_PROTOCOL = re.compile(r"\bprotocol\s+\d", re.IGNORECASE)
_CONFIGURATIONS = re.compile(r"(?:TLC\s+)?(?:config(?:uration)?|model)s?", re.IGNORECASE)
"""The header of a column that says which configuration a row is about."""

_WORD = re.compile(r"[A-Za-z][\w-]*")
_THOUSANDS = {"K": 1_000, "M": 1_000_000}
_SENTENCE_END = re.compile(r"[.!?](?=\s)")

MAX_POWER = 18
"""Larger powers of ten are no count of states that anything reached."""


def read_counts(root: Section) -> tuple[StatedCount, ...]:
    """Return the counts stated in paragraphs, list items and code blocks, in order."""
    return tuple(count for section in root.walk() for count in _in_section(section))


def counts_in_comments(source: Source) -> tuple[StatedCount, ...]:
    r"""Return the counts that the comments (`\* ...`) of a configuration state.

    What they count is the configuration itself: `context` is the path of the file.
    """
    manuscript = Manuscript(source)
    lines = [manuscript.line(index) for index in range(len(manuscript.lines))]
    comments = (line.part(start) for line in lines if (start := line.text.find("\\*")) >= 0)
    return tuple(count for line in comments for count in _counts(line, source.path))


def _in_table(section: Section) -> Iterator[StatedCount]:
    """Yield the counts of columns such as Distinct states; what they count stands in their rows."""
    for table in section.tables():
        headers = [reading(cell) for cell in table.header.cells]
        for row in table.rows:
            for header, cell in zip(headers, row.cells, strict=False):
                head = _MEASURES.fullmatch(header)
                match = _VALUE_ALONE.fullmatch(reading(cell)) if head else None
                if head is None or match is None:
                    continue
                shown = readable(cell)
                worded = _worded(head["measure"].lower(), shown)
                row_text = f"{header}: {' | '.join(map(reading, row.cells))}"
                context = f"{_configured(headers, row)}{row_text}"
                yield from (replace(count, context=context) for count in _counts(worded, context))


def _configured(headers: Sequence[str], row: Row) -> str:
    """Return the word for a row's configuration as text has it, in a line of its own."""
    for header, cell in zip(headers, row.cells, strict=False):
        word = _WORD.match(reading(cell)) if _CONFIGURATIONS.fullmatch(header.strip()) else None
        if word is not None:
            return f"{word[0]} configuration\n"
    return ""


def _worded(measure: str, value: Fragment) -> Fragment:
    """Return a number of a cell with its measure, as a sentence would have it."""
    if measure == "depth":
        return value.edited([(0, 0, "depth ")])
    end = len(value.text)
    alone = {"generated": "states generated", "distinct": "distinct states"}
    plain = {**alone, "unique": "unique states"}.get(measure, measure)
    return value.edited([(end, end, f" {plain}")])


def _in_section(section: Section) -> Iterator[StatedCount]:
    yield from _in_table(section)
    for block in section.blocks:
        match block:
            case Paragraph(content=content):
                text = readable(content)
                for count in _counts(text):
                    yield replace(count, context=f"{count.context}{_titled(section)}")
            case Fence(lines=lines):
                yield from _in_code(lines)
            case _:
                continue


def _titled(section: Section) -> str:
    """Return the title of a section about a configuration or protocol, in a line of its own."""
    title = section.title.text
    return f"\n{title}" if _CONFIGURATION.search(title) or _PROTOCOL.match(title) else ""


def _in_code(lines: Sequence[Fragment]) -> Iterator[StatedCount]:
    """Yield the counts of a code block; a comment alone in its line is about the lines below it."""
    for index, line in enumerate(lines):
        context = [line.text]
        if line.text.lstrip().startswith("#"):
            for below in lines[index + 1 :]:
                if below.text.lstrip().startswith("#"):
                    break
                context.append(below.text)
        yield from _counts(line, "\n".join(context))


def _counts(text: Fragment, context: str = "") -> Iterator[StatedCount]:
    matches = [*_STATES.finditer(text.text), *_DEPTH.finditer(text.text)]
    for match in sorted(matches, key=lambda found: found.start()):
        measure = " ".join(match["measure"].lower().replace("unique", "distinct").split())
        measure = "states generated" if measure == "generated" else measure
        written = match["value"]
        if not _WRITTEN.fullmatch(written) or not _is_bounded(match):
            continue
        yield StatedCount(
            measure,
            _times(match["times"], _value(written)),
            bool(match["about"]) or "^" in written or written[-1] in "KkM",
            text.span(match.start(), match.end()),
            _power(match["upper"]) if match["upper"] else None,
            is_power="^" in written and (match["times"] is None or match["upper"] is not None),
            context=context or _sentence(text.text, match.start()),
        )


def _is_bounded(match: re.Match[str]) -> bool:
    powers = [match["upper"]] if match["upper"] else []
    if match["value"].startswith("10^"):
        powers.append(re.split(r"\D", match["value"].removeprefix("10^"))[0])
    return all(int(power) <= MAX_POWER for power in powers)


def _sentence(text: str, position: int) -> str:
    """Return the sentence around a position, line breaks as they are."""
    ends = [match.end() for match in _SENTENCE_END.finditer(text)]
    start = max((end for end in ends if end <= position), default=0)
    end = min((end for end in ends if end > position), default=len(text))
    return text[start:end].strip()


def _value(written: str) -> int:
    if written.startswith("10^"):
        return _power(re.split(r"\D", written.removeprefix("10^"))[0])
    if times := _THOUSANDS.get(written[-1].upper()):
        return int(Decimal(written[:-1]) * times)
    return int(re.sub(r"\D", "", written))


def _times(factor: str | None, value: int) -> int:
    return int(Decimal(factor) * value) if factor else value


def _power(digits: str) -> int:
    return int("1" + "0" * int(digits))
