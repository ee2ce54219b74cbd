"""`make tables`: the grammars of TLA+ whose parsing tables are made ahead."""

from __future__ import annotations

from pathlib import Path

from conform.parsing.tables import Grammars, write_tables

FOLDER = Path(__file__).parent

GRAMMARS: Grammars = {
    FOLDER / "grammar.lark": ("module", "formula"),
    FOLDER / "configuration.lark": ("configuration",),
}
"""The grammar files, and the rules with which each can start."""


if __name__ == "__main__":
    write_tables(GRAMMARS)
