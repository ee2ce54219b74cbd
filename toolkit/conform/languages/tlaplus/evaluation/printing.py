"""Values as TLC prints them: sets and fields in its own order, intervals as they were written."""

from __future__ import annotations

from typing import Any

from conform.domain.values import FunctionValue, SetValue, Value, format_value
from conform.languages.tlaplus.evaluation.ordering import ValueOrder
from conform.languages.tlaplus.evaluation.results import settle
from conform.languages.tlaplus.evaluation.sets import Interval, Kind
from conform.languages.tlaplus.evaluation.spaces import SequenceSpace
from conform.text import Span


def printed(value: Any, order: ValueOrder, span: Span) -> str:
    """Return the text that Print and ToString give for a value.

    An interval is shown by its bounds, Nat and the like by their names; raises EvaluationError for
    other infinite sets, as TLC does.
    """
    if isinstance(value, Kind | SequenceSpace) or (isinstance(value, Interval) and value.size()):
        return value.describe()
    return _text(settle(value, span), order)


def _text(value: Value, order: ValueOrder) -> str:
    match value:
        case SetValue():
            return "{" + ", ".join(_text(one, order) for one in order.arranged(value)) + "}"
        case FunctionValue() if value.is_sequence:
            return "<<" + ", ".join(_text(one, order) for one in value.values) + ">>"
        case FunctionValue(domain=domain, values=values):
            places = order.arguments(domain)
            pairs = [(domain.elements[place], _text(values[place], order)) for place in places]
            if domain.is_record:
                return "[" + ", ".join(f"{name} |-> {text}" for name, text in pairs) + "]"
            inner = " @@ ".join(f"{_text(argument, order)} :> {text}" for argument, text in pairs)
            return f"({inner})"
        case _:
            return format_value(value)
