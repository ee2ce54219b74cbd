"""Sets that are made from others with elements that cannot be listed: `SUBSET {Nat, Int}`."""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Any

from conform.domain.values import SetValue, sequence_domain
from conform.languages.tlaplus.evaluation.failing import raise_too_large
from conform.languages.tlaplus.evaluation.functions import (
    RecursiveFunctionValue,
    domain_over,
    function_over,
)
from conform.languages.tlaplus.evaluation.sets import (
    KEPT,
    AnySet,
    LazySet,
    TooLargeError,
    enumerated,
)
from conform.languages.tlaplus.evaluation.spaces import (
    FunctionSpace,
    PowerSet,
    ProductSpace,
    RecordSpace,
    Space,
)
from conform.languages.tlaplus.evaluation.unlisted_sets import UnlistedSet
from conform.text import Span


def holds_unlisted(elements: AnySet) -> bool:
    """Return whether a set, or one that it is made from, has elements that cannot be listed."""
    if isinstance(elements, Space):
        return any(map(holds_unlisted, elements.parts()))
    return isinstance(elements, UnlistedSet)


def unlisted_space(
    space: Space, members: Callable[[AnySet], Iterable[Any]], span: Span
) -> Iterator[Any]:
    """Give the elements of `space`; `members` gives those of the sets that it is made from.

    Raises EvaluationError where there are too many of them, and where the domain of functions has
    elements that cannot be listed.
    """
    try:
        size = space.count()
        if size is not None and size > KEPT:
            raise TooLargeError(space.describe(), size, KEPT)
        yield from _elements(space, members, span)
    except TooLargeError as error:
        raise_too_large(error, span)


def _elements(
    space: Space, members: Callable[[AnySet], Iterable[Any]], span: Span
) -> Iterator[Any]:
    match space:
        case PowerSet(base=base):
            parts = tuple(members(base))
            for length in range(len(parts) + 1):
                yield from map(_set_of, itertools.combinations(parts, length))
        case ProductSpace() | RecordSpace():
            choices = space.choices(members)
            domain = (
                space.domain if isinstance(space, RecordSpace) else sequence_domain(len(choices))
            )
            for chosen in itertools.product(*choices):
                yield function_over(domain, chosen, span)
        case FunctionSpace(domain=arguments, codomain=codomain):
            domain = domain_over(enumerated(arguments))
            images = tuple(members(codomain))
            for chosen in itertools.product(images, repeat=len(domain.elements)):
                yield function_over(domain, chosen, span)


def _set_of(members: Sequence[Any]) -> SetValue | UnlistedSet:
    """Return the set of different elements."""
    if any(isinstance(each, LazySet | RecursiveFunctionValue) for each in members):
        return UnlistedSet(tuple(members))
    return SetValue(members)
