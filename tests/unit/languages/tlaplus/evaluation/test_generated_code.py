"""What generated code keeps of the closures: laziness, order, multiplicity, and who answers."""

from __future__ import annotations

import re
import sys
from collections.abc import Callable
from functools import partial
from types import FrameType

import pytest

from conform.domain.states import State
from conform.errors import EvaluationError, ExitCode
from conform.languages.tlaplus.behaviour import Formula
from conform.languages.tlaplus.evaluation.compiler import Compiler
from conform.languages.tlaplus.evaluation.source.generating import test_function as generated_test
from conform.languages.tlaplus.evaluation.source.operators import OperatorFunction
from conform.languages.tlaplus.evaluation.source.runtime import GeneratedCodeError
from conform.languages.tlaplus.model import TlaModel
from tests.unit.languages.tlaplus.modules import model, specification

BEFORE = """VARIABLES x, y
Init == x = 0 /\\ y = 0
"""


def built(next_action: str, definitions: str = "", invariant: str = "Inv == TRUE") -> TlaModel:
    """Build a model of two variables from its next-state action, and the definition of `Inv`."""
    body = f"{BEFORE}{definitions}\nNext == {next_action}\n{invariant}"
    return model(body, "INIT Init\nNEXT Next\nINVARIANT Inv")


def quick_steps(found: TlaModel, state: State) -> list[State]:
    """Return the successors by generated code, which does not ask the closures."""
    reached: list[State] = []
    assert found.accelerator is not None
    for instance in found.instances:
        steps = found.accelerator.successors(instance)
        assert steps.__name__ == "answer", "no code was generated"
        reached.extend(steps(state))
    return reached


def plain_steps(found: TlaModel, state: State) -> list[State]:
    """Return the successors by the closures."""
    return [one.state for i in found.instances for one in found.successors(i, state)]


@pytest.mark.parametrize(
    "action",
    [
        "x' = 1 /\\ y' = y",
        "x' \\in {2, 1} /\\ y' \\in {x', 5}",
        "(x' = 1 \\/ x' = 1) /\\ UNCHANGED y",
        "(x = 0 \\/ y = 0) /\\ x' = 1 /\\ UNCHANGED y",
        "(\\E i \\in 1..3 : i > 1) /\\ x' = 1 /\\ UNCHANGED y",
        "(\\A i \\in 1..2 : \\E j \\in 1..2 : j <= i) /\\ x' = 1 /\\ UNCHANGED y",
        "(\\E i, j \\in 1..2 : x' = i /\\ y' = j)",
        "IF x = 0 THEN x' = 1 /\\ y' = 2 ELSE UNCHANGED <<x, y>>",
        "CASE x = 1 -> x' = 3 /\\ y' = 3 [] OTHER -> (x' = 4 \\/ x' = 5) /\\ y' = y",
        "LET v == x + 1 IN x' = v /\\ y' = v + v",
        "x' = 1 /\\ y' = x' /\\ x' = 1",
        "x' = 1 /\\ y' = 2 /\\ (x < 5 \\/ \\E i \\in 0..\"s\" : i = x)",
        "x' = 1 /\\ UNCHANGED <<y>> /\\ ENABLED (x' = 2)",
        "x' \\in 0..3 /\\ (\\A i \\in 1..2 : x' # i /\\ (x' = 0 => i > x)) /\\ y' = x'",
        "[x' = 1 /\\ y' = 1]_<<x, y>>",
        "<<x' \\in {0, 1} /\\ y' = y>>_x",
        "(\\E f \\in {g \\in [1..2 -> {1, 0, x}] : g[1] > y} : x' = f[1] /\\ y' = f[2])",
        "LET S(a) == {<<v, w>> \\in {0, 1} \\X {2, 3} : v + w > a} IN "
        "\\E p \\in S(x + y) : x' = p[1] /\\ y' = p[2]",
        "LET S == {T \\in SUBSET (0..2) : x \\in T} IN {1} \\in S /\\ x' = 2 /\\ y' = 1",
        "x' = 1 /\\ y' = Cardinality({T \\in SUBSET (0..2) : x \\in T \\/ T = {x}}')",
        "(\\E T \\in {U \\in SUBSET {x, 5} : 5 \\in U} : x' \\in T /\\ y' \\in {0} \\cup T)",
    ],
)
@pytest.mark.parametrize("state", [(0, 0), (1, 0)])
def test_successors_come_in_the_same_order_and_as_often(action: str, state: State) -> None:
    found = built(action)
    assert quick_steps(found, state) == plain_steps(found, state)


FILTERS = """Low(a, b) == {f \\in [1..2 -> 0..3] : f[1] < a /\\ (f[2] = 0 \\/ b > 1)}
Odd(a) == {f \\in Low(a, a) : f[1] % 2 = 1}
Within(b) == {f \\in [1..2 -> 0..3] : f \\in [1..2 -> 0..b]}
Has(S, b) == <<1, b>> \\in S"""


@pytest.mark.parametrize(
    ("formula", "values"),
    [
        ("\\A f \\in Odd(x + 2) : f[1] = 1", [True, True, False]),
        ("Cardinality(Odd(x) \\cup Odd(x + 2)) = 4", [True, True, False]),
        ("Has(Low(2, Head(Tail(<<x>>))), 0)", [True, True, True]),  # an argument that is not wanted
        ("Within(x + 0) = [1..2 -> 0..x]", [True, True, True]),
        ("Has(Low(2, x), 3)", [False, False, True]),
        ("\\E k \\in 1..2 : Has({f \\in Low(x + 1, k) : f[2] = k}, k)", [False, True, True]),
        (
            "{<<v, w>> \\in (0..1) \\X (0..1) : v # w} = {<<x, 1 - x>>, <<1 - x, x>>}",
            [True, True, False],
        ),
        ("{2} \\notin {T \\in SUBSET (0..2) : x = 1 \\/ T = {x}}", [True, False, False]),
    ],
)
def test_filter_of_what_is_not_listed_is_asked_like_its_closure(
    formula: str, values: list[bool]
) -> None:
    found = built("UNCHANGED <<x, y>>", FILTERS, f"Inv == {formula}")
    (predicate,) = found.invariants
    assert found.accelerator is not None
    test = found.accelerator.test(predicate)
    assert test.__name__ == "answer", "no code was generated"
    answers = [test((x, 0)) for x in range(3)]
    assert answers == [predicate.holds((x, 0)) for x in range(3)] == values
    asked_again = calls_of("opinion", lambda: [test((x, 0)) for x in range(3)])
    assert asked_again == (3 if "Tail" in formula else 0)


def test_filter_of_functions_computes_once_what_its_element_leaves_alone() -> None:
    definition = "S(a) == {f \\in [1..2 -> 0..3] : f[1] < Cardinality({a, x, 9})}"
    found = built("UNCHANGED <<x, y>>", definition, "Inv == \\A f \\in S(y) : f[1] < 3")
    (predicate,) = found.invariants
    assert found.accelerator is not None
    test = found.accelerator.test(predicate)
    assert test((0, 1)) and test((1, 1)) and predicate.holds((0, 1))
    assert calls_of("<lambda>", partial(test, (2, 1))) == 0
    assert calls_of("_cardinality", partial(test, (2, 1))) == 1


@pytest.mark.parametrize(
    "action",
    [
        "x' \\in 0..3 /\\ (\\A i \\in 1..2 : x' > i \\/ x' > 1) /\\ y' = x'",
        "(\\A i \\in 1..2 : x' = 4) /\\ y' = x'",
        "x' = 1 /\\ (\\A i \\in 1..2 : y' \\in {i, 2} /\\ x' < 2)",
    ],
)
def test_a_formula_for_all_that_branches_or_assigns_is_left_to_the_closures(action: str) -> None:
    found = built(action)
    assert found.accelerator is not None
    steps = found.accelerator.successors(found.instances[0])
    assert steps.__name__ != "answer"
    assert list(steps((0, 0))) == plain_steps(found, (0, 0))


@pytest.mark.parametrize(
    "action",
    [
        "LET v == 1 \\div x IN (x = 0 \\/ v = 1) /\\ UNCHANGED <<x, y>>",
        "(IF x = 0 THEN TRUE ELSE 1 \\div x = 1) /\\ UNCHANGED <<x, y>>",
        "Second(1 \\div x, TRUE) /\\ UNCHANGED <<x, y>>",
        "(x = 0 \\/ 1 \\div x = 1) /\\ x' = 1 /\\ UNCHANGED y",
        "(\\E i \\in 0..1 : i = 0 \\/ 1 \\div x = i) /\\ x' = 1 /\\ UNCHANGED y",
    ],
)
def test_what_nobody_wants_is_not_computed(action: str) -> None:
    found = built(action, "Second(a, b) == b")
    outcomes = []
    for steps in (quick_steps, plain_steps):
        try:
            outcomes.append(steps(found, (0, 0)))
        except EvaluationError as error:
            outcomes.append([(str(error),)])
    assert outcomes[0] == outcomes[1]


def test_a_value_is_computed_once_wherever_it_is_wanted() -> None:
    found = built(
        "LET v == [i \\in 1..3 |-> i * x] IN "
        "/\\ (x = 0 => v[1] = 0) /\\ (\\A i \\in 1..3 : v[i] >= 0) /\\ x' = v[2] /\\ y' = v[3]"
    )
    for state in ((0, 0), (2, 0)):
        assert quick_steps(found, state) == plain_steps(found, state)


def test_an_error_has_the_place_and_the_words_of_the_closures() -> None:
    found = built("x' = x + 1 /\\ y' = y + \"s\"")
    messages = []
    for steps in (quick_steps, plain_steps):
        with pytest.raises(EvaluationError) as caught:
            steps(found, (0, 0))
        messages.append(str(caught.value))
    assert messages[0] == messages[1]
    assert "M.tla:6:" in messages[0]


def test_a_variable_without_a_value_is_the_closures_error() -> None:
    found = built("x' = 1")
    with pytest.raises(EvaluationError, match="leaves variable `y` without a value"):
        quick_steps(found, (0, 0))


def test_deep_recursion_is_left_to_the_closures() -> None:
    found = built(
        "x' = Down(900) /\\ UNCHANGED y",
        "RECURSIVE Down(_)\nDown(n) == IF n = 0 THEN 7 ELSE Down(n - 1)",
    )
    assert quick_steps(found, (0, 0)) == [(7, 0)]


PARTS = """Chosen(S, Op(_)) == {s \\in S : Op(s)}
Odd(n) == n % 2 = 1
RECURSIVE Sum(_)
Sum(S) == IF S = {} THEN y ELSE LET e == CHOOSE e \\in S : TRUE IN e + Sum(S \\ {e})
RECURSIVE Never(_, _)
Never(n, unused) == IF n = 0 THEN 4 ELSE Never(n - 1, unused)
Big == {n \\in 0..9 : n > x + y}
RECURSIVE Above(_)
Above(n) == IF n = 0 THEN Cardinality(Big) ELSE 1 + Above(n - 1)
RECURSIVE Ways(_)
Ways(n) == n = 1 \\/ (n > 0 /\\ Ways(n - 1)) \\/ n = 2
Pairs == {<<1, 2>>, <<2, 5>>, <<3, 3>>}
"""


@pytest.mark.parametrize(
    "value",
    [
        "Sum(1..3)",
        "Sum({n \\in 1..(x + 3) : Odd(n)})",
        "Cardinality({<<a, b>> \\in Pairs : a < b + x})",
        "Cardinality({<<a, b>> \\in Pairs \\cup {<<x, y>>} : a < b})",
        "[<<a, b>> \\in Pairs |-> a + b + x][2, 5]",
        "[a \\in 1..2, b \\in {4, 3} |-> a + b + x][1, 3]",
        "[a, b \\in 1..2 |-> a * b + x][2, 1]",
        "Cardinality(UNION {{x}, {1, 2}, {y}})",
        "Cardinality(Chosen(1..5, Odd))",
        "Cardinality(Chosen(1..5, LAMBDA n : n > x))",
        "LET Above2(S, Op(_)) == Chosen(S, LAMBDA n : Op(n) /\\ n > x) IN Sum(Above2(1..5, Odd))",
        "Cardinality({n \\in 1..3 : Cardinality(Chosen(1..n, LAMBDA m : m < n)) > x})",
        "Never(3, 1)",
        "Above(2)",
        'Len(<<x, y, 3>>) + Len("abc")',
    ],
)
def test_what_is_asked_often_needs_no_closure(value: str) -> None:
    found = built(f"x' = ({value}) /\\ UNCHANGED y", PARTS)
    quick_steps(found, (0, 0))  # what is computed once is known afterwards
    for state in ((0, 0), (2, 1)):
        expected = plain_steps(found, state)
        assert quick_steps(found, state) == expected
        (instance,) = found.instances
        assert found.accelerator is not None
        steps = found.accelerator.successors(instance)
        steps(state)
        assert calls_of("<lambda>", partial(steps, state)) == 0


@pytest.mark.parametrize(
    "value",
    [
        "{a + b : <<a, b>> \\in {p \\in (1..9) \\X (1..x + 3) : p[1] < p[2]}}",
        "{Sum(S) : S \\in {T \\in SUBSET {1, 2, 3, 4, x + 5} : x + 5 \\in T}}",
    ],
)
def test_what_a_map_takes_from_a_space_is_sifted_without_closures(value: str) -> None:
    found = built(f"x' = Cardinality({value}) /\\ UNCHANGED y", PARTS)
    assert found.accelerator is not None
    steps = found.accelerator.successors(found.instances[0])
    for state in ((0, 0), (2, 1)):
        assert list(steps(state)) == plain_steps(found, state)
        assert calls_of("<lambda>", partial(steps, state)) < 12, "the space itself is a closure's"


def test_an_argument_that_nobody_wants_may_have_no_value() -> None:
    for argument in ("1 \\div x", "[a |-> x].b"):
        found = built(f"x' = Never(2, {argument}) /\\ UNCHANGED y", PARTS)
        assert quick_steps(found, (0, 0)) == [(4, 0)]


def test_a_record_is_no_tuple_of_arguments() -> None:
    value = "[<<a, b>> \\in {[p |-> 1, q |-> x]} |-> a][[p |-> 1, q |-> x]]"
    found = built(f"x' = {value} /\\ UNCHANGED y")
    for steps in (quick_steps, plain_steps):
        with pytest.raises(EvaluationError):
            steps(found, (0, 0))


def test_the_ways_of_a_recursive_guard_are_counted() -> None:
    found = built("Ways(x) /\\ y' = 1 /\\ UNCHANGED x", PARTS)
    for state in ((0, 0), (1, 0), (2, 0), (3, 0)):
        assert quick_steps(found, state) == plain_steps(found, state)
    assert len(quick_steps(found, (2, 0))) == 2


def test_names_of_called_functions_are_our_own() -> None:
    found = built("x' = Sum({x}) /\\ UNCHANGED y", PARTS)
    assert found.accelerator is not None
    steps = found.accelerator.successors(found.instances[0])
    steps((1, 2))
    called = [each for each in steps.__globals__.values() if isinstance(each, OperatorFunction)]
    names = {name for each in called for name in each.call.__code__.co_varnames}
    assert called
    assert all(re.fullmatch(r"[avstk]\d+|[st]", name) for name in names)


def test_an_error_that_the_closures_do_not_confirm_is_a_defect() -> None:
    loaded = specification("VARIABLE x\nInv == Len(x) = 1")
    compiler = Compiler(("x",), loaded.analysis, loaded.session.order)
    formula = Formula(loaded.definitions["Inv"].body, loaded.scope)
    test = generated_test(compiler, formula, lambda state: True)
    assert test is not None
    with pytest.raises(GeneratedCodeError, match="where the closures have an answer") as caught:
        test((5,))
    assert caught.value.exit_code is ExitCode.DEFECT


def test_names_and_texts_of_an_input_are_no_code() -> None:
    found = built(
        "x' = \"__import__('os')\" /\\ y' = [import |-> y, exec |-> x].import",
        "__class__ == 3",
    )
    assert quick_steps(found, (1, 2)) == plain_steps(found, (1, 2)) == [("__import__('os')", 2)]


def calls_of(name: str, run: Callable[[], object]) -> int:
    """Return how often functions of this name are called while `run` runs."""
    called = 0

    def notice(frame: FrameType, event: str, _argument: object) -> None:
        nonlocal called
        called += event == "call" and frame.f_code.co_name == name

    sys.setprofile(notice)
    try:
        run()
    finally:
        sys.setprofile(None)
    return called


@pytest.mark.parametrize(
    ("test", "expected"),
    [
        ("\\A i \\in 1..3 : \\A j \\in 1..4 : Cardinality({i, x, y}) <= j + 2", 3),
        ("\\A i \\in 1..3 : \\A j \\in 1..4 : Cardinality({x, y}) <= i + j", 1),
        ("\\A i \\in 1..3 : \\A j \\in 1..4 : Cardinality({i, j, x}) <= 3", 12),
        ("\\A i \\in 1..3 : Size(i) = Size(x) \\/ \\A j \\in 1..4 : Size(i) < Size(i) + j", 4),
        ("Cardinality({[j \\in 1..4 |-> Size(i) + j + x] : i \\in 1..3}) = 1", 4),
        ("\\A i \\in 1..3 : i < 3 \\/ \\A j \\in 1..4 : Cardinality({i, x}) = 2", 1),
    ],
)
def test_what_a_loop_does_not_change_is_computed_once(test: str, expected: int) -> None:
    found = model(
        f"VARIABLES x, y\nSize(n) == Cardinality({{n}})\nInit == x = 0 /\\ y = 0\n"
        f"Next == UNCHANGED <<x, y>>\nInv == {test}",
        "INIT Init\nNEXT Next\nINVARIANT Inv",
    )
    assert found.accelerator is not None
    quick = found.accelerator.test(found.invariants[0])
    assert quick((0, 0)) is found.invariants[0].holds((0, 0)) is True
    assert calls_of("_cardinality", lambda: quick((0, 0))) == expected


def test_a_definition_of_the_state_is_computed_once_wherever_it_stands() -> None:
    found = model(
        "VARIABLES x, y\nSize == Cardinality({x, y})\nInit == x = 0 /\\ y = 0\n"
        "Next == UNCHANGED <<x, y>>\n"
        "Step == (\\E i \\in 1..2 : Size = i + 9)\n"
        " \\/ (\\A i \\in 1..3 : Size' <= i /\\ Size <= Size' + i)\n"
        "Kept == [][Step /\\ UNCHANGED Size]_<<x, y>>",
        "INIT Init\nNEXT Next\nPROPERTY Kept",
    )
    assert found.accelerator is not None
    quick = found.accelerator.step_test(found.action_properties[0])
    assert quick((0, 0), (1, 1)) is True
    assert calls_of("_cardinality", lambda: quick((0, 0), (1, 1))) == 2
    assert quick((0, 0), (1, 2)) is False


def test_a_call_is_computed_once_for_the_same_variables_and_constants() -> None:
    found = model(
        "VARIABLES x, y\nSize(n, v) == Cardinality({n, v})\nInit == x = 0 /\\ y = 0\n"
        "Grow(i) == Size(i, x) = 2 /\\ x' = Size(i, x) + 9 /\\ UNCHANGED y\n"
        "Turn(i) == Size(i, x) < 3 /\\ Size(i, y) = 1 /\\ y' = 3 /\\ UNCHANGED x\n"
        "Next == \\E i \\in 1..2 : Grow(i) \\/ Turn(i)",
    )
    assert found.accelerator is not None
    together = found.accelerator.successors_together(found.instances)
    assert together is not None
    reached = together((1, 2))
    assert reached is not None
    assert [after for _, _, after in reached] == plain_steps(found, (1, 2)) == [(11, 2), (1, 3)]
    # Of 1 and x, 2 and x, 1 and y, 2 and y.
    assert calls_of("_cardinality", lambda: together((1, 2))) == 4


@pytest.mark.parametrize(
    "action",
    [
        "\\E i \\in 1..2 : x' \\in 1..3 /\\ \\E j \\in 1..3 : Thrice(x') = i + j /\\ y' = j",
        "\\E i \\in 1..2 : x' = i /\\ \\E j \\in 1..3 : Thrice(x') = 3 * j /\\ y' = j",
        "x' \\in 1..2 /\\ \\E j \\in 1..2 : LET t == Thrice(x' + j) IN \\E k \\in 5..9 : "
        "t + Thrice(x') = k + k /\\ y' = t",
        "\\E i \\in 1..2 : LET t == Thrice(i) IN \\E j \\in 1..2 : x' = t + t + j /\\ y' = t",
    ],
)
def test_what_a_step_decides_is_not_kept_from_another(action: str) -> None:
    found = built(action, "Thrice(n) == n + n + n")
    for state in ((0, 0), (1, 2)):
        reached = plain_steps(found, state)
        assert reached
        assert quick_steps(found, state) == reached


def test_all_actions_give_their_successors_in_order() -> None:
    found = built(
        "(x = 0 /\\ x' \\in {2, 1} /\\ UNCHANGED y) \\/ (x = 0 /\\ y' = y + 1 /\\ UNCHANGED x) "
        "\\/ ((\\E n \\in {1, 2} : x' = Deep(n)) /\\ UNCHANGED y) \\/ UNCHANGED <<x, y>>",
        "RECURSIVE Deep(_)\nDeep(n) == IF n = 0 THEN 9 ELSE Deep(n - 1)",
    )
    assert found.accelerator is not None
    together = found.accelerator.successors_together(found.instances)
    assert together is not None
    numbers = [one.number for one in found.instances]
    for state in ((0, 0), (1, 5)):
        reached = together(state)
        assert reached is not None
        assert [after for _, _, after in reached] == plain_steps(found, state)
        assert [number for number, _, _ in reached] == sorted(number for number, _, _ in reached)
        assert {number for number, _, _ in reached} <= set(numbers)
    assert together((0, 0))[0][1] == (0,)  # type: ignore[index]  # asserted above


def test_actions_are_asked_one_by_one_where_one_of_them_fails() -> None:
    found = built("(x' = 1 /\\ UNCHANGED y) \\/ (x' = 1 \\div x /\\ UNCHANGED y)")
    assert found.accelerator is not None
    together = found.accelerator.successors_together(found.instances)
    assert together is not None
    assert together((0, 0)) is None
    assert together((1, 0)) is not None


def test_an_action_that_cannot_be_generated_does_not_spoil_the_others() -> None:
    found = built(
        "(x' = 1 /\\ UNCHANGED y) \\/ (x = 0 /\\ x' \\subseteq {1} /\\ UNCHANGED y)"
        " \\/ (y' = 1 /\\ UNCHANGED x)"
    )
    assert found.accelerator is not None
    together = found.accelerator.successors_together(found.instances)
    assert together is not None
    reached = together((0, 0))
    assert reached is not None
    assert [after for _, _, after in reached] == plain_steps(found, (0, 0))


RECURSIVE_GUARD = """RECURSIVE Reaches(_)
Reaches(n) == x >= n \\/ y > n \\/ (n > 0 /\\ Reaches(n - 1))
"""


@pytest.mark.parametrize(("x", "y", "ways"), [(0, 0, 1), (1, 3, 5), (3, 4, 6), (-1, -1, 0)])
def test_a_recursive_guard_is_counted_as_often_as_it_is_true(x: int, y: int, ways: int) -> None:
    """For n of 2, 1 and 0, x >= n and y > n are one way each."""
    found = built("x < 9 /\\ Reaches(2) /\\ (x' = 1 \\/ x' = 2) /\\ UNCHANGED y", RECURSIVE_GUARD)
    assert quick_steps(found, (x, y)) == plain_steps(found, (x, y)) == [(1, y), (2, y)] * ways


OPERATORS = """Apply(Op(_), e) == Op(e)
Both(Op(_, _), a, b) == LET again(n) == Op(n, b) IN Op(a, again(a))
Through(Op(_), e) == Both(LAMBDA a, b : Op(a) + Apply(Op, b), Op(e), e)
Only(P(_), S) == CHOOSE e \\in S : P(e) /\\ \\A g \\in S : P(g) => g = e
Next2(n) == n + 1
"""


@pytest.mark.parametrize(
    ("test", "expected"),
    [
        ("Apply(LAMBDA n : n + x, 2) = 3", True),
        ("Apply(Next2, y) = 5", True),
        ("Both(+, x, y) = 9", False),
        ("Both(+, x, y) = 6", True),
        ("Through(LAMBDA n : n * x, y) = 4 + 4 + 4", True),
        ("Through(Next2, x) = 9", True),
        ("\\A c \\in 1..3 : Through(LAMBDA n : c, c) = c + c", True),
        ("Only(LAMBDA n : n = x, 0..3) = 1", True),
        ("{<<a, b>> \\in {<<x, 1>>, <<x, 2>>} : a = b} = {<<1, 1>>}", True),
        ("(CHOOSE <<a, b>> \\in {<<x, 1>>, <<x, 2>>} : a = b) = <<1, 1>>", True),
        ("LET h == <<x, y, 3>> IN \\E i \\in 1..Len(h) : h[i] = 4 /\\ i = 2", True),
        ("LET h == <<x, y>> IN {h[i] + i : i \\in 1..Len(h)} = {2, 6}", True),
        ("LET h == <<y, x>> n == Len(h) IN \\A i \\in 1..n : h[i] + i # 6", True),
        ("LET h == <<y, x>> IN {h[i] + i : i \\in {j \\in 1..Len(h) : h[j] > 1}} = {5}", True),
        ("LET h == <<y, x, x>> IN (CHOOSE i \\in 1..Len(h) : h[i] = x) = 2", True),
        ("{a - b : <<a, b>> \\in {<<b, a>> \\in {<<y, x>>, <<x, x>>} : a # b}} = {3}", True),
        ("{x, y} \\cap {2, 3} = {} /\\ (({x, y} \\cap {2, 4}) # {})", True),
        ("{n \\in {x, y} : n > 4} = {} /\\ {} # {x}", True),
        ("UNION {{x}, {y, 2}} = {1, 2, 4}", True),
        ("{r.p : r \\in {[p |-> x], [p |-> y, q |-> x], [p |-> 2, a |-> 0]}} = {1, 2, 4}", True),
        ("{<<x>>} = {<<1>>} /\\ {<<x>>} \\in {{<<1>>}} /\\ <<x>> \\notin {<<2>>}", True),
    ],
)
def test_operators_that_are_passed_and_patterns_are_written_out(test: str, expected: bool) -> None:
    """No closure is called: that would take all of its formula with it."""
    found = model(
        f"{BEFORE}{OPERATORS}Next == UNCHANGED <<x, y>>\nInv == {test}",
        "INIT Init\nNEXT Next\nINVARIANT Inv",
    )
    assert found.accelerator is not None
    quick = found.accelerator.test(found.invariants[0])
    assert quick((1, 4)) is found.invariants[0].holds((1, 4)) is expected
    for name in ("<lambda>", "force", "for_all", "chosen", "filtered", "mapped"):
        assert calls_of(name, partial(quick, (1, 4))) == 0


@pytest.mark.parametrize(
    "test",
    [
        '{x} \\cap {"a"} = {}',
        '{<<x>>} \\cap {<<"a">>} # {}',
        '{x} = {"a"}',
        "<<x>> \\in {<<TRUE>>}",
        "{n \\in {x, y} : (1 \\div (n - x)) = 0} = {}",
        "{1 \\div (n - x) : n \\in {y, x}} = {}",
        "UNION {{x}, y} = {}",
        "[p |-> x].q = x",
    ],
)
def test_what_the_closures_refuse_is_refused_in_their_words(test: str) -> None:
    found = model(
        f"{BEFORE}Next == UNCHANGED <<x, y>>\nInv == {test}", "INIT Init\nNEXT Next\nINVARIANT Inv"
    )
    assert found.accelerator is not None
    quick = found.accelerator.test(found.invariants[0])
    with pytest.raises(EvaluationError) as raised:
        found.invariants[0].holds((1, 4))
    with pytest.raises(EvaluationError, match=re.escape(str(raised.value))):
        quick((1, 4))


def test_model_values_of_two_types_are_not_compared_in_a_loop_either() -> None:
    found = model(
        f"CONSTANTS S, T, u, c\n{BEFORE}Next == UNCHANGED <<x, y>>\n"
        "Inv == /\\ \\A p \\in T : \\A q \\in T : p = q \\/ (p # u /\\ p # c)\n"
        "       /\\ \\E p \\in S : p = (IF x = 1 THEN c ELSE u)",
        "INIT Init\nNEXT Next\nINVARIANT Inv\nCONSTANTS S = {A_1, A_2} T = {t, v} u = u c = B_1",
    )
    accelerator = found.accelerator
    assert accelerator is not None
    untyped, typed = found.invariants
    assert accelerator.test(untyped)((0, 0)) is untyped.holds((0, 0)) is True
    assert accelerator.test(typed)((0, 0)) is typed.holds((0, 0)) is False
    with pytest.raises(EvaluationError, match="cannot compare A_1 with B_1"):
        accelerator.test(typed)((1, 0))
