"""`make tables`: the grammar of FizzBee, whose parsing tables are made ahead."""

from __future__ import annotations

from pathlib import Path

from conform.parsing.tables import Grammars, write_tables

GRAMMARS: Grammars = {Path(__file__).with_name("grammar.lark"): ("module", "library", "formula")}
"""The grammar file, and the rules it can start with: a file, a `.star` file, an expression."""


if __name__ == "__main__":
    write_tables(GRAMMARS)
