"""What a level is while names are still open: what they pass on, and which limits hold for them."""

from __future__ import annotations

from collections.abc import Collection, Mapping

from msgspec import Struct, field
from msgspec.structs import replace

from conform.errors import InputError
from conform.languages.tlaplus import syntax
from conform.languages.tlaplus.evaluation.footprints import ACTION, CONSTANT, TEMPORAL
from conform.languages.tlaplus.level_rules import BUILT_IN, STANDARD, UNUSED_ARGUMENTS
from conform.languages.tlaplus.meanings import PASSED_ON
from conform.languages.tlaplus.symbols import Kind, Symbol
from conform.text import Span

NAMES = ("constant", "of a state", "an action", "temporal")
"""Levels in words."""


class Passed(Struct, frozen=True):
    """A level that depends: at least `level`, and those of what is given for `symbols`."""

    level: int = CONSTANT
    symbols: frozenset[Symbol] = frozenset()

    def __or__(self, other: Passed) -> Passed:
        return Passed(max(self.level, other.level), self.symbols | other.symbols)


class Level(Struct, frozen=True):
    """The level of an expression, and what it asks of the names that are still open in it.

    `limits` are the highest levels that may be given for them; `calls` the arguments that an open
    operator gets, by position; `opaque` the names that stand under a prime or a temporal operator,
    for which equals cannot be put. `operator` for an operator that is passed as an argument.
    """

    passed: Passed = Passed()
    limits: Mapping[Symbol, int] = field(default_factory=dict)
    calls: frozenset[tuple[Symbol, int, Passed]] = frozenset()
    opaque: frozenset[Symbol] = frozenset()
    operator: Signature | None = None

    def __or__(self, other: Level) -> Level:
        if other is NOTHING:
            return self
        return Level(
            self.passed | other.passed,
            _lowest(self.limits, other.limits),
            self.calls | other.calls,
            self.opaque | other.opaque,
        )

    def of_others(self, own: Collection[Symbol]) -> Level:
        """Return what it asks of other names than its own."""
        return Level(
            Passed(),
            {symbol: limit for symbol, limit in self.limits.items() if symbol not in own},
            frozenset(call for call in self.calls if call[0] not in own),
        )


class Signature(Struct, frozen=True):
    """The level of an operator's body, where `parameters` are open."""

    parameters: tuple[Symbol, ...]
    body: Level

    def limit(self, position: int) -> int:
        """Return the highest level that the argument at `position` may have."""
        return self.body.limits.get(self.parameters[position], TEMPORAL)


NOTHING = Level()


def _lowest(one: Mapping[Symbol, int], other: Mapping[Symbol, int]) -> Mapping[Symbol, int]:
    """Return the limits of both, the lower one where both have one."""
    if not other:
        return one
    result = dict(one)
    for symbol, limit in other.items():
        result[symbol] = min(limit, result.get(symbol, limit))
    return result


def as_argument(signature: Signature) -> Level:
    own = frozenset(signature.parameters)
    body = signature.body
    passed = Passed(body.passed.level, body.passed.symbols - own)
    return replace(body.of_others(own), passed=passed, operator=signature)


def of_built_in(operator: syntax.Expression) -> Level:
    """Return the level of an operator of the language that is passed as an argument."""
    if not isinstance(operator, syntax.OperatorSymbol) or operator.operator not in BUILT_IN:
        return NOTHING
    rule = BUILT_IN[operator.operator]
    parameters = tuple(
        Symbol(f"{operator.operator} {position}", Kind.PARAMETER, (), None)
        for position in range(PASSED_ON[operator.operator])
    )
    body = Level(Passed(rule.level))
    for position, parameter in enumerate(parameters):
        operand = Level(Passed(CONSTANT, frozenset({parameter})))
        highest = rule.highest[min(position, len(rule.highest) - 1)]
        body = body | limited(operand, highest, is_opaque=rule.is_opaque)
    return as_argument(Signature(parameters, body))


def without_body(symbol: Symbol, assumed: int) -> Signature:
    """Return the signature of a standard operator, or of a recursive one inside its body."""
    parameters = tuple(
        Symbol(f"{symbol.name} {position}", Kind.PARAMETER, (0,) * arity, None)
        for position, arity in enumerate(symbol.parameters)
    )
    if symbol.is_recursive:
        limits = dict.fromkeys(parameters, STANDARD)
        return Signature(parameters, Level(Passed(assumed, frozenset(parameters)), limits))
    unused = UNUSED_ARGUMENTS.get(symbol.name, ())
    used = [each for position, each in enumerate(parameters) if position not in unused]
    limits = dict.fromkeys(used, STANDARD)
    return Signature(parameters, Level(Passed(CONSTANT, frozenset(used)), limits))


def limited(level: Level, highest: int, *, is_opaque: bool) -> Level:
    """Return what an operand with a highest level asks for and, unless opaque, passes on."""
    limits = _lowest(level.limits, dict.fromkeys(level.passed.symbols, highest))
    if is_opaque:
        return Level(Passed(), limits, level.calls, level.opaque | level.passed.symbols)
    return Level(level.passed, limits, level.calls, level.opaque)


def given_levels(body: Level, given: dict[Symbol, Level], at: tuple[str, Span] | None) -> Level:
    """Return the level of a body with levels for its open names.

    `at` is the operator that is applied and the place of errors, None for an instance: its limits
    are checked elsewhere, and what is substituted there passes none on, as SANY has it.
    """
    result = Level(_resolved(body.passed, given), opaque=body.opaque.difference(given))
    for symbol, limit in body.limits.items():
        if symbol not in given:
            result = result | Level(limits={symbol: limit})
            continue
        level = given[symbol].passed
        if at is not None and level.level > limit:
            raise too_high(at[1], at[0], level.level, limit)
        result = result | Level(limits=dict.fromkeys(level.symbols, limit))
    for symbol, position, passed in body.calls:
        argument = _resolved(passed, given)
        operator = given[symbol].operator if symbol in given else None
        if symbol not in given:
            result = result | Level(calls=frozenset({(symbol, position, argument)}))
        elif operator is not None:
            limit = operator.limit(position)
            if at is not None and argument.level > limit:
                raise too_high(at[1], at[0], argument.level, limit)
            result = result | Level(limits=dict.fromkeys(argument.symbols, limit))
        else:  # an operator that is still open itself
            others = given[symbol].passed.symbols
            calls = frozenset((each, position, argument) for each in others)
            result = result | Level(calls=calls)
    for symbol in body.opaque.intersection(given):
        result = result | Level(opaque=given[symbol].passed.symbols)
    for each in given.values():
        if at is not None:
            result = result | Level(limits=each.limits, calls=each.calls)
        result = result | Level(opaque=each.opaque)
    return result


def _resolved(passed: Passed, given: dict[Symbol, Level]) -> Passed:
    result = Passed(passed.level, passed.symbols.difference(given))
    for symbol in passed.symbols.intersection(given):
        result = result | given[symbol].passed
    return result


def too_high(span: Span, operator: str, level: int, highest: int) -> InputError:
    where = f"`{operator}`" if operator else "this"
    return InputError(
        f"{where} takes no argument that is {NAMES[level]}",
        span=span,
        expected=f"at most what is {NAMES[highest]}",
        hint="a formula that is primed already cannot be primed again"
        if operator == "'" and level == ACTION
        else "",
    )
