"""Cases that the items of an effect begin with: *Success: `x := 1`*, *Retry (if `n < Max`): …*."""

from __future__ import annotations

import re

from msgspec import Struct

from conform.languages.markdown.blocks import Table
from conform.languages.markdown.inline import CODE, marked, masked, reading
from conform.languages.markdown.manuscript import Fragment

_CASE = re.compile(r"\((?P<aside>[^()]*)\)|\b(?:on|upon|in case of|for) (?P<word>[a-z]+)", re.I)
_CHOICE = re.compile(
    r"(?:a )?(?:non-?\s?determinis(?:tic|m)(?: choice)?|non-?deterministically|either|either/or"
    r"|one of(?: the following)?|exactly one of(?: the following)?|choose one)",
    re.I,
)
"""What a label says of an effect whose items are its cases, and what is no case itself."""

_IN_CODE = re.compile(
    r"(?P<mark>\*{0,3})\(?"
    r"(?P<case>`[^\W\d]\w*(?:\([^()`]*\))?`|(?:(?:on|upon|in case of)\s+)?(?:success|failure))\)?"
    r"(?:(?P=mark)\s*[:\N{EM DASH}\N{EN DASH}]|:?(?P=mark)(?<=[:)]))(?:(?P=mark))?\s*(?=`)",
    re.I,
)
"""The case that an item begins with where code follows: ``(`SendOk`) `x := 1` ``."""

_IN_BOLD = re.compile(
    r"(?P<mark>\*{2,3}|__)`?(?P<case>[A-Z]\w*?[a-z]\w*?[A-Z]\w*)(?:\([^()`]*\))?`?\s*"
    r"(?:[:.](?P=mark)|(?P=mark)\s*[:\N{EM DASH}\N{EN DASH}])\s*(?=`|$)"
)
"""The name of an outcome in bold, with its parameters: `**SendOk(c):** ` and code."""

_KNOWN = r"success|failure|retry|error|abort|timeout|time-out"
_REQUIRES = r"(?:requires?|if|when|only if|only when|provided(?: that)?|needs)\s+"
_CONDITION = rf"\s*(?:\(\s*{_REQUIRES}(?P<condition>{CODE}+)\s*\))?"
_ASIDE = rf"\s*(?:\(\s*(?:{_REQUIRES})?(?P<condition>[^()]+?)\s*\))?"
"""What a known case has in parentheses is asked for, in code or in words."""
_OPENED = r"\s*(?::\s*|\s[\N{EM DASH}\N{EN DASH}-]\s+)"
_TITLE = re.compile(
    r"(?P<mark>\*{0,3}|_{0,3})(?:(?:on|upon|in case of|case|branch|outcome|variant)\s*:?\s+)?"
    rf"(?P<case>{_KNOWN}|conflict|rejection)(?:\s+(?:case|path|branch|outcome|variant))?"
    r"(?P<inner>:)?(?P=mark)\s*(?:\([^()]*\)\s*)?(?P<outer>:)?\s*",
    re.I,
)
_CASE_WORD = re.compile(rf"(?:on\s+|upon\s+)?(?:{_KNOWN})", re.I)
_KNOWN_CASE = re.compile(
    rf"(?:on\s+|upon\s+|in case of\s+)?(?P<case>{_KNOWN}){_ASIDE}{_OPENED}(?={CODE}|$)", re.I
)
_ANY_CASE = re.compile(
    rf"(?P<case>[A-Z][a-z-]+(?:\s[a-z-]+){{0,2}}?){_CONDITION}{_OPENED}(?={CODE}|$)"
)
_NO_CASE = re.compile(r"(?:if|else|otherwise|when|let|for|note|choose|then|and|or|set)\b", re.I)

_ANOTHER_CASE = re.compile(r"(?<!\s)\s*(?:[,;]\s*)?\bor\s*$", re.I)
"""What leads from the item of one case to that of the next."""


def cases_of_columns(table: Table) -> tuple[str, ...]:
    """Return the cases that are the headers of a table's columns, its first aside; else none.

    They are words for cases, as Success and Failure, in columns whose rows are a guard and an
    effect.
    """
    first, *others = map(reading, table.header.cells)
    words = tuple(other.strip(" *`:").lower() for other in others)
    if first or len(words) < 2 or not all(_CASE_WORD.fullmatch(word) for word in words):
        return ()
    return words


class ItemCase(Struct, frozen=True):
    """An item with its case, empty for none, the condition of the case, and what is behind it.

    An item with nothing behind its case opens it for the items that it has in itself.
    """

    case: str
    rest: Fragment
    condition: Fragment | None = None

    @property
    def opens(self) -> bool:
        """Whether the case is that of items below."""
        return bool(self.case) and not self.rest.text.strip()


def case_of_label(label: str) -> str:
    """Return the case that a label names, such as success in `Effect (success)`."""
    match = _CASE.search(label)
    case = (match["aside"] or match["word"]).strip("*_: ").lower() if match else ""
    return "" if _CHOICE.fullmatch(case) else case


def case_of_title(text: str) -> str:
    """Return the case that a paragraph announces for what follows it; empty for any other.

    It says nothing else, and is marked or ends in a colon: *Success:*, **Failure** (it is locked).
    """
    match = _TITLE.fullmatch(text)
    is_title = match and (match["mark"] or match["inner"] or match["outer"])
    return match["case"].lower() if match and is_title else ""


def is_choice(label: str) -> bool:
    """Say whether a label announces that its items are cases: `Effect (non-deterministic)`."""
    match = _CASE.search(label)
    return bool(match and match["aside"] and _CHOICE.fullmatch(match["aside"].strip("*_: ")))


def case_of_item(part: Fragment, *, by_choice: bool) -> ItemCase:
    """Return an item with the case that it begins with.

    `by_choice` says that its label announces cases: then any word in front of a colon is one.
    """
    match = _IN_CODE.match(part.text) or _IN_BOLD.match(part.text)
    if match is not None:
        end = _ANOTHER_CASE.search(part.text)
        rest = part.part(match.end(), end.start() if end else None)
        return ItemCase(match["case"].strip("`").partition("(")[0].split()[-1], rest)
    plain = marked(part)
    hidden = masked(plain.text)
    found = _KNOWN_CASE.match(hidden) or (_ANY_CASE.match(hidden) if by_choice else None)
    if found is None or _NO_CASE.match(found["case"]):
        return ItemCase("", part)
    condition = plain.part(*found.span("condition")) if found["condition"] else None
    return ItemCase(found["case"].strip(), plain.part(found.end()), condition)
