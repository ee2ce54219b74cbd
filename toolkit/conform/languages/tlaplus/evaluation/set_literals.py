"""Sets as they are written down: enumerations, filters, maps and the sets of functions."""

from __future__ import annotations

from typing import Any

from conform.domain.values import SetValue
from conform.errors import EvaluationError
from conform.languages.tlaplus import syntax
from conform.languages.tlaplus.evaluation.bounds import Binder, is_closed, names_of, set_operand
from conform.languages.tlaplus.evaluation.combined_sets import FilteredSet
from conform.languages.tlaplus.evaluation.dispatch import Code, Context, Dispatcher
from conform.languages.tlaplus.evaluation.failing import UnlistedError, expect_failure
from conform.languages.tlaplus.evaluation.formulas import boolean
from conform.languages.tlaplus.evaluation.mixed_sets import MixedSet, written_set
from conform.languages.tlaplus.evaluation.recorded_sets import chosen
from conform.languages.tlaplus.evaluation.repeating_sets import RepeatingSet, repeats
from conform.languages.tlaplus.evaluation.results import iterated, settle
from conform.languages.tlaplus.evaluation.sets import (
    KEPT,
    AnySet,
    Interval,
    LazySet,
    TooLargeError,
    size_of,
)
from conform.languages.tlaplus.evaluation.sieves import Sieve
from conform.languages.tlaplus.evaluation.spaces import (
    FunctionSpace,
    ProductSpace,
    RecordSpace,
    Space,
)
from conform.languages.tlaplus.evaluation.unlisted_sets import UnlistedSet, set_over
from conform.languages.tlaplus.evaluation.unlisted_spaces import holds_unlisted


def fixed(compiler: Dispatcher, node: syntax.Expression, context: Context, code: Code) -> Code:
    """Return `code`, computed once if `node` is constant: lazy sets then keep what they found."""
    return once(code) if is_closed(compiler, node, context) else code


def once(code: Code) -> Code:
    """Return `code`, which depends on nothing, computed when first wanted.

    What it binds itself has its place behind all that the environment holds.
    """
    known: list[Any] = []

    def value(_s: Any, _t: Any, e: tuple[Any, ...]) -> Any:
        if not known:
            known.append(code((), None, e))
        return known[0]

    return value


def set_enumeration(compiler: Dispatcher, node: syntax.SetEnumeration, context: Context) -> Code:
    """Return the code of `{a, b}`."""
    codes = compiler.compile_all(node.elements, context)
    span = node.span

    def enumeration(s: Any, t: Any, e: tuple[Any, ...]) -> AnySet:
        found = [code(s, t, e) for code in codes]
        try:
            return written_set([settle(each, span) for each in found])
        except UnlistedError:
            return set_over(found, span)

    return fixed(compiler, node, context, enumeration)


def set_filter(compiler: Dispatcher, node: syntax.SetFilter, context: Context) -> Code:
    """Return the code of `{x \\in S : P}`.

    As in TLC (Tool.java, OPCODE_sso), only an S that is written out is gone through at once.
    """
    binder = Binder(compiler, (node.bound,), context)
    predicate = boolean(compiler, node.predicate, binder.inner, "a set filter")
    values_of = names_of(node.bound)
    span = node.bound.domain.span
    base = compiler.compile(node.bound.domain, context)
    is_known = is_closed(compiler, node, context)
    sieve = (
        None
        if node.bound.is_tuple
        else Sieve(compiler, node.predicate, binder.inner, universal=False)
    )

    def filtered(s: Any, t: Any, e: tuple[Any, ...]) -> AnySet:
        elements = base(s, t, e)
        test = lambda value: predicate(s, t, e + values_of(value))  # noqa: E731
        if isinstance(elements, UnlistedSet | Space) and holds_unlisted(elements):
            return set_over(list(filter(test, compiler.order.members(elements, span))), span)
        if isinstance(elements, LazySet) and not isinstance(elements, Interval | MixedSet):
            later = FilteredSet(elements, test)
            known = _kept(later) if is_known and not repeats(later) else None
            return later if known is None else known
        if type(elements) is SetValue and elements.recorded is not None:
            recorded = elements.recorded
            values = recorded.candidates() if sieve is None else sieve.values(recorded, e)
            return chosen(elements, values, test)
        return SetValue(filter(test, iterated(elements, span, "a bound", to_the_end=True)))

    return filtered


def _kept(later: FilteredSet) -> RepeatingSet | None:
    """Return a constant set made at once; None where it is large, or not all of it can be told."""
    size = later.size()
    if size is None or size > KEPT:
        return None
    try:
        return RepeatingSet(later.explicit())
    except (EvaluationError, RecursionError, TooLargeError):
        return None


def set_map(compiler: Dispatcher, node: syntax.SetMap, context: Context) -> Code:
    """Return the code of `{e : x \\in S}`."""
    binder = Binder(compiler, node.bounds, context)
    element = compiler.compile(node.element, binder.inner)
    span = node.element.span

    def mapped(s: Any, t: Any, e: tuple[Any, ...]) -> AnySet:
        images = [element(s, t, inner) for inner in binder.environments(s, t, e)]
        try:
            return written_set([settle(each, span) for each in images])
        except UnlistedError:
            return set_over(images, span)

    return mapped


def product(compiler: Dispatcher, node: syntax.Product, context: Context) -> Code:
    """Return the code of `A \\X B`."""
    codes = compiler.compile_all(node.factors, context)
    spans = [factor.span for factor in node.factors]

    def space(s: Any, t: Any, e: tuple[Any, ...]) -> AnySet:
        factors: list[AnySet] = []
        for code, span in zip(codes, spans, strict=True):
            factor = code(s, t, e)
            if not isinstance(factor, SetValue | LazySet):
                if 0 in map(size_of, factors):
                    return SetValue(())  # TLC looks no further
                expect_failure(span, "a set", factor, "`\\X`")
            factors.append(factor)
        return ProductSpace(tuple(factors))

    return fixed(compiler, node, context, space)


def function_set(compiler: Dispatcher, node: syntax.FunctionSet, context: Context) -> Code:
    """Return the code of `[S -> T]`."""
    domain = set_operand(compiler, node.domain, context, "the domain of `[S -> T]`")
    codomain = set_operand(compiler, node.codomain, context, "the range of `[S -> T]`")
    code: Code = lambda s, t, e: FunctionSpace(domain(s, t, e), codomain(s, t, e))  # noqa: E731
    return fixed(compiler, node, context, code)


def record_set(compiler: Dispatcher, node: syntax.RecordSet, context: Context) -> Code:
    """Return the code of `[a : S, b : T]`."""
    codes = {
        field.name: set_operand(compiler, field.value, context, "a set of records")
        for field in node.fields
    }

    def space(s: Any, t: Any, e: tuple[Any, ...]) -> RecordSpace:
        return RecordSpace({name: code(s, t, e) for name, code in codes.items()})

    return fixed(compiler, node, context, space)
