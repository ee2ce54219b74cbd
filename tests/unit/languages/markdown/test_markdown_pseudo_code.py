"""Pseudo-code headed by its action, choices in it, and tables with a column for each case."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from conform.domain.spec import Action, Spec
from tests.unit.languages.markdown.pages import page

HEADED = """\
## Actions

### Action 3: Assign(w)

```
Assign(w):
    Guard:
        state[w] = READY
        next ≤ Max
    Effect:
        let end = next + 1
        next := end         // the linearization point
        state[w] := DONE
```

If the log is closed meanwhile:

```
AssignClosed(w):
    Guard:
        state[w] = READY
    Effect:
        state[w] := FAILED
```

### Action 4: Rest

```
action Rest {
    requires x = 1
    then x := 0
}
```
"""

CHOICE = """\
## Actions

### Action 2: Write(w)

```
Write(w):
    Guard:
        state[w] = WRITING
    Effect:
        count := count + 1
        either
            state[w] := READY{}
        or
            state[w] := FAILED{}
            lost := TRUE
        last := w
```

## Fairness

- Weak fairness of {}
"""

COLUMNS = """\
## Actions

### Action 2: TryLock(w)

| | {} | {} |
|---|---|---|
| **Pre** | `owner = NONE`; `x = 1` | `owner ≠ NONE` |
| **Post** | `owner ← w`; `x ← 2` | `x ← 0` |

## Fairness

- Weak fairness of `TrySuccess` and `TryFail`
"""


def lines(document: Spec) -> dict[str, tuple[list[str], list[str]]]:
    """Return the guard and the effect of each action, by name."""
    return {each.name: (texts(each, "guard"), texts(each, "effect")) for each in leaves(document)}


def leaves(document: Spec) -> Iterator[Action]:
    for action in document.actions:
        yield from action.leaves()


def texts(action: Action, part: str) -> list[str]:
    return [line.text for line in getattr(action, part)]


def test_code_that_begins_with_its_action_is_that_of_the_section() -> None:
    assert lines(page(HEADED)) == {
        "Assign": (
            ["state[w] = READY", "next ≤ Max"],
            ["let end = next + 1", "next := end", "state[w] := DONE"],
        ),
        "AssignClosed": (["state[w] = READY"], ["state[w] := FAILED"]),
        "Rest": (["x = 1"], ["x := 0"]),
    }


def test_code_of_two_actions_in_one_block_is_left_as_it_is() -> None:
    both = HEADED.replace("```\n\nIf the log is closed meanwhile:\n\n```\n", "")
    assert "AssignClosed" not in lines(page(both))
    assert lines(page(both))["Assign"] != lines(page(HEADED))["Assign"]


def test_code_of_other_names_alone_is_that_of_outcomes() -> None:
    document = page(HEADED.replace("Action 3: Assign(w)", "Action 3: Take(w)"))
    (action, *_) = document.actions
    assert (action.name, [each.name for each in action.outcomes]) == (
        "Take",
        ["Assign", "AssignClosed"],
    )


@pytest.mark.parametrize(
    ("first", "second", "fair", "names"),
    [
        ("  // success", "  // failure", "`WriteGood`", ["WriteSuccess", "WriteFailure"]),
        ("  // success", "  // failure", "`WriteOk`, `WriteFail`", ["WriteOk", "WriteFail"]),
        ("", "", "`Rest`", ["WriteFirst", "WriteSecond"]),
        ("  \\* it is slow", "", "`Rest`", ["WriteFirst", "WriteSecond"]),
    ],
)
def test_either_and_or_in_code_are_outcomes(
    first: str, second: str, fair: str, names: list[str]
) -> None:
    found = lines(page(CHOICE.format(first, second, fair)))
    one, other = found.values()
    assert list(found) == names
    assert one == (
        ["state[w] = WRITING"],
        ["count := count + 1", "state[w] := READY", "last := w"],
    )
    assert other[1] == ["count := count + 1", "state[w] := FAILED", "lost := TRUE", "last := w"]


def test_either_without_or_is_no_choice() -> None:
    alone = CHOICE.format("", "", "`Rest`").replace("        or\n", "")
    (found,) = lines(page(alone)).values()
    assert "either" in found[1]


def test_columns_of_cases_are_outcomes() -> None:
    found = lines(page(COLUMNS.format("Success", "**Failure**")))
    assert found == {
        "TrySuccess": (["owner = NONE", "x = 1"], ["owner ← w", "x ← 2"]),
        "TryFail": (["owner ≠ NONE"], ["x ← 0"]),
    }


def test_columns_of_other_words_are_no_cases() -> None:
    (found,) = lines(page(COLUMNS.format("Now", "Later"))).values()
    assert len(found[0]) == 3


@pytest.mark.parametrize(
    ("effect", "expected"),
    [
        ("`n := 1`, `m := 2`", ["n := 1", "m := 2"]),
        (
            "`n := 1`; if the limit is reached, `m := 2`",
            ["n := 1", "if the limit is reached, m := 2"],
        ),
        ("if the count has reached `Max`, `m := 2`", ["if the count has reached Max, m := 2"]),
        ("for each `t`, `m[t] := 2`; `n := 1`", ["for each t, m[t] := 2", "n := 1"]),
        ("for each `t`, `m[t] := 2`. `n := 1`", ["for each t, m[t] := 2", "n := 1"]),
    ],
)
def test_what_stands_behind_a_condition_is_no_line_of_its_own(
    effect: str, expected: list[str]
) -> None:
    document = page(
        f"## Actions\n\n### Action 1: Go\n\n**Guard**: `x = 0`\n\n**Effect**: {effect}\n"
    )
    assert lines(document)["Go"][1] == expected


@pytest.mark.parametrize("names", ["First / Last", "`First` and `Last`", "`First`, Last"])
def test_bold_names_of_several_helpers_declare_each(names: str) -> None:
    helpers = page(f"## Helpers\n\n**{names}**: the range of the round.\n").helpers
    assert [(each.name, each.definition, each.lines) for each in helpers] == [
        ("First", "the range of the round.", ()),
        ("Last", "the range of the round.", ()),
    ]


def test_names_each_in_bold_before_one_sentence_are_helpers() -> None:
    helpers = page("## Helpers\n\n**`First`** and **`Last`** are the bounds.\n").helpers
    assert [(each.name, each.definition) for each in helpers] == [
        ("First", "are the bounds."),
        ("Last", "are the bounds."),
    ]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("No two meet. Formal: `x ≤ 1`. It is checked in each state.", ["x ≤ 1"]),
        ("No two meet. **Formally:** `x ≤ 1`. A third may watch (`x = 2`).", ["x ≤ 1"]),
        ("No two meet. Formal: `x ≤ 1`. Formal: `y ≤ 1`, too.", []),
        ("No two meet, and `x ≤ 1` is informal.", []),
    ],
)
def test_formula_behind_its_word_may_have_sentences_behind_it(
    text: str, expected: list[str]
) -> None:
    (stated,) = page(f"## Safety\n\n**S1 — Alone**: {text}\n").properties
    assert [line.text for line in stated.lines] == expected


@pytest.mark.parametrize(
    ("cell", "expected"),
    [
        ("No two meet: `x ≤ 1`", ["x ≤ 1"]),
        ("`x ≤ 1`", ["x ≤ 1"]),
        ("No two meet, for example: `x ≤ 1`", []),
        ("`x` is small: `x ≤ 1`", []),
        ("No two meet: `Alone`", []),
    ],
)
def test_statement_may_end_with_its_formula(cell: str, expected: list[str]) -> None:
    table = "| Name | Type | Statement |\n|---|---|---|\n"
    (stated,) = page(f"## Properties\n\n{table}| Alone | Safety | {cell} |\n").properties
    assert [line.text for line in stated.lines] == expected


LABELLED = """\
## Actions

### Action 3: `Take(w)`

```
Let end = next + 1

Precondition:
  state[w] = READY
  no free-form entry stands in between

Effect (success):
  next := end
  state[w] := DONE

Effect (failure):
  state[w] := FAILED
```

## Walkthrough

| Step | Action | `next` | Effect |
|---|---|---|---|
| 1 | `Take(w1)` | 2 | `next = 2` |
| 2 | `Rest(w1)` | 2 | `state[w1] = IDLE` |
| 3 | `Rest(w1)` | 2 | `state[w1] = IDLE` |
"""


@pytest.mark.parametrize("header", ["Step | Action", "# | Action"])
def test_labels_of_code_name_values_and_cases_and_a_run_declares_nothing(header: str) -> None:
    found = lines(page(LABELLED.replace("Step | Action", header)))
    guard = [
        "Let end = next + 1",
        "state[w] = READY",
        "no free-form entry stands in between",
    ]
    assert found == {
        "TakeSuccess": (guard, ["next := end", "state[w] := DONE"]),
        "TakeFailure": (guard, ["state[w] := FAILED"]),
    }
