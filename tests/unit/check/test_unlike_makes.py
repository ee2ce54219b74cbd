"""Words and tuples of a document against the records of a model."""

from __future__ import annotations

import pytest

from conform.check.models.unlike_makes import unlike_part
from conform.domain.values import Value, record, sequence

KNOWN = frozenset(("LOG", "EMPTY", "MERGED"))
LOG_2 = record({"kind": "LOG", "size": 2})


@pytest.mark.parametrize(
    ("stated", "is_unlike"),
    [
        ("LOG", False),
        ("EMPTY", True),
        ("NONE", False),
        (sequence(("LOG", 2)), False),
        (sequence((2, "LOG")), False),
        (sequence(("LOG", 3)), True),
        (sequence(("MERGED", 2)), True),
        (sequence(("GONE", 3)), False),
        (sequence(("MERGED", 2, 3)), False),
        (7, False),
        (LOG_2, False),
    ],
)
def test_what_surely_is_not_the_record_is_told(stated: Value, is_unlike: bool) -> None:
    assert (unlike_part("log", stated, LOG_2, KNOWN) is not None) is is_unlike


def test_part_of_a_function_is_told_by_its_key() -> None:
    stated, actual = sequence(("LOG", "EMPTY")), sequence((LOG_2, LOG_2))
    assert unlike_part("log", stated, actual, KNOWN) == ("log[2]", "EMPTY", LOG_2)
