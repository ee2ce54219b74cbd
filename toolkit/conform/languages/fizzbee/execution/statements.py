"""FizzBee's statements compiled for the machine."""

from __future__ import annotations

from conform.errors import InputError, UnsupportedError
from conform.languages.fizzbee import syntax
from conform.languages.fizzbee.evaluation.calls import compile_arguments
from conform.languages.fizzbee.evaluation.definitions import simple_statement
from conform.languages.fizzbee.evaluation.expressions import Compiler
from conform.languages.fizzbee.evaluation.scopes import Names
from conform.languages.fizzbee.execution.code import (
    AnyBlock,
    AnyValue,
    BlockCode,
    Choose,
    Demand,
    GiveBack,
    Guard,
    Invoke,
    Iterate,
    Leave,
    Nested,
    Owner,
    Repeat,
    Routine,
    Simple,
    StatementCode,
    is_straight,
)
from conform.languages.fizzbee.syntax import Flow
from conform.languages.fizzbee.syntax_expressions import (
    Attribute,
    BooleanOperation,
    BooleanOperator,
    Expression,
    Index,
    Name,
)


class StatementCompiler:
    """Compiles actions, functions and assertions of one file, or of one of its roles (`role`).

    `functions` are the names of all `func`s. `blocks` and `loops` collect what has a number, for
    the whole file; `choices` those by assignment.
    """

    def __init__(
        self,
        compiler: Compiler,
        functions: frozenset[str],
        role: str = "",
        blocks: dict[int, BlockCode] | None = None,
        loops: dict[int, Iterate] | None = None,
        choices: list[AnyValue] | None = None,
    ) -> None:
        self.choices = [] if choices is None else choices
        self.blocks = {} if blocks is None else blocks
        self.loops = {} if loops is None else loops
        self._compiler = compiler
        self._functions = functions
        self._role = role

    def within(self, names: Names, role: str) -> StatementCompiler:
        """Return the compiler for a role, in which names mean something else."""
        compiler = Compiler(self._compiler.source, names)
        functions, choices = self._functions, self.choices
        return StatementCompiler(compiler, functions, role, self.blocks, self.loops, choices)

    def action(self, node: syntax.Action) -> Routine:
        """Return the code of an action."""
        flow = Flow.ATOMIC if node.is_init else node.flow
        body = self._block(node.body)
        if node.is_init and body.flow is not Flow.ONEOF:
            body.flow = Flow.ATOMIC
        name = node.name.name
        return Routine(name, flow, body, node.name.span, self._role, fairness=node.fairness)

    def function(self, node: syntax.Function) -> Routine:
        """Return the code of a `func`."""
        defaults = {
            parameter.name: self._compiler.expression(parameter.default)
            for parameter in node.parameters
            if parameter.default is not None
        }
        return Routine(
            node.name.name,
            node.flow,
            self._block(node.body),
            node.name.span,
            self._role,
            node.parameters,
            defaults,
        )

    def assertion(self, node: syntax.Assertion) -> Routine:
        """Return the code of an assertion, which is run as an atomic block."""
        return Routine(node.name.name, Flow.ATOMIC, self._block(node.body), node.name.span)

    # -------------------------------------------------------------------------- statements

    def _block(self, node: syntax.Block, owner: Owner = Owner.PLAIN) -> BlockCode:
        code = BlockCode(len(self.blocks), node.flow, (), owner, node.span)
        self.blocks[code.number] = code
        code.statements = tuple(map(self._statement, node.statements))
        code.is_straight = node.flow in (None, Flow.ATOMIC) and all(
            map(is_straight, code.statements)
        )
        return code

    def _statement(self, node: syntax.Statement) -> StatementCode:
        match node:
            case syntax.Block():
                return Nested(node.span, self._block(node))
            case syntax.If():
                return self._if(node)
            case syntax.For():
                return self._for(node)
            case syntax.While():
                body = self._block(node.body, Owner.WHILE)
                return Repeat(node.span, node.flow, self._guard(node.condition), body)
            case syntax.ChoiceBlock():
                domain = self._compiler.expression(node.domain)
                body = self._block(node.body)
                return AnyBlock(node.span, node.variable.name, domain, node.domain, body)
            case syntax.ChoiceAssignment():
                return self._choice(node)
            case _:
                return self._plain(node)

    def _plain(self, node: syntax.Statement) -> StatementCode:
        match node:
            case syntax.Require(condition=condition):
                return Demand(node.span, self._guard(condition))
            case syntax.Break():
                return Leave(node.span, goes_on=False)
            case syntax.Continue():
                return Leave(node.span, goes_on=True)
            case syntax.Return(value=value):
                code = None if value is None else self._compiler.expression(value)
                return GiveBack(node.span, code)
            case syntax.CallStatement():
                return self._call(node)
            case syntax.Definition():
                raise UnsupportedError(
                    "a def inside an action is not treated",
                    span=node.span,
                    excerpt=self._compiler.source.excerpt(node.span),
                    hint="define it at the top level",
                )
            case _:
                return Simple(node.span, simple_statement(node, self._compiler))

    def _guard(self, node: Expression) -> Guard:
        return tuple((part.span, self._compiler.expression(part)) for part in conjuncts(node))

    def _if(self, node: syntax.If) -> Choose:
        branches = tuple(
            (self._guard(branch.condition), self._block(branch.body)) for branch in node.branches
        )
        otherwise = self._block(node.otherwise) if node.otherwise else None
        return Choose(node.span, branches, otherwise)

    def _for(self, node: syntax.For) -> Iterate:
        if not isinstance(node.target, Name):
            raise InputError(
                "a loop of FizzBee has one variable",
                span=node.target.span,
                excerpt=self._compiler.source.excerpt(node.target.span),
                hint="loop over the pairs and take them apart inside",
            )
        number = len(self.loops)
        iterable = self._compiler.expression(node.iterable)
        self.loops[number] = loop = Iterate(
            node.span,
            number,
            node.flow,
            node.target.name,
            iterable,
            node.iterable.span,
            BlockCode(-1, None, (), Owner.FOR, node.span),
        )
        loop.block = self._block(node.body, Owner.FOR)
        return loop

    def _choice(self, node: syntax.ChoiceAssignment) -> AnyValue:
        condition = node.condition
        code = AnyValue(
            node.span,
            _shown(node.target),
            self._compiler.target(node.target),
            self._compiler.expression(node.domain),
            node.domain,
            None if condition is None else self._guard(condition),
            node.fairness,
        )
        self.choices.append(code)
        return code

    def _call(self, node: syntax.CallStatement) -> Invoke:
        function = node.call.function
        expression = self._compiler.expression
        receiver = expression(function.value) if isinstance(function, Attribute) else None
        store = None if node.variable is None else self._compiler.target(node.variable)
        plain = simple_statement(node, self._compiler)
        return Invoke(
            node.span,
            node.function,
            receiver,
            compile_arguments(node.call.arguments, expression),
            store,
            plain,
            node.function not in self._functions,
        )


def conjuncts(node: Expression) -> tuple[Expression, ...]:
    """Return what must all hold for a condition to hold, in order: the operands of its `and`s."""
    if isinstance(node, BooleanOperation) and node.operator is BooleanOperator.AND:
        return tuple(part for operand in node.operands for part in conjuncts(operand))
    return (node,)


def _shown(target: Name | Attribute | Index) -> str:
    """Return how traces call what is chosen."""
    match target:
        case Name(name=name):
            return name
        case Attribute(value=Name(name=owner), name=name):
            return f"{owner}.{name}"
        case Attribute(name=name):
            return name
        case Index(value=Name(name=name)):
            return f"{name}[]"
        case _:
            return "choice"
