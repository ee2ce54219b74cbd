"""The implementation does not know an action of the spec.

What it means
    `perform` answered with a LookupError: it has nothing that corresponds to the action, or to one
    of the parameters' values.

Example
    traces/run.txt, step 2: the implementation does not know WALWriteFail(w=w1): LookupError: …

What to do
    Implement the action, or correct the name: names are the spec's. A step that exists but cannot
    be taken now is declined by returning False.
"""

from __future__ import annotations

from conform.domain.finding import Code, Finding
from conform.replay.divergence import Divergence, shown_call

CODE = Code("CF508", "the implementation does not know an action of the spec")


def unknown_action(divergence: Divergence) -> Finding:
    """Return the finding for an action that the implementation does not know."""
    call = shown_call(divergence.action or "", divergence.parameters)
    where = f"{divergence.source}, step {divergence.step}"
    span = divergence.raised.span if divergence.raised else None
    excerpt = divergence.raised.excerpt if divergence.raised else ""
    message = f"{where}: the implementation does not know {call}: {divergence.reason}"
    return CODE.finding(message, span, excerpt=excerpt)
