"""An action is possible in one reading of the protocol, and not in another.

What it means
    Both readings can be in the same state, after the same steps, and there one of them can take a
    step by this action which the other cannot take. A guard is stronger or weaker, a quantifier
    ranges over something else, or a choice is missing. The trace is a shortest one: no shorter
    behaviour tells the two readings apart in this action. A step that changes nothing is no step.

Example
    after 3 steps TLA+ can take StartAppend(w |-> w1), and document cannot

        TLA+      can take it: its guard holds, at tlaplus/Log.tla:111:1
        document  `logState = OPEN` is FALSE, at specs/log.md:146:3; TLA+ has no such line

What to do
    The document decides. Read the line of the guard that is named, and correct the reading that is
    wrong; if the document is, correct it and the others.
"""

from __future__ import annotations

from conform.check.agreement.comparison import GraphDifference, JointWalk
from conform.check.agreement.explaining import account_of, shown_step
from conform.check.agreement.paths import accused_side, counted, counted_steps, drawn, trace_to
from conform.domain.finding import Code, Finding

CODE = Code("CF321", "action possible in one reading only")


def possible_in_one(walk: JointWalk, difference: GraphDifference, count: int) -> Finding:
    """Return the finding for an action that one reading can take where the other cannot.

    `count` is the number of states in which the action differs.
    """
    account = account_of(walk, difference)
    trace = trace_to(walk, difference)
    last = trace.steps[-1]
    call = shown_step(last.action or "", (*(last.parameters or ()), *last.choices))
    having = walk.graph(difference.has_it).reading.name
    lacking = walk.graph(difference.has_it.other).reading.name
    accused = accused_side(walk)
    span = account.places[accused]
    return CODE.finding(
        f"{counted_steps(difference.depth)} {having} can take {call}, and {lacking} cannot",
        span,
        excerpt=walk.graph(accused).reading.excerpt(span),
        details=(*account.lines, counted(count), *drawn(trace)),
        hint="the document decides; correct the other",
    )
