"""How many states of one reading are looked at, where others are known to the end."""

from __future__ import annotations

from collections.abc import Collection

from conform.check.columns import Role
from conform.commands.model_artefact import DOCUMENT, MACHINE

TIMES_THE_OTHERS = 10
MORE_STATES = {DOCUMENT: 20_000, MACHINE: 20_000, str(Role.FIZZBEE): 100_000}
"""A reading is given up after ten times the states of another one, and so many more.

These may have states without end where others do not: a machine may be edited so, and a FizzBee
model bounds its actions and not its states.
"""

TIMES_THE_ONE_IN_USE = 2
MORE_STATES_OF_ANOTHER_CONFIGURATION = 50_000
"""A configuration beside the one in use may be the large one, of hours, with a property more."""


def bound_of_reading(name: str, asked: int | None, counts: Collection[int]) -> int | None:
    """Return the bound on the states of a reading; None for none.

    `asked` is what the user allows, `counts` are the states of readings explored to the end.
    """
    more = MORE_STATES.get(name)
    if asked is not None or more is None or not counts:
        return asked
    return more + TIMES_THE_OTHERS * max(counts)


def bound_of_others(asked: int | None, counts: Collection[int]) -> int:
    """Return the bound on the states of a module under a configuration that is not in use."""
    if asked is not None:
        return asked
    return MORE_STATES_OF_ANOTHER_CONFIGURATION + TIMES_THE_ONE_IN_USE * max(counts, default=0)
