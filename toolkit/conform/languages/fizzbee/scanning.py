"""From text to tokens: logical lines, indentation, brackets, labels.

Follows FizzLexer.g4 and its base class: blank and comment lines do not count, brackets suspend
lines, a tab goes to the next multiple of 4 when indentation is measured. Columns in messages are
those of `conform.text`, where a tab goes to the next multiple of 8.
"""

from __future__ import annotations

import re

from conform.languages.fizzbee.words import (
    CLOSERS,
    FOREIGN_SIGNS,
    KEYWORDS,
    OPENERS,
    REFUSED_WORDS,
    SIGNS,
)
from conform.parsing.tokens import FaultToken, ReadingError, Token
from conform.text import TAB_WIDTH, Source, Span

INDENT_TAB = 4
"""Columns between tab stops where indentation is measured (PythonLexerBase)."""

MAX_INDENTS = 100
"""Blocks within each other; Python's own limit."""

MAX_BRACKETS = 100
"""Brackets within each other; hand-written specs stay under ten."""

_TYPES = SIGNS | dict.fromkeys(FOREIGN_SIGNS, "FOREIGN")
_SIGN = "|".join(re.escape(sign) for sign in sorted(_TYPES, key=len, reverse=True))
_TOKEN = re.compile(
    r"(?:[ \t\f]++|\\(?:\r\n?|\n))*+"
    r"(?:(?P<NEWLINE>\r\n?|\n)"
    r"|(?P<COMMENT>\#[^\r\n]*+)"
    r"|(?P<STRING>(?:[rR][bBfF]?|[bBfFuU][rR]?)?(?:\"\"\"|'''|\"|'))"
    r"|(?P<WORD>[^\W\d]\w*+)"
    r"|(?P<NUMBER>0[xX][0-9a-fA-F]++|0[oO][0-7]++|0[bB][01]++"
    r"|(?:[0-9]++(?:\.[0-9]*+)?|\.[0-9]++)(?:[eE][+-]?[0-9]++)?)"
    r"|(?P<LABEL>`[^`\r\n]*+`)"
    rf"|(?P<SIGN>{_SIGN})"
    r"|(?P<END>\Z)"
    r"|(?P<FOREIGN>.))"
)
_BREAK = re.compile(r"\r\n?|\n")
_INDENTATION = re.compile(r"[ \t\f]*+")
_BLANK = re.compile(r"(?:#[^\r\n]*+)?(?:\r\n?|\n|\Z)")
_BODIES = {
    quote: re.compile(rf"(?s:[^\\{quote[0]}{end}]++|\\.{extra})*+{quote}")
    for quote, end, extra in (
        ('"', r"\r\n", ""),
        ("'", r"\r\n", ""),
        ('"""', "", '|"(?!"")'),
        ("'''", "", "|'(?!'')"),
    )
}
_LINE_STARTS = frozenset({"NEWLINE", "INDENT", "DEDENT", "LABEL"})
"""After these a line has no token yet; a label may stand on a line before its statement."""
_PREFIXES = frozenset({"", "r", "R", "b", "B", "rb", "Rb", "rB", "RB"})


class Scanner:
    """Turns a text into tokens that end with `$END`. One use only."""

    def __init__(self, source: Source) -> None:
        self._text = source.text
        self._path = source.path
        self._starts = [0, *(found.end() for found in _BREAK.finditer(source.text))]
        self._line = 1
        self._tokens: list[Token] = []
        self._depth = 0
        self._indents = [0]
        self._position = 0

    def tokens(self) -> list[Token]:
        """Return the tokens; the last is `$END`, or a FaultToken where they cannot be read on."""
        try:
            self._begin_line()
            while self._step():
                pass
        except ReadingError as fault:
            self._tokens.append(FaultToken(fault))
        return self._tokens

    # ------------------------------------------------------------------------------- one token

    def _step(self) -> bool:
        """Read one token; False after the last."""
        found = _TOKEN.match(self._text, self._position)
        assert found is not None and found.lastgroup is not None
        kind, (begin, end) = found.lastgroup, found.span(found.lastgroup)
        self._position = end
        self._pass_lines(begin)
        if kind == "NEWLINE":
            self._newline(begin)
        elif kind == "END":
            self._end(begin)
            return False
        elif kind == "STRING":
            self._string(begin, end)
        elif kind != "COMMENT":
            self._add(self._type(kind, found[kind]), begin, end)
            if self._depth > MAX_BRACKETS:
                raise ReadingError(
                    f"brackets are nested more than {MAX_BRACKETS} deep",
                    self._span(begin, end),
                    hint="give the inner parts names of their own",
                )
            if kind == "NUMBER":
                self._check_number(begin)
        return True

    def _type(self, kind: str, text: str) -> str:
        if kind == "WORD":
            return KEYWORDS.get(text) or ("REFUSED" if text in REFUSED_WORDS else "NAME")
        if kind != "SIGN":
            return kind
        kind = _TYPES[text]
        self._depth += (kind in OPENERS) - (kind in CLOSERS and self._depth > 0)
        return kind

    def _string(self, begin: int, end: int) -> None:
        opening = self._text[begin:end]
        prefix = opening.rstrip("\"'")
        quote = opening[len(prefix) :]
        body = _BODIES[quote].match(self._text, end)
        place = self._span(begin, end)
        if body is None:
            raise ReadingError(
                "this string is never closed",
                place,
                expected=quote,
                hint="" if len(quote) == 3 else 'a string ends on its line; `"""` may span lines',
            )
        self._add("STRING", begin, body.end())
        self._position = body.end()
        if prefix not in _PREFIXES:
            raise ReadingError(
                f"Starlark has no strings with the prefix `{prefix}`",
                place,
                hint=_format_advice(prefix),
            )

    def _check_number(self, begin: int) -> None:
        """Refuse what sticks to a number: `1_000`, `3px`, `0129`, `2j`."""
        stuck = re.compile(r"\w+").match(self._text, self._position)
        text = self._text[begin : self._position]
        is_octal = len(text) > 1 and text[0] == "0" and text.isdigit() and bool(text.strip("0"))
        if not stuck and not is_octal:
            return
        end = stuck.end() if stuck else self._position
        raise ReadingError(
            f"`{self._text[begin : min(end, begin + 40)]}` is no number",
            self._span(begin, end),
            hint=_number_advice(self._text[begin:end], is_octal=is_octal),
        )

    # ------------------------------------------------------------------- lines and indentation

    def _newline(self, begin: int) -> None:
        self._pass_lines(self._position)
        if self._depth == 0:
            if self._tokens and self._tokens[-1].type == "SEMICOLON":
                self._tokens.pop()
            if self._tokens and self._tokens[-1].type not in _LINE_STARTS:
                self._mark("NEWLINE", begin, self._line - 1)
            self._begin_line()

    def _begin_line(self) -> None:
        """Skip blank lines, and mark where blocks begin and end before the next token."""
        while True:
            found = _INDENTATION.match(self._text, self._position)
            assert found is not None
            blank = _BLANK.match(self._text, found.end())
            if blank is None:
                break
            if blank.end() == len(self._text):
                self._position = blank.end()
                return
            self._position = blank.end()
        self._pass_lines(found.end())
        self._position = found.end()
        self._indent(_width(found.group()), found.end())

    def _indent(self, width: int, begin: int) -> None:
        if width > self._indents[-1]:
            self._indents.append(width)
            if len(self._indents) > MAX_INDENTS:
                raise ReadingError(
                    f"blocks are nested more than {MAX_INDENTS} deep", self._span(begin, begin + 1)
                )
            self._mark("INDENT", begin, self._line)
        while width < self._indents[-1]:
            self._indents.pop()
            self._mark("DEDENT", begin, self._line)
        if width != self._indents[-1]:
            raise self._misaligned(width, begin)

    def _misaligned(self, width: int, begin: int) -> ReadingError:
        inner = self._tokens.pop()  # the DEDENT that went too far
        return ReadingError(
            "this line is indented like no line above it",
            inner.span,
            expected=f"{self._indents[-1]} columns of indentation, or as the block before it",
            hint="a tab counts to the next multiple of 4; indent with spaces alone"
            if "\t" in self._text[self._starts[self._line - 1] : begin]
            else f"it stands {width} columns in",
        )

    def _end(self, begin: int) -> None:
        if self._depth == 0:
            if self._tokens and self._tokens[-1].type not in _LINE_STARTS:
                self._mark("NEWLINE", begin, self._line)
            for _ in self._indents[1:]:
                self._mark("DEDENT", begin, self._line)
        self._mark("$END", begin, self._line)

    # -------------------------------------------------------------------------------- places

    def _pass_lines(self, offset: int) -> None:
        while self._line < len(self._starts) and self._starts[self._line] <= offset:
            self._line += 1

    def _column(self, offset: int, line: int) -> int:
        start = self._starts[line - 1]
        if self._text.find("\t", start, offset) < 0:
            return offset - start + 1
        return len(self._text[start:offset].expandtabs(TAB_WIDTH)) + 1

    def _mark(self, kind: str, offset: int, line: int) -> None:
        """Add a token without text."""
        column = self._column(offset, line)
        self._tokens.append(Token(kind, "", self._path, line, column, column))

    def _add(self, kind: str, begin: int, end: int) -> None:
        text, line = self._text[begin:end], self._line
        token = Token(kind, text, self._path, line, self._column(begin, line), 0)
        self._pass_lines(end - 1)
        token.end_line = self._line
        token.end_column = self._column(end, self._line) - 1
        self._tokens.append(token)

    def _span(self, begin: int, end: int) -> Span:
        column = self._column(begin, self._line)
        last = max(column, self._column(end, self._line) - 1)
        return Span(self._path, self._line, column, self._line, last)


def _width(indentation: str) -> int:
    """Return how far a line is indented; a form feed begins anew."""
    return len(indentation.rpartition("\f")[2].expandtabs(INDENT_TAB))


def _format_advice(prefix: str) -> str:
    if "f" in prefix.lower():
        return 'write "%s" % x, or "{}".format(x)'
    return "write it without the prefix" if prefix.lower() == "u" else "is a sign missing here?"


def _number_advice(text: str, *, is_octal: bool) -> str:
    if "_" in text:
        return f"write the digits without `_`: {text.replace('_', '')}"
    return "a number does not begin with 0; octal is written 0o17" if is_octal else ""
