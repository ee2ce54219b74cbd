"""The same action does different things in two readings of the protocol.

What it means
    Both readings can be in the same state, after the same steps, and both can take this action with
    the same parameters there; but they end in different states. An assignment is missing, or gives
    another value, or goes to another place. The trace is a shortest one, and ends with the step of
    the first reading.

Example
    after 4 steps AssignOffset(w |-> w1) does not do the same to `sequenceCounter` in document and
    TLA+

        sequenceCounter  document  3, by `sequenceCounter := endOff + 1` at specs/log.md:196:3
                         TLA+      2, by `sequenceCounter' = endOff` at tlaplus/Log.tla:142:9

What to do
    The document decides. Correct the assignment in the reading that is wrong.
"""

from __future__ import annotations

from conform.check.agreement.comparison import GraphDifference, JointWalk
from conform.check.agreement.correspondence import Side
from conform.check.agreement.explaining import account_of, shown_step
from conform.check.agreement.paths import accused_side, counted, counted_steps, drawn, trace_to
from conform.domain.finding import Code, Finding

CODE = Code("CF322", "effect of an action differs")


def effect_differs(walk: JointWalk, difference: GraphDifference, count: int) -> Finding:
    """Return the finding for an action that leads to different states in two readings.

    `count` is the number of states in which the action differs.
    """
    account = account_of(walk, difference)
    trace = trace_to(walk, difference)
    last = trace.steps[-1]
    call = shown_step(last.action or "", (*(last.parameters or ()), *last.choices))
    left, right = (walk.graph(side).reading.name for side in Side)
    names = ", ".join(f"`{name}`" for name in account.variables)
    accused = accused_side(walk)
    span = account.places[accused]
    return CODE.finding(
        f"{counted_steps(difference.depth)} {call} does not do the same to {names} in {left} and "
        f"{right}",
        span,
        excerpt=walk.graph(accused).reading.excerpt(span),
        details=(*account.lines, counted(count), *drawn(trace)),
        hint="the document decides; correct the other",
    )
