"""What the columnar engine is asked, and of which models; to know that takes no arrays."""

from __future__ import annotations

from collections.abc import Sequence

from msgspec import Struct

from conform.domain.model import Model, Predicate, StepPredicate
from conform.domain.search_rules import rules_of
from conform.explore.bounds import is_by_level

LEFT_OVER = 32
"""States that are left to the plain search when one of many is eventful."""


class Questions(Struct, frozen=True):
    """What is still asked of new states (`invariants`, and `witnesses` for one) and of steps.

    With `deadlock` a state without steps is an event; so is one state more than `max_states`.
    """

    invariants: Sequence[Predicate]
    witnesses: Sequence[Predicate]
    steps: Sequence[StepPredicate]
    deadlock: bool
    max_states: int | None


def is_possible(model: Model) -> bool:
    """Return whether every answer of the model can be remembered, and states count as they are."""
    rules = rules_of(model)
    if model.identity is not None or rules.faults:
        return False
    if not all(is_by_level(bound, len(model.instances)) for bound in rules.bounds):
        return False
    reads = [
        *(one.reads for one in model.instances),
        *(one.reads for one in (*model.invariants, *model.constraints, *rules.witnesses)),
        *(one.reads for one in (*model.action_constraints, *model.action_properties)),
    ]
    return bool(model.slots) and bool(model.instances) and None not in reads
