"""Assignments in words, turned into signs: *set `x` to `e`*, *`x` is incremented*.

An effect that is not yet read may have words around its assignments as well: *if `P`: set …*,
*otherwise: set …*, *for each offset `o` in `S`: …*, and several with *and* between.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from conform.languages.markdown.formal.worded_formulas import (
    PLACE,
    comparisons_in_signs,
    flat,
    formula_in_signs,
    without_nouns,
)
from conform.languages.markdown.manuscript import Fragment, joined

_SET = re.compile(
    r"(?:sets?|assigns?|updates?|resets?|changes?|moves?)\s+(?=\S+.*(?:\sto\s|:=|←|=))", re.I
)
_ENTERS = re.compile(
    r"(?P<verb>(?:moves?|goes|changes?|switch(?:es)?|transitions?)\s+to\s+)"
    rf"{PLACE}\s*(?P<equal>=)(?![=>])",
    re.I,
)
"""A state that is entered: *moves to `state[w] = BUSY`*."""

_BECOMES = re.compile(
    r"\s(?:becomes|(?:is|are)\s+(?:set|assigned|changed|updated|reset)\s+to|gets|takes\s+the\s+value)"
    r"(?=\s)",
    re.I,
)
_INCREMENT = re.compile(
    r"(?P<verb>increments?|increase|decrements?|decrease)\s+(?P<what>\S+)(?:\s+by\s+(?P<by>.+))?",
    re.I,
)
_IS_INCREMENTED = re.compile(
    r"(?P<what>\S+)(?P<verb>\s+(?:is\s+(?P<past>in|de)(?:cremented|creased)|(?P<now>in|de)creases)"
    r"(?:\s+by\s+(?P<by>.+))?)",
    re.I,
)
_ONE = re.compile(r"one\b", re.I)
_TO_ALONE = re.compile(rf"{PLACE}\s+(?P<to>to)\s+(?:(?!\sto\s).)+", re.S)
"""What is left of *sets `x` to `e` and `y` to `f`* where the pieces are apart."""

_TO = re.compile(r"\s(to)\s")
_ASSIGNS = re.compile(r":=|\N{LEFTWARDS ARROW}|[+-]=|'\s*=|\N{PRIME}\s*=")
_BETWEEN = re.compile(r"\s*;\s*|\s*,\s*(?:(?:and|then)\s+)*|\s+(?:and\s+)?(?:and|then)\s+", re.I)
_OPENING = re.compile(r"(?P<if>if|when)\s+|(?P<else>otherwise|else)\s*[:,]?\s+", re.I)
BLANKS = r"(?:(?<!\s)\s++)?"
"""Blanks before something, taken from the first one on alone: many are passed in one go."""

_OTHERWISE = re.compile(rf"{BLANKS}(?:[.,;]\s*+)?\b(?:otherwise|else)\b\s*[,:]?\s*", re.I)
_EVERY = re.compile(r"for\s+(?:all|each|every)\s", re.I)
_BEHIND = re.compile(rf"{BLANKS}(?::\s+|(?:,\s*+)?\bthen\s+|,\s+)", re.I)
_GLOSSED = re.compile(
    r"(?:(?!(?:not|no|never|unless|if|when|without|or|may|might|unchanged)\b)[a-z][a-z'-]*\s+){2,9}"
    r"\((?P<deed>[^()]*)\)",
    re.I,
)
"""What words say, and then an assignment: *the lock is released (`owner[t]` becomes `NONE`)*."""
_ONE_NAME = re.compile(r"[^\W\d]\w*")
_STAY = re.compile(
    r"`?(?P<names>[^\W\d]\w*`?(?:\s*(?:,\s*(?:and\s+)?|\band\s+)`?[^\W\d]\w*`?)*)\s*:?\s+"
    r"(?:(?:(?:is|are|remains?|stays?|(?:is|are)\s+left)\s+)?(?:unchanged|untouched)"
    r"|(?:remains?|stays?)\s+the\s+same|do(?:es)?\s+not\s+change)",
    re.I,
)
"""Variables that an effect says to stay: *`b` and `c` are unchanged*."""

_IS = re.compile(r"\bis\b")
_OR = re.compile(r"\bor\b", re.I)


def with_assignment(text: Fragment) -> Fragment:
    """Return an assignment in words with its sign: `set x to e`, `x becomes e`, `increment x`.

    What stays as it is is said to be UNCHANGED.
    """
    if match := _STAY.fullmatch(text.text):
        names = [each for each in _ONE_NAME.findall(match["names"]) if each.lower() != "and"]
        return text.edited([(0, len(text.text), f"UNCHANGED <<{', '.join(names)}>>")])
    if match := _INCREMENT.fullmatch(text.text):
        sign = "+=" if match["verb"].lower().startswith("in") else "-="
        by = [(match.end("what"), match.start("by"), f" {sign} ")] if match["by"] else []
        end = [] if by else [(match.end("what"), match.end("what"), f" {sign} 1")]
        return text.edited([(0, match.start("what"), ""), *by, *end])
    if match := _IS_INCREMENTED.fullmatch(text.text):
        sign = "+=" if (match["past"] or match["now"]).lower() == "in" else "-="
        if match["by"] and not _ONE.fullmatch(match["by"]):
            return text.edited([(match.start("verb"), match.start("by"), f" {sign} ")])
        return text.edited([(*match.span("verb"), f" {sign} 1")])
    if match := _ENTERS.match(text.text):
        return text.edited([(*match.span("verb"), ""), (*match.span("equal"), ":=")])
    if match := _SET.match(text.text):
        rest = text.part(match.end())
        to = _TO.search(rest.text)
        return rest.edited([(to.start(1), to.end(1), ":=")]) if to else rest
    if match := _TO_ALONE.fullmatch(text.text):
        return text.edited([(*match.span("to"), ":=")])
    becomes = list(_BECOMES.finditer(text.text))
    if len(becomes) == 1:
        return text.edited([(becomes[0].start(), becomes[0].end(), " :=")])
    return text


def is_done(text: Fragment) -> bool:
    """Whether words say what is assigned, and no more: *`x` becomes 2 and `n` is incremented*."""
    return _done(without_nouns(text)) is not None


def effect_in_signs(text: Fragment) -> Fragment:
    """Return an effect in signs, words around its assignments too; the text where it is unsure."""
    plain = without_nouns(text)
    opening = _OPENING.match(plain.text)
    if opening is None and not _EVERY.match(plain.text):
        return _done(plain) or text
    if opening is not None and opening["else"]:
        body = _done(plain.part(opening.end()))
        return text if body is None else _begun(_in_parentheses(body), "ELSE ")
    start = opening.end() if opening is not None else 0
    for border in _BEHIND.finditer(flat(plain.text), start):
        told, rest = plain.part(start, border.start()), plain.part(border.end())
        if opening is None:
            body = _done(rest)
            return text if body is None else joined([_ended(told, ":"), _in_parentheses(body)])
        if (bodies := _with_else(rest)) is not None:
            return joined([_begun(formula_in_signs(told), "IF "), *bodies])
    return text


def _with_else(text: Fragment) -> list[Fragment] | None:
    """Return *THEN* with what is done, and *ELSE* with what is done otherwise, if that is said."""
    otherwise = _OTHERWISE.search(flat(text.text))
    if ";" in flat(text.text)[: otherwise.start() if otherwise else None]:
        return None  # behind a semicolon, it is open whether the condition still holds
    then = _done(text.part(0, otherwise.start() if otherwise else None).strip())
    if then is None:
        return None
    bodies = [_begun(_in_parentheses(then), "THEN ")]
    if otherwise is not None:
        other = _done(text.part(otherwise.end()).strip())
        if other is None:
            return None
        bodies.append(_begun(_in_parentheses(other), "ELSE "))
    return bodies


def _in_parentheses(text: Fragment) -> Fragment:
    return _ended(_begun(text, "("), ")")


def _begun(text: Fragment, word: str) -> Fragment:
    return text.edited([(0, 0, word)])


def _ended(text: Fragment, sign: str) -> Fragment:
    return text.edited([(len(text.text), len(text.text), sign)])


def _done(text: Fragment) -> Fragment | None:
    """Return assignments with `;` between them; None where a part of the text is none."""
    pieces = [_deed(piece) for piece in _parts(text)]
    if not pieces or None in pieces:
        return None
    found = [piece for piece in pieces if piece is not None]
    return joined([*(_ended(piece, ";") for piece in found[:-1]), found[-1]])


def _deed(piece: Fragment) -> Fragment | None:
    """Return an assignment, with a condition behind it perhaps; None for other words."""
    if gloss := _GLOSSED.fullmatch(piece.text):
        piece = piece.part(*gloss.span("deed"))
    signed = with_assignment(piece)
    if not _ASSIGNS.search(signed.text) or _OPENING.match(signed.text):
        return None
    if _IS.search(signed.text):
        return None if _OR.search(signed.text) else comparisons_in_signs(signed)
    return signed


def _parts(text: Fragment) -> Iterator[Fragment]:
    """Yield what stands between commas, semicolons and *and*, where an assignment begins there."""
    start, shown = 0, flat(text.text)
    for border in _BETWEEN.finditer(shown):
        if _deed(text.part(border.end()).strip()) is not None and start < border.start():
            yield text.part(start, border.start()).strip()
            start = border.end()
    yield text.part(start).strip()
