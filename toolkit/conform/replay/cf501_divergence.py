"""After a step, the implementation's state is not the model's.

What it means
    The implementation took the step that the trace calls for, but at least one variable of the spec
    now has another value in it than in the model. Steps before this one agreed. Step 1 is the
    initial state: then the two differ from the start.

Example
    traces/run.txt, step 4: after AssignOffset(w=w1) the implementation differs in sequenceCounter

        sequenceCounter  expected  3
                         found     2

What to do
    Read the effect of the action in the spec and the code that implements it. A part of a variable
    is named as in TLA+ (`logIndex[3].msgCount`). If the code is right, the spec or the mapping of
    its state to the spec's variables (`state()`) is wrong. Model values appear as strings.
"""

from __future__ import annotations

from conform.domain.finding import Code, Finding
from conform.replay.divergence import Divergence, comparison, shown_call

CODE = Code("CF501", "the implementation's state differs from the model's")


def state_differs(divergence: Divergence) -> Finding:
    """Return the finding for a state that differs after a step, or at the start."""
    names = ", ".join(difference.place for difference in divergence.differences)
    if divergence.action is None:
        message = f"{divergence.source}: the implementation starts with another {names}"
    else:
        call = shown_call(divergence.action, divergence.parameters)
        where = f"{divergence.source}, step {divergence.step}"
        message = f"{where}: after {call} the implementation differs in {names}"
    return CODE.finding(message, details=comparison(divergence.differences))
