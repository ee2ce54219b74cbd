"""Proofs are checked and not kept: where they end, and that a theorem has one."""

from __future__ import annotations

import pytest

from conform.errors import InputError
from conform.languages.tlaplus import syntax
from tests.unit.languages.tlaplus.sketches import module

PROOFS = [
    "OBVIOUS",
    "OMITTED",
    "PROOF OBVIOUS",
    "BY a, b DEF c, d",
    "BY ONLY a, MODULE M DEFS c",
    "BY LET q == 1 IN q",
    "<1>1. b BY c\n<1>2. QED BY <1>1, <1>2 DEF b",
    "<1>1. b\n  <2>1. c OBVIOUS\n  <2> QED OBVIOUS\n<1> QED\n  <2>. QED OBVIOUS",
    "<1> DEFINE q == 1\n       r(x) == 2\n<1> SUFFICES ASSUME NEW y PROVE a OBVIOUS\n<1>q. QED",
    "<1>1. CASE a OBVIOUS\n<1>2. PICK z : a OBVIOUS\n<1> USE DEF a\n<1> HIDE a\n<1> QED",
    "<1> INSTANCE M\n<1>. TAKE x \\in S\n<1>3... WITNESS 1\n<1> HAVE a\n<1> QED",
    "<*>1. b OBVIOUS\n<*> QED OBVIOUS",
    "<+>1. b OBVIOUS\n<*> QED OBVIOUS",
    "PROOF\n<1>1. b\nPROOF OBVIOUS\n<1>2. QED\nPROOF OMITTED",
    "<1>1. /\\ a\n      /\\ b\n<1> QED",
    "<1>1. ASSUME NEW VARIABLE q, NEW CONSTANT c PROVE a\n<1> QED",
]
FOLLOWING = ["B == 1", "VARIABLE q", "----", "THEOREM b", "USE a", "LOCAL B == 1", "RECURSIVE f"]


@pytest.mark.parametrize("proof", PROOFS)
@pytest.mark.parametrize("following", FOLLOWING)
def test_the_unit_after_a_proof_is_read(proof: str, following: str) -> None:
    theorem, after = module(f"THEOREM a\n{proof}\n{following}").units
    assert isinstance(theorem, syntax.Theorem)
    assert theorem.has_proof
    assert not isinstance(after, syntax.Theorem) or not after.has_proof


def test_a_theorem_that_declares_without_new_has_its_proof() -> None:
    (theorem,) = module("THEOREM ASSUME CONSTANT c PROVE a\n<1> QED").units
    assert isinstance(theorem, syntax.Theorem)
    assert theorem.has_proof


def test_definitions_inside_a_theorem_do_not_end_it() -> None:
    (theorem,) = module("THEOREM LET q == 1 IN q\nOBVIOUS").units
    assert isinstance(theorem, syntax.Theorem)
    assert theorem.has_proof


@pytest.mark.parametrize("following", FOLLOWING)
def test_a_theorem_without_a_proof_has_none(following: str) -> None:
    theorem, _ = module(f"THEOREM T == a\n{following}").units
    assert isinstance(theorem, syntax.Theorem)
    assert not theorem.has_proof


def test_the_span_of_a_theorem_covers_its_proof() -> None:
    (theorem,) = module("THEOREM a\n<1>1. b\n<1> QED BY <1>1").units
    assert (theorem.span.line, theorem.span.end_line, theorem.span.end_column) == (2, 4, 15)


REFUSED = [
    ("THEOREM a\n<1>1. b", 4, 1, "a proof step"),
    ("THEOREM a\n<1>1. b\n  <2>1. c\n<1> QED", 5, 1, "a proof step"),
    ("THEOREM a\n<1>1. b\nTHEOREM c", 4, 1, ""),
    ("THEOREM a\n<1>1 QED\n<1>2 b", 4, 1, ""),
    ("A == a\nOBVIOUS", 3, 1, ""),
    ("A == a <1>1. b", 2, 8, ""),
]


@pytest.mark.parametrize(("text", "line", "column", "expected"), REFUSED)
def test_a_broken_proof_is_reported(text: str, line: int, column: int, expected: str) -> None:
    with pytest.raises(InputError) as caught:
        module(text)
    span = caught.value.span
    assert span is not None
    assert (span.line, span.column) == (line, column)
    assert expected in caught.value.expected
