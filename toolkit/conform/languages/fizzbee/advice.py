"""What to say about a token that cannot stand where it stands: found, expected, and a hint.

RULES are asked in order; the first that answers is heard. Without an answer the message is plain.
"""

from __future__ import annotations

from conform.languages.fizzbee.advice_rules import RULES
from conform.languages.fizzbee.situation import Situation
from conform.parsing.lalr import UnexpectedTokenError
from conform.parsing.tokens import ReadingError, Token

_WORDS = {
    "RPAR": "`)`",
    "RSQB": "`]`",
    "RBRACE": "`}`",
    "COMMA": "`,`",
    "COLON": "`:`",
    "EQUAL": "`=`",
    "LPAR": "`(`",
    "GREATER": "`>`",
    "IN": "`in`",
    "ELSE": "`else`",
    "NAME": "a name",
    "ACTION": "`action`",
    "ASSERTION": "`assertion`",
    "FUNC": "`func`",
    "ROLE": "`role`",
    "INDENT": "an indented block",
    "DEDENT": "the end of the block",
    "NEWLINE": "the end of the line",
    "$END": "the end of the file",
}
"""How the types of tokens are called, in the order in which they are named."""

_OPERATORS = frozenset(
    {
        *("PLUS", "MINUS", "STAR", "SLASH", "AMPERSAND", "PIPE", "CARET", "SHIFT", "AND", "OR"),
        *("LESS", "COMPARISON", "DOT", "LSQB", "AUGMENTED"),
    }
)
_MOST_WORDS = 5
_LONGEST_SHOWN = 40  # characters of a token in a message


def explain(unexpected: UnexpectedTokenError) -> ReadingError:
    """Return the fault that an unexpected token amounts to."""
    at = Situation.of(unexpected)
    for rule in RULES:
        advice = rule(at)
        if advice is not None:
            return ReadingError(
                advice.message or f"unexpected {found(at.token)}",
                advice.span or at.token.span,
                expected=advice.expected or ("" if advice.message else expected(at.accepted)),
                hint=advice.hint,
            )
    return ReadingError(
        f"unexpected {found(at.token)}", at.token.span, expected=expected(at.accepted)
    )


def found(token: Token) -> str:
    """Return what a token is called in a message."""
    if token.type in ("INDENT", "DEDENT"):
        return "indentation" if token.type == "INDENT" else "end of the block"
    text = token.text.splitlines()[0] if token.text else ""
    if len(text) > _LONGEST_SHOWN or text != token.text:
        text = text[:_LONGEST_SHOWN] + "…"
    return f"`{text}`" if token.text else _WORDS[token.type].removeprefix("the ")


def expected(accepted: frozenset[str]) -> str:
    """Return in words what could stand where tokens of the `accepted` types can."""
    left = set(accepted)
    words = []
    if {"RETURN", "DEF"} <= left or {"REQUIRE", "PASS"} <= left:
        return "a statement"
    if {"DEF", "PASS"} <= left:
        return "a declaration or a statement"
    if {"NUMBER", "STRING"} <= left:
        words.append("an expression")
        left &= {"RPAR", "RSQB", "RBRACE"}
    elif {"PLUS", "MINUS"} <= left:
        words.append("an operator")
        left -= _OPERATORS | {"GREATER", "IN", "NOT", "LPAR", "IF"}
    named = [word for kind, word in _WORDS.items() if kind in left] + words
    if len(named) > _MOST_WORDS or not named:
        return ""
    return " or ".join([", ".join(named[:-1]), named[-1]] if len(named) > 1 else named)
