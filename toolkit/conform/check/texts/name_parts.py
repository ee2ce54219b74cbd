"""The words that a name is put together from: `writerState` from writer and state."""

from __future__ import annotations

import re

_PART = re.compile(r"[A-Z]?[a-z]+|[A-Z]+(?![a-z])")


def parts_of(name: str) -> list[str]:
    """Return the words of a name in small letters, in order; none for one without such letters."""
    return [part.lower() for part in _PART.findall(name)]


def owner_of(name: str) -> str:
    """Return the first word of a name, which tells whose it is; empty for none."""
    return next(iter(parts_of(name)), "")
