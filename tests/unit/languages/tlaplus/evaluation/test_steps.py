"""Actions and Init: which states they give, in which order, how often, and when they have none."""

from __future__ import annotations

import pytest

from conform.errors import ConformError, EvaluationError, InputError, UnsupportedError
from tests.unit.languages.tlaplus.modules import counts, model, run, specification, steps

STEPS = [
    # x' = e binds, then compares
    ("x' = 1 /\\ y' = x' + 1", ["1, 2"]),
    ("x' = 1 /\\ x' = 2 /\\ y' = 0", []),
    ("x' = 1 /\\ 1 = x' /\\ y' = 0", ["1, 0"]),
    ("/\\ x' \\in {2, 1}\n          /\\ y' = 0", ["1, 0", "2, 0"]),
    ("x' \\in 1..3 /\\ x' \\in {2, 5} /\\ y' = 0", ["2, 0"]),
    ("x' = 5 /\\ x' \\in Nat /\\ y' = 0", ["5, 0"]),
    ("x' \\subseteq {1} /\\ y' = 0", ["{}, 0", "{1}, 0"]),
    ("x' = {1} /\\ x' \\subseteq Nat /\\ y' = 0", ["{1}, 0"]),
    ("(x)' = 1 /\\ y' = 0", ["1, 0"]),
    # short circuits and order
    ("FALSE /\\ 1 = \"a\" /\\ x' = 1 /\\ y' = 0", []),
    ("x' = 1 /\\ x' > 1 /\\ y' = 1 + TRUE", []),
    # branching
    ("(x' = 1 \\/ x' = 2) /\\ y' = 0", ["1, 0", "2, 0"]),
    ("(x' = 1 \\/ x' = 1) /\\ y' = 0", ["1, 0", "1, 0"]),
    ("\\E i \\in {2, 1} : x' = i /\\ y' = i", ["1, 1", "2, 2"]),
    ("(\\E i \\in 1..2 : TRUE) /\\ x' = 1 /\\ y' = 0", ["1, 0", "1, 0"]),
    ("(x = 0 \\/ y = 0) /\\ x' = 1 /\\ y' = 0", ["1, 0", "1, 0"]),
    ("~(x = 1 \\/ y = 1) /\\ x' = 1 /\\ y' = 0", ["1, 0"]),
    ("(x = 0 \\/ y = 0) = TRUE /\\ x' = 1 /\\ y' = 0", ["1, 0"]),
    ("(IF x = 0 \\/ y = 0 THEN x' = 1 ELSE x' = 2) /\\ y' = 0", ["1, 0"]),
    ("(CASE x = 0 -> x' = 1 [] y = 0 -> x' = 2) /\\ y' = 0", ["1, 0"]),
    ("x' = 1 /\\ (IF x' = 1 THEN y' = 7 ELSE y' = 8)", ["1, 7"]),
    ("x' = 1 /\\ (x = 1 => y' = 5) /\\ y' = 0", ["1, 0"]),
    ("x' = 1 /\\ (x = 0 => y' = 5)", ["1, 5"]),
    ("\\A i \\in {1, 2} : x' = 3 /\\ y' = 4", ["3, 4"]),
    ("(\\A i \\in {} : x' = i) /\\ UNCHANGED <<x, y>>", ["0, 0"]),
    ("(\\A i \\in {1, 2} : x' \\in {i, 5}) /\\ y' = 0", ["5, 0"]),
    ("\\E i, j \\in 1..2 : i < j /\\ x' = i /\\ y' = j", ["1, 2"]),
    ("\\E <<i, j>> \\in {<<3, 4>>} : x' = i /\\ y' = j", ["3, 4"]),
    # UNCHANGED
    ("UNCHANGED <<x, y>>", ["0, 0"]),
    ("UNCHANGED vars", ["0, 0"]),
    ("UNCHANGED <<x, <<y>>>>", ["0, 0"]),
    ("x' = 1 /\\ UNCHANGED y", ["1, 0"]),
    ("x' = 1 /\\ UNCHANGED vars", []),
    ("x' = 1 /\\ y' = -1 /\\ UNCHANGED (x + y)", ["1, -1"]),
    ("x' = 1 /\\ y' = 1 /\\ UNCHANGED (x + y)", []),
    ("<<UNCHANGED x /\\ y' \\in {0, 1}>>_vars", ["0, 1"]),
    ("[x' = 1 /\\ y' = 1]_vars", ["1, 1", "0, 0"]),
    # LET and calls are transparent; arguments are primed with the operator's body
    ("LET z == x + 1 IN x' = z /\\ y' = z", ["1, 1"]),
    ("LET z == x' IN x' = 4 /\\ y' = z", ["4, 4"]),
    ("LET Set(v) == x' = v IN Set(3) /\\ y' = 0", ["3, 0"]),
    ("x' = 1 /\\ y' = Next1(x)", ["1, 1"]),
    ("x' = 1 /\\ y' = Next1(x + 10)", ["1, 11"]),
    ("Set1(x, 3) /\\ Set1(y, 4)", ["3, 4"]),
    ("Do(LAMBDA v : x' = v, 6) /\\ y' = 0", ["6, 0"]),
    ("Do(SetX, 6) /\\ y' = 0", ["6, 0"]),
    ("x' = 1 /\\ y' = (x + 1)'", ["1, 2"]),
    ("x' = 1 /\\ y' = (LET z == x IN z + z)'", ["1, 2"]),
    ("x' = 1 /\\ y' = (IF x = 1 THEN 8 ELSE 9)'", ["1, 8"]),
    ("x' = 1 /\\ y' = twice'", ["1, 2"]),
    # ENABLED
    ("ENABLED (x' = 1) /\\ x' = 2 /\\ y' = 0", ["2, 0"]),
    ("ENABLED (x' = 1 /\\ x' = 2) /\\ x' = 2 /\\ y' = 0", []),
    ("ENABLED (x > 0 /\\ x' = 2) /\\ x' = 2 /\\ y' = 0", []),
    ("Can(x' = 1) /\\ x' = 2 /\\ y' = 0", ["2, 0"]),
    ("x' = 1 /\\ y' = 0 /\\ (ENABLED (x = 1 /\\ x' = 5))'", ["1, 0"]),
]
BEFORE = """VARIABLES x, y
vars == <<x, y>>
twice == x * 2
Next1(a) == a'
Set1(v, e) == v' = e
SetX(e) == x' = e
Do(Op(_), e) == Op(e)
Can(A) == ENABLED A
Init == x = 0 /\\ y = 0
"""


@pytest.mark.parametrize(("action", "expected"), STEPS)
def test_an_action_gives_its_successors(action: str, expected: list[str]) -> None:
    assert steps(f"{BEFORE}Next ==\n       {action}") == expected


NO_STEPS = [
    "1 = x' /\\ y' = 0",
    "y' = x' /\\ x' = 1",
    "~(x' = 0) /\\ y' = 0",
    "x'[1] = 1 /\\ y' = 0",
    "x' = 1",
    "x' \\in Nat /\\ y' = 0",
    "x' \\in 5 /\\ y' = 0",
    "x' = 1 /\\ (x = 1 => y' = 5)",
    "x' = 1 /\\ y' = (1 = TRUE)",
    "x' = 1 /\\ x' = TRUE /\\ y' = 0",
    "x' = 1 /\\ UNCHANGED (x + y)",
    "x' \\in 1..3 /\\ y' = [i \\in Nat |-> i]",
    "x /\\ x' = 0 /\\ y' = 0",
    "(IF x THEN x' = 1 ELSE x' = 2) /\\ y' = 0",
    "(CASE x = 1 -> x' = 1) /\\ y' = 0",
    "\\E i \\in Nat : x' = i /\\ y' = i",
]


@pytest.mark.parametrize("action", NO_STEPS)
def test_an_action_that_cannot_be_evaluated_is_a_located_error(action: str) -> None:
    with pytest.raises(EvaluationError) as caught:
        steps(f"{BEFORE}Next ==\n       {action}")
    assert caught.value.span is not None
    assert caught.value.excerpt


def test_a_successor_without_a_value_names_the_variable() -> None:
    with pytest.raises(EvaluationError, match="leaves variable `y` without a value"):
        steps(f"{BEFORE}Next == x' = 1")


INITIAL = [
    ("x = 0 /\\ y = x + 1", ["0, 1"]),
    ("x \\in {2, 1} /\\ y = 0", ["1, 0", "2, 0"]),
    ("y = 0 /\\ (x = 1 \\/ x = 1)", ["1, 0", "1, 0"]),
    ("x = 1 /\\ y = 1 /\\ x = y", ["1, 1"]),
    ("\\E i \\in 1..2 : x = i /\\ y = i", ["1, 1", "2, 2"]),
    ("x \\in 1..3 /\\ y = 0 /\\ x > 2", ["3, 0"]),
    ("y = 0 /\\ LET z == y + 1 IN x = z", ["1, 0"]),
]


@pytest.mark.parametrize(("formula", "expected"), INITIAL)
def test_init_gives_its_states(formula: str, expected: list[str]) -> None:
    found = model(f"VARIABLES x, y\nInit == {formula}\nNext == UNCHANGED <<x, y>>")
    shown = [f"{state[0]}, {state[1]}" for state in found.initial_states()]
    assert shown == expected


@pytest.mark.parametrize(
    "formula", ["x = y /\\ y = 0", "x \\in Nat /\\ y = 0", "x = 0", "y = 0 /\\ 0 = x"]
)
def test_init_that_cannot_be_evaluated_is_a_located_error(formula: str) -> None:
    found = model(f"VARIABLES x, y\nInit == {formula}\nNext == UNCHANGED <<x, y>>")
    with pytest.raises(EvaluationError) as caught:
        list(found.initial_states())
    assert caught.value.span is not None


@pytest.mark.parametrize("formula", ["x' = 0", "UNCHANGED x", "x = 0 /\\ x' = 1"])
def test_init_must_not_speak_of_a_next_state(formula: str) -> None:
    with pytest.raises(InputError, match="next state"):
        model(f"VARIABLE x\nInit == {formula}\nNext == UNCHANGED x")


def test_choices_inside_an_action_are_told_and_witnesses_of_a_guard_are_not() -> None:
    found = model(
        "VARIABLE x\nInit == x = {1}\n"
        "Next == \\E w \\in x : (\\E v \\in x : v = w) /\\ x' = {w + 1}"
    )
    state = next(found.initial_states())
    (successor,) = found.successors(found.instances[0], state)
    assert successor.choices == (("w", 1),)


def test_a_guard_of_many_conjuncts_over_a_big_set_needs_no_deep_stack() -> None:
    assert steps("VARIABLE x\nInit == x = 0\nNext == (\\A i \\in 1..3000 : i > x) /\\ x' = 1") == [
        "1"
    ]
    assert steps("VARIABLE x\nInit == x = 0\nNext == (\\A i \\in 1..3000 : x' = 1)") == ["1"]


def test_recursion_in_an_action_is_an_error_of_the_model() -> None:
    body = "VARIABLE x\nRECURSIVE F(_)\nF(n) == F(n + 1)\nInit == x = 0\nNext == x' = F(x)"
    with pytest.raises(EvaluationError, match="too deep"):
        steps(body)
    with pytest.raises(EvaluationError, match="too deep"):
        list(model(body.replace("Init == x = 0", "Init == x = F(0)")).initial_states())


def test_recursion_of_some_depth_gives_each_successor_once() -> None:
    body = (
        "VARIABLE x\nRECURSIVE Sum(_)\nSum(n) == IF n = 0 THEN 0 ELSE n + Sum(n - 1)\n"
        "Init == x = 0\nNext == x' \\in {1, 2} \\/ x' = Sum(800)"
    )
    assert steps(body) == ["1", "2", "320400"]


def test_a_recursive_action_gives_a_successor_for_each_of_its_branches() -> None:
    body = (
        "VARIABLE x\nRECURSIVE Go(_)\nGo(n) == IF n = 0 THEN x' = 0 ELSE x' = n \\/ Go(n - 1)\n"
        "Init == x = 0\nNext == Go(3)"
    )
    assert steps(body) == ["3", "2", "1", "0"]


def test_an_endless_recursive_action_is_an_error() -> None:
    body = "VARIABLE x\nRECURSIVE Go(_)\nGo(n) == Go(n + 1)\nInit == x = 0\nNext == Go(3)"
    with pytest.raises(EvaluationError, match="too deep"):
        steps(body.replace("Go(n + 1)", "x' = n \\/ Go(n + 1)"))


@pytest.mark.parametrize(
    "expression",
    ["1.5"],
)
def test_what_is_not_evaluated_says_so_where_it_stands(expression: str) -> None:
    with pytest.raises(ConformError) as caught:
        model(f"VARIABLE x\nInit == x = 0\nNext == x' = x /\\ ({expression}) = 1")
    assert isinstance(caught.value, UnsupportedError)
    assert caught.value.span is not None
    assert caught.value.hint
    assert "docs" not in caught.value.hint


@pytest.mark.parametrize("formula", ["WF_x(x' = 1)", "[]TRUE", "<>TRUE", "x ~> x"])
def test_a_temporal_formula_is_no_next_state_action(formula: str) -> None:
    with pytest.raises(InputError, match="temporal"):
        model(f"VARIABLE x\nInit == x = 0\nNext == x' = x /\\ ({formula})")


# Counting, as TLC does (tlc-semantics.md, section 5): each row was run through TLC.
COUNTS = [
    ("x = 0 \\/ x = 0 \\/ x \\in {0, 1}", "x' = x", (6, 2, 1)),
    ("x = 0", "x' = x", (2, 1, 1)),
    ("x = 0", "(x < 3 /\\ x' = x + 1) \\/ (x = 3 /\\ x' = x)", (5, 4, 4)),
    ("x = 0", "x' = 1 \\/ x' = 1", (5, 2, 2)),
    ("x = 0", "x' \\in {0, 1} /\\ x' # 0", (3, 2, 2)),
    ("x = 0", "(\\E i \\in 1..3 : TRUE) /\\ x' = 1 - x", (7, 2, 2)),
    ("x = 0", "(x = 0 \\/ x < 5) /\\ x' = 1 - x", (4, 2, 2)),
    ("(TRUE \\/ TRUE) /\\ x = 0", "x' = x", (3, 1, 1)),
    # where every variable has its value, \\/ and \\E are mere tests
    ("x = 0 /\\ (TRUE \\/ TRUE)", "x' = x", (2, 1, 1)),
    ("x = 0 /\\ (\\E i \\in 1..3 : x < i)", "x' = x", (2, 1, 1)),
    ("x = 0", "x' = x /\\ (x' = 0 \\/ x = 0)", (2, 1, 1)),
    ("x = 0", "x' = x /\\ (\\E i \\in 1..3 : x < i)", (2, 1, 1)),
    ("x = 0", "(TRUE \\/ TRUE) /\\ x' = x", (3, 1, 1)),
]


@pytest.mark.parametrize(("initial", "following", "expected"), COUNTS)
def test_states_are_counted_as_tlc_counts_them(
    initial: str, following: str, expected: tuple[int, int, int]
) -> None:
    assert counts(f"VARIABLE x\nInit == {initial}\nNext == {following}") == expected


def test_a_self_loop_is_no_deadlock_and_no_successor_is_one() -> None:
    assert run("VARIABLE x\nInit == x = 0\nNext == x' = x").deadlock is None
    assert run("VARIABLE x\nInit == x = 0\nNext == x > 0 /\\ x' = x").deadlock is not None


def test_a_constraint_cuts_off_and_what_it_cuts_off_is_counted() -> None:
    body = "VARIABLE x\nInit == x = 0\nNext == x' = x + 1\nSmall == x < 3\nStep == x' < 3"
    assert counts(body, "INIT Init\nNEXT Next\nCONSTRAINT Small") == (4, 3, 3)
    assert counts(body, "INIT Init\nNEXT Next\nACTION_CONSTRAINT Step") == (4, 3, 3)


def test_true_and_one_are_two_states() -> None:
    body = "VARIABLE x\nInit == x = 1\nNext == x' = TRUE"
    assert counts(body)[1] == 2


def test_a_module_without_variables_has_no_states() -> None:
    loaded = specification("ASSUME 1 = 1")
    assert loaded.variables == []


UNFINISHED = [
    "VARIABLE x\nStep == x < 2 /\\ x' = x\nInit == ENABLED Step /\\ x = 0\nNext == Step",
    "VARIABLE x\nStep == x < 2 /\\ x' = x\nInit == x = 0\nNext == (ENABLED Step)' /\\ x' = 1",
    "---- MODULE In ----\nEXTENDS Naturals\nVARIABLE v\nStep == v < 2 /\\ v' = v\n====\n"
    "VARIABLE x\nI == INSTANCE In WITH v <- x + 1\nInit == ENABLED I!Step /\\ x = 0\n"
    "Next == x' = x",
]


@pytest.mark.parametrize("body", UNFINISHED)
def test_enabled_sees_no_value_of_a_variable_before_it_has_one(body: str) -> None:
    result = run(body, "INIT Init\nNEXT Next")
    assert result.failure
    assert "before it has a value" in result.failure.error.message


def test_functions_to_a_large_interval_are_an_error_of_the_model() -> None:
    body = 'VARIABLE x\nInit == x \\in [{"a", "b"} -> 0..2147483647]\nNext == x\' = x'
    with pytest.raises(EvaluationError, match="more than"):
        list(model(body).initial_states())
