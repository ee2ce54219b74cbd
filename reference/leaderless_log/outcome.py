"""The closed list of what can become of one step of a writer or of the compactor."""

from __future__ import annotations

from enum import Enum


class Outcome(Enum):
    """What became of a step; the value says it in words. Only TAKEN made the step succeed.

    WAL_FAILED, EXHAUSTED and, unless it is the first step that says so, FENCED end an append as a
    failure: steps of their own in the spec (actions 2, 3c and 3b). After any other, nothing has
    changed.
    """

    TAKEN = "the step was taken"
    OUT_OF_TURN = "this step is not the next one"
    BAD_BATCH = "the batch has no records or too many"
    WAL_FAILED = "the batch could not be written to WAL storage"
    FENCED = "the log is fenced"
    EXHAUSTED = "the log has no offsets left for the batch"
    UNCOVERED = "an offset of the range is not committed yet"
    NOT_CONTAINED = "an entry reaches beyond a boundary of the range"
    ALREADY_COMPACTED = "the range, or part of it, is compacted already"
