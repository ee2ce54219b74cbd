"""What an exploration found, in the words of reports: one row a property, one an action."""

from __future__ import annotations

from conform.domain.exploration import ActionCoverage, PropertyOutcome
from conform.domain.model import ActionInstance
from conform.domain.values import format_value
from conform.explore.result import ExplorationResult


def outcomes(result: ExplorationResult) -> tuple[PropertyOutcome, ...]:
    """Return the rows of all properties, in the order of the configuration."""
    return tuple(
        PropertyOutcome(
            row.name,
            row.kind,
            row.verdict,
            row.reason,
            row.trace,
            row.closing_step,
            row.is_vacuous,
        )
        for row in result.properties
    )


def coverage(result: ExplorationResult) -> tuple[ActionCoverage, ...]:
    """Return how often each action instance was taken."""
    return tuple(
        ActionCoverage(label(count.instance), count.taken, count.found)
        for count in result.instances
    )


def label(instance: ActionInstance) -> str:
    """Return an instance as people write it: `ReadEntry(w1, 3)`."""
    if not instance.parameters:
        return instance.action
    arguments = ", ".join(format_value(value) for _name, value in instance.parameters)
    return f"{instance.action}({arguments})"
