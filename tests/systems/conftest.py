"""What the tests of whole protocols share: a scratch copy of the project."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.systems.scratch import Scratch, copy_project


@pytest.fixture
def project(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> Scratch:
    """Give a copy of this repository's project, as the working directory."""
    copy_project(tmp_path)
    monkeypatch.chdir(tmp_path)
    return Scratch(tmp_path, capsys)
