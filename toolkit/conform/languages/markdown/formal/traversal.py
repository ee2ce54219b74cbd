"""Going through the syntax tree of an expression."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import Any, TypeAlias, TypeVar

from msgspec import Struct
from msgspec.structs import replace

from conform.languages.markdown.formal.syntax import (
    Apply,
    Bound,
    Definition,
    Expression,
    Index,
    Name,
    Statement,
    Target,
    Unary,
    Update,
)

Node: TypeAlias = Expression | Statement | Bound | Definition | Update | Target
"""What consists of other nodes."""

_N = TypeVar("_N", bound=Struct)


def rewritten(node: _N, turn: Callable[[Any], Any]) -> _N:
    """Return a node in which each one has been turned, from the inside out."""
    changed = {}
    for name in node.__struct_fields__:
        part = getattr(node, name)
        new = _rewritten(part, turn)
        if new is not part:
            changed[name] = new
    found: _N = turn(replace(node, **changed) if changed else node)
    return found


def _rewritten(value: object, turn: Callable[[Any], Any]) -> object:
    if isinstance(value, tuple):
        elements = tuple(_rewritten(each, turn) for each in value)
        is_same = all(new is old for new, old in zip(elements, value, strict=True))
        return value if is_same else elements
    return rewritten(value, turn) if isinstance(value, Node) else value


def walk(node: Expression) -> Iterator[Expression]:
    """Yield an expression and all inside of it, from the outside in."""
    yield node
    for child in children(node):
        yield from walk(child)


def parts(node: Struct) -> Iterator[object]:
    """Yield what a node of the syntax consists of, in the order of its fields."""
    for name in node.__struct_fields__:
        yield getattr(node, name)


def children(node: Struct) -> Iterator[Expression]:
    """Yield the expressions directly inside of a node, those of its bounds and parts included."""
    for part in parts(node):
        yield from _expressions(part)


def _expressions(value: object) -> Iterator[Expression]:
    if isinstance(value, tuple):
        for element in value:
            yield from _expressions(element)
    elif isinstance(value, Bound | Definition | Update):
        yield from children(value)
    elif isinstance(value, Expression):
        yield value


def indexings(statements: Iterable[Statement | Expression]) -> Iterator[tuple[str, str]]:
    """Yield (function, argument) of each `f[x]` of two names, in formulas and in targets."""
    for statement in statements:
        yield from _indexings(statement)


def _indexings(value: object) -> Iterator[tuple[str, str]]:
    match value:
        case Index(function=function, arguments=(Name(name=argument),)):
            match function:
                case Name(name=name) | Unary(operator="'", operand=Name(name=name)):
                    yield name, argument
                case _:
                    pass
        case Target(variable=variable, path=(Name(name=argument), *_)):
            yield variable, argument
        case _:
            pass
    if isinstance(value, tuple):
        for element in value:
            yield from _indexings(element)
    elif isinstance(value, Struct):
        for part in parts(value):
            yield from _indexings(part)


def names_in(value: object) -> Iterator[str]:
    """Yield every name in statements or expressions, those that are applied included."""
    match value:
        case Name(name=name) | Apply(name=name):
            yield name
        case _:
            pass
    if isinstance(value, tuple):
        for element in value:
            yield from names_in(element)
    elif isinstance(value, Struct):
        for part in parts(value):
            yield from names_in(part)
