"""What to say about a token that cannot stand where it stands: found, expected, and a hint.

The hints are a table of rules (RULES): each looks at the situation and gives its advice or "".
The first that speaks is heard.
"""

from __future__ import annotations

import re

from conform.languages.tlaplus.advice_rules import RULES, Situation
from conform.languages.tlaplus.parsing import UnexpectedTokenError
from conform.languages.tlaplus.scanning import KEYWORDS
from conform.languages.tlaplus.tokens import ReadingError, Token
from conform.text import Source, Span

_NEAR_HEADER = re.compile(r"^[ \t]*-{2,}+[ \t]*+module\b.*$", re.IGNORECASE | re.MULTILINE)

_OPERATORS = frozenset({"INFIX", "EQUAL", "MINUS", "ELEMENT", "POSTFIX", "LSQB", "DOT"})
_VIRTUAL = frozenset({"END_BULLETS", "BULLET", "CASE_SEPARATOR", "END_STEPS", "BEGIN_STEPS"})

_WORDS = {
    "RPAR": "`)`",
    "RSQB": "`]`",
    "RSQB_SUB": "`]_`",
    "RBRACE": "`}`",
    "RANGLE": "`>>`",
    "RANGLE_SUB": "`>>_`",
    "COMMA": "`,`",
    "COLON": "`:`",
    "THEN": "THEN",
    "ELSE": "ELSE",
    "IN": "IN",
    "ARROW": "`->`",
    "LARROW": "`<-`",
    "MAPSTO": "`|->`",
    "DEFINES": "`==`",
    "EQUAL": "`=`",
    "ELEMENT": "`\\in`",
    "PROVE": "PROVE",
    "EXCEPT": "EXCEPT",
    "BANG": "`!`",
    "LPAR": "`(`",
    "LSQB": "`[`",
    "DOT": "`.`",
    "UNDERSCORE": "`_`",
    "NAME": "a name",
    "STEP": "a proof step",
    "QED": "QED",
    "MODULE": "MODULE",
    "BY": "BY",
    "DEF": "DEF",
    "ONLY": "ONLY",
    "LANGLE": "`<<`",
    "FIELD": "the name of a field",
    "MODULE_HEADER": "`---- MODULE`",
    "SEPARATOR": "`----`",
    "END_MODULE": "`====`",
    "SELECTOR": "`:`",
    "NUMBER": "a number",
    "SYMBOL": "an operator",
    "$END": "end of text",
}
"""How the types of tokens are called in messages, in the order in which they are named."""

_MOST_WORDS = 5
_USE_ONLY = ("ONLY", "USE")
_LOOKED_PAST = frozenset({"THEOREM", "ASSUME", "ASSUMPTION", "INSTANCE"})
_INSIDE = frozenset({"THEOREM", "DEFINES", "STEP", "SUFFICES", "COMMA", "ASSUME"})


def explain(unexpected: UnexpectedTokenError) -> ReadingError:
    """Return the fault that an unexpected token amounts to."""
    situation = Situation.of(unexpected)
    token = reported(situation)
    hint = next(filter(None, (rule(situation) for rule in RULES)), "")
    return ReadingError(
        f"unexpected {found(token)}",
        token.span,
        expected=expected(unexpected.accepted),
        hint=hint,
    )


def reported(at: Situation) -> Token:
    """Return the token at which SANY reports the fault.

    It looks some tokens ahead before it chooses a unit, and blames the first of them if none fits.
    """
    before = at.before
    if at.is_empty_call or before.type == "LOCAL" or (at.token.type, before.type) == _USE_ONLY:
        return before
    if at.token.type == "DEFINES" and before.text in KEYWORDS:
        return before
    if at.token.type in ("THEOREM", "ASSUMPTION") and before.type == "DEFINES":
        return at.last_head() or at.token
    if before.type in _LOOKED_PAST and at.at(-2).type not in _INSIDE and at.token.type != "HEAD":
        return before
    for offset in (-1, -2):
        assume = at.at(offset)
        if assume.type == "ASSUME" and at.at(offset - 1).type == "THEOREM":
            return assume
        is_named = at.at(offset - 1).type == "DEFINES" and at.at(offset - 3).type == "THEOREM"
        if assume.type == "ASSUME" and is_named:
            return assume
    return at.token


def found(token: Token) -> str:
    """Return what a token is called in a message."""
    if token.type == "END_MODULE":
        return "end of module"
    return f"`{token.text}`" if token.text else "end of text"


def expected(accepted: frozenset[str]) -> str:
    """Return in words what could stand where tokens of the `accepted` types can."""
    left = set(accepted - _VIRTUAL)
    words: list[str] = []
    if {"NUMBER", "STRING"} <= left:
        words.append("an expression")
        left = left & {"RPAR", "RSQB", "RBRACE", "RANGLE"}
    elif {"INFIX", "EQUAL"} <= left:
        words.append("an operator")
        left -= _OPERATORS | {"LPAR", "BANG", "LABEL"}
    if "HEAD" in left:
        words[:0] = ["a declaration", "a definition"] if "VARIABLE" in left else ["a definition"]
        left &= {"END_MODULE", "IN", "STEP"}
    words = [word for kind, word in _WORDS.items() if kind in left] + words
    words = list(dict.fromkeys(words))
    if len(words) > _MOST_WORDS:
        return ""
    return " or ".join([", ".join(words[:-1]), words[-1]] if len(words) > 1 else words)


def no_header(source: Source) -> ReadingError:
    """No module begins in the source: reported at its end, as SANY does."""
    lines = re.split(r"\r\n?|\n", source.text)
    line, column = len(lines), len(lines[-1]) + 1
    near = _NEAR_HEADER.search(source.text)
    hint = "a module begins with a line `---- MODULE Name ----`"
    if near:
        number = len(re.findall(r"\r\n?|\n", source.text[: near.start()])) + 1
        hint = (
            f"line {number} looks like a header: it needs four or more dashes on either side "
            "of its name, and MODULE in capitals"
        )
    return ReadingError(
        "no module begins in this text",
        Span(source.path, line, column, line, column),
        expected="`---- MODULE`",
        hint=hint,
    )
