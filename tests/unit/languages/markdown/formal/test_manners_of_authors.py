"""One protocol in the manners of four authors: each document is executed, to the same states."""

from __future__ import annotations

import pytest

from conform.languages.markdown.formal.syntax import Quantified
from tests.unit.languages.markdown.formal.texts import counts, findings, read, verdicts

DEFINITIONS = """\
# P

## Constants

| Constant | Small |
|---|---|
| `Writers` | `{w1, w2}` |
| `MaxBatch` | 2 |

## State Variables

| Variable | Type | Initial Value |
|---|---|---|
| `writerState` | `[Writers -> {"IDLE", "WRITING", "DONE"}]` | `[w \\in Writers \\|-> "IDLE"]` |
| `size` | `[Writers -> 0..MaxBatch]` | `[w \\in Writers \\|-> 0]` |
| `mode` | `{"OPEN", "FENCED"}` | `"OPEN"` |

## Actions

### Action 1: StartAppend(w)

```tla
StartAppend(w) ==
    /\\ writerState[w] = "IDLE"
    /\\ mode = "OPEN"
    /\\ \\E count \\in 1..MaxBatch :
         /\\ size' = [size EXCEPT ![w] = count]
         /\\ writerState' = [writerState EXCEPT ![w] = "WRITING"]
    /\\ UNCHANGED <<mode>>
```

### Action 2: Finish(w)

Finishes.

```tla
Finish(w) ==
    /\\ writerState[w] = "WRITING"
    /\\ writerState' = [writerState EXCEPT ![w] = IF mode = "OPEN" THEN "DONE" ELSE "IDLE"]
    /\\ size' = [size EXCEPT ![w] = 0]
    /\\ UNCHANGED mode
```

### Action 3: Fence

```
Fence ≜
  ∧ mode = "OPEN"
  ∧ mode' = "FENCED"
  ∧ UNCHANGED ⟨writerState, size⟩
```

## Safety Properties

### S1: Small

```tla
Small == \\A w \\in Writers : size[w] <= MaxBatch
```
"""

ONE_TABLE = """\
# P

## Parameters

- `Writers`: set of writers. Small: `{w1, w2}`.
- `MaxBatch`: max batch. Small: `2`.

## State Variables

| Variable | Type | Initial |
|---|---|---|
| `writerState` | `Writers → {IDLE, WRITING, DONE}` | `IDLE` |
| `size` | `Writers → 0..MaxBatch` | `0` |
| `mode` | `{OPEN, FENCED}` | `OPEN` |

## Actions

| # | Action | Guard | Effect |
|---|---|---|---|
| 1 | `StartAppend(w)` | `writerState[w] = IDLE`, `mode = OPEN` | START |
| 2 | `Finish(w)` | `writerState[w] = WRITING` | FINISH |
| 3 | `Fence` | `mode = OPEN` | `mode := FENCED` |

## Safety

| ID | Invariant | Statement |
|---|---|---|
| S1 | `SmallEnough` | ∀ w ∈ Writers: size[w] ≤ MaxBatch |
""".replace(
    "START |", "pick `count ∈ 1..MaxBatch`; `size[w] := count`; `writerState[w] := WRITING` |"
).replace("FINISH |", "`writerState[w] := DONE` if `mode = OPEN`, else `IDLE`; `size[w] := 0` |")


QUOTED = """\
# P

## 1. Constants

```
CONSTANTS Writers, MaxBatch
```

| Config | Writers | MaxBatch |
|---|---|---|
| small | {w1, w2} | 2 |
| medium | {w1, w2, w3} | 3 |

## 2. Variables

```
writerState : [Writers -> {"IDLE", "WRITING", "DONE"}]    Init: all "IDLE"
size        : [Writers -> 0..MaxBatch]                    Init: all 0
mode        : {"OPEN", "FENCED"}                          Init: "OPEN"
```

## 3. Actions

**A1. StartAppend(w)**

> Guard: writerState[w] = "IDLE" ∧ mode = "OPEN"
>
> Effect: ∃ count ∈ 1..MaxBatch: size'[w] = count ∧ writerState'[w] = "WRITING"

**A2. Finish(w)**

> Guard: writerState[w] = "WRITING"
>
> Effect: writerState'[w] = (IF mode = "OPEN" THEN "DONE" ELSE "IDLE") ∧ size'[w] = 0

**A3. Fence**

> Guard: mode = "OPEN"
>
> Effect: mode' = "FENCED"

## 4. Invariants

**I1 SmallEnough**: ∀ w ∈ Writers: size[w] ≤ MaxBatch
"""

PROCEDURES = (
    ONE_TABLE[: ONE_TABLE.index("| # | Action")]
    + """\
### Action 1: StartAppend(w)

```
procedure StartAppend(w):
    precondition: writerState[w] == IDLE && mode == OPEN
    choose count in 1..MaxBatch
    size[w] = count
    writerState[w] = WRITING
```

### Action 2: Finish(w)

```
procedure Finish(w):
    precondition: writerState[w] == WRITING
    o = mode
    if o == OPEN:
        writerState[w] = DONE
    else:
        writerState[w] = IDLE
    for v in Writers where size[v] > 0 and v == w:
        size[v] = 0
```

### Action 3: Fence

```
procedure Fence():
    precondition: mode == OPEN
    mode = FENCED
```

"""
    + ONE_TABLE[ONE_TABLE.index("## Safety") :]
)


@pytest.mark.parametrize("page", [DEFINITIONS, ONE_TABLE, QUOTED, PROCEDURES])
def test_document_is_executed(page: str) -> None:
    assert findings(page) == []
    assert list(read(page).obstacles()) == []
    assert counts(page) == (32, 65, 6)
    assert set(verdicts(page).values()) == {"PASS"}


@pytest.mark.parametrize(
    "body",
    [
        '    \\/ mode = "OPEN"\n    \\/ mode\' = "FENCED"\n',
        '    /\\ mode = "OPEN"\n  /\\ mode\' = "FENCED"\n',
        '    IF mode = "OPEN" THEN mode\' = "FENCED" ELSE FALSE\n',
    ],
)
def test_definition_that_is_no_list_of_conjuncts_is_not_taken_apart(body: str) -> None:
    start = DEFINITIONS.index("Fence \u225c\n") + len("Fence \u225c\n")
    text = DEFINITIONS[:start] + body + DEFINITIONS[DEFINITIONS.index("```\n\n## Safety") :]
    assert list(read(text).obstacles()) == ["action Fence: no effect is stated"]


def test_definition_of_another_name_is_not_that_of_the_action() -> None:
    text = DEFINITIONS.replace("Finish(w) ==", "Complete(w) ==")
    assert "action Finish: no effect is stated" in list(read(text).obstacles())


def test_words_are_no_formula_for_their_signs() -> None:
    text = ONE_TABLE.replace("∀ w ∈ Writers: size[w] ≤ MaxBatch", "each size ≤ the greatest batch")
    (found,) = read(text).properties
    assert found.formulas == () and found.error is None
    text = QUOTED.replace("∀ w ∈ Writers: size[w] ≤ MaxBatch", "∀ writers: none is too large")
    (found,) = read(text).properties
    assert found.formulas == () and found.error is None


def test_code_below_a_condition_that_is_no_assignment_stays_as_it_is() -> None:
    text = PROCEDURES.replace("DONE\n    else", "DONE\n        tell everybody\n    else")
    assert "action Finish: 2 lines are prose" in list(read(text).obstacles())


def test_label_of_an_effect_says_where_it_begins() -> None:
    text = PROCEDURES.replace(
        "    precondition: mode == OPEN\n    mode = FENCED",
        "    precondition: mode == OPEN\n    mode == OPEN\n    effect: mode = FENCED",
    )
    assert counts(text) == (32, 65, 6)


def test_short_name_that_is_almost_a_variable_is_no_name_of_its_own() -> None:
    text = PROCEDURES.replace("`mode`", "`m`").replace("mode", "m").replace("o = m", "mm = m")
    assert [each.split()[0] for each in findings(text)] == ["CF113", "CF111"]


@pytest.mark.parametrize(
    ("finish", "count"),
    [
        ("    size[w] = 0\n    if size[w] == 0:\n        writerState[w] = DONE", 1),
        ("    size[w] += 1\n    mode = IF size[w] > 2 THEN FENCED ELSE OPEN", 1),
        ("    if size[w] > 0:\n        writerState[w] = DONE\n    size[w] = 0", 0),
        ("    size[w] := 0\n    if size[w] > 0:\n        writerState[w] := DONE", 0),
        ("    size[w] += 1\n    mode' = IF size[w] > 2 THEN FENCED ELSE OPEN", 0),
    ],
)
def test_line_of_a_program_that_reads_what_is_assigned_above_is_prose(
    finish: str, count: int
) -> None:
    start = PROCEDURES.index("    o = mode")
    end = PROCEDURES.index("```\n\n### Action 3")
    actions = read(f"{PROCEDURES[:start]}{finish}\n{PROCEDURES[end:]}").actions
    assert {each.name: len(each.prose) for each in actions}["Finish"] == count


def test_code_below_goes_before_signs_in_a_sentence() -> None:
    formula = "∀ w ∈ Writers: size[w] ≤ MaxBatch"
    text = QUOTED.replace(formula, f"∀ writers: none is too large\n\n```\n{formula}\n```")
    (found,) = read(text).properties
    assert len(found.formulas) == 1


@pytest.mark.parametrize("stated", ["∀ w: size[w] < 9", "∀ w, w2: size[w] + size[w2] < 9"])
def test_index_without_a_set_ranges_over_the_indices(stated: str) -> None:
    text = QUOTED.replace("∀ w ∈ Writers: size[w] ≤ MaxBatch", stated)
    assert text != QUOTED and findings(text) == []
    (found,) = read(text).properties
    assert [isinstance(formula, Quantified) for formula in found.formulas] == [True]


@pytest.mark.parametrize(
    ("definition", "codes"),
    [("the smallest size that a writer has now", []), ("smallest size", ["CF110"])],
)
def test_definition_in_words_is_prose(definition: str, codes: list[str]) -> None:
    helper = f"## Helpers\n\n```\nSmallest(w) == {definition}\n```\n\n## 3. Actions"
    found = findings(QUOTED.replace("## 3. Actions", helper))
    assert [each.split()[0] for each in found] == codes
