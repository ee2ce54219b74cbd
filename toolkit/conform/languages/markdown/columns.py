"""Tables read by the names of their columns, whatever the order of the columns."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from msgspec import Struct

from conform.languages.markdown.blocks import Row, Table
from conform.languages.markdown.inline import codes, reading
from conform.languages.markdown.manuscript import Fragment

_NAME = re.compile(r"(?P<name>[^\W\d]\w*(?:[.!]\w+)*)(?:\((?P<parameters>[^()]*)\))?(?!\w)")
_PLAIN_NAMES = re.compile(
    r"(?:[^\W\d]\w*(?:\([^()]*\))?)(?:\s*(?:,|/|&|\band\b)\s*[^\W\d]\w*(?:\([^()]*\))?)*"
    r"(?:\s*\(.*\))?"
)
_BEHIND_LABEL = re.compile(
    r"[A-Z]{1,3}-?\d{1,2}[a-z]?[:.]?\s+(?=(?P<name>[A-Z]\w*[a-z]\w*[A-Z]\w*|[A-Z]\w*[A-Z]\w*[a-z]\w*)$)"
)
"""In front of a name with capitals inside: `S2 NoReaderError`, without marks of code."""
_PLAIN_BREAK = re.compile(r",(?![^()]*\))|/|&|\band\b")
_NUMBERING = re.compile(r"#|no\.?|nr\.?|number|id|label")
_PROSE = re.compile(
    r"descriptions?|notes?|meanings?|comments?|remarks?|rationale|reasons?|why|purpose|explanation"
    r"|details?|constraints?|assumptions?|units?"
)


class NameInCell(Struct, frozen=True):
    """A name that a cell gives, its parameters, and where it stands."""

    name: str
    parameters: tuple[str, ...]
    content: Fragment


class Columns(Struct, frozen=True):
    """A table with the headers of its columns: `headers` as a reader sees them, `keys` to match."""

    table: Table
    headers: tuple[str, ...]
    keys: tuple[str, ...]

    def find(self, pattern: str) -> int | None:
        """Return the index of the first column whose whole header matches `pattern`."""
        found = (index for index, key in enumerate(self.keys) if re.fullmatch(pattern, key))
        return next(found, None)

    def is_prose(self, index: int) -> bool:
        """Say whether a column holds words about the row and nothing to compare."""
        words = re.split(r"\s*(?:/|,|\band\b)\s*", self.keys[index])
        return all(_PROSE.fullmatch(word) for word in words)

    def is_value(self, index: int) -> bool:
        """Say whether a column holds something to compare: neither prose nor a row's number."""
        return not (self.is_prose(index) or _NUMBERING.fullmatch(self.keys[index]))

    def rows(self) -> Iterator[Row]:
        """Yield the rows, missing cells added empty; raise InputError for a cell too many."""
        return map(self.filled, self.table.rows)

    def filled(self, row: Row) -> Row:
        """Return a row, missing cells added empty; raise InputError for a cell too many."""
        width = len(self.headers)
        if len(row.cells) > width:
            raise row.cells[width].refuse(
                f"the row has {len(row.cells)} cells, its header {width}",
                expected=f"at most {width} cells",
                hint="write \\| for a pipe inside a cell, also in code",
            )
        missing = (row.line.part(len(row.line.text)),) * (width - len(row.cells))
        return Row(row.cells + missing, row.line)

    def named_rows(self, column: int) -> Iterator[tuple[Sequence[NameInCell], Row]]:
        """Yield the rows with the names in `column`; a row with nothing but a title is left out.

        Raises InputError for a row that says something about no name, where others are about one: a
        table without any name is about something else, as one of options of a command line is.
        """
        named = [(names_in(row.cells[column]), row) for row in self.rows()]
        if len(named) > 1 and not any(names for names, _row in named):
            return
        for names, row in named:
            if names:
                yield names, row
            elif any(cell.text for index, cell in enumerate(row.cells) if index != column):
                raise row.cells[column].refuse(
                    "the cell gives no name",
                    expected=f"a name in code in the column {self.headers[column]}",
                    hint="write the name as the models have it",
                )


def columns_of(table: Table) -> Columns:
    """Return a table with its headers read."""
    headers = tuple(reading(cell) for cell in table.header.cells)
    return Columns(table, headers, tuple(header.lower().strip(" :") for header in headers))


def names_in(cell: Fragment) -> list[NameInCell]:
    """Return the names in a cell's code spans; without code, those of a plain list of names.

    Without code, one name may stand behind its label: `S2 NoReaderError`.
    """
    coded = codes(cell)
    if not coded and (label := _BEHIND_LABEL.match(cell.text)):
        coded = [cell.part(*label.span("name"))]
    if not coded and _PLAIN_NAMES.fullmatch(reading(cell)):
        coded = list(_plain_names(cell))
    matches = ((part, _NAME.match(part.text)) for part in coded)
    return [
        NameInCell(match["name"], parameters_in(match["parameters"]), part)
        for part, match in matches
        if match
    ]


def parameters_in(text: str | None) -> tuple[str, ...]:
    """Return the parameters between parentheses, as in `w, off \\in Offsets`, as written."""
    return tuple(part for part in (piece.strip() for piece in (text or "").split(",")) if part)


def split_values(text: str) -> list[str]:
    """Split at commas outside brackets: `{w1, w2}, 5` has two values."""
    values = [""]
    depth = 0
    for character in text:
        depth += (character in "([{<") - (character in ")]}>")
        if character == "," and depth <= 0:
            values.append("")
        else:
            values[-1] += character
    return [value.strip() for value in values]


def _plain_names(cell: Fragment) -> Iterator[Fragment]:
    start = 0
    for border in _PLAIN_BREAK.finditer(cell.text):
        yield cell.part(start, border.start()).strip()
        start = border.end()
    yield cell.part(start).strip()
