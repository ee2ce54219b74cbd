"""A document refers to a section, an action or a property by a number that it does not have.

What it means
    The text says `section 11`, `see Action 9b` or `S7`, and no heading or table has that number or
    label. The reader is sent nowhere, or what was meant is gone.

Example
    Section 12 says how it is resolved, in a document whose last section is 11.

What to do
    Correct the reference. A reference to a part of another document says so: `section 3 of the
    paper`, or is a link to it; only links to documents of this project are followed, their paths
    (`docs/design.md` section 3), and numbers of protocols: `Protocol 1, Action 12`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import PurePosixPath

from conform.check.context import Context
from conform.check.texts.numbering import numbers_of, sections_of
from conform.check.texts.parts_elsewhere import missing_elsewhere
from conform.check.texts.protocol_numbers import number_of_protocol
from conform.check.texts.section_references import (
    NUMBERS,
    SECTIONS,
    each_number,
    follows_another_document,
    is_elsewhere,
)
from conform.domain.finding import Code, Finding
from conform.domain.prose import Passage, PassageKind, Prose
from conform.domain.spec import Spec

CODE = Code("CF233", "reference to a missing part")

_ACTIONS = re.compile(rf"\b[Aa]ctions?\s+{NUMBERS}")
_NUMBERED_FILE = re.compile(r"(?:^|/)(\d{1,2})-[\w-]+\.md(?:#|$)")
_NAMED_FILE = re.compile(r"(?<![\w/.-])((?:[\w.-]+/)*[\w-][\w.-]*\.md),?\s*\(?$")
"""The document that a reference stands right behind: `docs/design.md` section 3."""

_PROTOCOLS = re.compile(rf"\bProtocols\s+{NUMBERS}")
_LABEL = re.compile(
    r"(?<![\w.\-/])(?P<label>(?:(?P<word>Safety|Liveness|[Pp]roperty)\s+)?[SLI]\d{1,2})(?![\w\-/]|\.\d)"
)
_LABELS = re.compile(
    r"(?<![\w.\-/])(?P<letter>[SLI])\d{1,2}\s?[-\N{EN DASH}]\s?(?P=letter)(?P<last>\d{1,2})"
    r"(?![\w\-/])"
)
_OF_ANOTHER = re.compile(r"\s*(?:of|in|from)\s+(?:protocol|layer|the\s+other)\b", re.IGNORECASE)


def missing_parts(context: Context) -> Iterator[Finding]:
    """Yield a finding for each number or label that the document it is about does not have."""
    for page in context.pages:
        for passage in page.running():
            yield from _sections(context, page, passage)
    yield from _protocols(context)
    for each in missing_elsewhere(context.pages, context.neighbours):
        message = f"there is no document of {each.kind} {each.text}"
        if each.page is not None:
            message = f"{each.page.path} has no {each.kind} {each.text}"
        yield _finding(context, each.passage, each.start, each.text, message)
    document = context.page()
    labels = _labels(document, context.document)
    numbers = _action_numbers(document, context.document)
    for page in context.pages:
        if _is_about_it_alone(context, page):
            theirs = labels - _of_letters(_own_letters(page), labels)
            for passage in page.running():
                yield from _in_words(context, passage, numbers)
                yield from _by_label(context, passage, theirs)
    for passage in document.running():
        yield from _in_words(context, passage, numbers)
        yield from _by_label(context, passage, labels)


def _is_about_it_alone(context: Context, page: Prose) -> bool:
    """Say whether a page beside the document links to it, and to no other numbered document."""
    if page.path == context.document.path:
        return False
    targets = {link.target.partition("#")[0] for each in page.running() for link in each.links}
    files = {match[0].strip("/#") for each in targets if (match := _NUMBERED_FILE.search(each))}
    return files == {PurePosixPath(context.document.path).name}


def _own_letters(page: Prose) -> set[str]:
    """Return the letters of labels that a page gives to things of its own."""
    heads = (
        each
        for each in page.of(PassageKind.HEADING, PassageKind.ITEM, PassageKind.CELL)
        if each.kind is not PassageKind.CELL or each.column == 0
    )
    matches = (_LABEL.match(each.text.strip()) for each in heads)
    return {match["label"].split()[-1][0] for match in matches if match}


def _of_letters(letters: set[str], labels: frozenset[str]) -> set[str]:
    return {label for label in labels if label[0] in letters}


def _protocols(context: Context) -> Iterator[Finding]:
    """Yield the numbers in lists such as `Protocols 1, 2 and 3` of which there is no document.

    Where a page speaks of several protocols and at least one of them has a document here, all have.
    """
    known = {str(number_of_protocol(page)) for page in context.pages}
    links = (link for page in context.pages for each in page.running() for link in each.links)
    known |= {match[1] for link in links if (match := _NUMBERED_FILE.search(link.target))}
    for page in context.pages:
        for passage in page.running():
            for match in _PROTOCOLS.finditer(passage.plain()):
                numbers = list(each_number(match))
                if any(number in known for _start, number in numbers):
                    for start, number in numbers:
                        if number not in known:
                            message = f"there is no document of protocol {number}"
                            yield _finding(context, passage, start, number, message)


def _sections(context: Context, page: Prose, passage: Passage) -> Iterator[Finding]:
    text = passage.plain()
    for match in SECTIONS.finditer(text):
        about = _about(context, page, passage, match)
        known = {number.text for number in sections_of(about)} if about else set()
        if about and known:
            for start, number in each_number(match):
                if number not in known:
                    name = "this document" if about is page else about.path
                    message = f"{name} has no section {number}"
                    yield _finding(context, passage, start, number, message)


def _about(context: Context, page: Prose, passage: Passage, match: re.Match[str]) -> Prose | None:
    """Return the document whose sections a reference means, None if none that is known."""
    for link in passage.links:
        if link.start <= match.start() < link.end:
            written = link.target.partition("#")[0]
            folder = PurePosixPath(page.path).parent
            return page if not written else _linked(context, folder, written)
    before = passage.text[: match.start()]
    if passage.kind is not PassageKind.CELL and (named := _NAMED_FILE.search(before)):
        root, folder = PurePosixPath(), PurePosixPath(page.path).parent
        return _linked(context, folder, named[1]) or _linked(context, root, named[1])
    return None if is_elsewhere(match) else page


def _linked(context: Context, folder: PurePosixPath, written: str) -> Prose | None:
    parts: list[str] = []
    for part in (folder / written).parts:
        if part == "..":
            parts = parts[:-1]
        else:
            parts.append(part)
    wanted = "/".join(parts)
    return next((page for page in context.pages if page.path == wanted), None)


def _in_words(context: Context, passage: Passage, known: frozenset[str]) -> Iterator[Finding]:
    text = passage.plain()
    for match in _ACTIONS.finditer(text) if known else ():
        if follows_another_document(text[: match.start()]):
            continue
        if _OF_ANOTHER.match(text, match.end()):
            continue
        for start, number in each_number(match):
            if number not in known:
                yield _finding(
                    context, passage, start, number, f"the document has no action {number}"
                )


def _action_numbers(page: Prose, document: Spec) -> frozenset[str]:
    found = {number.text for number in numbers_of(page) if number.series in ("Action", "Outcome")}
    for action in document.actions:
        found |= {action.number, *(outcome.number for outcome in action.outcomes)}
    found.discard("")
    return frozenset(found)


def _by_label(context: Context, passage: Passage, known: frozenset[str]) -> Iterator[Finding]:
    letters = {label[0] for label in known}
    for match in _LABELS.finditer(passage.plain()):
        label = match["letter"] + match["last"]
        if match["letter"] in letters and label not in known:
            message = f"the document has no property {label}"
            yield _finding(context, passage, match.start("last") - 1, label, message)
    for match in _LABEL.finditer(passage.plain()):
        label = match["label"].split()[-1]
        before = passage.text[: match.start()]
        if follows_another_document(before) or _OF_ANOTHER.match(passage.text, match.end()):
            continue
        # S3 is a store as well as a property.
        stands_alone = match["word"] is None
        if label[0] in letters and label not in known and not (stands_alone and label == "S3"):
            start = match.end() - len(label)
            message = f"the document has no property {label}"
            yield _finding(context, passage, start, label, message)


def _labels(page: Prose, document: Spec) -> frozenset[str]:
    headed = {
        f"{number.series.split()[-1]}{number.text}"
        for number in numbers_of(page)
        if " " in number.series
    }
    return frozenset(headed | {found.label for found in document.properties if found.label})


def _finding(context: Context, passage: Passage, start: int, text: str, message: str) -> Finding:
    span = passage.span(start, start + len(text))
    return CODE.finding(message, span, excerpt=context.excerpt(span), hint="correct the reference")
