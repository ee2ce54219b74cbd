"""Functions of the specification: what `def` and `lambda` make."""

from __future__ import annotations

from conform.languages.fizzbee.evaluation.faults import FaultError
from conform.languages.fizzbee.evaluation.functions import Arguments, Function
from conform.languages.fizzbee.evaluation.scopes import Code, Scope
from conform.languages.fizzbee.evaluation.values import Datum, Dict
from conform.languages.fizzbee.syntax_expressions import Parameter, ParameterKind


def parameter_names(parameters: tuple[Parameter, ...]) -> frozenset[str]:
    """Return the names of some parameters."""
    return frozenset(parameter.name for parameter in parameters if parameter.name)


class Procedure(Function):
    """A function with its code; `body` gives its value in the scope of one call."""

    __slots__ = ("_body", "_defaults", "_is_running", "_names", "_outer", "_parameters")
    kind = "function"

    def __init__(
        self,
        name: str,
        parameters: tuple[Parameter, ...],
        defaults: dict[str, Datum],
        body: Code,
        outer: Scope | None,
    ) -> None:
        super().__init__(name)
        self._parameters = parameters
        self._defaults = defaults
        self._body = body
        self._outer = outer
        self._is_running = False
        is_plain = all(each.kind is ParameterKind.PLAIN for each in parameters)
        self._names = [each.name for each in parameters] if is_plain else None

    def call(self, arguments: Arguments) -> Datum:
        if self._is_running:
            raise FaultError(f"function {self.name} called recursively")
        variables = self._bind(arguments)
        self._is_running = True
        try:
            return self._body(Scope(variables, {}, self._outer))
        finally:
            self._is_running = False

    def _bind(self, arguments: Arguments) -> dict[str, Datum]:
        given, names = arguments.positional, self._names
        if names is not None and not arguments.named and len(given) == len(names):
            return dict(zip(names, given, strict=True))
        return bind(self.name, self._parameters, self._defaults, arguments)


def bind(
    name: str,
    parameters: tuple[Parameter, ...],
    defaults: dict[str, Datum],
    arguments: Arguments,
) -> dict[str, Datum]:
    """Return the value of each parameter; raise FaultError where the arguments do not fit."""
    plain = [each.name for each in parameters if each.kind is ParameterKind.PLAIN]
    rest = next((each for each in parameters if each.kind is ParameterKind.REST), None)
    more = next((each for each in parameters if each.kind is ParameterKind.KEYWORDS), None)
    placed = plain if rest is None else plain[: parameters.index(rest)]
    found: dict[str, Datum] = dict(zip(placed, arguments.positional, strict=False))
    surplus = arguments.positional[len(placed) :]
    if surplus and (rest is None or not rest.name):
        raise FaultError(
            f"function {name} accepts at most {len(placed)} positional arguments"
            f" ({len(arguments.positional)} given)"
        )
    named = _named(name, plain, found, arguments, takes_more=more is not None)
    for parameter in plain:
        if parameter not in found:
            if parameter not in defaults:
                raise FaultError(f"function {name} missing argument for {parameter}")
            found[parameter] = defaults[parameter]
    if rest is not None and rest.name:
        found[rest.name] = tuple(surplus)
    if more is not None:
        found[more.name] = Dict(named.items())
    return found


def _named(
    name: str,
    plain: list[str],
    found: dict[str, Datum],
    arguments: Arguments,
    *,
    takes_more: bool,
) -> dict[str, Datum]:
    """Give named arguments to their parameters; return those that no parameter has the name of."""
    others: dict[str, Datum] = {}
    for word, value in arguments.named.items():
        if word in plain and word not in found:
            found[word] = value
        elif word in found:
            raise FaultError(f"function {name} got multiple values for parameter {word}")
        elif takes_more:
            others[word] = value
        else:
            raise FaultError(f"function {name} got an unexpected keyword argument {word}")
    return others
