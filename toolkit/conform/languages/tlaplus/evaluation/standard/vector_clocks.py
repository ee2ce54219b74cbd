"""VectorClocks, a module of the community: logs in an order that respects causes."""

from __future__ import annotations

from typing import Any

from conform.domain.values import FunctionValue, sequence
from conform.languages.tlaplus.evaluation.scope import Builtin
from conform.languages.tlaplus.evaluation.standard.folds import Operator
from conform.languages.tlaplus.evaluation.standard.operands import (
    function_operand,
    number_operand,
    sequence_operand,
    table,
)
from conform.text import Span


def _clock(value: Any, span: Span, operator: str) -> dict[object, int]:
    clock = function_operand(value, span, operator)
    return {node: number_operand(time, span, operator) for node, time in clock.items()}


def _happened_before(left: dict[object, int], right: dict[object, int]) -> bool:
    nodes = {*left, *right}
    times = [(left.get(node, 0), right.get(node, 0)) for node in nodes]
    return all(one <= other for one, other in times) and any(one < other for one, other in times)


def _is_causal_order(span: Span, log: Any, clock_of: Operator) -> bool:
    events = sequence_operand(log, span, "IsCausalOrder").values
    clocks = [_clock(clock_of(event), span, "IsCausalOrder") for event in events]
    return not any(
        _happened_before(later, earlier)
        for place, later in enumerate(clocks)
        for earlier in clocks[:place]
    )


def _causal_order(
    span: Span, log: Any, clock_of: Operator, _node_of: Operator, _domain_of: Operator
) -> FunctionValue:
    """Return the events so that none comes before its causes, otherwise in the order of the log."""
    events = sequence_operand(log, span, "CausalOrder").values
    left = [(event, _clock(clock_of(event), span, "CausalOrder")) for event in events]
    ordered = []
    while left:
        free = next(
            place
            for place, (_event, clock) in enumerate(left)
            if not any(_happened_before(other, clock) for _other, other in left)
        )
        ordered.append(left.pop(free)[0])
    return sequence(ordered)


VECTOR_CLOCKS: dict[str, Builtin] = table(
    Builtin("IsCausalOrder", 2, _is_causal_order, operators=((1, 1),)),
    Builtin("CausalOrder", 4, _causal_order, operators=((1, 1), (2, 1), (3, 1))),
)
