"""The values of number and string literals."""

from __future__ import annotations

import re

from conform.languages.tlaplus.syntax import Decimal, Expression, Number
from conform.parsing.tokens import ReadingError, Token
from conform.text import Span

MAX_DIGITS = 4000
"""Longest number read; Python refuses to convert longer decimals, and no model needs them."""

_BASES = {"b": 2, "o": 8, "h": 16}
_ESCAPE = re.compile(r"\\(.)")
_ESCAPED = {"t": "\t", "n": "\n", "f": "\f", "r": "\r"}


def number_value(token: Token) -> int:
    """Return what an integer literal in any base denotes; raise ReadingError if it is too long."""
    text = token.text
    if len(text) > MAX_DIGITS:
        raise ReadingError(f"a number of more than {MAX_DIGITS} digits", token.span)
    if text[0] == "\\":
        return int(text[2:], _BASES[text[1].lower()])
    return int(text)


def spaced_decimal(number: Expression, places: Token) -> Decimal:
    """Return the number of `0 . 1`; raise ReadingError where what stands before is none."""
    if not isinstance(number, Number):
        raise ReadingError(
            f"unexpected `{places.text}`",
            places.span,
            expected="the name of a field",
            hint="an element of a tuple is t[1]; a name follows the point",
        )
    begin = number.span
    span = Span(begin.path, begin.line, begin.column, places.end_line, places.end_column)
    return Decimal(span, f"{number.value}.{places.text}")


def string_value(text: str) -> str:
    """Return the string that a literal, quotes included, denotes."""
    inner = text[1:-1]
    if "\\" not in inner:
        return inner
    return _ESCAPE.sub(lambda found: _ESCAPED.get(found[1], found[1]), inner)
