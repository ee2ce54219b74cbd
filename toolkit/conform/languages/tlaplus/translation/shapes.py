"""Init and Next of a configuration, as expressions."""

from __future__ import annotations

from msgspec import Struct

from conform.languages.tlaplus import syntax
from conform.languages.tlaplus.behaviour import Formula, behaviours
from conform.languages.tlaplus.configuration import Configuration
from conform.languages.tlaplus.evaluation.compiler import Compiler
from conform.languages.tlaplus.specification import Specification


class Shape(Struct, frozen=True):
    """The conjuncts of Init, and Next with its name; `following` is None without a behaviour."""

    initial: tuple[syntax.Expression, ...] = ()
    following: syntax.Expression | None = None
    name: str = ""


def shape_of(specification: Specification, configuration: Configuration) -> Shape:
    """Return what a configuration names as SPECIFICATION, or as INIT and NEXT."""
    named, initial, following = (
        configuration.specification,
        configuration.init,
        configuration.next,
    )
    if named:
        names = tuple(variable.name for variable in specification.variables)
        compiler = Compiler(names, specification.analysis)
        use = syntax.Name(named.span, named.name)
        found = behaviours(compiler, Formula(use, specification.scope))
        node = found.next_action.node if found.next_action else None
        name = node.name if isinstance(node, syntax.Name) else "Next"
        return Shape(tuple(part.node for part in found.initial), node, name)
    if initial and following:
        return Shape(
            (syntax.Name(initial.span, initial.name),),
            syntax.Name(following.span, following.name),
            following.name,
        )
    return Shape()
