"""The exploration had nothing to check.

What it means
    The model has no initial state, no action, or the configuration lists no invariant and no
    property. The run would be green whatever the model says.

Example
    A .cfg file with SPECIFICATION and CONSTANTS alone.

What to do
    List the properties of the document in the configuration; make Init satisfiable.
"""

from __future__ import annotations

from collections.abc import Iterator

from conform.domain.finding import Code, Finding
from conform.explore.result import ExplorationResult
from conform.text import Span

CODE = Code("CF308", "nothing was checked")


def nothing_checked(result: ExplorationResult, span: Span, configuration: str) -> Iterator[Finding]:
    """Yield a finding for a run without initial states, actions or properties.

    A run that ended before it came to states is reported by what ended it.
    """
    was_ended = result.failed_assumption or result.failure or result.limit
    if not was_ended and not result.distinct_states:
        yield CODE.finding(
            "no state satisfies Init and the constraints", span, hint="make Init satisfiable"
        )
    if not result.instances:
        yield CODE.finding("the model has no action", span)
    if not result.properties:
        yield CODE.finding(
            f"{configuration} lists no invariant and no property",
            span,
            hint="list them under INVARIANTS and PROPERTIES",
        )
