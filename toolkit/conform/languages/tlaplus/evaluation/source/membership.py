"""`x \\in S`: the rule of membership is written out where S is known before the code runs."""

from __future__ import annotations

import ast
from collections.abc import Callable

from conform.domain.values import FunctionValue, ModelValue, SetValue
from conform.languages.tlaplus import syntax
from conform.languages.tlaplus.evaluation.repeating_sets import RepeatingSet
from conform.languages.tlaplus.evaluation.results import is_member
from conform.languages.tlaplus.evaluation.sets import (
    AnySet,
    Interval,
    Kind,
    LazySet,
)
from conform.languages.tlaplus.evaluation.source import python_trees as py
from conform.languages.tlaplus.evaluation.source.emitter import Emitter
from conform.languages.tlaplus.evaluation.source.numbers import integers, is_standard
from conform.languages.tlaplus.evaluation.source.operands import Operand, Place, kind_of_all
from conform.languages.tlaplus.evaluation.source.runtime import SpaceSite
from conform.languages.tlaplus.evaluation.spaces import (
    FunctionSpace,
    RecordSpace,
    SequenceSpace,
)
from conform.text import Span

General = Callable[[], ast.expr]
"""Gives the call that decides membership for any operands."""


def membership(emitter: Emitter, node: syntax.Infix, place: Place) -> ast.expr:
    """Return the test that the left operand is an element of the right one."""
    value = emitter.value(node.left, place)
    interval = _in_interval(emitter, value, node.right, place, node.span)
    if interval is not None:
        return interval
    elements = emitter.value(node.right, place)
    if elements.is_constant and isinstance(elements.constant, SetValue | LazySet):
        return _in_known(emitter, value, elements.constant, node.span)
    return _general(emitter, value, elements, node.span)()


def _general(emitter: Emitter, value: Operand, elements: Operand, span: Span) -> General:
    return lambda: py.call(
        emitter.object(is_member),
        py.load(value.name),
        py.load(elements.name),
        emitter.object(span),
    )


def _in_interval(
    emitter: Emitter, value: Operand, node: syntax.Expression, place: Place, span: Span
) -> ast.expr | None:
    """Return the test for `a..b`, which need not be made for it; None for other sets."""
    while isinstance(node, syntax.Parentheses):
        node = node.expression
    if not isinstance(node, syntax.Infix) or node.operator != "..":
        return None
    if not is_standard(place.context.scope.find(".."), ".."):
        return None
    low, high = integers(emitter, (node.left, node.right), place)
    rule = py.between(py.load(low.name), py.load(value.name), py.load(high.name))
    interval = py.call(emitter.object(Interval), py.load(low.name), py.load(high.name))
    asked = (emitter.object(is_member), py.load(value.name), interval, emitter.object(span))
    return _if_kind(emitter, value, int, rule, lambda: py.call(*asked))


def _in_known(emitter: Emitter, value: Operand, elements: AnySet, span: Span) -> ast.expr:
    """Return the test for a known set: its rule where the value is of the right kind."""
    if isinstance(elements, RepeatingSet):
        elements = elements.whole
    general = _general(emitter, value, emitter.constant(elements), span)
    match elements:
        case Interval(low=low, high=high):
            ends = (emitter.object(low), py.load(value.name), emitter.object(high))
            return _if_kind(emitter, value, int, py.between(*ends), general)
        case Kind(kind=kind, lowest=None):
            return _if_kind(emitter, value, kind, py.literal(True), general)
        case Kind(kind=kind, lowest=lowest):
            bound = emitter.object(lowest)
            rule = py.compared(py.load(value.name), ast.GtE(), bound)
            return _if_kind(emitter, value, kind, rule, general)
        case FunctionSpace():
            return _in_function_space(emitter, value, elements, span)
        case RecordSpace():
            return _in_record_space(emitter, value, elements, general, span)
        case SequenceSpace(base=base):
            return _in_sequence_space(emitter, value, base, general, span)
        case SetValue():
            return _in_set(emitter, value, elements, general)
        case _:
            return general()


def _in_set(emitter: Emitter, value: Operand, elements: SetValue, general: General) -> ast.expr:
    kind = kind_of_all(elements.ordered)
    found = py.compared(py.load(value.name), ast.In(), emitter.object(elements.elements))
    if kind in (int, str):
        return _if_kind(emitter, value, kind, found, general)
    if kind is bool and len(elements) == 2:
        return _if_kind(emitter, value, kind, py.literal(True), general)
    if kind is ModelValue and value.kind in (None, ModelValue):
        is_kind = py.same(py.class_of(py.load(value.name)), emitter.object(ModelValue))
        return py.either(py.both(is_kind, found), general())
    return general()


def _if_kind(
    emitter: Emitter, value: Operand, kind: type, rule: ast.expr, general: General
) -> ast.expr:
    if value.kind is kind:
        return rule
    if value.kind is not None:
        return general()
    is_kind = py.same(py.class_of(py.load(value.name)), emitter.object(kind))
    return py.choice(is_kind, rule, general())


def _in_function_space(
    emitter: Emitter, value: Operand, space: FunctionSpace, span: Span
) -> ast.expr:
    """Functions over the domain that came by last have their values looked at one by one."""
    site = SpaceSite(space)
    has_domain = py.same(
        py.attribute(py.load(value.name), "domain"), py.attribute(emitter.object(site), "domain")
    )
    if value.kind is not FunctionValue:
        is_function = py.same(py.class_of(py.load(value.name)), emitter.object(FunctionValue))
        has_domain = py.both(is_function, has_domain)
    name = emitter.fresh()
    with emitter.nested() as fitting:
        fitting.append(py.store(name, py.literal(True)))
        _all_in(emitter, value, space.codomain, name, span)
    asked = py.call(
        py.attribute(emitter.object(site), "contains"), py.load(value.name), emitter.object(span)
    )
    emitter.block.append(py.when(has_domain, fitting, [py.store(name, asked)]))
    return py.load(name)


def _all_in(emitter: Emitter, value: Operand, elements: AnySet, name: str, span: Span) -> None:
    """Emit a loop over the values of a function that sets `name` False if one is not in the set."""
    image = Operand(emitter.fresh(), None, True)
    with emitter.nested(element=image.name) as body:
        test = _in_known(emitter, image, elements, span)
        body.append(py.when(py.negated(test), [py.store(name, py.literal(False)), ast.Break()]))
    images = py.attribute(py.load(value.name), "values")
    emitter.block.append(py.loop([image.name], images, body))


def _in_record_space(
    emitter: Emitter, value: Operand, space: RecordSpace, general: General, span: Span
) -> ast.expr:
    is_record = py.same(py.class_of(py.load(value.name)), emitter.object(FunctionValue))
    same_domain = py.same(py.attribute(py.load(value.name), "domain"), emitter.object(space.domain))
    name = emitter.fresh()
    with emitter.nested() as fitting:
        names = [emitter.fresh() for _ in space.sets]
        fitting.append(py.unpack(names, py.attribute(py.load(value.name), "values")))
        fitting.append(py.store(name, _fields_in(emitter, names, space.sets, span)))
    emitter.block.append(
        py.when(py.both(is_record, same_domain), fitting, [py.store(name, general())])
    )
    return py.load(name)


def _fields_in(
    emitter: Emitter, names: list[str], sets: tuple[AnySet, ...], span: Span
) -> ast.expr:
    test = _in_known(emitter, Operand(names[0], None, True), sets[0], span)
    if len(names) == 1:
        return test
    with emitter.nested() as body:
        rest = _fields_in(emitter, names[1:], sets[1:], span)
        if body:
            found = emitter.fresh()
            body.append(py.store(found, rest))
    if not body:
        return py.both(test, rest)
    emitter.block.append(py.store(found, test))
    emitter.block.append(py.when(py.load(found), body))
    return py.load(found)


def _in_sequence_space(
    emitter: Emitter, value: Operand, base: AnySet, general: General, span: Span
) -> ast.expr:
    is_function = py.same(py.class_of(py.load(value.name)), emitter.object(FunctionValue))
    is_sequence = py.attribute(py.attribute(py.load(value.name), "domain"), "is_sequence")
    name = emitter.fresh()
    with emitter.nested() as fitting:
        fitting.append(py.store(name, py.literal(True)))
        _all_in(emitter, value, base, name, span)
    emitter.block.append(
        py.when(py.both(is_function, is_sequence), fitting, [py.store(name, general())])
    )
    return py.load(name)
