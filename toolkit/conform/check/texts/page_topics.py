"""Which pages beside the document are about its protocol and no other."""

from __future__ import annotations

import os
import re
from pathlib import PurePosixPath

from conform.check.context import Context
from conform.check.texts.numbering import numbers_of
from conform.domain.prose import Prose

_NUMBERED_NAME = re.compile(r"(?<![\w-])\d{1,2}-[\w-]+\.md(?!\w)")
_PATTERN = "0"
"""The number of the document that says what the protocols share."""
_PROTOCOL = re.compile(r"\bprotocol(?:\s+\d+)?\b", re.IGNORECASE)


def is_about_it_alone(context: Context, page: Prose) -> bool:
    """Say whether a page beside the document links to it, and names no other protocol's document.

    Another protocol's is one with numbered actions in its headings, or a numbered one that is not
    the document of the pattern, linked to or written out.
    """
    own = context.document.path
    if page.path == own:
        return False
    files = set(_linked_files(page))
    written = {found for each in page.passages for found in _NUMBERED_NAME.findall(each.text)}
    names = {file.rpartition("/")[2] for file in files} | written
    numbers = {
        name.split("-")[0] for name in names - {own.rpartition("/")[2]} if _is_numbered(name)
    }
    others = {each.path for each in context.pages if _has_actions(each)} - {own, page.path}
    return own in files and not numbers - {_PATTERN} and not others & files


def has_title_of(context: Context, page: Prose) -> bool:
    """Say whether a page is the document, or has its title, but for numbers and `protocol`."""
    return page.path == context.document.path or _title(page) == _title(context.page())


def _title(page: Prose) -> str:
    headings = page.headings()
    text = _PROTOCOL.sub("", headings[0].text) if headings else page.path
    return text.strip(" :.\N{EM DASH}-").casefold()


def _is_numbered(name: str) -> bool:
    return _NUMBERED_NAME.fullmatch(name) is not None


def _linked_files(page: Prose) -> list[str]:
    folder = PurePosixPath(page.path).parent
    links = (link.target.partition("#")[0] for each in page.running() for link in each.links)
    return [os.path.normpath(str(folder / target)) for target in links if target]


def _has_actions(page: Prose) -> bool:
    return any(number.series == "Action" for number in numbers_of(page))
