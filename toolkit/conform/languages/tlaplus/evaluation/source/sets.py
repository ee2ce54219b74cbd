"""Sets as they are written down: enumerations, filters, maps, and those that are not enumerated."""

from __future__ import annotations

import ast
from collections.abc import Callable, Sequence

from conform.domain.values import SetValue
from conform.errors import EvaluationError
from conform.languages.tlaplus import syntax
from conform.languages.tlaplus.evaluation.results import make_set
from conform.languages.tlaplus.evaluation.sets import Interval, LazySet
from conform.languages.tlaplus.evaluation.source import python_trees as py
from conform.languages.tlaplus.evaluation.source.cheapness import is_cheap
from conform.languages.tlaplus.evaluation.source.emitter import Emitter
from conform.languages.tlaplus.evaluation.source.iteration import Elements
from conform.languages.tlaplus.evaluation.source.logic import (
    bound_elements,
    inner_place,
    nested_loops,
)
from conform.languages.tlaplus.evaluation.source.operands import Operand, Place
from conform.languages.tlaplus.evaluation.source.runtime import ATOMS, candidates, plain_set


def set_enumeration(emitter: Emitter, node: syntax.SetEnumeration, place: Place) -> Operand:
    """Emit `{a, b}`."""
    operands = [emitter.settled(emitter.value(part, place), node.span) for part in node.elements]
    if all(operand.is_constant for operand in operands):
        try:
            return emitter.constant(make_set([operand.constant for operand in operands], node.span))
        except EvaluationError:
            emitter.refuse()
    given = py.tuple_of([py.load(operand.name) for operand in operands])
    kinds = {operand.kind for operand in operands}
    if len(operands) == 1 or (len(kinds) == 1 and kinds <= ATOMS):
        return emitter.let(py.call(emitter.object(SetValue), given), SetValue)
    making = py.call(emitter.object(plain_set), given, emitter.object(node.span))
    return emitter.let(making, SetValue)


def set_filter(emitter: Emitter, node: syntax.SetFilter, place: Place) -> Operand:
    """Emit `{x \\in S : P}`; a pattern, and an S that stays lazy, are left to the closure."""
    if node.bound.is_tuple or _is_space(node.bound.domain):
        return emitter.fallback(node, place)

    bounds = (node.bound,)
    base = emitter.value(node.bound.domain, place)
    if base.is_constant and _stays_lazy(base.constant):
        return emitter.fallback(node, place)
    gone_through = emitter.let(
        py.call(emitter.object(candidates), py.load(base.name), emitter.object(node.span))
    )

    def collect(inner: Place, add: Callable[[Operand], ast.stmt]) -> None:
        test = emitter.test(node.predicate, inner)
        element = inner.environment[-1]
        assert isinstance(element, Operand)
        emitter.block.append(py.when(test, [add(element)]))

    domains = [Elements(py.load(gone_through.name))]
    found = _collected(emitter, bounds, domains, node.predicate, place, collect)
    return emitter.let(py.call(emitter.object(SetValue), py.load(found)), SetValue)


def _is_space(domain: syntax.Expression) -> bool:
    while isinstance(domain, syntax.Parentheses):
        domain = domain.expression
    if isinstance(domain, syntax.Prefix):
        return domain.operator == "SUBSET"
    return isinstance(domain, syntax.FunctionSet | syntax.RecordSet | syntax.Product)


def _stays_lazy(value: object) -> bool:
    return isinstance(value, LazySet) and not isinstance(value, Interval)


def set_map(emitter: Emitter, node: syntax.SetMap, place: Place) -> Operand:
    """Emit `{e : x \\in S}`."""

    def collect(inner: Place, add: Callable[[Operand], ast.stmt]) -> None:
        image = emitter.settled(emitter.value(node.element, inner), node.element.span)
        emitter.block.append(add(image))

    domains = bound_elements(emitter, node.bounds, place)
    found = _collected(emitter, node.bounds, domains, node.element, place, collect)
    span = emitter.object(node.element.span)
    return emitter.let(py.call(emitter.object(plain_set), py.load(found), span), SetValue)


def _collected(
    emitter: Emitter,
    bounds: tuple[syntax.Bound, ...],
    domains: Sequence[Elements],
    looped: syntax.Expression,
    place: Place,
    collect: Callable[[Place, Callable[[Operand], ast.stmt]], None],
) -> str:
    """Emit loops that collect values in a list; return its name."""
    name = emitter.fresh()
    inside = inner_place(emitter, bounds, place)
    emitter.load_before_loop(looped, inside)
    emitter.block.append(py.store(name, py.list_of([])))

    def add(value: Operand) -> ast.stmt:
        return py.run(py.call(py.attribute(py.load(name), "append"), py.load(value.name)))

    nested_loops(emitter, bounds, domains, inside, lambda inner: collect(inner, add), lambda: None)
    return name


def space(
    emitter: Emitter,
    node: syntax.FunctionSet | syntax.RecordSet | syntax.Product,
    place: Place,
) -> Operand:
    """Emit a set of functions, records or tuples: known if cheap, else left to the closure."""
    if is_cheap(node, place.context.scope):
        code = emitter.compiler.compile(node, place.context)
        try:
            return emitter.constant(code((), None, (None,) * place.context.depth))
        except (EvaluationError, RecursionError):
            emitter.refuse()
    return emitter.fallback(node, place)
