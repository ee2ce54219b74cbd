"""Trees back to text."""

from __future__ import annotations

import pytest

from conform.languages.tlaplus import syntax
from conform.languages.tlaplus.printing import print_expression, print_module, print_unit
from conform.languages.tlaplus.reading import parse_module
from conform.text import Source
from tests.sany_texts import Text, texts
from tests.unit.languages.tlaplus.sketches import expression, module, sketch, unit, unplaced

LINES = [
    ("a+b", "a + b"),
    ("/\\ a\n/\\ b", "(a /\\ b)"),
    ("/\\ a => b\n/\\ \\A x \\in S : c\n/\\ ~d", "((a => b) /\\ (\\A x \\in S : c) /\\ ~d)"),
    ("\\/ /\\ a\n   /\\ b\n\\/ c", "((a /\\ b) \\/ c)"),
    ("\u2203 x \u2208 S : x \u2260 y", "\\E x \\in S : x # y"),
    ("IF a THEN b ELSE c", "IF a THEN b ELSE c"),
    ("CASE a -> b [] OTHER -> c", "CASE a -> b [] OTHER -> c"),
    ("LET x == 1\n    y == 2\nIN x", "LET x == 1 y == 2 IN x"),
    ("[f EXCEPT ![1].a = @, !.b = 2]", "[f EXCEPT ![1].a = @, !.b = 2]"),
    ("[x\\in S|->x']", "[x \\in S |-> x']"),
    ("- -a - -1", "- -a - -1"),
    ("F(+, -)", "F( + ,  - )"),
    ("*(1, 2) + F( *(1, 2))", "*(1, 2) + F( *(1, 2))"),
    ('"a\\tb\\\\"', '"a\\tb\\\\"'),
    ("WF_v(A) /\\ [][A]_<<x, y>>", "WF_v(A) /\\ [][A]_<<x, y>>"),
    ("UNCHANGED <<x>>", "UNCHANGED <<x>>"),
    ("A \\times B \\times C", "A \\X B \\X C"),
    ("M!F(a)!1!<<", "M!F(a)!1!<<"),
    ("++(a, b)!1 = F(++!2)", "++(a, b)!1 = F(++!2)"),
    ("\\hFF", "255"),
]


@pytest.mark.parametrize(("text", "line"), LINES)
def test_an_expression_is_printed_on_one_line(text: str, line: str) -> None:
    assert print_expression(expression(text)) == line


@pytest.mark.parametrize("text", [text for text, _ in LINES if "/\\ a" not in text])
def test_a_printed_line_reads_as_the_same_expression(text: str) -> None:
    read = expression(text)
    assert sketch(expression(print_expression(read))) == sketch(read)


UNITS = [
    "A == /\\ a\n     /\\ b",
    "A == (/\\ a\n      /\\ b) => c",
    "A == /\\ a\n     /\\ b\n    => c",
    "A == /\\ a\n     /\\ b\n    ' + c",
    "A == LET q == /\\ a\n              /\\ b\n         r == 1\n     IN  \\/ q\n         \\/ r",
    "LOCAL F(x, G(_), _ + _) == x",
    "a (+) b == a",
    "-. a == 0",
    "a ^+ == a",
    "f[x \\in S, <<y, z>> \\in T] == x",
    "I(x) == INSTANCE M WITH a <- x, + <-  - ",
    "ASSUME A == a",
    "THEOREM T == ASSUME NEW CONSTANT x \\in S, a PROVE b\nOMITTED",
    "RECURSIVE f(_, _), g",
    "CONSTANTS N, F(_), _ + _, -. _, _ ^+",
    "VARIABLES x, y",
    "THEOREM ASSUME NEW CONSTANT F(_), NEW CONSTANT _ ++ _, NEW STATE -. _ PROVE b\nOMITTED",
]


@pytest.mark.parametrize("text", UNITS)
def test_a_unit_is_printed_as_it_was_written(text: str) -> None:
    assert print_unit(unit(text)).rstrip() == text.rstrip()


def test_a_module_is_printed_in_full() -> None:
    printed = print_module(module("EXTENDS Naturals\nVARIABLE x\nA == /\\ x\n     /\\ 1"))
    assert printed.splitlines() == [
        "---- MODULE Sample ----",
        "EXTENDS Naturals",
        "VARIABLES x",
        "A == /\\ x",
        "     /\\ 1",
        "=" * 78,
    ]


VALID = [
    (text, read)
    for text in texts()
    if text.ours == "ok" and not (read := parse_module(Source("Sample.tla", text.source))).faults
]
"""The texts that SANY accepts, without those whose faults are told after reading."""


def test_the_valid_texts_are_all_there() -> None:
    assert len(VALID) > 1900


@pytest.mark.parametrize(("text", "read"), VALID, ids=[text.name for text, _ in VALID])
def test_what_is_accepted_is_printed_as_what_reads_as_itself(
    text: Text, read: syntax.Module
) -> None:
    printed = print_module(read)
    assert unplaced(parse_module(Source("Sample.tla", printed))) == unplaced(read), text.text
