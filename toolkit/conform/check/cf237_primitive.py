"""A document uses a primitive that the pattern does not define, or not the ones said there.

What it means
    One document has a table of primitives. A protocol's document that lists the primitives it is
    built from names one that the table does not have; or the list, in the document of the pattern,
    of what a protocol uses is not the protocol's own, or one of them leaves out what another
    has. Or a sentence speaks of the store's operation
    of a name that neither the table nor anything else in the documents has; or it has the protocol
    work by CAS, and the protocol's list has no CompareAndSet. Or a sentence of a protocol's
    document has it use a primitive that its own list leaves out. Or the document of the pattern
    itself has a name that is a primitive's but for one word, or says of one, in the table and below
    its heading, what cannot both be: that it returns the new value, and the previous one. Or an
    example of a ceiling or of a range, `CeilingGet(5)` on the keys 2 and 7, gives another key.

Example
    Primitives used: `CeilingGet`, `RangeScan`, beside a table without a `RangeScan`.

What to do
    Correct the list, or define the primitive.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from msgspec import Struct

from conform.check.context import Context
from conform.check.sentences.primitives_in_text import primitives_in_text
from conform.check.texts.compared_and_set import claims_of_compare_and_set
from conform.check.texts.primitive_examples import wrong_results
from conform.check.texts.primitive_words import introduced_primitives, remarks_on_primitives
from conform.domain.finding import Code, Finding
from conform.domain.prose import Link, Passage, PassageKind, Prose
from conform.text import nearest

CODE = Code("CF237", "primitive is not the pattern's")

_NAME = re.compile(r"(?P<name>[A-Z][a-z]+(?:[A-Z][a-z]*)*)(?:\([^()]*\))?")
_ABOUT = re.compile(r"\bprimitives?\b", re.IGNORECASE)
_PRIMITIVES = re.compile(r"\bprimitives\b", re.IGNORECASE)
_USES = re.compile(
    r"\b(?:uses?|used|using|relies on|needs?|requires?|built (?:from|on|of)|written in)\b|:", re.I
)
_MARK = re.compile(r"[\N{CHECK MARK}\N{HEAVY CHECK MARK}\N{WHITE HEAVY CHECK MARK}xX]|yes", re.I)
_OF_STORE = re.compile(r"\bstore(?:'s|\N{RIGHT SINGLE QUOTATION MARK}s)\s+(?:\w+\s+)?$", re.I)
_PROTOCOL = re.compile(r"\bprotocol\s+(?P<number>\d+)\b", re.IGNORECASE)


class _Use(Struct, frozen=True):
    """A primitive that a passage lists, and where its name begins."""

    name: str
    passage: Passage
    start: int


def primitives_used(context: Context) -> Iterator[Finding]:
    """Yield a finding for each primitive without a definition, and each that one list has alone."""
    # A protocol's document may have a table of its own, of those that it uses.
    pattern = max(context.pages, key=lambda page: len(_defined(page)), default=None)
    defined = _defined(pattern) if pattern else frozenset()
    if pattern is not None and defined:
        defined |= introduced_primitives(pattern, defined)
    if pattern is None or not defined or pattern.path == context.document.path:
        return
    own = _listed(context.page(), defined)
    for use in own:
        if use.name not in defined:
            close = nearest(use.name, defined)
            message = f"{pattern.path} defines no primitive `{use.name}`"
            yield _finding(context, use, message, f"did you mean `{close}`?" if close else "")
    yield from _in_other_tables(context, pattern, defined)
    for remark in remarks_on_primitives(pattern, defined):
        span = remark.passage.span(remark.start, remark.end)
        yield CODE.finding(
            remark.message,
            span,
            excerpt=context.excerpt(span),
            hint=f"did you mean `{remark.close}`?" if remark.close else "say the same in both",
        )
    for wrong in wrong_results(pattern, defined):
        span = wrong.passage.span(wrong.start, wrong.end)
        hint = "work the example out again"
        yield CODE.finding(wrong.message, span, excerpt=context.excerpt(span), hint=hint)
    listed = frozenset(use.name for use in own)
    for claim in claims_of_compare_and_set(context, defined, listed):
        message = f"{context.document.path} lists no `{claim.primitive}` among its primitives"
        yield _finding(context, _Use("CAS", claim.passage, claim.start), message, "")
    yield from _of_the_store(context, pattern, defined)
    for name, passage, start in primitives_in_text(context, defined, listed):
        message = f"{context.document.path} does not list `{name}` among its primitives"
        yield _finding(context, _Use(name, passage, start), message, "")
    said = list(_said_of(context, pattern, defined))
    if own and said:
        yield from _differences(context, own, said, pattern, defined)
        both = {use.name for use in own} & {use.name for use in said} & defined
        for use in _left_out(context, pattern, both, said):
            message = (
                f"`{use.name}` is left out here: {context.document.path} and another list have it"
            )
            yield _finding(context, use, message, "")


def _left_out(context: Context, pattern: Prose, both: set[str], said: list[_Use]) -> Iterator[_Use]:
    """Yield what one table of the pattern does not have among what this protocol uses."""
    cells = tuple(pattern.of(PassageKind.CELL))
    marked = {use.passage.block: use for use in _marked(pattern, cells, *_called(context))}
    for block in marked:
        named = {use.name for use in said if use.passage.block == block}
        for cell in cells:
            if cell.block == block and cell.column == 0:
                yield from (
                    use for use in _in_cell(cell) if use.name in both and use.name not in named
                )
    headers = {
        (header.block, header.column)
        for header in pattern.of(PassageKind.HEADER)
        if _PRIMITIVES.search(header.text)
    }
    lists: dict[tuple[int, int], list[_Use]] = {}
    for use in said:
        at = use.passage
        if at.kind is PassageKind.CELL and at.column and (at.block, at.column) in headers:
            lists.setdefault((at.block, at.row), []).append(use)
    for uses in lists.values():
        for name in sorted(both - {use.name for use in uses}) if len(uses) > 1 else ():
            yield _Use(name, uses[0].passage, 0)


def _of_the_store(context: Context, pattern: Prose, defined: frozenset[str]) -> Iterator[Finding]:
    """Yield the names that sentences call the store's, and that no other place has."""
    for page in context.pages:
        for passage in page.running():
            for start, code in passage.coded():
                match = _NAME.fullmatch(code)
                if match is None or not _OF_STORE.search(passage.text[:start]):
                    continue
                name = match["name"]
                word = re.compile(rf"(?<!\w){re.escape(name)}(?!\w)")
                places = sum(
                    len(word.findall(each.text))
                    for other in (*context.pages, *context.neighbours)
                    for each in other.passages
                )
                if name not in defined and places == 1:
                    close = nearest(name, defined)
                    message = f"{pattern.path} defines no primitive `{name}`"
                    hint = f"did you mean `{close}`?" if close else ""
                    yield _finding(context, _Use(name, passage, start), message, hint)


def _defined(page: Prose) -> frozenset[str]:
    """Return the names in the first column of a page's table of primitives."""
    return frozenset(use.name for use in next(_tables(page), []))


def _tables(page: Prose) -> Iterator[list[_Use]]:
    """Yield the names in the column of primitives of each table that begins with one."""
    for header in page.of(PassageKind.HEADER):
        if header.column < 2 and re.fullmatch(r"(?:\w+ )?primitives?", header.text.strip(), re.I):
            cells = [
                cell
                for cell in page.of(PassageKind.CELL)
                if cell.block == header.block and cell.column == header.column
            ]
            yield [use for cell in cells for use in _in_cell(cell)]


def _in_other_tables(
    context: Context, pattern: Prose, defined: frozenset[str]
) -> Iterator[Finding]:
    """Yield the names that a further table of primitives has, where most of its names are known."""
    for uses in list(_tables(pattern))[1:]:
        unknown = [use for use in uses if use.name not in defined]
        if len(unknown) * 2 < len(uses):
            for use in unknown:
                close = nearest(use.name, defined)
                message = f"the table of primitives above defines no `{use.name}`"
                yield _finding(context, use, message, f"did you mean `{close}`?" if close else "")


def _listed(page: Prose, defined: frozenset[str]) -> list[_Use]:
    """Return the primitives in the lists of a protocol's document: sentences with two or more.

    The sentence, or the heading above it, speaks of primitives. A table of them is a list as well.
    """
    tabled = [table for table in _tables(page) if sum(use.name in defined for use in table) > 1]
    found: list[_Use] = [use for table in tabled for use in table]
    heading = ""
    for passage in page.passages:
        if passage.kind is PassageKind.HEADING:
            heading = passage.text
        if passage.kind not in (PassageKind.TEXT, PassageKind.ITEM, PassageKind.CELL):
            continue
        uses = _named(passage, defined)
        known = [use for use in uses if use.name in defined]
        about = passage.text if passage.kind is PassageKind.CELL else f"{heading} {passage.text}"
        if _ABOUT.search(about) and _USES.search(passage.text) and len(known) > 1:
            found += uses
    return found


def _in_cell(cell: Passage) -> Iterator[_Use]:
    """Yield the names that a cell lists, in code or with slashes or commas between."""
    coded = list(cell.coded())
    for start, text in coded or [(m.start(), m[0]) for m in re.finditer(r"[^/,]+", cell.text)]:
        if match := _NAME.match(text.strip()):
            yield _Use(match["name"], cell, start + len(text) - len(text.lstrip()))


def _named(passage: Passage, defined: frozenset[str]) -> list[_Use]:
    """Return the names in code; in a passage without known ones there, known plain words."""
    uses = _names(passage)
    if any(use.name in defined for use in uses):
        return uses
    words = re.finditer(r"(?<![\w`])[A-Z]\w+(?!\w)", passage.plain())
    return [_Use(match[0], passage, match.start()) for match in words if match[0] in defined]


def _names(passage: Passage) -> list[_Use]:
    matches = ((start, _NAME.fullmatch(text)) for start, text in passage.coded())
    return [_Use(match["name"], passage, start) for start, match in matches if match]


def _said_of(context: Context, pattern: Prose, defined: frozenset[str]) -> Iterator[_Use]:
    """Yield what the pattern's document says that this protocol uses."""
    number, title = _called(context)
    cells = tuple(pattern.of(PassageKind.CELL))
    yield from _marked(pattern, cells, number, title)
    for passage in pattern.running():
        subject = passage
        if passage.kind is PassageKind.CELL:
            row = [c for c in cells if (c.block, c.row) == (passage.block, passage.row)]
            subject = row[0]
            if subject is passage:
                continue
            if any(_leads_to(link, context.document.path) for cell in row for link in cell.links):
                yield from _used(passage, defined)
                continue
        head = subject.text[: 80 if subject is passage else None]
        named = _PROTOCOL.search(head)
        is_numbered = named is not None and named["number"] == number
        is_titled = named is None and bool(title) and head.lower().startswith(title.lower())
        if (is_numbered or is_titled) and (subject is not passage or _USES.search(passage.text)):
            yield from _used(passage, defined)


def _called(context: Context) -> tuple[str, str]:
    """Return the number of the protocol by its file, empty without one, and its title's words."""
    number = re.match(r"(\d+)-", context.document.path.rpartition("/")[2])
    title = re.sub(r"^\W*protocol\s+\d+\W+", "", context.document.title, flags=re.IGNORECASE)
    title = re.sub(r"\W*\bprotocol\b.*", "", title, flags=re.IGNORECASE).strip()
    return number[1] if number else "", title


def _marked(pattern: Prose, cells: tuple[Passage, ...], number: str, title: str) -> Iterator[_Use]:
    """Yield the primitives of rows that have a mark in the column of this protocol."""
    for header in pattern.of(PassageKind.HEADER):
        named = _PROTOCOL.search(header.text)
        is_titled = bool(title) and _is_title(header.text.lower(), title.lower())
        if not (named["number"] == number if named else is_titled):
            continue
        for cell in cells:
            is_below = (cell.block, cell.column) == (header.block, header.column)
            if is_below and _MARK.fullmatch(cell.text.strip()):
                row = [c for c in cells if (c.block, c.row) == (cell.block, cell.row)]
                yield from _in_cell(row[0])


def _is_title(header: str, title: str) -> bool:
    """Say whether a header has a protocol's title, or the last words of it, two or more."""
    return title in header or (" " in header.strip() and title.endswith(f" {header.strip()}"))


def _leads_to(link: Link, path: str) -> bool:
    return link.target.partition("#")[0].rpartition("/")[2] == path.rpartition("/")[2]


def _used(passage: Passage, defined: frozenset[str]) -> Iterator[_Use]:
    """Yield the primitives that a passage lists; of two or more, names of others as well."""
    uses = _names(passage)
    several = sum(use.name in defined for use in uses) > 1
    yield from (use for use in uses if several or use.name in defined)


def _differences(
    context: Context, own: list[_Use], said: list[_Use], pattern: Prose, defined: frozenset[str]
) -> Iterator[Finding]:
    owned, told = {use.name for use in own}, {use.name for use in said}
    for use in said:
        if use.name not in defined:
            close = nearest(use.name, defined)
            message = f"{pattern.path} defines no primitive `{use.name}`"
            yield _finding(context, use, message, f"did you mean `{close}`?" if close else "")
        elif use.name not in owned:
            message = f"{context.document.path} does not list `{use.name}`, said here to be used"
            yield _finding(context, use, message, "")
    for use in own:
        if use.name in defined and use.name not in told:
            message = f"`{use.name}` is not among what {pattern.path} says that this protocol uses"
            yield _finding(context, use, message, "")


def _finding(context: Context, use: _Use, message: str, hint: str) -> Finding:
    span = use.passage.span(use.start, use.start + len(use.name))
    return CODE.finding(
        message, span, excerpt=context.excerpt(span), hint=hint or "make the lists agree"
    )
