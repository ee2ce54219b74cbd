"""Stage 7: what documents claim of states and steps, held against the readings explored."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from msgspec.structs import replace

from conform.check.cf350_state_count import (
    MeasuredCounts,
    differing_counts,
    differing_counts_of_fizzbee,
)
from conform.check.columns import Role
from conform.check.context import Context
from conform.check.model_rules import findings_of
from conform.check.models.explored import Explored
from conform.commands.model_artefact import MACHINE, ModelArtefact
from conform.commands.stages.verdicts import Exploration
from conform.domain.finding import Finding


def claims(
    artefacts: Iterable[ModelArtefact],
    explorations: Mapping[str, Exploration],
    others: Mapping[str, Exploration],
    context: Context,
) -> list[Finding]:
    """Return what no reading bears out; the generated machine is what its module is.

    `others` are by the name of a configuration beside the one in use, under which the module was
    explored as well.
    """
    readings = [
        Explored(
            artefact.role,
            artefact.spec,
            artefact.checked_by,
            artefact.model,
            dict(artefact.constants),
            explorations[artefact.name].result,
        )
        for artefact in artefacts
        if artefact.name in explorations and artefact.name != MACHINE
    ]
    return [*_counts(explorations, others, context), *findings_of(context, readings)]


def _counts(
    explorations: Mapping[str, Exploration], others: Mapping[str, Exploration], context: Context
) -> Iterator[Finding]:
    fizzbee = explorations.get(str(Role.FIZZBEE))
    if fizzbee is not None and fizzbee.is_whole:
        yield from differing_counts_of_fizzbee(context, _measured(fizzbee))
    explored = explorations.get(str(Role.TLAPLUS))
    artefact = context.formal.get(Role.TLAPLUS)
    if explored is None or artefact is None:
        return
    by_name = {artefact.configuration: explored, **others}
    measured = {name: _measured(found) for name, found in by_name.items() if found.is_whole}
    for finding in differing_counts(context, measured):
        yield replace(finding, seen_in=artefact.spec.path)


def _measured(explored: Exploration) -> MeasuredCounts:
    result = explored.result
    return MeasuredCounts(result.distinct_states, result.states_generated, result.depth)
