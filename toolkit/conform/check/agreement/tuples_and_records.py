"""Tuples inside the functions of one reading where another has records: which field is where.

A lock that is `⟨w, 3⟩` in one reading may be `[owner |-> w, version |-> 3]` in another. The fields
are told apart by the kinds of their values.
"""

from __future__ import annotations

from collections.abc import Iterable

from conform.check.agreement.vacant_records import fields_of, images_of, is_record
from conform.domain.values import FunctionValue, ModelValue, Value, kind_of, sequence_domain


def tuples_of_records(
    tuples: Iterable[Value], records: Iterable[Value]
) -> tuple[tuple[str, ...], str] | None:
    """Return the fields of records in the order of tuples, and why there is no such order.

    None where the images of the one are no tuples, or those of the other no records of as many
    fields. The reason is empty, or the order.
    """
    ours = {each for each in images_of(tuples) if _is_tuple(each)}
    theirs = {each for each in images_of(records) if is_record(each)}
    if any(map(is_record, images_of(tuples))) or any(map(_is_tuple, images_of(records))):
        return None
    fields = {fields_of(each) for each in theirs}
    sizes = {len(each) for each in ours if isinstance(each, FunctionValue)}
    if len(sizes) != 1 or len(fields) != 1:
        return None
    (names,) = fields
    places = [_kinds(ours, place) for place in range(1, sizes.pop() + 1)]
    by_kind = {kinds: name for name in names for kinds in [_kinds(theirs, name)]}
    if len(by_kind) != len(names) or len(places) != len(names) or set(places) != by_kind.keys():
        return (), f"records of {', '.join(names)}"
    return tuple(by_kind[kinds] for kinds in places), ""


def as_tuple(value: Value, fields: tuple[str, ...]) -> Value:
    """Return the tuple that a record of these fields stands for; any other value as it is."""
    if not isinstance(value, FunctionValue) or not is_record(value):
        return value
    if fields_of(value) != tuple(sorted(fields)):
        return value
    images = [image for field in fields if (image := value.get(field)) is not None]
    return FunctionValue(sequence_domain(len(fields)), tuple(images))


def _is_tuple(value: Value) -> bool:
    return isinstance(value, FunctionValue) and value.is_sequence and len(value) > 1


def _kinds(values: Iterable[Value], place: Value) -> frozenset[str]:
    images = (value.get(place) for value in values if isinstance(value, FunctionValue))
    return frozenset(
        "a name" if isinstance(each, str | ModelValue) else kind_of(each)
        for each in images
        if each is not None
    )
