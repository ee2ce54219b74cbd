"""Tuples, records and functions: how they are written down, taken apart and changed."""

from __future__ import annotations

import ast
from collections.abc import Sequence

from conform.domain.values import Domain, FunctionValue, record_domain, sequence_domain
from conform.languages.tlaplus import syntax
from conform.languages.tlaplus.evaluation.bounds import Arguments
from conform.languages.tlaplus.evaluation.footprints import CONSTANT
from conform.languages.tlaplus.evaluation.function_literals import argument_domain
from conform.languages.tlaplus.evaluation.functions import applied, domain_of
from conform.languages.tlaplus.evaluation.results import applied_to
from conform.languages.tlaplus.evaluation.scope import Local
from conform.languages.tlaplus.evaluation.source import python_trees as py
from conform.languages.tlaplus.evaluation.source.emitter import Emitter
from conform.languages.tlaplus.evaluation.source.iteration import element_operands, is_small_set
from conform.languages.tlaplus.evaluation.source.logic import inner_place
from conform.languages.tlaplus.evaluation.source.operands import Operand, Place, kind_of_all
from conform.languages.tlaplus.evaluation.source.runtime import (
    Site,
    domain_from,
    place_of,
)
from conform.text import Span

_QUICKLY_HASHED = (int, str)
"""Kinds of arguments that Python looks up in a domain as quickly as it compares two domains."""


def tuple_literal(emitter: Emitter, node: syntax.TupleLiteral, place: Place) -> Operand:
    """Emit `<<a, b>>`."""
    return _literal(emitter, sequence_domain(len(node.elements)), node.elements, node.span, place)


def record_literal(emitter: Emitter, node: syntax.RecordLiteral, place: Place) -> Operand:
    """Emit `[a |-> 1]`."""
    fields = sorted(node.fields, key=lambda field: field.name)
    domain = record_domain(tuple(field.name for field in fields))
    return _literal(emitter, domain, [field.value for field in fields], node.span, place)


def _literal(
    emitter: Emitter,
    domain: Domain,
    nodes: Sequence[syntax.Expression],
    span: Span,
    place: Place,
) -> Operand:
    operands = [emitter.settled(emitter.value(node, place), span) for node in nodes]
    if all(operand.is_constant for operand in operands):
        values = tuple(operand.constant for operand in operands)
        return emitter.constant(FunctionValue(domain, values))
    given = py.tuple_of([py.load(operand.name) for operand in operands])
    made = py.call(emitter.object(FunctionValue), emitter.object(domain), given)
    return emitter.let(made, FunctionValue)


def function(emitter: Emitter, node: syntax.FunctionLiteral, place: Place) -> Operand:
    """Emit `[x \\in S |-> e]`; a pattern beside other bounds is left to the closure."""
    if len(node.bounds) > 1 and any(bound.is_tuple for bound in node.bounds):
        return emitter.fallback(node, place)
    emitter.recovers = True  # where an element has no value, the closure gives a rule
    is_of_one = len(node.bounds) == len(node.bounds[0].names) == 1
    kind = None
    if is_of_one and not node.bounds[0].is_tuple:
        domain, kind = _domain(emitter, node.bounds[0].domain, place)
    else:
        domain = _domain_of_tuples(emitter, node, place)
    inner = inner_place(emitter, node.bounds, place)
    emitter.load_before_loop(node.body, inner)
    values, key = emitter.fresh(), emitter.fresh()
    emitter.block.append(py.store(values, py.list_of([])))
    with emitter.nested(element=key) as body:
        bound = _names(emitter, node.bounds, Operand(key, kind, True))
        value = emitter.value(node.body, inner.within(inner.context, *bound))
        value = emitter.settled(value, node.body.span)
        body.append(py.run(py.call(py.attribute(py.load(values), "append"), py.load(value.name))))
    keys = py.attribute(py.load(domain.name), "elements")
    emitter.block.append(py.loop([key], keys, body))
    whole = py.call(py.load("tuple"), py.load(values))
    return emitter.let(
        py.call(emitter.object(FunctionValue), py.load(domain.name), whole), FunctionValue
    )


def _names(emitter: Emitter, bounds: tuple[syntax.Bound, ...], argument: Operand) -> list[Operand]:
    """Return the operands of the names of a function's bounds, taken out of one argument of it."""
    names = [name for bound in bounds for name in bound.names]
    if len(names) == 1 or bounds[0].is_tuple:
        return element_operands(emitter, bounds[0], argument)
    found = [emitter.fresh() for _ in names]
    emitter.block.append(py.unpack(found, py.attribute(py.load(argument.name), "values")))
    return [Operand(name, None, True) for name in found]


def _domain_of_tuples(emitter: Emitter, node: syntax.FunctionLiteral, place: Place) -> Operand:
    """Emit the Domain of a function whose arguments are taken apart."""
    arguments = Arguments(emitter.compiler, node.bounds, place.context)
    code = argument_domain(arguments, node.bounds[0].domain.span)
    found = emitter.let(py.call(emitter.object(code), *emitter.arguments_of(place)))
    emitter.require(found, Domain)
    return found


def _domain(emitter: Emitter, node: syntax.Expression, place: Place) -> tuple[Operand, type | None]:
    """Emit the Domain of a function over a set; return it with the kind of its elements."""
    found = emitter.value(node, place)
    if found.is_constant and is_small_set(found.constant):
        domain = domain_from(found.constant, node.span)
        return emitter.constant(domain), kind_of_all(domain.elements)
    making = py.call(emitter.object(domain_from), py.load(found.name), emitter.object(node.span))
    return emitter.let(making), None


# ---------------------------------------------------------------------------------- application


def application(emitter: Emitter, node: syntax.Application, place: Place) -> Operand:
    """Emit `f[x]`."""
    function = emitter.value(node.function, place)
    if len(node.arguments) != 1:
        argument = _literal(
            emitter, sequence_domain(len(node.arguments)), node.arguments, node.span, place
        )
    else:
        argument = emitter.value(node.arguments[0], place)
    key = (function.name, argument.name)
    if argument.kind in _QUICKLY_HASHED:
        return emitter.shared(key, lambda: _at(emitter, function, argument, node.span))
    if argument.is_constant and argument.is_settled:
        site = Site(argument.constant)
        return emitter.shared(key, lambda: _at_known(emitter, function, site, node.span))
    return emitter.shared(key, lambda: _at(emitter, function, argument, node.span))


def field(emitter: Emitter, node: syntax.Field, place: Place) -> Operand:
    """Emit `r.name`."""
    record = emitter.value(node.record, place)
    name = emitter.constant(node.name)
    key = (record.name, "field", node.name)
    return emitter.shared(key, lambda: _at(emitter, record, name, node.span))


def _at_known(emitter: Emitter, function: Operand, site: Site, span: Span) -> Operand:
    """Emit an application to an argument known beforehand: its place is that of last time."""
    found, here = py.load(function.name), emitter.object(site)
    known = py.same(py.attribute(found, "domain"), py.attribute(here, "domain"))
    quick = py.item(py.attribute(found, "values"), py.attribute(here, "place"))
    asked = py.call(py.attribute(here, "apply"), found, emitter.object(span))
    return emitter.let(py.choice(known, quick, asked), settled=function.is_settled)


def _at(emitter: Emitter, function: Operand, argument: Operand, span: Span) -> Operand:
    """Emit an application: what is outside the domain, or no function at all, is a misfit."""
    found, given = py.load(function.name), py.load(argument.name)
    index = py.attribute(py.attribute(found, "domain"), "index")
    quick = py.item(py.attribute(found, "values"), py.item(index, given))
    if function.is_settled and argument.kind not in (None, bool):
        return emitter.let(quick, settled=True)
    tests = []
    if not function.is_settled:
        tests.append(py.same(py.class_of(found), emitter.object(FunctionValue)))
    if argument.kind in (None, bool):
        tests.append(py.different(py.class_of(given), emitter.object(bool)))
    asked = py.call(
        emitter.object(applied if argument.is_settled else applied_to),
        found,
        given,
        emitter.object(span),
    )
    condition = tests[0] if len(tests) == 1 else py.both(*tests)
    return emitter.let(py.choice(condition, quick, asked), settled=function.is_settled)


def domain(emitter: Emitter, node: syntax.Prefix, place: Place) -> Operand:
    """Emit `DOMAIN f`."""
    function = emitter.value(node.operand, place)
    return emitter.let(
        py.call(emitter.object(domain_of), py.load(function.name), emitter.object(node.span))
    )


# --------------------------------------------------------------------------------------- EXCEPT


def updated_function(emitter: Emitter, node: syntax.Except, place: Place) -> Operand:
    """Emit EXCEPT."""
    found = emitter.value(node.function, place)
    for update in node.updates:
        path = [_selector(emitter, selector, update, place) for selector in update.path]
        found = _updated(emitter, found, path, update, place)
    return found


def _selector(
    emitter: Emitter,
    selector: syntax.IndexSelector | syntax.FieldSelector,
    update: syntax.Update,
    place: Place,
) -> Operand:
    if isinstance(selector, syntax.FieldSelector):
        return emitter.constant(selector.name)
    if len(selector.indices) == 1:
        return emitter.settled(emitter.value(selector.indices[0], place), update.span)
    domain = sequence_domain(len(selector.indices))
    return _literal(emitter, domain, selector.indices, selector.span, place)


def _updated(
    emitter: Emitter,
    function: Operand,
    path: Sequence[Operand],
    update: syntax.Update,
    place: Place,
) -> Operand:
    """Emit one change; what is outside the domain is a misfit."""
    if not path:
        old = Local(place.context.depth, CONSTANT, frozenset(), frozenset())
        context = place.context.inside({"@": old}, 1)
        value = emitter.value(update.value, place.within(context, function))
        return emitter.settled(value, update.span)
    found = py.load(function.name)
    where = _located(emitter, found, path[0])
    before = emitter.let(py.item(py.attribute(found, "values"), py.load(where.name)), settled=True)
    after = _updated(emitter, before, path[1:], update, place)
    replaced = py.call(py.attribute(found, "replaced"), py.load(where.name), py.load(after.name))
    is_new = py.different(py.load(after.name), py.load(before.name))
    return emitter.let(py.choice(is_new, replaced, found), FunctionValue)


def _located(emitter: Emitter, found: ast.expr, argument: Operand) -> Operand:
    if not argument.is_constant:
        placing = py.call(emitter.object(place_of), found, py.load(argument.name))
        return emitter.let(placing)
    here = emitter.object(Site(argument.constant))
    known = py.same(py.attribute(found, "domain"), py.attribute(here, "domain"))
    asked = py.call(py.attribute(here, "locate"), found)
    return emitter.let(py.choice(known, py.attribute(here, "place"), asked))


def old_value(emitter: Emitter, node: syntax.At, place: Place) -> Operand:
    """Emit `@`."""
    binding = place.context.scope.find("@")
    if not isinstance(binding, Local) or not 0 <= binding.index < len(place.environment):
        return emitter.fallback(node, place)
    return emitter.bound(place.environment[binding.index])
