"""A document speaks of a construct by name that nothing in the project defines.

What it means
    A sentence says the action `X`, the constraint `X` or the `X` property, and no model of the
    project has the word, nor does any heading or table of a document. It was renamed, or never
    written. (A name that is close to a known one is CF238.) Likewise a table of another page, whose
    column has constructs of the models, has a name that they do not have, and so has a column
    headed *Violates*, *Expected violation* or *Caught by*, which no document states either; and a
    name beside the arrows of a drawing that has three actions.

    Names count that are in code and have a capital inside, such as `StateBound`.

Example
    bounded through the constraint `StateBound`     where the module defines StateConstraint

What to do
    Correct the name, or define it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cached_property

from conform.check.context import Context
from conform.check.files.project_files import ProjectFiles
from conform.domain.finding import Code, Finding
from conform.domain.prose import Passage, PassageKind, Prose
from conform.text import nearest

CODE = Code("CF258", "construct that nothing defines")

_KINDS = r"actions?|constraints?|invariants?|propert(?:y|ies)|helpers?|operators?|assertions?|guard"
_BEFORE = re.compile(rf"\b(?:{_KINDS}),?\s+$", re.IGNORECASE)
_BEHIND = re.compile(rf"\s+(?:{_KINDS})\b", re.IGNORECASE)
_NAME = re.compile(r"(?P<name>[^\W\d]\w*[a-z]\w*[A-Z]\w*)(?:\([^()]*\))?")
_VIOLATED = re.compile(
    r"(?:expected\s+)?(?:violations?|violated(?:\s+property)?|violates|breaks|caught\s+by"
    r"|detected\s+by|property\s+violated|counter-?example)",
    re.IGNORECASE,
)
_FEWEST = 3
"""So many names of a column are constructs of the models before the others are asked for."""

_ARROW = re.compile(r"[\N{BOX DRAWINGS LIGHT HORIZONTAL}-]{2}[>\N{BLACK RIGHT-POINTING POINTER}]")
"""What the lines of a drawing have between states."""

_KIND_OF_DRAWING = re.compile(
    r"\s*(?:(?:state|sequence|class|er|requirement)Diagram|flowchart|graph|gitGraph)\b"
)
"""The line that says what follows is drawn by Mermaid, and as what."""

_MODELS = (".tla", ".fizz", ".cfg")
_WORD = re.compile(r"[^\W\d]\w*")
MAX_MODEL_BYTES = 2_000_000
"""A longer model is not searched for words; no name is missed then, and none found missing."""


def unknown_constructs(context: Context) -> Iterator[Finding]:
    """Yield a finding for each name of a construct that no model and no document has."""
    words = _Words(context)
    told: set[str] = set()
    for passage in (*context.page().running(), *_of_pattern(context)):
        for start, name in _named(passage):
            known = words.of_all
            if passage.path != context.document.path:
                known = known and known | words.of_documents
            if known and name not in known and name not in told:
                told.add(name)
                yield _finding(context, passage, start, name, known)
    stated = {each.name for document in context.documents for each in document.properties}
    for passage, start, name in violated_names(context.page()):
        if words.of_models and name not in words.of_models | stated and name not in told:
            told.add(name)
            yield _finding(context, passage, start, name, words.of_models | stated)
    for passage, start, name in _in_drawings(context.page(), _actions(context)):
        if words.of_models and name not in words.of_models and name not in told:
            told.add(name)
            yield _finding(context, passage, start, name, words.of_models)
    for passage, start, name in _in_columns(context):
        if words.of_models and name not in words.of_models | words.of_documents:
            yield _finding(context, passage, start, name, words.of_models)


def _of_pattern(context: Context) -> Iterator[Passage]:
    """Yield what the page of the pattern, document 0 of a series, says of all protocols."""
    for page in context.pages:
        name = page.path.rpartition("/")[2]
        if re.match(r"0{1,2}-", name) and page.path != context.document.path:
            yield from page.running()


def _finding(
    context: Context, passage: Passage, start: int, name: str, known: frozenset[str]
) -> Finding:
    span = passage.span(start, start + len(name))
    close = nearest(name, known)
    return CODE.finding(
        f"`{name}` is defined nowhere in the project",
        span,
        excerpt=context.excerpt(span),
        hint=f"did you mean `{close}`?" if close else "correct the name, or define it",
    )


class _Words:
    """The words that names are looked up among, each kind read when it is first asked for."""

    def __init__(self, context: Context) -> None:
        self.context = context

    @cached_property
    def of_models(self) -> frozenset[str]:
        """The words of all models of the project; none where one cannot be read."""
        return _in_models(self.context)

    @cached_property
    def of_documents(self) -> frozenset[str]:
        """The words of the protocols' own documents."""
        pages = (self.context.page(), *self.context.neighbours)
        texts = (passage.text for page in pages for passage in page.passages)
        return frozenset(word for text in texts for word in _WORD.findall(text))

    @cached_property
    def of_all(self) -> frozenset[str]:
        """The words of models, and of headings, tables and code of all pages; none if unsure."""
        if not self.of_models:
            return frozenset()
        passages = (
            passage
            for page in self.context.pages
            for passage in (*page.headings(), *page.of(PassageKind.CELL, PassageKind.CODE))
        )
        found = {word for passage in passages for word in _WORD.findall(passage.text)}
        return self.of_models | found


def violated_names(page: Prose) -> Iterator[tuple[Passage, int, str]]:
    """Yield the names in columns that say which property a changed model violates."""
    heads = {
        (head.block, head.column)
        for head in page.of(PassageKind.HEADER)
        if _VIOLATED.fullmatch(head.text.strip(" *"))
    }
    for cell in page.of(PassageKind.CELL):
        for start, code in cell.coded() if (cell.block, cell.column) in heads else ():
            if match := _NAME.fullmatch(code):
                yield cell, start, match["name"]


def _actions(context: Context) -> frozenset[str]:
    specs = (context.document, *(artefact.spec for artefact in context.formal.values()))
    return frozenset(leaf.name for spec in specs for leaf in spec.leaf_actions())


def _in_drawings(page: Prose, actions: frozenset[str]) -> Iterator[tuple[Passage, int, str]]:
    """Yield the names beside arrows that no other part of a page has, where actions are drawn."""
    drawn: dict[int, list[Passage]] = {}
    rest: set[str] = set()
    for passage in page.passages:
        if passage.kind is PassageKind.CODE:
            drawn.setdefault(passage.block, []).append(passage)
        else:
            rest.update(_WORD.findall(passage.text))
    for lines in drawn.values():
        names = [
            (line, match.start(), match[0])
            for line in lines
            if not _KIND_OF_DRAWING.match(line.text)
            for match in _WORD.finditer(line.text)
            if _NAME.fullmatch(match[0])
        ]
        known = {word for line in lines for word in _WORD.findall(line.text)} & actions
        if len(known) >= _FEWEST and any(_ARROW.search(line.text) for line in lines):
            yield from (each for each in names if each[2] not in actions | rest)


def _in_columns(context: Context) -> Iterator[tuple[Passage, int, str]]:
    """Yield the names in the first column of tables whose other names are mostly constructs.

    The tables are those of pages beside the protocols' documents and README.md.
    """
    own = {name for artefact in context.formal.values() for name in artefact.known_names()}
    for page in context.pages:
        path = page.path.lower()
        if page.path in {each.path for each in context.documents} or path.endswith("readme.md"):
            continue
        columns: dict[int, list[tuple[Passage, int, str]]] = {}
        for cell in page.of(PassageKind.CELL):
            coded = list(cell.coded())
            match = _NAME.fullmatch(coded[0][1]) if len(coded) == 1 else None
            if cell.column == 0 and match and coded[0][1] == cell.text.strip():
                found = (cell, coded[0][0], match["name"])
                columns.setdefault(cell.block, []).append(found)
        for cells in columns.values():
            known = sum(name in own for _cell, _start, name in cells)
            if known >= _FEWEST and known * 2 > len(cells):
                yield from cells


def _named(passage: Passage) -> Iterator[tuple[int, str]]:
    """Yield the names in code that a word for their kind stands beside."""
    for start, code in passage.coded():
        match = _NAME.fullmatch(code)
        text = passage.text
        if match and (_BEFORE.search(text[:start]) or _BEHIND.match(text[start + len(code) :])):
            yield start, match["name"]


def _in_models(context: Context) -> frozenset[str]:
    words: set[str] = set()
    for path in sorted(ProjectFiles(context.root).paths):
        if path.endswith(_MODELS):
            file = context.root / path
            try:
                if not file.is_file() or file.stat().st_size > MAX_MODEL_BYTES:
                    return frozenset()
                words.update(_WORD.findall(file.read_text(encoding="utf-8")))
            except (OSError, UnicodeDecodeError):
                return frozenset()
    return frozenset(words)
