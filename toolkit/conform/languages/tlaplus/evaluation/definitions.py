"""Definitions and the scopes of their bodies."""

from __future__ import annotations

from conform.languages.tlaplus import syntax
from conform.languages.tlaplus.evaluation.footprints import CONSTANT, NO_SLOTS
from conform.languages.tlaplus.evaluation.scope import (
    Alias,
    Binding,
    Definition,
    Instance,
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
        defined = defined_by(unit, inner, depth, recursive)
        if defined is not None:
            inner.names[defined.name] = defined
    return inner


def defined_by(
    unit: syntax.Unit, scope: Scope, depth: int, recursive: frozenset[str]
) -> Definition | Instance | None:
    """Return what a unit defines, None for other units; `recursive` are names declared so.

    A function definition is an operator without parameters whose body is a function literal, and
    so is an assumption or theorem with a name, which stands for its formula.
    """
    match unit:
        case syntax.OperatorDefinition(name=name, parameters=parameters, body=body):
            is_recursive = name.name in recursive
            return Definition(
                name.name, parameters, body, scope, depth, unit.span, is_recursive, unit
            )
        case syntax.FunctionDefinition(name=name):
            is_recursive = name.name in recursive
            body = _function_body(unit)
            return Definition(name.name, (), body, scope, depth, unit.span, is_recursive, unit)
        case syntax.InstanceDefinition():
            return Instance(unit, scope, depth)
        case syntax.Assumption(name=name, body=body) | syntax.Theorem(name=name, body=body) if name:
            return Definition(name.name, (), body, scope, depth, unit.span, origin=unit)
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


_ONE_OPERAND = frozenset({"~", "SUBSET", "UNION", "DOMAIN", "ENABLED", "UNCHANGED", "[]", "<>"})
_TWO_OPERANDS = frozenset(
    {"/\\", "\\/", "=>", "<=>", "=", "#", "\\in", "\\notin", "~>", "-+->", "\\cdot"}
)


def language_operator(node: syntax.Expression) -> syntax.Lambda | None:
    """Return an operator of the language that is passed as an argument as a LAMBDA."""
    if not isinstance(node, syntax.OperatorSymbol):
        return None
    span, operator = node.span, node.operator
    left, right = syntax.Name(span, " left"), syntax.Name(span, " right")
    first, second = syntax.Identifier(span, left.name), syntax.Identifier(span, right.name)
    if operator in _TWO_OPERANDS:
        both = syntax.Infix(span, operator, left, right, span)
        return syntax.Lambda(span, (first, second), both)
    if operator in _ONE_OPERAND:
        return syntax.Lambda(span, (first,), syntax.Prefix(span, operator, left))
    if operator == "'":
        return syntax.Lambda(span, (first,), syntax.Postfix(span, operator, left))
    return None


def lambda_definition(node: syntax.Lambda, scope: Scope, depth: int) -> Definition:
    """Return a LAMBDA as a definition that sees `depth` of the environment."""
    parameters = tuple(syntax.Declaration(name.span, name.name, 0) for name in node.parameters)
    return Definition("LAMBDA", parameters, node.body, scope, depth, node.span)
