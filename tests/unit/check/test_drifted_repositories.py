"""What drifts apart in repositories of others, and what only seems to."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

import pytest
from msgspec.structs import replace

from conform.check.cf202_missing_construct import missing_constructs
from conform.check.cf211_parameter_value import differing_values
from conform.check.cf212_missing_parameter import missing_parameters
from conform.check.cf215_configurations_differ import differing_configurations
from conform.check.cf226_fairness import differing_fairness
from conform.check.cf231_missing_file import missing_files
from conform.check.cf237_primitive import primitives_used
from conform.check.cf240_steps import statements_of_steps
from conform.check.cf350_state_count import MeasuredCounts, differing_counts
from conform.check.columns import Role
from conform.check.texts.short_names import counterparts
from conform.domain.finding import Finding
from tests.unit.check.journal import FIXTURE as JOURNAL
from tests.unit.check.journal import messages_of
from tests.unit.check.pages import places, written
from tests.unit.check.relay import DOCUMENT, FIZZ, MEDIUM, MODULE, README, Relay, relay
from tests.unit.languages.markdown.pages import page

STRONG = "- Strong fairness on `OfferAccepted(c)` and `OfferRefused(c)`, which stalling disables"
RANGES = ("RangeStart", "RangeEnd", "Range2Start", "Range2End")


# --------------------------------------------------------------------------------- parameters


def test_values_under_the_title_of_a_configuration_are_its_values() -> None:
    text = "# P\n\n## 7. Small Configuration\n\n| Parameter | Value |\n|---|---|\n| `Max` | 3 |\n"
    assert [row.values for row in page(text).parameters] == [(("Small Configuration", "3"),)]


def test_parameters_with_types_and_no_values_are_constants() -> None:
    text = "# P\n\n## 2. Parameters\n\n| Parameter | Type | Description |\n|---|---|---|\n"
    found = page(text + "| `Max` | Nat | The most |\n")
    assert [constant.name for constant in found.constants] == ["Max"]
    assert found.parameters == ()


@pytest.mark.parametrize("title", ["Small Configuration", "Small"])
def test_value_below_a_title_is_compared_with_the_configuration(title: str) -> None:
    table = f"\n### {title}\n\n| Parameter | Value |\n|---|---|\n| `MaxTries` | 5 |\n\n## 6. "
    changed = relay().edited(DOCUMENT, "\n## 6. ", table)
    messages = [finding.message for finding in differing_values(changed.context())]
    assert any(message.startswith("`MaxTries` is 5 in the document, but 2") for message in messages)


# ----------------------------------------------------------------------------- names in FizzBee


def test_constants_are_found_by_names_with_words_left_out() -> None:
    constants = [f"Compact{name}" for name in RANGES]
    shouted = ["COMPACT_START", "COMPACT_END", "COMPACT2_START", "COMPACT2_END", "MAX"]
    assert counterparts(constants, shouted) == dict(zip(constants, shouted, strict=False))


@pytest.mark.parametrize(
    ("constant", "name"),
    [("MaxTries", "MAX_TRIES"), ("Writers", "NUM_WRITERS"), ("MaxBatchSize", "MAX_BATCH")],
)
def test_names_that_are_part_of_each_other_are_one(constant: str, name: str) -> None:
    assert counterparts([constant], [name]) == {constant: name}


@pytest.mark.parametrize(
    ("constants", "shouted"),
    [
        (["MaxLockVersion"], ["MAX_FAILURES"]),
        (["MaxReadRetries", "MaxLateRetries"], ["MAX_RETRIES"]),  # one name for either
        (["MaxReadRetries"], ["READ_RETRIES_MAX"]),
        (["CompactRangeEnd"], ["END"]),
    ],
)
def test_other_names_stand_for_none(constants: list[str], shouted: list[str]) -> None:
    assert counterparts(constants, shouted) == {}


def test_shortened_constant_of_a_model_is_not_missed() -> None:
    texts = relay().texts
    longer = Relay(
        {path: text.replace("MaxTries", "MaxOfferTries") for path, text in texts.items()}
    )
    assert [*missing_parameters(longer.context())] == []
    patient = longer.texts[FIZZ].replace("MAX_TRIES", "PATIENCE")
    other = Relay({**longer.texts, FIZZ: patient})
    assert len([*missing_parameters(other.context())]) == 2


# ------------------------------------------------------------------------------------- fairness


def test_fairness_of_an_action_is_that_of_its_outcomes() -> None:
    changed = relay().edited(DOCUMENT, STRONG, "- Strong fairness on `Offer(c)`, which stalling")
    assert [*differing_fairness(changed.context())] == []
    lost = changed.edited(MODULE, "SF_vars(OfferRefused(c))", "WF_vars(OfferRefused(c))")
    (finding,) = differing_fairness(lost.context())
    assert finding.message.startswith(
        "`OfferRefused` has strong fairness in the document, but weak"
    )


@pytest.mark.parametrize(
    ("assumed", "said"),
    [
        ("Fairness", "the document has weak fairness of all actions together"),
        ("SF_vars(Next)", f"and {MODULE} has strong fairness"),
        ("WF_vars(Next)", ""),
    ],
)
def test_fairness_of_all_actions_together_is_compared_with_that(assumed: str, said: str) -> None:
    text = relay().texts[DOCUMENT]
    start = text.index("- Weak fairness")
    listed = text[start : text.index("\n\n", start)]
    joint = relay().edited(DOCUMENT, listed, "`WF_vars(Next)`")
    joint = joint.edited(MODULE, "[][Next]_vars /\\ Fairness", f"[][Next]_vars /\\ {assumed}")
    found = [each.message for each in differing_fairness(joint.context())]
    assert len(found) == bool(said) and all(said in message for message in found)


# ---------------------------------------------------------------------- files, and primitives

TREE = "# A\n\n```\n├── a.md\n└── inner/\n{}└── deep/\n```\n"


@pytest.mark.parametrize("indentation", ["", "    "])
def test_entry_behind_the_last_folder_is_in_it(tmp_path: Path, indentation: str) -> None:
    texts = {"a.md": TREE.format(indentation), "inner/deep/b.txt": ""}
    assert [*missing_files(written(tmp_path, texts))] == []


def test_entry_that_is_neither_beside_nor_in_the_last_folder_is_missing(tmp_path: Path) -> None:
    context = written(tmp_path, {"a.md": TREE.format(""), "inner/else/b.txt": ""})
    assert places(context, [*missing_files(context)]) == ["a.md:6 deep/"]


PATTERN = (
    "# P\n\n| Primitive | For |\n|---|---|\n| `CompareAndSet` | x |\n| `Put` | y |\n| `Get` | z |\n"
)
PROTOCOL = (
    "# Log\n\nThe index is kept by CAS.\n\n| Primitive | Where |\n|---|---|\n"
    "{}| `Put` | b |\n| `Get` | c |\n"
)


@pytest.mark.parametrize(("row", "count"), [("| `CAS` | a |\n", 0), ("", 1)])
def test_primitive_may_be_listed_by_its_short_name(tmp_path: Path, row: str, count: int) -> None:
    context = written(tmp_path, {"1-log.md": PROTOCOL.format(row), "0-pattern.md": PATTERN})
    found = [each for each in primitives_used(context) if "lists no" in each.message]
    assert len(found) == count


# ------------------------------------------------------------- what is found since: drift itself


def codes_of(found: Iterable[Finding], *, at: str = "") -> list[str]:
    """Return the codes of findings in files of some name."""
    return [each.code for each in found if each.span and each.span.path.endswith(at)]


@pytest.mark.parametrize(
    ("row", "count"),
    [
        ("| Relay (small) | 218 | 8 |", 0),
        ("| Relay (small) | 219 | 8 |", 0),  # `Relay` is a common word
        ("| CityRelay (small) | 219 | 8 |", 1),
        ("| CityRelay (medium) | 219 | 8 |", 0),
        ("| Other (small) | 219 | 8 |", 0),
    ],
)
def test_counts_of_a_table_in_a_readme_name_their_module(row: str, count: int) -> None:
    table = f"\n\n| Config | Distinct states | Depth |\n|---|---|---|\n{row}\n"
    context = relay().edited(README, "\n## License", f"{table}\n## License").context()
    artefact = context.formal[Role.TLAPLUS]
    city = replace(artefact, spec=replace(artefact.spec, path="tlaplus/CityRelay.tla"))
    if "City" in row:
        context = replace(context, formal={**context.formal, Role.TLAPLUS: city})
    counts = MeasuredCounts(218, 738, 8)
    found = [*differing_counts(context, {"small": counts})]
    assert codes_of(found, at="README.md") == ["CF350"] * count


@pytest.mark.parametrize(("stated", "count"), [("218", 0), ("219", 1)])
def test_count_below_the_title_of_a_configuration_is_of_it(stated: str, count: int) -> None:
    text = f"\n### Small configuration\n\nTLC explores {stated} distinct states.\n\n## 6. "
    context = relay().edited(DOCUMENT, "\n## 6. ", text).context()
    found = differing_counts(context, {"small": MeasuredCounts(218, 738, 8)})
    assert len([*found]) == count


def test_constant_that_one_configuration_leaves_without_value_is_found() -> None:
    lost = relay().edited(MEDIUM, "    MaxTries = 3\n", "")
    found = [each.message for each in differing_configurations(lost.context())]
    assert found == [
        "tlaplus/Relay-medium.cfg gives `MaxTries` no value, and tlaplus/Relay.cfg does"
    ]
    assert [*differing_configurations(relay().context())] == []


def test_action_of_another_name_inside_a_range_is_found(tmp_path: Path) -> None:
    module = (JOURNAL / "tlaplus" / "PageJournal.tla").read_text(encoding="utf-8")
    renamed = ("tlaplus/PageJournal.tla", module, module.replace("Merge", "MergePages"))
    (message,) = messages_of((missing_constructs,), tmp_path, renamed)
    assert message.endswith("PageJournal.tla has no `Merge`, which this range stands for")


def test_ranges_whose_names_agree_are_no_finding(tmp_path: Path) -> None:
    assert messages_of((missing_constructs,), tmp_path) == []


STATES = "**Formal**: `∀ p ∈ Parcels : tries[p] ≤ MaxTries`"
STEPS = "**Formal**: `□[∀ p ∈ Parcels : tries'[p] ≥ tries[p]]_vars`"


def test_formula_of_steps_that_models_check_of_states_is_found() -> None:
    changed = relay().edited(DOCUMENT, STATES, STEPS)
    found = [*statements_of_steps(changed.context())]
    assert codes_of(found) == ["CF240", "CF240"]
    assert "single states at tlaplus/Relay.tla" in found[0].message
    assert "single states at fizzbee/Relay.fizz" in found[1].message
    assert [*statements_of_steps(relay().context())] == []
    told = changed.edited(
        DOCUMENT, STEPS, f"{STEPS}\n\nThe models check `TriesBounded`, its state part."
    )
    assert [*statements_of_steps(told.context_with_pages())] == []


CODE_OF_OFFER = """**Effect**:

```
let p = courierParcel[c]
either:                         # accepted
    parcelState[p] := DELIVERED
or:                             # refused
    tries[p] := tries[p] + 1
    parcelState[p] := if tries[p] + 1 ≥ MaxTries then RETURNED else WAITING
courierState[c] := IDLE
courierParcel[c] := NONE
```
"""
CASES_OF_OFFER = (
    "**Effect** (one of):\n\n- Accepted: `courierState[c] := IDLE`\n"
    "- Declined: `courierParcel[c] := NONE`\n"
)


def test_fairness_of_an_action_by_cases_is_that_of_all_actions_of_its_row() -> None:
    cases = relay().edited(DOCUMENT, CODE_OF_OFFER, CASES_OF_OFFER)
    cases = cases.edited(DOCUMENT, STRONG, "- Strong fairness on `Offer(c)`, which stalling")
    (offer,) = [each for each in cases.context().document.actions if each.name == "Offer"]
    assert [each.name for each in offer.outcomes] == ["OfferAccepted", "OfferRefused"]
    assert [*differing_fairness(cases.context())] == []


AGAIN = "          \\/ Resume(c)\n"
FAIR = "WF_vars(PickUp(c, p))"


@pytest.mark.parametrize(
    ("cell", "count"),
    [("| `PickUp(c, p)` |", 0), ("| `ShutGate` through `OpenGate` |", 1)],
)
def test_fairness_is_said_of_what_the_row_of_a_fair_action_names_too(cell: str, count: int) -> None:
    more = relay().edited(
        MODULE, "\nNext ==", "\nRest(c) == stamp > 1 /\\ UNCHANGED vars\n\nNext =="
    )
    more = more.edited(MODULE, AGAIN, f"{AGAIN}          \\/ Rest(c)\n")
    more = more.edited(MODULE, FAIR, f"{FAIR} /\\ WF_vars(Rest(c))")
    more = more.edited(README, cell, f"{cell[:-2].replace('through', '/')} / `Rest(c)` |")
    assert len([*differing_fairness(more.context())]) == count
