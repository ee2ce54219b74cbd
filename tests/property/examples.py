"""How many examples a property is tried on: few each time, since each time they are others.

`pytest --hypothesis-profile thorough tests/property` tries many, before a release.
"""

from __future__ import annotations

from hypothesis import settings

EXAMPLES: int = settings().max_examples
"""Of the profile that was asked for: Hypothesis's own, of a hundred, unless told otherwise. What
needs many to meet anything worth trying takes a multiple of it."""
