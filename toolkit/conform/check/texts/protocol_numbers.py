"""The number that a document gives its protocol: in its title, or in the name of its file."""

from __future__ import annotations

import re
from pathlib import PurePosixPath

from conform.domain.prose import Prose

_TITLE = re.compile(r"\s*Protocol\s+(?P<number>\d{1,2})\b", re.IGNORECASE)
_FILE = re.compile(r"(?P<number>\d{1,2})[-_.]\D")


def number_of_protocol(page: Prose) -> int | None:
    """Return the number of the protocol that a page is about; None where it gives none.

    Where the title and the name of the file differ, there is none to be held against others.
    """
    headings = page.headings()
    title = _TITLE.match(headings[0].text) if headings else None
    named = _FILE.match(PurePosixPath(page.path).name)
    found = {int(match["number"]) for match in (title, named) if match}
    return found.pop() if len(found) == 1 else None
