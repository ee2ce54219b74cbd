"""References to sections in sentences and comments: `Section 4.2`, `Sections 3 and 5`, `(§ 7)`."""

from __future__ import annotations

import re
from collections.abc import Iterator

_NUMBER = r"\d{1,3}(?:\.\d{1,3})*[a-z]?(?![\w])"
_JOINT = r"\s*(?:,\s*(?:and|or)\s+|,|/|&|\band\b|\bor\b|\bto\b|\bthrough\b|[\N{EN DASH}-])\s*"
NUMBERS = rf"(?P<numbers>{_NUMBER}(?:{_JOINT}{_NUMBER})*)"
"""A number of a section or an action, or a list or range of them."""

SECTIONS = re.compile(rf"(?:\b[Ss]ections?\s+|\N{{SECTION SIGN}}{{1,2}}\s*){NUMBERS}")
"""A reference to sections."""

_RANGE = re.compile(
    rf"(?P<first>{_NUMBER})\s*(?:\bto\b|\bthrough\b|[\N{{EN DASH}}-])\s*(?P<last>{_NUMBER})"
)
_ELSEWHERE_AFTER = re.compile(
    r"\s*(?:\([^)]*\)\s*)?(?:of|in|from)\s+(?!this\b|it\b|all\b|each\b|which\b)"
)
_ELSEWHERE_BEFORE = re.compile(
    r"(?:\b(?:paper|book|rfc|thesis|report|layer\s+\d|protocol\s+\d|spec|specification|document"
    r"|appendix|chapter|standard|license|licence|readme)\b(?:'s)?|\.md|\])[\s,:(`]*$",
    re.IGNORECASE,
)


def each_number(match: re.Match[str], group: str = "numbers") -> Iterator[tuple[int, str]]:
    """Yield the place in the text, and the text, of each number that a reference gives."""
    for number in re.finditer(_NUMBER, match[group]):
        yield match.start(group) + number.start(), number[0]


def named_sections(match: re.Match[str]) -> tuple[str, ...]:
    """Return the numbers that a reference gives, those inside a range such as 4.1-4.4 with them."""
    found = [number for _start, number in each_number(match)]
    for pair in _RANGE.finditer(match["numbers"]):
        before, _, first = pair["first"].rpartition(".")
        _same, _, last = pair["last"].rpartition(".")
        if _same == before and first.isdigit() and last.isdigit():
            prefix = f"{before}." if before else ""
            found += [f"{prefix}{each}" for each in range(int(first) + 1, int(last))]
    return tuple(found)


def follows_another_document(before: str) -> bool:
    """Say whether the text before a reference ends with the name of another document."""
    return _ELSEWHERE_BEFORE.search(before) is not None


def is_elsewhere(match: re.Match[str]) -> bool:
    """Say whether a reference is said to be one to another document: `Section 3 of the paper`."""
    after = match.string[match.end() :]
    return follows_another_document(match.string[: match.start()]) or (
        _ELSEWHERE_AFTER.match(after) is not None
    )
