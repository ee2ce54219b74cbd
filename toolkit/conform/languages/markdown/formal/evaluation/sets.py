"""Sets: listed, filtered, combined, and counted."""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterator, Sequence

from conform.domain.states import State
from conform.domain.values import SetValue, Value, function, record, sequence
from conform.languages.markdown.formal.evaluation.core import (
    MAX_ELEMENTS,
    Code,
    Core,
    Env,
    Scope,
    joined,
    truth,
    within,
)
from conform.languages.markdown.formal.evaluation.membership import as_set, elements_of
from conform.languages.markdown.formal.syntax import (
    Binary,
    Bound,
    Expression,
    Filter,
    FunctionSet,
    Image,
    RecordSet,
    SetOf,
    TupleOf,
)


def set_of(core: Core, node: SetOf, scope: Scope) -> Code:
    """Compile `{a, b}`."""
    parts = [core.code(element, scope) for element in node.elements]
    runs = [part.run for part in parts]
    return joined(lambda s, e: SetValue([run(s, e) for run in runs]), *parts)


def tuple_of(core: Core, node: TupleOf, scope: Scope) -> Code:
    """Compile `<<a, b>>`."""
    parts = [core.code(element, scope) for element in node.elements]
    runs = [part.run for part in parts]
    return joined(lambda s, e: sequence([run(s, e) for run in runs]), *parts)


def filtered(core: Core, node: Filter, scope: Scope) -> Code:
    """Compile `{x \\in S : p}`."""
    domain, elements = elements_of(core, node.bound.domain, scope)
    body = core.code(node.body, scope.plus(*node.bound.names))
    test = truth(core, node.body, body)

    def run(s: State, e: Env) -> Value:
        return SetValue([value for value in elements(s, e) if test(s, (*e, value))])

    return within(run, scope, body, domain)


def image(core: Core, node: Image, scope: Scope) -> Code:
    """Compile `{e : x \\in S}`."""
    domains, combinations, inner = bound_values(core, node.bounds, scope)
    body = core.code(node.body, inner)
    value = body.run

    def run(s: State, e: Env) -> Value:
        return SetValue([value(s, (*e, *values)) for values in combinations(s, e)])

    return within(run, scope, body, *domains)


Combinations = Callable[[State, Env], Iterator[tuple[Value, ...]]]


def bound_values(
    core: Core, bounds: Sequence[Bound], scope: Scope
) -> tuple[list[Code], Combinations, Scope]:
    """Return the codes of the sets of bounds, all combinations of values, and the scope inside.

    As in TLA+ the sets are those outside of all the bounds.
    """
    found = [elements_of(core, bound.domain, scope) for bound in bounds]
    counts = [len(bound.names) for bound in bounds]
    sets = [elements for _, elements in found]

    def combinations(s: State, e: Env) -> Iterator[tuple[Value, ...]]:
        listed = [elements(s, e) for elements in sets]
        return itertools.product(
            *(each for each, count in zip(listed, counts, strict=True) for _ in range(count))
        )

    names = [name for bound in bounds for name in bound.names]
    return [code for code, _ in found], combinations, scope.plus(*names)


def combined(core: Core, node: Binary, scope: Scope) -> Code:
    """Compile `\\cup`, `\\cap`, `\\` and `\\X`."""
    one, other = core.code(node.left, scope), core.code(node.right, scope)
    operator = node.operator

    def run(s: State, e: Env) -> Value:
        left = as_set(core, node.left.span, one.run(s, e))
        right = as_set(core, node.right.span, other.run(s, e))
        match operator:
            case "\\cup":
                return SetValue((*left.elements, *right.elements))
            case "\\cap":
                return SetValue(element for element in left if element in right)
            case "\\":
                return SetValue(element for element in left if element not in right)
            case _:
                _bounded(core, node, len(left) * len(right))
                return SetValue(map(sequence, itertools.product(left, right)))

    return joined(run, one, other)


def subset_test(core: Core, node: Binary, scope: Scope) -> Code:
    """Compile `\\subseteq`."""
    one, other = core.code(node.left, scope), core.code(node.right, scope)

    def run(s: State, e: Env) -> Value:
        left = as_set(core, node.left.span, one.run(s, e))
        right = as_set(core, node.right.span, other.run(s, e))
        return all(element in right for element in left)

    return joined(run, one, other)


def powerset(core: Core, operand: Expression, scope: Scope) -> Code:
    """Compile SUBSET as a set that is listed."""
    code = core.code(operand, scope)

    def run(s: State, e: Env) -> Value:
        elements = as_set(core, operand.span, code.run(s, e)).ordered
        _bounded(core, operand, 2 ** min(len(elements), 64))
        sizes = range(len(elements) + 1)
        subsets = (itertools.combinations(elements, size) for size in sizes)
        return SetValue(map(SetValue, itertools.chain.from_iterable(subsets)))

    return joined(run, code)


def union(core: Core, operand: Expression, scope: Scope) -> Code:
    """Compile UNION."""
    code = core.code(operand, scope)

    def run(s: State, e: Env) -> Value:
        sets = as_set(core, operand.span, code.run(s, e))
        parts = [as_set(core, operand.span, each) for each in sets]
        return SetValue(element for part in parts for element in part)

    return joined(run, code)


def function_set(core: Core, node: FunctionSet, scope: Scope) -> Code:
    """Compile `[S -> T]` as a set that is listed."""
    one, other = core.code(node.domain, scope), core.code(node.values, scope)

    def run(s: State, e: Env) -> Value:
        domain = as_set(core, node.domain.span, one.run(s, e)).ordered
        values = as_set(core, node.values.span, other.run(s, e)).ordered
        _bounded(core, node, len(values) ** min(len(domain), 64))
        return SetValue(
            function(dict(zip(domain, images, strict=True)))
            for images in itertools.product(values, repeat=len(domain))
        )

    return joined(run, one, other)


def record_set(core: Core, node: RecordSet, scope: Scope) -> Code:
    """Compile `[f : S]` as a set that is listed."""
    names = [name for name, _ in node.fields]
    parts = [core.code(values, scope) for _, values in node.fields]

    def run(s: State, e: Env) -> Value:
        sets = [
            as_set(core, values.span, part.run(s, e)).ordered
            for part, (_, values) in zip(parts, node.fields, strict=True)
        ]
        size = 1
        for each in sets:
            size *= len(each)
        _bounded(core, node, size)
        return SetValue(
            record(dict(zip(names, values, strict=True))) for values in itertools.product(*sets)
        )

    return joined(run, *parts)


def _bounded(core: Core, node: Expression, size: int) -> None:
    if size > MAX_ELEMENTS:
        raise core.error(node.span, f"the set has more than {MAX_ELEMENTS:,} elements")
