"""Configurations made for liveness alone are not held against those for invariants."""

from __future__ import annotations

import pytest

from conform.check.cf205_unchecked_property import unchecked_properties
from conform.check.cf215_configurations_differ import differing_configurations
from conform.check.cf246_claim_of_all import claims_of_all
from conform.check.context import ConfigurationFile, Listed
from conform.check.models.configurations_apart import are_apart
from conform.text import Span
from tests.unit.check.relay import MEDIUM, README, SMALL, Relay, relay

INVARIANTS = "INVARIANTS\n    TypeOK\n    OneCourier\n    TriesBounded\n    ShutGateStopsPickUp\n"
PROPERTIES = "PROPERTIES\n    DeliveredStays\n    ParcelSettles\n    StallEnds\n"


def missed(repository: Relay) -> list[str]:
    return [each.message for each in differing_configurations(repository.context())]


def apart(*, named: str = "") -> Relay:
    """Return the repository with invariants in the one configuration, properties in the other."""
    safe = relay().edited(SMALL, PROPERTIES, "")
    return safe.edited(MEDIUM, INVARIANTS, named)


def test_invariants_and_properties_may_stand_in_configurations_of_their_own() -> None:
    assert not missed(apart())
    reduced = apart().edited(SMALL, "CONSTRAINT StampBound", "CONSTRAINT StampBound\nVIEW vars")
    assert not missed(reduced), "what hides behaviours is left out where liveness is checked"


def test_constraint_is_missed_in_a_configuration_for_liveness() -> None:
    assert len(missed(apart().edited(MEDIUM, "CONSTRAINT StampBound\n", ""))) == 1


def test_configuration_for_liveness_may_have_some_invariants() -> None:
    assert not missed(apart(named="INVARIANT TypeOK\n"))
    assert not [*unchecked_properties(apart(named="INVARIANT TypeOK\n").context())]


def test_configuration_with_all_that_another_has_is_no_other_sort() -> None:
    larger = relay().edited(SMALL, PROPERTIES, "")
    assert "DeliveredStays" in next(unchecked_properties(larger.context())).message
    other = apart(named="INVARIANTS TypeOK FreeCouriers\n")
    assert any("OneCourier" in each for each in missed(other))


@pytest.mark.parametrize(
    ("name", "is_for_liveness"),
    [
        ("M-liveness", True),
        ("M_live", True),
        ("MLiveness", True),
        ("MCLive", False),
        ("M-LIVE", True),
        ("M-delivery", False),
        ("Alive", False),
    ],
)
def test_name_tells_what_a_configuration_is_for(name: str, *, is_for_liveness: bool) -> None:
    at = Span(f"{name}.cfg", 1, 1, 1, 1)
    both = (Listed("INVARIANT", "A", at), Listed("PROPERTY", "B", at))
    one = ConfigurationFile("one", at.path, {}, both)
    other = ConfigurationFile("other", "M.cfg", {}, both)
    assert are_apart(one, other) is is_for_liveness


def test_property_is_not_unchecked_where_a_configuration_apart_lists_it() -> None:
    assert not [*unchecked_properties(apart().context())]
    nowhere = apart().edited(MEDIUM, "    StallEnds\n", "")
    (found,) = unchecked_properties(nowhere.context())
    assert "StallEnds" in found.message
    larger = relay().edited(SMALL, "    StallEnds\n", "")
    assert len([*unchecked_properties(larger.context())]) == 1, "nothing explores the larger one"


def test_claim_of_liveness_looks_at_every_configuration() -> None:
    claim = "\nThe protocol is verified in both TLA+ and FizzBee against safety and liveness.\n"
    claimed = apart().edited(README, "\n## License", f"{claim}\n## License")
    nowhere = claimed.edited(MEDIUM, PROPERTIES, "INVARIANT TypeOK\n")
    for repository, expected in ((claimed, 0), (nowhere, 1)):
        found = claims_of_all(repository.context_with_pages())
        assert sum(".tla has no liveness" in each.message for each in found) == expected
