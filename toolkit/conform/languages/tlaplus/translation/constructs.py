"""Loads the modules that say how each construct is translated."""

from __future__ import annotations

from conform.languages.tlaplus.evaluation import constructs as evaluated
from conform.languages.tlaplus.translation import calling, expressions, functions, membership, sets


def load() -> None:
    """Make sure that every construct is registered; importing this module has done it."""
    evaluated.load()
    assert all((calling, expressions, functions, membership, sets))
