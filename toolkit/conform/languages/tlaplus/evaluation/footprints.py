"""What a formula can depend on, and what an action does with each slot.

Levels are those of "Specifying Systems", chapter 17: 0 constant, 1 state, 2 action, 3 temporal.
"""

from __future__ import annotations

from msgspec import Struct

CONSTANT, STATE, ACTION, TEMPORAL = range(4)

NO_SLOTS: frozenset[int] = frozenset()


class Footprint(Struct, frozen=True):
    """Level, slots that occur unprimed (`reads`) and primed (`primed`), purity.

    `asks_run` when the progress or the registers of a run are asked for, which change within it.
    `swaps_states` when a prime or ENABLED occurs: then arguments must be passed by name.
    `uses_locals` when a name occurs that is bound outside the formula, in the environment.
    """

    level: int = CONSTANT
    reads: frozenset[int] = NO_SLOTS
    primed: frozenset[int] = NO_SLOTS
    is_pure: bool = True
    swaps_states: bool = False
    uses_locals: bool = False
    asks_run: bool = False

    def __or__(self, other: Footprint) -> Footprint:
        if other is NOTHING:
            return self
        return Footprint(
            max(self.level, other.level),
            self.reads | other.reads,
            self.primed | other.primed,
            self.is_pure and other.is_pure,
            self.swaps_states or other.swaps_states,
            self.uses_locals or other.uses_locals,
            self.asks_run or other.asks_run,
        )

    @property
    def is_closed(self) -> bool:
        """Whether there is one value whatever the state and the environment."""
        return self.level == CONSTANT and self.is_pure and not self.uses_locals

    def mentioned(self) -> frozenset[int]:
        """Return the slots that occur at all."""
        return self.reads | self.primed


NOTHING = Footprint()


class ActionFootprint(Struct, frozen=True):
    """What an action does with each slot, over all its branches.

    `reads`: slots on whose value before the step the outcome can depend; `written`: slots assigned
    by something other than UNCHANGED; `copied`: slots under UNCHANGED; `consulted`: slots whose
    value after the step is looked at. `chooses` where a value may be chosen on the way (`\\E`).
    """

    reads: frozenset[int] = NO_SLOTS
    written: frozenset[int] = NO_SLOTS
    copied: frozenset[int] = NO_SLOTS
    consulted: frozenset[int] = NO_SLOTS
    is_pure: bool = True
    chooses: bool = False

    def __or__(self, other: ActionFootprint) -> ActionFootprint:
        return ActionFootprint(
            self.reads | other.reads,
            self.written | other.written,
            self.copied | other.copied,
            self.consulted | other.consulted,
            self.is_pure and other.is_pure,
            self.chooses or other.chooses,
        )
