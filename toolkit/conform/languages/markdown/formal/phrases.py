"""Phrases of formal lines that the grammar has in another order: `x := A` if `c`, else `B`.

Each is turned into the words of the notation before the line is parsed; every character keeps its
place in the document.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from conform.languages.markdown.formal.latex import without_latex
from conform.languages.markdown.formal.worded_formulas import flat, formula_in_signs
from conform.languages.markdown.manuscript import Fragment

_TRAILING_IF = re.compile(
    r"(?P<then>(?!if\b).+?)[,\s]\s*(?:if|when)\s+(?P<test>(?:(?!\b(?:if|then)\b).)+?)"
    r"(?:(?:[,;]|\s)\s*(?:else|otherwise)\b,?\s+(?P<other>(?:(?!\b(?:if|else)\b).)+))?",
    re.I | re.S,
)
_CASES_BELOW = re.compile(
    r"(?P<then>(?!if\b).+?)[,\s]\s*(?:if|when)\s+(?P<test>(?:(?!\b(?:if|then|else)\b).)+?)[,;]?\s*\n"
    r"\s*(?P<other>[^\n]+?)[,\s]\s*(?:otherwise|else)\s*\.?",
    re.I | re.S,
)
"""What a name becomes, by cases below one another, the last with *otherwise* behind it."""

_TRAILING_FOR = re.compile(
    r"(?P<deed>(?!if\b|for\b).+?)[,\s]\s*"
    r"(?P<all>(?:\N{FOR ALL}|for\s+(?:all|each|every)\b)\s*(?:(?!\bfor\b|\N{FOR ALL}|:).)+)",
    re.I | re.S,
)
_FROM_TO = re.compile(
    r"\bfor\s+(?:all|each|every|any)\s+[^\W\d]\w*\s+(?P<from>from)\s+(?P<first>\S.*?)\s+"
    r"(?P<to>(?:up\s+)?(?:to|through))\s+(?=\S)",
    re.I,
)
"""For every `o` from `a` to `b`."""

_OTHERWISE_FIRST = re.compile(r"\bif\b", re.I)
_ASSIGNMENT = re.compile(
    r"(?P<target>[^=:\N{LEFTWARDS ARROW}]*?)\s*(?::=|\N{LEFTWARDS ARROW})\s*(?P<value>.+)", re.S
)
_EVERYWHERE = re.compile(
    r"[,\s]\s*(?:in|for|on|at|across|after)\s+(?:every|each|all|any)\s+"
    r"(?:(?:single|reachable)\s+)?(?:steps?|transitions?|states?)$",
    re.I,
)
_EVERYWHERE_FIRST = re.compile(
    r"(?:in|for|on|at|across|after)\s+(?:every|each|all|any)\s+(?:(?:single|reachable)\s+)?"
    r"(?:steps?|transitions?|states?)\s*[,:]?\s+|always\s*[,:]?\s+",
    re.I,
)
_SIZE = re.compile(r"(?<!\|)(?P<open>\|)\s*(?:\{[^{}]*\}|\w+)\s*(?P<close>\|)(?![|>-])")
_WRITTEN_FOR = re.compile(
    r"we\s+write\s+(?P<name>[^\W\d]\w*)\s+for\s+"
    r"(?:the\s+(?:record|value|set|tuple|function|sequence)\s+)?(?P<value>.+)",
    re.I | re.S,
)
_STANDS_FOR = re.compile(
    r"(?P<name>[^\W\d]\w*)\s+(?:always\s+)?(?P<verb>stands\s+for|denotes|abbreviates"
    r"|is\s+(?:short|shorthand)\s+for)\s+(?P<value>.+)",
    re.S,
)
_WRITTEN_BELOW = re.compile(
    r"(?P<value>.+?),?\s+(?:is\s+)?(?:written|abbreviated|called)\s+(?:as\s+)?(?P<name>[^\W\d]\w*)",
    re.I | re.S,
)
LEAVES = (
    r"(?:(?:returns?|aborts?|stops?|exits?|skips?|quits?)(?:\s+(?:this|the)\s+[a-z]+)?"
    r"|do(?:es)?\s+nothing|gives?\s+up|bails?\s+out|nothing\s+happens)"
)
"""What ends an action, or a program, before it did anything."""

_UNLESS_SO = re.compile(
    r"(?:(?:first,?\s+)?(?:reads?|loads?|fetch(?:es)?|looks?\s+(?:up|at))\s+(?:the\s+)?(?P<what>\S+)"
    r"[^;,.]*?[;,.]\s*(?:and\s+)?(?=if\s+it\b))?"
    rf"(?:if|when)\s+(?P<it>it\b)?(?P<test>.+?)\s*(?:,|:|\bthen\b)\s*(?:then\s+)?{LEAVES}\b"
    r"(?:[^=.;]|\.(?=\S))*",
    re.I | re.S,
)
"""A line that ends a program where the guard is false: `if x != 1: return`.

It may read first: *Read `x`; if it is not `1`, stop*.
"""
_LEAVES_IF = re.compile(
    rf"{LEAVES}\s+(?:here\s+|early\s+)?(?:(?P<unless>unless)|if|when)\s+(?P<test>.+)", re.I | re.S
)
_LAST_OR = re.compile(r",?\s+or\s")

_NAMING = (_STANDS_FOR, _WRITTEN_FOR, _WRITTEN_BELOW)


def formula_in_order(text: Fragment) -> Fragment:
    """Return a formula with `A if c, else B` as IF, and without "in every step" around it.

    The size of a set may stand between bars.
    """
    text = without_latex(text)
    text = text.edited(
        edit
        for size in _SIZE.finditer(text.text)
        for edit in ((*size.span("open"), "Cardinality("), (*size.span("close"), ")"))
    )
    if match := _EVERYWHERE.search(text.text):
        text = text.part(0, match.start())
    if match := _EVERYWHERE_FIRST.match(text.text):
        text = text.part(match.end())
    match = _TRAILING_IF.fullmatch(text.text)
    if match is None or match["other"] is None:
        return text
    parts = [text.part(*match.span(name)) for name in ("test", "then", "other")]
    return in_new_order(text, zip(("IF ", " THEN ", " ELSE "), parts, strict=True))


def ranges_in_order(text: Fragment) -> Fragment:
    """Return an effect with `o in a..b` for each *every `o` from `a` to `b`*."""
    return text.edited(
        edit
        for found in _FROM_TO.finditer(text.text)
        for edit in ((*found.span("from"), "\\in"), (*found.span("to"), ".."))
    )


def effect_in_order(text: Fragment) -> Fragment:
    """Return an effect with what it holds for in front: `x := A if c`, `x[o] := A for all o`."""
    every = _TRAILING_FOR.fullmatch(text.text)
    if every is not None and _ASSIGNMENT.fullmatch(every["deed"]):
        bounds, deed = text.part(*every.span("all")), text.part(*every.span("deed"))
        return in_new_order(text, [("", bounds), (" : ", deed)])
    match = _CASES_BELOW.fullmatch(text.text) or _TRAILING_IF.fullmatch(text.text)
    if match is None:
        return text
    test, then = text.part(*match.span("test")), text.part(*match.span("then"))
    if match["other"] is None:
        return in_new_order(text, [("IF ", test), (" THEN ", then)])
    other = text.part(*match.span("other"))
    assigned = _ASSIGNMENT.fullmatch(then.text)
    if assigned is None or _ASSIGNMENT.fullmatch(other.text):
        return in_new_order(text, [("IF ", test), (" THEN ", then), (" ELSE ", other)])
    target, value = then.part(*assigned.span("target")), then.part(*assigned.span("value"))
    chosen = [("", target), (" := IF ", test), (" THEN ", value), (" ELSE ", other)]
    return in_new_order(text, chosen)


def required_in_order(text: Fragment) -> Fragment:
    """Return the condition of a line of a guard that says what happens without it."""
    match = _UNLESS_SO.fullmatch(text.text)
    if match is not None and bool(match["it"]) is bool(match["what"]):
        test = text.part(*match.span("test"))
        if match["it"]:
            test = in_new_order(text, [("", text.part(*match.span("what"))), ("", test)])
        return _denied(text, test)
    match = _LEAVES_IF.fullmatch(text.text)
    if match is None:
        return text
    test = text.part(*match.span("test"))
    return test if match["unless"] else _denied(text, test)


def _denied(text: Fragment, test: Fragment) -> Fragment:
    """Return the opposite of a condition that may be a list, *`a`, `b` or `c`*, or in words."""
    if len(_LAST_OR.findall(test.text)) == 1:
        last = _LAST_OR.search(flat(test.text))
        commas = re.finditer(r",(?=\s)", flat(test.text)[: last.start() if last else 0])
        test = test.edited((*comma.span(), " or") for comma in commas)
        test = test.edited((*each.span(), " or ") for each in _LAST_OR.finditer(test.text))
    test = formula_in_signs(test)
    return in_new_order(text, [("~(", test), (")", test.part(len(test.text)).part(0, 0))])


def definition_in_order(text: Fragment) -> Fragment | None:
    """Return `t = e` of the words `t stands for e`; None for other words."""
    match = next(filter(None, (each.fullmatch(text.text) for each in _NAMING)), None)
    if match is None:
        return None
    return in_new_order(
        text, [("", text.part(*match.span("name"))), (" = ", text.part(*match.span("value")))]
    )


def in_new_order(
    text: Fragment, pieces: Iterator[tuple[str, Fragment]] | list[tuple[str, Fragment]]
) -> Fragment:
    """Return words and parts of a text in a new order; a word stands where its part begins."""
    texts: list[str] = []
    offsets: list[int] = []
    for word, part in pieces:
        texts += word, part.text
        offsets += [part.offsets[0]] * len(word)
        offsets += list(part.offsets)[: len(part.text)]
    end = list(text.offsets)[len(text.text)]
    return Fragment(text.manuscript, "".join(texts), [*offsets, end])
