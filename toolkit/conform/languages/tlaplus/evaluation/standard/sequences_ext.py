"""SequencesExt, a module of the community: what sequences hold, their parts, and their changes.

`subsequences.py` has what searches and replaces parts of sequences.
"""

from __future__ import annotations

import itertools
import math
from collections.abc import Iterable
from typing import Any

from conform.domain.values import FunctionValue, SetValue, Value, sequence
from conform.languages.tlaplus.evaluation.failing import fail
from conform.languages.tlaplus.evaluation.results import (
    elements_of,
    settle,
    values_equal,
)
from conform.languages.tlaplus.evaluation.scope import Builtin
from conform.languages.tlaplus.evaluation.session import Session
from conform.languages.tlaplus.evaluation.sets import (
    MAX_ENUMERATED,
    Interval,
    LazySet,
    count_of,
)
from conform.languages.tlaplus.evaluation.spaces import FunctionSpace
from conform.languages.tlaplus.evaluation.standard.folds import (
    Operator,
    folded,
    folded_from_left,
)
from conform.languages.tlaplus.evaluation.standard.functions import FUNCTIONS, range_of
from conform.languages.tlaplus.evaluation.standard.operands import (
    number_operand,
    sequence_operand,
    set_operand,
    table,
    truth_operand,
)
from conform.languages.tlaplus.evaluation.standard.sorting import sorted_by
from conform.text import Span


def _elements(value: Any, span: Span, operator: str) -> tuple[Value, ...]:
    return sequence_operand(value, span, operator).values


# ------------------------------------------------------------------------------ sets of sequences


def _to_seq(session: Session, span: Span, elements: Any) -> FunctionValue:
    return sequence(session.order.elements_of(elements, span, "SetToSeq"))


def _to_seqs(span: Span, elements: Any) -> SetValue:
    found = elements_of(elements, span, "SetToSeqs")
    return _arrangements(found, [len(found)], span, "SetToSeqs")


def _to_all_arrangements(span: Span, elements: Any) -> SetValue:
    found = elements_of(elements, span, "SetToAllKPermutations")
    return _arrangements(found, range(len(found) + 1), span, "SetToAllKPermutations")


def _arrangements(
    elements: tuple[Value, ...], lengths: Iterable[int], span: Span, operator: str
) -> SetValue:
    wanted = tuple(lengths)
    if sum(math.perm(len(elements), length) for length in wanted) > MAX_ENUMERATED:
        fail(span, f"{operator} has more than {MAX_ENUMERATED:,} elements")
    chosen = (itertools.permutations(elements, length) for length in wanted)
    return SetValue(map(sequence, itertools.chain.from_iterable(chosen)))


def _to_sorted(session: Session, span: Span, elements: Any, precedes: Operator) -> FunctionValue:
    found = session.order.elements_of(elements, span, "SetToSortSeq")
    return sorted_by(found, precedes, span, "SetToSortSeq")


def _tuples(span: Span, elements: Any, length: Any) -> LazySet:
    wanted = number_operand(length, span, "TupleOf")
    return FunctionSpace(Interval(1, wanted), set_operand(elements, span, "TupleOf"))


def _bounded(span: Span, elements: Any, length: Any) -> SetValue:
    limit = number_operand(length, span, "BoundedSeq")
    base = set_operand(elements, span, "BoundedSeq")
    size = count_of(base)
    if size is None or sum(size ** min(each, 64) for each in range(limit + 1)) > MAX_ENUMERATED:
        fail(span, f"BoundedSeq has more than {MAX_ENUMERATED:,} elements")
    found = elements_of(base, span, "BoundedSeq")
    chosen = (itertools.product(found, repeat=length) for length in range(limit + 1))
    return SetValue(map(sequence, itertools.chain.from_iterable(chosen)))


# --------------------------------------------------------------------------- elements and changes


def _contains(span: Span, value: Any, element: Any) -> bool:
    return _position(value, element, span, "Contains") > 0


def _position(value: Any, element: Any, span: Span, operator: str) -> int:
    """Return where `element` occurs first, 0 if it does not."""
    for place, each in enumerate(_elements(value, span, operator), start=1):
        if values_equal(each, element, span):
            return place
    return 0


def _reverse(span: Span, value: Any) -> FunctionValue:
    return sequence(reversed(_elements(value, span, "Reverse")))


def _remove(span: Span, value: Any, element: Any) -> FunctionValue:
    elements = _elements(value, span, "Remove")
    return sequence([each for each in elements if not values_equal(each, element, span)])


def _remove_first(span: Span, value: Any, element: Any) -> FunctionValue:
    place = _position(value, element, span, "RemoveFirst")
    elements = _elements(value, span, "RemoveFirst")
    return sequence(elements[: place - 1] + elements[place:] if place else elements)


def _remove_first_match(span: Span, value: Any, test: Operator) -> FunctionValue:
    elements = _elements(value, span, "RemoveFirstMatch")
    for place, element in enumerate(elements):
        if truth_operand(test(element), span, "RemoveFirstMatch"):
            return sequence(elements[:place] + elements[place + 1 :])
    return sequence(elements)


def _replace_all(span: Span, value: Any, old: Any, new: Any) -> FunctionValue:
    replacement = settle(new, span)
    elements = _elements(value, span, "ReplaceAll")
    return sequence([replacement if values_equal(each, old, span) else each for each in elements])


def _insert_at(span: Span, value: Any, place: Any, element: Any) -> FunctionValue:
    elements = _elements(value, span, "InsertAt")
    at = _place(place, len(elements) + 1, span, "InsertAt")
    return sequence((*elements[: at - 1], settle(element, span), *elements[at - 1 :]))


def _replace_at(span: Span, value: Any, place: Any, element: Any) -> FunctionValue:
    elements = _elements(value, span, "ReplaceAt")
    at = _place(place, len(elements), span, "ReplaceAt")
    return sequence((*elements[: at - 1], settle(element, span), *elements[at:]))


def _remove_at(span: Span, value: Any, place: Any) -> FunctionValue:
    elements = _elements(value, span, "RemoveAt")
    at = _place(place, len(elements), span, "RemoveAt")
    return sequence(elements[: at - 1] + elements[at:])


def _place(value: Any, last: int, span: Span, operator: str) -> int:
    place = number_operand(value, span, operator)
    if not 1 <= place <= last:
        fail(span, f"{operator} needs a position in 1..{last}, but found {place}")
    return place


def _cons(span: Span, element: Any, value: Any) -> FunctionValue:
    return sequence((settle(element, span), *_elements(value, span, "Cons")))


def _snoc(span: Span, value: Any, element: Any) -> FunctionValue:
    return sequence((*_elements(value, span, "Snoc"), settle(element, span)))


def _front(span: Span, value: Any) -> FunctionValue:
    return sequence(_elements(value, span, "Front")[:-1])


def _last(span: Span, value: Any) -> Value:
    elements = _elements(value, span, "Last")
    return elements[-1] if elements else fail(span, "Last of the empty sequence")


def _flatten(span: Span, value: Any) -> FunctionValue:
    parts = [_elements(each, span, "FlattenSeq") for each in _elements(value, span, "FlattenSeq")]
    return sequence(itertools.chain.from_iterable(parts))


def _zip(span: Span, left: Any, right: Any) -> FunctionValue:
    return sequence([sequence(pair) for pair in _pairs(left, right, span, "Zip")])


def _interleave(span: Span, left: Any, right: Any) -> FunctionValue:
    return sequence(itertools.chain.from_iterable(_pairs(left, right, span, "Interleave")))


def _pairs(left: Any, right: Any, span: Span, operator: str) -> list[tuple[Value, Value]]:
    first, second = _elements(left, span, operator), _elements(right, span, operator)
    if len(first) != len(second):
        fail(span, f"{operator} needs sequences of one length: {len(first)} and {len(second)}")
    return list(zip(first, second, strict=True))


def _modulo(span: Span, place: Any, length: Any) -> int:
    number, many = number_operand(place, span, "SeqMod"), number_operand(length, span, "SeqMod")
    if many <= 0:
        fail(span, f"SeqMod needs a positive length, but found {many}")
    return number % many or many


# ------------------------------------------------------------------------------------------ folds


def _fold_seq(span: Span, combine: Operator, base: Any, value: Any) -> Value:
    return folded(combine, base, _elements(value, span, "FoldSeq"), span)


def _fold_left(span: Span, combine: Operator, base: Any, value: Any) -> Value:
    return folded_from_left(combine, base, _elements(value, span, "FoldLeft"), span)


def _fold_right(span: Span, combine: Operator, value: Any, base: Any) -> Value:
    return folded(combine, base, _elements(value, span, "FoldRight"), span)


def _fold_left_domain(span: Span, combine: Operator, base: Any, value: Any) -> Value:
    places = range(1, len(_elements(value, span, "FoldLeftDomain")) + 1)
    return folded_from_left(combine, base, places, span)


def _fold_right_domain(span: Span, combine: Operator, value: Any, base: Any) -> Value:
    places = range(1, len(_elements(value, span, "FoldRightDomain")) + 1)
    return folded(combine, base, places, span)


ELEMENTS: dict[str, Builtin] = table(
    Builtin("ToSet", 1, lambda span, value: range_of(value, span, "ToSet")),
    Builtin("SetToSeq", 1, _to_seq, in_session=True),
    Builtin("SetToSeqs", 1, _to_seqs),
    Builtin("SetToSortSeq", 2, _to_sorted, operators=((1, 2),), in_session=True),
    Builtin("SetToAllKPermutations", 1, _to_all_arrangements),
    Builtin("TupleOf", 2, _tuples),
    Builtin("SeqOf", 2, _bounded),
    Builtin("BoundedSeq", 2, _bounded),
    Builtin("Contains", 2, _contains),
    Builtin("Reverse", 1, _reverse),
    Builtin("Remove", 2, _remove),
    Builtin("RemoveFirst", 2, _remove_first),
    Builtin("RemoveFirstMatch", 2, _remove_first_match, operators=((1, 1),)),
    Builtin("ReplaceAll", 3, _replace_all),
    Builtin("InsertAt", 3, _insert_at),
    Builtin("ReplaceAt", 3, _replace_at),
    Builtin("RemoveAt", 2, _remove_at),
    Builtin("Cons", 2, _cons),
    Builtin("Snoc", 2, _snoc),
    Builtin("Front", 1, _front),
    Builtin("Last", 1, _last),
    Builtin("FlattenSeq", 1, _flatten),
    Builtin("Zip", 2, _zip),
    Builtin("Interleave", 2, _interleave),
    Builtin("SeqMod", 2, _modulo),
    Builtin("FoldSeq", 3, _fold_seq, operators=((0, 2),)),
    Builtin("FoldLeft", 3, _fold_left, operators=((0, 2),)),
    Builtin("FoldRight", 3, _fold_right, operators=((0, 2),)),
    Builtin("FoldLeftDomain", 3, _fold_left_domain, operators=((0, 2),)),
    Builtin("FoldRightDomain", 3, _fold_right_domain, operators=((0, 2),)),
    FUNCTIONS["IsInjective"],
)
