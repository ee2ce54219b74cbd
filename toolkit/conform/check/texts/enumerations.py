"""Sets of names that a text spells out, as `{IDLE, DONE}` or `{"IDLE", "DONE"}`."""

from __future__ import annotations

import re
from collections.abc import Iterator

from msgspec import Struct

_SET = re.compile(r"\{\s*([^{}]*?)\s*\}")
_MEMBER = re.compile(r"\"(\w+)\"|'(\w+)'|([A-Z][A-Z0-9_]*[A-Z0-9])")


class Enumeration(Struct, frozen=True):
    """The members of a set as written, without quotes, in order; where it stands in its text."""

    members: tuple[str, ...]
    start: int
    end: int


def enumerations(text: str) -> Iterator[Enumeration]:
    """Yield the sets of a text that have two members or more, all of them names in capitals or
    in quotes; a name of mixed case without quotes may be a variable or a constant."""
    for match in _SET.finditer(text):
        parts = [part.strip(" `\n") for part in re.split(r"[,|]", match[1])]
        found = [_MEMBER.fullmatch(part) for part in parts]
        if len(parts) > 1 and all(found):
            members = tuple(next(filter(None, member.groups())) for member in found if member)
            yield Enumeration(members, *match.span())
