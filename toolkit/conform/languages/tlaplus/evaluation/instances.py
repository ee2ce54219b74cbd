"""Instances, and what names, calls and paths like `I(x)!J!Op(y)` stand for.

An instance is a scope of its own for the definitions of its module, in which the declared names are
bound to what is substituted for them. Arguments of a parameterised instance are bound by name.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TypeAlias

from msgspec import Struct

from conform.languages.tlaplus import syntax
from conform.languages.tlaplus.evaluation.scope import (
    Alias,
    Binding,
    Definition,
    Instance,
    Opened,
    Scope,
)

Use: TypeAlias = syntax.Name | syntax.Call | syntax.Path
"""An expression that uses a name: alone, with arguments, or through instances."""


class Target(Struct, frozen=True):
    """What a use stands for: a binding applied to arguments that mean what the user's scope says.

    `binding` is None for an unknown name. `selectors` are the segments of a path that go on into
    the body of a definition; `opened` the parameterised instances on the way to it.
    """

    name: str
    binding: Binding | None
    arguments: tuple[syntax.Expression, ...]
    selectors: tuple[syntax.Segment, ...] = ()
    opened: tuple[tuple[Instance, tuple[syntax.Expression, ...]], ...] = ()


def as_use(node: syntax.Expression, scope: Scope) -> Use | None:
    """Return the use that `node` is: of a name, or of a symbol such as `##` that is defined.

    None for other expressions, symbols of the language and of standard modules among them.
    """
    match node:
        case syntax.Name() | syntax.Call() | syntax.Path():
            return node
        case syntax.Infix(operator=operator, left=left, right=right):
            operands: tuple[syntax.Expression, ...] = (left, right)
        case (
            syntax.Prefix(operator=operator, operand=operand)
            | syntax.Postfix(operator=operator, operand=operand)
        ):
            operands = (operand,)
        case _:
            return None
    is_defined = isinstance(scope.find(operator), Definition | Alias)
    return syntax.Call(node.span, operator, operands) if is_defined else None


def target(node: Use, scope: Scope, depth: int = 0) -> Target:
    """Return what `node` stands for in `scope`, where the environment has `depth` values."""
    match node:
        case syntax.Name(name=name):
            return Target(name, scope.find(name), ())
        case syntax.Call(operator=name, arguments=arguments):
            return Target(name, scope.find(name), arguments)
        case syntax.Path(segments=segments):
            return _followed(segments, scope, depth)


def _followed(segments: tuple[syntax.Segment, ...], scope: Scope, depth: int) -> Target:
    first, *rest = segments
    binding = scope.find(first.name)
    name, arguments = first.name, first.arguments
    opened: list[tuple[Instance, tuple[syntax.Expression, ...]]] = []
    while rest and isinstance(binding, Instance):
        given = members(binding, arguments, scope, depth)
        if arguments:
            opened.append((binding, arguments))
        following = rest.pop(0)
        binding = given.get(following.name)
        name, arguments = f"{name}!{following.name}", following.arguments
    return Target(name, binding, arguments, tuple(rest), tuple(opened))


def members(
    instance: Instance, arguments: tuple[syntax.Expression, ...], caller: Scope, depth: int
) -> Mapping[str, Binding]:
    """Return what an instance gives, its parameters bound to arguments that stand in `caller`."""
    parameters = instance.unit.parameters
    key = (tuple(map(id, arguments)), id(caller), depth) if parameters else None
    known = instance.opened.get(key)
    if known is None:
        known = _open(instance, arguments, caller, depth)
        instance.opened[key] = known
    return known.members


def _open(
    instance: Instance, arguments: tuple[syntax.Expression, ...], caller: Scope, depth: int
) -> Opened:
    make = instance.scope.module().instantiating.members
    if not instance.unit.parameters:
        return Opened(make(instance.unit, instance.scope, instance.depth), (), None)
    names: dict[str, Binding] = {
        parameter.name: Alias(argument, caller)
        for parameter, argument in zip(instance.unit.parameters, arguments, strict=True)
    }
    inside = instance.scope.with_names(names)
    given = make(instance.unit, inside, max(depth, instance.depth))
    return Opened(given, arguments, caller)
