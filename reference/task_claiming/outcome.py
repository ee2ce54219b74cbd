"""The closed list of what can become of one step of a worker."""

from __future__ import annotations

from enum import Enum


class Outcome(Enum):
    """What became of a step; the value says it in words. After OUT_OF_TURN nothing has changed.

    After REFUSED, CLAIM_LOST and SESSION_ENDED the worker is idle and the task another's business.
    """

    TAKEN = "the step was taken"
    OUT_OF_TURN = "this step is not the next one"
    NOT_OPEN = "there is no such task to be done"
    REFUSED = "another worker has the lock, or the task is done"
    FAILED = "the task failed, and is open for another try"
    GIVEN_UP = "the task failed for the last time, and is in the dead-letter queue"
    CLAIM_LOST = "another worker has claimed the task since: nothing was recorded"
    SESSION_ENDED = "the worker's session has ended: the worker is taken for dead"
