"""The loops around the code that is written: which of them change a value, and what they keep."""

from __future__ import annotations

import ast
from collections.abc import Hashable
from dataclasses import dataclass, field

from conform.languages.tlaplus import syntax
from conform.languages.tlaplus.evaluation.analysis import Analysis
from conform.languages.tlaplus.evaluation.dispatch import Mode
from conform.languages.tlaplus.evaluation.footprints import STATE
from conform.languages.tlaplus.evaluation.source.invariance import environment_read
from conform.languages.tlaplus.evaluation.source.operands import Delayed, Operand, Place


@dataclass(slots=True)
class Loop:
    """A loop whose body is being written: `start` stands before it in `block`.

    `kept` has what this loop and those inside it do not change, though those around it may.
    """

    block: list[ast.stmt]
    start: ast.stmt
    kept: dict[Hashable, Delayed] = field(default_factory=dict)


class Loops:
    """The loops that are open, outermost first.

    The depth of a value is the number of loops, from the outermost on, that may change it.
    `reach` is the depth below which a value is worth keeping: the number of open loops, or the
    depth of the value whose code is being written, which is kept itself.
    """

    def __init__(self, analysis: Analysis) -> None:
        self._analysis = analysis
        self.reach = 0
        self._open: list[Loop] = []
        self._depths: dict[str, int] = {}

    def __len__(self) -> int:
        return len(self._open)

    def __getitem__(self, depth: int) -> Loop:
        return self._open[depth]

    def note(self, name: str) -> None:
        """Note that a name gets its value inside all open loops."""
        self._depths[name] = len(self._open)

    def enter(self, block: list[ast.stmt], element: str) -> None:
        """Begin the body of a loop that stands in `block` and whose variable is `element`."""
        start = ast.Pass()
        block.append(start)
        self._open.append(Loop(block, start))
        self.note(element)

    def leave(self) -> None:
        """End the body of the innermost loop."""
        self._open.pop()

    def cut(self, count: int) -> None:
        """Forget all loops but the outermost `count`: their code has been taken back."""
        del self._open[count:]
        self.reach = count

    def depth_of(self, node: syntax.Expression, place: Place) -> int:
        """Return the depth of a formula's value; what depends on a step may change in all loops."""
        scope = place.context.scope
        places = environment_read(node, scope)
        is_of_state = self._analysis.of(node, scope).level <= STATE
        if places is None or not is_of_state or place.context.mode is Mode.PRIMED:
            return len(self._open)
        return max((self._depth_of_bound(place.environment[index]) for index in places), default=0)

    def _depth_of_bound(self, found: Operand | Delayed) -> int:
        depth = self._depths.get(found.name)
        if depth is None:
            depth = self.depth_of(found.node, found.place) if isinstance(found, Delayed) else 0
            self._depths[found.name] = depth
        return depth
