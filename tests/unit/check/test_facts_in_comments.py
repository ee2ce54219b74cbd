r"""What comments of a model say of the code below them: what that contradicts is found."""

from __future__ import annotations

from pathlib import Path

import pytest

from conform.check.cf250_comment_claim import wrong_comments
from conform.check.cf272_values_in_comment import values_in_comments
from conform.check.comments.comment_facts import facts_in_comments
from conform.check.comments.opposed_words import opposed_descriptions
from conform.check.comments.settings_in_comments import settings_in_comments
from conform.check.sentences.protocol_statements import statements_about_protocols
from tests.unit.check.journal import Change, messages_of

MODULE = "tlaplus/PageJournal.tla"
CONFIG, README = "tlaplus/PageJournal.cfg", "README.md"
RULES = (
    wrong_comments,
    values_in_comments,
    facts_in_comments,
    settings_in_comments,
    statements_about_protocols,
    opposed_descriptions,
)
VARIABLES = "VARIABLES pageTable, nextPage, journalState, clientState, clientPages, sealerState"


def head(text: str) -> Change:
    """Put a comment at the top of the module."""
    return MODULE, "EXTENDS Integers", f"(* {text} *)\nEXTENDS Integers"


def told(text: str) -> Change:
    """Say something in the README."""
    return README, "# ", f"{text}\n\n# "


def above(name: str, text: str) -> Change:
    """Put a comment above a definition."""
    return MODULE, f"\n{name} ==", f"\n\\* {text}\n{name} =="


def behind(name: str, text: str) -> Change:
    """Put a comment behind the declaration of a variable."""
    one_a_line = VARIABLES.replace(", ", ",\n    ").replace("VARIABLES ", "VARIABLES\n    ")
    return MODULE, VARIABLES, one_a_line.replace(f"    {name},", f"    {name},  \\* {text}")


@pytest.mark.parametrize(
    ("change", "message"),
    [
        (head("Variables: pageTable, nextPage, clientPage"), "`clientPage` is neither"),
        (head("Properties: Readable, Ordered and Sealing"), "`Sealing` is neither"),
        (head("Invariants: TypeOK, Readable, Covering"), "`Covering` is neither"),
        (head("one safety and one liveness properties"), "says one safety properties"),
        (head("Actions 1 to 9"), "no action 9"),
        (head("Client states: IDLE, WRITING, SENT."), "DONE, SENT are in one of the two"),
        (head("A client has four states: IDLE, WRITING, SENT, DONE."), "SENT is in one"),
        (head("A client has three states: IDLE, WRITING and SENT."), "DONE, SENT are in one"),
        (head("In the small configuration LastPage = 6."), "`LastPage` is 5"),
        (head("nextPage starts at 0."), "`nextPage` is 1 to begin with"),
        (head("Small configuration: 3 clients"), "there are 2 in tlaplus/PageJournal.cfg"),
        (head("Fairness: strong on Merge, weak on Trim."), "`Merge` has weak fairness"),
        (head("Trim has no fairness."), "`Trim` has weak fairness"),
        (head("Weak fairness of Merge and Toggle."), "`Toggle` has no fairness"),
        (head("Weak fairness of Merge, none on\n   Trim"), "`Trim` has weak fairness"),
        (behind("nextPage", "the last page handed out"), "says “next” of `nextPage`"),
        (head("LastPage is 7."), "`LastPage` is 5 or 6"),
        ((CONFIG, "SPEC", "\\* LastPage 6\nSPEC"), "`LastPage` is 5"),
        (told("Protocol 1 has five variables."), "five variables, and there are 6"),
        (told("- Page Journal: 3 safety, 1 liveness"), "3 safety properties, and there are 2"),
        (told("Page Journal is checked for S1-S3."), "no property S3"),
        (told("| Protocol | Variables |\n|---|---|\n| Page Journal | 5 |"), "says 5 variables"),
        (told("It assumes strong fairness of `Merge`."), "`Merge` has weak fairness"),
        (behind("clientPages", "client -> 1..MaxPages"), "`clientPages` has 0..MaxPages"),
        (behind("clientPages", "[MaxPages -> 0..MaxPages]"), "`clientPages` has Clients"),
        (behind("nextPage", "a number, starts at 0"), "`nextPage` is 1 to begin with"),
        (behind("clientState", "client -> IDLE | WRITING | SENT"), "DONE, SENT are in one"),
        (behind("journalState", "journal: OPEN or SHUT"), "CLOSED, SHUT are in one"),
        (above("Merge", "MERGING -> IDLE"), "`Merge` has nothing of `IDLE`"),
        (above("Begin(c)", 'Requires clientState[c] = "DONE".'), "`Begin` looks for IDLE"),
        (above("Begin(c)", "Changes clientState only."), "`clientPages` is changed as well"),
        (head("Deadlock checking is on."), "says Deadlock checking is on, and it is not looked"),
        ((CONFIG, "SPEC", "\\* Deadlocks are checked\nSPEC"), "and it is not looked for"),
        ((CONFIG, "SPEC", "\\* Symmetry is used.\nSPEC"), "has no SYMMETRY"),
        (head("Seal beginnings are not modelled."), "PageJournal.tla has SealBegin"),
        (head("Not modelled: Toggle, and disks."), "PageJournal.tla has Toggle"),
        (above("SealBegin", "SealBegins: the sealer starts"), "the definition below is"),
    ],
)
def test_comment_that_the_code_contradicts(tmp_path: Path, change: Change, message: str) -> None:
    found = messages_of(RULES, tmp_path, change)
    assert [message in each for each in found] == [True], found


@pytest.mark.parametrize(
    "change",
    [
        head("Variables: pageTable, nextPage, clientPages"),
        head("Deadlock checking is off, and symmetry is not used. Deadlocks are checked by hand."),
        (CONFIG, "SPEC", "\\* No symmetry is used, deadlocks are not checked.\nSPEC"),
        head("Crashes are not modelled. Not modelled: time, disks. A seal is not modelled."),
        head("Two safety and one liveness properties"),
        head("Actions 1 to 7"),
        head("Client states: IDLE, WRITING, DONE."),
        head("Busy states: MERGING, TRIMMING."),
        head("In the small configuration LastPage = 5, and nextPage starts at 1."),
        head("Small configuration: 2 clients. Weak fairness of Merge and Trim."),
        head("Toggle has no fairness. With LastPage = 9 it is larger, LastPage = 1 is little."),
        (CONFIG, "SPEC", "\\* LastPage 5\nSPEC"),
        told("Protocol 1 has six variables, 2 safety and 1 liveness properties (S1-S2)."),
        told("| Protocol | Variables |\n|---|---|\n| Seat Booking | 3 |\n| Page Journal | 6 |"),
        told("It assumes weak fairness of `Merge`. Protocol 2 has 3 variables."),
        behind("clientPages", "[Clients -> 0..MaxPages], starts at 0"),
        behind("clientState", "client -> IDLE | WRITING | DONE"),
        above("Merge", "MERGING -> TRIMMING"),
        head("Weak fairness of Merge, none on Toggle"),
        behind("nextPage", "the page behind the last, the next to hand out"),
        behind("sealerState", "what was last sealed"),
        above("Finish(c)", "WRITING -> IDLE, DONE -> IDLE: clientState[c] = WRITING or DONE"),
        above("Begin(c)", "Changes clientState and clientPages only."),
    ],
)
def test_comment_that_agrees(tmp_path: Path, change: Change) -> None:
    assert messages_of(RULES, tmp_path, change) == []


@pytest.mark.parametrize(("none", "found"), [("-1", ["`seatOf` returns 0"]), ("0", [])])
def test_number_that_a_function_never_returns(tmp_path: Path, none: str, found: list[str]) -> None:
    function = "def seatOf(seats):\n    for s in seats:\n        return s\n    return 0"
    fizz, begins = "fizzbee/SeatBooking.fizz", "action Init:"
    code = f"# The first seat, {none} if there is none.\n{function}\n\n{begins}"
    only = "{small: tlaplus/SeatBooking.cfg}}"
    project = ("conform.yaml", only, f"{only}\n    fizzbee: {{module: {fizz}}}")
    told = messages_of((facts_in_comments,), tmp_path, project, (fizz, begins, code))
    assert [each.partition(": ")[2] for each in told] == found
