"""Types in words, turned into signs: *map of `A` to `B`*, *per writer: `{A, B}`*, `ON | OFF`."""

from __future__ import annotations

import re
from collections.abc import Collection

from conform.languages.markdown.formal.worded_formulas import set_of
from conform.languages.markdown.manuscript import Fragment

_NOUN = re.compile(r"(?<![\w.\"`'])(?P<noun>[A-Z][a-z]+)(?=\s*(?:\N{RIGHTWARDS ARROW}|->))")
"""What one index of a function is: *Worker -> Boolean*, of the workers."""

_TO = r"(?:\bto\b|\N{RIGHTWARDS ARROW}|->|\N{LONG RIGHTWARDS ARROW})"
_FUNCTION = re.compile(
    r"(?:a\s+)?(?:total\s+)?(?:functions?|map(?:ping)?s?|dict(?:ionary)?|array)\b"
    rf"\s*(?:from|of|:)?\s+(?P<domain>\S.*?)\s+{_TO}\s+(?P<values>\S.*)",
    re.I | re.S,
)
_GENERIC = re.compile(
    r"(?:map|dict|function)\s*(?:<|\[)\s*(?P<domain>[^,<>]+?)\s*"
    rf"(?:,|{_TO})\s*(?P<values>.+)(?:>|\])",
    re.I | re.S,
)
_EACH = r"(?:per|(?:for\s+)?(?:each|every))"
_PER_FIRST = re.compile(
    rf"{_EACH}[\s-]+(?P<noun>[a-z]+)\s*[:,\N{{EM DASH}}\N{{EN DASH}}-]?\s+(?P<values>\S.*)",
    re.I | re.S,
)
_PER_LAST = re.compile(rf"(?<![\s,(])[\s,(]++{_EACH}\s++(?P<noun>[a-z]+)\)?$", re.I)
_WORD = r"(?:\"\w+\"|[A-Z][A-Z0-9_]*\b)"
_FIELDS = re.compile(
    r"(?:\b(?:an?\s+)?(?:pairs?|records?|tuples?|structs?)\s+(?:of\s+)?)?(?P<open>[{(])"
    r"\s*(?P<names>[^\W\d]\w*(?:\s*,\s*[^\W\d]\w*)+)\s*[})]\]?(?P<sets>\s*[,;:]?\s+\S.*)",
    re.S,
)
_ONE_SET = r"(?:\{[^{}]*\}|[^\s,;{}]+)"
_SET = rf"{_ONE_SET}(?:\s*(?:∪|∩|\\cup\b|\\union\b|\\cap\b)\s*{_ONE_SET})*"
"""The fields of a record by their names, and behind them what each is in."""

_BAR = re.compile(r"\|")
_CHOICE = re.compile(rf"{_WORD}(?:\s*\|\s*{_WORD})+")


def type_in_signs(text: Fragment, sets: Collection[str]) -> Fragment:
    """Return a type in the notation; one that is in none of these words comes back as it is.

    `sets` are the names of the constants that are sets: what *per writer* means, if it is there.
    """
    text = _with_fields(text.strip())
    for pattern in (_FUNCTION, _GENERIC):
        if match := pattern.fullmatch(text.text):
            values = text.part(*match.span("values"))
            return _function(match["domain"], values)
    if match := _PER_FIRST.fullmatch(text.text):
        values = text.part(*match.span("values"))
    elif match := _PER_LAST.search(text.text):
        values = text.part(0, match.start())
    if match is not None and set_of(match["noun"].lower()) in sets:
        return _function(set_of(match["noun"].lower()), values)
    return _with_sets(text)


def over_sets(text: Fragment, sets: Collection[str]) -> Fragment:
    """Return `Worker -> Boolean` with the set that each index is an element of."""
    nouns = (each for each in _NOUN.finditer(text.text) if each["noun"] not in sets)
    named = ((each, set_of(each["noun"].lower())) for each in nouns)
    return text.edited([(*each.span("noun"), name) for each, name in named if name in sets])


def _function(domain: str, values: Fragment) -> Fragment:
    values = _with_sets(values)
    end = len(values.text)
    return values.edited([(0, 0, f"[{domain} -> "), (end, end, "]")])


def _with_fields(text: Fragment) -> Fragment:
    """Return `{kind, size}`, `kind ∈ {A, B}`, `size ∈ 0..9` as one record with its sets."""
    edit = fields_with_sets(text.text)
    return text.edited([edit]) if edit else text


def fields_with_sets(text: str) -> tuple[int, int, str] | None:
    """Return which part of a type is the record to put in its place, if it has such fields."""
    match = _FIELDS.search(text)
    if match is None:
        return None
    sets: list[str] = []
    for name in re.findall(r"\w+", match["names"]):
        pattern = rf"\b{name}\s*(?:∈|\\in\b|\bin\b|:)\s*(?P<set>{_SET})"
        found = re.search(pattern, match["sets"])
        if found is None:
            return None
        sets.append(f"{name}: {found['set']}")
    closing = "]" if text[match.start("sets") - 1] == "]" else ""
    if match["open"] == "(" and text[: match.start()].rstrip()[-1:].isalnum():
        return None  # what stands behind a name is its arguments
    start, end = match.span()
    return start, end, f"[{', '.join(sets)}]{closing}"


def _with_sets(text: Fragment) -> Fragment:
    """Return a text with `{A, B}` for each `A | B`."""
    edits: list[tuple[int, int, str]] = []
    for match in _CHOICE.finditer(text.text):
        start, end = match.span()
        is_braced = text.text[:start].rstrip()[-1:] == "{" and text.text[end:].lstrip()[:1] == "}"
        edits.append((start, start, "" if is_braced else "{"))
        bars = _BAR.finditer(text.text, start, end)
        edits += ((*bar.span(), ",") for bar in bars)
        edits.append((end, end, "" if is_braced else "}"))
    return text.edited(edits)
