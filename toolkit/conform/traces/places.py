"""Offsets in a source as spans, and the located error for what stands there."""

from __future__ import annotations

from conform.errors import InputError
from conform.text import TAB_WIDTH, Source, Span

MAX_DEPTH = 100
"""Levels of nesting that a value in a trace may have; values of real models stay below ten, and
everything that walks a value recursively stays far from Python's recursion limit."""


def span_at(source: Source, start: int, end: int) -> Span:
    """Return the span of the characters `start` (0-based) up to, not including, `end`."""
    last = max(start, end - 1)
    line, column = _line_and_column(source.text, start)
    end_line, end_column = _line_and_column(source.text, last)
    return Span(source.path, line, column, end_line, end_column)


def error_at(
    source: Source, start: int, end: int, message: str, *, expected: str = "", hint: str = ""
) -> InputError:
    """Return the InputError for what stands at these offsets, with its excerpt."""
    span = span_at(source, start, end)
    return InputError(
        message, span=span, excerpt=source.excerpt(span), expected=expected, hint=hint
    )


def _line_and_column(text: str, offset: int) -> tuple[int, int]:
    before = text[:offset]
    line = before[before.rfind("\n") + 1 :]
    return before.count("\n") + 1, len(line.expandtabs(TAB_WIDTH)) + 1
