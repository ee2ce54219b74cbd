"""The implementation took a step that the spec disables.

What it means
    In a state where the action is not enabled, `perform` was asked for it and returned True. A
    guard is missing or too weak in the code: in production it would do what the protocol forbids.

Example
    scenario 12, step 5: the implementation accepted AssignOffset(w=w1), which the spec disables

What to do
    Compare the guard of the action in the spec with the condition in the code. Return False, with
    nothing changed, for a step that cannot be taken.
"""

from __future__ import annotations

from conform.domain.finding import Code, Finding
from conform.replay.divergence import Divergence, shown_call

CODE = Code("CF503", "the implementation accepts a step that the spec disables")


def accepted(divergence: Divergence) -> Finding:
    """Return the finding for a disabled step that was taken."""
    call = shown_call(divergence.action or "", divergence.parameters)
    where = f"{divergence.source}, step {divergence.step}"
    return CODE.finding(
        f"{where}: the implementation accepted {call}, which the spec disables",
        hint="compare the action's guard in the spec with the code's condition",
    )
