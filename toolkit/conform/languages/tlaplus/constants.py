"""Gives the constants of a specification their values, as a configuration says."""

from __future__ import annotations

from conform.domain.values import ModelValue, SetValue, Value
from conform.errors import InputError, UnsupportedError
from conform.languages.tlaplus import configuration as cfg
from conform.languages.tlaplus.evaluation.results import make_set
from conform.languages.tlaplus.evaluation.scope import (
    Baked,
    Binding,
    Builtin,
    Definition,
    Missing,
    VariableSlot,
)
from conform.languages.tlaplus.specification import Specification
from conform.text import nearest


def bind_constants(
    specification: Specification, configuration: cfg.Configuration
) -> tuple[cfg.ConstantAssignment, ...]:
    """Bind every assignment of `configuration`; return those to names that nothing declares.

    TLC accepts these without a word. Raises InputError where a declared constant stays without a
    value or a replacement does not exist. A specification can be bound once.
    """
    values = [found for found in configuration.assignments if found.replacement is None]
    replacements = [found for found in configuration.assignments if found.replacement is not None]
    undeclared = tuple(
        assignment
        for assignment in (*values, *replacements)  # a replacement may be a constant itself
        if not _bind(specification, assignment)
    )
    for declaration in specification.constants:
        if isinstance(specification.scope.names[declaration.name], Missing):
            raise InputError(
                f"constant `{declaration.name}` has no value in {configuration.path}",
                span=declaration.span,
                expected=f"a line such as `{declaration.name} = ...` under CONSTANTS",
                hint="every declared constant needs a value, as in TLC",
            )
    return undeclared


def _bind(specification: Specification, assignment: cfg.ConstantAssignment) -> bool:
    """Bind one assignment; return whether its name is declared or defined."""
    if assignment.module or assignment.arguments:
        raise UnsupportedError(
            "assignments to one module, or to an operator pointwise, are not evaluated yet",
            span=assignment.span,
        )
    target = specification.scope.find(assignment.name)
    if isinstance(target, VariableSlot):
        raise InputError(
            f"the configuration gives a value to `{assignment.name}`, which is a variable",
            span=assignment.span,
            hint="constants and operators alone can be replaced",
        )
    if assignment.replacement is not None:
        return _replace(specification, assignment, assignment.replacement)
    if assignment.name not in specification.scope.names or assignment.value is None:
        return False
    _check_arity(specification, assignment, 0)
    specification.rebind(assignment.name, Baked(constant(assignment.value)))
    return True


def _replace(
    specification: Specification, assignment: cfg.ConstantAssignment, replacement: str
) -> bool:
    names = specification.scope.names
    found = specification.scope.find(replacement)
    if not isinstance(found, Definition | Builtin | Baked):
        close = nearest(replacement, specification.definitions)
        raise InputError(
            f"the configuration replaces `{assignment.name}` by `{replacement}`, "
            "which the module does not define",
            span=assignment.span,
            hint=f"did you mean `{close}`?" if close else "",
        )
    if assignment.name not in names:
        return False
    _check_arity(specification, assignment, _arity(found))
    specification.rebind(assignment.name, found)
    return True


def _check_arity(
    specification: Specification, assignment: cfg.ConstantAssignment, given: int
) -> None:
    """Raise InputError unless what is replaced takes as many arguments as what replaces it."""
    declared = [found.arity for found in specification.constants if found.name == assignment.name]
    wanted = declared[0] if declared else _arity(specification.scope.names[assignment.name])
    if wanted != given:
        what = assignment.replacement or "a value"
        raise InputError(
            f"`{assignment.name}` takes {wanted} arguments, and {what} takes {given}",
            span=assignment.span,
            hint="replace an operator by one with as many parameters",
        )


def _arity(binding: Binding) -> int:
    match binding:
        case Definition(parameters=parameters):
            return len(parameters)
        case Builtin(arity=arity):
            return arity
        case _:
            return 0


def constant(value: cfg.CfgValue) -> Value:
    """Return the value that a configuration writes; other names are model values."""
    match value:
        case cfg.IntegerValue(value=number):
            return number
        case cfg.StringValue(value=text):
            return text
        case cfg.BooleanValue(value=truth):
            return truth
        case cfg.ModelValue(name=name):
            return ModelValue(name)
        case cfg.SetValue(elements=elements):
            return _set(elements, value)


def _set(elements: tuple[cfg.CfgValue, ...], value: cfg.SetValue) -> SetValue:
    return make_set([constant(element) for element in elements], value.span)
