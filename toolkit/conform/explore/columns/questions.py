"""What the columnar engine is asked, and of which models; to know that takes no arrays."""

from __future__ import annotations

from collections.abc import Sequence

from msgspec import Struct

from conform.domain.model import Model, Move, Predicate, StepPredicate
from conform.domain.search_rules import rules_of
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


def moves_of(model: Model, *, reduces: bool) -> Sequence[Move] | None:
    """Return what makes states of one class of one another; None if that is not all to know of it.

    Without `reduces` each state is a class of its own.
    """
    if model.identity is None or not reduces:
        return ()
    moves = model.identity.moves
    return moves if moves is not None and len(moves) <= MOST_MOVES else None


def is_possible(model: Model, *, reduces: bool) -> bool:
    """Return whether every answer of the model can be remembered, and classes of states told."""
    rules = rules_of(model)
    if moves_of(model, reduces=reduces) is None or rules.faults:
        return False
    if not all(is_by_level(bound, len(model.instances)) for bound in rules.bounds):
        return False
    reads = [
        *(one.reads for one in model.instances),
        *(one.reads for one in (*model.invariants, *model.constraints, *rules.witnesses)),
        *(one.reads for one in (*model.action_constraints, *model.action_properties)),
    ]
    return bool(model.slots) and bool(model.instances) and None not in reads
