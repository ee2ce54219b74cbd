"""Values as TLC prints them, read by the grammar in `values.lark`.

Everything TLC prints is told apart except a few lazy values that it prints as expressions
(`SUBSET S` and `[S -> T]` under `-terse`, or when they are too large): those are refused.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache
from pathlib import Path
from typing import Any

from lark import Lark, Token, Transformer, UnexpectedCharacters, UnexpectedToken, v_args
from lark.lark import PostLex

from conform.domain.values import (
    ModelValue,
    SetValue,
    Value,
    function,
    record,
    sequence,
)
from conform.traces.places import MAX_DEPTH

MAX_DIGITS = 4000
"""Digits of an integer; Python itself refuses to convert more than 4300."""

MAX_INTERVAL_ELEMENTS = 1_000_000
"""Elements that all intervals `a..b` of one source may have together: TLC's default maxSetSize."""

_OPENING = frozenset({"LBRACE", "LPAR", "LSQB", "TUPLE_OPEN"})
_CLOSING = frozenset({"RBRACE", "RPAR", "RSQB", "TUPLE_CLOSE"})
_INTERVAL = re.compile(r"(-?[0-9]+)\s*\.\.\s*(-?[0-9]+)")
_NUMBER = re.compile(rf"[0-9]{{{MAX_DIGITS + 1},}}")
_ESCAPED = re.compile(r"\\(.)", re.DOTALL)
_UNESCAPED = {"n": "\n", "t": "\t", "f": "\f", "r": "\r"}


class IllPrinted(Exception):  # noqa: N818  # converted to a located InputError by who has the source
    """A text that is no printed value: what is wrong and where in it, 0-based."""

    def __init__(self, message: str, start: int, end: int, expected: str = "") -> None:
        super().__init__(message)
        self.message = message
        self.start = start
        self.end = end
        self.expected = expected


class PrintedValues:
    """Reads printed values of one source, each different text once; intervals share one budget."""

    def __init__(self) -> None:
        self._known: dict[str, Value] = {}
        self._interval_elements = 0

    def value(self, text: str) -> Value:
        """Return the value that `text` prints, or raise IllPrinted."""
        found = self._known.get(text)
        if found is None:
            self._admit(text)
            found = self._known[text] = _parsed(text, "value")
        return found

    def arguments(self, text: str) -> tuple[Value, ...]:
        """Return the values of a comma-separated list, perhaps empty, or raise IllPrinted."""
        self._admit(text)
        values: tuple[Value, ...] = _parsed(text, "arguments")
        return values

    def _admit(self, text: str) -> None:
        number = _NUMBER.search(text)
        if number:
            raise IllPrinted(f"a number of more than {MAX_DIGITS} digits", *number.span())
        for interval in _INTERVAL.finditer(text):
            low, high = map(int, interval.groups())
            self._interval_elements += max(0, high - low + 1)
            if self._interval_elements > MAX_INTERVAL_ELEMENTS:
                limit = f"{MAX_INTERVAL_ELEMENTS:,}"
                raise IllPrinted(f"intervals with more than {limit} elements", *interval.span())


def _parsed(text: str, start: str) -> Any:
    """Return what the grammar's rule `start` makes of `text`, or raise IllPrinted."""
    try:
        return _parser().parse(text, start=start)
    except UnexpectedToken as error:
        if error.token.type == "$END":
            end = len(text.rstrip())
            raise IllPrinted("the value ends too early", end, end + 1, _in_words(error)) from None
        place = error.token.start_pos or 0
        message = f"{str(error.token)[:40]!r} cannot stand here"
        raise IllPrinted(message, place, place + len(error.token), _in_words(error)) from None
    except UnexpectedCharacters as error:
        place = error.pos_in_stream or 0
        message = f"{text[place]!r} cannot stand here"
        raise IllPrinted(message, place, place + 1, "a value as TLC prints it") from None


def _in_words(error: UnexpectedToken) -> str:
    names = {_TERMINALS.get(name, name) for name in error.accepts or error.expected}
    return " or ".join(sorted(names))


_TERMINALS = {
    "INT": "a value", "NAME": "a value", "STRING": "a value", "TRUE": "a value",
    "FALSE": "a value", "LBRACE": "a value", "LPAR": "a value", "LSQB": "a value",
    "TUPLE_OPEN": "a value", "RBRACE": "}", "RPAR": ")", "RSQB": "]",
    "TUPLE_CLOSE": ">>", "COMMA": ",", "$END": "the end of the value",
    "MERGE": "@@", "GOES_TO": ":>", "FIELD_IS": "|->", "UP_TO": "..",
}  # fmt: skip


class _DepthGuard(PostLex):
    """Refuses tokens nested deeper than MAX_DEPTH before anything is built from them."""

    always_accept = ()

    def process(self, stream: Iterator[Token]) -> Iterator[Token]:
        depth = 0
        for token in stream:
            if token.type in _OPENING:
                depth += 1
                if depth > MAX_DEPTH:
                    place = token.start_pos or 0
                    message = f"nested more than {MAX_DEPTH} levels deep"
                    raise IllPrinted(message, place, place + len(token))
            elif token.type in _CLOSING:
                depth -= 1
            yield token


@v_args(inline=True)
class _ToValues(Transformer[Token, Value]):
    """Builds values while the text is parsed, so that nothing recurses; one method a rule."""

    def integer(self, token: Token) -> Value:
        return int(token)

    def interval(self, low: Token, high: Token) -> Value:
        return SetValue(range(int(low), int(high) + 1))

    def string(self, token: Token) -> Value:
        return _ESCAPED.sub(lambda found: _UNESCAPED.get(found[1], found[1]), token[1:-1])

    def true(self) -> Value:
        return True

    def false(self) -> Value:
        return False

    def model_value(self, token: Token) -> Value:
        return ModelValue(str(token))

    def set(self, *elements: Value | None) -> Value:
        return SetValue(_of_kinds_apart(_present(elements)))

    def sequence(self, *elements: Value | None) -> Value:
        return sequence(_present(elements))

    def field(self, name: Token, value: Value) -> tuple[str, Value]:
        return str(name), value

    def record(self, *fields: tuple[str, Value]) -> Value:
        names = [name for name, _ in fields]
        if len(set(names)) < len(names):
            raise IllPrinted("a record with the same field twice", 0, 1)
        return record(dict(fields))

    def pair(self, argument: Value, image: Value) -> tuple[Value, Value]:
        return argument, image

    def function(self, *pairs: tuple[Value, Value]) -> Value:
        _of_kinds_apart([argument for argument, _ in pairs])
        return function(dict(reversed(pairs)))  # the left of two pairs wins, as in TLC.tla

    def arguments(self, *values: Value | None) -> tuple[Value, ...]:
        return _present(values)


def _present(values: tuple[Value | None, ...]) -> tuple[Value, ...]:
    """Return the values of an optional list; Lark gives one None for an absent one."""
    return tuple(value for value in values if value is not None)


def mixes_booleans_and_integers(values: Sequence[Value]) -> bool:
    """Whether Python might take a boolean and an integer among `values` for the same one."""
    return {bool, int} <= set(map(type, values))


def _of_kinds_apart(values: Sequence[Value]) -> Sequence[Value]:
    """Return `values`; raise IllPrinted where Python would take TRUE and 1 for one element."""
    if mixes_booleans_and_integers(values):
        raise IllPrinted("booleans and integers in one set: TLC prints no such value", 0, 1)
    return values


@lru_cache(maxsize=1)
def _parser() -> Lark:
    grammar = Path(__file__).with_name("values.lark").read_text(encoding="utf-8")
    return Lark(
        grammar,
        parser="lalr",
        start=["value", "arguments"],
        transformer=_ToValues(),
        postlex=_DepthGuard(),
        maybe_placeholders=True,
    )
