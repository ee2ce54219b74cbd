"""The leaderless log: many writers append to one log, and nobody is elected.

`specs/1-leaderless-log-protocol.md` is what it implements. All coordination is delegated to a
linearizable key-value store, `reference.coordination_store`; the records go to object storage. A
good order to read it in:

    storage                 where the records are
    index, head             the metadata of the log: who holds which offset, and what comes next
    sequencer, fencing      how an offset is assigned in two phases, and how that is stopped
    log, writer, reader     the log and those who use it
    cursor, compactor       rewriting it under their feet
    cluster, adapter        the whole in one process, and the spec's view of it

`outcome` and `errors` are the words for what became of a step and for what went wrong.
"""

from __future__ import annotations

from reference.leaderless_log.adapter import Adapter, create

__all__ = ["Adapter", "create"]
