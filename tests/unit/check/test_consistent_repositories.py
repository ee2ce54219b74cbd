"""What consistent repositories of others have, and what no rule may report in them."""

from __future__ import annotations

from pathlib import Path

import pytest

from conform.check.cf201_unmapped_construct import unmapped_constructs
from conform.check.cf204_undocumented_construct import undocumented_constructs
from conform.check.cf210_undocumented_helper import undocumented_helpers
from conform.check.cf214_undocumented_setting import undocumented_settings
from conform.check.cf220_no_result import missing_results
from conform.check.cf226_fairness import differing_fairness
from conform.check.cf234_heading_number import heading_numbers
from conform.check.cf255_action_in_words import misdescribed_actions
from conform.check.cf309_no_expectation import missing_expectations
from conform.check.cf352_unmodelled import unmodelled_constructs
from tests.unit.check.pages import written
from tests.unit.check.relay import DOCUMENT, FIZZ, MODULE, README, SMALL, Relay, relay

MAPPED_TYPES = "| Invariant: `TypeOK` | `TypeOK` | — (TLA+ only) |\n"
STATED_TYPES = "### 5.3 Type Invariant\n\n`TypeOK`: every variable has a value of its type.\n\n"
BOUND = "| `MaxStamp` | 4 | 6 | `StampBound` cuts off what lies beyond |"


def without_types_in_the_mapping() -> Relay:
    return relay().edited(README, MAPPED_TYPES, "").edited(DOCUMENT, STATED_TYPES, "")


def test_property_that_the_results_list_is_documented() -> None:
    assert [*undocumented_constructs(without_types_in_the_mapping().context())] == []


def test_type_invariant_needs_no_mention() -> None:
    bare = without_types_in_the_mapping().edited(DOCUMENT, "| `TypeOK` | Invariant | PASS |\n", "")
    bare = bare.edited(README, "| `TypeOK` | Invariant | PASS | — | TLA+ only |\n", "")
    assert [*undocumented_constructs(bare.context())] == []


def test_property_in_neither_mapping_nor_results_is_found() -> None:
    stray = relay().edited(MODULE, "StampBound ==", "Stray == stamp > 0\nStampBound ==")
    stray = stray.edited(SMALL, "    TypeOK\n", "    TypeOK\n    Stray\n")
    assert ["Stray" in found.message for found in undocumented_constructs(stray.context())] == [
        True
    ]


def test_helpers_of_one_model_are_one_finding() -> None:
    first = relay().edited(
        MODULE, "StampBound ==", "Near(c) == stamp < 3\nFar(c) == ~Near(c)\nStampBound =="
    )
    used = first.edited(
        MODULE,
        "    /\\ c \\in FreeCouriers\n",
        "    /\\ c \\in FreeCouriers\n    /\\ Far(c) \\/ Near(c)\n",
    )
    (found,) = undocumented_helpers(used.context())
    assert found.message == f"helpers `Near`, `Far` of {MODULE} are mentioned in no document"
    assert [detail.startswith("`Far` at ") for detail in found.details] == [True]


@pytest.mark.parametrize(
    ("words", "is_found"),
    [
        ("the state constraint keeps below it", False),
        ("bounds the stamps of the model", False),
        ("the highest stamp", True),
    ],
)
def test_constraint_is_mentioned_by_its_constant(words: str, is_found: bool) -> None:
    old = relay().edited(DOCUMENT, BOUND, f"| `MaxStamp` | 4 | 6 | {words} |")
    old = old.edited(README, "Stamp bound (state constraint)", "Stamps")
    old = old.edited(DOCUMENT, "Bound of the stamps, for the model alone", "The last stamp")
    context = old.context_with_pages()
    assert bool([*undocumented_settings(context)]) is is_found


def test_property_with_dashes_for_every_model_needs_no_result() -> None:
    stated = relay().edited(
        DOCUMENT,
        "### 5.2 Liveness Properties",
        "#### S5: NothingTwice\n\n**Statement**: by construction.\n\n### 5.2 Liveness Properties",
    )
    row = "| Safety S4 | `DeliveredStays` |"
    dashes = "| Safety S5 | — (by construction) | — (by construction) |\n"
    mapped = stated.edited(README, row, dashes + row)
    assert [*missing_results(mapped.context())] == []
    assert [*missing_results(stated.context())] != []


NOTHING_TWICE = (
    "#### S5: NothingTwice\n\n**Statement**: No two parcels are one. {words}\n\n"
    "### 5.2 Liveness Properties"
)


@pytest.mark.parametrize(
    ("words", "is_found"),
    [
        ("It holds by construction, so that there is no separate invariant for it.", False),
        ("It is not modelled.", False),
        ("It is checked in both models.", True),
    ],
)
def test_property_that_needs_no_formula_is_missing_nowhere(words: str, is_found: bool) -> None:
    stated = relay().edited(
        DOCUMENT, "### 5.2 Liveness Properties", NOTHING_TWICE.format(words=words)
    )
    context = stated.context_with_pages()
    rules = (unmapped_constructs, unmodelled_constructs, missing_results)
    codes = {f.code for rule in rules for f in rule(context)}
    assert codes == ({"CF352", "CF220"} if is_found else set())


def test_property_that_a_model_has_needs_a_result_whatever_is_said_of_another() -> None:
    words = "It is not modelled in FizzBee."
    stated = relay().edited(
        DOCUMENT, "### 5.2 Liveness Properties", NOTHING_TWICE.format(words=words)
    )
    modelled = stated.edited(MODULE, "StampBound ==", "NothingTwice == TRUE\nStampBound ==")
    context = modelled.context_with_pages()
    assert {f.code for f in missing_results(context)} == {"CF220"}


def test_model_that_checks_no_liveness_needs_no_fairness() -> None:
    safe = relay()
    for word in ("fair<strong> action Offer", "fair action PickUp", "fair action Resume"):
        safe = safe.edited(FIZZ, word, word[word.index("action") :])
    assert [*differing_fairness(safe.context())] != []
    safe = safe.edited(
        FIZZ, "always eventually assertion ParcelSettles", "exists assertion Settles"
    )
    safe = safe.edited(FIZZ, "always eventually assertion StallEnds", "exists assertion Ends")
    assert [*differing_fairness(safe.context())] == []


def test_verdict_in_the_results_of_another_document_is_expected() -> None:
    silent = relay()
    for name in ("S1: OneCourier", "S2: TriesBounded"):
        silent = silent.edited(DOCUMENT, f"| {name.replace(': ', ' `')}` | Safety | PASS |\n", "")
    section = "**Formal**: `∀ p ∈ Parcels : tries[p] ≤ MaxTries`\n\n**Expected Verdict**: PASS\n"
    silent = silent.edited(DOCUMENT, section, section.partition("\n\n**E")[0] + "\n")
    assert [*missing_expectations(silent.context())] == []
    row = "| `TriesBounded` | Safety | PASS | PASS | |"
    undecided = silent.edited(README, row, row.replace("PASS | PASS", "PASS | FAIL"))
    assert ["TriesBounded" in f.message for f in missing_expectations(undecided.context())] == [
        True
    ]


VARIANT = "**3b. StallAgain(c)** — it stalls once more.\n- **Guard**: `courierState[c] = STALLED`\n"


def test_variant_beside_an_action_is_covered_where_its_row_names_it() -> None:
    stated = relay().edited(
        DOCUMENT, "### Action 4: Resume(c)", f"{VARIANT}\n### Action 4: Resume(c)"
    )
    context = stated.context()
    assert [f.code for f in (*unmapped_constructs(context), *unmodelled_constructs(context))] == [
        "CF352"
    ]
    named = stated.edited(
        README,
        "| Actions 3-4: Stalling | `Stall` / `Resume` | Same action names |",
        "| Actions 3-4: Stalling | `Stall` / `StallAgain` / `Resume` | Same action names |",
    )
    context = named.context()
    assert [*unmapped_constructs(context), *unmodelled_constructs(context)] == []


def test_numbers_begin_anew_under_each_heading(tmp_path: Path) -> None:
    page = (
        "# Two\n\n## Results\n\n### Protocol 1\n\n### Protocol 2\n\n## Mapping\n\n### Protocol 1\n"
    )
    assert [*heading_numbers(written(tmp_path, {"a.md": page}))] == []
    twice = page + "\n### Protocol 1\n"
    (found,) = heading_numbers(written(tmp_path, {"a.md": twice}))
    assert found.message == "protocol 1 occurs twice, first in line 11"


TASKS = """\
# Tasks

## Actions

### Action 1: TryLockTask(w)

**Effect**: `locked := TRUE`

### Action 2: UnlockTask(w)

**Effect**: `locked := FALSE`

## Notes

{words}
"""


@pytest.mark.parametrize(
    ("words", "is_found"),
    [
        ("The record is for releasing the lock (Action 2).", False),
        ("The record is for trying it (Action 1).", False),
        ("A record is made to unlock it (Action 1).", True),
    ],
)
def test_word_inside_the_name_of_an_action_is_one_of_its_words(
    tmp_path: Path, words: str, is_found: bool
) -> None:
    text = TASKS.format(words=words)
    context = written(tmp_path, {"tasks.md": text})
    assert bool([*misdescribed_actions(context)]) is is_found
