"""One protocol in the manners of three authors: each document is executed, to the same states."""

from __future__ import annotations

import pytest

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


@pytest.mark.parametrize("page", [DEFINITIONS, ONE_TABLE, QUOTED])
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
