"""A document speaks of a construct by name that nothing in the project defines.

What it means
    A sentence says the action `X`, the constraint `X` or the `X` property, and no model of the
    project has the word, nor does any heading or table of a document. It was renamed, or never
    written. (A name that is close to a known one is CF238.)

    Names count that are in code and have a capital inside, such as `StateBound`.

Example
    bounded through the constraint `StateBound`     where the module defines StateConstraint

What to do
    Correct the name, or define it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from conform.check.context import Context
from conform.check.project_files import ProjectFiles
from conform.domain.finding import Code, Finding
from conform.domain.prose import Passage, PassageKind
from conform.text import nearest

CODE = Code("CF258", "construct that nothing defines")

_KINDS = r"actions?|constraints?|invariants?|propert(?:y|ies)|helpers?|operators?|assertions?|guard"
_BEFORE = re.compile(rf"\b(?:{_KINDS}),?\s+$", re.IGNORECASE)
_BEHIND = re.compile(rf"\s+(?:{_KINDS})\b", re.IGNORECASE)
_NAME = re.compile(r"(?P<name>[^\W\d]\w*[a-z]\w*[A-Z]\w*)(?:\([^()]*\))?")
_MODELS = (".tla", ".fizz", ".cfg")
_WORD = re.compile(r"[^\W\d]\w*")
MAX_MODEL_BYTES = 2_000_000
"""A longer model is not searched for words; no name is missed then, and none found missing."""


def unknown_constructs(context: Context) -> Iterator[Finding]:
    """Yield a finding for each name of a construct that no model and no document has."""
    known: frozenset[str] | None = None
    told: set[str] = set()
    for passage in context.page().running():
        for start, name in _named(passage):
            if known is None:
                known = _known(context)
            if known and name not in known and name not in told:
                told.add(name)
                span = passage.span(start, start + len(name))
                close = nearest(name, known)
                yield CODE.finding(
                    f"`{name}` is defined nowhere in the project",
                    span,
                    excerpt=context.excerpt(span),
                    hint=f"did you mean `{close}`?" if close else "correct the name, or define it",
                )


def _named(passage: Passage) -> Iterator[tuple[int, str]]:
    """Yield the names in code that a word for their kind stands beside."""
    for start, code in passage.coded():
        match = _NAME.fullmatch(code)
        text = passage.text
        if match and (_BEFORE.search(text[:start]) or _BEHIND.match(text[start + len(code) :])):
            yield start, match["name"]


def _known(context: Context) -> frozenset[str]:
    """Return the words of all models of the project, and of headings and tables; none if unsure."""
    words: set[str] = set()
    files = ProjectFiles(context.root)
    for path in sorted(files.paths):
        if path.endswith(_MODELS):
            file = context.root / path
            try:
                if not file.is_file() or file.stat().st_size > MAX_MODEL_BYTES:
                    return frozenset()
                words.update(_WORD.findall(file.read_text(encoding="utf-8")))
            except (OSError, UnicodeDecodeError):
                return frozenset()
    for page in context.pages:
        for passage in (*page.headings(), *page.of(PassageKind.CELL, PassageKind.CODE)):
            words.update(_WORD.findall(passage.text))
    return frozenset(words)
