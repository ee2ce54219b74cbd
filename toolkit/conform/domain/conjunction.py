"""Predicates that are conjunctions, for engines that ask about each conjunct by itself.

Most often that pays; what is quantified is only divided where the whole is seldom asked again.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol, runtime_checkable

from conform.domain.states import OverElements, Predicate
from conform.domain.values import Value


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


@runtime_checkable
class Divisible(Protocol):
    """A predicate that can be taken apart: `\\A x \\in S : P(x)`, for each x of a constant S.

    The parts are asked in order, each only where those before it hold. There are none if it cannot
    be divided, or there would be too many.
    """

    def divided(self) -> Sequence[Predicate]: ...


def parts_of(predicate: Predicate) -> Sequence[Predicate]:
    """Return what a predicate is divided into, nothing where it is not."""
    found = predicate.divided() if isinstance(predicate, Divisible) else ()
    return found if len(found) > 1 else ()


class Ranged(OverElements, Protocol):
    """`\\A x \\in S : P(x)` for a set S of the state: true if P(x) is, for each x in order."""

    def parts_for(self, element: Value) -> Sequence[Predicate]:
        """Return the conjuncts of P(element), asked in order as those of any predicate."""


@runtime_checkable
class Rangeable(Protocol):
    """A predicate that may be of that form; None where it is not."""

    def ranged(self) -> Ranged | None: ...


def ranged_of(predicate: Predicate) -> Ranged | None:
    """Return what a predicate says of the elements of a set, None if it is of another form."""
    return predicate.ranged() if isinstance(predicate, Rangeable) else None
