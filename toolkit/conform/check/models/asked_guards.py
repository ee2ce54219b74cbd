"""The guard of a document against what a model asks for, state by state."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence, Set
from dataclasses import dataclass, field
from typing import Protocol

from conform.check.models.reached_values import projections, values_of_slot
from conform.domain.actions import ActionInstance
from conform.domain.model import Model
from conform.domain.states import State
from conform.domain.values import Value
from conform.errors import ConformError
from conform.explore.graph import StateGraph
from conform.languages.markdown.formal.partial import ActionLines, LineCode

SAMPLES = 12
"""States from which one part is changed, for each instance; they are spread over its steps."""

MAX_STATES = 20_000
"""States without a step that the guard of one action is asked about, spread over all of them."""

MAX_VALUES = 40
"""Values that a changed part is tried with."""


class DocumentStates(Protocol):
    """The states of a model as the document's variables have them."""

    def of(self, state: State) -> State:
        """Return a state of the model in the document's form."""

    def slots_at(self, places: Iterable[int]) -> Iterable[int]:
        """Return the slots of the model that some variables of the document have."""


@dataclass(slots=True)
class Asking:
    """Asks about one action; `taken` are the model's instances of it with the edges of each.

    `values` keeps those of a slot, for all actions of one graph.
    """

    graph: StateGraph
    model: Model
    states: DocumentStates
    lines: ActionLines
    taken: Sequence[tuple[ActionInstance, list[int]]]
    values: dict[int, list[Value]]
    _known: dict[tuple[object, ...], bool | None] = field(default_factory=dict)

    def refused(self) -> int | None:
        """Return a state in which every line of the guard is true and the model has no step."""
        for given, instances in self._by_arguments().items():
            sources = {self.graph.sources[edge] for _each, edges in instances for edge in edges}
            for number in self._unlike(sources):
                if self._is_refused(number, given, instances):
                    return number
        return None

    def _unlike(self, sources: Set[int]) -> Sequence[int]:
        """Return states that have no step, each unlike the others in what the action reads."""
        every = [each.reads for each, _edges in self.taken]
        stated = self.states.slots_at(
            {place for guard in self.lines.guard for place in guard.code.reads}
        )
        if None in every:
            numbers: Iterable[int] = range(self.graph.state_count)
        else:
            read = [slots for slots in every if slots is not None]
            numbers = projections(self.graph, frozenset(stated).union(*read))
        without = [number for number in numbers if number not in sources]
        return without[:: 1 + len(without) // MAX_STATES]

    def taken_without(self, guard: LineCode) -> State | None:
        """Return a state, changed in one part, in which a line is false and the model steps.

        That is None where the model takes the action in no such state: it asks for the line, or for
        something that implies it.
        """
        for instance, edges in self.taken:
            given = arguments_of(self.lines, instance)
            if given is None:
                continue
            for edge in edges[:: max(1, len(edges) // SAMPLES)]:
                source = self.graph.state(self.graph.sources[edge])
                for changed in self._changed(source, instance):
                    stated = self.states.of(changed)
                    if self._holds(guard, stated, given) is False and self._steps(
                        instance, changed
                    ):
                        return stated
        return None

    def _changed(self, state: State, instance: ActionInstance) -> Iterator[State]:
        """Yield the state with one slot that the action reads at another of its values."""
        reads = instance.reads
        for slot in range(len(state)) if reads is None else sorted(reads):
            for value in self._values(slot):
                if value != state[slot]:
                    yield (*state[:slot], value, *state[slot + 1 :])

    def _values(self, slot: int) -> list[Value]:
        if slot not in self.values:
            self.values[slot] = values_of_slot(self.graph, slot)[:MAX_VALUES]
        return self.values[slot]

    def _by_arguments(
        self,
    ) -> Mapping[tuple[Value, ...], list[tuple[ActionInstance, list[int]]]]:
        found: dict[tuple[Value, ...], list[tuple[ActionInstance, list[int]]]] = {}
        for instance, edges in self.taken:
            given = arguments_of(self.lines, instance)
            if given is None:
                return {}
            found.setdefault(given, []).append((instance, edges))
        return found

    def _is_refused(
        self,
        number: int,
        given: tuple[Value, ...],
        instances: Sequence[tuple[ActionInstance, list[int]]],
    ) -> bool:
        state = self.graph.state(number)
        stated = self.states.of(state)
        return all(self._holds(guard, stated, given) for guard in self.lines.guard) and not any(
            self._steps(instance, state) for instance, _edges in instances
        )

    def _holds(self, guard: LineCode, state: State, given: tuple[Value, ...]) -> bool | None:
        """Whether a line is true in a state; None where it has no value there."""
        reads = tuple(state[slot] for slot in sorted(guard.code.reads))
        key = (id(guard), given, reads)
        if key not in self._known:
            results = guard.results(state, given)
            self._known[key] = None if results is None else bool(results)
        return self._known[key]

    def _steps(self, instance: ActionInstance, state: State) -> bool:
        try:
            return any(True for _each in self.model.successors(instance, state))
        except ConformError:
            return True  # nothing is said of a state in which the model has no value


def arguments_of(lines: ActionLines, instance: ActionInstance) -> tuple[Value, ...] | None:
    """Return the values of the document's parameters at an instance of the model's action."""
    given: Mapping[str, Value] = dict(instance.parameters)
    if set(lines.parameters) <= given.keys():
        return tuple(given[name] for name in lines.parameters)
    if len(lines.parameters) == len(given):
        return tuple(given.values())
    return None
