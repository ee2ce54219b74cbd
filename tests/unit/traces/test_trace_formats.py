"""What every trace format promises, and how they are told apart."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from msgspec.structs import replace

from conform.domain.plain import without_model_values
from conform.domain.trace import Trace
from conform.domain.values import Bindings
from conform.errors import InputError, UsageError
from conform.text import Source
from conform.traces.format import FORMATS, Format, detect, format_named, read_traces
from conform.traces.shapes import shapes_of
from conform.traces.tlc_text import positional
from tests.unit.traces.sample_traces import lasso, of_all_kinds, stuttering

every_format = pytest.mark.parametrize("row", FORMATS, ids=[row.name for row in FORMATS])
every_trace = pytest.mark.parametrize("trace", [of_all_kinds(), lasso(), stuttering()])


def without_choices(trace: Trace) -> Trace:
    """Return what TLC's formats keep of a trace."""
    return replace(trace, steps=tuple(replace(step, choices=()) for step in trace.steps))


def with_positions(trace: Trace) -> Trace:
    """Return what TLC's text keeps: parameters by position."""
    steps = without_choices(trace).steps
    return replace(trace, steps=tuple(replace(s, parameters=_placed(s.parameters)) for s in steps))


def _placed(parameters: Bindings | None) -> Bindings | None:
    if parameters is None:
        return None
    return tuple((positional(n), value) for n, (_, value) in enumerate(parameters, start=1))


def erased(trace: Trace) -> Trace:
    """Return the trace with the names of model values in their place."""
    return replace(
        trace,
        steps=tuple(
            replace(
                step,
                parameters=None if step.parameters is None else _erased(step.parameters),
                choices=_erased(step.choices),
                variables=_erased(step.variables),
            )
            for step in trace.steps
        ),
    )


def _erased(bindings: Bindings) -> Bindings:
    return tuple((name, without_model_values(value)) for name, value in bindings)


KEPT: dict[str, Callable[[Trace], Trace]] = {
    "tlc-text": with_positions,
    "tlc-json": without_choices,
    "itf": lambda trace: trace,
}
"""What each format keeps of a trace, model values apart."""


@every_format
@every_trace
def test_what_is_written_is_read_back(row: Format, trace: Trace) -> None:
    shapes = shapes_of(step.variables for step in trace.steps)
    (back,) = row.read(Source("t", row.write(trace)), shapes)
    expected = KEPT[row.name](trace)
    assert [step.variables for step in back.steps] == [step.variables for step in trace.steps]
    assert erased(back) == erased(expected)


@every_format
@every_trace
def test_format_is_told_by_its_content(row: Format, trace: Trace) -> None:
    assert detect(Source("misleading.itf.json", row.write(trace))) == row.name


@every_format
@every_trace
def test_writing_is_stable_under_reading(row: Format, trace: Trace) -> None:
    text = row.write(trace)
    shapes = shapes_of(step.variables for step in trace.steps)
    (back,) = row.read(Source("t", text), shapes)
    assert row.write(back) == text
    assert text.endswith("\n")


@pytest.mark.parametrize(
    "text",
    [
        "",
        " \n\n",
        "TLC2 Version 2.18 of 20 March 2023\nModel checking completed. No error has been found.\n",
        '{"state": [], "action": []}',
        '{"counterexample": {"state": [], "action": []}, "vars": []}',
        "[]",
        '{"#meta": {}, "vars": ["x"], "states": []}',
    ],
)
def test_source_without_a_trace_gives_none(text: str) -> None:
    assert read_traces(Source("t", text)) == ()


@pytest.mark.parametrize("text", ["hello\n", "{}", '{"a": 1}', '{"states": 1}'])
def test_source_in_no_format_is_refused(text: str) -> None:
    with pytest.raises(InputError, match="not a trace in a known format") as caught:
        read_traces(Source("t", text))
    assert caught.value.span is not None


@pytest.mark.parametrize("text", ['{"state": [', '{"state": tru}', "[1,", '{"a": 1,}', "[NaN"])
def test_ill_formed_json_is_refused_where_it_goes_wrong(text: str) -> None:
    with pytest.raises(InputError, match="no JSON") as caught:
        read_traces(Source("t", text))
    assert caught.value.span is not None


@pytest.mark.parametrize("text", ["[" * 100_000, '{"state":' * 100_000, '{"vars":[' + "[" * 5000])
def test_hostile_depth_is_refused_where_it_begins(text: str) -> None:
    with pytest.raises(InputError, match="nested more than 100 levels deep") as caught:
        read_traces(Source("t", text), format_name="itf")
    assert caught.value.span is not None
    assert caught.value.span.column > 100


def test_unknown_format_is_refused_with_the_nearest() -> None:
    with pytest.raises(UsageError) as caught:
        format_named("tlc-jsn")
    assert caught.value.hint == "did you mean tlc-json?"


def test_format_can_be_given() -> None:
    assert len(read_traces(Source("t", '[{"x": 1}]'), format_name="tlc-json")) == 1
