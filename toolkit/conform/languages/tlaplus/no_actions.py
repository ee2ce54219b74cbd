"""A next-state action that gives no action: it is quantified over empty sets alone.

TLC finds that out when it is about to take the first step, behind the initial states and what is
violated by them (its message 2115), and so do we.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from conform.errors import EvaluationError
from conform.languages.tlaplus.behaviour import Formula, NamedAction
from conform.languages.tlaplus.evaluation.assignments import ActionCode, After


def no_action(name: str, formula: Formula) -> tuple[NamedAction, ActionCode]:
    """Return what stands for the actions that are not there, and its code: it fails."""
    span = formula.node.span

    def missing(_s: Any, _t: After, _e: tuple[Any, ...]) -> Iterable[After]:
        raise EvaluationError(
            f"`{name}` gives no action: it is quantified over empty sets alone",
            span=span,
            hint="give values that are not empty to the constants that it ranges over",
        )

    return NamedAction(name, (), formula, span, None), missing
