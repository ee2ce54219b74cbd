"""Versions of a document that a comment names beside its file: `spec.md (v1.2)`."""

from __future__ import annotations

import re
from collections.abc import Iterator

from conform.check.comments.model_comments import CommentLine
from conform.check.context import Context
from conform.domain.prose import PassageKind, Prose

_NUMBER = r"\d{1,4}(?:\.\d{1,4}){1,3}"
_BESIDE = re.compile(
    rf"(?P<file>[\w.-]+\.md)`?\s*[,;(]?\s*(?:version\s+|v\.?\s?)(?P<number>{_NUMBER})(?![.\w]*\w)",
    re.IGNORECASE,
)
_OWN = re.compile(
    rf"(?:^|\s)(?:(?:spec|document|protocol)\s+)?version\s*:?\s*v?(?P<number>{_NUMBER})(?:\s|$)",
    re.IGNORECASE,
)


def other_versions(context: Context, line: CommentLine) -> Iterator[tuple[re.Match[str], str]]:
    """Yield where a comment names a version, with the one that the document itself states.

    A document that states none, or several, says nothing.
    """
    for match in _BESIDE.finditer(line.text):
        pages = [each for each in context.pages if each.path.rpartition("/")[2] == match["file"]]
        own = {number for page in pages for number in _stated(page)}
        if len(own) == 1 and match["number"] not in own:
            yield match, own.pop()


def _stated(page: Prose) -> Iterator[str]:
    """Yield the versions that a page states for itself, above its first part."""
    for passage in page.passages:
        if passage.kind is PassageKind.HEADING and passage.level > 1:
            return
        if passage.kind in (PassageKind.TEXT, PassageKind.ITEM):
            yield from (match["number"] for match in _OWN.finditer(passage.text))
