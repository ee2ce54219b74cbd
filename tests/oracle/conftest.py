"""Fixtures of the tests that run TLC, or what stands in for it."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from conform.errors import InputError
from conform.tlc.installing import find_jar, is_available
from conform.tlc.running import TlcRun
from tests.oracle.stand_in import Tools

RunTlc = Callable[[Path, Path], TlcRun]


@pytest.fixture
def tools(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Tools:
    """Give programs that stand in for others."""
    return Tools(tmp_path / "tools", monkeypatch)


@pytest.hookimpl(tryfirst=True)  # before tests are chosen by their marks
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark what asks TLC itself: `make oracle` runs that alone, `make test` has run the rest."""
    for item in items:
        if "jar" in getattr(item, "fixturenames", ()):
            item.add_marker("live")


REQUIRES_TLC = "CONFORM_ORACLE"
"""Environment variable: with the value `live` a missing TLC fails these tests (make oracle)."""


@pytest.fixture(scope="session")
def jar() -> Path:
    """Give TLC's jar; skip where there is none and none is required."""
    if not is_available() and os.environ.get(REQUIRES_TLC) != "live":
        pytest.skip("TLC is not installed (make tlc); the recorded outcomes stand for it")
    try:
        return find_jar()
    except InputError as error:
        pytest.fail(str(error))


@pytest.fixture(scope="session")
def kept_tlc(jar: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[RunTlc]:
    """Give what runs TLC on a module and a configuration, without starting Java each time."""
    from tests.oracle.kept_tlc import KeptTlc  # noqa: PLC0415  # loads Java's library

    kept = KeptTlc(jar, tmp_path_factory.mktemp("tlc"))
    yield kept.run
    kept.close()
