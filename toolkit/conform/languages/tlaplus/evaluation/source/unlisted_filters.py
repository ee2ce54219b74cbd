"""`{x \\in S : P}` of an S that is not gone through at once: P is asked where an element is wanted.

That is by membership or by enumeration, as the closures ask it, but by a function that goes through
several elements: what does not depend on them is computed once.
"""

from __future__ import annotations

import ast
from collections.abc import Callable, Iterator, Sequence
from functools import partial
from itertools import islice
from typing import Any

from conform.domain.values import Value
from conform.errors import ConformError
from conform.languages.tlaplus import syntax
from conform.languages.tlaplus.evaluation.bounds import is_closed, names_of
from conform.languages.tlaplus.evaluation.combined_sets import FilteredSet
from conform.languages.tlaplus.evaluation.dispatch import Context, Mode
from conform.languages.tlaplus.evaluation.footprints import STATE
from conform.languages.tlaplus.evaluation.formulas import boolean
from conform.languages.tlaplus.evaluation.mixed_sets import MixedSet
from conform.languages.tlaplus.evaluation.sets import KEPT, Interval, LazySet
from conform.languages.tlaplus.evaluation.source import python_trees as py
from conform.languages.tlaplus.evaluation.source.compiling import compiled, second_opinion
from conform.languages.tlaplus.evaluation.source.emitter import UNSET, Emitter, NotEmittedError
from conform.languages.tlaplus.evaluation.source.invariance import environment_read
from conform.languages.tlaplus.evaluation.source.iteration import (
    Elements,
    element_operands,
    looped,
)
from conform.languages.tlaplus.evaluation.source.logic import inner_place
from conform.languages.tlaplus.evaluation.source.operands import Delayed, Operand, Place
from conform.languages.tlaplus.evaluation.source.runtime import MisfitError

Sift = Callable[..., list[Value]]
"""Gives those elements of its last argument of which the predicate is true."""

_STATE, _ENVIRONMENT, _ELEMENTS, _FOUND = "s", "e", "elements", "found"


class SiftedSet(FilteredSet):
    """A filter whose predicate is asked of several elements at a time."""

    __slots__ = ("_sift",)

    def __init__(self, base: LazySet, sift: Sift) -> None:
        super().__init__(base, lambda value: bool(sift((value,))))
        self._sift = sift

    def enumerate(self) -> Iterator[Value]:
        elements = iter(self.base.iterate(to_the_end=True))
        while some := tuple(islice(elements, KEPT)):
            yield from self._sift(some)


def unlisted_filter(emitter: Emitter, node: syntax.SetFilter, place: Place) -> Operand:
    """Emit a filter of a set that is not gone through at once.

    The closure makes what is constant, and what depends on more than one state.
    """
    read = _environment_read(emitter, node, place)
    if read is None:
        return emitter.fallback(node, place)
    values = {index: emitter.bound(place.environment[index]) for index in sorted(read)}
    sift = _sift(emitter, node, place, values)
    if sift is None:
        return emitter.fallback(node, place)
    passed = {index: one for index, one in values.items() if not one.is_constant}
    if any(isinstance(place.environment[index], Delayed) for index in passed):
        emitter.recovers = True  # a delayed value was computed before it was wanted
    base = emitter.value(node.bound.domain, place)
    _, _, environment = emitter.arguments_of(place)
    given = [py.load(one.name) for one in passed.values()]
    asked = (py.load(base.name), emitter.object(sift), py.load(_STATE), environment, *given)
    return emitter.let(py.call(emitter.object(sifted), *asked))


def _environment_read(
    emitter: Emitter, node: syntax.SetFilter, place: Place
) -> frozenset[int] | None:
    """Return what the predicate reads of the environment; None if it is not of one state."""
    footprint = emitter.compiler.analysis.of(node, place.context.scope)
    if footprint.level > STATE or footprint.swaps_states or not footprint.is_pure:
        return None
    if place.context.mode is Mode.PRIMED or is_closed(emitter.compiler, node, place.context):
        return None
    return environment_read(node.predicate, place.context.scope)


def sifted(base: Any, sift: Sift, *given: Any) -> SiftedSet:
    """Return a filter of a set that stays lazy; any other set is a misfit."""
    if isinstance(base, LazySet) and not isinstance(base, Interval | MixedSet):
        return SiftedSet(base, partial(sift, *given))
    raise MisfitError


def _sift(
    emitter: Emitter, node: syntax.SetFilter, place: Place, values: dict[int, Operand]
) -> Sift | None:
    """Return the function of a state, the environment, what is read of that, and elements.

    It answers where its code raises anything, as the closure does.
    """
    inner = emitter.another()
    context = inner_place(emitter, (node.bound,), place).context
    inside = _inside(inner, place, values)
    inner.block.append(py.store("t", py.literal(None)))
    inner.block.append(py.store(_FOUND, py.list_of([])))
    try:
        inner.load_before_loop(node.predicate, inside.at(context))
        with looped(inner, Elements(py.load(_ELEMENTS))) as element:
            names = element_operands(inner, node.bound, element)
            test = inner.test(node.predicate, inside.within(context, *names))
            adding = py.call(py.attribute(py.load(_FOUND), "append"), py.load(element.name))
            inner.block.append(py.when(test, [py.run(adding)]))
    except (NotEmittedError, ConformError, RecursionError):
        return None
    parameters = [_name(index) for index, one in values.items() if not one.is_constant]
    return compiled(
        inner,
        [_STATE, _ENVIRONMENT, *parameters, _ELEMENTS],
        [*inner.block, ast.Return(py.load(_FOUND))],
        second_opinion(inner, _by_closure(emitter, node, context)),
    )


def _inside(inner: Emitter, place: Place, values: dict[int, Operand]) -> Place:
    """Return the place of the predicate: what it reads of the environment is a parameter."""
    environment: list[Operand | Delayed] = []
    for index, outer in enumerate(place.environment):
        found = values.get(index, Operand(UNSET))
        if found.is_constant:
            found = inner.constant(found.constant)
        elif index in values:
            found = Operand(_name(index), found.kind, found.is_settled)
        environment.append(inner.already(outer, found) if isinstance(outer, Delayed) else found)
    return Place(place.context, tuple(environment))


def _name(index: int) -> str:
    return f"a{index}"


def _by_closure(emitter: Emitter, node: syntax.SetFilter, context: Context) -> Sift:
    predicate = boolean(emitter.compiler, node.predicate, context, "a set filter")
    values_of = names_of(node.bound)

    def sift(state: Any, environment: tuple[Any, ...], *given: Sequence[Value]) -> list[Value]:
        test = lambda value: predicate(state, None, environment + values_of(value))  # noqa: E731
        return list(filter(test, given[-1]))

    return sift
