"""POSTCONDITION, ALIAS, and what the operators of module TLC learn of the run and leave in it."""

from __future__ import annotations

import pytest

from conform.domain.exploration import ExplorationStatus
from conform.domain.report import Verdict
from conform.errors import InputError
from conform.explore.options import ExploreOptions
from conform.explore.search import explore
from conform.explore.simulation import SimulationOptions, simulate
from tests.unit.languages.tlaplus.modules import model, run

TURNS = r"""
VARIABLE x
Init == x = 0
Next == x' = (x + 1) % 4
Small == x < 3
Seen == TLCGet("distinct") = 4 /\ TLCGet("diameter") = 4 /\ TLCGet("generated") = 5
Unseen == TLCGet("distinct") = 5
Broken == TLCGet(7)
Shown == [before |-> x, after |-> x', at |-> TLCGet("level")]
Number == x
Noisy == PrintT(<<"seen", x>>)
Ends == x # 2 \/ TLCSet("exit", TRUE)
"""

HEAD = "INIT Init\nNEXT Next\n"


@pytest.mark.parametrize(
    ("name", "status"),
    [
        ("Seen", ExplorationStatus.NO_ERROR),
        ("Unseen", ExplorationStatus.VIOLATION_FOUND),
        ("Broken", ExplorationStatus.ERROR),
    ],
)
def test_a_postcondition_is_evaluated_after_the_search(
    name: str, status: ExplorationStatus
) -> None:
    assert run(TURNS, f"{HEAD}POSTCONDITION {name}").status is status


def test_a_postcondition_waits_for_the_end_of_the_search() -> None:
    result = run(TURNS, f"{HEAD}INVARIANT Small\nPOSTCONDITION Seen")
    assert result.verdicts() == {"Small": Verdict.FAIL, "Seen": Verdict.INCOMPLETE}


def test_a_postcondition_speaks_of_no_state() -> None:
    with pytest.raises(InputError, match="speaks of variables"):
        model(TURNS, f"{HEAD}POSTCONDITION Small")


def test_an_alias_is_what_a_trace_shows() -> None:
    result = run(TURNS, f"{HEAD}INVARIANT Small\nALIAS Shown")
    trace = result.properties[0].trace
    assert trace is not None
    shown = [dict(step.variables) for step in trace.steps]
    assert [state["before"] for state in shown] == [0, 1, 2, 3]
    assert [state["after"] for state in shown] == [1, 2, 3, 3]
    assert [state["at"] for state in shown] == [1, 2, 3, 4]


def test_an_alias_that_is_no_record_leaves_the_variables_and_says_so() -> None:
    result = run(TURNS, f"{HEAD}INVARIANT Small\nALIAS Number")
    trace = result.properties[0].trace
    assert trace is not None
    assert trace.steps[0].variables == (("x", 0),)
    assert any("ALIAS Number" in line for line in result.printed)


def test_what_is_printed_is_part_of_the_result_once_for_each_evaluation() -> None:
    result = run(TURNS, f"{HEAD}INVARIANT Noisy")
    assert result.printed == ('<<"seen", 0>>', '<<"seen", 1>>', '<<"seen", 2>>', '<<"seen", 3>>')


def test_a_search_that_ends_itself_is_incomplete() -> None:
    result = run(TURNS, f"{HEAD}INVARIANT Ends")
    assert result.status is ExplorationStatus.INCOMPLETE
    assert "TLCSet" in result.message


def test_a_run_begins_with_empty_registers() -> None:
    found = model(TURNS + "\nSets == TLCSet(1, x)", f"{HEAD}INVARIANT Sets")
    explore(found, ExploreOptions())
    assert found.run.registers
    found.run.start(found.run.counters)  # type: ignore[arg-type]  # it has been explored
    assert not found.run.registers


def test_a_random_element_is_the_same_in_each_run() -> None:
    body = (
        TURNS
        + r"""
Chance == x' = RandomElement(0..1000)
"""
    )
    runs = [run(body, "INIT Init\nNEXT Chance\nCONSTRAINT Small") for _ in range(2)]
    assert runs[0].states_generated == runs[1].states_generated
    assert runs[0].distinct_states == runs[1].distinct_states


DRAWS = r"""
VARIABLE x, drawn
Twice(draw) == drawn' = <<draw, draw>> /\ x' = x + 1
Init == x = 0 /\ drawn = <<0, 0>>
Argument == x < 9 /\ Twice(RandomElement(1..1000000))
Defined == LET draw == RandomElement(1..1000000) IN x < 9 /\ drawn' = <<draw, draw>> /\ x' = x + 1
Same == drawn[1] = drawn[2]
"""


def test_an_argument_of_an_action_is_drawn_once_and_a_definition_in_it_at_each_use() -> None:
    statuses = [
        run(DRAWS, f"INIT Init\nNEXT {name}\nINVARIANT Same\nCHECK_DEADLOCK FALSE").status
        for name in ("Argument", "Defined")
    ]
    assert statuses == [ExplorationStatus.NO_ERROR, ExplorationStatus.VIOLATION_FOUND]


CONSTANTS = r"""
VARIABLE x
First == Print("first", 1)
Second == Print("second", First)
Fails == Print("fails", 1) \div 0
Drawn == RandomElement(1..1000000)
Asks == PrintT(TLCGet("level"))
LOCAL Hidden == PrintT("hidden")
Parameter(p) == Print("parameter", p)
ASSUME PrintT("assumed")
Init == x = First /\ TLCSet(1, Drawn)
Next == x < 3 /\ x' = x + Second
Same == TLCGet(1) = Drawn /\ Asks
"""


def test_constants_that_print_are_computed_once_before_the_assumptions() -> None:
    result = run(CONSTANTS, f"{HEAD}INVARIANT Same\nCHECK_DEADLOCK FALSE")
    assert result.status is ExplorationStatus.NO_ERROR
    beforehand = ('"first"  1', '"second"  1', '"fails"  1', '"hidden"', '"assumed"')
    assert result.printed == (*beforehand, "0", "1", "2")


def test_a_constant_that_cannot_be_evaluated_is_left_where_nothing_wants_it() -> None:
    body = f"{TURNS}\nF == INSTANCE IOUtils\nDump == F!IOExec(<<1>>).exitValue = 0 /\\ PrintT(1)"
    result = run(body, f"{HEAD}INVARIANT Noisy")
    assert result.status is ExplorationStatus.NO_ERROR
    assert len(result.printed) == 4


def test_constants_that_are_drawn_are_drawn_anew_in_each_run() -> None:
    found = model(CONSTANTS, f"{HEAD}CHECK_DEADLOCK FALSE")
    drawn = set()
    for seed in (1, 2, 1):
        simulate(found, SimulationOptions(seed=seed))
        drawn.add(found.run.registers[1])
    assert len(drawn) == 2


@pytest.mark.parametrize(
    ("value", "text"),
    [
        ("[n \\in Nat |-> n]", "[x \\in Nat |-> ...]"),
        ("[n \\in Nat, m \\in Int |-> n]", "[x \\in Nat \\X Int |-> ...]"),
        ("<<[n \\in STRING |-> n], {}>>", "<<[x \\in STRING |-> ...], {}>>"),
    ],
)
def test_a_function_that_cannot_be_listed_is_printed_by_its_domain(value: str, text: str) -> None:
    result = run(f"{TURNS}\nFirst == x = 0 /\\ PrintT({value})", "INIT First\nNEXT Next")
    assert result.status is ExplorationStatus.NO_ERROR
    assert result.printed == (text,)
