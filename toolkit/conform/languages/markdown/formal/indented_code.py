"""Assignments below `if …:`, `else:` or `for …:` in code, as one group in parentheses."""

from __future__ import annotations

import re
from collections.abc import Sequence

from conform.languages.markdown.formal.worded_formulas import PLACE
from conform.languages.markdown.manuscript import Fragment

_OPENS = re.compile(r"\s*(?:if|else|for)\b.*:\s*$", re.I | re.S)
_FOR = re.compile(r"\s*(?P<for>for)\s+[^\W\d]\w*\s+in\b", re.I)
_ASSIGNS = re.compile(
    rf"\s*{PLACE}\s*"
    r"(?::=|[+-]=|\N{LEFTWARDS ARROW}|(?P<equals>=)(?!=))\s*\S.*",
    re.S,
)


def grouped(lines: Sequence[Fragment]) -> list[Fragment]:
    """Return the lines of one statement with what stands below its first line as a group.

    Lines in which anything but assignments stands come back as they are.
    """
    first, *below = lines
    if not below or not _OPENS.fullmatch(first.text):
        return list(lines)
    if bound := _FOR.match(first.text):
        first = first.edited([(bound.end("for"), bound.end("for"), " each")])
    bodies = _assignments(below)
    if bodies is None:
        return list(lines)
    last = len(bodies) - 1
    marks = [
        ("(" if place == 0 else "", ")" if place == last else ";") for place in range(last + 1)
    ]
    inside = [
        body.edited([(0, 0, opening), (len(body.text), len(body.text), closing)])
        for body, (opening, closing) in zip(bodies, marks, strict=True)
    ]
    return [first, *inside]


def _assignments(lines: Sequence[Fragment]) -> list[Fragment] | None:
    """Return assignments that stand below one another; None where a line is something else."""
    outer = lines[0].indentation
    found: list[Fragment] = []
    for line in lines:
        match = _ASSIGNS.fullmatch(line.text)
        if match is None or line.indentation != outer:
            return None
        is_equation = match["equals"] is not None
        found.append(line.edited([(*match.span("equals"), ":=")]) if is_equation else line)
    return found
