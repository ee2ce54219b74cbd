"""What kept an exploration from going on, as findings with their places."""

from __future__ import annotations

from collections.abc import Iterator

from conform.check.cf306_evaluation import evaluation_failed
from conform.check.cf307_assumption import false_assumption
from conform.commands.model_artefact import ModelArtefact
from conform.domain.finding import Finding
from conform.domain.trace import Trace
from conform.explore.result import ExplorationResult
from conform.report.trace_drawing import draw_trace


def breakdowns(
    artefact: ModelArtefact, result: ExplorationResult, *, with_traces: bool
) -> Iterator[Finding]:
    """Yield a finding for an assumption that is false and for each formula without a value.

    `with_traces` puts the trace that leads there among the details.
    """
    if result.failed_assumption and not result.failure:
        named = (one for one in artefact.model.assumptions if one.name == result.failed_assumption)
        span = next((found.span for found in named), artefact.whole)
        excerpt = artefact.excerpt(span)
        yield false_assumption(result.failed_assumption, span, artefact.checked_by, excerpt)
    for failure in result.failures():
        yield evaluation_failed(
            failure, artefact.whole, drawn(failure.trace) if with_traces else ()
        )


def drawn(trace: Trace | None) -> tuple[str, ...]:
    """Return a trace as lines of text, none for None."""
    if trace is None:
        return ()
    return tuple("".join(piece.text for piece in found.pieces) for found in draw_trace(trace))
