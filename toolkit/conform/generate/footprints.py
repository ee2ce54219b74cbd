"""What the methods of a generated machine read and write of the state, from their text.

A method reads a variable where it says `state.x` or `self.state.x`, itself or in a method that it
calls, and writes it where it says `replace(state, x=...)`. Where a method does anything else with
the state, or with the machine, nothing is vouched for.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator
from dataclasses import dataclass, field

from msgspec import Struct


@dataclass(slots=True)
class _Method:
    """What one method does by itself; `is_plain` when it does nothing else with the state."""

    reads: set[str] = field(default_factory=set)
    writes: set[str] = field(default_factory=set)
    calls: set[str] = field(default_factory=set)
    is_plain: bool = True


class Footprint(Struct, frozen=True):
    """The variables, by their identifiers, that a method reads and writes; its calls included."""

    reads: frozenset[str]
    writes: frozenset[str]


class Writing(Struct, frozen=True):
    """What a method gives a variable, as it is written, and the line of that."""

    identifier: str
    text: str
    line: int


class Footprints:
    """The footprints of the methods of one class; their lines, and what they write, by name."""

    def __init__(self, tree: ast.Module, class_name: str) -> None:
        self._methods: dict[str, _Method] = {}
        self.lines: dict[str, int] = {}
        self.writings: dict[str, tuple[Writing, ...]] = {}
        for node in tree.body:
            if isinstance(node, ast.ClassDef) and node.name == class_name:
                for method in node.body:
                    if isinstance(method, ast.FunctionDef):
                        self._methods[method.name] = _looked_at(method)
                        self.lines[method.name] = method.lineno
                        self.writings[method.name] = tuple(_writings(method))

    def of(self, *names: str) -> Footprint | None:
        """Return the footprint of methods together, None where it cannot be vouched for."""
        reads: set[str] = set()
        writes: set[str] = set()
        seen: set[str] = set()
        waiting = [name for name in names if name in self._methods]
        while waiting:
            name = waiting.pop()
            if name in seen:
                continue
            seen.add(name)
            method = self._methods.get(name)
            if method is None or not method.is_plain:
                return None
            reads |= method.reads
            writes |= method.writes
            waiting.extend(method.calls)
        return Footprint(frozenset(reads), frozenset(writes))


def _writings(method: ast.FunctionDef) -> Iterator[Writing]:
    for node in ast.walk(method):
        match node:
            case ast.Call(func=ast.Name(id="replace"), args=[state], keywords=keywords):
                if _is_state(state):
                    for each in keywords:
                        if each.arg:
                            yield Writing(each.arg, ast.unparse(each.value), each.lineno)
            case _:
                pass


def _looked_at(method: ast.FunctionDef) -> _Method:
    found = _Method()
    accounted: set[int] = set()
    for node in ast.walk(method):
        accounted.update(map(id, _accounted(node, found)))
    for node in ast.walk(method):
        if id(node) not in accounted and _is_state(node):
            found.is_plain = False
        if isinstance(node, ast.Name) and node.id == "self" and id(node) not in accounted:
            found.is_plain = False
    return found


def _accounted(node: ast.AST, found: _Method) -> Iterator[ast.AST]:
    """Note what a node does with the state, and yield the nodes whose part in it is known by that.

    A use of `self` or of the state that no such node accounts for is an unknown one.
    """
    match node:
        case ast.Attribute(value=ast.Name(id="self") as owner, attr="state"):
            yield owner
        case ast.Attribute(value=ast.Name(id="self") as owner, attr="constants"):
            yield owner
        case ast.Attribute(value=state, attr=name) if _is_state(state):
            found.reads.add(name)
            yield state
        case ast.Attribute(value=ast.Name(id="self") as owner, attr=name):
            found.calls.add(name)
            yield owner
        case ast.Assign(targets=[target], value=value) if _is_state(target):
            yield target
            if _is_state(value):
                yield value
        case ast.Call(func=ast.Name(id="replace"), args=[state], keywords=keywords):
            if _is_state(state):
                yield state
                found.writes.update(each.arg for each in keywords if each.arg)


def _is_state(node: ast.AST) -> bool:
    match node:
        case ast.Name(id="state"):
            return True
        case ast.Attribute(value=ast.Name(id="self"), attr="state"):
            return True
        case _:
            return False
