"""Values that are told apart though they are of another make: a word or a tuple, and a record.

A document may say `index[o] := EMPTY` or `index[o] := (LOG, n)` where the model has a record. The
word says what a field of the record is, and the parts of the tuple do, each in some order. A word
that is an initial value, `all unlocked`, stands for the record that the model begins with.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping

from conform.check.agreement.vacant_records import is_record
from conform.check.models.reached_values import atoms, name_of
from conform.domain.spec import Spec
from conform.domain.values import FunctionValue, Value, format_value

_BEGINS_AS = re.compile(
    r"(?:all\s+)?[\"'`]?(?P<word>[^\W\d]\w*)[\"'`]?(?:\s+for\s+(?:all|each|every)\b.*)?", re.I
)
"""An initial value that is one word: *all unlocked*, `EMPTY` for every offset."""


def standing_words(document: Spec, first: Mapping[str, Value]) -> dict[str, Value]:
    """Return the records that words of a document stand for, as its initial values tell.

    `first` has the values of its variables in the model's initial state. A word that a document
    declares, or that would stand for two records, stands for none.
    """
    kinds = (document.constants, document.variables, document.helpers)
    declared = {each.name for kind in kinds for each in kind}
    found: dict[str, Value | None] = {}
    for variable in document.variables:
        said = _BEGINS_AS.fullmatch(variable.initial_text.strip())
        record = _common_record(first.get(variable.name))
        if said and record is not None and said["word"] not in declared:
            known = found.setdefault(said["word"], record)
            found[said["word"]] = record if known == record else None
    return {word: record for word, record in found.items() if record is not None}


def _common_record(value: Value | None) -> Value | None:
    """Return a record, or the one that a function has everywhere; None for anything else."""
    if not isinstance(value, FunctionValue):
        return None
    if is_record(value):
        return value
    images = set(value.values)
    image = next(iter(images), None)
    return (
        image
        if len(images) == 1 and isinstance(image, FunctionValue) and is_record(image)
        else None
    )


def unlike_part(
    name: str, stated: Value, actual: Value, known: Collection[str]
) -> tuple[str, Value, Value] | None:
    """Return the first part of a variable where a model's record is not what is stated of it.

    `known` are the names that the variable has within its values: of others nobody knows what they
    stand for. None where no part is surely another one.
    """
    if not isinstance(actual, FunctionValue):
        return None
    if is_record(actual) and not is_record(stated):
        return (name, stated, actual) if _is_unlike(stated, actual, known) else None
    if not isinstance(stated, FunctionValue) or stated.domain.elements != actual.domain.elements:
        return None
    for key, one, other in zip(actual.domain.elements, stated.values, actual.values, strict=True):
        found = unlike_part(f"{name}[{format_value(key)}]", one, other, known)
        if found is not None:
            return found
    return None


def _is_unlike(stated: Value, record: FunctionValue, known: Collection[str]) -> bool:
    parts = [stated]
    if isinstance(stated, FunctionValue):
        if not stated.is_sequence or len(stated) != len(record):
            return False
        parts = list(stated.values)
    names = set(_names(parts))
    if not names or not names <= set(known):
        return False
    if not names <= set(_names([record])):
        return True
    numbers, others = _numbers(parts), _numbers(record.values)
    return len(numbers) == len(others) == 1 and numbers != others


def _names(values: Collection[Value]) -> Iterator[str]:
    return (name for value in values for part in atoms(value) for name in name_of(part))


def _numbers(values: Collection[Value]) -> list[int]:
    return [value for value in values if isinstance(value, int) and not isinstance(value, bool)]
