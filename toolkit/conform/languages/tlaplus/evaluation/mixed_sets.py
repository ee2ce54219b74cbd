"""Sets that are written down with elements of kinds that cannot be compared: `{1, "a"}`.

As in TLC, that is an error for who goes through the set, and none for who looks for an element that
stands before the first of another kind (values/impl/SetEnumValue.java, member).
"""

from __future__ import annotations

from collections.abc import Sequence

from conform.domain.values import SetValue, Value
from conform.languages.tlaplus.evaluation.failing import mismatch_text
from conform.languages.tlaplus.evaluation.mismatch import (
    KindMismatchError,
    check_comparable,
    equal,
)
from conform.languages.tlaplus.evaluation.sets import LazySet, MixedKindsError


class MixedSet(LazySet):
    """A set of elements, in the order in which they are written, that cannot be sorted."""

    __slots__ = ("_reason", "members")

    def __init__(self, members: Sequence[Value], reason: str) -> None:
        super().__init__()
        self.members = tuple(members)
        self._reason = reason

    def contains(self, value: Value) -> bool:
        return any(equal(value, member) for member in self.members)

    def describe(self) -> str:
        return "{" + ", ".join(map(repr, self.members)) + "}"

    def error(self) -> MixedKindsError:
        """Return the error for who goes through the set."""
        return MixedKindsError(self._reason)

    def count(self) -> int:
        raise self.error()

    def _check_size(self, limit: int) -> None:
        raise self.error()


def written_set(elements: Sequence[Value]) -> SetValue | MixedSet:
    """Return the set of elements that are written down, or are the images of others."""
    try:
        check_comparable(elements)
    except KindMismatchError as error:
        question = "a set cannot hold both {} and {}: they cannot be compared"
        return MixedSet(elements, mismatch_text(error, question))
    return SetValue(elements)
