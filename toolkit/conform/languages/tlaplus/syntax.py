"""The syntax tree of TLA+: one frozen node class for each construct, with its exact span.

The tree keeps what the text says (parentheses, the chosen spelling of an operator is normalised);
names are not resolved here. A node's span runs from its first token to its last.
Names of nodes follow SANY's grammar and "Specifying Systems", chapter 15.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec import Struct

from conform.text import Span

if TYPE_CHECKING:
    from conform.languages.tlaplus.proof_tree import Cited, Proof


class Node(Struct, frozen=True):
    """Whatever has a place in a module."""

    span: Span


class Identifier(Node, frozen=True):
    """A name where it is declared or bound."""

    name: str


# ---------------------------------------------------------------------------------- expressions


class Expression(Node, frozen=True):
    """Whatever has a value, a truth value or a meaning as an action or temporal formula."""


class Number(Expression, frozen=True):
    """An integer literal in any base; `value` is what it denotes."""

    value: int


class Decimal(Expression, frozen=True):
    """A literal such as 1.5: read, but without a value in TLC."""

    text: str


class String(Expression, frozen=True):
    """A string literal; `value` has its escapes resolved."""

    value: str


class Name(Expression, frozen=True):
    """An identifier used as an expression; TRUE, FALSE, BOOLEAN and STRING among them."""

    name: str


class At(Expression, frozen=True):
    """`@` inside an EXCEPT update: the old value at that place."""


class Call(Expression, frozen=True):
    """An operator applied to arguments in prefix notation: `Op(a, b)`.

    `opening` is the parenthesis, None where nobody wrote one.
    """

    operator: str
    arguments: tuple[Expression, ...]
    opening: Span | None = None


class Segment(Node, frozen=True):
    """One step of a path: a name, `@`, `:`, `<<`, `>>` or a number, with arguments if any.

    For `!(x, y)`, where arguments stand without a name, `name` is empty.
    """

    name: str
    arguments: tuple[Expression, ...]


class Path(Expression, frozen=True):
    """`A!B(x)!C`: an operator of an instance, or a subexpression; at least two segments."""

    segments: tuple[Segment, ...]


class OperatorSymbol(Expression, frozen=True):
    """An operator symbol that stands alone as an argument or right of `<-`: `Fold(+, 0, s)`."""

    operator: str


class Prefix(Expression, frozen=True):
    """A prefix operator and its operand; unary minus is spelt `-.`, and `[]`, `<>` count."""

    operator: str
    operand: Expression


class Infix(Expression, frozen=True):
    """An infix operator (canonical spelling) between two operands, `/\\` and `\\/` included."""

    operator: str
    left: Expression
    right: Expression
    operator_span: Span


class Series(Expression, frozen=True):
    """`a + b + … + z`: more than SHORT_SERIES operands of one left-associative operator.

    It means what the nested Infix nodes of a shorter one mean, applied from the left; it is one
    node so that the depth of a tree does not grow with the length of a line. `/\\` and `\\/` make
    none: they associate, so a long series of them is a balanced tree of Infix nodes.
    """

    operator: str
    operands: tuple[Expression, ...]


SHORT_SERIES = 64
"""The most operands of one operator side by side that become Infix nodes, nested to the left."""


class Postfix(Expression, frozen=True):
    """An operand and its postfix operator: `'`, `^+`, `^*` or `^#`."""

    operator: str
    operand: Expression


class Parentheses(Expression, frozen=True):
    """An expression in parentheses."""

    expression: Expression


class Junction(Expression, frozen=True):
    """A bulleted list of one or more items; `operator` is `/\\` or `\\/`."""

    operator: str
    items: tuple[Expression, ...]


class Product(Expression, frozen=True):
    """`A \\X B \\X C`: one product of two or more factors, not nested ones."""

    factors: tuple[Expression, ...]


class Bound(Node, frozen=True):
    """`x, y \\in S`, or with `is_tuple` the pattern `<<x, y>> \\in S`."""

    names: tuple[Identifier, ...]
    is_tuple: bool
    domain: Expression


class Quantified(Expression, frozen=True):
    """`\\A` or `\\E` over bounds: at least one."""

    quantifier: str
    bounds: tuple[Bound, ...]
    body: Expression


class UnboundedQuantified(Expression, frozen=True):
    """`\\A x :`, `\\E x :` without a set, and the temporal `\\AA` and `\\EE`."""

    quantifier: str
    names: tuple[Identifier, ...]
    body: Expression


class Choose(Expression, frozen=True):
    """`CHOOSE x \\in S : P`; `domain` is None when unbounded; several names are a tuple pattern."""

    names: tuple[Identifier, ...]
    is_tuple: bool
    domain: Expression | None
    body: Expression


class TupleLiteral(Expression, frozen=True):
    """`<<a, b>>`: a tuple or sequence."""

    elements: tuple[Expression, ...]


class SetEnumeration(Expression, frozen=True):
    """`{a, b}`."""

    elements: tuple[Expression, ...]


class SetFilter(Expression, frozen=True):
    """`{x \\in S : P}`."""

    bound: Bound
    predicate: Expression


class SetMap(Expression, frozen=True):
    """`{e : x \\in S, y \\in T}`."""

    element: Expression
    bounds: tuple[Bound, ...]


class FunctionLiteral(Expression, frozen=True):
    """`[x \\in S |-> e]`; with several bounds or names, a function of tuples."""

    bounds: tuple[Bound, ...]
    body: Expression


class FunctionSet(Expression, frozen=True):
    """`[S -> T]`."""

    domain: Expression
    codomain: Expression


class FieldValue(Node, frozen=True):
    """`name |-> value` of a record, or `name : set` of a set of records."""

    name: str
    value: Expression


class RecordLiteral(Expression, frozen=True):
    """`[a |-> 1, b |-> 2]`."""

    fields: tuple[FieldValue, ...]


class RecordSet(Expression, frozen=True):
    """`[a : S, b : T]`."""

    fields: tuple[FieldValue, ...]


class IndexSelector(Node, frozen=True):
    """`[i, j]` in the path of an EXCEPT update; several indices make a tuple."""

    indices: tuple[Expression, ...]


class FieldSelector(Node, frozen=True):
    """`.name` in the path of an EXCEPT update."""

    name: str


class Update(Node, frozen=True):
    """`![i].a = e`: a path of at least one selector, and the new value."""

    path: tuple[IndexSelector | FieldSelector, ...]
    value: Expression


class Except(Expression, frozen=True):
    """`[f EXCEPT ![i] = e, !.a = @]`."""

    function: Expression
    updates: tuple[Update, ...]


class Application(Expression, frozen=True):
    """`f[x]`; with several arguments the function is applied to their tuple."""

    function: Expression
    arguments: tuple[Expression, ...]


class Field(Expression, frozen=True):
    """`r.name`."""

    record: Expression
    name: str


class If(Expression, frozen=True):
    """`IF c THEN a ELSE b`."""

    condition: Expression
    consequent: Expression
    alternative: Expression


class Arm(Node, frozen=True):
    """`condition -> value` of a CASE."""

    condition: Expression
    value: Expression


class Case(Expression, frozen=True):
    """`CASE p -> a [] q -> b [] OTHER -> c`; `other` is None without OTHER."""

    arms: tuple[Arm, ...]
    other: Expression | None


class Let(Expression, frozen=True):
    """`LET definitions IN body`."""

    definitions: tuple[Unit, ...]
    body: Expression


class Lambda(Expression, frozen=True):
    """`LAMBDA x, y : e`, legal only as an operator argument or right of `<-`."""

    parameters: tuple[Identifier, ...]
    body: Expression


class Labelled(Expression, frozen=True):
    """`P0(x) :: e`."""

    label: Identifier
    parameters: tuple[Identifier, ...]
    expression: Expression


class ActionBox(Expression, frozen=True):
    """`[A]_v`: an A step or one that leaves v unchanged."""

    action: Expression
    subscript: Expression


class ActionDiamond(Expression, frozen=True):
    """`<<A>>_v`: an A step that changes v."""

    action: Expression
    subscript: Expression


def subscript_root(subscript: Expression) -> Expression:
    """Return what the fields and arguments after a subscript are taken of: v of `[A]_v.f[1]`."""
    while isinstance(subscript, Field | Application):
        subscript = subscript.record if isinstance(subscript, Field) else subscript.function
    return subscript


class Fairness(Expression, frozen=True):
    """`WF_v(A)` or `SF_v(A)`; `kind` is `WF` or `SF`."""

    kind: str
    subscript: Expression
    action: Expression


class Declaration(Node, frozen=True):
    """A declared operator and its arity: `N`, `Op(_, _)` (arity 2), `_+_`, `-._`, `_^+`."""

    name: str
    arity: int


class New(Node, frozen=True):
    """`NEW CONSTANT x \\in S`; `kind` is CONSTANT, STATE, VARIABLE, ACTION or TEMPORAL."""

    kind: str
    declaration: Declaration
    domain: Expression | None


class AssumeProve(Expression, frozen=True):
    """`ASSUME A, NEW x PROVE B`: legal in theorems and proofs only."""

    assumptions: tuple[Expression | New, ...]
    conclusion: Expression


# ---------------------------------------------------------------------------------------- units


class Unit(Node, frozen=True):
    """What may stand in the body of a module, or between LET and IN."""


class Separator(Unit, frozen=True):
    """A line of four or more dashes."""


class Constants(Unit, frozen=True):
    """CONSTANT declarations."""

    declarations: tuple[Declaration, ...]


class Variables(Unit, frozen=True):
    """VARIABLE declarations."""

    names: tuple[Identifier, ...]


class Recursive(Unit, frozen=True):
    """RECURSIVE declarations."""

    declarations: tuple[Declaration, ...]


class OperatorDefinition(Unit, frozen=True):
    """`Op(a, F(_, _)) == body`, and operators of every fixity: `a + b == body`.

    A parameter is a declaration: an operator parameter has its arity, a plain one arity 0.
    """

    name: Identifier
    parameters: tuple[Declaration, ...]
    body: Expression
    is_local: bool


class FunctionDefinition(Unit, frozen=True):
    """`f[x \\in S] == body`, which may refer to f."""

    name: Identifier
    bounds: tuple[Bound, ...]
    body: Expression
    is_local: bool


class Substitution(Node, frozen=True):
    """`name <- expression` of an INSTANCE; the expression may be an OperatorSymbol or a Lambda."""

    name: str
    expression: Expression


class Instance(Unit, frozen=True):
    """`INSTANCE M WITH a <- b`, unnamed."""

    module: Identifier
    substitutions: tuple[Substitution, ...]
    is_local: bool


class InstanceDefinition(Unit, frozen=True):
    """`I(x) == INSTANCE M WITH a <- b`."""

    name: Identifier
    parameters: tuple[Declaration, ...]
    module: Identifier
    substitutions: tuple[Substitution, ...]
    is_local: bool


class Assumption(Unit, frozen=True):
    """ASSUME, ASSUMPTION or AXIOM, named or not."""

    name: Identifier | None
    body: Expression


class Theorem(Unit, frozen=True):
    """THEOREM, LEMMA, PROPOSITION or COROLLARY, named or not.

    What its proof says is kept for the names in it.
    """

    name: Identifier | None
    body: Expression
    has_proof: bool
    proof: Proof | None = None


class UseOrHide(Unit, frozen=True):
    """USE or HIDE at the level of units: it concerns provers alone, which `cited` is for."""

    cited: Cited | None = None


class Fault(Node, frozen=True):
    """What is well-formed in a proof and has no meaning, and what would have one."""

    message: str
    expected: str


class Module(Unit, frozen=True):
    """A module, top-level or nested."""

    name: Identifier
    extends: tuple[Identifier, ...]
    units: tuple[Unit, ...]
    faults: tuple[Fault, ...] = ()
