"""Findings of one cause are one finding, and independent ones stay."""

from __future__ import annotations

from pathlib import Path

from conform.check.causes import told_once
from conform.commands.check import run as check
from conform.commands.check_options import CheckOptions
from conform.domain.finding import Finding, Severity
from conform.domain.report import PropertyRow, Verdict
from conform.text import Span
from tests.unit.check.journal import Change
from tests.unit.check.test_lease_repository import DOCUMENT, changed

MODULE, FIZZ = "tla/A.tla", "fizz/a.fizz"
PLACE = Span("docs/a.md", 3, 1, 3, 9)


def made(code: str, message: str, subject: str = "", seen_in: str = "") -> Finding:
    """Return an error at one place."""
    return Finding(code, Severity.ERROR, message, PLACE, subject=subject, seen_in=seen_in)


def rows(*verdicts: Verdict) -> list[PropertyRow]:
    return [PropertyRow("Safe", "invariant", "A", verdict, None) for verdict in verdicts]


def unexpected(path: str) -> Finding:
    return made("CF301", f"invariant `Safe`: expected FAIL, but {path} gives PASS", "Safe", path)


PLACES = made("CF221", "`Safe` is expected to PASS here, but FAIL there", "Safe")
CLAIM = made("CF223", "this is claimed of all", "Safe")


def test_wrong_stated_verdict_is_one_finding_with_all_models_and_places() -> None:
    found = [PLACES, CLAIM, unexpected(MODULE), unexpected(FIZZ)]
    (finding,) = told_once(found, rows(Verdict.PASS, Verdict.PASS))
    expected = f"invariant `Safe`: expected FAIL, but {MODULE} and {FIZZ} give PASS"
    assert finding.message == expected
    assert f"  CF221 {PLACE}: {PLACES.message}" in finding.details
    assert f"  CF223 {PLACE}: {CLAIM.message}" in finding.details
    (alone,) = told_once([PLACES, CLAIM], rows(Verdict.PASS))
    assert (alone.code, alone.details[1:]) == ("CF221", (f"  CF223 {PLACE}: {CLAIM.message}",))


def test_places_that_disagree_on_what_models_refute_stay() -> None:
    found = [PLACES, CLAIM, unexpected(MODULE)]
    assert told_once(found, rows(Verdict.PASS, Verdict.FAIL)) == tuple(found)
    assert told_once(found[:2], rows(Verdict.FAIL)) == tuple(found[:2])
    assert told_once(found[:2], ()) == tuple(found[:2])


def test_what_follows_from_other_initial_states_of_one_model_is_listed_there() -> None:
    initial = made("CF320", "document begins elsewhere", seen_in=FIZZ)
    never = made("CF302", "action `Go` is enabled in no state", seen_in=FIZZ)
    there_too = made("CF302", "action `Go` is never enabled", seen_in=MODULE)
    guard = made("CF242", "the guard of `Go` asks about `x`", seen_in=FIZZ)
    first, *others = told_once([never, there_too, guard, initial], ())[::-1]
    assert others == [guard, there_too]
    assert first.details == ("what may follow from it:", f"  CF302 {PLACE}: {never.message}")


def test_what_a_limit_left_undecided_is_listed_where_it_was_reached() -> None:
    short = made("CF305", "the exploration ended early: the limit of states", seen_in=FIZZ)
    safe = made("CF303", "invariant `A` was not decided: the limit of 9 was reached", seen_in=FIZZ)
    form = made("CF303", "liveness `B` was not decided: it has another form", seen_in=FIZZ)
    there = made("CF303", "invariant `A` was not decided: the limit was reached", seen_in=MODULE)
    first, *others = told_once([short, safe, form, there], ())
    assert others == [form, there]
    assert first.details == ("what is not known for it:", f"  CF303 {PLACE}: {safe.message}")


def test_excerpt_with_the_fairness_that_is_found_to_differ_is_listed_there() -> None:
    weak, strong = (made("CF226", f"`{name}` has weak fairness", name) for name in "AB")
    both = made("CF330", "`Fairness` is not as in tla/A.tla", "A, B")
    first, other = told_once([weak, strong, both], ())
    assert (first.details[1:], other) == ((f"  CF330 {PLACE}: {both.message}",), strong)
    assert told_once([weak, both], ()) == (weak, both)
    alone = made("CF330", "`Go` is not as in tla/A.tla")
    assert told_once([weak, alone], ()) == (weak, alone)


def messages(folder: Path, *changes: Change) -> list[tuple[str, str]]:
    """Return code and message of each finding of a whole check."""
    (report,) = check(CheckOptions(changed(folder, *changes), workers=1)).protocols
    return [(finding.code, finding.message) for finding in report.findings]


def test_wrong_initial_value_is_one_finding_beside_an_independent_one(tmp_path: Path) -> None:
    initial = ("fizz/leader_lease.fizz", "    lease_epoch = 0\n", "    lease_epoch = 3\n")
    drawn = (DOCUMENT, "candidate --> leader: Win", "follower --> leader: Win")
    said = messages(tmp_path, initial, drawn)
    assert sorted(code for code, _message in said) == ["CF245", "CF320"], said
    assert all("lease_epoch" in message for code, message in said if code == "CF320")
