"""What the process that leads a search and those that keep its states say to one another.

Only numbers and arrays of numbers: rows, and answers in codes. A partition knows no model and no
value, so that it may be anywhere.
"""

from __future__ import annotations

from typing import TypeAlias

import numpy as np
from msgspec import Struct
from numpy.typing import NDArray

from conform.explore.columns.layout import Codes, Words
from conform.explore.columns.partitions.owners import Owners
from conform.explore.columns.staged_keys import Leaves
from conform.explore.options import Limit

Places: TypeAlias = NDArray[np.uint32]
"""Places of states in a round, 0-based."""

Conjunction: TypeAlias = tuple[int, ...]
"""The numbers of the tables of a predicate's conjuncts, asked in order."""


class Steps(Struct, frozen=True):
    """Steps by the places of their sources, instances, outcomes and targets.

    `allowed` says which of them the action constraints allow, None where there are none.
    """

    places: Places
    instances: NDArray[np.int32]
    outcomes: NDArray[np.int32]
    targets: Words
    allowed: NDArray[np.bool_] | None

    def __len__(self) -> int:
        return len(self.places)

    def at(self, chosen: NDArray[np.intp]) -> Steps:
        """Return some of the steps."""
        return Steps(
            self.places[chosen],
            self.instances[chosen],
            self.outcomes[chosen],
            self.targets[chosen],
            None if self.allowed is None else self.allowed[chosen],
        )


# --- What a partition is asked --------------------------------------------------------------------


class Begin(Struct, frozen=True):
    """The first that a partition hears: it is the owner `number`, and has no states.

    `bits` is the layout, leaf by leaf; `instances` are so many; with `room` so many keys are in
    memory at most, and the others in files.
    """

    number: int
    owners: Owners
    bits: tuple[int, ...]
    instances: int
    room: int | None


class Take(Struct, frozen=True):
    """Keep states that were found elsewhere.

    They were not met before if they `are_new`; those that wait to be expanded wait in this order.
    """

    words: Words
    are_new: bool
    wait: bool


class LayOut(Struct, frozen=True):
    """Take up another layout, whose leaves are wider."""

    bits: tuple[int, ...]


class Answers(Struct, frozen=True):
    """More answers of the table `number`, by the codes of `leaves`; all that it has if `is_all`.

    They are about states, or about steps with the leaves after them behind those before. `counts`
    tells of an instance how many successors each answer has, and `changes` their codes; of
    a conjunct `counts` are its values. `stages` and `stage_of` are those of StagedKeys.
    """

    number: int
    is_all: bool
    of_steps: bool
    leaves: Leaves
    stages: tuple[Leaves, ...]
    codes: Codes
    stage_of: tuple[int, ...]
    counts: NDArray[np.int64]
    changes: Codes | None


class Learn(Struct, frozen=True):
    """Know these answers too; a table that was never heard of begins with them."""

    answers: tuple[Answers, ...]


class Expand(Struct, frozen=True):
    """Expand the states that wait from the number `first` on, one for each of `places`.

    Numbers count what this partition was given to keep waiting. `constraints` and `properties` are
    asked about each step; of the states `checked`, counted from `first`, all steps are told.
    """

    first: int
    places: Places
    checked: NDArray[np.int64]
    constraints: tuple[Conjunction, ...]
    properties: tuple[Conjunction, ...]


class Judge(Struct, frozen=True):
    """Say which targets are new, of the steps expanded last and of these from other partitions.

    `witnesses` must be false where the constraints hold, `invariants` true.
    """

    steps: tuple[Steps, ...]
    constraints: tuple[Conjunction, ...]
    invariants: tuple[Conjunction, ...]
    witnesses: tuple[Conjunction, ...]


class Store(Struct, frozen=True):
    """Keep the states that were new in the last judgement."""


class Show(Struct, frozen=True):
    """Tell the row of a state that waits."""

    number: int


class Seek(Struct, frozen=True):
    """Tell whether the state with this row was met."""

    words: Words


class Give(Struct, frozen=True):
    """Give the rows of some more of the states that were met; no rows when all are given."""


class GiveWaiting(Struct, frozen=True):
    """Give the rows of the states that wait from the number `first` on."""

    first: int


Request: TypeAlias = (
    Take | LayOut | Learn | Expand | Judge | Store | Show | Seek | Give | GiveWaiting
)


# --- What a partition says ------------------------------------------------------------------------


class Done(Struct, frozen=True):
    """It is done; the process holds so many bytes of memory, None where nobody can tell."""

    held: int | None


class Misses(Struct, frozen=True):
    """Nothing is done: tables lack the answers about these states, or steps."""

    misses: tuple[tuple[int, Words], ...]


class Sample(Struct, frozen=True):
    """States with all steps from them: how many each has, their instances and targets."""

    words: Words
    counts: NDArray[np.int64]
    instances: NDArray[np.int32]
    targets: Words


class Expanded(Struct, frozen=True):
    """The steps whose targets others own, by owner; `taken` counts all steps by instance.

    `is_eventful` says that something is for the plain search to tell: a property that a step
    breaks, or a formula without a value. `asked` counts questions by table.
    """

    steps: tuple[Steps, ...]
    taken: NDArray[np.int64]
    all_lead_on: bool
    is_eventful: bool
    sample: Sample | None
    asked: dict[int, int]


class Judged(Struct, frozen=True):
    """The steps that were first to lead to a new state, in order, without their targets."""

    places: Places
    instances: NDArray[np.int32]
    outcomes: NDArray[np.int32]
    is_eventful: bool
    asked: dict[int, int]


class Rows(Struct, frozen=True):
    """Rows of states."""

    words: Words


class Met(Struct, frozen=True):
    """Whether a state was met."""

    is_met: bool


class Crowded(Struct, frozen=True):
    """Rows have too many combinations for keys."""


class Ended(Struct, frozen=True):
    """A limit ended the work."""

    limit: Limit


class Failed(Struct, frozen=True):
    """The partition has a defect, told in words."""

    what: str


Reply: TypeAlias = Done | Misses | Expanded | Judged | Rows | Met | Crowded | Ended | Failed
