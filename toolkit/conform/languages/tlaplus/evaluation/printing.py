"""Values as TLC prints them: sets and fields in its own order, intervals as they were written."""

from __future__ import annotations

from typing import Any

from conform.domain.values import Domain, FunctionValue, SetValue, Value, format_value
from conform.languages.tlaplus.evaluation.failing import UnlistedError
from conform.languages.tlaplus.evaluation.functions import RecursiveFunctionValue, listed
from conform.languages.tlaplus.evaluation.ordering import ValueOrder
from conform.languages.tlaplus.evaluation.results import settle
from conform.languages.tlaplus.evaluation.sets import Interval, Kind, describe_set
from conform.languages.tlaplus.evaluation.spaces import SequenceSpace
from conform.languages.tlaplus.evaluation.unlisted_sets import Everything, UnlistedSet
from conform.text import Span


def printed(value: Any, order: ValueOrder, span: Span) -> str:
    """Return the text that Print and ToString give for a value.

    An interval is shown by its bounds, Nat and the like by their names, and a function over such a
    set by its domain; raises EvaluationError for other infinite sets, as TLC does.
    """
    match value:
        case Kind() | SequenceSpace() | Everything():
            return value.describe()
        case Interval() if value.size():
            return value.describe()
        case UnlistedSet(members=members):
            return "{" + ", ".join(printed(one, order, span) for one in members) + "}"
        case RecursiveFunctionValue():
            return _computed(value, order, span)
        case _:
            return _text(settle(value, span), order)


def _computed(function: RecursiveFunctionValue, order: ValueOrder, span: Span) -> str:
    """Return the text of a function that is no value, as one of infinite sets."""
    try:
        domain, values = listed(function, span)
    except UnlistedError:
        return f"[x \\in {describe_set(function.domain)} |-> ...]"
    return _of_function(domain, [printed(one, order, span) for one in values], order)


def _text(value: Value, order: ValueOrder) -> str:
    match value:
        case SetValue():
            return "{" + ", ".join(_text(one, order) for one in order.arranged(value)) + "}"
        case FunctionValue(domain=domain, values=values):
            return _of_function(domain, [_text(one, order) for one in values], order)
        case _:
            return format_value(value)


def _of_function(domain: Domain, values: list[str], order: ValueOrder) -> str:
    """Return the text of a function whose values have these texts."""
    if domain.is_sequence:
        return "<<" + ", ".join(values) + ">>"
    pairs = [(domain.elements[place], values[place]) for place in order.arguments(domain)]
    if domain.is_record:
        return "[" + ", ".join(f"{name} |-> {text}" for name, text in pairs) + "]"
    inner = " @@ ".join(f"{_text(argument, order)} :> {text}" for argument, text in pairs)
    return f"({inner})"
