"""Parts of other documents, lists of what uses what, parts counted as 1 of 3: what does not fit."""

from __future__ import annotations

from pathlib import Path

import pytest

from conform.check.cf224_numbering import misnumbered
from conform.check.cf233_missing_section import missing_parts
from conform.check.cf237_primitive import primitives_used
from conform.check.cf246_claim_of_all import claims_of_all
from conform.check.cf252_layer_number import differing_numbers
from conform.check.cf253_link_label import mislabelled_links
from conform.check.cf258_unknown_construct import unknown_constructs
from conform.check.cf277_used_by import disagreeing_uses
from conform.check.cf278_counted_parts import miscounted_parts
from conform.check.models.differing_parts import apart
from conform.check.models.enabled_statements import enabled_statements
from conform.check.rules import Rule
from conform.domain.values import FunctionValue, record, sequence
from tests.unit.check.journal import Change, messages_of

RULES: tuple[Rule, ...] = (missing_parts, disagreeing_uses, miscounted_parts)
BOOKING = "2-seat-booking-protocol.md"
PATTERN = "0-shared-store-pattern.md"
JOURNAL = "1-page-journal-protocol.md"
MODULE = "tlaplus/PageJournal.tla"


def in_booking(text: str) -> Change:
    """Say something at the top of the booking's document."""
    return BOOKING, "Agents book one seat", f"{text}. Agents book one seat"


def built_on(target: str) -> Change:
    """Have the booking's document list what it depends on."""
    line = f"**Layer**: 1\n**Depends on**: [Layer 0: The Pattern]({target})\n**Status**: done\n\n"
    return BOOKING, "Layer 1, on", f"{line}Layer 1, on"


def used_by(text: str) -> Change:
    """Have the pattern's document list what uses it."""
    return PATTERN, "Layer 0. Clients", f"**Used by**: {text}\n\nLayer 0. Clients"


def counted(*texts: str) -> tuple[Change, ...]:
    """Count parts in the comments of the steps of sealing."""
    names = ("SealBegin ==", "Merge ==", "Trim ==")
    return tuple(
        (MODULE, f"\n{name}", f"\n\\* {text}\n{name}")
        for name, text in zip(names, texts, strict=True)
    )


BOTH = "[Journal](1-page-journal-protocol.md), [Booking](2-seat-booking-protocol.md)"
RIGHT: list[tuple[Change, ...]] = [
    (in_booking("A page is read first (Protocol 1, Action 7), as S2 of Protocol 1 promises"),),
    (in_booking("See Protocol 1, Section 4 and Actions 4-6 of Protocol 1"),),
    (in_booking("See Layer 4, Action 12, and Action 12 of Layer 4"),),
    (built_on(PATTERN), used_by(BOTH)),
    (built_on(PATTERN), used_by("Protocols 1 and 2")),
    (built_on(JOURNAL), used_by("[Journal](1-page-journal-protocol.md)")),
    (used_by("[Journal](1-page-journal-protocol.md)"),),
    counted("begin (CAS 1 of 3)", "merge (CAS 2 of 3)", "trim (CAS 3 of 3)"),
    counted("begin (CAS 1 of 2)", "merge (CAS 2 of 2)", "trim (step 1 of 4)"),
    counted("begin (CAS 1 of 2)", "merge (CAS 2 of 2)", "trim (CAS 1 of 1)"),
    counted("see part 2/3", "see part 3 of 3", "in part 9 of 12"),
]
WRONG: list[tuple[tuple[Change, ...], str, str]] = [
    (
        (in_booking("A page is read first (Protocol 3, Action 2)"),),
        "CF233",
        f"{BOOKING}:3: there is no document of protocol 3",
    ),
    (
        (in_booking("A page is read first (Protocol 1, Action 8)"),),
        "CF233",
        f"{BOOKING}:3: {JOURNAL} has no action 8",
    ),
    (
        (in_booking("A page is read first, see Section 9 of Protocol 1"),),
        "CF233",
        f"{BOOKING}:3: {JOURNAL} has no section 9",
    ),
    (
        (in_booking("A page is read first, see Protocol 1's S4"),),
        "CF233",
        f"{BOOKING}:3: {JOURNAL} has no property S4",
    ),
    (
        (built_on(PATTERN), used_by("[Journal](1-page-journal-protocol.md)")),
        "CF277",
        f"{PATTERN}:3: {BOOKING} says that it is built on this, and the list here does not name it",
    ),
    (
        (built_on(JOURNAL), used_by("Protocols 1 and 2")),
        "CF277",
        f"{BOOKING}:4: {PATTERN} says that this document uses it, "
        "and the list here does not name it",
    ),
    (
        counted("begin (CAS 1 of 3)", "merge (CAS 2 of 3)", "trim (CAS 4 of 4)"),
        "CF278",
        f"{MODULE}:60: `CAS 4 of 4`: of 4 here, and of 3 in the others",
    ),
    (
        counted("begin (step 1 of 3)", "merge (step 2 of 3)", "trim (step 2 of 3)"),
        "CF278",
        f"{MODULE}:60: `step 2 of 3`: part 2 is there twice",
    ),
    (
        counted("begin (step 1 of 2)", "merge (step 3 of 2)", "trim"),
        "CF278",
        f"{MODULE}:52: `step 3 of 2`: part 3 of 2",
    ),
    (
        counted("begin (step 1/4)", "merge (step 2/4)", "trim (step 3/4)"),
        "CF278",
        f"{MODULE}:60: `step 3/4`: there is no part 4",
    ),
]


@pytest.mark.parametrize("changes", RIGHT, ids=range(len(RIGHT)))
def test_what_fits_is_no_finding(tmp_path: Path, changes: tuple[Change, ...]) -> None:
    assert messages_of(RULES, tmp_path, *changes) == []


@pytest.mark.parametrize(("changes", "code", "expected"), WRONG, ids=range(len(WRONG)))
def test_what_does_not_fit_is_the_one_finding(
    tmp_path: Path, changes: tuple[Change, ...], code: str, expected: str
) -> None:
    assert messages_of(RULES, tmp_path, *changes) == [f"{code} {expected}"]


def concepts(name: str) -> Change:
    """Put a table of what stands for the parts of the protocol into the SPEC of the example."""
    rows = "".join(
        f"| `{each}` | an object |\n" for each in ("pageTable", "SealBegin", name, "nextPage")
    )
    return (
        "examples/page-store/SPEC.md",
        "## 3. Steps",
        f"| Part | Here |\n|---|---|\n{rows}\n## 3. Steps",
    )


def test_name_in_a_table_of_constructs_that_nothing_has_is_found(tmp_path: Path) -> None:
    (message,) = messages_of((unknown_constructs,), tmp_path, concepts("pageIndex"))
    assert message == (
        "CF258 examples/page-store/SPEC.md:18: `pageIndex` is defined nowhere in the project"
    )


@pytest.mark.parametrize("name", ["sealerState", "agentState", "store"])
def test_name_of_another_protocol_is_no_finding(tmp_path: Path, name: str) -> None:
    assert messages_of((unknown_constructs,), tmp_path, concepts(name)) == []


VERIFIED = (
    "The protocol is verified in both TLA+ and FizzBee against safety and liveness properties."
)


@pytest.mark.parametrize(
    ("place", "count"),
    [(BOOKING, 1), ("README.md", 0)],
)
def test_liveness_that_a_model_does_not_state_is_not_verified_in_both(
    tmp_path: Path, place: str, count: int
) -> None:
    heading = "## 1. Constants\n" if place == BOOKING else "## Model checking\n"
    stated = "\nalways assertion Sold:\n    return True\n"
    messages = messages_of(
        (claims_of_all,),
        tmp_path,
        (place, heading, f"{VERIFIED}\n\n{heading}"),
        (
            "conform.yaml",
            "configs: {small: tlaplus/SeatBooking.cfg}}\n",
            "configs: {small: tlaplus/SeatBooking.cfg}}\n"
            "    fizzbee: {module: fizzbee/SeatBooking.fizz}\n",
        ),
        ("fizzbee/SeatBooking.fizz", '    seat = "BOOKED"\n', f'    seat = "BOOKED"\n{stated}'),
    )
    assert len(messages) == count
    assert all("fizzbee/SeatBooking.fizz has no liveness property" in each for each in messages)


@pytest.mark.parametrize(
    ("rules", "change", "code", "expected"),
    [
        (
            (mislabelled_links,),
            in_booking(f"See the [Page Journal]({PATTERN})"),
            "CF253",
            f"{BOOKING}:3: the link has the title of {JOURNAL}, and leads to `{PATTERN}`",
        ),
        (
            (differing_numbers,),
            (BOOKING, "# Seat Booking Protocol", "# Protocol 3: Seat Booking"),
            "CF252",
            f"{BOOKING}:1: the title says protocol 3, and the file 2",
        ),
        (
            (misnumbered,),
            (
                "examples/page-store/SPEC.md",
                "## 3. Steps",
                "| # | Is |\n|---|---|\n| 1 | a |\n| 2 | b |\n| 2 | c |\n| 4 | d |\n\n## 3. Steps",
            ),
            "CF224",
            "examples/page-store/SPEC.md:18: the number 2 is there twice: here and at "
            "examples/page-store/SPEC.md:17:3",
        ),
        (
            (primitives_used,),
            in_booking("Seats are counted by the store's `Bumping` operation"),
            "CF237",
            f"{BOOKING}:3: {PATTERN} defines no primitive `Bumping`",
        ),
    ],
    ids=["title of a link", "number of a title", "number of a row", "operation of the store"],
)
def test_name_or_number_of_another_is_found(
    tmp_path: Path, rules: tuple[Rule, ...], change: Change, code: str, expected: str
) -> None:
    assert messages_of(rules, tmp_path, change) == [f"{code} {expected}"]


@pytest.mark.parametrize(
    ("rules", "change"),
    [
        ((mislabelled_links,), in_booking(f"See the [Page Journal]({JOURNAL})")),
        ((mislabelled_links,), in_booking(f"See the [pattern]({PATTERN})")),
        ((differing_numbers,), (BOOKING, "# Seat Booking Protocol", "# Protocol 2: Seat Booking")),
        (
            (misnumbered,),
            (
                "examples/page-store/SPEC.md",
                "## 3. Steps",
                "| Id | Of |\n|---|---|\n| 3 | a |\n| 3 | b |\n| 2 | c |\n| 2 | d |\n\n## 3. Steps",
            ),
        ),
        ((primitives_used,), in_booking("Seats are counted by the store's `Claim`")),
        ((primitives_used,), in_booking("The store's `Lease` helps, as a `Lease` does")),
    ],
    ids=range(6),
)
def test_name_or_number_of_its_own_is_no_finding(
    tmp_path: Path, rules: tuple[Rule, ...], change: Change
) -> None:
    assert messages_of(rules, tmp_path, change) == []


def test_part_in_which_two_values_differ_is_named() -> None:
    def entry(kind: str, count: int) -> FunctionValue:
        return record({"kind": kind, "count": count})

    one = sequence([entry("RAW", 1), entry("FREE", 0)])
    other = sequence([entry("RAW", 1), entry("RAW", 0)])
    assert apart("pages", one, other) == ("pages[2].kind", "FREE", "RAW")
    third = sequence([entry("RAW", 2), entry("RAW", 0)])
    assert apart("pages", one, third) == ("pages", one, third)
    assert apart("count", 1, 2) == ("count", 1, 2)


OPEN = "∀ c ∈ Clients : ENABLED Begin(c) ⇒ journalState = OPEN"
GUARDED = """
Guarded ==
    \\* only then
    \\A c \\in Clients : ENABLED Begin(c) => journalState = "OPEN"
"""


@pytest.mark.parametrize(
    ("formal", "count"),
    [(OPEN, 0), (OPEN.replace("OPEN", "CLOSED"), 1), (OPEN.replace("Clients", "Clients ∪ S"), 0)],
)
def test_statement_with_enabled_is_compared_sign_by_sign(
    tmp_path: Path, formal: str, count: int
) -> None:
    stated = f"### Safety S3: Guarded\n\n**Formal**: `{formal}`\n\n### Liveness L1: Sealed"
    messages = messages_of(
        (enabled_statements,),
        tmp_path,
        (JOURNAL, "### Liveness L1: Sealed", stated),
        (MODULE, "\nReadable ==", f"{GUARDED}\nReadable =="),
    )
    assert [each.split(": ", 2)[2] for each in messages] == ["CLOSED here, OPEN there"] * count


SWAPS = (
    (PATTERN, "| `Swap(key, old, new)`", "| `CompareAndSwap(key, old, new)`"),
    (PATTERN, "`Claim`, `Swap`, `Fetch`", "`Claim`, `CompareAndSwap`, `Fetch`"),
    (BOOKING, "`Claim`, `Swap` and `Fetch`", "`Claim`, `CompareAndSwap` and `Fetch`"),
)


@pytest.mark.parametrize(
    ("place", "said", "expected"),
    [
        (JOURNAL, "The table is kept with atomic CAS.", [f"{JOURNAL} lists no `CompareAndSwap`"]),
        (JOURNAL, "A store without CAS may do.", []),
        (BOOKING, "A seat is taken by CAS.", []),
    ],
)
def test_compare_and_set_is_among_the_primitives_of_who_uses_it(
    tmp_path: Path, place: str, said: str, expected: list[str]
) -> None:
    change = (place, "## 1. Constants", f"{said}\n\n## 1. Constants")
    messages = messages_of((primitives_used,), tmp_path, *SWAPS, change)
    assert [each.split(": ", 1)[1].removesuffix(" among its primitives") for each in messages] == (
        expected
    )
