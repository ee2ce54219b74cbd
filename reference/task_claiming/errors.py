"""What can go wrong for a user of the task queue."""

from __future__ import annotations


class TaskQueueError(Exception):
    """Base of every error that the task queue raises on purpose."""


class DuplicateTaskError(TaskQueueError):
    """A task was submitted under a name that is in use."""


class NameTakenError(TaskQueueError):
    """A worker was to join under a name whose session has not ended."""
