"""How deep evaluation may go.

Python's own limit of a thousand frames lets an operator recurse some two hundred times. What meets
it is computed once more with a higher limit, and is an error of the model only if that fails too.
"""

from __future__ import annotations

import itertools
import sys
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from typing import TypeVar

from conform.errors import TooDeepError
from conform.text import Span

_T = TypeVar("_T")

DEEP = 10_000
"""Frames of Python for one formula: some two thousand levels of recursion, as in TLC with its
default stack. A frame entered through C takes half a KiB of 8 MiB."""


class DeepRecursionError(RecursionError):
    """Evaluation went too deep inside the recursive definition at `span`."""

    def __init__(self, span: Span) -> None:
        super().__init__()
        self.span = span


def too_deep(error: RecursionError, span: Span) -> DeepRecursionError:
    """Return the error for a recursive definition at `span`; the innermost one is kept."""
    return error if isinstance(error, DeepRecursionError) else DeepRecursionError(span)


@contextmanager
def deep_stack() -> Iterator[None]:
    """Allow more frames within; the limit is put back at the end."""
    limit = sys.getrecursionlimit()
    sys.setrecursionlimit(max(limit, DEEP))
    try:
        yield
    finally:
        sys.setrecursionlimit(limit)


def evaluated(compute: Callable[[], _T], span: Span) -> _T:
    """Return `compute()`, tried with a higher limit if it goes too deep.

    Raises TooDeepError, at the recursive definition or else at `span`, if that is not enough.
    """
    try:
        return compute()
    except RecursionError:
        pass
    try:
        with deep_stack():
            return compute()
    except RecursionError as error:
        raise endless(error, span) from None


def completions(compute: Callable[[], Iterable[_T]], span: Span) -> Iterator[_T]:
    """Yield what `compute()` gives; what goes too deep is gone through again as in `evaluated`.

    The higher limit never holds while the caller works: what it gives is gathered first.
    """
    count = 0
    try:
        for found in compute():
            count += 1
            yield found
        return
    except RecursionError:
        pass
    gathered: list[_T] = []
    try:
        with deep_stack():
            gathered.extend(itertools.islice(compute(), count, None))
    except RecursionError as error:
        raise endless(error, span) from None
    yield from gathered


def endless(error: RecursionError, span: Span) -> TooDeepError:
    """Return the error for an evaluation that went too deep."""
    at = error.span if isinstance(error, DeepRecursionError) else span
    return TooDeepError(
        "the evaluation goes too deep",
        span=at,
        hint="does this recursion end? TLC's stack would overflow",
    )
