"""What the tests of whole protocols share: a scratch copy of the project."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.systems.scratch import (
    LEADERLESS_LOG,
    PAIR,
    TASK_CLAIMING,
    Scratch,
    copy_project,
)


@pytest.fixture
def project(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> Scratch:
    """Give a copy of this repository's project with the Leaderless Log, as working directory."""
    copy_project(tmp_path, LEADERLESS_LOG)
    monkeypatch.chdir(tmp_path)
    return Scratch(tmp_path, capsys)


@pytest.fixture
def claiming(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> Scratch:
    """Give a copy of this repository's project with Task Claiming, two workers and one task."""
    copy_project(tmp_path, TASK_CLAIMING)
    monkeypatch.chdir(tmp_path)
    scratch = Scratch(tmp_path, capsys, TASK_CLAIMING)
    scratch.configure(PAIR)
    return scratch
