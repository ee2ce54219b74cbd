"""A name that a formal line binds hides a name that is known there.

What it means
    A Let, a choice, a quantifier or a parameter of a helper uses the name of a constant, variable
    or helper, or of a name bound around it. What a reader takes for the one is the other.

Example
    The table of variables has `count`, and an effect says

    - choose `count ∈ 1..MaxBatch`

What to do
    Give the bound name another one.
"""

from __future__ import annotations

from conform.domain.finding import Code

CODE = Code("CF115", "a bound name hides another")
