"""Initial values and types as tables have them: all `IDLE`, `Writers → {IDLE, BUSY}`.

A variable whose type is a function, and whose initial value is one value of its range, begins with
that value everywhere.
"""

from __future__ import annotations

import re
from collections.abc import Callable

from conform.errors import InputError
from conform.languages.markdown.formal.building import as_value
from conform.languages.markdown.formal.parsing import parse_formula
from conform.languages.markdown.formal.syntax import (
    Bound,
    Expression,
    FunctionOf,
    FunctionSet,
    Literal,
    Name,
    RecordOf,
    RecordSet,
)
from conform.languages.markdown.manuscript import Fragment

_ALL = re.compile(r"(?:all(?:\s+entries)?|each|every\w*)(?:\s*[:=])?\s+(?=\S)", re.I)
_FOR_ALL = re.compile(
    r"[,\s(]+(?:for\s+)?(?:all|each|every)\s+[\w`]+(?:\s*(?:\N{ELEMENT OF}|\\in|in)\s*\S+)?\)?$",
    re.I,
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


def parse_initial(
    text: Fragment, type_set: Expression | None, is_value: Callable[[str], bool]
) -> Expression:
    """Return an initial value, or raise InputError; `is_value` knows the words that are values."""
    if not isinstance(type_set, FunctionSet):
        return parse_formula(text)
    stated = text.part(match.end()) if (match := _ALL.match(text.text)) else text
    if match is None and (tail := _FOR_ALL.search(stated.text)):
        match, stated = tail, stated.part(0, tail.start())
    found = as_value(parse_formula(stated))
    if match is None and not _is_element(found, type_set, is_value):
        return found
    return _everywhere(found, type_set)


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
