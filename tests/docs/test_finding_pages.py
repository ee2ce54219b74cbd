"""The page of a finding in docs/ is the docstring of its module; --update-goldens writes them."""

from __future__ import annotations

import pytest

from tests.docs.console import ROOT
from tests.docs.finding_pages import pages

FOLDER = ROOT / "docs" / "reference" / "findings"


def test_pages_are_what_the_modules_say(request: pytest.FixtureRequest) -> None:
    made = pages()
    if request.config.getoption("--update-goldens"):
        FOLDER.mkdir(exist_ok=True)
        for path in FOLDER.iterdir():
            path.unlink()
        for name, text in made.items():
            (FOLDER / name).write_text(text, encoding="utf-8", newline="\n")
    present = {path.name: path.read_text(encoding="utf-8") for path in FOLDER.iterdir()}
    stale = sorted(
        name for name in made.keys() | present.keys() if made.get(name) != present.get(name)
    )
    assert stale == [], "run pytest tests/docs/test_finding_pages.py --update-goldens"
