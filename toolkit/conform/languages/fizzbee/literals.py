r"""The values of Starlark's literals.

Follows the Starlark specification, "Lexical elements", as go.starlark.net implements it: an unknown
escape is an error, and so is a byte above 127 in a text.
"""

from __future__ import annotations

import math
import re

from conform.errors import UnsupportedError
from conform.languages.fizzbee.syntax_expressions import Expression, Float, Integer
from conform.parsing.tokens import ReadingError, Token

MAX_DIGITS = 1000
"""Longer integers are refused: Python itself takes quadratic time to read them."""

_BASES = {"0x": 16, "0o": 8, "0b": 2}
_ESCAPE = re.compile(
    r"\\(?:(?P<line>\r\n?|\n)|(?P<octal>[0-7]{1,3})|x(?P<hex>[0-9a-fA-F]{2})"
    r"|u(?P<short>[0-9a-fA-F]{4})|U(?P<long>[0-9a-fA-F]{8})|(?P<one>.))",
    re.DOTALL,
)
_SINGLE = {
    "a": "\a",
    "b": "\b",
    "f": "\f",
    "n": "\n",
    "r": "\r",
    "t": "\t",
    "v": "\v",
    "\\": "\\",
    "'": "'",
    '"': '"',
}


def number_of(token: Token) -> Expression:
    """Return the literal of a NUMBER token, or raise ReadingError for one that is too large."""
    text = token.text
    base = _BASES.get(text[:2].lower(), 10)
    if base == 10 and not text.isdigit():
        value = float(text)
        if math.isinf(value):
            raise ReadingError(
                f"`{text[:40]}` is too large for a floating-point number", token.span
            )
        return Float(token.span, value)
    if len(text) > MAX_DIGITS:
        raise ReadingError(f"this number has more than {MAX_DIGITS} digits", token.span)
    return Integer(token.span, int(text[2:] if base != 10 else text, base))


def text_of(token: Token) -> str:
    """Return what a STRING token denotes; raises ReadingError for bytes and unknown escapes."""
    text = token.text
    prefix = text[: min(text.index(quote) for quote in "\"'" if quote in text)].lower()
    if "b" in prefix:
        raise ReadingError(
            "bytes literals are not treated",
            token.span,
            hint="write a string",
            error=UnsupportedError,
        )
    body = text[len(prefix) :]
    width = 3 if body[:3] in ('"""', "'''") and len(body) >= 6 else 1
    body = re.sub(r"\r\n?", "\n", body[width:-width])
    return body if "r" in prefix else _ESCAPE.sub(lambda found: _unescaped(found, token), body)


def _unescaped(found: re.Match[str], token: Token) -> str:
    kind = found.lastgroup
    if kind == "line":
        return ""
    if kind == "one":
        if found["one"] not in _SINGLE:
            raise _bad_escape(found, token, r"a backslash itself is written \\")
        return _SINGLE[found["one"]]
    assert kind is not None
    code = int(found[kind], 8 if kind == "octal" else 16)
    if kind in ("octal", "hex") and code > 127:
        raise _bad_escape(found, token, rf"the character is written \u{code:04X}")
    if code > 0x10FFFF or 0xD800 <= code <= 0xDFFF:
        raise _bad_escape(found, token, "")
    return chr(code)


def _bad_escape(found: re.Match[str], token: Token, hint: str) -> ReadingError:
    return ReadingError(f"`{found[0]}` is no escape of a string", token.span, hint=hint)
