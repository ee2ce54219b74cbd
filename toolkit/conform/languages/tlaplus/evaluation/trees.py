"""Walks over syntax trees."""

from __future__ import annotations

from collections.abc import Iterator

from conform.languages.tlaplus import syntax


def mentions(node: syntax.Node, name: str) -> bool:
    """Return whether `name` occurs in `node` (shadowed or not)."""
    waiting = [node]
    while waiting:
        current = waiting.pop()
        match current:
            case syntax.Name(name=used) | syntax.Call(operator=used) if used == name:
                return True
        waiting.extend(_children(current))
    return False


def names_in(node: syntax.Node) -> frozenset[str]:
    """Return the names that occur in `node`, bound ones and operator symbols included."""
    found: set[str] = set()
    waiting = [node]
    while waiting:
        current = waiting.pop()
        match current:
            case syntax.Name(name=name) | syntax.Segment(name=name):
                found.add(name)
            case (
                syntax.Call(operator=name)
                | syntax.Infix(operator=name)
                | syntax.Prefix(operator=name)
                | syntax.Postfix(operator=name)
                | syntax.OperatorSymbol(operator=name)
            ):
                found.add(name)
        waiting.extend(_children(current))
    return frozenset(found)


def children(node: syntax.Node) -> tuple[syntax.Node, ...]:
    """Return the nodes directly inside `node`, in the order of the text."""
    return tuple(_children(node))


def _children(node: syntax.Node) -> Iterator[syntax.Node]:
    for attribute in _ATTRIBUTES[type(node)]:
        inside = getattr(node, attribute)
        if isinstance(inside, syntax.Node):
            yield inside
        elif isinstance(inside, tuple):
            yield from (item for item in inside if isinstance(item, syntax.Node))


class _Attributes(dict[type[syntax.Node], tuple[str, ...]]):
    """The fields of each class of nodes, found when first asked for."""

    def __missing__(self, kind: type[syntax.Node]) -> tuple[str, ...]:
        names = tuple(name for name in kind.__struct_fields__ if name != "span")
        self[kind] = names
        return names


_ATTRIBUTES = _Attributes()
