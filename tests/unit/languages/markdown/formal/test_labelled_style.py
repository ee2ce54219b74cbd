"""Documents in the style of reviews: actors, tables of clauses, cases in items, bold properties."""

from __future__ import annotations

import pytest

from tests.unit.languages.markdown.formal.texts import counts, findings, read, verdicts
from tests.unit.languages.markdown.pages import page

PAGE = """\
# Relay

## 1. Configuration

| Constant | Small |
|---|---|
| `Runners` | `{r1, r2}` |
| `Last` | `2` |

## 2. State

| Variable | Type | Initial Value | Description |
|---|---|---|---|
| `phase` | `[Runners -> {IDLE, SENDING, SENT, LOST}]` | all `IDLE` | where the runner is |
| `held` | `[Runners -> 0..Last]` | all `0` | the stamp of its letter |
| `stamp` | `1..Last + 1` | `1` | the next stamp |

## 3. Actions

Throughout, `own = held[r]` where an action has no such parameter.

### 3.1 Action 1: Start(r)

- **Actor**: runner `r`
- **Let**: `next = stamp + 1`
- **Guard**: `phase[r] = IDLE` and every stamp that is left fits in the register: `next <= Last + 1`
- **Effect** (one step):
  1. `phase[r] := SENDING`
  2. `held[r] := stamp`

#### 3.1.1 Action 1b: Refuse(r)

- **Actor**: runner `r`
- **Guard**: `phase[r] = IDLE` and `stamp > Last`
- **Effect**: `held[r] := 0`

### 3.2 Action 2: Send(r)

- **Actor**: runner `r`
- **Guard**: `phase[r] = SENDING`
- **Effect**: one of
  - (`SendOk`) `phase[r] := SENT`; `stamp := Last + 1`
  - (`SendLoss`) `phase[r] := LOST`

### 3.3 Action 3: Finish(r)

**FinishSent(r)**

| | |
|---|---|
| **Guard** | `phase[r] = SENT` and `own > 0` |
| **Effect** | `phase[r] := IDLE`; `held[q] := 0` for all `q ∈ Runners` with `phase[q] = LOST` |

**FinishLost(r)**

| | |
|---|---|
| **Guard** | `phase[r] = LOST` |
| **Effect** | `phase[r] := IDLE` |

## 4. Safety Properties

**S1: StampInRange** — the stamp stays in the register.

```
stamp <= Last + 1
```

**S2: SentHolds** — who has sent holds a stamp: `∀ r ∈ Runners : phase[r] = SENT => held[r] > 0`

**S3: StampGrows** — no stamp is given twice.

It is about steps, and so has a prime.

**Formal**: `[][stamp' >= stamp]_stamp`
"""


def changed(old: str, new: str) -> str:
    assert PAGE.count(old) == 1
    return PAGE.replace(old, new)


def test_document_in_labelled_style_runs() -> None:
    assert findings(PAGE) == []
    assert list(read(PAGE).obstacles()) == []
    assert verdicts(PAGE) == {"StampInRange": "PASS", "SentHolds": "PASS", "StampGrows": "PASS"}


def test_action_with_an_effect_stands_beside_those_below_its_heading() -> None:
    names = [(action.name, action.number) for action in page(PAGE).actions]
    assert names == [("Start", "1"), ("Refuse", "1b"), ("Send", "2"), ("Finish", "3")]


@pytest.mark.parametrize(
    ("old", "new"),
    [
        # Each of these lines counts: without it the states are others.
        (" and every stamp that is left fits in the register: `next <= Last + 1`", ""),
        ("- **Guard**: `phase[r] = IDLE` and `stamp > Last`", "- **Guard**: `stamp > Last`"),
        ("; `stamp := Last + 1`", ""),
        (" and `own > 0`", " and `own > 1`"),
        (" for all `q ∈ Runners` with `phase[q] = LOST`", " for all `q ∈ Runners`"),
    ],
)
def test_each_line_counts(old: str, new: str) -> None:
    assert counts(changed(old, new)) != counts(PAGE)


@pytest.mark.parametrize(
    ("old", "new", "failing"),
    [
        ("2. `held[r] := stamp`", "2. `held[r] := 0`", "SentHolds"),
        ("`stamp := Last + 1`\n", "`stamp := Last + 2`\n", "StampInRange"),
        ("(`SendLoss`) `phase[r] := LOST`", "(`SendLoss`) `stamp := 1`", "StampGrows"),
    ],
)
def test_each_formula_counts(old: str, new: str, failing: str) -> None:
    failed = [name for name, verdict in verdicts(changed(old, new)).items() if verdict != "PASS"]
    assert failed == [failing]


def test_guard_of_an_action_is_that_of_its_outcomes() -> None:
    headed = """\
### 3.2 Action 2: Send(r)

**Guard**: `phase[r] = SENDING`

#### Success: SendOk(r)

**Effect**: `phase[r] := SENT`; `stamp := Last + 1`

#### Failure: SendLoss(r)

**Effect**: `phase[r] := LOST`

"""
    start, end = PAGE.index("### 3.2"), PAGE.index("### 3.3")
    text = PAGE[:start] + headed + PAGE[end:]
    assert findings(text) == []
    assert counts(text) == counts(PAGE)


def test_what_follows_the_cases_of_an_effect_belongs_to_each() -> None:
    (action,) = page(
        "## Actions\n\n### Action 1: Cut(w)\n\n- **Guard**: `a = 1`\n- **Effect**:\n"
        "  - **On success:** `a := 2`; `b := 1`\n  - **On failure**: `a := 3`\n  - `c := 3`\n"
    ).actions
    assert [(each.name, {line.text for line in each.effect}) for each in action.outcomes] == [
        ("CutSuccess", {"a := 2", "b := 1", "c := 3"}),
        ("CutFailure", {"a := 3", "c := 3"}),
    ]


@pytest.mark.parametrize("word", ["**Note**", "**Effects**", "**Remark**"])
def test_word_in_bold_is_no_outcome(word: str) -> None:
    text = changed("**FinishLost(r)**", word)
    finish = page(text).actions[-1]
    assert [each.name for each in finish.outcomes] == ["FinishSent"]


def test_condition_in_words_is_not_taken_for_an_announcement() -> None:
    text = changed("and every stamp that is left fits in", "unless every stamp is written into")
    (start, *_) = page(text).actions
    assert not any(line.is_formal for line in start.guard if "unless" in line.text)
