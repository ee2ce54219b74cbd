"""The table of standard modules: what each one gives to a module that EXTENDS it.

Modules whose text stands in the folder `sources` are read from there; a built-in operator takes the
place of the definition of its name.
"""

from __future__ import annotations

from conform.languages.tlaplus.evaluation.scope import Builtin
from conform.languages.tlaplus.evaluation.standard.bags import BAGS, BAGS_EXT
from conform.languages.tlaplus.evaluation.standard.bitwise import BITWISE
from conform.languages.tlaplus.evaluation.standard.drawing import GRAPH_VIZ, STATISTICS, SVG
from conform.languages.tlaplus.evaluation.standard.finite_sets import FINITE_SETS, LANGUAGE
from conform.languages.tlaplus.evaluation.standard.finite_sets_ext import FINITE_SETS_EXT
from conform.languages.tlaplus.evaluation.standard.folds import FOLDS
from conform.languages.tlaplus.evaluation.standard.functions import FUNCTIONS
from conform.languages.tlaplus.evaluation.standard.io_utils import CSV, IO_UTILS
from conform.languages.tlaplus.evaluation.standard.json_values import JSON
from conform.languages.tlaplus.evaluation.standard.numbers import INTEGERS, NATURALS
from conform.languages.tlaplus.evaluation.standard.provers import PROVERS
from conform.languages.tlaplus.evaluation.standard.randomization import RANDOMIZATION
from conform.languages.tlaplus.evaluation.standard.reals import REALS
from conform.languages.tlaplus.evaluation.standard.sequences import SEQUENCES
from conform.languages.tlaplus.evaluation.standard.sequences_ext import ELEMENTS
from conform.languages.tlaplus.evaluation.standard.subsequences import PARTS
from conform.languages.tlaplus.evaluation.standard.tlc import TLC
from conform.languages.tlaplus.evaluation.standard.tlc_ext import TLC_EXT, TOOLBOX
from conform.languages.tlaplus.evaluation.standard.vector_clocks import VECTOR_CLOCKS

EVERYWHERE = LANGUAGE
"""Operators of the language itself: no EXTENDS is needed."""

STANDARD_MODULES: dict[str, dict[str, Builtin]] = {
    "Naturals": NATURALS,
    "Integers": NATURALS | INTEGERS,
    "Reals": NATURALS | INTEGERS | REALS,
    "Sequences": SEQUENCES,
    "FiniteSets": FINITE_SETS,
    "Bags": TLC | BAGS,
    "TLC": TLC,
    "TLCExt": TLC_EXT,
    "Toolbox": TOOLBOX,
    "Randomization": RANDOMIZATION,
    "SequencesExt": ELEMENTS | PARTS,
    "FiniteSetsExt": FINITE_SETS_EXT,
    "Functions": FUNCTIONS,
    "Folds": FOLDS,
    "BagsExt": BAGS_EXT,
    "Bitwise": BITWISE,
    "VectorClocks": VECTOR_CLOCKS,
    "Json": JSON,
    "IOUtils": IO_UTILS,
    "CSV": CSV,
    "SVG": SVG,
    "GraphViz": GRAPH_VIZ,
    "Statistics": STATISTICS,
    "TLAPS": PROVERS,
}
"""Operators by module, with those of the modules that it EXTENDS (not of local instances)."""

BROUGHT_ALONG: dict[str, frozenset[str]] = {
    "Integers": frozenset({"Naturals"}),
    "Reals": frozenset({"Naturals", "Integers"}),
    "Sequences": frozenset({"Naturals"}),
    "FiniteSets": frozenset({"Naturals", "Sequences"}),
    "TLC": frozenset({"Naturals", "Sequences", "FiniteSets"}),
    "Bags": frozenset({"Naturals", "Sequences", "FiniteSets", "TLC"}),
    "Randomization": frozenset({"Naturals", "Sequences", "FiniteSets"}),
}
"""The modules that those of TLC extend or instantiate: a proof may cite them too."""

OVERRIDDEN_BY_TLC = frozenset(
    {"Naturals", "Integers", "Sequences", "FiniteSets", "Bags", "TLC", "Randomization"}
)
"""Modules whose definitions TLC replaces by its own classes even if the text is the user's."""
