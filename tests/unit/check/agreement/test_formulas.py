"""Properties that hold in two readings and are stated differently."""

from __future__ import annotations

import pytest
from msgspec.structs import replace

from conform.check.agreement.agreeing import agree
from conform.domain.report import Verdict
from tests.unit.check.agreement.pairs import module_reading

MODULE = """\
---- MODULE M ----
EXTENDS Integers
CONSTANT People
VARIABLES place, sent, seen
vars == <<place, sent, seen>>
Init == place = [p \\in People |-> "HOME"] /\\ sent = 0 /\\ seen = 0
Go(p) == place[p] = "HOME" /\\ sent < 3 /\\ place' = [place EXCEPT ![p] = "AWAY"]
  /\\ sent' = sent + 1 /\\ UNCHANGED seen
Back(p) == place[p] = "AWAY" /\\ place' = [place EXCEPT ![p] = "HOME"] /\\ seen' = sent
  /\\ UNCHANGED sent
Next == \\E p \\in People : Go(p) \\/ Back(p)
Spec == Init /\\ [][Next]_vars /\\ WF_vars(Next)
Bounded == seen <= sent
Homes == \\A p \\in People : place[p] = "AWAY" => sent > 0
Grows == [][sent' >= sent]_vars
Comes == \\A p \\in People : place[p] = "AWAY" ~> place[p] = "HOME"
====
"""
CONFIGURATION = """\
SPECIFICATION Spec
CONSTANT People = {a, b}
INVARIANTS Bounded Homes
PROPERTIES Grows Comes
CHECK_DEADLOCK FALSE
"""
STRINGS = CONFIGURATION.replace("{a, b}", '{"a", "b"}')


def found(old: str, new: str) -> list[str]:
    """Return the messages where the second reading is the module with one text replaced."""
    assert old in MODULE
    left = module_reading("TLA+", MODULE, CONFIGURATION)
    right = module_reading("Other", MODULE.replace(old, new), STRINGS)
    assert {each.verdict for each in (*left.properties, *right.properties)} == {Verdict.PASS}
    outcome = agree([left, right])
    assert {each.code for each in outcome.findings} <= {"CF260"}
    return [each.message.partition(" is stated")[0] for each in outcome.findings]


@pytest.mark.parametrize(
    ("old", "new", "name"),
    [
        ("seen <= sent\n", "seen <= sent + 1\n", "Bounded"),
        ("seen <= sent\n", "TRUE\n", "Bounded"),
        ('place[p] = "AWAY" => sent > 0', 'place[p] = "AWAY" => sent >= 0', "Homes"),
        (
            '\\A p \\in People : place[p] = "AWAY" =>',
            '\\E p \\in People : place[p] = "AWAY" =>',
            "Homes",
        ),
        ("sent' >= sent]", "sent' >= 0]", "Grows"),
        ('"AWAY" ~> place[p] = "HOME"', '"AWAY" ~> (place[p] = "HOME" \\/ sent = 2)', "Comes"),
        ('place[p] = "AWAY" ~>', '(place[p] = "AWAY" /\\ sent > 1) ~>', "Comes"),
    ],
)
def test_property_that_is_stated_differently_is_found(old: str, new: str, name: str) -> None:
    assert found(old, new) == [f"property `{name}`"]


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("seen <= sent\n", "sent >= seen\n"),
        ("seen <= sent\n", "~(seen > sent) /\\ sent >= 0\n"),
        ('place[p] = "AWAY" => sent > 0', 'sent = 0 => place[p] = "HOME"'),
        ("sent' >= sent]", "~(sent' < sent)]"),
        ('place[p] = "AWAY" ~>', '~(place[p] = "HOME") ~>'),
    ],
)
def test_property_in_other_words_is_no_finding(old: str, new: str) -> None:
    assert found(old, new) == []


def test_finding_shows_values_on_which_the_two_differ() -> None:
    left = module_reading("TLA+", MODULE, CONFIGURATION)
    weak = MODULE.replace("seen <= sent\n", "seen <= sent + 1\n")
    (finding,) = agree([left, module_reading("Other", weak, STRINGS)]).findings
    values = dict(line.split(" = ") for line in finding.details[2:])
    assert finding.details[0].split()[:2] == ["TLA+", "FALSE,"]
    assert finding.details[1].split()[:2] == ["Other", "TRUE,"]
    assert int(values["  seen"]) == int(values["  sent"]) + 1


def test_third_reading_that_differs_too_is_named_in_the_same_finding() -> None:
    left = module_reading("TLA+", MODULE, CONFIGURATION)
    weak = MODULE.replace("seen <= sent\n", "TRUE\n")
    others = [module_reading(name, weak, STRINGS) for name in ("Other", "Third")]
    (finding,) = agree([left, *others]).findings
    assert finding.details[-1].startswith("likewise in Third, ")


def test_property_of_a_variable_that_has_two_names_is_not_compared() -> None:
    renamed = MODULE.replace("seen", "heard")
    left = module_reading("TLA+", MODULE, CONFIGURATION)
    right = module_reading("Other", renamed, STRINGS)
    assert "CF260" not in {each.code for each in agree([left, right]).findings}
    other = renamed.replace('"AWAY" => sent > 0', '"AWAY" => sent >= 0')
    findings = agree([left, module_reading("Other", other, STRINGS)]).findings
    assert [each.message.split()[1] for each in findings if each.code == "CF260"] == ["`Homes`"]


def test_property_of_a_reading_that_was_not_explored_to_the_end_is_compared_too() -> None:
    left = module_reading("TLA+", MODULE, CONFIGURATION)
    right = module_reading("Other", MODULE.replace("seen <= sent\n", "TRUE\n"), STRINGS)
    undecided = [replace(each, verdict=Verdict.INCOMPLETE) for each in right.properties]
    outcome = agree([left, replace(right, properties=tuple(undecided))])
    assert [each.subject for each in outcome.findings if each.code == "CF260"] == ["Bounded"]
    failed = [replace(each, verdict=Verdict.FAIL) for each in right.properties]
    outcome = agree([left, replace(right, properties=tuple(failed))])
    assert "CF260" not in {each.code for each in outcome.findings}
