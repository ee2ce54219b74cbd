"""Is this Python text a machine that we could have generated? Looked at before it is executed.

Generated code holds what the translator makes: classes, methods, expressions, a few names of the
standard library. What a specification says gets into it as literals, comments and names. Should a
text ever get out of its quotes, it would have to use something that no machine uses; so what is
not on the list is refused.
"""

from __future__ import annotations

import ast
import builtins
import re
from collections.abc import Iterator

from conform.errors import UnsupportedError
from conform.text import Source, Span

MODULES = frozenset({"__future__", "collections.abc", "dataclasses", "itertools", "typing"})
"""The modules that a machine imports names from."""

BUILTINS = frozenset(
    {
        "ArithmeticError", "Exception", "IndexError", "KeyError", "LookupError", "TypeError",
        "ValueError", "ZeroDivisionError", "abs", "all", "any", "bool", "dict", "enumerate",
        "filter", "frozenset", "getattr", "hash", "int", "isinstance", "iter", "len", "list",
        "map", "max", "min", "next", "object", "property", "range", "repr", "reversed", "set",
        "sorted", "str", "sum", "super", "tuple", "type", "zip",
    }
)  # fmt: skip
"""Python's own names that the templates and the translator use."""

_STATEMENTS = (
    ast.AnnAssign, ast.Assign, ast.ClassDef, ast.Expr, ast.For, ast.FunctionDef, ast.If,
    ast.ImportFrom, ast.Raise, ast.Return, ast.Try,
)  # fmt: skip

_DUNDERS = frozenset({"__init__", "__name__"})
"""Names in double underscores that are read: of the base class of an exception, and of a type."""


def vet(source: Source) -> ast.Module:
    """Return the tree of a generated module; raise UnsupportedError for what no machine holds."""
    try:
        tree = ast.parse(source.text)
    except (SyntaxError, ValueError, RecursionError, MemoryError) as error:
        raise UnsupportedError(f"{source.path}: the generated code is no Python: {error}") from None
    for node in ast.walk(tree):
        for what in _unfit(node):
            line = getattr(node, "lineno", 1)
            column = getattr(node, "col_offset", 0) + 1
            span = Span(source.path, line, column, line, column)
            raise UnsupportedError(
                f"the generated code is not executed: it holds {what}, as no machine does",
                span=span,
                excerpt=source.excerpt(span),
                hint="unless somebody edited it, please report this mistake of the generator",
            )
    return tree


def _unfit(node: ast.AST) -> Iterator[str]:
    match node:
        case ast.ImportFrom(module=module, level=level):
            if level or module not in MODULES:
                yield f"an import from {module}"
        case ast.Attribute(attr=name):
            if name.startswith("__") and name not in _DUNDERS:
                yield f"the attribute {name}"
        case ast.Constant(value=str(text)):
            if re.fullmatch(r"__\w+__", text):
                yield f"the text {text}"
        case ast.Name(id=name, ctx=ast.Load()):  # a field may have any name, as `open`
            if name.startswith("__") or (hasattr(builtins, name) and name not in BUILTINS):
                yield f"the name {name}"
        case ast.stmt() if not isinstance(node, _STATEMENTS):
            yield f"a statement of the kind {type(node).__name__}"
        case ast.Await() | ast.NamedExpr():
            yield f"an expression of the kind {type(node).__name__}"
        case _:
            return
