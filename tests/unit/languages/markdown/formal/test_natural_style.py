"""Documents in the style of engineers: declarations in code, cases, words between codes."""

from __future__ import annotations

import pytest

from conform.commands.borrowed_constraints import borrowed
from conform.domain.values import ModelValue, SetValue, format_value
from conform.languages.markdown.formal.building_model import build_model
from tests.unit.languages.markdown.formal.texts import counts, findings, model, read, verdicts
from tests.unit.languages.markdown.pages import page

PAGE = """\
# Relay

## Parameters

| Parameter | Small |
|---|---|
| `Runners` | `{r1, r2}` |
| `Last` | 2 |

## State Variables

```
phase  : Runners → {IDLE, SENDING, SENT, LOST}       -- initially IDLE
letter : Runners → [kind: {NONE, MAIL}, size: 0..2]  -- initially [kind: NONE, size: 0]
stamp  : 1..Last+1                                   -- initially 1
```

## Helpers

- `IsOpen` = `TRUE` if `stamp ≤ Last`, else `FALSE`
- `Oldest(r)` = the runner that waited longest

## Actions

In all of them, `p` stands for `phase[r]`.

### Action 1: Start(r)

**Guard:** `p = IDLE`, `IsOpen`

**Effect:**
- `phase[r] := SENDING`

### Action 2: Send(r)

The letter is written. Let `next = stamp + 1`.

**Guard:** `p = SENDING`

**Guard (success):** `next ≤ Last + 1`

**Effect (success):**
- `phase[r] := SENT`
- `letter[r] := [kind: MAIL, size: stamp]`
- `stamp := next`

**Effect (failure):**
- `phase[r] := LOST`

### Action 3: Finish(r, n)

```
Precondition:
  p ∈ {SENT, LOST}
  1 ≤ n < stamp + 1

Postcondition:
  phase[r] := IDLE
  for all q ∈ Runners with phase[q] = LOST: letter[q] := [kind: NONE, size: 0]
```

## Properties

### Safety

| ID | Property | Formula |
|---|---|---|
| S1 | StampGrows | `stamp' ≥ stamp` in every step |
| S2 | SentHasLetter | `∀ r ∈ Runners : phase[r] = SENT ⇒ letter[r].kind = MAIL` |

### Liveness

#### L1: EveryoneEnds

`∀ r ∈ Runners : phase[r] = SENDING ~> phase[r] ∈ {SENT, LOST}`

## Fairness

- Strong fairness: SendFail, SendSuccess.
- No fairness: Start.
"""


def changed(old: str, new: str) -> str:
    assert PAGE.count(old) == 1
    return PAGE.replace(old, new)


def test_document_in_natural_style_runs() -> None:
    assert findings(PAGE) == []
    assert list(read(PAGE).obstacles()) == []
    assert set(verdicts(PAGE).values()) == {"PASS"}
    assert len(verdicts(PAGE)) == len(page(PAGE).properties)


@pytest.mark.parametrize(
    ("words", "verdict"),
    [
        (
            "We write `Held(r, k)` for `letter[r].kind = k` and `At(r)` for `phase[r] = SENT`.",
            "PASS",
        ),
        (
            "`Held(r, k)` is short for `letter[r].kind = k`, `At(r)` means `phase[r] = LOST`.",
            "FAIL",
        ),
    ],
)
def test_sentence_defines_a_helper_in_passing(words: str, verdict: str) -> None:
    formula = "`∀ r ∈ Runners : phase[r] = SENT ⇒ letter[r].kind = MAIL`"
    text = changed("## Helpers\n", f"{words}\n\n## Helpers\n")
    text = text.replace(formula, "`At(r) ⇒ Held(r, MAIL)`")
    assert findings(text) == []
    assert verdicts(text)["SentHasLetter"] == verdict


@pytest.mark.parametrize(
    ("old", "new", "failing"),
    [
        ("[kind: MAIL, size: stamp]`\n- `stamp := next", "[kind: NONE, size: 0]", "SentHasLetter"),
        ("Strong fairness: SendFail, SendSuccess", "Strong fairness: SendSuccess", "EveryoneEnds"),
        ("  phase[r] := IDLE\n", "  phase[r] := IDLE\n  stamp := 1\n", "StampGrows"),
    ],
)
def test_each_part_counts(old: str, new: str, failing: str) -> None:
    found = verdicts(changed(old, new))
    assert [name for name, verdict in found.items() if verdict != "PASS"] == [failing]


def test_headings_for_kinds_of_properties_are_no_properties() -> None:
    assert [found.name for found in page(PAGE).properties] == [
        "EveryoneEnds",
        "StampGrows",
        "SentHasLetter",
    ]


def test_values_of_functions_begin_the_same_everywhere() -> None:
    (initial,) = model(PAGE).initial_states()
    assert [format_value(value) for value in initial] == [
        '(r1 :> "IDLE" @@ r2 :> "IDLE")',
        '(r1 :> [kind |-> "NONE", size |-> 0] @@ r2 :> [kind |-> "NONE", size |-> 0])',
        "1",
    ]


@pytest.mark.parametrize(
    "words", ["all IDLE", "IDLE for all", "IDLE for every runner", "IDLE for all r ∈ Runners"]
)
def test_initial_values_in_words(words: str) -> None:
    assert counts(changed("initially IDLE", f"initially {words}")) == counts(PAGE)


def test_effects_of_several_cases_are_outcomes_named_as_elsewhere() -> None:
    (_, send, _) = page(PAGE).actions
    assert [(each.name, len(each.guard), len(each.effect)) for each in send.outcomes] == [
        ("SendSuccess", 4, 3),
        ("SendFail", 3, 1),
    ]
    assert (send.number, {each.number for each in send.outcomes}) == ("2", {""})


def test_one_case_alone_is_a_remark() -> None:
    text = changed("**Effect (failure):**\n- `phase[r] := LOST`\n", "")
    (_, send, _) = page(text.replace("SendFail, SendSuccess", "Send")).actions
    assert (send.outcomes, len(send.effect)) == ((), 3)


def test_outcomes_are_named_behind_a_word() -> None:
    start = PAGE.index("**Guard:** `p = SENDING`")
    end = PAGE.index("### Action 3")
    cases = """\
Success (`SendSuccess`):

```
Guard:
  p = SENDING
  next ≤ Last + 1
Effect:
  phase[r] := SENT
  letter[r] := [kind: MAIL, size: stamp]
  stamp := next
```

Failure (`SendFail`):

```
Guard:
  p = SENDING
Effect:
  phase[r] := LOST
```

"""
    text = PAGE[:start] + cases + PAGE[end:]
    (_, send, _) = page(text).actions
    assert [(each.name, each.parameters) for each in send.outcomes] == [
        ("SendSuccess", ("r",)),
        ("SendFail", ("r",)),
    ]
    assert counts(text) == counts(PAGE)


@pytest.mark.parametrize(
    ("effect", "changes"),
    [
        ("`stamp := 3` if `stamp = 1`, else `1`", "3"),
        ("`stamp := 3` if `stamp = 2`, else `stamp := 2`", "2"),
        ("`stamp := 3` if `stamp = 2`", "1"),
        ("`stamp := 3` when `stamp = 1`", "3"),
    ],
)
def test_condition_may_stand_behind(effect: str, changes: str) -> None:
    text = changed("- `phase[r] := SENDING`", f"- `phase[r] := SENDING`\n- {effect}")
    found = model(text)
    (initial,) = found.initial_states()
    (after,) = found.found(found.instances[0], initial)
    assert format_value(after.state[2]) == changes


def test_parameter_ranges_over_the_bounds_of_the_guard() -> None:
    found = model(PAGE)
    numbers = [dict(each.parameters)["n"] for each in found.instances if each.action == "Finish"]
    assert sorted(set(map(str, numbers))) == ["1", "2", "3", "4"]


def test_bound_that_is_no_range_leaves_the_parameter_open() -> None:
    text = changed("  1 ≤ n < stamp + 1\n", "  n < stamp + 1\n")
    assert list(read(text).obstacles()) == ["action Finish: nothing says what `n` ranges over"]


def test_helper_in_prose_that_nothing_uses_is_no_obstacle() -> None:
    used = changed("**Guard:** `p = IDLE`, `IsOpen`", "**Guard:** `p = IDLE`, `Oldest(r) = r`")
    assert list(read(used).obstacles()) == ["the definition of helper Oldest is no formula"]


def test_name_that_an_action_binds_itself_is_not_the_general_one() -> None:
    text = changed("  p ∈ {SENT, LOST}\n", "  phase[r] ∈ {SENT, LOST}\n  ∀ p ∈ {1} : p = 1\n")
    assert findings(text) == []


def test_constraint_of_the_module_bounds_the_document() -> None:
    bounded = changed("**Guard:** `p = IDLE`, `IsOpen`", "**Guard:** `p = IDLE`, `stamp < 2`")
    theirs = model(bounded + "\n## Parameters\n\n**Constraint**: `stamp ≤ 1`\n")
    ours = build_model(read(PAGE), {"Runners": SetValue([ModelValue("r1")]), "Last": 2})
    (found,) = borrowed(theirs.constraints, theirs.slots, ours.slots[::-1])
    (initial,) = ours.initial_states()
    assert found.reads == {0}
    assert found.holds(initial[::-1])
    assert not found.holds((2, *initial[1::-1]))
    assert list(borrowed(theirs.constraints, theirs.slots, ours.slots[:2])) == []
