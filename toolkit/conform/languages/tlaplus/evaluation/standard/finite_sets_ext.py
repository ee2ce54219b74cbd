"""FiniteSetsExt, a module of the community: folds over sets, and subsets of a size."""

from __future__ import annotations

import itertools
import math
from typing import Any

from conform.domain.values import SetValue, Value
from conform.languages.tlaplus.evaluation.failing import fail
from conform.languages.tlaplus.evaluation.results import (
    elements_of,
    is_member,
    make_set,
    settle,
)
from conform.languages.tlaplus.evaluation.scope import Builtin
from conform.languages.tlaplus.evaluation.session import Session
from conform.languages.tlaplus.evaluation.sets import MAX_ENUMERATED
from conform.languages.tlaplus.evaluation.standard.folds import Operator, folded, product, total
from conform.languages.tlaplus.evaluation.standard.operands import (
    number_operand,
    table,
    truth_operand,
)
from conform.text import Span


def _fold_set(session: Session, span: Span, combine: Operator, base: Any, elements: Any) -> Value:
    return folded(combine, base, session.order.elements_of(elements, span, "FoldSet"), span)


def _reduce_set(session: Session, span: Span, combine: Operator, elements: Any, base: Any) -> Value:
    return folded(combine, base, session.order.elements_of(elements, span, "ReduceSet"), span)


def _sum_set(span: Span, elements: Any) -> int:
    return total(elements_of(elements, span, "SumSet"), span, "SumSet")


def _product_set(span: Span, elements: Any) -> int:
    return product(elements_of(elements, span, "ProductSet"), span, "ProductSet")


def _map_then_sum(span: Span, image: Operator, elements: Any) -> int:
    images = [settle(image(each), span) for each in elements_of(elements, span, "MapThenSumSet")]
    return total(images, span, "MapThenSumSet")


def _flatten(span: Span, sets: Any) -> SetValue:
    inner = elements_of(sets, span, "FlattenSet")
    return make_set([x for each in inner for x in elements_of(each, span, "FlattenSet")], span)


def _difference(span: Span, left: Any, right: Any) -> SetValue:
    first, second = elements_of(left, span, "SymDiff"), elements_of(right, span, "SymDiff")
    alone = [each for each in first if not is_member(each, SetValue(second), span)]
    return make_set(
        [*alone, *(each for each in second if not is_member(each, SetValue(first), span))], span
    )


def _quantify(span: Span, elements: Any, test: Operator) -> int:
    return len(_satisfying(elements, test, span, "Quantify"))


def _choose_unique(span: Span, elements: Any, test: Operator) -> Value:
    found = _satisfying(elements, test, span, "ChooseUnique")
    if len(found) != 1:
        fail(span, f"ChooseUnique needs one such element, but found {len(found)}")
    return found[0]


def _satisfying(elements: Any, test: Operator, span: Span, operator: str) -> list[Value]:
    candidates = elements_of(elements, span, operator)
    return [each for each in candidates if truth_operand(test(each), span, operator)]


def _max(span: Span, elements: Any) -> int:
    return max(_numbers(elements, span, "Max"))


def _min(span: Span, elements: Any) -> int:
    return min(_numbers(elements, span, "Min"))


def _numbers(elements: Any, span: Span, operator: str) -> list[int]:
    found = elements_of(elements, span, operator)
    if not found:
        fail(span, f"{operator} of the empty set")
    return [number_operand(each, span, operator) for each in found]


def _subsets_of_size(span: Span, size: Any, elements: Any) -> SetValue:
    wanted = number_operand(size, span, "kSubset")
    found = elements_of(elements, span, "kSubset")
    if not 0 <= wanted <= len(found):
        return SetValue(())
    if math.comb(len(found), wanted) > MAX_ENUMERATED:
        fail(span, f"kSubset has more than {MAX_ENUMERATED:,} elements")
    return SetValue(map(SetValue, itertools.combinations(found, wanted)))


def _choices(span: Span, sets: Any) -> SetValue:
    groups = [elements_of(each, span, "Choices") for each in elements_of(sets, span, "Choices")]
    if math.prod(map(len, groups)) > MAX_ENUMERATED:
        fail(span, f"Choices has more than {MAX_ENUMERATED:,} elements")
    return SetValue([make_set(chosen, span) for chosen in itertools.product(*groups)])


FINITE_SETS_EXT: dict[str, Builtin] = table(
    Builtin("FoldSet", 3, _fold_set, operators=((0, 2),), in_session=True),
    Builtin("ReduceSet", 3, _reduce_set, operators=((0, 2),), in_session=True),
    Builtin("SumSet", 1, _sum_set),
    Builtin("ProductSet", 1, _product_set),
    Builtin("MapThenSumSet", 2, _map_then_sum, operators=((0, 1),)),
    Builtin("FlattenSet", 1, _flatten),
    Builtin("SymDiff", 2, _difference),
    Builtin("Quantify", 2, _quantify, operators=((1, 1),)),
    Builtin("ChooseUnique", 2, _choose_unique, operators=((1, 1),)),
    Builtin("Max", 1, _max),
    Builtin("Min", 1, _min),
    Builtin("kSubset", 2, _subsets_of_size),
    Builtin("Choices", 1, _choices),
)
