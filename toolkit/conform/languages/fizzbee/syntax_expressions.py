"""The syntax tree of Starlark's expressions, and the node from which all nodes descend.

Parentheses leave no node: the shape of the tree says what they said. Constructs are named after the
Starlark specification.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TypeAlias

from conform.text import Span


@dataclass(frozen=True, slots=True)
class Node:
    """Whatever has a place in a file; its span runs from its first token to its last."""

    span: Span


@dataclass(frozen=True, slots=True)
class Identifier(Node):
    """A name where it is declared."""

    name: str


@dataclass(frozen=True, slots=True)
class Expression(Node):
    """Whatever has a value."""


@dataclass(frozen=True, slots=True)
class Name(Expression):
    """A name, read or assigned to; `self` and `any` are names too."""

    name: str


@dataclass(frozen=True, slots=True)
class NoneValue(Expression):
    """`None`."""


@dataclass(frozen=True, slots=True)
class Boolean(Expression):
    """`True` or `False`."""

    value: bool


@dataclass(frozen=True, slots=True)
class Integer(Expression):
    """An integer literal in any base; never negative, as a sign is a Unary."""

    value: int


@dataclass(frozen=True, slots=True)
class Float(Expression):
    """A floating-point literal; finite, never negative."""

    value: float


@dataclass(frozen=True, slots=True)
class String(Expression):
    """One or more string literals side by side; `value` has their escapes resolved."""

    value: str


@dataclass(frozen=True, slots=True)
class ListDisplay(Expression):
    """`[a, b]`."""

    elements: tuple[Expression, ...]


@dataclass(frozen=True, slots=True)
class TupleDisplay(Expression):
    """`(a, b)`, `a, b` without parentheses where a list of expressions may stand, and `()`."""

    elements: tuple[Expression, ...]


@dataclass(frozen=True, slots=True)
class DictEntry(Node):
    """`key: value`."""

    key: Expression
    value: Expression


@dataclass(frozen=True, slots=True)
class DictDisplay(Expression):
    """`{k: v}`; `{}` is an empty dict."""

    entries: tuple[DictEntry, ...]


@dataclass(frozen=True, slots=True)
class ForClause(Node):
    """`for target in iterable` of a comprehension."""

    target: Target
    iterable: Expression


@dataclass(frozen=True, slots=True)
class IfClause(Node):
    """`if condition` of a comprehension."""

    condition: Expression


Clause: TypeAlias = ForClause | IfClause


@dataclass(frozen=True, slots=True)
class ListComprehension(Expression):
    """`[e for x in s if c]`; the first clause is a ForClause."""

    element: Expression
    clauses: tuple[Clause, ...]


@dataclass(frozen=True, slots=True)
class DictComprehension(Expression):
    """`{k: v for x in s if c}`; the first clause is a ForClause."""

    entry: DictEntry
    clauses: tuple[Clause, ...]


class UnaryOperator(StrEnum):
    """The prefix operators."""

    PLUS = "+"
    MINUS = "-"
    INVERT = "~"
    NOT = "not"


@dataclass(frozen=True, slots=True)
class Unary(Expression):
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


@dataclass(frozen=True, slots=True)
class Binary(Expression):
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


@dataclass(frozen=True, slots=True)
class Comparison(Expression):
    """One comparison; Starlark has no chains of them."""

    operator: ComparisonOperator
    left: Expression
    right: Expression


class BooleanOperator(StrEnum):
    """The operators that evaluate no more operands than they need."""

    AND = "and"
    OR = "or"


@dataclass(frozen=True, slots=True)
class BooleanOperation(Expression):
    """`a and b and c`, one node for two or more operands; the value is one of the operands."""

    operator: BooleanOperator
    operands: tuple[Expression, ...]


@dataclass(frozen=True, slots=True)
class Conditional(Expression):
    """`then if condition else otherwise`."""

    condition: Expression
    then: Expression
    otherwise: Expression


@dataclass(frozen=True, slots=True)
class Attribute(Expression):
    """`value.name`."""

    value: Expression
    name: str


@dataclass(frozen=True, slots=True)
class Index(Expression):
    """`value[index]`."""

    value: Expression
    index: Expression


@dataclass(frozen=True, slots=True)
class Slice(Expression):
    """`value[start:stop:step]`; a part left out is None."""

    value: Expression
    start: Expression | None
    stop: Expression | None
    step: Expression | None


@dataclass(frozen=True, slots=True)
class Positional(Node):
    """An argument without a name."""

    value: Expression


@dataclass(frozen=True, slots=True)
class Keyword(Node):
    """`name=value` among arguments."""

    name: str
    value: Expression


@dataclass(frozen=True, slots=True)
class Spread(Node):
    """`*value` among arguments: its elements are further positional arguments."""

    value: Expression


@dataclass(frozen=True, slots=True)
class KeywordSpread(Node):
    """`**value` among arguments: its entries are further keyword arguments."""

    value: Expression


Argument: TypeAlias = Positional | Keyword | Spread | KeywordSpread


@dataclass(frozen=True, slots=True)
class Call(Expression):
    """`function(arguments)`: positional ones first, then keywords, `*`, `**`, each name once."""

    function: Expression
    arguments: tuple[Argument, ...]


class ParameterKind(StrEnum):
    """What a parameter takes; the value is what stands before its name."""

    PLAIN = ""
    REST = "*"
    KEYWORDS = "**"


@dataclass(frozen=True, slots=True)
class Parameter(Node):
    """A parameter; those after a REST one are given by name only.

    A bare `*` is a REST parameter with an empty name. `default` is None for a required one.
    """

    name: str
    kind: ParameterKind
    default: Expression | None


@dataclass(frozen=True, slots=True)
class Lambda(Expression):
    """`lambda parameters: body`."""

    parameters: tuple[Parameter, ...]
    body: Expression


@dataclass(frozen=True, slots=True)
class TargetTuple(Node):
    """`a, b`, `(a, b)` or `[a, b]` where something is assigned to: unpacks an iterable."""

    elements: tuple[Target, ...]


Target: TypeAlias = Name | Attribute | Index | TargetTuple
"""What can be assigned to."""
