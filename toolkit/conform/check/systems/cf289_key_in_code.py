"""The sources make a key or a path of another form than the specification shows.

What it means
    The document shows how keys are made of fixed parts and placeholders, and the text in the code
    that makes one of them has another fixed part: another implementation would not find what this
    one wrote.

    Looked at are texts with a `/` and a placeholder, where at least two are the same in both; a
    constant for a placeholder is part of the text. A
    number that the code fills up with zeros has the width of the placeholder, `{offset:020}`, or
    the one that the page states, *zero-padded to 20 digits*, if it states one. A function that puts
    a text behind a part, `meta(topic, "log-state")`, makes the key of both.

Example
    `{topic}/data/{start}-{end}` in the table of keys, and `"{}/data/{}_{}"` in the code.

What to do
    Correct the one that is out of date.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from difflib import SequenceMatcher

from conform.check.context import Context
from conform.check.systems.key_layouts import layout_keys
from conform.check.systems.system import System, systems_of
from conform.check.systems.written_values import meaning
from conform.domain.code_index import Call, CodeFile, Literal
from conform.domain.finding import Code, Finding
from conform.domain.prose import PassageKind, Prose
from conform.text import Span

CODE = Code("CF289", "form of a key differs between text and code")

_TEMPLATE = re.compile(
    r"[\w{}<>./*:+()-]*(?:\{\w*(?:\(\w*\))?(?::[^{}]*)?\}|<\w+>)[\w{}<>./*:+()-]*"
)
_LINE = re.compile(
    r"\s*(?:[A-Za-z][\w -]*[:=]\s*)?(?P<key>[\w{}<>./:$()-]+)"
    r"(?:\s+(?:#|//|--|[^\w\s]).*|\s{2,}.*|\s*)"
)
"""A line of a block that shows one key, with or without its name and a note."""

_LEAST_LINES = 3
_PLACE = re.compile(r"\{[^{}]*\}|<\w+>")
_VALUE = re.compile(r"\{(?P<name>\w*)(?::[^{}]*)?\}")
_NAMED = re.compile(r"(\w+) = (.*)", re.DOTALL)
MAX_KEY = 300
"""Texts of so many characters or more are no keys."""

_WIDTH = re.compile(r"\{\w*:(?:0>|0)(?P<width>\d+)[du]?\}")
_NAMED_WIDTH = re.compile(r"(?<=:)(?P<fill>0>|0)(?P<name>[A-Za-z_]\w*)\$")
_PADDED = re.compile(
    r"\bzero[- ]padded\s+(?:decimals?\s+|numbers?\s+|integers?\s+)*(?:to|with|at|of)?\s*(?:a\s+)?"
    r"(?:width\s+(?:of\s+)?)?(?P<width>\d+)[\s.,;-]"
    r"|\bpadded\s+(?:with\s+(?:leading\s+)?zero(?:e?s)?\s+)?to\s+(?:a\s+width\s+of\s+)?(?P<to>\d+)\b"
    r"|\b(?P<digits>\d+)[- ](?:decimal[- ])?digits?,?\s+(?:[a-z]+\s+){0,2}"
    r"(?:zero[- ]padded|with\s+leading\s+zero)"
    r"|%0(?P<format>\d+)d|\bpad(?P<function>\d+)\(",
    re.IGNORECASE,
)
_ALONE = re.compile(r"(?:\{\w*\})?\{\w*:(?:0>|0)\d+[du]?\}")
_PADS = re.compile(r"pad|key|offset|index|sequence", re.IGNORECASE)
"""In the names of functions that fill up a number for a key."""

_CALLED = re.compile(r"(?:\w+ ?(?:::|\.) ?)*(?P<name>[a-z]\w*) ?\(.*\)")
_LAST_TEXT = re.compile(r'[,(]\s*"(?P<text>[\w./-]+)"\s*,?\s*\)$')
_PLACES_OF_HELPER = 2
"""A function that puts a text behind a part makes a key of these."""

_LEAST_SAME = 2
_RESEMBLES = 0.7
_RELATED = 0.55
"""Enough for the only two forms that are left, if they have a word in common."""


def keys_in_code(context: Context) -> Iterator[Finding]:
    """Yield a finding for each key in a source that resembles one of a page, and is not it."""
    for system in systems_of(context):
        shown = {form: span for page in system.pages for form, span in _shown(page)}
        made = dict(_made(system))
        same = set(shown) & set(made)
        if len(same) < _LEAST_SAME:
            continue
        yield from _other_widths(context, system, shown)
        unknown = [
            form
            for form in made
            if not any(_begins(each, form) or _may_be(form, each) for each in shown)
        ]
        unused = [
            form
            for form in shown
            if not any(_begins(each, form) or _may_be(each, form) for each in made)
        ]
        for form in unknown:
            close = max(unused, key=lambda each: _likeness(form, each), default=None)
            related = [each for each in unused if _share_word(form, each)]
            alone = len(unknown) == len(related) == 1 and _likeness(form, related[0]) >= _RELATED
            close = related[0] if alone else close
            if close is not None and (alone or _likeness(form, close) >= _RESEMBLES):
                yield CODE.finding(
                    f"the key `{form}` is `{close}` in {shown[close].path}",
                    made[form],
                    excerpt=system.excerpt(context, made[form]),
                    details=(f"shown at {shown[close]}",),
                    hint="correct the one that is out of date",
                )


def _other_widths(context: Context, system: System, shown: dict[str, Span]) -> Iterator[Finding]:
    """Yield a finding for each key with a number that is filled up to another width than shown."""
    stated = {
        next(filter(None, match.groups()))
        for page in system.pages
        for passage in page.running()
        for match in _PADDED.finditer(passage.text)
    }
    yield from _other_filling(context, system, stated)
    written: dict[str, set[str]] = {}
    for page in system.pages:
        for passage in page.passages:
            for _start, text in passage.coded():
                written.setdefault(_PLACE.sub("{}", text), set()).update(_WIDTH.findall(text))
        for key, _span in layout_keys(page):
            written.setdefault(_PLACE.sub("{}", key), set()).update(_WIDTH.findall(key))
    constants = _constants(system)
    for file in system.files:
        for literal in file.literals:
            text = _with_widths(literal, constants)
            form, widths = _PLACE.sub("{}", text), set(_WIDTH.findall(text))
            known = written.get(form) or (stated if form in shown else set())
            if len(known) == 1 and widths - known:
                yield CODE.finding(
                    f"the key `{form}` is filled up to {', '.join(sorted(widths))} digits, and to "
                    f"{', '.join(known)} in {shown[form].path}",
                    literal.span,
                    excerpt=system.excerpt(context, literal.span),
                    details=(f"shown at {shown[form]}",),
                    hint="correct the one that is out of date",
                )


def _other_filling(context: Context, system: System, stated: set[str]) -> Iterator[Finding]:
    """Yield a finding for each function that fills up a number to another width than stated."""
    constants = _constants(system)
    for file in system.files:
        for literal in file.literals:
            text = _with_widths(literal, constants)
            name = _function_around(file, literal)
            widths = set(_WIDTH.findall(text)) if _ALONE.fullmatch(text) else set()
            if _PADS.search(name) and len(stated) == 1 and widths - stated:
                yield CODE.finding(
                    f"`{name}` fills up numbers to {', '.join(widths)} digits, and the document to "
                    f"{', '.join(stated)}",
                    literal.span,
                    excerpt=system.excerpt(context, literal.span),
                    hint="correct the one that is out of date",
                )


def _constants(system: System) -> Mapping[str, str]:
    return {each.field: each.text for each in system.initials() if not each.record}


def _with_widths(literal: Literal, constants: Mapping[str, str]) -> str:
    """Return a text with the numbers of the constants that give the widths of its places."""
    named: dict[str, str] = dict(
        _NAMED.findall(value)[0] for value in literal.filled_in if _NAMED.match(value)
    )

    def number(place: re.Match[str]) -> str:
        width = meaning(named.get(place["name"], place["name"]), constants)
        return f"{place['fill']}{width}" if width and width.isdecimal() else place[0]

    return _NAMED_WIDTH.sub(number, literal.text)


def _begins(whole: str, part: str) -> bool:
    return whole == part or (part.endswith("/") and whole.startswith(part))


def _share_word(one: str, other: str) -> bool:
    """Say whether two forms have a fixed part in common, be it in the plural."""
    words = (
        {word.removesuffix("s") for word in re.findall(r"[a-z]{4,}", each)} for each in (one, other)
    )
    return bool(set.intersection(*words))


def _likeness(one: str, other: str) -> float:
    return SequenceMatcher(None, one, other, autojunk=False).ratio()


def form_of(text: str) -> str:
    """Return the form of a key with its placeholders empty; nothing for a text that is none."""
    return _PLACE.sub("{}", text) if _is_template(text) else ""


def _is_template(text: str) -> bool:
    return "/" in text and len(text) < MAX_KEY and _TEMPLATE.fullmatch(text) is not None


def _shown(page: Prose) -> Iterator[tuple[str, Span]]:
    for passage in page.passages:
        for start, written in passage.coded():
            text = _in_braces(written)
            if _is_template(text):
                yield _PLACE.sub("{}", text), passage.span(start, start + len(written))
    for lines in page.blocks(PassageKind.CODE):
        matches = [(line, _LINE.fullmatch(line.text)) for line in lines if line.text.strip()]
        keys = [
            (_in_braces(match["key"]), line.span(*match.span("key")))
            for line, match in matches
            if match
        ]
        found = [(text, span) for text, span in keys if _is_template(text)]
        if _LEAST_LINES <= len(found) == len(matches):
            yield from ((_PLACE.sub("{}", text), span) for text, span in found)
    for key, span in layout_keys(page):
        if _is_template(key):
            yield _PLACE.sub("{}", key), span


def _in_braces(text: str) -> str:
    """Return a key with `{name}` for `$name`."""
    return re.sub(r"\$\{?(\w+)\}?", r"{\1}", text)


def _made(system: System) -> Iterator[tuple[str, Span]]:
    constants = _constants(system)
    texts = _texts_of_functions(system, constants)
    helped = list(_made_by_helpers(system, texts))
    yield from ((_PLACE.sub("{}", text), call.span) for call, text in helped)
    helpers = {call.name for call, _text in helped}
    for file in system.files:
        for literal in file.literals:
            is_key = "{" in literal.text and len(literal.text) < MAX_KEY
            if is_key and _function_around(file, literal) not in helpers:
                text = _with_constants(literal, constants, texts)
                if _is_template(text):
                    yield _PLACE.sub("{}", text), literal.span


def _made_by_helpers(system: System, texts: Mapping[str, str]) -> Iterator[tuple[Call, str]]:
    """Yield the calls of functions that put a text behind a part, and the key of each."""
    for call in (
        call for file in system.files for function in file.functions for call in function.calls
    ):
        whole = texts.get(call.name, "")
        last = _LAST_TEXT.search(call.arguments)
        places = list(_PLACE.finditer(whole)) if last else []
        if last and len(places) == _PLACES_OF_HELPER and whole.endswith(places[-1][0]):
            text = whole[: places[-1].start()] + last["text"]
            if _is_template(text):
                yield call, text


def _function_around(file: CodeFile, literal: Literal) -> str:
    """Return the name of the last function that begins above a text, nothing for none."""
    above = [each.name for each in file.functions if each.span.line <= literal.span.line]
    return above[-1] if above else ""


def _texts_of_functions(system: System, constants: Mapping[str, str]) -> Mapping[str, str]:
    """Return the keys that functions make, by their names, of those that make just one."""
    found: dict[str, set[str]] = {}
    for file in system.files:
        for literal in file.literals:
            name = _function_around(file, literal)
            text = _with_constants(literal, constants, {})
            if name and _is_template(text):
                found.setdefault(name, set()).add(text)
    return {name: texts.pop() for name, texts in found.items() if len(texts) == 1}


def _with_constants(
    literal: Literal, constants: Mapping[str, str], functions: Mapping[str, str]
) -> str:
    """Return a text with the constants, and what functions make, among its values in its places."""
    named: dict[str, str] = dict(
        _NAMED.findall(value)[0] for value in literal.filled_in if _NAMED.match(value)
    )
    left = iter(value for value in literal.filled_in if not _NAMED.match(value))

    def filled(place: re.Match[str]) -> str:
        name = place["name"]
        if not name:
            value = next(left, "")
        elif name.isdecimal():
            value = (*literal.filled_in, "")[min(int(name), len(literal.filled_in))]
        else:
            value = named.get(name, name)
        called = _CALLED.fullmatch(value)
        if called and (made := functions.get(called["name"])):
            return made
        text = meaning(value, constants) if re.fullmatch(r"(?:\w+::)*[A-Z]\w*", value) else None
        return text[1:-1] if text and text[0] == '"' else place[0]

    return _VALUE.sub(filled, literal.text)


def _may_be(made: str, shown: str) -> bool:
    """Say whether a key in a source can be one that is shown, or the end of one.

    A placeholder may stand for a fixed part, and the first one may bring the `/` behind it.
    """
    parts = [re.escape(part) for part in made.split("{}")]
    pattern = r"(?:\{\}|[\w-]+)".join(parts)
    if made.startswith("{}") and not made.startswith("{}/"):
        pattern = rf"(?:\{{\}}|[\w-]+)/{pattern.partition(')')[2]}"
    return re.fullmatch(rf"(?:.*/)?{pattern}", shown) is not None
