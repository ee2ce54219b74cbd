"""What to say about a token that cannot stand where it stands in a `.cfg`."""

from __future__ import annotations

from collections.abc import Collection

from conform.parsing.lalr import UnexpectedTokenError
from conform.parsing.tokens import ReadingError, Token
from conform.text import nearest

_VALUE = "a number, a string, TRUE, FALSE, a set {…} or a model value"
_KEYWORD = "a keyword, such as CONSTANT, SPECIFICATION or INVARIANT"
_NO_NAME = "a keyword cannot be used as a name"
_VALUE_ENDERS = frozenset({"NUMBER", "STRING", "NAME", "RBRACE"})
_KEYWORD_TYPES = frozenset({"SECTION", "ONE", "LIST", "CHECK_DEADLOCK"})


def explain(unexpected: UnexpectedTokenError, keywords: Collection[str]) -> ReadingError:
    """Return the error that an unexpected token amounts to; `keywords` are those known."""
    token, accepted = unexpected.token, unexpected.accepted
    message = f"unexpected `{token.text}`" if token.text else "unexpected end of file"
    if "NUMBER" in accepted:
        return ReadingError(message, token.span, expected=_VALUE, hint=_value_hint(unexpected))
    if "EQUAL" in accepted:
        hint = _sign_hint(unexpected, keywords)
        return ReadingError(message, token.span, expected="`=` or `<-`", hint=hint)
    if "NAME" in accepted and "SECTION" not in accepted:
        hint = _NO_NAME if token.text in keywords else ""
        return ReadingError(message, token.span, expected="a name", hint=hint)
    if token.type == "NAME":
        hint = _nearest_hint(token, keywords)
        message = f"unknown keyword `{token.text}`"
        return ReadingError(message, token.span, expected=_KEYWORD, hint=hint)
    expected = "`,` or `}`" if "RBRACE" in accepted else _KEYWORD
    return ReadingError(message, token.span, expected=expected, hint=_rest_hint(unexpected))


def _nearest_hint(token: Token, keywords: Collection[str]) -> str:
    close = nearest(token.text, keywords) or nearest(token.text.upper(), keywords)
    return f"did you mean {close}?" if close else ""


def _value_hint(unexpected: UnexpectedTokenError) -> str:
    token = unexpected.token
    if token.type == "MINUS":
        return f"a .cfg has no negative numbers; {_use_arrow(unexpected)}"
    if token.type in _KEYWORD_TYPES:
        return _NO_NAME
    return f"a .cfg has no expressions; {_use_arrow(unexpected)}" if token.text else ""


def _rest_hint(unexpected: UnexpectedTokenError) -> str:
    """What follows a complete value or a list of names."""
    token = unexpected.token
    before = unexpected.tokens[unexpected.index - 1].type if unexpected.index else ""
    if token.type == "COMMA":
        return "entries are separated by spaces or line ends, not by commas"
    if token.text == "#" or token.text.startswith("//"):
        return "a comment begins with \\*"
    is_operator = token.type in ("INFIX", "MINUS", "LSQB", "LPAR", "POSTFIX")
    if before in _VALUE_ENDERS and is_operator:
        return f"a .cfg has no expressions; {_use_arrow(unexpected)}"
    return ""


def _use_arrow(unexpected: UnexpectedTokenError) -> str:
    """Advise to define the value in the module and to replace the constant by it."""
    name = "N"
    for index in range(unexpected.index - 1, 0, -1):
        if unexpected.tokens[index].type == "EQUAL":
            name = unexpected.tokens[index - 1].text
            break
    return f"define the value in the module and write `{name} <- ItsName`"


def _sign_hint(unexpected: UnexpectedTokenError, keywords: Collection[str]) -> str:
    token, name = unexpected.token, unexpected.tokens[unexpected.index - 1]
    if token.text in ("==", ":=", ":"):
        return "a value is given with `=`, another operator with `<-`"
    return _nearest_hint(name, keywords) if token.type == "NAME" else ""
