"""Operators that are known and not evaluated: each says why, where it is used."""

from __future__ import annotations

from typing import Any, NoReturn

from conform.errors import UnsupportedError
from conform.languages.tlaplus.evaluation.scope import Builtin
from conform.text import Span

WRITES = "writes a file, and nothing in an input may do that"
EXECUTES = "runs a program, and nothing in an input is executed"
SERIALISES = "reads Java's own serialised objects"
DRAWS = "draws for people; no property depends on it"
NEEDS_TLC = "asks for the state of TLC's own run"


def refused(
    name: str, arity: int, reason: str, operators: tuple[tuple[int, int], ...] = ()
) -> Builtin:
    """Return an operator that raises UnsupportedError once it is evaluated."""

    def apply(span: Span, *_arguments: Any) -> NoReturn:
        refuse(span, name, reason)

    return Builtin(name, arity, apply, operators=operators, refusal=reason)


def refuse(span: Span, name: str, reason: str) -> NoReturn:
    """Raise the UnsupportedError for an operator that is not evaluated."""
    raise UnsupportedError(
        f"`{name}` is not evaluated: it {reason}",
        span=span,
        hint="give it another definition in the configuration, as in `CONSTANT Op <- MyOp`",
    )
