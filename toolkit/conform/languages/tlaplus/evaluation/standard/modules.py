"""The table of standard modules: what each one gives to a module that EXTENDS it."""

from __future__ import annotations

from conform.languages.tlaplus.evaluation.scope import Builtin
from conform.languages.tlaplus.evaluation.standard.finite_sets import FINITE_SETS, LANGUAGE
from conform.languages.tlaplus.evaluation.standard.numbers import INTEGERS, NATURALS
from conform.languages.tlaplus.evaluation.standard.sequences import SEQUENCES
from conform.languages.tlaplus.evaluation.standard.tlc import TLC

EVERYWHERE = LANGUAGE
"""Operators of the language itself: no EXTENDS is needed."""

STANDARD_MODULES: dict[str, dict[str, Builtin]] = {
    "Naturals": NATURALS,
    "Integers": NATURALS | INTEGERS,
    "Sequences": SEQUENCES,
    "FiniteSets": FINITE_SETS,
    "TLC": TLC,
}
"""Operators by module, with those of the modules that it EXTENDS (not of local instances)."""
