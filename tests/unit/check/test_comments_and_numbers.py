"""Comments of models, layers, ranges, links, examples: a wrong number is found in its place."""

from __future__ import annotations

from pathlib import Path

import pytest

from conform.check.cf224_numbering import misnumbered
from conform.check.cf232_command import bad_commands
from conform.check.cf233_missing_section import missing_parts
from conform.check.cf235_stated_number import wrong_numbers
from conform.check.cf237_primitive import primitives_used
from conform.check.cf248_comment_number import misnumbering_comments
from conform.check.cf249_action_range import ranges_of_actions
from conform.check.cf250_comment_claim import wrong_comments
from conform.check.cf251_assumption import differing_assumptions
from conform.check.cf252_layer_number import differing_numbers
from conform.check.cf253_link_label import mislabelled_links
from conform.check.cf254_worked_example import wrong_examples
from conform.check.cf255_action_in_words import misdescribed_actions
from conform.check.cf256_action_in_text import misnumbered_actions
from conform.check.cf257_default_value import differing_defaults
from conform.check.cf258_unknown_construct import unknown_constructs
from conform.check.comments.model_comments import remarks_of
from conform.check.rules import Rule, apply
from conform.commands.artefacts import read_artefacts
from conform.commands.stages.mapping import context_of
from conform.config import load_project
from conform.text import Source
from tests.unit.check.journal import Change, changed_project
from tests.unit.languages.markdown.pages import page

RULES: tuple[Rule, ...] = (
    missing_parts,
    bad_commands,
    misnumbered,
    wrong_numbers,
    primitives_used,
    misnumbering_comments,
    ranges_of_actions,
    wrong_comments,
    differing_numbers,
    mislabelled_links,
    wrong_examples,
    differing_assumptions,
    misdescribed_actions,
    misnumbered_actions,
    differing_defaults,
    unknown_constructs,
)
README = "README.md"
BOOKING = "2-seat-booking-protocol.md"
PATTERN = "0-shared-store-pattern.md"
JOURNAL = "1-page-journal-protocol.md"
MODULE = "tlaplus/PageJournal.tla"
SEATS = "tlaplus/SeatBooking.tla"
FIZZ = "fizzbee/SeatBooking.fizz"
SMALL = "tlaplus/PageJournal.cfg"
SPEC = "examples/page-store/SPEC.md"
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


ASSUME = (
    "ASSUME /\\ 1 <= SealStart\n       /\\ SealStart =< SealEnd\n       /\\ SealEnd < LastPage\n"
)


def assuming(text: str) -> tuple[Change, Change]:
    """State assumptions in the document of the journal, and the ASSUME of ASSUME in its module."""
    module = (MODULE, "VARIABLES pageTable", f"{ASSUME}VARIABLES pageTable")
    return module, (JOURNAL, "## 2. State", f"Assumptions: {text}.\n\n## 2. State")


def said(text: str) -> Change:
    """Say something in the section on actions of the journal's document."""
    return JOURNAL, "## 4. Actions\n", f"## 4. Actions\n\n{text}\n"


def in_spec(text: str) -> Change:
    """Put a table of defaults and a sentence at the top of the SPEC of the example."""
    table = "| Setting | Default |\n|---|---|\n| `max_tries` | 1,000 |\n\n"
    return SPEC, "# ", f"{table}{text}\n\n# "


def in_row(words: str) -> Change:
    """Say something of the page on the pattern in a row of a table that links to it."""
    row = f"| 0 | [pattern](0-shared-store-pattern.md) | {words} |"
    table = f"| Layer | Page | Words |\n|---|---|---|\n{row}\n\n"
    return README, "## Mapping: Page Journal", f"{table}## Mapping: Page Journal"


BATCHES = """\
| Write | Pages | Entry |
|---|---|---|
| A | 1, 2, 3 | `3 → (LOG, 3)` |
| B | 4 | `4 → (LOG, 1)` |
| C | 5, 6 | `{} → (LOG, 2)` |

After these writes `nextPage` is {}.
"""
OWN_TABLE = "| Primitive | Used by |\n|---|---|\n| `Claim` | Hold |\n| `Swap` | Book |\n\n"
COSTS = "| Primitive | Cost |\n|---|---|\n| `Swap` | 2 |\n| `Fetch` | 1 |\n| `{}` | 1 |\n\n"
RULES_OF_PAGE = "| Rule | Says |\n|---|---|\n| S7 | one |\n| S8 | two |\n| {} | three |\n\n"
RECIPE = "\tjava -jar tla2tools.jar -config tlaplus/{} tlaplus/PageJournal.tla\n"


def in_makefile(file: str, line: str = RECIPE) -> Change:
    """Have a recipe of the Makefile run TLC."""
    return "Makefile", "\t@echo", line.format(file) + "\t@echo"


def in_page_about_the_journal(text: str) -> Change:
    """Have the SPEC of the example name the journal's document alone, and say something."""
    link = "[the journal](../../1-page-journal-protocol.md)"
    return SPEC, "says where)", f"says where for {link}), {text}"


RIGHT: list[Change] = [
    (MODULE, "Commit(c) ==\n", "\\* Action 2: Commit\nCommit(c) ==\n"),
    (MODULE, "Commit(c) ==\n", "\\* Action 2: One step of a client\nCommit(c) ==\n"),
    in_page_about_the_journal("as S1-S2 ask"),
    in_page_about_the_journal("as said:\n\n- S8: its own rule\n- its other rule\n\nSee S8, S9"),
    (PATTERN, "## 3. Limits", RULES_OF_PAGE.format("S9") + "## 3. Limits"),
    (PATTERN, "## 3. Limits", COSTS.format("Claim") + "## 3. Limits"),
    (BOOKING, "Primitives used:", OWN_TABLE + "Primitives used:"),
    in_makefile("PageJournal.cfg"),
    said("Eight actions are defined in another document."),
    said(BATCHES.format(6, 7)),
    said("The first two actions are the client's. The remaining five are the sealer's."),
    (
        JOURNAL,
        "Layer 1, on the",
        "- **Layer 0 (pattern):** [pattern](0-shared-store-pattern.md)\n\nOn the",
    ),
    in_makefile("Other.cfg", "\tcp tlaplus/PageJournal.cfg tlaplus/{}\n"),
    in_makefile("Other.cfg", "\tfizz check > tlaplus/{}\n"),
    in_row("Five abstract primitives"),
    said("It keeps two hundred thousand pages: claims, seals, and all that is said of them."),
    said("Each has one step. Two ends are defined:\n\n- the first page\n- the last page"),
    said("Each is at its end: a batch of 3 records with offsets 1..3 is stored at key 3."),
    said("A batch of 3 records that gets the offsets 4 to 6 is stored at key 4 with `count = 3`."),
    said("A batch of 2 records and a batch of 3 records get the offsets 1..5."),
    (README, "> **Note**: some", "- `MaxPages = 1`: one page a batch\n\n> **Note**: some"),
    said("It has three parts: writing, sealing, and toggling the state."),
    said("A batch has two ends: the first page of the batch."),
    said("It writes at Action 5 (merged pages), and in Action 2 (one page)."),
    said("Begin a batch (Action 1), seal a range (Action 4), trim what is old (Action 6)."),
    said(
        "Action 2: Commit, `SealBegin` (Action 4). The `SealBegin` action, the property `TypeOK`."
    ),
    in_spec("At most `max_tries` (1000) tries, `other` (3)."),
    (SMALL, "CONSTANTS", "\\* Small: 2 clients, 3 pages\nCONSTANTS"),
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
        "> **Note**: an entry at key 3 with `count = 2` covers pages 2 and 3. The entry at 6 "
        "starts at 6 - 2 + 1 = 5, so it covers offset 5. Some",
    ),
]

WRONG: list[tuple[Change, str, str]] = [
    (
        (MODULE, "Commit(c) ==\n", "\\* Action 2: WriteCommit\nCommit(c) ==\n"),
        "CF248",
        f"{MODULE}:27: action 2 is `Commit`, and nothing is called `WriteCommit`",
    ),
    (
        (JOURNAL, "section 5 and S2", "section 5 and S1-S4"),
        "CF233",
        f"{JOURNAL}:119: the document has no property S4",
    ),
    (
        in_page_about_the_journal("as S4 asks"),
        "CF233",
        f"{SPEC}:16: the document has no property S4",
    ),
    (
        (PATTERN, "## 3. Limits", RULES_OF_PAGE.format("S7") + "## 3. Limits"),
        "CF224",
        f"the label S7 is there twice: here and at {PATTERN}:26:3",
    ),
    (
        (PATTERN, "## 3. Limits", COSTS.format("Grab") + "## 3. Limits"),
        "CF237",
        f"{PATTERN}:28: the table of primitives above defines no `Grab`",
    ),
    (
        (BOOKING, "Primitives used: `Claim`", OWN_TABLE + "Primitives used: `Grab`, `Claim`"),
        "CF237",
        f"{BOOKING}:15: {PATTERN} defines no primitive `Grab`",
    ),
    (
        in_makefile("PageJournal-large.cfg"),
        "CF232",
        "Makefile:7: there is no file `tlaplus/PageJournal-large.cfg`",
    ),
    (
        in_makefile("PageJournal-big.cfg", RECIPE.replace("-jar", "-cp")),
        "CF232",
        "Makefile:7: there is no file `tlaplus/PageJournal-big.cfg`",
    ),
    (
        said("It has four parts: writing, sealing, and toggling the state."),
        "CF235",
        f"{JOURNAL}:38: the text announces four, and 3 follow",
    ),
    (
        said("Sealing is a 4-step change: begin (Action 4), merge (Action 5), trim (Action 6)."),
        "CF235",
        f"{JOURNAL}:38: the text announces 4, and 3 follow",
    ),
    (
        said("Merge the batches (Action 5), trim what is old (Action 7)."),
        "CF255",
        "action 7 is `Toggle`; these words are those of `Trim`, action 6",
    ),
    (
        in_row("Six abstract primitives"),
        "CF235",
        f"{README}:46: the text says Six primitives, and there are 5",
    ),
    (
        said("Each has one step. Three ends are defined:\n\n- the first page\n- the last page"),
        "CF235",
        f"{JOURNAL}:38: the text announces Three, and 2 follow",
    ),
    (
        said("Each is at its last page: a batch of 3 records, offsets 1..3, is stored at key 1."),
        "CF254",
        f"{JOURNAL}:38: the range 1 to 3 ends at 3",
    ),
    (
        said("A batch of 4 records that gets the offsets 1-3 is stored at key 3."),
        "CF254",
        f"{JOURNAL}:38: the range 1 to 3 is of 3",
    ),
    (
        said("A batch of 3 records at offsets 4 to 6 has `count = 2`."),
        "CF254",
        f"{JOURNAL}:38: the range 4 to 6 has 3",
    ),
    (
        said("It writes at Action 6 (merged pages)."),
        "CF255",
        "action 6 is `Trim`; these words are those of `Merge`, action 5",
    ),
    (
        said("First comes `SealBegin` (Action 5)."),
        "CF256",
        f"{JOURNAL}:38: `SealBegin` is action 4 in {JOURNAL}, not 5",
    ),
    (
        (SPEC, "# ", "| Operation | Action |\n|---|---|\n| seal | 5 SealBegin |\n\n# "),
        "CF256",
        f"{SPEC}:3: `SealBegin` is action 4 in {JOURNAL}, not 5",
    ),
    (
        in_spec("At most `max_tries` (500) tries."),
        "CF257",
        f"{SPEC}:5: `max_tries` is 500 here, and 1,000 in the table",
    ),
    (
        in_spec("Up to `max_tries` tries (default 500)."),
        "CF257",
        f"{SPEC}:5: `max_tries` is default 500 here, and 1,000 in the table",
    ),
    (
        said("It is bounded by the constraint `PageBound`."),
        "CF258",
        f"{JOURNAL}:38: `PageBound` is defined nowhere in the project",
    ),
    (
        said("All:\n\n```\nBegin --> Commit --> Finish\n  ^---- SealOpens\n```\n\nSo it is."),
        "CF258",
        f"{JOURNAL}:42: `SealOpens` is defined nowhere in the project",
    ),
    (
        (SMALL, "CONSTANTS", "\\* Small: 3 clients\nCONSTANTS"),
        "CF250",
        f"{SMALL}:2: the comment says 3 clients, and there are 2",
    ),
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
        f"{MODULE}:2: `Sealing` is actions 4 to 6 in the document, not actions 4 to 5",
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
        (README, "Setting up:", "Keys: at key 4 with `count = 2` covers the pages 2, 3 and 4. Up:"),
        "CF254",
        f"{README}:9: an entry at 4 of this size covers 3 to 4",
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
        said("There are six safety properties besides the type invariant."),
        "CF235",
        f"{JOURNAL}:38: the text says six safety properties, and there are 2 or 3",
    ),
    (
        said("The clientState has four states."),
        "CF235",
        f"{JOURNAL}:38: the text says four for `clientState`, and there are 3",
    ),
    (
        said("All 4 safety and one liveness properties hold."),
        "CF235",
        f"{JOURNAL}:38: the text says 4 safety properties, and there are 2 or 3",
    ),
    (
        said("Eight actions are defined. Each is atomic."),
        "CF235",
        f"{JOURNAL}:38: the text says Eight actions, and there are 7",
    ),
    (
        said("The first two actions are the client's. The remaining four are the sealer's."),
        "CF235",
        f"{JOURNAL}:38: the text says 6 actions in the two parts, and there are 7",
    ),
    (
        said(BATCHES.format(5, 7)),
        "CF254",
        f"{JOURNAL}:42: the offsets of this row end at 6",
    ),
    (
        said(BATCHES.format(6, 6)),
        "CF254",
        f"{JOURNAL}:44: the last of these offsets is 6, and the next one 7",
    ),
    (
        said("Four safety properties are required to hold in each state. Each is stated."),
        "CF235",
        f"{JOURNAL}:38: the text says Four safety properties, and there are 2 or 3",
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


def test_title_of_a_model_with_another_protocols_number_is_found(tmp_path: Path) -> None:
    (message,) = found(
        tmp_path, comment("The Journal (Protocol 2)", "It has", "what Seats (Protocol 2) have")
    )
    assert message.startswith(f"CF252 {MODULE}:2: ")
    assert message.endswith("this is a model of protocol 1, not 2")


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("Action 3: Book", ["`Book` is action 2 in the document, not 3"]),
        ("S2 OneHolder is left out", ["`OneHolder` is S1 in the document, not S2"]),
        ("S1 OneHolder is left out", []),
        ("S2 and OneHolder are left out", []),
    ],
)
def test_comments_of_fizzbee_models_are_read_too(
    tmp_path: Path, line: str, expected: list[str]
) -> None:
    configs = "configs: {small: tlaplus/SeatBooking.cfg}}\n"
    named = ("conform.yaml", configs, configs + "    fizzbee: {module: fizzbee/SeatBooking.fizz}\n")
    book = (FIZZ, "atomic action Book:", f"# {line}\natomic action Book:")
    messages = found(tmp_path, named, book)
    assert messages == [f"CF248 {FIZZ}:8: {each}" for each in expected]


def test_assumptions_are_compared_pair_by_pair(tmp_path: Path) -> None:
    right = assuming("`1 ≤ SealStart ≤ SealEnd < LastPage` and `MaxPages ≥ 1`")
    assert found(tmp_path / "right", *right) == []
    (message,) = found(tmp_path / "wrong", *assuming("`LastPage ≥ SealEnd`, `1 ≤ SealStart`"))
    assert message.split()[0] == "CF251"
    assert message.endswith("assumes LastPage >= SealEnd, and the module SealEnd < LastPage")


def test_values_that_the_module_assumes_away_are_found(tmp_path: Path) -> None:
    module = (MODULE, "VARIABLES pageTable", f"{ASSUME}VARIABLES pageTable")
    table = (JOURNAL, "| `SealEnd` | `3` | `4` |", "| `SealEnd` | `3` | `6` |")
    (message,) = found(tmp_path / "table", module, table)
    assert message.split()[0] == "CF251"
    assert message.endswith(
        "the module assumes SealEnd < LastPage, and the document has `LastPage` = 6 and "
        "`SealEnd` = 6 (Medium)"
    )
    item = (README, "> **Note**: some", "- `SealStart = 0`: from the top\n\n> **Note**: some")
    (message,) = found(tmp_path / "item", module, item)
    assert message.endswith("assumes 1 <= SealStart, and the document has `SealStart` = 0")
    either = (MODULE, "VARIABLES pageTable", "ASSUME 1 <= SealStart \\/ TRUE\nVARIABLES pageTable")
    assert found(tmp_path / "either", either, item) == []


def test_what_the_readme_links_to_is_looked_at(tmp_path: Path) -> None:
    unnamed = ("conform.yaml", "    mapping: [README.md]\n", "")
    (message,) = found(tmp_path, unnamed, in_spec("At most `max_tries` (500) tries."))
    assert message.startswith(f"CF257 {SPEC}:5")


def test_counts_in_tables_are_those_of_the_row() -> None:
    text = "## Results\n\n| Config | Distinct states | Depth | Time |\n|---|---|---|---|\n"
    text += "| Small (`A.cfg`) | 66,770 | 33 | 4 s |\n| Medium | ~10^7 | — | 2 h |\n"
    counts = [(each.measure, each.value, each.context[-30:]) for each in page(text).counts]
    assert [(measure, value) for measure, value, _ in counts] == [
        ("distinct states", 66770),
        ("depth", 33),
        ("distinct states", 10**7),
    ]
    assert "A.cfg" in counts[0][2]


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
