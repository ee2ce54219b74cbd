"""Behaviours run against an implementation: each step performed, each state compared.

A behaviour is an initial state and a sequence of steps. `replay.recorded` makes one of a Trace. A
caller with many paths in memory (covering scenarios, a random walk) makes the steps itself,
prepares each state and each parameter list once, and pays per step for the calls and one
comparison.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import NamedTuple, TypeAlias

from conform.domain.plain import to_plain
from conform.domain.values import Bindings, Value
from conform.replay.divergence import Divergence
from conform.replay.explaining import Place, explain_answer, explain_creation, explain_state
from conform.replay.implementation import Factory, Implementation, Raised, called
from conform.replay.observed import Expected, ObservedStates

Parameters: TypeAlias = Mapping[str, object]
"""Parameters and choices of a step by name, as plain data, not to be changed."""


def plain_parameters(parameters: Bindings, choices: Bindings = ()) -> Parameters:
    """Return the parameters and choices of a step as an implementation is given them."""
    bindings = (*parameters, *choices)
    return MappingProxyType({name: to_plain(value) for name, value in bindings})


class PathStep(NamedTuple):
    """One step of a behaviour.

    `expected` is the state after it (`Replayer.expected`). None makes it a probe: a step that the
    model disables in the present state, which the implementation must decline. `action` None is a
    stuttering step: nothing is performed.
    """

    action: str | None
    parameters: Parameters
    expected: Expected | None


@dataclass(frozen=True, slots=True)
class ReplayResult:
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

    def expected(self, values: tuple[Value, ...]) -> Expected:
        """Prepare a state, one value a variable."""
        return self.states.expected(values)

    def replay_path(
        self, source: str, initial: Expected, steps: Iterable[PathStep]
    ) -> Divergence | None:
        """Replay one behaviour from a fresh implementation up to its first divergence, if any.

        `source` names the behaviour in messages. The initial state is compared too.
        """
        self._traces += 1
        divergence = self._run(source, initial, steps)
        if divergence:
            self._divergences.append(divergence)
        return divergence

    def _run(self, source: str, initial: Expected, steps: Iterable[PathStep]) -> Divergence | None:
        start = Place(source, 1, None, {})
        implementation = called(self._factory, dict(self._constants))
        if divergence := explain_creation(implementation, start):
            return divergence
        assert not isinstance(implementation, Raised)  # explain_creation has dealt with it
        state = called(implementation.state)
        if divergence := explain_state(state, initial, self.states, start):
            return divergence
        return self._follow(source, implementation, initial, steps)

    def _follow(
        self,
        source: str,
        implementation: Implementation,
        present: Expected,
        steps: Iterable[PathStep],
    ) -> Divergence | None:
        number = 1
        for action, parameters, expected in steps:
            is_probe = expected is None
            if expected is not None:
                number, present = number + 1, expected
            if action is None:
                continue
            self._steps += 1
            answer = called(implementation.perform, action, parameters)
            if answer is not (not is_probe):
                return explain_answer(answer, Place(source, number, action, parameters, is_probe))
            state = called(implementation.state)
            if type(state) is not dict or not self.states.agrees(state, present):
                place = Place(source, number, action, parameters, is_probe)
                if divergence := explain_state(state, present, self.states, place):
                    return divergence
            (self._declined if is_probe else self._exercised)[action] += 1
        return None
