"""TLAPS: the names by which proofs call provers. All of them are TRUE, as in the module itself."""

from __future__ import annotations

from conform.languages.tlaplus.evaluation.scope import Builtin
from conform.languages.tlaplus.evaluation.standard.operands import table

_PRAGMAS = [
    "SMT",
    "CVC3",
    "CVC4",
    "Yices",
    "veriT",
    "Z3",
    "Spass",
    "SimpleArithmetic",
    "SlowerZenon",
    "SlowZenon",
    "VerySlowZenon",
    "SlowestZenon",
    "Zenon",
    "Isa",
    "Auto",
    "Force",
    "Blast",
    "SimplifyAndSolve",
    "Simplification",
    "AutoBlast",
    "LS4",
    "PTL",
    "PropositionalTemporalLogic",
    "AllProvers",
    "AllSMT",
    "AllIsa",
    "ExpandENABLED",
    "ExpandCdot",
    "AutoUSE",
    "Lambdify",
    "ENABLEDaxioms",
    "ENABLEDrewrites",
    "ENABLEDrules",
    "LevelComparison",
    "Trivial",
    "SetExtensionality",
    "NoSetContainsEverything",
    "IsaWithSetExtensionality",
]

_WITH_A_LIMIT = [
    "SMTT",
    "CVC3T",
    "CVC4T",
    "YicesT",
    "veriTT",
    "Z3T",
    "SpassT",
    "ZenonT",
    "IsaT",
    "IsaM",
    "AllProversT",
    "AllSMTT",
    "AllIsaT",
    "EnabledWrapper",
    "CdotWrapper",
]

PROVERS: dict[str, Builtin] = table(
    *(Builtin(name, 0, lambda _span: True) for name in _PRAGMAS),
    *(Builtin(name, 1, lambda _span, _limit: True) for name in _WITH_A_LIMIT),
    Builtin("IsaMT", 2, lambda _span, _tactic, _limit: True),
)
