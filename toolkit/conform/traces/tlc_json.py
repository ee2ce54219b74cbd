"""TLC's JSON traces, as `-dumpTrace json FILE` writes them.

Followed: TLCExt!CounterExample (tlc2/value/impl/CounterExample.java) serialised by Json.java of the
CommunityModules. TLC 2.18 of the pinned jar has no -dumpTrace; later versions do. The shape:

    {"state":  [[1, {"x": 0}], [2, {"x": 1}]],
     "action": [[[1, {"x": 0}], {"name": "Next", "location": {…}}, [2, {"x": 1}]]]}

perhaps under a key "counterexample", with "context" (parameter name → value) and "parameters"
(their names in order) beside an action's name. An action whose target is no later than its origin
closes a lasso. A bare array of states (JsonSerialize of TLCExt!Trace) is read as well.

Sets, sequences and functions on 1..n are arrays; records and other functions are objects, whose
keys are strings or printed values; model values are strings. What that loses is restored after
`shapes` (traces.shapes); without them arrays are sequences, objects records, names strings.
"""

from __future__ import annotations

import json
from typing import TypeAlias

from conform.domain.trace import Trace, TraceStep
from conform.domain.values import (
    Bindings,
    FunctionValue,
    ModelValue,
    SetValue,
    Value,
    format_value,
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
    element,
    load,
    located,
    member,
)
from conform.traces.shapes import Shapes, restored
from conform.traces.tlc_text import UNNAMED_ACTION

_STUTTERING = "Stuttering"
_NO_ACTIONS = frozenset({UNNAMED_ACTION, _STUTTERING})

KEEPS_KINDS = False
"""Whether a value that is read has the kind that was written: not here, without shapes."""


def read(source: Source, shapes: Shapes | None = None) -> tuple[Trace, ...]:
    """Return the trace in `source`, none for one without states; raise a located InputError."""
    document = load(source)
    try:
        return _traces(source.path, document, shapes or {})
    except Misplaced as misplaced:
        raise located(source, misplaced) from None


def write(trace: Trace) -> str:
    """Return `trace` as TLC writes it, with each action's parameters, ending in a newline.

    Lost: what the module says of kinds, and choices.
    """
    states = {step.number: [step.number, _state_out(step.variables)] for step in trace.steps}
    actions = [
        [states[before.number], _action_out(after), states[after.number]]
        for before, after in zip(trace.steps, trace.steps[1:], strict=False)
    ]
    if trace.loop_to is not None:
        last = states[trace.steps[-1].number]
        actions.append([last, {"name": _STUTTERING}, states[trace.loop_to]])
    document = {"state": list(states.values()), "action": actions}
    return json.dumps(document, ensure_ascii=False) + "\n"


# --- Reading -------------------------------------------------------------------------------------


def _traces(path: str, document: Json, shapes: Shapes) -> tuple[Trace, ...]:
    if isinstance(document, list):
        return _of_array(path, document, shapes)
    outer = an_object(document)
    if "counterexample" not in outer:
        return _of_record(path, outer, shapes)
    return member(outer, "counterexample", lambda item: _of_record(path, an_object(item), shapes))


def _of_array(path: str, document: list[Json], shapes: Shapes) -> tuple[Trace, ...]:
    states = list(each(enumerate(document), lambda item: _state(item, shapes)))
    steps = tuple(TraceStep(n, None, _parameters_of(n), (), s) for n, s in enumerate(states, 1))
    return (Trace(path, steps),) if steps else ()


def _of_record(path: str, document: dict[str, Json], shapes: Shapes) -> tuple[Trace, ...]:
    states = member(document, "state", lambda item: _states(an_array(item), shapes))
    if not states:
        return ()
    transitions: list[_Transition] = []
    if "action" in document:
        transitions = member(document, "action", lambda item: _transitions(an_array(item)))
    labels = {after: label for before, label, after in transitions if after == before + 1}
    loops = [after for before, _, after in transitions if after <= before == len(states)]
    unknown: _Label = (None, None)
    steps = tuple(
        TraceStep(n, *(labels.get(n, unknown) if n > 1 else (None, ())), (), variables)
        for n, variables in enumerate(states, start=1)
    )
    return (Trace(path, steps, loops[0] if loops else None),)


def _parameters_of(number: int) -> Bindings | None:
    return () if number == 1 else None


def _states(items: list[Json], shapes: Shapes) -> list[Bindings]:
    """Return the states in the order of their numbers, which must be 1, 2, 3 …"""
    numbered = dict(each(enumerate(items), lambda item: _numbered_state(item, shapes)))
    if sorted(numbered) != list(range(1, len(items) + 1)):
        raise Misplaced("states that are not numbered 1, 2, 3 …")
    return [numbered[number] for number in sorted(numbered)]


def _numbered_state(item: Json, shapes: Shapes) -> tuple[int, Bindings]:
    pair = _array_of(2, item, "[number, {variable: value, …}]")
    return element(pair, 0, a_number), element(pair, 1, lambda state: _state(state, shapes))


def _state(item: Json, shapes: Shapes) -> Bindings:
    variables = an_object(item)
    if not variables:
        raise Misplaced("a state without variables")
    values = each(variables.items(), lambda value: _value(value, 0))
    return tuple(
        (name, restored(value, shapes.get(name), untyped=True))
        for name, value in zip(variables, values, strict=True)
    )


_Label: TypeAlias = tuple[str | None, Bindings | None]
_Transition: TypeAlias = tuple[int, _Label, int]


def _transitions(items: list[Json]) -> list[_Transition]:
    """Return the numbers of each transition's states, with the action between them."""
    return list(each(enumerate(items), _transition))


def _transition(item: Json) -> _Transition:
    triple = _array_of(3, item, "[[number, state], action, [number, state]]")
    return element(triple, 0, _number), element(triple, 1, _label), element(triple, 2, _number)


def _number(item: Json) -> int:
    return element(_array_of(2, item, "[number, state]"), 0, a_number)


def _label(item: Json) -> _Label:
    action = an_object(item)
    name = member(action, "name", a_string)
    return (None if name in _NO_ACTIONS else name), _parameters(action)


def _parameters(action: dict[str, Json]) -> Bindings | None:
    if "context" not in action:
        return None
    context = member(action, "context", an_object)
    values = dict(zip(context, each(context.items(), lambda item: _value(item, 0)), strict=True))
    if "parameters" not in action:
        return tuple(values.items())
    names = member(action, "parameters", lambda item: [*each(enumerate(an_array(item)), a_string)])
    return tuple((name, values[name]) for name in names if name in values)


def _value(item: Json, depth: int) -> Value:
    match item:
        case bool() | int() | str():
            return item
        case list():
            depth = deeper(depth)
            return sequence(each(enumerate(item), lambda part: _value(part, depth)))
        case dict():
            depth = deeper(depth)
            parts = each(item.items(), lambda part: _value(part, depth))
            return record(dict(zip(item, parts, strict=True)))
        case _:
            raise Misplaced("null or a fraction, which no value of TLA+ is")


def _array_of(length: int, item: Json, expected: str) -> list[Json]:
    array = an_array(item)
    if len(array) != length:
        raise Misplaced(f"an array of {len(array)} elements", expected)
    return array


# --- Writing -------------------------------------------------------------------------------------


def _state_out(variables: Bindings) -> dict[str, Json]:
    return {name: _value_out(value) for name, value in variables}


def _action_out(step: TraceStep) -> Json:
    action: dict[str, Json] = {"name": step.action or UNNAMED_ACTION}
    if step.parameters is not None:
        action["context"] = _state_out(step.parameters)
        action["parameters"] = [name for name, _ in step.parameters]
    return action


def _value_out(value: Value) -> Json:
    match value:
        case ModelValue(name):
            return name
        case SetValue():
            return [_value_out(element) for element in value]
        case FunctionValue():
            if value.is_sequence:
                return [_value_out(image) for image in value.values]
            return {_key_out(key): _value_out(image) for key, image in value.items()}
        case _:
            return value


def _key_out(argument: Value) -> str:
    return argument if isinstance(argument, str) else format_value(argument)
