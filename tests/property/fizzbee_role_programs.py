"""Small FizzBee programs as a role with two instances, and as the actions that these are."""

from __future__ import annotations

import re

from tests.property.fizzbee_programs import (
    Action,
    Assign,
    Block,
    Choice,
    If,
    Program,
    Require,
    Statement,
    Test,
)


def role_text(program: Program) -> str:
    """Return a specification in which two instances of a role do what a program does.

    Each has an x of its own, and y is common to both.
    """
    plain = program.text()
    head, _, rest = plain.partition("action Init:")
    actions, _, _ = rest.partition(f"{program.kind} assertion")
    body = re.sub(r"\bx\b", "self.x", actions.partition("y = 0\n")[2])
    indented = "".join(f"    {line}\n" if line else "\n" for line in body.splitlines())
    goal = re.sub(r"\bx\b", "first.x", program.goal.text())
    return (
        f"{head}role Unit:\n    action Init:\n        self.x = 0\n{indented}\n"
        "action Init:\n    y = 0\n    first = Unit()\n    second = Unit()\n\n"
        f"{program.kind} assertion Goal:\n    return {goal}\n"
    )


def unrolled(program: Program) -> Program:
    """Return the program that `role_text` is of: each action twice, with an x of its own."""
    actions = [
        Action(f"{action.name}{name}", action.level, _of_instance(action.body, name, 100 * number))
        for number, name in enumerate(("x0", "x1"))
        for action in program.actions
    ]
    goal = _renamed_test(program.goal, "x0")
    names = ("y", "x0", "x1")
    return Program(tuple(actions), program.threads, program.crashes, program.kind, goal, names)


def _of_instance(block: Block, name: str, offset: int) -> Block:
    return Block(block.flow, tuple(_renamed(each, name, offset) for each in block.statements))


def _renamed(statement: Statement, name: str, offset: int) -> Statement:
    match statement:
        case Assign(target=target, left=left, right=right, modulus=modulus):
            named = [name if each == "x" else each for each in (target, left, right)]
            return Assign(str(named[0]), named[1], named[2], modulus)
        case Require(test=test):
            return Require(_renamed_test(test, name))
        case If(test=test, block=block):
            return If(_renamed_test(test, name), _of_instance(block, name, offset))
        case Choice(place=place, target=target, level=level, values=values, test=test):
            own = name if target == "x" else target
            renamed = None if test is None else _renamed_test(test, name)
            return Choice(place + offset, own, level, values, renamed)
        case Block():
            return _of_instance(statement, name, offset)


def _renamed_test(test: Test, name: str) -> Test:
    left, right = (name if each == "x" else each for each in (test.left, test.right))
    return Test(left, right, test.is_equal)
