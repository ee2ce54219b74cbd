"""Walks through a small system by its adapter: all reachable states, and fair runs from each."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Generic, Protocol, Self, TypeAlias, TypeVar

State: TypeAlias = Mapping[str, Any]
Step: TypeAlias = tuple[str, Mapping[str, object]]
Predicate: TypeAlias = Callable[[State], bool]

HOSTILE_ROUNDS = 1
FAIR_ROUNDS = 12
"""How long a run is hostile at most, and how long it is fair then: more than any run here needs."""


class System(Protocol):
    """What both adapters are; see the contract in each."""

    def perform(self, action: str, parameters: Mapping[str, object]) -> bool:
        """Drive the system through one action; False if it declined."""
        ...

    def state(self) -> Mapping[str, object]:
        """Return each variable of the spec."""
        ...

    def fork(self) -> Self:
        """Return an independent system in the same state."""
        ...


S = TypeVar("S", bound=System)


@dataclass(frozen=True, slots=True)
class Visit(Generic[S]):
    """A reachable state, a system that is in it, and each step possible in it with what follows.

    `system` is to be forked, not driven.
    """

    system: S
    state: State
    successors: tuple[tuple[Step, State], ...]


def everywhere(_state: State) -> bool:
    """The bound of a walk that goes on from every state."""
    return True


def reachable(
    first: S, steps: Sequence[Step], within_bound: Predicate = everywhere
) -> list[Visit[S]]:
    """Return a visit to each state that `steps` lead to from that of `first`.

    As with a state constraint of TLA+, a state beyond the bound is visited and not gone on from:
    it has no successors here. A step that is declined must leave the state as it is.
    """
    visits: dict[str, Visit[S]] = {}
    waiting: list[tuple[S, State]] = [(first, first.state())]
    while waiting:
        system, state = waiting.pop()
        if (key := repr(state)) in visits:
            continue
        taken = list(_taken(system, state, steps)) if within_bound(state) else []
        visits[key] = Visit(system, state, tuple((step, after) for step, _, after in taken))
        waiting.extend((trial, after) for _, trial, after in taken)
    return list(visits.values())


def _taken(system: S, state: State, steps: Sequence[Step]) -> Iterator[tuple[Step, S, State]]:
    trial = system.fork()
    for step in steps:
        took = trial.perform(*step)
        after = trial.state()
        if took:
            yield step, trial, after
            trial = system.fork()  # one that has declined may be asked again
        else:
            assert after == state, f"{step} was declined and changed something"


@dataclass(frozen=True, slots=True)
class Schedule:
    """Round robin: every step of `fair` gets its turn in each round, possible or not.

    `hostile` are the moves that the spec's fairness promises nothing of: fences, failures, crashes.
    """

    fair: Sequence[Step]
    hostile: Sequence[Step]

    def leads_to(self, goal: Predicate, system: System) -> bool:
        """Return whether each run from the system's state meets a state in which `goal` holds.

        One run is fair from its beginning. In the others a hostile move comes before each step for
        HOSTILE_ROUNDS, all in turn and each as the first one once. FAIR_ROUNDS without any follow.
        """
        shifts = [None, *range(len(self.hostile))]
        return all(self._meets(goal, system.fork(), shift) for shift in shifts)

    def _meets(self, goal: Predicate, run: System, shift: int | None) -> bool:
        return goal(run.state()) or any(
            run.perform(*step) and goal(run.state()) for step in self._turns(shift)
        )

    def _turns(self, shift: int | None) -> Iterator[Step]:
        if shift is not None:
            for turn, step in enumerate(tuple(self.fair) * HOSTILE_ROUNDS, start=shift):
                yield self.hostile[turn % len(self.hostile)]
                yield step
        for _ in range(FAIR_ROUNDS):
            yield from self.fair
