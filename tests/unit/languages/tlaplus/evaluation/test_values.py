"""Constant expressions: what they evaluate to, and which have no value.

Every row was compared with TLC 2.18, the values in one run and the failures each in its own.
"""

from __future__ import annotations

import pytest

from conform.errors import EvaluationError
from tests.unit.languages.tlaplus.modules import model, shown

VALUES = [
    # arithmetic
    ("(-7) \\div 2", "-4"),
    ("7 \\div (-2)", "-4"),
    ("-7 % 2", "1"),
    ("2^0", "1"),
    ("2^30", "1073741824"),
    ("(-1)^31", "-1"),
    ("2147483646 + 1", "2147483647"),
    ("-2147483647 - 1", "-2147483648"),
    ("\\hFF + \\b11 + \\o17", "273"),
    # short circuits
    ('FALSE /\\ (1 = "a")', "FALSE"),
    ('FALSE => (1 = "a")', "TRUE"),
    ('TRUE \\/ (1 = "a")', "TRUE"),
    ('IF TRUE THEN 1 ELSE 1 + "a"', "1"),
    ("CASE TRUE -> 1 [] 1 -> 2", "1"),
    ("CASE FALSE -> 1 [] TRUE -> 2 [] TRUE -> 3", "2"),
    ("CASE FALSE -> 1 [] OTHER -> 4", "4"),
    ("TRUE <=> FALSE", "FALSE"),
    ("\\E x \\in 1..3 : x = 1 \\/ x + TRUE = 1", "TRUE"),
    ("\\A x \\in {} : x", "TRUE"),
    ("\\E x \\in {} : x", "FALSE"),
    # equality: size first, then elementwise up to the first difference
    ('{1, 2} = {"a"}', "FALSE"),
    ('<<1, "a">> = <<2, 1>>', "FALSE"),
    ("[a |-> 1] = [b |-> 1]", "FALSE"),
    ("<<1>> = <<1, 2>>", "FALSE"),
    ("<<1, 2>> = [i \\in 1..2 |-> i]", "TRUE"),
    ('[a |-> 1] = [s \\in {"a"} |-> 1]', "TRUE"),
    ("<<>> = [x \\in {} |-> x]", "TRUE"),
    ("(1 :> 2) = <<2>>", "TRUE"),
    ("1..3 = {3, 2, 1}", "TRUE"),
    ("2..1 = {}", "TRUE"),
    ("{{1}, {}} = SUBSET {1}", "TRUE"),
    ("[{1} -> {2}] = {<<2>>}", "TRUE"),
    ("1 # 2", "TRUE"),
    ("TRUE = FALSE", "FALSE"),
    # sets
    ("1 \\in {}", "FALSE"),
    ("{1} \\subseteq Nat", "TRUE"),
    ("{-1} \\subseteq Nat", "FALSE"),
    ("{3, 1, 2, 1}", "{1, 2, 3}"),
    ("{TRUE, FALSE}", "{FALSE, TRUE}"),
    ("{{2}, {}, {1, 2}, {1}}", "{{}, {1}, {2}, {1, 2}}"),
    ("1..3 \\ {2}", "{1, 3}"),
    ("{1, 2} \\cap 2..5", "{2}"),
    ("{1} \\cup {2}", "{1, 2}"),
    ("{} \\cup {1, 2}", "{1, 2}"),
    ("{1, 2} \\cup {}", "{1, 2}"),
    ("{} \\cap {1, 2}", "{}"),
    ("{1, 2} \\cap {}", "{}"),
    ("{} \\ {1, 2}", "{}"),
    ("{1, 2} \\ {}", "{1, 2}"),
    ("{1, 2} \\cap Nat", "{1, 2}"),
    ("{1, -2} \\ Nat", "{-2}"),
    ("Nat \\cap {1, -1}", "{1}"),
    ("5 \\in Nat \\cup {-1}", "TRUE"),
    ("-1 \\in Nat \\cup {-1}", "TRUE"),
    ("-2 \\in Nat \\cup {-1}", "FALSE"),
    ('"a" \\in Nat \\cup {"a"}', "TRUE"),
    ("0 \\in Nat \\ {0}", "FALSE"),
    ("1 \\in Nat \\ {0}", "TRUE"),
    ("1 \\in Nat \\cap Int", "TRUE"),
    ("[a |-> 3] \\in [a : Nat] \\cup [b : Nat]", "TRUE"),
    ("{1} \\subseteq Nat \\ {0}", "TRUE"),
    ("Cardinality((1..100000) \\cup (50000..150000))", "150000"),
    ("IsFiniteSet(Nat \\cup {1})", "FALSE"),
    ("IsFiniteSet(Nat \\cap {1})", "TRUE"),
    ("UNION {{1}, {2, 3}, {}}", "{1, 2, 3}"),
    ("UNION {1..2, 2..3}", "{1, 2, 3}"),
    ("SUBSET {1, 2}", "{{}, {1}, {2}, {1, 2}}"),
    ("Cardinality(SUBSET (1..5))", "32"),
    ("Cardinality(1..1000000000)", "1000000000"),
    ("Cardinality([1..3 -> {0, 1}])", "8"),
    ("IsFiniteSet(1..3)", "TRUE"),
    ("{1, 2} \\X {3}", "{<<1, 3>>, <<2, 3>>}"),
    ("<<1, 2, 3>> \\in {1} \\X {2} \\X {3}", "TRUE"),
    ("{x \\in 1..5 : x % 2 = 0}", "{2, 4}"),
    ("{<<a, b>> \\in {<<1, 2>>, <<2, 1>>} : a < b}", "{<<1, 2>>}"),
    ("{x + y : x \\in 1..2, y \\in {10, 20}}", "{11, 12, 21, 22}"),
    ("{x + y : x, y \\in 1..2}", "{2, 3, 4}"),
    ("{a + b : <<a, b>> \\in {<<1, 2>>, <<3, 4>>}}", "{3, 7}"),
    ("{1} \\in SUBSET Nat", "TRUE"),
    ("{1..2} \\subseteq SUBSET (1..40)", "TRUE"),
    ("<<1, 2>> \\in Seq(Nat)", "TRUE"),
    ("<<>> \\in Seq({})", "TRUE"),
    ('"ab" \\in Seq({"a", "b"})', "TRUE"),
    ('"ab" \\in Seq({"a"})', "FALSE"),
    ('"" \\in Seq(Nat)', "TRUE"),
    ('"ab" \\in {"a"} \\X {"b"}', "TRUE"),
    ('"ab" \\in {"a"} \\X {"b"} \\X {"c"}', "FALSE"),
    ('"a" \\in STRING', "TRUE"),
    ("TRUE \\in BOOLEAN", "TRUE"),
    ("[a |-> 1, b |-> 2] \\in [a : Nat, b : {2}]", "TRUE"),
    ("[a |-> 1] \\in [a : Nat, b : {2}]", "FALSE"),
    ("[x \\in 1..2 |-> x] \\in [1..2 -> Nat]", "TRUE"),
    ("[x \\in 1..2 |-> x] \\in [1..3 -> Nat]", "FALSE"),
    ("[1..2 -> {}]", "{}"),
    ("[{} -> {1}]", "{<<>>}"),
    ("\\E f \\in [1..2 -> 1..3] : f[1] > f[2]", "TRUE"),
    ("\\E S \\in SUBSET (1..18) : S = {}", "TRUE"),
    # functions, records, sequences
    ("[x \\in 1..3 |-> x * x][2]", "4"),
    ("[x, y \\in 1..2 |-> x + y][1, 2]", "3"),
    ("[x, y \\in 1..2 |-> x + y][<<1, 2>>]", "3"),
    ("[x \\in 1..2, y \\in {5} |-> x + y]", "(<<1, 5>> :> 6 @@ <<2, 5>> :> 7)"),
    ("[<<x, y>> \\in {<<1, 2>>} |-> x + y][1, 2]", "3"),
    ("[<<x, y>> \\in {<<1, 2>>}, z \\in {3} |-> x + y + z][<<1, 2>>, 3]", "6"),
    ("[b \\in {TRUE} |-> 1][TRUE]", "1"),
    ("DOMAIN <<7, 8>>", "{1, 2}"),
    ("DOMAIN [a |-> 1]", '{"a"}'),
    ("[a |-> 1].a", "1"),
    ("[<<1, 2>> EXCEPT ![1] = 5]", "<<5, 2>>"),
    ("[<<1, 2>> EXCEPT ![1] = 5, ![1] = @ + 1]", "<<6, 2>>"),
    ("[<<1, 2>> EXCEPT ![1] = {@}]", "<<{1}, 2>>"),
    ("[<<1, 2>> EXCEPT ![3] = 5]", "<<1, 2>>"),
    ("[[a |-> <<1, 2>>] EXCEPT !.a[2] = @ + 40]", "[a |-> <<1, 42>>]"),
    ("[[x, y \\in 1..2 |-> 0] EXCEPT ![1, 2] = 7][1, 2]", "7"),
    ("[[a |-> 1] EXCEPT !.a = [b |-> 2]].a.b", "2"),
    ("Len(<<1, 2>>)", "2"),
    ('Len("abc")', "3"),
    ('Head("abc")', '"a"'),
    ('Tail("abc")', '"bc"'),
    ('SubSeq("abc", 1, 2)', '"ab"'),
    ('Append("a", "b")', '"ab"'),
    ('SelectSeq("abc", LAMBDA c : c # "b")', '<<"a", "c">>'),
    ('"ab" \\o "c"', '"abc"'),
    ("<<1>> \\o <<2>>", "<<1, 2>>"),
    ('<<1>> \\o "ab"', '<<1, "a", "b">>'),
    ("Head(<<3, 4>>)", "3"),
    ("Tail(<<3, 4>>)", "<<4>>"),
    ("Append(<<1>>, 2)", "<<1, 2>>"),
    ("SubSeq(<<1, 2, 3>>, 2, 3)", "<<2, 3>>"),
    ("SubSeq(<<1>>, 3, 2)", "<<>>"),
    ("SelectSeq(<<1, 2, 3>>, LAMBDA x : x > 1)", "<<2, 3>>"),
    ("(1 :> 2 @@ 2 :> 3)", "<<2, 3>>"),
    ("(1 :> 2 @@ 1 :> 3)", "<<2>>"),
    ("Cardinality(Permutations({1, 2, 3}))", "6"),
    ("Assert(TRUE, 1)", "TRUE"),
    # CHOOSE takes the first in normalised order
    ("CHOOSE x \\in {3, 2, 5} : x > 2", "3"),
    ("CHOOSE S \\in {{1, 2}, {3}} : TRUE", "{3}"),
    ("CHOOSE t \\in {<<2, 1>>, <<1, 2>>, <<9>>} : TRUE", "<<9>>"),
    ("CHOOSE <<a, b>> \\in {<<2, 1>>, <<1, 2>>} : a > b", "<<2, 1>>"),
    ("CHOOSE b \\in BOOLEAN : TRUE", "FALSE"),
    # LET and functions of LET
    ("LET a == 1 IN a + a", "2"),
    ("LET f[x \\in 1..3] == x * 2 IN f[3]", "6"),
    ("LET F(x) == x + 1 IN F(F(1))", "3"),
    ("LET a == 1 b == a + 1 F(x) == x + b IN F(a)", "3"),
    ("LET f[n \\in Nat] == IF n = 0 THEN 1 ELSE n * f[n - 1] IN f[10]", "3628800"),
    ('LET unused == 1 + "a" IN 5', "5"),
    ("\\A x \\in 1..2 : LET y == x IN y = x", "TRUE"),
]


@pytest.mark.parametrize(("expression", "expected"), VALUES)
def test_an_expression_has_its_value(expression: str, expected: str) -> None:
    assert shown(expression) == expected


FAILURES = [
    # arithmetic on 32 bits
    "2147483647 + 1",
    "65536 * 65536",
    "2^31",
    "0^0",
    "2^(-1)",
    "1 \\div 0",
    "1 % 0",
    "1 % (-2)",
    "-(-2147483647 - 1)",
    "(-2147483647 - 1) \\div (-1)",
    '1 + "a"',
    '1 < "a"',
    "TRUE + 1",
    # booleans
    "1 /\\ TRUE",
    "TRUE /\\ 1",
    "1 => TRUE",
    "~ 1",
    "IF 1 THEN 2 ELSE 3",
    "CASE 1 -> 2",
    "CASE FALSE -> 1",
    "\\A x \\in {1} : x",
    "{x \\in {1} : x}",
    # equality between kinds
    '1 = "a"',
    "TRUE = 1",
    "1 = TRUE",
    "{} = 1",
    "<<>> = {}",
    "<<1>> = 1",
    '{1} = {"a"}',
    '<<1, "a">> = <<1, 1>>',
    "<<1>> = [a |-> 1]",
    "{{1}} = {{TRUE}}",
    # membership and sets
    '1 \\in {"a"}',
    '"a" \\in Nat',
    "1 \\in BOOLEAN",
    "1 \\in 2",
    '{1, "a"}',
    "{1, TRUE}",
    '{x \\in {1, "a"} : FALSE}',
    '{1} \\cup {"a"}',
    "1 \\in SUBSET {1}",
    "1 \\in [{1} -> {2}]",
    "Nat \\subseteq Int",
    "Cardinality(UNION {{0, 1}, {<<>>}})",
    'UNION {{0, 1}, {"a"}} = {}',
    "1 \\in UNION {{0, 1}, {TRUE}}",
    "UNION {{<<1>>}, {<<2>>, <<3>>}, {<<{}>>}} = {}",
    '"a" \\in Seq(Nat)',
    "Nat \\cup {1}",
    "{1} \\cup Nat",
    "Nat \\cap Int",
    "Nat \\ {1}",
    "Cardinality(Nat)",
    "Cardinality(1)",
    "UNION {1}",
    "UNION 1",
    "SUBSET 1 = {}",
    "{x \\in Nat : x < 3}",
    "\\E x \\in Nat : x = 3",
    "\\E x \\in 5 : TRUE",
    "CHOOSE x \\in {1} : x = 2",
    "CHOOSE x \\in Nat : x = 2",
    "SUBSET Nat = {}",
    "[x \\in Nat |-> x] = 1",
    # functions
    "<<1>>[2]",
    "<<1>>[0]",
    '<<1>>["a"]',
    "[b \\in {TRUE} |-> 1][1]",
    "[a |-> 1].b",
    "1[1]",
    "DOMAIN 1",
    "[1 EXCEPT ![1] = 2]",
    "Head(<<>>)",
    "Tail(<<>>)",
    "SubSeq(<<1>>, 1, 2)",
    "SubSeq(<<1>>, 0, 1)",
    "Len(1)",
    "Append(1, 2)",
    "<<1>> \\o 2",
    '"abc"[1]',
    'Tail("")',
    '"" \\o <<>>',
    '"b" \\in Nat \\cup {"a"}',
    '1 \\in Nat \\cup {"a"}',
    "Cardinality(Nat \\ {1})",
    "SelectSeq(<<1>>, LAMBDA x : x)",
    "1 @@ <<1>>",
    "Seq(1) = 1",
    "{<<a, b>> \\in {<<1>>} : TRUE}",
    'Assert(FALSE, "no")',
]


@pytest.mark.parametrize("expression", FAILURES)
def test_an_expression_without_a_value_is_a_located_error(expression: str) -> None:
    with pytest.raises(EvaluationError) as caught:
        shown(expression)
    assert caught.value.span is not None
    assert caught.value.span.path == "M.tla"


HUGE = [
    "{SUBSET (1..40)} = {}",
    "{x \\in 1..1000000000 : x = 1}",
    "{1..1000000000} = {}",
    "{[1..20 -> 1..20]} = {}",
    "[x \\in 1..1000000000 |-> x] = 1",
    "{(1..100000) \\X (1..100000)} = {}",
    "{[a : 1..100000, b : 1..100000]} = {}",
    "Cardinality(SUBSET (1..40))",
    "{SUBSET SUBSET (1..10)} = {}",
    "UNION {1..1000000000, {1}}",
    "(1..1000000000) \\cup {1}",
    "{(1..2000000) \\X {1}} = {}",
]


@pytest.mark.parametrize("expression", HUGE)
def test_a_huge_set_is_refused_before_it_is_built(expression: str) -> None:
    with pytest.raises(EvaluationError, match=r"enumerate|outside the 32-bit") as caught:
        shown(expression)
    assert caught.value.span is not None


MODEL_VALUES = [
    ("a = 1", "FALSE"),
    ("{a, 1}", "{a, 1}"),
    ("a = b", "FALSE"),
    ("a = a", "TRUE"),
    ("a \\in {1, 2}", "FALSE"),
    ("1 \\in {a, 1}", "TRUE"),
    ("2 \\in {a, 1}", "FALSE"),
    ("T_1 = T_2", "FALSE"),
    ("T_1 = a", "FALSE"),
    ("a \\in Nat", "FALSE"),
    ("a \\in Nat \\cup {a}", "TRUE"),
    ("{T_1, U_1}", "{T_1, U_1}"),
    ("Cardinality({T_1, 1})", "2"),
    ("{T_1, a} \\cup {b, T_2} \\cup {}", "{T_1, T_2, a, b}"),
    ("a \\in [{1} -> {2}]", "FALSE"),
    ("a \\in [f : {2}]", "FALSE"),
    ("a \\in {1} \\X {2}", "FALSE"),
    ("a \\in Seq({1})", "FALSE"),
]
MODEL_VALUE_FAILURES = [
    "T_1 = 1",
    "T_1 = U_1",
    "T_1 \\in Nat",
    "T_1 \\in {1}",
    "{T_1} \\cup {1}",
    "(1..2) \\cup {a, T_1}",
    "{T_1, a} \\cup {U_1}",
    "a \\in SUBSET {1}",
    '"s" \\in {a, 1}',
]
NAMES = "CONSTANTS a, b, T_1, T_2, U_1"
SETTINGS = "a = a b = b T_1 = T_1 T_2 = T_2 U_1 = U_1"


@pytest.mark.parametrize(("expression", "expected"), MODEL_VALUES)
def test_model_values_compare_as_in_tlc(expression: str, expected: str) -> None:
    assert shown(expression, NAMES, SETTINGS) == expected


@pytest.mark.parametrize("expression", MODEL_VALUE_FAILURES)
def test_typed_model_values_refuse_other_types(expression: str) -> None:
    with pytest.raises(EvaluationError):
        shown(expression, NAMES, SETTINGS)


DEFINED = [
    ("a (+) b == a * 10 + b", "1 (+) 2", "12"),
    ("a ++ b == <<a, b>>", "1 ++ 2", "<<1, 2>>"),
    ("a ^+ == a + 1", "(2)^+", "3"),
    ("F(x, y) == x - y", "F(3, 1)", "2"),
    ("Apply(Op(_), x) == Op(Op(x))", "Apply(LAMBDA x : x + 1, 1)", "3"),
    ("Apply(Op(_), x) == Op(x)\nG(x) == x * 2", "Apply(G, 4)", "8"),
    ("Fold(Op(_, _), x, y) == Op(x, y)", "Fold(+, 1, 2)", "3"),
    ("Twice(Op(_), x) == Op(Op(x))\nVia(Op(_), x) == Twice(Op, x)", "Via(LAMBDA x : -x, 1)", "1"),
    ("Apply(Op(_), x) == Op(x)", "Apply(LAMBDA x : 3, 1 \\div 0)", "3"),
    ("Apply(Op(_), x) == Op(Op(x))", "LET G(x) == 3 IN Apply(G, Head(<<>>))", "3"),
    ("Apply(Op(_, _), x) == Op(x, x + 1)", "Apply(+, 1)", "3"),
    (
        "RECURSIVE From(_, _)\nFrom(Op(_, _), n) == Op(n, From(Op, n + 1))",
        "From(LAMBDA n, rest : IF n > 4 THEN n ELSE n + rest, 1)",
        "15",
    ),
    ("Lazily(x, y) == IF x THEN 0 ELSE y", 'Lazily(TRUE, 1 + "a")', "0"),
    ("Lazily(x, y) == IF x THEN 0 ELSE y\nPass(x, y) == Lazily(x, y)", "Pass(TRUE, 1 + TRUE)", "0"),
    ("RECURSIVE Sum(_)\nSum(n) == IF n = 0 THEN 0 ELSE n + Sum(n - 1)", "Sum(10)", "55"),
    ("RECURSIVE Sum(_)\nSum(n) == IF n = 0 THEN 0 ELSE n + Sum(n - 1)", "Sum(1000)", "500500"),
    ("f[n \\in Nat] == IF n = 0 THEN 0 ELSE n + f[n - 1]", "f[1000]", "500500"),
    (
        "RECURSIVE Even(_), Odd(_)\nEven(n) == n = 0 \\/ Odd(n - 1)\n"
        "Odd(n) == n # 0 /\\ Even(n - 1)",
        "Even(10)",
        "TRUE",
    ),
    ("f[n \\in 0..5] == IF n = 0 THEN 1 ELSE 2 * f[n - 1]", "f[5]", "32"),
    ("f[n \\in 0..2] == IF n = 0 THEN 1 ELSE 2 * f[n - 1]", "f", "(0 :> 1 @@ 1 :> 2 @@ 2 :> 4)"),
    ("f[a, b \\in 0..5] == IF a = 0 THEN b ELSE f[a - 1, b] + 1", "f[3, 2]", "5"),
    ("f[a \\in 0..2, b \\in Nat] == IF a = 0 THEN b ELSE f[a - 1, b + 1]", "f[2, 5]", "7"),
    (
        "f[<<a, b>> \\in (0..3) \\X (0..3)] == IF a = 0 THEN b ELSE f[<<a - 1, b>>]",
        "f[<<3, 2>>]",
        "2",
    ),
    ("f[n \\in 0..2] == n\ng == [f EXCEPT ![1] = 7]", "g[1] + f[1]", "8"),
]


@pytest.mark.parametrize(("definitions", "expression", "expected"), DEFINED)
def test_a_defined_operator_has_its_value(definitions: str, expression: str, expected: str) -> None:
    assert shown(expression, definitions) == expected


ENDLESS = [
    ("RECURSIVE F(_)\nF(n) == F(n + 1) + 1", "F(0)"),
    ("RECURSIVE F(_)\nF(n) == F(n)", "F(0)"),
    ("f[n \\in Nat] == f[n + 1]", "f[0]"),
    ("f[n \\in 0..2] == f[n]", "f"),
]


@pytest.mark.parametrize(("definitions", "expression"), ENDLESS)
def test_endless_recursion_is_an_error_at_the_definition(definitions: str, expression: str) -> None:
    with pytest.raises(EvaluationError, match="too deep") as caught:
        shown(expression, definitions)
    assert caught.value.span is not None
    assert caught.value.span.line in (3, 4)


def test_a_chain_of_definitions_that_is_too_long_is_blamed_where_it_is_too_deep() -> None:
    chain = "".join(f"D{number + 1} == D{number}\n" for number in range(5000))
    with pytest.raises(EvaluationError, match="too deep") as caught:
        model(f"VARIABLE x\nD0 == 1\n{chain}Init == x = D5000\nNext == UNCHANGED x")
    assert caught.value.span is not None
    assert 100 < caught.value.span.line < 5000


def test_a_deep_expression_is_evaluated() -> None:
    assert shown("+".join(["1"] * 100)) == "100"
    assert shown("(" * 60 + "1" + ")" * 60) == "1"


def test_true_and_one_are_kept_apart_in_one_function() -> None:
    assert shown("f[1]", "f[x \\in {1, 2}] == IF x = 1 THEN 5 ELSE f[1]") == "5"
    with pytest.raises(EvaluationError):
        shown("f[1] + f[TRUE]", "f[x \\in {1, 2}] == IF x = 1 THEN 5 ELSE f[1]")
