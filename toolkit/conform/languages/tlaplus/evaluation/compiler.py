"""From formulas to closures: the dispatch, and names, calls and LET.

A formula compiles to `code(state, after, environment)`: `state` gives the variables, `after` the
primed ones (slots not yet bound hold UNBOUND), `environment` is a tuple of the bound names' values.
The environment only ever grows at its end, so the code of an outer definition sees its own part of
it as a prefix.

A plain operator is called by value, lazily where its argument could fail. An operator whose body
swaps states (a prime or ENABLED in it) is called by name: `F(a) == a'` must prime the argument.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from enum import Enum
from typing import Any, TypeAlias

from conform.errors import InputError, UnsupportedError
from conform.languages.tlaplus import syntax
from conform.languages.tlaplus.evaluation.analysis import (
    CONSTANT,
    STATE,
    Analysis,
    Footprint,
    defined_by,
    definition_scope,
)
from conform.languages.tlaplus.evaluation.failing import fail
from conform.languages.tlaplus.evaluation.scope import (
    Alias,
    Baked,
    Binding,
    Builtin,
    Definition,
    Local,
    LocalOperator,
    Missing,
    Scope,
    VariableSlot,
)
from conform.text import Span, nearest

Code: TypeAlias = Callable[[Any, Any, tuple[Any, ...]], Any]
"""Compiled formula: (state, after, environment) -> value; Any because states may be recorders."""

UNBOUND = None
"""What a slot of `after` holds before the action has said what it becomes."""


class Mode(Enum):
    """Where an unprimed variable is read: in the state, or (under a prime, in Init) after it."""

    UNPRIMED = "unprimed"
    PRIMED = "primed"


@dataclass(frozen=True, slots=True)
class Context:
    """Where a formula stands: the scope of its names, the environment's depth, and the mode."""

    scope: Scope
    depth: int = 0
    mode: Mode = Mode.UNPRIMED

    def inside(self, names: dict[str, Binding], grown_by: int = 0) -> Context:
        """Return the context with more names and a longer environment."""
        return Context(self.scope.with_names(names), self.depth + grown_by, self.mode)

    def at(self, scope: Scope) -> Context:
        """Return the context at the same place with other names: the body of an inlined call."""
        return Context(scope, self.depth, self.mode)

    def primed(self) -> Context:
        """Return the context under a prime."""
        return Context(self.scope, self.depth, Mode.PRIMED)


class Lazy:
    """A value computed when it is first wanted."""

    __slots__ = ("after", "code", "environment", "state", "value")

    def __init__(self, code: Code, state: Any, after: Any, environment: tuple[Any, ...]) -> None:
        self.code: Code | None = code
        self.state = state
        self.after = after
        self.environment = environment
        self.value: Any = None

    def force(self) -> Any:
        """Return the value, computing it at the first call."""
        if self.code is not None:
            self.value = self.code(self.state, self.after, self.environment)
            self.code = None
        return self.value


class Compiler:
    """Compiles the formulas of one specification."""

    def __init__(self, slots: tuple[str, ...], analysis: Analysis) -> None:
        """Take the names of the variables, in the order of the slots."""
        self.slots = slots
        self.analysis = analysis

    def compile(self, node: syntax.Expression, context: Context) -> Code:
        """Return the code of `node`; raise InputError or UnsupportedError, located."""
        compile_node = CONSTRUCTS.get(type(node))
        if compile_node is None:
            raise UnsupportedError(
                f"{type(node).__name__} has no value here", span=node.span, hint="see docs"
            )
        return compile_node(self, node, context)

    def compile_all(self, nodes: tuple[syntax.Expression, ...], context: Context) -> list[Code]:
        """Return the code of each of `nodes`."""
        return [self.compile(node, context) for node in nodes]

    def footprint(self, node: syntax.Node, context: Context) -> Footprint:
        """Return what `node` can depend on."""
        return self.analysis.of(node, context.scope)

    def resolve(self, name: str, span: Span, context: Context) -> Binding:
        """Return what `name` is bound to, or raise InputError with the nearest known name."""
        binding = context.scope.find(name)
        if binding is None:
            close = nearest(name, context.scope.visible())
            raise InputError(
                f"unknown operator or identifier `{name}`",
                span=span,
                hint=f"did you mean `{close}`?" if close else "define it, or EXTEND its module",
            )
        return binding


Construct: TypeAlias = Callable[[Compiler, Any, Context], Code]

CONSTRUCTS: dict[type[syntax.Node], Construct] = {}
"""How each class of node compiles; the modules of this folder fill it when they are imported."""


def construct(*classes: type[syntax.Node]) -> Callable[[Construct], Construct]:
    """Register the decorated function as the one that compiles nodes of `classes`."""

    def register(function: Construct) -> Construct:
        for node_class in classes:
            CONSTRUCTS[node_class] = function
        return function

    return register


# ------------------------------------------------------------------------------------- literals


@construct(syntax.Number, syntax.String)
def _literal(_compiler: Compiler, node: Any, _context: Context) -> Code:
    value = node.value
    return lambda _s, _t, _e: value


@construct(syntax.Parentheses, syntax.Labelled)
def _parentheses(compiler: Compiler, node: Any, context: Context) -> Code:
    return compiler.compile(node.expression, context)


# ---------------------------------------------------------------------------------------- names


@construct(syntax.Name)
def _name(compiler: Compiler, node: syntax.Name, context: Context) -> Code:
    binding = compiler.resolve(node.name, node.span, context)
    return use(compiler, binding, node.name, node.span, context)


def use(compiler: Compiler, binding: Binding, name: str, span: Span, context: Context) -> Code:
    """Return the code of a name used without arguments."""
    match binding:
        case VariableSlot(index):
            return _variable(index, name, span, context.mode)
        case Baked(value):
            return lambda _s, _t, _e: value
        case Local(index=index, is_lazy=True):
            return lambda _s, _t, e: e[index].force()
        case Local(index=index):
            return lambda _s, _t, e: e[index]
        case Alias(expression, scope):
            return compiler.compile(expression, context.at(scope))
        case Definition():
            return call(compiler, binding, (), span, context)
        case Builtin(arity=0, apply=apply):
            return lambda _s, _t, _e: apply(span)
        case Missing():
            raise InputError(
                f"constant `{name}` has no value",
                span=span,
                hint="give it one in the configuration, under CONSTANTS",
            )
        case Builtin(arity=arity) | LocalOperator(arity=arity):
            raise _arity_error(name, arity, 0, span)


def _variable(index: int, name: str, span: Span, mode: Mode) -> Code:
    if mode is Mode.UNPRIMED:
        return lambda s, _t, _e: s[index]

    def read_after(_s: Any, t: Any, _e: tuple[Any, ...]) -> Any:
        value = t[index]
        if value is UNBOUND:
            fail(span, f"variable `{name}` is used before it has a value in this step")
        return value

    return read_after


@construct(syntax.Postfix)
def _postfix(compiler: Compiler, node: syntax.Postfix, context: Context) -> Code:
    if node.operator != "'":
        return _apply_named(compiler, node.operator, (node.operand,), node.span, context)
    if context.mode is Mode.PRIMED:
        raise InputError(
            "a prime where there is no next state",
            span=node.span,
            hint="a formula of Init, or one that is primed already, cannot prime its variables",
        )
    return compiler.compile(node.operand, context.primed())


# ---------------------------------------------------------------------------------------- calls


@construct(syntax.Call)
def _call(compiler: Compiler, node: syntax.Call, context: Context) -> Code:
    return _apply_named(compiler, node.operator, node.arguments, node.span, context)


def apply_operator(
    compiler: Compiler,
    operator: str,
    operands: tuple[syntax.Expression, ...],
    span: Span,
    context: Context,
) -> Code:
    """Return the code of an operator symbol applied to its operands."""
    return _apply_named(compiler, operator, operands, span, context)


def _apply_named(
    compiler: Compiler,
    name: str,
    arguments: tuple[syntax.Expression, ...],
    span: Span,
    context: Context,
) -> Code:
    binding = compiler.resolve(name, span, context)
    match binding:
        case Definition():
            return call(compiler, binding, arguments, span, context)
        case Builtin():
            return _call_builtin(compiler, binding, arguments, span, context)
        case LocalOperator(index=index, arity=arity):
            _check_arity(name, arity, len(arguments), span)
            codes = tuple(compiler.compile_all(arguments, context))
            return lambda s, t, e: e[index](*[code(s, t, e) for code in codes])
        case Alias(expression, scope):
            return _call_alias(compiler, expression, scope, arguments, context)
        case _:
            raise InputError(f"`{name}` is no operator and takes no arguments", span=span)


def _call_builtin(
    compiler: Compiler,
    builtin: Builtin,
    arguments: tuple[syntax.Expression, ...],
    span: Span,
    context: Context,
) -> Code:
    _check_arity(builtin.name, builtin.arity, len(arguments), span)
    apply = builtin.apply
    codes = [argument_code(compiler, argument, context) for argument in arguments]
    match codes:
        case [one]:
            return lambda s, t, e: apply(span, one(s, t, e))
        case [one, two]:
            return lambda s, t, e: apply(span, one(s, t, e), two(s, t, e))
        case _:
            return lambda s, t, e: apply(span, *[code(s, t, e) for code in codes])


def _call_alias(
    compiler: Compiler,
    expression: syntax.Expression,
    scope: Scope,
    arguments: tuple[syntax.Expression, ...],
    context: Context,
) -> Code:
    match expression:
        case syntax.Name(name=name) | syntax.OperatorSymbol(operator=name):
            return _apply_to_values(compiler, name, expression.span, scope, arguments, context)
        case syntax.Lambda():
            definition = lambda_definition(expression, scope, context.depth)
            return call(compiler, definition, arguments, expression.span, context)
        case _:
            raise InputError("an operator was expected here", span=expression.span)


def _apply_to_values(
    compiler: Compiler,
    name: str,
    span: Span,
    scope: Scope,
    arguments: tuple[syntax.Expression, ...],
    context: Context,
) -> Code:
    """Apply an operator that was passed by name: its name and the arguments differ in scope."""
    names: dict[str, Binding] = {}
    passed = []
    for number, argument in enumerate(arguments):
        hidden = f" argument {number}"
        names[hidden] = Alias(argument, context.scope)
        passed.append(syntax.Name(argument.span, hidden))
    inner = context.at(scope.with_names(names))
    return _apply_named(compiler, name, tuple(passed), span, inner)


def call(
    compiler: Compiler,
    definition: Definition,
    arguments: tuple[syntax.Expression, ...],
    span: Span,
    context: Context,
) -> Code:
    """Return the code of a call of a defined operator."""
    _check_arity(definition.name, len(definition.parameters), len(arguments), span)
    footprint = compiler.analysis.of_definition(definition)
    if footprint.swaps_states and not definition.is_recursive:
        return compiler.compile(definition.body, inlined(definition, arguments, context))
    if not arguments and footprint.level == CONSTANT and footprint.is_pure and not definition.depth:
        return _constant(compiler, definition)
    return _call_by_value(compiler, definition, arguments, context)


def inlined(
    definition: Definition, arguments: tuple[syntax.Expression, ...], context: Context
) -> Context:
    """Return the context of a definition's body that is called by name at `context`."""
    names: dict[str, Binding] = {
        parameter.name: Alias(argument, context.scope)
        for parameter, argument in zip(definition.parameters, arguments, strict=True)
    }
    return context.at(definition.scope.with_names(names))


def _call_by_value(
    compiler: Compiler,
    definition: Definition,
    arguments: tuple[syntax.Expression, ...],
    context: Context,
) -> Code:
    lazy = tuple(
        not parameter.arity and not _is_safe(argument, context.scope)
        for parameter, argument in zip(definition.parameters, arguments, strict=True)
    )
    codes = [
        _delayed(code) if is_lazy else code
        for code, is_lazy in zip(
            [argument_code(compiler, argument, context) for argument in arguments],
            lazy,
            strict=True,
        )
    ]
    body = _body(compiler, definition, lazy, context.mode)
    depth = definition.depth
    match codes:
        case []:
            return lambda s, t, e: body(s, t, e[:depth])
        case [only] if not depth:
            return lambda s, t, e: body(s, t, (only(s, t, e),))
        case _:
            return lambda s, t, e: body(s, t, (*e[:depth], *[code(s, t, e) for code in codes]))


def _body(compiler: Compiler, definition: Definition, lazy: tuple[bool, ...], mode: Mode) -> Code:
    """Return the code of a definition's body, compiled once for each kind of call."""
    key = (lazy, mode)
    known: Code | None = definition.compiled.get(key)
    if known is not None:
        return known
    cell: list[Code] = []
    definition.compiled[key] = lambda s, t, e: cell[0](s, t, e)  # what recursive calls find
    scope = _parameter_scope(definition, lazy)
    depth = definition.depth + len(definition.parameters)
    code = compiler.compile(definition.body, Context(scope, depth, mode))
    cell.append(code)
    definition.compiled[key] = code
    return code


def _parameter_scope(definition: Definition, lazy: tuple[bool, ...]) -> Scope:
    scope = definition_scope(definition)
    for parameter, is_lazy in zip(definition.parameters, lazy, strict=True):
        binding = scope.names[parameter.name]
        if is_lazy and isinstance(binding, Local):
            scope.names[parameter.name] = Local(
                binding.index, binding.level, binding.reads, binding.primed, True
            )
    return scope


def _is_safe(argument: syntax.Expression, scope: Scope) -> bool:
    """Whether evaluating the argument early is cheap and cannot fail."""
    match argument:
        case syntax.Number() | syntax.String():
            return True
        case syntax.Name(name=name):
            return isinstance(scope.find(name), Local | Baked | VariableSlot)
        case syntax.Postfix(operator="'", operand=syntax.Name()):
            return False
        case _:
            return False


def _delayed(code: Code) -> Code:
    return lambda s, t, e: Lazy(code, s, t, e)


def _constant(compiler: Compiler, definition: Definition) -> Code:
    """Return code for a constant: computed when first wanted, remembered unless it fails."""
    remembered: Code | None = definition.compiled.get("constant")
    if remembered is not None:
        return remembered
    known: list[Any] = []

    def constant(_s: Any, _t: Any, _e: tuple[Any, ...]) -> Any:
        if not known:
            body = _body(compiler, definition, (), Mode.UNPRIMED)
            known.append(body((), None, ()))
        return known[0]

    definition.compiled["constant"] = constant
    return constant


def argument_code(compiler: Compiler, argument: syntax.Expression, context: Context) -> Code:
    """Return the code of an argument; an operator passed as one becomes a Python callable."""
    match argument:
        case syntax.Lambda():
            definition = lambda_definition(argument, context.scope, context.depth)
            return _operator_value(compiler, definition, context)
        case syntax.Name(name=name) | syntax.OperatorSymbol(operator=name):
            binding = compiler.resolve(name, argument.span, context)
            if isinstance(binding, Alias) and isinstance(
                binding.expression, syntax.Name | syntax.OperatorSymbol | syntax.Lambda
            ):
                return argument_code(compiler, binding.expression, context.at(binding.scope))
            if isinstance(binding, Definition) and binding.parameters:
                return _operator_value(compiler, binding, context)
            if isinstance(binding, LocalOperator):
                index = binding.index
                return lambda _s, _t, e: e[index]
            if isinstance(binding, Builtin) and binding.arity:
                return _builtin_value(binding, argument.span)
            return use(compiler, binding, name, argument.span, context)
        case _:
            return compiler.compile(argument, context)


def _operator_value(compiler: Compiler, definition: Definition, context: Context) -> Code:
    body = _body(compiler, definition, (False,) * len(definition.parameters), context.mode)
    depth = definition.depth
    return lambda s, t, e: lambda *values: body(s, t, (*e[:depth], *values))


def _builtin_value(builtin: Builtin, span: Span) -> Code:
    apply = builtin.apply
    return lambda _s, _t, _e: lambda *values: apply(span, *values)


def lambda_definition(node: syntax.Lambda, scope: Scope, depth: int) -> Definition:
    """Return a LAMBDA as a definition that sees `depth` of the environment."""
    parameters = tuple(syntax.Declaration(name.span, name.name, 0) for name in node.parameters)
    return Definition("LAMBDA", parameters, node.body, scope, depth, node.span)


def _check_arity(name: str, arity: int, given: int, span: Span) -> None:
    if arity != given:
        raise _arity_error(name, arity, given, span)


def _arity_error(name: str, arity: int, given: int, span: Span) -> InputError:
    plural = "" if arity == 1 else "s"
    return InputError(
        f"operator `{name}` takes {arity} argument{plural}, but {given} given", span=span
    )


# ------------------------------------------------------------------------------------------ LET


@construct(syntax.Let)
def _let(compiler: Compiler, node: syntax.Let, context: Context) -> Code:
    inner, delayed = open_let(compiler, node, context)
    body = compiler.compile(node.body, inner)
    if not delayed:
        return body
    return lambda s, t, e: body(s, t, bind_delayed(delayed, s, t, e))


def open_let(compiler: Compiler, node: syntax.Let, context: Context) -> tuple[Context, list[Code]]:
    """Return the context of a LET's body, and the codes of the values that it computes lazily.

    A definition without parameters is computed at most once for each entry into the LET. It is used
    by name instead if it mentions primed variables, which may get their values later, or variables
    at all where the body reads them in another state.
    """
    scope = Scope(context.scope)
    delayed: list[Code] = []
    recursive = _declared_recursive(node.definitions)
    highest = CONSTANT if compiler.footprint(node, context).swaps_states else STATE
    for unit in node.definitions:
        depth = context.depth + len(delayed)
        definition = defined_by(unit, scope, depth)
        if definition is None:
            _refuse_instance(unit)
            continue
        definition.is_recursive = definition.is_recursive or definition.name in recursive
        footprint = compiler.analysis.of_definition(definition)
        by_name = footprint.level > highest or context.mode is Mode.PRIMED
        if definition.parameters or definition.is_recursive or by_name:
            scope.names[definition.name] = definition
            continue
        inner = Context(_snapshot(scope), depth, context.mode)
        delayed.append(compiler.compile(definition.body, inner))
        scope.names[definition.name] = Local(
            depth, footprint.level, footprint.reads, footprint.primed, True
        )
    return Context(scope, context.depth + len(delayed), context.mode), delayed


def bind_delayed(
    delayed: list[Code], state: Any, after: Any, environment: tuple[Any, ...]
) -> tuple[Any, ...]:
    """Return the environment with one Lazy for each delayed definition."""
    for code in delayed:
        environment = (*environment, Lazy(code, state, after, environment))
    return environment


def _snapshot(scope: Scope) -> Scope:
    copy = Scope(scope.parent)
    copy.names = dict(scope.names)
    return copy


def _declared_recursive(definitions: tuple[syntax.Unit, ...]) -> set[str]:
    return {
        declaration.name
        for unit in definitions
        if isinstance(unit, syntax.Recursive)
        for declaration in unit.declarations
    }


def _refuse_instance(unit: syntax.Unit) -> None:
    if not isinstance(unit, syntax.Recursive):
        raise UnsupportedError(
            f"{type(unit).__name__} inside LET is not evaluated yet", span=unit.span
        )
