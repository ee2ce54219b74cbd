"""A document has in code a name that nothing has, and that is almost a known one.

What it means
    The name differs in a letter or two from exactly one variable, constant, action, helper,
    property or value, and occurs in no model and nowhere else: it is most likely misspelt, or was
    renamed elsewhere. So does a name in capitals that has all words but one of exactly one value.
    Names that differ only in capitals are left alone.

Example
    `writerStates[w] = IDLE`, where the variable is `writerState`.

What to do
    Correct the name.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from operator import ne

from conform.check.context import Context
from conform.check.linking import constructs
from conform.check.texts.belonging import folded
from conform.check.texts.enumerations import enumerations
from conform.domain.finding import Code, Finding
from conform.domain.prose import Passage, PassageKind, Prose
from conform.domain.spec import ConstructKind

CODE = Code("CF238", "name that is almost a known one")

_WORD = re.compile(r"(?<![\w.\"'/$-])[A-Za-z]\w{5,}(?![\w./-])")
_COMPOUND = re.compile(r"[a-z][A-Z]|[A-Z]{2}.*_|_[A-Z]")
_LONG_WORD = 6
"""So many letters has a word that two names in capitals share by more than chance."""

_EDITS = 2
"""So many letters may be wrong, missing or too many in a name of twelve letters; one in others."""


def near_names(context: Context) -> Iterator[Finding]:
    """Yield a finding for each name in code that is almost exactly one known name."""
    known = _known(context)
    taken = _words_of_artefacts(context) | known
    rows = {(row.span.path, row.span.line) for row in context.rows()}
    own = {document.path for document in context.documents}
    for page in context.pages:
        if page.path in own:
            for passage, start, word in _names(page):
                if word in taken or (page.path, passage.span().line) in rows:
                    continue
                close = _near(word, known) or _but_for_one_word(word, known)
                if close is not None:
                    yield _finding(context, passage, start, word, close)


def _known(context: Context) -> frozenset[str]:
    names: set[str] = set()
    for document in context.documents:
        for kind in ConstructKind:
            names |= {found.name for found in constructs(document, kind)}
        names |= {action.name for action in document.actions}
        names |= {row.name for row in document.parameters}
        for variable in document.variables:
            names |= {name for one in enumerations(variable.type_text) for name in one.members}
    for artefact in context.formal.values():
        names |= artefact.known_names()
    return frozenset(names)


def _words_of_artefacts(context: Context) -> frozenset[str]:
    """Return every word of the models, and every symbol that a mapping row links to."""
    sources = (source for path, source in context.sources.items() if not path.endswith(".md"))
    words = {word for source in sources for word in re.findall(r"\w+", source.text)}
    linked = (cell.text for row in context.rows() for cell in row.cells)
    return frozenset(words | {word for text in linked for word in re.findall(r"\w+", text)})


def _names(page: Prose) -> Iterator[tuple[Passage, int, str]]:
    """Yield the compound names in code, but those that a page has three times or more."""
    found = [
        (passage, start + match.start(), match[0])
        for passage in page.passages
        for start, text in _codes(passage)
        for match in _WORD.finditer(text)
        if _COMPOUND.search(match[0])
    ]
    counts = Counter(word for _passage, _start, word in found)
    return (one for one in found if counts[one[2]] < 3)


def _codes(passage: Passage) -> Iterator[tuple[int, str]]:
    if passage.kind is PassageKind.CODE:
        yield 0, passage.text
        return
    for start, text in passage.coded():
        if not any(link.start <= start < link.end for link in passage.links):
            yield start, text


def _near(word: str, known: frozenset[str]) -> str | None:
    """Return the one known name that a word is within few edits of."""
    limit = _EDITS if len(word) >= 12 else 1
    near = [
        name
        for name in sorted(known)
        if abs(len(name) - len(word)) <= limit and _distance(word, name, limit) <= limit
    ]
    if (
        len(near) != 1
        or folded(near[0]) == folded(word)
        or word[0].isupper() != near[0][0].isupper()
    ):
        return None
    digits = re.findall(r"\d", word) != re.findall(r"\d", near[0])
    return None if digits else near[0]


def _but_for_one_word(word: str, known: frozenset[str]) -> str | None:
    """Return the one name in capitals with as many words of which one differs: DELETING_OLD."""
    parts = word.split("_")
    if not word.isupper() or len(parts) < 2:
        return None
    near = [
        name
        for name in known
        if name.isupper()
        and len(others := name.split("_")) == len(parts)
        and sum(map(ne, parts, others)) == 1
        and any(
            one == other and len(one) >= _LONG_WORD
            for one, other in zip(parts, others, strict=True)
        )
    ]
    return near[0] if len(near) == 1 else None


def _distance(first: str, second: str, limit: int) -> int:
    """Return the edits between two words, a swap of neighbours being one, as far as a limit."""
    before: list[int] = []
    row = list(range(len(second) + 1))
    for i, letter in enumerate(first, start=1):
        older, before, row = before, row, [i]
        for j, other in enumerate(second, start=1):
            cost = min(before[j] + 1, row[j - 1] + 1, before[j - 1] + (letter != other))
            if i > 1 and j > 1 and letter == second[j - 2] and first[i - 2] == other:
                cost = min(cost, older[j - 2] + 1)
            row.append(cost)
        if min(row) > limit:
            return limit + 1
    return row[-1]


def _finding(context: Context, passage: Passage, start: int, word: str, close: str) -> Finding:
    span = passage.span(start, start + len(word))
    return CODE.finding(
        f"nothing has the name `{word}`",
        span,
        excerpt=context.excerpt(span),
        hint=f"did you mean `{close}`?",
    )
