"""Parts of definitions by their position or label: `Op(1)!2!<<`, `Op!lab(x)`.

Source followed: section 6 of "TLA+ Version 2" by L. Lamport, as SANY and TLC have it.
"""

from __future__ import annotations

from dataclasses import dataclass

from conform.errors import UnsupportedError
from conform.languages.tlaplus import syntax
from conform.languages.tlaplus.evaluation.instances import Target
from conform.languages.tlaplus.evaluation.scope import Scope


@dataclass(frozen=True, slots=True)
class Part:
    """An expression inside the body of a definition, and what its names mean."""

    node: syntax.Expression
    scope: Scope


def selected(body: syntax.Expression, scope: Scope, use: Target, caller: Scope) -> Part:
    """Return the part of `body` that the selectors of `use` name; their arguments are `caller`'s.

    Raises UnsupportedError, located, for what is no expression.
    """
    raise UnsupportedError(
        "the names of subexpressions are not evaluated yet", span=use.selectors[0].span
    )
