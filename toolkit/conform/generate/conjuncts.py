"""The invariants of a generated machine taken apart, so that each conjunct is asked for itself.

What an invariant says of each variable in turn depends on all of them, and each of its conjuncts on
one or two: answers about those can be remembered.
"""

from __future__ import annotations

import ast
from collections.abc import Iterable, Iterator, Mapping
from copy import deepcopy

from msgspec import Struct

from conform.text import Source


class DividedMachine(Struct, frozen=True):
    """A machine's text with a method for each conjunct; `parts` names those of each invariant."""

    source: Source
    tree: ast.Module
    parts: Mapping[str, tuple[str, ...]]


def divided(source: Source, class_name: str, invariants: Iterable[str]) -> DividedMachine:
    """Return the machine with methods for the conjuncts of those invariants that return several."""
    tree = ast.parse(source.text)
    wanted = frozenset(invariants)
    parts: dict[str, tuple[str, ...]] = {}
    for node in tree.body:
        if isinstance(node, ast.ClassDef) and node.name == class_name:
            for method in list(node.body):
                if isinstance(method, ast.FunctionDef) and method.name in wanted:
                    made = list(_methods(method))
                    node.body.extend(made)
                    parts[method.name] = tuple(each.name for each in made) or (method.name,)
    text = ast.unparse(ast.fix_missing_locations(tree))
    return DividedMachine(Source(source.path, text), tree, parts)


def _methods(method: ast.FunctionDef) -> Iterator[ast.FunctionDef]:
    match method.body:
        case [ast.Expr(), ast.Return(value=ast.BoolOp(op=ast.And(), values=conjuncts))]:
            for number, conjunct in enumerate(conjuncts, start=1):
                made = deepcopy(method)
                made.name = f"{method.name}_conjunct_{number}"
                made.body = [ast.Return(conjunct)]
                yield made
        case _:
            pass
