"""The Informal Trace Format of Apalache (its ADR-015), read and written.

    {"#meta": {…}, "vars": ["x"], "loop": 0,
     "states": [{"#meta": {"index": 0}, "x": {"#bigint": "1"}}, …]}

`loop` is the index (0-based) of the state that the last one goes back to. The format says nothing
of actions: ours stand in the `#meta` of a state, under `action`, `parameters` and `choices`. A
variable that other tools use for it (`action_taken`, `lastAction`) is a variable like any other.

Lost: model values, which ITF writes as strings (restored after `shapes`, see traces.shapes). Arrays
and `#tup` are both sequences here, as in TLA+.
"""

from __future__ import annotations

import json
import re
from typing import TypeAlias

from conform.domain.trace import Trace, TraceStep
from conform.domain.values import (
    Bindings,
    FunctionValue,
    ModelValue,
    SetValue,
    Value,
    function,
    record,
    sequence,
)
from conform.text import Source
from conform.traces.json_source import (
    Json,
    Misplaced,
    a_number,
    a_string,
    an_array,
    an_object,
    deeper,
    each,
    load,
    located,
    member,
)
from conform.traces.printed_values import MAX_DIGITS, mixes_booleans_and_integers
from conform.traces.shapes import Shapes, restored

KEEPS_KINDS = True
"""Whether a value that is read has the kind that was written; of model values only the name is."""

_BIG_INTEGER = re.compile(rf"-?[0-9]{{1,{MAX_DIGITS}}}")


def read(source: Source, shapes: Shapes | None = None) -> tuple[Trace, ...]:
    """Return the trace in `source`, none for one without states; raise a located InputError."""
    document = load(source)
    try:
        return _traces(source.path, an_object(document), shapes or {})
    except Misplaced as misplaced:
        raise located(source, misplaced) from None


def write(trace: Trace) -> str:
    """Return `trace` in ITF with our action names, ending in a newline. Lost: model values."""
    names = [name for name, _ in trace.steps[0].variables] if trace.steps else []
    document: dict[str, Json] = {
        "#meta": {"format": "ITF", "format-description": _DESCRIPTION, "source": trace.source},
        "vars": names,
        "states": [_state_out(index, step) for index, step in enumerate(trace.steps)],
    }
    if trace.loop_to is not None:
        document["loop"] = [step.number for step in trace.steps].index(trace.loop_to)
    return json.dumps(document, ensure_ascii=False, indent=1) + "\n"


_DESCRIPTION = "https://apalache-mc.org/docs/adr/015adr-trace.html"


# --- Reading -------------------------------------------------------------------------------------


_Label: TypeAlias = tuple[str | None, Bindings | None, Bindings]
"""Action, parameters and choices."""


def _traces(path: str, document: dict[str, Json], shapes: Shapes) -> tuple[Trace, ...]:
    names = member(document, "vars", _names)
    steps = member(document, "states", lambda item: _steps(an_array(item), names, shapes))
    if not steps:
        return ()
    if document.get("loop") is None:
        return (Trace(path, steps),)
    loop = member(document, "loop", lambda item: _index(item, len(steps)))
    return (Trace(path, steps, loop + 1),)


def _names(item: Json) -> list[str]:
    names = list(each(enumerate(an_array(item)), a_string))
    if not names or len(set(names)) < len(names):
        raise Misplaced("names of variables that are missing or given twice")
    return names


def _index(item: Json, length: int) -> int:
    index = a_number(item)
    if not 0 <= index < length:
        raise Misplaced(f"the index {index}, of {length} states counted from 0")
    return index


def _steps(items: list[Json], names: list[str], shapes: Shapes) -> tuple[TraceStep, ...]:
    read = each(enumerate(items), lambda item: _labelled_state(an_object(item), names, shapes))
    return tuple(TraceStep(n, *label, state) for n, (label, state) in enumerate(read, start=1))


def _labelled_state(
    item: dict[str, Json], names: list[str], shapes: Shapes
) -> tuple[_Label, Bindings]:
    label = member(item, "#meta", _label) if "#meta" in item else _NO_LABEL
    for name in sorted(item.keys() - set(names)):
        if not name.startswith("#"):
            raise Misplaced(f'the variable {name!r}, which "vars" does not name')
    values = [member(item, name, lambda value: _value(value, 0)) for name in names]
    pairs = zip(names, values, strict=True)
    return label, tuple((n, restored(v, shapes.get(n), untyped=False)) for n, v in pairs)


_NO_LABEL: _Label = (None, None, ())


def _label(item: Json) -> _Label:
    meta = an_object(item)
    action = member(meta, "action", a_string) if "action" in meta else None
    parameters = member(meta, "parameters", _bindings) if "parameters" in meta else None
    choices = member(meta, "choices", _bindings) if "choices" in meta else ()
    return action, parameters, choices


def _bindings(item: Json) -> Bindings:
    owner = an_object(item)
    return tuple((name, member(owner, name, lambda value: _value(value, 0))) for name in owner)


def _value(item: Json, depth: int) -> Value:
    match item:
        case bool() | int() | str():
            return item
        case list():
            return sequence(_values(item, deeper(depth)))
        case dict() if any(key.startswith("#") for key in item):
            return _special(item, deeper(depth))
        case dict():
            depth = deeper(depth)
            parts = each(item.items(), lambda part: _value(part, depth))
            return record(dict(zip(item, parts, strict=True)))
        case _:
            raise Misplaced("null or a fraction, which no value of TLA+ is")


def _values(items: list[Json], depth: int) -> list[Value]:
    return list(each(enumerate(items), lambda part: _value(part, depth)))


def _special(item: dict[str, Json], depth: int) -> Value:
    """Return the value of an object with one key that begins with #."""
    match list(item):
        case ["#bigint"]:
            return member(item, "#bigint", _big_integer)
        case ["#tup"]:
            return sequence(member(item, "#tup", lambda part: _values(an_array(part), depth)))
        case ["#set"]:
            return SetValue(member(item, "#set", lambda part: _elements(an_array(part), depth)))
        case ["#map"]:
            return member(item, "#map", lambda part: _map(an_array(part), depth))
        case _:
            expected = "one of #bigint, #tup, #set and #map alone"
            raise Misplaced(f"an object with the keys {', '.join(item)[:60]}", expected)


def _big_integer(item: Json) -> int:
    text = a_string(item)
    if not _BIG_INTEGER.fullmatch(text):
        raise Misplaced(f"{text[:40]!r} is no integer of at most {MAX_DIGITS} digits")
    return int(text)


def _elements(items: list[Json], depth: int) -> list[Value]:
    values = _values(items, depth)
    if mixes_booleans_and_integers(values):
        raise Misplaced("booleans and integers in one set, which no model has")
    return values


def _map(items: list[Json], depth: int) -> Value:
    pairs = list(each(enumerate(items), lambda item: _pair(an_array(item), depth)))
    arguments = [argument for argument, _ in pairs]
    if mixes_booleans_and_integers(arguments) or len(set(arguments)) < len(arguments):
        raise Misplaced("a function with an argument given twice")
    return function(dict(pairs))


def _pair(items: list[Json], depth: int) -> tuple[Value, Value]:
    if len(items) != 2:
        raise Misplaced(f"an array of {len(items)} elements", "[argument, value]")
    argument, image = _values(items, depth)
    return argument, image


# --- Writing -------------------------------------------------------------------------------------


def _state_out(index: int, step: TraceStep) -> Json:
    meta: dict[str, Json] = {"index": index}
    if step.action is not None:
        meta["action"] = step.action
    if step.parameters is not None:
        meta["parameters"] = _bindings_out(step.parameters)
    if step.choices:
        meta["choices"] = _bindings_out(step.choices)
    return {"#meta": meta, **_bindings_out(step.variables)}


def _bindings_out(bindings: Bindings) -> dict[str, Json]:
    return {name: _value_out(value) for name, value in bindings}


def _value_out(value: Value) -> Json:
    match value:
        case bool() | str():
            return value
        case int():
            return {"#bigint": str(value)}
        case ModelValue(name):
            return name
        case SetValue():
            return {"#set": [_value_out(element) for element in value]}
        case FunctionValue():
            return _function_out(value)


def _function_out(value: FunctionValue) -> Json:
    if value.is_sequence:
        parts = [_value_out(image) for image in value.values]
        return parts if len(set(map(type, value.values))) <= 1 else {"#tup": parts}
    if value.domain.is_record and not any(str(key).startswith("#") for key in value.domain.index):
        return {str(key): _value_out(image) for key, image in value.items()}
    return {"#map": [[_value_out(key), _value_out(image)] for key, image in value.items()]}
