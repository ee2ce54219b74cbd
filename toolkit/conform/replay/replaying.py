"""Behaviours run against an implementation: each step performed, each state compared.

A behaviour is an initial state and a sequence of steps. `replay.recorded` makes one of a Trace. A
caller with many paths in memory (covering scenarios, a random walk) makes the steps itself,
prepares each state and each parameter list once, and pays per step for the calls and one
comparison.
"""

from __future__ import annotations

from collections import Counter, deque
from collections.abc import Callable, Iterable, Mapping
from types import MappingProxyType
from typing import TypeAlias

from msgspec import Struct
from msgspec.structs import replace

from conform.domain.plain import to_plain
from conform.domain.values import Bindings, Value
from conform.replay.divergence import MAX_BEFORE, Divergence, shown_call
from conform.replay.explaining import Place, explain_answer, explain_creation, explain_state
from conform.replay.implementation import (
    Factory,
    Forkable,
    Implementation,
    Raised,
    called,
    is_forkable,
)
from conform.replay.observed import Expected, ObservedStates

Parameters: TypeAlias = Mapping[str, object]
"""Parameters and choices of a step by name, as plain data, not to be changed."""


def plain_parameters(parameters: Bindings, choices: Bindings = ()) -> Parameters:
    """Return the parameters and choices of a step as an implementation is given them."""
    bindings = (*parameters, *choices)
    return MappingProxyType({name: to_plain(value) for name, value in bindings})


class PathStep(Struct, frozen=True, gc=False):
    """One step of a behaviour.

    `expected` is the state after it (`Replayer.expected`). None makes it a probe: a step that the
    model disables in the present state, which the implementation must decline. `action` None is a
    stuttering step: nothing is performed.
    """

    action: str | None
    parameters: Parameters
    expected: Expected | None


class Branch(PathStep, frozen=True, gc=False):
    """A step from a node of a tree of behaviours, and the node that it goes on from, if any.

    One that only leads to others, which somebody else counts, does not count.
    """

    goes_on_from: int | None = None
    counts: bool = True


Branches: TypeAlias = Callable[[int], Iterable[Branch]]
"""The steps to be taken from a node of a tree, by its number."""


class _Reached(Struct, frozen=True):
    """How a node of a tree was reached: from which node, by which step; its state's number."""

    parent: _Reached | None
    step: Branch | None
    number: int

    def steps(self) -> list[Branch]:
        """Return the steps from the root, in their order."""
        steps = []
        reached: _Reached | None = self
        while reached is not None and reached.step is not None:
            steps.append(reached.step)
            reached = reached.parent
        return steps[::-1]


class ReplayResult(Struct, frozen=True):
    """What was replayed and where it diverged.

    `exercised` counts, for each action, the steps that were taken as the model says; `declined` the
    probes that were declined as they should be. `steps` is the sum of both and of the diverging
    ones. A behaviour ends at its first divergence; `traces` counts the behaviours that were begun.
    """

    traces: int
    steps: int
    exercised: Mapping[str, int]
    declined: Mapping[str, int]
    divergences: tuple[Divergence, ...]


class Replayer:
    """Runs behaviours of one spec against fresh implementations, and counts what was exercised.

    `constants` are the model's, as plain data, `variables` the spec's, in the order in which states
    are given. Behaviours may be replayed after a divergence; the caller decides when to stop.
    """

    def __init__(
        self, factory: Factory, constants: Mapping[str, object], variables: tuple[str, ...]
    ) -> None:
        self.states = ObservedStates(variables)
        self._factory = factory
        self._constants = constants
        self._traces = 0
        self._steps = 0
        self._exercised: Counter[str] = Counter()
        self._declined: Counter[str] = Counter()
        self._divergences: list[Divergence] = []

    @property
    def divergences(self) -> int:
        """How many behaviours have diverged so far."""
        return len(self._divergences)

    @property
    def result(self) -> ReplayResult:
        """What was replayed so far."""
        counts = (dict(self._exercised), dict(self._declined))
        return ReplayResult(self._traces, self._steps, *counts, tuple(self._divergences))

    def anew(self) -> Replayer:
        """Return another for the same implementation that has replayed nothing yet."""
        return Replayer(self._factory, self._constants, self.states.variables)

    def expected(self, values: tuple[Value, ...]) -> Expected:
        """Prepare a state, one value a variable."""
        return self.states.expected(values)

    def replay_path(
        self, source: str, initial: Expected, steps: Iterable[PathStep]
    ) -> Divergence | None:
        """Replay one behaviour from a fresh implementation up to its first divergence, if any.

        `source` names the behaviour in messages. The initial state is compared too.
        """
        begun = self._begin(source, initial)
        if isinstance(begun, Divergence):
            return self._noted(begun)
        return self._noted(self._follow(source, begun, initial, steps))

    def _begin(self, source: str, initial: Expected) -> Implementation | Divergence:
        """Return a fresh implementation, or how it is other than in the state `initial`."""
        self._traces += 1
        start = Place(source, 1, None, {})
        implementation = called(self._factory, dict(self._constants))
        if divergence := explain_creation(implementation, start):
            return divergence
        assert not isinstance(implementation, Raised)  # explain_creation has dealt with it
        state = called(implementation.state)
        return explain_state(state, initial, self.states, start) or implementation

    def _noted(self, divergence: Divergence | None) -> Divergence | None:
        if divergence:
            self._divergences.append(divergence)
        return divergence

    def _follow(
        self,
        source: str,
        implementation: Implementation,
        present: Expected,
        steps: Iterable[PathStep],
    ) -> Divergence | None:
        number = 1
        calls: deque[PathStep] = deque(maxlen=MAX_BEFORE)
        for step in steps:
            if step.expected is not None:
                number, present = number + 1, step.expected
            if divergence := self._take(source, number, implementation, step, present):
                return replace(divergence, before=_shown(calls))
            if step.expected is not None:
                calls.append(step)
        return None

    def _take(
        self,
        source: str,
        number: int,
        implementation: Implementation,
        step: PathStep,
        present: Expected,
        *,
        counts: bool = True,
    ) -> Divergence | None:
        """Perform one step; `present` is the state that the implementation must be in after it."""
        action, parameters = step.action, step.parameters
        if action is None:
            return None
        is_probe = step.expected is None
        self._steps += counts
        answer = called(implementation.perform, action, parameters)
        if answer is not (not is_probe):
            return explain_answer(answer, Place(source, number, action, parameters, is_probe))
        state = called(implementation.state)
        if type(state) is not dict or not self.states.agrees(state, present):
            place = Place(source, number, action, parameters, is_probe)
            if divergence := explain_state(state, present, self.states, place):
                return divergence
        if counts:
            (self._declined if is_probe else self._exercised)[action] += 1
        return None

    def replay_tree(
        self, source: str, root: int, initial: Expected, branches: Branches
    ) -> Divergence | None:
        """Replay a tree of behaviours from a fresh implementation up to the first divergence.

        Each branch is taken by a fork of the implementation in the state that it starts from, so
        that no prefix is replayed twice. The implementation must be Forkable (`is_forkable`).
        """
        begun = self._begin(source, initial)
        if isinstance(begun, Divergence):
            return self._noted(begun)
        assert is_forkable(begun)  # what the caller has asked
        return self._noted(self._spread(source, begun, initial, branches, root))

    def _spread(
        self,
        source: str,
        implementation: Forkable,
        initial: Expected,
        branches: Branches,
        root: int,
    ) -> Divergence | None:
        """Work through the tree level by level, so that the first divergence is a shallow one."""
        waiting = deque([(_Reached(None, None, 1), implementation, initial, root)])
        while waiting:
            reached, implementation, present, node = waiting.popleft()
            taken = tuple(branches(node))
            last = len(taken) - 1
            for place, step in enumerate(taken):
                after = present if step.expected is None else step.expected
                number = reached.number + (step.expected is not None)
                # The last one needs no fork: nothing begins in this state any more.
                stays = after is present or place == last
                twin = implementation if stays else called(implementation.fork)
                if isinstance(twin, Raised):
                    where = Place(source, number, step.action, step.parameters)
                    return explain_creation(twin, where)
                if divergence := self._take(source, number, twin, step, after, counts=step.counts):
                    return replace(divergence, before=_shown(reached.steps()[-MAX_BEFORE:]))
                if step.goes_on_from is not None:
                    there = _Reached(reached, step, number)
                    waiting.append((there, twin, after, step.goes_on_from))
        return None

    def makes_forkable(self) -> bool:
        """Return whether the factory gives implementations that can be forked."""
        return is_forkable(called(self._factory, dict(self._constants)))


def _shown(steps: Iterable[PathStep]) -> tuple[str, ...]:
    return tuple(shown_call(step.action or "(stuttering)", step.parameters) for step in steps)
