"""The initial states of two readings differ.

What it means
    One reading of the protocol begins in a state that the other does not begin in. Variables are
    compared by the names and values that correspond; the nearest initial state of the other reading
    is put beside it. From initial states that differ no steps are compared. Verdicts that differ,
    actions never enabled and values never reached in the one reading that begins elsewhere are
    listed below this finding: they may follow from it, so look again once it is corrected.

Example
    TLA+ begins with `sequenceCounter = 0`, and the document gives its initial value as 1.

        sequenceCounter  document  1
                         TLA+      0

What to do
    The document decides: correct the Init of the model, or the Initial Value column.
"""

from __future__ import annotations

from collections.abc import Iterator

from conform.check.agreement.comparison import InitialDifference, JointWalk
from conform.check.agreement.correspondence import CommonVariable, Side
from conform.check.agreement.images import slots_of, value_of
from conform.check.agreement.paths import accused_side, drawn, initial_trace, shown_sides
from conform.domain.difference import Difference, narrowed
from conform.domain.finding import Code, Finding
from conform.domain.values import format_value

CODE = Code("CF320", "initial states differ")


def initial_states_differ(walk: JointWalk, difference: InitialDifference) -> Finding:
    """Return the finding for an initial state that one of two readings lacks."""
    variables = _variables(walk, difference)
    parts = tuple(_part(walk, difference, variable) for variable in variables)
    names = ", ".join(f"`{part.place}`" for part in parts)
    where = f", and the nearest one differs in {names}" if parts else ""
    reading, other = (walk.graph(each).reading for each in (difference.side, difference.side.other))
    at = accused_side(walk)
    accused = walk.graph(at).reading
    span = accused.place_of(variables[0].own(at)) if variables else accused.span
    return CODE.finding(
        f"{reading.name} begins in a state that is no initial state of {other.name}{where}",
        span,
        excerpt=accused.excerpt(span),
        details=(*_compared(walk, parts), *drawn(initial_trace(walk, difference))),
        hint="the document decides; correct the other",
    )


def _variables(walk: JointWalk, difference: InitialDifference) -> tuple[CommonVariable, ...]:
    """Return the variables in which an initial state differs from the nearest one."""
    if difference.nearest is None:
        return ()
    one = walk.graph(difference.side).image((difference.state,))
    other = walk.graph(difference.side.other).image((difference.nearest,))
    return walk.left.images.differing(one, other)


def _part(walk: JointWalk, difference: InitialDifference, variable: CommonVariable) -> Difference:
    """Return how a variable differs, the left side first."""
    assert difference.nearest is not None
    numbers = {difference.side: difference.state, difference.side.other: difference.nearest}
    images = walk.left.images
    matching = images.matchings[images.variables.index(variable)]
    values = []
    for side in Side:
        graph = walk.graph(side).graph
        places = slots_of(graph.slots, variable.own(side))
        values.append(matching.common(value_of(graph.slots, places, graph.state(numbers[side]))))
    return narrowed(variable.left, *values)


def _compared(walk: JointWalk, parts: tuple[Difference, ...]) -> Iterator[str]:
    width = max((len(part.place) for part in parts), default=0)
    left, right = shown_sides(walk)
    for part in parts:
        assert part.expected is not None
        assert part.found is not None
        yield f"{part.place:<{width}}  {left}  {format_value(part.expected)}"
        yield f"{'':<{width}}  {right}  {format_value(part.found)}"
