"""The Model of a document: its initial values, guards and effects, with the constants bound."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from conform.domain.actions import ActionInstance, Observation, Successor
from conform.domain.explanation import Explanation
from conform.domain.fairness import FairnessCondition
from conform.domain.model import Unchecked
from conform.domain.run import RunContext
from conform.domain.states import Predicate, Slot, State, StepPredicate
from conform.domain.temporal import Temporal, TemporalProperty
from conform.domain.values import Bindings, Value
from conform.languages.markdown.formal.document import FormalDocument
from conform.languages.markdown.formal.evaluation.actions import ActionCode
from conform.languages.markdown.formal.evaluation.core import Code
from conform.languages.markdown.formal.evaluation.explaining import Explainer
from conform.languages.markdown.formal.temporal import Properties


class RecordingState(tuple[Value, ...]):
    """A state that remembers which slots were looked at."""

    read: set[int]

    def __getitem__(self, index: Any) -> Any:
        self.read.add(index)
        return super().__getitem__(index)


@dataclass(slots=True, eq=False)
class DocumentModel:
    """A Model of one document. Slots are its variables, whole, in the order of their table.

    Instances are its leaf actions for each combination of their parameters. `constants` are the
    values that were bound.
    """

    name: str
    document: FormalDocument
    constants: Bindings
    slots: tuple[Slot, ...]
    instances: tuple[ActionInstance, ...]
    properties: Properties
    constraints: tuple[Predicate, ...]
    fairness: tuple[FairnessCondition, ...]
    run: RunContext
    _initial: tuple[Code, ...]
    _codes: tuple[ActionCode, ...]
    _arguments: tuple[tuple[Value, ...], ...]
    _explainers: tuple[Explainer, ...]

    initial_properties: tuple[Predicate, ...] = ()
    action_constraints: tuple[StepPredicate, ...] = ()
    temporal_assumptions: tuple[Temporal, ...] = ()
    assumptions: tuple[Predicate, ...] = ()
    postconditions: tuple[Predicate, ...] = ()
    checks_deadlock: bool = True
    accelerator: None = None
    identity: None = None
    alias: None = None

    @property
    def invariants(self) -> list[Predicate]:
        """The properties of single states, one predicate for each conjunct."""
        return self.properties.invariants

    @property
    def action_properties(self) -> list[StepPredicate]:
        """The properties of steps."""
        return self.properties.actions

    @property
    def liveness(self) -> list[TemporalProperty]:
        """The temporal properties, one for each value of quantified constants."""
        return self.properties.liveness

    @property
    def unchecked(self) -> list[Unchecked]:
        """The properties that the document states in prose alone, or in no form to be checked."""
        return self.properties.unchecked

    def initial_states(self) -> Iterator[State]:
        """Yield the one initial state; may raise EvaluationError."""
        yield tuple(code.run((), ()) for code in self._initial)

    def successors(self, instance: ActionInstance, state: State) -> Iterator[Successor]:
        """Return the successors of `state`, as often as there are ways to each."""
        return iter(self.found(instance, state))

    def found(self, instance: ActionInstance, state: State) -> list[Successor]:
        """Return the successors of `state` as a list."""
        return self._codes[instance.number].run(state, self._arguments[instance.number])

    def observe(self, instance: ActionInstance, state: State) -> Observation:
        """Return the successors with the slots that were looked at, and those written.

        A slot that is perhaps not assigned keeps its value, and so depends on it.
        """
        recorder = RecordingState(state)
        recorder.read = set()
        found = tuple(self.found(instance, recorder))
        if not found:
            return Observation(found, frozenset(recorder.read), frozenset())
        assert instance.reads is not None  # a document's instances know what they read
        kept = instance.writes & instance.reads
        return Observation(found, frozenset(recorder.read) | kept, instance.writes)

    def ranging(self, instance: ActionInstance) -> None:
        """Return None: no instance is known to take the elements of a set."""

    def explain(self, instance: ActionInstance, state: State) -> Explanation:
        """Return the guard of `instance` line by line with its values, and its effects."""
        explainer = self._explainers[instance.number]
        return explainer.explain(state, self._arguments[instance.number])
