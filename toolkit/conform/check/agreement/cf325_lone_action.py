"""An action of one reading has no counterpart in another.

What it means
    No mapping row pairs the action with one of the other reading, and no action there has its name.
    If it can be taken, the readings differ, and a shortest trace to its first step is shown. If
    no state tells them apart (it is never enabled, or the other reading does the same under a name
    that no row gives, perhaps as a branch of another action), this is a warning.

Example
    action `CompactorCrash` of TLA+ has no counterpart in FizzBee, and TLA+ can take it after 5
    steps

What to do
    Write the action into the other artefact, or name in the mapping row what it is called there.
"""

from __future__ import annotations

from collections.abc import Sequence

from msgspec.structs import replace

from conform.check.agreement.comparison import GraphDifference, JointWalk
from conform.check.agreement.paths import counted_steps, drawn, trace_to
from conform.check.agreement.reading import Reading
from conform.domain.finding import Code, Finding, Severity

CODE = Code("CF325", "action without counterpart")


def lone_action(
    name: str,
    reading: Reading,
    others: Sequence[Reading],
    walk: JointWalk,
    difference: GraphDifference | None,
    taken_by: Sequence[str] = (),
) -> Finding:
    """Return the finding for an action of `reading` that the `others` do not have.

    `difference` is the first step of `walk` by it, None where no state shows the lack; `taken_by`
    are actions of another that take its steps beside their own.
    """
    span = reading.place_of(name)
    without = ", ".join(other.name for other in others)
    finding = CODE.finding(
        f"action `{name}` of {reading.name} has no counterpart in {without}",
        span,
        excerpt=reading.excerpt(span),
        hint="write it into the other artefact, or name it in a mapping row",
        subject=name,
    )
    if taken_by:
        names = " / ".join(f"`{each}`" for each in taken_by)
        message = finding.message.replace("counterpart in", "counterpart of its own in")
        message += f", where {names} takes its steps, and no row says so"
        return replace(finding, severity=Severity.WARNING, message=message)
    if difference is None:
        message = f"{finding.message}, and no reachable state differs by it"
        return replace(finding, severity=Severity.WARNING, message=message)
    after = counted_steps(difference.depth)
    return replace(
        finding,
        message=f"{finding.message}, and {reading.name} can take it {after}",
        details=("a shortest trace:", *drawn(trace_to(walk, difference))),
    )
