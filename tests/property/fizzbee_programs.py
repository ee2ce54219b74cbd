"""Small FizzBee programs as data, their text, and what they do, told without the front-end.

A program is a list of actions over two variables. `links_of` walks through it by an interpreter
of its own, which forks at each choice where the machine of the front-end replays, and gives each
step with the name of its link and the choices that it passes.
"""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import TypeAlias

Values: TypeAlias = tuple[int, ...]
Operand: TypeAlias = int | str


@dataclass(frozen=True, eq=False)
class Assign:
    """`target = (left + right) % modulus`."""

    target: str
    left: Operand
    right: Operand
    modulus: int

    def text(self) -> str:
        """The statement."""
        return f"{self.target} = ({self.left} + {self.right}) % {self.modulus}"


@dataclass(frozen=True)
class Test:
    """`left == right`, or `!=`."""

    left: Operand
    right: Operand
    is_equal: bool

    def text(self) -> str:
        """The condition."""
        return f"{self.left} {'==' if self.is_equal else '!='} {self.right}"


@dataclass(frozen=True, eq=False)
class Require:
    """`require test`."""

    test: Test


@dataclass(frozen=True, eq=False)
class If:
    """`if test:` a block, and no `else`."""

    test: Test
    block: Block


@dataclass(frozen=True, eq=False)
class Choice:
    """`target = [fair<level>] oneof values [if target test]`; `place` tells choices apart."""

    place: int
    target: str
    level: str
    values: Values
    test: Test | None

    def text(self) -> str:
        """The statement."""
        fair = f"fair<{self.level}> " if self.level else ""
        condition = f" if {self.test.text()}" if self.test else ""
        return f"{self.target} = {fair}oneof {list(self.values)}{condition}"


@dataclass(frozen=True, eq=False)
class Block:
    """`flow:` and statements; a flow of `oneof` runs one of them."""

    flow: str
    statements: tuple[Statement, ...]


Statement: TypeAlias = Assign | Require | If | Choice | Block


@dataclass(frozen=True, eq=False)
class Action:
    """An action; `level` is its fairness, empty for none."""

    name: str
    level: str
    body: Block

    def head(self) -> str:
        """The line that it begins with."""
        fair = f"fair<{self.level}> " if self.level else ""
        return f"{self.body.flow} {fair}action {self.name}:"


@dataclass(frozen=True)
class Program:
    """Actions, how many threads may live, and what is asserted of all behaviours."""

    actions: tuple[Action, ...]
    threads: int
    crashes: bool
    kind: str
    goal: Test
    names: tuple[str, ...] = ("x", "y")

    def text(self) -> str:
        """The specification."""
        lines = [
            "---",
            "deadlock_detection: false",
            "options:",
            f"  max_concurrent_actions: {self.threads}",
            f"  crash_on_yield: {str(self.crashes).lower()}",
            "---",
            "action Init:",
            *(f"    {name} = 0" for name in self.names),
        ]
        for action in self.actions:
            lines += ["", action.head(), *_lines(action.body, 1)]
        lines += ["", f"{self.kind} assertion Goal:", f"    return {self.goal.text()}", ""]
        return "\n".join(lines)


def _lines(block: Block, depth: int) -> list[str]:
    indent, found = "    " * depth, []
    for statement in block.statements:
        match statement:
            case Require(test=test):
                found.append(f"{indent}require {test.text()}")
            case If(test=test, block=inner):
                found += [f"{indent}if {test.text()}:", *_lines(inner, depth + 1)]
            case Block(flow=flow):
                found += [f"{indent}{flow}:", *_lines(statement, depth + 1)]
            case _:
                found.append(f"{indent}{statement.text()}")
    return found


# -------------------------------------------------------------------------------- what it does


@dataclass(frozen=True)
class Rest:
    """What is left of a block: one statement after another, or each once in any order."""

    flow: str
    statements: tuple[Statement, ...]


Thread: TypeAlias = tuple[tuple[Rest, ...], tuple[tuple[str, int], ...]]
Pick: TypeAlias = tuple[int, int]
Node: TypeAlias = tuple[Values, tuple[Thread, ...]]


@dataclass(frozen=True)
class Link:
    """A step: `taken` are the choices that it makes, `offered` those that it could make instead.

    Both are of choice assignments alone, as (place, value).
    """

    source: Node
    name: str
    target: Node
    taken: frozenset[Pick]
    offered: frozenset[Pick]


@dataclass
class Run:
    """A thread in the middle of a step."""

    variables: dict[str, int]
    local: dict[str, int]
    stack: list[Rest]
    is_enabled: bool
    path: tuple[Pick, ...] = field(default=())

    def fork(self, pick: Pick) -> Run:
        """Return a copy that has made one more choice."""
        variables, local = dict(self.variables), dict(self.local)
        return Run(variables, local, list(self.stack), self.is_enabled, (*self.path, pick))

    def value(self, operand: Operand) -> int:
        """Return what an operand stands for."""
        if isinstance(operand, int):
            return operand
        return self.local[operand] if operand in self.local else self.variables[operand]

    def assign(self, name: str, value: int) -> None:
        """Set a state variable, or else a local one."""
        (self.variables if name in self.variables else self.local)[name] = value

    def holds(self, test: Test) -> bool:
        """Return the truth of a test."""
        return (self.value(test.left) == self.value(test.right)) is test.is_equal


NAMES = ("x", "y")
"""The state variables of a random program, in the order of nodes."""

ORDER = -1
"""The place of a choice which statement is next."""


def first_of(program: Program) -> Node:
    """Return the node in which all variables are 0 and nothing runs."""
    return (0,) * len(program.names), ()


def links_of(program: Program, most_nodes: int) -> list[Link] | None:
    """Return all steps that are no crashes; None where they lead to too many nodes."""
    found: list[Link] = []
    first = first_of(program)
    known, waiting = {first}, [first]
    while waiting:
        node = waiting.pop()
        for link in _steps(program, node):
            found.append(link)
            if link.target not in known:
                known.add(link.target)
                waiting.append(link.target)
        if len(known) > most_nodes:
            return None
    return found


def held_by(program: Program, node: Node) -> bool:
    """Whether a node has the values that a program's goal asks for."""
    variables = dict(zip(program.names, node[0], strict=True))
    return Run(variables, {}, [], is_enabled=False).holds(program.goal)


def _steps(program: Program, node: Node) -> Iterator[Link]:
    variables, threads = node
    for place, (stack, local) in enumerate(threads):
        run = Run(dict(zip(program.names, variables, strict=True)), dict(local), list(stack), True)
        yield from _ends(node, f"thread-{place}", run, threads[:place], threads[place + 1 :])
    if len(threads) < program.threads:
        for action in program.actions:
            body = Rest(action.body.flow, action.body.statements)
            run = Run(dict(zip(program.names, variables, strict=True)), {}, [body], False)
            yield from _ends(node, action.name, run, threads, ())


def _ends(
    node: Node, name: str, run: Run, before: tuple[Thread, ...], after: tuple[Thread, ...]
) -> Iterator[Link]:
    ends = [end for end in _runs(run) if end.is_enabled]
    for end in ends:
        offered = {
            other.path[depth]
            for depth in range(len(end.path))
            for other in ends
            if other.path[:depth] == end.path[:depth] and len(other.path) > depth
        }
        thread = ((tuple(end.stack), tuple(sorted(end.local.items()))),) if end.stack else ()
        target = (tuple(end.variables.values()), (*before, *thread, *after))
        yield Link(node, name, target, _made(end.path), _made(offered))


def _made(picks: tuple[Pick, ...] | set[Pick]) -> frozenset[Pick]:
    return frozenset(pick for pick in picks if pick[0] != ORDER)


def _runs(run: Run) -> Iterator[Run]:
    """Yield each way to the end of the step; those that cannot go on give nothing."""
    while run.stack:
        flow, statements = run.stack[-1].flow, run.stack[-1].statements
        if flow in ("parallel", "oneof") and len(statements) > 1:
            for place, chosen in enumerate(statements):
                fork = run.fork((ORDER, place))
                left = statements[:place] + statements[place + 1 :]
                if flow == "oneof":
                    left = ()
                fork.stack[-1] = Rest(flow, left)
                fork.stack.append(Rest("single", (chosen,)))
                yield from _runs(fork)
            return
        first = statements[0]
        if flow == "single":
            run.stack.pop()
        else:
            run.stack[-1] = Rest(flow, statements[1:] if flow != "oneof" else ())
        if isinstance(first, Choice):
            yield from _chosen(run, first)
            return
        if not _execute(run, first):
            return
        if isinstance(first, Block) or (isinstance(first, If) and run.holds(first.test)):
            continue  # entered; what ends it is its last statement
        if _ends_step(run):
            break
    yield run


def _chosen(run: Run, choice: Choice) -> Iterator[Run]:
    for value in choice.values:
        fork = run.fork((choice.place, value))
        fork.assign(choice.target, value)
        if choice.test is None or fork.holds(choice.test):
            fork.is_enabled = True
            if _ends_step(fork):
                yield fork
            else:
                yield from _runs(fork)


def _execute(run: Run, statement: Statement) -> bool:
    """Run one statement that chooses nothing; return whether the step can go on."""
    match statement:
        case Assign():
            total = run.value(statement.left) + run.value(statement.right)
            run.assign(statement.target, total % statement.modulus)
            run.is_enabled = True
        case Require(test=test):
            return run.holds(test)
        case If(test=test, block=inner):
            if run.holds(test):
                run.stack.append(Rest(run.stack[-1].flow, inner.statements))
        case Block(flow=flow, statements=statements):
            run.stack.append(Rest(flow, statements))
    return True


def _ends_step(run: Run) -> bool:
    """Leave all blocks that are over; return whether the step ends here, with more to come."""
    is_pausing = False
    while run.stack:
        flow, statements = run.stack[-1].flow, run.stack[-1].statements
        is_pausing = is_pausing or flow in ("serial", "parallel")
        if statements:
            break
        run.stack.pop()
    return not run.stack or (is_pausing and run.is_enabled)


# ---------------------------------------------------------------------------- random programs


def random_program(seed: int) -> Program:
    """Return a program of up to three short actions; most say of themselves how fair they are."""
    return _Writer(random.Random(seed)).program()


class _Writer:
    def __init__(self, rng: random.Random) -> None:
        self._rng = rng
        self._choices = 0
        self._levels = rng.choice((("",), ("", "weak"), ("", "weak", "strong"), ("strong",)))
        flows = ("atomic", "atomic", "serial", "oneof", "parallel")
        self._flows = rng.choice((("atomic",), ("atomic", "atomic", "serial"), flows))

    def program(self) -> Program:
        rng = self._rng
        actions = tuple(self._action(f"A{number}") for number in range(rng.randint(1, 3)))
        kind = rng.choice(("always eventually", "eventually always"))
        return Program(actions, rng.randint(1, 2), rng.random() < 0.3, kind, self._test())

    def _action(self, name: str) -> Action:
        rng = self._rng
        body = self._block(rng.choice(self._flows), 0)
        if rng.random() < 0.6 and body.flow in ("atomic", "serial"):
            guard = Require(self._test())
            place = rng.randint(1, len(body.statements)) if body.flow == "serial" else 0
            body = Block(
                body.flow, (*body.statements[:place], guard, *body.statements[place:])
            )  # a thread waits for what an action has to be without
        level = rng.choice(("", "weak", "strong"))
        return Action(name, level, body)

    def _block(self, flow: str, depth: int) -> Block:
        rng = self._rng
        count = rng.randint(2, 3) if depth or flow in ("parallel", "oneof") else rng.randint(1, 2)
        return Block(flow, tuple(self._statement(depth) for _ in range(count)))

    def _statement(self, depth: int) -> Statement:
        rng = self._rng
        kinds = ["assign", "assign", "assign", "choice", "choice"]
        if depth == 0:
            kinds += ["if", "require", "block"] if len(self._flows) > 1 else ["if", "require"]
        match rng.choice(kinds):
            case "assign":
                return Assign(rng.choice(NAMES), self._operand(), rng.randint(0, 1), self._size())
            case "choice":
                self._choices += 1
                values = rng.choice(((0, 1), (1, 0), (0, 1, 2), (1,), (0, 2)))
                target = rng.choice((*NAMES, "v"))
                test = Test(target, self._operand(), False) if rng.random() < 0.3 else None
                return Choice(self._choices, target, rng.choice(self._levels), values, test)
            case "if":
                return If(self._test(), Block("", (self._statement(1),)))
            case "require":
                return Require(self._test())
            case _:
                return self._block(rng.choice(self._flows), 1)

    def _size(self) -> int:
        return self._rng.choice((2, 2, 3))

    def _operand(self) -> Operand:
        return self._rng.choice((*NAMES, *NAMES, 0, 1))

    def _test(self) -> Test:
        rng = self._rng
        return Test(rng.choice(NAMES), rng.choice((0, 0, 1, 1, 2)), rng.random() < 0.6)
