"""Comparisons in words, turned into signs: *`state[w]` is `IDLE`*, *is `DONE` or `FAILED`*.

A text is turned only where each part between its *and* and *or* is a comparison, or a place or a
call that can be true by itself, and where it is certain what an *or* joins. Every other text comes
back as it is. Whether the names are known is asked later.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from conform.languages.markdown.manuscript import Fragment

_VALUE = r"(?:[A-Z][A-Z0-9_]*|\d+|\"[^\"\n]*\")(?![\w\[(.])"
_LIST = rf"{_VALUE}(?:\s*,\s*{_VALUE})*"
_STILL = r"(?:\s+(?:still|currently|already|now))?"
_ONE_OF = re.compile(
    rf"\b(?P<verb>is{_STILL}(?:\s+(?P<neither>neither)|\s+either|\s+(?P<of>one\s+of|in))?)\s+"
    rf"(?P<values>{_LIST}(?P<last>\s*,?\s*\b(?P<joined>or|nor|and)\b\s*{_VALUE})?)"
)
"""A list of values that a place has, or has none of."""

_SIGNS = {
    rf"is{_STILL}\s+not\s+(?:(?:in|one\s+of)(?=\s+(?:\{{|[A-Z]\w*[a-z]|\d+\s?\.\.))"
    r"|an?\s+(?:element|member)\s+of)": "\N{NOT AN ELEMENT OF}",
    rf"is{_STILL}\s+(?:(?:in|one\s+of)(?=\s+(?:\{{|[A-Z]\w*[a-z]|\d+\s?\.\.))"
    r"|an?\s+(?:element|member)\s+of)": "\N{ELEMENT OF}",
    r"is\s+at\s+most|is\s+(?:less|smaller|lower)\s+than\s+or\s+equal\s+to"
    r"|is\s+(?:no|not)\s+(?:more|greater|larger)\s+than|does\s+not\s+exceed": "<=",
    r"is\s+at\s+least|is\s+(?:more|greater|larger)\s+than\s+or\s+equal\s+to"
    r"|is\s+(?:no|not)\s+(?:less|smaller|lower)\s+than": ">=",
    r"is\s+(?:strictly\s+)?(?:less|smaller|lower)\s+than|is\s+below": "<",
    r"is\s+(?:strictly\s+)?(?:more|greater|larger|higher)\s+than|is\s+above|exceeds": ">",
    rf"is{_STILL}\s+not(?:\s+equal\s+to)?|is\s+no\s+longer|does\s+not\s+equal"
    r"|differs\s+from|is\s+different\s+from|is\s+other\s+than": "\N{NOT EQUAL TO}",
    rf"is\s+equal\s+to|equals|is{_STILL}": "=",
}
_MUST = re.compile(
    r"\b(?:must|has\s+to|have\s+to|needs?\s+to)\s+(?P<not>not\s+)?(?P<still>still\s+|already\s+)?be\b"
    r"|\b(?:must|has\s+to|needs?\s+to)\s+(?P<verb>equal|exceed)\b"
)
"""What a guard demands it states: *`x` must be `A`*."""

_VERBS = "|".join(f"(?P<v{number}>{words})" for number, words in enumerate(_SIGNS))
_VERB = re.compile(
    rf"(?<!\b[Tt]here)\s+(?:{_VERBS})"
    r"(?=\s+[\w({\[\N{MATHEMATICAL LEFT ANGLE BRACKET}\"|-])"
)
_OF_SIGNS = tuple(_SIGNS.values())
_IN_WORDS = re.compile(r"\b(?:is|equals|exceeds|differs|does)\b")

_BORDER = re.compile(r"\s*,\s*(?:and|or)\b|\s*,|\b(?:and|or)\b|/\\|\\/|[\u2227\u2228]")
_SIGN = re.compile(
    r"[=<>#\u2208\u2209\u2264\u2265\u2260\u2286]|\\(?:in|notin|leq?|geq?|subseteq)\b|\bin\b"
)
PLACE = r"[^\W\d]\w*(?:\[[^\[\]]*(?:\[[^\[\]]*\][^\[\]]*)*\]|\.\w+)*"
"""A name with indices, which may have one of their own, and fields."""

_TRUTH = re.compile(
    r"\s*(?:(?:not\b|[~\N{NOT SIGN}])\s*[^\W\d]\w*|[^\W\d]\w*(?=[\[(.]))"
    r"(?:\[[^\[\]]*\]|\([^()]*\)|\.\w+)*\s*"
)
"""What can be true by itself: a place or a call; no bare name, which may be a second value."""
_EITHER = re.compile(r"\beither\b\s*")
_COMMA_AND = re.compile(r",(?P<and>\s*and)\b")
_NOUN = re.compile(
    r"(?P<start>\b[Ff]or\s+(?:all|each|every|any)|\b[Tt]here\s+(?:is|exists)\s+(?P<no>no)"
    r"|\b[Tt]here\s+(?:is|exists)(?:\s+(?:an?|some|at\s+least\s+one))?|\u2200|\u2203)"
    r"(?P<noun>\s+(?!such\b)[a-z]{3,})\s+"
    r"(?P<name>[^\W\d]\w{0,8})(?=(?P<set>\s*(?:\u2208|\\in\b)|\s+(?:in|from)\b)"
    r"|\s*,?\s+(?:with|such|for\s+which|where)\b)"
)
"""A quantifier with a noun before the name that it binds: *there is a task `t` with …*.

One word alone: a second one would narrow the set, as in *a live worker*.
"""

_SUCH = re.compile(r"\s*,?\s*(?P<such>with|such\s+that|for\s+which|where)(?=\s+\S)", re.IGNORECASE)
_QUANTIFIED = re.compile(
    r"(?:\b[Tt]here\s+(?:is|exists)(?:\s+an?)?|\b[Ff]or\s+(?:all|each|every|any)\b|[\u2203\u2204\u2200])"
    r"[^:|]*[:|]"
)
_EXISTS = re.compile(r"\b[Tt]here\s+(?:is|exists)\b|\u2203|\u2204")


def formula_in_signs(text: Fragment) -> Fragment:
    """Return a condition with its comparisons in signs; the text as it is where that is unsure."""
    text = text.edited((*found.span(), _stated(found)) for found in _MUST.finditer(text.text))
    if not (_IN_WORDS.search(text.text) or _NOUN.search(text.text)):
        return text
    turned = _grouped(comparisons_in_signs(_without_nouns(text)))
    return turned if turned is not None and _is_certain(turned.text) else text


def _stated(demanded: re.Match[str]) -> str:
    if demanded["verb"]:
        return f"{demanded['verb']}s"
    return f"is {demanded['still'] or ''}{demanded['not'] or ''}".rstrip()


def comparisons_in_signs(text: Fragment) -> Fragment:
    """Return a text with a sign for each verb that compares, whatever stands around it."""
    return _compared(_listed(text))


def without_nouns(text: Fragment) -> Fragment:
    """Return a text with *for each `o` in* where it has *for each offset `o` in*."""
    return text.edited(_noun_edits(text.text))


def _noun_edits(text: str) -> Iterator[tuple[int, int, str]]:
    for found in _NOUN.finditer(text):
        if found["no"]:
            yield (*found.span("start"), "\N{THERE DOES NOT EXIST}")
        yield (*found.span("noun"), "")
        if not found["set"]:
            yield found.end(), found.end(), f" \\in {set_of(found['noun'].strip())}"


def set_of(noun: str) -> str:
    """Return the name that the set of things with a name usually has: Tasks of task."""
    plural = re.sub(r"(?<![aeou])y$", "ie", re.sub(r"(s|x|ch|sh)$", r"\1e", noun))
    return f"{plural.capitalize()}s"


def _without_nouns(text: Fragment) -> Fragment:
    """Return a text without nouns, and with a colon where what is sought is described."""
    text = without_nouns(text)
    exists = _EXISTS.search(text.text)
    such = _SUCH.search(text.text, exists.end()) if exists else None
    return text.edited([(*such.span(), " :")]) if such else text


def _listed(text: Fragment) -> Fragment:
    """Return a text with `∈ {A, B}` where it has *is A or B*."""
    edits: list[tuple[int, int, str]] = []
    for found in _ONE_OF.finditer(text.text):
        fits = {"or": not found["neither"], "nor": found["neither"], "and": found["of"]}
        if not fits.get(found["joined"] or "", "," in found["values"] and found["of"]):
            continue
        sign = "\N{NOT AN ELEMENT OF}" if found["neither"] else "\N{ELEMENT OF}"
        opening = found.start("values")
        edits += (*found.span("verb"), sign), (opening, opening, "{")
        if found["joined"]:
            is_behind_comma = found["last"].lstrip().startswith(",")
            edits.append((*found.span("joined"), "" if is_behind_comma else ","))
        edits.append((found.end(), found.end(), "}"))
    return text.edited(edits)


def _compared(text: Fragment) -> Fragment:
    """Return a text with a sign for each verb that compares."""
    return text.edited(
        (found.start(), found.end(), f" {_OF_SIGNS[int((found.lastgroup or 'v0')[1:])]}")
        for found in _VERB.finditer(text.text)
    )


def _grouped(text: Fragment) -> Fragment | None:
    """Return a text with parentheses for *either … or …*; None where an *or* has no clear reach."""
    commas = _COMMA_AND.finditer(text.text)
    text = text.edited((found.start(), found.start("and"), "") for found in commas)
    borders = [found[0].strip(", ").lower() for found in _BORDER.finditer(flat(text.text))]
    either = list(_EITHER.finditer(text.text))
    if not either:
        kinds = {"or" if border in ("or", "\\/", "\u2228") else "and" for border in borders}
        return None if len(kinds) > 1 and "or" in borders else text
    if len(either) > 1 or "or" not in borders[-1:]:
        return None
    start, end = either[0].span()
    inner = [found[0].strip(", ").lower() for found in _BORDER.finditer(flat(text.text[end:]))]
    if inner != ["or"]:
        return None
    size = len(text.text)
    return text.edited([(start, end, "("), (size, size, ")")])


def _is_certain(text: str) -> bool:
    """Say whether each part between *and* and *or* can be true or false by itself."""
    if _IN_WORDS.search(_QUANTIFIED.sub(" ", text)):
        return False
    bare = re.sub(r"(?<!\w)\(|(?<=\s)\)|\)$", " ", _QUANTIFIED.sub(" ", flat(text)))
    return all(_SIGN.search(part) or _TRUTH.fullmatch(part) for part in _BORDER.split(bare))


def flat(text: str) -> str:
    """Return a text of the same length without what stands in brackets, indices and arguments.

    What is in parentheses that only group stays.
    """
    shown: list[str] = []
    hides: list[bool] = []
    for place, character in enumerate(text):
        if character in "])}" and hides:
            hides.pop()
        shown.append("x" if any(hides) and not character.isspace() else character)
        if any(hides) and character.isspace():
            shown[-1] = "x"
        if character in "[({":
            hides.append(character != "(" or text[place - 1 : place].isalnum())
    return "".join(shown)
