"""Simulated behaviours of a whole protocol: the same for a seed, and fit to be replayed."""

from __future__ import annotations

import pytest

from conform.traces.format import FORMATS
from tests.systems.scratch import CFG, MODULE, TINY, Outcome, Scratch


def simulated(project: Scratch, *words: str) -> Outcome:
    return project.explore("--simulate", "--seed", "5", *words)


def test_simulation_says_the_same_under_two_hash_seeds(project: Scratch) -> None:
    project.configure(TINY)
    words = ("explore", MODULE, "--simulate", "--traces", "50", "--seed", "5", "-q")
    folders = ("first", "second")
    outcomes = [
        project.command(*words, "--simulate-output", folder, hash_seed=str(number))
        for number, folder in enumerate(folders)
    ]
    assert outcomes[0].out == outcomes[1].out
    first, second = (
        {path.name: path.read_bytes() for path in (project.folder / folder).iterdir()}
        for folder in folders
    )
    assert first == second
    assert len(first) == 50


def test_simulation_is_never_a_pass(project: Scratch) -> None:
    project.configure(TINY)
    outcome = simulated(project, "--traces", "20")
    assert outcome.code == 3
    assert outcome.report["verdict"] == "INCOMPLETE"
    assert outcome.report["simulation"] == {"behaviours": 20, "depth": 100, "seed": 5}
    assert "no violation in 20 random behaviours" in outcome.report["message"]


def test_violation_that_is_met_is_shown(project: Scratch) -> None:
    project.configure(TINY)
    project.replace(MODULE, "\n(* Safety *)\n", "\nEarly == sequenceCounter < 2\n\n(* Safety *)\n")
    project.replace(CFG, "    NoReaderError\n", "    NoReaderError\n    Early\n")
    outcome = simulated(project)
    assert outcome.code == 1
    assert outcome.report["properties"]["Early"] == "FAIL"
    assert outcome.report["error_trace"][-1]["state_variables"]["sequenceCounter"] == 2


@pytest.mark.parametrize("form", [row.name for row in FORMATS])
def test_simulated_behaviours_replay_on_the_reference(project: Scratch, form: str) -> None:
    project.configure(TINY)
    words = ("--traces", "10", "--depth", "30", "--simulate-output", "behaviours")
    assert simulated(project, *words, "--trace-format", form).code == 3
    traces = sorted(f"behaviours/{path.name}" for path in (project.folder / "behaviours").iterdir())
    assert len(traces) == 10
    outcome = project.run("replay", *traces, "--implementation", "reference", "--format", "json")
    assert outcome.code == 0, outcome.out


def test_words_of_a_simulation_are_refused_without_one(project: Scratch) -> None:
    outcome = project.run("explore", MODULE, "--seed", "5")
    assert outcome.code == 2
    assert "need --simulate" in outcome.err


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("--max-depth", "5"), "a simulation cannot honour --max-depth"),
        (("--cover-output", "x"), "a simulation cannot honour --cover-output"),
        (("--engine", "both"), "each engine draws behaviours of its own"),
        (("--engine", "tlc", "--simulate-output", "x"), "TLC cannot honour --simulate-output"),
    ],
)
def test_words_that_contradict_a_simulation_are_refused(
    project: Scratch, words: tuple[str, ...], said: str
) -> None:
    outcome = project.run("explore", MODULE, "--simulate", *words)
    assert outcome.code == 2
    assert said in outcome.err
