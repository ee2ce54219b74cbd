"""Tuples, records and functions: how they are written down, taken apart and changed."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from conform.domain.recorded import RecordedKeys
from conform.domain.values import (
    Domain,
    FunctionValue,
    SetValue,
    Value,
    record_domain,
    sequence_domain,
)
from conform.errors import EvaluationError, InputError
from conform.languages.tlaplus import syntax
from conform.languages.tlaplus.evaluation.bounds import Arguments, Binder
from conform.languages.tlaplus.evaluation.dispatch import Code, Context, Dispatcher
from conform.languages.tlaplus.evaluation.failing import UnlistedError, fail, shown
from conform.languages.tlaplus.evaluation.footprints import CONSTANT, NO_SLOTS
from conform.languages.tlaplus.evaluation.functions import (
    RecursiveFunctionValue,
    applied,
    domain_over,
    function_over,
    kept,
    packed,
    updated,
)
from conform.languages.tlaplus.evaluation.results import (
    applied_to,
    elements_of,
    settle,
)
from conform.languages.tlaplus.evaluation.scope import Local, RecursiveFunction
from conform.languages.tlaplus.evaluation.set_literals import once
from conform.languages.tlaplus.evaluation.sets import MAX_ENUMERATED, AnySet, size_of
from conform.text import Span


def tuple_literal(compiler: Dispatcher, node: syntax.TupleLiteral, context: Context) -> Code:
    """Return the code of `<<a, b>>`."""
    codes = compiler.compile_all(node.elements, context)
    domain = sequence_domain(len(codes))
    return _literal(domain, codes, node.span)


def record_literal(compiler: Dispatcher, node: syntax.RecordLiteral, context: Context) -> Code:
    """Return the code of `[a |-> 1]`."""
    fields = sorted(node.fields, key=lambda field: field.name)
    domain = record_domain(tuple(field.name for field in fields))
    codes = [compiler.compile(field.value, context) for field in fields]
    return _literal(domain, codes, node.span)


def _literal(domain: Domain, codes: list[Code], span: Span) -> Code:
    def literal(s: Any, t: Any, e: tuple[Any, ...]) -> FunctionValue | RecursiveFunctionValue:
        found = [code(s, t, e) for code in codes]
        try:
            return FunctionValue(domain, tuple([settle(each, span) for each in found]))
        except UnlistedError:
            return function_over(domain, found, span)

    return literal


def function(compiler: Dispatcher, node: syntax.FunctionLiteral, context: Context) -> Code:
    """Return the code of `[x \\in S |-> e]`."""
    arguments = Arguments(compiler, node.bounds, context)
    values_at = arguments.values_at
    body = compiler.compile(node.body, Binder(compiler, node.bounds, context).inner)
    span = node.body.span
    domain_at = argument_domain(arguments, node.bounds[0].domain.span)
    restricted = _restriction(compiler, node, context, arguments.domain)

    def literal(s: Any, t: Any, e: tuple[Any, ...]) -> FunctionValue | RecursiveFunctionValue:
        found = None if restricted is None else restricted(s, t, e)
        if found is not None:
            return found
        domain = domain_at(s, t, e)
        if not isinstance(domain, Domain):
            return by_rule(domain, s, t, e)
        values: list[Value] = []
        append = values.append
        try:
            for key in domain.elements:
                append(settle(body(s, t, e + values_at(key)), span))
        except UnlistedError:
            return by_rule(SetValue(domain.elements), s, t, e)
        except EvaluationError as error:
            rule = by_rule(SetValue(domain.elements), s, t, e)
            return rule.knowing(domain.elements, values, error)
        return FunctionValue(domain, tuple(values))

    def by_rule(domain: AnySet, s: Any, t: Any, e: tuple[Any, ...]) -> RecursiveFunctionValue:
        """Return the function by its rule: as in TLC, what nobody asks for may have no value."""

        def value_at(_itself: Any, key: Value) -> Any:
            return kept(body(s, t, e + values_at(key)), span)

        return RecursiveFunctionValue("", domain, value_at, node.span)

    return literal


def _restriction(
    compiler: Dispatcher, node: syntax.FunctionLiteral, context: Context, domain: Code
) -> Callable[[Any, Any, tuple[Any, ...]], FunctionValue | None] | None:
    """Return what gives `[x \\in S |-> f[x]]` where f and S know what is read of them.

    None for functions of another form.
    """
    match node:
        case syntax.FunctionLiteral(
            bounds=(syntax.Bound(names=(name,), is_tuple=False),),
            body=syntax.Application(
                function=syntax.Name() as applied_one,
                arguments=(syntax.Name(name=argument),),
            ),
        ) if argument == name.name != applied_one.name:
            function = compiler.compile(applied_one, context)
        case _:
            return None

    def restricted(s: Any, t: Any, e: tuple[Any, ...]) -> FunctionValue | None:
        elements = domain(s, t, e)
        if type(elements) is not SetValue or elements.recorded is None:
            return None
        value = function(s, t, e)
        if type(value) is FunctionValue and isinstance(value.values, RecordedKeys):
            return value.values.restricted(elements.recorded)
        return None

    return restricted


def argument_domain(arguments: Arguments, span: Span) -> Code:
    """Return what gives the Domain, or the set itself if it cannot be enumerated.

    One object for a constant set, so that functions share it.
    """
    code = arguments.domain

    def domain(s: Any, t: Any, e: tuple[Any, ...]) -> Domain | AnySet:
        elements: AnySet = code(s, t, e)
        size = size_of(elements)
        if size is None or size > MAX_ENUMERATED:
            return elements
        return domain_over(elements_of(elements, span, "the domain of a function"))

    return once(domain) if arguments.is_closed else domain


def recursive_function(compiler: Dispatcher, node: RecursiveFunction, context: Context) -> Code:
    """Return the code of a function whose definition mentions it: computed when wanted."""
    arguments = Arguments(compiler, node.bounds, context)
    values_at, domain = arguments.values_at, arguments.domain
    own = Local(context.depth, CONSTANT, NO_SLOTS, NO_SLOTS)
    within = context.inside({node.name.name: own}, 1)
    body = compiler.compile(node.body, Binder(compiler, node.bounds, within).inner)
    name, span = node.name.name, node.span

    def function(s: Any, t: Any, e: tuple[Any, ...]) -> RecursiveFunctionValue:
        def value_at(itself: Any, key: Value) -> Any:
            return kept(body(s, t, (*e, itself, *values_at(key))), span)

        return RecursiveFunctionValue(name, domain(s, t, e), value_at, span)

    return function


def application(compiler: Dispatcher, node: syntax.Application, context: Context) -> Code:
    """Return the code of `f[x]`."""
    function = compiler.compile(node.function, context)
    span = node.span
    codes = compiler.compile_all(node.arguments, context)
    if len(codes) == 1:
        only = codes[0]
        return lambda s, t, e: applied_to(function(s, t, e), only(s, t, e), span)
    return lambda s, t, e: applied(
        function(s, t, e), packed([settle(code(s, t, e), span) for code in codes]), span
    )


def field(compiler: Dispatcher, node: syntax.Field, context: Context) -> Code:
    """Return the code of `r.name`."""
    record = compiler.compile(node.record, context)
    name = node.name
    span = node.span

    def value(s: Any, t: Any, e: tuple[Any, ...]) -> Any:
        found = record(s, t, e)
        if type(found) is FunctionValue:
            place = found.domain.index.get(name)
            if place is not None:
                return found.values[place]
            fail(span, f"the record has no field `{name}`: {shown(found)}")
        return applied(found, name, span)

    return value


def updated_function(compiler: Dispatcher, node: syntax.Except, context: Context) -> Code:
    """Return the code of EXCEPT."""
    function = compiler.compile(node.function, context)
    changes = [_update(compiler, update, context) for update in node.updates]

    def changed(s: Any, t: Any, e: tuple[Any, ...]) -> Any:
        value = function(s, t, e)
        for change in changes:
            value = change(value, s, t, e)
        return value

    return changed


def _update(
    compiler: Dispatcher, update: syntax.Update, context: Context
) -> Callable[[Any, Any, Any, tuple[Any, ...]], Any]:
    path = [_selector(compiler, selector, context) for selector in update.path]
    old = Local(context.depth, CONSTANT, frozenset(), frozenset())
    value = compiler.compile(update.value, context.inside({"@": old}, 1))
    span = update.span

    def apply(function: Any, s: Any, t: Any, e: tuple[Any, ...]) -> Any:
        keys = tuple([settle(code(s, t, e), span) for code in path])
        return updated(function, keys, lambda at: kept(value(s, t, (*e, at)), span), span)

    return apply


def _selector(
    compiler: Dispatcher, selector: syntax.IndexSelector | syntax.FieldSelector, context: Context
) -> Code:
    if isinstance(selector, syntax.FieldSelector):
        name = selector.name
        return lambda _s, _t, _e: name
    codes = compiler.compile_all(selector.indices, context)
    if len(codes) == 1:
        return codes[0]
    span = selector.span
    return lambda s, t, e: packed([settle(code(s, t, e), span) for code in codes])


def old_value(compiler: Dispatcher, node: syntax.At, context: Context) -> Code:
    """Return the code of `@`."""
    binding = context.scope.find("@")
    if not isinstance(binding, Local):
        raise InputError("`@` has a meaning only inside an EXCEPT", span=node.span)
    index = binding.index
    return lambda _s, _t, e: e[index]
