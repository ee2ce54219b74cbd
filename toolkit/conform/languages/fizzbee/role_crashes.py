"""What a crash of a role instance takes away: its ephemeral fields, as its decorator says.

Follows modelchecker/durability.go of FizzBee: `@state(durable=[...])` names the fields that are
kept, `@state(ephemeral=[...])` those that are not. They get back the values that Init gives.
"""

from __future__ import annotations

from collections.abc import Container

from msgspec import Struct

from conform.errors import UnsupportedError
from conform.languages.fizzbee import syntax
from conform.languages.fizzbee.syntax_expressions import (
    Attribute,
    Call,
    Expression,
    Keyword,
    ListDisplay,
    Name,
    Node,
    String,
)
from conform.languages.fizzbee.walking import descendants
from conform.text import Source

KINDS = ("durable", "ephemeral")


class Crash(Struct, frozen=True):
    """What instances of a role keep when they crash: the fields `names`, or with `is_kept` False,
    all others.
    """

    names: frozenset[str]
    is_kept: bool

    def keeps(self, field: str) -> bool:
        """Whether a field has the same value after a crash."""
        return (field in self.names) is self.is_kept


def crash_of(role: syntax.Role, outer: Container[str], source: Source) -> Crash | None:
    """Return how instances of a role crash, None for a role without `@state`.

    `outer` are the names of what Init may not name: state variables, roles and `func`s, since what
    it would give later on could differ. Raises UnsupportedError for such an Init, and for other
    decorators.
    """
    if not role.decorators:
        return None
    decorator, *others = role.decorators
    if others:
        raise _unsupported("a second decorator of a role is not treated", others[0], source)
    said = _said(decorator)
    if said is None:
        error = _unsupported("this decorator of a role is not treated", decorator, source)
        error.hint = 'write @state(durable=["a", "b"]), or @state(ephemeral=["a", "b"])'
        raise error
    for node in descendants(role.init) if role.init else ():
        what = _beyond_fields(node, outer)
        if what:
            message = f"durable and ephemeral fields of a role whose Init {what} are not treated"
            raise _unsupported(message, node, source)
    return said


def _unsupported(message: str, node: Node, source: Source) -> UnsupportedError:
    return UnsupportedError(message, span=node.span, excerpt=source.excerpt(node.span))


def _said(decorator: Expression) -> Crash | None:
    match decorator:
        case Call(
            function=Name(name="state"),
            arguments=(Keyword(name=kind, value=ListDisplay(elements=listed)),),
        ) if kind in KINDS:
            names = frozenset(each.value for each in listed if isinstance(each, String))
            return Crash(names, kind == "durable") if len(names) == len(listed) else None
    return None


def _beyond_fields(node: Node, outer: Container[str]) -> str:
    """Return what a part of Init does that could give other values when it is run again."""
    match node:
        case syntax.ChoiceBlock() | syntax.ChoiceAssignment():
            return "makes a choice"
        case syntax.Block(flow=syntax.Flow.ONEOF | syntax.Flow.PARALLEL):
            return "makes a choice"
        case Name(name=name) if name in outer:
            return f"names {name}"
        case Call(function=Attribute(name=name)) if name in outer:
            return f"calls {name}"
        case Attribute(value=Attribute()):
            return "reads what is in other objects"
    return ""
