r"""A text gives the sizes of a configuration, and they are others.

What it means
    A sentence about a configuration, or the line of a drawn tree that names its file, says `3
    clients, 4 tokens`, and the configuration gives `Clients` another number of elements, or
    `MaxToken` another value.

    A configuration is named by its file, or by its name before *model* or *configuration*; the
    words are those of constants: clients for `Clients`, tokens for `MaxToken`. So are the rows of a
    table with two constants or more among the headers of its columns.

Example
    LeaseLock_large.cfg   # 3 clients, 5 tokens     beside     MaxToken = 4

What to do
    Correct the text, or the configuration.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import PurePosixPath

from conform.check.context import ConfigurationFile, Context, FormalArtefact
from conform.check.texts.number_words import NUMBER, value_of
from conform.check.texts.parameter_tables import are_same, size_in, words_for
from conform.domain.finding import Code, Finding
from conform.domain.prose import Passage, PassageKind, Prose

CODE = Code("CF271", "sizes of another configuration")

_SIZE = re.compile(rf"(?<![\w.=-]){NUMBER}\s+(?P<noun>[a-z]{{3,30}})\b", re.IGNORECASE)
_ORDINAL = re.compile(
    r"\b(?:third|fourth|fifth|sixth|additional|extra|further|another|one more)\b", re.IGNORECASE
)
"""Words of a sentence that sets a configuration beside a smaller one: *the third worker of it*."""
_FEWEST_CONSTANTS = 2
"""So many headers of a table are constants before its cells are compared."""

_SENTENCE = re.compile(r"[^.!?]+(?:[.](?=\w)[^.!?]*)*")


def sizes_of_configurations(context: Context) -> Iterator[Finding]:
    """Yield a finding for each number of elements that a named configuration does not have."""
    for page in context.pages:
        if page.path in {document.path for document in context.documents[:1]}:
            yield from _in_tables(context, page)
        for passage in page.of(PassageKind.TEXT, PassageKind.ITEM, PassageKind.CODE):
            if passage.kind is PassageKind.CODE:
                yield from _in_sentence(context, passage, 0, len(passage.text))
                continue
            for sentence in _SENTENCE.finditer(passage.text):
                yield from _in_sentence(context, passage, *sentence.span())


def _in_tables(context: Context, page: Prose) -> Iterator[Finding]:
    """Yield the cells below the name of a constant that a row's configuration does not have."""
    heads = list(page.of(PassageKind.HEADER))
    cells = {(cell.block, cell.row, cell.column): cell for cell in page.of(PassageKind.CELL)}
    for artefact in context.formal.values():
        for file in artefact.configurations:
            words = {word.lower() for word in words_for(file, artefact)}
            for (block, row, column), cell in cells.items():
                if column or cell.text.strip(" `*").lower() not in words:
                    continue
                named = [
                    (head.column, head.text.strip(" `*"))
                    for head in heads
                    if head.block == block and head.text.strip(" `*") in file.bindings
                ]
                for place, name in named if len(named) >= _FEWEST_CONSTANTS else ():
                    said = cells.get((block, row, place))
                    bound = file.bindings[name].value
                    if said is not None and not are_same(said.text.strip(" `"), bound):
                        yield CODE.finding(
                            f"the table says {said.text.strip(' `')} of `{name}`, and {file.path} "
                            f"has {bound}",
                            said.span(),
                            excerpt=context.excerpt(said.span()),
                            hint="correct the table, or the configuration",
                        )


def _in_sentence(context: Context, passage: Passage, start: int, end: int) -> Iterator[Finding]:
    text = passage.text[start:end]
    named = list(_named(context, text, is_code=passage.kind is PassageKind.CODE))
    if len(named) != 1 or _ORDINAL.search(text):
        return
    for match in _SIZE.finditer(text):
        actual = size_in(named[0], match["noun"].lower())
        if actual is not None and actual != value_of(match["number"]):
            span = passage.span(start + match.start("number"), start + match.end("noun"))
            yield CODE.finding(
                f"the text says {match[0]}, and {named[0].path} has {actual}",
                span,
                excerpt=context.excerpt(span),
                hint="correct the text, or the configuration",
            )


def _named(context: Context, text: str, *, is_code: bool) -> Iterator[ConfigurationFile]:
    """Yield the configurations that a text names; in code by their files alone."""
    for artefact in context.formal.values():
        for file in artefact.configurations:
            name = re.escape(PurePosixPath(file.path).name)
            by_file = re.search(rf"(?<![\w-]){name}(?!\w)", text)
            if by_file or (not is_code and _is_named(file, artefact, text)):
                yield file


def _is_named(file: ConfigurationFile, artefact: FormalArtefact, text: str) -> bool:
    return any(
        re.search(rf"\b{re.escape(word)}\s+(?:model|config(?:uration)?)\b", text, re.IGNORECASE)
        for word in words_for(file, artefact)
    )
