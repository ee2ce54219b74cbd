"""Generated code, executed: a machine imported, a suite run beside a reference implementation."""

from __future__ import annotations

import importlib.util
import os
import shutil
import subprocess
import sys
from pathlib import Path
from types import ModuleType

from tests.systems.scratch import ROOT


def import_machine(generated: str) -> ModuleType:
    """Import machine.py of a generated folder as it stands in the repository."""
    path = ROOT / generated / "machine.py"
    spec = importlib.util.spec_from_file_location(f"{path.parent.name}_in_repository", path)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module
    spec.loader.exec_module(module)
    return module


FEW = """
from hypothesis import settings

settings.register_profile("few", max_examples=120, derandomize=True, database=None, deadline=None)
"""
"""A profile of fewer examples than a suite takes of its own, enough to take every action."""


def copy_code(folder: Path) -> None:
    """Copy the reference implementations and the generated files, with a profile beside them."""
    ignored = shutil.ignore_patterns("__pycache__")
    for name in ("reference", "generated"):
        shutil.copytree(ROOT / name, folder / name, ignore=ignored)
    (folder / "conftest.py").write_text(FEW, encoding="utf-8")


def run_suite(
    folder: Path, generated: str, test: str | None = None
) -> subprocess.CompletedProcess[str]:
    """Run a generated suite, or one test of it, beside the reference implementation in a folder."""
    tests = generated if test is None else f"{generated}/test_machine.py::{test}"
    paths = {key: value for key, value in os.environ.items() if not key.startswith("PYTEST")}
    return subprocess.run(
        [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", "--tb=line", tests],
        cwd=folder,
        env={**paths, "CONFORM_HYPOTHESIS_PROFILE": "few"},
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
