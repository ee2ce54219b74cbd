"""A model of a module under a configuration: what is bound, checked and refused."""

from __future__ import annotations

import pytest

from conform.domain.report import Verdict
from conform.errors import ConformError, EvaluationError, InputError
from tests.unit.languages.tlaplus.modules import counts, model, run

COUNTER = """CONSTANT N
VARIABLE x
Init == x = 0
Next == x < N /\\ x' = x + 1
Spec == Init /\\ [][Next]_x
Small == x < 2
Step == x' < 2
Number == x
Always == []Small
"""


def test_constants_are_told_with_their_values() -> None:
    assert model(COUNTER, "SPECIFICATION Spec\nCONSTANT N = 3").constants == (("N", 3),)


@pytest.mark.parametrize(
    ("configuration", "message"),
    [
        ("CONSTANT N = 1", "names no behaviour"),
        ("CONSTANT N = 1", "names no behaviour"),
        ("INIT Init\nCONSTANT N = 1", "has no NEXT"),
        ("SPECIFICATION Spec", "`N` has no value"),
        ("SPECIFICATION Spec\nINIT Init\nNEXT Next\nCONSTANT N = 1", "both SPECIFICATION"),
        ("SPECIFICATION Spek\nCONSTANT N = 1", "does not define"),
        ("SPECIFICATION Spec\nCONSTANT N = 1\nINVARIANT Smal", "does not define"),
        ("SPECIFICATION Spec\nCONSTANT N = 1\nPROPERTY Smal", "does not define"),
        ("SPECIFICATION Spec\nCONSTANT N = 1\nCONSTRAINT Smal", "does not define"),
        ("SPECIFICATION Spec\nCONSTANT N <- Missing", "does not define"),
        ("SPECIFICATION Spec\nCONSTANT N <- F", "takes 0 arguments"),
        ("SPECIFICATION Spec\nCONSTANT N = 1 x <- F", "which is a variable"),
        ("SPECIFICATION Spec\nCONSTANT N <- Pair Pair <- Limit", "by `Pair`, which"),
        ("SPECIFICATION Spec\nCONSTANT N = 1 Limit <- Limit", "replaces itself"),
        ("SPECIFICATION Spec\nCONSTANT N = 1\nVIEW Pair", "VIEW names `Pair`, a constant"),
        ("SPECIFICATION Spec\nCONSTANT N = 1\nVIEW Limit", "VIEW names `Limit`, a constant"),
        ("SPECIFICATION Spec\nCONSTANT N = 1\nINVARIANT Step", "no state predicate"),
        ("SPECIFICATION Spec\nCONSTANT N = 1\nINVARIANT Always", "no state predicate"),
        ("SPECIFICATION Spec\nCONSTANT N = 1\nPROPERTY Step", "is an action"),
        ("SPECIFICATION Spec\nCONSTANT N = 1\nCONSTRAINT Step", "no state predicate"),
        ("SPECIFICATION Spec\nCONSTANT N = 1\nACTION_CONSTRAINT Always", "temporal"),
        ("INIT Init\nNEXT Always\nCONSTANT N = 1", "temporal"),
        ("INIT Step\nNEXT Next\nCONSTANT N = 1", "next state"),
    ],
)
def test_a_configuration_that_does_not_fit_is_refused(configuration: str, message: str) -> None:
    with pytest.raises(InputError, match=message) as caught:
        model(f"{COUNTER}F(a) == a\nPair == <<1, 2>>\nLimit == N", configuration)
    assert caught.value.span is not None


def test_constants_can_be_replaced_by_operators_sets_and_each_other() -> None:
    body = (
        "CONSTANTS A, B, Op(_)\nVARIABLE x\nTwo == 2\nDouble(n) == n * 2\nLimit == 1\n"
        "Init == x \\in A /\\ x \\in Nat\nNext == x' = Op(x) /\\ x' < B /\\ x < Limit"
    )
    found = model(
        body, "INIT Init\nNEXT Next\nCONSTANTS A = {1, 2} B <- Two Op <- Double Limit = 9"
    )
    assert list(found.initial_states()) == [(1,), (2,)]
    assert model(body, "INIT Init\nNEXT Next\nCONSTANTS A <- Nat B = 1 Op <- Double").constants == (
        ("B", 1),
    )
    again = model(body, "INIT Init\nNEXT Next\nCONSTANTS A <- B B = {5} Op <- Double Nat <- B")
    assert list(again.initial_states()) == [(5,)]


def test_a_value_for_a_variable_changes_nothing() -> None:
    given = model(COUNTER, "SPECIFICATION Spec\nCONSTANT N = 1 x = 7")
    assert list(given.initial_states()) == [(0,)]


@pytest.mark.parametrize("view", ["5", "(5)", '"one"', "CHOOSE a \\in {1} : a = 2"])
def test_a_view_that_tlc_keeps_as_a_formula_is_accepted(view: str) -> None:
    assert model(f"{COUNTER}\nView == {view}", "SPECIFICATION Spec\nCONSTANT N = 1\nVIEW View")


def test_two_constants_with_one_model_value_are_equal() -> None:
    body = "CONSTANTS a, b\nASSUME a = b"
    assert model(body, "CONSTANTS a = m b = m").assumptions[0].holds(())


def test_assumptions_alone_make_a_model() -> None:
    found = model("ASSUME Fine == 1 + 1 = 2\nASSUME 1 = 2", "")
    assert [(each.name, each.holds(())) for each in found.assumptions] == [
        ("Fine", True),
        ("ASSUME 2", False),
    ]
    assert found.instances == ()


def test_an_assumption_about_variables_is_refused() -> None:
    with pytest.raises(InputError, match="an assumption must be constant"):
        model("VARIABLE x\nInit == x = 0\nNext == x' = x\nASSUME x = 0")


def test_an_invariant_that_is_no_boolean_is_an_error_of_the_model() -> None:
    found = model(COUNTER, "SPECIFICATION Spec\nCONSTANT N = 1\nINVARIANT Number")
    with pytest.raises(EvaluationError, match="a boolean") as caught:
        found.invariants[0].holds((0,))
    assert caught.value.excerpt


ACTIONS = [
    ("A \\/ B", ["A()", "B()"]),
    ("x' = 1 \\/ x' = 2", ["Next()", "Next()"]),
    ("\\E i \\in 1..2 : C(i)", ["C(i=1)", "C(i=2)"]),
    (
        "\\E i \\in 1..2, j \\in 3..4 : D(i, j)",
        ["D(i=1, j=3)", "D(i=2, j=3)", "D(i=1, j=4)", "D(i=2, j=4)"],
    ),
    ("\\E i \\in 1..2 : x' = i", ["Next(i=1)", "Next(i=2)"]),
    ("\\E <<i, j>> \\in {<<1, 2>>} : D(i, j)", ["D(i=1, j=2)"]),
    ("\\E i \\in {x} : C(i)", ["C()"]),
    ("\\/ A\n        \\/ \\E i \\in {7} : (B \\/ C(i))", ["A()", "B()", "C(i=7)"]),
    ("E", ["A()", "C(i=5)"]),
    ("IF x = 0 THEN A ELSE B", ["Next()"]),
]


@pytest.mark.parametrize(("formula", "expected"), ACTIONS)
def test_next_is_split_into_named_instances(formula: str, expected: list[str]) -> None:
    found = model(
        "VARIABLE x\nInit == x = 0\nA == x' = 1\nB == x' = 2\nC(i) == x' = i\n"
        f"D(i, j) == x' = i + j\nE == A \\/ C(5)\nNext ==\n        {formula}"
    )
    shown = [
        f"{one.action}({', '.join(f'{name}={value}' for name, value in one.parameters)})"
        for one in found.instances
    ]
    assert shown == expected


@pytest.mark.parametrize(
    ("behaviour", "line"), [("INIT Init NEXT Next", 7), ("SPECIFICATION Spec", 8)]
)
def test_next_over_nothing_fails_at_the_first_step(behaviour: str, line: int) -> None:
    """TLC stops, too: every invariant would hold of a model that takes no step at all."""
    text = """
VARIABLE x
CONSTANT S
Init == x = 0
Next == \\E i \\in S : x' = i
Spec == Init /\\ [][Next]_x
"""
    found = model(text, f"{behaviour} CHECK_DEADLOCK FALSE CONSTANT S = {{}}")
    (state,) = found.initial_states()
    with pytest.raises(EvaluationError) as caught:
        list(found.successors(found.instances[0], state))
    assert "quantified over empty sets alone" in caught.value.message
    assert caught.value.span is not None
    assert (caught.value.span.path, caught.value.span.line) == ("M.tla", line)
    assert len(model(text, f"{behaviour} CONSTANT S = {{1}}").instances) == 1


def test_instances_tell_what_they_read_and_write() -> None:
    found = model(
        "VARIABLES x, y, z\nInit == x = 0 /\\ y = 0 /\\ z = 0\n"
        "A == x' = y /\\ UNCHANGED <<y, z>>\n"
        "B == (x = 1 => y' = 2) /\\ UNCHANGED <<x, y, z>>\n"
        "C == UNCHANGED <<x, y>> /\\ z' = x'\n"
        "Next == A \\/ B \\/ C"
    )
    assert [(one.reads, one.writes) for one in found.instances] == [
        (frozenset({1}), frozenset({0})),
        (frozenset({0, 1}), frozenset({1})),
        (frozenset({0}), frozenset({2})),
    ]


def test_observe_tells_a_copy_that_was_looked_at_as_read() -> None:
    found = model("VARIABLES x, y\nInit == x = 0 /\\ y = 0\nNext == UNCHANGED x /\\ y' = x' + 1")
    assert found.observe(found.instances[0], (4, 0)).reads == {0}


def test_an_undefined_name_in_init_points_into_the_module() -> None:
    with pytest.raises(ConformError) as caught:
        model("VARIABLE x\nInit == x = y\nNext == x' = x")
    assert str(caught.value).startswith("M.tla:4:13: unknown operator or identifier `y`")


def test_the_conjuncts_of_an_invariant_are_one_row_that_fails_where_it_is_false() -> None:
    body = (
        "VARIABLES x, y\nInit == x = 0 /\\ y = TRUE\nNext == x' = x + 1 /\\ y' = 3 /\\ x < 2\n"
        "Typed ==\n  /\\ y \\in BOOLEAN\n  /\\ x \\in 0..1\n  /\\ y\nInv == Typed /\\ x >= 0"
    )
    found = model(body, "INIT Init\nNEXT Next\nINVARIANT Inv")
    assert [each.span.line for each in found.invariants] == [7, 8, 9, 10]
    assert {each.name for each in found.invariants} == {"Inv"}


def test_a_conjunct_without_a_value_is_false_behind_one_that_is() -> None:
    body = (
        "VARIABLE x\nInit == x = 0\nNext == x' = TRUE /\\ x = 0\n"
        "Inv == x # 5 /\\ x = 0\nGuarded == (x = 1) /\\ (x < TRUE)"
    )
    found = model(body, "INIT Init\nNEXT Next\nINVARIANT Guarded")
    assert [each.holds((0,)) for each in found.invariants] == [False, False]
    with pytest.raises(EvaluationError):
        found.invariants[1].holds((1,))
    result = run(
        body, "INIT Init\nNEXT Next\nINVARIANT Guarded\nCHECK_DEADLOCK FALSE", everything=True
    )
    assert result.properties[0].verdict is not Verdict.PASS


def test_the_conjuncts_of_a_constraint_are_told_apart() -> None:
    body = (
        "VARIABLES x, y\nInit == x = 0 /\\ y = 0\n"
        "Next == x' = x + 1 /\\ y' = IF x = 2 THEN TRUE ELSE y\n"
        "Bound == x < 3 /\\ y < 1"
    )
    configuration = "INIT Init\nNEXT Next\nCONSTRAINT Bound\nCHECK_DEADLOCK FALSE"
    found = model(body, configuration)
    assert [(one.name, one.reads) for one in found.constraints] == [
        ("Bound", frozenset({0})),
        ("Bound", frozenset({1})),
    ]
    # x = 3 is cut off, so that nobody asks whether TRUE < 1.
    assert run(body, configuration, everything=True).distinct_states == 3


SHAPES = [
    ("Init /\\ [][Next]_x", 0),
    ("/\\ Init\n        /\\ [][Next]_<<x>>\n        /\\ WF_x(Next)", 1),
    ("Init /\\ [][Next]_x /\\ (\\A i \\in 1..3 : WF_x(Go(i)))", 3),
    ("Init /\\ [][Next]_x /\\ Fair", 2),
    ("Init /\\ ([][Next]_x)", 0),
    ("x = 0 /\\ [][x' = 1 - x]_x /\\ SF_x(Next)", 1),
    ("LET Start == Init IN Start /\\ [][Next]_x", 0),
]


@pytest.mark.parametrize(("formula", "fairness"), SHAPES)
def test_specifications_of_several_shapes_are_unfolded(formula: str, fairness: int) -> None:
    found = model(
        "VARIABLE x\nInit == x = 0\nNext == x' = 1 - x\nGo(i) == Next /\\ i = 1\n"
        f"Fair == WF_x(Next) /\\ SF_x(Go(1))\nSpec ==\n        {formula}",
        "SPECIFICATION Spec",
    )
    assert len(found.fairness) == fairness
    assert list(found.initial_states()) == [(0,)]


@pytest.mark.parametrize(
    "formula",
    [
        "Init",
        "Init /\\ [][Next]_x /\\ [][Next]_x",
        "Init /\\ [][Next]_x /\\ []Small",
        "Init /\\ [][Next]_x /\\ <><<Next>>_x",
        "Init /\\ [][Next]_x /\\ (Small -+-> Small)",
        "Init /\\ Next",
    ],
)
def test_specifications_of_other_shapes_are_refused(formula: str) -> None:
    with pytest.raises(ConformError) as caught:
        model(
            f"VARIABLE x\nInit == x = 0\nNext == x' = x\nSmall == x < 2\nSpec == {formula}",
            "SPECIFICATION Spec",
        )
    assert caught.value.span is not None


def test_a_subscript_leaves_a_step_out_of_the_property_and_not_out_of_the_behaviour() -> None:
    body = (
        "VARIABLES x, y\nInit == x = 0 /\\ y = 0\nNext == x' = x /\\ y' = 1 - y\n"
        "Spec == Init /\\ [][Next]_x\nProp == [][FALSE]_x"
    )
    assert counts(body, "SPECIFICATION Spec\nPROPERTY Prop") == (3, 2, 2)
