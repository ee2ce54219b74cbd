"""An assertion taken apart at its `and`, `or` and `not`, so that each part is asked about once.

An assertion such as TypeOK looks at all variables, and so has to be evaluated in each state; its
parts look at one or two each, whose values are few. Only an assertion that does nothing but return
such a formula is taken apart. The parts are asked in Starlark's order, and no more of them.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TypeAlias

from msgspec import Struct
from msgspec.structs import replace

from conform.domain.states import Predicate, Slots, State
from conform.languages.fizzbee.kept_objects import is_recorded
from conform.languages.fizzbee.syntax import Assertion, Return
from conform.languages.fizzbee.syntax_expressions import (
    BooleanOperation,
    BooleanOperator,
    Expression,
    Unary,
    UnaryOperator,
)
from conform.text import Span

MAX_ANSWERS = 20_000
"""Answers remembered for one part; a part with more different questions is asked each time."""

Ask: TypeAlias = Callable[[State], bool]


@dataclass(slots=True, eq=False)
class Part:
    """A part of a formula whose value hangs on some slots: what it said is remembered."""

    ask: Ask
    places: tuple[int, ...]
    answers: dict[tuple[object, ...], bool] = field(default_factory=dict)

    def holds(self, state: State) -> bool:
        """Return the truth of the part; booleans and numbers are different values."""
        values = [state[place] for place in self.places]
        if any(map(is_recorded, values)):
            return self.ask(state)
        key = (*values, *[value.__class__ is bool for value in values])
        known = self.answers.get(key)
        if known is None:
            known = self.ask(state)
            if len(self.answers) < MAX_ANSWERS:
                self.answers[key] = known
        return known


class FormulaPredicate(Struct, frozen=True, eq=False):
    """An assertion over one state, evaluated by its parts; `conjuncts` are those of an `and`."""

    name: str
    span: Span
    reads: Slots | None
    test: Ask
    conjuncts: tuple[Predicate, ...]

    def holds(self, state: State) -> bool:
        """Return the truth of what the assertion returns; raise EvaluationError if it cannot."""
        return self.test(state)


def is_formula(assertion: Assertion) -> bool:
    """Whether an assertion only returns a formula that can be taken apart."""
    return isinstance(_returned(assertion), BooleanOperation)


def conjunct_nodes(assertion: Assertion) -> list[Assertion]:
    """Return an assertion for each operand of the `and` that an assertion returns, if it does."""
    match _returned(assertion):
        case BooleanOperation(operator=BooleanOperator.AND, operands=operands):
            return [_returning(assertion, each) for each in operands]
    return []


def by_parts(assertion: Assertion, part: Callable[[Assertion], Ask]) -> Ask:
    """Return the test that an assertion is; `part` makes that of an assertion not taken apart."""
    formula = _returned(assertion)
    match formula:
        case BooleanOperation(operator=operator, operands=operands):
            tests = [by_parts(_returning(assertion, each), part) for each in operands]
            return _all(tests) if operator is BooleanOperator.AND else _any(tests)
        case Unary(operator=UnaryOperator.NOT, operand=operand):
            return _not(by_parts(_returning(assertion, operand), part))
        case _:
            return part(assertion)


def _returned(assertion: Assertion) -> Expression | None:
    match assertion.body.statements:
        case (Return(value=value),):
            return value
    return None


def _returning(assertion: Assertion, value: Expression) -> Assertion:
    statement = Return(value.span, value)
    return replace(assertion, body=replace(assertion.body, statements=(statement,)))


def _all(tests: list[Ask]) -> Ask:
    return lambda state: all(test(state) for test in tests)


def _any(tests: list[Ask]) -> Ask:
    return lambda state: any(test(state) for test in tests)


def _not(test: Ask) -> Ask:
    return lambda state: not test(state)
