"""Loads the modules that say how each construct compiles."""

from __future__ import annotations

from conform.languages.tlaplus.evaluation import actions, formulas, prefixes, structures


def load() -> None:
    """Make sure that every construct is registered; importing this module has done it."""
    assert all((actions, formulas, prefixes, structures))
