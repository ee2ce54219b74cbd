"""What drifts apart in repositories of others, and what only seems to."""

from __future__ import annotations

from pathlib import Path

import pytest

from conform.check.cf211_parameter_value import differing_values
from conform.check.cf212_missing_parameter import missing_parameters
from conform.check.cf226_fairness import differing_fairness
from conform.check.cf231_missing_file import missing_files
from conform.check.cf237_primitive import primitives_used
from conform.check.short_names import counterparts
from tests.unit.check.pages import places, written
from tests.unit.check.relay import DOCUMENT, FIZZ, MODULE, Relay, relay
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
