"""The sections of a document as a tree, each with what it announces and the region it lies in."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from msgspec import Struct
from msgspec.structs import replace

from conform.languages.markdown.blocks import Block, Heading, Table
from conform.languages.markdown.inner_titles import with_inner_titles
from conform.languages.markdown.manuscript import Fragment
from conform.languages.markdown.region_titles import with_region_titles
from conform.languages.markdown.titles import Region, Role, Title, kind_in, read_title, region_of


class Section(Struct, frozen=True):
    """A heading, the blocks up to the next one, and the sections below it.

    `region` and `kind` (of properties) are those of the nearest heading that names one; what lies
    under a heading about the mapping stays there, as it speaks of constructs and declares none. The
    root of a document has an empty title and what stands before the first heading.
    """

    content: Fragment | None
    title: Title
    region: Region | None
    kind: str
    blocks: tuple[Block, ...]
    children: tuple[Section, ...]

    def walk(self) -> Iterator[Section]:
        """Yield this section and all below it, in the document's order."""
        yield self
        for child in self.children:
            yield from child.walk()

    def tables(self) -> Iterator[Table]:
        """Yield the tables directly in this section."""
        return (block for block in self.blocks if isinstance(block, Table))


def read_outline(blocks: Sequence[Block]) -> Section:
    """Return the root section of a document."""
    return _section(None, with_inner_titles(with_region_titles(blocks)), None, "")


def open_sections(root: Section, region: Region) -> Iterator[Section]:
    """Yield the sections of a region in order, those of constructs left out."""
    for section in root.walk():
        is_construct = section.title.is_coded or section.title.role not in (Role.OTHER, Role.BARE)
        if section.region is region and not is_construct:
            yield section


def document_title(blocks: Sequence[Block]) -> Heading | None:
    """Return the heading that names the document: the first of level 1, or else the first."""
    headings = [block for block in blocks if isinstance(block, Heading)]
    return next((heading for heading in headings if heading.level == 1), next(iter(headings), None))


def _section(
    heading: Heading | None, blocks: Sequence[Block], region: Region | None, kind: str
) -> Section:
    """Return the section under `heading`; `blocks` are all that follow, down to its end."""
    title = read_title(heading.content) if heading else Title(Role.OTHER, "")
    opened = region_of(title, heading.level) if heading else None
    own_region = region if region is Region.MAPPING else opened or region
    if title.role is Role.BARE and (own_region is not region or _is_kind_alone(title)):
        title = replace(title, role=Role.OTHER)
    own_kind = kind_in(title.text) if opened is Region.PROPERTIES else ""
    starts = [index for index, block in enumerate(blocks) if isinstance(block, Heading)]
    own_end = starts[0] if starts else len(blocks)
    return Section(
        heading.content if heading else None,
        title,
        own_region,
        own_kind or kind,
        tuple(blocks[:own_end]),
        tuple(_children(blocks[own_end:], own_region, own_kind or kind)),
    )


def _is_kind_alone(title: Title) -> bool:
    """Say whether a bare title is a word for what lies below it: Safety, under Properties."""
    return (
        not title.is_coded and region_of(title, 0) is not None and title.name == title.name.title()
    )


def _children(blocks: Sequence[Block], region: Region | None, kind: str) -> Iterator[Section]:
    """Yield the sections of `blocks`, which begin with a heading; deeper ones lie inside them."""
    position = 0
    while position < len(blocks):
        heading = blocks[position]
        assert isinstance(heading, Heading)
        end = position + 1
        while end < len(blocks) and not _closes(blocks[end], heading.level):
            end += 1
        yield _section(heading, blocks[position + 1 : end], region, kind)
        position = end


def _closes(block: Block, level: int) -> bool:
    return isinstance(block, Heading) and block.level <= level
