"""Bounds: the names of a quantifier, comprehension or function, and the values that they take."""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import partial
from typing import Any, TypeVar

from conform.domain.recorded import RecordedElements
from conform.domain.values import (
    FunctionValue,
    SetValue,
    Value,
)
from conform.languages.tlaplus import syntax
from conform.languages.tlaplus.evaluation.dispatch import Code, Context, Dispatcher
from conform.languages.tlaplus.evaluation.failing import expect_failure
from conform.languages.tlaplus.evaluation.footprints import NO_SLOTS, Footprint
from conform.languages.tlaplus.evaluation.functions import RecursiveFunctionValue
from conform.languages.tlaplus.evaluation.recorded_sets import Membership, Tried
from conform.languages.tlaplus.evaluation.scope import Binding, Local
from conform.languages.tlaplus.evaluation.sets import AnySet, LazySet
from conform.languages.tlaplus.evaluation.sieves import Sieve
from conform.languages.tlaplus.evaluation.spaces import ProductSpace
from conform.text import Span

_T = TypeVar("_T")

Environments = Callable[[Any, Any, tuple[Any, ...]], Iterable[tuple[Any, ...]]]
"""(state, after, environment) -> the environments in which the names have each of their values."""


class Binder:
    """Compiled bounds.

    `inner` is the context in which the names are bound; `environments` gives each extended
    environment, in the order of TLC, the first name fastest.
    """

    __slots__ = ("environments", "inner")

    def __init__(
        self,
        compiler: Dispatcher,
        bounds: tuple[syntax.Bound, ...],
        context: Context,
        body: syntax.Expression | None = None,
        *,
        universal: bool = False,
        for_steps: bool = False,
    ) -> None:
        """Compile the bounds; their sets are those of `context`, gone through `for_steps` or not.

        With a `body`, values that cannot matter to it may be left out: where it is false, or where
        it is true if `universal`.
        """
        names: dict[str, Binding] = {}
        depth = context.depth
        for bound in bounds:
            footprint = compiler.footprint(bound.domain, context)
            for name in bound.names:
                names[name.name] = local(depth, footprint)
                depth += 1
        self.inner = context.inside(names, depth - context.depth)
        if len(bounds) == 1 and len(bounds[0].names) == 1 and not bounds[0].is_tuple:
            sieve = None
            if body is not None and not is_closed(compiler, bounds[0].domain, context):
                sieve = Sieve(compiler, body, self.inner, universal=universal)
            self.environments = _of_one_name(
                compiler, bounds[0], context, sieve, for_steps=for_steps
            )
        else:
            self.environments = _environments(compiler, bounds, context, for_steps=for_steps)


def _environments(
    compiler: Dispatcher, bounds: tuple[syntax.Bound, ...], context: Context, *, for_steps: bool
) -> Environments:
    choices = [_choices(compiler, bound, context, for_steps=for_steps) for bound in bounds]
    repeats = [1 if bound.is_tuple else len(bound.names) for bound in bounds]
    if len(choices) == 1 and repeats == [1]:
        only = choices[0]
        return lambda s, t, e: [e + values for values in only(s, t, e)]

    def product(s: Any, t: Any, e: tuple[Any, ...]) -> Iterable[tuple[Any, ...]]:
        found: list[Iterable[tuple[Any, ...]]] = []
        for choice, repeat in zip(choices, repeats, strict=True):
            chosen = choice(s, t, e)
            found.extend([chosen if isinstance(chosen, Tried) else list(chosen)] * repeat)
        if any(isinstance(chosen, Tried) for chosen in found):
            return Tried(_combined(e, found))
        return (
            e + tuple(itertools.chain.from_iterable(combination))
            for combination in combinations(found)
        )

    return product


def combinations(choices: Sequence[Iterable[_T]]) -> Iterator[tuple[_T, ...]]:
    """Yield each way to choose one of each, the first of them changing fastest, as in TLC."""
    return (chosen[::-1] for chosen in itertools.product(*reversed(choices)))


def _combined(
    environment: tuple[Any, ...], found: list[Iterable[tuple[Any, ...]]]
) -> Iterable[tuple[tuple[Any, ...], Membership]]:
    choices = [
        list(chosen.tried if isinstance(chosen, Tried) else zip(chosen, itertools.repeat(())))
        for chosen in found
    ]
    for combination in combinations(choices):
        values = itertools.chain.from_iterable([values for values, _ in combination])
        membership = itertools.chain.from_iterable([asked for _, asked in combination])
        yield (*environment, *values), tuple(membership)


def _of_one_name(
    compiler: Dispatcher,
    bound: syntax.Bound,
    context: Context,
    sieve: Sieve | None,
    *,
    for_steps: bool,
) -> Environments:
    domain: Code = compiler.compile(bound.domain, context)
    span = bound.domain.span
    order = compiler.order

    def environments(s: Any, t: Any, e: tuple[Any, ...]) -> Iterable[tuple[Any, ...]]:
        value = domain(s, t, e)
        if type(value) is SetValue and value.recorded is not None:
            recorded = value.recorded
            values = order.candidates(recorded) if sieve is None else sieve.values(recorded, e)
            return _tried(values, recorded, e)
        elements = order.members(value, span, for_steps=for_steps)
        if isinstance(elements, tuple):
            return [(*e, element) for element in elements]
        return ((*e, element) for element in elements)  # too many to keep

    return environments


def _tried(
    values: Iterable[Value], recorded: RecordedElements, environment: tuple[Any, ...]
) -> Tried:
    """Return the environments in which a name has each value that might be an element."""
    return Tried([((*environment, value), ((recorded, value),)) for value in values])


def _choices(
    compiler: Dispatcher, bound: syntax.Bound, context: Context, *, for_steps: bool
) -> Environments:
    """Return what gives the values of one name of `bound`, or of all the names of its pattern."""
    domain: Code = compiler.compile(bound.domain, context)
    span = bound.domain.span
    order = compiler.order
    members = partial(order.members, for_steps=for_steps)
    if not bound.is_tuple:

        def values(s: Any, t: Any, e: tuple[Any, ...]) -> Iterable[tuple[Any, ...]]:
            value = domain(s, t, e)
            if type(value) is SetValue and value.recorded is not None:
                return _tried(order.candidates(value.recorded), value.recorded, ())
            return zip(members(value, span))

        return values
    size = len(bound.names)
    return lambda s, t, e: [
        _unpacked(element, size, bound.span) for element in members(domain(s, t, e), span)
    ]


def names_of(bound: syntax.Bound) -> Callable[[Value], tuple[Value, ...]]:
    """Return what gives the values of the one name of `bound`, or of all names of its pattern."""
    if not bound.is_tuple:
        return lambda element: (element,)
    size, span = len(bound.names), bound.span
    return lambda element: _unpacked(element, size, span)


def _unpacked(element: Any, size: int, span: Span) -> tuple[Any, ...]:
    if isinstance(element, RecursiveFunctionValue) and element.domain == SetValue(
        range(1, size + 1)
    ):
        return tuple([element.apply(place, span) for place in range(1, size + 1)])
    if not isinstance(element, FunctionValue) or not element.is_sequence or len(element) != size:
        expect_failure(span, f"tuples of {size}", element, "a tuple pattern")
    return element.values


def local(index: int, footprint: Footprint) -> Local:
    """Return the binding of a name bound over a domain with this footprint.

    The name is rigid: it stands for one value, whatever state the formula is read in.
    """
    return Local(index, min(footprint.level, 1), footprint.reads | footprint.primed, NO_SLOTS)


class Arguments:
    """The arguments of a function by its bounds: the set of them, and the names' values at each.

    Several names or bounds make tuples of arguments; a pattern takes one of its elements apart.
    """

    __slots__ = ("domain", "is_closed", "values_at")

    def __init__(
        self, compiler: Dispatcher, bounds: tuple[syntax.Bound, ...], context: Context
    ) -> None:
        """Compile the bounds; `is_closed` says that the domain depends on nothing."""
        factors: list[Code] = []
        patterns: list[syntax.Bound | None] = []
        for bound in bounds:
            code = set_operand(compiler, bound.domain, context, "the domain of a function")
            parts = [bound] if bound.is_tuple else [None] * len(bound.names)
            factors.extend([code] * len(parts))
            patterns.extend(parts)
        self.is_closed = all(is_closed(compiler, bound.domain, context) for bound in bounds)
        self.domain = factors[0] if len(factors) == 1 else _product(factors)
        self.values_at = _values_at(patterns)


def _product(factors: list[Code]) -> Code:
    return lambda s, t, e: ProductSpace(tuple([factor(s, t, e) for factor in factors]))


def _values_at(patterns: list[syntax.Bound | None]) -> Callable[[Any], tuple[Any, ...]]:
    """Return what gives the values of the names at one argument of the function."""
    if patterns == [None]:
        return lambda key: (key,)
    if len(patterns) == 1:
        return lambda key: _component(patterns[0], key)
    if not any(patterns):
        return lambda key: key.values
    return lambda key: tuple(itertools.chain.from_iterable(map(_component, patterns, key.values)))


def _component(pattern: syntax.Bound | None, value: Any) -> tuple[Any, ...]:
    return (value,) if pattern is None else _unpacked(value, len(pattern.names), pattern.span)


def set_operand(
    compiler: Dispatcher, node: syntax.Expression, context: Context, where: str
) -> Code:
    """Return code that gives a set, and fails on any other value of `node`."""
    code = compiler.compile(node, context)
    span = node.span

    def checked(s: Any, t: Any, e: tuple[Any, ...]) -> AnySet:
        value = code(s, t, e)
        if isinstance(value, SetValue | LazySet):
            return value
        expect_failure(span, "a set", value, where)

    return checked


def is_closed(compiler: Dispatcher, node: syntax.Node, context: Context) -> bool:
    """Return whether `node` has one value whatever the state and the environment."""
    return compiler.footprint(node, context).is_closed
