"""Python expressions on one line, with the quotes and parentheses of ruff's formatter."""

from __future__ import annotations

import ast

from conform.domain.machine import python_literal

LAMBDA, CONDITIONAL, OR, AND, NOT, COMPARISON, UNION, XOR, INTERSECTION = range(9)
SUM, PRODUCT, SIGN, POWER, ATOM = range(9, 14)

_BINARY: dict[type[ast.operator], tuple[str, int]] = {
    ast.Add: ("+", SUM),
    ast.Sub: ("-", SUM),
    ast.Mult: ("*", PRODUCT),
    ast.FloorDiv: ("//", PRODUCT),
    ast.Mod: ("%", PRODUCT),
    ast.Pow: ("**", POWER),
    ast.BitOr: ("|", UNION),
    ast.BitXor: ("^", XOR),
    ast.BitAnd: ("&", INTERSECTION),
}
_COMPARISONS: dict[type[ast.cmpop], str] = {
    ast.Eq: "==",
    ast.NotEq: "!=",
    ast.Lt: "<",
    ast.LtE: "<=",
    ast.Gt: ">",
    ast.GtE: ">=",
    ast.In: "in",
    ast.NotIn: "not in",
    ast.Is: "is",
    ast.IsNot: "is not",
}


def operator_of(node: ast.BoolOp | ast.BinOp | ast.Compare) -> str:
    """Return the operator of a node; those of a chain of comparisons with `|` between them."""
    match node:
        case ast.BoolOp(op=op):
            return "or" if isinstance(op, ast.Or) else "and"
        case ast.BinOp(op=operator):
            return _BINARY[type(operator)][0]
        case ast.Compare(ops=ops):
            return "|".join(_COMPARISONS[type(each)] for each in ops)


def precedence_of(node: ast.expr) -> int:
    """Return how tightly a node's outermost operator binds."""
    match node:
        case ast.Lambda():
            return LAMBDA
        case ast.IfExp():
            return CONDITIONAL
        case ast.BoolOp(op=op):
            return OR if isinstance(op, ast.Or) else AND
        case ast.UnaryOp(op=ast.Not()):
            return NOT
        case ast.UnaryOp():
            return SIGN
        case ast.Compare():
            return COMPARISON
        case ast.BinOp(op=operator):
            return _BINARY[type(operator)][1]
        case _:
            return ATOM


def _at(node: ast.expr, precedence: int) -> str:
    text = flat(node)
    return text if precedence_of(node) >= precedence else f"({text})"


def flat(node: ast.expr) -> str:
    """Return an expression on one line."""
    match node:
        case ast.Name(id=name):
            return name
        case ast.Constant(value=str() as text):
            return python_literal(text)
        case ast.Constant(value=value):
            return "..." if value is ... else repr(value)
        case ast.Attribute(value=value, attr=name):
            return f"{_at(value, ATOM)}.{name}"
        case ast.Subscript(value=value, slice=index):
            inner = flat(index)
            is_bare = isinstance(index, ast.Tuple) and index.elts
            return f"{_at(value, ATOM)}[{inner[1:-1].removesuffix(',') if is_bare else inner}]"
        case ast.Call():
            return _call(node)
        case ast.BoolOp() | ast.BinOp() | ast.UnaryOp() | ast.Compare() | ast.IfExp():
            return _operation(node)
        case ast.Lambda(args=arguments, body=body):
            return f"lambda {', '.join(each.arg for each in arguments.args)}: {flat(body)}"
        case _:
            return _display(node)


def _call(node: ast.Call) -> str:
    function = _at(node.func, ATOM)
    if len(node.args) == 1 and not node.keywords and isinstance(node.args[0], ast.GeneratorExp):
        return f"{function}{flat(node.args[0])}"
    keywords = [f"{each.arg}={flat(each.value)}" for each in node.keywords]
    return f"{function}({', '.join([*map(flat, node.args), *keywords])})"


def _operation(node: ast.expr) -> str:
    match node:
        case ast.BoolOp(op=ast.Or(), values=values):
            # An `and` inside an `or` has parentheses: ruff's RUF021.
            return " or ".join(_at(value, AND + 1) for value in values)
        case ast.BoolOp(values=values):
            return " and ".join(_at(value, AND + 1) for value in values)
        case ast.UnaryOp(op=ast.Not(), operand=operand):
            return f"not {_at(operand, NOT)}"
        case ast.UnaryOp(operand=operand):
            return f"-{_at(operand, SIGN)}"
        case ast.BinOp(left=left, op=ast.Pow(), right=right):
            space = "" if _is_simple(left) and _is_simple(right) else " "
            return f"{_at(left, ATOM)}{space}**{space}{_at(right, SIGN)}"
        case ast.BinOp(left=left, op=operator, right=right):
            word, precedence = _BINARY[type(operator)]
            return f"{_at(left, precedence)} {word} {_at(right, precedence + 1)}"
        case ast.Compare(left=left, ops=ops, comparators=comparators):
            parts = [_at(left, COMPARISON + 1)]
            for operator_, operand in zip(ops, comparators, strict=True):
                parts.append(f"{_COMPARISONS[type(operator_)]} {_at(operand, COMPARISON + 1)}")
            return " ".join(parts)
        case ast.IfExp(test=test, body=body, orelse=orelse):
            return (
                f"{_at(body, CONDITIONAL + 1)} if {_at(test, CONDITIONAL + 1)} "
                f"else {_at(orelse, CONDITIONAL)}"
            )
        case _:
            raise TypeError(f"no operation: {type(node).__name__}")


def _is_simple(node: ast.expr) -> bool:
    """Whether a power of or to this is written without spaces."""
    match node:
        case ast.Name() | ast.Constant(value=int()):
            return True
        case ast.Attribute(value=value):
            return _is_simple(value) and not isinstance(value, ast.Constant)
        case ast.UnaryOp(op=ast.USub(), operand=operand):
            return _is_simple(operand)
        case _:
            return False


def _display(node: ast.expr) -> str:
    match node:
        case ast.Tuple(elts=[only]):
            return f"({flat(only)},)"
        case ast.Tuple(elts=elements):
            return f"({', '.join(map(flat, elements))})"
        case ast.List(elts=elements):
            return f"[{', '.join(map(flat, elements))}]"
        case ast.Set(elts=elements):
            return f"{{{', '.join(map(flat, elements))}}}"
        case ast.Dict(keys=keys, values=values):
            pairs = (
                f"{flat(key)}: {flat(value)}" if key else f"**{_at(value, UNION)}"
                for key, value in zip(keys, values, strict=True)
            )
            return f"{{{', '.join(pairs)}}}"
        case ast.Starred(value=value):
            return f"*{_at(value, UNION)}"
        case ast.GeneratorExp(elt=element, generators=loops):
            return f"({_at(element, CONDITIONAL)}{_loops(loops)})"
        case ast.SetComp(elt=element, generators=loops):
            return f"{{{_at(element, CONDITIONAL)}{_loops(loops)}}}"
        case ast.DictComp(key=key, value=value, generators=loops):
            return f"{{{flat(key)}: {flat(value)}{_loops(loops)}}}"
        case _:
            raise TypeError(f"no expression that a translation makes: {type(node).__name__}")


def _loops(loops: list[ast.comprehension]) -> str:
    parts = []
    for loop in loops:
        target = flat(loop.target)
        if isinstance(loop.target, ast.Tuple):
            target = target[1:-1]
        parts.append(f" for {target} in {_at(loop.iter, OR)}")
        parts.extend(f" if {_at(condition, OR)}" for condition in loop.ifs)
    return "".join(parts)
