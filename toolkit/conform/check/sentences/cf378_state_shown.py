r"""An example shows values together that no state of the model has.

What it means
    An item, a sentence or a row of a table in a section of examples gives variables the values that
    they have at one moment, and the model never has these values together, or never one of them:
    somebody changed a number of the example, or the protocol since.

    Understood are `x = v` and `x[k] = v` with a plain value, or a record by its values, `(WAL, 2)`,
    and columns of tables with a variable for their header. A section whose numbers or names the
    configuration in use does not have shows a larger system, and is left alone; so is what
    supposes, compares or denies.

Example
    4. `tries[t1] = 2`, `state[t1] = OPEN`     where the second try closes t1

What to do
    Work the example out again, or correct the model.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import combinations
from typing import TypeAlias

import numpy as np
from msgspec import Struct

from conform.check.sentences.facts import Place, leaves
from conform.check.sentences.reading import Told
from conform.domain.finding import Code, Finding
from conform.domain.prose import Passage, PassageKind
from conform.domain.values import FunctionValue, ModelValue, Value, format_value
from conform.explore.state_columns import Flags

CODE = Code("CF378", "example shows no state of the model")

_EXAMPLE = re.compile(
    r"\b(?:examples?|scenarios?|walk-?\s?throughs?|traces?|illustrations?|crash|sample\s+runs?)\b",
    re.I,
)
_ASIDE = re.compile(
    r"\b(?:counter-?\s?examples?|violat\w*|wrong|without|attacks?|bugs?|mistakes?|implement\w*|naive"
    r"|alternatives?|larger|other\s+values)\b",
    re.I,
)
_DOUBT = re.compile(
    r"\b(?:if|unless|cannot|never|not|no|would|could|might|suppose|assum\w+|instead|wrong\w*"
    r"|naive\w*|impossible|without|violat\w*|before|until|was|were|had|until|or|larger)\b",
    re.I,
)
_RECORD = r"[({\[]\s*[^(){}\[\]=<>]*[)}\]]"
_STATED = re.compile(
    rf"(?<![\w.\]])(?P<name>[^\W\d]\w*)(?:\[(?P<key>\w+)\])?\s*(?::=|==?)\s*"
    rf"(?P<value>{_RECORD}|\"\w+\"|\w+)"
    r"(?!\s*(?:[+*/(\[]|\.\w|\.\.|-\s?\w|\N{RIGHTWARDS ARROW}|->|or\b))"
)
_PLAIN = re.compile(rf"\s*(?P<value>{_RECORD}|\"\w+\"|\w+)\s*")
_PAIR = re.compile(rf"(?P<key>\w+)\s*[:=]\s*(?P<value>{_RECORD}|\"\w+\"|\w+)")
_SENTENCE = re.compile(r"(?:[^.;!?]|[.;!?](?!\s|$))+")
_NAMED_FIELD = re.compile(r"\b[^\W\d]\w*\s*(?::|\|->|\N{RIGHTWARDS ARROW FROM BAR})")
_WORD = re.compile(r"\w+")
_MOST = 12
"""Values that a row may show together; so many are looked at in pairs as well."""


class _Shown(Struct, frozen=True):
    """A value that an example shows at a place of the model, and where it stands."""

    passage: Passage
    start: int
    end: int
    place: Place
    value: tuple[str, ...]


class _Larger(Struct, frozen=True):
    """A number or a name that the configuration in use does not have."""


class _Bound(Struct, frozen=True):
    """A constant with a value of the configuration in use, `is_other` for another one."""

    is_other: bool


_Said: TypeAlias = _Shown | _Larger | _Bound


def unreached_examples(told: Told) -> Iterator[Finding]:
    """Yield a finding for each moment of an example that is no state of the model."""
    for section in _sections(told):
        moments = [list(_moment(told, parts)) for parts in section]
        bound = [each for moment in moments for each in moment if isinstance(each, _Bound)]
        is_larger = any(isinstance(each, _Larger) for moment in moments for each in moment)
        if any(each.is_other for each in bound) or (is_larger and not bound):
            continue
        for moment in moments:
            shown = _unequivocal([each for each in moment if isinstance(each, _Shown)])
            if shown and (found := _judged(told, shown)):
                yield found


def _sections(told: Told) -> Iterator[list[list[tuple[Passage, int, str]]]]:
    """Yield the moments of each section of examples: pieces of text that are about one moment."""
    titles: dict[int, str] = {}
    section: list[list[tuple[Passage, int, str]]] = []
    rows: dict[tuple[int, int], list[tuple[Passage, int, str]]] = {}
    for passage in told.context.page().passages:
        if passage.kind is PassageKind.HEADING:
            yield section
            section = []
            titles = {level: text for level, text in titles.items() if level < passage.level}
            titles[passage.level] = passage.text
            continue
        below = [text for level, text in titles.items() if level > 1]
        if not any(map(_EXAMPLE.search, below)) or any(map(_ASIDE.search, below)):
            continue
        if passage.kind is PassageKind.CELL:
            row = rows.setdefault((passage.block, passage.row), [])
            if not row:
                section.append(row)
            row.append((passage, 0, passage.text))
        elif passage.kind is PassageKind.ITEM:
            section.append([(passage, 0, passage.text)])
        elif passage.kind is PassageKind.TEXT:
            sentences = _SENTENCE.finditer(passage.text)
            section += ([(passage, each.start(), each[0])] for each in sentences)
    yield section


def _moment(told: Told, parts: Sequence[tuple[Passage, int, str]]) -> Iterator[_Said]:
    """Yield the values that a moment shows, and what it tells of the size of the system."""
    for passage, start, text in parts:
        variable = _headed(told, passage)
        if variable is not None:
            yield from _of_cell(told, passage, variable)
        elif not _DOUBT.search(text):
            for match in _STATED.finditer(passage.text, start, start + len(text)):
                if match["name"] in told.lexicon.variables:
                    yield from _shown(told, passage, match, match["name"], match["key"])
                elif match["name"] in told.lexicon.constants and match["key"] is None:
                    bound = _words(told.lexicon.constants[match["name"]])
                    if bound is not None:
                        yield _Bound(_said(match["value"]) != bound)


def _headed(told: Told, cell: Passage) -> str | None:
    """Return the variable that the column of a cell is about."""
    if cell.kind is not PassageKind.CELL:
        return None
    at = cell.block, cell.column
    headers = told.context.page().of(PassageKind.HEADER)
    title = next((each.text for each in headers if (each.block, each.column) == at), "")
    plain = _plain(title)
    return next((name for name in told.lexicon.variables if _plain(name) == plain), None)


def _plain(name: str) -> str:
    return re.sub(r"[\W_]", "", name).lower().removesuffix("s")


def _of_cell(told: Told, cell: Passage, variable: str) -> Iterator[_Said]:
    pairs = list(_PAIR.finditer(cell.text))
    rest = _PAIR.sub("", cell.text)
    if pairs and not _WORD.search(rest):
        for match in pairs:
            yield from _shown(told, cell, match, variable, match["key"])
    elif plain := _PLAIN.fullmatch(cell.text):
        yield from _shown(told, cell, plain, variable, None)


def _shown(
    told: Told, passage: Passage, match: re.Match[str], name: str, key: str | None
) -> Iterator[_Said]:
    places = told.facts.places(told.lexicon.variables[name])
    said = _said(match["value"])
    if key is None and any(place.key is not None for place in places):
        return  # a function as a whole
    found = [place for place in places if _key(place) == (key or "")]
    if not found:
        if key is not None and (key.isdigit() or key[-1:].isdigit()):
            yield _Larger()
        return
    values = [each for value in told.facts.values(found[0]) if (each := _words(value)) is not None]
    is_whole = {len(each) for each in values} == {len(said)}
    numbers = [int(each[0]) for each in values if len(each) == 1 and each[0].isdigit()]
    if len(said) == 1 and said[0].isdigit() and numbers and int(said[0]) > max(numbers):
        yield _Larger()
    if is_whole and all(_is_known(told, word) for word in said):
        yield _Shown(passage, match.start(), match.end("value"), found[0], said)


def _is_known(told: Told, word: str) -> bool:
    """Say whether a word is a value, and no name for one."""
    return word.isdigit() or word in ("TRUE", "FALSE") or word in told.lexicon.values


def _key(place: Place) -> str:
    return "" if place.key is None else _name(place.key)


def _name(value: Value) -> str:
    return value.name if isinstance(value, ModelValue) else format_value(value).strip('"')


def _words(value: Value) -> tuple[str, ...] | None:
    """Return the plain values that a value consists of, sorted."""
    if isinstance(value, FunctionValue):
        return tuple(sorted(_name(leaf) for _path, leaf in leaves(value)))
    return (_name(value),)


def _said(text: str) -> tuple[str, ...]:
    if text[:1] in "({[":
        return tuple(sorted(_WORD.findall(_NAMED_FIELD.sub("", text))))
    word = text.strip('"')
    return (word.upper() if word.lower() in ("true", "false") else word,)


def _unequivocal(shown: list[_Shown]) -> list[_Shown]:
    """Return what is shown of places that have one value in a moment alone."""
    values: dict[Place, set[tuple[str, ...]]] = {}
    for each in shown:
        values.setdefault(each.place, set()).add(each.value)
    return [each for each in shown if len(values[each.place]) == 1][:_MOST]


def _judged(told: Told, shown: list[_Shown]) -> Finding | None:
    flags = [_flags(told, each) for each in shown]
    for size in (1, 2, len(shown)):
        for chosen in combinations(range(len(shown)), size) if size <= len(shown) else ():
            if not np.logical_and.reduce([flags[at] for at in chosen]).any():
                return _finding(told, [shown[at] for at in chosen])
    return None


def _flags(told: Told, shown: _Shown) -> Flags:
    values = told.facts.values(shown.place)
    known = np.array([_words(value) == shown.value for value in values], dtype=bool)
    found: Flags = known[told.facts.codes(shown.place)]
    return found


def _finding(told: Told, shown: list[_Shown]) -> Finding:
    last = shown[-1]
    said = " and ".join(f"`{told.facts.named(each.place)}` {_text(each)}" for each in shown)
    span = last.passage.span(last.start, last.end)
    return CODE.finding(
        f"no state of {told.explored.spec.path} has {said}",
        span,
        excerpt=told.context.excerpt(span),
        details=(f"the model: {told.explored.spec.path}",),
        hint="work the example out again, or correct the model",
    )


def _text(shown: _Shown) -> str:
    """Return a value as the example writes it."""
    text = shown.passage.text[shown.start : shown.end]
    if len(shown.value) == 1:
        return shown.value[0]
    return text[max(text.rfind(sign) for sign in "({[") :]
