"""Bags: functions from elements to how many copies of them there are.

Source followed: tlc2.module.Bags of TLC, which looks at the counts where an operator adds or
compares them, and takes any function where it does not.
"""

from __future__ import annotations

import itertools
from collections.abc import Callable
from typing import Any

from conform.domain.values import FunctionValue, SetValue, Value, in_order
from conform.languages.tlaplus.evaluation.failing import expect_failure, fail
from conform.languages.tlaplus.evaluation.functions import RecursiveFunctionValue, domain_over
from conform.languages.tlaplus.evaluation.results import elements_of, is_member, settle
from conform.languages.tlaplus.evaluation.scope import Builtin
from conform.languages.tlaplus.evaluation.session import Session
from conform.languages.tlaplus.evaluation.sets import MAX_ENUMERATED
from conform.languages.tlaplus.evaluation.standard.operands import (
    comparable,
    function_from,
    function_operand,
    in_range,
    number_operand,
    table,
)
from conform.text import Span


def bag_operand(value: Any, span: Span, operator: str) -> dict[Value, int]:
    """Return the copies of each element of a bag, in canonical order, or raise EvaluationError."""
    bag = function_operand(value, span, operator)
    if not _has_counts(bag):
        expect_failure(span, "a bag", value, operator)
    return {element: copies for element, copies in bag.items() if type(copies) is int}


def bag_from(copies: dict[Value, int], span: Span) -> FunctionValue:
    """Return the bag of so many copies; elements without any are left out."""
    present: dict[Value, Value] = {
        element: in_range(count, span, "a bag") for element, count in copies.items() if count > 0
    }
    return function_from(present, span)


def _bag_over(copies: dict[Value, int], span: Span) -> FunctionValue:
    """Return the bag of so many copies of elements that are known to be comparable."""
    present = {each: in_range(count, span, "a bag") for each, count in copies.items() if count > 0}
    domain = domain_over(in_order(present))
    return FunctionValue(domain, tuple([present[each] for each in domain.elements]))


def _has_counts(value: FunctionValue) -> bool:
    for copies in value.values:
        if type(copies) is not int or copies <= 0:
            return False
    return True


def _check_joined(elements: dict[Value, int], added: dict[Value, int], span: Span) -> None:
    """Raise EvaluationError unless the elements of two bags can be told apart.

    Those of one bag can, if they are of one kind: what both bags have is not compared again.
    """
    kinds = {*map(type, elements), *map(type, added)}  # Python takes TRUE and 1 for one key
    if len(kinds) > 1 or not elements.keys() >= added.keys():
        comparable((*elements, *added), span)


def _is_a_bag(_span: Span, value: Any) -> bool:
    if isinstance(value, RecursiveFunctionValue):
        value = value.explicit(_span)
    return isinstance(value, FunctionValue) and _has_counts(value)


def _set_to_bag(span: Span, elements: Any) -> FunctionValue:
    return bag_from(dict.fromkeys(elements_of(elements, span, "SetToBag"), 1), span)


def _bag_to_set(span: Span, bag: Any) -> SetValue:
    return SetValue(function_operand(bag, span, "BagToSet").domain.elements)


def _bag_in(span: Span, element: Any, bag: Any) -> bool:
    return is_member(element, _bag_to_set(span, bag), span)


def _copies_in(span: Span, element: Any, bag: Any) -> Value:
    function = function_operand(bag, span, "CopiesIn")
    if not _bag_in(span, element, bag):
        return 0
    copies = function.get(settle(element, span))
    return number_operand(copies, span, "CopiesIn")


def _sum(left: Any, right: Any, span: Span, operator: str) -> dict[Value, int]:
    total, added = bag_operand(left, span, operator), bag_operand(right, span, operator)
    _check_joined(total, added, span)
    for element, copies in added.items():
        total[element] = total.get(element, 0) + copies
    return total


def _add(span: Span, left: Any, right: Any) -> FunctionValue:
    return _bag_over(_sum(left, right, span, "`(+)`"), span)


def _subtract(span: Span, left: Any, right: Any) -> FunctionValue:
    rest = bag_operand(left, span, "`(-)`")
    taken = bag_operand(right, span, "`(-)`")
    _check_joined(rest, taken, span)
    return _bag_over({each: rest[each] - taken.get(each, 0) for each in rest}, span)


def _is_subbag(span: Span, left: Any, right: Any) -> bool:
    smaller = bag_operand(left, span, "`\\sqsubseteq`")
    larger = bag_operand(right, span, "`\\sqsubseteq`")
    _check_joined(larger, smaller, span)
    return all(copies <= larger.get(each, 0) for each, copies in smaller.items())


def _union(span: Span, bags: Any) -> FunctionValue:
    total: FunctionValue = bag_from({}, span)
    for bag in elements_of(bags, span, "BagUnion"):
        total = _bag_over(_sum(total, bag, span, "BagUnion"), span)
    return total


def _cardinality(span: Span, bag: Any) -> int:
    copies = bag_operand(bag, span, "BagCardinality").values()
    return in_range(sum(copies), span, "BagCardinality")


def _subbags(span: Span, bag: Any) -> SetValue:
    copies = bag_operand(bag, span, "SubBag")
    many = 1
    for count in copies.values():
        many *= count + 1
        if many > MAX_ENUMERATED:
            fail(span, f"SubBag has more than {MAX_ENUMERATED:,} elements")
    choices = itertools.product(*(range(count + 1) for count in copies.values()))
    return SetValue([bag_from(dict(zip(copies, choice, strict=True)), span) for choice in choices])


def _bag_of_all(span: Span, image: Callable[[Any], Any], bag: Any) -> FunctionValue:
    copies = bag_operand(bag, span, "BagOfAll")
    images = [settle(image(element), span) for element in copies]
    comparable(images, span)
    many: dict[Value, int] = {}
    for value, count in zip(images, copies.values(), strict=True):
        many[value] = many.get(value, 0) + count
    return bag_from(many, span)


BAGS: dict[str, Builtin] = table(
    Builtin("IsABag", 1, _is_a_bag),
    Builtin("BagToSet", 1, _bag_to_set),
    Builtin("SetToBag", 1, _set_to_bag),
    Builtin("BagIn", 2, _bag_in),
    Builtin("EmptyBag", 0, lambda span: bag_from({}, span)),
    Builtin("(+)", 2, _add),
    Builtin("(-)", 2, _subtract),
    Builtin("BagUnion", 1, _union),
    Builtin("\\sqsubseteq", 2, _is_subbag),
    Builtin("SubBag", 1, _subbags),
    Builtin("BagOfAll", 2, _bag_of_all, operators=((0, 1),)),
    Builtin("BagCardinality", 1, _cardinality),
    Builtin("CopiesIn", 2, _copies_in),
)


def _bag_add(span: Span, bag: Any, element: Any) -> FunctionValue:
    copies = bag_operand(bag, span, "BagAdd")
    added = settle(element, span)
    comparable((*copies, added), span)
    return bag_from({**copies, added: copies.get(added, 0) + 1}, span)


def _bag_remove(span: Span, bag: Any, element: Any) -> FunctionValue:
    return _without(bag, element, 1, span, "BagRemove")


def _bag_remove_all(span: Span, bag: Any, element: Any) -> FunctionValue:
    return _without(bag, element, None, span, "BagRemoveAll")


def _without(bag: Any, element: Any, many: int | None, span: Span, operator: str) -> FunctionValue:
    copies = bag_operand(bag, span, operator)
    removed = settle(element, span)
    if is_member(removed, SetValue(copies), span):
        copies[removed] -= copies[removed] if many is None else many
    return bag_from(copies, span)


def _fold_bag(
    session: Session, span: Span, combine: Callable[[Any, Any], Any], base: Any, bag: Any
) -> Value:
    result = settle(base, span)
    copies = bag_operand(bag, span, "FoldBag")
    for element in reversed(session.order.arranged(SetValue(copies))):
        for _copy in range(copies[element]):
            result = settle(combine(element, result), span)
    return result


def _sum_bag(span: Span, bag: Any) -> int:
    pairs = bag_operand(bag, span, "SumBag").items()
    total = sum(number_operand(element, span, "SumBag") * copies for element, copies in pairs)
    return in_range(total, span, "SumBag")


def _product_bag(span: Span, bag: Any) -> int:
    product = 1
    for element, copies in bag_operand(bag, span, "ProductBag").items():
        factor = number_operand(element, span, "ProductBag")
        power = factor if abs(factor) < 2 and copies % 2 else factor ** min(copies, 32)
        product = in_range(product * power, span, "ProductBag")
    return product


BAGS_EXT: dict[str, Builtin] = table(
    Builtin("BagAdd", 2, _bag_add),
    Builtin("BagRemove", 2, _bag_remove),
    Builtin("BagRemoveAll", 2, _bag_remove_all),
    Builtin("FoldBag", 3, _fold_bag, operators=((0, 2),), in_session=True),
    Builtin("SumBag", 1, _sum_bag),
    Builtin("ProductBag", 1, _product_bag),
)
