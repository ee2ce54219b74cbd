"""A behaviour that violates liveness has no crashes, and its trace names none."""

from __future__ import annotations

from conform.domain.report import Verdict
from tests.unit.languages.fizzbee.fizz_models import judged

LOOK = """
    role Server:
        action Init:
            self.n = 0
        fair action Look:
            i = oneof [0, 1]
            if i == 0:
                return
            self.n = 1 - self.n
    action Init:
        s = Server()
    always eventually assertion Up:
        return s.n == 2
"""


def test_a_step_that_a_crash_could_be_too_is_named_after_what_is_meant() -> None:
    result = judged(LOOK)
    (row,) = (row for row in result.properties if row.name == "Up")
    assert row.verdict is Verdict.FAIL and row.trace is not None and row.closing_step is not None
    named = [*(step.action for step in row.trace.steps), row.closing_step.action]
    assert "thread-0" in named and "crash" not in named
