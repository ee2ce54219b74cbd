"""TLC itself, run for real, says of each module what was recorded.

Runs where TLC is installed; `make oracle`, as CI runs it, requires it. `--update-goldens` records.
"""

from __future__ import annotations

import pytest

from tests.conftest import Golden
from tests.oracle.conftest import RunTlc
from tests.oracle.outcomes import MODULES, NAMES, of_tlc, to_text


@pytest.mark.parametrize("name", NAMES)
def test_tlc_says_what_was_recorded(name: str, kept_tlc: RunTlc, golden: Golden) -> None:
    run = kept_tlc(MODULES / f"{name}.tla", MODULES / f"{name}.cfg")
    golden(f"oracle/{name}.json", to_text(of_tlc(run, name)))
