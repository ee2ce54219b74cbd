"""The parsing tables that lie beside the grammar are those of the grammar."""

from __future__ import annotations

from pathlib import Path

import pytest

from conform.languages.fizzbee.building import Builder
from conform.languages.fizzbee.reading import GRAMMAR
from conform.languages.fizzbee.tables import GRAMMARS
from conform.parsing.lalr import load_tables, tables_path
from conform.parsing.tables import tables_text


@pytest.mark.parametrize("grammar", GRAMMARS, ids=lambda path: path.name)
def test_tables_are_fresh(grammar: Path) -> None:
    fresh = tables_text(grammar, GRAMMARS[grammar])
    assert tables_path(grammar).read_text(encoding="utf-8") == fresh, "run `make tables`"


def test_each_rule_has_its_method() -> None:
    methods = {rule.method for rule in load_tables(GRAMMAR).rules if rule.method}
    assert all(hasattr(Builder, method) for method in methods)
