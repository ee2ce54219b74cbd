"""An effect assigns the same place twice.

What it means
    All assignments of an effect are made at once, so that a second one to the same variable, or to
    the same place in it, contradicts the first. That is also so for a variable which a further line
    says to be UNCHANGED.

Example
    **Effect**

    - `writerState[w] := DONE`
    - `writerState[w] := IDLE`

What to do
    Remove one of the two. Where the value depends on something, say so: `x := IF c THEN a ELSE b`.
"""

from __future__ import annotations

from conform.domain.finding import Code, Finding
from conform.languages.markdown.formal.assignments import Twice
from conform.text import Source

CODE = Code("CF114", "a place assigned twice in one effect")


def assigned_again(action: str, found: Twice, source: Source) -> Finding:
    """Return the finding about a second assignment in the effect of an action."""
    return CODE.finding(
        f"{action}: the effect assigns `{found.variable}` twice",
        found.span,
        excerpt=source.excerpt(found.span),
        details=(f"first: {found.first}",),
        hint="all assignments are made at once: keep one of them",
    )
