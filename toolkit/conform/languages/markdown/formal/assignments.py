"""Places that an effect assigns twice, as far as its text tells."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from msgspec import Struct

from conform.languages.markdown.formal.syntax import (
    Assign,
    AssignSome,
    Expression,
    ForEach,
    Otherwise,
    Statement,
    Unchanged,
    When,
)
from conform.languages.markdown.formal.traversal import parts
from conform.text import Span


class Twice(Struct, frozen=True):
    """A second assignment, and the first one; `path` is as written, empty for a whole variable."""

    variable: str
    span: Span
    first: Span


class _Place(Struct, frozen=True):
    variable: str
    path: tuple[Expression, ...]
    span: Span


def assigned_twice(statements: Iterable[Statement]) -> Iterator[Twice]:
    """Yield each assignment to a place that an earlier one in the same effect has assigned."""
    seen: list[_Place] = []
    for statement in statements:
        if isinstance(statement, ForEach | When):
            branches = (
                (statement.body,)
                if isinstance(statement, ForEach)
                else (statement.consequent, statement.alternative)
            )
            for branch in branches:
                yield from assigned_twice(branch)
        places = list(_places(statement))
        for place in places:
            first = next((each for each in seen if _overlap(each, place)), None)
            if first is not None:
                yield Twice(place.variable, place.span, first.span)
        seen += places


def assigned(statements: Iterable[Statement]) -> Iterator[str]:
    """Yield the variables that statements assign, or say to be unchanged."""
    yield from (place.variable for statement in statements for place in _places(statement))


def _places(statement: Statement) -> Iterator[_Place]:
    match statement:
        case Assign(target=target) | AssignSome(target=target):
            yield _Place(target.variable, target.path, target.span)
        case ForEach(body=body):
            for inner in body:
                yield from _places(inner)
        case When(consequent=one, alternative=other):
            for inner in (*one, *other):
                yield from _places(inner)
        case Otherwise(body=body):
            for inner in body:
                yield from _places(inner)
        case Unchanged(variables=variables):
            yield from (_Place(name.name, (), name.span) for name in variables)
        case _:
            pass


def _overlap(one: _Place, other: _Place) -> bool:
    """Whether one place lies in the other, by their texts."""
    if one.variable != other.variable:
        return False
    pairs = zip(one.path, other.path, strict=False)
    return all(_same(left, right) for left, right in pairs)


def _same(one: object, other: object) -> bool:
    """Whether two parts of the syntax say the same, wherever they stand."""
    if isinstance(one, Span) and isinstance(other, Span):
        return True
    if isinstance(one, tuple) and isinstance(other, tuple):
        return len(one) == len(other) and all(map(_same, one, other))
    if isinstance(one, Struct) and isinstance(other, Struct):
        alike = zip(parts(one), parts(other), strict=False)
        return type(one) is type(other) and all(_same(left, right) for left, right in alike)
    return type(one) is type(other) and one == other
