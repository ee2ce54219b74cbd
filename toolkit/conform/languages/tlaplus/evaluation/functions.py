"""Functions at work: application, EXCEPT, DOMAIN, and recursive ones computed when wanted."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from conform.domain.values import (
    Domain,
    FunctionValue,
    SetValue,
    Value,
    sequence,
)
from conform.languages.tlaplus.evaluation.failing import expect_failure, fail, shown
from conform.languages.tlaplus.evaluation.sets import AnySet, contains, explicit
from conform.text import Span


class RecursiveFunctionValue:
    """`f[x \\in S] == ...f[...]...`: values are computed when wanted, and remembered."""

    __slots__ = ("_explicit", "_known", "_value_at", "domain", "name", "span")

    def __init__(
        self, name: str, domain: AnySet, value_at: Callable[[Any, Value], Any], span: Span
    ) -> None:
        """Take the set of arguments, and the rule that computes the value at one of them."""
        self.name = name
        self.domain = domain
        self.span = span
        self._value_at = value_at
        self._known: dict[Value, Any] = {}
        self._explicit: FunctionValue | None = None

    def apply(self, argument: Value) -> Any:
        """Return the value at an argument of the domain."""
        known = self._known.get(argument)
        if known is None:
            if not contains(self.domain, argument):
                fail(self.span, f"{self.name} is applied to {shown(argument)}, outside its domain")
            known = self._known[argument] = self._value_at(self, argument)
        return known

    def explicit(self) -> FunctionValue:
        """Return the whole function as a value; the domain must be finite."""
        if self._explicit is None:
            domain = Domain(explicit(self.domain).ordered)
            values = tuple(self.apply(argument) for argument in domain.elements)
            self._explicit = FunctionValue(domain, values)
        return self._explicit


def applied(function: Any, argument: Value, span: Span) -> Any:
    """Return `function[argument]`, or raise EvaluationError outside the domain."""
    if type(function) is FunctionValue:
        domain = function.domain
        place = domain.index.get(argument)
        if place is not None and type(domain.elements[place]) is type(argument):
            return function.values[place]
        fail(
            span,
            f"the function is applied to {shown(argument)}, which is outside its domain "
            f"{shown(SetValue(domain.elements))}",
        )
    if isinstance(function, RecursiveFunctionValue):
        return function.apply(argument)
    expect_failure(span, "a function", function, "an application")


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
        function = function.explicit()
    if not isinstance(function, FunctionValue):
        expect_failure(span, "a function", function, "EXCEPT")
    place = function.domain.place(path[0])
    if place is None:
        return function
    return function.replaced(place, updated(function.values[place], path[1:], change, span))


def domain_of(function: Any, span: Span) -> Any:
    """Return `DOMAIN function`."""
    if isinstance(function, RecursiveFunctionValue):
        return function.domain
    if not isinstance(function, FunctionValue):
        expect_failure(span, "a function", function, "DOMAIN")
    return SetValue(function.domain.elements)


def packed(arguments: list[Any]) -> Value:
    """Return the argument that `f[a, b]` applies f to: the tuple of several, or the only one."""
    return arguments[0] if len(arguments) == 1 else sequence(arguments)
