"""From syntax trees back to FizzBee text that reads as the same tree, spans aside.

The tree is expected to be one that the reader could have made. Flows are written out where they are
not those of the block around.
"""

from __future__ import annotations

from conform.domain.fairness import FairnessKind
from conform.languages.fizzbee import syntax as tree
from conform.languages.fizzbee.printing_expressions import (
    Level,
    print_assigned,
    print_expression,
    print_parameters,
    print_target,
)
from conform.languages.fizzbee.syntax_expressions import Name

_INDENT = "    "
_EMPTY = '""'
"""The whole of a suite that had only docstrings."""


def print_module(module: tree.Module) -> str:
    """Return a file as text with a final newline; an empty file is empty."""
    lines: list[str] = []
    if module.front_matter is not None:
        lines += ["---", *module.front_matter.text.splitlines(), "---"]
    for member in module.members:
        if lines and not isinstance(member, tree.Assign):
            lines.append("")
        lines += _member(member)
    return "".join(line + "\n" for line in lines)


def print_statement(statement: tree.Statement) -> list[str]:
    """Return the lines of a statement, the first one not indented."""
    lines = _statement(statement)
    if statement.label:
        lines[0] = f"`{statement.label}` {lines[0]}"
    return lines


def _member(member: tree.Member) -> list[str]:
    match member:
        case tree.Action():
            return _headed(_action_head(member), _own_flow(member.flow, member.body))
        case tree.Function(name=name, parameters=parameters):
            head = f"{member.flow} func {name.name}({print_parameters(parameters)})"
            return _headed(head, _own_flow(member.flow, member.body))
        case tree.Assertion(kind=kind, name=name):
            states = ", ".join(state.name for state in member.parameters)
            head = f"{kind} assertion {name.name}" + (f"({states})" if states else "")
            return _headed(head, _suite(member.body))
        case tree.Role():
            return _role(member)
        case _:
            return print_statement(member)


def _action_head(action: tree.Action) -> str:
    if action.is_init:
        return "action Init"
    return f"{action.flow} {_fairness(action.fairness)}action {action.name.name}"


def _fairness(fairness: FairnessKind | None) -> str:
    return "" if fairness is None else f"fair<{fairness}> "


def _role(role: tree.Role) -> list[str]:
    lines = [f"@{print_expression(decorator)}" for decorator in role.decorators]
    symmetric = "symmetric " if role.is_symmetric else ""
    members = [line for member in role.members for line in _member(member)]
    return lines + _headed(f"{symmetric}role {role.name.name}", members or [_EMPTY])


def _headed(head: str, body: list[str]) -> list[str]:
    return [f"{head}:", *(_INDENT + line for line in body)]


def _suite(block: tree.Block) -> list[str]:
    """Return the lines of a suite, not indented; one with a flow is a flow block in it."""
    if block.flow is not None:
        return print_statement(block)
    return [line for each in block.statements for line in print_statement(each)] or [_EMPTY]


def _own_flow(flow: tree.Flow, body: tree.Block) -> list[str]:
    """Return the lines of the body of an action or function of a flow."""
    is_block_alone = len(body.statements) == 1 and isinstance(body.statements[0], tree.Block)
    if body.flow is not flow or body.label or is_block_alone:
        return print_statement(body)
    return [line for each in body.statements for line in print_statement(each)] or [_EMPTY]


def _statement(statement: tree.Statement) -> list[str]:
    match statement:
        case tree.Block(flow=flow):
            inner = [line for each in statement.statements for line in print_statement(each)]
            return _headed(str(flow), inner or [_EMPTY])
        case tree.If():
            return _if(statement)
        case tree.For(target=target, iterable=iterable):
            head = f"for {print_target(target)} in {print_expression(iterable)}"
            return _headed(_flow(statement.flow) + head, _suite(statement.body))
        case tree.While(condition=condition):
            head = f"while {print_expression(condition)}"
            return _headed(_flow(statement.flow) + head, _suite(statement.body))
        case tree.ChoiceBlock(variable=variable, domain=domain):
            head = f"oneof {variable.name} in {print_expression(domain)}"
            return _headed(head, _suite(statement.body))
        case tree.Definition(name=name, parameters=parameters):
            head = f"def {name.name}({print_parameters(parameters)})"
            return _headed(head, _suite(statement.body))
        case _:
            return [_line(statement)]


def _flow(flow: tree.Flow | None) -> str:
    return "" if flow is None else f"{flow} "


def _if(statement: tree.If) -> list[str]:
    lines: list[str] = []
    for branch in statement.branches:
        word = "elif" if lines else "if"
        lines += _headed(f"{word} {print_expression(branch.condition)}", _suite(branch.body))
    if statement.otherwise is not None:
        lines += _headed("else", _suite(statement.otherwise))
    return lines


def _line(statement: tree.Statement) -> str:
    match statement:
        case tree.ChoiceAssignment():
            return _choice(statement)
        case tree.Require(condition=condition):
            return f"require {print_expression(condition)}"
        case tree.Pass():
            return "pass"
        case tree.Break():
            return "break"
        case tree.Continue():
            return "continue"
        case tree.Return(value=value):
            return "return" if value is None else f"return {print_expression(value)}"
        case tree.CallStatement(variable=None, call=call):
            return print_expression(call)
        case tree.CallStatement(variable=Name(name=name), call=call):
            return f"{name} = {print_assigned(call)}"
        case tree.Assign(target=target, value=value):
            return f"{print_target(target)} = {print_assigned(value)}"
        case tree.AugmentedAssign(target=target, operator=operator, value=value):
            return f"{print_target(target)} {operator}= {print_expression(value)}"
        case tree.ExpressionStatement(expression=expression):
            return print_expression(expression)
    raise TypeError(f"no statement of FizzBee: {type(statement).__name__}")


def _choice(choice: tree.ChoiceAssignment) -> str:
    fairness = _fairness(choice.fairness)
    domain = print_expression(choice.domain, Level.OR)
    condition = f" if {print_expression(choice.condition)}" if choice.condition else ""
    return f"{print_target(choice.target)} = {fairness}oneof {domain}{condition}"
