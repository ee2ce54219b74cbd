"""TLC's textual traces: real outputs, forms of other versions, and ill-formed ones."""

from __future__ import annotations

from pathlib import Path

import pytest

from conform.domain.trace import Trace
from conform.domain.values import ModelValue, Value, function, sequence
from conform.errors import InputError
from conform.text import Source, read_source
from conform.traces import tlc_text

RECORDED = Path(__file__).parents[2] / "fixtures" / "traces"


def recorded(name: str) -> Trace:
    """Return the one trace of a recorded output, under one name for all."""
    (trace,) = tlc_text.read(read_source(RECORDED / f"{name}.txt", "t"))
    return trace


def read(text: str) -> tuple[Trace, ...]:
    """Return the traces in a text."""
    return tlc_text.read(Source("t", text))


def variable(trace: Trace, number: int, name: str) -> Value:
    """Return a variable's value in the state of that number."""
    return dict(trace.steps[number - 1].variables)[name]


def test_real_safety_trace_is_read_whole() -> None:
    trace = recorded("leaderless-delete-first")
    assert [step.number for step in trace.steps] == list(range(1, 12))
    assert trace.steps[-1].action == "ReadEntry"
    assert trace.steps[-1].parameters is None
    w1, w2 = ModelValue("w1"), ModelValue("w2")
    assert variable(trace, 1, "writerState") == function({w1: "IDLE", w2: "IDLE"})
    assert trace.loop_to is None


@pytest.mark.parametrize("form", ["tool", "difftrace"])
def test_other_forms_of_output_say_the_same(form: str) -> None:
    plain, other = recorded("leaderless-delete-first"), recorded(f"leaderless-delete-first.{form}")
    assert other == plain


@pytest.mark.parametrize("form", ["", ".tool"])
@pytest.mark.parametrize(("name", "length", "loop_to"), [("lasso", 5, 4), ("stuttering", 4, 4)])
def test_real_liveness_trace_loops(form: str, name: str, length: int, loop_to: int) -> None:
    trace = recorded(f"leaderless-{name}{form}")
    assert (len(trace.steps), trace.loop_to) == (length, loop_to)
    assert trace.ends_in_stuttering == (name == "stuttering")


def test_parameters_are_named_after_their_place() -> None:
    (trace,) = read(
        "State 1: <Initial predicate>\nx = 0\n\n"
        "State 2: <Send(w1, <<1, {a}>>) line 3, col 1 to line 4, col 9 of module M>\nx = 1\n"
    )
    parameters = trace.steps[1].parameters
    assert parameters is not None
    assert [name for name, _ in parameters] == ["_1", "_2"]
    assert parameters[0][1] == ModelValue("w1")


def test_unnamed_action_is_none() -> None:
    (trace,) = read(
        "State 1: <Initial predicate>\nx = 0\n\n"
        "State 2: <Action line 3, col 1 to line 4, col 9 of module M>\nx = 1\n"
    )
    assert (trace.steps[1].action, trace.steps[1].parameters) == (None, None)


def test_values_go_over_several_lines() -> None:
    (trace,) = read(
        "State 1: <Initial predicate>\n/\\ x = << 1,\n   2 >>\n/\\ y =\n   ( a :>\n"
        "        1 )\r\n\nFinished in 00s\n"
    )
    assert variable(trace, 1, "x") == sequence([1, 2])
    assert variable(trace, 1, "y") == function({ModelValue("a"): 1})


def test_several_traces_of_one_output_are_told_apart() -> None:
    one = "State 1: <Initial predicate>\nx = 0\n\nState 2: <A>\nx = 1\n\nError: more\n"
    traces = read(one + one + one)
    assert [trace.source for trace in traces] == [f"t (trace {n})" for n in (1, 2, 3)]
    assert {len(trace.steps) for trace in traces} == {2}


def test_state_of_difftrace_in_which_nothing_changed_is_the_one_before() -> None:
    (trace,) = read("State 1: <Initial predicate>\nx = 0\n\nState 2: <A>\n\nState 3: <A>\nx = 1\n")
    assert [variable(trace, number, "x") for number in (1, 2, 3)] == [0, 0, 1]


def test_indented_states_are_read() -> None:
    (trace,) = read("    State 1: <Initial predicate>\n    /\\ x = 0\n    /\\ y = {1,\n    2}\n")
    assert len(trace.steps[0].variables) == 2


def test_later_version_names_the_initial_action() -> None:
    (trace,) = read("State 1: <Init line 5, col 9 to line 6, col 9 of module M>\nx = 0\n")
    assert trace.steps[0].action is None


def test_message_code_form_is_read_only_in_tool_mode() -> None:
    assert read("1: <Initial predicate>\nx = 0\n") == ()


ILL_FORMED = [
    ("State 1: <Initial predicate>\nx = 0\n\nState 3: <A>\nx = 1\n", 4, "should follow"),
    ("State 2: <A>\nx = 1\n", 1, "state 2 where state 1 should follow"),
    ("State 1:\n/\\ x = 0\n", 1, "a state without the action that led to it"),
    ("State 1: <Initial predicate>\n\nmore\n", 1, "a state without variables"),
    ("State 1: <Initial predicate>\nx = {0\n\n", 2, "the value ends too early"),
    ("State 1: <Initial predicate>\n/\\ x = 0\n/\\ y = 0 0\n", 3, "cannot stand here"),
    ("State 1: <Initial predicate>\n/\\ x = 0\n/\\ x = 0\n", 3, "x twice in one state"),
    ("State 1: <Initial predicate>\nnonsense\n/\\ x = 0\n", 2, "no variable with its value"),
    ("State 1: <Initial predicate>\nx = 0\nState 2: <A>\ny = 1\n", 4, "the variable y"),
    ("State 1: <Initial predicate>\nx = 0\nState 2: <A B>\nx = 1\n", 3, "names no action"),
    ("State 1: <Initial predicate>\nx = 0\nState 2: <A({)>\nx = 1\n", 3, "ends too early"),
    ("State 1: <Initial predicate>\nx = 0\n\nBack to state 2\n", 4, "a loop back to state 2"),
    ("State 1: <Initial predicate>\nx = 0\n\nBack to state 0\n", 4, "a loop back to state 0"),
    ("State 1: Stuttering\n", 1, "a loop back to state 0"),
    ("State 1: <Initial predicate>\nx = " + "{" * 5000, 2, "nested more than 100 levels deep"),
]


@pytest.mark.parametrize(("text", "line", "message"), ILL_FORMED, ids=[r[2] for r in ILL_FORMED])
def test_ill_formed_trace_is_refused_where_it_goes_wrong(
    text: str, line: int, message: str
) -> None:
    with pytest.raises(InputError, match=message) as caught:
        read(text)
    assert caught.value.span is not None
    assert caught.value.span.line == line
    assert caught.value.excerpt


def test_column_of_a_wrong_value_is_exact() -> None:
    with pytest.raises(InputError) as caught:
        read("State 1: <Initial predicate>\n/\\ x = 0\n/\\ y = <<1, $>>\n")
    assert str(caught.value) == (
        "t:3:13: '$' cannot stand here\n"
        "3 | /\\ y = <<1, $>>\n"
        "  |             ^\n"
        "expected: a value as TLC prints it"
    )


def test_written_trace_looks_like_tlc() -> None:
    text = "State 1: <Initial predicate>\nx = 0\n\nState 2: <Up(a,1)>\nx = 1\n\nBack to state 1\n"
    (trace,) = read(text)
    assert tlc_text.write(trace) == text


@pytest.mark.parametrize("label", ["A" + " " * 100_000 + "?", "A(" + ") " * 50_000 + "?"])
def test_hostile_label_is_refused_at_once(label: str) -> None:
    with pytest.raises(InputError, match="names no action"):
        read(f"State 1: <Initial predicate>\nx = 0\n\nState 2: <{label}>\nx = 1\n")
