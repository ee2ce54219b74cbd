"""The fence: keeps every writer from assigning offsets, from one instant on.

Whoever takes over the log raises it. `raise_fence` having returned, no append that was under way
can still get into the log, however late its writer wakes up: see `sequencer`.
"""

from __future__ import annotations

from dataclasses import dataclass

from reference.leaderless_log.head import Head, HeadObject, LogState


@dataclass(frozen=True, slots=True)
class Fence:
    """The fence of the log whose head is given; stateless."""

    head: HeadObject

    def is_up(self) -> bool:
        """Whether the log is fenced at this moment."""
        return self.head.read()[0].state is LogState.FENCED

    def raise_fence(self) -> bool:
        """Fence the log; False if it was fenced. (FenceLog)"""
        return self._change(LogState.OPEN, LogState.FENCED)

    def lower_fence(self) -> bool:
        """Open the log again; False if it was open. (UnfenceLog)"""
        return self._change(LogState.FENCED, LogState.OPEN)

    def _change(self, before: LogState, after: LogState) -> bool:
        while True:
            head, version = self.head.read()
            if head.state is not before:
                return False
            if self.head.swap(version, Head(head.next_offset, after, head.pending)):
                return True
