"""Operators that are passed as arguments, and calls of them.

Their own arguments are passed as those of any call are: what could fail is computed when it is
first wanted.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from conform.languages.tlaplus.evaluation.dispatch import Code


class PassedOperator:
    """A defined operator as a value: called with the values of its arguments."""

    __slots__ = ("_after", "_before", "_bodies", "_body", "_state")

    def __init__(
        self,
        body: Code,
        bodies: Callable[[tuple[bool, ...]], Code],
        state: Any,
        after: Any,
        before: tuple[Any, ...],
    ) -> None:
        """Take the code of its body, and what gives it where some arguments are Lazy.

        `before` is the environment that its definition sees.
        """
        self._body = body
        self._bodies = bodies
        self._state = state
        self._after = after
        self._before = before

    def __call__(self, *values: Any) -> Any:
        return self._body(self._state, self._after, (*self._before, *values))

    def on(self, operands: list[Any], lazy: tuple[bool, ...]) -> Any:
        """Apply it to operands, of which each is a value or, where `lazy` says so, a Lazy."""
        return self._bodies(lazy)(self._state, self._after, (*self._before, *operands))


def called(index: int, given: list[tuple[Code, bool]]) -> Code:
    """Return the code of a call of the operator that stands at a place of the environment.

    `given` is the code of each argument, and whether that gives a Lazy.
    """
    codes = [code for code, _is_lazy in given]
    lazy = tuple(is_lazy for _code, is_lazy in given)
    if not any(lazy):
        return lambda s, t, e: e[index](*[code(s, t, e) for code in codes])

    def call(s: Any, t: Any, e: tuple[Any, ...]) -> Any:
        operator = e[index]
        operands = [code(s, t, e) for code in codes]
        if isinstance(operator, PassedOperator):
            return operator.on(operands, lazy)
        return operator(
            *[
                operand.force() if is_lazy else operand
                for operand, is_lazy in zip(operands, lazy, strict=True)
            ]
        )

    return call
