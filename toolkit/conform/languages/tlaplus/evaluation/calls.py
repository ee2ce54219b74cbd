"""Names and calls.

A plain operator is called by value, lazily where its argument could fail. An operator whose body
swaps states (a prime or ENABLED in it) is called by name: `F(a) == a'` must prime the argument.
"""

from __future__ import annotations

from typing import Any

from conform.errors import InputError
from conform.languages.tlaplus import syntax
from conform.languages.tlaplus.evaluation.bodies import (
    body_of,
    constant,
    is_once_a_run,
    once_a_run,
    once_a_state,
)
from conform.languages.tlaplus.evaluation.closed_calls import computed_once
from conform.languages.tlaplus.evaluation.definitions import (
    lambda_definition,
    passed_on,
    with_arguments,
)
from conform.languages.tlaplus.evaluation.dispatch import (
    UNBOUND,
    Code,
    Context,
    Dispatcher,
    Lazy,
    Mode,
    known,
)
from conform.languages.tlaplus.evaluation.failing import fail
from conform.languages.tlaplus.evaluation.footprints import CONSTANT, STATE
from conform.languages.tlaplus.evaluation.inlining import inlined_target, operator_target
from conform.languages.tlaplus.evaluation.operator_paths import passed_operator
from conform.languages.tlaplus.evaluation.passed_operators import PassedOperator, called
from conform.languages.tlaplus.evaluation.scope import (
    Alias,
    Baked,
    Binding,
    Builtin,
    Definition,
    Instance,
    Local,
    LocalOperator,
    Missing,
    Scope,
    VariableSlot,
)
from conform.text import Span

_Operator = syntax.Name | syntax.OperatorSymbol | syntax.Path | syntax.Lambda
"""What can be passed where an operator is wanted."""


def name(compiler: Dispatcher, node: syntax.Name, context: Context) -> Code:
    """Return the code of a name that stands alone."""
    binding = compiler.resolve(node.name, node.span, context)
    return use(compiler, binding, node.name, node.span, context)


def use(compiler: Dispatcher, binding: Binding, name: str, span: Span, context: Context) -> Code:
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
            raise _no_constant(name, span)
        case Builtin(arity=arity) | LocalOperator(arity=arity):
            raise _arity_error(name, arity, 0, span)
        case Instance():
            raise InputError(
                f"`{name}` is an instance and has no value", span=span, hint=f"write `{name}!...`"
            )


def _no_constant(name: str, span: Span) -> InputError:
    return InputError(
        f"constant `{name}` has no value",
        span=span,
        hint="give it one in the configuration, under CONSTANTS",
    )


def _variable(index: int, name: str, span: Span, mode: Mode) -> Code:
    if mode is Mode.UNPRIMED:
        return lambda s, _t, _e: s[index]

    def read_after(_s: Any, t: Any, _e: tuple[Any, ...]) -> Any:
        value = t[index]
        if value is UNBOUND:
            fail(span, f"variable `{name}` is used before it has a value in this step")
        return value

    return read_after


def postfix(compiler: Dispatcher, node: syntax.Postfix, context: Context) -> Code:
    """Return the code of a primed expression, or of a postfix operator that is defined."""
    if node.operator != "'":
        return apply_operator(compiler, node.operator, (node.operand,), node.span, context)
    if context.mode is Mode.PRIMED:
        raise InputError(
            "a prime where there is no next state",
            span=node.span,
            hint="a formula of Init, or one that is primed already, cannot prime its variables",
        )
    return compiler.compile(node.operand, context.primed())


# ---------------------------------------------------------------------------------------- calls


def prefix_call(compiler: Dispatcher, node: syntax.Call, context: Context) -> Code:
    """Return the code of `Op(a, b)`."""
    code = apply_operator(compiler, node.operator, node.arguments, node.span, context)
    return computed_once(compiler, node, context, code)


def apply_operator(
    compiler: Dispatcher,
    name: str,
    arguments: tuple[syntax.Expression, ...],
    span: Span,
    context: Context,
) -> Code:
    """Return the code of an operator, named or a symbol, applied to its arguments."""
    binding = compiler.resolve(name, span, context)
    return _apply(compiler, binding, name, arguments, span, context)


def path(compiler: Dispatcher, node: syntax.Path, context: Context) -> Code:
    """Return the code of `I(x)!Op(y)`, or of a part of a definition."""
    use = compiler.target(node, context)
    if use.selectors:
        part = inlined_target(use, context.scope, context.depth)
        if part is None:
            raise InputError(f"`{use.name}` has no parts to select", span=node.span)
        return compiler.compile(part.body, context.at(part.scope))
    binding = known(use.binding, use.name, node.span, context)
    code = _apply(compiler, binding, use.name, use.arguments, node.span, context)
    return computed_once(compiler, node, context, code) if use.arguments else code


def _apply(
    compiler: Dispatcher,
    binding: Binding,
    name: str,
    arguments: tuple[syntax.Expression, ...],
    span: Span,
    context: Context,
) -> Code:
    match binding:
        case Definition():
            return call(compiler, binding, arguments, span, context)
        case Builtin():
            return _call_builtin(compiler, binding, arguments, span, context)
        case LocalOperator(index=index, arity=arity):
            _check_arity(name, arity, len(arguments), span)
            given = [_operand(compiler, argument, context) for argument in arguments]
            return called(index, given)
        case Alias(expression, scope) if arguments:
            return _call_alias(compiler, expression, scope, arguments, context)
        case Missing():
            raise _no_constant(name, span)
        case _ if not arguments:
            return use(compiler, binding, name, span, context)
        case _:
            raise InputError(f"`{name}` is no operator and takes no arguments", span=span)


def _call_builtin(
    compiler: Dispatcher,
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
    compiler: Dispatcher,
    expression: syntax.Expression,
    scope: Scope,
    arguments: tuple[syntax.Expression, ...],
    context: Context,
) -> Code:
    expression = passed_operator(expression, scope, context.depth)
    match expression:
        case syntax.Name() | syntax.OperatorSymbol() | syntax.Path():
            operator = operator_target(expression, scope, context.depth)
            inner, passed = passed_on(arguments, context.scope, scope)
            at = context.at(inner)
            binding = known(operator.binding, operator.name, expression.span, at)
            return _apply(compiler, binding, operator.name, passed, expression.span, at)
        case syntax.Lambda():
            definition = lambda_definition(expression, scope, context.depth)
            return call(compiler, definition, arguments, expression.span, context)
        case _:
            raise InputError("an operator was expected here", span=expression.span)


def call(
    compiler: Dispatcher,
    definition: Definition,
    arguments: tuple[syntax.Expression, ...],
    span: Span,
    context: Context,
) -> Code:
    """Return the code of a call of a defined operator."""
    _check_arity(definition.name, len(definition.parameters), len(arguments), span)
    footprint = compiler.analysis.of_definition(definition)
    if footprint.swaps_states and not definition.is_recursive:
        names = tuple(parameter.name for parameter in definition.parameters)
        inner = with_arguments(definition.scope, names, arguments, context.scope)
        return compiler.compile(definition.body, context.at(inner))
    if not arguments and footprint.level == CONSTANT and footprint.is_pure and not definition.depth:
        return constant(compiler, definition)
    if is_once_a_run(definition, footprint):
        return once_a_run(compiler, definition)
    if not arguments and footprint.level == STATE and footprint.is_pure and not definition.depth:
        return once_a_state(body_of(compiler, definition, (), context.mode), context.mode)
    return _call_by_value(compiler, definition, arguments, context)


def operands(
    compiler: Dispatcher,
    definition: Definition,
    arguments: tuple[syntax.Expression, ...],
    context: Context,
) -> tuple[list[Code], tuple[bool, ...]]:
    """Return the codes of arguments that are passed by value, and which of them give a Lazy."""
    given = [
        (argument_code(compiler, argument, context), False)
        if parameter.arity
        else _operand(compiler, argument, context)
        for parameter, argument in zip(definition.parameters, arguments, strict=True)
    ]
    return [code for code, _is_lazy in given], tuple(is_lazy for _code, is_lazy in given)


def _call_by_value(
    compiler: Dispatcher,
    definition: Definition,
    arguments: tuple[syntax.Expression, ...],
    context: Context,
) -> Code:
    codes, lazy = operands(compiler, definition, arguments, context)
    body = body_of(compiler, definition, lazy, context.mode)
    depth = definition.depth
    match codes:
        case []:
            return lambda s, t, e: body(s, t, e[:depth])
        case [only] if not depth:
            return lambda s, t, e: body(s, t, (only(s, t, e),))
        case [first, second] if not depth:
            return lambda s, t, e: body(s, t, (first(s, t, e), second(s, t, e)))
        case _:
            return lambda s, t, e: body(s, t, (*e[:depth], *[code(s, t, e) for code in codes]))


def _operand(
    compiler: Dispatcher, argument: syntax.Expression, context: Context
) -> tuple[Code, bool]:
    """Return the code of an argument, and whether it gives a Lazy.

    What cannot fail is computed at once; what is lazy already is handed on as it is.
    """
    if isinstance(argument, syntax.Number | syntax.String):
        return compiler.compile(argument, context), False
    if isinstance(argument, syntax.Name):
        binding = context.scope.find(argument.name)
        if isinstance(binding, Local) and binding.is_lazy:
            index = binding.index
            return lambda _s, _t, e: e[index], True
        if isinstance(binding, Local | Baked):
            return compiler.compile(argument, context), False
        if isinstance(binding, VariableSlot) and context.mode is Mode.UNPRIMED:
            return compiler.compile(argument, context), False
    return delayed(argument_code(compiler, argument, context)), True


def delayed(code: Code) -> Code:
    """Return code that computes a value when it is first wanted."""
    return lambda s, t, e: Lazy(code, s, t, e)


def argument_code(compiler: Dispatcher, argument: syntax.Expression, context: Context) -> Code:
    """Return the code of an argument; an operator passed as one becomes a Python callable."""
    argument = passed_operator(argument, context.scope, context.depth)
    match argument:
        case syntax.Lambda():
            definition = lambda_definition(argument, context.scope, context.depth)
            return _operator_value(compiler, definition, context)
        case syntax.Name() | syntax.OperatorSymbol() | syntax.Path():
            operator = operator_target(argument, context.scope, context.depth)
            if operator.arguments or operator.selectors:
                return compiler.compile(argument, context)
            binding = known(operator.binding, operator.name, argument.span, context)
            if isinstance(binding, Alias) and isinstance(binding.expression, _Operator):
                return argument_code(compiler, binding.expression, context.at(binding.scope))
            if isinstance(binding, Definition) and binding.parameters:
                return _operator_value(compiler, binding, context)
            if isinstance(binding, LocalOperator):
                index = binding.index
                return lambda _s, _t, e: e[index]
            if isinstance(binding, Builtin) and binding.arity:
                return _builtin_value(binding, argument.span)
            return use(compiler, binding, operator.name, argument.span, context)
        case _:
            return compiler.compile(argument, context)


def _operator_value(compiler: Dispatcher, definition: Definition, context: Context) -> Code:
    def body(lazy: tuple[bool, ...]) -> Code:
        return body_of(compiler, definition, lazy, context.mode)

    by_value = body((False,) * len(definition.parameters))
    depth = definition.depth
    return lambda s, t, e: PassedOperator(by_value, body, s, t, e[:depth])


def _builtin_value(builtin: Builtin, span: Span) -> Code:
    apply = builtin.apply
    return lambda _s, _t, _e: lambda *values: apply(span, *values)


def _check_arity(name: str, arity: int, given: int, span: Span) -> None:
    if arity != given:
        raise _arity_error(name, arity, given, span)


def _arity_error(name: str, arity: int, given: int, span: Span) -> InputError:
    plural = "" if arity == 1 else "s"
    return InputError(
        f"operator `{name}` takes {arity} argument{plural}, but {given} given", span=span
    )
