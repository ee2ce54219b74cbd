"""What is told of a run beside its outcome: the choices made, the conditions tested."""

from __future__ import annotations

from conform.languages.fizzbee.evaluation.values import Datum
from conform.text import Span


class Recorder:
    """Keeps the choices of a run by name, in order, and the last value of each condition.

    `taken` has all choices by assignment, by place, those of the action instance included.
    """

    def __init__(self) -> None:
        self.choices: list[tuple[str, Datum]] = []
        self.conditions: dict[Span, bool] = {}
        self.taken: list[tuple[Span, Datum]] = []

    def chose(self, name: str, value: Datum) -> None:
        """Note a choice; `value` may change afterwards."""
        self.choices.append((name, value))

    def tested(self, span: Span, holds: bool) -> None:
        """Note the value of the condition at `span`."""
        self.conditions[span] = holds
