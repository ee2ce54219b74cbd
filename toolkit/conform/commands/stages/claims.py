"""Stage 7: what documents claim of states and steps, held against the readings explored."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from msgspec.structs import replace

from conform.check.cf350_state_count import MeasuredCounts, differing_counts
from conform.check.columns import Role
from conform.check.context import Context
from conform.check.explored import Explored
from conform.check.model_rules import findings_of
from conform.commands.model_artefact import MACHINE, ModelArtefact
from conform.commands.stages.verdicts import Exploration
from conform.domain.finding import Finding


def claims(
    artefacts: Iterable[ModelArtefact],
    explorations: Mapping[str, Exploration],
    context: Context,
) -> list[Finding]:
    """Return what no reading bears out; the generated machine is what its module is."""
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
    return [*_counts(explorations, context), *findings_of(context, readings)]


def _counts(explorations: Mapping[str, Exploration], context: Context) -> Iterator[Finding]:
    explored = explorations.get(str(Role.TLAPLUS))
    artefact = context.formal.get(Role.TLAPLUS)
    if explored is None or artefact is None or not explored.is_whole:
        return
    result = explored.result
    counts = MeasuredCounts(result.distinct_states, result.states_generated, result.depth)
    for finding in differing_counts(context, {artefact.configuration: counts}):
        yield replace(finding, seen_in=artefact.spec.path)
