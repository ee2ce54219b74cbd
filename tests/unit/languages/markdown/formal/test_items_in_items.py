"""Effects as lists in lists, cases that items begin with, and parameters that nothing binds."""

from __future__ import annotations

import pytest

from tests.unit.languages.markdown.formal.test_document_effects import BUSY, page, steps
from tests.unit.languages.markdown.formal.texts import counts, findings, verdicts
from tests.unit.languages.markdown.pages import page as said

CONDITION = """**Effect**

- If `x = {}`:
  - `y := 5`
  - `state[w] := BUSY`
- Else:
  - `y := 7`
"""


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        (CONDITION.format(1), [f"y = 5; {BUSY}"]),
        (CONDITION.format(2), ["y = 7"]),
        # a loop, and a condition in a condition
        (
            "**Effect**\n\n- For each `i ∈ 1..2`:\n  - `entry[i].n := i`\n"
            "  - `entry[i].kind := B`\n",
            ['entry = <<[kind |-> "B", n |-> 1], [kind |-> "B", n |-> 2]>>'],
        ),
        (
            "**Effect**\n\n- If `x = 1`:\n  - `y := 5`\n  - If `x = 2`:\n    - `x := 3`\n",
            ["y = 5"],
        ),
        # a value that is named inside
        ("**Effect**\n\n- If `x = 1`:\n  - Let `z = x + 3`\n  - `y := z`\n", ["y = 4"]),
        # numbered, and one item with the effect behind the condition
        ("**Effect**\n\n1. If `x = 1`: `y := 5`\n2. Otherwise:\n   1. `y := 6`\n", ["y = 5"]),
        # items at one depth stay lines of their own
        ("**Effect**\n\n- `y := 5`\n- `x := 3`\n", ["x = 3; y = 5"]),
    ],
)
def test_items_below_a_condition_are_done_under_it(body: str, expected: list[str]) -> None:
    assert steps(body) == expected


def test_words_below_a_condition_leave_it_unread() -> None:
    text = page("**Effect**\n\n- If `x = 1`:\n  - `y := 5`\n  - the writer is told\n")
    (action,) = said(text).actions
    assert [line.is_formal for line in action.effect] == [False]


CASES = """**Guard**: `x = 1`

**Effect:** (non-deterministic) Let `z = x + 4`

- Success (requires `y = 2`):
  - `y := z`
  - `state[w] := BUSY`
- Retry (if `z = 5`): `x := 2`
- Given up: `x := 3`
"""


def test_items_of_an_open_choice_are_outcomes_with_their_conditions() -> None:
    (action,) = said(page(CASES)).actions
    told = [
        (each.name, [g.text for g in each.guard], [e.text for e in each.effect])
        for each in action.outcomes
    ]
    assert told == [
        ("ActSuccess", ["x = 1", "Let z = x + 4", "y = 2"], ["y := z", "state[w] := BUSY"]),
        ("ActRetry", ["x = 1", "Let z = x + 4", "z = 5"], ["x := 2"]),
        ("ActGivenUp", ["x = 1", "Let z = x + 4"], ["x := 3"]),
    ]
    assert steps(CASES) == [f"y = 5; {BUSY}"]


ASIDES = """**Guard**: `x = 1`

**Effect:** {}

- *Success* (the door is open and `y = 2`):
  - `y := 5`
- *Failure* (`y = 3`):
  - `y := 6`
- {}
"""


@pytest.mark.parametrize("lead", ["non-deterministically, either", "non-deterministically:"])
def test_cases_with_what_is_asked_for_in_parentheses(lead: str) -> None:
    (action,) = said(page(ASIDES.format(lead, "Given up: `y := 7`"))).actions
    told = [
        (each.name, [(g.text, g.is_formal) for g in each.guard], [e.text for e in each.effect])
        for each in action.outcomes
    ]
    first = ("x = 1", True)
    assert told == [
        ("ActSuccess", [first, ("the door is open and y = 2", False)], ["y := 5"]),
        ("ActFailure", [first, ("y = 3", True)], ["y := 6"]),
        ("ActGivenUp", [first], ["y := 7"]),
    ]


def test_cases_in_parentheses_assign_no_place_twice() -> None:
    body = ASIDES.format("non-deterministically, either", "Given up: `y := 7`")
    assert findings(page(body)) == []


@pytest.mark.parametrize(
    "item", ["Note: `x := 3`", "Here: `x := 3`", "Otherwise: `x := 3`", "Then: `x := 3`"]
)
def test_other_words_before_a_colon_are_no_case(item: str) -> None:
    (action,) = said(page(f"**Effect**\n\n- {item}\n- `y := 3`\n")).actions
    assert action.outcomes == ()


SWITCH = """# A page

| Variable | Type | Initial Value |
|---|---|---|
| `state` | `[Workers → {IDLE, BUSY}]` | `[w ∈ Workers ↦ IDLE]` |

| Parameter | Small |
|---|---|
| `Workers` | `{w1, w2}` |

## Actions

### Action 1: Start(w)

**Guard**: `state[w] = IDLE`

**Effect**: `state[w] := BUSY`

## Safety

### S1: BusyNeverStarts

**Formal**: `□(state[w] = BUSY ⇒ ¬ENABLED Start(w))`

### S2: NeverBusy

**Formal**: `state[w] = IDLE`
"""


def test_parameter_that_nothing_binds_stands_for_each_of_its_values() -> None:
    assert findings(SWITCH) == []
    assert counts(SWITCH)[0] == 4
    assert verdicts(SWITCH) == {"BusyNeverStarts": "PASS", "NeverBusy": "FAIL"}


def test_free_name_that_is_no_parameter_is_still_told() -> None:
    changed = SWITCH.replace("**Formal**: `state[w] = IDLE`", "**Formal**: `state[v] = IDLE`")
    assert len(findings(changed)) == 1


HELPED = SWITCH.replace(
    "## Safety",
    """### Helper: `IsBusy(v)`

True if and only if the worker WORDS

> QUOTE

## Safety""",
).replace("**Formal**: `state[w] = IDLE`", "**Formal**: `¬IsBusy(w)`")


def helped(words: str, quote: str) -> str:
    return HELPED.replace("WORDS", words).replace("QUOTE", quote)


def test_helper_is_the_formula_below_the_sentence_that_announces_it() -> None:
    text = helped("has begun:", "`state[v] = BUSY`")
    assert findings(text) == []
    assert verdicts(text) == {"BusyNeverStarts": "PASS", "NeverBusy": "FAIL"}


@pytest.mark.parametrize(
    ("words", "quote"),
    [("has begun.", "`state[v] = BUSY`"), ("has begun:", "see `Start` for when that is")],
)
def test_other_text_below_a_sentence_defines_no_helper(words: str, quote: str) -> None:
    (helper,) = said(helped(words, quote)).helpers
    assert [line.is_formal for line in helper.lines] == [False]
