"""The states of Lark's LALR tables, numbered in an order that does not hang on hashes."""

from __future__ import annotations

from typing import Any

from lark.grammar import Rule


def state_numbers(states: dict[int, Any], starts: list[int]) -> dict[int, int]:
    """Number the states in the order in which they are reached; Lark's own hangs on hashes."""
    numbers = {state: number for number, state in enumerate(starts)}
    waiting = list(starts)
    for state in waiting:
        for _, (_, target) in sorted(states[state].items(), key=lambda item: item[0]):
            if not isinstance(target, Rule) and target not in numbers:
                numbers[target] = len(numbers)
                waiting.append(target)
    return numbers
