"""What tells symmetric values or role instances apart, so that exchanging them is no symmetry."""

from __future__ import annotations

import re
from collections.abc import Iterator

from conform.languages.fizzbee.count_notes import CountNote
from conform.languages.fizzbee.evaluation.symmetric_values import (
    SymmetricValue,
    has_symmetric_values,
)
from conform.languages.fizzbee.execution.code import Program
from conform.languages.fizzbee.specification import Specification
from conform.languages.fizzbee.syntax import Assertion
from conform.languages.fizzbee.syntax_expressions import Attribute, Call, Index, Name, Node, Slice
from conform.languages.fizzbee.walking import descendants

_NUMBERING = ("enumerate", "zip")
"""Builtins that give the elements of a list numbers, or partners by their places."""


def told_apart(specification: Specification, program: Program) -> Iterator[CountNote]:
    """Yield what keeps states from being reduced: an order of symmetric values, a known instance.

    FizzBee would reduce all the same, and could miss states.
    """
    symmetric = {name for name, value in program.constants.items() if has_symmetric_values(value)}
    roles = {role.name.name for role in specification.module.roles if role.is_symmetric}
    for node in _asked_for(specification, is_any=bool(symmetric or roles)):
        reason = _reason(node, symmetric, program)
        if not reason and roles and isinstance(node, Attribute) and node.name == "__id__":
            reason = "instances of a symmetric role are told apart by their numbers"
        if reason:
            yield CountNote(f"{reason}: states are not reduced by symmetry", node.span)
            return
    for key in specification.options.actions:
        if re.match(r"(\w+)#\d", key) and key.partition("#")[0] in roles:
            reason = f"the options of {key} are for one instance of a symmetric role"
            span = specification.source.whole()
            yield CountNote(f"{reason}: states are not reduced by symmetry", span)
            return


def _asked_for(specification: Specification, *, is_any: bool) -> Iterator[Node]:
    """Yield all nodes but those of assertions, where numbers make no state."""
    if is_any:
        for member in specification.module.members:
            if not isinstance(member, Assertion):
                yield from descendants(member)


def _reason(node: Node, symmetric: set[str], program: Program) -> str:
    match node:
        case Name(name=name) if isinstance(program.constants.get(name), SymmetricValue):
            return f"{name} is one symmetric value among others"
        case Index(value=Name(name=name)) | Slice(value=Name(name=name)) if name in symmetric:
            return f"values of {name} are told apart by their places"
        case Call(function=Name(name=name), arguments=arguments) if name in _NUMBERING:
            if any(_names(part) & symmetric for part in arguments):
                return f"{name} gives symmetric values numbers"
    return ""


def _names(node: Node) -> set[str]:
    return {part.name for part in descendants(node) if isinstance(part, Name)}
