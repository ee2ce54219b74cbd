"""A kept report is the report, to the last value."""

from __future__ import annotations

import json

import pytest

from conform.cache.report_data import from_data, to_data
from conform.domain.report import ProtocolReport
from conform.domain.trace import Trace, TraceStep
from conform.domain.values import ModelValue, SetValue, Value, function, record, sequence
from tests.unit.report.samples import CLOSING, FAILING, PASSING, STEPS

VALUES: tuple[Value, ...] = (
    True,
    1,
    2**70,
    "w1",
    ModelValue("w1"),
    SetValue([1, True, ModelValue("a"), "a"]),
    sequence([]),
    sequence([False, 0]),
    record({"a": SetValue([]), "#b": 1}),
    function({True: 1, ModelValue("a"): "\ud800"}),
)


@pytest.mark.parametrize("report", [*PASSING.protocols, *FAILING.protocols])
def test_every_report_comes_back(report: ProtocolReport) -> None:
    assert from_data(json.loads(json.dumps(to_data(report)))) == report


@pytest.mark.parametrize("value", VALUES, ids=repr)
def test_every_value_comes_back_with_its_kind(value: Value) -> None:
    steps = (*STEPS, CLOSING, TraceStep(5, None, None, (), (("v", value),)))
    (row,) = FAILING.protocols[0].properties[:1]
    shown = type(row)(row.name, row.kind, "", row.verdict, None, "", Trace("t", steps, 5))
    report = ProtocolReport("p", (), (), (shown,), ())
    trace = from_data(json.loads(json.dumps(to_data(report)))).properties[0].trace
    assert trace == shown.trace
    assert trace is not None
    (_name, back) = trace.steps[-1].variables[0]
    assert (type(back), repr(back)) == (type(value), repr(value))
