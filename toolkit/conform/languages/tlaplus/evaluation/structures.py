"""Sets, tuples, records and functions: how they are written down, taken apart and changed."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from conform.domain.values import (
    Domain,
    FunctionValue,
    SetValue,
    Value,
    record_domain,
    sequence_domain,
)
from conform.languages.tlaplus import syntax
from conform.languages.tlaplus.evaluation.analysis import CONSTANT
from conform.languages.tlaplus.evaluation.compiler import Code, Compiler, Context, construct
from conform.languages.tlaplus.evaluation.failing import expect_failure, fail, shown
from conform.languages.tlaplus.evaluation.formulas import Binder, boolean, is_closed, local
from conform.languages.tlaplus.evaluation.functions import (
    RecursiveFunctionValue,
    applied,
    packed,
    updated,
)
from conform.languages.tlaplus.evaluation.mismatch import KindMismatchError, same_kind
from conform.languages.tlaplus.evaluation.results import elements_of, settle
from conform.languages.tlaplus.evaluation.scope import Local, RecursiveFunction
from conform.languages.tlaplus.evaluation.sets import (
    AnySet,
    FunctionSpace,
    LazySet,
    ProductSpace,
    RecordSpace,
)
from conform.text import Span


def make_set(elements: list[Value], span: Span) -> SetValue:
    """Return the set of `elements`; raise EvaluationError if they cannot be compared."""
    if len(set(map(type, elements))) > 1:
        _check_kinds(elements, span)
    return SetValue(elements)


def _check_kinds(elements: list[Value], span: Span) -> None:
    try:
        for element in elements[1:]:
            same_kind(elements[0], element)
    except KindMismatchError as error:
        right = error.right if isinstance(error.right, str) else shown(error.right)
        fail(span, f"a set cannot hold both {shown(error.left)} and {right}: other kinds")


def set_operand(compiler: Compiler, node: syntax.Expression, context: Context, where: str) -> Code:
    """Return code that gives a set, and fails on any other value of `node`."""
    code = compiler.compile(node, context)
    span = node.span

    def checked(s: Any, t: Any, e: tuple[Any, ...]) -> AnySet:
        value = code(s, t, e)
        if isinstance(value, SetValue | LazySet):
            return value
        expect_failure(span, "a set", value, where)

    return checked


def fixed(compiler: Compiler, node: syntax.Expression, context: Context, code: Code) -> Code:
    """Return `code`, computed once if `node` is constant: lazy sets then keep what they found."""
    if not is_closed(compiler, node, context):
        return code
    known: list[Any] = []

    def once(_s: Any, _t: Any, _e: tuple[Any, ...]) -> Any:
        if not known:
            known.append(code((), None, ()))
        return known[0]

    return once


# ----------------------------------------------------------------------------------------- sets


@construct(syntax.SetEnumeration)
def _set_enumeration(compiler: Compiler, node: syntax.SetEnumeration, context: Context) -> Code:
    codes = compiler.compile_all(node.elements, context)
    span = node.span

    def enumeration(s: Any, t: Any, e: tuple[Any, ...]) -> SetValue:
        return make_set([settle(code(s, t, e), span) for code in codes], span)

    return fixed(compiler, node, context, enumeration)


@construct(syntax.SetFilter)
def _set_filter(compiler: Compiler, node: syntax.SetFilter, context: Context) -> Code:
    binder = Binder(compiler, (node.bound,), context)
    predicate = boolean(compiler, node.predicate, binder.inner, "a set filter")
    domain = compiler.compile(node.bound.domain, context)
    span = node.bound.domain.span

    def filtered(s: Any, t: Any, e: tuple[Any, ...]) -> SetValue:
        elements = elements_of(domain(s, t, e), span, "a set filter")
        environments = binder.environments(s, t, e)
        pairs = zip(elements, environments, strict=True)
        return SetValue(element for element, inner in pairs if predicate(s, t, inner))

    return filtered


@construct(syntax.SetMap)
def _set_map(compiler: Compiler, node: syntax.SetMap, context: Context) -> Code:
    binder = Binder(compiler, node.bounds, context)
    element = compiler.compile(node.element, binder.inner)
    span = node.element.span

    def mapped(s: Any, t: Any, e: tuple[Any, ...]) -> SetValue:
        images = [settle(element(s, t, inner), span) for inner in binder.environments(s, t, e)]
        return make_set(images, span)

    return mapped


@construct(syntax.Product)
def _product(compiler: Compiler, node: syntax.Product, context: Context) -> Code:
    codes = [set_operand(compiler, factor, context, "`\\X`") for factor in node.factors]
    code: Code = lambda s, t, e: ProductSpace(tuple(factor(s, t, e) for factor in codes))  # noqa: E731
    return fixed(compiler, node, context, code)


@construct(syntax.FunctionSet)
def _function_set(compiler: Compiler, node: syntax.FunctionSet, context: Context) -> Code:
    domain = set_operand(compiler, node.domain, context, "the domain of `[S -> T]`")
    codomain = set_operand(compiler, node.codomain, context, "the range of `[S -> T]`")
    code: Code = lambda s, t, e: FunctionSpace(domain(s, t, e), codomain(s, t, e))  # noqa: E731
    return fixed(compiler, node, context, code)


@construct(syntax.RecordSet)
def _record_set(compiler: Compiler, node: syntax.RecordSet, context: Context) -> Code:
    codes = {
        field.name: set_operand(compiler, field.value, context, "a set of records")
        for field in node.fields
    }

    def space(s: Any, t: Any, e: tuple[Any, ...]) -> RecordSpace:
        return RecordSpace({name: code(s, t, e) for name, code in codes.items()})

    return fixed(compiler, node, context, space)


# ----------------------------------------------------------------- tuples, records and functions


@construct(syntax.TupleLiteral)
def _tuple(compiler: Compiler, node: syntax.TupleLiteral, context: Context) -> Code:
    codes = compiler.compile_all(node.elements, context)
    domain = sequence_domain(len(codes))
    span = node.span
    return lambda s, t, e: FunctionValue(
        domain, tuple([settle(code(s, t, e), span) for code in codes])
    )


@construct(syntax.RecordLiteral)
def _record(compiler: Compiler, node: syntax.RecordLiteral, context: Context) -> Code:
    fields = sorted(node.fields, key=lambda field: field.name)
    domain = record_domain(tuple(field.name for field in fields))
    codes = [compiler.compile(field.value, context) for field in fields]
    span = node.span
    return lambda s, t, e: FunctionValue(
        domain, tuple([settle(code(s, t, e), span) for code in codes])
    )


@construct(syntax.FunctionLiteral)
def _function(compiler: Compiler, node: syntax.FunctionLiteral, context: Context) -> Code:
    binder = Binder(compiler, node.bounds, context)
    body = compiler.compile(node.body, binder.inner)
    depth = context.depth
    span = node.body.span
    domain_at = _domain(compiler, node, context, binder)
    tupled = _is_tupled(node.bounds)

    def literal(s: Any, t: Any, e: tuple[Any, ...]) -> FunctionValue:
        if not tupled:
            domain = domain_at(s, t, e)
            values = [settle(body(s, t, (*e, key)), span) for key in domain.elements]
            return FunctionValue(domain, tuple(values))
        pairs = {
            packed(list(inner[depth:])): settle(body(s, t, inner), span)
            for inner in binder.environments(s, t, e)
        }
        domain = Domain(SetValue(pairs).ordered)
        return FunctionValue(domain, tuple(pairs[key] for key in domain.elements))

    return literal


def _is_tupled(bounds: tuple[syntax.Bound, ...]) -> bool:
    return len(bounds) > 1 or bounds[0].is_tuple or len(bounds[0].names) > 1


def _domain(
    compiler: Compiler, node: syntax.FunctionLiteral, context: Context, _binder: Binder
) -> Callable[[Any, Any, tuple[Any, ...]], Domain]:
    """Return what gives the Domain; one object for a constant set, so that functions share it."""
    bound = node.bounds[0]
    code = compiler.compile(bound.domain, context)
    span = bound.domain.span

    def domain(s: Any, t: Any, e: tuple[Any, ...]) -> Domain:
        elements = elements_of(code(s, t, e), span, "the domain of a function")
        if elements and elements[0] == 1 and elements == tuple(range(1, len(elements) + 1)):
            return sequence_domain(len(elements))
        return Domain(elements)

    return fixed(compiler, bound.domain, context, domain)


@construct(RecursiveFunction)
def _recursive_function(compiler: Compiler, node: RecursiveFunction, context: Context) -> Code:
    if _is_tupled(node.bounds):
        fail(node.span, "a recursive function of several arguments is not evaluated yet")
    bound = node.bounds[0]
    domain = set_operand(compiler, bound.domain, context, "the domain of a function")
    footprint = compiler.footprint(bound.domain, context)
    own = Local(context.depth, CONSTANT, frozenset(), frozenset())
    argument = local(context.depth + 1, footprint)
    names = {node.name.name: own, bound.names[0].name: argument}
    inner = context.inside(dict(names), 2)
    body = compiler.compile(node.body, inner)
    name = node.name.name
    span = node.span

    def function(s: Any, t: Any, e: tuple[Any, ...]) -> RecursiveFunctionValue:
        def value_at(itself: Any, key: Value) -> Any:
            return settle(body(s, t, (*e, itself, key)), span)

        return RecursiveFunctionValue(name, domain(s, t, e), value_at, span)

    return function


@construct(syntax.Application)
def _application(compiler: Compiler, node: syntax.Application, context: Context) -> Code:
    function = compiler.compile(node.function, context)
    span = node.span
    codes = compiler.compile_all(node.arguments, context)
    if len(codes) == 1:
        only = codes[0]
        return lambda s, t, e: applied(function(s, t, e), settle(only(s, t, e), span), span)
    return lambda s, t, e: applied(
        function(s, t, e), packed([settle(code(s, t, e), span) for code in codes]), span
    )


@construct(syntax.Field)
def _field(compiler: Compiler, node: syntax.Field, context: Context) -> Code:
    record = compiler.compile(node.record, context)
    name = node.name
    span = node.span

    def field(s: Any, t: Any, e: tuple[Any, ...]) -> Any:
        value = record(s, t, e)
        if type(value) is FunctionValue:
            place = value.domain.index.get(name)
            if place is not None:
                return value.values[place]
            fail(span, f"the record has no field `{name}`: {shown(value)}")
        return applied(value, name, span)

    return field


@construct(syntax.Except)
def _except(compiler: Compiler, node: syntax.Except, context: Context) -> Code:
    function = compiler.compile(node.function, context)
    changes = [_update(compiler, update, context) for update in node.updates]

    def changed(s: Any, t: Any, e: tuple[Any, ...]) -> Any:
        value = function(s, t, e)
        for change in changes:
            value = change(value, s, t, e)
        return value

    return changed


def _update(
    compiler: Compiler, update: syntax.Update, context: Context
) -> Callable[[Any, Any, Any, tuple[Any, ...]], Any]:
    path = [_selector(compiler, selector, context) for selector in update.path]
    old = Local(context.depth, CONSTANT, frozenset(), frozenset())
    value = compiler.compile(update.value, context.inside({"@": old}, 1))
    span = update.span

    def apply(function: Any, s: Any, t: Any, e: tuple[Any, ...]) -> Any:
        keys = tuple([settle(code(s, t, e), span) for code in path])
        return updated(function, keys, lambda at: settle(value(s, t, (*e, at)), span), span)

    return apply


def _selector(
    compiler: Compiler, selector: syntax.IndexSelector | syntax.FieldSelector, context: Context
) -> Code:
    if isinstance(selector, syntax.FieldSelector):
        name = selector.name
        return lambda _s, _t, _e: name
    codes = compiler.compile_all(selector.indices, context)
    if len(codes) == 1:
        return codes[0]
    span = selector.span
    return lambda s, t, e: packed([settle(code(s, t, e), span) for code in codes])


@construct(syntax.At)
def _at(compiler: Compiler, node: syntax.At, context: Context) -> Code:
    binding = compiler.resolve("@", node.span, context)
    if not isinstance(binding, Local):
        fail(node.span, "`@` has a meaning only inside an EXCEPT")
    index = binding.index
    return lambda _s, _t, e: e[index]
