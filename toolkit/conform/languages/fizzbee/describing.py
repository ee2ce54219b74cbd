"""What a FizzBee spec SAYS, as a Spec.

Constants are the names that the top level assigns, state variables those that Init assigns first at
its outermost level, and the fields of roles are `Role.field`. The parameters of an action are the
choices at its head, before any other statement, as they make its instances. Its fairness is of the
whole action, or for each value of those choices that are fair themselves.
"""

from __future__ import annotations

from collections.abc import Iterator

from conform.domain.fairness import FairnessKind
from conform.domain.model import PropertyKind
from conform.domain.spec import (
    Action,
    Constant,
    FairnessStatement,
    Helper,
    ParameterRow,
    Property,
    Spec,
    Variable,
)
from conform.languages.fizzbee import syntax as tree
from conform.languages.fizzbee import syntax_expressions as expressions
from conform.languages.fizzbee.printing import print_statement
from conform.languages.fizzbee.printing_expressions import print_expression, print_parameters
from conform.languages.fizzbee.specification import Specification

KINDS = {
    tree.AssertionKind.ALWAYS: PropertyKind.INVARIANT,
    tree.AssertionKind.TRANSITION: PropertyKind.ACTION,
    tree.AssertionKind.ALWAYS_EVENTUALLY: PropertyKind.LIVENESS,
    tree.AssertionKind.EVENTUALLY_ALWAYS: PropertyKind.LIVENESS,
    tree.AssertionKind.EXISTS: PropertyKind.EXISTS,
}
"""What each kind of assertion is called among properties."""

COLUMN = "FizzBee"
"""The one configuration of a spec: its constants have one value."""


def describe(specification: Specification) -> Spec:
    """Return the constants, variables, actions, helpers, properties and fairness of a spec."""
    module = specification.module
    constants = list(_assigned(module.statements))
    return Spec(
        specification.source.path,
        specification.name,
        constants=tuple(Constant(place.name, "", place.span) for place, _ in constants),
        variables=tuple(_variables(module, {place.name for place, _ in constants})),
        actions=tuple(_actions(module)),
        helpers=tuple(_helpers(module)),
        properties=tuple(_property(assertion) for assertion in module.assertions),
        fairness=tuple(_fairness(module)),
        parameters=tuple(
            ParameterRow(place.name, ((COLUMN, text),), place.span) for place, text in constants
        ),
    )


# ------------------------------------------------------------------------- constants, variables


def _assigned(
    statements: tuple[tree.Statement, ...],
) -> Iterator[tuple[expressions.Name | expressions.Attribute, str]]:
    """Yield each name and `self` field when it is first assigned, with the text of its value.

    Where several are assigned at once, each has the text of the whole value.
    """
    seen: set[str] = set()
    for statement in statements:
        for target in _targets(statement):
            if target.name not in seen:
                seen.add(target.name)
                yield target, _value_text(statement)


def _targets(statement: tree.Statement) -> Iterator[expressions.Name | expressions.Attribute]:
    match statement:
        case tree.Assign(target=target) | tree.ChoiceAssignment(target=target):
            yield from _places(target)
        case tree.CallStatement(variable=expressions.Name() as variable):
            yield variable
        case _:
            pass


def _places(target: expressions.Target) -> Iterator[expressions.Name | expressions.Attribute]:
    match target:
        case expressions.TargetTuple(elements=elements):
            for element in elements:
                yield from _places(element)
        case expressions.Name():
            yield target
        case expressions.Attribute(value=expressions.Name(name="self")):
            yield target
        case _:
            pass


def _value_text(statement: tree.Statement) -> str:
    """Return what stands right of `=`."""
    match statement:
        case tree.Assign(value=value):
            return print_expression(value)
        case tree.CallStatement(call=call):
            return print_expression(call)
        case _:
            (line,) = print_statement(statement)
            return line.partition(" = ")[2]


def _variables(module: tree.Module, constants: set[str]) -> Iterator[Variable]:
    if module.init:
        for place, text in _assigned(module.init.body.statements):
            if isinstance(place, expressions.Name) and place.name not in constants:
                yield Variable(place.name, "", text, place.span)
    for role in module.roles:
        for place, text in _assigned(role.init.body.statements) if role.init else ():
            if isinstance(place, expressions.Attribute):
                yield Variable(f"{role.name.name}.{place.name}", "", text, place.span)


# ---------------------------------------------------------------------------- actions, helpers


def _all_actions(module: tree.Module) -> Iterator[tuple[str, tree.Action]]:
    """Yield the actions with their names: those of roles are `Role.Action`."""
    for action in module.actions:
        yield action.name.name, action
    for role in module.roles:
        for action in role.actions:
            yield f"{role.name.name}.{action.name.name}", action


def _actions(module: tree.Module) -> Iterator[Action]:
    for name, action in _all_actions(module):
        parameters = tuple(each.name for each, _ in head_choices(action))
        yield Action(name, parameters, "", "", (), (), (), action.span)


def head_choices(action: tree.Action) -> list[tuple[expressions.Name, FairnessKind | None]]:
    """Return the variables chosen at the head of an action, with the fairness of their choices."""
    found = []
    statements = list(action.body.statements)
    while statements:
        match statements.pop(0):
            case tree.ChoiceAssignment(target=expressions.Name() as variable, fairness=fairness):
                found.append((variable, fairness))
            case tree.ChoiceBlock(variable=variable, body=body):
                found.append((variable, None))
                statements = list(body.statements)
            case _:
                break
    return found


def _helpers(module: tree.Module) -> Iterator[Helper]:
    yield from _functions("", module.members)
    for role in module.roles:
        yield from _functions(f"{role.name.name}.", role.members)


def _functions(prefix: str, members: tuple[tree.Member, ...]) -> Iterator[Helper]:
    for member in members:
        if isinstance(member, tree.Definition | tree.Function):
            parameters = tuple(print_parameters((each,)) for each in member.parameters)
            name = f"{prefix}{member.name.name}"
            yield Helper(name, parameters, _definition(member.body), member.span)


def _definition(body: tree.Block) -> str:
    """Return what a function returns where that is all it does, else nothing."""
    match body.statements:
        case (tree.Return(value=expressions.Expression() as value),):
            return print_expression(value)
    return ""


# ------------------------------------------------------------------------ properties, fairness


def _property(assertion: tree.Assertion) -> Property:
    kind = str(KINDS[assertion.kind])
    formal = _definition(assertion.body)
    return Property(assertion.name.name, "", kind, "", formal, None, assertion.span)


def _fairness(module: tree.Module) -> Iterator[FairnessStatement]:
    for name, action in _all_actions(module):
        kind = "none" if action.fairness is None else str(action.fairness)
        fair = tuple(variable.name for variable, fairness in head_choices(action) if fairness)
        yield FairnessStatement(name, fair, kind, action.span)
