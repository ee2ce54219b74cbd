"""Compiled statements: what the machine steps through. Expressions in them are closures.

Each block has a number, the same in every run, so that a program counter is numbers.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from enum import Enum
from typing import TypeAlias

from conform.domain.fairness import FairnessKind
from conform.languages.fizzbee.evaluation.functions import Arguments
from conform.languages.fizzbee.evaluation.scopes import Code, Scope, Store
from conform.languages.fizzbee.evaluation.values import Datum
from conform.languages.fizzbee.role_crashes import Crash
from conform.languages.fizzbee.syntax import Assertion, Flow
from conform.languages.fizzbee.syntax_expressions import Expression, Parameter
from conform.text import Span

Guard: TypeAlias = tuple[tuple[Span, Code], ...]
"""A condition: its conjuncts with their places, in order; the first that fails ends it."""


class Owner(Enum):
    """What a block belongs to, which says what comes after it."""

    PLAIN = "plain"
    FOR = "for"
    WHILE = "while"


@dataclass(slots=True, eq=False)
class BlockCode:
    """Statements; `flow` is None where the enclosing one goes on.

    It `is_straight` if it runs from one end to the other wherever the enclosing flow is atomic.
    """

    number: int
    flow: Flow | None
    statements: tuple[StatementCode, ...]
    owner: Owner
    span: Span
    is_straight: bool = False


@dataclass(slots=True, eq=False)
class Simple:
    """A statement of Starlark, or `pass`."""

    span: Span
    run: Callable[[Scope], None]


@dataclass(slots=True, eq=False)
class Nested:
    """A flow block as a statement."""

    span: Span
    block: BlockCode


@dataclass(slots=True, eq=False)
class Choose:
    """`if`: the first branch whose condition holds."""

    span: Span
    branches: tuple[tuple[Guard, BlockCode], ...]
    otherwise: BlockCode | None


@dataclass(slots=True, eq=False)
class Iterate:
    """`for`; `number` stands for it in program counters."""

    span: Span
    number: int
    flow: Flow | None
    variable: str
    iterable: Code
    iterable_span: Span
    block: BlockCode


@dataclass(slots=True, eq=False)
class Repeat:
    """`while`."""

    span: Span
    flow: Flow | None
    condition: Guard
    block: BlockCode


@dataclass(slots=True, eq=False)
class AnyBlock:
    """`oneof v in S:`."""

    span: Span
    variable: str
    domain: Code
    domain_node: Expression
    block: BlockCode


@dataclass(slots=True, eq=False)
class AnyValue:
    """`v = oneof S if c`; `shown` is how the target is written."""

    span: Span
    shown: str
    store: Store
    domain: Code
    domain_node: Expression
    condition: Guard | None
    fairness: FairnessKind | None


@dataclass(slots=True, eq=False)
class Demand:
    """`require`."""

    span: Span
    condition: Guard


@dataclass(slots=True, eq=False)
class Leave:
    """`break`, or `continue` with `goes_on`."""

    span: Span
    goes_on: bool


@dataclass(slots=True, eq=False)
class GiveBack:
    """`return`; `value` is None for a bare one."""

    span: Span
    value: Code | None


@dataclass(slots=True, eq=False)
class Invoke:
    """A call statement: of a `func` if `receiver` or the file has one, else of Starlark (`plain`).

    `receiver` reads the variable before the dot, None without one. It `is_plain` if no `func` of
    the file, of any role of it, has that name.
    """

    span: Span
    function: str
    receiver: Code | None
    arguments: Callable[[Scope], Arguments]
    store: Store | None
    plain: Callable[[Scope], None]
    is_plain: bool


StatementCode: TypeAlias = (
    Simple
    | Nested
    | Choose
    | Iterate
    | Repeat
    | AnyBlock
    | AnyValue
    | Demand
    | Leave
    | GiveBack
    | Invoke
)


def is_straight(statement: StatementCode) -> bool:
    """Whether a statement makes no choice, calls no `func` and has no flow but an atomic one."""
    match statement:
        case AnyBlock() | AnyValue():
            return False
        case Invoke(is_plain=is_plain):
            return is_plain
        case Nested(block=block):
            return block.is_straight
        case Iterate(flow=flow, block=block) | Repeat(flow=flow, block=block):
            return flow in (None, Flow.ATOMIC) and block.is_straight
        case Choose(branches=branches, otherwise=otherwise):
            blocks = [block for _condition, block in branches] + [otherwise] * bool(otherwise)
            return all(block.is_straight for block in blocks if block is not None)
        case Simple() | Demand() | Leave() | GiveBack():
            return True


@dataclass(slots=True, eq=False)
class Routine:
    """An action, a `func` or an assertion; `role` is the name of the role that it belongs to."""

    name: str
    flow: Flow
    body: BlockCode
    span: Span
    role: str = ""
    parameters: tuple[Parameter, ...] = ()
    defaults: dict[str, Code] = field(default_factory=dict)
    fairness: FairnessKind | None = None


@dataclass(slots=True, eq=False)
class RoleCode:
    """A role: how it begins, what it can do, what it loses in a `crash` (None if it has none).

    `names` are its own constants and `def`s.
    """

    name: str
    span: Span
    init: Routine | None
    actions: tuple[Routine, ...]
    functions: dict[str, Routine]
    names: dict[str, Datum]
    crash: Crash | None


@dataclass(slots=True, eq=False)
class Program:
    """A file, compiled. `variables` are the state variables in order of first assignment.

    `blocks` and `loops` are by number; `choices` are all by assignment. `compile_assertion`
    compiles another assertion about the same names, such as a part of one. `symmetric_groups` are
    the sizes of the groups of symmetric values by their prefixes.
    """

    init: Routine | None
    actions: tuple[Routine, ...]
    functions: dict[str, Routine]
    roles: dict[str, RoleCode]
    assertions: tuple[Routine, ...]
    compile_assertion: Callable[[Assertion], Routine]
    constants: dict[str, Datum]
    variables: tuple[str, ...]
    blocks: dict[int, BlockCode]
    loops: dict[int, Iterate]
    choices: list[AnyValue]
    symmetric_groups: dict[str, int]
