"""Lists of conjuncts and disjuncts by their columns, as TLA+ has them.

A `/\\` or `\\/` where an operand should stand begins a list in its column. A line that begins with
the same sign in the same column goes on with it; a token at or before that column ends it. The
parser is told by LIST_OPEN and LIST_CLOSE. Source followed: "Specifying Systems", 15.2.2.
"""

from __future__ import annotations

from collections.abc import Iterator

from lark import Token
from msgspec import Struct

_JUNCTIONS = frozenset({"AND", "OR"})
_BEFORE_FORMULAS = frozenset(
    [
        "AND",
        "OR",
        "NOT",
        "IMPLIES",
        "EQUIV",
        "LEADSTO",
        "EQ",
        "COLON",
        "BAR",
        "THEN",
        "ELSE",
        "IF",
        "CASE",
        "LET_IN",
        "ARROW",
        "LPAR",
        "LSQB",
        "LBRACE",
        "LTUP",
        "MAPSTO",
        "BOX",
        "DIAMOND",
        "ASSIGN",
        "_COMMA",
        "_SEPARATOR",
    ]
)
"""Tokens behind which a formula stands, so that a sign there begins a list."""

_OPENING = frozenset({"LPAR", "LSQB", "LBRACE", "LTUP"})
_CLOSING = frozenset({"RPAR", "RSQB", "RBRACE", "RTUP", "RTUP_SUB", "BRACKET_SUB"})


class _List(Struct, frozen=True):
    """An open list: the sign that it has in front, and its column; or an open bracket."""

    sign: str
    column: int


_BRACKET = _List("", 0)


class Junctions:
    """The filter between the lexer and the parser (Lark's `postlex`)."""

    always_accept = ()

    def process(self, stream: Iterator[Token]) -> Iterator[Token]:
        """Yield the tokens of `stream` with the lists and their items made explicit."""
        open_lists: list[_List] = []
        last: Token | None = None
        for token in stream:
            first = last is None or (token.line or 0) > (last.end_line or 0)
            while first and open_lists and self._ends(open_lists[-1], token):
                yield from _virtual("LIST_CLOSE", token)
                open_lists.pop()
            if token.type in _JUNCTIONS and first and self._goes_on(open_lists, token):
                yield Token.new_borrow_pos("LIST_CLOSE", "", token)
                yield token
                yield Token.new_borrow_pos("LIST_OPEN", "", token)
            elif token.type in _JUNCTIONS and (last is None or last.type in _BEFORE_FORMULAS):
                yield from _virtual("LIST_OPEN", token)
                open_lists.append(_List(token.type, token.column or 0))
            else:
                yield from self._bracketed(open_lists, token)
                yield token
            last = token
        for each in open_lists:
            if each.sign and last is not None:
                yield from _virtual("LIST_CLOSE", last)

    @staticmethod
    def _ends(found: _List, token: Token) -> bool:
        """Whether a token that is the first of its line ends a list."""
        if not found.sign:
            return False
        column = token.column or 0
        goes_on = column == found.column and token.type == found.sign
        return column <= found.column and not goes_on

    @staticmethod
    def _goes_on(open_lists: list[_List], token: Token) -> bool:
        return bool(open_lists and open_lists[-1] == _List(token.type, token.column or 0))

    @staticmethod
    def _bracketed(open_lists: list[_List], token: Token) -> Iterator[Token]:
        """Follow brackets; a closing one also ends the lists that were begun behind its other."""
        if token.type in _OPENING:
            open_lists.append(_BRACKET)
        elif token.type in _CLOSING and _BRACKET in open_lists:
            while open_lists[-1].sign:
                yield from _virtual("LIST_CLOSE", token)
                open_lists.pop()
            open_lists.pop()


def _virtual(kind: str, beside: Token) -> Iterator[Token]:
    """Yield the tokens that open or close a list and an item of it; they have no text."""
    yield Token.new_borrow_pos(kind, "", beside)
    yield Token.new_borrow_pos(kind, "", beside)
