"""`make tables`: the grammars of documents, whose parsers are kept."""

from __future__ import annotations

from conform.languages.markdown.cells import GRAMMAR as CELLS
from conform.languages.markdown.formal.parsing import GRAMMAR as FORMAL_LINES
from conform.parsing.kept_parsers import Grammar, write_kept

GRAMMARS: tuple[Grammar, ...] = (CELLS, FORMAL_LINES)
"""The cells of mapping tables, and formal lines."""


if __name__ == "__main__":
    for grammar in GRAMMARS:
        write_kept(grammar)
