"""Tables of results: what a cell claims, and which constructs of a model a row is about."""

from __future__ import annotations

import re
from collections.abc import Iterator

from conform.check.columns import Role, recognise
from conform.check.context import Context
from conform.check.linking import alias_in, names_for
from conform.domain.spec import ResultRow

_DASH = re.compile(
    r"(?:[\N{EM DASH}\N{EN DASH}\N{MINUS SIGN}-]{1,3}|n/a|none|omitted|skipped|not checked)\b|"
    r"[\N{EM DASH}\N{EN DASH}\N{MINUS SIGN}-]{1,3}(?=\s|\(|$)",
    re.IGNORECASE,
)
_PASS = re.compile(
    r"\W*(?:pass|holds|true|yes|ok|verified"
    r"|[\N{CHECK MARK}\N{HEAVY CHECK MARK}\N{WHITE HEAVY CHECK MARK}])",
    re.I,
)
_FAIL = re.compile(r"\W*(?:fail|violated|false|\N{BALLOT X}|\N{CROSS MARK})", re.I)


def claims_absence(text: str) -> bool:
    """Whether a cell says that there is nothing: a dash, omitted, n/a."""
    return _DASH.match(text.strip()) is not None


def claimed_verdict(text: str) -> str | None:
    """Return PASS or FAIL where a cell begins with a word for one of them."""
    if _PASS.match(text):
        return "PASS"
    return "FAIL" if _FAIL.match(text) else None


def model_cells(context: Context) -> Iterator[tuple[ResultRow, str, str, Role]]:
    """Yield row, header, cell and role for each cell that is about one kind of model."""
    for document in context.documents:
        for row in document.results:
            for header, cell in row.verdicts:
                role = recognise(header).role
                if role in (Role.TLAPLUS, Role.FIZZBEE):
                    yield row, header, cell, role


def names_in_model(context: Context, row: ResultRow, role: Role) -> tuple[str, ...]:
    """Return what a model calls the property of a row: by its notes, its mapping, or its name."""
    if alias := alias_in(row, role):
        return (alias,)
    stated = [found for found in context.document.properties if found.name == row.property]
    return names_for(context, stated[0], role) if stated else (row.property,)
