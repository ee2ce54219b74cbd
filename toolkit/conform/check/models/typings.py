"""The types that an invariant of a TLA+ module gives its variables, as written there."""

from __future__ import annotations

import re
from collections.abc import Iterator

from conform.check.context import Context
from conform.text import Span

_HEAD = re.compile(r"^[ \t]*(?P<name>\w+)[ \t]*(?:\([^)\n]*\))?[ \t]*==", re.M)


def typings(context: Context, path: str, variable: str) -> Iterator[tuple[str, Span]]:
    """Yield the text of each type of a variable, `x \\in S` up to the next conjunct, and its place.

    `path` is that of the module; nothing is yielded where its text is not known.
    """
    source = context.sources.get(path)
    pattern = re.compile(
        rf"\b{re.escape(variable)}\s+\\in\s(?P<type>.*?)(?=/\\|\\/|\n\s*\n|\Z)", re.S
    )
    for match in pattern.finditer(source.text) if source else ():
        assert source is not None
        if not _is_of_types(source.text, match.start()):
            continue
        line = source.text.count("\n", 0, match.start()) + 1
        column = match.start() - (source.text.rfind("\n", 0, match.start()) + 1) + 1
        end = column + len(variable) - 1
        yield match["type"], Span(source.path, line, column, line, end)


def _is_of_types(text: str, place: int) -> bool:
    """Whether the definition around a place is named as invariants of types are; guards are not."""
    heads = [match["name"] for match in _HEAD.finditer(text, 0, place)]
    return bool(heads) and "type" in heads[-1].lower()
