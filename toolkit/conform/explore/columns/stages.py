"""Which leaves answer many questions by themselves, told from what evaluations have read."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

import numpy as np

from conform.explore.columns.layout import Codes
from conform.explore.columns.staged_keys import Leaves

FIRST_LOOK = 32
"""Answers from which on a stage is looked for, and again whenever there are twice as many."""

MOST_STAGES = 3
"""Early stages that a question has at most: each is asked about all that those before leave."""

WORTH = 4
"""One in so many evaluations must be spared, or a stage costs more than it brings."""

MOST_CANDIDATES = 16

Reading = frozenset[int] | None
"""The leaves that one evaluation read; None if more than these decides what it finds."""


def worthwhile_stage(readings: Sequence[Reading], leaves: Leaves, codes: Codes) -> Leaves | None:
    """Return the leaves of the stage that would have spared the most evaluations, None if few.

    `codes` has what `leaves` held in each evaluation.
    """
    partial = Counter(each for each in readings if each is not None and len(each) < len(leaves))
    best, most = None, len(readings) // WORTH
    for candidate, _ in partial.most_common(MOST_CANDIDATES):
        columns = [place for place, leaf in enumerate(leaves) if leaf in candidate]
        within = [each is not None and each <= candidate for each in readings]
        ends = codes[np.array(within)][:, columns]
        spared = len(ends) - len(np.unique(ends, axis=0, return_index=True)[1])
        if spared > most:
            best, most = candidate, spared
    return None if best is None else tuple(sorted(best))
