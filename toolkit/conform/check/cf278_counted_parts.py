r"""Parts that are counted as `1 of 3`, `2 of 3` do not add up.

What it means
    The comments of a model, or the headings and list items of a document, count the parts of
    something, and a number is larger than the whole, a whole differs from that of the others, or
    a part comes twice or is missing. A part was added or taken away, and the others kept their
    numbers.

    Where the models count the parts of a CAS, `3-step CAS` in a text is held against that.

    Looked at are counts with the same word in front, `CAS 1 of 3` or `step 2/4`, that begin with 1
    and of which there are two or more in a file.

Example
    \* write the entry (CAS 1 of 3)     \* delete (CAS 2 of 3)     \* move the cursor (CAS 4 of 4)

What to do
    Count again.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import PurePosixPath

from msgspec import Struct

from conform.check.comments.model_comments import CommentLine, model_sources, remarks_of
from conform.check.context import Context
from conform.check.texts.number_words import NUMBER, value_of
from conform.check.texts.page_topics import has_title_of
from conform.domain.finding import Code, Finding
from conform.domain.prose import Passage, PassageKind
from conform.text import Span

CODE = Code("CF278", "counted parts do not add up")

_COUNTED = re.compile(
    r"\b(?P<word>CAS|write|call|step|phase|part|stage|round|transaction|operation|put)s?\s+"
    r"(?P<part>\d{1,2})(?:\s+of\s+|\s?/\s?)(?P<whole>\d{1,2})\b(?![./]\d)",
    re.IGNORECASE,
)
_STEPS = re.compile(
    rf"\b(?:{NUMBER}-step\s+|in\s+{NUMBER.replace('<number>', '<count>')}\s+)"
    r"(?P<word>CAS|write|call|transaction|put)s?\b",
    re.IGNORECASE,
)
_FEWEST = 2
"""One count alone is held against nothing but itself."""


class _Part(Struct, frozen=True):
    """A part as counted, and where the count stands."""

    part: int
    whole: int
    text: str
    span: Span


def miscounted_parts(context: Context) -> Iterator[Finding]:
    """Yield a finding for each count that does not fit the others of its series."""
    for source in model_sources(context):
        lines = (line for remark in remarks_of(source) for line in remark.lines)
        yield from _in_order(context, ((line.text, line) for line in lines))
    yield from _steps_told(context)
    own = PurePosixPath(context.document.path).name
    for page in context.pages:
        if PurePosixPath(page.path).name == own:
            passages = page.of(PassageKind.HEADING, PassageKind.TEXT, PassageKind.ITEM)
            yield from _in_order(context, ((each.text, each) for each in passages))


def _in_order(
    context: Context, texts: Iterable[tuple[str, CommentLine | Passage]]
) -> Iterator[Finding]:
    open_series: dict[str, list[_Part]] = {}
    for text, place in texts:
        for match in _COUNTED.finditer(text):
            word = match["word"].lower()
            part = _Part(
                int(match["part"]), int(match["whole"]), match[0], place.span(*match.span())
            )
            if part.part == 1 and word in open_series:
                yield from _judged(context, open_series.pop(word))
            open_series.setdefault(word, []).append(part)
    for series in open_series.values():
        yield from _judged(context, series)


def _steps_told(context: Context) -> Iterator[Finding]:
    """Yield where texts about the protocol say `3-step CAS` and its models count other parts."""
    wholes: dict[str, set[int]] = {}
    for source in model_sources(context):
        for remark in remarks_of(source):
            for line in remark.lines:
                for match in _COUNTED.finditer(line.text):
                    wholes.setdefault(match["word"].lower(), set()).add(int(match["whole"]))
    for page in context.pages if wholes else ():
        if page.path != context.document.path and not has_title_of(context, page):
            continue
        for passage in page.of(PassageKind.TEXT, PassageKind.ITEM):
            for match in _STEPS.finditer(passage.text):
                counted = wholes.get(match["word"].lower(), set())
                if len(counted) == 1 and value_of(match["number"] or match["count"]) not in counted:
                    span = passage.span(*match.span())
                    message = f"the models count {match['word']} 1 to {next(iter(counted))}"
                    yield CODE.finding(
                        message, span, excerpt=context.excerpt(span), hint="count the parts again"
                    )


def _judged(context: Context, series: list[_Part]) -> Iterator[Finding]:
    """Yield what is wrong with one series: at most one finding for each of its counts."""
    if len(series) < _FEWEST or series[0].part != 1:
        return
    whole, votes = Counter(each.whole for each in series).most_common(1)[0]
    seen: set[int] = set()
    wrong = False
    for each in series:
        problem = ""
        if each.whole != whole and votes > 1:
            problem = f"of {each.whole} here, and of {whole} in the others"
        elif each.part > each.whole:
            problem = f"part {each.part} of {each.whole}"
        elif each.part in seen:
            problem = f"part {each.part} is there twice"
        seen.add(each.part)
        if problem:
            wrong = True
            yield _finding(context, each, f"`{each.text}`: {problem}")
    missing = sorted(set(range(1, whole + 1)) - seen)
    if missing and votes == len(series) and not wrong:
        said = " and ".join(map(str, missing))
        yield _finding(context, series[-1], f"`{series[-1].text}`: there is no part {said}")


def _finding(context: Context, part: _Part, message: str) -> Finding:
    return CODE.finding(
        message, part.span, excerpt=context.excerpt(part.span), hint="count the parts again"
    )
