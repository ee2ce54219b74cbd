"""What is left behind where a protocol grows in haste: found, and what resembles it is not."""

from __future__ import annotations

from pathlib import Path

import pytest

from conform.check.cf201_unmapped_construct import unmapped_constructs
from conform.check.cf212_missing_parameter import missing_parameters
from conform.check.cf219_result_row import unknown_results
from conform.check.cf231_missing_file import missing_files
from conform.check.cf232_command import bad_commands
from conform.check.cf233_missing_section import missing_parts
from conform.check.cf244_value_outside_type import values_outside_types
from conform.check.cf258_unknown_construct import unknown_constructs
from conform.check.cf271_sizes import sizes_of_configurations
from conform.check.cf352_unmodelled import unmodelled_constructs
from tests.unit.check.journal import Change, changed_project, found_in, messages_of
from tests.unit.check.relay import DOCUMENT as RELAY
from tests.unit.check.relay import FIZZ, relay
from tests.unit.check.relay import MODULE as RELAY_MODULE

README = "README.md"
JOURNAL = "1-page-journal-protocol.md"
MODULE = "tlaplus/PageJournal.tla"
RULES = (
    unknown_results,
    missing_files,
    bad_commands,
    missing_parts,
    values_outside_types,
    unknown_constructs,
    sizes_of_configurations,
)

NO_GAP = (MODULE, "Covers(p, page) ==", "NoGap == nextPage >= 1\n\nCovers(p, page) ==")
RESULTS = (
    "\n## 7. Results\n\n| Property | Type | Expected |\n|---|---|---|\n"
    "| `Readable` | Safety | PASS |\n| `NoGap` | Safety | PASS |\n"
)
MUTATIONS = (
    "\n## 7. Bug hunting\n\n| Mutation | Expected violation |\n|---|---|\n"
    "| Trim before merging | `{}` |\n"
)
SIZES = (
    "\n## 7. State space\n\n| Config | Clients | LastPage |\n|---|---|---|\n| Medium | 3 | {} |\n"
)
LAST_ROW = "| `MaxPages` | `2` | `3` | batch size |\n"
ROW = "IDLE → WRITING → DONE → IDLE"


def below(text: str) -> Change:
    return JOURNAL, LAST_ROW, LAST_ROW + text


def said(text: str) -> Change:
    return README, "The module `tlaplus", f"{text}\n\nThe module `tlaplus"


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        (
            [NO_GAP, below(RESULTS)],
            "this row of results names `NoGap`, which 1-page-journal-protocol.md does not state",
        ),
        ([below(MUTATIONS.format("ReadableAll"))], "`ReadableAll` is defined nowhere"),
        (
            [below(SIZES.format(8))],
            "the table says 8 of `LastPage`, and tlaplus/PageJournal-medium.cfg has 6",
        ),
        (
            [(JOURNAL, ROW, "IDLE → WRITING → DONE → CLOSING → IDLE")],
            "`clientState` has no value `CLOSING` in its type",
        ),
        (
            [(JOURNAL, "page < nextPage ⇒", "page < nextPage ∧ pageTable[page] = FREE ⇒")],
            "an element of `pageTable` is a record, and never FREE",
        ),
        ([said("For the full text see the LICENSE file.")], "there is no `LICENSE`"),
        (
            [("Makefile", "mkdir -p tools", "./scripts/tools.sh")],
            "there is no file `./scripts/tools.sh`",
        ),
        (
            [said("See `examples/page-store/SPEC.md` §5.3 for it.")],
            "examples/page-store/SPEC.md has no section 5.3",
        ),
    ],
)
def test_what_was_left_behind_is_found(
    tmp_path: Path, changes: list[Change], expected: str
) -> None:
    messages = messages_of(RULES, tmp_path, *changes)
    assert len(messages) == 1, messages
    assert expected in messages[0]


@pytest.mark.parametrize(
    "changes",
    [
        # the document speaks of the property elsewhere, or has no model for it to be in
        [NO_GAP, below(RESULTS + "\n`NoGap` follows from the type of `nextPage`.\n")],
        [below(MUTATIONS.format("Readable"))],
        [below(MUTATIONS.format("deadlock"))],
        [below(SIZES.format(6))],
        # rows of other things than values, and a type with two of the names alone
        [(JOURNAL, ROW, "IDLE → WRITING → GONE")],
        [(JOURNAL, ROW, "Begin → Commit → Finish → Rest")],
        [(JOURNAL, ROW, "START → IDLE → WRITING → DONE")],
        [(JOURNAL, ROW, "IDLE → WRITING → DONE → rested")],
        # where elements begin with a plain value, it is short for a record
        [
            (JOURNAL, "`[p ∈ 1..LastPage ↦ [kind ↦ FREE, count ↦ 0]]`", "all `FREE`"),
            (JOURNAL, "page < nextPage ⇒", "page < nextPage ∧ pageTable[page] = FREE ⇒"),
        ],
        [(JOURNAL, "The switch between", "Where `pageTable[p] = FREE` it is. The switch")],
        [("Makefile", "mkdir -p tools", "curl -o ./scripts/tools.sh the-tools")],
        [said("See `examples/page-store/SPEC.md` §5 and the NOTES file.")],
    ],
)
def test_what_only_resembles_it_is_no_finding(tmp_path: Path, changes: list[Change]) -> None:
    assert messages_of(RULES, tmp_path, *changes) == []


UNSTATED = [
    (RELAY, "| `MaxStamp` | Nat | Bound of the stamps, for the model alone |\n", ""),
    (RELAY, "| `MaxStamp` | 4 | 6 | `StampBound` cuts off what lies beyond |\n", ""),
    ("README.md", "| `MaxStamp` | `4` | `6` | Stamp bound (state constraint) |\n", ""),
]
UNBOUND = [(FIZZ, "MAX_STAMP = 4\n", ""), (FIZZ, "    require stamp < MAX_STAMP\n", "")]
OTHERWISE = [(FIZZ, "MAX_STAMP = 4\n", "CUT = 4\n"), (FIZZ, "stamp < MAX_STAMP", "stamp < CUT")]


@pytest.mark.parametrize(("edits", "is_missed"), [(UNBOUND, True), (OTHERWISE, False), ([], False)])
def test_constant_that_the_module_alone_has_is_missed_in_fizzbee(
    edits: list[Change], is_missed: bool
) -> None:
    repository = relay()
    for edit in (*UNSTATED, *edits):
        repository = repository.edited(*edit)
    messages = [each.message for each in missing_parameters(repository.context_with_pages())]
    missed = "constant `MaxStamp` of tlaplus/Relay.tla has no counterpart in fizzbee/Relay.fizz"
    assert (missed in messages) is is_missed
    assert any("no row for `MaxStamp`" in each for each in messages)


@pytest.mark.parametrize("bound", ["", " FizzBee stops at `max_actions`."])
def test_bound_of_the_module_alone_is_not_missed_where_fizzbee_has_its_own(bound: str) -> None:
    repository = relay().edited(
        RELAY, "for the model alone |", f"for the model alone |\n\n{bound}\n"
    )
    for edit in UNBOUND:
        repository = repository.edited(*edit)
    messages = [each.message for each in missing_parameters(repository.context_with_pages())]
    missed = "constant `MaxStamp` has no counterpart in fizzbee/Relay.fizz"
    assert (missed in messages) is not bool(bound)


LATE = "### Action 7: {}(c)\n\n- **Guard**: `gate = SHUT`\n- **Effect**: `gate := OPEN`\n\n"


@pytest.mark.parametrize(("name", "code"), [("StallLate", "CF201"), ("GoOn", "CF352")])
def test_case_that_a_model_takes_in_its_action_lacks_a_row_alone(name: str, code: str) -> None:
    stated = relay().edited(RELAY, "## 5. Properties", LATE.format(name) + "## 5. Properties")
    project = stated.edited(RELAY_MODULE, "Stall(c) ==\n", f"{name}(c) == FALSE\n\nStall(c) ==\n")
    context = project.context_with_pages()
    found = [*unmodelled_constructs(context), *unmapped_constructs(context)]
    assert [each.code for each in found if f"`{name}`" in each.message] == [code]


GUARDED = (MODULE, "Finish(c) ==\n", "Finish(c) ==\n    /\\ clientPages[c] # 9\n")


def test_line_of_a_guard_about_what_the_document_only_assigns_is_found(tmp_path: Path) -> None:
    ((found, under), *others) = found_in(changed_project(tmp_path, GUARDED))
    assert not others
    assert (found.code, found.message) == (
        "CF242",
        "the model's `Finish` asks for `clientPages[c] # 9`, and the document's action only "
        "assigns `clientPages`",
    )
    assert under.endswith("Action 3: Finish(c)")


def test_line_of_a_guard_that_the_section_explains_is_no_finding(tmp_path: Path) -> None:
    words = "### Action 3: Finish(c)\n\n`clientPages[c]` is never 9 here.\n"
    explained = (JOURNAL, "### Action 3: Finish(c)\n", words)
    assert found_in(changed_project(tmp_path, GUARDED, explained)) == []
