"""Randomization: subsets chosen by chance, the same in each run.

The chance of a call comes from its place in the text and its arguments. A formula thus has one
value in a run whatever the order of exploration, as evaluation relies on; TLC draws anew in each
state.
"""

from __future__ import annotations

import random
from pathlib import PurePath
from typing import Any

from conform.domain.values import FunctionValue, SetValue, Value, format_value, sequence
from conform.languages.tlaplus.evaluation.failing import expect_failure, fail, shown
from conform.languages.tlaplus.evaluation.functions import domain_over
from conform.languages.tlaplus.evaluation.results import elements_of
from conform.languages.tlaplus.evaluation.scope import Builtin
from conform.languages.tlaplus.evaluation.sets import (
    AnySet,
    Interval,
    LazySet,
    count_of,
    enumerated,
)
from conform.languages.tlaplus.evaluation.spaces import (
    FunctionSpace,
    PowerSet,
    ProductSpace,
    RecordSpace,
)
from conform.languages.tlaplus.evaluation.standard.operands import (
    number_operand,
    set_operand,
    table,
)
from conform.text import Span

TESTED = 5
"""Sets of subsets that TestRandomSetOfSubsets makes."""


def _chance(span: Span, *arguments: object) -> random.Random:
    place = f"{PurePath(span.path).name}:{span.line}:{span.column}"
    return random.Random(f"{place} {arguments}")


def _finite(value: Any, span: Span, operator: str) -> tuple[AnySet, int]:
    elements = set_operand(value, span, operator)
    size = count_of(elements)
    if size is None:
        expect_failure(span, "a finite set", value, operator)
    return elements, size


def _natural(value: Any, span: Span, operator: str) -> int:
    if number_operand(value, span, operator) < 0:
        fail(span, f"{operator} needs a natural number, but found {value}")
    return int(value)


def _random_subset(span: Span, many: Any, elements: Any) -> SetValue:
    wanted = _natural(many, span, "RandomSubset")
    base, size = _finite(elements, span, "RandomSubset")
    chance = _chance(span, wanted, shown(elements))
    if size > SAMPLED and isinstance(base, LazySet):
        return _sample(chance, wanted, base, span)
    found = elements_of(base, span, "RandomSubset")
    return SetValue(chance.sample(found, min(wanted, len(found))))


SAMPLED = 1_000_000
"""Elements from which on a set is not listed to choose some of them."""


def _sample(chance: random.Random, wanted: int, base: LazySet, span: Span) -> SetValue:
    """Return distinct elements; the set is so large that few are drawn twice."""
    if wanted > SAMPLED // 2:
        fail(span, f"RandomSubset cannot choose {wanted:,} elements of {base.describe()}")
    found: dict[Value, None] = {}
    while len(found) < wanted:
        found[_picked(base, chance)] = None
    return SetValue(found)


def _picked(elements: AnySet, chance: random.Random) -> Value:
    match elements:
        case Interval(low=low, high=high):
            return chance.randint(low, high)
        case PowerSet(base=base):
            return SetValue([each for each in enumerated(base) if chance.random() < 0.5])
        case FunctionSpace(domain=arguments, codomain=codomain):
            domain = domain_over(enumerated(arguments))
            images = [_picked(codomain, chance) for _argument in domain.elements]
            return FunctionValue(domain, tuple(images))
        case RecordSpace(domain=domain, sets=sets):
            return FunctionValue(domain, tuple([_picked(each, chance) for each in sets]))
        case ProductSpace(factors=factors):
            return sequence([_picked(factor, chance) for factor in factors])
        case _:
            return chance.choice(enumerated(elements))


def _subsets(span: Span, many: Any, average: Any, elements: Any, *salt: int) -> SetValue:
    operator = "RandomSetOfSubsets"
    wanted, mean = _natural(many, span, operator), _natural(average, span, operator)
    base, size = _finite(elements, span, operator)
    found = elements_of(base, span, operator)
    if mean > len(found):
        fail(span, f"{operator} needs an average of 0..{len(found)} elements, but found {mean}")
    if wanted > 2 ** min(size, 32):
        fail(span, f"{operator} cannot choose {wanted} subsets of a set of {len(found)}")
    chance = _chance(span, wanted, mean, [format_value(element) for element in found], *salt)
    threshold = mean / len(found) if found else 0.0
    return SetValue(
        SetValue([element for element in found if chance.random() < threshold])
        for _subset in range(wanted)
    )


def _sizes(span: Span, many: Any, average: Any, elements: Any) -> Value:
    sizes = (len(_subsets(span, many, average, elements, each)) for each in range(TESTED))
    return sequence(sizes)


RANDOMIZATION: dict[str, Builtin] = table(
    Builtin("RandomSubset", 2, _random_subset),
    Builtin("RandomSetOfSubsets", 3, _subsets),
    Builtin("TestRandomSetOfSubsets", 3, _sizes),
)
