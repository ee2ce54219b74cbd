"""All instances asked about a state at once, as soon as none of them remembers answers."""

from __future__ import annotations

from collections.abc import Sequence

from conform.domain.acceleration import Accelerator, StepsTogether
from conform.domain.model import Model
from conform.explore.memo import InstanceMemo, wrong_answer
from conform.explore.packing import Packing


class Together:
    """The instances of one search; `steps` gives the successors by all, None while it cannot."""

    __slots__ = ("_accelerator", "_instances", "_memos", "steps")

    def __init__(
        self, model: Model, memos: Sequence[InstanceMemo], accelerator: Accelerator | None
    ) -> None:
        """Take all instances of a model, in its order."""
        self.steps: StepsTogether | None = None
        self._instances = model.instances
        self._memos = memos
        is_possible = not any(memo.is_impure for memo in memos)
        self._accelerator = accelerator if is_possible else None

    def unite(self) -> None:
        """Have the accelerator make `steps`, unless some instance remembers or it was asked before.

        What an instance remembers it answers sooner.
        """
        if self._accelerator is not None and not any(memo.remembers for memo in self._memos):
            self.steps = self._accelerator.successors_together(self._instances)
            self._accelerator = None

    def check(self, word: int, real: Sequence[tuple[int, int]], packing: Packing) -> None:
        """Compare `steps` with what the model says: instances and packed successors, in order.

        Raises ExplorerDefectError.
        """
        state = packing.unpack(word)
        reached = None if self.steps is None else self.steps(state)
        if reached is None:
            return
        instances = (instance for instance, _, _ in reached)
        if real != list(zip(instances, packing.pack_reached(reached, state, word), strict=True)):
            raise wrong_answer("the actions together", f"{len(real)} other successors")
