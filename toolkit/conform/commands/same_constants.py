"""A FizzBee specification under the constants of another reading, where its own are others.

State graphs can be compared under equal constants alone, and a `.fizz` file gives its own. What is
written in it for a constant is replaced by the value of the constant of that name elsewhere, in one
line each, so that places stay where they were.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from msgspec import Struct

from conform.check.texts.belonging import folded
from conform.check.texts.parameter_tables import are_same, canonical
from conform.commands.fizz_artefact import FizzArtefact, artefact_of
from conform.domain.values import Bindings, ModelValue, SetValue, Value, format_value
from conform.errors import ConformError
from conform.languages.fizzbee.specification import edited
from conform.text import Span

_LINE = re.compile(
    r"(?P<before>\s*(?P<name>[^\W\d]\w*)\s*=\s*)(?P<value>[^#]*?)(?P<after>\s*(?:#.*)?)"
)
_STRING = re.compile(r"\"[\w .-]*\"|'[\w .-]*'")
_NUMBER = re.compile(r"-?\d+")
_LISTED = re.compile(r"(?P<open>[\[({])(?P<inner>.*)(?P<close>[\])}])")


class OtherConstant(Struct, frozen=True):
    """A constant that the specification gives another value than the other reading does."""

    name: str
    own: str
    theirs: str
    span: Span


class Aligned(Struct, frozen=True):
    """The specification under the other reading's constants, and those that were replaced."""

    artefact: FizzArtefact
    replaced: tuple[OtherConstant, ...]


def aligned(fizzbee: FizzArtefact, constants: Bindings) -> Aligned | None:
    """Return the specification under other constants; None where its own are equal.

    None as well where a value cannot be written in FizzBee, or does not fit the specification.
    """
    lines = [*fizzbee.specification.source.lines()]
    found = list(_others(fizzbee, constants))
    for other, value in found:
        match = _LINE.fullmatch(lines[other.span.line - 1])
        if match is None or match["name"] != other.name or not _is_same_text(match["value"], other):
            return None
        text = _written(value, match["value"])
        if text is None:
            return None
        lines[other.span.line - 1] = f"{match['before']}{text}{match['after']}"
    if not found:
        return None
    try:
        specification = edited(fizzbee.specification, "\n".join(lines) + "\n")
        return Aligned(artefact_of(specification), tuple(other for other, _value in found))
    except ConformError:
        return None


def _others(fizzbee: FizzArtefact, constants: Bindings) -> Iterator[tuple[OtherConstant, Value]]:
    known = {folded(name): value for name, value in constants}
    for row in fizzbee.spec.parameters:
        value = known.get(folded(row.name))
        own = row.values[0][1]
        if value is not None:
            theirs = format_value(value)
            if not are_same(theirs, own, across_languages=True):
                yield OtherConstant(row.name, own, theirs, row.span), value


def _is_same_text(written: str, other: OtherConstant) -> bool:
    """Whether the value in a line is the whole of what the constant is given."""
    return canonical(written) == canonical(other.own) or written.split() == other.own.split()


def _written(value: Value, instead_of: str) -> str | None:
    """Return a value as the specification would write it, None if it has no such form."""
    text = instead_of.strip()
    if type(value) is int:
        return str(value) if _NUMBER.fullmatch(text) else None
    listed = _LISTED.fullmatch(text)
    if not isinstance(value, SetValue) or listed is None:
        return None
    elements = _elements(value.elements, listed["inner"])
    comma = "," if listed["open"] == "(" and len(elements) == 1 else ""
    return f"{listed['open']}{', '.join(elements)}{comma}{listed['close']}" if elements else None


def _elements(values: Iterable[Value], inner: str) -> list[str]:
    """Return the elements of a list in FizzBee, names or numbers as it has; empty for others."""
    own = [each.strip() for each in inner.split(",") if each.strip()]
    found = list(values)
    numbers = [each for each in found if type(each) is int]
    if len(numbers) == len(found) and all(map(_NUMBER.fullmatch, own)):
        return [str(each) for each in sorted(numbers)]
    names = [each.name if isinstance(each, ModelValue) else each for each in found]
    texts = [each for each in names if isinstance(each, str)]
    if len(texts) < len(found) or not all(_STRING.fullmatch(each) for each in own):
        return []
    kept = [each[1:-1] for each in own if each[1:-1] in texts]
    return [f'"{name}"' for name in (*kept, *sorted(set(texts) - set(kept)))]
