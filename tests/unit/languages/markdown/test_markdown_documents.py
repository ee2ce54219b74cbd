"""Whole documents: a full spec, a mapping kept apart, and input that means no good."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from conform.domain.spec import ConstructKind, Spec
from conform.errors import InputError
from conform.languages.markdown.reading import read_document
from conform.text import Source, read_source
from tests.unit.languages.markdown.pages import DOCUMENTS, document, outline_of, page, place

SPECS = Path(__file__).parents[4] / "specs"


def test_full_document_says_all_of_its_parts() -> None:
    spec = document("log.md")
    assert spec.title == "The leaderless log"
    assert [constant.name for constant in spec.constants] == ["Writers", "MaxOffset", "MaxBatch"]
    assert [variable.initial_text for variable in spec.variables] == ["all EMPTY", "1", '"OPEN"']
    assert outline_of(spec.actions) == [
        "1:StartAppend(w)",
        "2:WALWrite(w)",
        "  2a:WALWriteSuccess(w)",
        "  2b:WALWriteFail(w)",
        "3:AssignOffset(w)",
        "3b:AssignOffsetFenced(w)",
        ":CompactStart()",
        ":CompactReset()",
    ]
    assert [helper.name for helper in spec.helpers] == ["HasCoveringEntry", "CoveringEntryOffset"]
    assert [(p.label, p.name, p.kind, p.expected) for p in spec.properties] == [
        ("S1", "NoOffsetDuplicates", "Safety", "PASS"),
        ("S2", "MonotonicOffsets", "Safety", "PASS"),
        ("L1", "AppendProgress", "Liveness", "FAIL"),
        ("", "TypeOK", "Invariant", "PASS"),
    ]
    assert [(s.action, s.kind) for s in spec.fairness] == [
        ("StartAppend", "weak"),
        ("ReadEntry", "weak"),
        ("AssignOffset", "strong"),
        ("AssignOffsetFenced", "strong"),
        ("CompactStart", "weak"),
        ("CompactReset", "weak"),
        ("WALWriteFail", "none"),
    ]
    assert [row.name for row in spec.parameters] == [
        "Writers",
        "CompactRangeStart",
        "CompactRangeEnd",
    ]
    assert [len(found.rows) for found in spec.mapping] == [4]
    assert [row.property for row in spec.results] == [
        "TypeOK",
        "MonotonicOffsets",
        "AppendProgress",
    ]


def test_every_action_of_the_full_document_has_guard_and_effect() -> None:
    for action in document("log.md").leaf_actions():
        assert action.guard, action.name
        assert action.effect, action.name


def test_spans_of_the_full_document_show_what_they_name() -> None:
    spec = document("log.md")
    lines = (DOCUMENTS / "log.md").read_text(encoding="utf-8").splitlines()
    named = [(found.name, found.span) for found in spec.constants]
    named += [(found.name, found.span) for found in spec.variables]
    named += [(found.name, found.span) for found in spec.actions]
    named += [(found.name, found.span) for found in spec.helpers]
    named += [(found.name, found.span) for found in spec.properties]
    for name, span in named:
        line, first, end_line, last = place(span)
        assert end_line == line
        assert name in lines[line - 1][first - 1 : last]
    for action in spec.leaf_actions():
        for found in (*action.guard, *action.effect):
            line, first, _, last = place(found.span)
            assert lines[line - 1][first - 1 : last].replace("`", "") == found.text


def test_mapping_kept_apart_is_read_in_full() -> None:
    spec = document("mapping_only.md")
    assert [len(found.rows) for found in spec.mapping] == [12, 6]
    assert {found.columns for found in spec.mapping} == {("TLA+ Construct", "Fizzbee Construct")}
    assert (spec.actions, spec.variables, spec.constants) == ((), (), ())
    kinds = [row.subject.kind for row in spec.mapping[0].rows]
    assert kinds.count(ConstructKind.VARIABLE) == 4
    assert kinds.count(ConstructKind.ACTION) == 5
    assert spec.mapping[0].rows[6].subject.numbers == ("5", "6", "7", "8", "9")
    assert [row.verdicts for row in spec.results][:2] == [
        (("TLA+", "PASS"), ("Fizzbee", "—")),
        (("TLA+", "PASS"), ("Fizzbee", "PASS")),
    ]
    assert [row.verdicts for row in spec.results][-1] == (("Expected", "PASS"),)


def test_table_alone_is_a_document() -> None:
    spec = page("| Spec | TLA+ |\n|---|---|\n| State: `x` | `VARIABLE x` |\n")
    assert spec == Spec("page.md", "", mapping=spec.mapping)
    assert len(spec.mapping[0].rows) == 1


@pytest.mark.parametrize("text", ["", "\n", "---\n", "words\n", "\N{BOM}"])
def test_document_without_constructs_is_an_empty_spec(text: str) -> None:
    assert page(text) == Spec("page.md", "")


def test_duplicates_are_returned() -> None:
    spec = page("### Action 1: A\n### Action 2: A\n### Safety S1: P\n### Safety S1: P\n")
    assert [action.name for action in spec.actions] == ["A", "A"]
    assert [found.label for found in spec.properties] == ["S1", "S1"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("66,770 distinct states", [("distinct states", 66770, False)]),
        ("66770 states, depth 33", [("states", 66770, False), ("depth", 33, False)]),
        ("a depth of 9", [("depth", 9, False)]),
        ("**~10^5** states", [("states", 100_000, True)]),
        ("about 1_000 states generated", [("states generated", 1000, True)]),
        (
            "5 distinct states, of 70 generated",
            [("distinct states", 5, False), ("states generated", 70, False)],
        ),
        ("~10^6-7 states", [("states", 1_000_000, True)]),
        ("10^99 states", []),
        ("12 unique states", [("distinct states", 12, False)]),
        ("12,34 states", []),
        ("1,2,3 states", []),
        ("version 1.2 states", []),
        ("the depths", []),
        ("70 distinct states, 0 states left on queue", [("distinct states", 70, False)]),
    ],
)
def test_counts_are_collected_from_prose(text: str, expected: list[tuple[str, int, bool]]) -> None:
    counts = page(f"With the small configuration: {text}.\n").counts
    assert [(count.measure, count.value, count.is_approximate) for count in counts] == expected


def test_lines_are_counted_as_sources_count_them() -> None:
    text = "---\ntitle: x\n---\r\nA\u2028B\x0cC\rD\n\n### Action 1: A\n"
    source = Source("page.md", text)
    (action,) = read_document(source).actions
    assert source.line(action.span.line) == "### Action 1: A"


def test_what_is_commented_out_says_nothing() -> None:
    assert page("<!--\n### Action 1: A\n-->\n\n```\n### Action 2: B\n```\n").actions == ()


@pytest.mark.parametrize(
    "text",
    [">" * 5000 + " a", "> " * 400 + "a", "".join(f"{'  ' * n}- a\n" for n in range(300))],
)
def test_nesting_too_deep_to_read_is_refused(text: str) -> None:
    with pytest.raises(InputError, match="nested too deeply"):
        page(text)


def test_document_too_long_is_refused() -> None:
    with pytest.raises(InputError, match="more than 1,048,576 characters"):
        page("a" * (1024 * 1024 + 1))


BOMBS = {
    "ticks": "".join("`" * n + " " for n in range(400)),
    "brackets": "[" * 20_000,
    "links": "](" * 20_000,
    "stars": "*a " * 20_000,
    "underscores": "_a " * 20_000,
    "wide table": f"{'|a' * 5000}\n{'|-' * 5000}\n{'|b' * 5000}\n",
    "wide tabs": "|a" * 2000 + "\n" + "|-" * 2000 + "\n" + "|\tb" * 2000 + "\n",
    "bold labels": "**Guard**: a " * 5000,
    "headings": "# a\n" * 5000,
    "entities": "&lt;" * 10_000,
    "names": "Action 1: " + "a " * 20_000,
    "spaces": "a" + " " * 50_000 + "b",
    "open label": "**Guard" + " " * 50_000 + "x",
    "dashes": "`x` " + "-" * 50_000 + " x",
    "digits": "1" * 20_000 + " states " + "1" + ",000" * 5000 + " states",
    "numbers": "1," * 20_000 + " states",
}


@pytest.mark.parametrize("name", BOMBS)
@pytest.mark.parametrize(
    "before",
    ["", "### ", "### Action 1: A\n\n**Guard**\n\n- ", "### Action 1: A\n\n**Guard**: "],
)
def test_hostile_text_is_read_at_once(name: str, before: str) -> None:
    assert isinstance(page(before + BOMBS[name]), Spec)


PIECES = st.sampled_from(
    [
        "\n", "\n\n", "# ", "### ", "Action 1: ", "`A(w)`", "A", "**Guard**", ":", "- ", "  ", "|",
        "|---|---|\n", "| Spec | TLA+ |\n", "State: `x`", "Safety S1", "```\n", "> ", "1. ", "\t",
        "`", "``", "(", ")", "—", "**", "_", "[a](b)", "<br>", "\\", "&amp;", "é", "Actions 5-9",
        "| Property | Type | TLA+ |\n", "PASS", "| Action | Fairness |\n", "Weak",
        "\r", "\x0c", "\0",
    ]
)  # fmt: skip


@given(st.lists(PIECES, max_size=60).map("".join))
def test_any_text_is_read_or_refused_with_its_place(text: str) -> None:
    source = Source("page.md", text)
    try:
        spec = read_document(source)
    except InputError as error:
        assert error.span is not None
        line, column, end_line, _ = place(error.span)
        assert 1 <= line <= max(1, len(text.splitlines()))
        assert column >= 1
        assert end_line >= line
    else:
        assert spec.path == "page.md"


def test_canonical_leaderless_log_is_read_in_full() -> None:
    spec = read_document(read_source(SPECS / "1-leaderless-log-protocol.md"))
    leaves = list(spec.leaf_actions())
    assert (len(spec.actions), len(leaves), len(spec.variables)) == (15, 16, 10)
    assert all(action.guard and action.effect for action in leaves)
    assert all(line.is_formal for action in leaves for line in (*action.guard, *action.effect))
    assert {statement.action for statement in spec.fairness} == {leaf.name for leaf in leaves}
    assert {found.expected for found in spec.properties} == {"PASS"}
    assert {row.property for row in spec.results} == {found.name for found in spec.properties}
    subjects = [row.subject for found in spec.mapping for row in found.rows]
    numbered = {number for subject in subjects for number in subject.numbers}
    assert numbered == {action.number for action in spec.actions}
