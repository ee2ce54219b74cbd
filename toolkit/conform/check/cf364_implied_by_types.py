"""An invariant follows from the types of the variables that it speaks of: it cannot fail alone.

What it means
    It holds of every combination of values that the types admit, whatever the actions do. As long
    as the types are checked it finds nothing that they do not; or it is true of everything.

    The types are those of the model's own invariant of types or of the document's table. Types that
    cannot be listed (`Nat`, large functions) are not judged.

Example
    CounterPositive == counter >= 1, and TypeOK has counter \\in 1..MaxOffset.

What to do
    State what is really meant, for instance that the counter never decreases. If it is kept for
    traceability, say in the document that it holds by its types, or by construction.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import product
from math import prod

from conform.check.cf361_unreachable_value import types_of
from conform.check.context import Context
from conform.check.models.explored import Explored
from conform.check.models.reached_values import atoms, values_of_slot
from conform.check.texts.remarks import is_remarked
from conform.check.texts.type_sets import MAX_VALUES, Names, values_of_type
from conform.domain.finding import Code, Finding, Severity
from conform.domain.states import Predicate, Slots, State
from conform.domain.values import ModelValue, Value
from conform.errors import EvaluationError

CODE = Code("CF364", "invariant follows from the types", Severity.WARNING)

_TYPE_INVARIANT = re.compile(r"type", re.IGNORECASE)
_EXCUSE = re.compile(
    r"\bby construction\b|\b(?:its|their|the) types?\b|\bimplied\b|\btrivial"
    r"|\bfollows from\b|\btautolog|\btype invariant\b|\bredundant\b",
    re.IGNORECASE,
)


def implied_invariants(context: Context, explored: Explored) -> Iterator[Finding]:
    """Yield a warning for each invariant that no type-correct valuation violates."""
    if explored.graph is None:
        return
    names = Names(explored.constants, _model_values(explored))
    by_name: dict[str, list[Predicate]] = {}
    for predicate in explored.model.invariants:
        by_name.setdefault(predicate.name, []).append(predicate)
    for name, parts in by_name.items():
        if _TYPE_INVARIANT.search(name) or is_remarked(context, name, _EXCUSE):
            continue
        if _is_implied(context, explored, parts, names):
            yield _finding(context, explored, name, parts[0])


def _model_values(explored: Explored) -> frozenset[str]:
    """Return the names that the states of a model hold as model values and not as strings."""
    graph = explored.graph
    assert graph is not None
    values = (value for slot in range(len(graph.slots)) for value in values_of_slot(graph, slot))
    parts = (part for value in values for part in atoms(value))
    return frozenset(part.name for part in parts if isinstance(part, ModelValue))


def _is_implied(context: Context, explored: Explored, parts: list[Predicate], names: Names) -> bool:
    reads: set[int] = set()
    for part in parts:
        if part.reads is None:
            return False
        reads |= part.reads
    types = _types(context, explored, frozenset(reads), names)
    if types is None or prod(len(values) for values in types.values()) > MAX_VALUES:
        return False
    assert explored.graph is not None
    base = list(explored.graph.state(0))
    for chosen in product(*types.values()):
        for slot, value in zip(types, chosen, strict=True):
            base[slot] = value
        if not _hold(parts, tuple(base)):
            return False
    return True


def _hold(parts: list[Predicate], state: State) -> bool:
    try:
        return all(part.holds(state) for part in parts)
    except EvaluationError:
        return False


def _types(
    context: Context, explored: Explored, reads: Slots, names: Names
) -> dict[int, tuple[Value, ...]] | None:
    """Return the values of the type of each slot, None where one cannot be listed.

    A type that leaves out a value that the slot really has is no type of it: it was misread.
    """
    assert explored.graph is not None
    found: dict[int, tuple[Value, ...]] = {}
    for slot in sorted(reads):
        declared = explored.graph.slots[slot]
        if declared.key is not None:
            return None
        reached = values_of_slot(explored.graph, slot)
        listed = (
            values_of_type(text, names)
            for text, _span in types_of(context, explored, declared.variable)
        )
        fitting = (values for values in listed if values and set(reached) <= set(values))
        values = next(fitting, None)
        if values is None:
            return None
        found[slot] = values
    return found


def _finding(context: Context, explored: Explored, name: str, part: Predicate) -> Finding:
    stated = next((found for found in explored.spec.properties if found.name == name), None)
    span = stated.span if stated else part.span
    return CODE.finding(
        f"invariant `{name}` holds of all values that the types admit: it shows nothing that they "
        "do not",
        span,
        excerpt=context.excerpt(span),
        hint="state what is meant, or say in the document that it holds by its types",
        subject=name,
    )
