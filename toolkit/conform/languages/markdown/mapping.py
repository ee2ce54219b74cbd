"""Mapping tables: for each construct of the document, what each artefact calls it."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator

from conform.domain.spec import MappingRow, MappingTable
from conform.errors import InputError
from conform.languages.markdown.blocks import Paragraph, Row
from conform.languages.markdown.cells import read_cell
from conform.languages.markdown.columns import Columns
from conform.languages.markdown.inline import codes
from conform.languages.markdown.manuscript import Fragment
from conform.languages.markdown.name_tables import kind_of_names, with_kind
from conform.languages.markdown.outline import Section
from conform.languages.markdown.row_groups import ALL_OF_KIND, rows_of_each
from conform.languages.markdown.subjects import Declarations, read_subject
from conform.languages.markdown.tables import columned

_SUBJECT = (
    r"(?:canonical )?spec(?:ification)?(?: (?:section|construct|element|item|name|entity)s?)?"
    r"|(?:document|spec) (?:section|construct)|section|construct"
)
_PAGE = (
    r"(?:the )?(?:(?:this )?document|here|what|names?|abstract(?:ion)?|markdown|protocol|model"
    r"|in (?:the|this) (?:document|spec)|spec(?:ification)?\b.*"
    r"|(?:\w+ )?(?:concept|item|element|construct|entity|artefact|artifact))"
)
"""A first column of other words counts where the table has constructs below it, and not files."""

_SECTION_NUMBER = re.compile(r"(?:\N{SECTION SIGN}\s*)?\d+(?:\.\d+)*[a-z]?")
"""The cells of a column that says in which section a construct is stated, and not which it is."""

_CONSTRUCT = re.compile(
    r"\W*(?:(?:State|Variables?|Constants?|Parameter|Actions?|Steps?|Rules?|Transitions?|Events?"
    r"|Helpers?|Operator|Safety|Liveness|Progress|Invariant|Property)\b|[SLIP]\d{1,2}\b)",
    re.IGNORECASE,
)
_ARTEFACT = (
    r".*\b(?:constructs?|references?|implementations?|impl|source|symbols?|code|tests?)"
    r"|module\b.*|.*\bmodule|\S*\.(?:tla|fizz|pyi?|rs|go|java|ts)|in (?:tla\+?|fizz(?:bee)?)"
    r"|(?:tla\+?|pluscal|fizz(?:bee)?|quint|alloy|ivy|promela|p|python|rust|go|golang|java|kotlin"
    r"|scala|typescript|javascript|c\+\+|c#|c|zig|erlang|elixir|haskell|ocaml)(?: \w+)?"
)
_OTHER = r"section|status|since|owner|checked|verified"
_PARENTHESIS = re.compile(r"\([^()]*\)")
_INDEX_ROWS = 3
"""A table with fewer rows may be a mapping that nobody has written well."""

_DELIMITER_ROW = re.compile(r"\|?\s*:?-+:?\s*(?:\|\s*:?-+:?\s*)+\|?")


def read_mapping(
    root: Section, declared: Declarations, refused: list[InputError] | None = None
) -> tuple[MappingTable, ...]:
    """Return the mapping tables in order, those without rows included.

    A mapping table has a column about the spec and at least one that names an artefact; columns of
    prose (Notes and the like) are left out. Raises InputError for a cell that cannot be read; with
    `refused`, adds it there, and leaves out the row alone.
    """
    for error in _broken_tables(root):
        _refuse(error, refused)
    tables: list[MappingTable] = []
    for _, columns in columned(root):
        subject = _subject_of(columns)
        subject = _worded_otherwise(columns, declared) if subject is None else subject
        subject = _named_by_kind(columns) if subject is None else subject
        if subject is not None and not _is_index(columns, subject, declared):
            tables.append(_table(columns, subject, declared, refused))
    return tuple(tables)


def _is_index(columns: Columns, subject: int, declared: Declarations) -> bool:
    """Say whether a table leads from sections to models: no first cell names a construct."""
    cells = [row.cells[subject] for row in columns.table.rows if subject < len(row.cells)]
    return len(cells) >= _INDEX_ROWS and not any(_names_something(cell, declared) for cell in cells)


def _names_something(cell: Fragment, declared: Declarations) -> bool:
    if codes(cell) or re.search(r"\d", _PARENTHESIS.sub("", cell.text)):
        return True
    try:
        found = read_subject(cell, declared)
    except InputError:
        return False
    return bool(found.names)


def _subject_column(keys: tuple[str, ...]) -> int | None:
    """Return the column about the spec, if these are the headers of a mapping table."""
    subjects = (index for index, key in enumerate(keys) if re.fullmatch(_SUBJECT, key))
    subject = next(subjects, None)
    others = [key for index, key in enumerate(keys) if index != subject]
    maps = any(re.fullmatch(_ARTEFACT, key) for key in others)
    return subject if maps else None


def _subject_of(columns: Columns) -> int | None:
    """Return the column about the spec; the number of a section beside it says no construct."""
    numbering = {index for index in range(len(columns.keys)) if _has_numbers_alone(columns, index)}
    keys = ("" if index in numbering else key for index, key in enumerate(columns.keys))
    return _subject_column(tuple(keys))


def _has_numbers_alone(columns: Columns, index: int) -> bool:
    cells = [row.cells[index].text for row in columns.table.rows if index < len(row.cells)]
    return bool(cells) and all(_SECTION_NUMBER.fullmatch(text) for text in cells)


def _worded_otherwise(columns: Columns, declared: Declarations) -> int | None:
    """Return the first column where its header says document or the like, above constructs alone.

    An index of documents and models has the same header, and the names of files below it.
    """
    keys = columns.keys
    first = next(i for i in (*range(len(keys)), 0) if i or not _has_numbers_alone(columns, 0))
    if first >= len(keys) or re.fullmatch(_PAGE, keys[first]) is None:
        return None
    firsts = [row.cells[first].text for row in columns.table.rows if first < len(row.cells)]
    maps = bool(firsts) and any(re.fullmatch(_ARTEFACT, key) for key in keys[first + 1 :])
    named = [
        text
        for text in firsts
        if _CONSTRUCT.match(text) or ALL_OF_KIND.fullmatch(text) or declared.names_all(text)
    ]
    if not maps or any("](" in text for text in firsts) or not _has_code(columns, first):
        return None
    known = len(named) == len(firsts) or 2 * len(named) > len(firsts) >= _INDEX_ROWS
    return first if known else None


def _has_code(columns: Columns, first: int) -> bool:
    """Say whether cells behind the first name something in code, as verdicts do not."""
    cells = (cell for row in columns.table.rows for cell in row.cells[first + 1 :])
    return any(codes(cell) for cell in cells)


def _named_by_kind(columns: Columns) -> int | None:
    return 0 if kind_of_names(columns) is not None else None


def _refuse(error: InputError, refused: list[InputError] | None) -> None:
    if refused is None:
        raise error
    refused.append(error)


def _table(
    columns: Columns, subject: int, declared: Declarations, refused: list[InputError] | None
) -> MappingTable:
    mapped = [
        index
        for index, key in enumerate(columns.keys)
        if index != subject and columns.is_value(index) and not re.fullmatch(_OTHER, key)
    ]
    kind = None if re.fullmatch(_SUBJECT, columns.keys[subject]) else kind_of_names(columns)
    rows: list[MappingRow] = []
    for row in columns.table.rows:
        try:
            for each in rows_of_each(columns.filled(row), subject, declared):
                rows.append(_row(columns, each, subject, mapped, declared, kind))
        except InputError as error:
            _refuse(error, refused)
    header = columns.table.header.span()
    span = header.through(rows[-1].span) if rows else header
    return MappingTable(tuple(columns.headers[index] for index in mapped), tuple(rows), span)


def _row(
    columns: Columns,
    row: Row,
    subject: int,
    mapped: list[int],
    declared: Declarations,
    kind: str | None,
) -> MappingRow:
    cells = tuple(read_cell(row.cells[index], columns.headers[index]) for index in mapped)
    first = with_kind(row, kind) if kind else row.cells[subject]
    beside = [code.text.partition("(")[0] for index in mapped for code in codes(row.cells[index])]
    return MappingRow(read_subject(first, declared, beside), cells, row.span())


def _broken_tables(root: Section) -> Iterator[InputError]:
    """Yield an error for each mapping table that Markdown takes for a paragraph and so loses."""
    for section in root.walk():
        for block in section.blocks:
            if isinstance(block, Paragraph):
                for header, delimiter in itertools.pairwise(block.content.lines()):
                    yield from _broken_header(header, delimiter)


def _broken_header(header: Fragment, delimiter: Fragment) -> Iterator[InputError]:
    if _DELIMITER_ROW.fullmatch(delimiter.text) is None:
        return
    keys = tuple(cell.strip(" `*").lower() for cell in _cells(header))
    if _subject_column(keys) is not None:
        yield delimiter.refuse(
            f"the header has {len(keys)} columns, the row below it {len(_cells(delimiter))}",
            expected="a group of dashes for each column of the header",
            hint="as it stands this is no table, and its rows would be lost",
        )


def _cells(line: Fragment) -> list[str]:
    return line.text.strip("|").split("|")
