"""`.cfg` files: assignments, what is checked, and what is refused."""

from __future__ import annotations

import pytest

from conform.errors import InputError, UnsupportedError
from conform.languages.tlaplus.configuration import (
    BooleanValue,
    CfgValue,
    Configuration,
    ConstantAssignment,
    IntegerValue,
    ModelValue,
    SetValue,
    StringValue,
    parse_configuration,
)
from conform.text import Source, Span


def configuration(text: str) -> Configuration:
    return parse_configuration(Source("Sample.cfg", text))


def value(found: CfgValue | None) -> object:
    """Return a value as Python sees it; a model value as its name in angles."""
    match found:
        case IntegerValue(value=value_) | StringValue(value=value_) | BooleanValue(value=value_):
            return value_
        case ModelValue(name=name):
            return f"<{name}>"
        case SetValue(elements=elements):
            return [value(element) for element in elements]
        case None:
            return None


def assigned(text: str) -> ConstantAssignment:
    (only,) = configuration(f"CONSTANT {text}").assignments
    return only


VALUES: list[tuple[str, object]] = [
    ("N = 3", 3),
    ('N = "a\\"b"', 'a"b'),
    ("N = TRUE", True),
    ("N = FALSE", False),
    ("N = w1", "<w1>"),
    ("N = IF", "<IF>"),
    ("N = {}", []),
    ("N = {1, {w1, w2}, TRUE}", [1, ["<w1>", "<w2>"], True]),
]


@pytest.mark.parametrize(("text", "expected"), VALUES)
def test_a_constant_gets_its_value(text: str, expected: object) -> None:
    found = assigned(text)
    assert (found.name, value(found.value), found.replacement) == ("N", expected, None)


def test_a_constant_is_replaced_by_an_operator() -> None:
    found = assigned("Nat <- MyNat")
    assert (found.name, found.value, found.replacement) == ("Nat", None, "MyNat")


def test_a_module_in_brackets_limits_the_assignment() -> None:
    assert (assigned("x <- [M] y").module, assigned("x <- [M] y").replacement) == ("M", "y")
    assert (assigned("x = [M] 3").module, value(assigned("x = [M] 3").value)) == ("M", 3)


def test_an_operator_is_given_point_by_point() -> None:
    first, second = configuration("CONSTANTS F(1) = 5 F(2, {a}) = 6").assignments
    assert [value(argument) for argument in first.arguments] == [1]
    assert [value(argument) for argument in second.arguments] == [2, ["<a>"]]


def test_a_qualified_constant_keeps_its_path() -> None:
    assert assigned("A!B!c = 1").name == "A!B!c"


def test_everything_else_is_read() -> None:
    found = configuration(
        """\\* a comment
SPECIFICATION Spec (* another (* nested *) *)
INVARIANT A B
INVARIANTS C
PROPERTY P PROPERTIES Q
CONSTRAINT K CONSTRAINTS L
ACTION_CONSTRAINT M ACTION_CONSTRAINTS N
VIEW V SYMMETRY S ALIAS W
POSTCONDITION O
CHECK_DEADLOCK FALSE
"""
    )
    assert found.specification is not None
    assert found.specification.name == "Spec"
    assert [name.name for name in found.invariants] == ["A", "B", "C"]
    assert [name.name for name in found.properties] == ["P", "Q"]
    assert [name.name for name in found.constraints] == ["K", "L"]
    assert [name.name for name in found.action_constraints] == ["M", "N"]
    assert [name.name for name in found.postconditions] == ["O"]
    singles = [found.view, found.symmetry, found.alias]
    assert [single.name for single in singles if single] == ["V", "S", "W"]
    assert found.check_deadlock is False


def test_init_and_next_are_read() -> None:
    found = configuration("INIT I NEXT N")
    assert found.init is not None
    assert found.next is not None
    assert (found.init.name, found.next.name) == ("I", "N")


def test_an_empty_file_is_an_empty_configuration() -> None:
    found = configuration("")
    assert found == Configuration("Sample.cfg", Span("Sample.cfg", 1, 1, 1, 1))
    assert found.check_deadlock is None


def test_spans_are_exact() -> None:
    found = configuration("CONSTANTS\n  Writers = {w1, w2}\nINVARIANT TypeOK").assignments[0]
    assert found.span == Span("Sample.cfg", 2, 3, 2, 20)
    assert found.value is not None
    assert found.value.span == Span("Sample.cfg", 2, 13, 2, 20)


REFUSED = [
    ("INVARAINT Foo", "1:1", "unknown keyword `INVARAINT`", "did you mean INVARIANT?"),
    ("invariant Foo", "1:1", "unknown keyword `invariant`", "did you mean INVARIANT?"),
    ("CONSTANT a = 1\nINVARAINTS T", "2:12", "unexpected `T`", "did you mean INVARIANTS?"),
    ("CHECK_DEADLOCK true", "1:16", "`true` is no truth value", "write TRUE"),
    ("CHECK_DEADLOCK no", "1:16", "`no` is no truth value", ""),
    ("CONSTANT N = -1", "1:14", "unexpected `-`", "no negative numbers; define the value"),
    ("CONSTANT N = 1..3", "1:15", "unexpected `..`", "write `N <- ItsName`"),
    ("CONSTANT N = 1 + 2", "1:16", "unexpected `+`", "write `N <- ItsName`"),
    ("CONSTANT N = <<1, 2>>", "1:14", "unexpected `<<`", "write `N <- ItsName`"),
    ("CONSTANT N = {1, -2}", "1:18", "unexpected `-`", "write `N <- ItsName`"),
    ("CONSTANT N = 1.5", "1:14", "unexpected `1.5`", "write `N <- ItsName`"),
    ("CONSTANT N == 1", "1:12", "unexpected `==`", "a value is given with `=`"),
    ("CONSTANT N := 1", "1:12", "unexpected `:=`", "a value is given with `=`"),
    ("CONSTANT N = 1, M = 2", "1:15", "unexpected `,`", "not by commas"),
    ("CONSTANT N = INIT Init", "1:14", "unexpected `INIT`", "a keyword cannot be used as a name"),
    ("CONSTANT N <- 3", "1:15", "unexpected `3`", ""),
    ("CONSTANT N = {1 2}", "1:17", "unexpected `2`", ""),
    ("CONSTANT N = {1", "1:15", "unexpected end of file", ""),
    ("INIT", "1:4", "unexpected end of file", ""),
    ("INIT NEXT Next", "1:6", "unexpected `NEXT`", "a keyword cannot be used as a name"),
    ("INVARIANT a NEXT = 1", "1:18", "unexpected `=`", ""),
    ("INIT A\nINIT B", "2:1", "`INIT` stands here a second time", "once"),
    ("CHECK_DEADLOCK TRUE CHECK_DEADLOCK TRUE", "1:21", "a second time", "once"),
    ("CONSTANT F(1) = 1 F(1) = 2", "1:19", "`F` is given a value a second time", "line 1"),
    ("# comment", "1:1", "unexpected `#`", "a comment begins with \\*"),
    ("INIT A;", "1:7", "`;` is no symbol", ""),
    ("(* open", "1:1", "this comment is never closed", ""),
    ('CONSTANT a = "x', "1:16", "the string is not closed", ""),
]


@pytest.mark.parametrize(("text", "where", "message", "hint"), REFUSED)
def test_an_ill_formed_configuration_is_placed_and_explained(
    text: str, where: str, message: str, hint: str
) -> None:
    with pytest.raises(InputError) as caught:
        configuration(text)
    found = caught.value
    assert found.span is not None
    assert f"{found.span.line}:{found.span.column}" == where
    assert message in found.message
    assert hint in found.hint


@pytest.mark.parametrize("said", ["a = 1", "a = {1, b}", 'a = "x"', "a <- b", "F({1}) = 2"])
def test_what_is_said_twice_alike_is_taken_once(said: str) -> None:
    (only,) = configuration(f"CONSTANT {said}\nCONSTANT {said}").assignments
    assert only.span.line == 1


@pytest.mark.parametrize(
    ("text", "counts", "is_lost"),
    [
        ("a = 1 a = 2", 2, 1),
        ("a = 1 a = {b} a = 1", 3, 2),
        ("a = 1 a <- b", 2, 1),
        ("a <- b a = 1", 1, 2),
        ("a <- b a = 1 a <- c", 3, 2),
    ],
)
def test_the_last_assignment_counts_and_a_replacement_before_values(
    text: str, counts: int, is_lost: int
) -> None:
    lines = text.replace(" a", "\na").splitlines()
    found = configuration("CONSTANT " + "\n".join(lines))
    assert [each.span.line for each in found.assignments] == [counts]
    assert is_lost in [each.span.line for each in found.overruled]


def test_what_is_given_in_one_module_overrules_nothing_in_another() -> None:
    assert configuration("CONSTANT a <- b a <- [M] c").overruled == ()


@pytest.mark.parametrize(
    ("text", "name"),
    [("INIT INIT NEXT NEXT", "INIT"), ("NEXT Next INIT VIEW", "VIEW"), ("INIT NEXT", "NEXT")],
)
def test_a_keyword_that_nothing_follows_is_a_name_where_one_is_due(text: str, name: str) -> None:
    found = configuration(text).init
    assert found is not None
    assert found.name == name


def test_a_keyword_is_a_model_value_where_a_value_is_due() -> None:
    first, second = configuration("CONSTANT a = VIEW b = NEXT INIT Init").assignments
    assert isinstance(first.value, ModelValue)
    assert isinstance(second.value, ModelValue)
    assert (first.value.name, second.value.name) == ("VIEW", "NEXT")


def test_points_of_one_operator_are_no_duplicates() -> None:
    assert len(configuration("CONSTANT F(1) = 1 F(TRUE) = 2 F({1}) = 3").assignments) == 3


def test_a_keyword_of_tlc_that_is_not_treated_is_not_skipped() -> None:
    with pytest.raises(UnsupportedError):
        configuration("_PERIODIC P")
