"""The bodies of `def`s: statements of Starlark alone, compiled to closures."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import TypeAlias

from conform.errors import UnsupportedError
from conform.languages.fizzbee.evaluation.comprehensions import names_of
from conform.languages.fizzbee.evaluation.conversions import (
    elements_of,
    truth,
)
from conform.languages.fizzbee.evaluation.expressions import Compiler
from conform.languages.fizzbee.evaluation.faults import FAULTS, located
from conform.languages.fizzbee.evaluation.methods import attribute
from conform.languages.fizzbee.evaluation.operators import (
    binary,
    item,
    store_attribute,
    store_item,
)
from conform.languages.fizzbee.evaluation.procedures import Procedure, parameter_names
from conform.languages.fizzbee.evaluation.scopes import Code, Scope, Store
from conform.languages.fizzbee.evaluation.values import (
    Datum,
    Dict,
    List,
    Mutable,
)
from conform.languages.fizzbee.syntax import (
    Assign,
    AugmentedAssign,
    Block,
    Break,
    CallStatement,
    Continue,
    Definition,
    ExpressionStatement,
    For,
    If,
    Pass,
    Return,
    Statement,
)
from conform.languages.fizzbee.syntax_expressions import (
    Attribute,
    BinaryOperator,
    Index,
    Name,
)

_BREAK, _CONTINUE = object(), object()
"""How a statement can end other than by going on (None) or by a tuple of the returned value."""

Run: TypeAlias = Callable[[Scope], object]
"""A compiled statement: None to go on, _BREAK, _CONTINUE, or a tuple with what is returned."""

Change: TypeAlias = Callable[[Scope], None]
"""A compiled statement that always goes on."""


def compile_definition(node: Definition, compiler: Compiler) -> Callable[[Scope], Procedure]:
    """Return what makes the function of a `def` in a scope.

    Raises InputError for a name in its body that means nothing.
    """
    own = parameter_names(node.parameters) | assigned_names(node.body.statements)
    inner = Compiler(compiler.source, compiler.names.inside(own, node.name.name))
    run = _block(node.body, inner)
    defaults = {
        parameter.name: compiler.expression(parameter.default)
        for parameter in node.parameters
        if parameter.default is not None
    }

    def body(scope: Scope) -> Datum:
        ended = run(scope)
        return ended[0] if isinstance(ended, tuple) else None

    def make(scope: Scope) -> Procedure:
        values = {name: default(scope) for name, default in defaults.items()}
        return Procedure(node.name.name, node.parameters, values, body, scope)

    return make


def assigned_names(statements: Iterable[Statement]) -> frozenset[str]:
    """Return the names that statements assign to: the local variables of a function."""
    found: frozenset[str] = frozenset()
    for statement in statements:
        match statement:
            case Assign(target=target):
                found |= names_of(target)
            case AugmentedAssign(target=target):
                found |= names_of(target)
            case For(target=target, body=body):
                found |= names_of(target) | assigned_names(body.statements)
            case If(branches=branches, otherwise=otherwise):
                found = found.union(*(assigned_names(b.body.statements) for b in branches))
                found |= assigned_names(otherwise.statements if otherwise else ())
            case Block(statements=inner):
                found |= assigned_names(inner)
            case Definition(name=name):
                found |= {name.name}
            case CallStatement(variable=Name(name=variable)):
                found |= {variable}
    return found


def _block(node: Block, compiler: Compiler) -> Run:
    runs = [_statement(each, compiler) for each in node.statements]

    def run(scope: Scope) -> object:
        for each in runs:
            ended = each(scope)
            if ended is not None:
                return ended
        return None

    return run


def _statement(node: Statement, compiler: Compiler) -> Run:
    match node:
        case Block():
            return _block(node, compiler)
        case If():
            return _if(node, compiler)
        case For():
            return _for(node, compiler)
        case Pass():
            return lambda _scope: None
        case Break():
            return lambda _scope: _BREAK
        case Continue():
            return lambda _scope: _CONTINUE
        case Return(value=None):
            return lambda _scope: (None,)
        case Return(value=value) if value is not None:
            code = compiler.expression(value)
            return lambda scope: (code(scope),)
        case Definition():
            make, store = compile_definition(node, compiler), node.name.name
            return lambda scope: scope.locals.__setitem__(store, make(scope))
        case _:
            return simple_statement(node, compiler)


def simple_statement(node: Statement, compiler: Compiler) -> Change:
    """Return the code of an assignment or an expression."""
    match node:
        case Assign(target=target, value=value):
            return _assign(compiler.target(target), compiler.expression(value))
        case AugmentedAssign():
            return _augment(node, compiler)
        case ExpressionStatement(expression=expression):
            return _evaluate(compiler.expression(expression))
        case CallStatement(variable=None, call=call):
            return _evaluate(compiler.expression(call))
        case CallStatement(variable=Name() as variable, call=call):
            return _assign(compiler.target(variable), compiler.expression(call))
        case Pass():
            return lambda _scope: None
        case _:
            raise UnsupportedError(
                f"a statement {type(node).__name__} cannot stand here",
                span=node.span,
                excerpt=compiler.source.excerpt(node.span),
            )


def _assign(store: Store, code: Code) -> Change:
    return lambda scope: store(scope, code(scope))


def _evaluate(code: Code) -> Change:
    def run(scope: Scope) -> None:
        code(scope)

    return run


def _if(node: If, compiler: Compiler) -> Run:
    branches = [
        (compiler.expression(branch.condition), _block(branch.body, compiler))
        for branch in node.branches
    ]
    otherwise = _block(node.otherwise, compiler) if node.otherwise else None

    def run(scope: Scope) -> object:
        for condition, body in branches:
            if truth(condition(scope)):
                return body(scope)
        return otherwise(scope) if otherwise else None

    return run


def _for(node: For, compiler: Compiler) -> Run:
    iterable, store = compiler.expression(node.iterable), compiler.target(node.target)
    body, source = _block(node.body, compiler), compiler.source

    def run(scope: Scope) -> object:
        value = iterable(scope)
        try:
            elements = elements_of(value)
        except FAULTS as fault:
            raise located(fault, source, node.iterable.span) from None
        if not isinstance(value, Mutable):
            return loop(scope, elements)
        with value.iterated():
            return loop(scope, elements)

    def loop(scope: Scope, elements: list[Datum]) -> object:
        for element in elements:
            store(scope, element)
            ended = body(scope)
            if ended is _BREAK:
                break
            if ended is not None and ended is not _CONTINUE:
                return ended
        return None

    return run


# --------------------------------------------------------------------------- augmented assignment


def _augment(node: AugmentedAssign, compiler: Compiler) -> Change:
    operand, target, source = compiler.expression(node.value), node.target, compiler.source
    compute = binary(node.operator)

    def combined(old: Datum, new: Datum) -> Datum:
        try:
            if _changed_in_place(node.operator, old, new):
                return old
            return compute(old, new)
        except FAULTS as fault:
            raise located(fault, source, node.span) from None

    if isinstance(target, Name):
        read, store = compiler.expression(target), compiler.target(target)
        return lambda scope: store(scope, combined(read(scope), operand(scope)))
    owner = compiler.expression(target.value)
    key, get, put = _part(target, compiler)

    def run(scope: Scope) -> None:
        found, where = owner(scope), key(scope)
        try:
            old = get(found, where)
        except FAULTS as fault:
            raise located(fault, source, target.span) from None
        new = combined(old, operand(scope))
        try:
            put(found, where, new)
        except FAULTS as fault:
            raise located(fault, source, target.span) from None

    return run


def _part(
    target: Attribute | Index, compiler: Compiler
) -> tuple[Code, Callable[[Datum, Datum], Datum], Callable[[Datum, Datum, Datum], None]]:
    """Return the code of a part's name or index, and what reads and writes the part."""
    match target:
        case Attribute(name=name):
            return lambda _scope: name, attribute, store_attribute
        case Index(index=index):
            return compiler.expression(index), item, store_item


def _changed_in_place(operator: BinaryOperator, old: Datum, new: Datum) -> bool:
    """Whether a list or dict took in the operand itself, as `+=` and `|=` have it."""
    if operator is BinaryOperator.ADD and isinstance(old, List):
        elements = elements_of(new)
        old.change()
        old.elements.extend(elements)
        return True
    if operator is BinaryOperator.OR and isinstance(old, Dict) and isinstance(new, Dict):
        for key, value in list(new.entries.values()):
            old.store(key, value)
        return True
    return False
