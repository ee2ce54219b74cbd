"""How the language of a model has its states searched, where that differs from what all share.

A front-end whose language bounds paths, has faults or looks for witnesses gives a Model that is
also `Ruled`; models without rules are searched to the end.
"""

from __future__ import annotations

from typing import Protocol, runtime_checkable

from msgspec import Struct

from conform.domain.model import Model
from conform.domain.states import Predicate


class StepBound(Struct, frozen=True):
    """At most `most` steps by `instances` on a path to a state, the path that found it first.

    A search in breadth-first order finds each state on a shortest path. `name` is how the language
    calls the bound, as in `max_actions`. With `ends_paths` a state that it cuts is no deadlock.
    """

    name: str
    instances: frozenset[int]
    most: int
    ends_paths: bool = True


class SearchRules(Struct, frozen=True):
    """Rules of one model.

    `faults` are instances that nobody means to take: a state that only they lead out of is a
    deadlock. `witnesses` are predicates that must hold in some state. With `deadlock_last` a
    deadlock is told only if no state violates anything else, and before `witnesses` and liveness.
    """

    bounds: tuple[StepBound, ...] = ()
    faults: frozenset[int] = frozenset()
    witnesses: tuple[Predicate, ...] = ()
    deadlock_last: bool = False


@runtime_checkable
class Ruled(Protocol):
    """A model with rules of its own."""

    @property
    def search_rules(self) -> SearchRules: ...


def rules_of(model: Model) -> SearchRules:
    """Return the rules of a model, those that bind nothing for one without."""
    return model.search_rules if isinstance(model, Ruled) else SearchRules()
