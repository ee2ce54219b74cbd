"""Statements with a parameter that nothing binds: `state = FENCED ⇒ ¬ENABLED Assign(w)`.

It is meant for every value of the parameter, where all actions that have one of this name have it
range over one set.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence

from conform.languages.markdown.formal.document import FormalAction
from conform.languages.markdown.formal.syntax import Bound, Expression, Name, Quantified


def closed(
    formula: Expression, free: Collection[str], actions: Sequence[FormalAction]
) -> Expression | None:
    """Return the formula for all values of the names in `free`; None where one has no one range."""
    bounds: list[Bound] = []
    for name in sorted(free):
        ranges = [
            given
            for action in actions
            for parameter, given in zip(action.parameters, action.ranges, strict=True)
            if parameter == name
        ]
        sets = {given.name if isinstance(given, Name) else None for given in ranges}
        if not ranges or len(sets) != 1 or None in sets or ranges[0] is None:
            return None
        bounds.append(Bound(formula.span, (name,), ranges[0]))
    return Quantified(formula.span, "\\A", tuple(bounds), formula) if bounds else None
