"""Tables of what an action does to each variable: its value before, and its value after.

| Variable | Before | After |
| `gate` | `OPEN` | `SHUT` |

A row is a line of the guard and one of the effect: `place | before | after`. Where there is no
column of values before, it is an effect alone.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from conform.languages.markdown.blocks import Row, Table
from conform.languages.markdown.clause_kinds import ClauseKind
from conform.languages.markdown.inline import reading
from conform.languages.markdown.manuscript import Fragment

_PLACE_HEADER = re.compile(r"(?:state )?(?:variable|field|component)s?|state|what|place|", re.I)
_VALUE = r"(?:[ -]?(?:value|state|step))?"
_BEFORE = re.compile(rf"(?:value )?before{_VALUE}|(?:pre|old|previous|prior){_VALUE}", re.I)
_AFTER = re.compile(rf"(?:value )?after{_VALUE}|(?:post|new|next){_VALUE}", re.I)
_PLACE = r"[^\W\d]\w*(?:\[[^|]*\]|\.\w+)*"
_SAYS_NOTHING = re.compile(
    r"\W*|any(?:thing|\s+value)?|n/?a|unchanged|(?:stays\s+)?(?:the\s+)?same|as\s+before|no\s+change"
    r"|does\s+not\s+change",
    re.I,
)
_CHANGE = re.compile(
    rf"(?P<place>{_PLACE})\s*\|\s*(?:(?P<before>[^|]*?)\s*\|\s*)?(?P<after>[^|]*?)\s*", re.S
)
_NUMBER = re.compile(r"\d+")
_EQUATION = re.compile(r"[^\W\d]\w*\s*=(?![=>])")


def changes_in(table: Table) -> Iterator[tuple[ClauseKind, Fragment]]:
    """Yield the rows of a table of values before and after, for a guard and for an effect.

    Nothing is yielded for any other table.
    """
    headers = [reading(cell).strip(" *`:") for cell in table.header.cells]
    has_before = len(headers) == 3 and _BEFORE.fullmatch(headers[1]) is not None
    if not (has_before or len(headers) == 2) or not _AFTER.fullmatch(headers[-1]):
        return
    if not _PLACE_HEADER.fullmatch(headers[0]):
        return
    for row in table.rows:
        cells = [reading(cell) for cell in row.cells]
        if len(cells) != len(headers) or not re.fullmatch(_PLACE, cells[0]):
            yield ClauseKind.GUARD, row.line
            continue
        line = _whole(row)
        if has_before and not _says_nothing(cells[1], cells[0]):
            yield ClauseKind.GUARD, line
        if not _says_nothing(cells[-1], cells[0]):
            yield ClauseKind.EFFECT, line


def _whole(row: Row) -> Fragment:
    line = row.line.strip()
    start = 1 if line.text.startswith("|") else 0
    return line.part(start, len(line.text) - line.text.endswith("|")).strip()


def _says_nothing(cell: str, place: str) -> bool:
    return cell == place or _SAYS_NOTHING.fullmatch(cell) is not None


def before_in_signs(text: Fragment) -> Fragment:
    """Return the condition of a row, `place = before`; any other text as it is."""
    match = _CHANGE.fullmatch(text.text)
    if match is None or match["before"] is None:
        return text
    if _NUMBER.fullmatch(match["before"]) and _NUMBER.fullmatch(match["after"]):
        raise text.refuse(
            "these may be examples of values",
            expected="the value that is required before the step",
            hint="state the condition as a guard",
        )
    sign = "." if _EQUATION.match(match["before"]) else " = "  # `owner = NONE` is of a field
    return text.part(0, match.end("before")).edited(
        [(match.end("place"), match.start("before"), sign)]
    )


def after_in_signs(text: Fragment) -> Fragment:
    """Return the assignment of a row, `place := after`; any other text as it is."""
    match = _CHANGE.fullmatch(text.text)
    if match is None or _EQUATION.match(match["after"]):
        return text
    if match["before"] and _NUMBER.fullmatch(match["before"]) and _NUMBER.fullmatch(match["after"]):
        return text
    return text.edited([(match.end("place"), match.start("after"), " := ")])
