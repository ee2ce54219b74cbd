"""What the tables LIVENESS and FAIRNESS of an executed machine say, as formulas over predicates.

A liveness property is a method that gives a Formula in each state: its operators are those of the
initial state, and each leaf is a predicate that is looked up in the Formula of the state at hand.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from types import ModuleType
from typing import Any, TypeAlias

from msgspec import Struct

from conform.domain.actions import ActionInstance, Successor
from conform.domain.fairness import ActionSteps, FairnessCondition, FairnessKind
from conform.domain.states import Slots, State
from conform.domain.temporal import (
    Always,
    And,
    Eventually,
    LeadsTo,
    Not,
    Or,
    StateAtom,
    Temporal,
    TemporalProperty,
)
from conform.domain.values import Bindings
from conform.errors import EvaluationError, UnsupportedError
from conform.generate.execution import FAILURES
from conform.generate.machine_values import MachineValues
from conform.text import Span

_Path: TypeAlias = tuple[tuple[str, int], ...]
"""The way to a leaf: at each Formula the operator that it must have, and the operand's place."""

_Successors: TypeAlias = Callable[[ActionInstance, State], Iterator[Successor]]


@dataclass(slots=True)
class _Stated:
    """A liveness property of a machine; the Formula of the last state asked about is kept."""

    name: str
    span: Span
    reads: Slots | None
    machine: Any
    values: MachineValues
    member: str
    _last: State | None = None
    _formula: Any = None

    def at(self, state: State) -> Any:
        """Return the Formula in a state; may raise any of FAILURES."""
        if state is not self._last:
            self._last = None
            self._formula = getattr(
                self.machine.at(self.values.machine_state(state)), self.member
            )()
            self._last = state
        return self._formula


class MachineLeaf(Struct, frozen=True):
    """A Predicate: one leaf of a liveness property."""

    stated: _Stated
    path: _Path

    @property
    def name(self) -> str:
        """The name of the property."""
        return self.stated.name

    @property
    def span(self) -> Span:
        """The place of the property's method."""
        return self.stated.span

    @property
    def reads(self) -> Slots | None:
        """What the whole property reads."""
        return self.stated.reads

    def holds(self, state: State) -> bool:
        """Return its value in `state`; raise EvaluationError if it has none."""
        try:
            found = self.stated.at(state)
            for operator, place in self.path:
                if found.operator != operator:
                    raise TypeError(f"`{operator}` is `{found.operator}` in some states")
                found = found.operands[place]
            if isinstance(found, Exception):
                raise found
            if not isinstance(found, bool):
                raise TypeError(f"{found!r} is no truth value")
        except FAILURES as error:
            raise EvaluationError(f"{self.name}: {error}", span=self.span) from None
        return found


def leaf(evaluate: Callable[[], Any]) -> Any:
    """Return what a leaf gives; where it has no value, what was raised, for whoever asks for it."""
    try:
        return evaluate()
    except FAILURES as error:
        return error.with_traceback(None)


def liveness_of(
    machine: Any, values: MachineValues, stated: Mapping[str, tuple[str, Span, Slots | None]]
) -> tuple[TemporalProperty, ...]:
    """Return the liveness properties of a machine, `stated` by name as method, place and reads.

    Raises UnsupportedError for one that is no temporal formula in the initial state.
    """
    initial = values.state(machine.initial_state())
    found: list[TemporalProperty] = []
    for name, (member, span, reads) in stated.items():
        one = _Stated(name, span, reads, machine, values, member)
        try:
            formula = _temporal(one, one.at(initial), ())
        except FAILURES as error:
            raise UnsupportedError(f"{name} is no temporal formula: {error}", span=span) from None
        parts = formula.formulas if isinstance(formula, And) else (formula,)
        found += [TemporalProperty(name, (), span, part) for part in parts]
    return tuple(found)


def _temporal(stated: _Stated, formula: Any, path: _Path) -> Temporal:
    if isinstance(formula, bool | Exception):
        return StateAtom(MachineLeaf(stated, path))
    operator = formula.operator
    parts = tuple(
        _temporal(stated, operand, (*path, (operator, place)))
        for place, operand in enumerate(formula.operands)
    )
    match operator, parts:
        case "and", _:
            return And(parts)
        case "or", _:
            return Or(parts)
        case "not", (part,):
            return Not(part)
        case "implies", (premise, conclusion):
            return Or((Not(premise), conclusion))
        case "always", (Or((Not(premise), Eventually(conclusion))),):
            return LeadsTo(premise, conclusion)  # of which more can be said
        case "always", (part,):
            return Always(part)
        case "eventually", (part,):
            return Eventually(part)
        case "leads to", (premise, conclusion):
            return LeadsTo(premise, conclusion)
        case _:
            raise TypeError(f"`{operator}` does not stand around {len(parts)} formulas")


# --------------------------------------------------------------------------------------- fairness


class _Taking(Struct, frozen=True):
    """Some instances of a model, and how it is asked for what they lead to."""

    instances: tuple[ActionInstance, ...]
    successors: _Successors

    def leads_from(self, state: State) -> Iterator[State]:
        for instance in self.instances:
            for successor in self.successors(instance, state):
                if successor.state != state:
                    yield successor.state

    @property
    def reads(self) -> Slots | None:
        known = [each.reads for each in self.instances]
        if any(reads is None for reads in known):
            return None
        return frozenset[int]().union(*(reads or () for reads in known))

    @property
    def writes(self) -> Slots:
        return frozenset[int]().union(*(each.writes for each in self.instances))


class CanBeTaken(Struct, frozen=True):
    """A Predicate: one of some instances leads to another state."""

    name: str
    span: Span
    reads: Slots | None
    taking: _Taking

    def holds(self, state: State) -> bool:
        """Return its value in `state`; raise EvaluationError if it has none."""
        return any(True for _ in self.taking.leads_from(state))


class IsTaken(Struct, frozen=True):
    """A StepPredicate: one of some instances leads to the state after, which is another."""

    name: str
    span: Span
    reads: Slots | None
    taking: _Taking

    def holds(self, before: State, after: State) -> bool:
        """Return its value on a step; raise EvaluationError if it has none."""
        return after != before and after in self.taking.leads_from(before)


def fairness_of(
    module: ModuleType,
    instances: Sequence[ActionInstance],
    slots: int,
    successors: _Successors,
    span: Span,
) -> tuple[FairnessCondition, ...]:
    """Return the conditions of a machine's table FAIRNESS, which is at `span`.

    Raises UnsupportedError for a row that no action or parameter of the machine fits.
    """
    every = frozenset(range(slots))
    found: list[FairnessCondition] = []
    for row in getattr(module, "FAIRNESS", ()):
        for parameters, group in _groups(row, instances, span):
            taking = _Taking(tuple(group), successors)
            name = " or ".join(row.actions)
            touched = None if taking.reads is None else taking.reads | taking.writes
            condition = FairnessCondition(
                FairnessKind(row.kind),
                name,
                parameters,
                span,
                CanBeTaken(f"{name} can be taken", span, touched, taking),
                IsTaken(f"{name} is taken", span, every, taking),
                ActionSteps(frozenset(each.number for each in group), every),
            )
            found.append(condition)
    return tuple(found)


def _groups(
    row: Any, instances: Sequence[ActionInstance], span: Span
) -> Iterator[tuple[Bindings, list[ActionInstance]]]:
    """Yield the instances that each condition of a row is about, with what they have in common."""
    parts: dict[Bindings, list[ActionInstance]] = {}
    try:
        FairnessKind(row.kind)
        met = {each.action for each in instances if each.action in row.actions}
        if not row.actions or len(met) < len(row.actions):
            raise ValueError(f"no actions {', '.join(row.actions)}")
        for instance in instances:
            if instance.action in row.actions:
                given = dict(instance.parameters)
                key = tuple((name, given[name]) for name in row.each)
                parts.setdefault(key, []).append(instance)
    except FAILURES as error:
        raise UnsupportedError(
            f"the machine has no such fairness as {row!r}: {error!r}", span=span
        ) from None
    yield from parts.items()
