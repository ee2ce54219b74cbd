"""What a FizzBee model calls the constants of a protocol: MAX_BATCH, NUM_WRITERS, COMPACT_END.

A constant may be called as it is elsewhere, in capitals; with a word more (NUM_WRITERS stands for
Writers); or with words left out (COMPACT_END stands for CompactRangeEnd), first and last kept.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from conform.check.texts.belonging import folded

_WORDS = re.compile(r"\d+|[A-Z]+(?![a-z])|[A-Z]?[a-z]+")

SHORTEST = 3
"""A name with fewer characters is part of many others, and stands for none of them."""


def counterparts(constants: Iterable[str], shouted: Iterable[str]) -> dict[str, str]:
    """Return the name that a model has for each constant, of those that it has one for.

    No name of the model stands for two constants by words left out.
    """
    names = list(dict.fromkeys(shouted))
    found: dict[str, str] = {}
    left: list[str] = []
    for constant in dict.fromkeys(constants):
        whole = [name for name in names if folded(name) == folded(constant)]
        close = whole or [name for name in names if _is_part(name, constant)]
        if close:
            found[constant] = close[0]
        else:
            left.append(constant)
    free = [name for name in names if name not in found.values()]
    found.update(_shortened(left, free))
    return found


def _is_part(name: str, constant: str) -> bool:
    one, other = folded(name), folded(constant)
    return len(one) > SHORTEST and (one in other or other in one)


def _shortened(constants: Iterable[str], names: Iterable[str]) -> Iterator[tuple[str, str]]:
    """Yield each constant with the one name that is it with the fewest words left out."""
    words = {constant: _words(constant) for constant in constants}
    taken: dict[str, list[str]] = {}
    for name in names:
        own = _words(name)
        lengths = {each: len(words[each]) for each in words if _is_shorter(own, words[each])}
        nearest = [each for each in lengths if lengths[each] == min(lengths.values())]
        if len(nearest) == 1:
            taken.setdefault(nearest[0], []).append(name)
    yield from ((each, several[0]) for each, several in taken.items() if len(several) == 1)


def _is_shorter(short: list[str], long: list[str]) -> bool:
    """Whether words are some of others in order, the first and the last among them."""
    if len(short) < 2 or len(short) >= len(long) or short[0] != long[0] or short[-1] != long[-1]:
        return False
    rest = iter(long)
    return all(word in rest for word in short)


def _words(name: str) -> list[str]:
    return [word.lower() for word in _WORDS.findall(name)]
