"""The modules of the community give what their plain definitions give.

The definitions and the rows stand in the oracle's modules, where TLC evaluates them; here each row
is evaluated with the operators of our own module instead.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from conform.errors import EvaluationError
from tests.unit.languages.tlaplus.standard.expressions import shown_with

MODULES = Path(__file__).parents[4] / "oracle" / "modules"

_SUBSEQUENCES = "Subsequences"


def _rows() -> list[tuple[str, str]]:
    found = []
    for path in sorted(MODULES.glob("Community*.tla")):
        name = path.stem.removeprefix("Community")
        module = "SequencesExt" if name == _SUBSEQUENCES else name
        _definitions, rows = path.read_text(encoding="utf-8").split("\\* Rows.\n")
        for line in rows.splitlines():
            if line.startswith("ASSUME "):
                found.append((module, line.removeprefix("ASSUME ")))
    return found


ROWS = _rows()


def test_there_are_rows() -> None:
    assert len(ROWS) > 200


@pytest.mark.parametrize(("module", "row"), ROWS)
def test_a_community_operator_gives_what_its_definition_gives(module: str, row: str) -> None:
    assert shown_with(row, f"Integers, Sequences, FiniteSets, Bags, {module}") == "TRUE"


ERRORS = [
    ("SequencesExt", "Last(<<>>)"),
    ("SequencesExt", "Reverse(5)"),
    ("SequencesExt", 'Reverse("ab")'),
    ("SequencesExt", "InsertAt(<<1>>, 3, 0)"),
    ("SequencesExt", "ReplaceAt(<<1>>, 2, 0)"),
    ("SequencesExt", "RemoveAt(<<1>>, 0)"),
    ("SequencesExt", 'RemoveAt(<<1>>, "a")'),
    ("SequencesExt", "Zip(<<1>>, <<>>)"),
    ("SequencesExt", "Interleave(<<1>>, <<>>)"),
    ("SequencesExt", "SeqMod(1, 0)"),
    ("SequencesExt", 'Contains(<<1>>, "a")'),
    ("SequencesExt", "SelectInSeq(<<1>>, LAMBDA x : x)"),
    ("SequencesExt", "LongestCommonPrefix({})"),
    ("SequencesExt", "IndexFirstSubSeq(<<9>>, <<1>>)"),
    ("SequencesExt", "BoundedSeq(1..100, 100)"),
    ("SequencesExt", "BoundedSeq(Nat, 1)"),
    ("SequencesExt", "SetToSeqs(1..20)"),
    ("SequencesExt", "AllSubSeqs([i \\in 1..60 |-> i])"),
    ("SequencesExt", "SetToSeq(Nat)"),
    ("SequencesExt", "FoldLeft(LAMBDA x, y : x + y, 0, {1})"),
    ("FiniteSetsExt", "Max({})"),
    ("FiniteSetsExt", "Min(Nat)"),
    ("FiniteSetsExt", 'Max({"a"})'),
    ("FiniteSetsExt", "SumSet({TRUE})"),
    ("FiniteSetsExt", "SumSet({2147483647, 1})"),
    ("FiniteSetsExt", "ProductSet({2147483647, 2})"),
    ("FiniteSetsExt", "ChooseUnique({1, 2}, LAMBDA x : TRUE)"),
    ("FiniteSetsExt", "ChooseUnique({1, 2}, LAMBDA x : FALSE)"),
    ("FiniteSetsExt", "Quantify({1}, LAMBDA x : x)"),
    ("FiniteSetsExt", "FlattenSet({1})"),
    ("FiniteSetsExt", "kSubset(15, 1..40)"),
    ("FiniteSetsExt", 'SymDiff({1}, {"a"})'),
    ("Functions", "Range(5)"),
    ("Functions", "Restrict(<<1>>, {2})"),
    ("Functions", "RestrictDomain(<<1>>, LAMBDA x : x)"),
    ("Functions", "Inverse(<<4>>, {}, {4})"),
    ("Functions", "Injection(1..12, 1..12)"),
    ("Functions", "Pointwise(LAMBDA x, y : x, <<1, 2>>, <<1>>)"),
    ("Functions", "SumFunction(<<TRUE>>)"),
    ("BagsExt", "BagAdd(<<0>>, 1)"),
    ("BagsExt", 'BagAdd(<<1>>, "a")'),
    ("BagsExt", "SumBag([a |-> 1])"),
    ("BagsExt", "ProductBag(2 :> 40)"),
    ("Bitwise", "(-1) & 1"),
    ("Bitwise", "Not(-1)"),
    ("Bitwise", "shiftL(1, 31)"),
    ("VectorClocks", "IsCausalOrder(<<1>>, LAMBDA e : e)"),
    ("Folds", "MapThenFoldSet(LAMBDA x, y : x, 0, LAMBDA x : x, LAMBDA s : 9, {1})"),
]


@pytest.mark.parametrize(("module", "expression"), ERRORS)
def test_what_has_no_value_is_a_located_error(module: str, expression: str) -> None:
    with pytest.raises(EvaluationError) as caught:
        shown_with(expression, f"Integers, Sequences, FiniteSets, Bags, {module}")
    assert caught.value.span is not None


FURTHER = [
    (
        "VectorClocks",
        "CausalOrder(<<<<1, 1>>, <<1, 0>>>>, LAMBDA e : e, LAMBDA e : 1, LAMBDA e : 1)",
        "<<<<1, 0>>, <<1, 1>>>>",
    ),
    (
        "VectorClocks",
        "CausalOrder(<<<<0, 1>>, <<1, 0>>>>, LAMBDA e : e, LAMBDA e : 1, LAMBDA e : 1)",
        "<<<<0, 1>>, <<1, 0>>>>",
    ),
    ("DyadicRationals", "Add(One, Half(One))", "[den |-> 2, num |-> 3]"),
    ("DyadicRationals", "Add(Half(One), Half(One)) = One", "TRUE"),
    ("DyadicRationals", "IsDyadicRational(Half(Half(One)))", "TRUE"),
    ("DyadicRationals", "IsDyadicRational([num |-> 1, den |-> 3])", "FALSE"),
    ("DyadicRationals", "Half(Zero) = Zero", "TRUE"),
    ("Combinatorics", "factorial(5)", "120"),
    ("Combinatorics", "choose(5, 2)", "10"),
    ("Combinatorics", "choose(2, 5)", "0"),
    (
        "Graphs",
        "IsBipartiteWithPartitions([node |-> {1, 2}, edge |-> {<<1, 2>>}], {1}, {2})",
        "TRUE",
    ),
    ("TLAPS", 'SMT /\\ Zenon /\\ Isa /\\ SMTT(10) /\\ IsaM("auto")', "TRUE"),
    (
        "NaturalsInduction",
        "NatInductiveDefConclusion([i \\in Nat |-> i], 0, LAMBDA v, i : v)[1] = 1",
        None,
    ),
    ("WellFoundedInduction", "SetLessThan(2, {<<1, 2>>}, {1, 2})", "{1}"),
    ("WellFoundedInduction", "OpToRel(<, {1, 2})", "{<<1, 2>>}"),
    (
        "WellFoundedInduction",
        "TransitiveClosureOn({<<1, 2>>, <<2, 3>>}, 1..3)",
        "{<<1, 2>>, <<1, 3>>, <<2, 3>>}",
    ),
    ("FiniteSetTheorems", "Range(<<1>>)", "{1}"),
    ("TLC, TLCExt", "TLCGetOrDefault(7, 5) + TLCGetOrDefault(8, 6)", "11"),
    ("TLC, TLCExt", "TLCSet(7, 4) /\\ TLCGetOrDefault(7, 5) = 4", "TRUE"),
    (
        "TLC, TLCExt",
        "<<TLCGetAndSet(7, +, 2, 5), TLCGetAndSet(7, -, 1, 0), TLCGet(7)>>",
        "<<5, 7, 6>>",
    ),
    ("Apalache", "Guess({3, 4}) + Skolem(1)", "4"),
    ("Apalache", "<<Gen(3), Expand({1}), ConstCardinality(TRUE)>>", "<<{}, {1}, TRUE>>"),
    ("Apalache", "1 := 1", "TRUE"),
    ("Apalache", "MkSeq(3, LAMBDA i : i * i)", "<<1, 4, 9>>"),
    ("Apalache", 'SetAsFun({<<"b", 2>>, <<"a", 1>>})', "[a |-> 1, b |-> 2]"),
    ("Apalache", "FunAsSeq([i \\in 0..4 |-> i + 1], 2, 4)", "<<2, 3>>"),
    ("Apalache", "ApaFoldSet(+, 1, {2, 3})", "6"),
    ("Apalache", "ApaFoldSeqLeft(-, 10, <<1, 2>>)", "7"),
    ("Apalache", "Repeat(LAMBDA x, i : x * i, 4, 1)", "24"),
    ("Variants", 'VariantFilter("A", {Variant("A", 1), Variant("B", 2)})', "{1}"),
    ("Variants", 'VariantTag(Variant("A", UNIT))', '"A"'),
    ("Variants", 'VariantGetOrElse("B", Variant("A", 1), 5)', "5"),
    ("Variants", 'VariantGetUnsafe("A", Variant("A", 1))', "1"),
    ("Option", "<<OptionToSet(None), OptionToSeq(Some(2))>>", "<<{}, <<2>>>>"),
    ("Option", "OptionCase(Some(2), LAMBDA x : x + 1, LAMBDA u : 0)", "3"),
    ("Option", "OptionGetOrElse(None, 7)", "7"),
    ("Option", "IsNone(OptionFlatMap(LAMBDA x : Some(x), None))", "TRUE"),
    ("Option", "IsSome(OptionGuess({1}))", "TRUE"),
    ("SequenceTheorems", "Range(<<1>>)", "{1}"),
    ("FunctionTheorems", "Injection({1}, {2})", "{<<2>>}"),
    ("FiniteSetsExtTheorems", "Max({1, 2})", "2"),
    ("SequencesExtTheorems", "Last(<<1, 2>>)", "2"),
    ("BagsTheorems", "BagCardinality(<<2>>)", "2"),
    ("FoldsTheorems", "Cardinality({1})", "1"),
]


@pytest.mark.parametrize(("module", "expression", "expected"), FURTHER)
def test_a_further_operator_gives(module: str, expression: str, expected: str | None) -> None:
    extends = f"Integers, Sequences, FiniteSets, {module}"
    if expected is None:
        with pytest.raises(EvaluationError):
            shown_with(expression, extends)
    else:
        assert shown_with(expression, extends) == expected
