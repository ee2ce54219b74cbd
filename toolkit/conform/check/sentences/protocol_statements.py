"""What a page about several protocols, as a README is, says of one of them by its name.

A sentence, an item or a row of a table names the protocol by its number, the title of its document
or the name of its model, and no other one; of its variables, actions and properties it gives the
number, of an option of FizzBee's search the value, or the first label and the last.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from pathlib import PurePosixPath

from conform.check.cf226_fairness import CODE as FAIRNESS
from conform.check.cf235_stated_number import CODE
from conform.check.cf250_comment_claim import numbers_of_constructs
from conform.check.columns import Role
from conform.check.comments.comment_facts import fairness_said
from conform.check.context import Context
from conform.check.systems.page_tables import tables_of
from conform.check.texts.number_words import NUMBER, value_of
from conform.check.texts.protocol_numbers import number_of_protocol
from conform.domain.finding import Finding
from conform.domain.prose import Passage, PassageKind, Prose

_PROTOCOL = re.compile(r"\bprotocol\s+(?P<number>\d{1,2})\b", re.IGNORECASE)
_TITLE = re.compile(
    r"\s*(?:protocol\s+\d+\s*[:.\N{EM DASH}-]*\s*)?(?P<name>.*?)(?:\s+protocol)?\s*", re.I
)
_SENTENCE = re.compile(r"(?:[^.!?;]|[.!?](?!\s))+")
_NOUN = r"(?P<noun>(?:state\s+)?variables|actions|(?:safety|liveness)\s+properties|properties)"
_COUNTED = re.compile(
    rf"\b(?:has|have|with|of|and|,|:|\()\s*(?:a\s+total\s+of\s+|all\s+)?{NUMBER}\s+{_NOUN}\b"
    r"(?!\s+(?:that|which|of|in|on|from|whose|where|per|each|above|below|for|to)\b)",
    re.IGNORECASE,
)
_SORTED = re.compile(
    rf"\b{NUMBER}\s+(?P<noun>safety|liveness)\b(?=(?:\s+properties)?\s*(?:and|,|[.;)]|$)|\s+properties)",
    re.IGNORECASE,
)
_RANGE = re.compile(r"\b(?P<series>[SL])1\s*[-\N{EN DASH}]\s*(?P=series)(?P<last>\d{1,2})\b")
_OPTION = re.compile(r"\b(?P<name>[a-z]+(?:_[a-z]+)+)\s*(?:=|:|\bof\b|\bis\b)\s*(?P<value>\d+)\b")
_HEADERS = {
    "variables": "variables",
    "state variables": "variables",
    "actions": "actions",
    "safety": "safety properties",
    "safety properties": "safety properties",
    "liveness": "liveness properties",
    "liveness properties": "liveness properties",
    "properties": "properties",
}
"""What a column of numbers counts, by its header."""

_HINT = "correct the number, or what it counts"

_Wrong = tuple[int, int, str]
"""A part of a sentence, and what is wrong with it."""


def statements_about_protocols(context: Context) -> Iterator[Finding]:
    """Yield a finding for each number that another page states of this protocol and has wrong."""
    pages = [page for page in context.pages if page.path != context.document.path]
    own, others = _names(context)
    for page in pages:
        yield from _fairness(context, page)
        for passage in page.of(PassageKind.TEXT, PassageKind.ITEM):
            for sentence in _SENTENCE.finditer(passage.text):
                if _is_about(sentence[0], own, others, context):
                    for start, end, message in _in_sentence(context, sentence[0]):
                        at = sentence.start()
                        yield _finding(context, passage, at + start, at + end, message)
        yield from _in_tables(context, page, own, others)


def _fairness(context: Context, page: Prose) -> Iterator[Finding]:
    """Yield a finding for each action of the module that a page gives another fairness."""
    module = context.formal.get(Role.TLAPLUS)
    if module is None:
        return
    for passage in page.of(PassageKind.TEXT, PassageKind.ITEM):
        for start, end, message, _close in fairness_said(module.spec, passage.text):
            span = passage.span(start, end)
            yield FAIRNESS.finding(
                f"{message} in {module.spec.path}",
                span,
                excerpt=context.excerpt(span),
                hint="correct the sentence, or the model",
            )


def _names(context: Context) -> tuple[frozenset[str], frozenset[str]]:
    """Return the names of this protocol, and those of the others, levelled."""
    stems = {PurePosixPath(each.spec.path).stem for each in context.formal.values()}
    own = {_level(stem) for stem in stems} | {_titled(context.page())}
    others = {_titled(page) for page in context.neighbours}
    return frozenset(own - {""}), frozenset(others - own - {""})


def _titled(page: Prose) -> str:
    headings = page.headings()
    match = _TITLE.fullmatch(headings[0].text) if headings else None
    return _level(match["name"]) if match else ""


def _level(text: str) -> str:
    return re.sub(r"[\W_]", "", text).lower()


def _is_about(text: str, own: frozenset[str], others: frozenset[str], context: Context) -> bool:
    level, number = _level(text), number_of_protocol(context.page())
    numbers = {int(match["number"]) for match in _PROTOCOL.finditer(text)}
    is_named = any(name in level for name in own) or (number is not None and numbers == {number})
    return is_named and not numbers - {number} and not any(name in level for name in others)


def _in_sentence(context: Context, text: str) -> Iterator[_Wrong]:
    counts = numbers_of_constructs(context)
    for match in (*_COUNTED.finditer(text), *_SORTED.finditer(text)):
        noun = " ".join(match["noun"].lower().split())
        what = f"{noun} properties" if noun in ("safety", "liveness") else noun
        yield from _compared(counts, what, match["number"], match.span("number"))
    labels = {found.label for found in context.document.properties if found.label}
    for match in _RANGE.finditer(text) if labels else ():
        if f"{match['series']}{match['last']}" not in labels:
            yield *match.span(), f"the document has no property {match['series']}{match['last']}"
    settings = {
        name: setting.value
        for each in context.formal.values()
        for name, setting in each.settings.items()
    }
    for match in _OPTION.finditer(text):
        value = settings.get(match["name"], match["value"])
        if value != match["value"]:
            yield *match.span("value"), f"`{match['name']}` is {value} in the model"


def _compared(
    counts: Mapping[str, set[int]], what: str, number: str, span: tuple[int, int]
) -> Iterator[_Wrong]:
    known = counts.get(what.replace("state ", ""), set())
    if known and value_of(number) not in known:
        there = " or ".join(map(str, sorted(known)))
        yield *span, f"the text says {number} {what}, and there are {there}"


def _in_tables(
    context: Context, page: Prose, own: frozenset[str], others: frozenset[str]
) -> Iterator[Finding]:
    counts = numbers_of_constructs(context)
    for rows in tables_of(page):
        for row in rows:
            if not _is_about(row.first().text, own, others, context):
                continue
            for header, cell in row.cells.items():
                text = cell.text.strip()
                if header in _HEADERS and text.isdecimal():
                    span = 0, len(cell.text)
                    for start, end, message in _compared(counts, _HEADERS[header], text, span):
                        yield _finding(context, cell, start, end, message)


def _finding(context: Context, passage: Passage, start: int, end: int, message: str) -> Finding:
    span = passage.span(start, end)
    return CODE.finding(message, span, excerpt=context.excerpt(span), hint=_HINT)
