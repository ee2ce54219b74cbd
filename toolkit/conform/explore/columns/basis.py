"""What the parts of the columnar engine share: shapes, codes and layout, and asking the model."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import partial
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

from conform.domain.actions import ActionInstance, Observation, Ranging
from conform.domain.model import Model
from conform.domain.states import OverElements, Predicate, Slots, State, StepPredicate
from conform.domain.values import FunctionValue, SetValue, Value
from conform.errors import EvaluationError
from conform.explore.asking import AskedPredicate, AskedStepPredicate
from conform.explore.columns.codes import Codes, Decoded
from conform.explore.columns.layout import Layout, Words
from conform.explore.columns.recording import Recorder, RecordingElements, writes_into
from conform.explore.columns.shapes import ByKey, ByMember, Shapes, Whole

Row: TypeAlias = Sequence[int]
"""The codes of all leaves in one state; for a step, those after it follow."""

Changes: TypeAlias = tuple[tuple[int, int], ...]
"""The leaves that a step changes, each with its code after the step."""

Reads: TypeAlias = tuple[set[int], Mapping[int, int]]
"""The leaves that an evaluation read, and how many members the sets had that it ranged over."""

KNOWN = 20_000
"""Values of one variable that are at hand once they were put together."""

NO_VALUE = 2
"""In place of a truth value, where evaluation met an error."""


class Basis:
    """Shapes and codes of one search; `layout` is replaced when a leaf outgrows its bits."""

    def __init__(self, model: Model, shapes: Shapes) -> None:
        self.model = model
        self.shapes = shapes
        self.codes = Codes(shapes.leaf_count)
        for one in shapes.sets:
            for leaf in range(one.first, one.first + one.room):
                self.codes.code(leaf, one.absent)
        self.layout = Layout.of([0] * shapes.leaf_count)
        self._asked: dict[int, AskedPredicate] = {}
        self._asked_of_steps: dict[int, AskedStepPredicate] = {}
        self._latest: tuple[NDArray[np.int64], list[State]] | None = None
        self._known: list[dict[tuple[int, ...], Value]] = [{} for _ in shapes.roots]
        self._whole = {
            variable: root.leaf
            for variable, root in enumerate(shapes.roots)
            if isinstance(root, Whole)
        }

    @property
    def outgrown(self) -> bool:
        """Whether a leaf has more values than its bits can tell apart."""
        widths = self.layout.bits
        counts = self.codes.counts
        return any((n - 1) >> width for n, width in zip(counts, widths, strict=True) if n)

    def widened(self) -> Layout:
        """Return a layout with bits enough for all values seen."""
        counts = self.codes.counts
        return Layout.of(
            [
                max(width, max(0, count - 1).bit_length())
                for width, count in zip(self.layout.bits, counts, strict=True)
            ]
        )

    def row(self, state: State) -> list[int]:
        """Return the codes of a state; raise ShapeBrokenError if it has another shape."""
        row: list[int] = []
        for variable, value in enumerate(state):
            row.extend(self.codes_of(variable, value))
        return row

    def codes_of(self, variable: int, value: Value) -> list[int]:
        """Return the codes of one variable's leaves; raise ShapeBrokenError."""
        root = self.shapes.roots[variable]
        if type(root) is ByMember and type(value) is SetValue:
            return self._codes_of_members(root, value)
        if type(root) is ByKey and type(value) is FunctionValue:
            return self._codes_of_keys(root, value)
        parts = self.shapes.decomposed(variable, value)
        leaves = self.shapes.leaves_of[variable]
        return [self.codes.code(leaf, part) for leaf, part in zip(leaves, parts, strict=True)]

    def _codes_of_members(self, shape: ByMember, elements: SetValue) -> list[int]:
        """Return the codes of a set's leaves, in most of which False is: its code is 0."""
        found = [0] * shape.room
        for element in elements.ordered:
            leaf = shape.admit(element)
            found[leaf - shape.first] = self.codes.code(leaf, True)
        return found

    def _codes_of_keys(self, shape: ByKey, function: FunctionValue) -> list[int]:
        """Return the codes of the leaves of a function, in most of which ABSENT is."""
        found = [0] * shape.room
        for argument, value in function.items():
            leaf = shape.admit(argument)
            found[leaf - shape.first] = self.codes.code(leaf, value)
        return found

    def state(self, row: Row) -> State:
        """Return the state that has these codes."""
        taken = self.shapes.taken_leaves
        return tuple([self._value(each, taken(each), row) for each in range(len(self._known))])

    def _value(self, variable: int, leaves: Sequence[int], row: Row) -> Value:
        """Return the value of a variable, the same one as before for the same codes."""
        leaf = self._whole.get(variable)
        if leaf is not None:
            return self.codes.values[leaf][row[leaf]]
        known = self._known[variable]
        codes = tuple(row[leaves[0] : leaves[-1] + 1]) if leaves else ()
        value = known.get(codes)
        if value is None:
            if len(known) >= KNOWN:
                known.clear()
            parts = self.codes.decoded(leaves, codes)
            value = known[codes] = self.shapes.assembled(variable, parts)
        return value

    def states(self, words: Words) -> list[State]:
        """Return some states: the same list while the same ones are asked for, in any layout."""
        codes = self.layout.codes(words)
        if self._latest is None or not np.array_equal(self._latest[0], codes):
            self._latest = (codes, list(map(self.state, codes.tolist())))
        return self._latest[1]

    def rows(self, words: Words) -> list[list[int]]:
        """Return the codes of all leaves in some states."""
        found: list[list[int]] = self.layout.codes(words).tolist()
        return found

    # -------------------------------------------------------------------------------- questions

    def ask_instance(self, instance: ActionInstance, row: Row) -> tuple[Reads, tuple[Changes, ...]]:
        """Return what an evaluation read, and the changes of each successor.

        May raise EvaluationError and ShapeBrokenError.
        """
        return self._asked_for_steps(partial(self.model.observe, instance), row)

    def ask_element(
        self, ranging: Ranging, element: Value, row: Row
    ) -> tuple[Reads, tuple[Changes, ...]]:
        """Return the same of an instance that takes one element after the other, for one."""
        return self._asked_for_steps(partial(ranging.observe, element), row)

    def ask_guard(self, ranging: Ranging, row: Row) -> tuple[Reads, tuple[Changes, ...]]:
        """Return what such an instance reads where there is no element; there are no changes."""
        return self._asked_for_steps(ranging.observe_guard, row)

    def set_taken_by(self, ranging: OverElements, row: Row) -> ByMember | None:
        """Return the set of which one element after the other is taken.

        None if it is not one and the same set in all states, with leaves of its own.
        """
        recorder = Recorder(Decoded(self.codes.values, row))
        try:
            value, slots = ranging.elements(recorder.state(self.shapes.roots))
        except EvaluationError:
            return None
        elements = value.recorded if type(value) is SetValue else None
        is_read = recorder.read or recorder.ranged or self._plainly_read(slots)
        if not isinstance(elements, RecordingElements) or elements.is_changed or is_read:
            return None
        return elements.shape

    def _asked_for_steps(
        self, observe: Callable[[State], Observation], row: Row
    ) -> tuple[Reads, tuple[Changes, ...]]:
        recorder = Recorder(Decoded(self.codes.values, row))
        seen = observe(recorder.state(self.shapes.roots))
        changes = [
            self._changes(successor.state, seen.writes, recorder) for successor in seen.successors
        ]
        reads = recorder.read.keys() | self._plainly_read(seen.reads)
        return (reads, recorder.ranged), tuple(changes)

    def _changes(self, after: State, writes: Slots, recorder: Recorder) -> Changes:
        found: dict[int, Value] = {}
        for variable in writes:
            root = self.shapes.roots[variable]
            writes_into(found, variable, root, after[variable], recorder)
        code = self.codes.code
        return tuple([(leaf, code(leaf, value)) for leaf, value in found.items()])

    def _plainly_read(self, slots: Slots) -> set[int]:
        """Return the leaves of variables that are one leaf: these are not recorded."""
        return {self._whole[variable] for variable in slots if variable in self._whole}

    def ask_predicate(self, predicate: Predicate, row: Row) -> tuple[Reads, int]:
        """Return what an evaluation read, and the value as 0, 1 or NO_VALUE."""
        assert predicate.reads is not None, "what is impure is not asked here"
        recorder = Recorder(Decoded(self.codes.values, row))
        value = value_of(predicate, recorder.state(self.shapes.roots))
        reads = recorder.read.keys() | self._plainly_read(predicate.reads)
        return (reads, recorder.ranged), value

    def value_of(self, predicate: Predicate, row: Row) -> int:
        """Return the value alone, by the model's accelerator once it was asked for often."""
        asked = self._asked.get(id(predicate))
        if asked is None:
            asked = self._asked[id(predicate)] = AskedPredicate(predicate, self.model.accelerator)
        try:
            return int(asked.test(self.state(row)))
        except EvaluationError:
            return NO_VALUE

    def ask_step(self, predicate: StepPredicate, row: Row) -> tuple[Reads, int]:
        """Return the same of a predicate over steps; leaves after the step follow those before."""
        assert predicate.reads is not None, "what is impure is not asked here"
        count = self.shapes.leaf_count
        before = Recorder(Decoded(self.codes.values, row[:count]))
        after = Recorder(Decoded(self.codes.values, row[count:]))
        roots = self.shapes.roots
        value = value_of(predicate, before.state(roots), after.state(roots))
        plain = self._plainly_read(predicate.reads)
        reads = before.read.keys() | plain | {leaf + count for leaf in after.read.keys() | plain}
        return (reads, {**after.ranged, **before.ranged}), value

    def value_of_step(self, predicate: StepPredicate, row: Row) -> int:
        """Return the value alone, likewise."""
        asked = self._asked_of_steps.get(id(predicate))
        if asked is None:
            accelerator = self.model.accelerator
            asked = self._asked_of_steps[id(predicate)] = AskedStepPredicate(predicate, accelerator)
        count = self.shapes.leaf_count
        try:
            return int(asked.test(self.state(row[:count]), self.state(row[count:])))
        except EvaluationError:
            return NO_VALUE

    def everything(self, slots: Slots) -> Reads:
        """Return the reads of an evaluation that reads all of some variables."""
        leaves = {leaf for variable in slots for leaf in self.shapes.used_leaves(variable)}
        sets = self.shapes.sets
        return leaves, {one.number: len(one.members) for one in sets if one.variable in slots}

    def everything_of_step(self, slots: Slots) -> Reads:
        """Return the same for both states of a step."""
        leaves, ranged = self.everything(slots)
        return leaves | {leaf + self.shapes.leaf_count for leaf in leaves}, ranged


def value_of(predicate: Predicate | StepPredicate, *states: State) -> int:
    """Return the value of a predicate over a state, or over a step's two, as 0, 1 or NO_VALUE."""
    holds: Callable[..., bool] = predicate.holds
    try:
        return int(holds(*states))
    except EvaluationError:
        return NO_VALUE
