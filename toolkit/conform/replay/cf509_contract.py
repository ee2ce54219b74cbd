"""The implementation breaks the contract of replay.

What it means
    What `create` returned has no `perform` or no `state`, `perform` answered neither True nor
    False, `state` does not report exactly the spec's variables as plain data, or a step was
    declined and changed the state all the same.

Example
    traces/run.txt, step 2: after StartAppend(w=w1, count=2): state lacks readerResult

What to do
    `perform(action, parameters)` returns True when it took the step, and False with nothing
    changed when it declined. `state()` returns every variable of the spec, and no others, as
    integers, booleans, strings, tuples or lists, dicts and sets; a model value is its name.
"""

from __future__ import annotations

from conform.domain.finding import Code, Finding
from conform.replay.divergence import Divergence, comparison, shown_call

CODE = Code("CF509", "the implementation breaks the contract of replay")


def breaks_contract(divergence: Divergence) -> Finding:
    """Return the finding for an implementation that breaks the contract."""
    where = divergence.source
    if divergence.action is not None:
        call = shown_call(divergence.action, divergence.parameters)
        where += f", step {divergence.step}, {call}"
    return CODE.finding(f"{where}: {divergence.reason}", details=comparison(divergence.differences))
