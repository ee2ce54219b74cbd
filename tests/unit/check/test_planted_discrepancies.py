"""A repository of others' shape, one discrepancy planted at a time: found, and nothing besides."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

import pytest
from msgspec.structs import replace

from conform.check.cf226_fairness import differing_fairness
from conform.check.cf227_fairness_section import unfit_fairness
from conform.check.cf228_tables_disagree import contradicting_tables
from conform.check.cf350_state_count import MeasuredCounts, differing_counts
from conform.check.cf352_unmodelled import unmodelled_constructs
from conform.check.columns import Role
from conform.check.rules import MAPPING_RULES, READING_RULES, apply
from conform.domain.finding import Finding
from conform.domain.spec import FairnessStatement
from conform.text import Span
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
        beside=["CF229"],
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
        beside=["CF218", "CF216", "CF226"],
    ),
]

STALL_ENDS = "| `StallEnds` | Liveness | PASS | PASS | |\n"
CARRYING_ROW = "| Helper: `Carrying` | `Carrying(c, p)` | `carrying(courierParcel, c, p)` |\n"
STRAY = (
    'Burn(p) == parcelState\' = [parcelState EXCEPT ![p] = "BURNT"] /\\ UNCHANGED gate\n\nNext =='
)

MAPPING = [
    Plant(
        README,
        "| State: `stamp` | `VARIABLE stamp` | `stamp = 1` |\n",
        "",
        "CF201",
        DOCUMENT,
        "| `stamp` |",
        "variable `stamp` has no row in the mapping tables",
    ),
    Plant(
        README,
        "| Safety S2 | `TriesBounded` | `always assertion TriesBounded` |\n",
        "",
        "CF201",
        DOCUMENT,
        "S2: TriesBounded",
        "property `TriesBounded` has no row",
    ),
    Plant(
        README, CARRYING_ROW, "", "CF201", DOCUMENT, "Carrying(c, p) \u225c", "helper `Carrying`"
    ),
    Plant(
        README,
        "| Actions 5-6: The gate | `ShutGate` through `OpenGate` |",
        "| Action 5: `ShutGate` | `ShutGate` |",
        "CF201",
        DOCUMENT,
        "Action 6: OpenGate",
        "action `OpenGate` has no row",
        edits=[(README, "`action ShutGate` through `action OpenGate`", "`action ShutGate`")],
    ),
    Plant(
        DOCUMENT,
        "## 8. Expected Results",
        "## 8. Mapping\n\n| Spec Section | TLA+ Construct |\n|---|---|\n"
        "| State: `gate` | `gate` |\n| State: `tries` | `tries` |\n| State: `stamp` | `stamp` |\n\n"
        "## 9. Expected Results",
        "CF201",
        DOCUMENT,
        "| Spec Section |",
        "variable `parcelState` has no row in the mapping tables of specs/1-relay-protocol.md",
        beside=["CF201"] * 2,
    ),
    Plant(
        README,
        "`OfferAccepted(c)` / `OfferRefused(c)` | `action",
        "`OfferAcepted(c)` / `OfferRefused(c)` | `action",
        "CF202",
        README,
        "Action 2: `Offer`",
        "tlaplus/Relay.tla has no `OfferAcepted`",
        beside=["CF204"],
    ),
    Plant(
        README,
        "`action Offer` (either",
        "`action Offers` (either",
        "CF202",
        README,
        "Action 2",
        "fizzbee/Relay.fizz has no `Offers`",
    ),
    Plant(
        FIZZ,
        "action Resume:",
        "action Restart:",
        "CF202",
        README,
        "Same action names",
        "fizzbee/Relay.fizz has no `Resume`",
        beside=["CF204"],
    ),
    Plant(
        README,
        "`carrying(courierParcel, c, p)`",
        "`carrying(c, p)`",
        "CF203",
        README,
        "Carrying",
        "2 parameters in the mapping row, but 3",
    ),
    Plant(
        README,
        "| `PickUp(c, p)` |",
        "| `PickUp(c)` |",
        "CF203",
        README,
        "PickUp",
        "1 parameter in the mapping row, but 2",
    ),
    Plant(
        FIZZ,
        "atomic action ShutGate:",
        "atomic action Burn:\n    pass\n\natomic action ShutGate:",
        "CF204",
        FIZZ,
        "Burn",
        "action `Burn` of fizzbee/Relay.fizz is named by no row",
    ),
    Plant(
        MODULE,
        "StampBound == stamp <= MaxStamp",
        "Low(n) == n <= MaxStamp\nStampBound == Low(stamp)",
        "CF210",
        MODULE,
        "Low(n) ==",
        "helper `Low`",
        edits=[(MODULE, "tries[p] <= MaxTries", "Low(tries[p]) \\/ tries[p] <= MaxTries")],
    ),
    Plant(
        README,
        "| State: `tries` |",
        "| State: `trys` |",
        "CF208",
        README,
        "`trys`",
        "no variable that",
        beside=["CF201"],
    ),
    Plant(README, "— (no ENABLED in Fizzbee)", "—", "CF207", README, "Safety S3", "says nothing"),
    Plant(MODULE, "\nNext ==", f"\n{STRAY}", "CF216", MODULE, "Burn(p)", "nothing uses"),
    Plant(
        README,
        "| Safety S2 | `TriesBounded` | `always assertion",
        "| Safety S1 | `TriesBounded` | `always assertion",
        "CF225",
        README,
        "Safety S1 | `TriesBounded`",
        "`TriesBounded` is S2 in the document, not S1; S1 is `OneCourier`",
        beside=["CF224"],
    ),
    Plant(
        README,
        "| Action 2: `Offer` |",
        "| Action 3: `Offer` |",
        "CF225",
        README,
        "Action 3: `Offer`",
        "`Offer` is action 2 in the document, not 3",
    ),
    Plant(
        DOCUMENT,
        "| S2 `TriesBounded` |",
        "| S5 `TriesBounded` |",
        "CF225",
        DOCUMENT,
        "S5 `TriesBounded`",
        "`TriesBounded` is S2 in the document, not S5",
    ),
    Plant(
        README,
        "`VARIABLE gate`",
        "`VARIABLE ShutGate`",
        "CF229",
        README,
        "State: `gate`",
        "`ShutGate` is no variable of tlaplus/Relay.tla, but an action",
    ),
    Plant(
        README,
        "`always eventually assertion StallEnds`",
        "`always assertion StallEnds`",
        "CF229",
        README,
        "Liveness L2",
        "is `always assertion` here, but liveness in fizzbee/Relay.fizz",
    ),
    Plant(
        README,
        "`stamp = 1`",
        "`stamp = 0`",
        "CF229",
        README,
        "State: `stamp`",
        "`stamp` is 0 here, but initially 1",
    ),
    Plant(
        FIZZ,
        'gate = "OPEN"\n    stamp',
        'gate = "SHUT"\n    stamp',
        "CF229",
        README,
        "State: `gate`",
        '`gate` is OPEN here, but initially "SHUT"',
    ),
    Plant(
        DOCUMENT,
        "#### S2: TriesBounded",
        "#### S2: NothingLost\n\n**Expected Verdict**: PASS\n\n#### S3: TriesBounded",
        "CF352",
        DOCUMENT,
        "S2: NothingLost",
        "tlaplus/Relay.tla and fizzbee/Relay.fizz have nothing for property `NothingLost`",
        edits=[
            (DOCUMENT, "#### S4: DeliveredStays", "#### S5: DeliveredStays"),
            (DOCUMENT, "#### S3: ShutGate", "#### S4: ShutGate"),
            (DOCUMENT, "| S2 `T", "| `T"),
            (DOCUMENT, "| S3 `S", "| `S"),
            (DOCUMENT, "| S4 `D", "| `D"),
            (README, "| Safety S4 |", "| Safety S5 |"),
            (README, "| Safety S3 |", "| Safety S4 |"),
            (README, "| Safety S2 |", "| Safety S3 |"),
        ],
        beside=["CF220", "CF220"],
    ),
]

RESULTS = [
    Plant(
        README,
        "| `OneCourier` | Safety | PASS | PASS |",
        "| `OneCarrier` | Safety | PASS | PASS |",
        "CF219",
        README,
        "OneCarrier",
        "this row of results names `OneCarrier`",
        beside=["CF220", "CF222", "CF222"],
    ),
    Plant(
        README,
        "| `TriesBounded` | Safety | PASS | PASS | |",
        "| `TriesBounded` | Safety | PASS | PASS | `TriesPositive` in TLA+ |",
        "CF219",
        README,
        "TriesPositive",
        "names `TriesPositive`",
    ),
    Plant(README, STALL_ENDS, "", "CF220", README, "`TypeOK`", "no row for L2 `StallEnds`"),
    Plant(
        DOCUMENT,
        "| S4 `DeliveredStays` | Safety | PASS |\n",
        "",
        "CF220",
        DOCUMENT,
        "`TypeOK`",
        "no row for S4 `DeliveredStays`",
    ),
    Plant(
        README,
        STALL_ENDS,
        STALL_ENDS.replace("PASS | PASS", "FAIL | PASS"),
        "CF221",
        README,
        "StallEnds",
        "is expected to FAIL under TLA+, but PASS at specs",
    ),
    Plant(
        DOCUMENT,
        "L1 `ParcelSettles` | Liveness | PASS",
        "L1 `ParcelSettles` | Liveness | FAIL",
        "CF221",
        DOCUMENT,
        "ParcelSettles",
        "is expected to FAIL under Expected Verdict",
    ),
    Plant(
        README,
        STALL_ENDS,
        STALL_ENDS.replace("PASS | PASS", "PASS | —"),
        "CF222",
        README,
        "StallEnds",
        "but `StallEnds` is at fizzbee/Relay.fizz",
    ),
    Plant(
        README,
        "| `TypeOK` | Invariant | PASS | — |",
        "| `TypeOK` | Invariant | PASS | PASS |",
        "CF222",
        README,
        "`TypeOK`",
        "fizzbee/Relay.fizz has no `TypeOK`",
    ),
    Plant(
        FIZZ,
        "always eventually assertion StallEnds",
        "always eventually assertion StallStops",
        "CF222",
        README,
        "`StallEnds` | Liveness",
        "fizzbee/Relay.fizz has no `StallEnds`",
        beside=["CF202", "CF204"],
    ),
    Plant(
        README,
        "| `always eventually assertion StallEnds` |",
        "| — (TLA+ only) |",
        "CF222",
        README,
        "Liveness L2",
        "says that there is none, but `StallEnds` is at fizzbee",
    ),
    Plant(
        README,
        STALL_ENDS,
        STALL_ENDS.replace("PASS | PASS", "FAIL | FAIL") + "\nAll properties pass.\n",
        "CF223",
        README,
        "All properties pass.",
        "claimed of all, and 2 rows say",
        beside=["CF221"],
    ),
]

NUMBERS = [
    Plant(
        DOCUMENT,
        "### Action 6: OpenGate",
        "### Action 5: OpenGate",
        "CF224",
        DOCUMENT,
        "Action 5: OpenGate",
        "the action number 5 is there twice",
    ),
    Plant(
        DOCUMENT,
        "#### S4: DeliveredStays",
        "#### S6: DeliveredStays",
        "CF224",
        DOCUMENT,
        "S6: DeliveredStays",
        "there is no property S4 to 5",
        beside=["CF208", "CF225"],
    ),
    Plant(
        README,
        ROW,
        ROW + ROW,
        "CF224",
        README,
        "`MaxStamp`",
        "the row of parameters MaxStamp",
    ),
    Plant(README, STALL_ENDS, STALL_ENDS * 2, "CF224", README, "StallEnds", "the row of results S"),
    Plant(README, CARRYING_ROW, CARRYING_ROW * 2, "CF224", README, "Carrying", "the mapping row"),
    Plant(
        DOCUMENT,
        "| `stamp` | Positive",
        "| `gate` | `{A}` | `A` | |\n| `stamp` | Positive",
        "CF224",
        DOCUMENT,
        "| `gate` | `{A}`",
        "the variable gate is there twice",
    ),
]

FAIRNESS = [
    Plant(
        MODULE,
        "SF_vars(OfferAccepted(c))",
        "WF_vars(OfferAccepted(c))",
        "CF226",
        DOCUMENT,
        "Strong fairness",
        "`OfferAccepted` has strong fairness in the document, but weak fairness at",
    ),
    Plant(
        MODULE,
        "          /\\ WF_vars(Resume(c))\n",
        "",
        "CF226",
        DOCUMENT,
        "Weak fairness",
        "`Resume` has weak fairness in the document, but no fairness in tlaplus/Relay.tla",
    ),
    Plant(
        MODULE,
        "/\\ WF_vars(Resume(c))",
        "/\\ WF_vars(Resume(c)) /\\ WF_vars(Stall(c))",
        "CF226",
        DOCUMENT,
        "No fairness",
        "`Stall` has no fairness in the document, but weak fairness at",
    ),
    Plant(
        MODULE,
        "\\A c \\in Couriers, p \\in Parcels : WF_vars(PickUp(c, p))",
        "WF_vars(\\E c \\in Couriers, p \\in Parcels : PickUp(c, p))",
        "CF226",
        MODULE,
        "PickUp(c, p)",
        "is fair for each of c, p in the document, in the model for none of them",
    ),
    Plant(
        MODULE,
        "[][Next]_vars /\\ Fairness",
        "[][Next]_vars /\\ WF_vars(Next)",
        "CF226",
        MODULE,
        "Spec ==",
        "is fair only to several actions together",
        beside=["CF216"],
    ),
    Plant(
        FIZZ,
        "atomic fair<strong> action Offer",
        "atomic fair action Offer",
        "CF226",
        DOCUMENT,
        "Strong fairness",
        "`Offer` has strong fairness in the document, but weak fairness at fizzbee",
    ),
    Plant(
        FIZZ,
        "atomic fair action Resume",
        "atomic action Resume",
        "CF226",
        DOCUMENT,
        "Weak fairness",
        "`Resume` has weak fairness in the document, but no fairness in fizzbee/Relay.fizz",
    ),
    Plant(
        FIZZ,
        "atomic action Stall",
        "atomic fair action Stall",
        "CF226",
        DOCUMENT,
        "No fairness",
        "`Stall` has no fairness in the document, but weak fairness at fizzbee",
    ),
    Plant(
        DOCUMENT,
        "fairness on `Stall(c)`, `Shut",
        "fairness on `Stop(c)`, `Shut",
        "CF227",
        DOCUMENT,
        "No fairness",
        "no action `Stop`",
        beside=["CF227"],
    ),
    Plant(
        DOCUMENT,
        ", `OpenGate`: they",
        ": they",
        "CF227",
        DOCUMENT,
        "Action 6: OpenGate",
        "nothing is said of the fairness of `OpenGate`",
    ),
]

COUNTS = [
    Plant(
        README,
        "(fast, ~10^2 states)",
        "(fast, ~10^5 states)",
        "CF351",
        README,
        "Relay.cfg",
        "about 100,000 states of tlaplus/Relay.cfg are stated here",
        beside=["CF351"],
    ),
    Plant(
        SMALL,
        "Small configuration, ~10^2 states.",
        "Small configuration: 99 distinct states.",
        "CF351",
        DOCUMENT,
        "218 distinct states",
        "218 distinct states of",
    ),
    Plant(
        SMALL,
        "CONSTRAINT StampBound",
        "CHECK_DEADLOCK FALSE\nCONSTRAINT StampBound",
        "CF353",
        DOCUMENT,
        "There is no deadlock",
        "CHECK_DEADLOCK FALSE",
        edits=[(DOCUMENT, "The small model", "There is no deadlock.\n\nThe small model")],
    ),
]

PLANTS = [
    *PARAMETERS,
    *CONFIGURATIONS,
    *MAPPING,
    *RESULTS,
    *NUMBERS,
    *FAIRNESS,
    *COUNTS,
]


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


def test_tables_contradict_where_no_model_decides() -> None:
    row = "| `ShutGateStopsPickUp` | Safety | PASS | — |"
    repository = relay().edited(README, row, row.replace("—", "PASS"))
    context = repository.context()
    alone = replace(context, formal={Role.TLAPLUS: context.formal[Role.TLAPLUS]})
    (finding,) = contradicting_tables(alone)
    assert finding.code == "CF228"
    assert shown(alone, finding).startswith("README.md:| `ShutGateStopsPickUp`")
    assert "has PASS under Fizzbee, but the mapping has — (no ENABLED" in finding.message
    assert [*contradicting_tables(context)] == []
    unchanged = relay().context()
    formal = {Role.TLAPLUS: unchanged.formal[Role.TLAPLUS]}
    assert [*contradicting_tables(replace(unchanged, formal=formal))] == []


def test_fizzbee_model_without_fairness_is_one_finding() -> None:
    texts = relay().texts
    unfair = re.sub(r"atomic fair(<strong>)? action", "atomic action", texts[FIZZ])
    context = Relay({**texts, FIZZ: unfair}).context()
    (finding,) = differing_fairness(context)
    assert "assumes no fairness; the document wants it for each of `PickUp`" in finding.message
    stated = [FairnessStatement("Stall", (), "none", finding.span or Span(FIZZ, 1, 1, 1, 1))]
    artefact = context.formal[Role.FIZZBEE]
    told = replace(artefact, spec=replace(artefact.spec, fairness=tuple(stated)))
    formal = {**context.formal, Role.FIZZBEE: told}
    assert [*differing_fairness(replace(context, formal=formal))] == [finding]


def test_fairness_that_differs_from_both_models_is_told_once_for_each_action() -> None:
    stated = "Weak fairness on `PickUp(c, p)` and `Resume(c)`"
    strong = stated.replace("Weak", "Strong")
    found = [*differing_fairness(relay().edited(DOCUMENT, stated, strong).context())]
    assert [finding.message.split()[0] for finding in found] == ["`PickUp`", "`Resume`"]
    for finding in found:
        assert f"but weak fairness at {MODULE}:" in finding.message
        assert f" and at {FIZZ}:" in finding.message
    resume = " and `Resume(c)`"
    unsaid = relay().edited(DOCUMENT, resume, "").context()
    assert [*differing_fairness(unsaid)] == []
    (finding,) = unfit_fairness(unsaid)
    assert "nothing is said of the fairness of `Resume`" in finding.message
    assert [each.split(":")[0] for each in finding.details] == [
        f"weakly fair at {MODULE}",
        f"weakly fair at {FIZZ}",
    ]


def test_fairness_that_no_document_speaks_of_is_found() -> None:
    texts = dict(relay().texts)
    start, end = texts[DOCUMENT].index("## 6. Fairness"), texts[DOCUMENT].index("## 7. Model")
    texts[DOCUMENT] = texts[DOCUMENT][:start] + texts[DOCUMENT][end:]
    context = Relay(texts).context()
    found = [finding.message for finding in differing_fairness(context)]
    assert [message.split()[0] for message in found] == [MODULE, FIZZ]
    artefact = context.formal[Role.FIZZBEE]
    told = (FairnessStatement("Stall", (), "none", Span(FIZZ, 1, 1, 1, 1)),)
    unfair = replace(artefact, spec=replace(artefact.spec, fairness=told))
    assert [*differing_fairness(replace(context, formal={Role.FIZZBEE: unfair}))] == []


def test_property_that_the_results_deny_a_model_is_not_missing_there() -> None:
    row = "| Invariant: `TypeOK` | `TypeOK` | — (TLA+ only) |\n"
    context = relay().edited(README, row, "").context()
    assert [*unmodelled_constructs(context)] == []


def measured(distinct: int, generated: int = 739) -> dict[str, MeasuredCounts]:
    return {"small": MeasuredCounts(distinct, generated, 8)}


def test_counts_that_are_as_stated_agree() -> None:
    context = relay().context()
    assert [*differing_counts(context, measured(218))] == []
    assert [*differing_counts(context, {})] == []
    medium = {"medium": MeasuredCounts(930, 3721, 12)}
    assert [*differing_counts(context, medium)] == []


@pytest.mark.parametrize(
    ("distinct", "generated", "places"),
    [
        (219, 739, [DOCUMENT]),
        (10_218, 10_739, [SMALL, DOCUMENT, README, README]),
        (17, 18, [SMALL, DOCUMENT, README, README]),
    ],
)
def test_other_counts_are_found_at_each_place(
    distinct: int, generated: int, places: list[str]
) -> None:
    found = [*differing_counts(relay().context(), measured(distinct, generated))]
    assert {finding.code for finding in found} == {"CF350"}
    assert [finding.span.path for finding in found if finding.span] == places


@pytest.mark.parametrize(
    ("sentence", "is_found"),
    [
        ("The small model has 218 distinct states and depth 8.", False),
        ("The small model has depth 9.", True),
        ("The small model has 738 states generated.", True),
        ("The small model has 739 states.", False),
        ("The small model has about 200 distinct states.", False),
        ("The small model has about 500 distinct states.", True),
        ("With the guard dropped there are 5 distinct states.", False),
        ("Small has fewer states than medium, 5 distinct states.", False),
        ("FizzBee has 5 distinct states of the small model.", False),
        ("Bell.cfg is small: 5 distinct states.", False),
        ("Relay.cfg has 5 distinct states.", True),
    ],
)
def test_count_is_compared_where_it_is_clear_what_was_counted(
    sentence: str, is_found: bool
) -> None:
    old = "The small model has 218 distinct states."
    context = relay().edited(DOCUMENT, old, sentence).context()
    assert bool([*differing_counts(context, measured(218))]) is is_found


def test_enough_is_planted() -> None:
    assert len(PLANTS) >= 70
