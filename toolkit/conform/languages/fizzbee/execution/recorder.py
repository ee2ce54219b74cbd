"""What is told of a run beside its outcome: the choices made, the conditions tested."""

from __future__ import annotations

from collections.abc import Callable

from conform.languages.fizzbee.evaluation.values import Datum
from conform.languages.fizzbee.execution.process import Process
from conform.text import Span


class Recorder:
    """Keeps the choices of a run by name, in order, and the last value of each condition.

    `taken` has the values of all fair choices, those of the action instance included, each with
    the place in the text and the choices made before: where two runs of one step agree in these,
    they came to the same choice.
    `at_choice` is called with the process as it is at each choice.
    """

    def __init__(self, at_choice: Callable[[Process], None] | None = None) -> None:
        self.at_choice = at_choice
        self.choices: list[tuple[str, Datum]] = []
        self.conditions: dict[Span, bool] = {}
        self.taken: list[tuple[Span, Datum, tuple[int, ...]]] = []

    def chose(self, name: str, value: Datum) -> None:
        """Note a choice; `value` may change afterwards."""
        self.choices.append((name, value))

    def tested(self, span: Span, holds: bool) -> None:
        """Note the value of the condition at `span`."""
        self.conditions[span] = holds
