"""Stages that end in another order than that of the report."""

from __future__ import annotations

import time

from conform.check.cf209_no_mapping import CODE
from conform.commands.stages_done import Part, StagesDone
from conform.domain.report import Verdict

FOUND = CODE.finding("something is wrong")


def test_stages_stand_in_the_order_of_the_report() -> None:
    done = StagesDone()
    begun = time.monotonic()
    done.close(Part.CLAIMS, "claims", "held", [FOUND], begun)
    done.add(Part.REPLAY, "replay", Verdict.INCOMPLETE, "not replayed", [], begun)
    done.close(Part.READING, "reading", "read", [], begun)
    done.add(Part.REPLAY, "replay, second", Verdict.PASS, "replayed", [], begun)
    assert [(each.name, each.verdict) for each in done.stages] == [
        ("reading", Verdict.PASS),
        ("replay", Verdict.INCOMPLETE),
        ("replay, second", Verdict.PASS),
        ("claims", Verdict.FAIL),
    ]
    assert done.findings == (FOUND,)
