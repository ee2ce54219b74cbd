"""Divergences as findings: one code for each kind."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from msgspec.structs import replace

from conform.domain.finding import Finding
from conform.replay import (
    cf501_divergence,
    cf502_declined,
    cf503_accepted,
    cf504_raised,
    cf508_unknown_action,
    cf509_contract,
)
from conform.replay.divergence import Divergence, DivergenceKind

_FINDING_OF: dict[DivergenceKind, Callable[[Divergence], Finding]] = {
    DivergenceKind.STATE: cf501_divergence.state_differs,
    DivergenceKind.DECLINED: cf502_declined.declined,
    DivergenceKind.ACCEPTED: cf503_accepted.accepted,
    DivergenceKind.RAISED: cf504_raised.raised,
    DivergenceKind.UNKNOWN_ACTION: cf508_unknown_action.unknown_action,
    DivergenceKind.CONTRACT: cf509_contract.breaks_contract,
}


def findings_of(divergences: Iterable[Divergence]) -> tuple[Finding, ...]:
    """Return one finding for each divergence, in their order."""
    return tuple(_with_calls(divergence) for divergence in divergences)


def _with_calls(divergence: Divergence) -> Finding:
    """Return the finding for a divergence; its details end with the calls that led there."""
    finding = _FINDING_OF[divergence.kind](divergence)
    if not divergence.before:
        return finding
    first = divergence.step - len(divergence.before) + (divergence.kind is DivergenceKind.ACCEPTED)
    calls = (f"  step {n}: {call}" for n, call in enumerate(divergence.before, start=first))
    details = (*finding.details, "the steps that led there:", *calls)
    return replace(finding, details=details)
