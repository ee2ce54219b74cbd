"""Guards and effects whose comparisons and assignments are words between names."""

from __future__ import annotations

import pytest

from conform.errors import InputError
from conform.languages.markdown.formal.parsing import parse_effect, parse_formula
from tests.unit.languages.markdown.formal.test_document_effects import BUSY, page, steps
from tests.unit.languages.markdown.formal.texts import findings, fragment, read, value

ALL_BUSY = 'state = (w1 :> "BUSY" @@ w2 :> "BUSY")'


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("count is 3", "TRUE"),
        ("count is still 4", "FALSE"),
        ("count is not 3", "FALSE"),
        ("count is no longer 3", "FALSE"),
        ("count equals Max - 1", "TRUE"),
        ("count is equal to Max", "FALSE"),
        ("count differs from Max", "TRUE"),
        ("count is at most 3", "TRUE"),
        ("count is at least 4", "FALSE"),
        ("count is less than 3", "FALSE"),
        ("count is less than or equal to 3", "TRUE"),
        ("count is greater than 2", "TRUE"),
        ("count exceeds 3", "FALSE"),
        ("count does not exceed 3", "TRUE"),
        ("count is in 1..Max", "TRUE"),
        ("EXISTS n IN 1..Max: n > count AND NOT n NOT IN {4}", "TRUE"),
        ("FORALL n IN 1..Max: n IN {1, 2}", "FALSE"),
        ("LET n == 3 IN n = count", "TRUE"),
        ("count is one of {1, 2}", "FALSE"),
        ("count is an element of {1, 2}", "FALSE"),
        ("count is not in {1, 2}", "TRUE"),
        ("state.phase is DONE or IDLE", "TRUE"),
        ("state.phase is either DONE, FAILED or LOST", "FALSE"),
        ("state.phase is one of DONE, IDLE", "TRUE"),
        ("state.phase is neither IDLE nor DONE", "FALSE"),
        ("count must be 3", "TRUE"),
        ("count must not be 3", "FALSE"),
        ("count must be less than 3", "FALSE"),
        ("count has to exceed 2", "TRUE"),
        ("state.phase must be DONE or IDLE", "TRUE"),
        ("count is 1 and Max is 4", "FALSE"),
        ("count is 1 or Max is 4", "TRUE"),
        ("count is 3 and either Max is 1 or Max is 4", "TRUE"),
        ("count is 1 and either Max is 1 or Max is 4", "FALSE"),
        ("for each worker w in Workers: w is not count", "TRUE"),
        ("there is a worker w with w is count", "FALSE"),
        ("There is a worker w with w is not count", "TRUE"),
        ("For every worker w in Workers: w is not count", "TRUE"),
        ("there is no worker w such that w = count", "TRUE"),
    ],
)
def test_comparison_in_words_is_the_one_in_signs(text: str, expected: str) -> None:
    assert value(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "count is not 1 or 2",  # neither of them, or one of them
        "count is Max or 2",  # a second value looks like a condition
        "count is 1, Max is 4 or Max is 5",
        "count is 1 and Max is 4 or Max is 5",
        "count is set to 3",
        "there is a live worker w with w = count",  # which ones are live is not said
        "for every live worker w in Workers: w = count",
        "count is between 1 and 2",
    ],
)
def test_words_that_can_mean_two_things_are_no_formula(text: str) -> None:
    with pytest.raises(InputError):
        parse_formula(fragment(text))


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("reset `x` to `0`", "x = 0"),
        ("move `state[w]` to `BUSY`", BUSY),
        ("moves to `state[w] = BUSY`", BUSY),
        ("`y` becomes `6`, and then goes to `x = 5`", "x = 5; y = 6"),
        ("`x` is incremented", "x = 2"),
        ("`x` is incremented by `y`", "x = 3"),
        ("`x` is increased by one", "x = 2"),
        ("`y` decreases by `1`", "y = 1"),
        ("`x` moves from `1` to `2`", "x = 2"),
        ("`x`: 1 → 2", "x = 2"),
        ("`state[w]`: `IDLE → BUSY`", BUSY),
        ("`x` becomes `5` and `y` becomes `6`", "x = 5; y = 6"),
        ("set `x` to `5` and `y` to `6`", "x = 5; y = 6"),
        ("if `x` is `1`: set `x` to `5`", "x = 5"),
        ("if `x` is `2`, set `x` to `5`", ""),
        ("if `x` is `1`, `x` becomes `5` and `y` becomes `6`", "x = 5; y = 6"),
        ("If `x` is `2` then `x` becomes `5`, otherwise `y` becomes `6`", "y = 6"),
        ("`y` becomes `6` if `x` is `1`", "y = 6"),
        ("`y` becomes `6` if `x` is not `1`", ""),
        ("for each worker `v` in `Workers`: set `state[v]` to `IDLE`", ""),
        ("for each worker `v` with `v = w`: set `state[v]` to `BUSY`", BUSY),
        ("for each worker `v` with `v = w`, it is told so (`state[v]` becomes `BUSY`)", BUSY),
        ("For each `v` with `state[v] = BUSY`: `state[v] := IDLE`", ""),
        ("For each `v` with `state[v] = IDLE`: `state[v] := BUSY`", ALL_BUSY),
        ("For each person `v` with `state[v] = IDLE`: set `state[v]` to `BUSY`", ALL_BUSY),
        ("the worker is told so (`state[w]` becomes `BUSY`)", BUSY),
        ("`x` becomes `5`. `y` becomes `6`", "x = 5; y = 6"),
        ("`x` becomes `5`. Everything else is unchanged", "x = 5"),
        ("`x` becomes `5`; all other variables remain unchanged", "x = 5"),
        ("`x` becomes `5`. Nothing else changes; in particular the gate stays shut.", "x = 5"),
    ],
)
def test_assignment_in_words_assigns(line: str, expected: str) -> None:
    body = f"**Effect:** {line}" if ". " in line or "; " in line else f"**Effect**\n\n- {line}"
    assert findings(page(body)) == []
    assert steps(body) == [expected]


@pytest.mark.parametrize("line", ["`x` moves from `2` to `1`", "`x`: 2 → 1"])
def test_move_is_taken_from_the_value_that_it_names_alone(line: str) -> None:
    body = f"**Effect**\n\n- {line}"
    assert findings(page(body)) == []
    assert steps(body) == []


@pytest.mark.parametrize(
    "text",
    [
        "if x is 1, set x to 5; y becomes 6",  # whether x has to be 1 for the second, too
        "if x reaches 2, y becomes 6",
        "x becomes 5 if y is 1 or x is 2 or z",
        "the lock is not released (x becomes 5)",
        "the lock may be released (x becomes 5)",
    ],
)
def test_other_words_assign_nothing(text: str) -> None:
    with pytest.raises(InputError):
        parse_effect(fragment(text))


def test_choice_from_a_set_and_words_that_use_a_name() -> None:
    body = (
        "Let `z = x + 1`.\n\n**Guard:** `x` is `1` and `z` is `2`.\n\n"
        "**Effect:**\n- choose `n` from `3..4`\n- set `y` to `n`\n- otherwise unchanged"
    )
    assert steps(body.replace("\n- otherwise unchanged", "")) == ["y = 3", "y = 4"]
    assert steps(body.replace("\n- otherwise unchanged", "").replace("is `2`", "is `3`")) == []


def test_each_parameter_of_a_list_has_its_range() -> None:
    body = "**Parameters:** `v ∈ Workers`, `n ∈ 3..4`\n\n**Effect:** `x := n`"
    text = page(body, "v, n").replace("- `w` ranges over `Workers`, `i` over `1..2`.\n", "")
    assert list(read(text).obstacles()) == []
    assert steps(body, "v, n") == ["x = 3"]
    other = text.replace("`n ∈ 3..4`", "beside `n ∈ 3..4`")
    assert list(read(other).obstacles()) == ["action Act: nothing says what `n` ranges over"]


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("`ready[w]` is `BUSY`", ["CF111"]),
        ("for each worker `v` with `ready[v] = w`: set `state[v]` to `IDLE`", ["CF111"]),
        ("set `ready[w]` to `BUSY`", ["CF113"]),
        ("`ready[w]` is `BUSY`; ready is what the others say", []),
        ("`ready[w]` is `BUSY` for the others", []),
        ("`ready` is `BUSY`", []),
        ("`ready[w]` is `done`", []),
    ],
)
def test_variable_that_has_another_name_by_now_is_found(line: str, expected: list[str]) -> None:
    """Words may introduce a name, but none with an index in a line that is else a formula."""
    kind = "Guard" if line.startswith("`") else "Effect"
    lines = line.replace("; ", "\n- ")
    found = findings(page(f"**{kind}:**\n- {lines}\n\n**Effect:**\n- `x := 5`"))
    assert [each.split()[0] for each in found] == expected
    right = findings(page(f"**{kind}:**\n- {lines.replace('ready', 'state')}"))
    assert not [each for each in right if "ready" in each]


def test_name_that_no_variable_gives_a_set_stays_words() -> None:
    """The index of two variables with different sets, or of none, says nothing of the name."""
    for condition in ("`entry[v].n = state[v]`", "`v = w`", "`other[v] = w`"):
        body = f"**Effect:**\n- For each `v` with {condition}: `state[w] := BUSY`"
        (action,) = read(page(body)).actions
        assert [line.text[:10] for line in action.prose] == ["For each v"]
    guard = "**Guard:**\n- there is a `v` with `state[v] = BUSY`\n\n**Effect:**\n- `x := 5`"
    assert steps(guard) == []
    assert steps(guard.replace("BUSY", "IDLE")) == ["x = 5"] * 2  # one for each witness
