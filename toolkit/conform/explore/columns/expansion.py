"""What a search in columns asks of the model: the tables of all questions, over one basis.

Whoever keeps rows takes up each new layout by `lay_out`, and says here when it has: rows and tables
have one layout, always.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

import numpy as np
from msgspec import Struct
from numpy.typing import NDArray

from conform.domain.model import Identity, Model
from conform.domain.states import Predicate, StepPredicate
from conform.explore.columns.basis import Basis
from conform.explore.columns.instance_steps import AnyRows, InstanceSteps
from conform.explore.columns.keys import Rows
from conform.explore.columns.layout import Layout, Words
from conform.explore.columns.leaf_names import names_of
from conform.explore.columns.questions import Questions
from conform.explore.columns.recorded_moves import Moves
from conform.explore.columns.self_check import (
    check_classes,
    check_move,
    check_step_values,
    check_steps,
    check_values,
)
from conform.explore.columns.shapes import Shapes
from conform.explore.columns.standing import classes_of
from conform.explore.columns.tables import SeldomError
from conform.explore.columns.truths import Truths, step_truth_of, truth_of

Flags = NDArray[np.bool_]

MOST_DIRECT = 0.5
"""The part of all instances that may be asked each time: the plain search asks many sooner, since
one function then answers for all of them."""


class EventfulError(Exception):
    """Something in a block is for the plain search to tell."""


class Ways(Struct, frozen=True):
    """Instances that have no one table: with one for each element (`split`), or asked each time."""

    split: frozenset[int]
    direct: frozenset[int]

    def __bool__(self) -> bool:
        return bool(self.split or self.direct)


NO_WAYS = Ways(frozenset(), frozenset())


class Expansion:
    """The answers about many rows at once, remembered.

    `lay_out` is called with a layout that has room for all values; it takes over whatever rows
    there are and makes the layout that of the basis. Without it there are none. `identity` says
    which states are one class, None that each is one (`standing`). What `ways` says of instances
    holds from the beginning.
    """

    def __init__(
        self,
        model: Model,
        shapes: Shapes,
        lay_out: Callable[[Layout], None] | None = None,
        identity: Identity | None = None,
        ways: Ways = NO_WAYS,
    ) -> None:
        """Begin with no answers; raise ShapeBrokenError where classes do not fit the shapes."""
        self.model = model
        self.basis = Basis(model, shapes)
        self.identity = identity
        self._classes = classes_of(self.basis, identity)
        self.successors = [
            InstanceSteps(
                self.basis,
                one,
                splits=one.number in ways.split,
                is_direct=one.number in ways.direct,
            )
            for one in model.instances
        ]
        self._truths: dict[int, Truths] = {}
        self._step_truths: dict[int, Truths] = {}
        self._lay_out = lay_out or self._adopt

    def _adopt(self, layout: Layout) -> None:
        self.basis.layout = layout

    def hand_over(self, lay_out: Callable[[Layout], None]) -> None:
        """Let another keep the rows from now on."""
        self._lay_out = lay_out

    @property
    def ways(self) -> Ways:
        """The instances that have no table of all their answers."""
        return Ways(
            frozenset([each.number for each in self.successors if each.is_split]),
            frozenset([each.number for each in self.successors if each.is_direct]),
        )

    @property
    def asked(self) -> int:
        """How often tables were asked for an answer."""
        truths = (*self._truths.values(), *self._step_truths.values())
        return sum(each.asked for each in self.successors) + sum(each.asked for each in truths)

    @property
    def evaluated(self) -> int:
        """How often the model was asked for one."""
        truths = (*self._truths.values(), *self._step_truths.values())
        return sum(each.misses for each in self.successors) + sum(each.misses for each in truths)

    def reads_of_instance(self, number: int) -> tuple[str, ...]:
        """Return the names of what the answers of an instance depended on."""
        return self._names(self.successors[number].reads)

    def reads_of_predicate(self, predicate: Predicate | StepPredicate) -> tuple[str, ...]:
        """Return the same of a predicate."""
        truth = self._truths.get(id(predicate)) or self._step_truths.get(id(predicate))
        return self._names(truth.reads if truth else frozenset())

    def _names(self, leaves: frozenset[int]) -> tuple[str, ...]:
        shapes = self.basis.shapes
        within = {leaf % shapes.leaf_count for leaf in leaves}
        return names_of(shapes, self.model.slots, within)

    def make_room(self) -> bool:
        """Take up a layout with room for all values that were seen; return whether it is new.

        Raises ShapeBrokenError.
        """
        if self._classes is not None:
            self._classes.close()
        is_outgrown = self.basis.outgrown
        if is_outgrown:
            self._widen()
        return is_outgrown

    def _widen(self) -> None:
        layout = self.basis.widened()
        self._lay_out(layout)
        assert self.basis.layout is layout, "it was taken up"
        for successors in self.successors:
            successors.lay_out(layout)
        for truth in self._truths.values():
            truth.lay_out(layout)
        for truth in self._step_truths.values():
            truth.lay_out(layout.doubled())

    @property
    def has_classes(self) -> bool:
        """Whether one state may stand for others."""
        return self._classes is not None

    def standing(self, words: Words) -> Words:
        """Return for each row the one that stands for its class: itself, where there are none."""
        return words if self._classes is None else self._classes.standing(words)

    def rows(self, block: Callable[[], Words]) -> list[AnyRows]:
        """Return where the answers of all instances about a block are, once they are known.

        A new element of a set makes answers anew; a new layout makes the rows of `block` others.
        Raises what asking raises, UselessError, and SeldomError where most have to be asked each
        time: the plain search does that sooner.
        """
        basis = self.basis
        while True:
            admitted = basis.shapes.admitted
            rows = []
            for successors in self.successors:
                rows.append(successors.rows(block()))
                self.make_room()
            if len(self.ways.direct) > MOST_DIRECT * len(rows):
                raise SeldomError
            if basis.shapes.admitted == admitted:
                return rows

    def answer_numbers(self, words: Words) -> list[Rows | None]:
        """Return for each instance a number for each state, UNKNOWN where it was not asked about.

        Where two are the same, so was all that was read. None for an instance without one table.
        """
        return [each.known(words) for each in self.successors]

    def targets(self, block: Callable[[], Words], moves: Moves, first: int) -> Words:
        """Return the states that moves lead to, from states of which `first` is the block's first.

        Raises NoSuchMoveError.
        """
        order = np.argsort(moves.instances, kind="stable")
        instances, starts = np.unique(moves.instances[order], return_index=True)
        parts = list(zip(instances.tolist(), np.split(order, starts[1:]), strict=True))
        places = moves.sources - first
        basis = self.basis
        while True:
            admitted = basis.shapes.admitted
            rows = []
            for instance, chosen in parts:
                rows.append(self.successors[instance].rows(block().take(places[chosen], axis=0)))
                self.make_room()
            if basis.shapes.admitted == admitted:
                break
        found = np.zeros((len(moves), basis.layout.words), np.uint64)
        for (instance, chosen), each in zip(parts, rows, strict=True):
            sources = block().take(places[chosen], axis=0)
            found[chosen] = self.successors[instance].targets(sources, each, moves.outcomes[chosen])
        return found

    def truth(self, predicate: Predicate) -> Truths:
        """Return the values of a predicate over states."""
        if id(predicate) not in self._truths:
            self._truths[id(predicate)] = truth_of(self.basis, predicate)
        return self._truths[id(predicate)]

    def step_truth(self, predicate: StepPredicate) -> Truths:
        """Return the values of a predicate over steps."""
        if id(predicate) not in self._step_truths:
            self._step_truths[id(predicate)] = step_truth_of(self.basis, predicate)
        return self._step_truths[id(predicate)]

    def are_true(self, predicates: Sequence[Predicate], words: Words) -> Flags:
        """Return in which states all predicates hold, asked in order; an error is an event."""
        holds = np.ones(len(words), np.bool_)
        for predicate in predicates:
            values = self.truth(predicate).of(
                words if holds.all() else words.compress(holds, axis=0)
            )
            if (values > 1).any():
                raise EventfulError
            holds[holds] = values == 1
        return holds

    def are_allowed(self, pairs: Words) -> Flags:
        """Return which steps the action constraints allow; an error is an event."""
        allowed = np.ones(len(pairs), np.bool_)
        for predicate in self.model.action_constraints:
            values = self.step_truth(predicate).of(pairs.compress(allowed, axis=0))
            if (values > 1).any():
                raise EventfulError
            allowed[allowed] = values == 1
        return allowed

    def admits(self, questions: Questions, targets: Words, allowed: Flags | None) -> Flags | None:
        """Return which steps lead to states that may stand for their classes; None for all.

        Those are `allowed` by action constraints. One state of a class may be within constraints,
        and another outside: that one is not kept, but asked about. Raises EventfulError.
        """
        if self._classes is None or (allowed is None and not self.model.constraints):
            return allowed
        admitted = self.are_true(self.model.constraints, targets)
        if allowed is not None:
            admitted &= allowed
        outside = targets.compress(~admitted, axis=0)
        self.ask_states(questions, outside, np.zeros(len(outside), np.bool_))
        return admitted

    def ask_states(self, questions: Questions, words: Words, admitted: Flags) -> None:
        """Raise EventfulError if an answer about new states is worth telling.

        Those `admitted` are within the constraints.
        """
        if not self.are_true(questions.invariants, words).all():
            raise EventfulError
        for predicate in questions.witnesses:
            if self.truth(predicate).of(words.compress(admitted, axis=0)).any():
                raise EventfulError

    def ask_steps(self, questions: Questions, pairs: Words) -> None:
        """Raise EventfulError if an answer about steps is worth telling."""
        if not all((self.step_truth(one).of(pairs) == 1).all() for one in questions.steps):
            raise EventfulError

    def check_states(self, words: Words) -> None:
        """Ask the model itself for values of predicates in some states.

        Raises ExplorerDefectError if they are others than the tables have.
        """
        model = self.model
        check_values(self.basis, words, (*model.invariants, *model.constraints), self._truths)

    def check_classes(self, words: Words) -> None:
        """Ask the model itself for the classes of some states, and of others in those.

        Raises ExplorerDefectError if they are others than the rows that stand for them tell.
        """
        if self.identity is not None:
            check_classes(self.basis, words, self.identity, self.standing)

    def check_steps(self, words: Words, instances: Sequence[int], targets: Words) -> None:
        """Ask for the steps from the one state in `words`, which are these, in order."""
        model, basis = self.model, self.basis
        check_steps(basis, words, instances, targets)
        asked = (*model.action_properties, *model.action_constraints)
        check_step_values(basis, words, targets, asked, self._step_truths)

    def check_move(self, words: Words, instance: int, outcome: int, target: Words) -> None:
        """Ask the model itself whether a step leads from the one state to the other."""
        check_move(self.basis, words, instance, outcome, target)
