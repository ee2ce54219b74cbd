"""Words beside formulas, ends of ranges, and what texts say of other documents and counts."""

from __future__ import annotations

from pathlib import Path

import pytest

from conform.check.cf237_primitive import primitives_used
from conform.check.cf238_near_name import near_names
from conform.check.cf255_action_in_words import misdescribed_actions
from conform.check.cf277_used_by import disagreeing_uses
from conform.check.cf278_counted_parts import miscounted_parts
from conform.check.cf281_words_of_formula import contradicting_words
from conform.check.cf282_end_of_range import other_ends, other_names
from tests.unit.check.journal import Change, messages_of
from tests.unit.check.lamps import Lamp

STATED = """\
### Safety S1: Few

**Statement**: {}

### Liveness L1: GoesOut
"""
EDGE = "### Helper: Edge\n\n**Definition**: {}\n\n## 4. Actions\n"
PAGES = "1..LastPage"
CHOSEN = f"Edge == CHOOSE a \\in {PAGES} : \\A b \\in {PAGES} : a {{}} b\n\nInit ==\n"
BOOKING = "2-seat-booking-protocol.md"
JOURNAL = "1-page-journal-protocol.md"
PATTERN = "0-shared-store-pattern.md"


def words(statement: str, formula: str) -> list[str]:
    """Return what is found of a property with these words and this formula in the module."""
    lamp = Lamp().edited("### Liveness L1: GoesOut\n", STATED.format(statement))
    lamp = lamp.edited("EXTENDS Integers", "EXTENDS Integers, FiniteSets")
    lamp = lamp.edited("GoesOut == isOn", f"Few == {formula}\nGoesOut == isOn")
    found = list(contradicting_words(lamp.context()))
    assert {finding.code for finding in found} <= {"CF281"}
    return [finding.message for finding in found]


@pytest.mark.parametrize(
    ("statement", "formula", "found"),
    [
        ("It was switched at most `Max` times.", "turns <= Max", ""),
        ("It was switched at most `Max` times.", "Max >= turns", ""),
        ("It was switched at least `Max` times.", "turns <= Max", "at least Max"),
        ("At least `Max` times.", "turns <= Max \\* and turns >= Max some day", "At least Max"),
        ("It was switched less than Max times.", "turns =< Max", "less than Max"),
        ("It was switched at least `Max` times.", "~(turns < Max)", ""),
        ("It was never switched more than `Max` times.", "turns <= Max", ""),
        ("At most one lamp shines.", "Cardinality({n \\in 1..2 : isOn}) <= 1", ""),
        ("At most one lamp shines.", "Cardinality({n \\in 1..2 : isOn}) < 2", ""),
        ("At most two lamps shine.", "Cardinality({n \\in 1..2 : isOn}) <= 1", "At most two"),
        ("A lamp that is on has `turns <= Max`.", "isOn => turns <= Max", ""),
        ("A lamp that is on has `turns <= Max`.", "isOn => turns = Max", "<= Max"),
        ("No lamp that is on has `turns > Max`.", "isOn => turns <= Max", ""),
        ("A lamp that is on was switched.", "isOn => turns > 0", ""),
        ("A lamp that is off was switched.", "isOn => turns > 0", "off"),
        ("A lamp that is on was not switched.", "~isOn => turns = 0", "on"),
        ("A lamp that is off or on counts.", "isOn => turns > 0", ""),
        ("A lamp that is not on was not switched.", "~isOn => turns = 0", ""),
        ("A lamp that is not on was switched.", "isOn => turns > 0", "not on"),
        ("What depends on the switch was not switched.", "~isOn => turns = 0", ""),
        ("More than `Max` turns do not occur.", "turns <= Max", ""),
        ("More than `Max` turns occur.", "turns <= Max", "More than Max"),
    ],
)
def test_words_are_held_against_the_formula(statement: str, formula: str, found: str) -> None:
    messages = words(statement, formula)
    assert len(messages) == bool(found)
    assert all(found in message for message in messages)


@pytest.mark.parametrize("sign", ["¬", "not ", "!", "NOT "])
def test_denied_premise_is_one_in_words_and_signs(sign: str) -> None:
    formal = f"A lamp that is {{}} was not switched.\n\n**Formal**: `{sign}isOn ⇒ turns = 0`"
    for said, count in (("off", 0), ("on", 1)):
        lamp = Lamp().edited("### Liveness L1: GoesOut\n", STATED.format(formal.format(said)))
        assert len([*contradicting_words(lamp.context())]) == count


@pytest.mark.parametrize(
    ("statement", "found"),
    [
        ("A `HELD` seat has one holder.", 0),
        ("A `BOOKED` seat has one holder.", 1),
        ("A booked seat has one holder.", 1),
        ("A held seat is not booked.", 0),
        ("No booked seat is claimed.", 0),
        ("A seat that is not booked was claimed.", 0),
        ("Any.", 0),
    ],
)
def test_value_in_words_is_one_of_the_formula(tmp_path: Path, statement: str, found: int) -> None:
    formal = f"{statement}\n\n**Formal**: `seatState = HELD ⇒ claims ≥ 1`"
    change = (BOOKING, "At most one agent holds the seat.", formal)
    messages = messages_of((contradicting_words,), tmp_path, change)
    assert len(messages) == found
    assert all("BOOKED" in message and "HELD" in message for message in messages)


@pytest.mark.parametrize(
    ("statement", "goal", "found"),
    [
        ("`MERGING` leads to `IDLE`.", "sealerState = IDLE", 0),
        ("`MERGING` leads to `TRIMMING`.", "sealerState = IDLE", 1),
        ("`MERGING` leads to `IDLE`.", "sealerState ∈ {IDLE, TRIMMING}", 1),
        ("`MERGING` leads to `IDLE` or to trimming.", "sealerState ∈ {IDLE, TRIMMING}", 0),
        ("`MERGING` is followed by `TRIMMING`.", "sealerState = IDLE", 0),
        ("`MERGING` leads to `IDLE`.", "sealerState = IDLE ∧ nextPage > 1", 0),
    ],
)
def test_words_lead_to_the_values_of_the_formula(
    tmp_path: Path, statement: str, goal: str, found: int
) -> None:
    old = (
        "A range that is being merged is trimmed or idle in the end.\n\n"
        "**Formal**: `sealerState = MERGING ~> sealerState = IDLE`"
    )
    formal = f"{statement}\n\n**Formal**: `sealerState = MERGING ~> {goal}`"
    messages = messages_of((contradicting_words,), tmp_path, (JOURNAL, old, formal))
    assert len([each for each in messages if "lead to" in each]) == found


@pytest.mark.parametrize(
    ("statement", "found"),
    [
        ("Who is idle has no seat.", 0),
        ("An idle agent has the seat.", 1),
        ("Agents in `IDLE` have the seat.", 1),
        ("No agent has the seat in `IDLE`.", 0),
    ],
)
def test_denial_may_turn_one_of_two_values_around(
    tmp_path: Path, statement: str, found: int
) -> None:
    formal = f"{statement}\n\n**Formal**: `claims = 3 ⇒ ∀ a ∈ Agents : agentState[a] = HOLDING`"
    change = (BOOKING, "At most one agent holds the seat.", formal)
    assert len(messages_of((contradicting_words,), tmp_path, change)) == found


def test_variable_without_plain_letters_has_no_words(tmp_path: Path) -> None:
    row = "| `nextPage` |"
    change = (JOURNAL, row, f"| `\N{GREEK SMALL LETTER SIGMA}` | `BOOLEAN` | `FALSE` | on |\n{row}")
    assert messages_of((contradicting_words,), tmp_path, change) == []


@pytest.mark.parametrize(
    ("said", "order", "found"),
    [
        ("the smallest page of the table", "<=", 0),
        ("the largest page of the table", "<=", 1),
        ("the largest page of the table", ">=", 0),
        ("the smallest page of the table", ">=", 1),
        ("some page of the table", "<=", 0),
    ],
)
def test_extreme_is_the_one_that_is_chosen(
    tmp_path: Path, said: str, order: str, found: int
) -> None:
    changes = (
        (JOURNAL, "## 4. Actions\n", EDGE.format(said)),
        ("tlaplus/PageJournal.tla", "Init ==\n", CHOSEN.format(order)),
    )
    assert len(messages_of((contradicting_words,), tmp_path, *changes)) == found


@pytest.mark.parametrize(
    ("row", "found"),
    [
        ("| `CeilingGet(key)` | value | the smallest key at or above |", 0),
        ("| `CeilingGet(key)` | value | the largest key at or below |", 1),
        ("| `FloorGet(key)` | value | the largest key `≤ key` |", 0),
        ("| `FloorGet(key)` | value | the smallest key `≥ key` |", 1),
    ],
)
def test_ceiling_is_no_floor(tmp_path: Path, row: str, found: int) -> None:
    change = (PATTERN, "| `Claim(key, value)` |", f"{row}\n| `Claim(key, value)` |")
    assert len(messages_of((contradicting_words,), tmp_path, change)) == found


@pytest.mark.parametrize(
    ("said", "value", "found"),
    [
        ("first page of the batch", "lastOne", 1),
        ("last page of the batch", "lastOne", 0),
        ("last page of the batch", "lastOne + 1", 1),
        ("next page to hand out", "lastOne + 1", 0),
        ("last page handed out, plus one", "lastOne + 1", 0),
        ("next page to hand out", "lastOne", 1),
        ("first page not yet used", "lastOne + 1", 0),
        ("first page of the batch", "firstOne", 0),
        ("first page of the batch", "size", 0),
    ],
)
def test_described_end_is_the_one_assigned(
    tmp_path: Path, said: str, value: str, found: int
) -> None:
    changes = (
        (JOURNAL, "| the next page to hand out |", f"| {said} |"),
        (JOURNAL, "- `nextPage` grows by `clientPages[c]`.", f"- `nextPage := {value}`"),
    )
    assert len(messages_of((other_ends,), tmp_path, *changes)) == found


@pytest.mark.parametrize(
    ("old", "new", "found"),
    [
        ("| first page that is sealed |", "| last page that is sealed |", 1),
        ("| last page that is sealed |", "| first page that is sealed |", 1),
        ("| the most pages in one batch |", "| the fewest pages in one batch |", 1),
        ("| the most pages in one batch |", "| bounds the size of a batch |", 0),
        ("| last page that is sealed |", "| first page after the sealed ones |", 0),
        ("| bounds the model |", "| first page that nothing uses |", 1),
        ("| last page that is sealed |", "| first page of the next batch |", 0),
        ("| first page that is sealed |", "| last time that pages were sealed |", 0),
    ],
)
def test_description_does_not_say_the_other_of_a_name(
    tmp_path: Path, old: str, new: str, found: int
) -> None:
    messages = messages_of((other_names,), tmp_path, (JOURNAL, old, new))
    assert [message.split()[0] for message in messages] == ["CF282"] * found


@pytest.mark.parametrize(("number", "found"), [(1, 0), (2, 1)])
def test_number_of_a_round_is_that_of_the_name(tmp_path: Path, number: int, found: int) -> None:
    rows = "| `Seal2Start` | number | first page of round {} |\n| `SealStart` |"
    change = (JOURNAL, "| `SealStart` |", rows.format(3 - number))
    assert len(messages_of((other_names,), tmp_path, change)) == found


@pytest.mark.parametrize(
    ("sentence", "found"),
    [
        ("The agent calls `Claim` for the seat.", 0),
        ("The agent calls `Bump` for the seat.", 1),
        ("The agent does not call `Bump`.", 0),
        ("Unlike the journal, which calls `Bump`, it claims.", 0),
        ("An implementation would call `Bump`.", 0),
    ],
)
def test_primitive_in_a_sentence_is_of_the_list(tmp_path: Path, sentence: str, found: int) -> None:
    change = (BOOKING, "## 1. Constants\n", f"{sentence}\n\n## 1. Constants\n")
    assert len(messages_of((primitives_used,), tmp_path, change)) == found


@pytest.mark.parametrize(
    ("action", "purpose", "found"),
    [
        ("Action 4", "Seal from the start on", 0),
        ("Action 2", "Seal from the start on", 1),
        ("Action 2", "Commit, after the seal starts", 0),
        ("Action 2", "A seal of the store", 0),
        ("Actions 2, 3", "Seal from the start on", 0),
    ],
)
def test_number_in_a_row_is_that_of_its_purpose(
    tmp_path: Path, action: str, purpose: str, found: int
) -> None:
    table = f"| Primitive | Used by | Purpose |\n|---|---|---|\n| `Bump` | {action} | {purpose} |"
    change = (JOURNAL, "## 1. Constants\n", f"{table}\n\n## 1. Constants\n")
    renamed = (JOURNAL, "SealBegin\n", "SealStart\n")
    assert len(messages_of((misdescribed_actions,), tmp_path, change, renamed)) == found


@pytest.mark.parametrize(
    ("cited", "found"),
    [
        ("A client commits (Protocol 1, Action 2) first.", 0),
        ("A client commits (Protocol 1, Action 6) first.", 1),
        ("Somebody waits (Protocol 1, Action 6) first.", 0),
    ],
)
def test_action_of_another_protocol_fits_its_words(tmp_path: Path, cited: str, found: int) -> None:
    change = (BOOKING, "## 1. Constants\n", f"{cited}\n\n## 1. Constants\n")
    assert len(messages_of((misdescribed_actions,), tmp_path, change)) == found


BUILT = (BOOKING, "Layer 1, on the", "**Depends on**: [pattern](0-shared-store-pattern.md). On the")
ON_BOTH = (
    BOOKING,
    "Layer 1, on the",
    "**Depends on**: [it](0-shared-store-pattern.md), [journal](1-page-journal-protocol.md). On",
)


@pytest.mark.parametrize(
    ("sentence", "lists", "found"),
    [
        ("Protocol 2 depends on Protocol 1.", BUILT, 1),
        ("Protocol 2 depends on Protocol 1.", ON_BOTH, 0),
        ("Protocols 1 and 2 are independent.", ON_BOTH, 1),
        ("Protocols 1 and 2 are independent.", BUILT, 0),
        ("Protocol 2 may run beside Protocol 1.", BUILT, 0),
    ],
)
def test_sentence_about_dependence_fits_the_list(
    tmp_path: Path, sentence: str, lists: Change, found: int
) -> None:
    change = ("README.md", "## Model checking\n", f"{sentence}\n\n## Model checking\n")
    messages = messages_of((disagreeing_uses,), tmp_path, lists, change)
    assert len([each for each in messages if "README.md" in each]) == found


@pytest.mark.parametrize(("said", "found"), [("3-step", 0), ("2-step", 1)])
def test_steps_of_a_text_are_those_that_the_model_counts(
    tmp_path: Path, said: str, found: int
) -> None:
    changes = (
        (JOURNAL, "## 1. Constants\n", f"Sealing is a {said} CAS.\n\n## 1. Constants\n"),
        ("tlaplus/PageJournal.tla", "Merge ==\n", "\\* CAS 1 of 3\nMerge ==\n"),
        ("tlaplus/PageJournal.tla", "Trim ==\n", "\\* CAS 2 of 3, CAS 3 of 3\nTrim ==\n"),
    )
    assert len(messages_of((miscounted_parts,), tmp_path, *changes)) == found


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("A crash in `SEALING_PAGES` is no harm.", 1),
        ("A crash in `SEALING_OLD` is no harm.", 0),
        ("A crash in `SEALING_OF_PAGES` is no harm.", 0),
        ("A crash in `PAGES_OLD` is no harm.", 0),
    ],
)
def test_name_but_for_one_word_is_no_other_one(tmp_path: Path, text: str, count: int) -> None:
    said = (JOURNAL, "## 3. Helpers\n", f"{text}\n\n## 3. Helpers\n")
    module = ("tlaplus/PageJournal.tla", "SealBegin ==", "SEALING_OLD == 1\nSealBegin ==")
    messages = messages_of((near_names,), tmp_path, said, module)
    assert ["`SEALING_PAGES`" in each for each in messages] == [True] * count


@pytest.mark.parametrize(
    ("words", "formula", "found"),
    [
        ("page `p` lies from `SealStart` to `SealEnd`.", "p >= SealStart", ["SealEnd"]),
        ("page `p` lies from `SealStart` to `SealEnd`.", "p \\in Sealing", []),
        ("page `p` is one of `Sealing`.", "p >= SealStart /\\ p <= SealEnd", []),
        ("page `p` is at least `SealStart`. `SealEnd` is later.", "p >= SealStart", []),
        ("page `p` is not behind `SealEnd`.", "p >= SealStart", []),
        ("page `p` is at least `SealStart` of `others`.", "p >= SealStart", []),
    ],
)
def test_name_in_the_words_of_a_helper_is_used_by_its_formula(
    tmp_path: Path, words: str, formula: str, found: list[str]
) -> None:
    item = (JOURNAL, "## 3. Helpers\n", f"## 3. Helpers\n\n- **`Within(p)`** — {words}\n")
    defined = f"Sealing == SealStart..SealEnd\nWithin(p) == {formula}\nSealBegin =="
    module = ("tlaplus/PageJournal.tla", "SealBegin ==", defined)
    messages = messages_of((contradicting_words,), tmp_path, item, module)
    assert [each.partition("is told by `")[2].partition("`")[0] for each in messages] == found
