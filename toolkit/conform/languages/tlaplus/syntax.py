"""The syntax tree of TLA+: one frozen node class for each construct, with its exact span.

The tree keeps what the text says (parentheses, the chosen spelling of an operator is normalised);
names are not resolved here. A node's span runs from its first token to its last.
Names of nodes follow SANY's grammar and "Specifying Systems", chapter 15.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from conform.text import Span

if TYPE_CHECKING:
    from conform.languages.tlaplus.proof_tree import Cited, Proof


@dataclass(frozen=True, slots=True)
class Node:
    """Whatever has a place in a module."""

    span: Span


@dataclass(frozen=True, slots=True)
class Identifier(Node):
    """A name where it is declared or bound."""

    name: str


# ---------------------------------------------------------------------------------- expressions


@dataclass(frozen=True, slots=True)
class Expression(Node):
    """Whatever has a value, a truth value or a meaning as an action or temporal formula."""


@dataclass(frozen=True, slots=True)
class Number(Expression):
    """An integer literal in any base; `value` is what it denotes."""

    value: int


@dataclass(frozen=True, slots=True)
class Decimal(Expression):
    """A literal such as 1.5: read, but without a value in TLC."""

    text: str


@dataclass(frozen=True, slots=True)
class String(Expression):
    """A string literal; `value` has its escapes resolved."""

    value: str


@dataclass(frozen=True, slots=True)
class Name(Expression):
    """An identifier used as an expression; TRUE, FALSE, BOOLEAN and STRING among them."""

    name: str


@dataclass(frozen=True, slots=True)
class At(Expression):
    """`@` inside an EXCEPT update: the old value at that place."""


@dataclass(frozen=True, slots=True)
class Call(Expression):
    """An operator applied to arguments in prefix notation: `Op(a, b)`."""

    operator: str
    arguments: tuple[Expression, ...]


@dataclass(frozen=True, slots=True)
class Segment(Node):
    """One step of a path: a name, `@`, `:`, `<<`, `>>` or a number, with arguments if any.

    For `!(x, y)`, where arguments stand without a name, `name` is empty.
    """

    name: str
    arguments: tuple[Expression, ...]


@dataclass(frozen=True, slots=True)
class Path(Expression):
    """`A!B(x)!C`: an operator of an instance, or a subexpression; at least two segments."""

    segments: tuple[Segment, ...]


@dataclass(frozen=True, slots=True)
class OperatorSymbol(Expression):
    """An operator symbol that stands alone as an argument or right of `<-`: `Fold(+, 0, s)`."""

    operator: str


@dataclass(frozen=True, slots=True)
class Prefix(Expression):
    """A prefix operator and its operand; unary minus is spelt `-.`, and `[]`, `<>` count."""

    operator: str
    operand: Expression


@dataclass(frozen=True, slots=True)
class Infix(Expression):
    """An infix operator (canonical spelling) between two operands, `/\\` and `\\/` included."""

    operator: str
    left: Expression
    right: Expression
    operator_span: Span


@dataclass(frozen=True, slots=True)
class Series(Expression):
    """`a + b + … + z`: more than SHORT_SERIES operands of one left-associative operator.

    It means what the nested Infix nodes of a shorter one mean, applied from the left; it is one
    node so that the depth of a tree does not grow with the length of a line. `/\\` and `\\/` make
    none: they associate, so a long series of them is a balanced tree of Infix nodes.
    """

    operator: str
    operands: tuple[Expression, ...]


SHORT_SERIES = 64
"""The most operands of one operator side by side that become Infix nodes, nested to the left."""


@dataclass(frozen=True, slots=True)
class Postfix(Expression):
    """An operand and its postfix operator: `'`, `^+`, `^*` or `^#`."""

    operator: str
    operand: Expression


@dataclass(frozen=True, slots=True)
class Parentheses(Expression):
    """An expression in parentheses."""

    expression: Expression


@dataclass(frozen=True, slots=True)
class Junction(Expression):
    """A bulleted list of one or more items; `operator` is `/\\` or `\\/`."""

    operator: str
    items: tuple[Expression, ...]


@dataclass(frozen=True, slots=True)
class Product(Expression):
    """`A \\X B \\X C`: one product of two or more factors, not nested ones."""

    factors: tuple[Expression, ...]


@dataclass(frozen=True, slots=True)
class Bound(Node):
    """`x, y \\in S`, or with `is_tuple` the pattern `<<x, y>> \\in S`."""

    names: tuple[Identifier, ...]
    is_tuple: bool
    domain: Expression


@dataclass(frozen=True, slots=True)
class Quantified(Expression):
    """`\\A` or `\\E` over bounds: at least one."""

    quantifier: str
    bounds: tuple[Bound, ...]
    body: Expression


@dataclass(frozen=True, slots=True)
class UnboundedQuantified(Expression):
    """`\\A x :`, `\\E x :` without a set, and the temporal `\\AA` and `\\EE`."""

    quantifier: str
    names: tuple[Identifier, ...]
    body: Expression


@dataclass(frozen=True, slots=True)
class Choose(Expression):
    """`CHOOSE x \\in S : P`; `domain` is None when unbounded; several names are a tuple pattern."""

    names: tuple[Identifier, ...]
    is_tuple: bool
    domain: Expression | None
    body: Expression


@dataclass(frozen=True, slots=True)
class TupleLiteral(Expression):
    """`<<a, b>>`: a tuple or sequence."""

    elements: tuple[Expression, ...]


@dataclass(frozen=True, slots=True)
class SetEnumeration(Expression):
    """`{a, b}`."""

    elements: tuple[Expression, ...]


@dataclass(frozen=True, slots=True)
class SetFilter(Expression):
    """`{x \\in S : P}`."""

    bound: Bound
    predicate: Expression


@dataclass(frozen=True, slots=True)
class SetMap(Expression):
    """`{e : x \\in S, y \\in T}`."""

    element: Expression
    bounds: tuple[Bound, ...]


@dataclass(frozen=True, slots=True)
class FunctionLiteral(Expression):
    """`[x \\in S |-> e]`; with several bounds or names, a function of tuples."""

    bounds: tuple[Bound, ...]
    body: Expression


@dataclass(frozen=True, slots=True)
class FunctionSet(Expression):
    """`[S -> T]`."""

    domain: Expression
    codomain: Expression


@dataclass(frozen=True, slots=True)
class FieldValue(Node):
    """`name |-> value` of a record, or `name : set` of a set of records."""

    name: str
    value: Expression


@dataclass(frozen=True, slots=True)
class RecordLiteral(Expression):
    """`[a |-> 1, b |-> 2]`."""

    fields: tuple[FieldValue, ...]


@dataclass(frozen=True, slots=True)
class RecordSet(Expression):
    """`[a : S, b : T]`."""

    fields: tuple[FieldValue, ...]


@dataclass(frozen=True, slots=True)
class IndexSelector(Node):
    """`[i, j]` in the path of an EXCEPT update; several indices make a tuple."""

    indices: tuple[Expression, ...]


@dataclass(frozen=True, slots=True)
class FieldSelector(Node):
    """`.name` in the path of an EXCEPT update."""

    name: str


@dataclass(frozen=True, slots=True)
class Update(Node):
    """`![i].a = e`: a path of at least one selector, and the new value."""

    path: tuple[IndexSelector | FieldSelector, ...]
    value: Expression


@dataclass(frozen=True, slots=True)
class Except(Expression):
    """`[f EXCEPT ![i] = e, !.a = @]`."""

    function: Expression
    updates: tuple[Update, ...]


@dataclass(frozen=True, slots=True)
class Application(Expression):
    """`f[x]`; with several arguments the function is applied to their tuple."""

    function: Expression
    arguments: tuple[Expression, ...]


@dataclass(frozen=True, slots=True)
class Field(Expression):
    """`r.name`."""

    record: Expression
    name: str


@dataclass(frozen=True, slots=True)
class If(Expression):
    """`IF c THEN a ELSE b`."""

    condition: Expression
    consequent: Expression
    alternative: Expression


@dataclass(frozen=True, slots=True)
class Arm(Node):
    """`condition -> value` of a CASE."""

    condition: Expression
    value: Expression


@dataclass(frozen=True, slots=True)
class Case(Expression):
    """`CASE p -> a [] q -> b [] OTHER -> c`; `other` is None without OTHER."""

    arms: tuple[Arm, ...]
    other: Expression | None


@dataclass(frozen=True, slots=True)
class Let(Expression):
    """`LET definitions IN body`."""

    definitions: tuple[Unit, ...]
    body: Expression


@dataclass(frozen=True, slots=True)
class Lambda(Expression):
    """`LAMBDA x, y : e`, legal only as an operator argument or right of `<-`."""

    parameters: tuple[Identifier, ...]
    body: Expression


@dataclass(frozen=True, slots=True)
class Labelled(Expression):
    """`P0(x) :: e`."""

    label: Identifier
    parameters: tuple[Identifier, ...]
    expression: Expression


@dataclass(frozen=True, slots=True)
class ActionBox(Expression):
    """`[A]_v`: an A step or one that leaves v unchanged."""

    action: Expression
    subscript: Expression


@dataclass(frozen=True, slots=True)
class ActionDiamond(Expression):
    """`<<A>>_v`: an A step that changes v."""

    action: Expression
    subscript: Expression


@dataclass(frozen=True, slots=True)
class Fairness(Expression):
    """`WF_v(A)` or `SF_v(A)`; `kind` is `WF` or `SF`."""

    kind: str
    subscript: Expression
    action: Expression


@dataclass(frozen=True, slots=True)
class Declaration(Node):
    """A declared operator and its arity: `N`, `Op(_, _)` (arity 2), `_+_`, `-._`, `_^+`."""

    name: str
    arity: int


@dataclass(frozen=True, slots=True)
class New(Node):
    """`NEW CONSTANT x \\in S`; `kind` is CONSTANT, STATE, VARIABLE, ACTION or TEMPORAL."""

    kind: str
    declaration: Declaration
    domain: Expression | None


@dataclass(frozen=True, slots=True)
class AssumeProve(Expression):
    """`ASSUME A, NEW x PROVE B`: legal in theorems and proofs only."""

    assumptions: tuple[Expression | New, ...]
    conclusion: Expression


# ---------------------------------------------------------------------------------------- units


@dataclass(frozen=True, slots=True)
class Unit(Node):
    """What may stand in the body of a module, or between LET and IN."""


@dataclass(frozen=True, slots=True)
class Separator(Unit):
    """A line of four or more dashes."""


@dataclass(frozen=True, slots=True)
class Constants(Unit):
    """CONSTANT declarations."""

    declarations: tuple[Declaration, ...]


@dataclass(frozen=True, slots=True)
class Variables(Unit):
    """VARIABLE declarations."""

    names: tuple[Identifier, ...]


@dataclass(frozen=True, slots=True)
class Recursive(Unit):
    """RECURSIVE declarations."""

    declarations: tuple[Declaration, ...]


@dataclass(frozen=True, slots=True)
class OperatorDefinition(Unit):
    """`Op(a, F(_, _)) == body`, and operators of every fixity: `a + b == body`.

    A parameter is a declaration: an operator parameter has its arity, a plain one arity 0.
    """

    name: Identifier
    parameters: tuple[Declaration, ...]
    body: Expression
    is_local: bool


@dataclass(frozen=True, slots=True)
class FunctionDefinition(Unit):
    """`f[x \\in S] == body`, which may refer to f."""

    name: Identifier
    bounds: tuple[Bound, ...]
    body: Expression
    is_local: bool


@dataclass(frozen=True, slots=True)
class Substitution(Node):
    """`name <- expression` of an INSTANCE; the expression may be an OperatorSymbol or a Lambda."""

    name: str
    expression: Expression


@dataclass(frozen=True, slots=True)
class Instance(Unit):
    """`INSTANCE M WITH a <- b`, unnamed."""

    module: Identifier
    substitutions: tuple[Substitution, ...]
    is_local: bool


@dataclass(frozen=True, slots=True)
class InstanceDefinition(Unit):
    """`I(x) == INSTANCE M WITH a <- b`."""

    name: Identifier
    parameters: tuple[Declaration, ...]
    module: Identifier
    substitutions: tuple[Substitution, ...]
    is_local: bool


@dataclass(frozen=True, slots=True)
class Assumption(Unit):
    """ASSUME, ASSUMPTION or AXIOM, named or not."""

    name: Identifier | None
    body: Expression


@dataclass(frozen=True, slots=True)
class Theorem(Unit):
    """THEOREM, LEMMA, PROPOSITION or COROLLARY, named or not.

    What its proof says is kept for the names in it, and makes no difference between two theorems.
    """

    name: Identifier | None
    body: Expression
    has_proof: bool
    proof: Proof | None = field(default=None, compare=False, repr=False)


@dataclass(frozen=True, slots=True)
class UseOrHide(Unit):
    """USE or HIDE at the level of units: it concerns provers alone, which `cited` is for."""

    cited: Cited | None = field(default=None, compare=False, repr=False)


@dataclass(frozen=True, slots=True)
class Fault(Node):
    """What is well-formed in a proof and has no meaning, and what would have one."""

    message: str
    expected: str


@dataclass(frozen=True, slots=True)
class Module(Unit):
    """A module, top-level or nested."""

    name: Identifier
    extends: tuple[Identifier, ...]
    units: tuple[Unit, ...]
    faults: tuple[Fault, ...] = ()
