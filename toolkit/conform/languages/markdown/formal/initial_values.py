"""Initial values and types as tables have them: all `IDLE`, `Writers → {IDLE, BUSY}`.

A variable whose type is a function, and whose initial value is one value of its range, begins with
that value everywhere.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Sequence

from msgspec.structs import replace

from conform.errors import InputError
from conform.languages.markdown.formal.building import as_value
from conform.languages.markdown.formal.parsing import parse_formula
from conform.languages.markdown.formal.syntax import (
    Apply,
    Bound,
    Expression,
    FunctionOf,
    FunctionSet,
    Literal,
    Name,
    RecordOf,
    RecordSet,
    SetOf,
    TupleOf,
)
from conform.languages.markdown.index_sets import LISTED_VALUES
from conform.languages.markdown.manuscript import Fragment

_ALL = re.compile(
    r"(?:all(?:\s+entries)?|each|every\w*)"
    r"(?:\s+(?-i:[a-z]{3,})(?=\s*:|\s+(?-i:[A-Z{]|\d|[a-z]\w*\s*=)))?(?:\s*[:=])?\s+(?=\S)"
    r"|\N{FOR ALL}\s*\w+(?:\s*(?:\N{ELEMENT OF}|\\in)\s*\w+)?\s*[:,.]\s*"
    r"|\w+\s*(?:\N{RIGHTWARDS ARROW FROM BAR}|\|->)\s*",
    re.I,
)
"""In front of one value for all: *all `IDLE`*, *every worker `IDLE`*, `∀ w : IDLE`, `w ↦ IDLE`."""
_FOR_ALL = re.compile(
    r"[,\s(]+(?:for\s+all|(?:for\s+)?(?:all|each|every)\s+[\w`]+)"
    r"(?:\s*(?:\N{ELEMENT OF}|\\in|in)\s*\S+)?\)?$"
    r"|[,\s]+for\s+(?:each|every)(?:\s+one)?$",
    re.I,
)
_FIELD_IS = r"\w++(?:\s*+[=:]\s*+\w++|\s++(?:\d++|[A-Z][A-Z_]*+)(?!\w))"
_OF_FIELDS = re.compile(
    r"(?:(?P<value>\w++)\s*+(?:\bwith\b|\band\b|,|(?P<open>\())\s*+)?"
    rf"(?P<fields>{_FIELD_IS}(?:\s*+(?:,\s*+(?:and\s++)?|\band\b\s*+){_FIELD_IS})*+)(?(open)\s*+\))"
)
"""A record by its fields, one of them perhaps by its value alone: *`EMPTY` with `count = 0`*."""

_FIELD = re.compile(
    r"(?P<between>\s*(?:,\s*(?:and\s)?|\band\b)\s*)?(?P<name>\w+)(?P<equals>\s*[=:]\s*|\s+)\w+"
)
_ARROW = re.compile(r"\N{RIGHTWARDS ARROW}|->|\N{LONG RIGHTWARDS ARROW}")

EACH = "each"
"""The name that is bound in a function which has one value everywhere; no document can see it."""


def parse_type(text: Fragment) -> Expression:
    """Return the set that a type is, `S → T` without brackets included; or raise InputError."""
    try:
        return parse_formula(text)
    except InputError:
        if not _ARROW.search(text.text):
            raise
        length = len(text.text)
        return parse_formula(text.edited([(0, 0, "["), (length, length, "]")]))


def with_fields_named(stated: Expression, declared: Collection[str]) -> Expression:
    """Return a type in which names that nothing declares are fields: `S → (owner, epoch)`.

    What each field is in is not said: its name stands there as well.
    """
    match stated:
        case FunctionSet(values=values):
            return replace(stated, values=with_fields_named(values, declared))
        case TupleOf(span=span, elements=elements) if len(elements) > 1:
            names = [each.name for each in elements if isinstance(each, Name)]
            are_fields = len(set(names)) == len(elements) and all(
                name[:1].islower() and name not in declared for name in names
            )
            return (
                RecordOf(span, tuple(zip(names, elements, strict=True))) if are_fields else stated
            )
        case _:
            return stated


def parse_type_over(text: Fragment, domain: str) -> Expression:
    """Return the type of a function by the set of its indices, and the type of its values."""
    if LISTED_VALUES.fullmatch(text.text.strip()):
        length = len(text.text)
        text = text.edited([(0, 0, "{"), (length, length, "}")])
    values = parse_type(text)
    return FunctionSet(values.span, Name(values.span, domain), values)


def parse_initial(
    text: Fragment, type_set: Expression | None, is_value: Callable[[str], bool]
) -> Expression:
    """Return an initial value, or raise InputError; `is_value` knows the words that are values."""
    if not isinstance(type_set, FunctionSet):
        found = parse_formula(text)
        if isinstance(found, Apply) and _ALL.match(text.text):  # all (FREE, 0), of an unread type
            raise text.refuse("one value for all", expected="a type with its indices", hint="")
        return found
    stated = text.part(match.end()) if (match := _ALL.match(text.text)) else text
    if match is None and (tail := _FOR_ALL.search(stated.text)):
        match, stated = tail, stated.part(0, tail.start())
    stated = _as_record(stated, type_set.values)
    found = as_value(parse_formula(stated))
    if isinstance(type_set.values, RecordSet | RecordOf):
        found = by_position(found, [name for name, _ in type_set.values.fields])
    if match is None and not _is_element(found, type_set, is_value):
        return found
    if isinstance(type_set.values, RecordSet) and isinstance(found, Literal | Name):
        fields = ", ".join(name for name, _ in type_set.values.fields)
        raise text.refuse(
            "one value is no record",
            expected=f"a value for each of {fields}",
            hint="say the others",
        )
    return _everywhere(found, type_set)


def parse_initial_over(
    text: Fragment, domain: str, is_value: Callable[[str], bool]
) -> Expression | None:
    """Return the function over a set that has one value everywhere; None for any other value."""
    found = as_value(parse_formula(text))
    is_plain = isinstance(found, Literal) or (isinstance(found, Name) and is_value(found.name))
    over = FunctionSet(found.span, Name(found.span, domain), found)
    return _everywhere(found, over) if is_plain else None


def _as_record(text: Fragment, values: Expression) -> Fragment:
    """Return a record in the notation where a text gives its fields in words, all of them."""
    match = _OF_FIELDS.fullmatch(text.text.strip(" ."))
    if match is None or not isinstance(values, RecordSet | RecordOf):
        return text
    text = text.strip()
    stated = list(_FIELD.finditer(text.text, *match.span("fields")))
    names = [field["name"] for field in stated]
    others = [name for name, _ in values.fields if name not in names]
    if len(names) + len(others) != len(values.fields) or len(others) != bool(match["value"]):
        return text
    edits = [(0, 0, f"[{others[0]} |-> " if others else "[")]
    if others:
        edits.append((match.end("value"), match.start("fields"), ", "))
    for field in stated:
        if field["between"]:
            edits.append((*field.span("between"), ", "))
        edits.append((*field.span("equals"), " |-> "))
    edits.append((match.end("fields"), len(text.text), "]"))
    return text.edited(edits)


def by_position(found: Expression, fields: Sequence[str]) -> Expression:
    """Return a record that gives its values in their order: `{EMPTY, 0}`, `(EMPTY, 0)`."""
    match found:
        case SetOf(span=span, elements=elements) | TupleOf(span=span, elements=elements) if (
            len(elements) == len(fields) > 1
        ):
            return RecordOf(span, tuple(zip(fields, elements, strict=True)))
        case _:
            return found


def _is_element(found: Expression, type_set: FunctionSet, is_value: Callable[[str], bool]) -> bool:
    match found:
        case Literal():
            return True
        case Name(name=name):
            return is_value(name)
        case RecordOf():
            return isinstance(type_set.values, RecordSet | RecordOf)
        case _:
            return False


def _everywhere(found: Expression, type_set: FunctionSet) -> Expression:
    match type_set.values:
        case FunctionSet() as inner:
            found = _everywhere(found, inner)
        case _:
            pass
    return FunctionOf(found.span, (Bound(found.span, (EACH,), type_set.domain),), found)
