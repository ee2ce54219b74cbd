"""Uses by name: the body that a name, a call or a path stands for, its parameters bound by name."""

from __future__ import annotations

from collections.abc import Iterator

from msgspec import Struct
from msgspec.structs import replace

from conform.languages.tlaplus import syntax
from conform.languages.tlaplus.evaluation.definitions import (
    let_scope,
    passed_on,
    with_arguments,
)
from conform.languages.tlaplus.evaluation.instances import Target, Use, as_use, target
from conform.languages.tlaplus.evaluation.operator_paths import passed_operator
from conform.languages.tlaplus.evaluation.scope import Alias, Definition, Scope
from conform.languages.tlaplus.evaluation.subexpressions import selected


class Inlined(Struct, frozen=True):
    """What a call by name means: `body` in `scope`; `definition` None for arguments and LAMBDA."""

    body: syntax.Expression
    scope: Scope
    definition: Definition | None


def inlined(node: Use, scope: Scope, depth: int = 0) -> Inlined | None:
    """Return the body that a use stands for, its parameters bound to the arguments by name.

    None for what has no body to put in its place: a recursive operator, a standard one, a value.
    `depth` is that of the environment where the body will be compiled.
    """
    return inlined_target(target(node, scope, depth), scope, depth)


def inlined_target(use: Target, scope: Scope, depth: int = 0) -> Inlined | None:
    """Return the body that a use stands for which is followed already; its arguments in `scope`."""
    binding = use.binding
    match binding:
        case Alias(expression, outer) if not use.arguments:
            return Inlined(expression, outer, None)
        case Alias(expression, outer):
            return _inlined_argument(expression, outer, use.arguments, scope, depth)
        case Definition() if use.selectors:
            found = _inlined_definition(binding, use.arguments, scope)
            if found is None:
                return None
            part = selected(found.body, found.scope, use, scope, depth)
            return Inlined(part.node, part.scope, None)
        case Definition() if not binding.is_recursive:
            return _inlined_definition(binding, use.arguments, scope)
    return None


def outcomes(node: syntax.Expression, scope: Scope) -> Iterator[tuple[syntax.Expression, Scope]]:
    """Yield what an expression may stand for: definitions unfolded, each branch of IF and CASE."""
    match node:
        case syntax.Parentheses(expression=inner) | syntax.Labelled(expression=inner):
            yield from outcomes(inner, scope)
        case syntax.If(consequent=consequent, alternative=alternative):
            yield from outcomes(consequent, scope)
            yield from outcomes(alternative, scope)
        case syntax.Case(arms=arms, other=other):
            for value in [*(arm.value for arm in arms), *([other] if other else [])]:
                yield from outcomes(value, scope)
        case syntax.Let(definitions=definitions, body=body):
            yield from outcomes(body, let_scope(definitions, scope, depth=0))
        case _ if (use := as_use(node, scope)) is not None:
            called = inlined(use, scope)
            if called is not None:
                yield from outcomes(called.body, called.scope)
        case _:
            yield node, scope


def _inlined_definition(
    definition: Definition, arguments: tuple[syntax.Expression, ...], scope: Scope
) -> Inlined | None:
    names = tuple(parameter.name for parameter in definition.parameters)
    if len(names) != len(arguments):
        return None
    inner = with_arguments(definition.scope, names, arguments, scope)
    return Inlined(definition.body, inner, definition)


def _inlined_argument(
    expression: syntax.Expression,
    outer: Scope,
    arguments: tuple[syntax.Expression, ...],
    scope: Scope,
    depth: int,
) -> Inlined | None:
    """Return what the call of an operator means that was itself passed as an argument."""
    expression = passed_operator(expression, outer, depth)
    match expression:
        case syntax.Name() | syntax.OperatorSymbol() | syntax.Path():
            inner, passed = passed_on(arguments, scope, outer)
            operator = replace(operator_target(expression, outer, depth), arguments=passed)
            return inlined_target(operator, inner, depth)
        case syntax.Lambda(parameters=parameters, body=body):
            names = tuple(parameter.name for parameter in parameters)
            if len(names) == len(arguments):
                return Inlined(body, with_arguments(outer, names, arguments, scope), None)
    return None


def operator_target(
    node: syntax.Name | syntax.OperatorSymbol | syntax.Path, scope: Scope, depth: int
) -> Target:
    """Return what an operator stands for that is passed as an argument."""
    if isinstance(node, syntax.OperatorSymbol):
        return Target(node.operator, scope.find(node.operator), ())
    return target(node, scope, depth)
