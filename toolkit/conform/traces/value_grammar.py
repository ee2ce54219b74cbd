"""The grammar of printed values, and what it builds from a text."""

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
from conform.traces.printed_values import IllPrinted, mixes_booleans_and_integers

_OPENING = frozenset({"LBRACE", "LPAR", "LSQB", "TUPLE_OPEN"})
_CLOSING = frozenset({"RBRACE", "RPAR", "RSQB", "TUPLE_CLOSE"})
_ESCAPED = re.compile(r"\\(.)", re.DOTALL)
_UNESCAPED = {"n": "\n", "t": "\t", "f": "\f", "r": "\r"}


def parsed(text: str, start: str) -> Any:
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
