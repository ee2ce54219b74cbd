"""The syntax tree of FizzBee's statements and files: a frozen node class for each construct.

Control flow is FizzBee's; expressions are Starlark's (`syntax_expressions`). The tree holds what
the reader has settled: flows that FizzBee fills in are filled in, a suite that is only a flow block
is that block, docstring statements are gone. Names are not resolved.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from typing import TypeAlias

from conform.domain.model import FairnessKind
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


@dataclass(frozen=True, slots=True)
class Statement(Node):
    """A statement; `label` is the text between backticks before it, empty without one."""

    label: str = field(default="", kw_only=True)


@dataclass(frozen=True, slots=True)
class Block(Statement):
    """A suite, or as a statement of its own a flow block (`atomic:`, `serial:` …).

    `flow` is None where none is written: the enclosing one goes on. In a `def` it is always None.
    A suite without a flow never consists of a flow block alone: that block is the suite itself.
    A suite of docstrings alone has no statements.
    """

    flow: Flow | None
    statements: tuple[Statement, ...]


@dataclass(frozen=True, slots=True)
class Branch(Node):
    """`if condition:` or `elif condition:` with its suite."""

    condition: Expression
    body: Block


@dataclass(frozen=True, slots=True)
class If(Statement):
    """`if`, any number of `elif`, perhaps `else`."""

    branches: tuple[Branch, ...]
    otherwise: Block | None


@dataclass(frozen=True, slots=True)
class For(Statement):
    """`for target in iterable:`, in a `def` too; outside one, the target is a Name.

    `flow` is None where none is written; it is never ONEOF.
    """

    flow: Flow | None
    target: Target
    iterable: Expression
    body: Block


@dataclass(frozen=True, slots=True)
class While(Statement):
    """`while condition:`; `flow` is ATOMIC, SERIAL or None. Never in a `def`."""

    flow: Flow | None
    condition: Expression
    body: Block


@dataclass(frozen=True, slots=True)
class ChoiceBlock(Statement):
    """`oneof variable in domain:`, or `any` in place of `oneof`; the variable is local."""

    variable: Name
    domain: Expression
    body: Block


@dataclass(frozen=True, slots=True)
class ChoiceAssignment(Statement):
    """`target = [fair] oneof domain [if condition]`, or `any` in place of `oneof`.

    `fairness` is None without the word `fair`. `condition` sees each candidate as the target.
    """

    target: Name | Attribute | Index
    fairness: FairnessKind | None
    domain: Expression
    condition: Expression | None


@dataclass(frozen=True, slots=True)
class Require(Statement):
    """`require condition`."""

    condition: Expression


@dataclass(frozen=True, slots=True)
class Pass(Statement):
    """`pass`."""


@dataclass(frozen=True, slots=True)
class Break(Statement):
    """`break`, inside a loop."""


@dataclass(frozen=True, slots=True)
class Continue(Statement):
    """`continue`, inside a loop."""


@dataclass(frozen=True, slots=True)
class Return(Statement):
    """`return [value]`."""

    value: Expression | None


@dataclass(frozen=True, slots=True)
class CallStatement(Statement):
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


@dataclass(frozen=True, slots=True)
class Assign(Statement):
    """`target = value`."""

    target: Target
    value: Expression


@dataclass(frozen=True, slots=True)
class AugmentedAssign(Statement):
    """`target += value` and its like; the target is evaluated once."""

    target: Name | Attribute | Index
    operator: BinaryOperator
    value: Expression


@dataclass(frozen=True, slots=True)
class ExpressionStatement(Statement):
    """An expression for its effect, such as `queue.append(1)` in a `def`."""

    expression: Expression


@dataclass(frozen=True, slots=True)
class Definition(Statement):
    """`def`: a Starlark function, at the top level, in a role or in another one.

    In its body stand Block, If, For, Pass, Break, Continue, Return, Assign, AugmentedAssign,
    ExpressionStatement and Definition, all without flows and labels.
    """

    name: Identifier
    parameters: tuple[Parameter, ...]
    body: Block


# ------------------------------------------------------------------------------------ the file


@dataclass(frozen=True, slots=True)
class Function(Node):
    """`func`: a FizzBee function. `flow` is settled as for an action; so is the body's."""

    flow: Flow
    name: Identifier
    parameters: tuple[Parameter, ...]
    body: Block


@dataclass(frozen=True, slots=True)
class Action(Node):
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


@dataclass(frozen=True, slots=True)
class Assertion(Node):
    """An assertion. `parameters` are the two states of a transition, (`before`, `after`) where
    none are written, and empty for the other kinds.
    """

    kind: AssertionKind
    name: Identifier
    parameters: tuple[Identifier, ...]
    body: Block


@dataclass(frozen=True, slots=True)
class Role(Node):
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


@dataclass(frozen=True, slots=True)
class FrontMatter(Node):
    """The text between two `---` lines: YAML that `options` reads."""

    text: str


@dataclass(frozen=True, slots=True)
class Module(Node):
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
