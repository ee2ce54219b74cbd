"""One graph of a pair as the joint walk sees it: from a set of states, the steps and where to.

Where variables are left out several states may look alike, so the walk goes over sets of states
that look alike. A step that changes nothing that is compared is not seen; sets are closed under
such steps.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TypeAlias

import numpy as np

from conform.check.agreement.correspondence import Side
from conform.check.agreement.images import Images
from conform.check.agreement.labels import Labels
from conform.check.agreement.reading import Reading
from conform.domain.actions import ActionInstance
from conform.domain.states import State
from conform.domain.values import Value
from conform.explore.graph import StateGraph
from conform.explore.packing import Mask
from conform.explore.state_columns import MAX_KEY, Numbers, distinct

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
    _moves: Numbers = field(init=False)
    _listed: list[Move] = field(default_factory=list)
    _silent: dict[int, list[int]] = field(default_factory=dict)
    _has_twins: bool = field(init=False)
    _uncut: dict[tuple[int, int], frozenset[Move]] = field(default_factory=dict)
    _instances: dict[int, Sequence[ActionInstance]] = field(default_factory=dict)
    _masks: dict[int, Mask] = field(default_factory=dict)
    _steps: dict[tuple[int, int], Sequence[tuple[int, Mapping[int, Value]]]] = field(
        default_factory=dict
    )

    def __post_init__(self) -> None:
        graph, images = self.graph, self.images.of_side[self.side]
        self.expanded = graph.state_count
        if not graph.is_complete:  # the last one that has edges may lack some of them
            self.expanded = graph.sources[-1] if graph.edge_count else 0
        columns, labels = graph.columns, self.labels.of_side[self.side]
        after = images[columns.targets]
        stays = images[columns.sources] == after
        self._moves = np.where(stays, _STUTTER, (labels << _IMAGE_BITS) | after)
        self.self_loops = int(np.count_nonzero(stays))
        self._has_twins = bool((np.bincount(images) > 1).any())
        if self._has_twins:
            for edge in np.flatnonzero(stays & columns.moves).tolist():
                self._silent.setdefault(graph.sources[edge], []).append(graph.targets[edge])

    def steps(self) -> Numbers | None:
        """Return all steps by the images of source and target and by label, as ascending numbers.

        None where they do not say all: if the graph is not complete, or states look alike; or where
        there are too many images for that. Equal steps of the other graph have equal numbers.
        """
        images, labels = self.images.count, len(self.labels.all)
        if self._has_twins or not self.graph.is_complete or images * images * labels >= MAX_KEY:
            return None
        seen = self._moves != _STUTTER
        moves = self._moves[seen]
        sources = self.images.of_side[self.side][self.graph.columns.sources[seen]]
        label, target = moves >> _IMAGE_BITS, moves & ((1 << _IMAGE_BITS) - 1)
        return distinct((label * images + sources) * images + target)

    def _move(self, edge: int) -> Move:
        return int(self._moves[edge])

    def _listed_moves(self) -> list[Move]:
        """Return the moves as numbers of Python's own, which a walk looks at one by one."""
        if not self._listed:
            self._listed = self._moves.tolist()
        return self._listed

    def image(self, states: Alike) -> int:
        """Return what the states look like."""
        return int(self.images.of_side[self.side][states[0]])

    def initial(self) -> Mapping[int, Alike]:
        """Return the initial states by what they look like."""
        images = self.images.of_side[self.side][: self.graph.initial_count].tolist()
        found: dict[int, set[int]] = {}
        for state, image in enumerate(images):
            found.setdefault(image, set()).add(state)
        return {image: self.closed(states) for image, states in found.items()}

    def silent_edges(self, state: int) -> Iterator[int]:
        """Yield the edges from a state to others that look alike."""
        if state in self._silent:
            for edge in self.graph.edges_of(state):
                if self.is_silent(edge) and self.graph.targets[edge] != state:
                    yield edge

    def is_silent(self, edge: int) -> bool:
        """Whether the step along an edge changes nothing that is compared."""
        return self._move(edge) == _STUTTER

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
        firsts, moves = self.graph.firsts, self._listed_moves()
        found: dict[Move, int] = {}
        for state in states:
            first, end = firsts[state], firsts[state + 1]
            found.update(zip(moves[first:end], range(first, end), strict=True))
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
                if self._move(edge) == move:
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
        return int(self.images.of_side[self.side][self.graph.targets[edge]])

    def is_known(self, states: Alike) -> bool:
        """Whether all edges of the states are in the graph."""
        return states[-1] < self.expanded

    @property
    def is_constrained(self) -> bool:
        """Whether states or steps were cut off by constraints, or by a bound on steps."""
        model = self.reading.model
        return bool(model.constraints or model.action_constraints or self.graph.is_cut)

    def is_cut_off(self, states: Alike, move: Move) -> bool:
        """Whether a move, which is not in the graph, is one that was cut off."""
        label = label_of(move)
        return self.is_constrained and any(
            move in self._uncut_moves(state, label) for state in states
        )

    def _uncut_moves(self, state: int, label: int) -> frozenset[Move]:
        """Return all moves of a label that the model has from a state, whatever cuts them off."""
        known = self._uncut.get((state, label))
        if known is None:
            values = self.graph.state(state)
            known = self._uncut[state, label] = frozenset(
                move_of(number, self._image_with(values, changed))
                for instance in self._instances_of(label)
                for number, changed in self._steps_of(instance, state)
            )
        return known

    def _image_with(self, values: State, changed: Mapping[int, Value]) -> int:
        after = tuple([changed.get(slot, value) for slot, value in enumerate(values)])
        return self.images.image(self.graph.slots, self.side, after)

    def _steps_of(
        self, instance: ActionInstance, state: int
    ) -> Sequence[tuple[int, Mapping[int, Value]]]:
        """Return the label of each step that an instance has in a state, and what it writes.

        They are remembered by what the instance reads, on which all of that depends.
        """
        word = self.graph.words[state]
        mask = self._mask_of(instance)
        key = (instance.number, word if mask is None else word & mask.bits)
        known = self._steps.get(key)
        if known is None:
            before = self.graph.state(state)
            known = self._steps[key] = [
                (
                    self.labels.number(self.side, instance, each.choices),
                    {slot: each.state[slot] for slot in instance.writes},
                )
                for each in self.reading.model.successors(instance, before)
            ]
        return known

    def _mask_of(self, instance: ActionInstance) -> Mask | None:
        if instance.reads is None:
            return None
        if instance.number not in self._masks:
            self._masks[instance.number] = self.graph.packing.mask(instance.reads)
        return self._masks[instance.number]

    def _instances_of(self, label: int) -> Sequence[ActionInstance]:
        """Return the instances that can have steps of a label."""
        known = self._instances.get(label)
        if known is None:
            wanted, labels = self.labels.all[label], self.labels
            known = self._instances[label] = [
                each
                for each in self.reading.model.instances
                if labels.agrees(self.side, each, wanted)
            ]
        return known

    def starts_cut_off(self, image: int) -> bool:
        """Whether an initial state of this image, which is not in the graph, was cut off."""
        return self.is_constrained and any(
            self.images.image(self.graph.slots, self.side, state) == image
            for state in self.reading.model.initial_states()
        )
