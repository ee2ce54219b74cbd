"""Standard modules that are written in TLA+: their texts, which stand in the folder `sources`."""

from __future__ import annotations

from pathlib import Path

from conform.text import Source, is_there, read_source

STANDARD_FOLDER = "<standard>/"
"""What the paths of these texts begin with where they are shown."""

SOURCES = Path(__file__).with_name("sources")


def standard_source(name: str) -> Source | None:
    """Return the text of a standard module, None for one that has none.

    Where STANDARD_MODULES has an operator of the same name, that one is evaluated instead of its
    definition, as TLC prefers its Java classes.
    """
    path = SOURCES / f"{name}.tla"
    return read_source(path, f"{STANDARD_FOLDER}{name}.tla") if is_there(path) else None
