"""The words of a link name another section, protocol or layer than the one that it leads to.

What it means
    The link says `Section 3` and its target is the heading 2; or it says `Protocol 2`, or the title
    of its document, and leads to the document of protocol 1. Words or target were changed, and the
    other was not.

Example
    [Layer 0, Section 3](0-pattern.md#2-primitives)

What to do
    Correct the words, or the target.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from pathlib import PurePosixPath
from posixpath import normpath

from conform.check.context import Context
from conform.domain.finding import Code, Finding
from conform.domain.prose import Link, Passage, Prose

CODE = Code("CF253", "link that leads to another part than it says")

_SECTION = re.compile(
    r"(?:\bSection\s+|\N{SECTION SIGN}\s*)(?P<number>\d{1,2}(?:\.\d{1,2})*)"
    r"|^(?P<bare>\d{1,2}(?:\.\d{1,2})*)$",
    re.IGNORECASE,
)
_ANCHOR = re.compile(r"(?P<digits>\d{1,4})(?=-|$)")
_PROTOCOL = re.compile(r"\bProtocol\s+(?P<number>\d{1,2})\b", re.IGNORECASE)
_FILE = re.compile(r"(?P<number>\d{1,2})-[\w-]+\.md$")


def mislabelled_links(context: Context) -> Iterator[Finding]:
    """Yield a finding for each link whose words have another number than its target."""
    titles = _titles(context)
    for page in context.pages:
        for passage in (*page.headings(), *page.running()):
            for link in passage.links:
                yield from _section(context, passage, link)
                yield from _protocol(context, passage, link)
                yield from _title(context, page, passage, link, titles)


def _section(context: Context, passage: Passage, link: Link) -> Iterator[Finding]:
    """Compare `Section 4.2` with the anchor `#42-compaction`, in which the points are left out."""
    anchor = _ANCHOR.match(link.target.partition("#")[2])
    said = _SECTION.search(passage.text[link.start : link.end])
    if anchor is None or said is None:
        return
    group = "number" if said["number"] else "bare"
    if said[group].replace(".", "") != anchor["digits"]:
        message = f"the link says section {said[group]}, and leads to `{link.target}`"
        yield _finding(context, passage, link, said, group, message)


def _protocol(context: Context, passage: Passage, link: Link) -> Iterator[Finding]:
    file = _FILE.match(PurePosixPath(link.target.partition("#")[0]).name)
    said = _PROTOCOL.search(passage.text[link.start : link.end])
    if file and said and int(said["number"]) != int(file["number"]):
        message = f"the link says protocol {said['number']}, and leads to `{link.target}`"
        yield _finding(context, passage, link, said, "number", message)


def _titles(context: Context) -> dict[str, str]:
    """Return the documents whose titles no other has, by title."""
    found: dict[str, list[str]] = {}
    for page in (*context.pages, *context.neighbours):
        headings = page.headings()
        if headings and PurePosixPath(page.path).name.lower() != "readme.md":
            found.setdefault(_plain(headings[0].text), []).append(page.path)
    return {title: paths[0] for title, paths in found.items() if title and len(paths) == 1}


def _plain(title: str) -> str:
    """Return a title without numbers, punctuation and the words `protocol` and `layer`."""
    words = re.sub(r"\b(?:protocol|layer)\b|\d+|[^\w\s]", " ", title.casefold()).split()
    return " ".join(words)


def _title(
    context: Context, page: Prose, passage: Passage, link: Link, titles: Mapping[str, str]
) -> Iterator[Finding]:
    target = link.target.partition("#")[0]
    path = normpath(str(PurePosixPath(page.path).parent / target))
    words = passage.text[link.start : link.end]
    meant = titles.get(_plain(words))
    if target and path in titles.values() and meant is not None and meant != path:
        span = passage.span(link.start, link.end)
        yield CODE.finding(
            f"the link has the title of {meant}, and leads to `{link.target}`",
            span,
            excerpt=context.excerpt(span),
            hint="correct the words, or the target",
        )


def _finding(
    context: Context,
    passage: Passage,
    link: Link,
    match: re.Match[str],
    group: str,
    message: str,
) -> Finding:
    span = passage.span(link.start + match.start(group), link.start + match.end(group))
    return CODE.finding(
        message, span, excerpt=context.excerpt(span), hint="correct the words, or the target"
    )
