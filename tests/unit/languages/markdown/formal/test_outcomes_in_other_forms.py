"""Outcomes, records, helpers and formulas as documents write them: all to the same states."""

from __future__ import annotations

import re

import pytest

from conform.languages.markdown.formal.syntax import Assign, Name
from tests.unit.languages.markdown.formal.texts import counts, findings, read, verdicts

PAGE = """\
# Post

## 1. Constants

| Constant | Small |
|---|---|
| `Senders` | `{s1, s2}` |
| `Last` | 2 |

## 2. State Variables

| Variable | Type | Initial Value |
|---|---|---|
| `box` | `[1..Last → [kind: {FREE, TAKEN}, size: 0..Last]]` | INITIAL |
| `phase` | `[Senders → {IDLE, SENT, LOST}]` | all `IDLE` |

### 2.1 Helper definitions

- `First(i)` = `i = 1 ∨ box[1].kind = TAKEN`

## 3. Actions

#### Action 1: Send(s, i)

Let `needed = i`.

##### SendOk(s, i)

**Guard:** `phase[s] = IDLE ∧ box[i].kind = FREE ∧ First(i)`

**Effect:** `box[i] := [kind ↦ TAKEN, size ↦ needed]`; `phase[s] := SENT`

##### SendLost(s, i)

**Guard:** `phase[s] = IDLE ∧ box[i].kind = FREE ∧ First(i)`

**Effect:** `phase[s] := LOST`

#### Action 2: Take(s, i)

`s ∈ Senders`, `i ∈ 1..Last`

**Guard:** `phase[s] ∈ {SENT, LOST}`

**Effect:**
- `box[i] := [kind ↦ FREE, size ↦ 0]`
- `phase[s] := IDLE`

## 4. Safety Properties

### S1: EachFilled

`∀ i ∈ 1..Last : box[i].kind = TAKEN ⇒ box[i].size = i`
""".replace("INITIAL", "`[i ∈ 1..Last ↦ [kind ↦ FREE, size ↦ 0]]`")

_GUARD = "`phase[s] = IDLE ∧ box[i].kind = FREE ∧ First(i)`"
_FILL = "`box[i] := [kind ↦ TAKEN, size ↦ needed]`"
_OUTCOMES = r"(?s)##### SendOk.*?(?=#### Action 2)"
_INITIAL = r"`\[i ∈ 1\.\.Last ↦ \[kind ↦ FREE, size ↦ 0\]\]`"
_EMPTY = r"`box\[i\] := \[kind ↦ FREE, size ↦ 0\]`"
_TYPE = r"\[kind: \{FREE, TAKEN\}, size: 0\.\.Last\]\]` \|"
_FIRST = r"- `First\(i\)` = (`.*`)"
_FILLED = "### S1: EachFilled\n\n"
_FORMULA = r"`∀ i ∈ 1..Last : box\[i\].kind = TAKEN ⇒ box\[i\].size = i`"
_TABLE = (
    "| # | Property | Definition |\n|---|---|---|\n"
    "| S1 | EachFilled | `∀ i ∈ 1..Last : box[i].kind = TAKEN ⇒ box[i].size = i` {} |"
)
_LATEX = r"$$\\forall i \\in 1..Last : box[i].kind = TAKEN \\Rightarrow box[i].size = i$$"

CASES = f"""\
| Case | Guard | Effect |
|---|---|---|
| **SendOk(s, i)** | {_GUARD} | {_FILL}; `phase[s] := SENT` |
| **SendLost(s, i)** | {_GUARD} | `phase[s] := LOST` |

All at once.

"""
CASES_IN_ANOTHER_ORDER = f"""\
| Outcome | Effect | Guard |
|---|---|---|
| `SendLost` | `phase[s] := LOST` | {_GUARD} |
| `SendOk` | {_FILL}; `phase[s] := SENT` | {_GUARD} |

"""
ITEMS_IN_BOLD = f"""\
**Guard:** {_GUARD}

**Effect (either/or):**
- **SendOk(s, i):** {_FILL}; `phase[s] := SENT`
- **SendLost(s, i):** `phase[s] := LOST`

"""
ITEMS_WITH_ITEMS = f"""\
**Guard:** {_GUARD}

**Effect (one of):**
- **SendOk**:
  - {_FILL}
  - `phase[s] := SENT`
- **SendLost**:
  - `phase[s] := LOST`

"""
PRIMED = """\
*SendOk(s, i)*

- **Pre:** `phase[s] = IDLE ∧ box[i].kind = FREE ∧ First(i)`
- **Post:** `box'[i] = [kind: TAKEN, size: needed]`, `phase'[s] = SENT`

*SendLost(s, i)*

- **Pre:** `phase[s] = IDLE ∧ box[i].kind = FREE ∧ First(i)`
- **Post:** `phase'[s] = LOST`

"""
GLOSSED = """\
```
Guard:
  phase[s] = IDLE
  box[i].kind = FREE
  First(i)
Effect:
  box[i] := [kind: TAKEN, size: needed]
  phase[s] := SENT
```

**SendLost(s, i)** — it does not arrive, for a reason that nobody knows:

```
Guard:
  phase[s] = IDLE
  box[i].kind = FREE
  First(i)
Effect:
  phase[s] := LOST
```

"""
NAMED_TYPE = """\
where

```
Box == [kind: {FREE, TAKEN},
        size: 0..Last]
```

### 2.1"""

FORMS: list[list[tuple[str, str]]] = [
    [(_OUTCOMES, CASES)],
    [(_OUTCOMES, CASES_IN_ANOTHER_ORDER)],
    [(_OUTCOMES, CASES_IN_ANOTHER_ORDER), ("Action 1: Send", "Action 1: SendOk")],
    [(_OUTCOMES, ITEMS_IN_BOLD)],
    [(_OUTCOMES, re.sub(r"\*\*(Send\w+\(s, i\)):\*\*", r"`\1`:", ITEMS_IN_BOLD))],
    [(_OUTCOMES, ITEMS_WITH_ITEMS)],
    [(_FIRST, r"- **First(i)** — \1")],
    [(_FIRST, r"- **First(i):** \1.")],
    [(_INITIAL, "all entries `FREE` with `size = 0`")],
    [(_INITIAL, "all `FREE` (`size = 0`)")],
    [(_INITIAL, "every box `kind = FREE` and `size = 0`")],
    [(_INITIAL, "all entries `FREE` with `size = 0`"), (_EMPTY, "`box[i] := FREE`")],
    [
        (_INITIAL, "all entries `FREE` with `size = 0`"),
        (_EMPTY, "`box := [j ∈ 1..Last ↦ IF j = i ∧ box[i].size ≥ 0 THEN FREE ELSE box[j]]`"),
    ],
    [(_TYPE, "Box]` |"), ("### 2.1", NAMED_TYPE), (_INITIAL, "all `FREE` with `size = 0`")],
    [
        (_TYPE, "Box]` |"),
        ("### 2.1", "with `Box = [kind: {FREE, TAKEN}, size: 0..Last]`\n\n### 2.1"),
        (_INITIAL, "all `FREE` with `size = 0`"),
    ],
    [(_FILLED, _FILLED + "Each box that is taken has its own size.\n")],
    [(_FILLED, _FILLED + "Each box that is taken has its own size: ")],
    [(_FILLED, "**S1 — EachFilled.** ")],
    [(_FILLED, "**S1 — EachFilled.** Each box that is taken has its own size:\n")],
    [(_FILLED + _FORMULA, _TABLE.format("in every state"))],
    [(_FILLED + _FORMULA, _TABLE.format("(vacuous while nothing is sent)"))],
    [(_FORMULA, _LATEX)],
    [
        (
            _FILLED + _FORMULA,
            f"**S1 — EachFilled.** Each box that is taken has its own size.\n\n{_LATEX}",
        )
    ],
    [
        (
            r"\*\*Guard:\*\* `phase\[s\] ∈",
            "**Guard:**\n- The sender in `phase[s]` has done its part of `1..Last`: `phase[s] ∈",
        )
    ],
]


def _in(form: list[tuple[str, str]]) -> str:
    text = PAGE
    for old, new in form:
        match = re.search(old, text)
        assert match, old
        text = text[: match.start()] + match.expand(new) + text[match.end() :]
    return text


def test_document_is_executed() -> None:
    assert counts(PAGE) == (30, 117, 7)
    assert verdicts(PAGE) == {"EachFilled": "PASS"}
    assert findings(PAGE) == []


@pytest.mark.parametrize("form", FORMS, ids=str)
def test_other_form_says_the_same(form: list[tuple[str, str]]) -> None:
    text = _in(form)
    assert findings(text) == []
    document = read(text)
    assert {each.name for each in document.actions} == {"SendOk", "SendLost", "Take"}
    assert document.is_executable
    assert counts(text) == counts(PAGE)
    assert verdicts(text) == verdicts(PAGE)


def test_word_for_a_record_that_begins_otherwise_is_no_value() -> None:
    text = _in([(_INITIAL, "all `FREE`")])
    assert list(read(text).obstacles()) == ["the initial value of box is no formula"]


def test_formula_behind_a_condition_in_words_stays_prose() -> None:
    spoken = "**Guard:**\n- Unless the sender has done its part of `1..Last`: `phase[s] ∈"
    text = _in([(r"\*\*Guard:\*\* `phase\[s\] ∈", spoken)])
    assert list(read(text).obstacles()) == ["action Take: 1 line is prose"]
    asked = spoken.replace("Unless", "Once all know that").replace("`1..Last`", "`box[i] = FREE`")
    text = _in([(r"\*\*Guard:\*\* `phase\[s\] ∈", asked)])
    assert list(read(text).obstacles()) == ["action Take: 1 line is prose"]


@pytest.mark.parametrize(
    "guard",
    [
        "`i > 0` and no sender has that phase (`phase[s] = SENT`)",
        "`i > 0` and the sender is one of those (`phase[s]`)",
        "`i > 0` and the sender isn't waiting (`phase[s] = IDLE`)",
    ],
)
def test_code_in_parentheses_that_may_mean_the_opposite_is_no_condition(guard: str) -> None:
    old = r"(?<=\*\*Guard:\*\* )`phase\[s\] ∈ \{SENT, LOST\}`"
    assert list(read(_in([(old, guard)])).obstacles()) == ["action Take: 1 line is prose"]


def test_effect_in_words_behind_what_stays_is_not_lost() -> None:
    old = r"(?<=phase\[s\] := LOST`)"
    text = _in([(old, ". Nothing else changes; the box is emptied.")])
    assert list(read(text).obstacles()) == ["action SendLost: 2 lines are prose"]
    text = _in([("Let `needed = i`.", "Let needed = i. The sender must be alive.")])
    assert [each.name for each in read(text).actions if each.prose] == ["SendOk", "SendLost"]


def test_state_constraint_in_a_table_bounds_the_model() -> None:
    text = _in([(r"\| 2 \|", "| 2 |\n| `Most` | 1 |")])
    text = text.replace("| Constant | Small |", "| Constant | Small | Meaning |")
    text = text.replace("|---|---|\n| `Senders`", "|---|---|---|\n| `Senders`")
    text = text.replace(
        "| `Most` | 1 |", "| `Most` | 1 | bound (state constraint `box[1].size < Most`) |"
    )
    assert [formula for formula, _, _ in read(text).constraints] == ["box[1].size < Most"]
    assert counts(text)[0] < counts(PAGE)[0]


def test_formula_for_every_sender_is_meant_of_each() -> None:
    header = "| # | Property | Definition |\n|---|---|---|\n"
    row = f"{header}| S1 | NeverLost | `phase[s] ≠ LOST` for every sender |"
    text = _in([(_FILLED + _FORMULA, row)])
    assert findings(text) == []
    assert verdicts(text) == {"NeverLost": "FAIL"}


@pytest.mark.parametrize(
    ("said", "fair"),
    [
        ("all steps (Actions 1–2)", ["SendLost", "SendOk", "Take"]),
        ("actions 1 and 2", ["SendLost", "SendOk", "Take"]),
        ("the last step (action 2), Take", ["Take"]),
        ("all steps (Actions 1–7)", []),
    ],
)
def test_fairness_of_actions_by_number(said: str, fair: list[str]) -> None:
    document = read(f"{PAGE}\n## Fairness\n\n- **Weak fairness:** {said}\n")
    assert sorted(each.action for each in document.fairness) == fair


@pytest.mark.parametrize(("header", "count"), [("Case", 3), ("Step", 2), ("Action", 2)])
def test_rows_of_steps_are_no_cases(header: str, count: int) -> None:
    table = (
        f"| {header} | Effect |\n|---|---|\n| sent | {_FILL} |\n| lost | `phase[s] := LOST` |\n\n"
    )
    document = read(_in([(_OUTCOMES, table)]))
    assert len(document.actions) == count


def test_sentence_that_begins_with_the_name_of_another_action_is_no_title() -> None:
    text = _in([(r"(?=`s ∈ Senders`)", "**SendOk** comes before this.\n\n")])
    assert findings(text) == []
    assert [each.name for each in read(text).actions] == ["SendOk", "SendLost", "Take"]
    text = text.replace("`s ∈ Senders`, `i ∈ 1..Last`\n\n", "")
    assert [each.name for each in read(text).actions] == ["SendOk", "SendLost", "Take"]


@pytest.mark.parametrize("above", ["An example.", "It would be weaker to ask this:"])
def test_formula_below_words_about_another_is_not_that_of_the_property(above: str) -> None:
    (found,) = read(_in([(_FILLED, f"{_FILLED}{above}\n")])).properties
    assert found.formulas == ()


def test_word_for_a_record_is_none_where_a_function_must_stand() -> None:
    text = _in([(_INITIAL, "all entries `FREE` with `size = 0`"), (_EMPTY, "`box := FREE`")])
    (statement,) = read(text).actions[-1].effect[0].statements
    assert isinstance(statement, Assign)
    assert isinstance(statement.value, Name)
