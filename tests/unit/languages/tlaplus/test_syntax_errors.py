"""What the reader says about texts that are not TLA+: found, where, expected, advice."""

from __future__ import annotations

import pytest

from conform.errors import InputError
from conform.languages.tlaplus.reading import parse_expression, parse_module
from conform.text import Source
from tests.unit.languages.tlaplus.sketches import module


def error(text: str) -> InputError:
    """Return the error of a module whose body begins in line 2."""
    with pytest.raises(InputError) as caught:
        module(text)
    return caught.value


def place(found: InputError) -> str:
    """Return `line:column` of an error."""
    assert found.span is not None
    return f"{found.span.line}:{found.span.column}"


ADVICE = [
    ("A = 1", "2:1", "unexpected `A`", "a definition is written with `==`: A == …"),
    ("f(a) = 1", "2:1", "unexpected `f`", "a definition is written with `==`"),
    ("A := 1", "2:1", "unexpected `A`", "a definition is written with `==`"),
    ("f(a == 1", "2:1", "unexpected `f`", "check its brackets"),
    ("A == 1\nf(a == 1", "3:1", "unexpected `f`", "check its brackets"),
    ("A == x == 1", "2:6", "unexpected `x`", "in a formula equality is `=`"),
    ("A == /\\ x == 1\n     /\\ y", "2:9", "unexpected `x`", "in a formula equality is `=`"),
    ("A == IF x == 1 THEN 2 ELSE 3", "2:9", "unexpected `x`", "in a formula equality is `=`"),
    ("A == {x} == 1", "2:8", "unexpected `}`", "in a formula equality is `=`"),
    ("A == [f EXCEPT ![1] := 2]", "2:21", "unexpected `:=`", "an update is written ![x] = e"),
    ("A == a = 1 && b = 2", "2:8", "`=` and `=` stand", "conjunction is `/\\`"),
    ("A == a = 1 || b = 2", "2:8", "`=` and `=` stand", "disjunction is `\\/`"),
    ("A == a != b", "2:11", "unexpected `b`", "`!=` is written `#` or `/=`"),
    ("A == a and b", "2:8", "unexpected `and`", "`and` is written `/\\`"),
    ("A == a or b", "2:8", "unexpected `or`", "`or` is written `\\/`"),
    ("A == not a", "2:10", "unexpected `a`", "`not` is written `~`"),
    ("A == a /\\ b \\/ c", "2:8", "`/\\` and `\\/` stand", "(a /\\ b) \\/ c"),
    ("A == /\\ a\n      /\\ b\n      \\/ c", "3:7", "`/\\` and `\\/` stand", "bullet in line 3"),
    ("A == /\\ a +\n     b", "3:6", "unexpected `b`", "not right of the bullet in column 6"),
    ("A == /\\\n     a", "3:6", "unexpected `a`", "right of column 6"),
    ("A == /\\ (a\n     )", "3:6", "`)` stands at or left of the bullet", "indent it further"),
    ('A == "abc', "2:10", "the string is not closed", "begins in column 6"),
    ('A == "a\\*"', "2:9", "unknown escape", "the escapes of a string"),
    ("A == (* a", "2:6", "this comment is never closed", "comments nest"),
    ("A == (* (* *)\n1", "2:6", "this comment is never closed", "comments nest"),
    ("A == (a + b\nB == 1", "3:1", "unexpected `B`", "the `(` of line 2, column 6 is not closed"),
    ("A == {1, 2\n\nB == 1", "4:1", "unexpected `B`", "the `{` of line 2, column 6 is not closed"),
    ("A == f[1", "3:1", "unexpected end of module", "the `[` of line 2, column 7"),
    ("A == (1]", "2:8", "unexpected `]`", "closed by another kind of bracket"),
    ("A == 1)", "2:7", "unexpected `)`", "no bracket is open here"),
    ("A == IF a b ELSE c", "2:11", "unexpected `b`", "IF condition THEN"),
    ("A == IF a THEN b\nB == 1", "3:1", "unexpected `B`", "always has an ELSE"),
    ("VARIABLE x\nEXTENDS M", "3:1", "unexpected `EXTENDS`", "directly under the line of MODULE"),
    ("----\nEXTENDS M", "3:1", "unexpected `EXTENDS`", "directly under the line of MODULE"),
    ("A == \\A x S : x", "2:11", "unexpected `S`", "`\\in` before the set"),
    ("A == \\A x, y \\in S, z : x", "2:23", "unexpected `:`", "each group of names"),
    ("A == [x |-> 1 : 2]", "2:15", "unexpected `:`", ""),
    ("A == {x : y}", "2:12", "a bound variable without its set", "x \\in S"),
    ("A == [x, y \\in S, z |-> 1]", "2:21", "a bound variable without its set", "x \\in S"),
    ("A == [a -> 1, b -> 2]", "2:13", "unexpected `,`", "name |-> value"),
    ("A == [x |-> 1, y : 2]", "2:18", "unexpected `:`", "written with `|->`"),
    ("A == CASE a |-> b", "2:13", "unexpected `|->`", "here stands `->`"),
    ("A == [f EXCEPT ![1] -> 2]", "2:21", "unexpected `->`", "an update is written ![x] = e"),
    ("A == Q()", "2:7", "unexpected `(`", "has no parentheses: Q"),
    ("A() == 1", "2:3", "unexpected `)`", "has no parentheses: A"),
    ("A == \\foo a", "2:7", "unexpected `foo`", "`\\foo` is no operator of TLA+"),
    ("A == a \\subsetq b", "2:17", "unexpected `b`", "did you mean `\\subseteq`?"),
    ("A == a \\setminus b", "2:18", "unexpected `b`", "did you mean `\\`?"),
    ("A == x<-1", "2:7", "unexpected `<-`", "write `x < -1` with a space"),
    ("A == x<1>2", "2:7", "unexpected `<1>2`", "put spaces around `<`"),
    ("A == [][Next]", "2:8", "neither an action with", "needs a subscript"),
    ("A == {1, 2,}", "2:12", "unexpected `}`", "remove the comma"),
    ("VARIABLES x,\nA == 1", "3:1", "unexpected `A`", "remove the comma"),
    ("A == LAMBDA x : x", "2:6", "unexpected `LAMBDA`", "only as an argument"),
    ("IF == 1", "2:1", "unexpected `IF`", "`IF` is a reserved word"),
    ("VARIABLE STATE", "2:10", "unexpected `STATE`", "`STATE` is a reserved word"),
    ("A == 1 + * 2", "2:12", "unexpected `2`", "`*` needs an operand on its left"),
    ("A == if a then b else c", "2:9", "unexpected `a`", "keywords are in capitals: IF"),
    ("variable x", "2:1", "unexpected `variable`", "keywords are in capitals: VARIABLE"),
    ("A == LET x == 1 y", "2:17", "unexpected `y`", "LET definitions end with IN"),
    ("A == a ; b", "2:8", "`;` is no symbol of TLA+", "remove it"),
    ("A == l(1) :: a", "2:11", "`::` does not follow a label", ""),
    ("A == a * l :: b + c", "2:10", "without the label `l`", "parentheses"),
    ("A == WF_x", "2:6", "`WF_` needs a subscript and an action", ""),
    ("A == {x \\in S : p, q}", "2:18", "unexpected `,`", "{x \\in S : p /\\ q}"),
    ("A == {<<1, 2>> \\in T}", "2:9", "a tuple before `\\in`", "in parentheses"),
    ("LOCAL VARIABLE x", "2:1", "unexpected `LOCAL`", ""),
]


@pytest.mark.parametrize(("text", "where", "message", "hint"), ADVICE)
def test_a_known_mistake_is_placed_and_explained(
    text: str, where: str, message: str, hint: str
) -> None:
    found = error(text)
    assert place(found) == where
    assert message in found.message
    assert hint in found.hint


EXPECTED = [
    ("A = 1", "`====`, a declaration or a definition"),
    ("A == 1 2", "`====`, a declaration, a definition or an operator"),
    ("A == (1 2)", "`)` or an operator"),
    ("A == IF a b ELSE c", "THEN or an operator"),
    ("A == IF a THEN b\nB == 1", "ELSE or an operator"),
    ("A == \\A x S : x", "`,`, `:` or `\\in`"),
    ("A == x +\nB == 1", "an expression"),
    ("VARIABLE 1", "a name"),
    ("A == {1 2}", "`}`, `,`, `:` or an operator"),
    ("A == CASE a : b", "`->` or an operator"),
    ("A == LET x == 1 y", "IN, a definition or an operator"),
]


@pytest.mark.parametrize(("text", "expected"), EXPECTED)
def test_what_could_stand_there_is_named_in_words(text: str, expected: str) -> None:
    assert error(text).expected == expected


HEADERS = [
    ("--- MODULE M ---\n====", "2:5", "line 1 looks like a header"),
    ("(* x *)\n---- module M ----\n====", "3:5", "line 2 looks like a header"),
    ("A == 1\n", "2:1", "a module begins with a line"),
    ("", "1:1", "a module begins with a line"),
    ("---- MODULE M ---\n====", "1:15", "two rows of four or more dashes"),
    ("---- MODULE M ----\nA == 1", "2:6", "ends with a line of four or more `=`"),
    ("---- MODULE M ----\n---- MODULE N ----\n====\n", "3:5", "ends with a line of four"),
]


@pytest.mark.parametrize(("text", "where", "hint"), HEADERS)
def test_the_frame_of_a_module_is_explained(text: str, where: str, hint: str) -> None:
    with pytest.raises(InputError) as caught:
        parse_module(Source("M.tla", text))
    assert place(caught.value) == where
    assert hint in caught.value.hint


def test_the_first_error_is_reported_even_before_one_of_characters() -> None:
    assert place(error('A = 1\nB == 2\nC == "x')) == "2:1"


def test_what_is_scanned_before_a_unit_is_parsed_is_reported_first() -> None:
    assert place(error("A == 1 )\nx ;")) == "3:3"


def test_an_error_shows_its_line_and_a_caret() -> None:
    assert error("A == 1 + )").excerpt == "2 | A == 1 + )\n  |          ^"


def test_an_expression_ends_with_its_text() -> None:
    with pytest.raises(InputError) as caught:
        parse_expression(Source("e", "a + b c"))
    assert place(caught.value) == "1:7"
    assert caught.value.expected == "end of text or an operator"
