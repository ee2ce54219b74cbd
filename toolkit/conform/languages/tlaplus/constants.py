"""Gives the constants of a specification their values, as a configuration says."""

from __future__ import annotations

from conform.domain.values import ModelValue, SetValue, Value
from conform.errors import InputError, UnsupportedError
from conform.languages.tlaplus import configuration as cfg
from conform.languages.tlaplus.evaluation.scope import Baked, Builtin, Definition, Missing
from conform.languages.tlaplus.evaluation.structures import make_set
from conform.languages.tlaplus.specification import Specification
from conform.text import nearest


def bind_constants(
    specification: Specification, configuration: cfg.Configuration
) -> tuple[cfg.ConstantAssignment, ...]:
    """Bind every assignment of `configuration`; return those to names that nothing declares.

    TLC accepts these without a word. Raises InputError where a declared constant stays without a
    value or a replacement does not exist. A specification can be bound once.
    """
    undeclared = tuple(
        assignment
        for assignment in configuration.assignments
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
    names = specification.scope.names
    if assignment.module or assignment.arguments:
        raise UnsupportedError(
            "assignments to one module, or to an operator pointwise, are not evaluated yet",
            span=assignment.span,
        )
    if assignment.replacement is not None:
        return _replace(specification, assignment, assignment.replacement)
    if assignment.name not in names or assignment.value is None:
        return False
    names[assignment.name] = Baked(constant(assignment.value))
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
    names[assignment.name] = found
    return True


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
