"""The page of FizzBee's common mistakes is made of their table; --update-goldens writes it."""

from __future__ import annotations

import pytest

from tests.docs.console import ROOT
from tests.unit.languages.fizzbee.mistakes import MISTAKES, Mistake

PAGE = ROOT / "docs" / "reference" / "fizzbee-mistakes.md"

_INTRODUCTION = """\
# Common mistakes in FizzBee

What `conform` says of files that FizzBee or Starlark would refuse, most of them habits of other
languages, and of constructs that are FizzBee's and not treated here (exit code 3).
"""


def _section(mistake: Mistake) -> str:
    hint = f"\nhint: {mistake.hint}" if mistake.hint else ""
    return (
        f"## {mistake.name}\n\n```text\n{mistake.text.expandtabs(8).rstrip()}\n```\n\n"
        f"```text\n{mistake.place}: {mistake.message}{hint}\n```\n"
    )


def test_the_page_is_what_the_table_says(request: pytest.FixtureRequest) -> None:
    page = "\n".join([_INTRODUCTION, *map(_section, MISTAKES)])
    if request.config.getoption("--update-goldens"):
        PAGE.write_text(page, encoding="utf-8", newline="\n")
    assert PAGE.read_text(encoding="utf-8") == page, (
        "run pytest tests/docs/test_fizzbee_mistakes_page.py --update-goldens"
    )
