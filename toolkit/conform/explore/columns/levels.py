"""The columnar search at size: what waits to be expanded as rows, all other states as keys alone.

Facts followed: a search that keeps no edges need not know the number of a state that it meets
again, only that it was met. So a state costs its key and, for the way back to it, some two bytes;
rows are kept until it is expanded. New states come in the order of the plain search, and
what is out of the ordinary is told by it: it is handed a few states, and a space that answers from
what is kept here.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TypeVar

import numpy as np
from numpy.typing import NDArray

from conform.domain.model import Model
from conform.domain.states import State
from conform.errors import EvaluationError, InputError
from conform.explore.columns.ancestry import Ancestry
from conform.explore.columns.blocks import Block
from conform.explore.columns.expansion import EventfulError, Expansion
from conform.explore.columns.frontier import PART
from conform.explore.columns.key_set import first_places
from conform.explore.columns.keyed_rows import KeyedRows
from conform.explore.columns.layout import Words
from conform.explore.columns.packed_changes import NoSuchMoveError
from conform.explore.columns.partitions.answering import UnsharedError
from conform.explore.columns.partitions.leading import Partitions
from conform.explore.columns.paying import Balance, GivenUpError
from conform.explore.columns.questions import LEFT_OVER, Questions
from conform.explore.columns.recorded_moves import Moves, RecordedMoves
from conform.explore.columns.row_keys import TooManyError
from conform.explore.columns.shapes import ShapeBrokenError
from conform.explore.columns.tables import SeldomError, UselessError
from conform.explore.limits import LimitReachedError
from conform.explore.options import ExploreOptions, Limit

MEMORY_OF_A_PROCESS = 256 * 2**20
"""Bytes that each of several processes must be allowed: a third of it is taken before any state."""

_Numbers = NDArray[np.int64]

_Result = TypeVar("_Result")


class Levels:
    """Expands blocks of one search; of its states only those not yet expanded are rows here.

    `taken` and `found` count by instance. `early` are the rows of the states that were found
    before; `level_starts` tells the levels of all states.
    """

    def __init__(
        self,
        model: Model,
        expansion: Expansion,
        early: Words,
        level_starts: list[int],
        taken: list[int],
        found: list[int],
        options: ExploreOptions,
        balance: Balance,
        room: int | None,
    ) -> None:
        """Take over a search whose last level is to be expanded. Raises TooManyError.

        With `room` so many keys are in memory at most, and the others in files. The options say how
        much is checked, and how many processes keep states.
        """
        self.model = model
        self.ancestry = Ancestry(len(early))
        self._rows = KeyedRows(model, expansion, early, level_starts[-1], room)
        self._level_starts = level_starts
        self._taken = taken
        self._found = found
        self._self_check = options.self_check
        self._workers = 1 if expansion.has_classes else _affordable(options)
        self._parted_from = options.parted_from
        self._balance = balance
        self._record: RecordedMoves | None = None
        self.parted_since = 0
        """How many states there were when several processes began to keep them, 0 for never."""
        self.regrown_blocks = 0
        """Blocks of the ancestry that were in the checkpoint of an earlier search."""

    def __len__(self) -> int:
        return len(self.ancestry)

    @property
    def expansion(self) -> Expansion:
        """The tables."""
        return self._rows.expansion

    def close(self) -> None:
        """Let go of all files: the search has ended, and no state is looked for any more."""
        self._rows.close()
        if self._record is not None:
            self._record.close()

    # ------------------------------------------------------------------------- blocks of states

    def expand(self, first: int, end: int, questions: Questions) -> int:
        """Expand the states from `first` up to `end`, or a part; return the first that is not.

        All are of one level. If that is `first` itself, LEFT_OVER states are for the plain search.
        Raises ExplorerDefectError when a self-check fails, and GivenUpError.
        """
        if self.is_regrowing and not self._has_regrown(first):
            return self._regrow(first, end, questions.max_states)
        self._attempt(partial(self._part, first))
        end = min(end, first + self._balance.block)
        while True:
            try:
                reached = self._attempt(partial(self._expand, first, end, questions))
                self._judge()
                return reached
            except (EventfulError, EvaluationError, RecursionError):
                if end - first <= LEFT_OVER:
                    return first
                end = first + max(LEFT_OVER, (end - first) // 8)

    def _attempt(self, work: Callable[[], _Result]) -> _Result:
        """Do work, anew while shapes turn out to be others. Raises GivenUpError."""
        while True:
            try:
                try:
                    return work()
                except ShapeBrokenError as broken:
                    self._rows.reshape(broken)
                except SeldomError:
                    raise GivenUpError from None
                except UselessError:
                    self._rows.keep_sets_whole()
                except UnsharedError:
                    self._workers = 1
                    self._rows.rejoin()
            except TooManyError:
                raise GivenUpError from None

    # ------------------------------------------------------------------- going on after a break

    def resume(self, record: RecordedMoves) -> None:
        """Grow the states again that an earlier search found, before all else.

        Raises InputError where that began otherwise.
        """
        if record.standing.early != self.ancestry.first:
            record.close()
            raise _unlike("it began with other states")
        self.ancestry.number(record.standing.moves)
        self._record = record

    @property
    def is_regrowing(self) -> bool:
        """Whether states of an earlier search are still to grow."""
        return self._record is not None

    def _has_regrown(self, first: int) -> bool:
        """Take over what an earlier search counted, if all that it found has grown again."""
        record = self._record
        if record is None or first < record.standing.expanded:
            return record is None
        standing = record.standing
        if len(self) != standing.distinct:
            raise _unlike("other states grow from it")
        self._taken[:], self._found[:] = standing.taken, standing.found
        self._record = None
        self.regrown_blocks = self.ancestry.block_count
        return True

    def _regrow(self, first: int, end: int, most: int | None) -> int:
        """Grow states again from those from `first` on; return the first that is left for later.

        They were checked when they were found.
        """
        assert self._record is not None, "there is an earlier search"
        self._rows.frontier.drop(first)
        moves = self._record.take(first, end)
        if most is not None and len(self) + len(moves) > most:
            raise LimitReachedError(Limit.STATES)
        try:
            self._attempt(partial(self._store_regrown, first, moves))
        except (EvaluationError, RecursionError, NoSuchMoveError):
            raise _unlike("a step that it took is none") from None
        return moves.end

    def _store_regrown(self, first: int, moves: Moves) -> None:
        if not len(moves):
            return
        targets = self.expansion.targets(
            lambda: self._rows.frontier.rows(first, moves.end), moves, first
        )
        keys = self._rows.keys_of(targets)
        if not self._rows.absent(keys).all() or len(first_places(keys)) < len(keys):
            raise _unlike("it found a state twice")
        places = moves.sources - first
        for place in self._chosen(first, moves.sources):
            self.expansion.check_move(
                self._rows.frontier.rows(int(moves.sources[place]), int(moves.sources[place]) + 1),
                int(moves.instances[place]),
                int(moves.outcomes[place]),
                targets[place : place + 1],
            )
        self._begin_level(first)
        self._rows.add(targets, keys)
        counts = np.bincount(places, minlength=moves.end - first)
        self.ancestry.add(first, counts, moves.instances, moves.outcomes)

    def _chosen(self, first: int, sources: _Numbers) -> list[int]:
        """Return where the sources are whose steps the model is asked for again."""
        every = self._every(first)
        chosen: list[int] = np.flatnonzero(sources % every == 0).tolist() if every else []
        return chosen

    # ---------------------------------------------------------------------------------- all steps

    @property
    def held_elsewhere(self) -> int:
        """The bytes of memory that other processes of the search hold."""
        return 0 if self._rows.partitions is None else self._rows.partitions.held

    def _part(self, first: int) -> None:
        """Have several processes keep the states, once so many wait that it pays."""
        rows = self._rows
        if self._workers < 2 or rows.partitions is not None or len(self) < self._parted_from:
            return
        if rows.frontier.end - first < min(PART, self._parted_from):
            return
        if not rows.expansion.ways and rows.part(first, self._workers):
            self.parted_since = self.parted_since or len(self)
        else:
            self._workers = 1

    def _judge(self) -> None:
        """See whether going on is worth it."""
        asked, evaluated = self.expansion.asked, self.expansion.evaluated
        if not self._balance.still_pays_on_the_whole(asked, evaluated):
            raise GivenUpError

    def _expand(self, first: int, end: int, questions: Questions) -> int:
        """Expand states of a block; return the first that is not."""
        keeping: Partitions | Block = self._rows.partitions or Block(self._rows)
        end = min(end, keeping.end_from(first))
        checked = self._checked(first, end)
        most = None if questions.max_states is None else questions.max_states - len(self)
        found = keeping.expand(first, end, questions, checked, most)
        if len(found.instances):
            self._begin_level(first)
            self.ancestry.add(first, found.counts, found.instances, found.outcomes)
            _count_into(self._found, np.bincount(found.instances))
        _count_into(self._taken, found.taken)
        return end

    def _begin_level(self, source: int) -> None:
        """Note that a state of the level after that of `source` is found."""
        if source >= self._level_starts[-1]:
            self._level_starts.append(len(self))

    def _every(self, first: int) -> int:
        """Return of how many states from `first` on one is asked for again, 0 for none.

        Of twice as many states about as many more are asked for as of the first ones.
        """
        every = self._self_check
        return every * (1 + first // self.ancestry.first) if every > 1 else every

    def _checked(self, first: int, end: int) -> range:
        """Return the states of a block that the model itself is asked about again."""
        every = self._every(first)
        return range(first + -first % every, end, every) if every else range(0)

    # ----------------------------------------------------------------------- for the plain search

    def state(self, number: int) -> State | None:
        """Return a state whose row is kept, None for another."""
        return self._rows.state(number)

    def is_met(self, state: State) -> bool:
        """Return whether a state was found."""
        return self._attempt(partial(self._rows.is_met, state))

    def add(self, state: State, parent: int, instance: int, outcome: int) -> None:
        """Add a new state that the plain search has found, by a move."""
        self._begin_level(parent)
        self._attempt(partial(self._rows.add_state, state))
        one = np.array([1], np.int64)
        self.ancestry.add(parent, one, instance * one, outcome * one)


def _count_into(counts: list[int], more: _Numbers) -> None:
    for instance, count in enumerate(more.tolist()):
        counts[instance] += count


def _affordable(options: ExploreOptions) -> int:
    """Return how many processes are to keep states: one, where there is too little for each."""
    bound, workers = options.max_memory, options.workers
    is_ample = bound is None or bound >= (workers + 1) * MEMORY_OF_A_PROCESS
    return workers if is_ample else 1


def _unlike(why: str) -> InputError:
    return InputError(
        f"the checkpoint is not of this search: {why}",
        hint="begin anew, with --checkpoint and another folder",
    )
