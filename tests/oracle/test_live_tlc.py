"""TLC itself, run for real, says of each module what was recorded.

Runs where TLC is installed; `make oracle`, as CI runs it, requires it. `--update-goldens` records.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.conftest import Golden
from tests.oracle.outcomes import NAMES, of_tlc, to_text


@pytest.mark.parametrize("name", NAMES)
def test_tlc_says_what_was_recorded(
    name: str, jar: Path, java_options: tuple[str, ...], golden: Golden
) -> None:
    golden(f"oracle/{name}.json", to_text(of_tlc(jar, name, java_options)))
