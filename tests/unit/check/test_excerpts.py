"""Code blocks of a document that show a part of a model."""

from __future__ import annotations

from pathlib import Path

import pytest

from conform.check.cf330_excerpt import excerpts_that_differ
from conform.check.rules import apply
from conform.commands.artefacts import read_artefacts
from conform.commands.stages.mapping import context_of
from conform.config import load_project
from tests.unit.check.journal import Change, changed_project, messages_of

JOURNAL = "1-page-journal-protocol.md"
BOOKING = "2-seat-booking-protocol.md"
FINISH = """\
Finish(c) ==
    /\\ clientState[c] \\in {"WRITING", "DONE"}
    /\\ clientState' = [clientState EXCEPT ![c] = "IDLE"]
    /\\ clientPages' = [clientPages EXCEPT ![c] = 0]
"""


FIZZ = """\
atomic action Book:
    require seat == "OPEN"  # not taken
    seat = "BOOKED"
"""
WITH_FIZZBEE = (
    "conform.yaml",
    "configs: {small: tlaplus/SeatBooking.cfg}}\n",
    "configs: {small: tlaplus/SeatBooking.cfg}}\n    fizzbee: {module: fizzbee/SeatBooking.fizz}\n",
)


def said_of(tmp_path: Path, document: str, code: str) -> list[str]:
    """Return what is said of a block of code above the parameters of a document."""
    title = "## 6. Parameters" if document == JOURNAL else "## 5. Parameters"
    shown = (document, title, f"## Appendix\n\n```\n{code}```\n\n{title}")
    return messages_of((excerpts_that_differ,), tmp_path, WITH_FIZZBEE, shown)


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("", ""),
        ("    /\\ clientPages", "\n  /\\ clientPages"),
        ("c] = 0]\n", "c] = 0]\n    /\\ UNCHANGED <<pageTable, nextPage>>  \\* the rest\n"),
        ('"IDLE"]', "...]"),
        ("Finish(c)", "End(c)"),
        ("Finish(c) ==", "Finish(c) == TRUE\n\nOther =="),
    ],
)
def test_excerpt_that_is_the_models_or_none_is_no_finding(
    tmp_path: Path, old: str, new: str
) -> None:
    assert said_of(tmp_path, JOURNAL, FINISH.replace(old, new)) == []


FAIRNESS = """\
Fairness ==
    /\\ \\A c \\in Clients : WF_vars(Commit(c))
    /\\ \\A c \\in Clients : WF_vars(Finish(c))
    /\\ WF_vars(Trim)
"""


@pytest.mark.parametrize(
    ("old", "new", "count"),
    [
        ("", "", 0),
        ("    /\\ WF_vars(Trim)\n", "", 1),
        ("WF_vars(Commit", "SF_vars(Commit", 1),
        ("\\in Clients : WF_vars(F", "\\in Others : WF_vars(F", 1),
    ],
)
def test_layout_of_fairness_makes_no_difference(
    tmp_path: Path, old: str, new: str, count: int
) -> None:
    code = FAIRNESS.replace(old, new) if old else FAIRNESS
    assert len(messages_of((excerpts_that_differ,), tmp_path, *fairness_shown(code))) == count


def fairness_shown(code: str) -> tuple[Change, Change]:
    """Return the changes that give the model a fairness, and the document an excerpt of it."""
    model = (
        "tlaplus/PageJournal.tla",
        "Spec ==",
        "Fairness ==\n    /\\ \\A c \\in Clients :\n        /\\ WF_vars(Commit(c))\n"
        "        /\\ WF_vars(Finish(c))\n    /\\ WF_vars(Trim)\n\nSpec ==",
    )
    title = "## 6. Parameters"
    return model, (JOURNAL, title, f"## Appendix\n\n```\n{code}```\n\n{title}")


@pytest.mark.parametrize(
    ("old", "new", "subject"),
    [
        ("WF_vars(Commit", "SF_vars(Commit", "Commit"),
        ("    /\\ WF_vars(Trim)\n", "    /\\ SF_vars(Trim)\n", "Trim"),
        ("\\in Clients : WF_vars(F", "\\in Others : WF_vars(F", ""),
    ],
)
def test_excerpt_of_fairness_is_about_the_actions_that_differ(
    tmp_path: Path, old: str, new: str, subject: str
) -> None:
    project = load_project(changed_project(tmp_path, *fairness_shown(FAIRNESS.replace(old, new))))
    context = context_of(project, read_artefacts(project.protocols[0]))
    assert [each.subject for each in apply((excerpts_that_differ,), context)] == [subject]


@pytest.mark.parametrize(
    ("old", "new"),
    [(', "DONE"', ""), ("= 0]", "= 1]"), ('    /\\ clientState[c] \\in {"WRITING", "DONE"}\n', "")],
)
def test_excerpt_that_differs_is_found(tmp_path: Path, old: str, new: str) -> None:
    (message,) = said_of(tmp_path, JOURNAL, FINISH.replace(old, new))
    code, place, *_words = message.split()
    assert (code, place.partition(":")[0]) == ("CF330", JOURNAL)
    assert message.endswith("`Finish` is not as in tlaplus/PageJournal.tla")


def test_excerpt_of_fizzbee_is_compared(tmp_path: Path) -> None:
    assert said_of(tmp_path / "same", BOOKING, FIZZ) == []
    (message,) = said_of(tmp_path / "other", BOOKING, FIZZ.replace('== "OPEN"', '!= "BOOKED"'))
    assert message.endswith("`Book` is not as in fizzbee/SeatBooking.fizz")
