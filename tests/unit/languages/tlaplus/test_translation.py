"""A translated expression has the value that the evaluator gives it: a table of every construct."""

from __future__ import annotations

import pytest

from conform.errors import ConformError
from tests.unit.languages.tlaplus.translated import FAILED, evaluated, model_of, translated

EXPRESSIONS = [
    # numbers
    "n + 1 - 2 * n",
    "n - (1 - n)",
    "(-7) \\div 2",
    "7 \\div n",
    "(-7) % 3",
    "7 % n",
    "2 ^ 3",
    "n ^ 2",
    "2 ^ n",
    "-n",
    "(n * n) \\div 2 - (n % 5)",
    # booleans and comparisons
    "(b /\\ n > 0) \\/ n = 2",
    "(b \\/ n > 0) /\\ ~b",
    "b => n = 2",
    "b <=> n > 0",
    "b = TRUE",
    "(n > 0) = FALSE",
    "1 <= n /\\ n # 3",
    "n \\in 1..3",
    "n \\notin {1, n, 5}",
    "n \\in Nat",
    "n \\in Int",
    "b \\in BOOLEAN",
    "n \\in {}",
    "n \\in Small \\cap {2} \\/ n \\in (Small \\ {2}) \\cup {7}",
    "n \\in {k \\in 0..5 : k % 2 = 0}",
    "FALSE /\\ q[9] = 1",
    "TRUE \\/ Head(<<>>) = 1",
    "(n > 100) => q[9] = 1",
    "/\\ b\n              /\\ n = 2",
    # sets
    "s \\cup {n, 9}",
    "s \\cap 1..5",
    "s \\ {1}",
    "s \\subseteq 0..n",
    "s = 1..2",
    "1..n",
    "3..1",
    "{}",
    "{x \\in s : x > 1}",
    "{x + y : x \\in s, y \\in {10, 20}}",
    "{<<x, y>> : x, y \\in s}",
    "{<<x, y>> \\in s \\X s : x < y}",
    "SUBSET s",
    "UNION {{x, x + 1} : x \\in s}",
    "{1} \\in SUBSET s",
    "{s, {5}} \\subseteq SUBSET Small",
    "Cardinality(s) + Cardinality(1..n)",
    "IsFiniteSet(s)",
    "s \\X {TRUE}",
    "<<1, TRUE>> \\in s \\X BOOLEAN",
    "[{1, 2} -> {0, 1}]",
    "[a : {1}, c : {2, 3}]",
    "[a |-> 1, c |-> 3] \\in [a : {1}, c : {2, 3}]",
    "{TRUE, FALSE} = BOOLEAN",
    # quantifiers and CHOOSE
    "\\A x \\in s : x < 3",
    "\\E x, y \\in s : x < y",
    "\\A x \\in s, y \\in {1} : x >= y => x # 0",
    "\\A x \\in {} : 1 = 2",
    "\\E <<x, y>> \\in {<<1, 2>>, <<3, 4>>} : x + y = 7",
    "CHOOSE x \\in s : x > 0",
    "CHOOSE x \\in {3, 1, 2} : TRUE",
    "CHOOSE k \\in Keys : TRUE",
    "CHOOSE x \\in s : x > 100",
    "CHOOSE x \\in BOOLEAN : TRUE",
    # functions and records
    'f["x"] + f["y"]',
    'f["z"]',
    "[k \\in Keys |-> f[k] + n]",
    "[x \\in 1..3 |-> x * x]",
    "[x \\in s, y \\in s |-> x + y]",
    "[x, y \\in s |-> x][1, 2]",
    '[f EXCEPT !["x"] = n]',
    '[f EXCEPT !["x"] = @ + 1, !["x"] = @ * 2, !["y"] = f["x"]]',
    '[f EXCEPT !["none"] = 1]',
    '[f EXCEPT !["none"] = f["none"]]',
    "DOMAIN f",
    "f = [k \\in Keys |-> 5]",
    '("x" :> 1 @@ "y" :> 2)["y"]',
    '(("x" :> 1) @@ f)["y"]',
    "f \\in [Keys -> 0..9]",
    "r.a + r.b[1]",
    'r["a"]',
    "[r EXCEPT !.a = @ + 1]",
    "[r EXCEPT !.b = Append(@, 5), !.b[1] = 0]",
    "[a |-> n, b |-> q] = r",
    "[c |-> n].c",
    "DOMAIN r",
    # tuples and sequences
    "t[1] + 1",
    "~t[2]",
    "[t EXCEPT ![2] = ~ @]",
    "<<n, b>>",
    "<<1, <<2, 3>>>>[2][1]",
    "q[2]",
    "q[n]",
    "q[0]",
    "Len(q) + Len(\"abc\")",
    "Head(q)",
    "Tail(q)",
    "Append(q, n)",
    "q \\o <<n>>",
    "<<1>> \\o q \\o <<>>",
    "q \\o q",
    '"a" \\o "b"',
    "SubSeq(q, 2, 3)",
    "SubSeq(q, 3, 2)",
    "SubSeq(q, 0, 1)",
    "SelectSeq(q, LAMBDA e : e > 1)",
    "[q EXCEPT ![2] = 9]",
    "[q EXCEPT ![9] = 9]",
    "[q EXCEPT ![1] = @ + Head(q)]",
    "DOMAIN q",
    "{q[i] : i \\in DOMAIN q}",
    "q = <<3, 1, 2>>",
    "q \\in Seq(Int)",
    # IF, CASE, LET and operators
    "IF n > 0 THEN n ELSE 0 - n",
    "IF b THEN {n} ELSE 1..2",
    "1 + IF b THEN 2 ELSE 3",
    "IF q = <<>> THEN 0 ELSE Head(q)",
    "CASE n = 2 -> 1 [] n > 2 -> 2 [] OTHER -> 3",
    "CASE n = 2 -> 1 [] n = 5 -> 2",
    "CASE b -> q [] OTHER -> <<0>>",
    "LET x == n + 1 IN x * x",
    "LET x == Head(q) IN IF q = <<>> THEN 0 ELSE x",
    "LET double(x) == x + x IN double(double(n))",
    "Inc(Inc(n)) + Fact(n)",
    "Apply(Inc, n) + Apply(LAMBDA x : x * x, n)",
    "Fact(IF b THEN Head(q) ELSE 0)",
    "SeqSum(q)",
    "(CASE b -> n [] b -> n) + (n + n) + (IF b THEN n ELSE 0) * (IF n > 0 THEN 1 ELSE 2)",
    "NULL",
    '"text"',
]  # fmt: skip


@pytest.mark.parametrize("expression", EXPRESSIONS)
def test_translation_has_the_value_of_the_evaluator(expression: str) -> None:
    model = model_of(expression)
    assert translated(model) == evaluated(model)


def test_table_has_values_and_failures() -> None:
    found = [value for expression in EXPRESSIONS for value in evaluated(model_of(expression))]
    assert found.count(FAILED) >= 10
    assert len(found) - found.count(FAILED) > 2 * len(EXPRESSIONS)


@pytest.mark.parametrize(
    ("expression", "reason"),
    [
        ("CHOOSE x : x > 0", "an unbounded CHOOSE"),
        ("\\A x : x > 0", "UnboundedQuantified"),
        ("ENABLED (n' = 1)", "ENABLED of a formula that is no action"),
        ("CHOOSE x \\in SUBSET s : x # {}", "does not sort as TLC does"),
        ("Permutations(s)", "has no translation here"),
        ("ToString(n)", "has no translation here"),
        ("[m \\in Nat |-> m][1]", "has no translation here"),
        ("f = q", "types do not tell"),
    ],
)
def test_expression_without_translation_is_refused(expression: str, reason: str) -> None:
    with pytest.raises(ConformError, match=reason) as caught:
        translated(model_of(expression))
    assert caught.value.span is not None
    assert caught.value.excerpt
