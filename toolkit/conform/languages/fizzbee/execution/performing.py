"""What statements ask for, wherever they stand: Starlark, conditions, choices, elements."""

from __future__ import annotations

from collections.abc import Callable, Container, Hashable

from conform.languages.fizzbee.evaluation.conversions import (
    elements_of,
    truth,
)
from conform.languages.fizzbee.evaluation.faults import FAULTS, FaultError, located
from conform.languages.fizzbee.evaluation.scopes import Scope
from conform.languages.fizzbee.evaluation.values import Datum
from conform.languages.fizzbee.execution.choices import DisabledError, Script
from conform.languages.fizzbee.execution.code import Guard, Invoke, Simple
from conform.languages.fizzbee.execution.process import Process
from conform.languages.fizzbee.execution.recorder import Recorder
from conform.text import Source, Span

MAX_STATEMENTS = 1_000_000
"""Statements of one step: one that runs on and on is an error of the model."""


class Performer:
    """Performs single statements. `is_enabled` says whether anything was run that counts as a step.

    `recorder` is told of choices and conditions, but not those of the statements `met` (by
    identity), which are known to hold. `roles_made` counts the instances that one statement makes.
    `situation` tells choices apart by all that can follow, None where none comes back.
    """

    def __init__(
        self, source: Source, process: Process, script: Script, recorder: Recorder
    ) -> None:
        self.source = source
        self.process = process
        self.script = script
        self.recorder = recorder
        self.is_enabled = False
        self.met: Container[int] = ()
        self.situation: Callable[[Process], Hashable] | None = None
        self.roles_made = 0
        self._left = MAX_STATEMENTS

    def do(self, statement: Simple | Invoke, scope: Scope) -> None:
        """Run a statement of Starlark, which counts as a step."""
        self.roles_made = 0
        run = statement.run if isinstance(statement, Simple) else statement.plain
        run(scope)
        self.is_enabled = True

    def begin(self, span: Span) -> None:
        """Count a statement; raise EvaluationError after too many."""
        self._left -= 1
        if self._left < 0:
            message = f"a step of more than {MAX_STATEMENTS} statements does not come to its end"
            raise located(FaultError(message, "is this an endless loop?"), self.source, span)

    def holds(self, condition: Guard, scope: Scope) -> bool:
        """Whether a condition holds; its conjuncts are told to the recorder."""
        for span, code in condition:
            holds = truth(code(scope))
            self.recorder.tested(span, holds)
            if not holds:
                return False
        return True

    def choose(self, count: int) -> int:
        """Return one of `count` ways, from 0; raise DisabledError for none."""
        if count == 0:
            raise DisabledError
        if self.recorder.at_choice is not None:
            self.recorder.at_choice(self.process)
        if self.situation is None:
            return self.script.choose(count)
        return self.script.choose(count, self._situation)

    def _situation(self) -> Hashable:
        assert self.situation is not None, "asked only where there is one"
        found = self.situation(self.process)
        return None if found is None else (self.is_enabled, found)

    def elements(self, value: Datum, span: Span) -> list[Datum]:
        """Return what a loop or choice goes over; raise EvaluationError where it cannot."""
        try:
            return elements_of(value)
        except FAULTS as fault:
            raise located(fault, self.source, span) from None
