"""Task claiming: workers share a queue of tasks, and none of them knows of another.

`specs/2-coordination-delegated-task-claiming.md` is what it implements. All coordination is
delegated to a linearizable key-value store, `reference.coordination_store`. A good order to read
it in:

    queue           the tasks, what has become of them, and the dead-letter queue
    locks           who works on what, for as long as its session lasts
    claims          how a task is claimed in two phases, and how latecomers are kept out
    worker          taking a task through its steps
    fleet, adapter  the whole in one process, and the spec's view of it

`outcome` and `errors` are the words for what became of a step and for what went wrong.
"""

from __future__ import annotations

from reference.task_claiming.adapter import Adapter, create

__all__ = ["Adapter", "create"]
