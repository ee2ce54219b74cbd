"""Sorting by an operator of the specification, step by step as TLC sorts.

Source followed: tlc2.module.TLC, SortSeq: by insertion, from the left. The operator may be any;
where it is no order, the outcome depends on which pairs are asked.
"""

from __future__ import annotations

from collections.abc import Iterable

from conform.domain.values import FunctionValue, Value, sequence
from conform.languages.tlaplus.evaluation.standard.folds import Operator
from conform.languages.tlaplus.evaluation.standard.operands import truth_operand
from conform.text import Span


def sorted_by(
    elements: Iterable[Value], precedes: Operator, span: Span, operator: str
) -> FunctionValue:
    """Return the elements as a sequence in which none precedes the one before it."""
    placed: list[Value] = []
    for element in elements:
        place = len(placed)
        while place and truth_operand(precedes(element, placed[place - 1]), span, operator):
            place -= 1
        placed.insert(place, element)
    return sequence(placed)
