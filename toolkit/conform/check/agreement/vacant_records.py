"""Records inside functions: the one that stands for nothing, and those with other fields.

Where one reading says that a task has no lock by a word, `lock = [t1 |-> "NULL"]`, another may say
it by a record without contents, `lock = [t1 |-> [owner |-> "NONE", version |-> 0]]`.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from conform.domain.values import FunctionValue, Value

NOTHING = frozenset({"none", "null", "nil"})
"""Words for the absence of a value, in whatever case."""


def vacant_record(words: Iterable[Value], records: Iterable[Value]) -> tuple[Value, str] | None:
    """Return the record among values that stands for a word for nothing among others, and the word.

    None where there is not one of each, or where the side with the records has such words as well.
    """
    ours, theirs = list(images_of(words)), list(images_of(records))
    said = {each for each in ours if isinstance(each, str) and each.casefold() in NOTHING}
    vacant = {each for each in theirs if _is_vacant(each)}
    if len(said) != 1 or len(vacant) != 1 or not all(isinstance(e, FunctionValue) for e in theirs):
        return None
    if any(map(_is_vacant, ours)):
        return None
    return vacant.pop(), said.pop()


def other_fields(one: Iterable[Value], other: Iterable[Value]) -> tuple[str, str] | None:
    """Return the fields of the records on two sides, if no record of one has those of the other."""
    ours, theirs = (
        set(map(fields_of, filter(is_record, images_of(each)))) for each in (one, other)
    )
    if not ours or not theirs or ours & theirs:
        return None
    return _shown(min(ours)), _shown(min(theirs))


def _shown(fields: tuple[str, ...]) -> str:
    return ", ".join(fields)


def images_of(values: Iterable[Value]) -> Iterator[Value]:
    """Yield the images of functions among values."""
    for value in values:
        if isinstance(value, FunctionValue):
            yield from value.values


def is_record(value: Value) -> bool:
    """Say whether a value is a record of at least one field."""
    return (
        isinstance(value, FunctionValue)
        and len(value) > 0
        and all(isinstance(each, str) for each in value.domain.elements)
    )


def fields_of(value: Value) -> tuple[str, ...]:
    """Return the fields of a record in the order of their names."""
    assert isinstance(value, FunctionValue)
    return tuple(sorted(str(each) for each in value.domain.elements))


def _is_vacant(value: Value) -> bool:
    """Say whether a record holds nothing: a word for it, and else no more than 0 and FALSE."""
    if not isinstance(value, FunctionValue) or not is_record(value):
        return False
    words = [each for each in value.values if isinstance(each, str)]
    others = [each for each in value.values if not isinstance(each, str)]
    is_said = bool(words) and all(each.casefold() in NOTHING for each in words)
    return is_said and all(type(each) in (int, bool) and not each for each in others)
