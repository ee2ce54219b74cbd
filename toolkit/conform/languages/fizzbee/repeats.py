"""Loops that choose inside of one step, and so can come back to where they were, for ever.

FizzBee forks at each choice and merges forks that are alike, so that `while a == b:` with two
tosses inside of it has an end. Runs of a step that are replayed choice by choice are ended where
they come to a situation again.
"""

from __future__ import annotations

from msgspec import Struct

from conform.errors import UnsupportedError
from conform.languages.fizzbee import syntax as tree
from conform.languages.fizzbee.evaluation.faults import FaultError, located
from conform.languages.fizzbee.execution.choices import Script
from conform.languages.fizzbee.syntax_expressions import Node
from conform.languages.fizzbee.walking import chooses, descendants
from conform.text import Source, Span

LOOKING_INSIDE = (
    tree.AssertionKind.TRANSITION,
    tree.AssertionKind.ALWAYS_EVENTUALLY,
    tree.AssertionKind.EVENTUALLY_ALWAYS,
)
"""Assertions that a choice made for ever, or a way that is not looked at, makes a difference to."""

CHOOSING_FOR_EVER = "a step that may choose for ever is treated only for `always` and `exists`"


class EndlessChoiceError(UnsupportedError):
    """A step that need not end, met where an assertion asks about ways without end."""


class Repeats(Struct, frozen=True):
    """Whether a file `has_loops` that choose inside of a step, and what it asks about them.

    `is_merging` says that ways through a step count for what they lead to alone. `asks` says that
    an assertion is about ways that never end, too.
    """

    has_loops: bool = False
    is_merging: bool = False
    asks: bool = False

    def script(self, given: tuple[int, ...] = ()) -> Script:
        """Return the script of a step."""
        return Script(given, is_merging=self.is_merging)

    def heed(self, script: Script, source: Source, span: Span) -> None:
        """Raise EvaluationError after a step that had no end, EndlessChoiceError for one that need
        not have one where that matters.
        """
        if not script.has_circle:
            return
        if not script.has_ended:
            message = "a step that chooses again and again does not come to its end"
            raise located(FaultError(message, "is this an endless loop?"), source, span)
        if self.asks:
            raise EndlessChoiceError(
                CHOOSING_FOR_EVER,
                span=span,
                excerpt=source.excerpt(span),
                hint="leave the other assertions out, or bound the loop",
            )


def repeats_of(module: tree.Module) -> Repeats:
    """Return what there is in a file of loops that choose."""
    routines = _routines(module)
    if not any(map(chooses, routines)) or not any(map(_has_choosing_loop, routines)):
        return Repeats()
    kinds = {assertion.kind for assertion in module.assertions}
    has_fair = any(
        isinstance(part, tree.ChoiceAssignment) and part.fairness is not None
        for routine in routines
        for part in descendants(routine)
    )
    is_merging = not has_fair and tree.AssertionKind.TRANSITION not in kinds
    return Repeats(has_loops=True, is_merging=is_merging, asks=not kinds.isdisjoint(LOOKING_INSIDE))


def _routines(module: tree.Module) -> list[tree.Action | tree.Function]:
    found: list[tree.Action | tree.Function] = [*module.actions, *module.functions]
    inits = [module.init]
    for role in module.roles:
        found += [*role.actions, *role.functions]
        inits.append(role.init)
    return [*found, *(init for init in inits if init is not None)]


def _has_choosing_loop(routine: Node) -> bool:
    return any(
        chooses(loop) or any(isinstance(part, tree.CallStatement) for part in descendants(loop))
        for loop in descendants(routine)
        if isinstance(loop, tree.While)
    )
