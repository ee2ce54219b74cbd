"""Sets as they are written down: enumerations, filters, maps, and those that are not enumerated."""

from __future__ import annotations

import ast

from conform.domain.values import SetValue
from conform.errors import EvaluationError
from conform.languages.tlaplus import syntax
from conform.languages.tlaplus.evaluation.prefixes import union_of
from conform.languages.tlaplus.evaluation.results import make_set
from conform.languages.tlaplus.evaluation.sets import Interval, LazySet
from conform.languages.tlaplus.evaluation.source import python_trees as py
from conform.languages.tlaplus.evaluation.source.cheapness import is_cheap
from conform.languages.tlaplus.evaluation.source.emitter import Emitter
from conform.languages.tlaplus.evaluation.source.iteration import (
    Elements,
    element_operands,
    interval_elements,
)
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
    """Emit `{x \\in S : P}`; an S that stays lazy is left to the closure."""
    if _is_space(node.bound.domain):
        return emitter.fallback(node, place)
    gone_through = _filtered(emitter, node, place)
    if gone_through is None:
        return emitter.fallback(node, place)
    inside = inner_place(emitter, (node.bound,), place)
    emitter.load_before_loop(node.predicate, inside)
    found = _empty_list(emitter)
    element = Operand(emitter.fresh(), gone_through.kind, True)
    with emitter.nested(element=element.name) as body:
        names = element_operands(emitter, node.bound, element)
        test = emitter.test(node.predicate, inside.within(inside.context, *names))
        body.append(py.when(test, [_added(found, element)]))
    emitter.block.append(py.loop(element.name, gone_through.expression, body))
    return emitter.let(py.call(emitter.object(SetValue), py.load(found)), SetValue)


def _filtered(emitter: Emitter, node: syntax.SetFilter, place: Place) -> Elements | None:
    """Emit the set that a filter goes through; None for one that stays lazy."""
    numbers = interval_elements(emitter, node.bound.domain, place)
    if numbers is not None:
        return numbers
    base = emitter.value(node.bound.domain, place)
    if base.is_constant and _stays_lazy(base.constant):
        return None
    found = py.call(emitter.object(candidates), py.load(base.name), emitter.object(node.span))
    return Elements(py.load(emitter.let(found).name))


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
    domains = bound_elements(emitter, node.bounds, place)
    inside = inner_place(emitter, node.bounds, place)
    emitter.load_before_loop(node.element, inside)
    found = _empty_list(emitter)

    def collect(inner: Place) -> None:
        image = emitter.settled(emitter.value(node.element, inner), node.element.span)
        emitter.block.append(_added(found, image))

    nested_loops(emitter, node.bounds, domains, inside, collect, lambda: None)
    span = emitter.object(node.element.span)
    return emitter.let(py.call(emitter.object(plain_set), py.load(found), span), SetValue)


def _empty_list(emitter: Emitter) -> str:
    """Emit a list that loops collect values in; return its name."""
    name = emitter.fresh()
    emitter.block.append(py.store(name, py.list_of([])))
    return name


def _added(found: str, value: Operand) -> ast.stmt:
    return py.run(py.call(py.attribute(py.load(found), "append"), py.load(value.name)))


def union(emitter: Emitter, node: syntax.Prefix, place: Place) -> Operand:
    """Emit `UNION S`; what is known beforehand is left to the closure."""
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
