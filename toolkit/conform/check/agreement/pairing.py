"""Two readings compared: the walk of their graphs, and what is to be said beside it."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from msgspec import Struct

from conform.check.agreement.comparison import JointWalk
from conform.check.agreement.correspondence import (
    Correspondence,
    Side,
    correspondence_of,
)
from conform.check.agreement.images import Unmatched, images_of
from conform.check.agreement.joining import is_settled, joined
from conform.check.agreement.labels import labels_of
from conform.check.agreement.naming import Naming
from conform.check.agreement.reading import Reading
from conform.check.agreement.walkable import WalkableGraph


class Comparison(Struct, frozen=True):
    """What comparing the graphs of two readings gave.

    `walk` is None where there was nothing to walk. `unfinished` says why not everything was
    compared, empty if it was; `unmatched` are the variables left out for their values.
    """

    left: Reading
    right: Reading
    correspondence: Correspondence
    walk: JointWalk | None
    unmatched: tuple[Unmatched, ...]
    unfinished: str

    def reading(self, side: Side) -> Reading:
        """Return the reading at one side."""
        return self.left if side is Side.LEFT else self.right

    @property
    def differs(self) -> bool:
        """Whether the graphs differ in what was compared."""
        walk = self.walk
        return walk is not None and bool(walk.initial or walk.differences)

    @property
    def is_whole(self) -> bool:
        """Whether all was compared that the readings have in common."""
        lone = any(gap.kind == "variable" for gap in self.correspondence.gaps)
        return not self.unfinished and not self.unmatched and not lone

    def notes(self) -> Iterator[str]:
        """Yield what the result is subject to."""
        yield from self.correspondence.left_out
        for side in Side:
            reading = self.reading(side)
            model = reading.model
            found = [each.name for each in model.constraints]
            found += [each.name for each in model.action_constraints]
            if found:
                names = ", ".join(dict.fromkeys(found))
                yield f"within {names} of {reading.name}"
        if self.walk is not None and self.walk.cut_off:
            count = self.walk.cut_off
            steps = "1 step" if count == 1 else f"{count:,} steps"
            yield f"{steps} beyond the constraint or the bound of one reading left aside"


def compare(left: Reading, right: Reading, left_naming: Naming, right_naming: Naming) -> Comparison:
    """Compare two readings, state graph against state graph."""
    correspondence = correspondence_of(left, right, left_naming, right_naming)
    if left.graph is None or right.graph is None:
        lacking = left if left.graph is None else right
        why = lacking.why_not or "it was not explored"
        return Comparison(left, right, correspondence, None, (), f"{lacking.name}: {why}")
    readings = {Side.LEFT: left, Side.RIGHT: right}
    graphs = {Side.LEFT: left.graph, Side.RIGHT: right.graph}
    images, unmatched = images_of(correspondence.variables, graphs, (left.name, right.name))
    if not images.variables:
        why = "no variable of the one corresponds to one of the other"
        return Comparison(left, right, correspondence, None, unmatched, why)

    def walked(correspondence: Correspondence) -> JointWalk:
        labels = labels_of(correspondence, readings, graphs)
        walk = JointWalk(
            WalkableGraph(Side.LEFT, left, graphs[Side.LEFT], images, labels),
            WalkableGraph(Side.RIGHT, right, graphs[Side.RIGHT], images, labels),
        )
        walk.run()
        return walk

    walk = walked(correspondence)
    correspondence, walk = _joined(correspondence, walk, walked)
    return Comparison(left, right, correspondence, walk, unmatched, _unfinished(walk))


def _joined(
    correspondence: Correspondence,
    walk: JointWalk,
    walked: Callable[[Correspondence], JointWalk],
) -> tuple[Correspondence, JointWalk]:
    """Return the correspondence, and its walk, with what one reading has as branches of others."""
    for attempt in joined(correspondence, walk):
        retried = walked(attempt)
        if is_settled(attempt, retried) and len(retried.differences) < len(walk.differences):
            return _joined(attempt, retried, walked)
    return correspondence, walk


def _unfinished(walk: JointWalk) -> str:
    if walk.gave_up:
        return f"there are more than {walk.visited - 1:,} pairs of states"
    if not walk.visited and not walk.initial:
        return "there is no initial state"
    if walk.unknown:
        short = [walk.graph(side) for side in Side if not walk.graph(side).graph.is_complete]
        ends = ", ".join(
            f"the graph of {each.reading.name} ends after {each.graph.state_count:,} states"
            + (f" ({each.reading.why_not})" if each.reading.why_not else "")
            for each in short
        )
        return f"{ends}; what is possible in {walk.unknown:,} states is not known"
    return ""
