"""Actions: nested tests and loops, and in the innermost what is done with a completed step.

The emitters take a continuation, which emits what follows. Where an action branches, what follows
is written out once for each branch, so that it is known there which variables have their values.
"""

from __future__ import annotations

import ast
from collections.abc import Callable, Sequence
from functools import partial

from conform.languages.tlaplus import syntax
from conform.languages.tlaplus.evaluation.actions import arguments_by_value
from conform.languages.tlaplus.evaluation.analysis import variable_slot
from conform.languages.tlaplus.evaluation.assignments import assigned_slot, unchanged_parts
from conform.languages.tlaplus.evaluation.branching import branches
from conform.languages.tlaplus.evaluation.dispatch import Context, Mode
from conform.languages.tlaplus.evaluation.footprints import ACTION
from conform.languages.tlaplus.evaluation.inlining import inlined_target
from conform.languages.tlaplus.evaluation.instances import Use, as_use
from conform.languages.tlaplus.evaluation.results import is_member, values_equal
from conform.languages.tlaplus.evaluation.scope import Definition
from conform.languages.tlaplus.evaluation.source import python_trees as py
from conform.languages.tlaplus.evaluation.source.emitter import Emitter, NotEmittedError
from conform.languages.tlaplus.evaluation.source.iteration import Elements, elements
from conform.languages.tlaplus.evaluation.source.logic import (
    bound_elements,
    conjoined,
    inner_place,
    nested_loops,
)
from conform.languages.tlaplus.evaluation.source.names import inside_let
from conform.languages.tlaplus.evaluation.source.operands import After, Kept, Operand, Place
from conform.languages.tlaplus.evaluation.source.ways import ways
from conform.text import Span

Then = Callable[[After], None]
"""Emits what follows, given what the variables become."""


def action(emitter: Emitter, node: syntax.Expression, place: Place, then: Then) -> None:
    """Emit every way to complete a step by `node`, and `then` for each."""
    after = _step(place)
    context = place.context
    footprint = emitter.compiler.footprint(node, context)
    if footprint.level < ACTION:
        if emitter.stop is not None or not branches(node, context.scope):
            _guard(emitter, emitter.test(node, place), after, then)
            return
        if None in after:
            _repeat(emitter, ways(emitter, node, place), after, then)
            return
    match node:
        case syntax.Parentheses(expression=inner) | syntax.Labelled(expression=inner):
            action(emitter, inner, place, then)
        case syntax.Junction(operator="/\\", items=items):
            sequence(emitter, items, place, then)
        case syntax.Infix(operator="/\\", left=left, right=right):
            sequence(emitter, (left, right), place, then)
        case syntax.Junction() | syntax.Quantified() | syntax.Infix(operator="\\/"):
            if None in after:
                _branching(emitter, node, place, then)
            else:
                _guard(emitter, emitter.test(node, place), after, then)
        case syntax.Infix():
            _infix(emitter, node, place, then)
        case syntax.Prefix(operator="UNCHANGED", operand=operand):
            _kept(emitter, operand, place, then)
        case _:
            _compound(emitter, node, place, then)


def sequence(
    emitter: Emitter, nodes: Sequence[syntax.Expression], place: Place, then: Then
) -> None:
    """Emit a conjunction, worked through from left to right."""
    if not nodes:
        then(_step(place))
        return
    first, rest = nodes[0], nodes[1:]
    action(
        emitter,
        first,
        place,
        lambda after: sequence(emitter, rest, place.with_after(after), then),
    )


def _step(place: Place) -> After:
    if place.after is None or place.context.mode is Mode.PRIMED:
        raise NotEmittedError
    return place.after


def _guard(emitter: Emitter, test: ast.expr, after: After, then: Then) -> None:
    with emitter.nested() as body:
        then(after)
    emitter.block.append(py.when(test, body))


def _repeat(emitter: Emitter, count: Operand, after: After, then: Then) -> None:
    """Emit what follows a guard as often as there are ways in which it is true."""
    number = emitter.fresh()
    with emitter.nested(element=number) as body:
        then(after)
    rounds = py.call(py.load("range"), py.load(count.name))
    emitter.block.append(py.loop([number], rounds, body))


def _compound(emitter: Emitter, node: syntax.Expression, place: Place, then: Then) -> None:
    match node:
        case syntax.If(condition=condition, consequent=consequent, alternative=alternative):
            _choose(emitter, [(condition, consequent)], alternative, place, then)
        case syntax.Case(arms=arms, other=other):
            pairs = [(arm.condition, arm.value) for arm in arms]
            _choose(emitter, pairs, other, place, then)
        case syntax.Let(body=body):
            action(emitter, body, inside_let(emitter, node, place, in_action=True), then)
        case syntax.ActionBox(action=inner, subscript=subscript):
            action(emitter, inner, place, then)
            _unless_stopped(emitter, partial(_kept, emitter, subscript, place, then))
        case syntax.ActionDiamond(action=inner, subscript=subscript):
            _diamond(emitter, inner, subscript, place, then)
        case _:
            _named_or_guard(emitter, node, place, then)


# ------------------------------------------------------------------------------------ branching


def _branching(emitter: Emitter, node: syntax.Expression, place: Place, then: Then) -> None:
    match node:
        case syntax.Junction(items=items):
            _alternatives(emitter, items, place, then)
        case syntax.Infix(left=left, right=right):
            _alternatives(emitter, (left, right), place, then)
        case syntax.Quantified(quantifier="\\E"):
            _exists(emitter, node, place, then)
        case _ if _compares_alone(emitter, node, place):
            _guard(emitter, emitter.test(node, place), _step(place), then)
        case _:
            raise NotEmittedError


def _compares_alone(emitter: Emitter, node: syntax.Expression, place: Place) -> bool:
    """Whether a formula has but one way to be true, and gives no variable its value."""
    after = _step(place)
    primed = emitter.compiler.footprint(node, place.context).primed
    is_settled = all(after[slot] is not None for slot in primed)
    return is_settled and not branches(node, place.context.scope)


def _alternatives(
    emitter: Emitter, nodes: Sequence[syntax.Expression], place: Place, then: Then
) -> None:
    action(emitter, nodes[0], place, then)
    for node in nodes[1:]:
        _unless_stopped(emitter, partial(action, emitter, node, place, then))


def _unless_stopped(emitter: Emitter, emit: Callable[[], None]) -> None:
    """Emit what is not looked at when one completed step was all that was wanted."""
    if emitter.stop is None:
        emit()
        return
    with emitter.nested() as body:
        emit()
    emitter.block.append(py.when(py.negated(py.load(emitter.stop)), body))


def _exists(emitter: Emitter, node: syntax.Quantified, place: Place, then: Then) -> None:
    domains = bound_elements(emitter, node.bounds, place, for_steps=True)
    inside = inner_place(emitter, node.bounds, place)
    emitter.load_before_loop(node.body, inside)
    nested_loops(
        emitter,
        node.bounds,
        domains,
        inside,
        lambda inner: _in_loop(emitter, lambda: action(emitter, node.body, inner, then)),
        lambda: _stop(emitter),
    )


def _in_loop(emitter: Emitter, emit: Callable[[], None]) -> None:
    emit()
    _stop(emitter)


def _stop(emitter: Emitter) -> None:
    """Emit that a loop ends when one completed step was all that was wanted."""
    if emitter.stop is not None:
        emitter.block.append(py.when(py.load(emitter.stop), [ast.Break()]))


def _choose(
    emitter: Emitter,
    arms: Sequence[tuple[syntax.Expression, syntax.Expression]],
    other: syntax.Expression | None,
    place: Place,
    then: Then,
) -> None:
    """Emit the first arm whose condition is true; that none is true is a misfit."""
    if not arms:
        if other is None:
            emitter.refuse()
        else:
            action(emitter, other, place, then)
        return
    condition, consequent = arms[0]
    test = emitter.test(condition, place)
    with emitter.nested() as body:
        action(emitter, consequent, place, then)
    with emitter.nested() as otherwise:
        _choose(emitter, arms[1:], other, place, then)
    emitter.block.append(py.when(test, body, otherwise))


def _named_or_guard(emitter: Emitter, node: syntax.Expression, place: Place, then: Then) -> None:
    use = as_use(node, place.context.scope)
    if use is None:
        _guard(emitter, emitter.test(node, place), _step(place), then)
    else:
        _named(emitter, use, place, then)


def _named(emitter: Emitter, node: Use, place: Place, then: Then) -> None:
    context = place.context
    use = emitter.compiler.target(node, context)
    if arguments_by_value(emitter.compiler, use, context):
        raise NotEmittedError
    called = inlined_target(use, context.scope, context.depth)
    if called is not None:
        action(emitter, called.body, place.at(context.at(called.scope)), then)
    elif isinstance(use.binding, Definition):
        raise NotEmittedError  # it is recursive
    else:
        _guard(emitter, emitter.test(node, place), _step(place), then)


# ---------------------------------------------------------------------------------- assignments


def _infix(emitter: Emitter, node: syntax.Infix, place: Place, then: Then) -> None:
    slot = assigned_slot(node.left, place.context) if node.operator in ("=", "\\in") else None
    if node.operator == "=>":
        test = emitter.test(node.left, place)
        with emitter.nested() as body:
            action(emitter, node.right, place, then)
        with emitter.nested() as otherwise:
            then(_step(place))
        emitter.block.append(py.when(test, body, otherwise))
    elif slot is not None and node.operator == "=":
        value = emitter.settled(emitter.value(node.right, place), node.span)
        _assign(emitter, slot, value, place, node.span, then)
    elif slot is not None:
        _assign_one_of(emitter, slot, node, place, then)
    elif node.operator in ("\\subseteq", "\\cdot"):
        raise NotEmittedError
    else:
        _named_or_guard(emitter, node, place, then)


def _assign(
    emitter: Emitter, slot: int, value: Operand | Kept, place: Place, span: Span, then: Then
) -> None:
    """Emit `x' = e`: it gives x' its value, or compares it."""
    after = _step(place)
    if after[slot] is None:
        then((*after[:slot], value, *after[slot + 1 :]))
        return
    new = emitter.slot(value.slot) if isinstance(value, Kept) else value
    _guard(emitter, _equal(emitter, emitter.following(slot, place), new, span), after, then)


def _assign_one_of(
    emitter: Emitter, slot: int, node: syntax.Infix, place: Place, then: Then
) -> None:
    after = _step(place)
    if after[slot] is not None:
        bound = emitter.following(slot, place)
        found = emitter.value(node.right, place)
        asked = (py.load(bound.name), py.load(found.name), emitter.object(node.span))
        _guard(emitter, py.call(emitter.object(is_member), *asked), after, then)
        return
    domain = _assignable(emitter, node, place)
    value = emitter.fresh()
    with emitter.nested(element=value) as body:
        chosen = Operand(value, domain.kind, True)
        _in_loop(emitter, lambda: then((*after[:slot], chosen, *after[slot + 1 :])))
    emitter.block.append(py.loop([value], domain.expression, body))


def _assignable(emitter: Emitter, node: syntax.Infix, place: Place) -> Elements:
    where = "an assignment by `\\in`"
    return elements(emitter, node.right, place, where, for_steps=True)


def _kept(emitter: Emitter, operand: syntax.Expression, place: Place, then: Then) -> None:
    """Emit UNCHANGED: each part is assigned its old value."""
    parts = [(part, at) for part, at in unchanged_parts(operand, place.context)]

    def keep(number: int, after: After) -> None:
        if number == len(parts):
            then(after)
            return
        part, context = parts[number]
        here = place.with_after(after).at(context)
        slot = variable_slot(part, context.scope)
        if slot is not None:
            follow = lambda after: keep(number + 1, after)  # noqa: E731  # a continuation
            _assign(emitter, slot, Kept(slot), here, part.span, follow)
            return
        test = _is_kept(emitter, part, here)
        _guard(emitter, test, after, lambda after: keep(number + 1, after))

    keep(0, _step(place))


def _is_kept(emitter: Emitter, part: syntax.Expression, place: Place) -> ast.expr:
    after = emitter.value(part, place.at(place.context.primed()))
    before = emitter.value(part, place)
    return _equal(emitter, after, before, part.span)


def _equal(emitter: Emitter, one: Operand, other: Operand, span: Span) -> ast.expr:
    general = py.call(
        emitter.object(values_equal), py.load(one.name), py.load(other.name), emitter.object(span)
    )
    if one.is_settled and other.is_settled:
        return py.either(py.same(py.load(one.name), py.load(other.name)), general)
    return general


def _diamond(
    emitter: Emitter,
    inner: syntax.Expression,
    subscript: syntax.Expression,
    place: Place,
    then: Then,
) -> None:
    """Emit `<<A>>_v`: steps of A that change v."""

    def changing(after: After) -> None:
        test = _is_kept(emitter, subscript, place.with_after(after))
        _guard(emitter, py.negated(test), after, then)

    action(emitter, inner, place, changing)


# ------------------------------------------------------------------------------- as truth values


def unchanged(emitter: Emitter, operand: syntax.Expression, place: Place) -> ast.expr:
    """Return the test UNCHANGED of a step: every part is equal before and after."""
    parts = list(unchanged_parts(operand, place.context))
    if not parts:
        return py.literal(True)
    return conjoined(
        emitter, [_kept_test(emitter, part, place.at(context)) for part, context in parts]
    )


def _kept_test(emitter: Emitter, part: syntax.Expression, place: Place) -> Callable[[], ast.expr]:
    return lambda: _is_kept(emitter, part, place)


def subscripted(
    emitter: Emitter, node: syntax.ActionBox | syntax.ActionDiamond, place: Place
) -> ast.expr:
    """Return the test `[A]_v` or `<<A>>_v` of a step."""
    if place.context.mode is Mode.PRIMED:
        return emitter.fallback_test(node, place)
    happens = emitter.let(emitter.test(node.action, place), bool)
    is_diamond = isinstance(node, syntax.ActionDiamond)
    name = emitter.fresh()
    with emitter.nested() as body:
        kept = unchanged(emitter, node.subscript, place)
        body.append(py.store(name, py.negated(kept) if is_diamond else kept))
    asks = py.load(happens.name) if is_diamond else py.negated(py.load(happens.name))
    emitter.block.append(py.store(name, py.load(happens.name)))
    emitter.block.append(py.when(asks, body))
    return py.load(name)


def enabled(emitter: Emitter, node: syntax.Prefix, place: Place) -> ast.expr:
    """Return the test ENABLED: the action is worked through until a step is complete."""
    scope, slots = place.context.scope, len(emitter.compiler.slots)
    is_barred = scope.module().instantiating.barred(scope, slots) is not None
    if is_barred or place.context.mode is Mode.PRIMED:
        return emitter.fallback_test(node, place)
    name = emitter.fresh()
    emitter.block.append(py.store(name, py.literal(False)))
    nothing: After = (None,) * len(emitter.compiler.slots)
    inner = Context(place.context.scope, place.context.depth, Mode.UNPRIMED)

    def found(_after: After) -> None:
        emitter.block.append(py.store(name, py.literal(True)))

    outer, emitter.stop = emitter.stop, name
    action(emitter, node.operand, Place(inner, place.environment, nothing), found)
    emitter.stop = outer
    return py.load(name)
