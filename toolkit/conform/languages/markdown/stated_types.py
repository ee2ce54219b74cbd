"""The type that words about a variable give it: `x` ∈ {A, B}, or *Type: `0..Max`*."""

from __future__ import annotations

import re

from conform.languages.markdown.manuscript import Fragment

_SET_BEHIND = re.compile(
    r"[`*\s]*(?:\N{ELEMENT OF}|\\in\b)\s*"
    r"(?P<type>`[^`]+`|\{[^{}`]*\}|\S+\.\.\S*?(?=[.,;]?(?:\s|$)))"
)
_NAMED = re.compile(r"\btype\s*[:=]?\s*`(?P<type>[^`]+)`", re.I)


def stated_type(content: Fragment, end: int) -> Fragment | None:
    """Return the type that stands behind a name, which ends at `end`, or behind its word."""
    match = _SET_BEHIND.match(content.text, end) or _NAMED.search(content.text, end)
    return content.part(*match.span("type")) if match else None
