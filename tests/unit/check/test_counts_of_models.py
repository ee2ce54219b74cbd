"""Of which model and configuration a document states a count, and how exactly."""

from __future__ import annotations

import pytest

from conform.check.cf350_state_count import (
    MeasuredCounts,
    differing_counts,
    differing_counts_of_fizzbee,
)
from tests.unit.check.relay import DOCUMENT, README, Relay, relay
from tests.unit.languages.markdown.pages import page

ACTUAL = MeasuredCounts(distinct=140_000, generated=700_000, depth=12)


def stated(path: str, text: str) -> Relay:
    before = "## 4. Actions\n" if path == DOCUMENT else "\n## License"
    return relay().edited(path, before, f"\n{text}\n\n{before.lstrip()}")


def of_small(repository: Relay) -> list[str]:
    found = differing_counts(repository.context(), {"small": ACTUAL})
    return [each.message for each in found if "134" in each.message]


def of_fizzbee(repository: Relay) -> list[str]:
    return [each.message for each in differing_counts_of_fizzbee(repository.context(), ACTUAL)]


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("about 134K distinct states", 134_000),
        ("~6.1M states", 6_100_000),
        ("2M distinct states", 2_000_000),
        ("134 KB of states", None),
        ("134Kx distinct states", None),
    ],
)
def test_thousands_and_millions_are_about_so_many(text: str, value: int | None) -> None:
    counts = page(f"## Results\n\nThe model has {text}.\n").counts
    expected = [] if value is None else [(value, True)]
    assert [(each.value, each.is_approximate) for each in counts] == expected


def test_columns_of_counts_may_have_short_headers() -> None:
    rows = "| Small (2 of each) | 700 | ~1.5K | 9 |\n| Medium | — | — | — |\n"
    table = f"| Config | States generated | Distinct | Depth |\n|---|---|---|---|\n{rows}"
    counts = page(f"## Results\n\n{table}").counts
    assert [(each.measure, each.value) for each in counts] == [
        ("states generated", 700),
        ("distinct states", 1500),
        ("depth", 9),
    ]
    assert all(each.context.startswith("Small configuration\n") for each in counts)


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("| Config | Distinct |\n|---|---|\n| Small (2 couriers) | 134 |", 1),
        ("| Config | Distinct |\n|---|---|\n| Small (2 couriers) | 140,000 |", 0),
        ("| Config | Distinct |\n|---|---|\n| Small (2 couriers) | ~134K |", 0),
        ("| Config | Distinct |\n|---|---|\n| Tiny | 134 |", 0),
    ],
)
def test_row_of_a_configuration_is_about_it(text: str, count: int) -> None:
    assert len(of_small(stated(DOCUMENT, text))) == count


@pytest.mark.parametrize(("number", "count"), [(1, 1), (2, 0)])
def test_count_below_a_title_is_of_that_protocol(number: int, count: int) -> None:
    text = f"### Protocol {number}: Relay\n\nThe small config has 134 distinct states."
    assert len(of_small(stated(README, text))) == count


@pytest.mark.parametrize(
    ("path", "text", "count"),
    [
        (DOCUMENT, "The FizzBee model has 134 distinct states.", 1),
        (DOCUMENT, "The FizzBee model has 140,000 distinct states.", 0),
        (DOCUMENT, "`Relay.fizz` has 134 unique states.", 1),
        (DOCUMENT, "`Other.fizz` has 134 unique states.", 0),
        (DOCUMENT, "TLC and FizzBee find 134 distinct states.", 0),
        (DOCUMENT, "FizzBee has 134 states generated.", 0),
        (DOCUMENT, "FizzBee explores 134 states.", 0),
        (README, "FizzBee finds 134 distinct states.", 0),
        (README, "### Protocol 1: Relay\n\nFizzBee finds 134 distinct states.", 1),
        (README, "### Protocol 2: Bells\n\nFizzBee finds 134 distinct states.", 0),
    ],
)
def test_count_of_the_fizzbee_model_is_compared_with_it(path: str, text: str, count: int) -> None:
    assert len(of_fizzbee(stated(path, text))) == count
