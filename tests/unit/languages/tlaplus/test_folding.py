"""Operators: ranges of precedence, associativity, conflicts."""

from __future__ import annotations

import pytest

from conform.errors import InputError
from conform.languages.tlaplus import syntax
from conform.languages.tlaplus.operators import INFIX, POSTFIX, PREFIX
from tests.unit.languages.tlaplus.sketches import expression, grouped

FOLDED = [
    ("a + b * c", "(a + (b * c))"),
    ("a * b + c", "((a * b) + c)"),
    ("a + b - c", "(a + (b - c))"),
    ("a - b + c", "((a - b) + c)"),
    ("a - b - c", "((a - b) - c)"),
    ("-a + b", "((-. a) + b)"),
    ("-a * b", "(-. (a * b))"),
    ("-a ^ b", "(-. (a ^ b))"),
    ("2 + -1", "(2 + (-. 1))"),
    ("2 - -1", "(2 - (-. 1))"),
    ("a = -1", "(a = (-. 1))"),
    ("-2 .. -1", "((-. 2) .. (-. 1))"),
    ("a + -b * c", "(a + (-. (b * c)))"),
    ("a + -b + c", "((a + (-. b)) + c)"),
    ("- -a", "(-. (-. a))"),
    ("~ a = b", "(~ (a = b))"),
    ("~a /\\ b", "((~ a) /\\ b)"),
    ("x * ~y = z", "(x * (~ (y = z)))"),
    ("[]P => Q", "(([] P) => Q)"),
    ("ENABLED a /\\ b", "((ENABLED a) /\\ b)"),
    ("SUBSET S \\cup T", "((SUBSET S) \\cup T)"),
    ("UNION S \\cap T", "((UNION S) \\cap T)"),
    ("DOMAIN f[1]", "(DOMAIN f@1)"),
    ("a /\\ b /\\ c", "((a /\\ b) /\\ c)"),
    ("a => b /\\ c", "(a => (b /\\ c))"),
    ("a <=> b => c", "((a <=> b) => c)"),
    ("a \\in S \\cup T", "(a \\in (S \\cup T))"),
    ("A \\X B \\X C", "(A X B X C)"),
    ("A \\X (B \\X C)", "(A X [(B X C)])"),
    ("(A \\X B) \\X C", "([(A X B)] X C)"),
    ("a \\in A \\X B \\X C", "(a \\in (A X B X C))"),
    ("A \\X B = C \\X D", "((A X B) = (C X D))"),
    ("a :> b @@ c :> d", "((a :> b) @@ (c :> d))"),
    ("a \\o b \\o c", "((a \\o b) \\o c)"),
    ("x'", "(x')"),
    ("x''", "((x')')"),
    ("a^b'", "(a ^ (b'))"),
    ("-a'", "(-. (a'))"),
    ("f[x]'", "(f@x')"),
    ("x'[1]", "(x')@1"),
    ("f[x].a[y]'", "(f@x.a@y')"),
    ("x.y'", "(x.y')"),
    ("[A]_x'", "(ActionBox(A, x)')"),
    ("a /\\ \\A x : p => q", "(a /\\ UnboundedQuantified(\\A, [x], Infix(=>, p, q)))"),
    ("a + IF b THEN c ELSE d + e", "(a + If(b, c, Infix(+, d, e)))"),
]


@pytest.mark.parametrize(("text", "expected"), FOLDED)
def test_operators_group_by_their_ranges(text: str, expected: str) -> None:
    assert grouped(expression(text)) == expected


CONFLICTS = [
    ("a = b = c", 3),
    ("a => b => c", 3),
    ("a \\in b \\in c", 3),
    ("1 .. 2 .. 3", 3),
    ("a /\\ b \\/ c", 3),
    ("a <=> b ~> c", 3),
    ("a \\cup b \\cap c", 3),
    ("a \\ b \\cup c", 3),
    ("a * b \\div c", 3),
    ("a / b / c", 3),
    ("a ^ b ^ c", 3),
    ("a \\ b \\ c", 3),
    ("a % b % c", 3),
    ("2 * -1", 3),
    ("2 ^ -1", 3),
    ("2 \\div -1", 3),
    ("a & -b", 3),
    ("[]x = 1", 1),
    ("ENABLED x = 1", 1),
    ("SUBSET A \\X B", 1),
    ("A \\cdot B = C", 3),
    ("a + b = c = d", 7),
    ("a => ~b => c", 3),
]


@pytest.mark.parametrize(("text", "column"), CONFLICTS)
def test_a_conflict_is_reported_at_the_first_of_its_operators(text: str, column: int) -> None:
    with pytest.raises(InputError) as caught:
        expression(text)
    assert "stand side by side without parentheses" in caught.value.message
    assert caught.value.span is not None
    assert caught.value.span.column == column


@pytest.mark.parametrize("operator", [o for o in INFIX if o not in ("/\\", "\\/")])
def test_every_infix_operator_associates_as_its_row_says(operator: str) -> None:
    text = f"a {operator} b {operator} c"
    if operator == "\\X":
        assert grouped(expression(text)) == "(a X b X c)"
    elif INFIX[operator].is_associative:
        assert grouped(expression(text)) == f"((a {operator} b) {operator} c)"
    else:
        with pytest.raises(InputError):
            expression(text)


@pytest.mark.parametrize("operator", [o for o in PREFIX if o != "-."])
def test_every_prefix_operator_stands_before_its_operand(operator: str) -> None:
    assert grouped(expression(f"{operator} a")) == f"({operator} a)"


@pytest.mark.parametrize("operator", POSTFIX)
def test_every_postfix_operator_stands_behind_its_operand(operator: str) -> None:
    assert grouped(expression(f"a{operator}")) == f"(a{operator})"


@pytest.mark.parametrize("text", ["a /\\ l :: b", "a + l :: b * c", "l :: a + b", "a * l :: b"])
def test_a_label_that_changes_nothing_is_read(text: str) -> None:
    assert "Labelled" in grouped(expression(text))


@pytest.mark.parametrize(("text", "column"), [("a * l :: b + c", 5), ("a + l :: b + c", 5)])
def test_a_label_that_hides_a_regrouping_is_refused(text: str, column: int) -> None:
    with pytest.raises(InputError) as caught:
        expression(text)
    assert caught.value.span is not None
    assert caught.value.span.column == column


def leaves(node: syntax.Expression) -> list[syntax.Expression]:
    """Return the operands of nested Infix nodes, in the order of the text."""
    return [*leaves(node.left), *leaves(node.right)] if isinstance(node, syntax.Infix) else [node]


def test_a_series_is_one_node_once_it_is_long() -> None:
    assert isinstance(expression(" + ".join("a" * 64)), syntax.Infix)
    series = expression(" + ".join("a" * 65))
    assert isinstance(series, syntax.Series)
    assert len(series.operands) == 65


@pytest.mark.parametrize("operator", ["/\\", "\\/"])
def test_a_long_series_of_connectives_keeps_its_order(operator: str) -> None:
    names = [f"a{number}" for number in range(200)]
    found = leaves(expression(f" {operator} ".join(names)))
    assert [node.name for node in found if isinstance(node, syntax.Name)] == names


def test_signs_of_a_balanced_series_stand_between_their_operands() -> None:
    text = " /\\ ".join("a" * 100)
    waiting = [expression(text)]
    while waiting:
        node = waiting.pop()
        if isinstance(node, syntax.Infix):
            waiting += [node.left, node.right]
            assert node.left.span.end_column < node.operator_span.column
            assert node.operator_span.end_column < node.right.span.column
            assert text[node.operator_span.column - 1 :].startswith("/\\")
