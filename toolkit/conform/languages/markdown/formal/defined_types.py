"""Types that a document names beside its variables: `IndexEntry == [type: {…}, count: 0..Max]`."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from itertools import takewhile

from msgspec.structs import replace

from conform.errors import InputError
from conform.languages.markdown.blocks import Fence, Paragraph, Table
from conform.languages.markdown.columns import columns_of
from conform.languages.markdown.formal.initial_values import parse_type
from conform.languages.markdown.formal.syntax import (
    Expression,
    FunctionSet,
    Name,
    RecordSet,
    SetOf,
)
from conform.languages.markdown.inline import codes, readable
from conform.languages.markdown.manuscript import Fragment, joined
from conform.languages.markdown.outline import Section, open_sections
from conform.languages.markdown.titles import Region

_DEFINITION = re.compile(r"(?P<name>[A-Z]\w*)\s*(?:\u225c|\u225d|==|:=|:|=(?![=>]))\s*(?=[\[{])")
_NAMED = re.compile(
    r"(?:\d[\d.]*\s+)?(?:an?\s+|each\s+|the\s+)?[*_`]*(?P<name>[A-Z]\w*)[*_`]*"
    r"(?:\s+(?:records?|has|is a record|fields?|structure)\b[^`]*)?\s*[:.]?\s*$",
    re.I,
)
"""A heading or a line that a table of fields follows: **Entry**, *Each `Entry` has:*."""

_REGIONS = (Region.VARIABLES, Region.CONSTANTS, Region.PARAMETERS, Region.HELPERS)


def defined_types(root: Section) -> dict[str, Expression]:
    """Return the sets that have a name; the first one of a name counts."""
    found: dict[str, Expression] = dict(_records(root))
    for content in _texts(root):
        match = _DEFINITION.match(content.text)
        if match is None or match["name"] in found:
            continue
        try:
            named = parse_type(content.part(match.end()))
        except InputError:
            continue
        if isinstance(named, RecordSet | SetOf | FunctionSet):
            found[match["name"]] = named
    return found


def _records(root: Section) -> Iterator[tuple[str, Expression]]:
    """Yield what tables of fields and types below a name describe."""
    for section in (each for region in _REGIONS for each in open_sections(root, region)):
        named = _NAMED.match(section.title.text)
        for block in section.blocks:
            if isinstance(block, Paragraph):
                named = _NAMED.match(block.content.text)
            elif isinstance(block, Table) and named and (record := _of_fields(block)):
                yield named["name"], record


def _of_fields(table: Table) -> RecordSet | None:
    columns = columns_of(table)
    field, kind = columns.find("fields?"), columns.find("types?|values|domain")
    if field is None or kind is None:
        return None
    try:
        fields = tuple(
            (each.name, parse_type(readable(row.cells[kind]).strip()))
            for names, row in columns.named_rows(field)
            for each in names
        )
    except InputError:
        return None
    return RecordSet(table.header.span(), fields)


def with_defined(type_set: Expression, named: Mapping[str, Expression]) -> Expression:
    """Return a type with the sets that its names stand for, as such and as values of functions."""
    match type_set:
        case Name(name=name) if name in named:
            return named[name]
        case FunctionSet(values=values):
            return replace(type_set, values=with_defined(values, named))
        case _:
            return type_set


def _texts(root: Section) -> Iterator[Fragment]:
    """Yield what may be a definition: code in a line, and lines of code with the deeper ones."""
    for region in _REGIONS:
        for section in open_sections(root, region):
            for block in section.blocks:
                if isinstance(block, Paragraph):
                    yield from codes(block.content)
                elif isinstance(block, Fence):
                    yield from _definitions(block)


def _definitions(block: Fence) -> Iterator[Fragment]:
    for start, first in enumerate(block.lines):
        if not first.text[:1].isspace():
            behind = block.lines[start + 1 :]
            deeper = takewhile(
                lambda line: line.text[:1].isspace() or line.text[:1] in "]}", behind
            )
            yield joined([first, *deeper])
