"""Functions, the module of the community: ranges, restrictions, injections and folds."""

from __future__ import annotations

import itertools
import math
from typing import Any

from conform.domain.values import Domain, FunctionValue, SetValue, Value
from conform.languages.tlaplus.evaluation.failing import fail
from conform.languages.tlaplus.evaluation.functions import applied, domain_of, domain_over
from conform.languages.tlaplus.evaluation.results import (
    elements_of,
    is_member,
    make_set,
    settle,
    values_equal,
)
from conform.languages.tlaplus.evaluation.scope import Builtin
from conform.languages.tlaplus.evaluation.session import Session
from conform.languages.tlaplus.evaluation.sets import MAX_ENUMERATED, MAX_ITERATED
from conform.languages.tlaplus.evaluation.standard.folds import Operator, folded, total
from conform.languages.tlaplus.evaluation.standard.operands import (
    function_operand,
    table,
    truth_operand,
)
from conform.text import Span


def range_of(value: Any, span: Span, operator: str) -> SetValue:
    """Return the set of the values of a function."""
    return make_set(function_operand(value, span, operator).values, span)


def is_injective(function: FunctionValue) -> bool:
    """Return whether no two arguments have the same value."""
    return len(SetValue(function.values)) == len(function)


def _restrict(span: Span, value: Any, elements: Any) -> FunctionValue:
    kept = domain_over(elements_of(elements, span, "Restrict"))
    images = [settle(applied(value, argument, span), span) for argument in kept.elements]
    return FunctionValue(kept, tuple(images))


def _restrict_domain(span: Span, value: Any, test: Operator) -> FunctionValue:
    function = function_operand(value, span, "RestrictDomain")
    return _kept(
        function,
        [truth_operand(test(each), span, "RestrictDomain") for each in function.domain.elements],
    )


def _restrict_values(span: Span, value: Any, test: Operator) -> FunctionValue:
    function = function_operand(value, span, "RestrictValues")
    return _kept(
        function,
        [truth_operand(test(each), span, "RestrictValues") for each in function.values],
    )


def _kept(function: FunctionValue, answers: list[bool]) -> FunctionValue:
    pairs = [pair for pair, answer in zip(function.items(), answers, strict=True) if answer]
    domain = domain_over(tuple(argument for argument, _value in pairs))
    return FunctionValue(domain, tuple(value for _argument, value in pairs))


def _is_restriction(span: Span, smaller: Any, larger: Any) -> bool:
    part = function_operand(smaller, span, "IsRestriction")
    whole = function_operand(larger, span, "IsRestriction")
    everything = domain_of(whole, span)
    if not all(is_member(each, everything, span) for each in part.domain.elements):
        return False
    return all(values_equal(applied(whole, x, span), value, span) for x, value in part.items())


def _inverse(session: Session, span: Span, value: Any, sources: Any, targets: Any) -> FunctionValue:
    """Return for each target the first source that is mapped to it; any where none is."""
    function = function_operand(value, span, "Inverse")
    candidates = session.order.elements_of(sources, span, "Inverse")
    range_ = SetValue(function.values)
    domain = domain_over(elements_of(targets, span, "Inverse"))
    images: list[Value] = []
    for target in domain.elements:
        if is_member(target, range_, span):
            images.append(_first_source(function, candidates, target, span))
        elif candidates:
            images.append(candidates[0])
        else:
            fail(span, "Inverse has no source to choose from")
    return FunctionValue(domain, tuple(images))


def _first_source(
    function: FunctionValue, candidates: tuple[Value, ...], target: Value, span: Span
) -> Value:
    for source in candidates:
        if values_equal(applied(function, source, span), target, span):
            return source
    fail(span, "Inverse finds no source for a value of the function")


def _anti_function(session: Session, span: Span, value: Any) -> FunctionValue:
    function = function_operand(value, span, "AntiFunction")
    sources = SetValue(function.domain.elements)
    return _inverse(session, span, function, sources, range_of(function, span, "AntiFunction"))


def _is_injective(span: Span, value: Any) -> bool:
    return is_injective(function_operand(value, span, "IsInjective"))


def _mappings(span: Span, operator: str, sources: Any, targets: Any) -> tuple[Domain, Any]:
    domain = domain_over(elements_of(sources, span, operator))
    images = elements_of(targets, span, operator)
    if len(images) ** min(len(domain.elements), 64) > MAX_ITERATED:
        fail(span, f"{operator} has more than {MAX_ITERATED:,} functions to look at")
    return domain, images


def _injections(span: Span, sources: Any, targets: Any) -> SetValue:
    domain = domain_over(elements_of(sources, span, "Injection"))
    images = elements_of(targets, span, "Injection")
    many = math.perm(len(images), len(domain.elements))
    if many > MAX_ENUMERATED:
        fail(span, f"Injection has more than {MAX_ENUMERATED:,} functions")
    chosen = itertools.permutations(images, len(domain.elements))
    return SetValue([FunctionValue(domain, values) for values in chosen])


def _surjections(span: Span, sources: Any, targets: Any) -> SetValue:
    domain, images = _mappings(span, "Surjection", sources, targets)
    chosen = itertools.product(images, repeat=len(domain.elements))
    wanted = len(images)
    return SetValue(
        [FunctionValue(domain, values) for values in chosen if len(set(values)) == wanted]
    )


def _bijections(span: Span, sources: Any, targets: Any) -> SetValue:
    if not _sizes_allow(span, "ExistsBijection", sources, targets):
        return SetValue(())
    return _injections(span, sources, targets)


def _sizes_allow(span: Span, operator: str, sources: Any, targets: Any) -> bool:
    first = len(elements_of(sources, span, operator))
    second = len(elements_of(targets, span, operator))
    match operator:
        case "ExistsInjection":
            return first <= second
        case "ExistsSurjection":
            return first >= second and (second > 0 or first == 0)
        case _:
            return first == second


def _exists(operator: str) -> Builtin:
    return Builtin(operator, 2, lambda span, s, t: _sizes_allow(span, operator, s, t))


def _fold_function(session: Session, span: Span, combine: Operator, base: Any, value: Any) -> Value:
    function = function_operand(value, span, "FoldFunction")
    places = session.order.arguments(function.domain)
    return folded(combine, base, [function.values[place] for place in places], span)


def _fold_on_set(
    session: Session, span: Span, combine: Operator, base: Any, value: Any, indices: Any
) -> Value:
    keys = session.order.elements_of(indices, span, "FoldFunctionOnSet")
    chosen = _values_at(value, keys, span)
    return folded(combine, base, chosen, span)


def _values_at(value: Any, keys: tuple[Value, ...], span: Span) -> list[Value]:
    return [settle(applied(value, key, span), span) for key in keys]


def _sum_function(span: Span, value: Any) -> int:
    return total(function_operand(value, span, "SumFunction").values, span, "SumFunction")


def _sum_on_set(span: Span, value: Any, indices: Any) -> int:
    chosen = _values_at(value, elements_of(indices, span, "SumFunctionOnSet"), span)
    return total(chosen, span, "SumFunctionOnSet")


def _pointwise(span: Span, combine: Operator, left: Any, right: Any) -> FunctionValue:
    first = function_operand(left, span, "Pointwise")
    pairs = ((value, applied(right, argument, span)) for argument, value in first.items())
    images = [settle(combine(value, other), span) for value, other in pairs]
    return FunctionValue(first.domain, tuple(images))


FUNCTIONS: dict[str, Builtin] = table(
    Builtin("Range", 1, lambda span, value: range_of(value, span, "Range")),
    Builtin("Restrict", 2, _restrict),
    Builtin("RestrictDomain", 2, _restrict_domain, operators=((1, 1),)),
    Builtin("RestrictValues", 2, _restrict_values, operators=((1, 1),)),
    Builtin("IsRestriction", 2, _is_restriction),
    Builtin("Inverse", 3, _inverse, in_session=True),
    Builtin("AntiFunction", 1, _anti_function, in_session=True),
    Builtin("IsInjective", 1, _is_injective),
    Builtin("Injection", 2, _injections),
    Builtin("Surjection", 2, _surjections),
    Builtin("Bijection", 2, _bijections),
    _exists("ExistsInjection"),
    _exists("ExistsSurjection"),
    _exists("ExistsBijection"),
    Builtin("FoldFunction", 3, _fold_function, operators=((0, 2),), in_session=True),
    Builtin("FoldFunctionOnSet", 4, _fold_on_set, operators=((0, 2),), in_session=True),
    Builtin("SumFunction", 1, _sum_function),
    Builtin("SumFunctionOnSet", 2, _sum_on_set),
    Builtin("Pointwise", 3, _pointwise, operators=((0, 2),)),
)
