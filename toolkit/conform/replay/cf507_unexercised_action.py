"""CF507: no replayed step exercises an action of the spec.

What it means
    Replay compares only what the traces do. This action occurred in none of the steps that were
    replayed without divergence, so nothing is known about its implementation.

Example
    no replayed step exercises CompactorCrash

What to do
    Replay more traces: `conform generate` writes scenarios that cover every action that the model
    can reach. An action that no state enables is a matter of the spec.
"""

from __future__ import annotations

from collections.abc import Iterable

from conform.domain.finding import Code, Finding, Severity
from conform.replay.replaying import ReplayResult

CODE = Code("CF507", "No replayed step exercises an action", Severity.WARNING)


def unexercised(actions: Iterable[str], result: ReplayResult) -> tuple[Finding, ...]:
    """Return a finding for each of the spec's `actions` that no agreeing step has taken."""
    return tuple(
        CODE.finding(
            f"no replayed step exercises {action}",
            hint="replay a trace that takes it; `conform generate` writes covering scenarios",
        )
        for action in dict.fromkeys(actions)
        if not result.exercised.get(action)
    )
