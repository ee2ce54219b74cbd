"""Definitions and the scopes of their bodies."""

from __future__ import annotations

from dataclasses import dataclass

from conform.languages.tlaplus import syntax
from conform.languages.tlaplus.evaluation.footprints import CONSTANT, NO_SLOTS
from conform.languages.tlaplus.evaluation.scope import (
    Alias,
    Binding,
    Definition,
    Local,
    LocalOperator,
    RecursiveFunction,
    Scope,
)
from conform.languages.tlaplus.evaluation.trees import mentions


def shadowed(scope: Scope, names: tuple[syntax.Identifier, ...]) -> Scope:
    """Return `scope` with `names` bound to values that depend on nothing."""
    unknown: dict[str, Binding] = {
        name.name: Local(-1, CONSTANT, NO_SLOTS, NO_SLOTS) for name in names
    }
    return scope.with_names(unknown)


def hidden_parameters(definition: Definition) -> Scope:
    """Return the scope of a definition's body with parameters that depend on nothing."""
    return definition.scope.with_names(
        {
            parameter.name: LocalOperator(-1, parameter.arity)
            if parameter.arity
            else Local(-1, CONSTANT, NO_SLOTS, NO_SLOTS)
            for parameter in definition.parameters
        }
    )


def definition_scope(definition: Definition) -> Scope:
    """Return the scope of a definition's body when its arguments are values in the environment."""
    bindings: dict[str, Binding] = {}
    for index, parameter in enumerate(definition.parameters, start=definition.depth):
        bindings[parameter.name] = (
            LocalOperator(index, parameter.arity)
            if parameter.arity
            else Local(index, CONSTANT, NO_SLOTS, NO_SLOTS)
        )
    return definition.scope.with_names(bindings)


def let_scope(definitions: tuple[syntax.Unit, ...], scope: Scope, depth: int) -> Scope:
    """Return the scope of the body of a LET whose definitions see `depth` of the environment."""
    inner = Scope(scope)
    recursive = declared_recursive(definitions)
    for unit in definitions:
        definition = defined_by(unit, inner, depth)
        if definition is not None:
            definition.is_recursive = definition.is_recursive or definition.name in recursive
            inner.names[definition.name] = definition
    return inner


def defined_by(unit: syntax.Unit, scope: Scope, depth: int) -> Definition | None:
    """Return the definition that a unit makes, None for other units.

    A function definition is an operator without parameters whose body is a function literal.
    """
    match unit:
        case syntax.OperatorDefinition():
            name = unit.name.name
            return Definition(name, unit.parameters, unit.body, scope, depth, unit.span)
        case syntax.FunctionDefinition():
            body = _function_body(unit)
            return Definition(unit.name.name, (), body, scope, depth, unit.span)
        case _:
            return None


def _function_body(unit: syntax.FunctionDefinition) -> syntax.Expression:
    if mentions(unit.body, unit.name.name):
        return RecursiveFunction(unit.span, unit.name, unit.bounds, unit.body)
    return syntax.FunctionLiteral(unit.span, unit.bounds, unit.body)


def declared_recursive(units: tuple[syntax.Unit, ...]) -> frozenset[str]:
    """Return the names that RECURSIVE declares among `units`."""
    return frozenset(
        declaration.name
        for unit in units
        if isinstance(unit, syntax.Recursive)
        for declaration in unit.declarations
    )


@dataclass(frozen=True, slots=True)
class Inlined:
    """What a call by name means: `body` in `scope`; `definition` None for arguments and LAMBDA."""

    body: syntax.Expression
    scope: Scope
    definition: Definition | None


def inlined_call(
    name: str, arguments: tuple[syntax.Expression, ...], scope: Scope
) -> Inlined | None:
    """Return the body that a call stands for, its parameters bound to the arguments by name.

    None for what has no body to put in its place: a recursive operator, a standard one, a value.
    """
    binding = scope.find(name)
    match binding:
        case Alias(expression, outer) if not arguments:
            return Inlined(expression, outer, None)
        case Alias(expression, outer):
            return _inlined_argument(expression, outer, arguments, scope)
        case Definition() if not binding.is_recursive:
            names = tuple(parameter.name for parameter in binding.parameters)
            if len(names) == len(arguments):
                inner = with_arguments(binding.scope, names, arguments, scope)
                return Inlined(binding.body, inner, binding)
    return None


def _inlined_argument(
    expression: syntax.Expression,
    outer: Scope,
    arguments: tuple[syntax.Expression, ...],
    scope: Scope,
) -> Inlined | None:
    """Return what the call of an operator means that was itself passed as an argument."""
    match expression:
        case syntax.Name(name=name) | syntax.OperatorSymbol(operator=name):
            inner, passed = passed_on(arguments, scope, outer)
            return inlined_call(name, passed, inner)
        case syntax.Lambda(parameters=parameters, body=body):
            names = tuple(parameter.name for parameter in parameters)
            if len(names) == len(arguments):
                return Inlined(body, with_arguments(outer, names, arguments, scope), None)
    return None


def with_arguments(
    scope: Scope,
    names: tuple[str, ...],
    arguments: tuple[syntax.Expression, ...],
    caller: Scope,
) -> Scope:
    """Return `scope` with `names` bound to the arguments, which mean what they mean in `caller`."""
    bindings: dict[str, Binding] = {
        name: Alias(argument, caller) for name, argument in zip(names, arguments, strict=True)
    }
    return scope.with_names(bindings)


def passed_on(
    arguments: tuple[syntax.Expression, ...], caller: Scope, scope: Scope
) -> tuple[Scope, tuple[syntax.Expression, ...]]:
    """Return `scope` with hidden names for arguments of `caller`, and these names."""
    names = tuple(f" argument {number}" for number in range(len(arguments)))
    inner = with_arguments(scope, names, arguments, caller)
    uses = zip(arguments, names, strict=True)
    return inner, tuple(syntax.Name(argument.span, name) for argument, name in uses)
