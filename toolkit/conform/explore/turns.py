"""Whose turn it is: the columnar engine expands wide levels of a search, the plain one the rest."""

from __future__ import annotations

from collections.abc import Sequence
from importlib import import_module
from typing import TYPE_CHECKING

from conform.domain.model import Model
from conform.explore.asking import accelerator_of
from conform.explore.columns.paying import SHARE_ACCELERATED, SHARE_PLAIN, Balance
from conform.explore.columns.questions import LEFT_OVER, Questions, is_possible
from conform.explore.limits import mapped_besides, resident_memory
from conform.explore.options import Evaluator, ExploreOptions
from conform.explore.packing import Packing
from conform.explore.space import Edges, StateSpace

if TYPE_CHECKING:
    from conform.explore.checkpoints.keeping import Checkpoints
    from conform.explore.columns.engine import Columns
    from conform.explore.columns.expansion import Expansion
    from conform.explore.columns.keys import Rows
    from conform.explore.columns.levels import Levels
    from conform.explore.memo import InstanceMemo

MIN_WIDTH = 200
"""States of a level below which the plain search is quicker: arrays cost some milliseconds."""

EARLY = 4000
"""Evaluations that begin the engine before `columns_from` states are there: so many take longer
than its import, and in columns most may be remembered."""

EARLIER = 2000
"""So many begin it where at least every second question has led to one."""

KEPT_FOR_LEVEL = 150
"""States whose words are packed for the plain search in the time that a narrow level takes here."""


BYTES_OF_KEY = 8
"""Bytes of a place for a key in memory."""

SHARE_OF_KEYS = 4
"""The table of keys may have one part in so many of what is left of the memory allowed: when it is
written to a file it is copied, and what waits, the way back and answers grow meanwhile."""

LEAST_ROOM = 1 << 16
"""Keys in memory at least."""


class Turns:
    """Begins the columnar engine once it is worth its import, and hands it levels.

    numpy is not imported for small models: it takes longer than they do.
    """

    def __init__(
        self,
        model: Model,
        options: ExploreOptions,
        packing: Packing,
        space: StateSpace,
        edges: Edges | None,
        memos: Sequence[InstanceMemo],
        checkpoints: Checkpoints | None = None,
    ) -> None:
        self._memos = memos
        self._checkpoints = checkpoints
        self._model = model
        self._options = options
        self._packing = packing
        self.space = space
        self._edges = edges
        is_quick = accelerator_of(model, options) is not None
        self._share = SHARE_ACCELERATED if is_quick else SHARE_PLAIN
        is_wanted = options.remember and options.evaluator is Evaluator.ACCELERATED
        self._identity = model.identity if edges is None else None
        is_wanted = is_wanted and is_possible(model, self._identity)
        self._from = options.columns_from if is_wanted else None
        self._columns: Columns | None = None
        self._keys_from = None if edges is not None else options.keys_from
        self._levels: Levels | None = None
        self._narrow = 0
        self._columns_since = self._keys_since = 0

    def is_columnar(self, first: int, end: int) -> bool:
        """Return whether the states from `first` up to `end`, of one level, are for the engine.

        Narrow levels are not, until all of those together cost more than to hand over what the
        engine has found: mostly they are the last ones.
        """
        if self._levels is not None:
            return True
        start, columns = self._from, self._columns
        if start is None or (columns is not None and columns.is_over):
            return False
        if columns is None and end < start and not self._is_early(first):
            return False
        if start == 0 or end - first >= MIN_WIDTH:
            return True
        waiting = len(self.space) - len(self.space.words)
        return columns is not None and waiting > KEPT_FOR_LEVEL * self._narrow

    def _is_early(self, expanded: int) -> bool:
        """Whether so much was evaluated already that remembering more is worth an import."""
        evaluated = sum(memo.misses for memo in self._memos)
        is_seldom = 2 * evaluated >= expanded * len(self._memos)
        return evaluated >= (EARLIER if is_seldom else EARLY)

    def expand(
        self, first: int, end: int, questions: Questions, taken: list[int], found: list[int]
    ) -> int:
        """Expand some of these states; return the first that is not.

        `space` may be another one afterwards. Raises GivenUpError.
        """
        if self._columns is None:
            self._columns_since = len(self.space)
            with mapped_besides():
                engine = import_module("conform.explore.columns.engine")
            self._columns = engine.Columns(
                self._model,
                self._packing,
                self.space,
                self._edges,
                taken,
                found,
                self._options,
                Balance(self._share if self._from else 0),
                self._identity,
            )
        if self._levels is None and self._is_large(first):
            self._keep_keys(self._columns)
        if self._levels is not None:
            return self._levels.expand(first, end, questions)
        self._narrow += end - first < MIN_WIDTH
        return self._columns.expand(first, end, questions)

    def _is_large(self, first: int) -> bool:
        """Whether keys alone are to be kept of states, from the level on that `first` begins."""
        start = self._keys_from
        return (
            start is not None and len(self.space) >= start and first == self.space.level_starts[-1]
        )

    def _keep_keys(self, columns: Columns) -> None:
        row_keys = import_module("conform.explore.columns.row_keys")
        keyed_space = import_module("conform.explore.columns.keyed_space")
        try:
            self._levels = levels = columns.as_levels(self._room())
        except row_keys.TooManyError:
            self._keys_from = None
        else:
            self._keys_since = len(self.space)
            self._resume(levels)
            self.space = keyed_space.KeyedSpace(self.space, levels, self._model, self._packing)

    def _resume(self, levels: Levels) -> None:
        """Have states grow again that an earlier search found, if there was one."""
        earlier = self._checkpoints.to_regrow() if self._checkpoints else None
        if earlier is not None:
            recorded_moves = import_module("conform.explore.columns.recorded_moves")
            levels.resume(recorded_moves.RecordedMoves(*earlier))

    def note(self, number: int, taken: list[int], found: list[int]) -> None:
        """Take note that all states before a number are expanded, for a checkpoint.

        Raises LimitReachedError where one cannot be written.
        """
        levels = self._levels
        if self._checkpoints is not None and levels is not None and not levels.is_regrowing:
            self._checkpoints.note(levels, number, taken, found)

    @property
    def expansion(self) -> Expansion | None:
        """The tables of the engine, None while it has not begun."""
        if self._levels is not None:
            return self._levels.expansion
        return None if self._columns is None else self._columns.expansion

    def remarks(self) -> list[str]:
        """Return how states were expanded, in sentences."""
        columns = self._columns
        if columns is None:
            return ["All states were expanded one by one."]
        found = [f"From {self._columns_since:,} states on they were expanded in columns."]
        if self._keys_since:
            found.append(f"From {self._keys_since:,} states on keys alone were kept of them.")
        if self._levels is not None and self._levels.parted_since:
            since, workers = self._levels.parted_since, self._options.workers
            found.append(f"From {since:,} states on {workers} processes kept them.")
        if columns.is_over:
            found.append(f"Columns were given up: {columns.why_over}.")
        return found

    @property
    def held_elsewhere(self) -> int:
        """The bytes of memory that other processes of the search hold."""
        return 0 if self._levels is None else self._levels.held_elsewhere

    def _room(self) -> int | None:
        """Return how many keys are to be in memory at most, None without a bound.

        So many as fill a table, whose places are a power of two.
        """
        bound, held = self._options.max_memory, resident_memory()
        if bound is None or held is None:
            return None
        key_set = import_module("conform.explore.columns.key_set")
        places = max(0, bound - held) // (SHARE_OF_KEYS * BYTES_OF_KEY)
        full: int = key_set.most_in(places)
        return max(LEAST_ROOM, full)

    def plain_end(self, first: int, end: int) -> int:
        """Return up to where the plain search is to expand states that the engine did not."""
        return end if self._levels is None else min(end, first + LEFT_OVER)

    def close(self) -> None:
        """Let go of files."""
        if self._levels is not None:
            self._levels.close()

    @property
    def has_found(self) -> bool:
        """Whether states were found here, at any time."""
        return self._columns is not None

    @property
    def knows_classes(self) -> bool:
        """Whether the engine has found states, and tells which of them stands for another."""
        return self._levels is not None or (self._columns is not None and not self._columns.is_over)

    def number_of(self, word: int) -> int | None:
        """Return the number of the state that stands for a word that the space does not find.

        None for one of a new class; to be asked while the engine knows.
        """
        if self._levels is not None or self._columns is None:
            return None  # the space finds classes
        return self._columns.number_of(self._packing.unpack(word))

    def answer_numbers(self) -> Sequence[Rows | None]:
        """Return for each instance a number for each state, the same where the same was read.

        None for an instance of which the engine does not know, and nothing where of none.
        """
        if self._columns is None or self._levels is not None:
            return ()
        return self._columns.answer_numbers()

    def settle(self) -> None:
        """Fill in the words of the states that the engine found."""
        if self._columns is not None and self._levels is None:
            self._columns.settle()
