"""Names in proofs, after BY, USE, HIDE and DEF too: accepted and refused as by SANY."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from conform.errors import InputError
from conform.languages.tlaplus.specification import Specification, load_specification
from conform.text import Source

HEAD = r"""---- MODULE Main ----
EXTENDS Naturals
CONSTANT c, C(_)
VARIABLE x
Op(a) == a + 1
Nul == x = 1
f[i \in Nat] == i
I == INSTANCE Sub
J(k) == INSTANCE Sub
LOCAL Lo == 1
ASSUME As == c \in Nat
THEOREM T0 == Nul => Nul
"""
SUB = Source("Sub", "---- MODULE Sub ----\nB == 1\nTHEOREM Th == B = 1\n====\n")
TEXTS = re.findall(
    r"^## (\S+)\n(.*?)(?=^## |\Z)",
    Path(__file__).with_name("sany_proof_verdicts.txt").read_text(encoding="utf-8"),
    re.MULTILINE | re.DOTALL,
)


def no_module(_name: str) -> Source | None:
    return None


def load(body: str) -> Specification:
    return load_specification(Source("Main", f"{HEAD}{body}====\n"), {"Sub": SUB}.get)


def test_the_recorded_verdicts_are_all_there() -> None:
    assert sum(verdict == "ok" for verdict, _ in TEXTS) > 75
    assert sum(verdict != "ok" for verdict, _ in TEXTS) > 70


@pytest.mark.parametrize(("verdict", "body"), TEXTS)
def test_proof_is_accepted_or_refused_where_sany_does(verdict: str, body: str) -> None:
    if verdict == "ok":
        assert load(body)
        return
    with pytest.raises(InputError) as caught:
        load(body)
    span = caught.value.span
    assert span is not None
    assert f"{span.line - HEAD.count(chr(10))}:{span.column}" == verdict
    assert caught.value.excerpt


@pytest.mark.parametrize(
    "body",
    [
        "EXTENDS FiniteSetTheorems\nTHEOREM TRUE BY FS_Subset DEF Elsewhere",
        "EXTENDS TLAPS\nTHEOREM TRUE BY NewTactic, SMT, Isa",
        "INSTANCE SequenceTheorems\nTHEOREM TRUE BY LenProperties",
    ],
)
def test_theorems_of_modules_for_provers_may_be_unknown(body: str) -> None:
    assert load_specification(Source("Main", f"---- MODULE Main ----\n{body}\n====\n"), no_module)


def test_formulas_of_a_proof_are_checked_beside_such_modules_too() -> None:
    body = "EXTENDS TLAPS\nTHEOREM TRUE\n<1>1. Unknown = 1 BY Zenon\n<1> QED BY <1>1"
    with pytest.raises(InputError, match="unknown operator or identifier `Unknown`"):
        load_specification(Source("Main", f"---- MODULE Main ----\n{body}\n====\n"), no_module)
