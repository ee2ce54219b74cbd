"""Wordings in which others say what the rules know of: each is found, and its right form is not."""

from __future__ import annotations

from pathlib import Path

import pytest
from msgspec.structs import replace

from conform.check.causes import told_once, told_under_one
from conform.check.cf201_unmapped_construct import unmapped_constructs
from conform.check.cf235_stated_number import wrong_numbers
from conform.check.cf237_primitive import primitives_used
from conform.check.cf244_value_outside_type import values_outside_types
from conform.check.cf249_action_range import ranges_of_actions
from conform.check.cf251_assumption import differing_assumptions
from conform.check.cf252_layer_number import differing_numbers
from conform.check.cf275_denied_feature import denied_features
from conform.check.cf276_untyped_variable import untyped_variables
from conform.check.context import Context
from conform.check.rules import apply
from conform.domain.finding import Finding, Severity
from conform.domain.report import ProtocolReport, Stage, Verdict
from conform.languages.markdown.prose import read_prose
from conform.text import Span
from tests.unit.check.lamps import Lamp
from tests.unit.check.pages import places, written
from tests.unit.check.relay import FIZZ, README, relay

VARIABLES = """\
# Doors

## State Variables

{words}

| Variable | Type | Initial Value |
|---|---|---|
| `door` | `Doors → {{OPEN, SHUT}}` | `SHUT` |
| `count` | `0..3` | `0` |

## Properties

| ID | Name | Kind | Statement |
|---|---|---|---|
| L1 | `Shuts` | Liveness | `door[d] = OPEN ~> door[d] ∈ {{SHUT, {value}}}` |
"""


@pytest.mark.parametrize(("number", "is_found"), [("two", False), ("three", True)])
def test_number_of_what_the_state_consists_of_is_counted(
    tmp_path: Path, number: str, is_found: bool
) -> None:
    text = VARIABLES.format(words=f"The state consists of {number} variables.", value="OPEN")
    assert bool([*wrong_numbers(written(tmp_path, {"doors.md": text}))]) is is_found


def test_what_two_rules_say_is_told_once(tmp_path: Path) -> None:
    text = VARIABLES.format(words="The state consists of three variables.", value="OPEN")
    context = written(tmp_path, {"doors.md": text})
    assert len(apply((wrong_numbers, wrong_numbers), context)) == 1


def test_value_in_a_list_of_values_is_one_of_the_type(tmp_path: Path) -> None:
    right = VARIABLES.format(words="Two.", value="OPEN")
    assert [*values_outside_types(written(tmp_path, {"doors.md": right}))] == []
    context = written(tmp_path, {"doors.md": VARIABLES.format(words="Two.", value="AJAR")})
    assert places(context, [*values_outside_types(context)]) == ["doors.md:16 AJAR"]


PARTS = """\
# Log

1. **Writer path** — Actions 1–{last}
2. **Compaction**: Actions 5–9
"""


@pytest.mark.parametrize(("last", "found"), [("4", []), ("6", ["log.md:4 5–9"])])
def test_ranges_of_items_do_not_overlap(tmp_path: Path, last: str, found: list[str]) -> None:
    context = written(tmp_path, {"log.md": PARTS.format(last=last)})
    assert places(context, [*ranges_of_actions(context)]) == found


def test_range_that_is_not_its_parts_is_told_once(tmp_path: Path) -> None:
    sections = "".join(f"### Action {number}: Act{number}\n\n" for number in range(1, 5))
    text = PARTS.format(last="6") + f"\n## Writer Path\n\n{sections}"
    context = written(tmp_path, {"log.md": text})
    assert places(context, [*ranges_of_actions(context)]) == ["log.md:3 1–6"]


PATTERN = """\
# Pattern

| Primitive | Purpose |
|---|---|
| `Get` | reading |
| `Put` | writing |
| `Swap` | fences |

| Primitive | Store Log |
|---|---|
| `Get` | ✓ |
| `Put` | {mark} |
"""

USING = """\
# Store Log

## Primitives Used

| Primitive | Used For |
|---|---|
| `Get` | looking |
| `Put` | adding |
"""


@pytest.mark.parametrize(("mark", "found"), [("✓", []), ("", ["1-store-log.md:8 Put"])])
@pytest.mark.parametrize("title", ["# Store Log", "# Protocol 1: Store Log", "# Bare Store Log"])
def test_table_of_primitives_is_a_list_of_them(
    tmp_path: Path, title: str, mark: str, found: list[str]
) -> None:
    texts = {
        "1-store-log.md": USING.replace("# Store Log", title),
        "0-pattern.md": PATTERN.format(mark=mark),
    }
    context = written(tmp_path, texts)
    assert places(context, [*primitives_used(context)]) == found


@pytest.mark.parametrize(
    ("mark", "listed", "found"),
    [
        ("✓", "`Get`, `Put`, `Swap`", []),
        ("—", "`Get`, `Put`, `Swap`", ["0-pattern.md:13 Put"]),
        ("✓", "`Get`, `Swap`", ["0-pattern.md:18 Get"]),
        ("✓", "everything", []),
    ],
)
def test_one_list_of_primitives_that_leaves_out_what_the_others_have_is_found(
    tmp_path: Path, mark: str, listed: str, found: list[str]
) -> None:
    table = f"\n| Protocol | Primitives |\n|---|---|\n| Store Log | {listed} |\n"
    pattern = PATTERN.format(mark=mark).replace("fences |", "fences |\n| `Scan` | counting |")
    texts = {
        "1-store-log.md": USING + "| `Swap` | fencing |\n",
        "0-pattern.md": f"{pattern}| `Swap` | ✓ |\n{table}",
    }
    context = written(tmp_path, texts)
    assert places(context, [*primitives_used(context)]) == found


@pytest.mark.parametrize(("sign", "is_found"), [("≤", False), ("<", True)])
def test_items_below_a_line_about_assumptions_are_assumptions(sign: str, is_found: bool) -> None:
    lamp = Lamp().edited("ASSUME Bounded == Max \\in 1..9", "ASSUME Bounded == 1 <= Max")
    listed = lamp.edited("## Helpers", f"**Assumptions**:\n\n- `1 {sign} Max`\n\n## Helpers")
    context = listed.context()
    pages = (read_prose(context.sources[context.document.path]),)
    assert bool([*differing_assumptions(replace(context, pages=pages))]) is is_found


def test_layer_that_several_lines_contradict_is_one_finding(tmp_path: Path) -> None:
    table = "# All\n\n| Layer | Document |\n|---|---|\n| 2 | [2-b.md](2-b.md) |\n"
    tree = "\n```\n├── 2-b.md -- Layer 2: tasks\n```\n"
    texts = {"2-b.md": "# B\n\n**Layer**: 1\n", "README.md": table + tree}
    (found,) = differing_numbers(written(tmp_path, texts))
    assert found.details[-1] == "layer 2 at README.md:8:21 as well"


@pytest.mark.parametrize(
    ("comment", "is_found"),
    [
        ("# Liveness needs fairness, which cannot be combined with atomic\n# actions.", True),
        ("# Atomic actions cannot have fairness in FizzBee.", True),
        ("# FizzBee does not support strong fairness.", True),
        ("# FizzBee has no liveness properties.", True),
        ("# Each action is atomic and fair; a lock cannot be taken twice.", False),
        ("# Fairness is weak. An atomic action cannot be interrupted.", False),
    ],
)
def test_comment_that_denies_fizzbee_fairness_is_found(comment: str, is_found: bool) -> None:
    text = relay().texts[FIZZ]
    context = replace_text(FIZZ, f"{comment}\n\n{text}")
    assert [found.code for found in denied_features(context)] == ["CF275"] * is_found


def replace_text(path: str, text: str) -> Context:
    """Return the relay with another text of a file."""
    return replace(relay(), texts={**relay().texts, path: text}).context_with_pages()


def test_property_under_the_label_of_another_has_a_row() -> None:
    row = "| Safety S2 | `TriesBounded` |"
    other = relay().edited(README, row, row.replace("S2", "S1"))
    assert [*unmapped_constructs(other.context())] == []


def finding(
    code: str, message: str, line: int, subject: str = "", *, warns: bool = False
) -> Finding:
    severity = Severity.WARNING if warns else Severity.ERROR
    return Finding(code, severity, message, Span("a.md", line, 1, line, 9), subject=subject)


def test_guard_on_a_variable_that_the_effect_leaves_out_is_told_once() -> None:
    effect = finding("CF241", "the model's `Go` changes `x`", 3, "Go.x")
    guard = finding("CF242", "the model's `Go` depends on `x`", 3, "Go.x")
    other = finding("CF242", "the model's `Go` depends on `y`", 3, "Go.y")
    (first, second) = told_once([effect, guard, other], ())
    assert (first.code, second) == ("CF241", other)


def test_count_that_is_wrong_and_contradicts_others_is_told_once() -> None:
    wrong = finding("CF350", "10 states are stated, 20 are found", 3)
    here = finding("CF351", f"20 states are stated here, 10 at {wrong.span}", 9)
    apart = finding("CF351", "20 states are stated here, 30 at b.md:1:1", 9)
    first, second = told_once([wrong, here, apart], ())
    assert (first.code, second) == ("CF350", apart)
    assert first.details[-1].endswith(here.message)


def report(name: str, *findings: Finding) -> ProtocolReport:
    verdict = Verdict.FAIL if findings else Verdict.PASS
    return ProtocolReport(name, (Stage("mapping", verdict, "", 0.0),), findings, (), ())


def test_finding_of_a_text_that_protocols_share_is_told_under_the_first() -> None:
    dead, own = finding("CF230", "there is no file", 3), finding("CF201", "no row", 4)
    first, second, third = told_under_one(
        [report("log", dead), report("tasks", dead, own), report("other")]
    )
    assert [each.code for each in first.findings] == ["CF230"]
    assert first.findings[0].details == ("also of tasks",)
    assert (second.findings, second.verdict) == ((own,), Verdict.FAIL)
    assert third.verdict is Verdict.PASS
    _first, alone = told_under_one([report("log", dead), report("tasks", dead)])
    assert (alone.findings, alone.verdict) == ((), Verdict.FAIL)


TYPES = "TypeOK == isOn \\in BOOLEAN /\\ turns \\in 0..Max"


@pytest.mark.parametrize(
    ("types", "left_out"),
    [
        (TYPES, ""),
        ("TypeOK == isOn \\in BOOLEAN \\* turns is a number", "`turns`"),
        ("TypeOK == /\\ TRUE (* turns\n   is a number *) /\\ isOn \\in BOOLEAN", "`turns`"),
        ("Kinds == turns \\in 0..Max\nTypeOK == isOn \\in BOOLEAN /\\ Kinds", ""),
    ],
)
def test_variable_that_the_type_invariant_leaves_out_is_found(types: str, left_out: str) -> None:
    context = Lamp().edited(TYPES, types).context()
    messages = [found.message for found in untyped_variables(context)]
    assert messages == ([f"`TypeOK` says nothing of {left_out}"] if left_out else [])


def test_code_of_an_untyped_variable() -> None:
    context = Lamp().edited(TYPES, "TypeOK == isOn \\in BOOLEAN").context()
    assert [found.code for found in untyped_variables(context)] == ["CF276"]
