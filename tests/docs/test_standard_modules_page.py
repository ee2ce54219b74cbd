"""The page on standard modules is what the evaluator's tables say; --update-goldens writes it."""

from __future__ import annotations

import pytest

from tests.docs.console import ROOT
from tests.docs.standard_modules_page import page

PAGE = ROOT / "docs" / "reference" / "standard-modules.md"


def test_page_is_what_the_tables_say(request: pytest.FixtureRequest) -> None:
    made = page()
    if request.config.getoption("--update-goldens"):
        PAGE.write_text(made, encoding="utf-8", newline="\n")
    assert PAGE.read_text(encoding="utf-8") == made, (
        "run pytest tests/docs/test_standard_modules_page.py --update-goldens"
    )
