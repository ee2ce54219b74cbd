r"""Known mistakes, as a table of rules: from a situation to a hint.

Each rule is a function that returns its advice, or "" where it has none. To add one, write the
function and its row in RULES; the more particular stand first. Its test is a row of
`tests/unit/languages/tlaplus/mistakes.py`, from which the page of common mistakes is made.
"""

from __future__ import annotations

from collections.abc import Callable

from conform.languages.tlaplus import advice_habits
from conform.languages.tlaplus.operators import spellings
from conform.languages.tlaplus.scanning import KEYWORDS
from conform.languages.tlaplus.situation import CLOSERS, ENDERS, Situation, is_name
from conform.text import nearest

_WORD_OPERATORS = {
    "and": "`/\\`",
    "or": "`\\/`",
    "not": "`~`",
    "in": "`\\in`",
    "notin": "`\\notin`",
    "mod": "`%`",
    "div": "`\\div`",
    "implies": "`=>`",
    "union": "`\\cup`",
    "forall": "`\\A`",
    "exists": "`\\E`",
}
_KNOWN = {
    "\\lambda": "LAMBDA",
    "\\setminus": "\\",
    "\\ne": "#",
    "\\neq": "#",
    "\\leadsto": "~>",
    "\\mod": "%",
}
_FOREIGN = {"&&": "`/\\`", "||": "`\\/`", ":=": "`=`"}


def empty_call(at: Situation) -> str:
    if at.token.type == "RPAR" and at.before.type == "LPAR" and is_name(at.at(-2)):
        return f"an operator without parameters has no parentheses: {at.at(-2).text}"
    return ""


def equality_in_formula(at: Situation) -> str:
    is_formula = at.token.type == "HEAD" and (
        "NUMBER" in at.accepted or at.before.type == "BULLETS" or at.opener() is not None
    )
    begins_line = at.token.line > at.before.line and at.opener() is not None
    is_lone = at.token.type in ("DEFINES", "NO_HEAD") and at.token.text not in KEYWORDS
    if (is_formula and not begins_line) or is_lone:
        return "in a formula equality is `=`; `==` begins a definition"
    return ""


def definition_sign(at: Situation) -> str:
    """`Op = 1`, `Op := 1` or `f(a == 1` where a definition should begin."""
    if not is_name(at.token) or "HEAD" not in at.accepted:
        return ""
    sign = at.after_head()
    if sign.text in ("=", ":=", ":"):
        return f"a definition is written with `==`: {at.token.text} == …"
    if at.after.type == "LPAR" and at.before.type in ("NAME", "NUMBER", "RPAR", "SEPARATOR"):
        return f"a definition is written {at.token.text}(…) == …: check its brackets"
    return ""


def word_operator(at: Situation) -> str:
    for token in (at.token, at.before):
        sign = _WORD_OPERATORS.get(token.text.lower()) if is_name(token) else None
        if sign:
            return f"`{token.text}` is written {sign} in TLA+"
    return ""


def inequality(at: Situation) -> str:
    if at.before.text == "=" and at.at(-2).type == "BANG":
        return "`!=` is written `#` or `/=` in TLA+"
    return ""


def foreign_operator(at: Situation) -> str:
    for token in (at.token, at.before, at.after):
        if token.text in _FOREIGN and token.type in ("INFIX", "SYMBOL"):
            return f"`{token.text}` is written {_FOREIGN[token.text]} in TLA+"
    return ""


def unknown_operator(at: Situation) -> str:
    """An unknown `\\foo` is read as `\\` and foo, `\\inx` as `\\in` and x."""
    for offset in (0, -1):
        operator, name = at.at(offset - 1), at.at(offset)
        is_joined = name.column == operator.end_column + 1 and name.line == operator.line
        if operator.text.startswith("\\") and is_name(name) and is_joined:
            word = operator.text + name.text
            close = _KNOWN.get(word) or nearest(word, _slashed())
            advice = f"; did you mean `{close}`?" if close else ""
            return f"`{word}` is no operator of TLA+{advice}"
    return ""


def _slashed() -> list[str]:
    return [spelling for spelling in spellings() if len(spelling) > 2 and spelling[0] == "\\"]


def substitution_arrow(at: Situation) -> str:
    if at.token.type == "LARROW":
        return "`<-` is one symbol: write `x < -1` with a space"
    return ""


def proof_step(at: Situation) -> str:
    is_spaced = at.before.end_column + 1 < at.token.column or at.before.line < at.token.line
    if at.token.type == "STEP" and not is_spaced:
        return f"`{at.token.text}` is read as the name of a proof step: put spaces around `<`"
    return ""


def capital_keyword(at: Situation) -> str:
    for token in (at.token, at.before):
        word = token.text.upper()
        if is_name(token) and word != token.text and word in KEYWORDS:
            return f"keywords are in capitals: {word}"
    return ""


def extends_first(at: Situation) -> str:
    if at.token.type == "EXTENDS":
        return "EXTENDS stands once, directly under the line of MODULE"
    taken, opener = at.before, at.at(-2).type
    if taken.type == "NAME" and taken.text in KEYWORDS and opener in ("EXTENDS", "COMMA"):
        return (
            f"`{taken.text}` is taken for a module: EXTENDS lacks a name, or has a comma too many"
        )
    return ""


def stray_operator(at: Situation) -> str:
    if at.before.type == "SYMBOL" and at.at(-2).type != "BANG":
        return f"`{at.before.text}` needs an operand on its left"
    return ""


def missing_subscript(at: Situation) -> str:
    if at.token.type == "RSQB" and "RSQB_SUB" in at.accepted:
        return "an action in brackets needs a subscript: [Next]_vars"
    if at.token.type == "RANGLE_SUB":
        return "<<A>>_v takes one action"
    return ""


def record_arrow(at: Situation) -> str:
    in_record = at.opener(frozenset({"LSQB"})) is not None
    if at.token.type == "COMMA" and in_record and at.since_opener("ARROW"):
        return "fields of a record are written name |-> value, functions [x \\in S |-> e]"
    if at.token.type in ("ARROW", "MAPSTO", "COLON", "INFIX") and in_record:
        if "MAPSTO" in at.accepted:
            return "a record or function is written with `|->`"
        if "EQUAL" in at.accepted and at.since_opener("EXCEPT"):
            return "an update is written ![x] = e"
    if at.token.type == "MAPSTO" and "ARROW" in at.accepted:
        return "`|->` makes records and functions; here stands `->`"
    return ""


def binder(at: Situation) -> str:
    if {"ELEMENT", "COLON"} <= at.accepted and "INFIX" not in at.accepted:
        return "a binder reads \\A x, y \\in S : P, with `\\in` before the set"
    if at.accepted == {"ELEMENT", "COMMA"} or at.accepted == {"ELEMENT"}:
        return "each group of names needs its set: x \\in S, y \\in T"
    return ""


def needs_then_else(at: Situation) -> str:
    if "THEN" in at.accepted:
        return "IF reads IF condition THEN value ELSE value"
    if "ELSE" in at.accepted:
        return "IF always has an ELSE: what holds otherwise?"
    return ""


def needs_in(at: Situation) -> str:
    return "LET definitions end with IN" if "IN" in at.accepted else ""


def trailing_comma(at: Situation) -> str:
    if at.before.type == "COMMA" and (at.token.type in CLOSERS or at.token.type in ENDERS):
        return "remove the comma, or add what it announces"
    return ""


def unclosed_bracket(at: Situation) -> str:
    opener = at.opener()
    if opener is None or not any(closer in at.accepted for closer in CLOSERS):
        return ""
    place = f"the `{opener.text}` of line {opener.line}, column {opener.column}"
    if at.token.type in CLOSERS:
        return f"{place} is closed by another kind of bracket"
    if at.token.type in ENDERS or at.token.line > opener.line:
        return f"{place} is not closed"
    return ""


def stray_closer(at: Situation) -> str:
    if at.token.type in CLOSERS and at.opener() is None:
        return "no bracket is open here"
    return ""


def header_dashes(at: Situation) -> str:
    if at.accepted == {"SEPARATOR"}:
        return "the name of a module stands between two rows of four or more dashes"
    return ""


def missing_qed(at: Situation) -> str:
    if "STEP" in at.accepted and at.token.type != "STEP":
        return "a list of proof steps ends with a QED step"
    if at.token.type == "STEP" and at.accepted and "STEP" not in at.accepted:
        return "QED is the last step of its level, and a step has one proof"
    return ""


def missing_end(at: Situation) -> str:
    if at.token.type == "$END" and "END_MODULE" in at.accepted:
        return "a module ends with a line of four or more `=`"
    return ""


def reserved_word(at: Situation) -> str:
    names_something = "NAME" in at.accepted and "NUMBER" not in at.accepted
    if at.token.text in KEYWORDS and (names_something or at.after.type == "DEFINES"):
        return f"`{at.token.text}` is a reserved word"
    return ""


def lambda_place(at: Situation) -> str:
    if at.token.type == "LAMBDA":
        return "LAMBDA stands only as an argument of an operator or right of `<-`"
    return ""


def bullet_alone(at: Situation) -> str:
    """The item of a list is empty, or its text stands left of the bullet."""
    if at.before.type in ("BULLETS", "BULLET"):
        bullet = at.before
        if at.token.line > bullet.line:
            return (
                f"what belongs to the `{bullet.text}` of line {bullet.line} stands right of "
                f"column {bullet.column}"
            )
    return ""


def ended_list(at: Situation) -> str:
    """An item broken off by a token at or left of its bullet."""
    bullet = next(
        (t for t in reversed(at.tokens[: at.index]) if t.type in ("BULLETS", "BULLET")), None
    )
    if bullet is None or at.token.line == bullet.line or at.token.type in ENDERS:
        return ""
    if at.token.column <= bullet.column and "NUMBER" in at.accepted:
        return (
            f"column {at.token.column} is not right of the bullet in column {bullet.column}, "
            "so the item ends here: indent the line"
        )
    return ""


RULES: tuple[Callable[[Situation], str], ...] = (
    empty_call,
    inequality,
    unknown_operator,
    extends_first,
    proof_step,
    substitution_arrow,
    equality_in_formula,
    definition_sign,
    *advice_habits.EARLY,
    word_operator,
    foreign_operator,
    capital_keyword,
    trailing_comma,
    lambda_place,
    missing_subscript,
    record_arrow,
    binder,
    bullet_alone,
    ended_list,
    stray_operator,
    needs_then_else,
    unclosed_bracket,
    needs_in,
    stray_closer,
    header_dashes,
    missing_qed,
    missing_end,
    reserved_word,
    *advice_habits.LATE,
)
"""The rules, in the order in which they are asked."""
