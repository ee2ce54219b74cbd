"""The parsing tables that lie beside the grammars are those of the grammars."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from conform.languages.tlaplus.building import Builder
from conform.languages.tlaplus.reading import GRAMMAR
from conform.languages.tlaplus.tables import GRAMMARS
from conform.parsing.lalr import load_tables, tables_path
from conform.parsing.tables import tables_text


@pytest.mark.parametrize("grammar", GRAMMARS, ids=lambda path: path.name)
def test_tables_are_fresh(grammar: Path) -> None:
    fresh = tables_text(grammar, GRAMMARS[grammar])
    assert tables_path(grammar).read_text(encoding="utf-8") == fresh, "run `make tables`"


def test_tables_do_not_depend_on_hashes() -> None:
    program = (
        "from conform.languages.tlaplus.tables import GRAMMARS\n"
        "from conform.parsing.tables import tables_text\n"
        "for grammar, starts in GRAMMARS.items(): print(tables_text(grammar, starts))"
    )
    outputs = {
        subprocess.run(
            [sys.executable, "-c", program],
            env=os.environ | {"PYTHONHASHSEED": seed},
            capture_output=True,
            check=True,
            timeout=60,
        ).stdout
        for seed in ("1", "2")
    }
    assert len(outputs) == 1


def test_each_rule_has_its_method() -> None:
    methods = {rule.method for rule in load_tables(GRAMMAR).rules if rule.method}
    assert all(hasattr(Builder, method) for method in methods)
