"""Machines that state liveness and fairness: as the module does, and what is done without them."""

from __future__ import annotations

import pytest

from conform.check.agreement.agreeing import agree
from conform.check.agreement.reading import Reading
from conform.domain.model import Model
from conform.domain.report import Verdict
from conform.errors import UnsupportedError
from conform.explore.options import ExploreOptions
from conform.explore.result import ExplorationResult
from conform.explore.search import explore
from conform.generate.generating import machine_body
from conform.generate.machine_model import MachineModel, build_machine_model
from conform.text import Source, Span
from tests.unit.generate.specifications import Described, of_text

UNITS = """\
CONSTANT People
VARIABLES at, bell
vars == <<at, bell>>
Places == {"home", "way", "work"}
Init == at = [p \\in People |-> "home"] /\\ bell = FALSE
Leave(p) == at[p] = "home" /\\ at' = [at EXCEPT ![p] = "way"] /\\ UNCHANGED bell
Arrive(p) == at[p] = "way" /\\ at' = [at EXCEPT ![p] = "work"] /\\ UNCHANGED bell
Return(p) == at[p] = "work" /\\ ~bell /\\ at' = [at EXCEPT ![p] = "home"] /\\ UNCHANGED bell
Ring == ~bell /\\ bell' = TRUE /\\ UNCHANGED at
Move == \\E p \\in People : Leave(p) \\/ Arrive(p)
Next == (\\E p \\in People : Leave(p) \\/ Arrive(p) \\/ Return(p)) \\/ Ring
Fairness == FAIRNESS
Spec == Init /\\ [][Next]_vars /\\ Fairness
AtWork(p) == at[p] = "work"
Soon(P) == <>P
Starts == \\A p \\in People : at[p] = "home" ~> at[p] # "home"
Settles == \\E p \\in People : <>[](AtWork(p) /\\ bell) \\/ <>[](at[p] = "home")
Rings == [](bell => <>TRUE) /\\ <>bell
Pairs == \\A p, q \\in People : []Soon(AtWork(p) \\/ AtWork(q))
Again == ~[](\\A p \\in People : at[p] = "home") => Pairs
Either == IF bell THEN <>(at[CHOOSE p \\in People : TRUE] = "work") ELSE (<>bell <=> <>~bell)
Within == LET Here == [](at \\in [People -> Places]) IN Here \\/ <>bell
"""

FAIR = "(\\A x \\in People : WF_vars(Leave(x)) /\\ SF_vars(Arrive(x))) /\\ WF_vars(Ring)"
NAMES = ("Starts", "Settles", "Rings", "Again", "Either", "Within")


def described(fairness: str = FAIR, people: str = "{a, b}", units: str = UNITS) -> Described:
    """Return the specification under this fairness."""
    configuration = (
        f"SPECIFICATION Spec CONSTANT People = {people}\n"
        f"PROPERTIES {' '.join(NAMES)} CHECK_DEADLOCK FALSE"
    )
    if not fairness:
        units = units.replace(" /\\ Fairness", "")
    return of_text(units.replace("FAIRNESS", fairness or "TRUE", 1), configuration)


def text_of(found: Described) -> str:
    """Return the text of the machine."""
    return machine_body(found.machine)


def machine_of(found: Described, change: tuple[str, str] = ("", "")) -> MachineModel:
    """Return the model of the machine, with a text replaced."""
    text = text_of(found)
    assert change[0] in text
    return build_machine_model(found.machine, Source("machine.py", text.replace(*change)))


def explored(model: Model) -> ExplorationResult:
    """Return the exploration of a model, all of it checked against the formulas."""
    return explore(model, ExploreOptions(keep_graph=True, stop_at_first=False, self_check=1))


def verdicts(result: ExplorationResult) -> dict[str, Verdict]:
    """Return the gravest verdict of each property."""
    found: dict[str, Verdict] = {}
    for each in result.properties:
        if found.get(each.name) is not Verdict.FAIL:
            found[each.name] = each.verdict
    return found


@pytest.mark.parametrize(
    "fairness",
    [
        FAIR,
        "",
        "WF_vars(Next)",
        "WF_vars(Move)",
        "SF_vars(\\E p \\in People : Leave(p)) /\\ WF_vars(Ring)",
        "\\A p \\in People : WF_vars(Leave(p) \\/ Arrive(p))",
    ],
)
def test_machine_decides_each_property_as_the_module_does(fairness: str) -> None:
    found = described(fairness)
    machine = machine_of(found)
    assert verdicts(explored(machine)) == verdicts(explored(found.model))
    assert len(machine.fairness) == len(found.model.fairness)


def test_fairness_and_liveness_are_told_in_tables() -> None:
    text = text_of(described())
    assert 'Fairness("weak", ("Leave",), ("p",)),\n' in text
    assert 'Fairness("strong", ("Arrive",), ("p",)),\n' in text
    assert 'Fairness("weak", ("Ring",), ()),\n' in text
    assert "LIVENESS and FAIRNESS state them" in text


def test_parameters_of_one_element_are_named_all_the_same() -> None:
    assert 'Fairness("weak", ("Leave",), ("p",)),\n' in text_of(described(people="{a}"))


def test_fairness_that_the_machine_lacks_flips_the_verdict_and_is_told() -> None:
    found = described()
    lacking = machine_of(found, ('    Fairness("weak", ("Leave",), ("p",)),\n', ""))
    results = {"TLA+": explored(found.model), "generated machine": explored(lacking)}
    models: dict[str, Model] = {"TLA+": found.model, "generated machine": lacking}
    outcome = agree(
        [
            Reading(name, models[name], result.graph, result.properties, Span(name, 1, 1, 1, 1))
            for name, result in results.items()
        ]
    )
    assert verdicts(results["TLA+"])["Starts"] is Verdict.PASS
    (finding,) = [each for each in outcome.findings if "`Starts`" in each.message]
    assert finding.message == "property `Starts`: PASS in TLA+, FAIL in generated machine"
    assert any("fairness of Leave" in line for line in finding.details)


@pytest.mark.parametrize(
    ("fairness", "reason"),
    [
        ("WF_at(Ring)", "the subscript of the fairness of Ring leaves variables out"),
        ("WF_vars(Ring /\\ bell = FALSE)", "is of no actions alone"),
        (
            "\\A p \\in {CHOOSE q \\in People : TRUE} : WF_vars(Leave(p))",
            "fairness of Leave is not that of actions, or of all values of parameters",
        ),
    ],
)
def test_fairness_that_no_row_can_say_leaves_all_liveness_out(fairness: str, reason: str) -> None:
    found = described(fairness)
    text = text_of(found)
    assert "LIVENESS" not in text
    assert "FAIRNESS" not in text
    assert not machine_of(found).liveness
    unstated = found.machine.unstated
    assert unstated is not None and unstated.span is not None
    assert unstated.name == ", ".join(NAMES)
    assert reason in unstated.reason
    assert "WF_" in unstated.excerpt


def test_property_of_steps_leaves_all_liveness_out() -> None:
    units = UNITS.replace("Within == ", "Within == []<><<Ring>>_vars \\/ ")
    machine = described(units=units).machine
    assert not machine.liveness
    assert machine.unstated is not None and machine.unstated.span is not None
    assert "[]<><<Ring>>_vars" in machine.unstated.excerpt


def test_machine_that_states_its_liveness_leaves_none_unstated() -> None:
    assert described().machine.unstated is None


@pytest.mark.parametrize(
    ("change", "message"),
    [
        (('("Leave",)', '("Depart",)'), "no such fairness"),
        (('"weak", ("Leave",)', '"fair", ("Leave",)'), "no such fairness"),
        (('("Leave",), ("p",)', '("Leave",), ("q",)'), "no such fairness"),
        (('"leads to",', '"then",'), "Starts is no temporal formula"),
        (('"Starts": M.', '"Ends": M.'), "LIVENESS has no property `Ends`"),
        (("bell=False", "bell=1 // 0"), "the machine cannot be run: ZeroDivisionError"),
        (("bell=False", "ring=False"), "the machine cannot be run: TypeError"),
        (("sorted(self.constants.people)", "sorted(1)"), "the machine cannot be run: TypeError"),
    ],
)
def test_what_makes_no_machine_is_refused(change: tuple[str, str], message: str) -> None:
    with pytest.raises(UnsupportedError, match=message) as caught:
        machine_of(described(), change)
    assert caught.value.span is not None
    assert caught.value.span.path == "machine.py"


def test_formula_that_is_another_one_in_some_states_is_an_error_there() -> None:
    change = ('"leads to",', '"leads to" if self.state.at["a"] == "home" else "and",')
    result = explored(machine_of(described(), change))
    assert result.failure is not None
    assert "`leads to` is `and` in some states" in result.failure.error.message


def test_leaf_without_a_value_is_an_error_where_it_is_asked_for_alone() -> None:
    units = """VARIABLE line
Init == line = <<>>
Join == Len(line) < 2 /\\ line' = Append(line, Len(line))
Next == Join
Spec == Init /\\ [][Next]_line /\\ WF_line(Next)
Kept == \\A i \\in 1..2 : <>(Len(line) >= 0) \\/ <>(line[i] = i - 1)
Lost == <>(line[2] = 1)
"""
    found = of_text(units, "SPECIFICATION Spec PROPERTIES Kept Lost CHECK_DEADLOCK FALSE")
    for model in (found.model, machine_of(found)):
        result = verdicts(explored(model))
        assert (result["Kept"], result["Lost"]) == (Verdict.PASS, Verdict.ERROR)
