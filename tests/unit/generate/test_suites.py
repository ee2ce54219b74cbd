"""A generated suite passes against what takes the model's steps, and is itself clean code."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from conform.explore.options import ExploreOptions
from conform.explore.search import explore
from conform.generate.generating import GeneratedFile, SuiteOptions, generate
from conform.generate.refusals import lone_refusals
from conform.generate.scenarios import covering_scenarios
from conform.languages.tlaplus.translation.guards import guard_predicates
from tests.unit.generate.specifications import ROOT, SPECS, Described, of_files, of_text

IMPLEMENTATION = "tests.unit.generate.model_implementation:create"
TOOLS = Path(sys.executable).parent
MYPY = [str(TOOLS / "mypy"), "--strict", "--cache-dir", str(ROOT / ".mypy_cache" / "generated")]
"""What it knows of the libraries is kept, which takes it longer than the code itself."""


def files_of(found: Described, implementation: str = IMPLEMENTATION) -> tuple[GeneratedFile, ...]:
    """Return the files of a specification, as `conform generate` makes them."""
    options = ExploreOptions(keep_graph=True, check_liveness=False, stop_at_first=False)
    graph = explore(found.model, options).graph
    assert graph is not None
    return generate(
        found.machine,
        found.sources,
        SuiteOptions("made.machine", implementation),
        covering_scenarios(found.model, graph, found.machine),
        lone_refusals(found.model, graph, guard_predicates(found.model), found.machine),
    )


def write(files: tuple[GeneratedFile, ...], folder: Path) -> None:
    """Write files into a folder `made`."""
    (folder / "made").mkdir()
    for file in files:
        (folder / "made" / file.path).write_text(file.text, encoding="utf-8")


def run(command: list[str], folder: Path, **variables: str) -> subprocess.CompletedProcess[str]:
    """Run a command in a folder."""
    paths = os.pathsep.join([str(folder), str(ROOT), str(ROOT / "toolkit")])
    environment = {**os.environ, "PYTHONPATH": paths, "MYPYPATH": str(folder), **variables}
    return subprocess.run(
        command,
        cwd=folder,
        env=environment,
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )


FEW = """
from hypothesis import settings

settings.register_profile("few", max_examples=40, derandomize=True, database=None, deadline=None)
"""
"""A profile of fewer examples than a suite takes of its own, enough to take every action."""


@pytest.mark.parametrize("name", ["Messages", "Awkward"])
def test_suite_passes_against_the_model(name: str, tmp_path: Path) -> None:
    write(files_of(of_files(name)), tmp_path)
    (tmp_path / "made" / "conftest.py").write_text(FEW, encoding="utf-8")
    command = [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", "made"]
    chosen = {"CONFORM_TEST_MODEL": str(SPECS / f"{name}.tla"), "CONFORM_HYPOTHESIS_PROFILE": "few"}
    done = run(command, tmp_path, **chosen)
    assert done.returncode == 0, done.stdout + done.stderr


def test_suite_without_an_implementation_says_so_and_fails(tmp_path: Path) -> None:
    write(files_of(of_files("Awkward"), ""), tmp_path)
    command = [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", "made"]
    done = run(command, tmp_path)
    assert done.returncode == 1
    assert "set CONFORM_IMPLEMENTATION=package.module:callable" in done.stdout


@pytest.mark.parametrize("name", ["Queue", "Messages", "Awkward"])
def test_generated_code_is_clean(name: str, tmp_path: Path) -> None:
    write(files_of(of_files(name)), tmp_path)
    made = [str(path) for path in sorted((tmp_path / "made").iterdir())]
    configured = ["--config", str(ROOT / "pyproject.toml"), "--no-cache"]
    for command in (
        [str(TOOLS / "ruff"), "format", "--diff", *configured, *made],
        [str(TOOLS / "ruff"), "check", "--ignore=TID251", *configured, *made],  # has no structs
        [*MYPY, "--explicit-package-bases", *made],
    ):
        done = run(command, tmp_path)
        assert done.returncode == 0, done.stdout + done.stderr


def test_part_without_translation_is_left_out_and_said_to_be(tmp_path: Path) -> None:
    found = of_text(
        """
VARIABLE x
Init == x = 0
Up == x < 2 /\\ x' = x + 1
Odd == \\/ x = 2 /\\ x' = 0
       \\/ x = 1 /\\ x' = 0
Other == /\\ x < 1
         /\\ (x' = 1 \\/ x' = 2)
Next == Up \\/ Odd \\/ Other
Spec == Init /\\ [][Next]_x
Small == x \\in 0..2
""",
        "SPECIFICATION Spec INVARIANT Small",
    )
    assert [(each.kind, each.name) for each in found.machine.omissions] == [
        ("action", "Odd"),
        ("action", "Other"),
    ]
    assert all(each.excerpt for each in found.machine.omissions)
    files = {file.path: file.text for file in files_of(found)}
    assert "action Odd: `Odd` is a disjunction" in files["machine.py"]
    assert "def test_left_out(" in files["test_machine.py"]


def test_same_bytes_under_any_hash_seed(tmp_path: Path) -> None:
    script = (
        "import hashlib\n"
        "from tests.unit.generate.specifications import of_files\n"
        "from tests.unit.generate.test_suites import files_of\n"
        "for name in ('Messages', 'Queue'):\n"
        "    for file in files_of(of_files(name)):\n"
        "        print(file.path, hashlib.sha256(file.text.encode()).hexdigest())\n"
    )
    seen = {
        run([sys.executable, "-c", script], tmp_path, PYTHONHASHSEED=seed).stdout
        for seed in ("0", "1", "12345")
    }
    assert len(seen) == 1
    assert "machine.py" in seen.pop()
