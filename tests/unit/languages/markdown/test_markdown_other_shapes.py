"""Documents as others write them: constructs without headings, lists in place of tables."""

from __future__ import annotations

import pytest

from conform.languages.markdown.counts import counts_in_comments
from conform.languages.markdown.reading import read_document
from conform.text import Source
from tests.unit.languages.markdown.pages import page

ACTIONS = "## Actions\n\n### Action 1: Take(w)\n\n**Guard**: `x = 0`\n\n### Action 2: Drop\n\n"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("```\nCovers(o, p) \u225c\n  o <= p\n```\n", [("Covers", ("o", "p"), "o <= p")]),
        ("**Covers(o, p)** \u2014 o is first\n", [("Covers", ("o", "p"), "o is first")]),
        (
            "**Covers(o)** \u2014 it covers:\n\n```\nCovers(o) == o > 0\n```\n",
            [("Covers", ("o",), "o > 0")],
        ),
        ("```\nLimit == 5\nOther = 6\n```\n", [("Limit", (), "5"), ("Other", (), "6")]),
        ("- `Covers(o, p)`: o comes first\n", [("Covers", ("o", "p"), "o comes first")]),
        ("- **`Covers(o, p)`** \u2014 o comes first\n", [("Covers", ("o", "p"), "o comes first")]),
        ("`Covers(o, p) = o <= p`\n", [("Covers", ("o", "p"), "o <= p")]),
        ("Nothing here, though `Covers(o, p)` is named.\n", []),
        ("```\nif o <= p then\n```\n", []),
    ],
)
def test_helper_without_a_heading_is_read(
    text: str, expected: list[tuple[str, tuple[str, ...], str]]
) -> None:
    helpers = page(f"## Helper Definitions\n\n{text}").helpers
    assert [(found.name, found.parameters, found.definition) for found in helpers] == expected


def test_code_outside_of_a_region_of_helpers_defines_none() -> None:
    assert page("## Overview\n\n```\nCovers(o, p) \u225c o <= p\n```\n").helpers == ()


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("## Safety\n\n**S1: OneHolder**: at most one.\n", [("OneHolder", "S1", "Safety")]),
        ("## Liveness\n\n- **L1 \u2014 Ends**: it ends.\n", [("Ends", "L1", "Liveness")]),
        ("## Type Invariant\n\n`TypeOK`: all is typed.\n", [("TypeOK", "", "Invariant")]),
        ("## Safety Properties\n\n**Note**: they hold.\n", []),
        ("## Safety Properties\n\nThey use `Covers` throughout.\n", []),
        ("## Overview\n\n**S1: OneHolder**: at most one.\n", []),
    ],
)
def test_property_without_a_heading_is_read(
    text: str, expected: list[tuple[str, str, str]]
) -> None:
    found = [(each.name, each.label, each.kind) for each in page(text).properties]
    assert found == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("- Weak fairness on `Take(w)` and `Drop`\n", [("Take", "weak"), ("Drop", "weak")]),
        ("- `Take(w)`: strong fairness\n", [("Take", "strong")]),
        ("- **Strong** on `Take(w)`; weak would not do\n", [("Take", "strong")]),
        ("- With weak fairness on `Take(w)` nothing ends\n", []),
        ("- No fairness on `Drop`\n", [("Drop", "none")]),
        ("- Weak fairness depends on `other`\n", []),
        (
            "```\nWF_vars(Take(w)) /\\ SF_<<x, y>>(Drop)\n```\n",
            [("Take", "weak"), ("Drop", "strong")],
        ),
        ("- `\u2200 w : SF_vars(Take(w))`: strong\n", [("Take", "strong")]),
        ("### Weak fairness\n\n- `Take(w)`\n- `Drop`\n", [("Take", "weak"), ("Drop", "weak")]),
        ("Weak fairness on `Take(w)` is used.\n", []),
    ],
)
def test_fairness_in_a_list_or_a_formula_is_read(
    text: str, expected: list[tuple[str, str]]
) -> None:
    statements = page(f"{ACTIONS}## Fairness\n\n{text}").fairness
    assert [(found.action, found.kind) for found in statements] == expected


def test_table_without_any_name_is_about_something_else() -> None:
    options = "| Parameter | Default |\n|---|---|\n| `--depth` | 5 |\n| `-w` | 2 |\n"
    assert page(options).parameters == ()


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("M.cfg -- small (fast, ~10^5 states)", [(100_000, None, True)]),
        ("M.cfg -- small (~10^6-7 states)", [(1_000_000, 10_000_000, True)]),
        ("M.cfg -- small (10^6 \u2013 10^8 states)", [(1_000_000, 100_000_000, True)]),
        ("M.cfg -- small (1,000 states)", [(1000, None, False)]),
        ("M.cfg -- small", []),
    ],
)
def test_counts_in_code_are_read(line: str, expected: list[tuple[int, int | None, bool]]) -> None:
    counts = page(f"```\n{line}\n```\n").counts
    assert [(found.value, found.upper, found.is_power) for found in counts] == expected
    assert all(found.context == line for found in counts)


def test_comment_in_code_is_about_the_lines_below_it() -> None:
    text = "```\n# ~10^2 states\njava -config A.cfg\n# ~10^3 states\njava -config B.cfg\n```\n"
    first, second = page(text).counts
    assert "A.cfg" in first.context and "B.cfg" not in first.context
    assert "B.cfg" in second.context


def test_context_of_a_count_in_prose_is_its_sentence() -> None:
    (count,) = page("Small is good. The small one has 12 states. Medium has more.\n").counts
    assert count.context == "The small one has 12 states."


def test_counts_in_comments_of_a_configuration_are_read() -> None:
    source = Source("M.cfg", "\\* Small: 66,770 distinct states, depth 33.\nSPECIFICATION Spec\n")
    counts = counts_in_comments(source)
    assert [(found.measure, found.value) for found in counts] == [
        ("distinct states", 66770),
        ("depth", 33),
    ]
    assert {found.context for found in counts} == {"M.cfg"}
    assert (counts[0].span.line, counts[0].span.column) == (1, 11)


def test_further_document_knows_what_the_first_declares() -> None:
    first = read_document(Source("spec.md", ACTIONS))
    table = "| Spec Section | TLA+ Construct |\n|---|---|\n| `Take` | `Take(w)` |\n"
    (row,) = read_document(Source("README.md", table), beside=first).mapping[0].rows
    assert (row.subject.kind, row.subject.names) == ("action", ("Take",))


def test_result_row_has_its_notes_and_label() -> None:
    table = "| Property | TLA+ | Notes |\n|---|---|---|\n| S2: `Grows` | PASS | `Pos` in TLA+ |\n"
    (row,) = page(table).results
    assert (row.property, row.label, row.notes) == ("Grows", "S2", "Pos in TLA+")
