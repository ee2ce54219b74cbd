"""The contract of the registry: every row of every table leads somewhere."""

from __future__ import annotations

import re

import pytest

from conform.commands.explain import find_code, listing, page
from conform.errors import UsageError
from conform.registry import FINDING_MODULES, REPORT_WRITERS, TABLES, entry, report_writer, resolve

ROWS = [(word, key, path) for word, table in TABLES.items() for key, path in sorted(table.items())]


@pytest.mark.parametrize(("word", "key", "path"), ROWS)
def test_row_leads_somewhere(word: str, key: str, path: str) -> None:
    assert resolve(path) is not None


@pytest.mark.parametrize(("code", "path"), FINDING_MODULES.items())
def test_finding_has_a_code_a_title_and_a_page(code: str, path: str) -> None:
    assert re.fullmatch(r"CF[1-8]\d\d", code)
    module = resolve(path)
    assert find_code(module, code).title
    assert re.fullmatch(rf"cf{code[2:]}_\w+", path.rpartition(".")[2])
    assert len((module.__doc__ or "").split("\n\n")) > 1, "the page needs more than a title"
    assert page(code).startswith(f"{code}: ")


def test_listing_has_a_line_for_each_code() -> None:
    assert [line.split()[0] for line in listing().splitlines()] == sorted(FINDING_MODULES)


@pytest.mark.parametrize("form", ["sarif", "html"])
def test_format_to_come_is_refused_with_those_that_are_there(form: str) -> None:
    with pytest.raises(UsageError, match="expected: text, json, junit"):
        report_writer(form)


def test_misspelt_key_is_refused_with_the_nearest() -> None:
    with pytest.raises(UsageError, match="did you mean json"):
        entry(REPORT_WRITERS, "jsn", "report format")
