"""One graph of a pair as the joint walk sees it: from a set of states, the steps and where to.

Where variables are left out several states may look alike, so the walk goes over sets of states
that look alike. A step that changes nothing that is compared is not seen; sets are closed under
such steps.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import TypeAlias

from conform.check.agreement.correspondence import Side
from conform.check.agreement.images import Images
from conform.check.agreement.labels import Labels
from conform.check.agreement.reading import Reading
from conform.explore.graph import StateGraph

Move: TypeAlias = int
"""A label and the image of the target in one number: see `move_of`."""

Alike: TypeAlias = tuple[int, ...]
"""States that look alike, in ascending order; nearly always one."""

_IMAGE_BITS = 40
_STUTTER = -1


def move_of(label: int, image: int) -> Move:
    """Return the move of a step with this label to a state of this image."""
    return label << _IMAGE_BITS | image


def label_of(move: Move) -> int:
    """Return the label of a move."""
    return move >> _IMAGE_BITS


def image_of(move: Move) -> int:
    """Return the image that a move leads to."""
    return move & ((1 << _IMAGE_BITS) - 1)


@dataclass(slots=True)
class WalkableGraph:
    """The graph of the reading at `side`; `expanded` states, the first ones, have all their edges.

    `self_loops` counts the edges from a state to one that looks alike.
    """

    side: Side
    reading: Reading
    graph: StateGraph
    images: Images
    labels: Labels
    expanded: int = field(init=False)
    self_loops: int = field(init=False)
    _moves: list[Move] = field(init=False)
    _silent: dict[int, list[int]] = field(init=False)
    _has_twins: bool = field(init=False)
    _uncut: dict[int, frozenset[Move]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        graph, images = self.graph, self.images.of_side[self.side]
        self.expanded = graph.state_count
        if not graph.is_complete:  # the last one that has edges may lack some of them
            self.expanded = graph.sources[-1] if graph.edge_count else 0
        self._moves = [
            _STUTTER if images[source] == images[target] else label << _IMAGE_BITS | images[target]
            for source, target, label in zip(
                graph.sources, graph.targets, self.labels.of_side[self.side], strict=True
            )
        ]
        self.self_loops = self._moves.count(_STUTTER)
        self._has_twins = len(set(images)) < len(images)
        self._silent = {}
        if self._has_twins:
            for edge, move in enumerate(self._moves):
                source, target = graph.sources[edge], graph.targets[edge]
                if move == _STUTTER and source != target:
                    self._silent.setdefault(source, []).append(target)

    def steps(self) -> set[tuple[int, Move]] | None:
        """Return all steps, by the image of their source; None where that does not say all.

        It does if the graph is complete and no two states look alike.
        """
        if self._has_twins or not self.graph.is_complete:
            return None
        images = self.images.of_side[self.side]
        sources = map(images.__getitem__, self.graph.sources)
        pairs = zip(sources, self._moves, strict=True)
        return {pair for pair in pairs if pair[1] != _STUTTER}

    def image(self, states: Alike) -> int:
        """Return what the states look like."""
        return self.images.of_side[self.side][states[0]]

    def initial(self) -> Mapping[int, Alike]:
        """Return the initial states by what they look like."""
        images = self.images.of_side[self.side]
        found: dict[int, set[int]] = {}
        for state in range(self.graph.initial_count):
            found.setdefault(images[state], set()).add(state)
        return {image: self.closed(states) for image, states in found.items()}

    def silent_edges(self, state: int) -> Iterator[int]:
        """Yield the edges from a state to others that look alike."""
        if state in self._silent:
            for edge in self.graph.edges_of(state):
                if self.is_silent(edge) and self.graph.targets[edge] != state:
                    yield edge

    def is_silent(self, edge: int) -> bool:
        """Whether the step along an edge changes nothing that is compared."""
        return self._moves[edge] == _STUTTER

    def closed(self, states: Iterable[int]) -> Alike:
        """Return the states and all that steps which are not seen lead to from them."""
        reached = set(states)
        waiting = list(reached) if self._silent else []
        while waiting:
            for target in self._silent.get(waiting.pop(), ()):
                if target not in reached:
                    reached.add(target)
                    waiting.append(target)
        return tuple(sorted(reached))

    def moves(self, states: Alike) -> dict[Move, int]:
        """Return the moves from the states, each with an edge that makes it."""
        firsts = self.graph.firsts
        found: dict[Move, int] = {}
        for state in states:
            first, end = firsts[state], firsts[state + 1]
            found.update(zip(self._moves[first:end], range(first, end), strict=True))
        found.pop(_STUTTER, None)
        return found

    def after(self, states: Alike, move: Move, edge: int) -> Alike:
        """Return the states that a move leads to; `edge` is one that makes it."""
        if not self._has_twins:
            return (self.graph.targets[edge],)
        targets = [self.graph.targets[each] for each in self.edges(states, move)]
        return self.closed(targets)

    def edges(self, states: Alike, move: Move) -> Iterator[int]:
        """Yield the edges from the states that make a move."""
        for state in states:
            for edge in self.graph.edges_of(state):
                if self._moves[edge] == move:
                    yield edge

    def labelled(self, states: Alike, label: int) -> Iterator[int]:
        """Yield the edges from the states with a label, those that change nothing too."""
        labels = self.labels.of_side[self.side]
        for state in states:
            for edge in self.graph.edges_of(state):
                if labels[edge] == label:
                    yield edge

    def image_after(self, edge: int) -> int:
        """Return what the state that an edge leads to looks like."""
        return self.images.of_side[self.side][self.graph.targets[edge]]

    def is_known(self, states: Alike) -> bool:
        """Whether all edges of the states are in the graph."""
        return states[-1] < self.expanded

    @property
    def is_constrained(self) -> bool:
        """Whether states or steps were cut off by constraints."""
        return bool(self.reading.model.constraints or self.reading.model.action_constraints)

    def is_cut_off(self, states: Alike, move: Move) -> bool:
        """Whether a move, which is not in the graph, is one that constraints cut off."""
        return self.is_constrained and any(move in self._uncut_moves(state) for state in states)

    def _uncut_moves(self, state: int) -> frozenset[Move]:
        """Return all moves that the model has from a state, whatever the constraints."""
        known = self._uncut.get(state)
        if known is None:
            model, values = self.reading.model, self.graph.state(state)
            known = self._uncut[state] = frozenset(
                move_of(
                    self.labels.number(self.side, instance, successor.choices),
                    self.images.image(self.graph.slots, self.side, successor.state),
                )
                for instance in model.instances
                for successor in model.successors(instance, values)
            )
        return known

    def starts_cut_off(self, image: int) -> bool:
        """Whether an initial state of this image, which is not in the graph, was cut off."""
        return self.is_constrained and any(
            self.images.image(self.graph.slots, self.side, state) == image
            for state in self.reading.model.initial_states()
        )
