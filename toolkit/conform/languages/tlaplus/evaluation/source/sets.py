"""Sets as they are written down: enumerations, filters, maps, and those that are not enumerated."""

from __future__ import annotations

import ast
from collections.abc import Callable

from conform.domain.values import SetValue
from conform.errors import EvaluationError
from conform.languages.tlaplus import syntax
from conform.languages.tlaplus.evaluation.results import make_set
from conform.languages.tlaplus.evaluation.source import python_trees as py
from conform.languages.tlaplus.evaluation.source.cheapness import is_cheap
from conform.languages.tlaplus.evaluation.source.emitter import Emitter
from conform.languages.tlaplus.evaluation.source.iteration import (
    Elements,
    element_operands,
    elements,
    in_any_order,
)
from conform.languages.tlaplus.evaluation.source.logic import (
    inner_place,
    nested_loops,
    one_loop,
)
from conform.languages.tlaplus.evaluation.source.operands import Operand, Place
from conform.languages.tlaplus.evaluation.source.runtime import ATOMS, plain_set
from conform.languages.tlaplus.evaluation.source.unlisted_filters import unlisted_filter
from conform.languages.tlaplus.evaluation.unions import stays_lazy, union_of


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
    """Emit `{x \\in S : P}`; of an S that stays lazy, a set that does so too."""
    if _is_space(node.bound.domain):
        return unlisted_filter(emitter, node, place)
    base = in_any_order(emitter, node.bound.domain, place)
    if base is None:
        return unlisted_filter(emitter, node, place)
    found = _empty_list(emitter)
    _for_chosen(emitter, node, base, place, lambda one: emitter.block.append(_added(found, one)))
    return emitter.let(py.call(emitter.object(SetValue), py.load(found)), SetValue)


def _for_chosen(
    emitter: Emitter,
    node: syntax.SetFilter,
    base: Elements,
    place: Place,
    then: Callable[[Operand], None],
) -> None:
    """Emit a loop over the elements that satisfy the predicate of a filter, and `then` for each."""
    inside = inner_place(emitter, (node.bound,), place)
    emitter.load_before_loop(node.predicate, inside)

    def sift(inner: Place, element: Operand) -> None:
        test = emitter.test(node.predicate, inner)
        with emitter.nested() as body:
            then(element)
        emitter.block.append(py.when(test, body))

    one_loop(emitter, node.bound, base, inside, sift)


def _is_space(domain: syntax.Expression) -> bool:
    while isinstance(domain, syntax.Parentheses):
        domain = domain.expression
    if isinstance(domain, syntax.Prefix):
        return domain.operator == "SUBSET"
    return isinstance(domain, syntax.FunctionSet | syntax.RecordSet | syntax.Product)


def set_map(emitter: Emitter, node: syntax.SetMap, place: Place) -> Operand:
    """Emit `{e : x \\in S}`."""
    sifted = _sifted(emitter, node, place)
    if sifted is None:
        domains = [
            in_any_order(emitter, bound.domain, place)
            or elements(emitter, bound.domain, place, "a bound")
            for bound in node.bounds
        ]
    inside = inner_place(emitter, node.bounds, place)
    emitter.load_before_loop(node.element, inside)
    found = _empty_list(emitter)

    def collect(inner: Place) -> None:
        image = emitter.settled(emitter.value(node.element, inner), node.element.span)
        emitter.block.append(_added(found, image))

    def collect_one(element: Operand) -> None:
        names = element_operands(emitter, node.bounds[0], element)
        collect(inside.within(inside.context, *names))

    if sifted is None:
        nested_loops(emitter, node.bounds, domains, inside, collect, lambda: None)
    else:
        _for_chosen(emitter, *sifted, place, collect_one)
    span = emitter.object(node.element.span)
    return emitter.let(py.call(emitter.object(plain_set), py.load(found), span), SetValue)


def _sifted(
    emitter: Emitter, node: syntax.SetMap, place: Place
) -> tuple[syntax.SetFilter, Elements] | None:
    """Emit the set that is filtered for a map of one name: both are one loop.

    All of it is gone through, so that it does not matter which element fails first.
    """
    domain = node.bounds[0].domain
    while isinstance(domain, syntax.Parentheses):
        domain = domain.expression
    is_of_one = len(node.bounds) == 1 and (
        node.bounds[0].is_tuple or len(node.bounds[0].names) == 1
    )
    if not (is_of_one and isinstance(domain, syntax.SetFilter)):
        return None
    base = in_any_order(emitter, domain.bound.domain, place)
    return None if base is None else (domain, base)


def _empty_list(emitter: Emitter) -> str:
    """Emit a list that loops collect values in; return its name."""
    name = emitter.fresh()
    emitter.block.append(py.store(name, py.list_of([])))
    return name


def _added(found: str, value: Operand) -> ast.stmt:
    return py.run(py.call(py.attribute(py.load(found), "append"), py.load(value.name)))


def union(emitter: Emitter, node: syntax.Prefix, place: Place) -> Operand:
    """Emit `UNION S`; what is known beforehand, or may repeat, is left to the closure."""
    if stays_lazy(node.operand, place.context.scope):
        return emitter.fallback(node, place)
    sets = emitter.value(node.operand, place)
    if sets.is_constant:
        return emitter.fallback(node, place)
    return emitter.let(
        py.call(emitter.object(union_of), py.load(sets.name), emitter.object(node.span))
    )


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
