"""On which bound names a formula depends, and whether it is worth computing before a loop."""

from __future__ import annotations

from conform.languages.tlaplus import syntax
from conform.languages.tlaplus.evaluation.analysis import Analysis
from conform.languages.tlaplus.evaluation.footprints import CONSTANT, STATE
from conform.languages.tlaplus.evaluation.scope import (
    Alias,
    Baked,
    Binding,
    Builtin,
    Definition,
    Instance,
    Local,
    Missing,
    Scope,
    VariableSlot,
)
from conform.languages.tlaplus.evaluation.trees import names_in

_LEAVES = (syntax.Number, syntax.String, syntax.At)


def environment_read(node: syntax.Expression, scope: Scope) -> frozenset[int] | None:
    """Return the places in the environment that `node` may read, None where that is not known.

    Names that `node` binds itself are taken for those of the same name outside: there may be more
    places in the answer than are read.
    """
    places: set[int] = set()
    for name in (*names_in(node), "@"):
        found = _places_of(scope.find(name))
        if found is None:
            return None
        places |= found
    return frozenset(places)


def _places_of(binding: Binding | None) -> frozenset[int] | None:
    match binding:
        case None | Baked() | Builtin() | VariableSlot() | Missing():
            return frozenset()
        case Local(index=index):
            return frozenset((index,))
        case Definition(depth=depth) | Instance(depth=depth):
            return frozenset(range(depth))
        case Alias(expression, scope):
            return environment_read(expression, scope)
        case _:
            return None


def is_worth_keeping(node: syntax.Expression, scope: Scope, analysis: Analysis) -> bool:
    """Return whether `node`, wanted in each round of a loop, is better computed in one of them.

    It must depend on nothing but the state and bound names, and take more than looking it up.
    """
    if isinstance(node, syntax.Parentheses | syntax.Labelled) or _is_plain(node, scope):
        return False
    if isinstance(node, syntax.Infix) and all(_is_plain(x, scope) for x in (node.left, node.right)):
        return False
    footprint = analysis.of(node, scope)
    is_known = footprint.level == CONSTANT and not footprint.uses_locals
    return (
        footprint.level <= STATE and footprint.is_pure and not (is_known or footprint.swaps_states)
    )


def _is_plain(node: syntax.Expression, scope: Scope) -> bool:
    if isinstance(node, syntax.Name):
        found = scope.find(node.name)
        if isinstance(found, Alias):
            return _is_plain(found.expression, found.scope)
        return not isinstance(found, Definition)
    return isinstance(node, _LEAVES)
