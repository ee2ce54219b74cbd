"""Ranges, sections, variants, actors and orders: what texts and comments say of parts is so."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from msgspec.structs import replace

from conform.check.cf235_stated_number import wrong_numbers
from conform.check.cf244_value_outside_type import values_outside_types
from conform.check.cf249_action_range import ranges_of_actions
from conform.check.cf250_comment_claim import wrong_comments
from conform.check.cf255_action_in_words import misdescribed_actions
from conform.check.cf263_section_topic import wrong_topics
from conform.check.cf264_variants import misnamed_variants
from conform.check.cf265_actor import actors_without_parameter
from conform.check.cf266_labels_covered import labels_covered
from conform.check.cf267_result_note import contradicted_notes
from conform.check.cf268_named_configuration import values_of_another
from conform.check.cf269_order import misordered_steps
from conform.check.cf270_differences import differences_out_of_date
from conform.check.cf271_sizes import sizes_of_configurations
from conform.check.cf272_values_in_comment import values_in_comments
from conform.check.cf353_deadlock_claim import unchecked_deadlock
from conform.check.context import Context
from conform.domain.finding import Finding
from tests.unit.check.pages import written
from tests.unit.check.relay import DOCUMENT, FIZZ, MODULE, README, SMALL, Relay, relay

RULES: tuple[Callable[[Context], Iterator[Finding]], ...] = (
    ranges_of_actions,
    wrong_comments,
    wrong_topics,
    misdescribed_actions,
    misnamed_variants,
    actors_without_parameter,
    labels_covered,
    contradicted_notes,
    values_of_another,
    misordered_steps,
    differences_out_of_date,
    unchecked_deadlock,
    sizes_of_configurations,
    values_in_comments,
)
ROOT = Path(__file__).parents[2] / "fixtures" / "relay"
Change = tuple[str, str, str]


def changed(*changes: Change) -> Relay:
    found = relay()
    for path, old, new in changes:
        found = found.edited(path, old, new)
    return found


def found(*changes: Change) -> list[str]:
    context = replace(changed(*changes).context_with_pages(), root=ROOT)
    return [f"{each.code} {each.span}: {each.message}" for rule in RULES for each in rule(context)]


def said(text: str) -> Change:
    """Say something in the section on actions of the document."""
    return DOCUMENT, "## 4. Actions\n", f"## 4. Actions\n\n{text}\n"


def comment(text: str) -> Change:
    """Put a comment at the top of the module, with nothing below it for four lines."""
    return MODULE, "EXTENDS", f"\\* {text}\n\nEXTENDS"


def above(name: str, text: str) -> Change:
    """Put a comment above a definition of the module."""
    return MODULE, f"\n{name} ==", f"\n\\* {text}\n{name} =="


def fizz_comment(text: str) -> Change:
    return FIZZ, "COURIERS = [", f"# {text}\nCOURIERS = ["


def note(text: str) -> Change:
    return README, "Uses ENABLED; omitted from Fizzbee", text


def differing(tla: str, fizz: str, aspect: str = "Action 2") -> Change:
    table = f"| Aspect | TLA+ | Fizzbee |\n|---|---|---|\n| {aspect} | {tla} | {fizz} |"
    return said(table)


def declared(values: str) -> Change:
    """Put a comment with values behind the declaration of a variable of the module."""
    return MODULE, "tries, gate, stamp\n\n", f"tries,\n  gate,  \\* {values}\n  stamp\n\n"


RIGHT: list[Change] = [
    said("First stalling (Actions 3-4), then the gate (Actions 5 and 6)."),
    declared("OPEN, SHUT"),
    said("What is offered is refused (Action 2), or accepted (Action 2)."),
    (FIZZ, '    gate = "OPEN"\n    stamp', '    gate = "OPEN"  # SHUT or OPEN\n    stamp'),
    said("See section 4, action 3, and section 4, actions 5 and 6."),
    said("A gate has two states:\n\n- open\n- shut\n\nThere are 2 of them."),
    said("Stalling (Actions 3-4) and all couriers (Actions 1-4)."),
    comment("the gate (Actions 5-6)"),
    comment("See Section 3.1, and Section 9.2 of the paper."),
    comment("The helpers (Section 3.1)"),
    comment("liveness (Section 5.2), fairness (Section 6)"),
    above("ShutGate", "The gate (Section 4)"),
    above("ShutGate", "Unlike the parcels of Section 3 and the actions of Section 4"),
    above("FreeCouriers", "Helper (Section 3.1)"),
    above("FreeCouriers", "What Section 4 needs: FreeCouriers is in a guard"),
    said("Strong fairness (Section 6) is for stalled couriers."),
    said("Action 2 has variants, Actions 1 and 3 have none."),
    (DOCUMENT, "### Action 5: ShutGate\n", "### Action 5: ShutGate\n\n- **Actor**: `Keeper`\n"),
    (DOCUMENT, "### Action 4: Resume(c)\n", "### Action 4: Resume(c)\n\n- **Actor**: man `c`\n"),
    fizz_comment("Covers S1-S2, S4 and L1-L2"),
    fizz_comment("S1-S3 are stated in the document"),
    note("Needs ENABLED; TLA+ only"),
    fizz_comment("Constants, as in the small configuration"),
    said("In two steps: it shuts the gate, it opens the gate."),
    said("Steps: open the gate, pick a parcel up."),
    differing("two actions", "one action with a choice"),
    differing("checked", "checked", "Liveness"),
    said("Deadlock checking is enabled in both models."),
    said("The small model has two couriers, and 3 tries each. The medium one is slower."),
    (
        README,
        "# Small config: fast checking",
        "# Small config, Relay.cfg: 2 couriers, fast checking",
    ),
    fizz_comment("Bounds as in tlaplus/Relay.cfg"),
    comment("See specs/1-relay-protocol.md, with 2 couriers"),
    said("Deadlock checking is disabled in the medium configuration alone."),
]

Wrong = tuple[Change, str, str]

WRONG: list[Wrong] = [
    (
        said("Resting (Actions 1-2) comes first. Resting (Actions 1-3) is rare."),
        "CF249",
        "`Resting` is actions 1 to 2 in the document, not actions 1 to 3",
    ),
    (
        comment("See Section 3.4."),
        "CF250",
        "the document has no section 3.4",
    ),
    (
        comment("The helpers (Section 6)"),
        "CF263",
        "section 6 is 6. Fairness; these words are those of 3.1 Helper Definitions",
    ),
    (
        said("It relies on fairness (Section 5)."),
        "CF263",
        "section 5 is 5. Properties; these words are those of 6. Fairness",
    ),
    (
        said("See the fairness assumptions in Section 3."),
        "CF263",
        "section 3 is 3. State Variables; these words are those of 6. Fairness",
    ),
    (
        said("Actions 2 and 3 have variants."),
        "CF264",
        "what has variants is action 2, not 2 and 3",
    ),
    (
        said("Actions 3 and 4 have several outcomes."),
        "CF264",
        "what has variants is action 2, not 3 and 4",
    ),
    (
        comment("Actions 1, 2 have two variants each"),
        "CF264",
        "what has variants is action 2, not 1, 2",
    ),
    (
        (DOCUMENT, "### Action 5: ShutGate\n", "### Action 5: ShutGate\n\n- **Actor**: man `c`\n"),
        "CF265",
        "`c` is no parameter of `ShutGate`: it has none",
    ),
    (fizz_comment("Covers S1-S4"), "CF266", "the model has no S3"),
    (
        said("The medium configuration has two couriers."),
        "CF271",
        "the text says two couriers, and tlaplus/Relay-medium.cfg has 3",
    ),
    (
        (
            README,
            "Small TLC config (fast, ~10^2 states)\n│   ├── Relay-",
            "Small, 4 couriers\n│   ├── Relay-",
        ),
        "CF271",
        "the text says 4 couriers, and tlaplus/Relay.cfg has 2",
    ),
    (
        fizz_comment("Bounds are those of tlaplus/Relay-medium.cfg"),
        "CF268",
        "these are not the values of tlaplus/Relay-medium.cfg: "
        '`Couriers` is {c1, c2, c3} there, and ["c1", "c2"] here',
    ),
    (
        declared("OPEN, SHUT or LOCKED for each courier"),
        "CF272",
        "the document has OPEN, SHUT: LOCKED is in one of the two alone",
    ),
    (
        (FIZZ, '    gate = "OPEN"\n    stamp', '    gate = "OPEN"  # OPEN | CLOSED\n    stamp'),
        "CF272",
        "the document has OPEN, SHUT: CLOSED, SHUT are in one of the two alone",
    ),
    (
        said("What is offered is refused (Action 1)."),
        "CF255",
        "action 1 is `PickUp`; these words are those of `Offer`, action 2",
    ),
    (said("See section 5, action 3."), "CF263", "action 3 is in section 4"),
    (fizz_comment("Liveness only (L1)"), "CF266", "L2 is in the model, too"),
    (
        note("Not expressible in TLA+"),
        "CF267",
        "`ShutGateStopsPickUp` has PASS under TLA+, and the note says: Not expressible in TLA+",
    ),
    (
        fizz_comment("The constants are those of the medium configuration"),
        "CF268",
        "these are not the values of medium: "
        '`Couriers` is {c1, c2, c3} there, and ["c1", "c2"] here',
    ),
    (
        said("In two steps: open the gate, shut the gate."),
        "CF269",
        "this comes after the step of action 6, `OpenGate`, and its words are those of "
        "`ShutGate`, action 5",
    ),
    (
        differing("one action", "one action"),
        "CF270",
        "Action 2 is OfferAccepted, OfferRefused in tlaplus/Relay.tla",
    ),
    (
        differing("checked", "not checked", "Liveness"),
        "CF270",
        "fizzbee/Relay.fizz has ParcelSettles, StallEnds",
    ),
    (
        said("Deadlock checking is disabled in both models."),
        "CF353",
        "tlaplus/Relay.cfg has no CHECK_DEADLOCK FALSE: deadlocks are looked for",
    ),
]

OVERLAPPING: list[Wrong] = [
    (
        said("First resting (Actions 1-4), then the gate (Actions 4-6)."),
        "CF249",
        "actions 4 to 6 are `then the gate` here, and 1 to 4 are `First resting`",
    ),
    (
        note("Uses `UNCHANGED`; omitted from Fizzbee"),
        "CF267",
        "`ShutGateStopsPickUp` of tlaplus/Relay.tla has no UNCHANGED, and the note says: "
        "Uses UNCHANGED",
    ),
]

OTHERS: list[Wrong] = [
    (
        comment("The helpers (Section 6.7)"),
        "CF250",
        "the document has no section 6.7",
    ),
    (
        said("Stalling (Actions 3 to 5) is rare."),
        "CF249",
        "`Stalling` is actions 3 to 4 in the document, not actions 3 to 5",
    ),
    (
        note("Fizzbee only"),
        "CF267",
        "`ShutGateStopsPickUp` has PASS under TLA+, and the note says: Fizzbee only",
    ),
    (
        above("FreeCouriers", "Section 1.1"),
        "CF263",
        "`FreeCouriers` is defined in section 3.1 of the document, not 1.1",
    ),
]


def test_what_is_so_is_no_finding() -> None:
    assert found(*RIGHT) == []


@pytest.mark.parametrize("planted", [WRONG, OVERLAPPING, OTHERS], ids=["most", "overlap", "rest"])
def test_what_is_not_so_is_found_and_no_more(planted: list[Wrong]) -> None:
    """Planted together, since each reading of the project costs a second."""
    messages = found(*(change for change, _code, _message in planted))
    shown = sorted(f"{each[:5]} {each.partition(': ')[2]}" for each in messages)
    assert shown == sorted(f"{code} {message}" for _change, code, message in planted)


def test_value_outside_its_type_is_told_once_with_all_places(tmp_path: Path) -> None:
    state = "| Variable | Type | Initial |\n|---|---|---|\n| `x` | `{ON, OFF}` | `ON` |\n"
    uses = "`x = OPEN`\n\n`x := OPEN`\n\n`x = OFF`\n"
    context = written(tmp_path, {"go.md": f"# Go\n\n## State\n\n{state}\n## Notes\n\n{uses}"})
    (found,) = values_outside_types(context)
    assert str(found.span) == "go.md:11:6"
    assert found.details[-1] == "also at go.md:13:7"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("A gate has two states:", []),
        ("A gate has three states:", ["the text announces three, and 2 follow"]),
        ("There are 3 of them.", ["the text announces 3, and 2 follow"]),
        ("A gate that has three states moves:", []),
    ],
)
def test_number_before_a_list_is_that_of_its_items(
    tmp_path: Path, text: str, expected: list[str]
) -> None:
    texts = {"go.md": f"# Go\n\n{text}\n\n- open\n- shut\n"}
    assert [found.message for found in wrong_numbers(written(tmp_path, texts))] == expected


def test_deadlock_check_that_is_off_is_not_on() -> None:
    off = (SMALL, "SPECIFICATION Spec\n", "SPECIFICATION Spec\nCHECK_DEADLOCK FALSE\n")
    (message,) = found(off, said("Deadlock checking is on: states without an end, when all wait."))
    assert message.startswith("CF353 ")
    assert message.endswith("tlaplus/Relay.cfg has CHECK_DEADLOCK FALSE")


def test_deadlock_check_can_be_off_on_the_command_line() -> None:
    assert found(said("Deadlock checking is off. TLC is called with `-deadlock`.")) == []


COUNTED = "# Go\n\n## Actions\n\n### Action 1: Go\n\n**Effect**: `x := 1`\n\n## State\n\n" + (
    "| Variable | Type |\n|---|---|\n| `x` | `0..1` |\n"
)
ABOUT = "The [protocol](go.md) has {} action; and 1 variable. The protocol has {} actions, {}.\n"


@pytest.mark.parametrize(
    ("counts", "names", "expected"),
    [
        (("1", "one", "one variables"), "", []),
        (("1", "two", "one variables"), "", ["the text says two actions, and there are 1"]),
        (("1", "1", "two variables"), "", ["the text says two variables, and there are 1"]),
        (("1", "two", "two variables"), "See `2-come.md`.", []),
    ],
)
def test_page_about_one_protocol_counts_its_parts(
    tmp_path: Path, counts: tuple[str, ...], names: str, expected: list[str]
) -> None:
    texts = {"go.md": COUNTED, "README.md": ABOUT.format(*counts) + names}
    messages = [each.message for each in wrong_numbers(written(tmp_path, texts))]
    assert messages == expected


@pytest.mark.parametrize(
    ("said_of", "expected"),
    [
        ("Action 3 has variants (3b).", []),
        ("Actions 3 and 4 have variants (3b, 4b).", ["the variants are 3b, not 3b, 4b"]),
        ("Action 4 has variants (3b).", ["what has variants is action 3, not 4"]),
    ],
)
def test_variants_named_by_their_labels_are_those_with_a_letter(
    said_of: str, expected: list[str]
) -> None:
    """Action 2 has two outcomes without numbers, which such a list leaves out."""
    further = (
        "**Action 3b: StallAgain(c)**\n\n- **Guard**: `gate = OPEN`\n\n### Action 4: Resume(c)"
    )
    beside = (DOCUMENT, "### Action 4: Resume(c)", further)
    messages = found(said(said_of), beside)
    assert [each.partition(": ")[2] for each in messages if each.startswith("CF264")] == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Spec: 1-relay-protocol.md (v1.2)", "the comment names version 1.2, and `1-re"),
        ("Spec: 1-relay-protocol.md, version 1.3", ""),
        ("Spec: 1-relay-protocol.md (2.0.1-beta)", ""),
        ("Safety properties S1-S2 and S4 are here", ""),
        ("Safety properties (S1-S2) are checked", "the comment ends at S2, and the document"),
    ],
)
def test_comment_names_the_documents_version_and_all_of_its_properties(
    text: str, expected: str
) -> None:
    title = "# Relay Protocol\n"
    versioned = (DOCUMENT, title, f"{title}\n**Version:** 1.3\n\n")
    messages = [each.partition(": ")[2] for each in found(versioned, comment(text))]
    assert [each.startswith(expected) for each in messages] == [True] * bool(expected)
