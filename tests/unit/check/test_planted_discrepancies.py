"""A repository of others' shape, one discrepancy planted at a time: found, and nothing besides."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import pytest

from conform.check.rules import MAPPING_RULES, READING_RULES, apply
from conform.domain.finding import Finding
from tests.unit.check.lamps import shown
from tests.unit.check.relay import DOCUMENT, FIZZ, MEDIUM, MODULE, README, SMALL, Relay, relay


@dataclass(frozen=True, slots=True)
class Plant:
    """`old` becomes `new` in a file, and a finding of `code` points to a line of `at`.

    `line` is part of that line, and `says` of the message. `edits` are further edits that belong to
    the same discrepancy. `beside` are the codes of other findings that it leads to.
    """

    path: str
    old: str
    new: str
    code: str
    at: str
    line: str
    says: str
    edits: Sequence[tuple[str, str, str]] = ()
    beside: Sequence[str] = ()

    def planted(self) -> Relay:
        """Return the repository with the discrepancy."""
        changed = relay().edited(self.path, self.old, self.new)
        for path, old, new in self.edits:
            changed = changed.edited(path, old, new)
        return changed


ROW = "| `MaxStamp` | `4` | `6` | Stamp bound (state constraint) |\n"
SPEC_ROW = "| `MaxStamp` | 4 | 6 | `StampBound` cuts off what lies beyond |\n"
NO_CARRYING = (DOCUMENT, "Carrying(c, p) \u225c courierParcel[c] = p\n", "")

PARAMETERS = [
    Plant(
        DOCUMENT,
        "| `MaxTries` | 2 | 3 | Refusals |",
        "| `MaxTries` | 2 | 3 | 9 |",
        "CF213",
        README,
        "`MaxTries`",
        "is 4 here, but 9 at specs",
        edits=[
            (DOCUMENT, "(`Relay-medium.cfg`) | Purpose |", "(`Relay-medium.cfg`) | Large |"),
            (README, "| Small | Medium | Description |", "| Small | Medium | Large |"),
            (README, "| `2` | `3` | Attempts before a parcel goes back |", "| `2` | `3` | 4 |"),
        ],
    ),
    Plant(SMALL, "{c1, c2}", "{c1, c2, c3}", "CF211", DOCUMENT, "`Couriers`", "is {c1, c2} in the"),
    Plant(MEDIUM, "MaxTries = 3", "MaxTries = 4", "CF211", DOCUMENT, "`MaxTries`", "but 4 in"),
    Plant(README, "| `2` | `3` |", "| `2` | `5` |", "CF211", README, "`MaxTries`", "is 5 in"),
    Plant(DOCUMENT, "| 2 | 3 | Ref", "| 7 | 3 | Ref", "CF211", DOCUMENT, "`MaxTries`", "is 7 in"),
    Plant(FIZZ, "MAX_TRIES = 2", "MAX_TRIES = 5", "CF211", DOCUMENT, "`MaxTries`", "but 5 in fizz"),
    Plant(FIZZ, '["c1", "c2"]', '["c1"]', "CF211", DOCUMENT, "`Couriers`", 'but ["c1"] in fizz'),
    Plant(README, ROW, "", "CF212", README, "`Couriers`", "no row for `MaxStamp`"),
    Plant(
        DOCUMENT, SPEC_ROW, "\n`StampBound` bounds it.\n", "CF212", DOCUMENT, "`Couriers`", "no r"
    ),
    Plant(
        DOCUMENT,
        "| `MaxStamp` | Nat | Bound of the stamps, for the model alone |\n",
        "",
        "CF212",
        MODULE,
        "CONSTANTS",
        "constant `MaxStamp` of tlaplus/Relay.tla is none of the constants",
    ),
    Plant(
        DOCUMENT,
        "| `MaxTries` | Nat |",
        "| `MaxDoors` | Nat | Doors |\n| `MaxTries` | Nat |",
        "CF212",
        DOCUMENT,
        "`MaxDoors`",
        "constant `MaxDoors` of the document is not declared in tlaplus/Relay.tla",
        beside=["CF212"],
    ),
    Plant(
        README,
        ROW,
        f"{ROW}| `MaxDoors` | `4` | `6` | |\n",
        "CF212",
        README,
        "Doors",
        "the tab",
        beside=["CF212"],
    ),
    Plant(
        FIZZ,
        "MAX_STAMP = 4\n",
        "",
        "CF212",
        DOCUMENT,
        "`MaxStamp`",
        "no counterpart in fizz",
        edits=[(FIZZ, "    require stamp < MAX_STAMP\n", "")],
    ),
    Plant(
        FIZZ, "MAX_STAMP = 4\n", "MAX_STAMP = 4\nDOORS = 3\n", "CF212", FIZZ, "DOORS", "mentioned"
    ),
]

CONFIGURATIONS = [
    Plant(
        DOCUMENT, "`StampBound` cuts off", "it cuts off", "CF214", SMALL, "CONSTRAINT", "StampBound"
    ),
    Plant(
        SMALL,
        "CONSTRAINT StampBound",
        "CONSTRAINT StampBound\nVIEW FreeCouriers",
        "CF215",
        MEDIUM,
        "Medium",
        "does not have VIEW `FreeCouriers`, which tlaplus/Relay.cfg has",
    ),
    Plant(MEDIUM, "    StallEnds\n", "", "CF215", MEDIUM, "Medium", "PROPERTY `StallEnds`"),
    Plant(MEDIUM, "CONSTRAINT StampBound\n", "", "CF215", MEDIUM, "Medium", "CONSTRAINT"),
    Plant(
        MEDIUM,
        "SPECIFICATION Spec",
        "INIT Init NEXT Next",
        "CF215",
        MEDIUM,
        "Medium",
        "SPECIFICATION `Spec`",
        beside=["CF215", "CF215"],
    ),
    Plant(SMALL, "    TriesBounded\n", "", "CF205", README, "Safety S2", "not checked by"),
    Plant(
        MODULE,
        "TriesBounded ==",
        'GateFlips == gate = "SHUT" ~> gate = "OPEN"\nTriesBounded ==',
        "CF216",
        MODULE,
        "GateFlips",
        "nothing uses or checks it",
    ),
    Plant(
        SMALL,
        "    TypeOK\n    OneCourier\n",
        "    OneCourier\n",
        "CF217",
        SMALL,
        "PROPERTIES TypeOK",
        "asked of the initial states alone",
        edits=[(SMALL, "PROPERTIES\n", "PROPERTIES TypeOK\n")],
    ),
    Plant(
        MODULE,
        'parcelState[p] = "CARRIED" ~> parcelState[p] # "CARRIED"',
        "[][tries[p] <= tries'[p]]_vars",
        "CF217",
        DOCUMENT,
        "L1: ParcelSettles",
        "is Liveness here, but action property at tlaplus/Relay.tla",
    ),
    Plant(
        FIZZ,
        "always eventually assertion StallEnds",
        "always assertion StallEnds",
        "CF217",
        DOCUMENT,
        "L2: StallEnds",
        "is Liveness here, but invariant at fizzbee/Relay.fizz",
    ),
    Plant(
        README,
        "| `StallEnds` | Liveness |",
        "| `StallEnds` | Safety |",
        "CF217",
        README,
        "`StallEnds`",
        "is Safety here, but Liveness at specs/",
    ),
    Plant(
        MODULE,
        "[][Next]_vars /\\ Fairness",
        "[][Next]_vars",
        "CF218",
        SMALL,
        "SPECIFICATION",
        "checks `ParcelSettles`, `StallEnds` of `Spec`",
        beside=["CF218", "CF216"],
    ),
]

PLANTS = [*PARAMETERS, *CONFIGURATIONS]


def found_in(repository: Relay) -> list[tuple[Finding, str]]:
    """Return every finding with the line that it points to."""
    context = repository.context()
    findings = apply(READING_RULES + MAPPING_RULES, context)
    return [(finding, shown(context, finding)) for finding in findings]


def test_nothing_is_found_where_all_agree() -> None:
    assert [(finding.code, finding.message) for finding, _at in found_in(relay())] == []


@pytest.mark.parametrize("plant", PLANTS, ids=lambda plant: f"{plant.code}-{plant.says[:30]}")
def test_planted_discrepancy_is_found_at_its_place(plant: Plant) -> None:
    found = found_in(plant.planted())
    matching = [
        finding
        for finding, at in found
        if finding.code == plant.code
        and at.startswith(f"{plant.at}:")
        and plant.line in at
        and plant.says in finding.message
    ]
    said = [f"{finding.code} {at} {finding.message}" for finding, at in found]
    assert matching, said
    codes = sorted(finding.code for finding, _at in found)
    assert codes == sorted([plant.code, *plant.beside]), said


def test_enough_is_planted() -> None:
    assert len(PLANTS) >= 24
