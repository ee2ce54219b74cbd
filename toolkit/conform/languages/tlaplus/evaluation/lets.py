"""LET: definitions in the middle of a formula."""

from __future__ import annotations

from typing import Any

from conform.languages.tlaplus import syntax
from conform.languages.tlaplus.evaluation.definitions import declared_recursive, defined_by
from conform.languages.tlaplus.evaluation.dispatch import Code, Context, Dispatcher, Lazy, Mode
from conform.languages.tlaplus.evaluation.footprints import CONSTANT, STATE, Footprint
from conform.languages.tlaplus.evaluation.repetition import repeats_elements
from conform.languages.tlaplus.evaluation.scope import Definition, Instance, Local, Scope


def let(compiler: Dispatcher, node: syntax.Let, context: Context) -> Code:
    """Return the code of LET ... IN as a value."""
    inner, delayed = open_let(compiler, node, context)
    body = compiler.compile(node.body, inner)
    if not delayed:
        return body
    return lambda s, t, e: body(s, t, bind_delayed(delayed, s, t, e))


def open_let(
    compiler: Dispatcher, node: syntax.Let, context: Context, *, in_action: bool = False
) -> tuple[Context, list[Code]]:
    """Return the context of a LET's body, and the codes of the values that it computes lazily."""
    inner, delayed = opened(compiler, node, context, in_action=in_action)
    return inner, [compiler.compile(value, at) for value, at in delayed]


def opened(
    compiler: Dispatcher, node: syntax.Let, context: Context, *, in_action: bool = False
) -> tuple[Context, list[tuple[syntax.Expression, Context]]]:
    """Return the context of a LET's body, and the values that it computes lazily, with theirs.

    A definition without parameters is computed at most once for each entry into the LET. It is used
    by name instead if it mentions primed variables, which may get their values later, or variables
    at all where the body reads them in another state. So is one of which each use shows, in an
    action: as in TLC, it computes it anew.
    """
    scope = Scope(context.scope)
    delayed: list[tuple[syntax.Expression, Context]] = []
    recursive = declared_recursive(node.definitions)
    highest = CONSTANT if compiler.footprint(node, context).swaps_states else STATE
    for unit in node.definitions:
        depth = context.depth + len(delayed)
        definition = defined_by(unit, scope, depth, recursive)
        if definition is None:
            continue  # RECURSIVE
        if isinstance(definition, Instance):
            scope.names[definition.name] = definition
            continue
        footprint = compiler.analysis.of_definition(definition)
        by_name = footprint.level > highest or context.mode is Mode.PRIMED
        by_name = by_name or (in_action and _shows_uses(definition, footprint))
        if definition.parameters or definition.is_recursive or by_name:
            scope.names[definition.name] = definition
            continue
        inner = Context(_snapshot(scope), depth, context.mode)
        delayed.append((definition.body, inner))
        scope.names[definition.name] = Local(
            depth, footprint.level, footprint.reads, footprint.primed, True
        )
    return Context(scope, context.depth + len(delayed), context.mode), delayed


def _shows_uses(definition: Definition, footprint: Footprint) -> bool:
    """Whether what a definition gives shows how often it was computed."""
    return not footprint.is_pure or repeats_elements(definition.body, definition.scope)


def bind_delayed(
    delayed: list[Code], state: Any, after: Any, environment: tuple[Any, ...]
) -> tuple[Any, ...]:
    """Return the environment with one Lazy for each delayed definition."""
    for code in delayed:
        environment = (*environment, Lazy(code, state, after, environment))
    return environment


def _snapshot(scope: Scope) -> Scope:
    copy = Scope(scope.parent)
    copy.names = dict(scope.names)
    return copy
