"""Formal statements of a document against the module's, where the document is not executed.

Both are asked about states of the module, and about such states changed in one part, which need not
be reachable: a property that the module states more weakly holds in every reachable one.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence, Set

from conform.check.agreement.cf260_formulas_differ import CODE
from conform.check.agreement.formula_meanings import Meaning, StatedProperty, stated_property
from conform.check.context import Context
from conform.check.models.asked_guards import DocumentStates
from conform.check.models.explored import Explored
from conform.check.models.reached_values import values_of_slot
from conform.domain.finding import Finding
from conform.domain.states import State
from conform.domain.values import FunctionValue, Value, format_value
from conform.errors import ConformError
from conform.explore.graph import StateGraph
from conform.languages.markdown.formal.partial import PartialDocument

MAX_STATES = 5_000
"""States that a property is asked about, or some more: reachable ones, and changed ones of them."""

SAMPLES = 60
"""Reachable ones among them, spread over all, at least."""

MAX_VALUES = 20
"""Values that a changed part is tried with."""

MAX_PLACES, MAX_PARTS = 20, 5
"""Arguments of a function whose values are changed, and values that each is tried with."""

MAX_SHOWN = 200
"""Characters of a value that a finding shows."""


def differing_statements(
    context: Context,
    explored: Explored,
    graph: StateGraph,
    document: PartialDocument,
    states: DocumentStates,
    told: Set[str],
) -> Iterator[Finding]:
    """Yield a finding for each property that the document and the module state differently.

    Those whose names are `told` have a finding already.
    """
    for stated, formulas in document.statements():
        if stated.name in told:
            continue
        mine = StatedProperty(formulas)
        theirs = stated_property(explored.model, {stated.name})
        if not theirs.formulas or mine.shape() != theirs.shape():
            continue
        slots = _slots(graph, mine, theirs, states)
        state = _telling(graph, slots, mine, theirs, states)
        if state is None:
            continue
        span = stated.formulas[0].span
        own = next(each for each in explored.spec.properties if each.name == stated.name)
        yield CODE.finding(
            f"property `{stated.name}` is stated differently in the document and {own.span.path}: "
            "there are values of which one is true and the other is not",
            span,
            excerpt=context.excerpt(span),
            details=(f"the model: {own.span}", *_shown(graph, slots, state)),
            hint="the document decides; correct the other",
            subject=stated.name,
        )


def _slots(
    graph: StateGraph, mine: StatedProperty, theirs: StatedProperty, states: DocumentStates
) -> list[int]:
    """Return the slots that either statement speaks of."""
    places, reads = mine.reads(), theirs.reads()
    if places is None or reads is None:
        return list(range(len(graph.slots)))
    return sorted({*reads, *states.slots_at(places)})


def _telling(
    graph: StateGraph,
    slots: Sequence[int],
    mine: StatedProperty,
    theirs: StatedProperty,
    states: DocumentStates,
) -> State | None:
    """Return a state in which only one of two statements is true, if one is found."""
    values = {slot: values_of_slot(graph, slot)[:MAX_VALUES] for slot in slots}
    of_each = 1 + sum(map(len, values.values()))
    samples = max(SAMPLES, MAX_STATES // of_each)
    asked = set()
    for number in range(0, graph.state_count, max(1, graph.state_count // samples)):
        reached = graph.state(number)
        for state in (reached, *_changed(reached, slots, values)):
            spoken_of = tuple([state[slot] for slot in slots])
            if spoken_of in asked:
                continue
            asked.add(spoken_of)
            said = _meaning(mine, states.of(state)), _meaning(theirs, state)
            if None not in said and said[0] != said[1]:
                return state
    return None


def _changed(state: State, slots: Sequence[int], values: dict[int, list[Value]]) -> Iterator[State]:
    for slot in slots:
        for value in values[slot]:
            if value != state[slot]:
                yield (*state[:slot], value, *state[slot + 1 :])
        for value in _with_one_changed(state[slot], values[slot]):
            yield (*state[:slot], value, *state[slot + 1 :])


def _with_one_changed(value: Value, others: Sequence[Value]) -> Iterator[Value]:
    """Yield a function with the value that others have for one argument, at one after the other."""
    if not isinstance(value, FunctionValue):
        return
    alike = [each for each in others if isinstance(each, FunctionValue) and value.is_like(each)]
    for place in range(min(len(value.values), MAX_PLACES)):
        parts = dict.fromkeys(each.values[place] for each in alike)
        for part in [each for each in parts if each != value.values[place]][:MAX_PARTS]:
            yield value.replaced(place, part)


def _meaning(stated: StatedProperty, state: State) -> tuple[Meaning, ...] | None:
    try:
        return stated.meaning(state, state)
    except ConformError:
        return None


def _shown(graph: StateGraph, slots: Sequence[int], state: State) -> Iterator[str]:
    for slot in slots:
        place = graph.slots[slot]
        key = "" if place.key is None else f"[{format_value(place.key)}]"
        yield f"  {place.variable}{key} = {format_value(state[slot])[:MAX_SHOWN]}"
