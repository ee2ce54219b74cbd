"""The implementation declined a step that the model takes.

What it means
    In the state that the trace has reached, the spec enables the action; `perform` returned False.
    The implementation is stricter than the spec, or its state differs in a way that the spec's
    variables do not show.

Example
    run.txt, step 3: the implementation declined WALWriteSuccess(w=w1), which the spec enables

What to do
    Compare the guard of the action in the spec with the condition in the code. If the stricter
    condition is meant, the spec has to say so.
"""

from __future__ import annotations

from conform.domain.finding import Code, Finding
from conform.replay.divergence import Divergence, shown_call

CODE = Code("CF502", "the implementation declines a step that the spec enables")


def declined(divergence: Divergence) -> Finding:
    """Return the finding for a step that was declined."""
    call = shown_call(divergence.action or "", divergence.parameters)
    where = f"{divergence.source}, step {divergence.step}"
    return CODE.finding(
        f"{where}: the implementation declined {call}, which the spec enables",
        hint="compare the action's guard in the spec with the code's condition",
    )
