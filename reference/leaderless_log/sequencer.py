"""Assigning offsets: how one append becomes part of the log, with no transaction to help.

The spec's AssignOffset checks the fence, moves the counter and writes the index entry in one
atomic step. No primitive does that, so it is done in two phases round the head of the log:

    reserve   leave a placeholder at the batch's end offset          (nothing the spec can see)
    CLAIM     compare-and-set the head: open -> counter moved on,    (AssignOffset happens HERE)
              with the entry pending in it
    fill      turn the placeholder into the entry                    (nothing the spec can see)
    clear     compare-and-set the head: nothing pending any more     (nothing the spec can see)

A process may die anywhere. Before the claim nothing has happened. After it, whoever looks at the
log next finds the pending entry and does the rest (`settle`): every assignment, every reader and
the compactor start that way. Hence no offset is ever handed out twice or without an entry, and
for the spec's `logIndex` a pending entry counts as present.

AtomicIncrement, the obvious way to hand out offsets, would not do: a writer that died between its
increment and its entry would leave offsets that no reader could ever read.

The fence is part of the head as well. Were it a key of its own, a writer could see it down, be
overtaken by a fence, and then claim. As it is, the fence changes the head's version and the
claim fails.
"""

from __future__ import annotations

from reference.coordination_store.store import Version
from reference.leaderless_log.head import Head, HeadObject, LogState, Pending
from reference.leaderless_log.index import EntryType, IndexEntry, LogIndex
from reference.leaderless_log.outcome import Outcome


class Sequencer:
    """Hands out the offsets 1 to `capacity`; stateless, each process has its own.

    Lock-free: a compare-and-set is lost only to another process's that took effect.
    """

    def __init__(self, head: HeadObject, index: LogIndex, capacity: int) -> None:
        self._head = head
        self._index = index
        self._capacity = capacity

    def settle(self) -> tuple[Head, Version]:
        """Complete the index; return the head, which then has nothing pending, and its version."""
        while True:
            head, version = self._head.read()
            if head.pending is None:
                return head, version
            self._index.fill(head.pending.placeholder, head.pending.entry)
            self._head.swap(version, Head(head.next_offset, head.state))

    def assign(self, count: int, object_name: str) -> IndexEntry | Outcome:
        """Give the next `count` offsets to the records of the WAL object `object_name`.

        Returns the entry, pending; or FENCED or EXHAUSTED, and then nothing has changed.
        """
        while True:
            head, version = self.settle()
            if head.state is LogState.FENCED:
                return Outcome.FENCED
            end = head.next_offset + count - 1
            if end > self._capacity:
                return Outcome.EXHAUSTED
            entry = IndexEntry(end, EntryType.WAL, count, object_name)
            pending = Pending(entry, self._index.reserve(end))
            if self._head.swap(version, Head(end + 1, head.state, pending)):
                return entry
