r"""A reference gives the number of a section that is about something else.

What it means
    `Liveness (Section 5)` stands in a sentence or a comment, section 6 is called Liveness, and
    section 5 does not have the word anywhere. Or a comment above a definition gives sections that
    never mention it, while the document defines it in another one. Sections were renumbered since.

    Looked at are phrases directly before a number in parentheses, and those such as *the rules in
    Section 5*, in documents with numbered sections and in the comments of their models. Words count
    that have four letters or more and stand in the title of one section alone.

Example
    \* Helpers (Section 3.4)     above an operator that section 3.5 defines

What to do
    Correct the number.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator

from msgspec import Struct

from conform.check.columns import Role
from conform.check.comments.model_comments import Remark, defined_below, model_sources, remarks_of
from conform.check.context import Context
from conform.check.linking import Construct, constructs, names_for
from conform.check.texts.numbering import sections_of
from conform.check.texts.section_references import NUMBERS, SECTIONS, is_elsewhere, named_sections
from conform.check.texts.words_for_actions import reworded, word_for_actions
from conform.domain.finding import Code, Finding
from conform.domain.prose import Prose
from conform.domain.spec import ConstructKind
from conform.text import Source, Span

CODE = Code("CF263", "number of a section about something else")

_BEHIND_WORDS = re.compile(
    r"(?P<phrase>[^.,;:()\N{EM DASH}]{4,80})\(\s*(?:see\s+)?"
    rf"(?:\b[Ss]ections?\s+|\N{{SECTION SIGN}}{{1,2}}\s*){NUMBERS}\s*\)"
)
_IN_WORDS = re.compile(
    r"(?P<phrase>\b(?:[Ss]ee|[Tt]he)\s[^.,;:()\N{EM DASH}]{4,60}?)\s(?:in|of|under)\s+"
    rf"(?:[Ss]ections?\s+|\N{{SECTION SIGN}}{{1,2}}\s*){NUMBERS}(?!\.\d)"
)
_WITH_ACTIONS = re.compile(
    r"\b[Ss]ection\s+(?P<section>\d{1,3}(?:\.\d{1,3})*)\s*,\s*[Aa]ctions?\s+"
    r"(?P<action>\d{1,3}[a-z]?)\b"
)
_PIECE = re.compile(r"[A-Z]+(?=[A-Z][a-z])|[A-Z]?[a-z]+|[A-Z]+")
_LETTERS = 4
_LONGEST_REMARK = 4
"""A longer comment tells of more than the definition below it."""


class _Section(Struct, frozen=True):
    """A numbered section: its title's words, and the words of all that stands below it."""

    number: str
    title: str
    words: frozenset[str]
    line: int
    text: str

    def is_around(self, other: str) -> bool:
        """Say whether this section is the one with that number, above it or below it."""
        own, theirs = f"{self.number}.", f"{other}."
        return own.startswith(theirs) or theirs.startswith(own)

    def is_below(self, other: str) -> bool:
        """Say whether this section is inside the one with that number."""
        return self.number.startswith(f"{other}.")

    def is_beside(self, other: str) -> bool:
        """Say whether this section is the next one to that number, or the one before it."""
        (*parent, own), (*around, last) = self.number.split("."), other.split(".")
        is_counted = own.isdigit() and last.isdigit()
        return parent == around and is_counted and abs(int(own) - int(last)) == 1


def wrong_topics(context: Context) -> Iterator[Finding]:
    """Yield a finding for each number of a section that does not speak of what it is given for."""
    for page in context.pages:
        sections = _sections(context, page)
        for passage in page.running() if sections else ():
            for match in _references(passage.text):
                if message := _by_words(match, sections):
                    yield _finding(context, message, passage.span(*match.span("numbers")))
    yield from _actions_elsewhere(context)
    sections = _sections(context, context.page())
    places = _places(context, sections) if sections else {}
    for source in model_sources(context) if sections else ():
        for remark in remarks_of(source, context):
            yield from _in_remark(context, source, remark, sections, places)


def _references(text: str) -> Iterator[re.Match[str]]:
    yield from _BEHIND_WORDS.finditer(text)
    yield from _IN_WORDS.finditer(text)


def _actions_elsewhere(context: Context) -> Iterator[Finding]:
    """Yield the sections beside an action that is in another one: `section 3, action 5`."""
    page = context.page()
    sections = _sections(context, page)
    places = _places(context, sections) if sections else {}
    by_number = {each.number: each.name for each in context.document.leaf_actions() if each.number}
    for passage in page.running() if sections else ():
        for match in _WITH_ACTIONS.finditer(passage.text):
            place = places.get(by_number.get(match["action"], ""))
            if place is not None and not place.is_around(match["section"]):
                message = f"action {match['action']} is in section {place.number}"
                yield _finding(context, message, passage.span(*match.span("section")))


def _in_remark(
    context: Context,
    source: Source,
    remark: Remark,
    sections: tuple[_Section, ...],
    places: dict[str, _Section],
) -> Iterator[Finding]:
    cited: list[tuple[re.Match[str], Span]] = []
    for line in remark.lines:
        for match in _references(line.text):
            if message := _by_words(match, sections):
                yield _finding(context, message, line.span(*match.span("numbers")))
                return
        for match in SECTIONS.finditer(line.text):
            cited.append((match, line.span(*match.span("numbers"))))
    if cited and len(remark.lines) <= _LONGEST_REMARK and not remark.is_behind_code:
        below = remark.about or defined_below(source, remark)
        if message := _by_definition([match for match, _span in cited], below, sections, places):
            yield _finding(context, message, cited[0][1])


def _by_words(match: re.Match[str], sections: tuple[_Section, ...]) -> str:
    """Return what is wrong where the words before a number are those of another section."""
    if is_elsewhere(match):
        return ""
    said = _words(match["phrase"])
    cited = named_sections(match)
    about = [each for each in sections if any(each.is_around(number) for number in cited)]
    if set(cited).isdisjoint(each.number for each in sections):
        return ""  # there is no such section, which is told
    if not about or any(word in each.text for word in said for each in about):
        return ""
    meant = {
        each.number: each
        for each in sections
        for word in said & each.words
        if sum(word in other.words for other in sections) == 1
    }
    outer = [
        each
        for each in meant.values()
        if not any(each.is_below(other.number) for other in meant.values())
    ]
    beside = [each for each in outer if any(each.is_beside(number) for number in cited)]
    if len(outer) != 1 and len(beside) != 1:
        return ""
    (other,) = outer if len(outer) == 1 else beside
    given = " and ".join(each.title for each in about if each.number in cited)
    return f"section {' and '.join(cited)} is {given}; these words are those of {other.title}"


def _by_definition(
    matches: list[re.Match[str]],
    name: str,
    sections: tuple[_Section, ...],
    places: dict[str, _Section],
) -> str:
    """Return what is wrong where a comment's sections never mention what stands below it."""
    place = places.get(name)
    cited = {number for match in matches for number in named_sections(match)}
    about = [each for each in sections if any(each.is_around(number) for number in cited)]
    known = {each.number for each in sections}
    if place is None or not cited & known or any(is_elsewhere(match) for match in matches):
        return ""
    if place in about or any(name.lower() in each.text for each in about):
        return ""
    given = matches[0]["numbers"]
    return f"`{name}` is defined in section {place.number} of the document, not {given}"


def _places(context: Context, sections: tuple[_Section, ...]) -> dict[str, _Section]:
    """Return the lowest section that defines each construct, by every name that it has."""
    found: dict[str, _Section] = {}
    ordered = sorted(sections, key=lambda section: section.line)
    lines = [section.line for section in ordered]
    for kind in (ConstructKind.ACTION, ConstructKind.HELPER, ConstructKind.PROPERTY):
        for each in constructs(context.document, kind):
            at = bisect_right(lines, each.span.line) - 1
            if at >= 0 and each.span.path == context.document.path:
                for name in (each.name, *_names(context, each)):
                    found.setdefault(name, ordered[at])
    return found


def _names(context: Context, construct: Construct) -> Iterator[str]:
    for role in (Role.TLAPLUS, Role.FIZZBEE):
        yield from names_for(context, construct, role)


def _sections(context: Context, page: Prose) -> tuple[_Section, ...]:
    numbers = sections_of(page)
    word = word_for_actions(context.document)
    starts = [number.heading.span().line for number in numbers]
    texts: list[list[str]] = [[] for _ in numbers]
    for passage in page.passages:
        at = bisect_right(starts, passage.span().line) - 1
        if at >= 0:
            texts[at].append(reworded(passage.text, word).text.lower())
    return tuple(
        _Section(
            number.text,
            number.heading.text,
            _words(reworded(number.heading.text, word).text),
            start,
            " ".join(text),
        )
        for number, start, text in zip(numbers, starts, texts, strict=True)
    )


def _words(text: str) -> frozenset[str]:
    pieces = (piece.lower() for piece in _PIECE.findall(text))
    return frozenset(piece.removesuffix("s") for piece in pieces if len(piece) >= _LETTERS)


def _finding(context: Context, message: str, span: Span) -> Finding:
    return CODE.finding(message, span, excerpt=context.excerpt(span), hint="correct the number")
