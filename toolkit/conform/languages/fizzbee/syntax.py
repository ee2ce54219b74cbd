"""The syntax tree of FizzBee's statements and files: a frozen node class for each construct.

Control flow is FizzBee's; expressions are Starlark's (`syntax_expressions`). The tree holds what
the reader has settled: flows that FizzBee fills in are filled in, a suite that is only a flow block
is that block, docstring statements are gone. Names are not resolved.
"""

from __future__ import annotations

from enum import StrEnum
from typing import TypeAlias

from conform.domain.fairness import FairnessKind
from conform.languages.fizzbee.syntax_expressions import (
    Attribute,
    BinaryOperator,
    Call,
    Expression,
    Identifier,
    Index,
    Name,
    Node,
    Parameter,
    String,
    Target,
)


class Flow(StrEnum):
    """How the statements of a block follow one another, and where other threads may step in."""

    ATOMIC = "atomic"
    SERIAL = "serial"
    PARALLEL = "parallel"
    ONEOF = "oneof"


# ----------------------------------------------------------------------------------- statements


class Statement(Node, frozen=True, kw_only=True):
    """A statement; `label` is the text between backticks before it, empty without one."""

    label: str = ""


class Block(Statement, frozen=True):
    """A suite, or as a statement of its own a flow block (`atomic:`, `serial:` …).

    `flow` is None where none is written: the enclosing one goes on. In a `def` it is always None.
    A suite without a flow never consists of a flow block alone: that block is the suite itself.
    A suite of docstrings alone has no statements.
    """

    flow: Flow | None
    statements: tuple[Statement, ...]


class Branch(Node, frozen=True):
    """`if condition:` or `elif condition:` with its suite."""

    condition: Expression
    body: Block


class If(Statement, frozen=True):
    """`if`, any number of `elif`, perhaps `else`."""

    branches: tuple[Branch, ...]
    otherwise: Block | None


class For(Statement, frozen=True):
    """`for target in iterable:`, in a `def` too; outside one, the target is a Name.

    `flow` is None where none is written; it is never ONEOF.
    """

    flow: Flow | None
    target: Target
    iterable: Expression
    body: Block


class While(Statement, frozen=True):
    """`while condition:`; `flow` is ATOMIC, SERIAL or None. Never in a `def`."""

    flow: Flow | None
    condition: Expression
    body: Block


class ChoiceBlock(Statement, frozen=True):
    """`oneof variable in domain:`, or `any` in place of `oneof`; the variable is local."""

    variable: Name
    domain: Expression
    body: Block


class ChoiceAssignment(Statement, frozen=True):
    """`target = [fair] oneof domain [if condition]`, or `any` in place of `oneof`.

    `fairness` is None without the word `fair`. `condition` sees each candidate as the target.
    """

    target: Name | Attribute | Index
    fairness: FairnessKind | None
    domain: Expression
    condition: Expression | None


class Require(Statement, frozen=True):
    """`require condition`."""

    condition: Expression


class Pass(Statement, frozen=True):
    """`pass`."""


class Break(Statement, frozen=True):
    """`break`, inside a loop."""


class Continue(Statement, frozen=True):
    """`continue`, inside a loop."""


class Return(Statement, frozen=True):
    """`return [value]`."""

    value: Expression | None


class CallStatement(Statement, frozen=True):
    """`[variable =] [receiver.]function(arguments)` outside a `def`, where all three are names.

    It calls a FizzBee function (or a role's) if there is one of that name, and is an expression of
    Starlark otherwise: `call` is that expression.
    """

    variable: Name | None
    call: Call

    @property
    def receiver(self) -> str:
        """The name before the dot, empty without one."""
        function = self.call.function
        return _name_of(function.value) if isinstance(function, Attribute) else ""

    @property
    def function(self) -> str:
        """The name of what is called."""
        function = self.call.function
        return function.name if isinstance(function, Attribute) else _name_of(function)


def _name_of(expression: Expression) -> str:
    assert isinstance(expression, Name), "the reader makes a CallStatement of names only"
    return expression.name


class Assign(Statement, frozen=True):
    """`target = value`."""

    target: Target
    value: Expression


class AugmentedAssign(Statement, frozen=True):
    """`target += value` and its like; the target is evaluated once."""

    target: Name | Attribute | Index
    operator: BinaryOperator
    value: Expression


class ExpressionStatement(Statement, frozen=True):
    """An expression for its effect, such as `queue.append(1)` in a `def`."""

    expression: Expression


class Definition(Statement, frozen=True):
    """`def`: a Starlark function, at the top level, in a role or in another one.

    In its body stand Block, If, For, Pass, Break, Continue, Return, Assign, AugmentedAssign,
    ExpressionStatement and Definition, all without flows and labels.
    """

    name: Identifier
    parameters: tuple[Parameter, ...]
    body: Block


# ------------------------------------------------------------------------------------ the file


class Function(Node, frozen=True):
    """`func`: a FizzBee function. `flow` is settled as for an action; so is the body's."""

    flow: Flow
    name: Identifier
    parameters: tuple[Parameter, ...]
    body: Block


class Action(Node, frozen=True):
    """An action; `Init` is atomic and strongly fair whatever is written.

    `flow` is the written one, else that of the body's only block, else SERIAL. The body's flow is
    its own where the body is a flow block, else that of the action. `fairness` is None for none.
    """

    flow: Flow
    fairness: FairnessKind | None
    name: Identifier
    body: Block

    @property
    def is_init(self) -> bool:
        """Whether the action gives the initial states."""
        return self.name.name == "Init"


class AssertionKind(StrEnum):
    """The combinations of modifiers that FizzBee checks."""

    ALWAYS = "always"
    EXISTS = "exists"
    TRANSITION = "transition"
    ALWAYS_EVENTUALLY = "always eventually"
    EVENTUALLY_ALWAYS = "eventually always"


class Assertion(Node, frozen=True):
    """An assertion. `parameters` are the two states of a transition, (`before`, `after`) where
    none are written, and empty for the other kinds.
    """

    kind: AssertionKind
    name: Identifier
    parameters: tuple[Identifier, ...]
    body: Block


class Role(Node, frozen=True):
    """A role: `decorators` such as `@state(durable=["log"])` are kept as expressions."""

    decorators: tuple[Expression, ...]
    is_symmetric: bool
    name: Identifier
    members: tuple[RoleMember, ...]

    @property
    def init(self) -> Action | None:
        """The action that gives the fields their first values, None without one."""
        return _init(self.members)

    @property
    def actions(self) -> tuple[Action, ...]:
        """The actions in the order of the text, Init left out."""
        return _actions(self.members)

    @property
    def statements(self) -> tuple[Statement, ...]:
        """The Definitions and simple statements, in order."""
        return _statements(self.members)

    @property
    def functions(self) -> tuple[Function, ...]:
        """The FizzBee functions."""
        return _functions(self.members)


RoleMember: TypeAlias = Statement | Function | Action
"""What stands in a role: statements are Definitions and simple ones."""


class FrontMatter(Node, frozen=True):
    """The text between two `---` lines: YAML that `options` reads."""

    text: str


class Module(Node, frozen=True):
    """A file. `members` are in the order of the text: a `def` uses the constants before it."""

    front_matter: FrontMatter | None
    members: tuple[Member, ...]

    @property
    def init(self) -> Action | None:
        """The action that gives the initial states, None without one."""
        return _init(self.members)

    @property
    def actions(self) -> tuple[Action, ...]:
        """The actions in the order of the text, Init left out."""
        return _actions(self.members)

    @property
    def statements(self) -> tuple[Statement, ...]:
        """What runs once before Init, in order: constants, Definitions and other statements."""
        return _statements(self.members)

    @property
    def functions(self) -> tuple[Function, ...]:
        """The FizzBee functions."""
        return _functions(self.members)

    @property
    def assertions(self) -> tuple[Assertion, ...]:
        """The assertions."""
        return tuple(member for member in self.members if isinstance(member, Assertion))

    @property
    def roles(self) -> tuple[Role, ...]:
        """The roles."""
        return tuple(member for member in self.members if isinstance(member, Role))


Member: TypeAlias = Statement | Function | Action | Assertion | Role
"""What stands at the top level: statements are Definitions and simple ones."""


def is_docstring(member: Member) -> bool:
    """Whether a statement is only a string: FizzBee drops it, and so does the reader."""
    if not isinstance(member, ExpressionStatement) or member.label:
        return False
    return isinstance(member.expression, String)


def _init(members: tuple[Member, ...]) -> Action | None:
    for member in members:
        if isinstance(member, Action) and member.is_init:
            return member
    return None


def _actions(members: tuple[Member, ...]) -> tuple[Action, ...]:
    return tuple(member for member in members if isinstance(member, Action) and not member.is_init)


def _statements(members: tuple[Member, ...]) -> tuple[Statement, ...]:
    return tuple(member for member in members if isinstance(member, Statement))


def _functions(members: tuple[Member, ...]) -> tuple[Function, ...]:
    return tuple(member for member in members if isinstance(member, Function))
