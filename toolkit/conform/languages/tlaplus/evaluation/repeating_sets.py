"""Sets of which TLC meets an element more than once when it looks for steps.

`\\E x \\in UNION {1..2, 2..3}` is worked through with 2 twice; so is `A \\cup B` where A or B is
`SUBSET S`, a set of functions, records or tuples, or a filter of one: TLC goes through one part
after the other (values/impl/UnionValue.java and SetCupValue.java, elements()), and removes what is
repeated once it has counted the set. Sets that are written out are put together at once. Only the
number of states generated shows it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

from conform.domain.values import SetValue, Value
from conform.languages.tlaplus.evaluation.combined_sets import (
    Combination,
    CombinedSet,
    FilteredSet,
)
from conform.languages.tlaplus.evaluation.mixed_sets import MixedSet
from conform.languages.tlaplus.evaluation.sets import (
    AnySet,
    Interval,
    LazySet,
    contains,
)
from conform.languages.tlaplus.evaluation.spaces import (
    FunctionSpace,
    ProductSpace,
    RecordSpace,
)


class RepeatingSet(LazySet):
    """A set that is not written out: `whole`, and the sets whose elements are tried for steps.

    `parts` is None where these are those of `whole`, in their order.
    """

    __slots__ = ("parts", "whole")

    def __init__(self, whole: SetValue, parts: tuple[AnySet, ...] | None = None) -> None:
        super().__init__()
        self._explicit = self.whole = whole
        self.parts = parts

    def anew(self) -> RepeatingSet:
        """Return the same set, which nobody has counted yet if this one is not."""
        return RepeatingSet(self.whole, self.parts)

    def contains(self, value: Value) -> bool:
        return contains(self.whole, value)

    def describe(self) -> str:
        return repr(self.whole)

    def size(self) -> int:
        return len(self.whole)

    def count(self) -> int:
        """Return the number of elements; from now on each of them is tried once, as in TLC."""
        self.parts = None
        return len(self.whole)

    def enumerate(self) -> Iterator[Value]:
        return iter(self.whole.ordered)


def for_each_use(computed: list[Any], compute: Callable[[], Any]) -> Any:
    """Return a value for one of its uses, as if it were computed for that use alone.

    `computed` keeps it once it is known, unless `compute` fails, or a set hides one that repeats.
    """
    if not computed:
        found = compute()
        if isinstance(found, LazySet) and type(found) is not RepeatingSet and repeats(found):
            return found
        computed.append(found)
    known = computed[0]
    return known.anew() if type(known) is RepeatingSet else known


def is_written_out(elements: AnySet) -> bool:
    """Return whether TLC puts a set together with another one at once (Reducible.java)."""
    return isinstance(elements, SetValue | Interval | MixedSet)


def repeats(elements: AnySet) -> bool:
    """Return whether the elements are tried part by part, perhaps more than once."""
    match elements:
        case RepeatingSet():
            return elements.parts is not None
        case FilteredSet(base=base):
            return repeats(base)
        case FunctionSpace(codomain=codomain):
            return repeats(codomain)
        case RecordSpace() | ProductSpace():
            return any(map(repeats, elements.parts()))
        case CombinedSet(combination=Combination.UNION):
            return not (is_written_out(elements.left) and is_written_out(elements.right))
        case CombinedSet(left=left, right=right):
            return repeats(left) and not is_written_out(right)
        case _:
            return False


def combined(combination: Combination, left: AnySet, right: AnySet, whole: SetValue) -> AnySet:
    """Return `whole`, that combines two sets, as the set that steps are looked for in."""
    if combination is Combination.UNION:
        if is_written_out(left) and is_written_out(right):
            return whole
        return RepeatingSet(whole, (right, left) if is_written_out(right) else (left, right))
    if is_written_out(left) or (combination is Combination.INTERSECTION and is_written_out(right)):
        return whole
    return RepeatingSet(whole, (left,) if repeats(left) else None)
