"""No replayed step exercises some actions of the spec.

What it means
    Replay compares only what the traces do. These actions occurred in none of the steps that were
    replayed without divergence, so nothing is known about their implementation.

Example
    no replayed step exercises 1 of 16 actions: CompactorCrash

What to do
    Replay more traces: `conform generate` writes scenarios that cover every action that the model
    can reach. An action that no state enables is a matter of the spec.
"""

from __future__ import annotations

from collections.abc import Iterable

from conform.domain.finding import Code, Finding, Severity
from conform.replay.replaying import ReplayResult

CODE = Code("CF507", "no replayed step exercises an action", Severity.WARNING)


def unexercised(actions: Iterable[str], result: ReplayResult) -> tuple[Finding, ...]:
    """Return a finding that lists the spec's `actions` that no agreeing step has taken, if any."""
    every = tuple(dict.fromkeys(actions))
    missing = [action for action in every if not result.exercised.get(action)]
    if not missing:
        return ()
    return (
        CODE.finding(
            f"no replayed step exercises {len(missing)} of {len(every)} actions: "
            f"{', '.join(missing)}",
            hint="replay traces that take them; `conform generate` writes covering scenarios",
        ),
    )
