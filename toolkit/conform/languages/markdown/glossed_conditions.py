"""Conditions of a guard with words that only announce them: *the box is free: `box = 0`*."""

from __future__ import annotations

import re
from collections.abc import Iterator

from conform.languages.markdown.inline import CODE, code_ranges, marked, masked
from conform.languages.markdown.manuscript import Fragment

_FIRST = re.compile(rf"(?:(?P<code>{CODE}+)\s*(?:,\s*(?:and\b)?|and\b)\s*)?", re.I)
"""A condition before the words; code that goes on with a word, *`c` is idle*, is none."""

_WORDS = re.compile(rf"(?:[^\W\d_{CODE}]\S*\s+){{3}}\S")
_LAST = re.compile(rf"(?::\s*|\s(?P<open>\())(?P<code>{CODE}+)(?(open)\))\W*$")
"""Code that words announce: behind a colon, or in parentheses."""

_CLEARLY_NONE = re.compile(
    r"[#~\N{NOT EQUAL TO}\N{NOT SIGN}\N{NOT AN ELEMENT OF}\N{THERE DOES NOT EXIST}]"
    r"|\bNONE\b|/=|!=|= ?(?:0|FALSE|\{\})"
)
_NONE = re.compile(r"\b(?:no|none|nobody|nothing|never|neither|without)\b", re.I)
_CONDITIONAL = re.compile(
    r"\b(?:if|when|unless|either|or|otherwise|not|except|only|while|until)\b"
    r"|n['\N{RIGHT SINGLE QUOTATION MARK}]t\b"
    r"|\be\.g\.|\bsuch as\b|\bfor (?:example|instance)\b",
    re.I,
)
_TERM = re.compile(r"`[\w\s.+()\[\]\N{EN DASH}\N{MINUS SIGN}-]+`")
"""Code that names something and says nothing of it: `a..b`, `x[w]`."""


def conditions_in(piece: Fragment) -> Iterator[Fragment]:
    """Yield a condition, or what words between two pieces of code or before one only announce."""
    text = marked(piece)
    hidden = masked(text.text)
    first, last = _FIRST.match(hidden), _LAST.search(hidden)
    assert first is not None  # it matches nothing as well
    if last is None or not _announces(text, hidden, first.end(), last):
        yield piece
        return
    if first["code"]:
        yield text.part(*first.span("code"))
    yield text.part(*last.span("code"))


def _announces(text: Fragment, hidden: str, start: int, last: re.Match[str]) -> bool:
    """Say whether words announce a formula, and the code among them says nothing by itself.

    Words of a formula in parentheses that deny something stand for one that does so as well.
    """
    words = hidden[start : last.start()]
    if not _WORDS.match(words) or _CONDITIONAL.search(words):
        return False
    formula = text.text[slice(*last.span("code"))]
    is_denied = _NONE.search(words) and not _CLEARLY_NONE.search(formula)
    if last["open"] and (_TERM.fullmatch(formula) or is_denied):
        return False
    inside = (each for each in code_ranges(text.text) if start <= each[0] < last.start())
    return all(_TERM.fullmatch(text.text, begin, end) for begin, end, _ in inside)
