"""Whatever a module or a configuration holds, it is explored or refused: nothing else happens."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

import pytest

from conform.cli.frame import run
from conform.errors import ExitCode
from tests.property.mutants import FOLDERS, mutant

PARTS = 4
"""Tests that the mutants are shared out among, so that they can run side by side."""

EXPECTED = {ExitCode.CONFORMS, ExitCode.FINDINGS, ExitCode.INPUT, ExitCode.INCOMPLETE}


@pytest.fixture
def scratch(tmp_path: Path) -> Path:
    """Give a folder with copies of all modules, for those that extend others."""
    for folder in FOLDERS:
        for path in folder.glob("*.tla"):
            shutil.copy(path, tmp_path)
    return tmp_path


@pytest.mark.parametrize("part", range(PARTS))
def test_mutant_ends_with_a_verdict_or_a_place(
    part: int, scratch: Path, mutants: int, capsys: pytest.CaptureFixture[str]
) -> None:
    for seed in range(part, mutants, PARTS):
        one = mutant(seed)
        module = scratch / f"{one.sample.name}.tla"
        configuration = scratch / "mutant.cfg"
        module.write_text(one.module, encoding="utf-8", newline="")
        configuration.write_text(one.configuration, encoding="utf-8", newline="")
        words = ["explore", str(module), "-c", str(configuration), "-v", "-o", os.devnull]
        limits = ["--timeout", "2", "--max-memory", "1GB", "--max-states", "100"]
        code = run([*words, *limits])
        said = capsys.readouterr().err
        assert code in EXPECTED, f"mutant {seed}, of {one.sample.name}\n{said}"
        assert "Traceback" not in said, f"mutant {seed}"
        module.write_text(one.sample.module, encoding="utf-8")
