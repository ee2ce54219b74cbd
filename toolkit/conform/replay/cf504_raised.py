"""The implementation raised an exception.

What it means
    An exception came out of `create`, `perform` or `state`, at the line that the finding points to:
    the innermost line that is not Python's own. `sys.exit` counts as an exception.

Example
    traces/run.txt, step 2: perform, asked for StartAppend(w=w1, count=2), raised KeyError: 'w1'

What to do
    Correct the code at that line. A step that cannot be taken is declined by returning False; only
    an action that the implementation does not know is answered by LookupError (CF508).
"""

from __future__ import annotations

from conform.domain.finding import Code, Finding
from conform.replay.divergence import Divergence, shown_call

CODE = Code("CF504", "the implementation raised an exception")


def raised(divergence: Divergence) -> Finding:
    """Return the finding for an exception; the divergence's reason is the function called."""
    error, where = divergence.raised, divergence.source
    if divergence.action is not None:
        call = shown_call(divergence.action, divergence.parameters)
        relation = "asked for" if divergence.reason == "perform" else "after"
        where += f", step {divergence.step}"
        message = f"{where}: {divergence.reason}, {relation} {call}, raised"
    else:
        message = f"{where}: {divergence.reason} raised"
    text = error.text if error else "an exception"
    span, excerpt = (error.span, error.excerpt) if error else (None, "")
    return CODE.finding(f"{message} {text}", span, excerpt=excerpt)
