"""The clauses of comprehensions: loops and conditions around an element."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import TypeAlias, assert_never

from conform.languages.fizzbee.evaluation.conversions import (
    elements_of,
    truth,
)
from conform.languages.fizzbee.evaluation.faults import FAULTS, bounded_count, located
from conform.languages.fizzbee.evaluation.scopes import Code, Scope, Store
from conform.languages.fizzbee.evaluation.values import (
    Datum,
    Mutable,
)
from conform.languages.fizzbee.syntax_expressions import (
    Attribute,
    Clause,
    Expression,
    ForClause,
    IfClause,
    Index,
    Name,
    Target,
    TargetTuple,
)
from conform.text import Source

Walk: TypeAlias = Callable[[Scope], Iterator[None]]
"""Goes through all bindings of the variables, setting them in the scope, one at a time."""

_UNSET = object()


def target_names(clauses: Sequence[Clause]) -> frozenset[str]:
    """Return the variables that the clauses bind."""
    found: set[str] = set()
    for clause in clauses:
        if isinstance(clause, ForClause):
            found |= names_of(clause.target)
    return frozenset(found)


def names_of(target: Target) -> frozenset[str]:
    """Return the names that a target assigns to."""
    match target:
        case Name(name=name):
            return frozenset({name})
        case TargetTuple(elements=elements):
            return frozenset().union(*map(names_of, elements))
        case Attribute() | Index():
            return frozenset()
        case _:
            assert_never(target)


def compile_clauses(
    clauses: Sequence[Clause],
    outermost: Code,
    expression: Callable[[Expression], Code],
    target: Callable[[Target], Store],
    source: Source,
) -> Walk:
    """Return what goes through the bindings of some clauses; `outermost` is the first iterable.

    Variables are bound in the scope at hand and afterwards given back what they were.
    """
    walk: Walk = _once
    for clause in reversed(clauses):
        match clause:
            case ForClause():
                is_first = clause is clauses[0]
                iterable = outermost if is_first else expression(clause.iterable)
                walk = _loop(clause, iterable, _binder(clause.target, target), walk, source)
            case IfClause(condition=condition):
                walk = _filter(expression(condition), walk)
            case _:
                assert_never(clause)
    names = tuple(sorted(target_names(clauses)))

    def restored(scope: Scope) -> Iterator[None]:
        before = [scope.locals.get(name, _UNSET) for name in names]
        count = 0
        try:
            for _ in walk(scope):
                count = bounded_count(count + 1)
                yield
        finally:
            for name, value in zip(names, before, strict=True):
                if value is _UNSET:
                    scope.locals.pop(name, None)
                else:
                    scope.locals[name] = value

    return restored


def _once(_scope: Scope) -> Iterator[None]:
    yield


def _binder(node: Target, target: Callable[[Target], Store]) -> Store:
    """Return what binds the variables of a clause: always local, whatever the state has."""
    if isinstance(node, Name):
        name = node.name

        def bind(scope: Scope, value: Datum) -> None:
            scope.locals[name] = value

        return bind
    store, names = target(node), names_of(node)

    def unpack(scope: Scope, value: Datum) -> None:
        for name in names:
            scope.locals.setdefault(name, None)
        store(scope, value)

    return unpack


def _loop(clause: ForClause, iterable: Code, bind: Store, inner: Walk, source: Source) -> Walk:
    def walk(scope: Scope) -> Iterator[None]:
        value = iterable(scope)
        try:
            elements = elements_of(value)
        except FAULTS as fault:
            raise located(fault, source, clause.iterable.span) from None
        if isinstance(value, Mutable):
            value.iterations += 1
        try:
            for element in elements:
                bind(scope, element)
                yield from inner(scope)
        finally:
            if isinstance(value, Mutable):
                value.iterations -= 1

    return walk


def _filter(condition: Code, inner: Walk) -> Walk:
    def walk(scope: Scope) -> Iterator[None]:
        if truth(condition(scope)):
            yield from inner(scope)

    return walk
