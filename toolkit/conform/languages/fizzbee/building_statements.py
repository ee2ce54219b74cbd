"""From the parser's reductions to nodes: statements, of FizzBee and of a `def`."""

from __future__ import annotations

from msgspec.structs import replace

from conform.domain.fairness import FairnessKind
from conform.languages.fizzbee import syntax as tree
from conform.languages.fizzbee.building_expressions import ExpressionBuilder, Parts, join, whole
from conform.languages.fizzbee.syntax_expressions import (
    Attribute,
    BinaryOperator,
    Call,
    Expression,
    Name,
)
from conform.languages.fizzbee.targets import single_name, single_target, target_of
from conform.parsing.tokens import Token
from conform.text import Span


class _SimpleStatements(ExpressionBuilder):
    """Statements of one line."""

    def labelled(self, parts: Parts) -> tree.Statement:
        label, statement = parts[0], parts[1]
        return _with_label(label, statement)

    def assignment(self, parts: Parts) -> tree.Statement:
        target, _, value = parts
        if isinstance(target, Name) and is_call_of_names(value):
            return tree.CallStatement(whole(parts), target, value)
        return self.plain_assignment(parts)

    def plain_assignment(self, parts: Parts) -> tree.Statement:
        return tree.Assign(whole(parts), target_of(parts[0]), parts[2])

    def call_or_expression(self, parts: Parts) -> tree.Statement:
        if is_call_of_names(parts[0]):
            return tree.CallStatement(parts[0].span, None, parts[0])
        return self.expression_statement(parts)

    def expression_statement(self, parts: Parts) -> tree.Statement:
        return tree.ExpressionStatement(parts[0].span, parts[0])

    def augmented(self, parts: Parts) -> tree.Statement:
        target, sign, value = parts
        place = single_target(target, f"`{sign.text}`")
        operator = BinaryOperator(sign.text.removesuffix("="))
        return tree.AugmentedAssign(whole(parts), place, operator, value)

    def choice_assignment(self, parts: Parts) -> tree.Statement:
        target, _, _, domain = parts
        return _choice(parts, target, None, domain, None)

    def filtered_choice(self, parts: Parts) -> tree.Statement:
        target, _, _, domain, _, condition = parts
        return _choice(parts, target, None, domain, condition)

    def fair_choice(self, parts: Parts) -> tree.Statement:
        target, _, fairness, _, domain = parts
        return _choice(parts, target, fairness[1], domain, None)

    def fair_filtered_choice(self, parts: Parts) -> tree.Statement:
        target, _, fairness, _, domain, _, condition = parts
        return _choice(parts, target, fairness[1], domain, condition)

    def require(self, parts: Parts) -> tree.Statement:
        return tree.Require(whole(parts), parts[1])

    def pass_statement(self, parts: Parts) -> tree.Statement:
        return tree.Pass(parts[0].span)

    def break_statement(self, parts: Parts) -> tree.Statement:
        return tree.Break(parts[0].span)

    def continue_statement(self, parts: Parts) -> tree.Statement:
        return tree.Continue(parts[0].span)

    def bare_return(self, parts: Parts) -> tree.Statement:
        return tree.Return(parts[0].span, None)

    def return_value(self, parts: Parts) -> tree.Statement:
        return tree.Return(whole(parts), parts[1])


class StatementBuilder(_SimpleStatements):
    """Suites and the statements that have them."""

    def line_suite(self, parts: Parts) -> tree.Block:
        return block_of(parts)

    def suite(self, parts: Parts) -> tree.Block:
        return block_of(parts[2])

    def flow_block(self, parts: Parts) -> tree.Block:
        flow, _, body = parts
        return _flow_block(join(flow, body), tree.Flow(flow.text), body)

    def if_statement(self, parts: Parts) -> tree.If:
        word, condition, _, body, branches = parts
        first = tree.Branch(join(word, body), condition, body)
        last = branches[-1] if branches else body
        return tree.If(join(word, last), (first, *branches), None)

    def if_else(self, parts: Parts) -> tree.If:
        short = self.if_statement(parts[:5])
        return replace(short, span=join(short, parts[-1]), otherwise=parts[-1])

    def elif_branch(self, parts: Parts) -> list[tree.Branch]:
        branches: list[tree.Branch] = parts[0]
        _, word, condition, _, body = parts
        branches.append(tree.Branch(join(word, body), condition, body))
        return branches

    def for_statement(self, parts: Parts) -> tree.For:
        loop = self.starlark_for(parts)
        single_name(loop.target, "a `for` of FizzBee")
        return loop

    def starlark_for(self, parts: Parts) -> tree.For:
        word, target, _, iterable, _, body = parts
        return tree.For(join(word, body), None, target, iterable, body)

    def for_with_flow(self, parts: Parts) -> tree.For:
        loop = self.for_statement(parts[1:])
        return replace(loop, span=whole(parts), flow=tree.Flow(parts[0].text))

    def while_statement(self, parts: Parts) -> tree.While:
        word, condition, _, body = parts
        return tree.While(join(word, body), None, condition, body)

    def while_with_flow(self, parts: Parts) -> tree.While:
        loop = self.while_statement(parts[1:])
        return replace(loop, span=whole(parts), flow=tree.Flow(parts[0].text))

    def choice_block(self, parts: Parts) -> tree.ChoiceBlock:
        word, target, _, domain, _, body = parts
        variable = single_name(target, "a choice block")
        return tree.ChoiceBlock(join(word, body), variable, domain, body)


def is_call_of_names(expression: Expression) -> bool:
    """Whether an expression is `F(…)` or `recv.F(…)`, which may call a FizzBee function."""
    if not isinstance(expression, Call):
        return False
    function = expression.function
    return isinstance(function, Name) or (
        isinstance(function, Attribute) and isinstance(function.value, Name)
    )


def block_of(statements: list[tree.Statement]) -> tree.Block:
    """Return the suite that statements make: the only flow block among them, if there is but it."""
    kept = [statement for statement in statements if not tree.is_docstring(statement)]
    span = join(statements[0], statements[-1])
    if len(kept) == 1 and isinstance(kept[0], tree.Block):
        return kept[0]
    return tree.Block(span, None, tuple(kept))


def _flow_block(span: Span, flow: tree.Flow, body: tree.Block) -> tree.Block:
    if body.flow is None:
        return replace(body, span=span, flow=flow)
    return tree.Block(span, flow, (body,))


def _with_label(label: Token, statement: tree.Statement) -> tree.Statement:
    return replace(statement, span=join(label, statement), label=label.text[1:-1])


def _choice(
    parts: Parts,
    target: Expression,
    fairness: FairnessKind | None,
    domain: Expression,
    condition: Expression | None,
) -> tree.ChoiceAssignment:
    place = single_target(target, "a choice")
    return tree.ChoiceAssignment(whole(parts), place, fairness, domain, condition)
