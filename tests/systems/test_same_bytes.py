"""The same input gives the same bytes, under any hash seed and whatever was done before."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tests.systems.scratch import DENSE, MODULE, TINY, Outcome, Scratch


def without_seconds(outcome: Outcome) -> str:
    return re.sub(r'"duration_ms": \d+', '"duration_ms": 0', outcome.out)


def under_two_seeds(project: Scratch, *words: str) -> tuple[Outcome, Outcome]:
    first, second = (project.command(*words, hash_seed=seed) for seed in ("0", "1"))
    return first, second


def test_check_of_task_claiming_says_the_same_under_two_hash_seeds(claiming: Scratch) -> None:
    claiming.replace(claiming.protocol.module, "    /\\ ~ HoldsAnyLock(w)\n", "")
    first, second = under_two_seeds(claiming, "check", "--no-cache", "--format", "json")
    assert first.code == second.code == 1
    assert without_seconds(first) == without_seconds(second)


def test_findings_and_traces_are_the_same_under_two_hash_seeds(project: Scratch) -> None:
    project.configure(DENSE)
    project.replace(MODULE, "compactionCursor <= sequenceCounter", "compactionCursor < 2")
    project.replace(MODULE, "SF_vars", "WF_vars")
    first, second = under_two_seeds(project, "check", "--no-cache", "--format", "json")
    assert first.code == second.code == 1
    assert without_seconds(first) == without_seconds(second)
    verdicts = {row["verdict"] for row in first.report["protocols"][0]["properties"]}
    assert verdicts == {"PASS", "FAIL"}


def test_text_of_a_check_does_not_depend_on_the_working_directory(project: Scratch) -> None:
    project.configure(DENSE)
    project.replace(MODULE, "StartAppend(", "BeginAppend(")
    here = project.run("check", "-q")
    below = Scratch(project.folder / "specs", project.capsys).command("check", "-q")
    assert (below.code, below.out) == (here.code, here.out) == (1, here.out)
    assert str(project.folder) not in here.out


def files_below(folder: Path) -> dict[str, bytes]:
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file() and "__pycache__" not in path.parts
    }


@pytest.mark.parametrize("protocol", ["project", "claiming"])
def test_generated_files_are_the_same_under_two_hash_seeds(
    request: pytest.FixtureRequest, protocol: str
) -> None:
    project: Scratch = request.getfixturevalue(protocol)
    if protocol == "project":
        project.configure(TINY)
    project.name_generated_files()
    written = []
    for seed in ("0", "1"):
        outcome = project.command("generate", hash_seed=seed)
        assert outcome.code == 0, outcome.err
        written.append(files_below(project.folder / project.protocol.generated))
    assert written[0] == written[1]
    assert {"machine.py", "test_machine.py"} <= written[0].keys()
