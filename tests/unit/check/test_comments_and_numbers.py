"""Comments of models, layers, ranges, links, examples: a wrong number is found in its place."""

from __future__ import annotations

from pathlib import Path

import pytest

from conform.check.cf233_missing_section import missing_parts
from conform.check.cf235_stated_number import wrong_numbers
from conform.check.cf237_primitive import primitives_used
from conform.check.cf248_comment_number import misnumbering_comments
from conform.check.cf249_action_range import ranges_of_actions
from conform.check.cf250_comment_claim import wrong_comments
from conform.check.cf252_layer_number import differing_numbers
from conform.check.cf253_link_label import mislabelled_links
from conform.check.cf254_worked_example import wrong_examples
from conform.check.model_comments import remarks_of
from conform.check.rules import Rule, apply
from conform.commands.artefacts import read_artefacts
from conform.commands.stages.mapping import context_of
from conform.config import load_project
from conform.text import Source
from tests.unit.check.journal import Change, changed_project

RULES: tuple[Rule, ...] = (
    missing_parts,
    wrong_numbers,
    primitives_used,
    misnumbering_comments,
    ranges_of_actions,
    wrong_comments,
    differing_numbers,
    mislabelled_links,
    wrong_examples,
)
README = "README.md"
PATTERN = "0-shared-store-pattern.md"
JOURNAL = "1-page-journal-protocol.md"
MODULE = "tlaplus/PageJournal.tla"
SEATS = "tlaplus/SeatBooking.tla"
FIZZ = "fizzbee/SeatBooking.fizz"
SMALL = "tlaplus/PageJournal.cfg"
HEAD = "EXTENDS Integers\nCONSTANTS Clients"


def found(folder: Path, *changes: Change) -> list[str]:
    project = load_project(changed_project(folder, *changes))
    messages: dict[str, None] = {}
    for entry in project.protocols:
        context = context_of(project, read_artefacts(entry))
        for each in apply(RULES, context):
            assert each.span is not None
            messages[f"{each.code} {each.span.path}:{each.span.line}: {each.message}"] = None
    return list(messages)


def comment(*lines: str) -> Change:
    """Put lines of a block comment at the top of the module of the journal."""
    return MODULE, HEAD, "\n".join(f"(* {line} *)" for line in lines) + "\n" + HEAD


RIGHT: list[Change] = [
    comment("TLA+ model of Protocol 1: Page Journal", "7 actions, 2 safety properties (S1-S2)."),
    comment("See 1-page-journal-protocol.md.  Sealing (Actions 4-6) comes in 3 actions."),
    comment("The first 2 actions of each client, those of Action 1", "Protocol 2 is elsewhere."),
    (MODULE, "Commit(c) ==\n", "\\* Action 2: Commit -- one step\nCommit(c) ==\n"),
    (MODULE, "Readable ==", "\\* S1: every page is there\nReadable =="),
    (SMALL, "CONSTANTS", "\\* Small, for PageJournal.tla\nCONSTANTS"),
    (JOURNAL, "Layer 1, on the [shared", "**Layer**: 1, on the [shared"),
    (README, "-- the journal", "-- Layer 1: Protocol 1"),
    (
        README,
        "Setting up:",
        "Protocols 1 and 2 use the [pattern](0-shared-store-pattern.md), its five primitives. Up:",
    ),
    (
        JOURNAL,
        "(0-shared-store-pattern.md#1-primitives)",
        "(0-shared-store-pattern.md#1-primitives) (see [Section 1](#1-constants))",
    ),
    (README, "give entries at pages 2 and 4.", "give entries at offsets 2 and 4."),
    (
        README,
        "> **Note**: some",
        "> **Note**: an entry at key 3 with `count = 2` covers pages 2 and 3. Some",
    ),
]

WRONG: list[tuple[Change, str, str]] = [
    (
        comment("TLA+ implementation of Protocol 2: Page Journal"),
        "CF248",
        f"{MODULE}:2: the comment speaks of protocol 2, and {JOURNAL} is protocol 1",
    ),
    (
        (MODULE, "Commit(c) ==\n", "\\* Action 3: Commit\nCommit(c) ==\n"),
        "CF248",
        f"{MODULE}:27: `Commit` is action 2 in the document, not 3",
    ),
    (
        (MODULE, "Commit(c) ==\n", "\\* Action 3 -- one step\nCommit(c) ==\n"),
        "CF248",
        f"{MODULE}:27: `Commit` is action 2 in the document, not 3",
    ),
    (
        (MODULE, "Readable ==", "\\* S2: every page is there\nReadable =="),
        "CF248",
        "`Readable` is S1 in the document, not S2",
    ),
    (
        comment("the sealing (Actions 4-5)"),
        "CF249",
        f"{MODULE}:2: `Sealing` is actions 4 to 6 in the document, not 4 to 5",
    ),
    (
        comment("8 actions in all"),
        "CF250",
        f"{MODULE}:2: the comment says 8 actions, and there are 7",
    ),
    (
        comment("three safety properties"),
        "CF250",
        f"{MODULE}:2: the comment says three safety properties, and there are 2",
    ),
    (
        comment("Spec: 1-page-journal.md"),
        "CF250",
        f"{MODULE}:2: there is no `1-page-journal.md` in the project",
    ),
    (comment("checks S1-S4"), "CF250", f"{MODULE}:2: the document has no property S4"),
    (comment("Actions 1-9"), "CF250", f"{MODULE}:2: the document has no action 9"),
    (
        (SMALL, "CONSTANTS", "\\* Small, for PageJournals.tla\nCONSTANTS"),
        "CF250",
        f"{SMALL}:2: there is no `PageJournals.tla` in the project",
    ),
    (
        (README, "| 1 | [1-page", "| 2 | [1-page"),
        "CF252",
        f"{README}:6: {JOURNAL} is layer 2 here, and layer 1 at {JOURNAL}:3:7",
    ),
    (
        (README, "-- layer 0", "-- layer 1"),
        "CF252",
        f"{README}:12: {PATTERN} is layer 1 here, and layer 0 at {PATTERN}:3:7",
    ),
    (
        (README, "-- medium", "-- medium, of Protocol 2"),
        "CF252",
        f"{README}:18: PageJournal-medium.cfg belongs to protocol 1, not 2",
    ),
    (
        (JOURNAL, "[shared-store pattern](0", "[pattern, section 2](0"),
        "CF253",
        f"{JOURNAL}:3: the link says section 2, and leads to `{PATTERN}#1-primitives`",
    ),
    (
        (README, "[1-page-journal-protocol.md]", "[Protocol 2]"),
        "CF253",
        f"{README}:6: the link says protocol 2, and leads to `{JOURNAL}`",
    ),
    (
        (README, "give entries at pages 2 and 4.", "give entries at offsets 2 and 5."),
        "CF254",
        f"{README}:38: these batches end at 2, 4",
    ),
    (
        (
            README,
            "> **Note**: some",
            "> **Note**: an entry at key 3 with `count = 2` covers 1 and 2. Some",
        ),
        "CF254",
        f"{README}:37: an entry at 3 of this size covers 2 to 3",
    ),
    (
        (README, "Setting up:", "Protocols 1, 2 and 4 share it. Up:"),
        "CF233",
        f"{README}:9: there is no document of protocol 4",
    ),
    (
        (
            README,
            "Setting up:",
            "See the [pattern](0-shared-store-pattern.md), its six primitives. Up:",
        ),
        "CF235",
        f"{README}:9: the text says six primitives, and there are 5",
    ),
    (
        (
            JOURNAL,
            "The protocol has six state",
            "The protocol has eight numbered actions and six state",
        ),
        "CF235",
        f"{JOURNAL}:4: the text says eight actions, and there are 7",
    ),
    (
        (
            JOURNAL,
            "primitives\n`Bump`, `Store` and `Fetch`",
            "primitives\nBump, Swap, Store and Fetch",
        ),
        "CF237",
        f"{JOURNAL}:5: `Swap` is not among what {PATTERN} says that this protocol uses",
    ),
]


@pytest.mark.parametrize("change", RIGHT, ids=range(len(RIGHT)))
def test_right_numbers_are_no_finding(tmp_path: Path, change: Change) -> None:
    assert found(tmp_path, change) == []


@pytest.mark.parametrize(("change", "code", "expected"), WRONG, ids=range(len(WRONG)))
def test_wrong_number_is_the_one_finding(
    tmp_path: Path, change: Change, code: str, expected: str
) -> None:
    (message,) = found(tmp_path, change)
    assert message.startswith(f"{code} ")
    assert message.endswith(expected)


def test_comments_of_fizzbee_models_are_read_too(tmp_path: Path) -> None:
    configs = "configs: {small: tlaplus/SeatBooking.cfg}}\n"
    named = ("conform.yaml", configs, configs + "    fizzbee: {module: fizzbee/SeatBooking.fizz}\n")
    book = (FIZZ, "atomic action Book:", "# Action 3: Book\natomic action Book:")
    (message,) = found(tmp_path, named, book)
    assert message == f"CF248 {FIZZ}:8: `Book` is action 2 in the document, not 3"


def test_marks_in_a_matrix_say_what_a_protocol_uses(tmp_path: Path) -> None:
    matrix = "| Primitive | Protocol 1 | Protocol 2 |\n|---|---|---|\n"
    matrix += "| Swap / Claim | | ✓ |\n| Bump | ✓ | |\n| Fetch | ✓ | ✓ |\n| Store | {} | |\n"
    text = "| Protocol | Primitives |\n|---|---|\n| Page Journal | `Bump`, `Store`, `Fetch` |\n"
    text += "| Seat Booking | `Claim`, `Swap`, `Fetch` |\n"
    assert found(tmp_path / "right", (PATTERN, text, matrix.format("✓"))) == []
    (message,) = found(tmp_path / "wrong", (PATTERN, text, matrix.format("")))
    assert "`Store` is not among what" in message


def test_remarks_know_what_they_stand_above() -> None:
    text = "(* One\n   two *)\nA(x) == 1 \\* three\n\n\\* four\n\\* ------\nVARIABLE y\n"
    remarks = [
        ([line.text for line in each.lines], each.about)
        for each in remarks_of(Source("M.tla", text))
    ]
    assert remarks == [(["One", "two"], "A"), (["three"], ""), (["four"], "")]
    fizz = "# S1\n# holds\nalways assertion Good:\n    return x == '#'  # five\n"
    assert [each.about for each in remarks_of(Source("M.fizz", fizz))] == ["Good", ""]
