"""The columnar search: a block of states expanded at once, by tables of remembered answers.

Facts followed: a level of a breadth-first search is an array of packed rows, and a step of an
action instance is a row with some fields replaced, by a table whose rows the model filled. States
and steps come in the order in which the plain search finds them, so that both may take turns on one
search. Whatever is out of the ordinary in a block (a violation, an error, a deadlock, a bound) is
not told here: the block is left to the plain search, which tells it in its own words.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np
from msgspec.structs import replace
from numpy.typing import NDArray

from conform.domain.model import Identity, Model
from conform.domain.states import State
from conform.errors import EvaluationError
from conform.explore.columns.basis import Basis
from conform.explore.columns.expansion import NO_WAYS, EventfulError, Expansion, Ways
from conform.explore.columns.keys import Rows
from conform.explore.columns.layout import Layout, Words, fingerprints
from conform.explore.columns.levels import Levels
from conform.explore.columns.orbits import with_images
from conform.explore.columns.paying import Balance
from conform.explore.columns.questions import Questions
from conform.explore.columns.reencoding import combinations
from conform.explore.columns.row_keys import TooManyError
from conform.explore.columns.shapes import UNKNOWN, Known, ShapeBrokenError, Shapes
from conform.explore.columns.tables import SeldomError, UselessError
from conform.explore.columns.visited import CollisionError, Visited
from conform.explore.options import ExploreOptions
from conform.explore.packing import Packing
from conform.explore.space import NOWHERE, Edges, StateSpace
from conform.explore.state_columns import distinct

BLOCK = 1 << 15
"""States expanded at once at most: their steps fit a cache, and their numbers 16 bits."""

TOO_MANY_IMAGES = "permutations make too many values of those that there are"
COLLIDED = "two states share a fingerprint"

SAMPLES = 4096
"""States from which shapes are inferred."""

_Numbers = NDArray[np.int64]


@dataclass(slots=True)
class _Steps:
    """The steps from a block, in order.

    `sources` are places in the block, `targets` rows, which `inverse` takes for places in `new`.
    """

    sources: _Numbers
    instances: _Numbers
    outcomes: _Numbers
    targets: Words


@dataclass(slots=True)
class Columns:
    """Expands blocks of one search; the states so far are rows here.

    `expand` appends states and edges to `space` and `edges`, and counts them by instance in `taken`
    and `found`; the packed words of `space` are filled by `settle`. `is_over` says that remembering
    does not pay for this model.
    """

    model: Model
    packing: Packing
    space: StateSpace
    edges: Edges | None
    taken: list[int]
    found: list[int]
    options: ExploreOptions
    balance: Balance
    identity: Identity | None = None
    why_over: str = ""
    _count: int = 0
    _store: Words = field(default_factory=lambda: np.zeros((0, 1), np.uint64))
    _known: Known = UNKNOWN
    _ways: Ways = NO_WAYS
    _expansion: Expansion | None = None
    _visited: Visited = field(default_factory=Visited)
    _codes_of: list[dict[int, list[int]]] = field(default_factory=list)

    @property
    def is_over(self) -> bool:
        """Whether the plain search is to do the rest."""
        return bool(self.why_over)

    @property
    def expansion(self) -> Expansion | None:
        """The tables, None before there are any."""
        return self._expansion

    # ------------------------------------------------------------------------- blocks of states

    def expand(self, first: int, end: int, questions: Questions) -> int:
        """Expand the states from `first` up to `end`, or a part; return the first that is not.

        All are of one level. Those from the returned number on are for the plain search if it is
        `first`. Raises ExplorerDefectError when a self-check fails.
        """
        end = min(end, first + min(BLOCK, self.balance.block))
        while not self.is_over:
            try:
                self._catch_up()
                steps = self._steps(first, end)
                self._check(first, end, steps)
                self._take(first, end, steps, questions)
                self._judge()
                return end
            except ShapeBrokenError as broken:
                self._reshape(broken)
            except (EventfulError, EvaluationError, RecursionError):
                break
            except SeldomError:
                self.why_over = "most actions read too much of a state for answers to come twice"
            except UselessError:
                if not self._keep_sets_whole():
                    self.why_over = "an action reads too much of a state for answers to come twice"
            except CollisionError:
                self.why_over = COLLIDED
            except TooManyError:
                self.why_over = TOO_MANY_IMAGES
        return first

    def answer_numbers(self) -> list[Rows | None]:
        """Return what `Expansion.answer_numbers` does of all states; nothing if it is over."""
        if self.is_over or self._expansion is None:
            return []
        try:
            self._catch_up()
        except (ShapeBrokenError, CollisionError):
            return []
        return self._known_expansion().answer_numbers(self._store[: self._count])

    def as_levels(self, room: int | None) -> Levels:
        """Return what goes on with the last level, and keeps older states as keys alone.

        Of these `room` are in memory at most. Raises TooManyError.
        """
        self._take_over()
        return Levels(
            self.model,
            self._known_expansion(),
            self._store[: self._count],
            self.space.level_starts,
            self.taken,
            self.found,
            self.options,
            self.balance,
            room,
        )

    def _judge(self) -> None:
        """See whether going on in columns is worth it."""
        expansion = self._known_expansion()
        if not self.balance.still_pays(expansion.asked, expansion.evaluated):
            self.why_over = "too few answers came twice"

    def _steps(self, first: int, end: int) -> _Steps:
        expansion = self._known_expansion()
        rows = expansion.rows(lambda: self._store[first:end])
        block = self._store[first:end]
        taken = [
            successors.take(block, each)
            for successors, each in zip(expansion.successors, rows, strict=True)
        ]
        counts = [len(sources) for sources, _, _ in taken]
        sources = np.concatenate([sources for sources, _, _ in taken])
        order = np.argsort(sources.astype(np.uint16), kind="stable")
        numbers = np.array([one.number for one in expansion.successors], np.int64)
        return _Steps(
            sources.take(order),
            np.repeat(numbers, counts).take(order),
            np.concatenate([outcomes for _, outcomes, _ in taken]).take(order),
            np.concatenate([targets for _, _, targets in taken]).take(order, axis=0),
        )

    def _take(self, first: int, end: int, steps: _Steps, questions: Questions) -> None:
        """Check and store what the steps lead to; raise EventfulError before anything is."""
        if questions.deadlock and not np.bincount(steps.sources, minlength=end - first).all():
            raise EventfulError
        expansion = self._known_expansion()
        standing = expansion.standing(steps.targets)
        keys, firsts, inverse = np.unique(
            fingerprints(standing), return_index=True, return_inverse=True
        )
        inverse = inverse.reshape(-1)
        self._compare(standing.take(firsts.take(inverse), axis=0), standing)
        numbers = self._visited.find(keys)
        known = numbers != NOWHERE
        self._compare_known(numbers[known], standing.take(firsts[known], axis=0))
        new = np.flatnonzero(~known)
        allowed = None
        if self.model.action_constraints:
            allowed = expansion.are_allowed(self._pairs(first, steps))
        allowed = expansion.admits(questions, steps.targets, allowed)
        words = steps.targets.take(firsts[new], axis=0)
        admitted = expansion.are_true(self.model.constraints, words)
        expansion.ask_states(questions, words, admitted)
        if questions.steps:
            expansion.ask_steps(questions, self._pairs(first, steps))
        if allowed is None or not expansion.has_classes:
            new = new[admitted]
        new, firsts = self._stored(new, firsts, inverse, allowed)
        words = steps.targets.take(firsts, axis=0)
        if allowed is not None and expansion.has_classes:
            expansion.ask_states(questions, words, np.ones(len(words), np.bool_))
        order = np.argsort(firsts)
        new, firsts = new[order], firsts[order]
        bound = questions.max_states
        if bound is not None and self._count + len(new) > bound:
            raise EventfulError
        numbers[new] = np.arange(self._count, self._count + len(new))
        targets = numbers.take(inverse)
        if allowed is not None:
            targets[~allowed] = NOWHERE
        self._store_states(first, words.take(order, axis=0), keys[new], steps, firsts)
        self._store_edges(first, end, steps, targets)

    def _stored(
        self, new: _Numbers, firsts: _Numbers, inverse: _Numbers, allowed: NDArray[np.bool_] | None
    ) -> tuple[_Numbers, _Numbers]:
        """Return which of the new targets are stored, and the first step that leads to each."""
        if allowed is None:
            return new, firsts[new]
        is_new = np.zeros(len(firsts), np.bool_)
        is_new[new] = True
        leading = np.flatnonzero(allowed & is_new[inverse])
        stored, places = np.unique(inverse[leading], return_index=True)
        return stored, leading[places]

    def _pairs(self, first: int, steps: _Steps) -> Words:
        return np.concatenate(
            (self._store.take(first + steps.sources, axis=0), steps.targets), axis=1
        )

    def _compare_known(self, numbers: _Numbers, standing: Words) -> None:
        """Raise CollisionError if states are not of the classes for which these rows stand."""
        if standing.shape[1] > 1:
            self._compare(
                self._known_expansion().standing(self._store.take(numbers, axis=0)), standing
            )

    @staticmethod
    def _compare(one: Words, other: Words) -> None:
        """Raise CollisionError if rows differ that have one fingerprint."""
        if one.shape[1] > 1 and not np.array_equal(one, other):
            raise CollisionError

    # ------------------------------------------------------------------------ states and edges

    def _store_states(
        self, first: int, words: Words, keys: Words, steps: _Steps, firsts: _Numbers
    ) -> None:
        space = self.space
        instances = steps.instances[firsts]
        if len(words) and first >= space.level_starts[-1]:
            space.level_starts.append(self._count)
        self._append(words)
        self._visited.add(keys, np.arange(self._count - len(words), self._count))
        space.parents.frombytes((first + steps.sources[firsts]).astype(np.int32).tobytes())
        space.instances.frombytes(instances.astype(np.int32).tobytes())
        _count_into(self.found, instances)
        _count_into(self.taken, steps.instances)

    def _append(self, words: Words) -> None:
        count = self._count + len(words)
        if count > len(self._store):
            store = np.zeros((max(count, 2 * len(self._store)), words.shape[1]), np.uint64)
            store[: self._count] = self._store[: self._count]
            self._store = store
        self._store[self._count : count] = words
        self._count = count

    def _store_edges(self, first: int, end: int, steps: _Steps, targets: _Numbers) -> None:
        edges = self.edges
        if edges is None:
            return
        kept = targets != NOWHERE
        sources = steps.sources.compress(kept)
        counts = np.bincount(sources, minlength=end - first)
        edges.firsts.frombytes((len(edges) + np.cumsum(counts) - counts).tobytes())
        edges.sources.frombytes((first + sources).astype(np.int32).tobytes())
        edges.instances.frombytes(steps.instances.compress(kept).astype(np.int32).tobytes())
        edges.outcomes.frombytes(steps.outcomes.compress(kept).astype(np.int32).tobytes())
        edges.targets.frombytes(targets.compress(kept).astype(np.int32).tobytes())

    # --------------------------------------------------------------- between packed words and rows

    def number_of(self, state: State) -> int | None:
        """Return the number of the state that stands for another, None for one of a new class.

        To be asked while this is not over, and after a block was expanded. It may be over then: in
        that case the answer says nothing.
        """
        while True:
            try:
                self._take_over()
                codes = np.array([self._known_basis().row(state)], np.int64)
                self._known_expansion().make_room()
            except ShapeBrokenError as broken:
                self._reshape(broken)
                continue
            except CollisionError:
                break
            except TooManyError:
                self.why_over = TOO_MANY_IMAGES
                return None
            row = self._known_basis().layout.packed(codes)
            standing = self._known_expansion().standing(row)
            numbers = self._visited.find(fingerprints(standing))
            if numbers[0] == NOWHERE:
                return None
            try:
                self._compare_known(numbers, standing)
            except CollisionError:
                break
            return int(numbers[0])
        self.why_over = COLLIDED
        return None

    def settle(self) -> None:
        """Fill the packed words of the states that were found here."""
        start = len(self.space.words)
        if start >= self._count:
            return
        basis = self._known_basis()
        words = self._store[start : self._count]
        total: NDArray[np.object_] | None = None
        for variable in range(len(basis.shapes.roots)):
            column = self._plain_codes(basis, variable, words)
            total = column if total is None else total + column
        assert total is not None, "there is a variable"
        found = total.tolist()
        self.space.words.extend(found)
        self.space.numbers.update(zip(found, range(start, self._count), strict=True))

    def _plain_codes(self, basis: Basis, variable: int, words: Words) -> NDArray[np.object_]:
        """Return the bits that stand for the values of a variable in the plain search."""
        leaves = basis.shapes.taken_leaves(variable)
        layout = basis.layout
        rows, inverse = combinations(layout, words, leaves)
        found = np.empty(len(rows), object)
        for place, row in enumerate(rows.tolist()):
            value = basis.shapes.assembled(variable, basis.codes.decoded(leaves, row))
            found[place] = self.packing.code(variable, value)
        return found[inverse]

    def _known_expansion(self) -> Expansion:
        assert self._expansion is not None, "the first states are there"
        return self._expansion

    def _known_basis(self) -> Basis:
        return self._known_expansion().basis

    def _take_over(self) -> None:
        """Take over the states that the plain search found, whatever their shapes."""
        while True:
            try:
                return self._catch_up()
            except ShapeBrokenError as broken:
                self._reshape(broken)

    def _catch_up(self) -> None:
        """Take over the states that the plain search found. Raises ShapeBrokenError."""
        words = self.space.words
        if self._expansion is None:
            self._begin([self.packing.unpack(word) for word in words[:SAMPLES]])
        basis = self._known_basis()
        if len(words) <= self._count:
            return
        rows = [self._row(basis, self.packing.unpack(word)) for word in words[self._count :]]
        self._known_expansion().make_room()
        codes = np.array(rows, np.int64).reshape(len(rows), basis.shapes.leaf_count)
        packed = basis.layout.packed(codes)
        numbers = np.arange(self._count, len(words))
        self._append(packed)
        self._add_visited(packed, numbers)

    def _add_visited(self, words: Words, numbers: _Numbers) -> None:
        keys = fingerprints(self._known_expansion().standing(words))
        if len(distinct(keys)) < len(keys):
            raise CollisionError
        self._visited.add(keys, numbers)

    def _row(self, basis: Basis, state: State) -> list[int]:
        """Return the codes of a state; values that were met before are not taken apart again."""
        row: list[int] = []
        for variable, value in enumerate(state):
            known = self._codes_of[variable]
            codes = known.get(id(value))
            if codes is None:
                codes = known[id(value)] = basis.codes_of(variable, value)
            row.extend(codes)
        return row

    def _begin(self, samples: Sequence[State]) -> None:
        """Infer shapes, and begin all tables anew."""
        self.balance.restart()
        columns = [
            with_images(list(dict.fromkeys(values)), self.identity)
            for values in zip(*samples, strict=True)
        ]
        shapes = Shapes(columns, self._known)
        self._expansion = Expansion(self.model, shapes, self._lay_out, self.identity, self._ways)
        self._codes_of = [{} for _ in self.model.slots]
        self._visited = Visited()
        self._store = np.zeros((0, self._known_basis().layout.words), np.uint64)
        self._count = 0

    def _reshape(self, broken: ShapeBrokenError) -> None:
        """Begin anew with other shapes: a value of a variable has none of those there were."""
        self._known = self._known.after(broken)
        self._begin_anew()

    def _begin_anew(self) -> None:
        self.settle()
        if self._expansion is not None:
            self._ways = self._expansion.ways
        self._expansion = None

    def _keep_sets_whole(self) -> bool:
        """Begin anew with sets that are not split, if there are any: some key is too wide."""
        variables = {one.variable for one in self._known_basis().shapes.sets}
        if variables:
            self._known = replace(self._known, whole=self._known.whole | variables)
            self._begin_anew()
        return bool(variables)

    def _lay_out(self, after: Layout) -> None:
        """Take over all rows to another layout; they keep their order if they are one word."""
        basis = self._known_basis()
        before = basis.layout
        store = after.transferred(self._store[: self._count], before)
        basis.layout, self._store = after, store  # a time limit may break in: both or none
        if before.words == after.words == 1:
            self._visited.transform(lambda words: after.transferred(words, before))
        else:
            self._visited = Visited()
            self._add_visited(self._store[: self._count], np.arange(self._count))

    # -------------------------------------------------------------------------------- self-check

    def _check(self, first: int, end: int, steps: _Steps) -> None:
        """Ask the model itself about some states of a block; raise ExplorerDefectError."""
        every = self.options.self_check
        numbers = range(first + -first % every, end, every) if every else range(0)
        if not numbers:
            return
        expansion = self._known_expansion()
        expansion.check_states(self._store[numbers])
        expansion.check_classes(self._store[numbers])
        for number in numbers:
            places = slice(*np.searchsorted(steps.sources, [number - first, number - first + 1]))
            instances = steps.instances[places].tolist()
            words = self._store[number : number + 1]
            expansion.check_steps(words, instances, steps.targets[places])


def _count_into(counts: list[int], instances: _Numbers) -> None:
    for instance, count in enumerate(np.bincount(instances, minlength=len(counts)).tolist()):
        counts[instance] += count
