"""The document gives a variable another type than the model's invariant of types.

What it means
    Both types can be listed under the constants of the configuration, and one has values that the
    other has not: a bound that is off by one, a value that was renamed or added in one place.

    Types that cannot be listed (`Nat`, prose) are not compared. Functions and records are compared
    part by part. The fields of a variable's records that a table, items, a block of code or a
    sentence of the document names are held against those in the states of the model, and so is the
    field of a place, `lease[s].owner`, in any text of the document.

Example
    `compactionCursor` is in `1..MaxOffset` in the document, and in 1..(MaxOffset + 1) in TypeOK.

What to do
    Decide which is right, and correct the other: the document is the source of truth.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from functools import partial

from conform.check.columns import Role
from conform.check.context import Context
from conform.check.models.explored import Explored
from conform.check.models.reached_values import names_in_variable
from conform.check.models.typings import typings
from conform.check.texts.belonging import folded
from conform.check.texts.enumerations import enumerations
from conform.check.texts.type_sets import Names, parts_of_type, values_of_type
from conform.domain.finding import Code, Finding
from conform.domain.values import ModelValue, Value, format_value
from conform.explore.graph import StateGraph
from conform.languages.markdown.formal.worded_types import fields_with_sets
from conform.text import Span

CODE = Code("CF261", "types of a variable differ")

_NAME = re.compile(r"(?<![\w\"])[^\W\d]\w*(?![\w\"])")
_LITERAL = re.compile(r"\s*\w+\s*==\s*(?P<value>\"[^\"]*\"|\d+)\s*(?:\\\*.*)?")

SHOWN = 3
"""Values that a finding lists at most."""


def differing_types(context: Context, explored: Explored) -> Iterator[Finding]:
    """Yield a finding for each variable whose type in a document is not that of the model."""
    graph = explored.graph
    if graph is None or explored.role is None:
        return
    places = {variable.name: variable.span.path for variable in explored.spec.variables}
    for name in dict.fromkeys(slot.variable for slot in graph.slots):
        path = places.get(name, explored.spec.path)
        for own, place in list(typings(context, path, name))[:1]:
            for document in context.documents:
                for stated in document.variables:
                    if folded(stated.name) == folded(name) and stated.type_text:
                        names = _names(explored, graph, name)
                        spelt = partial(_spelt_out, context, explored)
                        difference = _difference(_whole(stated.type_text), own, names, spelt)
                        if difference:
                            yield _finding(context, name, stated.span, place, difference)


def _whole(stated: str) -> str:
    """Return a type with the sets of a record's fields in it that stand behind it."""
    edit = fields_with_sets(stated.replace("`", ""))
    if edit is None:
        return stated
    start, end, record = edit
    plain = stated.replace("`", "")
    return plain[:start] + record + plain[end:]


def _names(explored: Explored, graph: StateGraph, variable: str) -> Names:
    """Return what names stand for; words count as strings, whatever the model has for them."""
    constants = {
        name: value
        for name, value in explored.constants.items()
        if not isinstance(value, ModelValue) or name not in names_in_variable(graph, variable)
    }
    return Names(constants, frozenset())


def _spelt_out(context: Context, explored: Explored, text: str) -> str:
    """Return a type with what stands behind names of plain values, as in `NoTask == "NONE"`."""

    def value(match: re.Match[str]) -> str:
        artefact = context.formal.get(explored.role or Role.PROSE)
        definition = artefact.definitions.get(match[0]) if artefact else None
        source = context.sources.get(definition.span.path) if definition else None
        line = source.line(definition.span.line) if definition and source else ""
        literal = _LITERAL.fullmatch(line)
        return literal["value"] if literal else match[0]

    return _NAME.sub(value, text)


def _difference(
    stated: str, own: str, names: Names, spelt: Callable[[str], str]
) -> tuple[set[str], set[str]] | None:
    """Return the values that one type has and the other has not; None where they are equal.

    Two lists of names are CF243's. `spelt` gives the model's own type without names for values;
    a document may have the name as well.
    """
    parts, others = parts_of_type(stated), parts_of_type(own)
    if len(parts) == len(others) > 1:
        found = (_difference(*pair, names, spelt) for pair in zip(parts, others, strict=True))
        return next(filter(None, found), None)
    if any(enumerations(stated)) and any(enumerations(own)):
        return None
    one, other = _listed(stated, names), _listed(spelt(own), names)
    if one is None or other is None or one in (other, _listed(own, names)):
        return None
    return one - other, other - one


def _listed(text: str, names: Names) -> set[str] | None:
    values = values_of_type(text.strip(), names)
    return None if values is None else {_word(value) for value in values}


def _word(value: Value) -> str:
    return value.name if isinstance(value, ModelValue) else format_value(value).strip('"')


def _finding(
    context: Context, name: str, at: Span, place: Span, difference: tuple[set[str], set[str]]
) -> Finding:
    stated, own = difference
    details = [f"only here: {_shown(stated)}"] if stated else []
    details += [f"only in {place}: {_shown(own)}"] if own else []
    return CODE.finding(
        f"the type of `{name}` is not that of {place.path}",
        at,
        excerpt=context.excerpt(at),
        details=tuple(details),
        hint="the document decides; correct the other",
    )


def _shown(values: set[str]) -> str:
    ordered = sorted(values)
    more = ", ..." if len(ordered) > SHOWN else ""
    return ", ".join(ordered[:SHOWN]) + more
