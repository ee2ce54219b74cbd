"""Outcomes and clauses that have no heading of their own: bold titles, labels inside code."""

from __future__ import annotations

import pytest

from conform.domain.spec import Line
from tests.unit.languages.markdown.pages import page

OUTCOMES = """\
## Actions

### Action 2: Write(w)

Either it succeeds or it fails.

{first}

- **Guard**: `state[w] = WRITING`
- **Effect**: `state[w] := DONE`

{second}

- **Guard**: `state[w] = WRITING`
- **Effect**: `state[w] := FAILED`

### Action 3: Rest(w)

- **Guard**: `state[w] = DONE`
- **Effect**: `state[w] := IDLE`
"""

BESIDE = """\
## Actions

### Action 3: Assign(w)

Let `last = next + size[w] - 1`.

- **Guard**: `last <= Max`
- **Effect**: `next := last + 1`

**3b. AssignExhausted(w)** \N{EM DASH} there is no room.
- **Guard**: `last > Max`
- **Effect**: `state[w] := FAILED`
"""

IN_CODE = """\
## Actions

### Action 1: `Scan(w, t)`

Words.

```
Guard:
    state[w] = "IDLE"
    status[t] = "INIT"
Effect:
    state[w] \N{LEFTWARDS ARROW} "SCANNING"
```
"""


def texts(lines: tuple[Line, ...]) -> list[str]:
    return [line.text for line in lines]


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("**2a. WriteGood(w)**", "**2b. WriteBad(w)**"),
        ("*2a. `WriteGood(w)`*", "*2b. `WriteBad(w)`*"),
        ("**Outcome 2a: WriteGood(w)**", "**Outcome 2b: WriteBad(w)**"),
        ("**(2a) WriteGood(w)**", "**(2b) WriteBad(w)**: it failed"),
        ("**Action 2a: WriteGood(w)**", "**Action 2b: WriteBad(w)** (it failed)"),
    ],
)
def test_bold_titles_are_outcomes_of_the_action_around_them(first: str, second: str) -> None:
    write, rest = page(OUTCOMES.format(first=first, second=second)).actions
    assert [(each.name, each.number) for each in write.outcomes] == [
        ("WriteGood", "2a"),
        ("WriteBad", "2b"),
    ]
    assert [texts(each.effect) for each in write.outcomes] == [
        ["state[w] := DONE"],
        ["state[w] := FAILED"],
    ]
    assert rest.outcomes == ()


def test_bold_text_that_is_no_title_of_an_outcome_opens_none() -> None:
    words = OUTCOMES.format(first="**Note**: it may.", second="**2 tries** are made.")
    assert [action.outcomes for action in page(words).actions] == [(), ()]


def test_bold_title_stands_beside_an_action_with_a_guard_of_its_own() -> None:
    assign, exhausted = page(BESIDE).actions
    assert (assign.number, exhausted.number, exhausted.name) == ("3", "3b", "AssignExhausted")
    assert texts(assign.effect) == ["next := last + 1"]
    assert texts(exhausted.effect) == ["state[w] := FAILED"]


def test_what_let_introduces_holds_for_the_action_and_for_those_beside_it() -> None:
    assign, exhausted = page(BESIDE).actions
    let = "Let last = next + size[w] - 1"
    assert texts(assign.guard) == [let, "last <= Max"]
    assert texts(exhausted.guard) == [let, "last > Max"]


def test_title_in_bold_is_placed_where_it_stands() -> None:
    _assign, exhausted = page(BESIDE).actions
    line = BESIDE.splitlines()[exhausted.span.line - 1]
    assert line[exhausted.span.column - 1 :].startswith("3b. AssignExhausted(w)")


def test_labels_inside_code_are_clauses() -> None:
    (scan,) = page(IN_CODE).actions
    assert texts(scan.guard) == ['state[w] = "IDLE"', 'status[t] = "INIT"']
    assert texts(scan.effect) == ['state[w] \N{LEFTWARDS ARROW} "SCANNING"']
    assert all(line.is_formal for line in (*scan.guard, *scan.effect))


def test_code_without_labels_is_no_clause() -> None:
    plain = IN_CODE.replace("Guard:\n", "").replace("Effect:\n", "")
    assert [(a.guard, a.effect) for a in page(plain).actions] in ([((), ())], [])


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("Success:", "Failure (the disk is full, or gone):"),
        ("**Success**", "**Failure** (the disk is full)"),
        ("**On success:**", "*On failure*:"),
    ],
)
@pytest.mark.parametrize("is_code", [False, True])
def test_case_in_a_line_of_its_own_is_that_of_what_follows(
    first: str, second: str, *, is_code: bool
) -> None:
    """`Success:` and below it a guard and an effect, then `Failure:` and its own."""
    words = OUTCOMES.format(first=first, second=second)
    if is_code:
        for effect in ("DONE", "FAILED", "IDLE"):
            words = words.replace(
                f"- **Effect**: `state[w] := {effect}`", f"Effect:\n    state[w] := {effect}\n```"
            )
        words = words.replace("- **Guard**: `", "```\nGuard:\n    ").replace("`\nEff", "\nEff")
    write, rest = page(words).actions
    assert [each.name for each in write.outcomes] == ["WriteSuccess", "WriteFailure"]
    assert [texts(each.guard) for each in write.outcomes] == [["state[w] = WRITING"]] * 2
    assert [texts(each.effect) for each in write.outcomes] == [
        ["state[w] := DONE"],
        ["state[w] := FAILED"],
    ]
    assert (rest.outcomes, texts(rest.effect)) == ((), ["state[w] := IDLE"])


def test_word_for_a_case_in_a_sentence_announces_none() -> None:
    words = OUTCOMES.format(first="Success", second="Failure is not told.")
    assert [action.outcomes for action in page(words).actions] == [(), ()]
