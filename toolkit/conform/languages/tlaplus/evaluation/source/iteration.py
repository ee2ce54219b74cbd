"""The elements of sets, as loops go through them."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from contextlib import contextmanager

from msgspec import Struct

from conform.domain.values import FunctionValue, SetValue, Value
from conform.languages.tlaplus import syntax
from conform.languages.tlaplus.evaluation.repeating_sets import RepeatingSet
from conform.languages.tlaplus.evaluation.scope import Builtin
from conform.languages.tlaplus.evaluation.sets import KEPT, Interval, LazySet, enumerated, size_of
from conform.languages.tlaplus.evaluation.source import python_trees as py
from conform.languages.tlaplus.evaluation.source.emitter import Emitter
from conform.languages.tlaplus.evaluation.source.numbers import integers, is_standard
from conform.languages.tlaplus.evaluation.source.operands import (
    Operand,
    Place,
    is_untyped,
    kind_of_all,
)
from conform.languages.tlaplus.evaluation.source.runtime import candidates


class Elements(Struct, frozen=True):
    """What a loop goes through: an expression that may be used repeatedly, and a kind if known.

    `indexed` is the sequence whose positions they are: its values are gone through beside them.
    `are_untyped` says that they are model values without types.
    """

    expression: ast.expr
    kind: type | None = None
    indexed: Operand | None = None
    are_untyped: bool = False


def elements(
    emitter: Emitter,
    node: syntax.Expression,
    place: Place,
    where: str,
    *,
    for_steps: bool = False,
) -> Elements:
    """Emit a set; return its elements in the order in which they are tried, `for_steps` or not."""
    found = interval_elements(emitter, node, place)
    if found is not None:
        return found
    order = emitter.compiler.order
    listed = order.tried if for_steps else order.iterated
    operand = emitter.value(node, place)
    if operand.is_constant and is_small_set(operand.constant):
        return _known(emitter, tuple(listed(operand.constant, node.span, where)))
    asked = (py.load(operand.name), emitter.object(node.span), emitter.object(where))
    return Elements(py.load(emitter.let(py.call(emitter.object(listed), *asked)).name))


def in_any_order(emitter: Emitter, node: syntax.Expression, place: Place) -> Elements | None:
    """Emit a set; return its elements, of which all are gone through; None for one kept lazy.

    The order does not matter where none is left out: if one of them fails, so do the closures.
    """
    found = interval_elements(emitter, node, place)
    if found is not None:
        return found
    operand = emitter.value(node, place)
    if not operand.is_constant:
        asked = py.call(
            emitter.object(candidates), py.load(operand.name), emitter.object(node.span)
        )
        return Elements(py.load(emitter.let(asked).name))
    if isinstance(operand.constant, RepeatingSet):
        return _known(emitter, operand.constant.whole.ordered)
    if isinstance(operand.constant, LazySet) and not isinstance(operand.constant, Interval):
        return None
    if not is_small_set(operand.constant):
        asked = py.call(
            emitter.object(candidates), py.load(operand.name), emitter.object(node.span)
        )
        return Elements(py.load(emitter.let(asked).name))
    return _known(emitter, tuple(enumerated(operand.constant)))


def _known(emitter: Emitter, values: tuple[Value, ...]) -> Elements:
    """Return elements that are known before the code runs."""
    are_untyped = bool(values) and all(map(is_untyped, values))
    return Elements(emitter.object(values), kind_of_all(values), are_untyped=are_untyped)


def is_small_set(value: object) -> bool:
    """Return whether a value is a set that may be gone through before the code runs."""
    if not isinstance(value, SetValue | LazySet):
        return False
    size = size_of(value)
    return size is not None and size <= KEPT


def interval_elements(emitter: Emitter, node: syntax.Expression, place: Place) -> Elements | None:
    """Return the elements of `a..b` whose bounds are not known; None for other sets."""
    while isinstance(node, syntax.Parentheses):
        node = node.expression
    if not isinstance(node, syntax.Infix) or node.operator != "..":
        return None
    binding = place.context.scope.find("..")
    if not isinstance(binding, Builtin) or not is_standard(binding, ".."):
        return None
    low, high = integers(emitter, (node.left, node.right), place)
    indexed = emitter.indexed(high)
    if indexed is not None and type(low.constant) is int and low.constant == 1:
        return _positions(emitter, indexed)
    if type(low.constant) is int and type(high.constant) is int:
        known = tuple(range(low.constant, high.constant + 1)[: KEPT + 1])
        if len(known) <= KEPT:
            return Elements(emitter.object(known), int)
    size = py.computed(py.load(high.name), ast.Sub(), py.load(low.name))
    emitter.refuse_if(py.compared(size, ast.GtE(), py.literal(KEPT)))
    end = py.computed(py.load(high.name), ast.Add(), py.literal(1))
    return Elements(
        py.load(emitter.let(py.call(py.load("range"), py.load(low.name), end)).name), int
    )


def _positions(emitter: Emitter, indexed: Operand) -> Elements:
    """Emit the positions of a sequence, each with the value there."""
    values = emitter.let(py.attribute(py.load(indexed.name), "values"))
    length = py.call(emitter.object(len), py.load(values.name))
    emitter.refuse_if(py.compared(length, ast.Gt(), py.literal(KEPT)))
    numbered = py.call(emitter.object(enumerate), py.load(values.name), py.literal(1))
    return Elements(numbered, int, indexed)


@contextmanager
def looped(
    emitter: Emitter, domain: Elements, otherwise: list[ast.stmt] | None = None
) -> Iterator[Operand]:
    """Emit a loop whose body is what is emitted inside; give the operand of its variable."""
    element = Operand(emitter.fresh(), domain.kind, True)
    targets = [element.name]
    if domain.are_untyped:
        emitter.untyped.add(element.name)
    with emitter.nested(element=element.name) as body:
        if domain.indexed is not None:
            value = emitter.known_application(domain.indexed, element)
            targets.append(value.name)
        yield element
    emitter.block.append(py.loop(targets, domain.expression, body, otherwise))


def element_operands(emitter: Emitter, bound: syntax.Bound, element: Operand) -> list[Operand]:
    """Return the operands of the names of a bound, taken out of one element of its set."""
    if not bound.is_tuple:
        return [element]
    tuples = py.load(element.name)
    is_tuple = py.both(
        py.same(py.class_of(tuples), emitter.object(FunctionValue)),
        py.attribute(py.attribute(tuples, "domain"), "is_sequence"),
    )
    emitter.refuse_if(py.negated(is_tuple))
    names = [emitter.fresh() for _ in bound.names]
    emitter.block.append(py.unpack(names, py.attribute(tuples, "values")))
    return [Operand(name, None, True) for name in names]
