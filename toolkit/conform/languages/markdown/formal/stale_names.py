"""Names without a declaration in lines that would be formal with it: `lockOwner[t]` in an effect.

Words of prose introduce names, so a name that nothing declares makes a line prose. One with an
index is a variable of functions, though, and where all else in the line is known and no other words
of the action speak of it, the variable has another name by now, or is gone.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from conform.languages.markdown.formal.meanings import Checker, Misuse
from conform.languages.markdown.formal.syntax import (
    Assign,
    AssignSome,
    Condition,
    Expression,
    ForEach,
    Index,
    Name,
    Otherwise,
    Statement,
    When,
)
from conform.languages.markdown.formal.traversal import walk


def stale_names(
    checker: Checker, statements: tuple[Statement, ...], local: frozenset[str]
) -> tuple[Misuse, ...]:
    """Return what is wrong with the names of a line if that is unknown variables with an index.

    Nothing is returned for a line with any other unknown name.
    """
    checker.statements(statements, local)
    indexed = set(_indexed(statements))
    found = tuple(checker.misuses)
    unknown = all(each.topic in ("name", "target") and each.name in indexed for each in found)
    return found if unknown else ()


def _indexed(statements: Iterable[Statement]) -> Iterator[str]:
    """Yield the names that have an index somewhere in statements."""
    for statement in statements:
        match statement:
            case Assign(target=target, value=value) | AssignSome(target=target, values=value):
                if target.path:
                    yield target.variable
                yield from _in_expression(value)
            case Condition(formula=formula):
                yield from _in_expression(formula)
            case When(condition=condition, consequent=one, alternative=other):
                yield from _in_expression(condition)
                yield from _indexed((*one, *other))
            case ForEach(body=body) | Otherwise(body=body):
                yield from _indexed(body)
            case _:
                continue


def _in_expression(formula: Expression) -> Iterator[str]:
    for node in walk(formula):
        match node:
            case Index(function=Name(name=name)):
                yield name
            case _:
                continue
