"""Values, traces and findings as JSON data, and the JSON text itself.

Values follow the Informal Trace Format (ITF, Apalache ADR-015): integers, booleans and strings as
themselves, sequences and tuples as arrays, records as objects, sets as `{"#set": […]}`, other
functions as `{"#map": [[argument, value], …]}`. An integer beyond ±2^53, which JSON readers may
round, is `{"#bigint": "…"}`; smaller ones are plain, where ITF would wrap some. A model value is
its name, as in ITF; a record with a field that begins with `#` is written as a map.
"""

from __future__ import annotations

import json
import re
from typing import TypeAlias, Union

from conform.domain.finding import Finding
from conform.domain.trace import Trace, TraceStep
from conform.domain.values import Bindings, FunctionValue, ModelValue, SetValue, Value

Json: TypeAlias = Union[bool, int, str, list["Json"], dict[str, "Json"], None]  # noqa: UP007
"""What the json module writes; no floats, so that the text is the same everywhere."""

LARGEST_EXACT = 2**53
"""The largest magnitude up to which every integer is exact in IEEE doubles (RFC 8259, 6)."""

_SURROGATE = re.compile("[\ud800-\udfff]")


def to_text(data: Json) -> str:
    """Return the JSON text with a final line break, in ASCII where UTF-8 could not hold it."""
    text = json.dumps(data, indent=2, ensure_ascii=False)
    if _SURROGATE.search(text):
        text = json.dumps(data, indent=2)
    return f"{text}\n"


def value_data(value: Value) -> Json:
    """Return a value as JSON data."""
    match value:
        case bool() | str():
            return value
        case int():
            return value if abs(value) <= LARGEST_EXACT else {"#bigint": str(value)}
        case ModelValue(name):
            return name
        case SetValue():
            return {"#set": [value_data(element) for element in value.ordered]}
        case FunctionValue():
            return _function_data(value)


def bindings_data(bindings: Bindings) -> dict[str, Json]:
    """Return names with their values as an object."""
    return {name: value_data(value) for name, value in bindings}


def step_data(step: TraceStep) -> dict[str, Json]:
    """Return one step of a trace; null for an action or parameters that are not known."""
    return {
        "step": step.number,
        "action": step.action,
        "parameters": None if step.parameters is None else bindings_data(step.parameters),
        "choices": bindings_data(step.choices),
        "state_variables": bindings_data(step.variables),
    }


def trace_data(trace: Trace | None) -> Json:
    """Return a trace; null for none."""
    if trace is None:
        return None
    steps: list[Json] = [step_data(step) for step in trace.steps]
    return {"source": trace.source, "loop_to": trace.loop_to, "steps": steps}


def finding_data(finding: Finding) -> Json:
    """Return a finding; path, line and column are null where it is about no text."""
    span = finding.span
    return {
        "code": finding.code,
        "severity": finding.severity.value,
        "message": finding.message,
        "path": span.path if span else None,
        "line": span.line if span else None,
        "column": span.column if span else None,
        "end_line": span.end_line if span else None,
        "end_column": span.end_column if span else None,
        "excerpt": finding.excerpt,
        "details": list(finding.details),
        "hint": finding.hint,
    }


def milliseconds(seconds: float) -> int:
    """Return seconds as whole milliseconds."""
    return round(seconds * 1000)


def _function_data(value: FunctionValue) -> Json:
    if value.is_sequence:
        return [value_data(element) for element in value.values]
    pairs = list(value.items())
    names = [key for key, _ in pairs if isinstance(key, str) and not key.startswith("#")]
    if len(names) == len(pairs):
        return {str(key): value_data(image) for key, image in pairs}
    return {"#map": [[value_data(key), value_data(image)] for key, image in pairs]}
