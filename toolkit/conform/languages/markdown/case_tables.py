"""Tables of the cases of an action: a row for each, with its guard and its effect in columns.

| Case | Guard | Effect |
| SendOk(c) | `up[c]` | `sent[c] := TRUE` |
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from msgspec import Struct

from conform.languages.markdown.blocks import Row, Table
from conform.languages.markdown.clause_kinds import ClauseKind, clause_kind
from conform.languages.markdown.inline import reading
from conform.languages.markdown.manuscript import Fragment
from conform.languages.markdown.titles import Title

_ACTING = {ClauseKind.GUARD: "Guard: ", ClauseKind.EFFECT: "Effect: "}
_ALTERNATIVES = r"(?:case|outcome|variant|branch|result)s?"
_HEADER = re.compile(rf"{_ALTERNATIVES}(?: name)?|(?:sub-?)?(?:action|transition)s?", re.I)
_HEADER_OF_WORDS = re.compile(_ALTERNATIVES, re.I)
"""Of other columns, such as *Step*, the rows follow one another."""

_NAME = re.compile(r"[\s*_]*`?(?P<title>(?P<name>[^\W\d]\w*)(?:\([^()`]*\))?)`?[\s*_:.]*")
_WORDS = re.compile(r"[^\W_]+(?:[ -][^\W_]+)*")


class CaseColumns(Struct, frozen=True):
    """Which column of a table has the cases, and which ones have clauses, with their kinds."""

    case: int
    clauses: tuple[tuple[int, ClauseKind], ...]


def case_columns(table: Table) -> CaseColumns | None:
    """Return the columns of a table of cases; None for any other table.

    It has two rows at least, and columns of effects.
    """
    headers = [reading(cell).strip(" *`:") for cell in table.header.cells]
    case = next((place for place, each in enumerate(headers) if _HEADER.fullmatch(each)), None)
    kinds = ((place, clause_kind(each)) for place, each in enumerate(headers) if place != case)
    clauses = tuple((place, kind) for place, kind in kinds if kind in _ACTING)
    has_effects = any(kind is ClauseKind.EFFECT for _place, kind in clauses)
    if case is None or not has_effects or len(table.rows) < 2:
        return None
    return CaseColumns(case, clauses)


def named_cases(table: Table, own: Title) -> list[Fragment]:
    """Return paragraphs that say what a table of cases does: names in bold, guards and effects.

    None unless each case is the name of an outcome. The case of the action `own` comes first,
    without its name; the others have its parameters where they give none.
    """
    columns = case_columns(table)
    if columns is None:
        return []
    names = [_NAME.fullmatch(row.cells[columns.case].text) for row in table.rows]
    if not all(name and _is_outcome(name["name"]) for name in names):
        return []
    pairs = [(row, name) for row, name in zip(table.rows, names, strict=True) if name]
    pairs.sort(key=lambda pair: pair[1]["name"] != own.name)
    found: list[Fragment] = []
    for row, name in pairs:
        if name["name"] != own.name:
            title = row.cells[columns.case].part(*name.span("title"))
            is_call = title.text.endswith(")") or not own.parameters
            found.append(_in_bold(title, "" if is_call else f"({', '.join(own.parameters)})"))
        found += _clauses(row, columns.clauses)
    return found


def worded_cases(table: Table) -> Sequence[tuple[str, Sequence[tuple[ClauseKind, Fragment]]]]:
    """Return the cases of a table that calls them by words, with what each has in its columns."""
    columns = case_columns(table)
    if columns is None:
        return ()
    if not _HEADER_OF_WORDS.fullmatch(reading(table.header.cells[columns.case]).strip(" *`:")):
        return ()
    words = [reading(row.cells[columns.case]).strip(" *`:.") for row in table.rows]
    if not all(map(_WORDS.fullmatch, words)) or len(set(words)) < len(words):
        return ()
    return [
        (word.lower(), [(kind, row.cells[place]) for place, kind in columns.clauses])
        for word, row in zip(words, table.rows, strict=True)
    ]


def _is_outcome(name: str) -> bool:
    """Say whether a name has capitals inside, as no word has."""
    return sum(character.isupper() for character in name) > 1 and not name.isupper()


def _in_bold(title: Fragment, parameters: str) -> Fragment:
    end = len(title.text)
    return title.edited([(0, 0, "**"), (end, end, f"{parameters}**")])


def _clauses(row: Row, clauses: Sequence[tuple[int, ClauseKind]]) -> Iterator[Fragment]:
    for place, kind in clauses:
        yield row.cells[place].edited([(0, 0, _ACTING[kind])])
