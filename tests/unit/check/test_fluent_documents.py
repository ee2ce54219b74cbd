"""Documents that were written fluently, and not for a tool: no rule is misled by their habits."""

from __future__ import annotations

import pytest
from msgspec.structs import replace

from conform.check.cf204_undocumented_construct import undocumented_constructs
from conform.check.cf246_claim_of_all import claims_of_all
from conform.check.cf251_assumption import differing_assumptions
from conform.check.cf271_sizes import sizes_of_configurations
from conform.check.cf350_state_count import MeasuredCounts, differing_counts
from conform.check.columns import Role
from conform.check.linking import names_for
from conform.errors import InputError
from conform.languages.markdown.prose import read_prose
from conform.languages.markdown.reading import read_document
from conform.text import Source
from tests.unit.check.relay import DOCUMENT, MODULE, README, SMALL, relay

LAST = "| `StallEnds` | Liveness | PASS | PASS | |\n"
ROW = "| Liveness L2 | `StallEnds` | `always eventually assertion StallEnds` |\n"
PARAMETERS = "## 3. State Variables\n"


def test_name_behind_its_label_needs_no_marks_of_code() -> None:
    table = (
        "# A page\n\n## Results\n\n| Property | TLA+ | FizzBee |\n|---|---|---|\n"
        "| {} | PASS | PASS |\n| S2 TwoAtOnce | PASS | — |\n"
    )
    for cell in ("S1 NoReaderError", "S1: NoReaderError"):
        document = read_document(Source("page.md", table.format(cell)))
        assert [row.property for row in document.results] == ["NoReaderError", "TwoAtOnce"]
    refused: list[InputError] = []
    read_document(Source("page.md", table.format("S1 the readers err")), None, refused)
    assert len(refused) == 1


@pytest.mark.parametrize(
    ("sentence", "count"),
    [
        ("Two couriers are enough; the third courier of the medium configuration is a luxury.", 0),
        ("The medium configuration has two couriers.", 1),
    ],
)
def test_size_beside_a_larger_configuration_is_not_its_own(sentence: str, count: int) -> None:
    claimed = relay().edited(README, "\n## License", f"\n{sentence}\n\n## License")
    assert len([*sizes_of_configurations(claimed.context_with_pages())]) == count


def test_row_of_types_alone_makes_no_table_this_protocols() -> None:
    """Each protocol has a TypeOK; the rest of such a table may be another's."""
    header = "| Property | Type | TLA+ | Fizzbee | Notes |\n|---|---|---|---|---|\n"
    names = ("TypeOK", "Ring1", "Ring2", "Ring3")
    rows = [f"| `{name}` | Safety | PASS | — | |\n" for name in names]
    claim, rest = "- Every property has its construct in each model", "- Every state variable and"
    start = relay().edited(README, rest, f"{claim}\n{rest}")
    table = f"### Bells\n\n{header}{''.join(rows)}\n### Bell\n\n| Property"
    both = start.edited(README, "### Bell\n\n| Property", table)
    (found,) = claims_of_all(both.context_with_pages())
    (alone,) = claims_of_all(start.context_with_pages())
    words = [{each.partition(":")[2] for each in claim.details} for claim in (found, alone)]
    assert words[0] == words[1]
    assert len(found.details) == len(alone.details)


@pytest.mark.parametrize("title", ["**Assumptions**", "**Assumptions on the constants:**"])
def test_list_below_a_bold_title_is_of_assumptions(title: str) -> None:
    stated = f"{title}\n\n- `MaxTries > 1`\n\n{PARAMETERS}"
    assuming = relay().edited(DOCUMENT, PARAMETERS, stated)
    module = "VARIABLES parcelState"
    assumed = assuming.edited(MODULE, module, f"ASSUME MaxTries >= 1\n\n{module}")
    (found,) = differing_assumptions(assumed.context_with_pages())
    assert "the document assumes MaxTries > 1, and the module MaxTries >= 1" in found.message
    right = assumed.edited(DOCUMENT, "`MaxTries > 1`", "`MaxTries >= 1`")
    assert [*differing_assumptions(right.context_with_pages())] == []


@pytest.mark.parametrize(
    ("sentence", "count"),
    [
        ("Small configuration: 219 distinct states.", 1),
        ("Small configuration: 218 distinct states.", 0),
        ("Medium configuration: 219 distinct states.", 0),
        ("A small note: 219 distinct states.", 0),
    ],
)
def test_count_is_of_the_configuration_that_people_call_small(sentence: str, count: int) -> None:
    """A project that `conform init` describes calls it `default`."""
    names = {"small": "default"}
    stated = relay().edited(DOCUMENT, PARAMETERS, f"{sentence}\n\n{PARAMETERS}")
    context = stated.context()
    artefact = context.formal[Role.TLAPLUS]
    files = [
        replace(file, name=names.get(file.name, file.name)) for file in artefact.configurations
    ]
    named = replace(artefact, configurations=tuple(files))
    context = replace(context, formal={**context.formal, Role.TLAPLUS: named})
    counts = MeasuredCounts(218, 738, 8)
    assert len([*differing_counts(context, {"default": counts})]) == count


def test_action_of_a_row_that_was_not_read_is_told_once() -> None:
    added = relay().edited(
        MODULE, "\nNext ==", '\nLose == gate = "OPEN" /\\ gate\' = "SHUT"\n\nNext ==\n    \\/ Lose'
    )
    (found,) = undocumented_constructs(added.context_with_pages())
    assert "`Lose`" in found.message
    row = added.edited(README, ROW, f"{ROW}| `Lose` | `Lose` | — |\n")
    pages = tuple(read_prose(row.source(path)) for path in (DOCUMENT, README))
    assert [*undocumented_constructs(replace(added.context(), pages=pages))] == []


def assuming(document: str, module: str, row: str = "Nat") -> list[str]:
    """Return what CF251 says of a list of assumptions beside those of a module."""
    items = "".join(f"- `{each}`\n" for each in document.split("; "))
    own = "ASSUME MaxTries \\in Nat \\ {0} /\\ MaxStamp \\in Nat"
    start = relay().edited(DOCUMENT, PARAMETERS, f"**Assumptions**\n\n{items}\n{PARAMETERS}")
    assumed = start.edited(MODULE, own, f"ASSUME {module}")
    typed = assumed.edited(DOCUMENT, "| `MaxStamp` | Nat |", f"| `MaxStamp` | {row} |")
    return [each.message for each in differing_assumptions(typed.context_with_pages())]


BOTH = "MaxTries >= 1; MaxTries < MaxStamp"


@pytest.mark.parametrize(
    ("document", "module", "expected"),
    [
        (BOTH, "MaxTries >= 1 /\\ MaxStamp > MaxTries", ""),
        (BOTH, "MaxTries \\in Nat \\ {0} /\\ MaxTries + 1 <= MaxStamp", ""),
        ("1 <= MaxTries < MaxStamp; MaxStamp >= 2", "MaxTries >= 1 /\\ MaxTries < MaxStamp", ""),
        (BOTH, "MaxTries >= 1", "the document assumes MaxTries < MaxStamp, and"),
        (BOTH, "MaxTries < MaxStamp", "the document assumes MaxTries >= 1, and"),
        (BOTH, "MaxTries < MaxStamp /\\ MaxTries \\in 1..5", ""),
        (BOTH, "MaxTries < MaxStamp \\/ MaxTries = 0", ""),
        (f"{BOTH}; MaxStamp is small", "MaxTries >= 1 /\\ MaxTries < MaxStamp", ""),
        (
            BOTH,
            "1 <= MaxTries /\\ MaxTries < MaxStamp /\\ MaxStamp >= 3",
            "the module assumes MaxSt",
        ),
        (
            f"{BOTH}; MaxStamp is small",
            "MaxTries = 1 /\\ MaxTries < MaxStamp /\\ MaxStamp >= 3",
            "",
        ),
    ],
)
def test_assumption_of_one_side_alone_is_found(document: str, module: str, expected: str) -> None:
    messages = assuming(document, module)
    assert len(messages) == bool(expected)
    assert not messages or messages[0].startswith(expected)


@pytest.mark.parametrize(
    ("cell", "module", "expected"),
    [
        ("`> MaxTries`, `≥ 2`", "MaxTries < MaxStamp /\\ MaxStamp >= 2", ""),
        ("`> MaxTries`", "MaxTries <= MaxStamp", "the document assumes MaxStamp > MaxTries"),
        (
            "`MaxStamp > MaxTries`",
            "MaxTries <= MaxStamp",
            "the document assumes MaxStamp > MaxTries",
        ),
        ("≥ 2", "MaxTries \\in Nat", "the document assumes MaxStamp ≥ 2"),
        ("not negative, > MaxTries", "MaxTries <= MaxStamp", ""),
    ],
)
def test_column_of_constraints_holds_assumptions(cell: str, module: str, expected: str) -> None:
    """`≥ 2` in it is about the constant of its row, and nothing that the search is cut by."""
    own = "ASSUME MaxTries \\in Nat \\ {0} /\\ MaxStamp \\in Nat"
    head = "| Constant | Type | Description |"
    start = relay().edited(DOCUMENT, head, "| Constant | Constraint | Description |")
    start = start.edited(DOCUMENT, "| `MaxStamp` | Nat |", f"| `MaxStamp` | {cell} |")
    context = start.edited(MODULE, own, f"ASSUME {module}").context_with_pages()
    assert context.document.constraints == ()
    messages = [each.message for each in differing_assumptions(context)]
    assert len(messages) == bool(expected)
    assert not messages or messages[0].startswith(expected)


def test_bound_in_the_row_of_a_constant_is_an_assumption() -> None:
    module = "1 <= MaxTries /\\ MaxTries < MaxStamp /\\ MaxStamp >= 3"
    assert assuming(BOTH, module, "at least 3") == []


def test_property_that_the_notes_of_a_result_name_is_documented() -> None:
    module, listed = "OneCourier ==", "    OneCourier\n"
    renamed = relay().edited(MODULE, module, f"StampCounts == stamp >= 1\n\n{module}")
    checked = renamed.edited(SMALL, listed, f"{listed}    StampCounts\n")
    (found,) = undocumented_constructs(checked.context())
    assert "`StampCounts`" in found.message
    row = "| `TriesBounded` | Safety | PASS | PASS | |"
    noted = checked.edited(README, row, row[:-1] + "`StampCounts` in TLA+ |")
    assert [*undocumented_constructs(noted.context())] == []


def test_row_that_names_nothing_of_a_model_hides_no_action_of_the_same_name() -> None:
    """`Stalling(c)` is nowhere in the module, and Stall is there by itself."""
    stale = relay().edited(README, "| `Stall` / `Resume` |", "| `Stalling(c)` |")
    context = stale.context_with_pages()
    (stall,) = (each for each in context.document.actions if each.name == "Stall")
    assert names_for(context, stall, Role.TLAPLUS) == ("Stall",)
