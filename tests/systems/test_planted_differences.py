"""Four readings of each protocol: `conform check` finds them equal, and names what is planted."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from itertools import combinations
from pathlib import Path
from typing import Any

import pytest

from tests.systems.four_readings import FIZZBEE as FIZZBEE_MODULES
from tests.systems.four_readings import Sharing, lay_out
from tests.systems.plants import (
    DOCUMENT,
    FIZZBEE,
    MACHINE,
    PLANTS,
    READINGS,
    TLAPLUS,
    UNFAIR,
    Plant,
    Unfair,
)
from tests.systems.scratch import LEADERLESS_LOG, TASK_CLAIMING, Outcome, Protocol, Scratch

Projects = Callable[[Protocol], Scratch]


@dataclass(slots=True)
class Laid:
    """Where each protocol that was asked for is laid out, and what its checks share."""

    folder: Path
    sharing: Sharing = field(default_factory=Sharing)
    protocols: set[Protocol] = field(default_factory=set)


@pytest.fixture(scope="session")
def laid(tmp_path_factory: pytest.TempPathFactory) -> Laid:
    """Give a place for the projects of this process."""
    return Laid(tmp_path_factory.mktemp("four-readings"))


@pytest.fixture
def project_of(
    laid: Laid, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> Iterator[Projects]:
    """Give a protocol with its four readings, as working directory; all is as before afterwards."""
    changed: dict[Path, str] = {}

    def working_directory(protocol: Protocol) -> Scratch:
        folder = laid.folder / protocol.entry
        if protocol not in laid.protocols:
            folder.mkdir()
            lay_out(folder, protocol, capsys)
            laid.protocols.add(protocol)
        for reading in READINGS:
            path = folder / path_of(reading, protocol)
            changed[path] = path.read_text(encoding="utf-8")
        monkeypatch.chdir(folder)
        laid.sharing.begin(monkeypatch)
        return Scratch(folder, capsys, protocol)

    yield working_directory
    for path, text in changed.items():
        path.write_text(text, encoding="utf-8", newline="\n")


def check(project: Scratch) -> Outcome:
    """Check in this process alone: the readings are small, and what they share is here."""
    return project.check("--no-cache")


@pytest.mark.parametrize("protocol", [LEADERLESS_LOG, TASK_CLAIMING], ids=lambda each: each.entry)
def test_four_readings_have_the_same_states_and_steps(
    project_of: Projects, protocol: Protocol
) -> None:
    outcome = check(project_of(protocol))
    assert (outcome.code, outcome.findings) == (0, [])
    (report,) = outcome.report["protocols"]
    pairs = {
        stage["name"]: stage["summary"].partition(", without")[0]
        for stage in report["stages"]
        if stage["name"].startswith("agreement, ")
    }
    assert set(pairs) == {
        f"agreement, {left} with {right}" for left, right in combinations(READINGS, 2)
    }
    (sizes,) = set(pairs.values())
    assert sizes.startswith("equal: ")
    every = [cell for row in report["scorecard"] for cell in row["cells"].values()]
    assert every
    assert [cell for cell in every if cell.startswith(("missing", "differs", "not checked"))] == []


def path_of(reading: str, protocol: Protocol) -> str:
    """Return the file of a reading."""
    machine = f"{protocol.generated}/machine.py"
    return {
        DOCUMENT: protocol.spec,
        TLAPLUS: protocol.module,
        FIZZBEE: FIZZBEE_MODULES[protocol],
        MACHINE: machine,
    }[reading]


@pytest.mark.parametrize("plant", PLANTS, ids=lambda plant: f"{plant.reading}, {plant.name}")
def test_planted_difference_is_named_after_the_fewest_steps(
    project_of: Projects, plant: Plant
) -> None:
    project = project_of(plant.protocol)
    project.replace(path_of(plant.reading, plant.protocol), plant.old, plant.new, 1)
    outcome = check(project)
    assert outcome.code == 1
    finding = finding_of(outcome, plant.code, plant.message)
    for part in plant.details:
        assert any(part in line for line in finding["details"]), finding["details"]
    if plant.steps is not None:
        shown = [line for line in finding["details"] if line.startswith("State ")]
        assert len(shown) == plant.steps + 2, finding["message"]
        assert finding["message"].startswith(begin(plant.steps))


def begin(steps: int) -> str:
    """Return how a message begins whose trace has so many steps before the one that differs."""
    return "in an initial state" if steps == 0 else f"after {steps} step"


def finding_of(outcome: Outcome, code: str, message: str) -> dict[str, Any]:
    """Return the one finding of a code that says `message`."""
    said = [f"{found['code']} {found['message']}" for found in outcome.findings]
    found = [each for each in outcome.findings if each["code"] == code]
    matching = [each for each in found if message in each["message"]]
    assert len(matching) == 1, said
    return matching[0]


@pytest.mark.parametrize("reading", READINGS)
@pytest.mark.parametrize("unfair", UNFAIR, ids=lambda unfair: unfair.action)
def test_fairness_that_one_reading_lacks_shows_in_the_verdicts(
    project_of: Projects, unfair: Unfair, reading: str
) -> None:
    project = project_of(unfair.protocol)
    project.replace(path_of(reading, unfair.protocol), *unfair.swaps[reading], 1)
    outcome = check(project)
    is_fresh = reading in (FIZZBEE, MACHINE)  # a machine made of other sources is no reading
    compared = READINGS if is_fresh else READINGS[:3]
    verdicts = {each: "FAIL" if each == reading else "PASS" for each in compared}
    said = ", ".join(f"{verdict} in {each}" for each, verdict in verdicts.items())
    for name in unfair.lost:
        finding = finding_of(outcome, "CF323", f"property `{name}`: {said}")
        details = " ".join(finding["details"])
        assert f"fairness of {unfair.action} " in details, finding["details"]
        assert re.search(rf"{re.escape(reading)} +none", details)
        other = TLAPLUS if reading == DOCUMENT else DOCUMENT
        assert re.search(rf"{re.escape(other)} +{unfair.level}", details)
    disagreeing = [each for each in outcome.findings if each["code"] == "CF323"]
    assert len(disagreeing) == len(unfair.lost)


def test_there_are_plants_of_every_kind() -> None:
    by_reading = Counter(plant.reading for plant in PLANTS)
    assert all(by_reading[reading] >= 4 for reading in READINGS)
    assert len(PLANTS) >= 25
    assert {plant.code for plant in PLANTS} == {"CF320", "CF321", "CF322", "CF323"}
    assert {plant.protocol for plant in PLANTS} == {LEADERLESS_LOG, TASK_CLAIMING}
    assert len({(plant.reading, plant.name) for plant in PLANTS}) == len(PLANTS)
