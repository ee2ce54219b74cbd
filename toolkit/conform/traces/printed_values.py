"""Values as TLC prints them, read by the grammar in `values.lark` (traces.value_grammar).

Everything TLC prints is told apart except a few lazy values that it prints as expressions
(`SUBSET S` and `[S -> T]` under `-terse`, or when they are too large): those are refused.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

from conform.domain.values import Value

MAX_DIGITS = 4000
"""Digits of an integer; Python itself refuses to convert more than 4300."""

MAX_INTERVAL_ELEMENTS = 1_000_000
"""Elements that all intervals `a..b` of one source may have together: TLC's default maxSetSize."""

_INTERVAL = re.compile(r"(-?[0-9]+)\s*\.\.\s*(-?[0-9]+)")
_NUMBER = re.compile(rf"[0-9]{{{MAX_DIGITS + 1},}}")


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
    # Imported here: who writes traces, or reads none that are printed, needs no parser for them.
    from conform.traces import value_grammar  # noqa: PLC0415

    return value_grammar.parsed(text, start)


def mixes_booleans_and_integers(values: Sequence[Value]) -> bool:
    """Whether Python might take a boolean and an integer among `values` for the same one."""
    return {bool, int} <= set(map(type, values))
