"""What an action is made of, and which of its local values can be computed ahead of their use."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from dataclasses import dataclass, field

from msgspec import Struct

from conform.languages.tlaplus.translation.fragments import Fragment
from conform.languages.tlaplus.translation.types import Type


class Guard(Struct, frozen=True):
    """A conjunct of the guard, with the terms whose values explain it."""

    fragment: Fragment
    text: str
    readings: tuple[tuple[str, Fragment], ...]


class OpenChoice(Struct, frozen=True):
    """A value to choose: `name` is the specification's, `identifier` Python's."""

    name: str
    identifier: str
    type: Type
    domain: str
    text: str
    is_constant: bool
    variable: str = ""
    """The variable that is said to be in the set after the step, where that is the choice."""


@dataclass(slots=True)
class Parts:
    """What has been found of an action so far; `primed` are the new values by variable."""

    guards: list[Guard] = field(default_factory=list)
    choices: list[OpenChoice] = field(default_factory=list)
    locals: dict[str, Fragment] = field(default_factory=dict)
    primed: dict[str, Fragment] = field(default_factory=dict)
    unchanged: set[str] = field(default_factory=set)


def names_in(text: str) -> set[str]:
    """Return the plain names that an expression uses."""
    return {
        each.id for each in ast.walk(ast.parse(text, mode="eval")) if isinstance(each, ast.Name)
    }


def uses_local(parts: Parts, text: str, identifier: str) -> bool:
    """Whether an expression uses a local value, perhaps by way of another one."""
    used = names_in(text)
    if identifier in used:
        return True
    between = used & (set(parts.locals) - {identifier})
    return any(identifier in names_in(parts.locals[other].text) for other in between)


def not_to_be_hoisted(parts: Parts) -> Iterator[str]:
    """Yield the local values that must stay where they are used.

    A local variable is computed before the line that uses it first. That is right if it cannot
    fail, or if that line computes it in any case.
    """
    chosen = {choice.identifier for choice in parts.choices}
    guarded = [
        guard.fragment.text for guard in parts.guards if not names_in(guard.fragment.text) & chosen
    ]
    inside = [
        guard.fragment.text for guard in parts.guards if names_in(guard.fragment.text) & chosen
    ]
    inside += [choice.domain for choice in parts.choices]
    results = [parts.primed[name].text for name in parts.primed if name not in parts.unchanged]
    for identifier, value in parts.locals.items():
        if any(uses_local(parts, text, identifier) for text in inside):
            yield identifier
        elif not value.is_total:
            first = next((text for text in guarded if uses_local(parts, text, identifier)), None)
            lines = results if first is None else [first]
            if not any(_always_uses(parts, text, identifier) for text in lines):
                yield identifier


def _always_uses(parts: Parts, text: str, identifier: str) -> bool:
    used = _always_evaluated(ast.parse(text, mode="eval").body)
    if identifier in used:
        return True
    return any(
        _always_uses(parts, parts.locals[other].text, identifier)
        for other in used & set(parts.locals)
    )


def _always_evaluated(node: ast.AST) -> set[str]:
    """Return the names that evaluating `node` reads whatever the state is."""
    match node:
        case ast.Name(id=name):
            return {name}
        case ast.IfExp(test=test):
            return _always_evaluated(test)
        case ast.BoolOp(values=[first, *_]):
            return _always_evaluated(first)
        case (
            ast.GeneratorExp(generators=[first_loop, *_])
            | ast.DictComp(generators=[first_loop, *_])
        ):
            return _always_evaluated(first_loop.iter)
        case ast.Lambda():
            return set()
        case _:
            found: set[str] = set()
            for child in ast.iter_child_nodes(node):
                found |= _always_evaluated(child)
            return found
