"""Predicates that are conjunctions, for engines that ask about each conjunct by itself."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol, runtime_checkable

from conform.domain.model import Predicate


@runtime_checkable
class Conjunction(Protocol):
    """A predicate that holds if all its conjuncts do.

    They are asked in order, each only where those before it hold. There are none if it is
    no conjunction after all.
    """

    @property
    def conjuncts(self) -> Sequence[Predicate]: ...


def conjuncts_of(predicate: Predicate) -> Sequence[Predicate]:
    """Return the conjuncts of a predicate, the predicate itself where it does not tell of any."""
    found = predicate.conjuncts if isinstance(predicate, Conjunction) else ()
    return found or (predicate,)
