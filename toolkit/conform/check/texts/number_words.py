"""Small numbers as text writes them, in digits or in words."""

from __future__ import annotations

import re

_WORDS = (
    *("zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten"),
    *("eleven", "twelve", "thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen"),
    *("nineteen", "twenty"),
)

_OF_MORE = r"(?!\s+(?:dozen|hundred|thousand|million|billion)s?\b)"

NUMBER = rf"(?P<number>\d{{1,3}}|{'|'.join(_WORDS[1:])}|both)\b{_OF_MORE}"
"""Matches one as a group called `number`; letters of either case, to be compiled so."""

_DIGITS = re.compile(r"\d+")


def value_of(written: str) -> int:
    """Return the number that NUMBER matched; `both` are two."""
    word = written.lower()
    if _DIGITS.fullmatch(word):
        return int(word)
    return 2 if word == "both" else _WORDS.index(word)
