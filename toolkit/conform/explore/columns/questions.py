"""What the columnar engine is asked, and of which models; to know that takes no arrays."""

from __future__ import annotations

from collections.abc import Sequence

from msgspec import Struct

from conform.domain.model import Identity, Model
from conform.domain.search_rules import rules_of
from conform.domain.states import Predicate, StepPredicate
from conform.explore.bounds import is_by_level

LEFT_OVER = 32
"""States that are left to the plain search when one of many is eventful."""


MOST_MOVES = 719
"""Permutations of a symmetry group up to which each row's images are made: six model values."""


class Questions(Struct, frozen=True):
    """What is still asked of new states (`invariants`, and `witnesses` for one) and of steps.

    With `deadlock` a state without steps is an event; so is one state more than `max_states`.
    """

    invariants: Sequence[Predicate]
    witnesses: Sequence[Predicate]
    steps: Sequence[StepPredicate]
    deadlock: bool
    max_states: int | None


def _tells_classes(identity: Identity) -> bool:
    """Whether classes are told by the rows of states."""
    moves = identity.moves
    return identity.tells is not None or (moves is not None and len(moves) <= MOST_MOVES)


def is_possible(model: Model, identity: Identity | None) -> bool:
    """Return whether every answer of the model can be remembered, and classes of states told.

    These are what `identity` says: the model's, or None where each state is a class of its own.
    """
    rules = rules_of(model)
    if rules.faults or (identity is not None and not _tells_classes(identity)):
        return False
    if not all(is_by_level(bound, len(model.instances)) for bound in rules.bounds):
        return False
    reads = [
        *(one.reads for one in model.instances),
        *(one.reads for one in (*model.invariants, *model.constraints, *rules.witnesses)),
        *(one.reads for one in (*model.action_constraints, *model.action_properties)),
    ]
    return bool(model.slots) and bool(model.instances) and None not in reads
