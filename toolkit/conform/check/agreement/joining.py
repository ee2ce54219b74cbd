"""Actions that no row pairs, and whose steps an action of the other reading takes beside its own.

One reading may have as a branch of an action what the other has as an action of its own. Where the
two graphs agree once both count as one, the readings do the same, and only a row is missing.
"""

from __future__ import annotations

from collections.abc import Iterator

from msgspec.structs import replace

from conform.check.agreement.comparison import GraphDifference, JointWalk
from conform.check.agreement.correspondence import ActionClass, Correspondence, Gap, Side
from conform.check.agreement.walkable import image_of, label_of


def joined(correspondence: Correspondence, walk: JointWalk) -> Iterator[Correspondence]:
    """Yield correspondences in which one more action counts to a class that takes its steps."""
    for difference in walk.differences:
        lone = difference.action
        side = Side.LEFT if lone.left else Side.RIGHT
        if lone in correspondence.unmatched and not lone.own(side.other):
            for taking in _taking(walk, difference, side):
                if taking in correspondence.classes:
                    yield _with(correspondence, lone, side, taking)


def is_settled(correspondence: Correspondence, walk: JointWalk) -> bool:
    """Say whether the classes that actions were counted to do not differ in a walk."""
    taken = {(gap.side, gap.name) for gap in correspondence.gaps if gap.taken_by}
    return not any(
        (side, name) in taken
        for difference in walk.differences
        for side in Side
        for name in difference.action.own(side)
    )


def _taking(walk: JointWalk, difference: GraphDifference, side: Side) -> Iterator[ActionClass]:
    """Yield the classes that make, in the other graph alone, the step that differs."""
    step = difference.steps[side]
    own = walk.graph(side).moves(difference.states[side])
    others = walk.graph(side.other).moves(difference.states[side.other])
    classes = [
        walk.left.labels.all[label_of(move)].action
        for move in others
        if move not in own and step is not None and image_of(move) == step.image
    ]
    yield from dict.fromkeys(classes)


def _with(
    correspondence: Correspondence, lone: ActionClass, side: Side, taking: ActionClass
) -> Correspondence:
    own = (*taking.own(side), *lone.own(side))
    document = tuple(sorted({*taking.document, *lone.document}))
    changed = ActionClass(
        own if side is Side.LEFT else taking.left,
        own if side is Side.RIGHT else taking.right,
        document,
    )
    (name,) = lone.own(side)
    taken = Gap("action", name, side, taking.own(side.other))
    return replace(
        correspondence,
        classes=tuple(changed if each is taking else each for each in correspondence.classes),
        unmatched=tuple(each for each in correspondence.unmatched if each is not lone),
        gaps=tuple(
            taken if (gap.kind, gap.name, gap.side) == ("action", name, side) else gap
            for gap in correspondence.gaps
        ),
    )
