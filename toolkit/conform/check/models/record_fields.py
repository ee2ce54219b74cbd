"""The fields of a variable's records as a document tells them, held against those of the model.

A table or items below words about the variable's fields, a block of code with its shape, a
sentence that lists them, and places such as `lease[s].owner` in any text. What the model has is
what the values of its states have.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import TypeAlias

import numpy as np
from msgspec import Struct

from conform.check.cf261_types_differ import CODE
from conform.check.columns import Role
from conform.check.context import Context
from conform.check.models.explored import Explored
from conform.domain.finding import Finding
from conform.domain.prose import Passage, PassageKind, Prose
from conform.domain.values import FunctionValue, ModelValue, SetValue, Value
from conform.explore.graph import StateGraph
from conform.text import nearest

_ABOUT_FIELDS = re.compile(
    r"\b(?:fields?|records?|carries|consists of|shape|structure|components?|attributes?"
    r"|looks like this|is made of)\b",
    re.I,
)
_TAKES_BACK = re.compile(
    r"\b(?:not|no|never|without|only|beside|implementation|stored|would|could|might|instead|extra"
    r"|additional|optional|real|other)\b",
    re.I,
)
_FIELD_HEADER = re.compile(r"(?:field|attribute|key|component)s?(?: name)?", re.I)
_ITEM = re.compile(r"(?P<name>[^\W\d]\w*)(?=\s*(?:[:(\N{EM DASH}\N{EN DASH}]|-\s|$))")
_CODED_FIELD = re.compile(r"\s*(?:pub\s+)?[\"']?(?P<name>[^\W\d]\w*)[\"']?\s*:(?!=)\s*\S")
_JSON_FIELD = re.compile(r"[\"'](?P<name>[^\W\d]\w*)[\"']\s*:")
_SENTENCE = re.compile(
    r"\b(?:with|has|have|of|by)\s+(?:the\s+|two\s+|three\s+|its\s+)*fields?:?\s+"
    r"(?P<names>[^\W\d]\w*(?:\s*,\s*(?:and\s+)?[^\W\d]\w*|\s+and\s+[^\W\d]\w*)+)"
)
_WORD = re.compile(r"[^\W\d]\w*")
_PLACE = re.compile(
    r"(?<![\w.])(?P<variable>[^\W\d]\w*)(?P<index>(?:\[[^\[\]]*\])*)\.(?P<field>[^\W\d]\w*)(?![\w(])"
)
_FEWEST = 2

Shapes: TypeAlias = frozenset[frozenset[str]]
"""The sets of fields that the records of one variable have."""


class _Told(Struct, frozen=True):
    """Fields that a document tells of a variable, each with its place; `is_whole` for a list."""

    variable: str
    fields: dict[str, tuple[Passage, tuple[int, int]]]
    at: Passage


def fields_otherwise(context: Context, explored: Explored) -> Iterator[Finding]:
    """Yield a finding for each field that records of a model do not have, or that is left out."""
    graph = explored.graph
    if graph is None or explored.role not in (Role.TLAPLUS, Role.FIZZBEE):
        return
    names = dict.fromkeys(slot.variable for slot in graph.slots)
    shaped = ((name, _shapes_of(explored, graph, name)) for name in names)
    known = {name: shapes for name, shapes in shaped if shapes}
    own = {document.path for document in context.documents}
    for page in context.pages if known else ():
        if page.path in own:
            for told in _told(page, known):
                yield from _compared(context, explored, told, known[told.variable])
            yield from _places(context, explored, page, known)


def _shapes_of(explored: Explored, graph: StateGraph, variable: str) -> Shapes:
    """Return the sets of fields that records of a variable have; empty without records.

    A function over the names that a constant lists is no record, whatever they are made of.
    """
    listed = {str(each) for value in explored.constants.values() for each in _atoms(value)}
    found: set[frozenset[str]] = set()
    for at, slot in enumerate(graph.slots):
        if slot.variable == variable:
            codes = graph.columns.column([at]).codes
            for state in np.unique(codes, return_index=True)[1].tolist():
                found.update(_shapes_in(graph.state(int(state))[at]))
    return frozenset(each for each in found if each and not each & listed)


def _shapes_in(value: Value) -> Iterator[frozenset[str]]:
    match value:
        case FunctionValue():
            keys = [key for key in value.domain.elements if isinstance(key, str)]
            if len(keys) == len(value):
                yield frozenset(keys)
            for each in value.values:
                yield from _shapes_in(each)
        case SetValue():
            for each in value.elements:
                yield from _shapes_in(each)
        case _:
            return


def _atoms(value: Value) -> Iterator[Value]:
    match value:
        case FunctionValue():
            for each in (*value.domain.elements, *value.values):
                yield from _atoms(each)
        case SetValue():
            for each in value.elements:
                yield from _atoms(each)
        case ModelValue(name=name):
            yield name
        case _:
            yield value


def _told(page: Prose, known: dict[str, Shapes]) -> Iterator[_Told]:
    announced = ""
    heading = ""
    group: list[Passage] = []
    passages = list(page.passages)
    for at, passage in enumerate(passages):
        text = passage.text
        if passage.kind is PassageKind.HEADING:
            heading = _variable_in(text, known) if _ABOUT_FIELDS.search(text) else ""
            announced = heading
        elif passage.kind is PassageKind.TEXT:
            is_about = _ABOUT_FIELDS.search(text) and not _TAKES_BACK.search(text)
            named = _variable_in(text, known)
            ends = text.rstrip().endswith(":")
            announced = named if is_about and named and ends else ("" if ends else heading)
            if is_about and named and not ends:
                yield from _in_sentence(passage, named)
        elif announced:
            group = _same_block(passages, at)
            if group and group[0] is passage:
                yield from _in_group(group, announced, passages)
                announced = ""


def _same_block(passages: Sequence[Passage], at: int) -> list[Passage]:
    """Return the passages of the table, the code or the list that begins here."""
    first = passages[at]
    found = []
    for each in passages[at:]:
        is_same = each.kind is first.kind or {each.kind, first.kind} <= {
            PassageKind.HEADER,
            PassageKind.CELL,
        }
        if not is_same or (first.kind is not PassageKind.ITEM and each.block != first.block):
            break
        found.append(each)
    return found


def _in_group(group: list[Passage], variable: str, passages: Sequence[Passage]) -> Iterator[_Told]:
    first = group[0]
    fields: dict[str, tuple[Passage, tuple[int, int]]] = {}
    match first.kind:
        case PassageKind.HEADER if _FIELD_HEADER.fullmatch(first.text.strip(" *`")):
            for cell in group:
                name = _WORD.fullmatch(cell.text.strip())
                if cell.kind is PassageKind.CELL and cell.column == first.column and name:
                    fields[name[0]] = cell, (0, len(cell.text))
        case PassageKind.ITEM:
            for item in group:
                if item.level == first.level and (name := _ITEM.match(item.text)):
                    fields[name["name"]] = item, name.span("name")
        case PassageKind.CODE:
            for line in group:
                name = _CODED_FIELD.match(line.text)
                for each in [name] if name else _JSON_FIELD.finditer(line.text):
                    fields[each["name"]] = line, each.span("name")
        case _:
            return
    if len(fields) >= _FEWEST:
        yield _Told(variable, fields, first)


def _in_sentence(passage: Passage, variable: str) -> Iterator[_Told]:
    match = _SENTENCE.search(passage.text)
    if match is None:
        return
    fields = {
        name[0]: (passage, name.span())
        for name in _WORD.finditer(passage.text, *match.span("names"))
        if passage.is_code(name.start())
    }
    if len(fields) >= _FEWEST:
        yield _Told(variable, fields, passage)


def _variable_in(text: str, known: dict[str, Shapes]) -> str:
    named = {word for word in _WORD.findall(text) if word in known}
    return named.pop() if len(named) == 1 else ""


def _compared(
    context: Context, explored: Explored, told: _Told, shapes: Shapes
) -> Iterator[Finding]:
    fields = frozenset[str]().union(*shapes)
    if not fields & told.fields.keys():
        return  # another shape altogether, or other names on purpose
    missing = sorted(fields - told.fields.keys())
    for name, (passage, place) in told.fields.items():
        if name not in fields:
            close = nearest(name, missing) or (missing[0] if len(missing) == 1 else None)
            hint = f"did you mean `{close}`?" if close else "correct the document, or the model"
            message = f"the records of `{told.variable}` in {explored.spec.path} have no `{name}`"
            yield _finding(context, passage, place, message, hint)
    if missing and len(shapes) == 1 and told.fields.keys() <= fields:
        names = ", ".join(f"`{name}`" for name in missing)
        message = f"the fields of `{told.variable}` lack {names} of {explored.spec.path}"
        place = (0, len(told.at.text))
        yield _finding(context, told.at, place, message, "correct the document, or the model")


def _places(
    context: Context, explored: Explored, page: Prose, known: dict[str, Shapes]
) -> Iterator[Finding]:
    """Yield the fields of places, `lease[s].holder`, that no record of the variable has."""
    reported: set[tuple[str, str]] = set()
    for passage in page.running():
        for match in _PLACE.finditer(passage.text):
            fields = frozenset[str]().union(*known.get(match["variable"], ()))
            pair = match["variable"], match["field"]
            if not fields or match["field"] in fields or pair in reported:
                continue
            if not passage.is_code(match.start()):
                continue
            reported.add(pair)
            close = nearest(match["field"], sorted(fields))
            hint = f"did you mean `{close}`?" if close else f"it has {', '.join(sorted(fields))}"
            message = f"the records of `{pair[0]}` in {explored.spec.path} have no `{pair[1]}`"
            yield _finding(context, passage, match.span("field"), message, hint)


def _finding(
    context: Context, passage: Passage, place: tuple[int, int], message: str, hint: str
) -> Finding:
    span = passage.span(*place)
    return CODE.finding(message, span, excerpt=context.excerpt(span), hint=hint)
