"""What stands before a definition or a range: a name and its sign, a parameter and its set."""

from __future__ import annotations

import re
from collections.abc import Callable

from conform.languages.markdown.formal.parsing import parse_guard
from conform.languages.markdown.formal.syntax import Statement
from conform.languages.markdown.manuscript import Fragment

_PARAMETER = re.compile(
    r"\s*(?P<names>[^\W\d]\w*)\s*(?:(?:∈|\\in\b|\bin\b|:)\s*(?P<set>.+))?", re.S
)
_HEAD = re.compile(r"\s*(?P<name>[^\W\d]\w*)\s*(?:\([^()]*\))?\s*(?P<sign>≜|==|:=|=(?!>))", re.S)


def parameter_of(text: str) -> tuple[str, str]:
    """Return the name and the set of a parameter as written in a heading."""
    match = _PARAMETER.fullmatch(text)
    return (match["names"], (match["set"] or "").strip()) if match else (text, "")


def headless(name: str) -> Callable[[Fragment], tuple[Statement, ...]]:
    """Return the parsing of a definition that may begin with the name that it defines."""

    def parse(text: Fragment) -> tuple[Statement, ...]:
        head = _HEAD.match(text.text)
        if head is None or head["name"] != name:
            return parse_guard(text)
        if "\n" not in text.text:
            return parse_guard(text.part(head.end("sign")).strip())
        end = head.end("sign")  # what follows keeps its columns
        return parse_guard(text.edited([(0, end, " " * end)]))

    return parse
