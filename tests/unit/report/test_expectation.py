"""What rows amount to: nothing passes that was not looked at."""

from __future__ import annotations

import pytest

from conform.domain.report import PropertyRow, ScorecardRow, Verdict
from conform.report.expectation import verdict_beside, verdict_of_row


@pytest.mark.parametrize(
    ("cells", "verdict"),
    [
        ((), Verdict.INCOMPLETE),
        (("line 3", "Action A"), Verdict.PASS),
        (("line 3", "not named in conform.yaml"), Verdict.PASS),
        (("not named in conform.yaml",), Verdict.INCOMPLETE),
        (("line 3", "none: checked on the model"), Verdict.PASS),
        (("none: checked on the model",), Verdict.INCOMPLETE),
        (("line 3", ""), Verdict.INCOMPLETE),
        (("line 3", "not checked: the module cannot be read"), Verdict.INCOMPLETE),
        (("line 3", "missing"), Verdict.FAIL),
        (("not checked", "differs: 2 parameters"), Verdict.FAIL),
        (("line 3", "FAIL"), Verdict.FAIL),
        (("PASS", "ERROR"), Verdict.ERROR),
    ],
)
def test_row_amounts_to_its_gravest_cell(cells: tuple[str, ...], verdict: Verdict) -> None:
    row = ScorecardRow("action", "A", tuple((str(i), text) for i, text in enumerate(cells)))
    assert verdict_of_row(row) is verdict


@pytest.mark.parametrize(
    ("verdict", "expected", "amounts_to"),
    [
        (Verdict.PASS, None, Verdict.PASS),
        (Verdict.FAIL, None, Verdict.FAIL),
        (Verdict.FAIL, "FAIL", Verdict.PASS),
        (Verdict.PASS, "FAIL", Verdict.FAIL),
        (Verdict.PASS, "pass", Verdict.PASS),
        (Verdict.INCOMPLETE, "INCOMPLETE", Verdict.INCOMPLETE),
        (Verdict.ERROR, "FAIL", Verdict.ERROR),
    ],
)
def test_property_is_held_to_what_is_expected(
    verdict: Verdict, expected: str | None, amounts_to: Verdict
) -> None:
    row = PropertyRow("P", "Safety", "tlaplus", verdict, expected)
    assert verdict_beside(row) is amounts_to
