"""The syntax tree of Starlark's expressions, and the node from which all nodes descend.

Parentheses leave no node: the shape of the tree says what they said. Constructs are named after the
Starlark specification.
"""

from __future__ import annotations

from enum import StrEnum
from typing import TypeAlias

from msgspec import Struct

from conform.text import Span


class Node(Struct, frozen=True):
    """Whatever has a place in a file; its span runs from its first token to its last."""

    span: Span


class Identifier(Node, frozen=True):
    """A name where it is declared."""

    name: str


class Expression(Node, frozen=True):
    """Whatever has a value."""


class Name(Expression, frozen=True):
    """A name, read or assigned to; `self` and `any` are names too."""

    name: str


class NoneValue(Expression, frozen=True):
    """`None`."""


class Boolean(Expression, frozen=True):
    """`True` or `False`."""

    value: bool


class Integer(Expression, frozen=True):
    """An integer literal in any base; never negative, as a sign is a Unary."""

    value: int


class Float(Expression, frozen=True):
    """A floating-point literal; finite, never negative."""

    value: float


class String(Expression, frozen=True):
    """One or more string literals side by side; `value` has their escapes resolved."""

    value: str


class ListDisplay(Expression, frozen=True):
    """`[a, b]`."""

    elements: tuple[Expression, ...]


class TupleDisplay(Expression, frozen=True):
    """`(a, b)`, `a, b` without parentheses where a list of expressions may stand, and `()`."""

    elements: tuple[Expression, ...]


class DictEntry(Node, frozen=True):
    """`key: value`."""

    key: Expression
    value: Expression


class DictDisplay(Expression, frozen=True):
    """`{k: v}`; `{}` is an empty dict."""

    entries: tuple[DictEntry, ...]


class ForClause(Node, frozen=True):
    """`for target in iterable` of a comprehension."""

    target: Target
    iterable: Expression


class IfClause(Node, frozen=True):
    """`if condition` of a comprehension."""

    condition: Expression


Clause: TypeAlias = ForClause | IfClause


class ListComprehension(Expression, frozen=True):
    """`[e for x in s if c]`; the first clause is a ForClause."""

    element: Expression
    clauses: tuple[Clause, ...]


class DictComprehension(Expression, frozen=True):
    """`{k: v for x in s if c}`; the first clause is a ForClause."""

    entry: DictEntry
    clauses: tuple[Clause, ...]


class UnaryOperator(StrEnum):
    """The prefix operators."""

    PLUS = "+"
    MINUS = "-"
    INVERT = "~"
    NOT = "not"


class Unary(Expression, frozen=True):
    """A prefix operator and its operand."""

    operator: UnaryOperator
    operand: Expression


class BinaryOperator(StrEnum):
    """The infix operators that evaluate both operands, comparisons apart."""

    ADD = "+"
    SUBTRACT = "-"
    MULTIPLY = "*"
    DIVIDE = "/"
    FLOOR_DIVIDE = "//"
    MODULO = "%"
    AND = "&"
    OR = "|"
    XOR = "^"
    SHIFT_LEFT = "<<"
    SHIFT_RIGHT = ">>"


class Binary(Expression, frozen=True):
    """An infix operator between two operands; all of them associate to the left."""

    operator: BinaryOperator
    left: Expression
    right: Expression


class ComparisonOperator(StrEnum):
    """The comparisons, membership included."""

    EQUAL = "=="
    NOT_EQUAL = "!="
    LESS = "<"
    LESS_OR_EQUAL = "<="
    GREATER = ">"
    GREATER_OR_EQUAL = ">="
    IN = "in"
    NOT_IN = "not in"


class Comparison(Expression, frozen=True):
    """One comparison; Starlark has no chains of them."""

    operator: ComparisonOperator
    left: Expression
    right: Expression


class BooleanOperator(StrEnum):
    """The operators that evaluate no more operands than they need."""

    AND = "and"
    OR = "or"


class BooleanOperation(Expression, frozen=True):
    """`a and b and c`, one node for two or more operands; the value is one of the operands."""

    operator: BooleanOperator
    operands: tuple[Expression, ...]


class Conditional(Expression, frozen=True):
    """`then if condition else otherwise`."""

    condition: Expression
    then: Expression
    otherwise: Expression


class Attribute(Expression, frozen=True):
    """`value.name`."""

    value: Expression
    name: str


class Index(Expression, frozen=True):
    """`value[index]`."""

    value: Expression
    index: Expression


class Slice(Expression, frozen=True):
    """`value[start:stop:step]`; a part left out is None."""

    value: Expression
    start: Expression | None
    stop: Expression | None
    step: Expression | None


class Positional(Node, frozen=True):
    """An argument without a name."""

    value: Expression


class Keyword(Node, frozen=True):
    """`name=value` among arguments."""

    name: str
    value: Expression


class Spread(Node, frozen=True):
    """`*value` among arguments: its elements are further positional arguments."""

    value: Expression


class KeywordSpread(Node, frozen=True):
    """`**value` among arguments: its entries are further keyword arguments."""

    value: Expression


Argument: TypeAlias = Positional | Keyword | Spread | KeywordSpread


class Call(Expression, frozen=True):
    """`function(arguments)`: positional ones first, then keywords, `*`, `**`, each name once."""

    function: Expression
    arguments: tuple[Argument, ...]


class ParameterKind(StrEnum):
    """What a parameter takes; the value is what stands before its name."""

    PLAIN = ""
    REST = "*"
    KEYWORDS = "**"


class Parameter(Node, frozen=True):
    """A parameter; those after a REST one are given by name only.

    A bare `*` is a REST parameter with an empty name. `default` is None for a required one.
    """

    name: str
    kind: ParameterKind
    default: Expression | None


class Lambda(Expression, frozen=True):
    """`lambda parameters: body`."""

    parameters: tuple[Parameter, ...]
    body: Expression


class TargetTuple(Node, frozen=True):
    """`a, b`, `(a, b)` or `[a, b]` where something is assigned to: unpacks an iterable."""

    elements: tuple[Target, ...]


Target: TypeAlias = Name | Attribute | Index | TargetTuple
"""What can be assigned to."""
