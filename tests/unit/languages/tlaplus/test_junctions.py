r"""Bulleted lists: which bullets belong together, and what ends an item."""

from __future__ import annotations

import pytest

from conform.errors import InputError
from conform.languages.tlaplus import syntax
from tests.unit.languages.tlaplus.sketches import grouped, module, nodes, sketch


def body(text: str) -> str:
    """Return the grouping of the body of the first definition."""
    first = module(text).units[0]
    assert isinstance(first, syntax.OperatorDefinition)
    return grouped(first.body)


LISTS = [
    ("A == /\\ a", "/\\<a>"),
    ("A == /\\ a\n     /\\ b", "/\\<a; b>"),
    ("A ==\n/\\ a\n/\\ b", "/\\<a; b>"),
    ("A == /\\ a /\\ b\n     /\\ c", "/\\<(a /\\ b); c>"),
    ("A == /\\ a\n       /\\ b", "/\\<(a /\\ b)>"),
    ("A == /\\ a\n    /\\ b", "(/\\<a> /\\ b)"),
    ("A == /\\ a\n     \\/ b", "(/\\<a> \\/ b)"),
    ("A == /\\ \\/ a\n        \\/ b\n     /\\ c", "/\\<\\/<a; b>; c>"),
    ("A == \\/ /\\ a\n        /\\ b\n     \\/ c", "\\/</\\<a; b>; c>"),
    ("A == /\\ /\\ a\n        /\\ b\n     /\\ c", "/\\</\\<a; b>; c>"),
    ("A == /\\ a\n     /\\ b\n     => c", "(/\\<a; b> => c)"),
    ("A == /\\ a\n     /\\ b\n   => c", "(/\\<a; b> => c)"),
    ("A == /\\ a\n     /\\ b\n        => c", "/\\<a; (b => c)>"),
    ("A == ~ /\\ a\n       /\\ b", "(~ /\\<a; b>)"),
    ("A == x = /\\ a\n         /\\ b", "(x = /\\<a; b>)"),
    ("A == a /\\ /\\ b\n          /\\ c", "(a /\\ /\\<b; c>)"),
    ("A == /\\ a\n     /\\ b \\* not \\/ this\n     (* nor *) /\\ c", "/\\<a; (b /\\ c)>"),
    ("A == /\\ a\n\t/\\ b", "/\\<(a /\\ b)>"),
    ("A ==\t/\\ a\n\t/\\ b", "/\\<a; b>"),
    ("A ==\t/\\ a\n        /\\ b", "/\\<a; b>"),
    ("A == (/\\ a\n      /\\ b)", "[/\\<a; b>]"),
    ("A == /\\ f\n     '", "(/\\<f>')"),
    ("A == /\\ f\n     [1]", "/\\<f>@1"),
    ("A == /\\ f\n        [1]", "/\\<f@1>"),
]


@pytest.mark.parametrize(("text", "expected"), LISTS)
def test_columns_decide_which_bullets_form_a_list(text: str, expected: str) -> None:
    assert body(text) == expected


def lists(text: str) -> list[int]:
    """Return the number of items of each list, outermost and first in the text first."""
    found = [node for node in nodes(module(text)) if isinstance(node, syntax.Junction)]
    return [len(junction.items) for junction in found]


ENCLOSED = [
    ("A == /\\ \\A x \\in S : a\n     /\\ b", [2]),
    ("A == /\\ \\A x, y \\in S, z \\in T : a\n     /\\ b", [2]),
    ("A == /\\ \\A x \\in S :\n        /\\ a\n        /\\ b\n     /\\ c", [2, 2]),
    ("A == \\E x \\in S : /\\ a\n                  /\\ b", [2]),
    ("A == CHOOSE x \\in S : /\\ a\n                      /\\ b", [2]),
    ("A == /\\ IF a\n        THEN b\n        ELSE c\n     /\\ d", [2]),
    ("A == IF /\\ a\n        /\\ b\n     THEN /\\ c\n     ELSE /\\ d\n          /\\ e", [2, 1, 2]),
    (
        "A == /\\ LET q == /\\ a\n                 /\\ b\n"
        "            r == c\n        IN q\n     /\\ d",
        [2, 2],
    ),
    ("A == LET q == /\\ a IN b", [1]),
    ("A == /\\ LET RECURSIVE f(_)\n            f(x) == x\n        IN a\n     /\\ b", [2]),
    ("A == /\\ LET M == INSTANCE N WITH x <- a, y <- b\n        IN a\n     /\\ b", [2]),
    (
        "A == CASE /\\ a\n          /\\ b -> c\n       [] d -> /\\ e\n"
        "               /\\ f\n       [] OTHER -> g",
        [2, 2],
    ),
    ("A == /\\ CASE a -> b\n          [] c -> d\n     /\\ e", [2]),
    ("A == {x \\in S : /\\ a\n                /\\ b}", [2]),
    ("A == [f EXCEPT ![1] = /\\ a\n                      /\\ b,\n               ![2] = c]", [2]),
    ("A == [x \\in S |-> /\\ a\n                  /\\ b]", [2]),
    ("A == [][\\/ a\n        \\/ b]_v", [2]),
    ("A == WF_v(/\\ a\n          /\\ b)", [2]),
    ("A == F(/\\ a\n       /\\ b, c)", [2]),
    ("A == [/\\ f\n      /\\ g EXCEPT ![1] = 2]", [2]),
    ("ASSUME /\\ a\n       /\\ b", [2]),
    ("I == INSTANCE N WITH x <- /\\ a\n                          /\\ b, y <- c", [2]),
    ("THEOREM ASSUME /\\ a\n               /\\ b, NEW q PROVE c", [2]),
]


@pytest.mark.parametrize(("text", "expected"), ENCLOSED)
def test_what_encloses_a_list_ends_it_and_what_it_encloses_does_not(
    text: str, expected: list[int]
) -> None:
    assert lists(text) == expected


@pytest.mark.parametrize("indent", ["", "  ", " " * 30])
@pytest.mark.parametrize("head", ["B == 1", "B(x, F(_)) == 1", "b[x \\in S] == 1", "p + q == 1"])
def test_a_definition_ends_the_list_before_it_at_any_column(indent: str, head: str) -> None:
    read = module(f"A == /\\ a\n     /\\ b\n{indent}{head}")
    assert len(read.units) == 2
    assert sketch(read.units[0]).endswith("Junction(/\\, [a, b]), False)")


@pytest.mark.parametrize("unit", ["VARIABLE q", "----", "ASSUME a", "THEOREM a", "LOCAL B == 1"])
def test_a_unit_ends_the_list_before_it(unit: str) -> None:
    assert len(module(f"A == /\\ a\n          {unit}").units) == 2


OUTDENTED = [
    ("A == /\\ (a\n     )", 3, 6),
    ("A == /\\ <<a,\n    b>>", 3, 5),
    ("A == /\\ F(a,\n b)", 3, 2),
    ("A == /\\ {x \\in S :\n     a}", 3, 6),
    ("A == /\\ [f EXCEPT\n     ![1] = 2]", 3, 6),
    ("A == /\\ IF a THEN b\n     ELSE c", 3, 6),
    ("A == /\\ LET q == 1\n     IN q", 3, 6),
    ("A == /\\ a +\n     b", 3, 6),
    ("A == /\\\n     a", 3, 6),
]


@pytest.mark.parametrize(("text", "line", "column"), OUTDENTED)
def test_no_part_of_an_item_stands_at_or_left_of_its_bullet(
    text: str, line: int, column: int
) -> None:
    with pytest.raises(InputError) as caught:
        module(text)
    span = caught.value.span
    assert span is not None
    assert (span.line, span.column) == (line, column)


def test_a_bullet_that_stands_alone_as_an_argument_is_an_operator() -> None:
    assert body("A == F(/\\, \\/)") == "Call(F, [OperatorSymbol(/\\), OperatorSymbol(\\/)])"


def test_the_spelled_out_operator_opens_no_list() -> None:
    with pytest.raises(InputError):
        module("A == \\land a")
    assert body("A == /\\ a\n     \\land b") == "(/\\<a> /\\ b)"
