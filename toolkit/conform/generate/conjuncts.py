"""The properties of a generated machine taken apart, so that each part is asked for itself.

What an invariant says of each variable in turn depends on all of them, and each of its conjuncts on
one or two: answers about those can be remembered. What a liveness property says of the present
state may have no value where nobody asks for it: each leaf is evaluated on its own.
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


LEAF = "_leaf"
"""The function, of the executed module, that gives a leaf its value, or what kept it from one."""


def divided(
    source: Source, class_name: str, invariants: Iterable[str], liveness: Iterable[str] = ()
) -> DividedMachine:
    """Return the machine with methods for the conjuncts of those invariants that return several.

    In the methods of `liveness`, each leaf is the value of LEAF, called with what evaluates it.
    """
    stated = frozenset(liveness)
    tree = ast.parse(source.text)
    wanted = frozenset(invariants)
    parts: dict[str, tuple[str, ...]] = {}
    for node in tree.body:
        if isinstance(node, ast.ClassDef) and node.name == class_name:
            for method in list(node.body):
                if isinstance(method, ast.FunctionDef) and method.name in stated:
                    _Leaves().visit(method)
                elif isinstance(method, ast.FunctionDef) and method.name in wanted:
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


class _Leaves(ast.NodeTransformer):
    """Puts what stands in a Formula and is none into functions, which are called at once."""

    def visit_Call(self, node: ast.Call) -> ast.Call:
        """Look at the operands of a Formula, listed or made by a loop; at nothing in a leaf."""
        match node:
            case ast.Call(func=ast.Name(id="Formula"), args=[_, ast.Tuple() as operands]):
                operands.elts = [self._operand(each) for each in operands.elts]
            case ast.Call(
                func=ast.Name(id="Formula"),
                args=[_, ast.Call(func=ast.Name(id="tuple"), args=[ast.GeneratorExp() as loop])],
            ):
                loop.elt = self._operand(loop.elt)
            case _:
                pass
        return node

    def _operand(self, node: ast.expr) -> ast.expr:
        match node:
            case ast.Call(func=ast.Name(id="Formula")):
                return self.visit_Call(node)
        nothing = ast.arguments([], [], None, [], [], None, [])
        return ast.Call(ast.Name(LEAF, ast.Load()), [ast.Lambda(nothing, node)], [])
