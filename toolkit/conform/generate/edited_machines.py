"""A machine that somebody has edited: is it still nothing but a machine, and so fit to be run?

What the file says is compared with the other readings as it stands, so it is executed. An edit may
say anything in the words of the machine: its variables, constants, helpers and actions, and the
operators and plain functions of Python. It may not touch the code that all machines share, nor use
a name or an attribute that the generated machine does not use.
"""

from __future__ import annotations

import ast
import builtins
from collections.abc import Iterator

from conform.errors import UnsupportedError
from conform.text import Source, Span

TABLES = frozenset({"FAIRNESS", "INVARIANTS", "LIVENESS", "STEP_PROPERTIES"})
"""The tables at the end of a machine, which an edit may change; what actions there are stays."""

_FUNCTIONS = frozenset(
    {
        "ArithmeticError", "LookupError", "abs", "all", "any", "bool", "dict", "frozenset", "int",
        "isinstance", "len", "list", "max", "min", "next", "object", "property", "range", "set",
        "sorted", "str", "sum", "tuple", "zip",
    }
)  # fmt: skip
"""Python's own names that an edit may use: none of them reaches an attribute by its name."""

MAX_EXPONENT = 31
"""The greatest that a power above 1 can have among the integers of TLC, which have 32 bits."""

_BUILTINS = frozenset(dir(builtins))

_STATEMENTS = (
    ast.AnnAssign, ast.Assign, ast.Expr, ast.For, ast.FunctionDef, ast.If, ast.Raise, ast.Return,
)  # fmt: skip


def vet_edits(edited: Source, generated: Source, class_name: str) -> None:
    """Raise UnsupportedError, located, unless all that was edited is the machine's own."""
    try:
        tree = ast.parse(edited.text)
    except (SyntaxError, ValueError, RecursionError, MemoryError) as error:
        line = getattr(error, "lineno", None) or 1
        raise _refused("is no Python", edited, line) from None
    _Vetting(edited, ast.parse(generated.text), class_name).look_at(tree)


def _refused(what: str, source: Source, line: int) -> UnsupportedError:
    span = Span(source.path, line, 1, line, 1)
    return UnsupportedError(
        f"the edited machine is not run: it {what}",
        span=span,
        excerpt=source.excerpt(span),
        expected="a machine as `conform generate` writes it, edited in guards, effects, helpers, "
        "properties or constants alone",
    )


class _Vetting:
    def __init__(self, source: Source, generated: ast.Module, class_name: str) -> None:
        self._source = source
        self._generated = generated
        self._open = frozenset({class_name, "Constants"})
        nodes = list(ast.walk(generated))
        self._attributes = {node.attr for node in nodes if isinstance(node, ast.Attribute)}
        names = {node.id for node in nodes if isinstance(node, ast.Name)}
        self._names = (names - _BUILTINS) | _FUNCTIONS

    def look_at(self, tree: ast.Module) -> None:
        """Compare a module with the generated one, part by part."""
        known = {ast.dump(node): node for node in self._generated.body}
        defined = {_defined(node): node for node in self._generated.body}
        met: set[str] = set()
        for node in tree.body:
            name = _defined(node)
            if name and name in met:
                raise _refused(f"defines `{name}` twice", self._source, _at(node))
            met.add(name)
            if ast.dump(node) in known or _is_text(node):
                continue
            if isinstance(node, ast.ClassDef) and node.name in self._open and name in defined:
                self._look_at_class(node, defined[name])
            elif name in TABLES:
                self._vet(node)
            else:
                raise _refused("changes what all machines share", self._source, _at(node))

    def _look_at_class(self, node: ast.ClassDef, known: ast.AST) -> None:
        assert isinstance(known, ast.ClassDef)
        if _head(node) != _head(known):
            raise _refused("has another kind of class", self._source, node.lineno)
        members = set(map(ast.dump, known.body))
        for each in node.body:
            if ast.dump(each) not in members:
                self._vet(each)

    def _vet(self, node: ast.AST) -> None:
        bound = set(_bound(node))
        for part in ast.walk(node):
            for what in self._unfit(part, bound):
                raise _refused(f"holds {what}", self._source, _at(part, _at(node)))

    def _unfit(self, node: ast.AST, bound: set[str]) -> Iterator[str]:
        match node:
            case ast.Attribute(value=owner, attr=name, ctx=ast.Store() | ast.Del()) if (
                name != "state" or _name_of(owner) != "self"
            ):
                yield f"an assignment to `{name}` of something"
            case ast.Subscript(ctx=ast.Store() | ast.Del()):
                yield "an assignment to a part of something"
            case ast.Attribute(attr=name):
                if name.startswith("_") or name not in self._attributes:
                    yield f"the attribute `{name}`"
            case ast.Name(id=name):
                is_known = name in self._names or (name in bound and name not in _BUILTINS)
                if name.startswith("__") or not is_known:
                    yield f"the name `{name}`"
            case ast.arg(arg=name) if name in _BUILTINS or name.startswith("__"):
                yield f"the name `{name}`"
            case ast.FunctionDef(name=name, decorator_list=decorators):
                if name.startswith("_") or any(_name_of(each) != "property" for each in decorators):
                    yield f"the function `{name}`"
            case ast.stmt() if not isinstance(node, _STATEMENTS):
                yield f"a statement of the kind {type(node).__name__}"
            case ast.BinOp(op=ast.LShift()):
                yield "a shift"
            case ast.BinOp(op=ast.Pow()) if not _is_small_power(node):
                yield "a power without a small exponent"
            case ast.Await() | ast.NamedExpr() | ast.FormattedValue():
                yield f"an expression of the kind {type(node).__name__}"


def _is_small_power(node: ast.BinOp) -> bool:
    """Whether a power is like those of machines: `10**10**10` would be counted for hours."""
    is_alone = not any(
        isinstance(part, ast.BinOp) and isinstance(part.op, ast.Pow) for part in ast.walk(node.left)
    )
    match node.right:
        case ast.Constant(value=int(exponent)):
            return is_alone and exponent <= MAX_EXPONENT
        case _:
            return False


def _defined(node: ast.stmt) -> str:
    """Return the name that a statement defines, empty for one that defines none."""
    match node:
        case ast.ClassDef(name=name) | ast.FunctionDef(name=name):
            return name
        case ast.AnnAssign(target=ast.Name(id=name)) | ast.Assign(targets=[ast.Name(id=name)]):
            return name
        case _:
            return ""


def _head(node: ast.ClassDef) -> list[str]:
    return [ast.dump(each) for each in (*node.bases, *node.keywords, *node.decorator_list)]


def _is_text(node: ast.stmt) -> bool:
    """Whether a statement is a text that stands alone, which says nothing to Python."""
    return isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant)


def _bound(node: ast.AST) -> Iterator[str]:
    """Yield the names that a part of a machine binds."""
    for each in ast.walk(node):
        match each:
            case ast.Name(id=name, ctx=ast.Store()) | ast.arg(arg=name):
                yield name
            case _:
                pass


def _name_of(node: ast.expr) -> str:
    return node.id if isinstance(node, ast.Name) else ""


def _at(node: ast.AST, otherwise: int = 1) -> int:
    return getattr(node, "lineno", otherwise)
