"""A word for nothing in one reading, and a record without contents in another."""

from __future__ import annotations

from collections.abc import Iterator

from conform.check.agreement.value_matching import match_values
from conform.domain.report import Verdict
from conform.domain.values import FunctionValue, Value, function, record
from tests.unit.check.agreement.pairs import compared
from tests.unit.explore.toys import Toy, Vars

NAMES = ("left", "right")
HELD = record({"owner": "w1", "version": 1})
EMPTY = record({"owner": "NONE", "version": 0})


def locks(*images: Value) -> list[FunctionValue]:
    return [function({"t1": image}) for image in images]


def lock(free: Value, held: Value) -> Toy:
    """Return a lock that is taken and released."""
    toy = Toy(("lock",), lambda: [{"lock": function({"t1": free})}])

    def turned(old: Value, new: Value) -> object:
        def step(values: Vars) -> Iterator[dict[str, Value]]:
            if values["lock"] == function({"t1": old}):
                yield {"lock": function({"t1": new})}

        return step

    toy.action("Take", turned(free, held), ["lock"], ["lock"])  # type: ignore[arg-type]
    toy.action("Release", turned(held, free), ["lock"], ["lock"])  # type: ignore[arg-type]
    return toy


def test_record_of_nothing_is_a_word_for_it() -> None:
    outcome = compared(lock("NULL", HELD), lock(EMPTY, HELD))
    (row,) = outcome.rows
    assert (row.verdict, outcome.findings, row.states) == (Verdict.PASS, (), 2)


def test_record_with_contents_stays_another_value() -> None:
    outcome = compared(lock("NULL", HELD), lock(record({"owner": "w2", "version": 0}), HELD))
    assert [finding.code for finding in outcome.findings] == ["CF320"]


def test_difference_behind_the_word_is_found() -> None:
    other = record({"owner": "w1", "version": 2})
    outcome = compared(lock("NULL", HELD), lock(EMPTY, other))
    assert {finding.code for finding in outcome.findings} == {"CF322"}


def test_side_with_word_and_record_is_left_as_it_is() -> None:
    matching = match_values(locks("NULL", HELD), locks("NULL", EMPTY, HELD), NAMES)
    assert (matching.vacant, matching.reason) == (None, "")


def test_records_of_other_fields_are_not_compared_and_it_is_said() -> None:
    fuller = record({"held": True, "owner": "w1", "version": 1})
    matching = match_values(locks(EMPTY, HELD), locks(fuller), NAMES)
    assert matching.reason == (
        "left has records of owner, version, right records of held, owner, version"
    )


def pair(*values: Value) -> FunctionValue:
    return function(dict(enumerate(values, start=1)))


def test_pair_is_the_record_whose_fields_have_these_kinds() -> None:
    outcome = compared(lock("NULL", pair(1, "w1")), lock(EMPTY, HELD))
    (row,) = outcome.rows
    assert (row.verdict, outcome.findings, row.states) == (Verdict.PASS, (), 2)


def test_difference_inside_a_pair_is_found() -> None:
    outcome = compared(lock("NULL", pair("w1", 2)), lock(EMPTY, HELD))
    assert {finding.code for finding in outcome.findings} == {"CF322"}


def test_pair_that_leaves_the_fields_open_is_not_compared() -> None:
    open_record = record({"owner": "w1", "region": "eu"})
    matching = match_values(locks(pair("w1", "eu")), locks(open_record), NAMES)
    assert matching.reason == "left has tuples, right records of owner, region"


def test_functions_that_are_no_pairs_stay_as_they_are() -> None:
    longer = match_values(locks(pair("w1", 1, 2)), locks(HELD), NAMES)
    both = match_values(locks(pair("w1", 1), HELD), locks(HELD), NAMES)
    assert (both.fields, both.reason) == ((), "")
    assert longer.reason == "left has tuples, right records of owner, version"
