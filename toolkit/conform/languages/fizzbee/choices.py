"""What an `any` is: a choice like `oneof`, or the name of Starlark's function.

FizzBee keeps `any` as an older spelling of `oneof` and lets it back in as a name. It begins a
choice where a statement begins with `any v in`, and after the `=` of an assignment unless what
follows can only go on after a name.
"""

from __future__ import annotations

from collections.abc import Sequence

from conform.errors import UnsupportedError
from conform.languages.fizzbee.words import CLOSERS, OPENERS
from conform.parsing.tokens import FaultToken, ReadingError, Token

_BEFORE_STATEMENT = frozenset({"NEWLINE", "INDENT", "DEDENT", "LABEL", "COLON"})
_OPERAND_STARTS = frozenset(
    {
        *OPENERS,
        *("NAME", "NUMBER", "STRING", "TRUE", "FALSE", "NONE", "ANY"),
        *("PLUS", "MINUS", "TILDE", "NOT", "LAMBDA"),
    }
)


INSIDE = "a choice is no part of an expression"
INSIDE_HINT = "make it in a statement of its own before, `v = oneof S`, and use v"


def settle_choices(tokens: Sequence[Token]) -> list[Token]:
    """Return the tokens with each `any` typed CHOICE or NAME, or a fault where it may be either."""
    depth = 0
    settled = []
    for index, token in enumerate(tokens):
        depth += (token.type in OPENERS) - (token.type in CLOSERS)
        if token.type == "ANY":
            settled.append(_settled(tokens, index, inside=depth > 0))
        else:
            settled.append(token)
    return settled


def _settled(tokens: Sequence[Token], index: int, *, inside: bool) -> Token:
    token, after = tokens[index], tokens[index + 1]
    if _begins_block(tokens, index) or _is_fair(tokens, index):
        return token.virtual("CHOICE")
    is_assigned = index > 0 and tokens[index - 1].type == "EQUAL" and not inside
    if not is_assigned or _is_default(tokens, index) or after.type not in _OPERAND_STARTS:
        return _as_function(token, after)
    if after.type == "LPAR" and (after.line, after.column) == (token.line, token.end_column + 1):
        return FaultToken(
            ReadingError(
                "`any(` after `=` may be a choice or a call of Starlark's function any",
                token.span,
                hint="for a choice write `oneof`; for the function put the call in parentheses",
                error=UnsupportedError,
            )
        )
    return token.virtual("CHOICE")


def _as_function(token: Token, after: Token) -> Token:
    """Return an `any` that is a name; before a list that stands apart a choice was meant."""
    is_apart = (after.line, after.column) != (token.line, token.end_column + 1)
    if after.type == "LSQB" and is_apart:
        return FaultToken(ReadingError(INSIDE, token.span, hint=INSIDE_HINT))
    return token.virtual("NAME")


def _is_default(tokens: Sequence[Token], index: int) -> bool:
    """Whether the `=` before is that of a lambda's parameter and its default value."""
    depth = 0
    for token in reversed(tokens[:index]):
        depth += (token.type in CLOSERS) - (token.type in OPENERS)
        if depth == 0 and token.type in _BEFORE_STATEMENT:
            return False
        if depth == 0 and token.type == "LAMBDA":
            return True
    return False


def _begins_block(tokens: Sequence[Token], index: int) -> bool:
    if index and tokens[index - 1].type not in _BEFORE_STATEMENT:
        return False
    following = [token.type for token in tokens[index + 1 : index + 3]]
    return following in (["NAME", "IN"], ["NAME", "COMMA"])


def _is_fair(tokens: Sequence[Token], index: int) -> bool:
    before = [token.type for token in tokens[max(0, index - 4) : index]]
    return before[-1:] == ["FAIR"] or before == ["FAIR", "LESS", "NAME", "GREATER"]
