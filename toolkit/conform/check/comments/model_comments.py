r"""The comments of formal models and configurations, and what each stands in front of.

A comment is a line of `\* ...` or `# ...`, or what one line of a block `(* ... *)` holds. Comments
on lines that follow one another are one remark; it is about what the next line defines.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from msgspec import Struct
from msgspec.structs import replace

from conform.check.context import Context
from conform.check.texts.words_for_actions import Rewording, reworded, word_for_actions
from conform.text import Source, Span

_ALONE = re.compile(r"\s*(?:\\\*|\(\*+|\*(?!\))|#)(?P<text>.*?)(?:\*+\))?\s*$")
_INSIDE = re.compile(r"\s*(?:\*(?!\)))?(?P<text>.*?)(?:\*+\))?\s*$")
_BEHIND = {".fizz": re.compile(r"(?<![\"'\w])#(?P<text>.*)$")}
_BEHIND_TLA = re.compile(r"\\\*(?P<text>.*)$")
_DEFINITION = re.compile(
    r"\s*(?:(?:atomic|serial|parallel|oneof)\s+)?(?:fair(?:<\w+>)?\s+)?"
    r"(?:(?:always|eventually|exists|transition)\s+)*(?:action|assertion|def|func|role)\s+"
    r"(?P<fizz>[^\W\d]\w*)|\s*(?P<tla>[^\W\d]\w*)\s*(?:\([^()]*\))?\s*=="
)


class CommentLine(Struct, frozen=True):
    """One line of a comment, without its marks; `column` is where the text begins.

    `moves` are those of a text with the document's word for actions written `action`.
    """

    path: str
    text: str
    line: int
    column: int
    moves: tuple[tuple[int, int], ...] = ()

    def span(self, start: int, end: int) -> Span:
        """Return the place of `text[start:end]`."""
        found = Rewording(self.text, self.moves)
        first, last = found.written(start), found.written(max(start, end - 1))
        return Span(self.path, self.line, self.column + first, self.line, self.column + last)


class Remark(Struct, frozen=True):
    """The lines of one comment, and the name that the code directly below defines, or nothing."""

    lines: tuple[CommentLine, ...]
    about: str
    is_behind_code: bool = False


def model_sources(context: Context) -> Iterator[Source]:
    """Yield the texts of the protocol's models and of their configurations."""
    for artefact in context.formal.values():
        paths = [*artefact.paths(), *(each.path for each in artefact.configurations)]
        for path in dict.fromkeys(paths):
            if source := context.sources.get(path):
                yield source


def remarks_of(source: Source, context: Context | None = None) -> Iterator[Remark]:
    """Yield the remarks of a model in order; a comment behind code is a remark about nothing.

    They say `action` for the word that the document of the protocol has for it.
    """
    word = word_for_actions(context.document) if context else ""
    for remark in _remarks(source):
        yield _in_words(remark, word) if word else remark


def _in_words(remark: Remark, word: str) -> Remark:
    found = [(line, reworded(line.text, word)) for line in remark.lines]
    lines = tuple(replace(line, text=said.text, moves=said.moves) for line, said in found)
    return replace(remark, lines=lines)


def _remarks(source: Source) -> Iterator[Remark]:
    open_lines: list[CommentLine] = []
    inside = False
    for number, text in enumerate(source.lines(), 1):
        alone = _INSIDE.match(text) if inside else _ALONE.match(text)
        inside = _still_inside(text, inside=inside)
        if alone is not None and alone["text"].strip(" *-="):
            open_lines.append(_line(source.path, alone, number))
            continue
        if alone is not None:
            continue
        match = _DEFINITION.match(text)
        if open_lines:
            about = (match["fizz"] or match["tla"]) if match else ""
            yield Remark(tuple(open_lines), about)
            open_lines = []
        behind = _BEHIND.get(source.path[source.path.rfind(".") :], _BEHIND_TLA).search(text)
        if behind and behind["text"].strip():
            yield Remark((_line(source.path, behind, number),), "", is_behind_code=True)
    if open_lines:
        yield Remark(tuple(open_lines), "")


def defined_below(source: Source, remark: Remark) -> str:
    """Return the name that the first definition below a remark has, however far; empty for none."""
    for text in source.lines()[remark.lines[-1].line :]:
        if match := _DEFINITION.match(text):
            return match["fizz"] or match["tla"]
    return ""


def _still_inside(text: str, *, inside: bool) -> bool:
    """Say whether a block comment goes on below a line."""
    last_open, last_close = text.rfind("(*"), text.rfind("*)")
    return last_open > last_close if last_open >= 0 else inside and last_close < 0


def _line(path: str, match: re.Match[str], number: int) -> CommentLine:
    text = match["text"]
    start = len(text) - len(text.lstrip(" *-="))
    column = match.start("text") + start + 1
    return CommentLine(path, text[start:].rstrip(" *-="), number, column)
