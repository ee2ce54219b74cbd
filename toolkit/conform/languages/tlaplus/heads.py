"""Which tokens begin a definition or name a module: told before the grammar is asked, as by SANY.

Heads of definitions are found by looking back from each `==`. The first token of `Op(a, b) ==`,
`f[x \\in S] ==`, `a + b ==`, `-. a ==` or `a ^+ ==` gets the type HEAD (or HEAD_PREFIX). What can
be no head gets NO_HEAD, which fits nowhere. Thus the grammar need not guess where one body ends and
the next definition begins, and a broken head is reported at its name.
"""

from __future__ import annotations

from conform.languages.tlaplus.scanning import KEYWORDS
from conform.parsing.tokens import Token

INFIX_TYPES = frozenset({"INFIX", "EQUAL", "MINUS", "ELEMENT", "BULLET"})
DEFINABLE_PREFIXES = frozenset(
    {"-.", "~", "\\neg", "\\lnot", "¬", "[]", "□", "<>", "◇"}
    | {"SUBSET", "UNION", "DOMAIN", "ENABLED", "UNCHANGED"}
)
"""Prefix operators that may stand in a head: the grammar lets even those of the language do."""

NO_BODY = frozenset({"THEOREM", "ASSUMPTION", "END_MODULE", "$END"})
"""Types of the tokens at which SANY ends its look for a `==`: right before them it is not seen."""

_NO_HEADS = frozenset({"DEFINES", "ASSUME", "ASSUMPTION", "THEOREM"})

_NAMING_AT_ONCE = frozenset({"ASSUMPTION", "THEOREM"})
"""The units of which SANY takes the name before it looks for a definition."""

_BEGINS = frozenset(
    {"NAME", "NUMBER", "DECIMAL", "STRING", "AT", "IF", "CASE", "LET", "CHOOSE", "QUANTIFIER"}
    | {"TEMPORAL_QUANTIFIER", "FAIR", "LPAR", "LSQB", "LBRACE", "LANGLE"}
)
"""What begins an expression, operators left out."""

NAMING_UNITS = frozenset({"ASSUME", "ASSUMPTION", "THEOREM"})
OPENERS = frozenset({"LPAR", "LSQB"})
CLOSERS = frozenset({"RPAR", "RSQB"})
INNER_CLOSERS = CLOSERS | {"RSQB_SUB"}


def mark_heads(tokens: list[Token]) -> None:
    """Give the first token of each definition the type HEAD or HEAD_PREFIX, names of modules NAME.

    Even a reserved word names a module for SANY, which then misses what should follow it.
    """
    matches: dict[int, int] = {}
    for index, token in enumerate(tokens):
        if token.type == "DEFINES" and index and tokens[index + 1].type not in NO_BODY:
            begin = _head(tokens, index - 1, matches)
            is_named = _names_unit(tokens, begin, index) or _misnames_unit(tokens, begin, index)
            if begin >= 0 and not is_named:
                first = tokens[begin]
                first.type = _type_of(first, tokens[index - 1])
        elif token.type in ("EXTENDS", "MODULE_HEADER") or _is_chosen_instance(tokens, index):
            _mark_modules(tokens, index + 1)


def _is_chosen_instance(tokens: list[Token], index: int) -> bool:
    return tokens[index].type == "INSTANCE" and tokens[index - 1].type in ("DEFINES", "LOCAL")


def _type_of(first: Token, last: Token) -> str:
    if last.text in DEFINABLE_PREFIXES:
        return "NO_HEAD"
    if first.type == "NAME":
        return "HEAD"
    return "HEAD_PREFIX" if first.text in DEFINABLE_PREFIXES else "NO_HEAD"


def _mark_modules(tokens: list[Token], index: int) -> None:
    """Give the type NAME to reserved words among the names that commas separate from `index` on."""
    while index < len(tokens) and (
        tokens[index].type in ("NAME", "AT") or tokens[index].text in KEYWORDS
    ):
        tokens[index].type = "NAME"
        if index + 1 < len(tokens) and tokens[index + 1].type != "COMMA":
            return
        index += 2


def _names_unit(tokens: list[Token], begin: int, defines: int) -> bool:
    """Return whether the head is the name of an assumption, or the plain one of a theorem."""
    unit = tokens[begin - 1].type
    if tokens[begin].type != "NAME":
        return False
    if unit == "ASSUME" and tokens[begin - 2].type == "DOT":
        return False  # the field of a record
    return unit in NAMING_UNITS and (begin == defines - 1 or unit == "ASSUME")


def _misnames_unit(tokens: list[Token], begin: int, defines: int) -> bool:
    """Whether an operator, or what begins no expression, is named by a theorem or an axiom.

    An operator right behind another `==` begins no head either.
    """
    if tokens[begin].type in _NAMING_AT_ONCE or tokens[begin].type == "DEFINES":
        return True
    is_lone = begin == defines - 1 and tokens[begin].type not in _BEGINS
    return is_lone and tokens[begin - 1].type in _NAMING_AT_ONCE


def _head(tokens: list[Token], last: int, matches: dict[int, int]) -> int:
    """Return the index where the head that ends at `last` begins, or -1 when there is none.

    What cannot be one begins a definition for SANY all the same, with its last token.
    """
    kind = tokens[last].type
    if kind in CLOSERS:
        opener = _opener(tokens, last, matches)
        return opener - 1 if opener > 0 and tokens[opener - 1].type == "NAME" else opener
    if kind in INFIX_TYPES or kind == "POSTFIX" or tokens[last].text in DEFINABLE_PREFIXES:
        return last - 1
    if kind != "NAME":
        return -1 if kind in _NO_HEADS else last
    if last == 0:
        return last
    before = tokens[last - 1]
    if before.type in INFIX_TYPES and last > 1 and tokens[last - 2].type in ("NAME", "AT"):
        return last - 2
    if before.text not in DEFINABLE_PREFIXES or (last > 1 and tokens[last - 2].type == "LARROW"):
        return last  # right of `<-` the operator stands alone
    return last - 1


def _opener(tokens: list[Token], closer: int, matches: dict[int, int]) -> int:
    """Return the index of the bracket that `closer` closes, or -1; SANY tells ( and [ not apart.

    `matches` remembers what was found, so that the time is linear in the number of tokens.
    """
    waiting = [closer]
    index = closer - 1
    while index >= 0 and waiting:
        kind = tokens[index].type
        if kind in OPENERS:
            matches[waiting.pop()] = index
        elif kind in INNER_CLOSERS:
            if index in matches:
                index = max(matches[index], 0)
            else:
                waiting.append(index)
        index -= 1
    for left in waiting:
        matches[left] = -1
    return matches[closer]
