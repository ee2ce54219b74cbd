"""Two state graphs walked together: what counts as a difference, and where the first one is."""

from __future__ import annotations

from dataclasses import dataclass

import pytest

from conform.check.agreement import walkable
from conform.check.agreement.agreeing import agree
from conform.domain.report import Verdict
from conform.domain.search_rules import SearchRules, StepBound
from conform.domain.values import ModelValue, SetValue, Value, function, record, record_domain
from conform.languages.fizzbee.encoding import Typed, TypedSet
from tests.unit.check.agreement.pairs import compared, module_reading, only, toy_reading
from tests.unit.explore.toys import Effect, Toy, Vars, counter, counting, jugs, number


def pair_of(limit_x: int, limit_y: int, *, bonus: int = 0) -> Toy:
    """Return two counters; with a `bonus`, x begins anew where both have that value."""
    toy = Toy(("x", "y"), lambda: [{"x": 0, "y": 0}])
    toy.action("CountX", counting("x", limit_x), ["x"], ["x"])
    toy.action("CountY", counting("y", limit_y), ["y"], ["y"])
    if bonus:
        toy.action("Bonus", lambda v: [{"x": 0}] if v["x"] == v["y"] == bonus else [], None, ["x"])
    return toy


def test_equal_models_agree_with_counts() -> None:
    outcome = compared(jugs(), jugs())
    (row,) = outcome.rows
    assert (row.verdict, outcome.findings) == (Verdict.PASS, ())
    assert (row.states, row.actions_differing) == (16, 0)
    graph = toy_reading("jugs", jugs()).graph
    assert graph
    edges = list(zip(graph.sources, graph.targets, graph.edge_instances, strict=True))
    assert row.steps == len({edge for edge in edges if edge[0] != edge[1]})
    loops = sum(source == target for source, target, _ in edges)
    assert f"({loops} in left, {loops} in right)" in row.summary


def test_walk_comes_to_all_that_a_plain_comparison_of_equal_graphs_counts() -> None:
    """The walk is needed where states look alike: here two, which differ in `twin` alone."""
    twins = Toy(
        ("x", "y", "twin"), lambda: [{"x": 0, "y": 0, "twin": 0}, {"x": 0, "y": 0, "twin": 1}]
    )
    twins.action("CountX", counting("x", 2), ["x"], ["x"])
    twins.action("CountY", counting("y", 3), ["y"], ["y"])
    (walked,) = compared(pair_of(2, 3), twins).rows
    (plain,) = compared(pair_of(2, 3), pair_of(2, 3)).rows
    assert (walked.states, walked.steps) == (plain.states, plain.steps) == (12, 17)


def test_graphs_too_large_for_a_plain_comparison_are_walked(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    (plain,) = compared(jugs(), jugs()).rows
    monkeypatch.setattr(walkable, "MAX_KEY", 1)
    assert compared(jugs(), jugs()).rows == (plain,)


def test_order_of_actions_and_variables_does_not_matter() -> None:
    turned = Toy(("y", "x"), lambda: [{"x": 0, "y": 0}])
    turned.action("CountY", counting("y", 3), ["y"], ["y"])
    turned.action("CountX", counting("x", 2), ["x"], ["x"])
    assert compared(pair_of(2, 3), turned).verdict is Verdict.PASS


def test_action_possible_in_one_only_is_found_after_the_fewest_steps() -> None:
    outcome = compared(pair_of(2, 3), pair_of(3, 3))
    finding = only(outcome)
    assert finding.code == "CF321"
    assert finding.message == "after 2 steps right can take CountX, and left cannot"
    states = [line for line in finding.details if line.startswith("State ")]
    assert states[0] == "State 1: <initial state>"
    assert states[1:] == [f"State {n}: <CountX>" for n in (2, 3, 4)]
    assert "the action differs in 4 states; a shortest trace:" in finding.details


def test_each_action_that_differs_is_reported_once() -> None:
    outcome = compared(pair_of(2, 3), pair_of(3, 4))
    found = [(finding.code, finding.message.split()[1]) for finding in outcome.findings]
    assert found == [("CF321", "2"), ("CF321", "3")]
    assert outcome.rows[0].actions_differing == 2
    assert "2 actions differ" in outcome.rows[0].summary


def test_effect_that_differs_shows_both_values() -> None:
    right = Toy(("x",), lambda: [{"x": 0}])
    right.action(
        "Count", lambda v: [{"x": 4 if v["x"] == 2 else number(v["x"]) + 1}] if v["x"] != 4 else []
    )
    finding = only(compared(counter(4), right))
    assert finding.code == "CF322"
    assert finding.message == "after 2 steps Count does not do the same to `x` in left and right"
    assert finding.details[:2] == ("x  left   3, at toy.tla:1:1", "   right  4, at toy.tla:1:1")


def test_step_that_changes_nothing_in_one_reading_alone_is_an_effect() -> None:
    right = Toy(("x",), lambda: [{"x": 0}])
    right.action("Count", lambda v: [{"x": min(number(v["x"]) + 1, 1)}])
    finding = only(compared(counter(2), right))
    assert finding.code == "CF322"
    assert finding.message.startswith("after 1 step Count")


def test_self_loops_and_merged_duplicates_do_not_count() -> None:
    right = counter(3)
    right.action("Count", lambda v: [{}], [], [])
    right.action("Count", counting("x", 3), ["x"], ["x"])
    assert compared(counter(3), right).verdict is Verdict.PASS


def test_initial_states_that_differ_are_shown_side_by_side() -> None:
    right = Toy(("x",), lambda: [{"x": 1}])
    right.action("Count", counting("x", 2), ["x"], ["x"])
    outcome = compared(counter(2), right)
    finding = outcome.findings[0]
    assert finding.code == "CF320"
    assert "left begins in a state that is no initial state of right" in finding.message
    assert finding.details[:2] == ("x  left   0", "   right  1")
    assert "initial states differ" in outcome.rows[0].summary


def test_further_initial_state_is_found_and_the_walk_goes_on() -> None:
    right = Toy(("x",), lambda: [{"x": 0}, {"x": 7}])
    right.action("Count", counting("x", 3), ["x"], ["x"])
    outcome = compared(counter(2), right)
    assert [finding.code for finding in outcome.findings] == ["CF320", "CF321"]
    assert outcome.findings[0].message.startswith("right begins in")


@pytest.mark.parametrize(("one", "codes"), [(True, ["CF322"]), (1, [])])
def test_true_and_one_are_not_taken_for_equal(one: Value, codes: list[str]) -> None:
    left = Toy(("x",), lambda: [{"x": 0}, {"x": False}])
    left.action("Set", lambda v: [{"x": 1}])
    right = Toy(("x",), lambda: [{"x": 0}, {"x": False}])
    right.action("Set", lambda v: [{"x": one}])
    assert [finding.code for finding in compared(left, right).findings] == codes


# ------------------------------------------------------------------------ names and parameters


def with_parameter(name: str, values: list[Value], *, as_choice: bool = False) -> Toy:
    """Return a model with an action whose state tells the last of its parameters from the rest."""
    toy = Toy(("last",), lambda: [{"last": 0}])

    def noted(value: Value) -> Vars:
        return {"last": 2 if value == values[-1] else 1}

    def effect(value: Value) -> Effect:
        return lambda v: [noted(value)]

    if as_choice:
        toy.action("Note", lambda v: [{f"?{name}": value, **noted(value)} for value in values])
    else:
        for value in values:
            toy.action("Note", effect(value), [], ["last"], ((name, value),))
    return toy


def test_parameters_of_other_names_correspond_by_position() -> None:
    outcome = compared(with_parameter("w", [1, 2, 3]), with_parameter("who", [1, 2, 3]))
    assert outcome.verdict is Verdict.PASS
    finding = only(compared(with_parameter("w", [1, 2, 3]), with_parameter("who", [1, 3])))
    assert "left can take Note(w |-> 2)" in finding.message


def test_value_that_a_quantifier_leaves_out_is_found_though_no_state_shows_it() -> None:
    outcome = compared(with_parameter("w", [1, 2, 3]), with_parameter("w", [1, 3]))
    finding = only(outcome)
    assert finding.message == "in an initial state left can take Note(w |-> 2), and right cannot"
    assert "has no instance of Note with these parameters" in finding.details[1]


def test_parameter_of_one_reading_may_be_chosen_in_the_other() -> None:
    chosen = with_parameter("w", [1, 2, 3], as_choice=True)
    assert compared(with_parameter("w", [1, 2, 3]), chosen).verdict is Verdict.PASS
    fewer = with_parameter("w", [1, 3], as_choice=True)
    finding = only(compared(with_parameter("w", [1, 2, 3]), fewer))
    assert "left can take Note(w |-> 2)" in finding.message


def test_parameter_that_one_reading_does_not_give_is_not_compared() -> None:
    plain = Toy(("last",), lambda: [{"last": 0}])
    plain.action("Note", lambda v: [{"last": 1}, {"last": 2}])
    assert compared(with_parameter("w", [1, 2, 3]), plain).verdict is Verdict.PASS


def test_names_that_differ_in_case_and_underscores_correspond() -> None:
    right = Toy(("the_count",), lambda: [{"the_count": 0}])
    right.action("count_up", counting("the_count", 3), ["the_count"], ["the_count"])
    left = Toy(("theCount",), lambda: [{"theCount": 0}])
    left.action("CountUp", counting("theCount", 3), ["theCount"], ["theCount"])
    assert compared(left, right).verdict is Verdict.PASS


# -------------------------------------------------------------------------------- what is lacking


def test_action_without_counterpart_is_found_with_a_trace() -> None:
    finding = only(compared(pair_of(2, 2), pair_of(2, 2, bonus=2)))
    assert finding.code == "CF325"
    assert finding.message == (
        "action `Bonus` of right has no counterpart in left, and right can take it after 4 steps"
    )
    assert finding.details[-2:] == ("State 6: <Bonus>", "  * x = 0")


def test_each_action_without_counterpart_is_found() -> None:
    right = pair_of(2, 2, bonus=2)
    right.action("Other", lambda v: [{"y": 0}] if v["y"] == 1 else [], ["y"], ["y"])
    outcome = compared(pair_of(2, 2), right)
    assert [finding.code for finding in outcome.findings] == ["CF325", "CF325"]
    assert "take it after 1 step" in outcome.findings[1].message


def test_action_that_is_never_taken_is_a_warning() -> None:
    outcome = compared(pair_of(2, 2), pair_of(2, 2, bonus=9))
    assert only(outcome).severity == "warning"
    assert outcome.verdict is Verdict.PASS


def test_actions_under_names_that_nobody_pairs_are_compared_by_what_they_do() -> None:
    left, right = Toy(("x",), lambda: [{"x": 0}]), Toy(("x",), lambda: [{"x": 0}])
    left.action("Up", counting("x", 3), ["x"], ["x"])
    right.action("Climb", counting("x", 3), ["x"], ["x"])
    outcome = compared(left, right)
    assert [(f.code, f.severity) for f in outcome.findings] == [("CF325", "warning")] * 2
    assert outcome.rows[0].verdict is Verdict.PASS


def test_variable_without_counterpart_makes_it_incomplete_and_hides_nothing_else() -> None:
    right = Toy(("x", "extra"), lambda: [{"x": 0, "extra": 0}])
    right.action("Count", counting("x", 4), ["x"], ["x"])
    right.action("Toggle", lambda v: [{"extra": 1 - number(v["extra"])}], ["extra"], ["extra"])
    outcome = compared(counter(4), right)
    assert [finding.code for finding in outcome.findings] == ["CF324", "CF325"]
    assert outcome.findings[1].severity == "warning"
    assert outcome.verdict is Verdict.INCOMPLETE
    assert outcome.rows[0].states == 5
    differing = compared(counter(3), right)
    assert [finding.code for finding in differing.findings] == ["CF321", "CF324", "CF325"]


def test_trace_goes_through_steps_that_are_not_compared() -> None:
    """What happens in `extra` decides what `x` can do, and only the trace shows it."""
    right = Toy(("x", "extra"), lambda: [{"x": 0, "extra": 0}])
    right.action("Count", counting("x", 2), ["x"], ["x"])
    right.action("Toggle", lambda v: [{"extra": 1}], [], ["extra"])
    right.action("Count", lambda v: [{"x": 9}] if v["x"] == 2 and v["extra"] else [])
    finding = compared(counter(2), right).findings[0]
    assert finding.message == "after 2 steps right can take Count, and left cannot"
    actions = [line.split(": ")[1] for line in finding.details if line.startswith("State ")]
    assert sorted(actions) == ["<Count>"] * 3 + ["<Toggle>", "<initial state>"]


def test_variables_of_no_common_name_are_incomplete() -> None:
    outcome = compared(counter(2), Toy(("z",), lambda: [{"z": 0}]))
    assert outcome.verdict is Verdict.INCOMPLETE
    assert "CF327" in [finding.code for finding in outcome.findings]


# ----------------------------------------------------------------------------------------- values


def holding(values: list[Value]) -> Toy:
    """Return a model of one variable that takes the values in turn."""
    toy = Toy(("v", "n"), lambda: [{"v": values[0], "n": 0}])
    last = len(values) - 1
    toy.action(
        "Next",
        lambda v: (
            [{"v": values[number(v["n"]) + 1], "n": number(v["n"]) + 1}]
            if number(v["n"]) < last
            else []
        ),
    )
    return toy


def test_model_values_are_the_strings_of_the_same_name() -> None:
    left = holding([ModelValue("NONE"), ModelValue("w1")])
    assert compared(left, holding(["NONE", "w1"])).verdict is Verdict.PASS
    assert only(compared(left, holding(["NONE", "w2"]))).code == "CF322"


def test_values_that_a_front_end_marks_are_compared_by_their_contents() -> None:
    marked = Typed("dict", record_domain(("a",)), (TypedSet("set", [1]),))
    assert compared(holding([0, marked]), holding([0, record({"a": SetValue([1])})])).findings == ()
    other = holding([0, record({"a": SetValue([2])})])
    assert only(compared(holding([0, marked]), other)).code == "CF322"


def test_words_for_nothing_correspond_where_each_reading_has_its_own() -> None:
    none = ModelValue("None")
    assert compared(holding([none, "w"]), holding(["NONE", "w"])).findings == ()
    assert compared(holding([none, "w"]), holding([ModelValue("NULL"), "w"])).findings == ()
    both = holding(["NONE", "w", none])
    assert compared(holding(["NONE", "w", "NONE"]), both).findings != ()


def test_absent_arguments_correspond_to_the_one_value_that_says_so() -> None:
    whole: list[Value] = [function({1: "EMPTY", 2: "EMPTY"}), function({1: "a", 2: "EMPTY"})]
    parts: list[Value] = [function({}), function({1: "a"})]
    assert compared(holding(whole), holding(parts)).findings == ()
    assert compared(holding(parts), holding(whole)).findings == ()
    elsewhere: list[Value] = [function({}), function({2: "a"})]
    assert only(compared(holding(whole), holding(elsewhere))).code == "CF322"


def test_absence_that_two_values_might_stand_for_is_a_difference() -> None:
    whole: list[Value] = [function({1: "EMPTY", 2: "GONE"}), function({1: "a", 2: "EMPTY"})]
    assert compared(holding(whole), holding([function({}), function({1: "a"})])).findings != ()
    both: list[Value] = [function({}), function({1: "EMPTY"})]
    assert compared(holding([function({1: "EMPTY"})] * 2), holding(both)).findings != ()


def test_model_value_beside_the_string_of_its_name_cannot_be_matched() -> None:
    outcome = compared(holding([ModelValue("NONE"), "NONE"]), holding(["NONE", "other"]))
    finding = only(outcome)
    assert finding.code == "CF326"
    assert "left has both the model value NONE and the string" in finding.message
    assert outcome.verdict is Verdict.INCOMPLETE


def test_values_of_other_kinds_cannot_be_matched() -> None:
    finding = only(compared(holding([0, 1]), holding(["a", "b"])))
    assert finding.code == "CF326"
    assert "left has an integer, right has a name" in finding.message


# -------------------------------------------------------------------------------------- what ends


def bounded(limit: int, bound: int | None) -> Toy:
    """Return a counter, perhaps with a constraint."""
    toy = counter(limit)
    if bound is not None:
        toy.constraints.append(toy.predicate("Bound", lambda v: number(v["x"]) <= bound, ["x"]))
    return toy


@dataclass
class Stopping(Toy):
    """A toy of which no path is searched beyond so many steps."""

    most: int = 0

    @property
    def search_rules(self) -> SearchRules:
        every = frozenset(each.number for each in self.instances)
        return SearchRules((StepBound("max_actions", every, self.most),))


def stopping(limit: int, most: int, skipped: int = -1) -> Stopping:
    """Return a counter that is searched as far as `most`, and cannot go on from `skipped`."""
    toy = Stopping(("x",), lambda: [{"x": 0}], most=most)
    count = counting("x", limit)
    toy.action("Count", lambda v: [] if v["x"] == skipped else count(v), ["x"], ["x"])
    return toy


def test_steps_beyond_a_bound_on_steps_of_one_reading_are_left_aside_and_said() -> None:
    outcome = compared(counter(9), stopping(9, 4))
    assert (outcome.verdict, outcome.findings) == (Verdict.PASS, ())
    assert "1 step beyond the constraint or the bound" in outcome.rows[0].summary


def test_step_that_a_bounded_reading_lacks_at_its_bound_is_a_difference() -> None:
    assert only(compared(counter(9), stopping(9, 4, skipped=4))).code == "CF321"
    assert only(compared(counter(9), stopping(9, 4, skipped=2))).code == "CF321"


def test_steps_beyond_a_constraint_of_one_reading_are_left_aside_and_said() -> None:
    outcome = compared(bounded(9, 4), bounded(9, 6))
    assert (outcome.verdict, outcome.findings) == (Verdict.PASS, ())
    summary = outcome.rows[0].summary
    assert "within Bound of left" in summary
    assert "1 step beyond the constraint or the bound of one reading left aside" in summary
    assert outcome.rows[0].states == 5


SWINGING = """
---- MODULE Swinging ----
EXTENDS Naturals
CONSTANT Most
VARIABLES x, y
Init == x \\in {0, 4} /\\ y \\in {0, 5}
Count == /\\ x < 9
         /\\ x' = x + 1
         /\\ IF x < 3 THEN y' = 5 ELSE UNCHANGED y
Next == Count
Within == x <= Most
====
"""


def test_steps_beyond_a_constraint_may_keep_what_they_do_not_read() -> None:
    """Both variables can be 5, and beyond the constraint `y` is what it was before."""
    configuration = (
        "INIT Init\nNEXT Next\nCONSTRAINT Within\nCHECK_DEADLOCK FALSE\nCONSTANT Most = "
    )
    sides = {"left": 4, "right": 6}
    outcome = agree(
        [module_reading(name, SWINGING, f"{configuration}{most}") for name, most in sides.items()]
    )
    assert (outcome.verdict, outcome.findings) == (Verdict.PASS, ())
    assert "2 steps beyond the constraint" in outcome.rows[0].summary


def test_difference_within_the_constraint_is_found() -> None:
    finding = only(compared(bounded(9, 6), bounded(3, None)))
    assert finding.message == "after 3 steps left can take Count, and right cannot"


def test_graph_that_was_cut_short_is_incomplete() -> None:
    cut = toy_reading("right", counter(9), max_states=4)
    outcome = agree([toy_reading("left", counter(9)), cut])
    finding = only(outcome)
    assert finding.code == "CF327"
    assert "the graph of right ends after 4 states" in finding.message
    assert outcome.verdict is Verdict.INCOMPLETE
    assert "equal as far as compared" in outcome.rows[0].summary


def test_difference_before_the_cut_is_a_difference() -> None:
    cut = toy_reading("right", counter(9), max_states=6)
    outcome = agree([toy_reading("left", counter(3)), cut])
    assert [finding.code for finding in outcome.findings] == ["CF321"]
    assert outcome.verdict is Verdict.FAIL


def test_one_reading_alone_is_incomplete() -> None:
    outcome = agree([toy_reading("left", counter(1))])
    assert outcome.verdict is Verdict.INCOMPLETE
    assert outcome.rows == ()


def test_difference_seen_in_several_pairs_is_reported_once() -> None:
    readings = [toy_reading(name, counter(3)) for name in ("one", "two", "three")]
    outcome = agree([*readings, toy_reading("odd", counter(4))])
    finding = only(outcome)
    assert finding.message == "after 3 steps odd can take Count, and one cannot"
    assert finding.details[-1] == "likewise between two and odd, and between three and odd"
    assert [row.verdict for row in outcome.rows].count(Verdict.FAIL) == 3


def test_readings_of_two_minds_make_one_finding_wherever_the_odd_one_stands() -> None:
    def stepping(by: int) -> Toy:
        toy = Toy(("x",), lambda: [{"x": 0}])
        toy.action("Step", lambda v: [{"x": by}] if v["x"] == 0 else [], ["x"], ["x"])
        return toy

    minds = {"one": 1, "odd": 2, "two": 1, "three": 1}
    outcome = agree([toy_reading(name, stepping(by)) for name, by in minds.items()])
    finding = only(outcome)
    assert finding.message.endswith("does not do the same to `x` in one and odd")
    assert finding.details[-1] == "likewise between odd and two, and between odd and three"
    three_minds = {"one": 1, "two": 2, "three": 3}
    outcome = agree([toy_reading(name, stepping(by)) for name, by in three_minds.items()])
    assert len(outcome.findings) == 3
