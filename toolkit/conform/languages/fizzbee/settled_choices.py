"""Choices that a step of an action makes whatever happens, told from the text of the action."""

from __future__ import annotations

from collections.abc import Container, Iterator, Sequence

from conform.languages.fizzbee import syntax as tree
from conform.languages.fizzbee.syntax_expressions import Node
from conform.languages.fizzbee.walking import descendants
from conform.text import Span

_FAILING = (tree.Require, tree.CallStatement, tree.ChoiceAssignment)
"""Statements that may end a way through a step, or call what does."""


def settled_choices(
    action: tree.Action, leading: Sequence[Span], constant: Container[Span]
) -> frozenset[Span]:
    """Return the choices by assignment that each step makes, and can make for each of its values.

    Those are of the `leading` ones where nothing after them in an action can fail, and of others
    those from a `constant` collection on the straight line of an atomic action.
    """
    choices = [part for part in descendants(action) if isinstance(part, tree.ChoiceAssignment)]
    if any(choice.condition is not None for choice in choices):
        return frozenset()
    others = [
        part
        for part in descendants(action)
        if isinstance(part, _FAILING) and part.span not in leading
    ]
    settled = {choice.span for choice in choices if choice.span in leading and not others}
    if (action.body.flow or action.flow) is tree.Flow.ATOMIC:
        settled |= set(_on_straight_line(list(_statements(action.body)), constant))
    return frozenset(settled)


def _on_straight_line(
    statements: Sequence[tree.Statement], constant: Container[Span]
) -> Iterator[Span]:
    for statement in reversed(_before_return(statements)):
        if isinstance(statement, tree.ChoiceAssignment) and statement.span in constant:
            yield statement.span
        elif _has(statement, _FAILING):
            return


def _statements(block: tree.Block) -> Iterator[tree.Statement]:
    for statement in block.statements:
        if isinstance(statement, tree.Block) and statement.flow in (None, tree.Flow.ATOMIC):
            yield from _statements(statement)
        else:
            yield statement


def _before_return(statements: Sequence[tree.Statement]) -> Sequence[tree.Statement]:
    """Return the statements up to the first that may end the action before the others."""
    for place, statement in enumerate(statements):
        if _has(statement, (tree.Return,)):
            return statements[:place]
    return statements


def _has(node: Node, kinds: tuple[type[Node], ...]) -> bool:
    return any(isinstance(part, kinds) for part in descendants(node))
