"""The sources make a key or a path of another form than the specification shows.

What it means
    The document shows how keys are made of fixed parts and placeholders, and the text in the code
    that makes one of them has another fixed part: another implementation would not find what this
    one wrote.

    Looked at are texts with a `/` and a placeholder, where at least two are the same in both; a
    constant for a placeholder is part of the text. A
    number that the code fills up with zeros has the width of the placeholder, `{offset:020}`, or
    the one that the page states, *zero-padded to 20 digits*, if it states one.

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
from conform.domain.code_index import Literal
from conform.domain.finding import Code, Finding
from conform.domain.prose import Prose
from conform.text import Span

CODE = Code("CF289", "form of a key differs between text and code")

_TEMPLATE = re.compile(r"[\w{}<>./*:+-]*(?:\{\w*(?::[^{}]*)?\}|<\w+>)[\w{}<>./*:+-]*")
_PLACE = re.compile(r"\{[^{}]*\}|<\w+>")
_VALUE = re.compile(r"\{(?P<name>\w*)(?::[^{}]*)?\}")
_NAMED = re.compile(r"(\w+) = (.*)", re.DOTALL)
MAX_KEY = 300
"""Texts of so many characters or more are no keys."""

_WIDTH = re.compile(r"\{\w*:(?:0>|0)(?P<width>\d+)[du]?\}")
_PADDED = re.compile(r"\bzero-padded\s+(?:to|with|at)?\s*(?P<width>\d+)[\s-]", re.IGNORECASE)
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
        match["width"]
        for page in system.pages
        for passage in page.running()
        for match in _PADDED.finditer(passage.text)
    }
    written: dict[str, set[str]] = {}
    for page in system.pages:
        for passage in page.passages:
            for _start, text in passage.coded():
                written.setdefault(_PLACE.sub("{}", text), set()).update(_WIDTH.findall(text))
        for key, _span in layout_keys(page):
            written.setdefault(_PLACE.sub("{}", key), set()).update(_WIDTH.findall(key))
    for file in system.files:
        for literal in file.literals:
            form, widths = _PLACE.sub("{}", literal.text), set(_WIDTH.findall(literal.text))
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
        for start, text in passage.coded():
            if _is_template(text):
                yield _PLACE.sub("{}", text), passage.span(start, start + len(text))
    for key, span in layout_keys(page):
        if _is_template(key):
            yield _PLACE.sub("{}", key), span


def _made(system: System) -> Iterator[tuple[str, Span]]:
    constants = {each.field: each.text for each in system.initials() if not each.record}
    for file in system.files:
        for literal in file.literals:
            if "{" in literal.text and len(literal.text) < MAX_KEY:
                text = _with_constants(literal, constants)
                if _is_template(text):
                    yield _PLACE.sub("{}", text), literal.span


def _with_constants(literal: Literal, constants: Mapping[str, str]) -> str:
    """Return a text with the constants among its values in their places."""
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
