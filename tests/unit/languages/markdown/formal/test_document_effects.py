"""Guards and effects of documents: in whatever form they are written, one step is what it says."""

from __future__ import annotations

import pytest

from conform.domain.values import format_value
from conform.errors import EvaluationError
from tests.unit.languages.markdown.formal.texts import findings, model, read, shown

PAGE = """# A page

| Variable | Type | Initial Value |
|---|---|---|
| `x` | `0..9` | `1` |
| `y` | `0..9` | `2` |
| `state` | `[Workers → {IDLE, BUSY}]` | `[w ∈ Workers ↦ IDLE]` |
| `entry` | `[1..2 → [kind : {A, B}, n : 0..9]]` | `[i ∈ 1..2 ↦ [kind ↦ A, n ↦ 0]]` |

| Parameter | Small |
|---|---|
| `Workers` | `{w1, w2}` |

## Actions

- `w` ranges over `Workers`, `i` over `1..2`.

### Action 1: Act(PARAMETERS)

"""


def page(body: str, parameters: str = "w") -> str:
    return PAGE.replace("PARAMETERS", parameters) + body + "\n"


def steps(body: str, parameters: str = "w", *, variable: str = "") -> list[str]:
    """Return the successors of the initial state by the first instance, changed variables alone."""
    found = model(page(body, parameters))
    (initial,) = found.initial_states()
    names = [slot.variable for slot in found.slots]
    return [
        "; ".join(
            f"{name} = {format_value(after)}"
            for name, before, after in zip(names, initial, successor.state, strict=True)
            if before != after
        )
        for successor in found.successors(found.instances[0], initial)
    ]


def effect(line: str) -> list[str]:
    return steps(f"**Effect**\n\n- `{line}`")


BUSY = 'state = (w1 :> "BUSY" @@ w2 :> "IDLE")'


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("x := x + 1", "x = 2"),
        ("x ← 5", "x = 5"),
        ("x' = 5", "x = 5"),
        ("x = 5", "x = 5"),
        ("set x to 5", "x = 5"),
        ("Set x := 5", "x = 5"),
        ("state[w] := BUSY", BUSY),
        ("state'[w] = BUSY", BUSY),
        ("state[w]' = BUSY", BUSY),
        ("state' = [state EXCEPT ![w] = BUSY]", BUSY),
        ("∀ v ∈ {w} : state[v] := BUSY", BUSY),
        ("for each v in {w}: state[v] := BUSY", BUSY),
        ("∀ v ∈ {w} : state'[v] = BUSY", BUSY),
        ("∀ v ∈ {} : state[v] := BUSY", ""),
        ("entry[1].n := 7", 'entry = <<[kind |-> "A", n |-> 7], [kind |-> "A", n |-> 0]>>'),
        (
            "∀ i ∈ 1..2 : (entry[i].n := i; entry[i].kind := B)",
            'entry = <<[kind |-> "B", n |-> 1], [kind |-> "B", n |-> 2]>>',
        ),
        ("IF x = 1 THEN x := 5", "x = 5"),
        ("IF x = 2 THEN x := 5", ""),
        ("IF x = 2 THEN x := 5 ELSE y := 6", "y = 6"),
        ("if x = 1: x := 5", "x = 5"),
        ("if x = 1, x := 5", "x = 5"),
        ("IF x = 1 THEN (x := 5; y := 6)", "x = 5; y = 6"),
        ("IF x = 1 THEN {x := 5; y := 6} ELSE x := 9", "x = 5; y = 6"),
        ("IF x = 1 THEN x' = 5 ELSE UNCHANGED x", "x = 5"),
        ("x = 1 ⇒ y' = 5", "y = 5"),
        ("x := y; y := x", "x = 2; y = 1"),
        ("x' = y ∧ y' = x ∧ UNCHANGED ⟨state, entry⟩", "x = 2; y = 1"),
        ("x' = LET z == y + 1 IN z * z", "x = 9"),
        ("UNCHANGED vars", ""),
        ("x → 5", "x = 5"),
        ("x -> 5", "x = 5"),
        ("x += 2", "x = 3"),
        ("y -= 2", "y = 0"),
        ("x becomes 5", "x = 5"),
        ("x is set to 5", "x = 5"),
        ("increment x", "x = 2"),
        ("Increment x by y", "x = 3"),
        ("decrement y", "y = 1"),
    ],
)
def test_effect_line_assigns(line: str, expected: str) -> None:
    assert effect(line) == [expected]


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("x' ∈ {3, 4}", ["x = 3", "x = 4"]),
        ("x :∈ {3, 4}", ["x = 3", "x = 4"]),
        ("∃ n ∈ {3, 4} : x' = n", ["x = 3", "x = 4"]),
        ("x' ∈ {}", []),
    ],
)
def test_effect_line_leaves_a_choice(line: str, expected: list[str]) -> None:
    assert effect(line) == expected


@pytest.mark.parametrize(
    "choice",
    [
        "choose `n ∈ 3..4`",
        "`choose n ∈ 3..4`",
        "Pick `n \\in {3, 4}`",
        "non-deterministically choose some `n in 3..4`",
        "choose `n` nondeterministically in `3..4`",
    ],
)
def test_choice_names_a_value_for_later_lines(choice: str) -> None:
    body = f"**Effect**\n\n- {choice}\n- `x := n`\n- `y := n + 1`"
    assert steps(body) == ["x = 3; y = 4", "x = 4; y = 5"]
    found = model(page(body))
    (initial,) = found.initial_states()
    chosen = [each.choices for each in found.successors(found.instances[0], initial)]
    assert chosen == [(("n", 3),), (("n", 4),)]


@pytest.mark.parametrize(
    "body",
    [
        "**Guard**\n\n- `x = 1`\n- `state[w] = IDLE`\n\n**Effect**\n\n- `x := 5`\n- `y := 6`",
        "**Guard**: `x = 1`, `state[w] = IDLE`\n\n**Effect**: `x := 5`, `y := 6`",
        "**Guard**: `x = 1` and `state[w] = IDLE`. **Effect**: `x := 5`; `y := 6`.",
        "**Guard**: `x = 1 ∧ state[w] = IDLE`\n\n**Effect**: `x := 5; y := 6`",
        "1. **Guard**:\n   1. `x = 1`\n   2. `state[w] = IDLE`\n"
        "2. **Effect**:\n   1. `x := 5; y := 6`",
        "**Guard**\n\n```\nx = 1\nstate[w] = IDLE\n```\n\n**Effect**\n\n```\nx := 5\ny := 6\n```",
        "**Guard**\n\n```tla\n/\\ x = 1\n/\\ state[w] = IDLE\n```\n\n"
        "**Effect**\n\n```tla\n/\\ x' = 5\n/\\ y' = 6\n```",
        "| Guard | Effect |\n|---|---|\n| `x = 1`<br>`state[w] = IDLE` | `x := 5`; `y := 6` |",
        "#### Guard\n\n- x = 1\n- state[w] = IDLE\n\n#### Effect\n\n- x := 5\n- y := 6",
        "**Guard**\n\n- `x = 1` — the first one\n- `state[w] = IDLE` (w has nothing to do)\n\n"
        "**Effect**\n\n- `x := 5`\n- `y := 6`",
    ],
)
def test_lines_are_found_in_every_form(body: str) -> None:
    found = read(page(body))
    (action,) = found.actions
    assert [prose.text for prose in action.prose] == []
    assert steps(body) == ["x = 5; y = 6"]
    assert steps(body.replace("x = 1", "x = 2")) == []
    assert steps(body.replace("= IDLE", "= BUSY")) == []


@pytest.mark.parametrize(("condition", "expected"), [("x = 1", "x = 5"), ("x = 2", "x = 7; y = 9")])
def test_otherwise_is_the_else_of_the_line_before(condition: str, expected: str) -> None:
    body = f"**Effect**\n\n- If `{condition}`: `x := 5`\n- Otherwise: `(x := 7; y := 9)`"
    assert findings(page(body)) == []
    assert steps(body) == [expected]
    assert (
        steps(body.replace("- Otherwise: `(x := 7; y := 9)`", "- else `x := 7`"))[0][:5]
        == (expected[:5])
    )


def test_otherwise_without_an_if_is_found() -> None:
    document = read(page("**Effect**\n\n- `x := 5`\n- Otherwise: `x := 7`"))
    assert [shown(found)[:5] for found in document.findings] == ["CF110"]
    assert not document.is_executable


def test_assignment_in_words_around_code_is_read() -> None:
    assert steps("**Effect**\n\n- `state[w]` becomes `BUSY`\n- Set `x` to `5`.") == [
        f"x = 5; {BUSY}"
    ]
    assert steps("**Effect**\n\n- `state[w]` → `BUSY`") == [BUSY]


def test_unknown_name_is_told_once_with_its_further_places() -> None:
    body = "**Guard**\n\n- `z = 1`\n- `z = 2 ∨ z = 3`\n\n**Effect**: `x := z`"
    (found,) = read(page(body)).findings
    assert found.details == tuple(
        f"also: page.md:{HERE + row}:{column}" for row, column in [(4, 4), (4, 12), (6, 19)]
    )


def test_nested_list_in_a_code_block_is_one_line() -> None:
    guard = "/\\ \\/ x = 2\n   \\/ /\\ x = 1\n      /\\ y = 2\n/\\ y < 3"
    body = f"**Guard**\n\n```tla\n{guard}\n```\n\n**Effect**: `x := 5`"
    assert steps(body) == ["x = 5"]
    assert steps(body.replace("y < 3", "y < 2")) == []


def test_disjunction_over_lines_of_a_code_block_is_one_line() -> None:
    body = "**Guard**\n\n```tla\n\\/ x = 2\n\\/ y = 2\n```\n\n**Effect**: `x := 5`"
    assert steps(body) == ["x = 5"]
    assert steps(body.replace("y = 2", "y = 3")) == []


def test_each_side_of_a_disjunction_is_a_way() -> None:
    """As TLC counts; the state is the same."""
    assert steps("**Guard**: `x = 1 ∨ y = 2`\n\n**Effect**: `x := 5`") == ["x = 5", "x = 5"]
    assert steps("**Guard**: `∃ i ∈ 1..2 : i < 3`\n\n**Effect**: `x := 5`") == ["x = 5", "x = 5"]
    assert steps("**Guard**: `x = 1 ∨ entry[9].n = 0`\n\n**Effect**: `x := 5`") == ["x = 5"]


@pytest.mark.parametrize(
    "guard",
    [
        "- `entry[9].n = 0`\n- `x > 3`",
        "- `entry[9].n = 0 ∧ x > 3`",
        "- `x > 3`\n- `entry[9].n = 0`",
    ],
)
def test_order_of_the_lines_of_a_guard_says_nothing(guard: str) -> None:
    """What has no value is asked only where all other lines hold."""
    text = f"**Guard**\n\n{guard}\n\n**Effect**: `y := 5`"
    assert steps(text) == []
    with pytest.raises(EvaluationError, match="outside of the domain"):
        steps(text.replace("x > 3", "x < 3"))


def test_let_of_the_guard_is_known_in_the_effect_and_lazy() -> None:
    body = (
        "**Guard**\n\n- `Let n = entry[x].n`\n- `x < 3`\n- `n = 0`\n\n**Effect**\n\n- `y := n + 7`"
    )
    assert steps(body) == ["y = 7"]
    assert steps(body.replace("`x < 3`", "`x > 3`").replace("entry[x]", "entry[x + 8]")) == []


@pytest.mark.parametrize(
    "guard",
    [
        "`x < 3` ∧ `n < 3` where `n = x + 1`",
        "`x < 3 ∧ n < 3`, where `n = x + 1`.",
        "`n < 3 where m = x, n = m + 1`",
    ],
)
def test_names_that_end_a_line_are_known_in_it_and_behind_it(guard: str) -> None:
    body = f"**Guard**: {guard}\n\n**Effect**: `y := n + 7`"
    assert steps(body) == ["y = 9"]
    assert steps(body.replace("n < 3", "n > 3")) == []


def test_names_that_end_a_line_of_an_effect_are_known_in_it() -> None:
    assert steps("**Effect**: `y := n + 7`, where `n = x + 1`") == ["y = 9"]


def test_where_is_no_formal_word_before_conditions_that_go_on() -> None:
    """It cannot be told whether they are part of what the name stands for."""
    document = read(page("**Guard**: `n < 3` where `n = x + 1` ∧ `x = 1`\n\n**Effect**: `y := 5`"))
    (action,) = document.actions
    assert len(action.prose) == 1


def test_parameters_are_bound_in_each_combination() -> None:
    found = model(page("**Guard**: `i < 2`\n\n**Effect**: `state[w] := BUSY`", "w, i"))
    assert [dict(each.parameters)["i"] for each in found.instances] == [1, 2, 1, 2]
    assert [str(dict(each.parameters)["w"]) for each in found.instances] == ["w1", "w1", "w2", "w2"]


@pytest.mark.parametrize(
    ("ranges", "parameters"),
    [
        ("- `w` ranges over `Workers`.", "w"),
        ("For each `w ∈ Workers`:", "w"),
        ("`w` is an element of `Workers`", "w"),
        ("Here `w` is any element of `Workers`.", "w"),
        ("", "w ∈ Workers"),
        ("", "w \\in Workers"),
        ("", "w"),  # state is indexed by it, and its type has the domain
    ],
)
def test_range_of_a_parameter_is_found(ranges: str, parameters: str) -> None:
    text = page("**Effect**: `state[w] := BUSY`", parameters)
    text = text.replace("- `w` ranges over `Workers`, `i` over `1..2`.", ranges)
    assert len(model(text).instances) == 2


def test_parameter_without_a_range_makes_the_document_not_executable() -> None:
    text = page("**Effect**: `x := 5`", "k")
    assert list(read(text).obstacles()) == ["action Act: nothing says what `k` ranges over"]


def test_contradicting_assignments_of_one_step_are_found_where_they_meet() -> None:
    found = model(page("**Effect**\n\n- `entry[x].n := 1`\n- `entry[y - 1].n := 2`"))
    (initial,) = found.initial_states()
    with pytest.raises(EvaluationError, match="assigned twice in one step") as caught:
        list(found.successors(found.instances[0], initial))
    assert caught.value.span is not None and "^" in caught.value.excerpt


def test_explanation_has_each_line_with_its_value_and_place() -> None:
    body = (
        "**Guard**\n\n- `x = 1`\n- `Let n = y`\n- `n > 2`\n- `entry[9].n = 0`\n\n"
        "**Effect**\n\n- `x := 5`\n- `∀ i ∈ 1..2 : entry[i].n := n`"
    )
    text = page(body)
    found = model(text)
    (initial,) = found.initial_states()
    explanation = found.explain(found.instances[0], initial)
    lines = text.splitlines()
    assert [(each.text, each.holds) for each in explanation.conditions] == [
        ("x = 1", True),
        ("n > 2", False),
        ("entry[9].n = 0", None),
    ]
    for condition in explanation.conditions:
        assert condition.text in lines[condition.span.line - 1]
    assert [each.variable for each in explanation.effects] == ["x", "entry"]
    assert lines[explanation.effects[1].span.line - 1].startswith("- `∀ i")


# --------------------------------------------------------------------------------------- findings

ONCE = " (all assignments are made at once: keep one of them)"
HERE = PAGE.count("\n")
"""The line behind which the body of the action begins."""


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("`z = 1`", "CF111 3:4 action Act: `z` is not declared"),
        (
            "`stat[w] = IDLE`",
            "CF111 3:4 action Act: `stat` is not declared (did you mean `state`?)",
        ),
        ("`Free(w)`", "CF111 3:4 action Act: there is no helper `Free`"),
        (
            "`Cardinality(Workers, 1) = 1`",
            "CF112 3:4 action Act: `Cardinality` takes 1 argument, here it has 2",
        ),
        (
            "`state(w) = IDLE`",
            "CF112 3:4 action Act: `state` is no helper and takes no arguments"
            " (write state[…] to apply a function)",
        ),
        ("`∃ x ∈ 1..2 : x = 1`", "CF115 3:6 action Act: `x` hides a state variable of that name"),
        ("`∃ w ∈ Workers : state[w] = IDLE`", "CF115 3:6 action Act: `w` hides the `w` around it"),
        ("`Let Workers = 1`", "CF115 3:8 action Act: `Workers` hides a constant of that name"),
        ("`x = 1 +`", "CF110 3:10 action Act: unexpected the end of the line"),
        ("`ENABLED Other(w)`", "CF111 3:12 action Act: there is no action `Other`"),
        ("`∀ k : k = 1`", "CF111 3:6 action Act: nothing says what `k` ranges over"),
    ],
)
def test_wrong_name_in_a_guard_is_found(line: str, expected: str) -> None:
    found = [
        shown(each)
        for each in read(page(f"**Guard**\n\n- {line}\n\n**Effect**: `y := 1`")).findings
    ]
    code, place, rest = expected.split(" ", 2)
    row, column = place.split(":")
    assert found == [f"{code} {HERE + int(row)}:{column} {rest}"]


@pytest.mark.parametrize(
    ("lines", "expected"),
    [
        (
            "- `w := 1`",
            "CF113 3:4 action Act: `w` is a local name, which nothing can be assigned to",
        ),
        (
            "- `Workers := {}`",
            "CF113 3:4 action Act: `Workers` is a constant, which no action changes",
        ),
        (
            "- `xx := 1`",
            "CF113 3:4 action Act: there is no state variable `xx` (did you mean `x`?)",
        ),
        (
            "- `x := 1`\n- `x := 2`",
            "CF114 4:4 action Act: the effect assigns `x` twice" + ONCE,
        ),
        (
            "- `state[w] := IDLE`\n- `state[w] := BUSY`",
            "CF114 4:4 action Act: the effect assigns `state` twice" + ONCE,
        ),
        (
            "- `entry[1] := entry[2]`\n- `entry[1].n := 2`",
            "CF114 4:4 action Act: the effect assigns `entry` twice" + ONCE,
        ),
        (
            "- `x := 1`\n- `UNCHANGED x`",
            "CF114 4:14 action Act: the effect assigns `x` twice" + ONCE,
        ),
        ("- `x > 1`", "CF110 3:4 action Act: this formula assigns nothing"),
        (
            "- `IF x = 1 THEN x := 2; y := 3`",
            "CF110 3:4 action Act: an IF with further assignments behind it"
            " can be read in two ways",
        ),
        ("- `wake the reader`", "CF110 3:9 action Act: unexpected `the`"),
    ],
)
def test_wrong_effect_is_found(lines: str, expected: str) -> None:
    found = findings(page(f"**Effect**\n\n{lines}"))
    code, place, rest = expected.split(" ", 2)
    row, column = place.split(":")
    assert found == [f"{code} {HERE + int(row)}:{column} {rest}"]


@pytest.mark.parametrize(
    "body",
    [
        "**Effect**\n\n- `entry[1].n := 1`\n- `entry[2].n := 2`\n- `entry[1].kind := B`",
        "**Effect**\n\n- `IF x = 1 THEN y := 1 ELSE y := 2`",
        "**Guard**: `∃ v ∈ Workers : state[v] = IDLE`\n\n**Effect**: `x := 1`",
        "**Guard**: `IDLING = IDLE`\n\n**Effect**: `x := 1`",
    ],
)
def test_right_lines_give_no_finding(body: str) -> None:
    assert findings(page(body)) == []


def test_one_bad_line_does_not_hide_the_others() -> None:
    guard = "- `x = `\n- `zz = 1`\n- `Len() = 1`\n- `∃ y ∈ 1..2 : y = x`"
    effect = "- `yy := 1`\n- `x := 1`\n- `x := 2`"
    codes = [each[:5] for each in findings(page(f"**Guard**\n\n{guard}\n\n**Effect**\n\n{effect}"))]
    assert codes == ["CF110", "CF111", "CF112", "CF115", "CF113", "CF114"]


def test_prose_is_counted_and_not_claimed_to_be_formal() -> None:
    body = "**Guard**\n\n- the worker is idle\n- `x = 1`\n\n**Effect**\n\n- `x := (` or so"
    document = read(page(body))
    assert [shown(found) for found in document.findings] == []
    (action,) = document.actions
    assert [line.text for line in action.prose] == ["the worker is idle", "x := ( or so"]
    assert [line.text for line in action.guard] == ["x = 1"]
    assert list(document.obstacles()) == ["action Act: 2 lines are prose"]


@pytest.mark.parametrize(
    "line",
    [
        "`x = 1` unless `y = 2`",
        "`x = 1` — except when it is full",
        "`x = 1` (only if idle)",
        "idle",
    ],
)
def test_gloss_that_takes_something_back_makes_prose(line: str) -> None:
    document = read(page(f"**Guard**\n\n- {line}\n\n**Effect**: `x := 1`"))
    assert len(document.actions[0].prose) == 1


@pytest.mark.parametrize(
    ("line", "codes"),
    [
        ("all covering entries lie in the range", []),
        ("wake the reader", ["CF110"]),
        ("for all entries in the range", ["CF110"]),
    ],
)
def test_sentence_in_code_is_prose(line: str, codes: list[str]) -> None:
    found = findings(page(f"**Guard**\n\n```\nx = 1\n{line}\n```\n\n**Effect**: `x := 2`"))
    assert [each.split()[0] for each in found] == codes


@pytest.mark.parametrize(
    ("test", "expected"), [("x = 1", ["x = 7; y = 5"]), ("x = 2", ["x = 7; y = 6"])]
)
def test_cases_below_one_another_in_code_are_an_if(test: str, expected: list[str]) -> None:
    """What stands deeper in front of the label is not gone on with behind it."""
    code = (
        f"Let five = 5\n\nGuard:\n  y = 2\n  the free-form entry of x stands in no log\n\n"
        f"Effect:\n  y := five  if {test}\n       6     otherwise\n  x := 7"
    )
    body = f"```\n{code}\n```"
    assert findings(page(body)) == []
    (action,) = read(page(body)).actions
    assert [prose.text for prose in action.prose] == ["the free-form entry of x stands in no log"]
    assert steps(body.replace("  the free-form entry of x stands in no log\n", "")) == expected
