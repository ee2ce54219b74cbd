"""An interface in the sources has other operations than the specification lists.

What it means
    A table or a block of code lists the operations that a part of the system offers, and the
    interface in the sources that has most of them lacks one, or has one that no document names.

    Looked at are names with brackets, as `put(key, body)`, in the first column of a table or at the
    beginnings of the lines of a block, where two thirds are the operations of one `trait`, or among
    those of one type.

Example
    | `head_bucket()` | exists or not |     where `trait ObjectStore` has no `head_bucket`.

What to do
    Add the operation, or correct the list.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from conform.check.context import Context
from conform.check.systems.page_tables import tables_of
from conform.check.systems.system import System, level, systems_of
from conform.domain.code_index import Interface
from conform.domain.finding import Code, Finding
from conform.domain.prose import Passage, PassageKind, Prose
from conform.text import Span, nearest

CODE = Code("CF313", "operations differ between text and code")

_CALLED = re.compile(r"\s*(?:(?:async\s+)?(?:fn|func|function|def)\s+)?(?P<name>[A-Za-z]\w*)\(")
_LEAST = 3

Named = tuple[str, Span]
"""A name as written, and its place."""


def operations_in_code(context: Context) -> Iterator[Finding]:
    """Yield a finding for each operation that only one of a list and its interface has."""
    for system in systems_of(context):
        lists = [listed for page in system.pages for listed in _lists(page)]
        for file in system.files:
            for interface in file.interfaces:
                for listed in (each for each in lists if _is_alike(each, interface)):
                    yield from _compared(context, system, interface, listed)


def _lists(page: Prose) -> Iterator[list[Named]]:
    """Yield the columns and the blocks of code in which names with brackets stand, in order."""
    for rows in tables_of(page):
        yield [found for row in rows if (found := _coded(row.first()))]
    for lines in page.blocks(PassageKind.CODE):
        matches = [(line, _CALLED.match(line.text)) for line in lines]
        yield [(match["name"], line.span(*match.span("name"))) for line, match in matches if match]
    items: dict[int, list[Named]] = {}
    for item in page.of(PassageKind.ITEM):
        if found := _coded(item):
            items.setdefault(item.block, []).append(found)
    yield from items.values()


def _coded(passage: Passage) -> Named | None:
    start, text = next(passage.coded(), (0, ""))
    match = _CALLED.match(text)
    if match is None or passage.text[:start].strip():
        return None
    return match["name"], passage.span(start + match.start("name"), start + match.end("name"))


def _is_alike(listed: list[Named], interface: Interface) -> bool:
    names = {level(name) for name, _span in listed}
    own = {level(name) for name, _span in interface.operations}
    both = len(names & own)
    most = len(names) if interface.is_type else max(len(names), len(own))
    return both >= _LEAST and 3 * both >= 2 * most


def _compared(
    context: Context, system: System, interface: Interface, listed: list[Named]
) -> Iterator[Finding]:
    own = [name for name, _span in interface.operations]
    for name, span in listed:
        if level(name) not in system.names:
            close = nearest(name, own)
            yield CODE.finding(
                f"`{interface.name}` in {interface.span.path} has no operation `{name}`",
                span,
                excerpt=context.excerpt(span),
                hint=f"did you mean `{close}`?" if close else "add it, or correct the list",
            )
    for name, span in () if interface.is_type else interface.operations:
        if level(name) not in system.written:
            yield CODE.finding(
                f"the operation `{name}` of `{interface.name}` is named in no document beside it",
                span,
                excerpt=system.excerpt(context, span),
                hint="add it to the list, or correct the name",
            )
