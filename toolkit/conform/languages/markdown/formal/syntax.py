"""The syntax tree of formal lines: expressions, and the statements of guards and effects.

Every node has the span of its text in the document. Operators are named by one spelling each: `/\\`
for `∧`, `/\\` and `and` alike.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TypeAlias

from conform.text import Span


@dataclass(frozen=True, slots=True)
class Literal:
    """A number, a string in quotes, or a truth value."""

    span: Span
    value: int | str


@dataclass(frozen=True, slots=True)
class Name:
    """A name that stands alone; what it means is for its scope to say."""

    span: Span
    name: str


@dataclass(frozen=True, slots=True)
class Apply:
    """`F(a, b)`: a helper, an action under ENABLED, or a built-in operator."""

    span: Span
    name: str
    arguments: tuple[Expression, ...]


@dataclass(frozen=True, slots=True)
class Index:
    """`f[a]`, or `f[a, b]` for the argument <<a, b>>."""

    span: Span
    function: Expression
    arguments: tuple[Expression, ...]


@dataclass(frozen=True, slots=True)
class Field:
    """`r.f`."""

    span: Span
    record: Expression
    name: str


@dataclass(frozen=True, slots=True)
class Unary:
    """An operator with one operand: ~ - ' [] <> ENABLED UNCHANGED DOMAIN SUBSET UNION."""

    span: Span
    operator: str
    operand: Expression


@dataclass(frozen=True, slots=True)
class Binary:
    """An operator with two operands."""

    span: Span
    operator: str
    left: Expression
    right: Expression


@dataclass(frozen=True, slots=True)
class Bound:
    """`x, y \\in S`."""

    span: Span
    names: tuple[str, ...]
    domain: Expression


@dataclass(frozen=True, slots=True)
class Quantified:
    """`\\A` or `\\E` with its bounds. `bounds` has no domain to show where ranges give it."""

    span: Span
    quantifier: str
    bounds: tuple[Bound, ...]
    body: Expression


@dataclass(frozen=True, slots=True)
class Choice:
    """`CHOOSE x \\in S : p`: always the same element."""

    span: Span
    bound: Bound
    body: Expression


@dataclass(frozen=True, slots=True)
class If:
    """`IF c THEN a ELSE b`."""

    span: Span
    condition: Expression
    consequent: Expression
    alternative: Expression


@dataclass(frozen=True, slots=True)
class Case:
    """`CASE p -> a [] q -> b [] OTHER -> c`; `other` is None without OTHER."""

    span: Span
    arms: tuple[tuple[Expression, Expression], ...]
    other: Expression | None


@dataclass(frozen=True, slots=True)
class Definition:
    """`x = e` behind Let."""

    span: Span
    name: str
    value: Expression


@dataclass(frozen=True, slots=True)
class LetIn:
    """`LET x == e IN f`."""

    span: Span
    definitions: tuple[Definition, ...]
    body: Expression


@dataclass(frozen=True, slots=True)
class SetOf:
    """`{a, b}`."""

    span: Span
    elements: tuple[Expression, ...]


@dataclass(frozen=True, slots=True)
class Filter:
    """`{x \\in S : p}`."""

    span: Span
    bound: Bound
    body: Expression


@dataclass(frozen=True, slots=True)
class Image:
    """`{e : x \\in S}`."""

    span: Span
    body: Expression
    bounds: tuple[Bound, ...]


@dataclass(frozen=True, slots=True)
class FunctionOf:
    """`[x \\in S |-> e]`."""

    span: Span
    bounds: tuple[Bound, ...]
    body: Expression


@dataclass(frozen=True, slots=True)
class FunctionSet:
    """`[S -> T]`."""

    span: Span
    domain: Expression
    values: Expression


@dataclass(frozen=True, slots=True)
class RecordOf:
    """`[f |-> e, g |-> e]`."""

    span: Span
    fields: tuple[tuple[str, Expression], ...]


@dataclass(frozen=True, slots=True)
class RecordSet:
    """`[f : S, g : T]`."""

    span: Span
    fields: tuple[tuple[str, Expression], ...]


@dataclass(frozen=True, slots=True)
class TupleOf:
    """`<<a, b>>`."""

    span: Span
    elements: tuple[Expression, ...]


@dataclass(frozen=True, slots=True)
class Update:
    """`![a].f = e` in an EXCEPT: the steps to the place, and the value there."""

    span: Span
    path: tuple[Expression, ...]
    value: Expression


@dataclass(frozen=True, slots=True)
class Except:
    """`[f EXCEPT ![a] = e]`; `@` in a value is what stood there."""

    span: Span
    function: Expression
    updates: tuple[Update, ...]


@dataclass(frozen=True, slots=True)
class Boxed:
    """`[A]_v` (`is_box`) or `<<A>>_v`."""

    span: Span
    action: Expression
    subscript: Expression
    is_box: bool


Expression: TypeAlias = (
    Literal
    | Name
    | Apply
    | Index
    | Field
    | Unary
    | Binary
    | Quantified
    | Choice
    | If
    | Case
    | LetIn
    | SetOf
    | Filter
    | Image
    | FunctionOf
    | FunctionSet
    | RecordOf
    | RecordSet
    | TupleOf
    | Except
    | Boxed
)


# ------------------------------------------------------------------------------------ statements


@dataclass(frozen=True, slots=True)
class Condition:
    """A line of a guard that must hold."""

    span: Span
    formula: Expression


@dataclass(frozen=True, slots=True)
class Let:
    """`Let x = e`: names a value for the lines that follow."""

    span: Span
    definitions: tuple[Definition, ...]


@dataclass(frozen=True, slots=True)
class Choose:
    """`choose x \\in S`: the step may be taken for each value; `x` is known to later lines."""

    span: Span
    bounds: tuple[Bound, ...]


@dataclass(frozen=True, slots=True)
class Target:
    """The place that an assignment changes: a variable, and the steps into it."""

    span: Span
    variable: str
    path: tuple[Expression, ...]


@dataclass(frozen=True, slots=True)
class Assign:
    """`v[a].f := e`."""

    span: Span
    target: Target
    value: Expression


@dataclass(frozen=True, slots=True)
class AssignSome:
    """`v' \\in S`: one step for each element."""

    span: Span
    target: Target
    values: Expression


@dataclass(frozen=True, slots=True)
class ForEach:
    """`\\A x \\in S : v[x] := e`."""

    span: Span
    bounds: tuple[Bound, ...]
    body: tuple[Statement, ...]


@dataclass(frozen=True, slots=True)
class When:
    """`IF c THEN v := e ELSE w := f`; without ELSE nothing is assigned where `c` is false."""

    span: Span
    condition: Expression
    consequent: tuple[Statement, ...]
    alternative: tuple[Statement, ...]


@dataclass(frozen=True, slots=True)
class Otherwise:
    """`Otherwise: v := e`: the ELSE of the IF that ends the line before; part of it once read."""

    span: Span
    body: tuple[Statement, ...]


@dataclass(frozen=True, slots=True)
class Unchanged:
    """`UNCHANGED <<x, y>>`: says of variables that no other line assigns them."""

    span: Span
    variables: tuple[Name, ...]


Statement: TypeAlias = (
    Condition | Let | Choose | Assign | AssignSome | ForEach | When | Otherwise | Unchanged
)
