"""The names that a source file defines, for links from mapping rows.

Python is read with its own parser, which executes nothing; of other languages a symbol counts as
known when its last part occurs in the text as a word.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from functools import lru_cache

from msgspec import Struct

from conform.errors import InputError
from conform.text import Source, Span


class Symbols(Struct, frozen=True):
    """What can be linked to in a file; `is_complete` when `names` are all that it defines."""

    names: frozenset[str]
    is_complete: bool

    def __contains__(self, symbol: str) -> bool:
        if self.is_complete:
            return symbol in self.names
        return re.split(r"[.:#]+", symbol)[-1].removesuffix("()") in self.names


@lru_cache(maxsize=64)  # a table has many links into one file
def symbols_of(source: Source) -> Symbols:
    """Return the symbols of a source file; raise InputError for Python that does not parse."""
    if not source.path.endswith(".py"):
        return Symbols(frozenset(re.findall(r"\w+", source.text)), is_complete=False)
    try:
        tree = ast.parse(source.text)
    except (SyntaxError, ValueError, RecursionError) as error:
        line = getattr(error, "lineno", None) or 1
        span = Span(source.path, line, 1, line, 1)
        raise InputError(
            f"this file is no Python: {getattr(error, 'msg', error)}",
            span=span,
            excerpt=source.excerpt(span),
        ) from None
    return Symbols(frozenset(_defined(tree, "")), is_complete=True)


def _defined(node: ast.AST, prefix: str) -> Iterator[str]:
    for child in ast.iter_child_nodes(node):
        match child:
            case ast.ClassDef(name=name):
                yield prefix + name
                yield from _defined(child, f"{prefix}{name}.")
            case ast.FunctionDef(name=name) | ast.AsyncFunctionDef(name=name):
                yield prefix + name
                yield from _attributes(child, prefix)
            case ast.Assign(targets=targets):
                yield from (prefix + t.id for t in targets if isinstance(t, ast.Name))
            case ast.AnnAssign(target=ast.Name(id=name)):
                yield prefix + name
            case _:
                continue


def _attributes(function: ast.FunctionDef | ast.AsyncFunctionDef, prefix: str) -> Iterator[str]:
    """Yield what a method assigns on self: instance attributes."""
    if not prefix:
        return
    for node in ast.walk(function):
        match node:
            case ast.Attribute(value=ast.Name(id="self"), attr=name, ctx=ast.Store()):
                yield prefix + name
