"""What was found when states were expanded together."""

from __future__ import annotations

import numpy as np
from msgspec import Struct
from numpy.typing import NDArray

Numbers = NDArray[np.int64]


class Found(Struct, frozen=True):
    """New states, in the order of the plain search.

    `counts` tells how many each expanded state was first to find, the others by which instance and
    outcome each new one was. `taken` counts all steps by instance.
    """

    counts: Numbers
    instances: Numbers
    outcomes: Numbers
    taken: Numbers
