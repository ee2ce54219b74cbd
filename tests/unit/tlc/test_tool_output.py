"""What TLC says is understood: recorded runs, one for each way in which a run can end."""

from __future__ import annotations

from pathlib import Path

import pytest

from conform.domain.model import PropertyKind
from conform.tlc.messages import MAX_DEPTH, Message, MessageReader
from conform.tlc.tool_output import (
    MAX_TRACE,
    OUT_OF_MEMORY,
    Counts,
    OutputReader,
    ToolOutput,
    Violated,
)

FIXTURES = Path(__file__).parents[2] / "fixtures" / "tlc"


def output_of(text: str) -> ToolOutput:
    reader = OutputReader()
    for line in text.splitlines():
        reader.feed(line)
    return reader.output()


def recorded(name: str) -> ToolOutput:
    return output_of((FIXTURES / f"{name}.txt").read_text(encoding="utf-8"))


def actions(violated: Violated) -> list[str | None]:
    assert violated.trace
    return [step.action for step in violated.trace.steps]


def test_success_and_its_counts() -> None:
    output = recorded("success")
    assert output.is_success
    assert output.counts == Counts(generated=9, distinct=6, depth=4, queue=0)
    assert output.version == "TLC2 Version 2.18 of 20 March 2023"
    assert (output.violations, output.deadlock, output.failure) == ((), None, None)


@pytest.mark.parametrize("name", ["assertion", "deadlock", "lasso", "ill-formed", "unknown-name"])
def test_nothing_else_is_a_success(name: str) -> None:
    assert not recorded(name).is_success


def test_invariant_is_named_and_has_its_trace() -> None:
    (violated,) = recorded("invariant").violations
    assert (violated.name, violated.kind) == ("Small", PropertyKind.INVARIANT)
    assert actions(violated) == [None, "Inc", "Inc"]


def test_invariant_of_the_initial_state_has_a_trace_of_one_state() -> None:
    (violated,) = recorded("invariant-initially").violations
    assert violated.name == "AtStart"
    assert violated.trace
    assert [step.variables for step in violated.trace.steps] == [(("x", 0), ("y", "a"))]


def test_properties_of_steps_and_of_initial_states_are_told_apart() -> None:
    (step,) = recorded("action-property").violations
    (initial,) = recorded("initial-property").violations
    assert (step.name, step.kind) == ("Up", PropertyKind.ACTION)
    assert (initial.name, initial.kind) == ("First", PropertyKind.INITIAL)


def test_temporal_property_is_not_named_and_has_its_lasso() -> None:
    (lasso,) = recorded("lasso").violations
    assert (lasso.name, lasso.kind) == (None, PropertyKind.LIVENESS)
    assert lasso.trace
    assert lasso.trace.loop_to == 1
    (stuttering,) = recorded("stuttering").violations
    assert stuttering.trace
    assert stuttering.trace.ends_in_stuttering


def test_depth_is_that_of_the_last_progress_where_no_other_is_told() -> None:
    assert recorded("lasso").counts == Counts(generated=4, distinct=3, depth=3, queue=0)


def test_deadlock_has_its_trace() -> None:
    output = recorded("deadlock")
    assert output.deadlock
    assert len(output.deadlock.steps) == 3


@pytest.mark.parametrize(
    ("name", "message", "place", "states"),
    [
        (
            "invariant-not-evaluated",
            'Attempted to check equality of integer 0 with non-integer: "a"',
            "Flip:16:10",
            1,
        ),
        ("java-exception", "Naturals.Plus: Cannot cast StringValue to IntValue", "Flip:10:32", 2),
        (
            "assertion",
            'The first argument of Assert evaluated to FALSE; the second argument was: "msg"',
            "Flip:11:18",
            2,
        ),
        (
            "half-a-state",
            "Successor state is not completely specified by action Half of the next-state "
            "relation. The following variable is not assigned: y.",
            "",
            3,
        ),
    ],
)
def test_what_has_no_value_is_told_with_its_place(
    name: str, message: str, place: str, states: int
) -> None:
    failure = recorded(name).failure
    assert failure
    assert (failure.message, failure.place) == (message, place)
    assert failure.trace
    assert len(failure.trace.steps) == states


def test_parser_says_what_is_wrong() -> None:
    failure = recorded("ill-formed").failure
    assert failure
    assert "Unknown operator: `Zero'." in failure.message
    assert "Parsing file" not in failure.message


def test_configuration_error_is_a_failure() -> None:
    failure = recorded("unknown-name").failure
    assert failure
    assert failure.message.startswith("The next state action Nxt specified in the configuration")


def test_what_a_spec_prints_is_no_message() -> None:
    text = (FIXTURES / "success.txt").read_text(encoding="utf-8")
    printed = text.replace("@!@!@STARTMSG 2193", '"Invariant Inv is violated."\n@!@!@STARTMSG 2193')
    assert output_of(printed) == output_of(text)


def test_repeated_violations_are_told_once() -> None:
    text = (FIXTURES / "invariant.txt").read_text(encoding="utf-8")
    start, end = text.index("@!@!@STARTMSG 2110"), text.index("@!@!@STARTMSG 2200")
    assert len(output_of(text[:end] + text[start:end] * 3 + text[end:]).violations) == 1


def test_truncated_output_is_no_success() -> None:
    lines = (FIXTURES / "success.txt").read_text(encoding="utf-8").splitlines()
    for end in range(len(lines)):
        output = output_of("\n".join(lines[:end]))
        assert output.is_success == ("@!@!@ENDMSG 2193 @!@!@" in lines[:end])


def fed(*lines: str) -> list[Message | str]:
    reader = MessageReader()
    return [found for line in lines if (found := reader.feed(line)) is not None]


def test_message_that_quotes_another_holds_it() -> None:
    (message,) = fed(
        "@!@!@STARTMSG 1000:1 @!@!@", "The exception was an X", ": @!@!@STARTMSG 2154:0 @!@!@",
        "inner", "@!@!@ENDMSG 2154 @!@!@", "@!@!@ENDMSG 1000 @!@!@",
    )  # fmt: skip
    assert isinstance(message, Message)
    assert (message.code, message.severity) == (1000, 1)
    assert message.text == "The exception was an X\n:"
    assert (message.innermost.code, message.innermost.text) == (2154, "inner")


def test_message_that_never_ends_goes_with_the_outer_one() -> None:
    (message,) = fed(
        "@!@!@STARTMSG 1000:1 @!@!@", "@!@!@STARTMSG 2280:0 @!@!@", "lost",
        "@!@!@ENDMSG 1000 @!@!@",
    )  # fmt: skip
    assert isinstance(message, Message)
    assert message.innermost.text == "lost"


def test_end_without_a_beginning_is_text() -> None:
    assert fed("@!@!@ENDMSG 1000 @!@!@", "text") == ["@!@!@ENDMSG 1000 @!@!@", "text"]


def test_messages_do_not_nest_without_end() -> None:
    reader = MessageReader()
    for _ in range(10 * MAX_DEPTH):
        assert reader.feed("@!@!@STARTMSG 1000:1 @!@!@") is None
    while not isinstance(reader.feed("@!@!@ENDMSG 1000 @!@!@"), Message):
        pass
    assert reader.feed("text") == "text"


def failed(text: str, code: int = 1000) -> tuple[int, str]:
    head, tail = f"@!@!@STARTMSG {code}:1 @!@!@", f"@!@!@ENDMSG {code} @!@!@"
    failure = output_of(f"{head}\n{text}\n{tail}\n").failure
    assert failure
    return failure.code, failure.message


@pytest.mark.parametrize(
    "text",
    [
        "This was a Java StackOverflowError. It was probably the result\nof an incorrect function",
        "The exception was a java.lang.StackOverflowError\njava.lang.StackOverflowError\n"
        "\tat tlc2.tool.impl.Tool.eval(Tool.java:1)",
    ],
)
def test_overflow_of_the_stack_is_told_without_javas(text: str) -> None:
    said = "the evaluation goes too deep for Java's stack: does it end?"
    assert failed(text) == (1000, said)


@pytest.mark.parametrize("text", ["java.lang.OutOfMemoryError", "the error: Java heap space"])
def test_end_of_the_memory_is_a_limit(text: str) -> None:
    code, said = failed(text)
    assert code == OUT_OF_MEMORY
    assert "ran out of memory" in said


def test_trace_that_is_too_long_to_be_read_is_left_out() -> None:
    text = (FIXTURES / "invariant.txt").read_text(encoding="utf-8")
    long = text.replace('y = "a"', f'y = "{"a" * MAX_TRACE}"', 1)
    (violated,) = output_of(long).violations
    assert (violated.name, violated.trace) == ("Small", None)
