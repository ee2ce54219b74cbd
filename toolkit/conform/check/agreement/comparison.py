"""Two state graphs walked together, breadth first, for the steps that one has and the other lacks.

A node of the walk is what both graphs can be in after the same visible steps. The first node at
which the steps differ is therefore at the end of a shortest trace that tells the two apart. The
walk goes on along the steps that both have, and notes the first difference of each action.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

import numpy as np
from msgspec import Struct

from conform.check.agreement.correspondence import ActionClass, Side
from conform.check.agreement.walkable import (
    Alike,
    Move,
    WalkableGraph,
    image_of,
    label_of,
)

MAX_NODES = 2_000_000
"""Nodes after which a comparison is given up; of graphs that agree there are as many as states."""


class DifferenceKind(StrEnum):
    """What differs: whether the action can be taken, or what it does."""

    POSSIBLE = "possible in one only"
    EFFECT = "effect differs"


class Step(Struct, frozen=True):
    """A step of one graph: the edge that makes it, and the image of the state it leads to."""

    edge: int
    image: int


class GraphDifference(Struct, frozen=True):
    """The first place at which an action differs: node number `node` of the walk, `depth` steps on.

    `label` is that of the steps. With POSSIBLE, one of the two steps is None. With EFFECT, both are
    there, and lead to states that look different; `states` are those of each graph at the node.
    """

    kind: DifferenceKind
    action: ActionClass
    label: int
    node: int
    depth: int
    states: Mapping[Side, Alike]
    steps: Mapping[Side, Step | None]

    @property
    def has_it(self) -> Side:
        """The side whose step the other lacks; the left one where both have one."""
        return Side.LEFT if self.steps[Side.LEFT] is not None else Side.RIGHT


class InitialDifference(Struct, frozen=True):
    """An initial state of the graph at `side` that the other one does not have.

    `nearest` is the number of the other graph's most similar initial state, None without any.
    """

    side: Side
    state: int
    nearest: int | None


@dataclass(slots=True)
class JointWalk:
    """What a walk found.

    `differences` has one for each action at most, shortest first; `nodes_differing` counts the
    nodes at which steps differ, `by_action` for each action. `cut_off` counts steps that one graph
    lacks because of its constraints or of a bound on steps; `unknown` counts nodes at which a graph
    has not all edges.
    `common_steps` counts steps that both have, `visited` nodes; `gave_up` says that there were too
    many.
    """

    left: WalkableGraph
    right: WalkableGraph
    initial: list[InitialDifference] = field(default_factory=list)
    differences: list[GraphDifference] = field(default_factory=list)
    by_action: Counter[ActionClass] = field(default_factory=Counter)
    nodes_differing: int = 0
    visited: int = 0
    common_steps: int = 0
    cut_off: int = 0
    unknown: int = 0
    gave_up: bool = False
    _nodes: list[tuple[Alike, Alike]] = field(default_factory=list)
    _numbers: dict[tuple[Alike, Alike], int] = field(default_factory=dict)
    _parents: list[tuple[int, Move]] = field(default_factory=list)

    def graph(self, side: Side) -> WalkableGraph:
        """Return the graph at one side."""
        return self.left if side is Side.LEFT else self.right

    def run(self) -> None:
        """Walk to the end, or until there are too many nodes."""
        if self._is_settled():
            return
        self._begin()
        number, depth = 0, 0
        while number < len(self._nodes) and not self.gave_up:
            end = len(self._nodes)
            for node in range(number, end):
                self._visit(node, depth)
                if len(self._nodes) > MAX_NODES:
                    self.gave_up = True
                    break
            number, depth = end, depth + 1
        self.visited = len(self._nodes)

    def moves_to(self, node: int) -> tuple[int, tuple[Move, ...]]:
        """Return the image that the walk to a node starts from, and its moves."""
        moves: list[Move] = []
        parent, move = self._parents[node]
        while parent >= 0:
            moves.append(move)
            node = parent
            parent, move = self._parents[node]
        return self.left.image(self._nodes[node][0]), tuple(reversed(moves))

    def _is_settled(self) -> bool:
        """Whether the graphs have the same states and the same steps: then nothing need be walked.

        Every state of a graph can be reached, so the walk would come to each of them.
        """
        if self.left.initial().keys() != self.right.initial().keys():
            return False
        if self.left.graph.state_count != self.right.graph.state_count:
            return False
        steps, others = self.left.steps(), self.right.steps()
        if steps is None or others is None or not np.array_equal(steps, others):
            return False
        self.visited, self.common_steps = self.left.graph.state_count, len(steps)
        return True

    def _begin(self) -> None:
        lefts, rights = self.left.initial(), self.right.initial()
        for image, states in lefts.items():
            if image in rights:
                self._add((states, rights[image]), -1, 0)
            else:
                self._lone_initial(self.left, states[0], self.right, rights)
        for image, states in rights.items():
            if image not in lefts:
                self._lone_initial(self.right, states[0], self.left, lefts)

    def _lone_initial(
        self, graph: WalkableGraph, state: int, other: WalkableGraph, others: Mapping[int, Alike]
    ) -> None:
        image = graph.image((state,))
        if other.starts_cut_off(image):
            self.cut_off += 1
            return
        distance = graph.images.distance
        near = min(others, key=lambda each: distance(image, each), default=None)
        nearest = None if near is None else others[near][0]
        self.initial.append(InitialDifference(graph.side, state, nearest))

    def _add(self, node: tuple[Alike, Alike], parent: int, move: Move) -> None:
        if node not in self._numbers:
            self._numbers[node] = len(self._nodes)
            self._nodes.append(node)
            self._parents.append((parent, move))

    def _visit(self, node: int, depth: int) -> None:
        states = left_states, right_states = self._nodes[node]
        left, right = self.left.moves(left_states), self.right.moves(right_states)
        if left.keys() == right.keys():
            self.common_steps += len(left)
            for move, edge in left.items():
                after = self.left.after(left_states, move, edge)
                self._add((after, self.right.after(right_states, move, right[move])), node, move)
            if not (self.left.is_known(left_states) and self.right.is_known(right_states)):
                self.unknown += 1
            return
        self._differ(node, depth, states, left, right)
        for move, edge in left.items():
            if move in right:
                self.common_steps += 1
                after = self.left.after(left_states, move, edge)
                self._add((after, self.right.after(right_states, move, right[move])), node, move)

    def _differ(
        self,
        node: int,
        depth: int,
        states: tuple[Alike, Alike],
        left: dict[Move, int],
        right: dict[Move, int],
    ) -> None:
        """Note what differs at a node, apart from what is cut off or unknown there."""
        at = {Side.LEFT: states[0], Side.RIGHT: states[1]}
        lone = {
            Side.LEFT: self._lone(left, right, self.right, at[Side.RIGHT]),
            Side.RIGHT: self._lone(right, left, self.left, at[Side.LEFT]),
        }
        if not all(self.graph(side).is_known(at[side]) for side in Side):
            self.unknown += 1
        if not lone[Side.LEFT] and not lone[Side.RIGHT]:
            return
        self.nodes_differing += 1
        labels = dict.fromkeys(label_of(move) for side in Side for move in lone[side])
        noted = set()
        for label in labels:
            action = self.left.labels.all[label].action
            if action not in noted:
                noted.add(action)
                if action not in self.by_action:
                    self.differences.append(self._difference(label, node, depth, at, lone))
                self.by_action[action] += 1

    def _lone(
        self, moves: dict[Move, int], others: dict[Move, int], other: WalkableGraph, at: Alike
    ) -> dict[Move, int]:
        """Return the moves that the `other` graph lacks at its states and should have."""
        found = {move: edge for move, edge in moves.items() if move not in others}
        if not found or not other.is_known(at):
            return {}
        if other.is_constrained:
            whole = len(found)
            found = {move: edge for move, edge in found.items() if not other.is_cut_off(at, move)}
            self.cut_off += whole - len(found)
        return found

    def _difference(
        self,
        label: int,
        node: int,
        depth: int,
        at: Mapping[Side, Alike],
        lone: Mapping[Side, dict[Move, int]],
    ) -> GraphDifference:
        action = self.left.labels.all[label].action
        having = next(side for side in Side if any(label_of(each) == label for each in lone[side]))
        move, edge = next(each for each in lone[having].items() if label_of(each[0]) == label)
        step = Step(edge, image_of(move))
        counterpart = self._counterpart(having.other, at[having.other], label, step.image, lone)
        kind = DifferenceKind.POSSIBLE if counterpart is None else DifferenceKind.EFFECT
        steps = {having: step, having.other: counterpart}
        return GraphDifference(kind, action, label, node, depth, at, steps)

    def _counterpart(
        self,
        side: Side,
        states: Alike,
        label: int,
        image: int,
        lone: Mapping[Side, dict[Move, int]],
    ) -> Step | None:
        """Return the most similar step of the same label, rather one that the other side lacks."""
        graph = self.graph(side)
        found = [Step(edge, graph.image_after(edge)) for edge in graph.labelled(states, label)]
        lonely = {image_of(move) for move in lone[side] if label_of(move) == label}

        def likeness(step: Step) -> tuple[bool, int]:
            return step.image not in lonely, graph.images.distance(image, step.image)

        return min(found, key=likeness, default=None)
