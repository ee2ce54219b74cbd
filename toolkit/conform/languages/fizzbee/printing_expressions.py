"""From expressions back to text, on one line, with no more parentheses than the grammar needs.

Tuples always stand in parentheses.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from enum import IntEnum

from conform.languages.fizzbee import syntax_expressions as tree


class Level(IntEnum):
    """How tightly a place binds: what binds less stands there in parentheses."""

    TEST = 0
    OR = 1
    AND = 2
    NOT = 3
    COMPARISON = 4
    PIPE = 5
    CARET = 6
    AMPERSAND = 7
    SHIFT = 8
    SUM = 9
    PRODUCT = 10
    UNARY = 11
    PRIMARY = 12


_BINARY = {
    tree.BinaryOperator.OR: Level.PIPE,
    tree.BinaryOperator.XOR: Level.CARET,
    tree.BinaryOperator.AND: Level.AMPERSAND,
    tree.BinaryOperator.SHIFT_LEFT: Level.SHIFT,
    tree.BinaryOperator.SHIFT_RIGHT: Level.SHIFT,
    tree.BinaryOperator.ADD: Level.SUM,
    tree.BinaryOperator.SUBTRACT: Level.SUM,
    tree.BinaryOperator.MULTIPLY: Level.PRODUCT,
    tree.BinaryOperator.DIVIDE: Level.PRODUCT,
    tree.BinaryOperator.FLOOR_DIVIDE: Level.PRODUCT,
    tree.BinaryOperator.MODULO: Level.PRODUCT,
}
_BOOLEAN = {tree.BooleanOperator.OR: Level.OR, tree.BooleanOperator.AND: Level.AND}
_ESCAPES = {'"': '\\"', "\\": "\\\\", "\n": "\\n", "\r": "\\r", "\t": "\\t"}


def print_expression(expression: tree.Expression, level: Level = Level.TEST) -> str:
    """Return an expression as text that may stand at a place of a level."""
    own, text = _printed(expression)
    return text if own >= level else f"({text})"


def print_target(target: tree.Target) -> str:
    """Return a target as text."""
    if isinstance(target, tree.TargetTuple):
        return _tuple([print_target(element) for element in target.elements])
    return print_expression(target, Level.PRIMARY)


def print_parameters(parameters: Sequence[tree.Parameter]) -> str:
    """Return parameters as text, without parentheses."""
    return ", ".join(
        f"{parameter.kind}{parameter.name}"
        + (f"={print_expression(parameter.default)}" if parameter.default else "")
        for parameter in parameters
    )


def _printed(node: tree.Expression) -> tuple[Level, str]:
    """Return how tightly an expression binds, and its text."""
    match node:
        case tree.Lambda(parameters=parameters, body=body):
            head = f"lambda {print_parameters(parameters)}".rstrip()
            return Level.TEST, f"{head}: {print_expression(body)}"
        case tree.Conditional():
            then = print_expression(node.then, Level.OR)
            condition = print_expression(node.condition, Level.OR)
            return Level.TEST, f"{then} if {condition} else {print_expression(node.otherwise)}"
        case tree.BooleanOperation(operator=operator, operands=operands):
            level = _BOOLEAN[operator]
            inner = Level(level + 1)
            return level, f" {operator} ".join(print_expression(each, inner) for each in operands)
        case tree.Comparison(operator=comparison, left=left, right=right):
            shown = [print_expression(each, Level.PIPE) for each in (left, right)]
            return Level.COMPARISON, f" {comparison} ".join(shown)
        case tree.Binary(operator=sign, left=left, right=right):
            level = _BINARY[sign]
            after = print_expression(right, Level(level + 1))
            return level, f"{print_expression(left, level)} {sign} {after}"
        case tree.Unary(operator=tree.UnaryOperator.NOT, operand=operand):
            return Level.NOT, f"not {print_expression(operand, Level.NOT)}"
        case tree.Unary(operator=sign, operand=operand):
            return Level.UNARY, f"{sign}{print_expression(operand, Level.UNARY)}"
        case _:
            return Level.PRIMARY, _primary(node)


def _primary(node: tree.Expression) -> str:
    match node:
        case tree.Attribute(value=value, name=name):
            return f"{_base(value)}.{name}"
        case tree.Index(value=value, index=index):
            return f"{_base(value)}[{print_expression(index)}]"
        case tree.Slice():
            step = "" if node.step is None else f":{print_expression(node.step)}"
            bounds = f"{_optional(node.start)}:{_optional(node.stop)}{step}"
            return f"{_base(node.value)}[{bounds}]"
        case tree.Call(function=function, arguments=arguments):
            return f"{_base(function)}({', '.join(map(_argument, arguments))})"
        case tree.ListComprehension(element=element, clauses=clauses):
            return f"[{print_expression(element)}{_clauses(clauses)}]"
        case tree.DictComprehension(entry=entry, clauses=clauses):
            return f"{{{_entry(entry)}{_clauses(clauses)}}}"
        case tree.ListDisplay(elements=elements):
            return f"[{', '.join(map(print_expression, elements))}]"
        case tree.TupleDisplay(elements=elements):
            return _tuple(list(map(print_expression, elements)))
        case tree.DictDisplay(entries=entries):
            return f"{{{', '.join(map(_entry, entries))}}}"
        case _:
            return _literal(node)


def _literal(node: tree.Expression) -> str:
    match node:
        case tree.Name(name=name):
            return name
        case tree.NoneValue():
            return "None"
        case tree.Boolean(value=value) | tree.Integer(value=value):
            return str(value)
        case tree.Float(value=value):
            return repr(value)
        case tree.String(value=text):
            return quoted(text)
    raise TypeError(f"no expression of Starlark: {type(node).__name__}")


def quoted(text: str) -> str:
    """Return a string literal on one line."""
    return f'"{"".join(map(_escaped, text))}"'


def _escaped(character: str) -> str:
    if character in _ESCAPES:
        return _ESCAPES[character]
    if character.isprintable():
        return character
    code = ord(character)
    return f"\\u{code:04X}" if code <= 0xFFFF else f"\\U{code:08X}"


def _base(value: tree.Expression) -> str:
    """Return what an attribute, an index or a call is of; `1.x` would be a number."""
    text = print_expression(value, Level.PRIMARY)
    return f"({text})" if isinstance(value, tree.Integer | tree.Float) else text


def _argument(argument: tree.Argument) -> str:
    value = print_expression(argument.value)
    match argument:
        case tree.Positional():
            return value
        case tree.Keyword(name=name):
            return f"{name}={value}"
        case tree.Spread():
            return f"*{value}"
        case tree.KeywordSpread():
            return f"**{value}"


def _clauses(clauses: Iterable[tree.Clause]) -> str:
    text = ""
    for clause in clauses:
        match clause:
            case tree.ForClause(target=target, iterable=iterable):
                text += f" for {print_target(target)} in {print_expression(iterable, Level.OR)}"
            case tree.IfClause(condition=condition):
                text += f" if {print_expression(condition, Level.OR)}"
    return text


def _entry(entry: tree.DictEntry) -> str:
    return f"{print_expression(entry.key)}: {print_expression(entry.value)}"


def _tuple(elements: list[str]) -> str:
    return f"({elements[0]},)" if len(elements) == 1 else f"({', '.join(elements)})"


def _optional(expression: tree.Expression | None) -> str:
    return "" if expression is None else print_expression(expression)


_BEGINS_WITH_ANY = re.compile(r"any\b")


def print_assigned(expression: tree.Expression) -> str:
    """Return what stands right of `=`, where a first `any` would be read as a choice."""
    text = print_expression(expression)
    return f"({text})" if _BEGINS_WITH_ANY.match(text) else text
