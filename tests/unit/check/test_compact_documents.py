"""Tables of names, claims about one model, variants without a row: no rule is misled by them."""

from __future__ import annotations

import pytest

from conform.check.cf211_parameter_value import differing_values
from conform.check.cf246_claim_of_all import claims_of_all
from conform.check.cf309_no_expectation import missing_expectations
from conform.check.cf352_unmodelled import unmodelled_constructs
from conform.domain.finding import Finding
from tests.unit.check.relay import DOCUMENT, README, Relay, relay

PARAMETERS = """\
## Parameters of the models

| Parameter | TLA+ | Fizzbee |
|---|---|---|
| MaxTries | `MaxTries` | `{name}` |
| Couriers | `Couriers` | `COURIERS` |

"""
CLAIM = "- Every state variable and action in the spec has its construct in each model, and a dash"


def messages(findings: list[Finding]) -> list[str]:
    return [found.message for found in findings]


def test_names_of_constants_are_no_values() -> None:
    heading = "## 4. Actions\n"
    named = relay().edited(DOCUMENT, heading, PARAMETERS.format(name="MAX_TRIES") + heading)
    assert [*differing_values(named.context())] == []
    stated = relay().edited(DOCUMENT, heading, PARAMETERS.format(name="7") + heading)
    assert messages([*differing_values(stated.context())]) == [
        "`MaxTries` is 7 in the document, but 2 in fizzbee/Relay.fizz"
    ]


@pytest.mark.parametrize(
    ("sentence", "is_found"),
    [
        ("All safety properties must pass in both protocols and both tools", True),
        ("All safety properties must pass in both tools (except those marked TLA+ only)", False),
        ("All safety properties must pass in both protocols in TLA+", False),
        ("All safety properties must pass in both protocols in Fizzbee", True),
        ("All liveness properties must pass in both TLA+ and Fizzbee", False),
    ],
)
def test_claim_is_about_the_models_that_it_names(sentence: str, is_found: bool) -> None:
    claimed = relay().edited(README, CLAIM, f"- {sentence}\n{CLAIM}")
    found = claims_of_all(claimed.context_with_pages())
    assert bool(["claims it of all" in each.message for each in found]) is is_found


def by_construction(words: str) -> Relay:
    stated = f"### Safety S9: NothingTwice\n\n**Statement**: It {words}.\n\n### 5.3 Type Invariant"
    return relay().edited(DOCUMENT, "### 5.3 Type Invariant", stated)


def test_property_that_needs_no_formula_needs_no_verdict() -> None:
    silent = by_construction("holds by construction; no separate invariant is in the models")
    assert [*missing_expectations(silent.context_with_pages())] == []
    other = by_construction("holds always")
    assert ["NothingTwice" in each.message for each in missing_expectations(other.context())] == [
        True
    ]


def test_variant_without_a_number_belongs_to_the_row_that_names_it() -> None:
    item = "- **OfferLost(c)** — Guard: `courierState[c] = STALLED`. Effect: `gate := SHUT`.\n\n"
    action = "### Action 3: "
    varied = relay().edited(DOCUMENT, action, f"{item}{action}")
    assert ["`OfferLost`" in each.message for each in unmodelled_constructs(varied.context())] == [
        True
    ]
    row = "`OfferAccepted(c)` / `OfferRefused(c)` | `action Offer` (either/or) |"
    named = varied.edited(README, row, row.replace(" | `act", " / `OfferLost(c)` | `act"))
    assert [*unmodelled_constructs(named.context())] == []
