"""Configurations of a module that divide the work: one for invariants, and one for liveness."""

from __future__ import annotations

import re
from pathlib import PurePosixPath

from conform.check.context import ConfigurationFile, FormalArtefact

CHECKED = ("INVARIANT", "PROPERTY")
"""Keywords of what a configuration checks."""

_LIVENESS = re.compile(
    r"(?<![A-Za-z])(?:live(?:ness)?(?![a-z])|LIVE)|Liveness|(?<=[a-z0-9_-])Live(?![a-z])"
)


def are_apart(one: ConfigurationFile, other: ConfigurationFile) -> bool:
    """Whether one of the two is for liveness, and the other is not.

    One is so by its name, or without invariants, or with a part of those of the other, which has no
    properties.
    """
    if _is_for_liveness(one) != _is_for_liveness(other):
        return True
    return _divide(one, other) or _divide(other, one)


def _divide(safe: ConfigurationFile, live: ConfigurationFile) -> bool:
    invariants = [{each.name for each in file.names("INVARIANT")} for file in (live, safe)]
    is_part = invariants[0] < invariants[1]
    return is_part and bool(live.names("PROPERTY")) and not safe.names("PROPERTY")


def apart_from_in_use(artefact: FormalArtefact) -> tuple[ConfigurationFile, ...]:
    """Return the configurations that are apart from the one in use, in the project's order.

    `check` explores the module under those that check more than it.
    """
    files = artefact.configurations
    in_use = next((file for file in files if file.name == artefact.configuration), None)
    return tuple(file for file in files if in_use and are_apart(file, in_use))


def _is_for_liveness(file: ConfigurationFile) -> bool:
    if not file.names("PROPERTY"):
        return False
    named = f"{file.name} {PurePosixPath(file.path).stem}"
    return not file.names("INVARIANT") or _LIVENESS.search(named) is not None
