"""Fixtures of the tests that run TLC, or what stands in for it."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.oracle.stand_in import Tools


@pytest.fixture
def tools(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Tools:
    """Give programs that stand in for others."""
    return Tools(tmp_path / "tools", monkeypatch)
