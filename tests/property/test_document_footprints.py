"""What a document's instances and predicates say of the slots they read and write is so."""

from __future__ import annotations

from functools import cache

from hypothesis import given, settings
from hypothesis import strategies as st

from conform.domain.actions import ActionInstance
from conform.domain.states import State
from conform.errors import ConformError, EvaluationError
from conform.languages.markdown.formal.building_model import build_model
from conform.languages.markdown.formal.model import DocumentModel
from tests.property.examples import EXAMPLES
from tests.unit.languages.markdown.formal.texts import model, read

VALUES = st.integers(0, 2)
STATES = st.tuples(VALUES, VALUES, VALUES)

GUARDS = [
    "x = {n}",
    "1 ≤ y + 1 < z + 2",
    "∃ i ∈ 0..{n} : i = y",
    "∀ i ∈ 0..x : i ≤ {n}",
    "(x = {n} ∨ y = z)",
    "IF y = {n} THEN x = 0 ELSE z = 1",
    "Both(x, y) ≠ {n}",
    "¬(z = {n})",
    "x = {n} ⇒ y = z",
    "LET v == z + {n} IN v > x",
    "Let a = z - {n}",
    "Sum ∈ {{{n}, 3}}",
    "⟨{n}, 5⟩[y + 1] = 5",
    "choose k ∈ 0..y",
]
EFFECTS = [
    "{v} := {n}",
    "{v} := (x + {n}) % 3",
    "{v}' = (y + z) % 3",
    "{v}' ∈ 0..{n}",
    "{v}' ∈ {{y, z}}",
    "IF z = {n} THEN {v} := x",
    "IF z = {n} THEN {v} := x ELSE {v} := y",
    "UNCHANGED {v}",
    "∀ i ∈ {{z}} : (IF i = {n} THEN {v} := y)",
    "∀ i ∈ {n}..0 : {v} := i",
    "{v} := Both({v}, z) % 3",
    "{v} += 1",
]
PAGE = """# Three numbers

| Variable | Initial Value |
|---|---|
| `x` | `0` |
| `y` | `0` |
| `z` | `0` |

## Helpers

### Helper: Both(a, b)

**Definition**: `a + b`

### Helper: Sum

**Definition**: `Both(x, z)`

## Actions

### Action 1: Act

**Guard**

{guard}

**Effect**

{effect}

### Action 2: Ask

**Guard**: `x = 0`

**Effect**: `x := 0`

## Properties

### Invariant: Whole

**Formal**: `{formula}`

### Safety: Enabled

**Formal**: `ENABLED Act ∧ ENABLED Ask`
"""


@st.composite
def pages(draw: st.DrawFn) -> str:
    """Draw a document with one action; its formula is no Let and no choice."""
    guards = draw(st.lists(st.sampled_from(GUARDS), max_size=3, unique=True))
    effects = [
        draw(st.sampled_from(EFFECTS)).format(v=variable, n=draw(VALUES))
        for variable in draw(st.lists(st.sampled_from("xyz"), min_size=1, unique=True))
    ]
    formula = draw(st.sampled_from(GUARDS[:-4])).format(n=draw(VALUES))
    lines = [guard.format(n=draw(VALUES)) for guard in guards] or ["TRUE"]
    return PAGE.format(
        guard="\n".join(f"- `{line}`" for line in lines),
        effect="\n".join(f"- `{line}`" for line in effects),
        formula=formula,
    )


@cache
def sample(text: str) -> tuple[DocumentModel, ActionInstance]:
    found = model(text, {})
    return found, found.instances[0]


def outcome(text: str, state: State) -> list[State] | str:
    found, instance = sample(text)
    try:
        return [one.state for one in found.successors(instance, state)]
    except EvaluationError:
        return "error"


def merged(state: State, other: State, slots: frozenset[int]) -> State:
    """Return `state` with the values of `other` outside `slots`."""
    return tuple(state[i] if i in slots else other[i] for i in range(len(state)))


@settings(deadline=None, max_examples=EXAMPLES // 3)
@given(pages(), STATES, STATES)
def test_slots_outside_reads_change_nothing_inside_writes(
    text: str, state: State, other: State
) -> None:
    _, instance = sample(text)
    assert instance.reads is not None
    one = outcome(text, state)
    two = outcome(text, merged(state, other, instance.reads))
    if isinstance(one, str) or isinstance(two, str):
        assert one == two
        return
    writes = sorted(instance.writes)
    inside = [[tuple(after[i] for i in writes) for after in each] for each in (one, two)]
    assert inside[0] == inside[1]


@settings(deadline=None, max_examples=EXAMPLES // 3)
@given(pages(), STATES)
def test_successors_agree_with_the_state_outside_writes(text: str, state: State) -> None:
    _, instance = sample(text)
    for after in outcome(text, state):
        if not isinstance(after, str):
            assert merged(after, state, instance.writes) == after


@settings(deadline=None, max_examples=EXAMPLES // 3)
@given(pages(), STATES, STATES)
def test_what_was_observed_to_be_read_decides_and_was_foreseen(
    text: str, state: State, other: State
) -> None:
    found, instance = sample(text)
    try:
        seen = found.observe(instance, state)
    except EvaluationError:
        return
    assert instance.reads is not None
    assert seen.reads <= instance.reads | instance.writes
    assert seen.writes <= instance.writes
    near = merged(state, other, seen.reads)
    after = [merged(one.state, near, seen.writes) for one in seen.successors]
    assert after == outcome(text, near)


@settings(deadline=None, max_examples=EXAMPLES // 3)
@given(pages(), STATES, STATES)
def test_predicates_depend_on_what_they_read_alone(text: str, state: State, other: State) -> None:
    found, _ = sample(text)
    for predicate in found.invariants:
        assert predicate.reads is not None
        values = []
        for each in (state, merged(state, other, predicate.reads)):
            try:
                values.append(str(predicate.holds(each)))
            except EvaluationError:
                values.append("error")
        assert values[0] == values[1]


WORDS = st.sampled_from(
    [
        *("x", "y", "IDLE", "Act", "vars", "1", "∧", "∨", "/\\", "\\/", "¬", "=", ":=", "'", "@"),
        *(
            "(",
            ")",
            "[",
            "]",
            "{",
            "}",
            "⟨",
            "⟩",
            ".",
            ",",
            ";",
            ":",
            "|",
            "`",
            '"',
            "!",
            "_",
            "\\",
        ),
        *("∈", "∀", "∃", "↦", "→", "□", "◇", "~>", "+", "-", "IF", "THEN", "ELSE", "LET", "IN", ""),
        *("CHOOSE", "CASE", "OTHER", "ENABLED", "EXCEPT", "UNCHANGED", "choose", "let", "else"),
    ]
)


@settings(deadline=None)
@given(st.lists(st.lists(WORDS, max_size=12).map(" ".join), min_size=2, max_size=4))
def test_any_lines_are_read_or_refused_with_their_place(lines: list[str]) -> None:
    text = PAGE.format(
        guard=f"- `{lines[0]}`", effect="\n".join(f"- `{x}`" for x in lines[1:]), formula=lines[-1]
    )
    document = read(text)
    for finding in document.findings:
        assert finding.span is not None and finding.span.path == "page.md"
        assert 1 <= finding.span.line <= text.count("\n") + 1
    try:
        found = build_model(document, {})
        for state in found.initial_states():
            for instance in found.instances:
                list(found.successors(instance, state))
    except ConformError:
        pass
