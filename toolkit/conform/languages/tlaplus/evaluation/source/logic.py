"""Connectives, equality, IF, CASE, quantifiers and CHOOSE."""

from __future__ import annotations

import ast
from collections.abc import Callable, Sequence

from conform.domain.values import ModelValue, SetValue
from conform.languages.tlaplus import syntax
from conform.languages.tlaplus.evaluation.bounds import local
from conform.languages.tlaplus.evaluation.combined_sets import Combination
from conform.languages.tlaplus.evaluation.results import values_equal
from conform.languages.tlaplus.evaluation.scope import Binding, Builtin
from conform.languages.tlaplus.evaluation.source import python_trees as py
from conform.languages.tlaplus.evaluation.source.emitter import MISFIT, Emitter
from conform.languages.tlaplus.evaluation.source.iteration import (
    Elements,
    element_operands,
    elements,
    looped,
)
from conform.languages.tlaplus.evaluation.source.membership import membership
from conform.languages.tlaplus.evaluation.source.names import applied_operator
from conform.languages.tlaplus.evaluation.source.numbers import COMPARING, comparison, is_standard
from conform.languages.tlaplus.evaluation.source.operands import Operand, Place, is_untyped
from conform.languages.tlaplus.evaluation.source.runtime import (
    ATOMS,
    are_disjoint,
    model_values_equal,
)

TestOf = Callable[[], ast.expr]
"""Emits one test where it is called, and returns it."""


def number(emitter: Emitter, node: syntax.Number, _place: Place) -> Operand:
    """Emit an integer."""
    return emitter.constant(node.value)


def string(emitter: Emitter, node: syntax.String, _place: Place) -> Operand:
    """Emit a string."""
    return emitter.constant(node.value)


def enclosed(emitter: Emitter, node: syntax.Parentheses | syntax.Labelled, place: Place) -> Operand:
    """Emit what stands in parentheses or behind a label."""
    return emitter.value(node.expression, place)


# ---------------------------------------------------------------------------------- connectives


def infix_test(emitter: Emitter, node: syntax.Infix, place: Place) -> ast.expr:
    """Emit an infix operator as a test."""
    left, right = node.left, node.right
    match node.operator:
        case "/\\" | "\\/":
            return _connective(emitter, node.operator, (left, right), place)
        case "=>":
            given = py.negated(emitter.test(left, place))
            return disjoined(emitter, [lambda: given, lambda: emitter.test(right, place)])
        case "<=>":
            one = emitter.let(emitter.test(left, place), bool)
            return py.same(py.load(one.name), emitter.test(right, place))
        case "=" | "#":
            disjoint = _disjointness(emitter, node, place)
            if disjoint is not None:
                return disjoint
            return equality(emitter, emitter.value(left, place), emitter.value(right, place), node)
        case "\\in":
            return membership(emitter, node, place)
        case "\\notin":
            return py.negated(membership(emitter, node, place))
        case operator if operator in COMPARING and is_standard(
            place.context.scope.find(operator), operator
        ):
            return comparison(emitter, operator, (left, right), place)
        case _:
            return emitter.truth(infix_value(emitter, node, place))


def infix_value(emitter: Emitter, node: syntax.Infix, place: Place) -> Operand:
    """Emit an infix operator that is defined or standard."""
    return applied_operator(emitter, node.operator, (node.left, node.right), node, place)


_TESTS = frozenset(("/\\", "\\/", "=>", "<=>", "=", "#", "\\in", "\\notin", *COMPARING))


def infix(emitter: Emitter, node: syntax.Infix, place: Place) -> Operand:
    """Emit an infix operator as a value."""
    if node.operator in _TESTS:
        return emitter.let(infix_test(emitter, node, place), bool)
    return infix_value(emitter, node, place)


def junction(emitter: Emitter, node: syntax.Junction, place: Place) -> ast.expr:
    """Emit a bulleted list."""
    return _connective(emitter, node.operator, node.items, place)


def _connective(
    emitter: Emitter, operator: str, items: Sequence[syntax.Expression], place: Place
) -> ast.expr:
    tests = [_test_of(emitter, item, place) for item in items]
    return conjoined(emitter, tests) if operator == "/\\" else disjoined(emitter, tests)


def _test_of(emitter: Emitter, node: syntax.Expression, place: Place) -> TestOf:
    return lambda: emitter.test(node, place)


def conjoined(emitter: Emitter, tests: Sequence[TestOf]) -> ast.expr:
    """Return the conjunction: what belongs to a test runs only if those before it are true."""
    return _chained(emitter, tests, py.both, lambda name: py.load(name))


def disjoined(emitter: Emitter, tests: Sequence[TestOf]) -> ast.expr:
    """Return the disjunction: what belongs to a test runs only if those before it are false."""
    return _chained(emitter, tests, py.either, lambda name: py.negated(py.load(name)))


def _chained(
    emitter: Emitter,
    tests: Sequence[TestOf],
    combined: Callable[..., ast.expr],
    goes_on: Callable[[str], ast.expr],
) -> ast.expr:
    first = tests[0]()
    if len(tests) == 1:
        return first
    with emitter.nested() as body:
        rest = _chained(emitter, tests[1:], combined, goes_on)
        if body:
            name = emitter.fresh()
            body.append(py.store(name, rest))
    if not body:
        return combined(first, rest)
    emitter.block.append(py.store(name, first))
    emitter.block.append(py.when(goes_on(name), body))
    return py.load(name)


def negation(emitter: Emitter, operand: syntax.Expression, place: Place) -> ast.expr:
    """Return the test `~operand`."""
    return py.negated(emitter.test(operand, place))


def equality(emitter: Emitter, left: Operand, right: Operand, node: syntax.Infix) -> ast.expr:
    """Return the test `=` or `#`: atoms of one kind are compared by Python."""
    key = (node.operator, left.name, right.name)
    return emitter.shared_test(key, lambda: _equality(emitter, left, right, node))


def _equality(emitter: Emitter, left: Operand, right: Operand, node: syntax.Infix) -> ast.expr:
    wanted = node.operator == "="
    comparing = ast.Eq() if wanted else ast.NotEq()
    one, other = py.load(left.name), py.load(right.name)
    plain = py.compared(one, comparing, other)
    if left.kind in ATOMS and left.kind is right.kind:
        return plain
    operands = (py.load(left.name), py.load(right.name), emitter.object(node.span))
    general = py.call(emitter.object(values_equal), *operands)
    if ModelValue in (left.kind, right.kind):
        unknown = left if right.kind is ModelValue else right
        special = py.call(emitter.object(model_values_equal), *operands)
        if any(is_untyped(x.constant) or x.name in emitter.untyped for x in (left, right)):
            special = py.compared(py.load(left.name), ast.Eq(), py.load(right.name))
        if unknown.kind is None:
            is_one = py.same(py.class_of(py.load(unknown.name)), emitter.object(ModelValue))
            special = py.choice(is_one, special, general)
        if unknown.kind in (None, ModelValue):
            general = py.either(py.same(py.load(left.name), py.load(right.name)), special)
    if left.constant == EMPTY or right.constant == EMPTY:
        general = _emptiness(emitter, right if left.constant == EMPTY else left, general)
    general = general if wanted else py.negated(general)
    for known, unknown in ((left, right), (right, left)):
        if known.kind in ATOMS and unknown.kind is None:
            found = py.class_of(py.load(unknown.name))
            return py.choice(py.same(found, emitter.object(known.kind)), plain, general)
    if left.kind is None and right.kind is None:
        found = py.class_of(py.load(left.name))
        alike = py.both(
            py.same(found, py.class_of(py.load(right.name))),
            py.compared(py.class_of(py.load(left.name)), ast.In(), emitter.object(ATOMS)),
        )
        return py.choice(alike, plain, general)
    return general


def _disjointness(emitter: Emitter, node: syntax.Infix, place: Place) -> ast.expr | None:
    """Return the test `S \\cap T = {}`, for which no set is made; None for any other equality."""
    left, right = node.left, node.right
    if not isinstance(right, syntax.SetEnumeration) or right.elements:
        return None
    while isinstance(left, syntax.Parentheses):
        left = left.expression
    if not isinstance(left, syntax.Infix) or left.operator != "\\cap":
        return None
    builtin = place.context.scope.find(left.operator)
    if not isinstance(builtin, Builtin) or builtin.name != Combination.INTERSECTION:
        return None
    one, other = emitter.value(left.left, place), emitter.value(left.right, place)
    given = (py.load(one.name), py.load(other.name), emitter.object(left.span))
    asked = py.call(emitter.object(are_disjoint), emitter.object(builtin.apply), *given)
    return asked if node.operator == "=" else py.negated(asked)


EMPTY = SetValue(())


def _emptiness(emitter: Emitter, operand: Operand, general: ast.expr) -> ast.expr:
    """Return the test that a set has no elements; `general` decides for what is no set."""
    found = py.load(operand.name)
    is_set = py.same(py.class_of(found), emitter.object(SetValue))
    return py.choice(is_set, py.negated(py.attribute(found, "elements")), general)


# ------------------------------------------------------------------------------------ branching


def conditional(emitter: Emitter, node: syntax.If, place: Place) -> Operand:
    """Emit IF."""
    return _branches(emitter, [(node.condition, node.consequent)], node.alternative, place)


def case(emitter: Emitter, node: syntax.Case, place: Place) -> Operand:
    """Emit CASE: the first true arm is taken; that none is true is a misfit."""
    arms = [(arm.condition, arm.value) for arm in node.arms]
    return _branches(emitter, arms, node.other, place)


def _branches(
    emitter: Emitter,
    arms: Sequence[tuple[syntax.Expression, syntax.Expression]],
    other: syntax.Expression | None,
    place: Place,
) -> Operand:
    name = emitter.fresh()
    found: list[Operand] = []

    def keep(node: syntax.Expression) -> None:
        value = emitter.value(node, place)
        found.append(value)
        emitter.block.append(py.store(name, py.load(value.name)))

    def emit(rest: Sequence[tuple[syntax.Expression, syntax.Expression]]) -> None:
        if not rest:
            if other is None:
                emitter.refuse()
            else:
                keep(other)
            return
        condition, value = rest[0]
        test = emitter.test(condition, place)
        with emitter.nested() as body:
            keep(value)
        with emitter.nested() as otherwise:
            emit(rest[1:])
        emitter.block.append(py.when(test, body, otherwise))

    emit(arms)
    kinds = {value.kind for value in found}
    kind = kinds.pop() if len(kinds) == 1 else None
    return Operand(name, kind, all(value.is_settled for value in found))


# ---------------------------------------------------------------------------------- quantifiers


def quantified(emitter: Emitter, node: syntax.Quantified, place: Place) -> ast.expr:
    """Emit `\\A` or `\\E` over sets: nested loops that end when an element decides."""
    name = emitter.fresh()
    is_universal = node.quantifier == "\\A"
    domains = bound_elements(emitter, node.bounds, place)
    inside = inner_place(emitter, node.bounds, place)
    emitter.load_before_loop(node.body, inside)
    emitter.block.append(py.store(name, py.literal(is_universal)))

    def decide(inner: Place) -> None:
        test = emitter.test(node.body, inner)
        decided = [py.store(name, py.literal(not is_universal)), ast.Break()]
        emitter.block.append(py.when(py.negated(test) if is_universal else test, decided))

    def leave() -> None:
        flag = py.load(name)
        left = py.negated(flag) if is_universal else flag
        emitter.block.append(py.when(left, [ast.Break()]))

    nested_loops(emitter, node.bounds, domains, inside, decide, leave)
    return py.load(name)


def choose(emitter: Emitter, node: syntax.Choose, place: Place) -> Operand:
    """Emit CHOOSE over a set: the first element that satisfies the predicate; none is a misfit."""
    if node.domain is None:
        return emitter.fallback(node, place)
    bound = syntax.Bound(node.span, node.names, node.is_tuple, node.domain)
    (domain,) = bound_elements(emitter, (bound,), place)
    inner = inner_place(emitter, (bound,), place)
    emitter.load_before_loop(node.body, inner)
    with looped(emitter, domain, [py.raising(MISFIT)]) as chosen:
        names = element_operands(emitter, bound, chosen)
        test = emitter.test(node.body, inner.within(inner.context, *names))
        emitter.block.append(py.when(test, [ast.Break()]))
    return chosen


# ---------------------------------------------------------------------------------------- loops


def bound_elements(
    emitter: Emitter, bounds: tuple[syntax.Bound, ...], place: Place, *, for_steps: bool = False
) -> list[Elements]:
    """Emit the sets of all bounds; return their elements, to be gone through by loops."""
    return [
        elements(emitter, bound.domain, place, "a bound", for_steps=for_steps) for bound in bounds
    ]


def inner_place(emitter: Emitter, bounds: tuple[syntax.Bound, ...], place: Place) -> Place:
    """Return a place in the context that the bounds open; its environment is not grown."""
    names: dict[str, Binding] = {}
    depth = place.context.depth
    for bound in bounds:
        footprint = emitter.compiler.footprint(bound.domain, place.context)
        for name in bound.names:
            names[name.name] = local(depth, footprint)
            depth += 1
    return place.at(place.context.inside(names, depth - place.context.depth))


def nested_loops(
    emitter: Emitter,
    bounds: tuple[syntax.Bound, ...],
    domains: Sequence[Elements],
    place: Place,
    body: Callable[[Place], None],
    after_inner: Callable[[], None],
) -> None:
    """Emit one loop for each name, or pattern, and `body` in the innermost; `place` is inside.

    The innermost is that of the first name, which changes fastest in TLC.
    `after_inner` is called in each loop behind the loop inside it, to leave it as well.
    """
    rounds = [
        (bound, domain)
        for bound, domain in zip(bounds, domains, strict=True)
        for _ in range(1 if bound.is_tuple else len(bound.names))
    ]

    def emit(number: int, environment: tuple[Operand, ...]) -> None:
        if not number:
            body(place.within(place.context, *environment))
            return
        bound, domain = rounds[number - 1]
        with looped(emitter, domain) as element:
            found = element_operands(emitter, bound, element)
            emit(number - 1, (*found, *environment))
            if number > 1:
                after_inner()

    emit(len(rounds), ())


def one_loop(
    emitter: Emitter,
    bound: syntax.Bound,
    domain: Elements,
    place: Place,
    body: Callable[[Place, Operand], None],
) -> None:
    """Emit one loop for a name, or pattern; `body` takes the place inside, and the element."""
    with looped(emitter, domain) as element:
        names = element_operands(emitter, bound, element)
        body(place.within(place.context, *names), element)
