"""Building blocks of generated code: the only place where nodes of Python's syntax are made.

Names come from `Emitter`, which numbers them; attributes are the ones written here and in the
emitters. No function takes text of an input.
"""

from __future__ import annotations

import ast
from collections.abc import Sequence


def load(name: str) -> ast.expr:
    """Return the use of a name."""
    return ast.Name(name, ast.Load())


def literal(value: int | bool | None) -> ast.expr:
    """Return a literal of our own: an index, a flag."""
    return ast.Constant(value)


def store(name: str, value: ast.expr) -> ast.stmt:
    """Return `name = value`."""
    return ast.Assign([ast.Name(name, ast.Store())], value)


def unpack(names: Sequence[str], value: ast.expr) -> ast.stmt:
    """Return `a, b = value`."""
    targets: list[ast.expr] = [ast.Name(name, ast.Store()) for name in names]
    return ast.Assign([ast.Tuple(targets, ast.Store())], value)


def attribute(value: ast.expr, name: str) -> ast.expr:
    """Return `value.name`."""
    return ast.Attribute(value, name, ast.Load())


def item(value: ast.expr, index: ast.expr) -> ast.expr:
    """Return `value[index]`."""
    return ast.Subscript(value, index, ast.Load())


def call(function: ast.expr, *arguments: ast.expr) -> ast.expr:
    """Return `function(arguments)`."""
    return ast.Call(function, list(arguments), [])


def tuple_of(elements: Sequence[ast.expr]) -> ast.expr:
    """Return `(a, b)`."""
    return ast.Tuple(list(elements), ast.Load())


def list_of(elements: Sequence[ast.expr]) -> ast.expr:
    """Return `[a, b]`."""
    return ast.List(list(elements), ast.Load())


def run(expression: ast.expr) -> ast.stmt:
    """Return a statement that evaluates an expression."""
    return ast.Expr(expression)


def compared(left: ast.expr, operator: ast.cmpop, right: ast.expr) -> ast.expr:
    """Return one comparison."""
    return ast.Compare(left, [operator], [right])


def between(low: ast.expr, value: ast.expr, high: ast.expr) -> ast.expr:
    """Return `low <= value <= high`."""
    return ast.Compare(low, [ast.LtE(), ast.LtE()], [value, high])


def same(left: ast.expr, right: ast.expr) -> ast.expr:
    """Return `left is right`."""
    return compared(left, ast.Is(), right)


def different(left: ast.expr, right: ast.expr) -> ast.expr:
    """Return `left is not right`."""
    return compared(left, ast.IsNot(), right)


def class_of(value: ast.expr) -> ast.expr:
    """Return `value.__class__`."""
    return attribute(value, "__class__")


def computed(left: ast.expr, operator: ast.operator, right: ast.expr) -> ast.expr:
    """Return the application of an arithmetical operator of Python."""
    return ast.BinOp(left, operator, right)


def both(*tests: ast.expr) -> ast.expr:
    """Return `a and b`."""
    return ast.BoolOp(ast.And(), list(tests))


def either(*tests: ast.expr) -> ast.expr:
    """Return `a or b`."""
    return ast.BoolOp(ast.Or(), list(tests))


def negated(test: ast.expr) -> ast.expr:
    """Return `not test`."""
    return ast.UnaryOp(ast.Not(), test)


def choice(condition: ast.expr, consequent: ast.expr, alternative: ast.expr) -> ast.expr:
    """Return `consequent if condition else alternative`."""
    return ast.IfExp(condition, consequent, alternative)


def when(
    condition: ast.expr, body: list[ast.stmt], otherwise: list[ast.stmt] | None = None
) -> ast.stmt:
    """Return an `if` statement."""
    return ast.If(condition, body or [ast.Pass()], otherwise or [])


def loop(
    names: Sequence[str],
    elements: ast.expr,
    body: list[ast.stmt],
    otherwise: list[ast.stmt] | None = None,
) -> ast.stmt:
    """Return a `for` statement, whose variable is one name or a tuple of several.

    `otherwise` runs if nothing broke it off.
    """
    targets: list[ast.expr] = [ast.Name(name, ast.Store()) for name in names]
    target = targets[0] if len(targets) == 1 else ast.Tuple(targets, ast.Store())
    return ast.For(target, elements, body or [ast.Pass()], otherwise or [])


def raising(name: str) -> ast.stmt:
    """Return `raise name`."""
    return ast.Raise(load(name))


def function(
    name: str,
    parameters: Sequence[str],
    body: list[ast.stmt],
    caught: str,
    otherwise: str,
) -> ast.Module:
    """Return a module that defines `name`.

    Where `body` raises one of `caught`, `otherwise` is called with the error and the arguments.
    """
    raised = "error"
    asked = call(load(otherwise), load(raised), *map(load, parameters))
    handler = ast.ExceptHandler(load(caught), raised, [ast.Return(asked)])
    return plain_function(name, parameters, [ast.Try(body, [handler], [], [])])


def plain_function(name: str, parameters: Sequence[str], body: list[ast.stmt]) -> ast.Module:
    """Return a module that defines `name`."""
    arguments = ast.arguments([], [ast.arg(each) for each in parameters], None, [], [], None, [])
    definition = ast.FunctionDef(name, arguments, body, [])
    return ast.fix_missing_locations(ast.Module([definition], []))
