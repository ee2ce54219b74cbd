"""Names that code gives to values before it uses them: `t = task[w]`, where `t` is no variable."""

from __future__ import annotations

from collections.abc import Collection
from difflib import get_close_matches

from conform.languages.markdown.formal.syntax import Assign, Definition, Let, Statement

_LONGEST = 2
"""Letters of a local name; a longer one may be an old name of a variable."""


def with_locals(
    statements: tuple[Statement, ...], declared: Collection[str]
) -> tuple[Statement, ...]:
    """Return statements with a Let for each assignment to a short name that is not `declared`.

    One that is almost a declared name is no name of its own.
    """
    return tuple(_named(each, declared) for each in statements)


def _named(statement: Statement, declared: Collection[str]) -> Statement:
    match statement:
        case Assign(span=span, target=target, value=value) if not target.path:
            name = target.variable
            if len(name) <= _LONGEST and not get_close_matches(name, declared, n=1):
                return Let(span, (Definition(target.span, name, value),))
    return statement
