"""Stage 6: the readings of a protocol against one another, pair by pair."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from msgspec.structs import replace

from conform.check.agreement.agreeing import AgreementOutcome, agree
from conform.check.agreement.cf329_other_constants import other_constant
from conform.check.agreement.reading import Reading
from conform.check.context import Context
from conform.check.texts.belonging import folded
from conform.commands.allowance import Allowance
from conform.commands.fizz_artefact import FizzArtefact
from conform.commands.model_artefact import DOCUMENT, ModelArtefact
from conform.commands.same_constants import Aligned, aligned
from conform.commands.stages.verdicts import Exploration, explore_model
from conform.errors import UnsupportedError
from conform.explore.progress import ProgressCallback
from conform.text import Source

TIMES_THE_OTHER, MORE_STATES = 5, 20_000
"""Under another's constants FizzBee gets so many times its states, and so many more."""


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
    allowance: Allowance,
    progress: ProgressCallback | None,
) -> AgreementOutcome:
    """Return how the explored readings agree, the document's own first.

    A FizzBee specification with other constants than another reading is explored once more, with
    the constants of that one.
    """
    ordered = sorted(artefacts, key=lambda artefact: artefact.name != DOCUMENT)
    readings = {
        artefact.name: reading_of(artefact, explorations[artefact.name], context.sources)
        for artefact in ordered
        if artefact.name in explorations
    }
    fizzbee = next((each for each in ordered if isinstance(each, FizzArtefact)), None)
    bound = next((each for each in ordered if each.name in readings and each.constants), None)
    same = aligned(fizzbee, bound.constants) if fizzbee and bound else None
    if same is None or bound is None or same.artefact.name not in readings:
        return agree(tuple(readings.values()), context)
    most = explorations[bound.name].result.distinct_states * TIMES_THE_OTHER + MORE_STATES
    limits = allowance.options_within(most)
    try:
        explored = explore_model(same.artefact, context, limits, progress=progress)
    except UnsupportedError:
        return agree(tuple(readings.values()), context)
    again = explored.explored(same.artefact)
    readings[again.name] = reading_of(again, explored, context.sources)
    return _under_equal_constants(
        agree(tuple(readings.values()), context), same, readings[bound.name], context
    )


def _under_equal_constants(
    outcome: AgreementOutcome, same: Aligned, bound: Reading, context: Context
) -> AgreementOutcome:
    """Return an outcome that says which constants of FizzBee were replaced for it."""
    told = {folded(row.name) for each in context.documents for row in each.parameters}
    untold = (each for each in same.replaced if folded(each.name) not in told)
    found = [
        other_constant(bound, each.name, (each.own, each.theirs), each.span) for each in untold
    ]
    values = ", ".join(f"{each.name} = {each.theirs}" for each in same.replaced)
    name = same.artefact.name
    rows = (
        replace(row, summary=f"{row.summary}; {name} with {values}, as {bound.name} has it")
        if name in (row.left, row.right)
        else row
        for row in outcome.rows
    )
    return replace(outcome, rows=tuple(rows), findings=(*found, *outcome.findings))
