"""The compiler of TLA+ formulas: the dispatcher with every construct in its table."""

from __future__ import annotations

from conform.languages.tlaplus.evaluation.analysis import Analysis
from conform.languages.tlaplus.evaluation.constructs import CONSTRUCTS
from conform.languages.tlaplus.evaluation.dispatch import Dispatcher
from conform.languages.tlaplus.evaluation.ordering import ValueOrder


class Compiler(Dispatcher):
    """Compiles the formulas of one specification."""

    def __init__(
        self, slots: tuple[str, ...], analysis: Analysis, order: ValueOrder | None = None
    ) -> None:
        """Take the names of the variables, in the order of the slots.

        Without an `order`, sets are gone through in the canonical one.
        """
        super().__init__(slots, analysis, order or ValueOrder(), CONSTRUCTS)
