"""The values of each leaf, interned to small numbers in the order in which they appear."""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Sequence

from conform.domain.values import Value


def key_of_value(value: Value) -> Hashable:
    """Return what stands for a value in a dictionary, where True and 1 would be one key."""
    return (value,) if type(value) is bool else value


class Codes:
    """For each leaf the code of each of its values, 0-based, and back."""

    def __init__(self, leaf_count: int) -> None:
        self._codes: list[dict[Hashable, int]] = [{} for _ in range(leaf_count)]
        self.values: list[list[Value]] = [[] for _ in range(leaf_count)]

    def code(self, leaf: int, value: Value) -> int:
        """Return the code of a value, a new one if it was never seen in this leaf."""
        key = key_of_value(value)
        codes = self._codes[leaf]
        found = codes.get(key)
        if found is None:
            found = codes[key] = len(codes)
            self.values[leaf].append(value)
        return found

    def decoded(self, leaves: Iterable[int], codes: Iterable[int]) -> list[Value]:
        """Return the values that these codes stand for in these leaves."""
        values = self.values
        return [values[leaf][code] for leaf, code in zip(leaves, codes, strict=True)]

    @property
    def total(self) -> int:
        """How many values all leaves have together."""
        return sum(map(len, self.values))

    @property
    def counts(self) -> Sequence[int]:
        """How many values each leaf has."""
        return [len(values) for values in self.values]


class Decoded:
    """The values of all leaves in one state, by the number of the leaf."""

    __slots__ = ("_row", "_values")

    def __init__(self, values: Sequence[Sequence[Value]], row: Sequence[int]) -> None:
        """Take the values of each leaf by their codes, and the codes of the state."""
        self._values = values
        self._row = row

    def __getitem__(self, leaf: int) -> Value:
        return self._values[leaf][self._row[leaf]]
