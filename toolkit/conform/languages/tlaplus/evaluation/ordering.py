"""The order in which the elements of a set are tried: TLC's, which is not that of output.

Everything sorts as in the domain's canonical order, but strings and model values by their first
appearance to TLC, and functions argument by argument, each with its value (values/impl/*.java,
compareTo). The order decides what CHOOSE chooses, and which branch, trace or error comes first.
Sets of numbers take the short way: both orders agree on them.
"""

from __future__ import annotations

import itertools
import math
from collections.abc import Callable, Iterable, Iterator
from typing import Any, TypeAlias

from conform.domain.recorded import RecordedElements
from conform.domain.values import (
    Domain,
    FunctionValue,
    ModelValue,
    SetValue,
    Value,
    sequence_domain,
)
from conform.languages.tlaplus.evaluation.combined_sets import (
    Combination,
    CombinedSet,
    FilteredSet,
)
from conform.languages.tlaplus.evaluation.functions import RecursiveFunctionValue, domain_over
from conform.languages.tlaplus.evaluation.repeating_sets import RepeatingSet, repeats
from conform.languages.tlaplus.evaluation.results import (
    bounded,
    checked_sizes,
    elements_of,
    iterated,
)
from conform.languages.tlaplus.evaluation.sets import (
    KEPT,
    AnySet,
    Interval,
    Kind,
    LazySet,
    enumerated,
    size_of,
)
from conform.languages.tlaplus.evaluation.spaces import (
    FunctionSpace,
    PowerSet,
    ProductSpace,
    RecordSpace,
    SequenceSpace,
    Space,
)
from conform.languages.tlaplus.evaluation.unlisted_sets import UnlistedSet
from conform.languages.tlaplus.evaluation.unlisted_spaces import holds_unlisted, unlisted_space
from conform.text import Span

Key: TypeAlias = tuple[Any, ...]

KEPT_SETS = 65_536
"""Sets whose elements are kept in order; most sets of a state come up again in other states."""


class ValueOrder:
    """TLC's order of values, for one specification under one configuration."""

    def __init__(self, appearances: Callable[[], Iterable[str]] = tuple) -> None:
        """Take what gives the texts in the order of their appearance; asked when first needed.

        Without it, texts sort alphabetically.
        """
        self.follow(appearances)

    def follow(self, appearances: Callable[[], Iterable[str]]) -> None:
        """Order texts by `appearances` from now on, forgetting what was known."""
        self._appearances = appearances
        self._places: dict[str, int] | None = None
        self._arranged: dict[SetValue, tuple[Value, ...]] = {}
        self._domains: dict[Domain, tuple[tuple[Key, int], ...]] = {}

    def place(self, text: str) -> tuple[int, str]:
        """Return what sorts a text; those that never appeared come last, alphabetically."""
        if self._places is None:
            self._places = {}
            for appeared in self._appearances():
                self._places.setdefault(appeared, len(self._places))
        place = self._places.get(text)
        return (len(self._places), text) if place is None else (place, "")

    def key(self, value: Value) -> Key:
        """Return a key that sorts any values."""
        kind = type(value)
        if kind is int:
            return (2, value)
        if isinstance(value, FunctionValue):
            values, key = value.values, self.key
            pairs = [(one, key(values[place])) for one, place in self._arguments(value.domain)]
            return (5, len(pairs), tuple(pairs))
        if isinstance(value, SetValue):
            return self._key_of_set(value)
        if isinstance(value, ModelValue):
            return (0, self.place(value.name))
        return (3, self.place(value)) if isinstance(value, str) else (1, value)

    def _key_of_set(self, elements: SetValue) -> Key:
        ordered = self.arranged(elements)
        arrangement = elements.arrangement
        if arrangement is None:
            return (4, len(ordered), tuple(map(self.key, ordered)))
        if len(arrangement) > 2 and arrangement[0] is self._arranged:
            return arrangement[2]  # type: ignore[no-any-return]  # what stands here
        key = (4, len(ordered), tuple(map(self.key, ordered)))
        elements.arrangement = (*arrangement[:2], key)
        return key

    def arranged(self, elements: SetValue) -> tuple[Value, ...]:
        """Return the elements of a set in this order."""
        arrangement = elements.arrangement
        if arrangement is not None and arrangement[0] is self._arranged:
            return arrangement[1]  # type: ignore[no-any-return]  # what stands here
        if elements.recorded is not None:
            elements = SetValue(elements.recorded.all())  # what is kept outlives the evaluation
        if len(elements.elements) < 2:
            return tuple(elements.elements)
        one = next(iter(elements.elements))
        if type(one) is int or type(one) is bool:
            canonical = elements.ordered  # model values come first in it
            if type(canonical[0]) is not ModelValue:
                return canonical
        known = self._arranged.get(elements)
        if known is None:
            known = tuple(sorted(elements.elements, key=self.key))
            if len(self._arranged) >= KEPT_SETS:
                self._arranged.clear()
            self._arranged[elements] = known
        elements.arrangement = (self._arranged, known)
        return known

    def _arguments(self, domain: Domain) -> tuple[tuple[Key, int], ...]:
        """Return the arguments of functions over `domain` in this order, as keys, with places."""
        known = self._domains.get(domain)
        if known is None:
            keys = sorted((self.key(one), place) for place, one in enumerate(domain.elements))
            if len(self._domains) >= KEPT_SETS:
                self._domains.clear()
            known = self._domains[domain] = tuple(keys)
        return known

    def arguments(self, domain: Domain) -> list[int]:
        """Return the positions of the elements of `domain`, in this order."""
        return [place for _, place in self._arguments(domain)]

    def iterated(self, value: Any, span: Span, where: str) -> Iterable[Value]:
        """Give the elements of a set in this order; raise EvaluationError for anything else."""
        if type(value) is SetValue:
            arrangement = value.arrangement
            if arrangement is not None and arrangement[0] is self._arranged:
                return arrangement[1]  # type: ignore[no-any-return]  # what stands here
            return self.arranged(value)
        if not isinstance(value, LazySet) or _is_plain(value):
            return iterated(value, span, where)
        size = value.size()
        if size is None or size > KEPT:
            iterated(value, span, where)  # fails where there are infinitely many elements
            return bounded(self._enumerated(value), value, span)
        return tuple(checked_sizes(self._enumerated(value), span))

    def tried(self, value: Any, span: Span, where: str) -> Iterable[Value]:
        """Give the elements as they are tried for steps: see repeating_sets.py."""
        if type(value) is SetValue or not isinstance(value, LazySet) or not repeats(value):
            return self.iterated(value, span, where)
        tried = checked_sizes(self._tried(value), span)
        size = value.size()
        return tuple(tried) if size is not None and size <= KEPT else tried

    def members(self, value: Any, span: Span, *, for_steps: bool = False) -> Iterable[Any]:
        """Give the elements of a set in this order, infinite sets among them too."""
        if isinstance(value, UnlistedSet):
            return tuple(sorted(value.members, key=self._member_key))
        if isinstance(value, Space) and holds_unlisted(value):
            return tuple(unlisted_space(value, lambda part: self.members(part, span), span))
        if for_steps:
            return self.tried(value, span, "a bound")
        return self.iterated(value, span, "a bound")

    def _member_key(self, value: Any) -> Key:
        match value:
            case LazySet():
                return (4, math.inf, value.describe() == "Int")  # Nat comes before Int
            case RecursiveFunctionValue(domain=domain) if not _is_short(domain):
                return (5, math.inf)
            case RecursiveFunctionValue(domain=domain, span=span):
                arguments = sorted(enumerated(domain), key=self.key)
                pairs = ((self.key(x), self._member_key(value.apply(x, span))) for x in arguments)
                return (5, len(arguments), tuple(pairs))
            case _:
                return self.key(value)

    def candidates(self, recorded: RecordedElements) -> tuple[Value, ...]:
        """Return all values that might be elements in this order."""
        return self.arranged(SetValue(recorded.candidates()))

    def elements_of(self, value: Any, span: Span, where: str) -> tuple[Value, ...]:
        """Return the elements of a set in this order; raise EvaluationError for anything else."""
        if type(value) is SetValue:
            return self.arranged(value)
        canonical = elements_of(value, span, where)  # fails where there are too many
        if _is_plain(value):
            return canonical
        return tuple(checked_sizes(self._enumerated(value), span))

    def _enumerated(self, elements: AnySet) -> Iterator[Value]:
        match elements:
            case SetValue():
                yield from self.arranged(elements)
            case PowerSet(base=base):
                parts = tuple(self._enumerated(base))
                for length in range(len(parts) + 1):
                    yield from map(SetValue, itertools.combinations(parts, length))
            case FunctionSpace(domain=domain, codomain=codomain):
                over = domain_over(_canonical(domain))
                images = tuple(self._enumerated(codomain))
                yield from self._functions(over, [images] * len(over.elements))
            case RecordSpace(domain=over):
                choices = elements.choices(self._enumerated)
                if choices[-1]:
                    yield from self._functions(over, choices)
            case ProductSpace():
                choices = elements.choices(self._enumerated)
                over = sequence_domain(len(choices))
                yield from (FunctionValue(over, chosen) for chosen in itertools.product(*choices))
            case _ if _is_plain(elements):
                yield from elements.iterate()
            case _:
                yield from self.arranged(elements.explicit())

    def _tried(self, elements: AnySet) -> Iterator[Value]:
        match elements:
            case _ if not repeats(elements):
                yield from self._enumerated(elements)
            case RepeatingSet(parts=parts, whole=whole):
                for part in parts or ():
                    yield from (each for each in self._tried(part) if each in whole)
            case FilteredSet(base=base, predicate=predicate):
                yield from filter(predicate, self._tried(base))
            case CombinedSet(combination=Combination.UNION, left=left, right=right):
                yield from self._tried(left)
                yield from self._tried(right)
            case CombinedSet(left=left):
                yield from filter(elements.contains, self._tried(left))
            case FunctionSpace(domain=domain, codomain=codomain):
                over = domain_over(_canonical(domain))
                images = tuple(self._tried(codomain))
                yield from self._functions(over, [images] * len(over.elements))
            case RecordSpace(domain=over):
                yield from self._functions(over, [tuple(self._tried(of)) for of in elements.sets])
            case ProductSpace(factors=factors):
                over = sequence_domain(len(factors))
                choices = itertools.product(*map(self._tried, factors))
                yield from (FunctionValue(over, chosen) for chosen in choices)

    def _functions(self, domain: Domain, choices: list[tuple[Value, ...]]) -> Iterator[Value]:
        """Yield the functions over `domain`, `choices` being the values at each of its places."""
        order = self.arguments(domain)
        back = sorted(range(len(order)), key=order.__getitem__)
        for chosen in itertools.product(*[choices[place] for place in order]):
            yield FunctionValue(domain, tuple([chosen[place] for place in back]))


def _canonical(elements: AnySet) -> tuple[Value, ...]:
    return elements.ordered() if isinstance(elements, LazySet) else elements.ordered


def _is_short(elements: AnySet) -> bool:
    size = size_of(elements)
    return size is not None and size <= KEPT


def _is_plain(elements: AnySet) -> bool:
    """Whether a set holds nothing but numbers and truth values, at any depth, as far as is seen."""
    match elements:
        case SetValue():
            return all(type(one) is int or type(one) is bool for one in elements.elements)
        case Interval() | Kind() | SequenceSpace():
            return True
        case PowerSet(base=base):
            return _is_plain(base)
        case FunctionSpace(domain=domain, codomain=codomain):
            return _is_plain(domain) and _is_plain(codomain)
        case ProductSpace(factors=factors):
            return all(map(_is_plain, factors))
        case _:
            return False
