"""Paths of a state graph as behaviours to replay, with probes of what the model disables.

Each transition of a graph is replayed; of a large one each state is come to, and some transitions
of each class are taken. Besides, action instances are asked for where they are disabled, and must
be declined: in each state that is come to for the first time all of them in small graphs, and in
large ones some, where it rotates from state to state which; with classes, where one slot alone
stands in the way, above all (`explore.near_misses`).
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from importlib import import_module
from itertools import compress, islice
from typing import TYPE_CHECKING

from conform.domain.actions import ActionInstance
from conform.domain.model import Model
from conform.domain.values import Bindings, Value
from conform.explore.cover import CoverKind, CoverOptions, Path, cover, wanted_edges
from conform.explore.graph import StateGraph
from conform.explore.packing import Mask
from conform.explore.tree_parts import TreePart
from conform.replay.observed import Expected
from conform.replay.replaying import (
    Branch,
    Parameters,
    PathStep,
    Replayer,
    ReplayResult,
    plain_parameters,
)

if TYPE_CHECKING:
    from conform.explore.near_misses import Refusals

MAX_EDGES = 250_000
"""Transitions up to which each one is replayed: some seconds. See docs/adr/0026."""

MAX_STATES = 400_000
"""States up to which all are come to, in larger graphs; of still larger ones, each outcome of each
instance is taken: a minute or two, where a state stands for some three steps."""

PROBES_IN_ALL = 150_000
"""Disabled instances asked for in turn, if there are so many: every one in small graphs, in large
ones some in each state, and one in each if there are more states than this."""


@dataclass(slots=True)
class CoverReplay:
    """A replay of the paths that cover a state graph, or of a part of them (`is_divisible`).

    `asked` is what they cover, by the size of the graph if it is None.
    """

    model: Model
    graph: StateGraph
    replayer: Replayer
    asked: CoverKind | None = None
    part: TreePart | None = None
    _expected: dict[int, Expected] = field(default_factory=dict)
    _parameters: dict[tuple[int, Bindings], Parameters] = field(default_factory=dict)
    _outcomes: dict[tuple[int, int], tuple[Parameters, ...]] = field(default_factory=dict)
    _masks: dict[int, Mask] = field(default_factory=dict)
    _fixed: dict[int, Parameters] = field(default_factory=dict)
    _may_be_cut: set[int] = field(default_factory=set)
    _probe_of: dict[int, Branch] = field(default_factory=dict)
    _visited: set[int] = field(default_factory=set)
    _read: Callable[[int], tuple[Value, ...]] = field(init=False)
    _tree: Sequence[int] = field(init=False)
    _wanted: bytearray | None = field(init=False)
    _refusals: Refusals | None = None
    _probes_a_state: int = field(init=False)

    def __post_init__(self) -> None:
        graph = self.graph
        for number, instance in enumerate(graph.instances):
            if instance.reads is not None:
                self._masks[number] = graph.packing.mask(instance.reads)
            if not instance.chooses:
                self._fixed[number] = plain_parameters(instance.parameters)
            if self._may_cut(instance):
                self._may_be_cut.add(number)
        self._read = graph.packing.reader(self.replayer.states.erased)
        self._tree = graph.tree_edges()
        self._wanted = wanted_edges(graph, self.kind)
        if self.kind is CoverKind.CLASSES:
            near_misses = import_module("conform.explore.near_misses")  # numpy comes with it
            self._refusals = near_misses.standing_refusals(graph)
        states = len(set(graph.sources)) + 1
        self._probes_a_state = max(1, PROBES_IN_ALL // states)
        for number in sorted(set(graph.edge_instances)):
            self._probe_of[number] = self._probe_like(graph.edge_instances.index(number))

    @property
    def kind(self) -> CoverKind:
        """What the paths cover."""
        if self.asked is not None:
            return self.asked
        if self.graph.edge_count <= MAX_EDGES:
            return CoverKind.TRANSITIONS
        large = self.graph.state_count > MAX_STATES
        return CoverKind.INSTANCES if large else CoverKind.CLASSES

    @property
    def is_divisible(self) -> bool:
        """Whether the states may be divided among several that each replay a part."""
        in_place = self.kind in {CoverKind.TRANSITIONS, CoverKind.CLASSES}
        return in_place and self.replayer.makes_forkable()

    def run(self, max_divergences: int = 1) -> ReplayResult:
        """Replay all paths, until so many have diverged.

        An implementation that can be forked takes each of them once, from a fork in its source.
        """
        if self.is_divisible:
            return self._run_as_tree(max_divergences)
        for number, path in enumerate(cover(self.graph, CoverOptions(self.kind)), start=1):
            if self.replayer.divergences >= max_divergences:
                break
            source = f"covering trace {number}"
            self.replayer.replay_path(source, self._state(path.start), self._steps(path))
        return self.replayer.result

    def _run_as_tree(self, max_divergences: int) -> ReplayResult:
        for root in range(self.graph.initial_count):
            if self.replayer.divergences >= max_divergences:
                break
            if self._leads_on(root):
                source = f"state graph, initial state {root + 1}"
                self.replayer.replay_tree(source, root, self._state(root), self._branches)
        return self.replayer.result

    def _branches(self, state: int) -> Iterator[Branch]:
        graph = self.graph
        is_owned = self.part is None or self.part.owned[state]
        if is_owned:
            yield from self._probes(state)
        edges, wanted = graph.edges_of(state), self._wanted
        for edge in edges if wanted is None else compress(edges, wanted[edges.start : edges.stop]):
            target = graph.targets[edge]
            goes_on = self._tree[target] == edge and self._leads_on(target)
            if is_owned or goes_on:
                yield Branch(*self._step(edge), target if goes_on else None, bool(is_owned))

    def _leads_on(self, state: int) -> bool:
        """Whether anything from this state on is to be replayed."""
        return self.part is None or bool(self.part.leading[state])

    def _step(self, edge: int) -> tuple[str, Parameters, Expected]:
        """Return the step on an edge: its action, its parameters, and the state after it."""
        graph = self.graph
        action = graph.instances[graph.edge_instances[edge]].action
        return action, self._parameters_on(edge), self._state(graph.targets[edge])

    def _steps(self, path: Path) -> Iterator[PathStep]:
        graph = self.graph
        yield from self._probes(path.start)
        for edge in path.edges:
            yield PathStep(*self._step(edge))
            target = graph.targets[edge]
            if target not in self._visited:
                yield from self._probes(target)

    def _state(self, number: int) -> Expected:
        known = self._expected.get(number)
        if known is None:
            known = self._expected[number] = Expected(self._read(self.graph.words[number]))
        return known

    def _parameters_on(self, edge: int) -> Parameters:
        """Return the parameters of the step on this edge, and the values chosen inside it."""
        graph = self.graph
        number = graph.edge_instances[edge]
        fixed = self._fixed.get(number)
        if fixed is not None:
            return fixed
        return self._outcomes_of(number, graph.sources[edge])[graph.outcomes[edge]]

    def _outcomes_of(self, number: int, state: int) -> tuple[Parameters, ...]:
        """Return the parameters of each successor that an instance has in a state, cut off or not.

        They are remembered by what the instance reads.
        """
        word, mask = self.graph.words[state], self._masks.get(number)
        key = (number, word if mask is None else word & mask.bits)
        known = self._outcomes.get(key)
        if known is None:
            instance, present = self.graph.instances[number], self.graph.state(state)
            known = self._outcomes[key] = tuple(
                self._parameters_of(number, found.choices)
                for found in self.model.successors(instance, present)
            )
        return known

    def _parameters_of(self, number: int, choices: Bindings) -> Parameters:
        key = (number, choices)
        known = self._parameters.get(key)
        if known is None:
            parameters = self.graph.instances[number].parameters
            known = self._parameters[key] = plain_parameters(parameters, choices)
        return known

    def _probe_like(self, edge: int) -> Branch:
        """Return a request for the step on an edge where it must be declined."""
        action = self.graph.instances[self.graph.edge_instances[edge]].action
        return Branch(action, self._parameters_on(edge), None)

    def _probes(self, state: int) -> Iterator[Branch]:
        """Yield requests that must be declined here; choices are those of another step."""
        if state in self._visited:
            return
        self._visited.add(state)
        asked = self._in_turn(state) if self._refusals is None else self._standing(state)
        yield from (self._probe_of[number] for number in asked)

    def _standing(self, state: int) -> Iterator[int]:
        """Return the instances that stand for others here."""
        assert self._refusals is not None
        return (number for number in self._refusals.of(state) if self._is_disabled(number, state))

    def _in_turn(self, state: int) -> Iterator[int]:
        """Return disabled instances, from those on whose turn it is."""
        enabled = {self.graph.edge_instances[edge] for edge in self.graph.edges_of(state)}
        known = [number for number in self._probe_of if number not in enabled]
        count = min(self._probes_a_state, len(known))
        start = (state * count) % len(known) if known else 0
        in_turn = known[start:] + known[:start]
        return islice((each for each in in_turn if self._is_disabled(each, state)), count)

    def _is_disabled(self, number: int, state: int) -> bool:
        """Whether an instance without an edge here is disabled: its steps may also be cut off."""
        return number not in self._may_be_cut or not self._outcomes_of(number, state)

    def _may_cut(self, instance: ActionInstance) -> bool:
        """Whether constraints may cut off steps by an instance.

        What a state constraint reads, and the step does not write, is within it as before: else the
        state before would not have been gone on from.
        """
        if self.model.action_constraints:
            return True
        read = [predicate.reads for predicate in self.model.constraints]
        return any(slots is None or slots & instance.writes for slots in read)
