"""Names are resolved when a module is loaded, as SANY does, those that nothing uses included.

Every row was run through SANY (of TLC 2.18).
"""

from __future__ import annotations

import pytest

from conform.errors import InputError
from tests.unit.languages.tlaplus.modules import specification

GOOD = [
    "F(x) == x\nG(x) == F(x)",
    "F(x) == x\nVARIABLE x",
    "F(x) == \\E y \\in {x} : y = x\nG(y) == y",
    "RECURSIVE F(_)\nF(n) == F(n)",
    "RECURSIVE F(_), G(_)\nF(n) == G(n)\nG(n) == F(n)",
    "f[n \\in Nat] == f[n]",
    "F == LET a == 1 b == a IN b\nG == LET a == 2 IN a",
    "F == LET RECURSIVE g(_) g(n) == g(n) IN g(1)",
    "F(Op(_, _)) == Op(1, 2)\nG == F( + ) /\\ F(LAMBDA a, b : a) /\\ F(\\cup)",
    "F == SelectSeq(<<1>>, LAMBDA x : x = 1)",
    "a (+) b == a\nF == 1 (+) 2",
    "F == [a |-> 1, F |-> 2].a",
    "F == [<<1>> EXCEPT ![1] = @ + 1]",
    "F == -1",
    "THEOREM T == \\A x \\in Nat : x >= 0",
    "THEOREM ASSUME NEW x \\in Nat PROVE x >= 0",
    "INSTANCE FiniteSets\nF == 1",
    "F == lab :: 1",
    "CONSTANT Op(_)\nF == Op(1)",
    "F == LET Op(x) == x IN Op(1)\nG == LET Op(x) == x IN Op(1)",
    "F == {x \\in {1} : x = 1} \\cup {x : x \\in {1}}",
]


@pytest.mark.parametrize("body", GOOD)
def test_names_that_are_known_pass(body: str) -> None:
    assert specification(body)


BAD = [
    ("F == G", "unknown operator or identifier `G`", 3, 6),
    ("F == G\nG == 1", "unknown operator or identifier `G`", 3, 6),
    ("F == F", "unknown operator or identifier `F`", 3, 6),
    ("F(n) == F(n - 1)", "unknown operator or identifier `F`", 3, 9),
    ("F == 1 (+) 2", "unknown operator or identifier `(+)`", 3, 8),
    ("F == \\A x \\in y : x", "unknown operator or identifier `y`", 3, 15),
    ("F == \\A x \\in x : x", "unknown operator or identifier `x`", 3, 15),
    ("F == (LET a == 1 IN a) + a", "unknown operator or identifier `a`", 3, 26),
    ("ASSUME Missing", "unknown operator or identifier `Missing`", 3, 8),
    ("THEOREM Missing", "unknown operator or identifier `Missing`", 3, 9),
    ("F(x) == x\nG == F", "wants|takes 1 argument", 4, 6),
    ("F(x) == x\nG == F(1, 2)", "takes 1 argument, but 2 given", 4, 7),
    ("F(x) == x = = (x)", "`=` takes 2 arguments, but 1 given", 3, 15),
    ("F == 1\nG == F(1)", "takes 0 arguments, but 1 given", 4, 7),
    ("VARIABLE v\nF == [v]_v(1)", "`v` takes no arguments, and gets some in a subscript", 4, 11),
    ("VARIABLE v\nF == v\nG == <<v>>_F(v)[1]", "`F` takes no arguments, and gets some", 5, 13),
    ("VARIABLE v\nF(a) == v\nG == [v]_F(v)", "`F` stands in a subscript", 5, 10),
    ("F(Op(_)) == Op(1)\nG == F(1)", "wants an operator of 1 argument", 4, 8),
    ("F(Op(_)) == Op(1)\nG == F( + )", "wants an operator of 1 argument", 4, 6),
    ("F(x) == x\nG(y) == y\nH == F(G)", "wants an expression", 5, 8),
    ("F == SelectSeq(<<1>>, 1)", "wants an operator of 1 argument", 3, 23),
    ("F == 1\nF == 2", "`F` is declared or defined twice", 4, 1),
    ("VARIABLE x\nF(x) == x", "`x` is declared or defined twice", 4, 3),
    ("VARIABLE x\nF == \\A x \\in {1} : x = 1", "`x` is declared or defined twice", 4, 9),
    ("F == \\A x \\in {1} : \\E x \\in {2} : x", "`x` is declared or defined twice", 3, 24),
    ("F(x, x) == 1", "`x` is declared or defined twice", 3, 6),
    ("F == 1\nG == LET F == 2 IN F", "`F` is declared or defined twice", 4, 10),
    ("CONSTANT Len", "`Len` is declared or defined twice", 3, 10),
    ("F == @", "only inside an EXCEPT", 3, 6),
    ("RECURSIVE F(_)", "never defined", 3, 11),
    ("RECURSIVE F(_)\nF(a, b) == 1", "declared RECURSIVE with 1 argument", 4, 1),
]


@pytest.mark.parametrize(("body", "message", "line", "column"), BAD)
def test_a_name_that_has_no_meaning_is_refused_where_it_stands(
    body: str, message: str, line: int, column: int
) -> None:
    with pytest.raises(InputError) as caught:
        specification(body)
    error = caught.value
    assert any(part in error.message for part in message.split("|")), error.message
    assert error.span is not None
    assert (error.span.line, error.span.column) == (line, column)
    assert error.excerpt


def test_a_variable_declared_twice_is_one_variable() -> None:
    assert [name.name for name in specification("VARIABLES x, x").variables] == ["x"]


def test_an_unknown_name_offers_the_nearest_known_one() -> None:
    with pytest.raises(InputError) as caught:
        specification("Writers == 1\nF == Writrs")
    assert caught.value.hint == "did you mean `Writers`?"


@pytest.mark.parametrize(
    "expression", ["{y \\in S | y > 1}", "{x \\in S | x > 1}", "{y \\in S, y > 1}"]
)
def test_a_set_that_was_meant_as_a_filter_is_shown_one(expression: str) -> None:
    with pytest.raises(InputError) as caught:
        specification(f"VARIABLES x, S\nF == {expression}")
    assert caught.value.hint == "such that is `:` in a set: {x \\in S : p}"


@pytest.mark.parametrize(
    ("expression", "module"),
    [
        ("1 + 2", "Naturals"),
        ("Len(<<>>)", "Sequences"),
        ("-1", "Integers"),
        ("Int", "Integers"),
        ("<<>> @@ <<>>", "TLC"),
        ("BagIn(1, <<>>)", "Bags"),
        ("Range(<<>>)", "Functions"),
    ],
)
def test_a_standard_operator_names_its_module(expression: str, module: str) -> None:
    with pytest.raises(InputError) as caught:
        specification(f"F == {expression}", extends="")
    assert caught.value.hint == f"EXTENDS {module} defines it"


def test_an_operator_of_an_extended_module_is_known_and_may_not_be_defined_again() -> None:
    other = "---- MODULE Other ----\nTwo == 2\n===="
    assert specification("F == Two", extends="Other", Other=other)
    with pytest.raises(InputError, match="twice"):
        specification("Two == 3", extends="Other", Other=other)


def test_resolution_takes_time_in_proportion_to_the_module() -> None:
    many = "\n".join(f"F{n}(a) == a + F{n - 1}(a)" for n in range(1, 1500))
    assert len(specification(f"F0(a) == a\n{many}").definitions) == 1500
