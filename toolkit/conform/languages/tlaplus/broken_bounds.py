r"""`{e : x \in S, y}`, `[x \in S, y |-> e]`: where bounds break off, found in their tokens.

The grammar reads expressions there, and only behind them it is known that one is no bound. SANY,
which looks ahead for names and `\in`, finds the first token that does not fit; so does this, once
the text is known to be wrong at or behind it.
"""

from __future__ import annotations

from collections.abc import Sequence

from msgspec import Struct

from conform.languages.tlaplus.comprehensions import no_bound, no_function, one_condition
from conform.parsing.tokens import ReadingError, Token
from conform.text import Span

_CLOSERS = {
    "LPAR": ("RPAR",),
    "LSQB": ("RSQB", "RSQB_SUB"),
    "LBRACE": ("RBRACE",),
    "LANGLE": ("RANGLE", "RANGLE_SUB"),
}
_CLOSING = frozenset(closer for closers in _CLOSERS.values() for closer in closers)

_BINDERS = frozenset({"QUANTIFIER", "TEMPORAL_QUANTIFIER", "CHOOSE", "LAMBDA", "PICK"})
"""What has a colon of its own behind its names."""

_FOLLOWERS = frozenset({"EXCEPT", "ARROW", "RSQB", "RSQB_SUB"})
"""What stands behind other things in `[`, and not behind bounds."""

_ENDS = _CLOSING | {"NAME", "FIELD", "NUMBER", "STRING", "AT", "POSTFIX", "HEAD", "STEP_NAME"}
"""The last token of what is applied, where `[` follows it."""


class _Open(Struct):
    """A bracket that is open, and how many binders in it wait for their colon."""

    token: Token
    begin: int
    waiting: int = 0


def first_break(tokens: Sequence[Token], fault: Span) -> ReadingError | None:
    """Return what is wrong in bounds before `fault`, None where nothing is."""
    place = (fault.line, fault.column)
    before = [token for token in tokens if (token.line, token.column) <= place]
    stack: list[_Open] = []
    for index, token in enumerate(before):
        found = None
        if token.type in _CLOSERS:
            stack.append(_Open(token, index + 1))
            if token.type == "LSQB" and _type(before, index - 1) not in _ENDS:
                found = None if _names(before, index + 1) else _arguments(before, index + 1)
        elif not stack:
            continue
        elif token.type in _BINDERS:
            stack[-1].waiting += 1
        elif token.type in _CLOSING:
            if token.type in _CLOSERS[stack[-1].token.type]:
                stack.pop()
        elif token.type == "COLON":
            opened = stack[-1]
            if opened.waiting:
                opened.waiting -= 1
            elif opened.token.type == "LBRACE":
                found = _tail(before, opened.begin, index + 1)
        if found and (found.span.line, found.span.column) < place:
            return found
    return None


def _tail(tokens: Sequence[Token], head: int, begin: int) -> ReadingError | None:
    """Return what is wrong behind the colon of a set whose head and tail begin there."""
    if _names(tokens, head) is None:
        comma = _comma(tokens, begin)
        return one_condition(tokens[comma].span) if comma is not None else None
    return _bounds(tokens, begin)


def _bounds(tokens: Sequence[Token], begin: int) -> ReadingError | None:
    """Return what is wrong in the bounds that begin there, None where the tokens end in them."""
    index: int | None = begin
    while index is not None and index < len(tokens):
        wrong = _names(tokens, index)
        if wrong is not None:
            return no_bound(tokens[wrong].span) if wrong < len(tokens) else None
        index = _comma(tokens, index + 1, is_behind_names=True)
        index = index + 1 if index is not None else None
    return None


def _arguments(tokens: Sequence[Token], begin: int) -> ReadingError | None:
    r"""Return what is wrong in the bounds of a function, or behind them where no `|->` stands."""
    wrong = _bounds(tokens, begin)
    if wrong:
        return wrong
    depth = 0
    is_case = False
    for index in range(begin, len(tokens)):
        token = tokens[index]
        if token.type in _CLOSERS:
            depth += 1
        elif depth:
            depth -= token.type in _CLOSING
        elif token.type in _FOLLOWERS and not (token.type == "ARROW" and is_case):
            return no_function(token)
        elif token.type == "MAPSTO" or token.type in _CLOSING:
            return None
        is_case = is_case or token.type == "CASE"
    return None


def _names(tokens: Sequence[Token], begin: int) -> int | None:
    r"""Return where tokens stop being `x, y \in` or `<<x, y>> \in`, None where they do not."""
    index = begin
    is_tuple = _type(tokens, index) == "LANGLE"
    index += is_tuple
    if not (is_tuple and _type(tokens, index) == "RANGLE"):
        while True:
            if _type(tokens, index) != "NAME":
                return index
            index += 1
            if _type(tokens, index) != "COMMA":
                break
            index += 1
    if is_tuple:
        if _type(tokens, index) != "RANGLE":
            return index
        index += 1
    return None if _type(tokens, index) == "ELEMENT" else index


def _comma(tokens: Sequence[Token], begin: int, *, is_behind_names: bool = False) -> int | None:
    r"""Return the next comma outside brackets and binders, None where the bracket ends first.

    With `is_behind_names` the one behind the set that follows the next `\in`.
    """
    depth = waiting = 0
    for index in range(begin, len(tokens)):
        kind = tokens[index].type
        if is_behind_names:
            is_behind_names = kind != "ELEMENT"
        elif kind in _CLOSERS:
            depth += 1
        elif kind in _CLOSING:
            if not depth:
                return None
            depth -= 1
        elif not depth and kind in _BINDERS:
            waiting += 1
        elif not depth and kind == "COLON":
            waiting = max(0, waiting - 1)
        elif kind == "COMMA" and not depth and not waiting:
            return index
    return None


def _type(tokens: Sequence[Token], index: int) -> str:
    return tokens[index].type if index < len(tokens) else ""
