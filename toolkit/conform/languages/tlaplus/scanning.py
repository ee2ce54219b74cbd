r"""From text to tokens: one compiled regular expression, comments skipped, tabs at 8.

Follows SANY's lexer (`tla+.jj`): longest match, `(* *)` nests, an unknown `\foo` is `\` and `foo`,
an identifier has at least one letter, no identifier begins with `WF_` or `SF_`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from conform.languages.tlaplus import operators
from conform.languages.tlaplus.characters import advice, described
from conform.parsing.tokens import FaultToken, ReadingError, Token
from conform.text import TAB_WIDTH, Source, Span

KEYWORDS = {
    "ASSUME": "ASSUME",
    "ASSUMPTION": "ASSUMPTION",
    "AXIOM": "ASSUMPTION",
    "CASE": "CASE",
    "CHOOSE": "CHOOSE",
    "CONSTANT": "CONSTANT",
    "CONSTANTS": "CONSTANT",
    "ELSE": "ELSE",
    "EXCEPT": "EXCEPT",
    "EXTENDS": "EXTENDS",
    "IF": "IF",
    "IN": "IN",
    "INSTANCE": "INSTANCE",
    "LET": "LET",
    "LOCAL": "LOCAL",
    "MODULE": "MODULE",
    "OTHER": "OTHER",
    "THEN": "THEN",
    "THEOREM": "THEOREM",
    "LEMMA": "THEOREM",
    "COROLLARY": "THEOREM",
    "PROPOSITION": "THEOREM",
    "VARIABLE": "VARIABLE",
    "VARIABLES": "VARIABLE",
    "WITH": "WITH",
    "RECURSIVE": "RECURSIVE",
    "LAMBDA": "LAMBDA",
    "BY": "BY",
    "OBVIOUS": "OBVIOUS",
    "OMITTED": "OMITTED",
    "PROOF": "PROOF",
    "PROVE": "PROVE",
    "QED": "QED",
    "HAVE": "HAVE",
    "TAKE": "TAKE",
    "WITNESS": "WITNESS",
    "PICK": "PICK",
    "DEFINE": "DEFINE",
    "SUFFICES": "SUFFICES",
    "DEF": "DEF",
    "DEFS": "DEF",
    "ONLY": "ONLY",
    "NEW": "NEW",
    "USE": "USE",
    "HIDE": "HIDE",
    "STATE": "LEVEL",
    "ACTION": "LEVEL",
    "ACTIONS": "LEVEL",
    "TEMPORAL": "LEVEL",
    "TEMPORALS": "LEVEL",
    "ENABLED": "PREFIX",
    "UNCHANGED": "PREFIX",
    "SUBSET": "PREFIX",
    "UNION": "PREFIX",
    "DOMAIN": "PREFIX",
}
"""Reserved words and the type of their token."""

_PUNCTUATION = {
    ",": "COMMA",
    ":": "COLON",
    "::": "LABEL",
    "∷": "LABEL",
    ".": "DOT",
    "_": "UNDERSCORE",
    "==": "DEFINES",
    "≜": "DEFINES",
    "(": "LPAR",
    ")": "RPAR",
    "[": "LSQB",
    "]": "RSQB",
    "]_": "RSQB_SUB",
    "{": "LBRACE",
    "}": "RBRACE",
    "<<": "LANGLE",
    "⟨": "LANGLE",
    ">>": "RANGLE",
    "⟩": "RANGLE",
    ">>_": "RANGLE_SUB",
    "⟩_": "RANGLE_SUB",
    "!": "BANG",
    "->": "ARROW",
    "→": "ARROW",
    "<-": "LARROW",
    "←": "LARROW",
    "|->": "MAPSTO",
    "↦": "MAPSTO",
    "@": "AT",
    "\\A": "QUANTIFIER",
    "\\E": "QUANTIFIER",
    "\\forall": "QUANTIFIER",
    "\\exists": "QUANTIFIER",
    "∀": "QUANTIFIER",
    "∃": "QUANTIFIER",
    "\\AA": "TEMPORAL_QUANTIFIER",
    "\\EE": "TEMPORAL_QUANTIFIER",
    "[]ASSUME": "ASSUME",
    "[]PROVE": "PROVE",
    "/\\": "BULLET",
    "\\/": "BULLET",
    "∧": "BULLET",
    "∨": "BULLET",
    "[]": "BOX",
    "□": "BOX",
    "-.": "UNARY_MINUS",
    "=": "EQUAL",
    "-": "MINUS",
    "\\in": "ELEMENT",
    "∈": "ELEMENT",
    "ℕ": "NAME",
    "ℤ": "NAME",
    "ℝ": "NAME",
}

NUMBER_SETS = {"ℕ": "Nat", "ℤ": "Int", "ℝ": "Real"}
"""The names that three Unicode letters stand for."""


def _symbol_types() -> dict[str, str]:
    types = {}
    for table, kind in (
        (operators.INFIX, "INFIX"),
        (operators.PREFIX, "PREFIX"),
        (operators.POSTFIX, "POSTFIX"),
    ):
        types.update(dict.fromkeys(table, kind))
    types.update(
        {other: types.get(one, "") for other, one in operators.CANONICAL.items()} | _PUNCTUATION
    )
    return {text: kind for text, kind in types.items() if text not in KEYWORDS}


SYMBOLS = _symbol_types()
"""Operators and punctuation, in every spelling, and the type of their token."""


def _pattern() -> re.Pattern[str]:
    symbols = [re.escape(s) for s in sorted(SYMBOLS, key=len, reverse=True) if s[0] not in "\\_"]
    words = [s[1:] for s in sorted(SYMBOLS, key=len, reverse=True) if s[0] == "\\" and s != "\\"]
    slashed = [re.escape(s) for s in words]
    return re.compile(
        r"(?:[ \t\r\n]++|\\\*[^\r\n]*+|\(\*(?:[^(*]++|\((?!\*)|\*(?!\)))*+\*\))*+"
        r"(?:(?P<FAIR>[WS]F_)"
        r"|(?P<WORD>[0-9_]*[A-Za-z][A-Za-z0-9_]*)"
        r"|(?P<SIMPLE>[,)}])"
        r"|(?P<LOW>_[0-9_]*)"
        r"|(?P<DECIMAL>[0-9]+\.[0-9]+)"
        r"|(?P<NUMBER>[0-9]+|\\[bB][01]+|\\[oO][0-7]+|\\[hH][0-9a-fA-F]+)"
        r'|(?P<STRING>"(?:[^"\\\r\n]++|\\["\\tnfr])*+")'
        r"|(?P<COMMENT>\(\*)"
        r"|(?P<MODULE_HEADER>-{4,}[ ]*MODULE)"
        r"|(?P<SEPARATOR>-{4,})"
        r"|(?P<END_MODULE>={4,})"
        r"|(?P<STEP><(?:[0-9]+|[+*])>[A-Za-z0-9_]*\.*)"
        rf"|(?P<SYMBOL>{'|'.join(symbols)}|\\(?:{'|'.join(slashed)})?)"
        r"|(?P<END>\Z))"
    )


_PATTERN = _pattern()
_HEADER = re.compile(r"(?<!-)-{4,}+[ ]*+MODULE")
_BREAK = re.compile(r"\r\n?|\n|\t")
_COMMENT_EDGE = re.compile(r"\(\*|\*\)")


def find_header(text: str) -> int:
    """Return where the first `---- MODULE` begins, or -1. What stands before it is not read."""
    found = _HEADER.search(text)
    return found.start() if found else -1


class Scanner:
    """Turns a text into tokens, from an offset on. One use only."""

    def __init__(self, source: Source, begin: int = 0) -> None:
        self._text = source.text
        self._path = source.path
        self._position = begin
        self._line = 1
        self._base = -1  # column = offset - base
        self._breaks: Iterator[re.Match[str]] = _BREAK.finditer(source.text)
        self._next_break = 0
        self._break: re.Match[str] | None = None
        self._advance_break()

    def module(self) -> list[Token]:
        """Return the tokens of one module, nested ones included; the text after it is not read."""
        return self._tokens(whole=False)

    def everything(self) -> list[Token]:
        """Return all tokens up to the end of the text."""
        return self._tokens(whole=True)

    def _advance_break(self) -> None:
        self._break = next(self._breaks, None)
        self._next_break = self._break.end() if self._break else len(self._text) + 1

    def _pass_breaks(self, offset: int) -> None:
        """Bring line and column base up to `offset`, past line ends and tabs."""
        while offset >= self._next_break and self._break:
            if self._break.group() == "\t":
                column = self._break.start() - self._base
                after = (column - 1) // TAB_WIDTH * TAB_WIDTH + TAB_WIDTH + 1
                self._base = self._next_break - after
            else:
                self._line += 1
                self._base = self._next_break - 1
            self._advance_break()

    def _tokens(self, *, whole: bool) -> list[Token]:
        tokens: list[Token] = []
        append = tokens.append
        text, path, match = self._text, self._path, _PATTERN.match
        keyword, symbol = KEYWORDS.get, SYMBOLS.__getitem__
        depth = 0
        while True:
            found = match(text, self._position)
            if found is None:
                append(self._stuck())
                return tokens
            kind = found.lastgroup
            assert kind is not None
            begin, end = found.span(kind)
            self._position = end
            if kind == "END":
                append(self._end())
                return tokens
            if begin >= self._next_break:
                self._pass_breaks(begin)
            word = text[begin:end]
            column = begin - self._base
            if kind == "WORD":
                kind = keyword(word, "NAME")
            elif kind == "SYMBOL" or kind == "SIMPLE":
                kind = symbol(word)
            elif kind == "COMMENT":
                unclosed = self._skip_comment(begin)
                if unclosed:
                    append(unclosed)
                    return tokens
                continue
            elif kind == "LOW":
                tokens += self._low(word, column)
                continue
            elif kind == "STRING":
                append(self._string(word, column, end))
                continue
            append(Token(kind, word, path, self._line, column, column + end - begin - 1))
            if kind == "MODULE_HEADER":
                depth += 1
            elif kind == "END_MODULE" and not whole:
                depth -= 1
                if depth <= 0:
                    append(Token("$END", "", path, self._line, column, column))
                    return tokens

    def _low(self, word: str, column: int) -> list[Token]:
        """Return the tokens of underscores and digits that no letter makes a name of."""
        pieces = _LOW_PIECE.finditer(word)
        return [
            Token(
                "UNDERSCORE" if piece.group() == "_" else "NUMBER",
                piece.group(),
                self._path,
                self._line,
                column + piece.start(),
                column + piece.end() - 1,
            )
            for piece in pieces
        ]

    def _end(self) -> Token:
        """Return the end of the text, which stands where its last character stands, as in SANY."""
        last = max(0, len(self._text) - 1)
        self._pass_breaks(last)
        column = last - self._base
        return Token("$END", "", self._path, self._line, column, column)

    def _string(self, word: str, column: int, end: int) -> Token:
        line = self._line
        self._pass_breaks(end - 1)  # a tab inside the string moves its end
        return Token("STRING", word, self._path, line, column, end - 1 - self._base)

    def _skip_comment(self, begin: int) -> FaultToken | None:
        """Move past a comment that nests others, or say that it is never closed."""
        depth = 0
        for edge in _COMMENT_EDGE.finditer(self._text, begin):
            depth += 1 if edge.group() == "(*" else -1
            if depth == 0:
                self._position = edge.end()
                return None
        column = begin - self._base
        span = Span(self._path, self._line, column, self._line, column + 1)
        return FaultToken(
            ReadingError(
                "this comment is never closed", span, expected="`*)`", hint=UNCLOSED_COMMENT
            )
        )

    def _stuck(self) -> FaultToken:
        """Say what is wrong where no token can be read."""
        begin = _skipped(self._text, self._position)
        self._pass_breaks(begin)
        character = self._text[begin]
        if character == '"':
            return FaultToken(self._bad_string(begin))
        column = begin - self._base + (character == "?")  # SANY misses the second of `??`
        span = Span(self._path, self._line, column, self._line, column)
        return FaultToken(
            ReadingError(
                f"{described(character)} is no symbol of TLA+", span, hint=advice(character)
            )
        )

    def _bad_string(self, begin: int) -> ReadingError:
        opening = begin - self._base
        found = _STRING_START.match(self._text, begin)
        assert found is not None
        stop = found.end()
        self._pass_breaks(stop)
        is_escape = self._text[stop : stop + 1] == "\\"
        column = stop - self._base + is_escape
        span = Span(self._path, self._line, column, self._line, column)
        if is_escape:
            return ReadingError("unknown escape in a string", span, hint=UNKNOWN_ESCAPE)
        return ReadingError(
            "the string is not closed on its line",
            span,
            expected='`"`',
            hint=f"the string that begins in column {opening} needs its closing quote",
        )


_STRING_START = re.compile(r'"(?:[^"\\\r\n]++|\\["\\tnfr])*+')
_LOW_PIECE = re.compile(r"_|[0-9]+")
_SKIPPED = re.compile(r"(?:[ \t\r\n]++|\\\*[^\r\n]*+|\(\*(?:[^(*]++|\((?!\*)|\*(?!\)))*+\*\))*+")
UNCLOSED_COMMENT = "every `(*` needs its `*)`; comments nest"
UNKNOWN_ESCAPE = r"the escapes of a string are \" \\ \t \n \f \r"


def _skipped(text: str, position: int) -> int:
    found = _SKIPPED.match(text, position)
    assert found is not None
    return found.end()
