"""Pseudo-code or a test ends with an outcome that the specification does not define.

What it means
    The document has a table of errors or results, and a line of pseudo-code returns or fails with a
    name that stands nowhere else in the document, or a sentence says that something fails with a
    name that the table of errors does not have. That something *returns* a name counts where a
    table defines results, or where the name has a word of an error's.

Example
    fail QueueIsFull     where the table of errors has `QueueFull`.

What to do
    Use the name of the table, or add the outcome to it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from conform.check.context import Context
from conform.check.systems.page_tables import tables_of
from conform.check.systems.system import level
from conform.domain.finding import Code, Finding
from conform.domain.prose import Passage, PassageKind, Prose
from conform.text import nearest

CODE = Code("CF295", "outcome is not defined")

_NAME = r"[A-Z][a-z0-9]+(?:[A-Z][A-Za-z0-9]*)+"
_ENDS = re.compile(
    rf"(?:^|[\s:])(?:fail(?:\s+with)?|return|raise|throw|error)[\s(]+(?:Err\(|error\s+)?"
    rf"(?:\w+(?:::|\.))?(?P<name>{_NAME})\b(?!\()"
)
_FAILS = re.compile(
    r"\b(?:fail(?:s|ed)?|refused|rejected|returns?|raises?|yields?|results?)\b(?:\s+(?:with|in|an?|the"
    r"|error))*\s*$"
)
_LINE = re.compile(rf"\s*[|,-]?\s*(?P<name>{_NAME})\s*(?:[({{,;].*|//.*|#.*)?")
"""A line of code that lists a name, and so defines it."""

_GIVES = re.compile(r"(?:return|yield|result)", re.IGNORECASE)
"""What a sentence says of results as well as of errors."""

_HEADER = PassageKind.HEADER
_TABLE = re.compile(r"errors?(?: (?:name|code|type|kind)s?)?|results?|outcomes?")
_LEAST = 3


def undefined_outcomes(context: Context) -> Iterator[Finding]:
    """Yield a finding for each outcome in pseudo-code or a sentence that nothing defines."""
    for page in context.pages:
        defined = _defined(page)
        if len(defined) < _LEAST:
            continue
        told = _told(page)
        levels = {level(each) for each in defined} | _in_capitals(page)
        has_results = any(re.match("result|outcome", each.text, re.I) for each in page.of(_HEADER))
        for passage in page.of(PassageKind.CODE):
            for match in _ENDS.finditer(passage.text):
                if match["name"] not in told and level(match["name"]) not in levels:
                    yield _finding(context, passage, match.start("name"), match["name"], defined)
        for passage in page.running():
            for start, name in passage.coded():
                alone = re.fullmatch(_NAME, name) and told.get(name) == 1
                verb = _FAILS.search(passage.text[:start])
                if not alone or verb is None or level(name) in levels:
                    continue
                if has_results or not _GIVES.match(verb[0]) or _has_word_of(name, defined):
                    yield _finding(context, passage, start, name, defined)


def _defined(page: Prose) -> list[str]:
    """Return the names in the columns of errors, results and outcomes, in order."""
    found = []
    titles = [
        each.span().line for each in page.headings() if re.search(r"\berrors?\b", each.text, re.I)
    ]
    lines = sorted(each.span().line for each in page.headings())
    for rows in tables_of(page):
        heading = max((line for line in lines if line < rows[0].first().span().line), default=0)
        for row in rows:
            for header, cell in row.cells.items():
                named = heading in titles and header in ("name", "code", "identifier")
                if named or _TABLE.fullmatch(header):
                    found += [name for _at, name in cell.coded() if re.fullmatch(_NAME, name)]
    return found


def _in_capitals(page: Prose) -> set[str]:
    """Return the names in capitals in cells, `LOG_FENCED` of `LogFenced`, levelled."""
    cells = page.of(PassageKind.CELL)
    return {level(text) for cell in cells for _at, text in cell.coded() if text.isupper()}


def _told(page: Prose) -> dict[str, int]:
    """Return how often each such name stands in the page outside of pseudo-code."""
    found: dict[str, int] = {}
    for passage in page.passages:
        if passage.kind is PassageKind.CODE and (match := _LINE.fullmatch(passage.text)):
            found[match["name"]] = found.get(match["name"], 0) + 2
        if passage.kind is not PassageKind.CODE:
            for name in re.findall(rf"\b{_NAME}\b", passage.text):
                found[name] = found.get(name, 0) + 1
    return found


def _finding(
    context: Context, passage: Passage, start: int, name: str, defined: list[str]
) -> Finding:
    span = passage.span(start, start + len(name))
    close = nearest(name, defined) or _same_words(name, defined)
    return CODE.finding(
        f"`{name}` is none of the errors and results that the document defines",
        span,
        excerpt=context.excerpt(span),
        hint=f"did you mean `{close}`?" if close else "use a name that is defined, or define it",
    )


def _has_word_of(name: str, defined: list[str]) -> bool:
    """Say whether a name has a word of four letters or more that a defined one has."""
    words = set(re.findall(r"[A-Z][a-z0-9]{3,}", name))
    return any(words & set(re.findall(r"[A-Z][a-z0-9]{3,}", each)) for each in defined)


def _same_words(name: str, defined: list[str]) -> str | None:
    words = sorted(re.findall(r"[A-Z][a-z0-9]*", name))
    return next(
        (each for each in defined if sorted(re.findall(r"[A-Z][a-z0-9]*", each)) == words), None
    )
