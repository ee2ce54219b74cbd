"""From the syntax tree to a program: constants evaluated, statements compiled."""

from __future__ import annotations

from collections.abc import Iterable

from msgspec.structs import replace

from conform.errors import InputError
from conform.languages.fizzbee import syntax
from conform.languages.fizzbee.evaluation.builtins import BUILTINS, LATE
from conform.languages.fizzbee.evaluation.comprehensions import names_of
from conform.languages.fizzbee.evaluation.definitions import compile_definition, simple_statement
from conform.languages.fizzbee.evaluation.expressions import Compiler
from conform.languages.fizzbee.evaluation.functions import Arguments, HostFunction, Module
from conform.languages.fizzbee.evaluation.scopes import Names, Scope
from conform.languages.fizzbee.evaluation.symmetric_values import SymmetricGroups
from conform.languages.fizzbee.evaluation.values import Datum, freeze
from conform.languages.fizzbee.execution.code import Program, RoleCode
from conform.languages.fizzbee.execution.process import Role
from conform.languages.fizzbee.execution.statements import StatementCompiler
from conform.languages.fizzbee.restrictions import refuse_untreated
from conform.languages.fizzbee.role_crashes import Crash, crash_of
from conform.languages.fizzbee.specification import Library, Specification
from conform.text import Source

REFUSED = {
    "resolve_role": "resolve_role()",
    "next_states": "next_states()",
    "cancel_thread": "cancel_thread()",
}
"""Functions of FizzBee that are not treated."""


class RoleType(HostFunction):
    """What makes instances of a role."""

    __slots__ = ("code",)
    kind = "role"

    def __init__(self, name: str) -> None:
        super().__init__(name)
        self.code: RoleCode | None = None

    def call_in(self, scope: Scope, arguments: Arguments) -> Datum:
        if scope.host is None or self.code is None:
            return self.call(arguments)
        role: Role = scope.host.make_role(self.code, arguments)
        return role


def compile_specification(specification: Specification) -> Program:
    """Return the program of a specification.

    Raises UnsupportedError for what is not treated, and InputError or EvaluationError where a
    constant or a `def` is wrong.
    """
    refuse_untreated(specification)
    module, source = specification.module, specification.source
    types = {role.name.name: RoleType(role.name.name) for role in module.roles}
    constants: dict[str, Datum] = {}
    groups = SymmetricGroups(types)
    names = Names(
        constants,
        {**BUILTINS, groups.function.name: groups.function},
        {**LATE, **types, **{each.name: _library(each) for each in specification.libraries}},
        functions=frozenset(each.name.name for each in module.functions),
        actions=frozenset(each.name.name for each in module.actions),
        refused=REFUSED,
    )
    _run_at_top(module.statements, constants, Compiler(source, names))
    groups.close()
    freeze(tuple(constants.values()))
    variables = _state_variables(module.init, constants)
    names = replace(names, state=frozenset(variables))
    every = [*module.functions, *(each for role in module.roles for each in role.functions)]
    functions = frozenset(each.name.name for each in every)
    statements = StatementCompiler(Compiler(source, names), functions)
    outer = {*variables, *types, *functions}
    roles = {
        role.name.name: _role(role, names, source, statements, crash_of(role, outer, source))
        for role in module.roles
    }
    for name, code in roles.items():
        types[name].code = code
    return Program(
        statements.action(module.init) if module.init else None,
        tuple(map(statements.action, module.actions)),
        {each.name.name: statements.function(each) for each in module.functions},
        roles,
        tuple(map(statements.assertion, module.assertions)),
        statements.assertion,
        constants,
        variables,
        statements.blocks,
        statements.loops,
        statements.choices,
        groups.sizes,
    )


def _run_at_top(
    nodes: Iterable[syntax.Statement], constants: dict[str, Datum], compiler: Compiler
) -> None:
    """Run statements that define constants, in order."""
    scope = Scope(constants, {})
    for node in nodes:
        if isinstance(node, syntax.Definition):
            make = compile_definition(node, compiler)
            constants[node.name.name] = make(scope)
        else:
            simple_statement(node, compiler)(scope)


def _state_variables(init: syntax.Action | None, constants: dict[str, Datum]) -> tuple[str, ...]:
    """Return the names assigned at the outermost level of Init, in order."""
    found: dict[str, None] = {}
    for statement in init.body.statements if init else ():
        match statement:
            case syntax.Assign(target=target) | syntax.ChoiceAssignment(target=target):
                names = names_of(target)
            case syntax.CallStatement(variable=variable) if variable is not None:
                names = names_of(variable)
            case _:
                continue
        found.update((name, None) for name in sorted(names) if name not in constants)
    return tuple(found)


def _library(library: Library) -> Module:
    """Return a `.star` file as the values of its names."""
    constants: dict[str, Datum] = {}
    compiler = Compiler(library.source, Names(constants, BUILTINS, LATE))
    _run_at_top(library.module.statements, constants, compiler)
    freeze(tuple(constants.values()))
    return Module(library.name, constants)


def _role(
    role: syntax.Role,
    names: Names,
    source: Source,
    statements: StatementCompiler,
    crash: Crash | None,
) -> RoleCode:
    own: dict[str, Datum] = {}
    constants = {**names.constants, **own}
    inner = replace(names, constants=constants, state=frozenset())
    scope = Scope(constants, {})
    for node in role.statements:
        if not isinstance(node, syntax.Definition):
            raise InputError(
                "a role holds actions, funcs and defs",
                span=node.span,
                excerpt=source.excerpt(node.span),
                hint="give its fields their first values in its Init",
            )
        own[node.name.name] = constants[node.name.name] = compile_definition(
            node, Compiler(source, inner)
        )(scope)
    compiler = statements.within(replace(names, constants=constants), role.name.name)
    return RoleCode(
        role.name.name,
        role.span,
        compiler.action(role.init) if role.init else None,
        tuple(map(compiler.action, role.actions)),
        {each.name.name: compiler.function(each) for each in role.functions},
        own,
        crash,
    )
