"""In how many ways a guard is true: TLC gives a successor once for each.

Each true side of `\\/` and each witness of `\\E` is a way; conjunctions and `\\A` multiply.
"""

from __future__ import annotations

import ast
from collections.abc import Sequence

from conform.languages.tlaplus import syntax
from conform.languages.tlaplus.evaluation.actions import compile_action
from conform.languages.tlaplus.evaluation.branching import branches
from conform.languages.tlaplus.evaluation.inlining import inlined
from conform.languages.tlaplus.evaluation.instances import Use, as_use
from conform.languages.tlaplus.evaluation.source import python_trees as py
from conform.languages.tlaplus.evaluation.source.emitter import Emitter, NotEmittedError
from conform.languages.tlaplus.evaluation.source.logic import (
    bound_elements,
    inner_place,
    nested_loops,
)
from conform.languages.tlaplus.evaluation.source.names import inside_let
from conform.languages.tlaplus.evaluation.source.operands import Operand, Place
from conform.languages.tlaplus.evaluation.source.runtime import counted


def ways(emitter: Emitter, node: syntax.Expression, place: Place) -> Operand:
    """Emit the number of ways in which `node`, which assigns nothing, is true."""
    if not branches(node, place.context.scope):
        return emitter.let(py.choice(emitter.test(node, place), py.literal(1), py.literal(0)), int)
    match node:
        case syntax.Parentheses(expression=inner) | syntax.Labelled(expression=inner):
            return ways(emitter, inner, place)
        case syntax.Junction(operator="/\\", items=items):
            return _product(emitter, items, place)
        case syntax.Infix(operator="/\\", left=left, right=right):
            return _product(emitter, (left, right), place)
        case syntax.Junction(items=items):
            return _sum(emitter, items, place)
        case syntax.Infix(operator="\\/", left=left, right=right):
            return _sum(emitter, (left, right), place)
        case syntax.Infix(operator="=>", left=left, right=right):
            return _chosen(emitter, [(left, right)], None, place)
        case syntax.Quantified():
            return _over_elements(emitter, node, place)
        case _:
            return _compound(emitter, node, place)


def _compound(emitter: Emitter, node: syntax.Expression, place: Place) -> Operand:
    match node:
        case syntax.If(condition=condition, consequent=consequent, alternative=alternative):
            return _chosen(emitter, [(condition, consequent)], alternative, place)
        case syntax.Let(body=body):
            return ways(emitter, body, inside_let(emitter, node, place, in_action=True))
        case syntax.Case(arms=arms, other=other) if other is not None:
            pairs = [(arm.condition, arm.value) for arm in arms]
            return _chosen(emitter, pairs, other, place)
        case _ if (use := as_use(node, place.context.scope)) is not None:
            return _named(emitter, use, place)
        case _:
            raise NotEmittedError


def _named(emitter: Emitter, node: Use, place: Place) -> Operand:
    context = place.context
    called = inlined(node, context.scope, context.depth)
    if called is None:  # it is recursive: the closures count
        code = emitter.object(compile_action(emitter.compiler, node, context))
        return emitter.let(
            py.call(emitter.object(counted), code, *emitter.arguments_of(place)), int
        )
    return ways(emitter, called.body, place.at(context.at(called.scope)))


def _product(emitter: Emitter, nodes: Sequence[syntax.Expression], place: Place) -> Operand:
    first = ways(emitter, nodes[0], place)
    if len(nodes) == 1:
        return first
    name = emitter.fresh()
    with emitter.nested() as body:
        rest = _product(emitter, nodes[1:], place)
        times = py.computed(py.load(first.name), ast.Mult(), py.load(rest.name))
        body.append(py.store(name, times))
    emitter.block.append(py.store(name, py.load(first.name)))
    emitter.block.append(py.when(py.load(first.name), body))
    return Operand(name, int, True)


def _sum(emitter: Emitter, nodes: Sequence[syntax.Expression], place: Place) -> Operand:
    total = ways(emitter, nodes[0], place)
    for node in nodes[1:]:
        more = ways(emitter, node, place)
        total = emitter.let(py.computed(py.load(total.name), ast.Add(), py.load(more.name)), int)
    return total


def _chosen(
    emitter: Emitter,
    arms: Sequence[tuple[syntax.Expression, syntax.Expression]],
    other: syntax.Expression | None,
    place: Place,
) -> Operand:
    """Emit the ways of the first arm whose condition is true; without `other` one if none is."""
    name = emitter.fresh()

    def emit(rest: Sequence[tuple[syntax.Expression, syntax.Expression]]) -> None:
        if not rest:
            value = py.literal(1) if other is None else py.load(ways(emitter, other, place).name)
            emitter.block.append(py.store(name, value))
            return
        condition, consequent = rest[0]
        test = emitter.test(condition, place)
        with emitter.nested() as body:
            found = ways(emitter, consequent, place)
            body.append(py.store(name, py.load(found.name)))
        with emitter.nested() as otherwise:
            emit(rest[1:])
        emitter.block.append(py.when(test, body, otherwise))

    emit(arms)
    return Operand(name, int, True)


def _over_elements(emitter: Emitter, node: syntax.Quantified, place: Place) -> Operand:
    name = emitter.fresh()
    is_universal = node.quantifier == "\\A"
    domains = bound_elements(emitter, node.bounds, place, for_steps=True)
    inside = inner_place(emitter, node.bounds, place)
    emitter.load_before_loop(node.body, inside)
    emitter.block.append(py.store(name, py.literal(1 if is_universal else 0)))
    operator: ast.operator = ast.Mult() if is_universal else ast.Add()

    def count(inner: Place) -> None:
        found = ways(emitter, node.body, inner)
        more = py.computed(py.load(name), operator, py.load(found.name))
        emitter.block.append(py.store(name, more))
        leave()

    def leave() -> None:
        if is_universal:
            emitter.block.append(py.when(py.negated(py.load(name)), [ast.Break()]))

    nested_loops(emitter, node.bounds, domains, inside, count, leave)
    return Operand(name, int, True)
