"""Tables that give names alone: what each artefact calls the constructs of one kind.

    | Parameter | TLA+ | FizzBee |
    |---|---|---|
    | MaxBatch | `MaxBatch` | `MAX_BATCH` |

The header of the first column says which kind that is, so its cells need not.
"""

from __future__ import annotations

import re

from conform.languages.markdown.blocks import Row
from conform.languages.markdown.columns import Columns, names_in
from conform.languages.markdown.inline import codes, reading
from conform.languages.markdown.manuscript import Fragment

_KINDS = {
    r"actions?|transitions?": "Action",
    r"(?:state )?variables?": "State:",
    r"parameters?|constants?": "Constant:",
    r"helpers?|operators?": "Helper:",
    r"propert(?:y|ies)|invariants?": "Property",
}
_LANGUAGE = (
    r"(?:in )?(?:tla\+?|fizz(?:bee)?)(?: (?:construct|name|module|model|constant|action)s?)?"
)
_ABSENT = re.compile(r"\W*|[\N{EM DASH}\N{EN DASH}-]+\s*(?:\(.*\))?|(?:the )?same\b.*", re.I | re.S)
_SAYS_KIND = re.compile(
    r"\W*(?:state|variable|constant|parameter|action|transition|helper|operator|property|invariant"
    r"|safety|liveness|[SLIP]\d)",
    re.I,
)
_NUMBERED = re.compile(r"(?P<number>\d{1,3}[a-z]?)(?P<dot>[.:)])?\s")


def kind_of_names(columns: Columns) -> str | None:
    """Return the word for what a table of names is about; None for every other table.

    It has a column for a model at least, and all that stands in those columns is names in code, or
    nothing with a reason.
    """
    word = next((word for key, word in _KINDS.items() if re.fullmatch(key, columns.keys[0])), None)
    models = [index for index, key in enumerate(columns.keys) if re.fullmatch(_LANGUAGE, key)]
    rows = [columns.filled(row) for row in columns.table.rows]
    cells = [row.cells[index] for row in rows for index in models]
    named = [cell for cell in cells if codes(cell)]
    if word is None or not named or not all(map(_is_names, cells)):
        return None
    return word


def _is_names(cell: Fragment) -> bool:
    coded = codes(cell)
    if not coded:
        return _ABSENT.fullmatch(reading(cell)) is not None
    return len(names_in(cell)) == len(coded)


def with_kind(row: Row, word: str) -> Fragment:
    """Return the first cell of a row of such a table with the word for its kind in front."""
    cell = row.cells[0]
    if not cell.text or _SAYS_KIND.match(cell.text):
        return cell
    numbered = _NUMBERED.match(cell.text)
    if numbered is None:
        return cell.edited([(0, 0, f"{word} " if word[-1:] == ":" else f"{word}: ")])
    if not word.startswith("Action"):
        return cell
    stop = numbered.end("number")
    return cell.edited([(0, 0, "Action "), (stop, numbered.end() - 1, ":")])
