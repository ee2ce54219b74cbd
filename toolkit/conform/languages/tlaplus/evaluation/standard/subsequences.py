"""SequencesExt: parts of sequences, where they are found and what takes their place."""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from typing import Any

from conform.domain.values import FunctionValue, SetValue, Value, sequence
from conform.languages.tlaplus.evaluation.failing import fail
from conform.languages.tlaplus.evaluation.results import elements_of, values_equal
from conform.languages.tlaplus.evaluation.scope import Builtin
from conform.languages.tlaplus.evaluation.sets import MAX_ENUMERATED
from conform.languages.tlaplus.evaluation.standard.folds import Operator
from conform.languages.tlaplus.evaluation.standard.operands import (
    number_operand,
    sequence_operand,
    table,
    truth_operand,
)
from conform.text import Span

Elements = tuple[Value, ...]


def _elements(value: Any, span: Span, operator: str) -> Elements:
    return sequence_operand(value, span, operator).values


def _same(left: Elements, right: Elements, span: Span) -> bool:
    return values_equal(sequence(left), sequence(right), span)


# ------------------------------------------------------------------------- prefixes and suffixes


def _is_prefix(span: Span, part: Any, whole: Any) -> bool:
    first, second = _elements(part, span, "IsPrefix"), _elements(whole, span, "IsPrefix")
    return len(first) <= len(second) and _same(first, second[: len(first)], span)


def _is_strict_prefix(span: Span, part: Any, whole: Any) -> bool:
    return _is_prefix(span, part, whole) and len(part.values) < len(whole.values)


def _is_suffix(span: Span, part: Any, whole: Any) -> bool:
    first, second = _elements(part, span, "IsSuffix"), _elements(whole, span, "IsSuffix")
    return len(first) <= len(second) and _same(first, second[len(second) - len(first) :], span)


def _is_strict_suffix(span: Span, part: Any, whole: Any) -> bool:
    return _is_suffix(span, part, whole) and len(part.values) < len(whole.values)


def _prefixes(span: Span, value: Any) -> SetValue:
    elements = _elements(value, span, "Prefixes")
    return SetValue([sequence(elements[:length]) for length in range(len(elements) + 1)])


def _suffixes(span: Span, value: Any) -> SetValue:
    elements = _elements(value, span, "Suffixes")
    return SetValue([sequence(elements[start:]) for start in range(len(elements) + 1)])


def _common_prefixes(span: Span, sequences: Any) -> SetValue:
    longest = _common(sequences, span, "CommonPrefixes")
    if longest is None:
        return SetValue(())
    return SetValue([sequence(longest[:length]) for length in range(len(longest) + 1)])


def _longest_common_prefix(span: Span, sequences: Any) -> FunctionValue:
    longest = _common(sequences, span, "LongestCommonPrefix")
    if longest is None:
        fail(span, "LongestCommonPrefix of no sequence")
    return sequence(longest)


def _common(sequences: Any, span: Span, operator: str) -> Elements | None:
    """Return the longest common prefix of a set of sequences, None for the empty set."""
    found = elements_of(sequences, span, operator)
    if not found:
        return None
    columns = zip(*(_elements(each, span, operator) for each in found), strict=False)
    shared = itertools.takewhile(
        lambda column: all(values_equal(column[0], each, span) for each in column), columns
    )
    return tuple(column[0] for column in shared)


# -------------------------------------------------------------------------------------- searching


def _select(span: Span, value: Any, test: Operator) -> int:
    return _first_match(value, 1, None, test, span, "SelectInSeq")


def _select_last(span: Span, value: Any, test: Operator) -> int:
    return _first_match(value, None, 1, test, span, "SelectLastInSeq")


def _select_within(span: Span, value: Any, start: Any, end: Any, test: Operator) -> int:
    first = number_operand(start, span, "SelectInSubSeq")
    last = number_operand(end, span, "SelectInSubSeq")
    return _first_match(value, first, last, test, span, "SelectInSubSeq")


def _select_last_within(span: Span, value: Any, start: Any, end: Any, test: Operator) -> int:
    first = number_operand(start, span, "SelectLastInSubSeq")
    last = number_operand(end, span, "SelectLastInSubSeq")
    elements = _elements(value, span, "SelectLastInSubSeq")
    places = range(min(last, len(elements)), max(first, 1) - 1, -1)
    return _match(elements, places, test, span, "SelectLastInSubSeq")


def _first_match(
    value: Any, first: int | None, last: int | None, test: Operator, span: Span, operator: str
) -> int:
    """Return the first place that passes the test, from the end if `first` is None; 0 if none."""
    elements = _elements(value, span, operator)
    if first is None:
        return _match(elements, range(len(elements), 0, -1), test, span, operator)
    end = len(elements) if last is None else min(last, len(elements))
    return _match(elements, range(max(first, 1), end + 1), test, span, operator)


def _match(elements: Elements, places: range, test: Operator, span: Span, operator: str) -> int:
    for place in places:
        if truth_operand(test(elements[place - 1]), span, operator):
            return place
    return 0


def _contiguous(span: Span, value: Any) -> SetValue:
    elements = _elements(value, span, "SubSeqs")
    many = len(elements) + 1
    parts = {elements[start:end] for start, end in itertools.combinations(range(many), 2)}
    return SetValue(map(sequence, [(), *parts]))


def _all_subsequences(span: Span, value: Any) -> SetValue:
    elements = _elements(value, span, "AllSubSeqs")
    if 2 ** min(len(elements), 64) > MAX_ENUMERATED:
        fail(span, f"AllSubSeqs has more than {MAX_ENUMERATED:,} elements")
    lengths = range(len(elements) + 1)
    chosen = (itertools.combinations(elements, length) for length in lengths)
    return SetValue(map(sequence, itertools.chain.from_iterable(chosen)))


def _found_at(part: Elements, whole: Elements, span: Span, start: int = 0) -> int | None:
    """Return the offset at which `part` occurs first from `start` on, or None."""
    for offset in range(start, len(whole) - len(part) + 1):
        if _same(part, whole[offset : offset + len(part)], span):
            return offset
    return None


def _index_of(span: Span, part: Any, whole: Any) -> int:
    operator = "IndexFirstSubSeq"
    offset = _found_at(_elements(part, span, operator), _elements(whole, span, operator), span)
    if offset is None:
        fail(span, "IndexFirstSubSeq does not find the first sequence in the second")
    return offset + 1


# -------------------------------------------------------------------------------------- replacing


def _replace_part_at(span: Span, place: Any, new: Any, old: Any, whole: Any) -> FunctionValue:
    operator = "ReplaceSubSeqAt"
    elements = _elements(whole, span, operator)
    at = number_operand(place, span, operator)
    if not 1 <= at <= len(elements) + 1:
        fail(span, f"{operator} needs a position in 1..{len(elements) + 1}, but found {at}")
    rest = elements[at - 1 + len(_elements(old, span, operator)) :]
    return sequence(elements[: at - 1] + _elements(new, span, operator) + rest)


def _replace_first(span: Span, new: Any, old: Any, whole: Any) -> FunctionValue:
    operator = "ReplaceFirstSubSeq"
    elements, part = _elements(whole, span, operator), _elements(old, span, operator)
    offset = _found_at(part, elements, span)
    if offset is None:
        return sequence(elements)
    after = elements[offset + len(part) :]
    return sequence(elements[:offset] + _elements(new, span, operator) + after)


def _replace_each(span: Span, new: Any, old: Any, whole: Any) -> FunctionValue:
    operator = "ReplaceAllSubSeqs"
    elements, part = _elements(whole, span, operator), _elements(old, span, operator)
    replacement = _elements(new, span, operator)
    if not part and elements:  # an empty part occurs before each element
        return sequence([x for element in elements for x in (*replacement, element)])
    return sequence(_with_replacements(elements, part, replacement, span))


def _with_replacements(
    elements: Elements, part: Elements, replacement: Elements, span: Span
) -> Iterator[Value]:
    start = 0
    while (offset := _found_at(part, elements, span, start)) is not None:
        yield from elements[start:offset]
        yield from replacement
        start = offset + len(part)
        if not part:
            break
    yield from elements[start:]


PARTS: dict[str, Builtin] = table(
    Builtin("IsPrefix", 2, _is_prefix),
    Builtin("IsStrictPrefix", 2, _is_strict_prefix),
    Builtin("IsSuffix", 2, _is_suffix),
    Builtin("IsStrictSuffix", 2, _is_strict_suffix),
    Builtin("Prefixes", 1, _prefixes),
    Builtin("Suffixes", 1, _suffixes),
    Builtin("CommonPrefixes", 1, _common_prefixes),
    Builtin("LongestCommonPrefix", 1, _longest_common_prefix),
    Builtin("SelectInSeq", 2, _select, operators=((1, 1),)),
    Builtin("SelectInSubSeq", 4, _select_within, operators=((3, 1),)),
    Builtin("SelectLastInSeq", 2, _select_last, operators=((1, 1),)),
    Builtin("SelectLastInSubSeq", 4, _select_last_within, operators=((3, 1),)),
    Builtin("SubSeqs", 1, _contiguous),
    Builtin("AllSubSeqs", 1, _all_subsequences),
    Builtin("IndexFirstSubSeq", 2, _index_of),
    Builtin("ReplaceSubSeqAt", 4, _replace_part_at),
    Builtin("ReplaceFirstSubSeq", 3, _replace_first),
    Builtin("ReplaceAllSubSeqs", 3, _replace_each),
)
