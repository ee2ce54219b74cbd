"""What generated code calls, beyond the functions that the closures call too."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import Any

from conform.domain.states import State
from conform.domain.values import Domain, FunctionValue, ModelValue, SetValue, Value
from conform.errors import ConformError, EvaluationError, ExitCode
from conform.languages.tlaplus.evaluation.assignments import ActionCode, After
from conform.languages.tlaplus.evaluation.dispatch import Lazy
from conform.languages.tlaplus.evaluation.functions import applied, domain_over
from conform.languages.tlaplus.evaluation.mismatch import KindMismatchError
from conform.languages.tlaplus.evaluation.results import (
    elements_of,
    is_member,
    iterated,
    make_set,
    values_equal,
)
from conform.languages.tlaplus.evaluation.sets import (
    LazySet,
    TooLargeError,
    enumerated,
)
from conform.languages.tlaplus.evaluation.spaces import FunctionSpace
from conform.text import Span

ATOMS = frozenset({int, str, bool})
"""Kinds that Python's `==` compares as TLA+ does, among each other."""

SETTLED = frozenset({int, str, bool, ModelValue, SetValue, FunctionValue})
"""Kinds that may be stored as they are."""


class GeneratedCodeError(ConformError):
    """Generated code is wrong: it raised an evaluation error where the closures have an answer."""

    exit_code = ExitCode.DEFECT


class MisfitError(Exception):
    """The operands are not those that the generated code was made for."""


MISFITS = (
    MisfitError,
    ConformError,
    KindMismatchError,
    TooLargeError,
    RecursionError,
    AttributeError,
    IndexError,
    KeyError,
    TypeError,
    ValueError,
)
"""What generated code may raise; the closures then say what it means."""


def forced(value: Any) -> Lazy:
    """Return a Lazy whose value is known, for a closure that expects one."""
    lazy = Lazy(_never, (), None, ())
    lazy.value = value
    lazy.code = None
    return lazy


def _never(_state: Any, _after: Any, _environment: tuple[Any, ...]) -> Any:
    raise MisfitError


class Site:
    """One place in the code where functions are applied at one argument, known beforehand.

    It holds the domain that came by last, and the place of the argument in it: functions that are
    made from one another share their domain, so that the next one is mostly found by identity.
    """

    __slots__ = ("argument", "domain", "place")

    def __init__(self, argument: Value) -> None:
        self.argument = argument
        self.domain: Domain | None = None
        self.place = 0

    def apply(self, function: Any, span: Span) -> Any:
        """Return `function[argument]`, and be prepared for its domain the next time."""
        if type(function) is FunctionValue:
            place = function.domain.place(self.argument)
            if place is not None:
                self.domain = function.domain
                self.place = place
                return function.values[place]
        return applied(function, self.argument, span)

    def locate(self, function: Any) -> int:
        """Return where EXCEPT changes `function`."""
        place = place_of(function, self.argument)
        self.domain = function.domain
        self.place = place
        return place


class SpaceSite:
    """One place in the code where functions are looked for in a set `[S -> T]`, known beforehand.

    `domain` is the latest domain that was found to be S.
    """

    __slots__ = ("domain", "space")

    def __init__(self, space: FunctionSpace) -> None:
        self.space = space
        self.domain: Domain | None = None

    def contains(self, value: Any, span: Span) -> bool:
        """Return whether `value` is an element."""
        if type(value) is FunctionValue and value.domain is not self.domain:
            wanted = frozenset(enumerated(self.space.domain))
            elements = value.domain.elements
            if len(wanted) == len(elements) and wanted == frozenset(elements):
                kinds = set(map(type, wanted)) | set(map(type, elements))
                if bool not in kinds:  # Python takes TRUE and 1 for one key
                    self.domain = value.domain
        return is_member(value, self.space, span)


def model_values_equal(left: ModelValue, right: ModelValue, span: Span) -> bool:
    """Return whether two model values are equal."""
    if left.name == right.name:
        return True
    if left.is_typed and right.is_typed:
        return values_equal(left, right, span)
    return False


def are_disjoint(intersection: Callable[..., Any], left: Any, right: Any, span: Span) -> bool:
    """Return whether two sets have no common element; what is no small set is intersected."""
    if type(left) is type(right) is SetValue and left.shape and left.shape is right.shape:
        return left.elements.isdisjoint(right.elements)
    return values_equal(intersection(span, left, right), _EMPTY, span)


_EMPTY = SetValue(())


def domain_from(value: Any, span: Span) -> Domain:
    """Return the domain of a function literal over the set `value`."""
    return domain_over(elements_of(value, span, "the domain of a function"))


def place_of(function: Any, argument: Any) -> int:
    """Return where EXCEPT changes `function`."""
    if type(function) is FunctionValue:
        place = function.domain.place(argument)
        if place is not None:
            return place
    raise MisfitError


def plain_set(elements: Sequence[Value], span: Span) -> SetValue:
    """Return the set of elements; those that cannot be compared are a misfit."""
    try:
        return make_set(elements, span)
    except EvaluationError:
        raise MisfitError from None


def candidates(value: Any, span: Span) -> Iterable[Value]:
    """Return the elements of a set in any order; an infinite set is a misfit."""
    if type(value) is SetValue:
        return value.elements
    if isinstance(value, LazySet) and value.size() is None:
        raise MisfitError
    return iterated(value, span, "a bound", to_the_end=True)


def counted(code: ActionCode, state: State, after: After, environment: tuple[Any, ...]) -> int:
    """Return in how many ways a guard is true, by its closure as a conjunct of an action."""
    return sum(1 for _ in code(state, after, environment))
