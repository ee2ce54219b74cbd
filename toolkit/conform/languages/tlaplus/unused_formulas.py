"""Formulas that a module defines and nothing names again: unchecked properties, idle actions."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from conform.languages.tlaplus import syntax
from conform.languages.tlaplus.configuration import Configuration
from conform.languages.tlaplus.evaluation.footprints import ACTION, STATE
from conform.languages.tlaplus.evaluation.scope import Definition
from conform.languages.tlaplus.evaluation.trees import names_in
from conform.languages.tlaplus.specification import Specification

_TRUTHS = frozenset(
    (
        "/\\",
        "\\/",
        "=>",
        "<=>",
        "~>",
        "=",
        "#",
        "<",
        ">",
        "<=",
        ">=",
        "\\in",
        "\\notin",
        "\\subseteq",
    )
)
"""Infix operators whose value is TRUE or FALSE, in their canonical spelling."""


def unused_formulas(
    specification: Specification, configurations: Iterable[Configuration]
) -> tuple[str, ...]:
    """Return the formulas of the root module that no definition and no configuration names.

    A formula is a definition without parameters that is true or false of a state or a behaviour, or
    an action, with parameters or without.
    """
    used = set(_used(specification))
    for configuration in configurations:
        used.update(identifier.name for _keyword, identifier in listed_names(configuration))
        used.update(bound.replacement for bound in configuration.assignments if bound.replacement)
    path = specification.module.span.path
    return tuple(
        name
        for name, definition in specification.definitions.items()
        if name not in used
        and definition.span.path == path
        and _is_promise(specification, definition)
    )


def listed_names(configuration: Configuration) -> Iterator[tuple[str, syntax.Identifier]]:
    """Yield each name that a configuration lists, with its keyword in the singular."""
    single = (
        ("SPECIFICATION", configuration.specification),
        ("INIT", configuration.init),
        ("NEXT", configuration.next),
        ("VIEW", configuration.view),
        ("SYMMETRY", configuration.symmetry),
        ("ALIAS", configuration.alias),
    )
    for keyword, identifier in single:
        if identifier is not None:
            yield keyword, identifier
    several = (
        ("INVARIANT", configuration.invariants),
        ("PROPERTY", configuration.properties),
        ("CONSTRAINT", configuration.constraints),
        ("ACTION_CONSTRAINT", configuration.action_constraints),
        ("POSTCONDITION", configuration.postconditions),
    )
    for keyword, identifiers in several:
        for identifier in identifiers:
            yield keyword, identifier


def _used(specification: Specification) -> Iterator[str]:
    yield from names_in(specification.module)
    for definition in specification.definitions.values():
        yield from names_in(definition.body)


def _is_promise(specification: Specification, definition: Definition) -> bool:
    level = specification.analysis.of_definition(definition).level
    if level < STATE or (definition.parameters and level != ACTION):
        return False
    return _is_truth(definition.body)


def _is_truth(node: syntax.Expression) -> bool:
    match node:
        case syntax.Quantified() | syntax.Junction() | syntax.Fairness():
            return True
        case syntax.Infix(operator=operator):
            return operator in _TRUTHS
        case syntax.Prefix(operator=operator):
            return operator in ("~", "[]", "<>", "ENABLED")
        case syntax.Parentheses(expression=inner) | syntax.Labelled(expression=inner):
            return _is_truth(inner)
        case syntax.Let(body=body):
            return _is_truth(body)
        case syntax.If(consequent=consequent):
            return _is_truth(consequent)
        case _:
            return False
