"""Formulas of documents: each form of the notation has the value that it has in TLA+."""

from __future__ import annotations

import pytest

from conform.errors import EvaluationError, InputError
from conform.languages.markdown.formal.parsing import parse_formula
from tests.unit.languages.markdown.formal.texts import fragment, value


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        # numbers
        ("1 + 2 * 3", "7"),
        ("(1 + 2) * 3", "9"),
        ("7 - 2 - 1", "4"),
        ("-7 \\div 2", "-4"),
        ("7 ÷ 2", "3"),
        ("-7 % 3", "2"),
        ("7 mod 3", "1"),
        ("2^3", "8"),
        ("count + 1", "4"),
        # truth
        ("TRUE", "TRUE"),
        ("¬FALSE", "TRUE"),
        ("~FALSE", "TRUE"),
        ("not false", "TRUE"),
        ("!true", "FALSE"),
        ("TRUE ∧ FALSE", "FALSE"),
        ("TRUE /\\ TRUE", "TRUE"),
        ("TRUE and TRUE", "TRUE"),
        ("TRUE && FALSE", "FALSE"),
        ("FALSE ∨ TRUE", "TRUE"),
        ("FALSE \\/ FALSE", "FALSE"),
        ("FALSE or TRUE", "TRUE"),
        ("FALSE || TRUE", "TRUE"),
        ("TRUE ∨ TRUE ∧ FALSE", "TRUE"),
        ("FALSE ⇒ FALSE", "TRUE"),
        ("TRUE => FALSE", "FALSE"),
        ("FALSE implies FALSE", "TRUE"),
        ("TRUE ⇔ TRUE", "TRUE"),
        ("TRUE <=> FALSE", "FALSE"),
        ("TRUE ≡ TRUE", "TRUE"),
        ("¬count = 4", "TRUE"),
        # comparisons
        ("count = 3", "TRUE"),
        ("count == 3", "TRUE"),
        ("count ≠ 3", "FALSE"),
        ("count # 3", "FALSE"),
        ("count /= 3", "FALSE"),
        ("count != 3", "FALSE"),
        ("count ≤ 3", "TRUE"),
        ("count <= 2", "FALSE"),
        ("count =< 3", "TRUE"),
        ("count ≥ 4", "FALSE"),
        ("count >= 3", "TRUE"),
        ("1 ≤ count < Max", "TRUE"),
        ("1 < 2 < 2", "FALSE"),
        ("IDLE = IDLE", "TRUE"),
        ('IDLE = "IDLE"', "TRUE"),
        ("IDLE = BUSY", "FALSE"),
        # sets
        ("{2, 1, 2}", "{1, 2}"),
        ("{}", "{}"),
        ("∅", "{}"),
        ("1..3", "{1, 2, 3}"),
        ("3..1", "{}"),
        ("count ∈ 1..Max", "TRUE"),
        ("count \\in 1..2", "FALSE"),
        ("count in {3}", "TRUE"),
        ("count ∉ {3}", "FALSE"),
        ("count not in {3}", "FALSE"),
        ("count \\notin {3}", "FALSE"),
        ("{1} ∪ {2}", "{1, 2}"),
        ("{1} \\cup {2}", "{1, 2}"),
        ("{1, 2} ∩ {2}", "{2}"),
        ("{1, 2} \\ {2}", "{1}"),
        ("{1} ⊆ {1, 2}", "TRUE"),
        ("{1, 3} \\subseteq {1, 2}", "FALSE"),
        ("{x ∈ 1..4 : x > 2}", "{3, 4}"),
        ("{x ∈ 1..4 | x > 2}", "{3, 4}"),
        ("{x + 1 : x ∈ 1..2}", "{2, 3}"),
        ("{1, 2} × {3}", "{<<1, 3>>, <<2, 3>>}"),
        ("SUBSET {1, 2}", "{{}, {1}, {2}, {1, 2}}"),
        ("UNION {{1}, {2}}", "{1, 2}"),
        ("Cardinality(Workers)", "2"),
        ("Max", "4"),
        ("Min({3, 2})", "2"),
        ("min {3, 2}", "2"),
        ("max { n ∈ 1..9 : n < 2 * Max } - 1", "6"),
        ("Max {n + 1 | n ∈ 1..2} + Max", "7"),
        ("0 ∈ Nat", "TRUE"),
        ("-1 ∈ Nat", "FALSE"),
        ("0 ∈ Nat \\ {0}", "FALSE"),
        ("-1 ∈ Int", "TRUE"),
        ("TRUE ∈ BOOLEAN", "TRUE"),
        ("1 ∈ BOOLEAN", "FALSE"),
        ("{1} ∈ SUBSET Nat", "TRUE"),
        # quantifiers
        ("∀ x ∈ 1..3 : x ≤ count", "TRUE"),
        ("\\A x \\in 1..3 : x < count", "FALSE"),
        ("for all x in 1..3 : x ≤ count", "TRUE"),
        ("∃ x ∈ 1..3 : x = count", "TRUE"),
        ("\\E x \\in 1..2 : x = count", "FALSE"),
        ("there exists x in 1..3 : x = count", "TRUE"),
        ("¬∃ x ∈ 1..2 : x = count", "TRUE"),
        ("∄ x ∈ 1..2 : x = count", "TRUE"),
        ("∀ x, y ∈ 1..2, z ∈ {0} : x + y > z", "TRUE"),
        ("∃ x ∈ 1..3 : ∀ y ∈ 1..3 : y ≤ x ∧ x = 3", "TRUE"),
        ("CHOOSE x ∈ 1..3 : x > 1", "2"),
        # functions and records
        ("[x ∈ 1..2 ↦ x + 1]", "<<2, 3>>"),
        ("[x \\in {1, 3} |-> x]", "(1 :> 1 @@ 3 :> 3)"),
        ("[x, y ∈ 1..2 ↦ x + y][1, 2]", "3"),
        ("[w ∈ Workers ↦ IDLE]", '(w1 :> "IDLE" @@ w2 :> "IDLE")'),
        ("[type ↦ WAL, n ↦ 1].type", '"WAL"'),
        ("[type |-> WAL]", '[type |-> "WAL"]'),
        ("{type: WAL, n: 1}", '[n |-> 1, type |-> "WAL"]'),
        ("{type: WAL}.type", '"WAL"'),
        ("{x : x ∈ 1..2}", "{1, 2}"),
        ("{x + y : x, y ∈ 1..2}", "{2, 3, 4}"),
        ("state.phase", '"IDLE"'),
        ("[state EXCEPT !.next = @ + 1].next", "2"),
        ("[[x ∈ 1..2 ↦ [n ↦ x]] EXCEPT ![1].n = 5][1].n", "5"),
        ("DOMAIN state", '{"next", "phase"}'),
        ("1 :> 2 @@ 3 :> 4", "(1 :> 2 @@ 3 :> 4)"),
        ("[1..2 → {0, 1}]", "{<<0, 0>>, <<0, 1>>, <<1, 0>>, <<1, 1>>}"),
        ("[x ∈ 1..2 ↦ 0] ∈ [1..2 → Nat]", "TRUE"),
        ("[x ∈ 1..3 ↦ 0] ∈ [1..2 → Nat]", "FALSE"),
        ("state ∈ [phase : {IDLE}, next : Nat]", "TRUE"),
        ("state ∈ [phase : {BUSY}, next : Nat]", "FALSE"),
        ("Cardinality([a : {1, 2}, b : {1}])", "2"),
        # sequences
        ("⟨1, 2⟩", "<<1, 2>>"),
        ("<<>>", "<<>>"),
        ("Len(log)", "2"),
        ("Head(log)", '"A"'),
        # a pair in parentheses, and words for nothing beside values of other kinds
        ("(count, A)", '<<3, "A">>'),
        ("(count, A)[2] = A", "TRUE"),
        ("state = NONE", "FALSE"),
        ("log ≠ NULL ∧ NIL ≠ count", "TRUE"),
        ("Tail(log)", '<<"B">>'),
        ("Append(log, C)", '<<"A", "B", "C">>'),
        ("log ∘ ⟨C⟩", '<<"A", "B", "C">>'),
        ("log \\o <<C>>", '<<"A", "B", "C">>'),
        ("SubSeq(log, 2, 2)", '<<"B">>'),
        ("log[2]", '"B"'),
        ("log ∈ Seq({A, B})", "TRUE"),
        ("Range(log)", '{"A", "B"}'),
        # IF, CASE, LET
        ("IF count = 3 THEN A ELSE B", '"A"'),
        ("if count > 3 then A else B", '"B"'),
        ("1 + IF TRUE THEN 1 ELSE 2 + 3", "2"),
        ("CASE count = 1 → A [] count = 3 → B [] OTHER → C", '"B"'),
        ("CASE count = 1 -> A [] OTHER -> C", '"C"'),
        ("LET x == count + 1 IN x * x", "16"),
        ("LET x == 1, y == x + 1 IN y", "2"),
    ],
)
def test_formula_has_its_value(text: str, expected: str) -> None:
    assert value(text) == expected


def test_helper_is_applied() -> None:
    helpers = {"Twice": (("x",), "x + x"), "Limit": ((), "Twice(Max)")}
    assert value("Twice(count) < Limit", helpers) == "TRUE"


def test_let_has_no_value_where_it_is_not_used() -> None:
    assert value("LET x == log[9] IN IF count = 3 THEN 1 ELSE x") == "1"


def test_right_side_is_asked_only_where_the_left_leaves_it_open() -> None:
    assert value("count = 0 ∧ log[9] = A") == "FALSE"
    assert value("count = 3 ∨ log[9] = A") == "TRUE"
    assert value("count = 0 ⇒ log[9] = A") == "TRUE"


def test_list_by_columns_is_read_as_in_tla() -> None:
    """Without the columns the second line would belong to the quantifier, which is false."""
    text = "\\/ \\E x \\in {} : x = 1\n\\/ TRUE"
    assert value(text) == "TRUE"
    nested = "/\\ \\/ FALSE\n   \\/ TRUE\n/\\ count = 3"
    assert value(nested) == "TRUE"
    assert value("/\\ \\/ FALSE\n   \\/ TRUE\n/\\ count = 4") == "FALSE"
    assert value("(/\\ TRUE\n /\\ FALSE) \\/ TRUE") == "TRUE"


@pytest.mark.parametrize(
    ("text", "column", "message", "expected"),
    [
        ("count = ", 7, "unexpected the end of the line", "a name or a value"),
        ("count + ∧ 1", 9, "unexpected `∧`", "a name or a value"),
        ("(count = 1", 10, "unexpected the end of the line", "`)`"),
        ("count 1", 7, "unexpected `1`", "an operator"),
        ("count = 1 §", 11, "unexpected character '§'", "a formula"),
        ("∀ x : ", 5, "unexpected the end of the line", "a name or a value"),
        ("{1, }", 5, "unexpected `}`", "a name or a value"),
        ("1 = 2 ∈ {TRUE}", 7, "`=` and `∈` stand in one chain", "a chain of = < ≤ > ≥"),
        ("[a ↦ 1, a ↦ 2]", 9, "there are two fields a", "one"),
        ("9999999999999999999", 1, "the number is too large", "18 digits"),
        ("(" * 200 + "1" + ")" * 200, 151, "the formula is nested too deeply", "150 levels"),
        ("1" + " + 1" * 4000, 1, "the formula has more than 8,192 characters", "a shorter one"),
    ],
)
def test_error_says_where_and_what_was_expected(
    text: str, column: int, message: str, expected: str
) -> None:
    with pytest.raises(InputError) as caught:
        parse_formula(fragment(text))
    error = caught.value
    assert error.span is not None
    assert (error.span.line, error.span.column) == (1, column)
    assert error.message == message
    assert expected in error.expected
    assert "^" in error.excerpt


@pytest.mark.parametrize(
    ("text", "column", "message"),
    [
        ("count = IDLE", 1, "an integer, 3, is compared with a string"),
        ("count = NOTHING", 1, "an integer, 3, is compared with a string"),
        ("count ∧ TRUE", 1, "this is an integer, 3"),
        ("log < 1", 1, "this is a sequence"),
        ("log[3]", 1, "3 is outside of the domain"),
        ("state.nothing", 1, '"nothing" is outside of the domain'),
        ("count[1]", 1, "this is an integer, 3"),
        ("1 ∈ count", 5, "this is an integer, 3"),
        ("∀ x ∈ Nat : x = x", 7, "this is a string"),
        ("CHOOSE x ∈ {1} : x > 1", 1, "CHOOSE finds no such element"),
        ("1 % 0", 1, "the divisor is 0"),
        ("2^64", 1, "the exponent is 64"),
        ("Head(⟨⟩)", 1, "the sequence is empty"),
        ("Cardinality(1)", 13, "this is an integer, 1"),
        ("min {n ∈ 1..2 : n > 2}", 5, "this is a set, {}"),
        ('max {"a"}', 5, 'this is a set, {"a"}'),
        ("CASE FALSE → 1", 1, "no arm of this CASE holds"),
        ("1..9999999", 1, "the set has more than 1,000,000 elements"),
        ("SUBSET (1..30)", 9, "the set has more than 1,000,000 elements"),
        ("[1..30 → 1..30]", 1, "the set has more than 1,000,000 elements"),
    ],
)
def test_formula_without_a_value_says_why(text: str, column: int, message: str) -> None:
    with pytest.raises(EvaluationError) as caught:
        value(text)
    error = caught.value
    assert error.message.startswith(message)
    assert error.span is not None and error.span.column == column
    assert "^" in error.excerpt


def test_helper_that_is_defined_by_itself_is_refused() -> None:
    with pytest.raises(EvaluationError, match="helper `Down` is defined by itself"):
        value("Down(1)", {"Down": (("x",), "Down(x - 1)")})
