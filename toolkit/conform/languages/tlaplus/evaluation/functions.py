"""Functions at work: application, EXCEPT, DOMAIN, and recursive ones computed when wanted."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import lru_cache
from typing import Any

from conform.domain.recorded import RecordedKeys
from conform.domain.values import (
    Domain,
    FunctionValue,
    SetValue,
    Value,
    sequence,
    sequence_domain,
)
from conform.errors import EvaluationError
from conform.languages.tlaplus.evaluation.failing import (
    Computed,
    UnlistedError,
    expect_failure,
    fail,
    raise_mismatch,
    raise_too_large,
    shown,
)
from conform.languages.tlaplus.evaluation.mismatch import (
    KindMismatchError,
    check_member_kind,
)
from conform.languages.tlaplus.evaluation.recorded_sets import are_comparable
from conform.languages.tlaplus.evaluation.sets import (
    AnySet,
    LazySet,
    TooLargeError,
    contains,
    enumerated,
)
from conform.languages.tlaplus.evaluation.stack import too_deep
from conform.text import Span

DOMAINS = 8192
"""Domains that are at hand once they were made: functions that grow and shrink take them again."""


class RecursiveFunctionValue(Computed):
    """`f[x \\in S] == ...f[...]...`: values are computed when wanted, and remembered.

    So are those of a function without a name whose domain cannot be enumerated, and of one that has
    no value somewhere in its domain.
    """

    __slots__ = ("_explicit", "_failures", "_known", "_value_at", "domain", "name", "span")

    def __init__(
        self, name: str, domain: AnySet, value_at: Callable[[Any, Value], Any], span: Span
    ) -> None:
        """Take the set of arguments, and the rule that computes the value at one of them."""
        self.name = name
        self.domain = domain
        self.span = span
        self._value_at = value_at
        self._known: dict[tuple[type, Value], Any] = {}
        self._failures: dict[tuple[type, Value], EvaluationError] = {}
        self._explicit: FunctionValue | None = None

    def knowing(
        self, arguments: Sequence[Value], values: Sequence[Value], failure: EvaluationError
    ) -> RecursiveFunctionValue:
        """Return the function with its first `values`; the next argument is known to fail."""
        keys = [(type(argument), argument) for argument in arguments]
        self._known.update(zip(keys, values, strict=False))
        self._failures[keys[len(values)]] = failure
        return self

    def describe(self) -> str:
        return f"the function {self.name}" if self.name else "the function"

    def apply(self, argument: Value, span: Span) -> Any:
        """Return the value at an argument; raise EvaluationError outside the domain."""
        key = (type(argument), argument)  # TRUE and 1 are equal to Python
        known = self._known.get(key)
        if known is None:
            if not self._is_defined_at(argument, span):
                where = f"{shown(argument)}, outside its domain"
                fail(span, f"{self.name or 'the function'} is applied to {where}")
            if key in self._failures:
                raise self._failures[key]
            try:
                known = self._known[key] = self._value_at(self, argument)
            except RecursionError as error:
                raise too_deep(error, self.span) from None
        return known

    def _is_defined_at(self, argument: Value, span: Span) -> bool:
        try:
            return contains(self.domain, argument)
        except KindMismatchError as error:
            raise_mismatch(error, span, "cannot tell whether {} is in {}, the domain")
        except TooLargeError as error:
            raise_too_large(error, span)

    def replaced(self, argument: Value, change: Callable[[Any], Any]) -> RecursiveFunctionValue:
        """Return the function with `change` applied to the value at one argument."""

        def value_at(_itself: Any, key: Value) -> Any:
            before = self.apply(key, self.span)
            is_changed = type(key) is type(argument) and key == argument
            return change(before) if is_changed else before

        return RecursiveFunctionValue(self.name, self.domain, value_at, self.span)

    def explicit(self, span: Span) -> FunctionValue:
        """Return the whole function as a value; raise EvaluationError for an infinite domain."""
        if self._explicit is None:
            try:
                domain = domain_over(enumerated(self.domain))
            except TooLargeError as error:
                raise_too_large(error, span)
            values = [self.apply(argument, span) for argument in domain.elements]
            self._explicit = FunctionValue(domain, tuple([whole(each, span) for each in values]))
        return self._explicit


def whole(value: Any, span: Span) -> Any:
    """Return a set or a function in explicit form, anything else as it is.

    Raises UnlistedError where the set, or one inside the function, has infinitely many elements.
    """
    if isinstance(value, LazySet):
        try:
            return value.explicit()
        except TooLargeError as error:
            raise_too_large(error, span)
    return value.explicit(span) if isinstance(value, RecursiveFunctionValue) else value


def kept(value: Any, span: Span) -> Any:
    """Return a value in explicit form, or as it is where something in it cannot be listed."""
    try:
        return whole(value, span)
    except UnlistedError:
        return value


def function_over(
    domain: Domain, values: Sequence[Any], span: Span
) -> FunctionValue | RecursiveFunctionValue:
    """Return the function with these values, one for each element of `domain`.

    It is a value where all of them are; infinite sets are asked for by application alone.
    """
    whole_values = [kept(value, span) for value in values]
    if not any(isinstance(each, LazySet | RecursiveFunctionValue) for each in whole_values):
        return FunctionValue(domain, tuple(whole_values))

    def value_at(_itself: Any, argument: Value) -> Any:
        place = domain.place(argument)
        assert place is not None
        return whole_values[place]

    return RecursiveFunctionValue("", SetValue(domain.elements), value_at, span)


def listed(function: Any, span: Span) -> tuple[Domain, tuple[Any, ...]]:
    """Return the domain of a function, and its values, some of which may be infinite sets.

    Raises EvaluationError for anything else, and UnlistedError where the domain is infinite.
    """
    if isinstance(function, FunctionValue):
        return function.domain, function.values
    if not isinstance(function, RecursiveFunctionValue):
        expect_failure(span, "a function", function, "an operator of functions")
    domain = domain_over(whole(function.domain, span).ordered)
    return domain, tuple([kept(function.apply(each, span), span) for each in domain.elements])


def domain_over(elements: tuple[Value, ...]) -> Domain:
    """Return the domain with these elements, in canonical order; that of sequences is shared."""
    if elements and type(elements[0]) is int and elements == tuple(range(1, len(elements) + 1)):
        return sequence_domain(len(elements))
    return _domain(elements, bool in map(type, elements))


@lru_cache(maxsize=DOMAINS)
def _domain(elements: tuple[Value, ...], _has_booleans: bool) -> Domain:  # a key
    return Domain(elements)


def applied(function: Any, argument: Value, span: Span) -> Any:
    """Return `function[argument]`, or raise EvaluationError outside the domain."""
    if type(function) is FunctionValue:
        if type(function.values) is not tuple and isinstance(function.values, RecordedKeys):
            return _applied_to_recorded(function.values, argument, span)
        domain = function.domain
        place = domain.place(argument)
        if place is not None:
            return function.values[place]
        fail(
            span,
            f"the function is applied to {shown(argument)}, which is outside its domain "
            f"{shown(SetValue(domain.elements))}",
        )
    if isinstance(function, RecursiveFunctionValue):
        return function.apply(argument, span)
    expect_failure(span, "a function", function, "an application")


def _applied_to_recorded(values: RecordedKeys, argument: Value, span: Span) -> Value:
    found = values.at(argument)
    if found is None:  # the search that asks for the words of it records nothing
        fail(span, "the function is applied to a value outside its domain")
    return found


def updated(
    function: Any,
    path: tuple[Value, ...],
    change: Callable[[Any], Any],
    span: Span,
) -> Any:
    """Return the function with `change` applied to the value at `path`.

    Outside the domain the function stays as it is, as in TLC.
    """
    if not path:
        return change(function)
    if isinstance(function, RecursiveFunctionValue):
        try:
            function = function.explicit(span)
        except UnlistedError:
            return function.replaced(path[0], lambda at: updated(at, path[1:], change, span))
    if not isinstance(function, FunctionValue):
        expect_failure(span, "a function", function, "EXCEPT")
    if isinstance(function.values, RecordedKeys):
        return _updated_recorded(function, function.values, path, change, span)
    place = function.domain.place(path[0])
    if place is None:
        _check_comparable(path[0], function, span)
        return function
    new = updated(function.values[place], path[1:], change, span)
    if isinstance(new, LazySet | RecursiveFunctionValue):
        values = [*function.values[:place], new, *function.values[place + 1 :]]
        return function_over(function.domain, values, span)
    return function.replaced(place, new)


def _updated_recorded(
    function: FunctionValue,
    values: RecordedKeys,
    path: tuple[Value, ...],
    change: Callable[[Any], Any],
    span: Span,
) -> Any:
    before = values.at(path[0])
    if before is None:
        if not are_comparable(values.elements.candidates(), path[:1]):
            _check_comparable(path[0], function, span)
        return function
    new = updated(before, path[1:], change, span)
    if isinstance(new, LazySet | RecursiveFunctionValue):
        after = [new if key == path[0] else value for key, value in function.items()]
        return function_over(function.domain, after, span)
    return values.with_value(path[0], new)


def _check_comparable(argument: Value, function: FunctionValue, span: Span) -> None:
    try:
        check_member_kind(argument, SetValue(function.domain.elements))
    except KindMismatchError:
        fail(
            span,
            f"EXCEPT cannot compare {shown(argument)} with the arguments of {shown(function)}",
        )


def domain_of(function: Any, span: Span) -> Any:
    """Return `DOMAIN function`."""
    if type(function) is FunctionValue:
        return function.domain.as_set
    if isinstance(function, RecursiveFunctionValue):
        return function.domain
    if not isinstance(function, FunctionValue):
        expect_failure(span, "a function", function, "DOMAIN")
    return function.domain.as_set


def packed(arguments: list[Any]) -> Value:
    """Return the argument that `f[a, b]` applies f to: the tuple of several, or the only one."""
    return arguments[0] if len(arguments) == 1 else sequence(arguments)
