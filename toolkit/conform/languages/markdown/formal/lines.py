"""Lines of a document as formal lines, or as prose.

A line set as code is read as formal, connecting words included. So is code that a gloss follows
(`x = 1` — the first one), where the gloss has no code and takes nothing back. Text without code is
read as formal where it is a formula to the letter, of names that the document declares.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable

from msgspec import Struct
from msgspec.structs import replace

from conform.domain.spec import Line
from conform.errors import InputError
from conform.languages.markdown.formal.document import FormalLine, ProseLine
from conform.languages.markdown.formal.glosses import is_gloss, without_glosses
from conform.languages.markdown.formal.moves import is_move
from conform.languages.markdown.formal.passages import Passages
from conform.languages.markdown.formal.syntax import (
    Choose,
    Condition,
    Expression,
    Let,
    Literal,
    Name,
    Otherwise,
    Statement,
    When,
)
from conform.languages.markdown.manuscript import Fragment
from conform.text import Source

Parse = Callable[[Fragment], tuple[Statement, ...]]

_SENTENCE = re.compile(
    r"\s*(?!(?:for|if|let|choose|when)\b)[A-Za-z][a-z]*(?:\s+[a-z]+(?:-\w+)?){3,}\b"
)
"""Words that pseudo-code begins a line with, where a formula would have names and signs."""
_DEFINED = re.compile(r"\s*[^\W\d]\w*(?:\([^()]*\))?\s*(?:≜|==)")
"""In front of a definition: what is defined may be in words too."""


class LinesRead(Struct, frozen=True):
    """The lines of a clause that were read, and those that were not."""

    formal: tuple[FormalLine, ...]
    prose: tuple[ProseLine, ...]


class LineReader:
    """Reads the lines of one document; `knows` says whether all names of statements are known."""

    def __init__(
        self, passages: Passages, knows: Callable[[Iterable[Statement], frozenset[str]], bool]
    ) -> None:
        self._passages = passages
        self._knows = knows

    def read(self, lines: Iterable[Line], parse: Parse, local: frozenset[str]) -> LinesRead:
        """Return what the lines of a clause say; `local` are the parameters around them.

        Lines without code may use what those before them name.
        """
        found: list[FormalLine | ProseLine] = []
        for line, text in self._passages.of_lines(lines):
            found.append(self._line(line, text, parse, local))
            local |= introduced(each for each in found[-1:] if isinstance(each, FormalLine))
        return LinesRead(
            tuple(each for each in found if isinstance(each, FormalLine)),
            tuple(each for each in found if isinstance(each, ProseLine)),
        )

    def _line(
        self, line: Line, text: Fragment, parse: Parse, local: frozenset[str]
    ) -> FormalLine | ProseLine:
        if line.is_formal:
            try:
                return FormalLine(line.text, line.span, _parsed(text, parse))
            except InputError as error:
                defined = _DEFINED.match(line.text)
                is_words = _SENTENCE.match(line.text, defined.end() if defined else 0) is not None
                claimed = self._passages.is_code_alone(line.span) and not is_words
                return ProseLine(line.text, line.span, error if claimed else None)
        coded = None if is_move(text.text) else self._passages.glossed(line.span)
        if coded is not None:
            code, rest = coded
            if is_gloss(rest):
                try:
                    return FormalLine(line.text, line.span, parse(code))
                except InputError:
                    return ProseLine(line.text, line.span, None)
        bare = None if line.inner else self._passages.without_glosses(line.span)
        return self._plain(line, text if bare is None else bare, parse, local)

    def _plain(
        self, line: Line, text: Fragment, parse: Parse, local: frozenset[str]
    ) -> FormalLine | ProseLine:
        try:
            statements = parse(text)
        except InputError:
            return ProseLine(line.text, line.span, None)
        if any(map(_is_bare_word, statements)) or not self._knows(statements, local):
            return ProseLine(line.text, line.span, None)
        return FormalLine(line.text, line.span, statements)


def introduced(lines: Iterable[FormalLine]) -> frozenset[str]:
    """Return the names that Lets and choices of a clause give to what follows."""
    names: set[str] = set()
    for line in lines:
        for statement in line.statements:
            match statement:
                case Let(definitions=definitions):
                    names.update(definition.name for definition in definitions)
                case Choose(bounds=bounds):
                    names.update(name for bound in bounds for name in bound.names)
                case _:
                    pass
    return frozenset(names)


def _parsed(text: Fragment, parse: Parse) -> tuple[Statement, ...]:
    """Return what a line of code says, perhaps without the words that end it."""
    try:
        return parse(text)
    except InputError:
        bare = without_glosses(text)
        if bare is text:
            raise
        try:
            return parse(bare)
        except InputError:
            pass
        raise


def _is_bare_word(statement: Statement) -> bool:
    match statement:
        case Condition(formula=formula):
            return isinstance(formula, Name | Literal)
        case _:
            return False


def formulas_of(statements: Iterable[Statement]) -> tuple[Expression, ...]:
    """Return the formulas of the conditions among statements."""
    return tuple(each.formula for each in statements if isinstance(each, Condition))


def with_otherwise(read: LinesRead, source: Source) -> LinesRead:
    """Return an effect in which each `Otherwise` is the ELSE of the IF that ends the line before.

    One without such an IF is no formal line.
    """
    formal: list[FormalLine] = []
    prose = list(read.prose)
    for line in read.formal:
        match line.statements:
            case (Otherwise(body=body), *rest):
                if formal and (completed := _completed(formal[-1], body)) is not None:
                    formal[-1] = completed
                    formal.append(replace(line, statements=tuple(rest)))
                else:
                    prose.append(ProseLine(line.text, line.span, _no_if(line, source)))
            case _:
                formal.append(line)
    return LinesRead(tuple(formal), tuple(prose))


def _completed(line: FormalLine, body: tuple[Statement, ...]) -> FormalLine | None:
    match line.statements:
        case (*before, When(alternative=()) as last):
            return replace(line, statements=(*before, replace(last, alternative=body)))
        case _:
            return None


def _no_if(line: FormalLine, source: Source) -> InputError:
    return InputError(
        "there is no IF before this",
        span=line.span,
        excerpt=source.excerpt(line.span),
        expected="an IF without ELSE on the line before",
        hint="write IF … THEN … ELSE … on one line",
    )
