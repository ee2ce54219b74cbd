"""The syntax tree of formal lines: expressions, and the statements of guards and effects.

Every node has the span of its text in the document. Operators are named by one spelling each: `/\\`
for `∧`, `/\\` and `and` alike.
"""

from __future__ import annotations

from typing import TypeAlias

from msgspec import Struct

from conform.text import Span


class Literal(Struct, frozen=True):
    """A number, a string in quotes, or a truth value."""

    span: Span
    value: int | str


class Name(Struct, frozen=True):
    """A name that stands alone; what it means is for its scope to say."""

    span: Span
    name: str


class Apply(Struct, frozen=True):
    """`F(a, b)`: a helper, an action under ENABLED, or a built-in operator."""

    span: Span
    name: str
    arguments: tuple[Expression, ...]


class Index(Struct, frozen=True):
    """`f[a]`, or `f[a, b]` for the argument <<a, b>>."""

    span: Span
    function: Expression
    arguments: tuple[Expression, ...]


class Field(Struct, frozen=True):
    """`r.f`."""

    span: Span
    record: Expression
    name: str


class Unary(Struct, frozen=True):
    """An operator with one operand: ~ - ' [] <> ENABLED UNCHANGED DOMAIN SUBSET UNION."""

    span: Span
    operator: str
    operand: Expression


class Binary(Struct, frozen=True):
    """An operator with two operands."""

    span: Span
    operator: str
    left: Expression
    right: Expression


class Bound(Struct, frozen=True):
    """`x, y \\in S`."""

    span: Span
    names: tuple[str, ...]
    domain: Expression


class Quantified(Struct, frozen=True):
    """`\\A` or `\\E` with its bounds. `bounds` has no domain to show where ranges give it."""

    span: Span
    quantifier: str
    bounds: tuple[Bound, ...]
    body: Expression


class Choice(Struct, frozen=True):
    """`CHOOSE x \\in S : p`: always the same element."""

    span: Span
    bound: Bound
    body: Expression


class If(Struct, frozen=True):
    """`IF c THEN a ELSE b`."""

    span: Span
    condition: Expression
    consequent: Expression
    alternative: Expression


class Case(Struct, frozen=True):
    """`CASE p -> a [] q -> b [] OTHER -> c`; `other` is None without OTHER."""

    span: Span
    arms: tuple[tuple[Expression, Expression], ...]
    other: Expression | None


class Definition(Struct, frozen=True):
    """`x = e` behind Let."""

    span: Span
    name: str
    value: Expression


class LetIn(Struct, frozen=True):
    """`LET x == e IN f`."""

    span: Span
    definitions: tuple[Definition, ...]
    body: Expression


class SetOf(Struct, frozen=True):
    """`{a, b}`."""

    span: Span
    elements: tuple[Expression, ...]


class Filter(Struct, frozen=True):
    """`{x \\in S : p}`."""

    span: Span
    bound: Bound
    body: Expression


class Image(Struct, frozen=True):
    """`{e : x \\in S}`."""

    span: Span
    body: Expression
    bounds: tuple[Bound, ...]


class FunctionOf(Struct, frozen=True):
    """`[x \\in S |-> e]`."""

    span: Span
    bounds: tuple[Bound, ...]
    body: Expression


class FunctionSet(Struct, frozen=True):
    """`[S -> T]`."""

    span: Span
    domain: Expression
    values: Expression


class RecordOf(Struct, frozen=True):
    """`[f |-> e, g |-> e]`."""

    span: Span
    fields: tuple[tuple[str, Expression], ...]


class RecordSet(Struct, frozen=True):
    """`[f : S, g : T]`."""

    span: Span
    fields: tuple[tuple[str, Expression], ...]


class TupleOf(Struct, frozen=True):
    """`<<a, b>>`."""

    span: Span
    elements: tuple[Expression, ...]


class Update(Struct, frozen=True):
    """`![a].f = e` in an EXCEPT: the steps to the place, and the value there."""

    span: Span
    path: tuple[Expression, ...]
    value: Expression


class Except(Struct, frozen=True):
    """`[f EXCEPT ![a] = e]`; `@` in a value is what stood there."""

    span: Span
    function: Expression
    updates: tuple[Update, ...]


class Boxed(Struct, frozen=True):
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


class Condition(Struct, frozen=True):
    """A line of a guard that must hold."""

    span: Span
    formula: Expression


class Let(Struct, frozen=True):
    """`Let x = e`: names a value for the lines that follow."""

    span: Span
    definitions: tuple[Definition, ...]


class Choose(Struct, frozen=True):
    """`choose x \\in S`: the step may be taken for each value; `x` is known to later lines."""

    span: Span
    bounds: tuple[Bound, ...]


class Target(Struct, frozen=True):
    """The place that an assignment changes: a variable, and the steps into it."""

    span: Span
    variable: str
    path: tuple[Expression, ...]


class Assign(Struct, frozen=True):
    """`v[a].f := e`."""

    span: Span
    target: Target
    value: Expression


class AssignSome(Struct, frozen=True):
    """`v' \\in S`: one step for each element."""

    span: Span
    target: Target
    values: Expression


class ForEach(Struct, frozen=True):
    """`\\A x \\in S : v[x] := e`."""

    span: Span
    bounds: tuple[Bound, ...]
    body: tuple[Statement, ...]


class When(Struct, frozen=True):
    """`IF c THEN v := e ELSE w := f`; without ELSE nothing is assigned where `c` is false."""

    span: Span
    condition: Expression
    consequent: tuple[Statement, ...]
    alternative: tuple[Statement, ...]


class Otherwise(Struct, frozen=True):
    """`Otherwise: v := e`: the ELSE of the IF that ends the line before; part of it once read."""

    span: Span
    body: tuple[Statement, ...]


class Unchanged(Struct, frozen=True):
    """`UNCHANGED <<x, y>>`: says of variables that no other line assigns them."""

    span: Span
    variables: tuple[Name, ...]


Statement: TypeAlias = (
    Condition | Let | Choose | Assign | AssignSome | ForEach | When | Otherwise | Unchanged
)
