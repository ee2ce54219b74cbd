"""Stage 6: the readings of a protocol against one another, pair by pair."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from conform.check.agreement.agreeing import AgreementOutcome, agree
from conform.check.agreement.reading import Reading
from conform.check.context import Context
from conform.commands.model_artefact import DOCUMENT, ModelArtefact
from conform.commands.stages.verdicts import Exploration
from conform.text import Source


def reading_of(
    artefact: ModelArtefact, exploration: Exploration, sources: Mapping[str, Source]
) -> Reading:
    """Return an artefact and what its exploration gave as a reading to be compared."""
    result = exploration.result
    graph = result.graph
    is_whole = graph is not None and graph.is_complete
    return Reading(
        name=artefact.name,
        model=artefact.model,
        graph=graph,
        properties=result.properties,
        span=artefact.whole,
        spec=artefact.spec,
        role=artefact.role,
        sources=sources,
        why_not="" if is_whole else result.message,
    )


def agreement(
    artefacts: Iterable[ModelArtefact],
    explorations: Mapping[str, Exploration],
    context: Context,
) -> AgreementOutcome:
    """Return how the explored readings agree, the document's own first."""
    ordered = sorted(artefacts, key=lambda artefact: artefact.name != DOCUMENT)
    readings = [
        reading_of(artefact, explorations[artefact.name], context.sources)
        for artefact in ordered
        if artefact.name in explorations
    ]
    return agree(readings, context)
