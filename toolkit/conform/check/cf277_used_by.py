"""Two documents say otherwise which of them is built on the other.

What it means
    At its top a document lists what it depends on, and another one what uses it. The one names the
    other and is not named by it: the list was not kept when a document came or went.

Example
    **Used by**: [Protocol 1](1-log.md)     in 0-pattern.md, and     **Depends on**:
    [Layer 0](0-pattern.md)     in 2-leases.md

What to do
    Complete the list that lacks the other document, or correct the one that names it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import PurePosixPath
from posixpath import normpath

from msgspec import Struct

from conform.check.context import Context
from conform.check.texts.protocol_numbers import number_of_protocol
from conform.domain.finding import Code, Finding
from conform.domain.prose import Passage, PassageKind, Prose
from conform.text import Span

CODE = Code("CF277", "lists of what uses what disagree")

_USED_BY = re.compile(r"\b(?:used|extended|instantiated|implemented)\s+by\s*:\s*", re.IGNORECASE)
_BUILT_ON = re.compile(
    r"\b(?:depends\s+on|built\s+(?:up)?on|builds\s+(?:up)?on|based\s+on|extends|instantiates"
    r"|prerequisites?|requires|uses)\s*:\s*",
    re.IGNORECASE,
)
_NEXT_LABEL = re.compile(r"(?<![\w\]])[A-Z][\w ]{2,24}:\s")
_NUMBERED = re.compile(r"\b(?:Protocols?|Layers?)\s+(?P<list>\d{1,2}(?:\s*(?:,|and|&)\s*\d{1,2})*)")
_PROTOCOL = r"[Pp]rotocol\s+(?P<{}>\d{{1,2}})"
_DEPENDS = re.compile(
    rf"{_PROTOCOL.format('upper')}\s+(?:is\s+(?:built|based|layered)\s+(?:up)?on(?:\s+top\s+of)?"
    r"|builds\s+(?:up)?on|depends\s+on|requires|extends|needs|relies\s+on|cannot\s+be\s+used\s+without)\s+"
    rf"{_PROTOCOL.format('base')}\b"
)
_INDEPENDENT = re.compile(
    r"[Pp]rotocols\s+(?P<one>\d{1,2})\s+and\s+(?P<other>\d{1,2})\s+are\s+(?:fully\s+|entirely\s+)?"
    r"independent\b"
)
_LINES = 15
"""Such lists stand in so many lines at the top of a document."""


class _List(Struct, frozen=True):
    """The documents that one list of a document names, and where it stands."""

    page: Prose
    named: frozenset[str]
    span: Span


def disagreeing_uses(context: Context) -> Iterator[Finding]:
    """Yield a finding for each document that one list names without its own list saying so.

    Where one of the two has no such list nothing is said.
    """
    pages = (*context.pages, *context.neighbours)
    documents = [page for page in pages if PurePosixPath(page.path).name.lower() != "readme.md"]
    using = {each.page.path: each for each in _lists(documents, _USED_BY)}
    built = {each.page.path: each for each in _lists(documents, _BUILT_ON)}
    here = {page.path for page in context.pages}
    yield from _in_sentences(context, pages, built)
    for base, users in using.items():
        for path, bases in built.items():
            names_it, is_named = base in bases.named, path in users.named
            if names_it and not is_named and users.page.path in here:
                yield _finding(context, users, f"{path} says that it is built on this", bases)
            elif is_named and not names_it and bases.page.path in here:
                yield _finding(context, bases, f"{base} says that this document uses it", users)


def _in_sentences(
    context: Context, pages: tuple[Prose, ...], built: dict[str, _List]
) -> Iterator[Finding]:
    """Yield the sentences that build one protocol on another, or call them independent."""
    by_number = {number_of_protocol(page): page.path for page in pages}
    for page in context.pages:
        for passage in page.of(PassageKind.TEXT, PassageKind.ITEM):
            for match in _DEPENDS.finditer(passage.text):
                upper, base = (by_number.get(int(match[each])) for each in ("upper", "base"))
                own = built.get(upper or "")
                if own and base and own.named and base not in own.named and upper != base:
                    span = passage.span(*match.span())
                    yield CODE.finding(
                        f"{upper} does not name {base} among what it is built on",
                        span,
                        excerpt=context.excerpt(span),
                        details=(f"said at {own.span}",),
                        hint="correct the sentence, or the list",
                    )
            for match in _INDEPENDENT.finditer(passage.text):
                paths = [by_number.get(int(match[each])) for each in ("one", "other")]
                for upper, base in (paths, paths[::-1]):
                    own = built.get(upper or "")
                    if own and base in own.named:
                        span = passage.span(*match.span())
                        yield CODE.finding(
                            f"{upper} names {base} among what it is built on",
                            span,
                            excerpt=context.excerpt(span),
                            details=(f"said at {own.span}",),
                            hint="correct the sentence, or the list",
                        )


def _finding(context: Context, lacking: _List, said: str, naming: _List) -> Finding:
    return CODE.finding(
        f"{said}, and the list here does not name it",
        lacking.span,
        excerpt=context.excerpt(lacking.span),
        details=(f"said at {naming.span}",),
        hint="make the lists agree",
    )


def _lists(pages: list[Prose], label: re.Pattern[str]) -> Iterator[_List]:
    """Yield the first list behind a label at the top of each document, if it names documents."""
    for page in pages:
        for passage in page.of(PassageKind.TEXT, PassageKind.ITEM):
            if passage.span().line > _LINES:
                break
            if match := label.search(passage.text):
                end = _end_of_list(passage, match.end())
                named = frozenset(_named(page, passage, match.end(), end, pages))
                if named:
                    yield _List(page, named, passage.span(match.start(), match.end() - 1))
                break


def _end_of_list(passage: Passage, start: int) -> int:
    """Return where the next label of the paragraph begins, outside of links, or its end."""
    for match in _NEXT_LABEL.finditer(passage.text, start):
        if not _is_in_link(passage, match.start()):
            return match.start()
    return len(passage.text)


def _named(
    page: Prose, passage: Passage, start: int, end: int, pages: list[Prose]
) -> Iterator[str]:
    """Yield the paths of documents that a stretch of text links to, or names by their numbers."""
    folder = PurePosixPath(page.path).parent
    for link in passage.links:
        target = link.target.partition("#")[0]
        if start <= link.start < end and target.endswith(".md"):
            yield normpath(str(folder / target))
    for match in _NUMBERED.finditer(passage.text, start, end):
        is_label = _is_in_link(passage, match.start())
        numbers = set() if is_label else {int(each) for each in re.findall(r"\d+", match["list"])}
        yield from (each.path for each in pages if number_of_protocol(each) in numbers)


def _is_in_link(passage: Passage, position: int) -> bool:
    return any(link.start <= position < link.end for link in passage.links)
