"""Which states were met, as keys, and the rows of those that wait to be expanded, in one layout."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from conform.explore.columns.frontier import Frontier
from conform.explore.columns.key_files import KeysBeyondMemory
from conform.explore.columns.key_set import Flags, Keys, KeySet
from conform.explore.columns.layout import Layout, Words
from conform.explore.columns.row_keys import RowKeys

Change = Callable[[Words], Words]


class KeptRows:
    """Keys of all states that were met; `frontier` has those that wait."""

    def __init__(self, layout: Layout, frontier: Frontier, room: int | None, count: int = 0):
        """Begin with no keys, and place for `count`; `frontier` has rows of this layout.

        With `room` so many keys are in memory at most, and the others in files. Raises
        TooManyError.
        """
        self.layout = layout
        self.frontier = frontier
        self._room = room
        self._keys = RowKeys(layout)
        self._met: KeySet | KeysBeyondMemory
        self._met = KeySet(count) if room is None else KeysBeyondMemory(room)

    def __len__(self) -> int:
        return len(self._met)

    def close(self) -> None:
        """Let go of all files: no state is looked for any more."""
        self._met.close()

    def keys_of(self, words: Words) -> Keys:
        """Return the keys of rows. Raises TooManyError."""
        return self._keys.of(words)

    def absent(self, keys: Keys) -> Flags:
        """Return which keys are of states that were not met."""
        return self._met.absent(keys)

    def meet(self, keys: Keys) -> None:
        """Keep keys of distinct states that were not met before.

        Raises LimitReachedError when the disk is full.
        """
        self._met.add(keys)

    def met(self) -> Iterator[Words]:
        """Yield the rows of all states that were met in no particular order, some at a time."""
        for part in self._met.parts():
            yield self._keys.rows(part)

    def laid_out(self, after: Layout) -> KeptRows:
        """Return the same states in another layout; what was kept is not to be asked any more."""
        before, relaid = self.layout, self._keys.relaid(after)

        def change(words: Words) -> Words:
            return after.transferred(words, before)

        if relaid is None:
            return self.changed(change, after)
        found = KeptRows(after, self.frontier.changed(change), self._room)
        found._keys, found._met = relaid, self._met
        return found

    def changed(
        self, change: Change, layout: Layout, standing: Change = lambda words: words
    ) -> KeptRows:
        """Return the same states as `change` makes them, in a layout. Raises TooManyError.

        `standing` gives the rows that stand for classes, where these may be others than before.
        A time limit may break in, so nothing here is replaced before all is there.
        """
        found = KeptRows(layout, self.frontier.changed(change), self._room, len(self))
        for rows in self.met():
            found.meet(found.keys_of(standing(change(rows))))
        self.close()
        return found
