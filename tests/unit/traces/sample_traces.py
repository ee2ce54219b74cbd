"""Traces and values that the tests of all formats share."""

from __future__ import annotations

from conform.domain.trace import Trace, TraceStep
from conform.domain.values import Bindings, ModelValue, SetValue, Value, function, record, sequence

W1, W2 = ModelValue("w1"), ModelValue("w2")

KINDS: dict[str, Value] = {
    "integer": -3,
    "big": 2**70,
    "boolean": True,
    "text": 'he said "hi" \\ \n\ttab',
    "number_text": "1",
    "name": W1,
    "nothing": SetValue([]),
    "names": SetValue([W1, W2]),
    "sets": SetValue([SetValue([]), SetValue([1]), SetValue([1, 2])]),
    "empty": sequence([]),
    "mixed": sequence([1, sequence([]), "x", W2]),
    "fields": record({"alpha": 1, "inner": record({"members": SetValue([]), "state": "TRUE"})}),
    "by_name": function({W1: 0, W2: 1}),
    "from_zero": function({0: 0, 1: 1}),
    "by_tuple": function({sequence([1, W1]): "x", sequence([2, W2]): "y"}),
    "by_truth": function({False: 0, True: 1}),
    "functions": SetValue([function({W1: 1}), function({W1: 2})]),
}
"""One value of every kind, nested where formats differ."""


def state(**variables: Value) -> Bindings:
    """Return a state with these variables, in this order."""
    return tuple(variables.items())


def trace(*steps: TraceStep, loop_to: int | None = None, source: str = "t") -> Trace:
    """Return a trace of these steps."""
    return Trace(source, steps, loop_to)


def initial(variables: Bindings) -> TraceStep:
    """Return an initial state as every format reads it."""
    return TraceStep(1, None, (), (), variables)


def of_all_kinds() -> Trace:
    """Return a trace that shows every kind of value, parameters and choices."""
    first = state(**KINDS)
    second = (("integer", 4), *first[1:])
    third = (("integer", 5), *first[1:])
    return trace(
        initial(first),
        TraceStep(2, "Append", (("w", W1), ("n", 2)), (("count", 2),), second),
        TraceStep(3, None, None, (), third),
    )


def lasso() -> Trace:
    """Return a trace whose last state goes back to the second."""
    steps = [TraceStep(n, "Up", None, (), state(x=n)) for n in (2, 3)]
    return trace(initial(state(x=1)), *steps, loop_to=2)


def stuttering() -> Trace:
    """Return a trace that stays in its last state for ever."""
    return trace(initial(state(x=1)), TraceStep(2, "Up", None, (), state(x=2)), loop_to=2)
