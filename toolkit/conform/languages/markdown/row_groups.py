"""Rows of mapping tables that are about several constructs at once, as rows of one each.

    | Liveness L1-L3 | `Done` / `Recovers` / `Starves` | — (TLA+ only) |
    | Constants | `Jobs`, `Limit` | `JOBS`, `LIMIT` |

A cell gives a name for each of them, or one reason why it has none.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from conform.domain.spec import ConstructKind
from conform.languages.markdown.blocks import Row
from conform.languages.markdown.inline import codes, masked
from conform.languages.markdown.manuscript import Fragment
from conform.languages.markdown.subjects import Declarations

_LABELS = re.compile(
    r"(?P<word>[A-Za-z ]*?)\s*\b(?P<letters>[A-Z]{1,4})-?(?P<first>\d{1,3})\s*"
    r"(?:[-\u2013\u2014]|\.\.\.?|\u2026|to\b|through\b)\s*(?:(?P=letters)-?)?(?P<last>\d{1,3})\s*:?\s*"
)
_KIND_ALONE = re.compile(
    r"\W*(?P<word>constant|parameter|(?:state )?variable|helper|operator)s\W*", re.IGNORECASE
)
_LABEL = re.compile(r"[A-Z]{1,4}-?\d{1,3}[a-z]?")
_LABEL_LIST = re.compile(rf"{_LABEL.pattern}(?:\s*(?:,|/|&|\band\b)\s*{_LABEL.pattern})+")
ALL_OF_KIND = re.compile(
    r"(?:all |the )*(?:state |model )?(?P<word>constant|parameter|variable|propert(?:y|ie)|helper)s"
    r"(?:\s+of .*|\s*\(.*\))?",
    re.IGNORECASE,
)
"""A first cell that is about all constructs of a kind."""

_KINDS_OF_WORDS = {
    "constant": ConstructKind.CONSTANT,
    "parameter": ConstructKind.CONSTANT,
    "variable": ConstructKind.VARIABLE,
    "propertie": ConstructKind.PROPERTY,
    "property": ConstructKind.PROPERTY,
    "helper": ConstructKind.HELPER,
}
_BETWEEN = re.compile(r"[\s,/;&|]*(?:\band\b)?[\s,/;&|]*")

MAX_GROUP = 100
"""So many constructs one row may be about."""


def rows_of_each(row: Row, subject: int, declared: Declarations | None = None) -> list[Row]:
    """Return a row for each construct that a row is about; the row itself where it is about one."""
    if declared is not None and (spread := _spread(row, subject, declared)):
        return spread
    lists = [_listed(cell) if index != subject else [] for index, cell in enumerate(row.cells)]
    sizes = {len(names) for names in lists if len(names) > 1}
    if len(sizes) != 1 or any(len(names) == 1 for names in lists):
        return [row]
    size = sizes.pop()
    subjects = list(_subjects(row.cells[subject], lists, size))
    if len(subjects) != size:
        return [row]
    return [
        Row(
            tuple(
                subjects[place] if index == subject else (names[place] if names else cell)
                for index, (cell, names) in enumerate(zip(row.cells, lists, strict=True))
            ),
            row.line,
        )
        for place in range(size)
    ]


def _spread(row: Row, subject: int, declared: Declarations) -> list[Row]:
    """Return the rows of a group whose cells are lists of as many names, or say *same names*.

    The group is a range of labels of properties, names in code, or all that there is of a kind.
    """
    names = list(_group(row.cells[subject], declared))
    if len(names) < 2:
        return []
    columns: list[Sequence[Fragment]] = []
    for index, cell in enumerate(row.cells):
        listed = _listed(cell)
        if index == subject:
            columns.append(names)
        elif len(listed) == len(names):
            columns.append(listed)
        elif not codes(cell):
            columns.append([cell] * len(names))
        else:
            return []
    return [Row(cells, row.line) for cells in zip(*columns, strict=True)]


def _group(cell: Fragment, declared: Declarations) -> Iterator[Fragment]:
    whole = len(cell.text)
    if match := ALL_OF_KIND.fullmatch(cell.text):
        kind = _KINDS_OF_WORDS[match["word"].lower().removesuffix("s")]
        for name in declared.of_kind(kind):
            yield cell.edited([(0, whole, f"`{name}`")])
    elif _LABEL_LIST.fullmatch(cell.text):
        for label in _LABEL.finditer(cell.text):
            yield cell.part(*label.span())
    elif codes(cell):
        listed = _listed(cell)
        if all(declared.names_all(name.text) for name in listed):
            yield from listed
    elif (match := _LABELS.fullmatch(cell.text)) and f"{match['letters']}{match['first']}" not in (
        declared.numbers
    ):
        yield from _subjects(cell, [], 0)


def _listed(cell: Fragment) -> list[Fragment]:
    """Return the names of a cell that is a list of them in code, ticks included; else none."""
    coded = codes(cell)
    between = re.split("\ue000+", masked(cell.text))
    if not coded or not all(_BETWEEN.fullmatch(text) for text in between):
        return []
    return [_in_ticks(code) for code in coded]


def _in_ticks(code: Fragment) -> Fragment:
    end = len(code.text)
    return code.edited([(0, 0, "`"), (end, end, "`")]) if end else code


def _subjects(cell: Fragment, lists: Sequence[Sequence[Fragment]], size: int) -> Iterator[Fragment]:
    """Yield the first cell of each row: one label, or a name and the word for its kind."""
    if not cell.text or codes(cell):
        return
    whole = len(cell.text)
    if match := _LABELS.fullmatch(cell.text):
        first, last = int(match["first"]), int(match["last"])
        if first < last and last - first < MAX_GROUP and (not size or last - first + 1 == size):
            for number in range(first, last + 1):
                label = f"{match['word']} {match['letters']}{number}".strip()
                yield cell.edited([(0, whole, label)])
    elif lists and (match := _KIND_ALONE.fullmatch(cell.text)):
        names = next(names for names in lists if len(names) == size)
        for name in names:
            bare = name.text.strip("`").partition("(")[0]
            yield cell.edited([(0, whole, f"{match['word']}: `{bare}`")])
