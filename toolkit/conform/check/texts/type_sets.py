"""The values of a type, as documents and invariants of types write it.

Read are `a..b` and sets of numbers with sums and differences of constants, BOOLEAN, sets of names,
unions (`∪`, `\\union`, `\\cup`), functions `[S -> T]` and records `[f : S, g : T]`. Anything else
has no value here, and what is too large is not listed.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from itertools import product
from math import prod

from msgspec import Struct

from conform.domain.values import ModelValue, SetValue, Value, function, record

MAX_VALUES = 5_000
"""A type with more is not listed: nothing is then said about what follows from it."""

_TOKEN = re.compile(
    r"\s*(?:(?P<number>\d{1,9})|(?P<name>[A-Za-z]\w*)|(?P<text>\"[^\"]*\")"
    r"|(?P<sign>\.\.|->|→|\\(?:union|cup|setminus|to)\b|∪|[\[\]{}(),:+\-]))"
)
_ARROWS = ("->", "→", "\\to")
_UNIONS = ("∪", "\\union", "\\cup")


class NotListedError(Exception):
    """The type is not one of those that are read, or has too many values."""


class Names(Struct, frozen=True):
    """What names in a type stand for: constants, and how the model writes other names."""

    constants: Mapping[str, Value]
    model_values: frozenset[str]

    def literal(self, name: str) -> Value:
        """Return the value that a name in a set of names is: a model value, or a string."""
        if name in self.constants:
            return self.constants[name]
        return ModelValue(name) if name in self.model_values else name


def values_of_type(text: str, names: Names) -> tuple[Value, ...] | None:
    """Return all values of the type that `text` writes, None where they cannot be listed."""
    tokens = _tokens(text.replace("`", ""))
    if tokens is None:
        return None
    reading = _Reading(tokens, names)
    try:
        values = reading.set_of()
    except NotListedError:
        return None
    return values if reading.is_done() else None


def _tokens(text: str) -> list[str] | None:
    tokens: list[str] = []
    position = 0
    text = text.strip()
    while position < len(text):
        match = _TOKEN.match(text, position)
        if match is None:
            return None
        tokens.append(match[0].strip())
        position = match.end()
    return tokens


class _Reading:
    """One pass over the tokens of a type; each method takes what it reads."""

    def __init__(self, tokens: list[str], names: Names) -> None:
        self._tokens = tokens
        self._names = names
        self._position = 0

    def is_done(self) -> bool:
        return self._position == len(self._tokens)

    def set_of(self) -> tuple[Value, ...]:
        values = self._one_set()
        while self._peek() in _UNIONS:
            self._take()
            values = tuple(dict.fromkeys((*values, *self._one_set())))
        return _bounded(values)

    def _one_set(self) -> tuple[Value, ...]:
        token = self._peek()
        if token == "{":
            return self._listed()
        if token == "[":
            return self._brackets()
        if token == "BOOLEAN":
            self._take()
            return (False, True)
        if token == "(":
            self._take()
            if ".." not in self._tokens[self._position : self._closing()]:
                self._position -= 1
                return self._range()
            values = self.set_of()
            self._expect(")")
            return values
        constant = self._names.constants.get(token)
        if isinstance(constant, SetValue):
            self._take()
            return constant.ordered
        return self._range()

    def _closing(self) -> int:
        depth = 0
        for index in range(self._position, len(self._tokens)):
            depth += (self._tokens[index] == "(") - (self._tokens[index] == ")")
            if depth < 0:
                return index
        raise NotListedError

    def _listed(self) -> tuple[Value, ...]:
        self._expect("{")
        values = [self._element()]
        while self._peek() == ",":
            self._take()
            values.append(self._element())
        self._expect("}")
        return tuple(values)

    def _element(self) -> Value:
        token = self._peek()
        if token.startswith('"'):
            self._take()
            return token.strip('"')
        if token[:1].isalpha() and type(self._names.constants.get(token)) is not int:
            self._take()
            return self._names.literal(token)
        return self._number()

    def _range(self) -> tuple[Value, ...]:
        low = self._number()
        self._expect("..")
        high = self._number()
        if high - low >= MAX_VALUES:
            raise NotListedError
        return tuple(range(low, high + 1))

    def _number(self) -> int:
        value = self._term()
        while self._peek() in ("+", "-"):
            sign = 1 if self._take() == "+" else -1
            value += sign * self._term()
        return value

    def _term(self) -> int:
        token = self._take()
        if token == "(":
            value = self._number()
            self._expect(")")
            return value
        if token == "-":
            return -self._term()
        if token.isdigit():
            return int(token)
        constant = self._names.constants.get(token)
        if type(constant) is int:
            return constant
        raise NotListedError

    def _brackets(self) -> tuple[Value, ...]:
        self._expect("[")
        if self._tokens[self._position + 1 : self._position + 2] == [":"]:
            return self._records()
        arguments = self.set_of()
        if self._take() not in _ARROWS:
            raise NotListedError
        results = self.set_of()
        self._expect("]")
        if len(results) ** len(arguments) > MAX_VALUES:
            raise NotListedError
        return tuple(
            function(dict(zip(arguments, chosen, strict=True)))
            for chosen in product(results, repeat=len(arguments))
        )

    def _records(self) -> tuple[Value, ...]:
        fields: dict[str, tuple[Value, ...]] = {}
        while True:
            name = self._take()
            self._expect(":")
            fields[name] = self.set_of()
            if self._take_one_of(",", "]") == "]":
                break
        if prod(map(len, fields.values())) > MAX_VALUES:
            raise NotListedError
        return tuple(
            record(dict(zip(fields, chosen, strict=True))) for chosen in product(*fields.values())
        )

    def _take_one_of(self, *wanted: str) -> str:
        token = self._take()
        if token not in wanted:
            raise NotListedError
        return token

    def _peek(self) -> str:
        return self._tokens[self._position] if self._position < len(self._tokens) else ""

    def _take(self) -> str:
        token = self._peek()
        if not token:
            raise NotListedError
        self._position += 1
        return token

    def _expect(self, wanted: str) -> None:
        self._take_one_of(wanted)


def _bounded(values: tuple[Value, ...]) -> tuple[Value, ...]:
    if len(values) > MAX_VALUES:
        raise NotListedError
    return values


def parts_of_type(text: str) -> tuple[str, ...]:
    """Return the two sides of a function's arrow, or the types of a record's fields by name.

    Anything else is one part, itself.
    """
    inner = text.replace("`", "").strip()
    if not (inner.startswith("[") and inner.endswith("]")) or 0 in _depths(inner)[1:-1]:
        return _at_arrow(inner) or (inner,)
    inner = inner[1:-1]
    if arrows := _at_arrow(inner):
        return arrows
    fields = [part.partition(":") for part in _split(inner, [","])]
    if not all(colon for _name, colon, _type in fields):
        return (text.strip(),)
    return tuple(part.strip() for _name, _colon, part in sorted(fields))


def _at_arrow(text: str) -> tuple[str, ...]:
    parts = _split(text, _ARROWS)
    return tuple(part.strip() for part in parts) if len(parts) == 2 else ()


def _split(text: str, marks: Sequence[str]) -> list[str]:
    """Return a text in parts, cut at the marks that stand outside of brackets."""
    depths = _depths(text)
    parts, start, position = [], 0, 0
    while position < len(text):
        mark = next((m for m in marks if text.startswith(m, position)), None)
        if mark is None or depths[position]:
            position += 1
            continue
        parts.append(text[start:position])
        start = position = position + len(mark)
    return [*parts, text[start:]]


def _depths(text: str) -> list[int]:
    """Return in how many brackets each character stands; a closing one stands outside."""
    depth, depths = 0, []
    for character in text:
        depth -= character in "])}"
        depths.append(depth)
        depth += character in "[({"
    return depths
