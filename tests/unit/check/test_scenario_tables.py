"""Tables of numbered steps are walked through in the model, and what they say is compared."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.unit.check.journal import Change, changed_project, found_in
from tests.unit.check.test_planted_claims import JOURNAL

STEPS = [
    ("Begin(c1)", "`clientState[c1] = WRITING`"),
    ("Commit(c1)", "`clientState[c1] = DONE`, and `clientState[c2] = IDLE`"),
    ("Begin(c2)", "`journalState = OPEN`"),
    ("Finish(c1)", "`clientPages[c1] = 0`, `clientState[c1] = IDLE`"),
]


def planted(steps: list[tuple[str, str]], header: str = "Result") -> Change:
    rows = (f"| {at} | `{name}` | {text} |\n" for at, (name, text) in enumerate(steps, 1))
    table = f"| Step | Action | {header} |\n|---|---|---|\n" + "".join(rows)
    return JOURNAL, "## 5. Properties", f"{table}\n## 5. Properties"


def found(root: Path, steps: list[tuple[str, str]], header: str = "Result") -> list[str]:
    project = changed_project(root, planted(steps, header))
    every = found_in(project)
    assert {each.code for each, _under in every} <= {"CF284"}
    return [f"{each.message} | {under}" for each, under in every]


def changed(at: int, name: str, text: str) -> list[tuple[str, str]]:
    return [*STEPS[:at], (name, text), *STEPS[at + 1 :]]


def test_steps_that_happen_so_are_no_finding(tmp_path: Path) -> None:
    assert found(tmp_path, STEPS) == []


def test_value_that_the_model_has_not_is_found_in_its_place(tmp_path: Path) -> None:
    steps = changed(3, "Finish(c1)", "`clientPages[c1] = 0`, `clientState[c1] = DONE`")
    assert found(tmp_path, steps) == [
        "`clientState[c1]` is IDLE in tlaplus/PageJournal.tla after `Finish(c1)`, "
        f"and DONE here | {JOURNAL}: clientState[c1] = DONE"
    ]


@pytest.mark.parametrize(
    ("value", "found_there"), [("IDLE", []), ("DONE", ["sealerState` is DONE"])]
)
def test_sentence_below_the_table_says_what_is_so_after_a_step(
    tmp_path: Path, value: str, found_there: list[str]
) -> None:
    at, heading, text = planted(STEPS)
    said = text.replace("\n## 5", f"\nAfter step 3, `sealerState` is {value}.\n\n## 5")
    every = found_in(changed_project(tmp_path, (at, heading, said)))
    assert [under for _each, under in every] == [f"{JOURNAL}: {each}" for each in found_there]


def test_step_that_cannot_be_taken_is_found(tmp_path: Path) -> None:
    (message,) = found(tmp_path, changed(2, "Commit(c1)", "nothing more"))
    assert message.startswith(
        "`Commit(c1)` cannot be taken in tlaplus/PageJournal.tla after the steps before"
    )


def test_run_that_begins_elsewhere_is_left_alone(tmp_path: Path) -> None:
    assert found(tmp_path, [("Commit(c1)", ""), *STEPS[2:]]) == []


def test_value_that_a_choice_may_give_is_no_finding(tmp_path: Path) -> None:
    assert found(tmp_path / "one", changed(0, "Begin(c1)", "`clientPages[c1] = 2`")) == []
    (message,) = found(tmp_path / "other", changed(0, "Begin(c1)", "`clientPages[c1] = 3`"))
    assert message.startswith("`clientPages[c1]` is 1 or 2 in ")


@pytest.mark.parametrize(
    ("steps", "header"),
    [
        (changed(3, "Finish(c1)", "`clientState[c1] = DONE`"), "Before"),
        (changed(3, "Finish(c1)", "`clientState[c1] = SomeState + 1`"), "Result"),
        (changed(3, "finish it", "`clientState[c1] = DONE`"), "Result"),
        (changed(2, "Commit(c9)", "`clientState[c1] = IDLE`"), "Result"),
        (STEPS[1:3], "Result"),
    ],
    ids=["before", "no plain value", "no action", "no such instance", "too few"],
)
def test_what_is_not_understood_is_no_finding(
    tmp_path: Path, steps: list[tuple[str, str]], header: str
) -> None:
    assert found(tmp_path, steps, header) == []


ALONE = "1. c1 begins as before.\n2. `Finish(c1)` fires; `clientState[c1] = {}`. It was not.\n"
RUN = "1. `Begin(c1)`\n2. `Commit(c1)`: `clientState[c1] = DONE`\n3. {last}\n"


CODE = """\
```
initially   journalState = OPEN
t1: Begin(c1)
t2: Commit(c1)   clientState[c1]=DONE
t3: Finish(c1)   clientState[c1]={last}
```
"""
STEPWISE = """\
**Step 1.** c1 takes `Begin(c1)`.

**Step 2.** c1 takes `Commit(c1)`.

**Step 3.** c1 takes `Finish(c1)`: `clientState[c1] = {last}`.
"""
COLUMNS = """\
| Step | Action | `clientState[c1]` | `pageTable[1].kind` |
|---|---|---|---|
| 0 | (initial) | IDLE | |
| 1 | `Begin(c1)` | WRITING | |
| 2 | `Commit(c1)` | DONE | |
| 3 | `Finish(c1)` | {last} | {kind} |
"""


FAILURES = """\
| Crash point | What is left | Recovery |
|---|---|---|
| MERGING | its page | `{action}`, perhaps much later |
| after `SealBegin`, before `Merge` | {left} | none |
"""

WRITES = """\
| Crash after | `clientState` written? | `nextPage` written? | Recovery |
|---|---|---|---|
| `Begin` | {state} | {page} | none |
| `Commit` | yes | {second} | none |
"""
WHILE = "- **Crash while `MERGING`**: the page stays; `{action}` is enabled at once.\n"


TOLD: list[tuple[str, str | None]] = [
    (RUN.format(last="`Finish(c1)`: it ends."), None),
    (RUN.format(last="`Finish(c2)`: it ends."), "`Finish(c2)` cannot be taken in"),
    (RUN.format(last="`Finish(c1)`: `clientState[c1] = DONE`"), "`clientState[c1]` is IDLE in"),
    (RUN.format(last="`Finish(c1)` → clientState[c1] = DONE"), "`clientState[c1]` is IDLE in"),
    (RUN.format(last="`Finish(c1)` → clientState[c1] = IDLE"), None),
    (RUN.format(last="`Finish(c1)`; clientState[c1] = DONE before"), None),
    (RUN.format(last="`Finish(c1)` → pageTable[1] = (RAW, 3)"), "`pageTable[1]` is {"),
    (RUN.format(last="Later `Finish(c2)`."), None),
    (RUN.format(last="`Finish(c2)` cannot be taken."), None),
    ("A run: `Begin(c1)`, `Commit(c1)`, `Finish(c1)`.", None),
    (
        "A run: `Begin(c1)` \u2192 `Finish(c1)` \u2192 `Commit(c1)`.",
        "`Commit(c1)` cannot be taken",
    ),
    (RUN.format(last="`Finish(c1)` → c1: DONE"), "`clientState[c1]` is IDLE in"),
    (RUN.format(last="`Finish(c1)` → c1: IDLE"), None),
    (RUN.format(last="`Finish(c1)`: the client becomes `DONE`."), "`clientState` is IDLE in"),
    (RUN.format(last="`Finish(c1)`: the client stays `IDLE`."), None),
    (RUN.format(last="`Finish(c1)`: c1 may be used again: c1: DONE"), "`clientState[c1]` is"),
    (ALONE.format("DONE"), "`clientState[c1]` is IDLE in tlaplus/PageJournal.tla after every"),
    (ALONE.format("IDLE"), None),
    (ALONE.format("DONE` before `x"), None),
    (ALONE.replace(" fires;", " and `Begin(c1)`:").format("DONE"), None),
    (CODE.format(last="DONE"), "`clientState[c1]` is IDLE in"),
    (CODE.format(last="IDLE"), None),
    (STEPWISE.format(last="DONE"), "`clientState[c1]` is IDLE in"),
    (STEPWISE.format(last="IDLE"), None),
    (COLUMNS.format(last="DONE", kind="RAW"), "`clientState[c1]` is IDLE in"),
    (COLUMNS.format(last="IDLE", kind="RAW"), None),
    (COLUMNS.format(last="IDLE", kind="SEALED"), "`pageTable[1].kind` is "),
    (FAILURES.format(action="Merge", left="MERGING"), None),
    (FAILURES.format(action="Trim", left="MERGING"), "no step of `Trim` is taken in "),
    (FAILURES.format(action="Merge", left="TRIMMING"), "`sealerState` is MERGING after `Seal"),
    (FAILURES.format(action="Trim` by another, `Merge", left="no TRIMMING"), None),
    (
        FAILURES.replace("| MERGING", "| while merging (`MERGING`)").format(
            action="Trim", left="MERGING"
        ),
        "no step of `Trim` is taken in ",
    ),
    (
        FAILURES.replace("| Recovery", "| Enabled afterwards").format(
            action="Trim", left="MERGING"
        ),
        "no step of `Trim` is taken in ",
    ),
    (WRITES.format(state="yes", page="no", second="yes"), None),
    (WRITES.format(state="no", page="no", second="yes"), "`Begin` writes `clientState`"),
    (WRITES.format(state="yes", page="yes", second="yes"), "`Begin` does not write `nextPage`"),
    (WRITES.format(state="yes", page="no", second="no"), "`Commit` writes `nextPage`"),
    (WHILE.format(action="Merge"), None),
    (WHILE.format(action="Trim"), "no step of `Trim` is taken in MERGING"),
    (WHILE.replace("while", "before").format(action="Trim"), None),
    ("None of `Begin(c1)`, `Finish(c1)`, `Commit(c1)`.", None),
    ("After a crash: `Finish(c1)`, `Begin(c1)`, `Commit(c1)`.", None),
]


@pytest.fixture(scope="module")
def found_in_each(tmp_path_factory: pytest.TempPathFactory) -> list[list[str]]:
    """Return the findings of each of TOLD, all of which stand in one document, by their lines."""
    sections = "".join(f"### Run {at}\n\n{text}\n\n" for at, (text, _message) in enumerate(TOLD))
    change = (JOURNAL, "## 5. Properties", f"{sections}## 5. Properties")
    project = changed_project(tmp_path_factory.mktemp("told"), change)
    lines = (project.parent / JOURNAL).read_text(encoding="utf-8").splitlines()
    found: list[list[str]] = [[] for _each in TOLD]
    for finding, under in found_in(project):
        assert finding.span is not None
        above = [line for line in lines[: finding.span.line] if line.startswith("### Run ")]
        found[int(above[-1].removeprefix("### Run "))].append(f"{finding.message} | {under}")
    return found


@pytest.mark.parametrize("at", range(len(TOLD)), ids=[text[:40] for text, _message in TOLD])
def test_runs_told_in_lists_and_sentences(found_in_each: list[list[str]], at: int) -> None:
    found, message = found_in_each[at], TOLD[at][1]
    assert len(found) == (message is not None), found
    assert all(each.startswith(message or "") for each in found)


def test_row_may_name_an_action_without_parameters(tmp_path: Path) -> None:
    steps = [("Begin(c1)", ""), ("Commit(c1)", ""), ("Finish(c2)", "")]
    assert len(found(tmp_path, steps)) == 1


def test_value_that_a_choice_has_given_holds_for_the_steps_behind_it(tmp_path: Path) -> None:
    begun = ("Begin(c1)", "`clientPages[c1] = 2`")
    after = [begun, ("Commit(c1)", "`clientPages[c1] = 1`"), STEPS[2], ("Finish(c1)", "{}")]
    steps = [(name, text.format("`clientState[c1] = DONE`")) for name, text in after]
    pages, state = found(tmp_path, steps)
    assert pages.startswith("`clientPages[c1]` is 2 in ")
    assert state.startswith("`clientState[c1]` is IDLE in ")


def test_value_may_stand_behind_the_code(tmp_path: Path) -> None:
    (message,) = found(tmp_path, changed(3, "Finish(c1)", "`clientState[c1]` = DONE"))
    assert message.startswith("`clientState[c1]` is IDLE in")
