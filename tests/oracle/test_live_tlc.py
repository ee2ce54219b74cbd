"""TLC itself, run for real, says of each module what was recorded.

Runs where TLC is installed; `make oracle`, as CI runs it, requires it. `--update-goldens` records.
"""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from conform.errors import InputError
from conform.tlc.installing import find_jar, is_available
from tests.conftest import Golden
from tests.oracle.outcomes import NAMES, of_tlc, to_text

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


@pytest.mark.parametrize("name", NAMES)
def test_tlc_says_what_was_recorded(name: str, jar: Path, golden: Golden) -> None:
    golden(f"oracle/{name}.json", to_text(of_tlc(jar, name)))
