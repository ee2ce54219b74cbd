"""What ends an effect without adding to it: *everything else is unchanged; the lock stays held*."""

from __future__ import annotations

import re

from conform.languages.markdown.inline import CODE, masked
from conform.languages.markdown.manuscript import Fragment

_STAYS = (
    r"(?:(?:is|are|remains?|stays?|(?:is|are)\s+left)\s+)?"
    r"(?:unchanged|untouched|the\s+same|as\s+(?:it\s+is|they\s+are|before))"
)
_REST = re.compile(
    r"(?:^|(?:[.;,]|\s[\N{EM DASH}\N{EN DASH}-]+)\s+(?:and\s+)?)\(?"
    rf"(?:(?:everything|all)\s+else\s+{_STAYS}|(?:all\s+)?(?:the\s+)?others?\s+"
    rf"(?:variables?|state|fields?)\s+{_STAYS}|nothing\s+else\s+(?:changes|is\s+changed)"
    r"|no\s+other\s+(?:variable|state)\s+(?:changes|is\s+changed))\)?"
    r"(?:[;,:]\s+in\s+particular\b[^.]*"
    rf"|[;,:.]\s+(?:the|its?|a|any|all)\s[^.;{CODE}]*?"
    rf"\b(?:remains?|stays?|keeps?|(?:is|are)\s+kept)\b[^.;{CODE}]*)?"
    r"\.?\s*$",
    re.I,
)


def without_rest(part: Fragment) -> Fragment:
    """Return a part of an effect without the words that all else stays as it is."""
    found = _REST.search(masked(part.text))
    return part.part(0, found.start()) if found else part
