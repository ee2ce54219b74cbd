"""The page of common mistakes is made of their table; --update-goldens writes it."""

from __future__ import annotations

import pytest

from tests.docs.console import ROOT
from tests.unit.languages.tlaplus.mistakes import MISTAKES, Mistake

PAGE = ROOT / "docs" / "reference" / "tla-mistakes.md"

_INTRODUCTION = """\
# Common mistakes in TLA+

What `conform` says of texts that are not TLA+, most of them habits of other languages. Each stands
in the body of a module, which begins in line 2. Places are those that SANY reports.
"""


def _section(mistake: Mistake) -> str:
    return (
        f"## {mistake.name}\n\n```text\n{mistake.text}\n```\n\n"
        f"```text\n{mistake.place}: {mistake.message}\nhint: {mistake.hint}\n```\n"
    )


def test_the_page_is_what_the_table_says(request: pytest.FixtureRequest) -> None:
    page = "\n".join([_INTRODUCTION, *map(_section, MISTAKES)])
    if request.config.getoption("--update-goldens"):
        PAGE.write_text(page, encoding="utf-8", newline="\n")
    assert PAGE.read_text(encoding="utf-8") == page, (
        "run pytest tests/docs/test_mistakes_page.py --update-goldens"
    )
