"""What a profiled search took, as rows: an action instance each, then a property each."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from typing import cast

from conform.domain.exploration import Profile, ProfileRow
from conform.domain.model import Model, PropertyKind
from conform.domain.states import Predicate, Slots, StepPredicate
from conform.explore.profiling import ProfiledModel, ProfiledPredicate
from conform.explore.safety import SafetySearch

ACTION = "action"
CONSTRAINT = "constraint"


def profile_of(model: ProfiledModel, search: SafetySearch) -> Profile:
    """Return what the search took, the costliest first; what was never evaluated is left out."""
    rows = [row for row in _rows(model, search) if row.evaluations]
    rows.sort(key=lambda row: -row.seconds)
    return Profile(tuple(rows), tuple(search.turns.remarks()))


def _rows(profiled: ProfiledModel, search: SafetySearch) -> Iterator[ProfileRow]:
    model = profiled.as_model
    expansion = search.turns.expansion
    for instance, tally in zip(model.instances, profiled.steps, strict=True):
        reads = _slot_names(model, instance.reads)
        if expansion is not None and reads is not None:
            reads = expansion.reads_of_instance(instance.number) or reads
        asked = max(search.expanded, tally.evaluations)
        yield ProfileRow(ACTION, instance.label, asked, tally.evaluations, tally.seconds, reads)
    of_states, of_steps = search.distinct_states, sum(search.taken)
    kinds: Sequence[tuple[str, Sequence[ProfiledPredicate], int]] = (
        (PropertyKind.INVARIANT, profiled.invariants, of_states),
        (CONSTRAINT, profiled.constraints, of_states),
        (PropertyKind.ACTION, profiled.action_properties, of_steps),
        (CONSTRAINT, profiled.action_constraints, of_steps),
    )
    for kind, predicates, questions in kinds:
        names = Counter(one.name for one in predicates)
        for one in predicates:
            label = one.name if names[one.name] == 1 else f"{one.name} (line {one.span.line})"
            reads = _slot_names(model, one.reads)
            if expansion is not None and reads is not None:
                asked_as = cast("Predicate | StepPredicate", one)
                reads = expansion.reads_of_predicate(asked_as) or reads
            tally = one.tally
            asked = max(questions, tally.evaluations)
            yield ProfileRow(kind, label, asked, tally.evaluations, tally.seconds, reads)


def _slot_names(model: Model, slots: Slots | None) -> tuple[str, ...] | None:
    """Return the variables that something is known to read at most, None if it is not known."""
    if slots is None:
        return None
    return tuple(dict.fromkeys(model.slots[slot].variable for slot in sorted(slots)))
