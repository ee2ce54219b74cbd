"""A state that remembers which of its slots were read."""

from __future__ import annotations

from conform.domain.states import State
from conform.domain.values import Value


class RecordingState:
    """Stands for a state during one evaluation: `read` and `kept` fill as it is used."""

    __slots__ = ("kept", "read", "values")

    def __init__(self, values: State) -> None:
        self.values = values
        self.read: set[int] = set()
        self.kept: set[int] = set()

    def __getitem__(self, slot: int) -> Value:
        self.read.add(slot)
        return self.values[slot]

    def copied(self, slot: int) -> Value:
        """Return the value of a slot that is only carried over, by UNCHANGED."""
        self.kept.add(slot)
        return self.values[slot]
