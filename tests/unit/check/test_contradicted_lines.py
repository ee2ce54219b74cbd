"""Lines of a document that is not executed as a whole, asked about the states of its model."""

from __future__ import annotations

from typing import Any

import pytest

from conform.check import cf247_contradicted_line
from conform.check.cf242_guard_footprint import differing_guards
from conform.check.cf247_contradicted_line import contradicted_lines
from conform.check.columns import Role
from conform.check.context import Context
from conform.check.models import asked_guards
from conform.check.models.explored import Explored
from conform.domain.finding import Finding
from conform.explore.options import ExploreOptions
from conform.explore.search import explore
from tests.unit.check.relay import DOCUMENT, MODULE, SMALL, Relay, relay


def found(project: Relay, context: Context | None = None) -> list[Finding]:
    artefact = project.artefact()
    result = explore(artefact.model, ExploreOptions(stop_at_first=False, keep_graph=True), None)
    constants = dict(artefact.model.constants)
    explored = Explored(Role.TLAPLUS, artefact.spec, SMALL, artefact.model, constants, result)
    return list(contradicted_lines(context or project.context(), explored))


def test_document_that_the_model_bears_out_gives_no_finding() -> None:
    assert found(relay()) == []


@pytest.mark.parametrize(
    ("path", "old", "new", "line", "said"),
    [
        (
            DOCUMENT,
            "- **Guard**: `gate = SHUT`",
            "- **Guard**: `gate = OPEN`",
            "- **Guard**: `gate = OPEN`",
            "the model takes `OpenGate` where this is false",
        ),
        (
            DOCUMENT,
            "- `parcelState[p] = WAITING`",
            "- `parcelState[p] = WAITING ∧ tries[p] = 0`",
            "- `parcelState[p] = WAITING ∧ tries[p] = 0`",
            "the model takes `PickUp` where this is false",
        ),
        (
            MODULE,
            "stamp' = stamp + 1",
            "stamp' = stamp + 2",
            "- `stamp := stamp + 1`",
            "`PickUp`: by this `stamp` becomes 2, in the model 3",
        ),
        (
            DOCUMENT,
            "- **Effect**: `courierState[c] := STALLED`",
            "- **Effect**: `courierState[c] := IDLE`",
            "- **Effect**: `courierState[c] := IDLE`",
            "`Stall`: by this `courierState[c1]` becomes",
        ),
        (
            DOCUMENT,
            "courierParcel[c] := NONE",
            "courierParcel[c] := p",
            "courierParcel[c] := p",
            '`Offer`: by this `courierParcel[c1]` becomes p1, in the model "NONE"',
        ),
        (
            DOCUMENT,
            "| `gate` | `{OPEN, SHUT}` | `OPEN` |",
            "| `gate` | `{OPEN, SHUT}` | `SHUT` |",
            "| `gate` |",
            '`gate` is "SHUT" initially in the document, in the model "OPEN"',
        ),
        (
            DOCUMENT,
            "**Formal**: `∀ p ∈ Parcels : tries[p] ≤ MaxTries`",
            "**Formal**: `∀ p ∈ Parcels : tries[p] < MaxTries`",
            "**Formal**: `∀ p ∈ Parcels : tries[p] < MaxTries`",
            "the formal statement of `TriesBounded` is false in a state of the model",
        ),
    ],
)
def test_line_that_a_state_or_a_step_contradicts_is_found(
    path: str, old: str, new: str, line: str, said: str
) -> None:
    changed = relay().edited(path, old, new)
    (finding,) = found(changed)
    assert finding.code == "CF247"
    assert finding.message.startswith(said)
    assert finding.span is not None
    assert changed.source(DOCUMENT).line(finding.span.line).startswith(line.split(" := ")[0][:12])
    assert line in changed.source(DOCUMENT).line(finding.span.line)


@pytest.mark.parametrize(
    ("old", "new"),
    [
        # other kinds of values, and values that the model has nowhere: another notation
        ("| `gate` | `{OPEN, SHUT}` | `OPEN` |", "| `gate` | `{OPEN, SHUT}` | `1` |"),
        ("- **Guard**: `gate = SHUT`", "- **Guard**: `gate = CLOSED`"),
        ("- **Guard**: `gate = SHUT`", "- **Guard**: `gate = 1`"),
        # names that nothing declares
        ("- `stamp := stamp + 1`", "- `stamp := stamp + step`"),
        # lines in words
        ("- **Guard**: `gate = SHUT`", "- **Guard**: the gate is open"),
    ],
)
def test_line_that_cannot_be_compared_is_left_alone(old: str, new: str) -> None:
    assert found(relay().edited(DOCUMENT, old, new)) == []


def test_state_that_contradicts_is_told() -> None:
    changed = relay().edited(DOCUMENT, "- **Guard**: `gate = SHUT`", "- **Guard**: `gate = OPEN`")
    (finding,) = found(changed)
    assert finding.details == (f"the model: {MODULE}", 'gate = "SHUT"')


@pytest.mark.parametrize(
    ("path", "old", "new", "line"),
    [
        (DOCUMENT, "- `parcelState[p] = WAITING`\n", "", "- `c ∈ FreeCouriers`"),
        (
            DOCUMENT,
            "- **Guard**: `gate = SHUT`",
            "- **Guard**: `gate ∈ {SHUT, OPEN}`",
            "- **Guard**: `gate ∈ {SHUT, OPEN}`",
        ),
        (
            MODULE,
            "Resume(c) ==\n",
            "Resume(c) ==\n    /\\ stamp < 3\n",
            "- **Guard**: `courierState[c] = STALLED`",
        ),
    ],
)
def test_state_in_which_the_guard_holds_and_the_model_refuses_is_found(
    path: str, old: str, new: str, line: str
) -> None:
    (finding,) = found(relay().edited(path, old, new))
    assert finding.message.endswith("where the guard holds")
    assert finding.span is not None
    assert relay().source(DOCUMENT).line(finding.span.line) == line or path == DOCUMENT


@pytest.mark.parametrize("most", [1, 10])
def test_of_many_states_some_are_asked_spread_over_all(
    most: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What differs in few states may be missed then; what differs in each of them is not."""
    monkeypatch.setattr(asked_guards, "MAX_STATES", most)
    asked: list[int] = []
    holds = asked_guards.Asking._is_refused

    def counted(self: asked_guards.Asking, number: int, *rest: Any) -> bool:
        asked.append(number)
        return holds(self, number, *rest)

    monkeypatch.setattr(asked_guards.Asking, "_is_refused", counted)
    wide = relay().edited(MODULE, "Resume(c) ==\n", "Resume(c) ==\n    /\\ stamp > 99\n")
    found(wide)
    calls = len(asked)
    monkeypatch.setattr(asked_guards, "MAX_STATES", 20_000)
    found(wide)
    assert calls < len(asked) - calls, "all of them are more"


def test_of_many_steps_the_rare_ones_are_all_asked(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(cf247_contradicted_line, "MAX_EDGES", 1)
    stalled = "- **Effect**: `courierState[c] := STALLED`"
    wrong = relay().edited(DOCUMENT, stalled, stalled.replace("STALLED", "IDLE"))
    assert len(found(wrong)) == 1
    monkeypatch.setattr(cf247_contradicted_line, "RARE", 0)
    assert found(wrong) == []


def test_guard_with_a_line_in_words_may_ask_for_more() -> None:
    said = relay().edited(DOCUMENT, "- `parcelState[p] = WAITING`\n", "- the parcel waits\n")
    assert found(said) == []


def test_line_that_the_model_does_not_ask_for_is_a_warning() -> None:
    asked = "    /\\ c \\in FreeCouriers\n"
    other = relay().edited(MODULE, asked, '    /\\ courierParcel[c] = "NONE"\n')
    (finding,) = found(other)
    assert finding.span is not None
    line = other.source(DOCUMENT).line(finding.span.line)
    assert (finding.severity, line) == ("warning", "- `c ∈ FreeCouriers`")
    assert finding.message == (
        "the model's `PickUp` does not ask for this, which is true wherever it is taken"
    )


def test_helper_without_a_formula_means_what_the_module_defines() -> None:
    defined = "FreeCouriers   ≜ { c ∈ Couriers : courierState[c] = IDLE }\n"
    words = relay().edited(DOCUMENT, defined, "")
    assert found(words) == []
    wider = words.edited(DOCUMENT, "- `c ∈ FreeCouriers`", "- `c ∉ FreeCouriers`")
    (finding,) = found(wider)
    assert finding.message == "the model takes `PickUp` where this is false"


def test_string_that_the_module_writes_and_never_reaches_is_compared() -> None:
    jams = 'IF gate = "JAMMED" THEN "JAMMED" ELSE "OPEN"'
    jammed = relay().edited(MODULE, '/\\ gate\' = "OPEN"', f"/\\ gate' = {jams}")
    said = "- **Effect**: `gate := OPEN`"
    right = "- **Effect**: `gate := if gate = JAMMED then JAMMED else OPEN`"
    assert found(jammed.edited(DOCUMENT, said, right)) == []
    wrong = "- **Effect**: `gate := if gate = JAMMED then OPEN else JAMMED`"
    (finding,) = found(jammed.edited(DOCUMENT, said, wrong))
    assert finding.message == '`OpenGate`: by this `gate` becomes "JAMMED", in the model "OPEN"'


def test_what_is_said_beside_the_guard_may_ask_for_more() -> None:
    words = "**Description**: A free courier takes a parcel that waits."
    stated = relay().edited(DOCUMENT, "- `parcelState[p] = WAITING`\n", "")
    beside = stated.edited(DOCUMENT, words, f"{words[:-1]} (`parcelState`).")
    project = beside.context_with_pages()
    assert [each.message for each in found(beside, project)] == []
    assert found(stated, stated.context_with_pages()) != []


@pytest.mark.parametrize(
    ("path", "old", "new", "name"),
    [
        (
            DOCUMENT,
            "`∀ p ∈ Parcels : tries[p] ≤ MaxTries`",
            "`∀ p ∈ Parcels : tries[p] < MaxTries ∨ parcelState[p] = RETURNED`",
            "TriesBounded",
        ),
        (
            MODULE,
            'courierState[c] = "STALLED" ~> courierState[c] # "STALLED"',
            'courierState[c] = "STALLED" ~> courierState[c] = "CARRYING"',
            "StallEnds",
        ),
        (
            DOCUMENT,
            "`courierState[c] = STALLED ~> courierState[c] ≠ STALLED`",
            "`∀ c ∈ Couriers : courierState[c] = STALLED ~> courierState[c] = IDLE`",
            "StallEnds",
        ),
    ],
)
def test_statement_that_is_true_of_other_values_is_found(
    path: str, old: str, new: str, name: str
) -> None:
    changed = relay()
    if path == MODULE and name == "StallEnds":
        plain = "`courierState[c] = STALLED ~> courierState[c] ≠ STALLED`"
        changed = changed.edited(DOCUMENT, plain, f"`∀ c ∈ Couriers : {plain[1:]}")
        assert found(changed) == []
    (finding,) = found(changed.edited(path, old, new))
    assert finding.code == "CF260"
    assert finding.message.startswith(f"property `{name}` is stated differently in the document")


ABOVE = "- `courierState[c] := CARRYING`\n"
BETWEEN = "- `courierParcel[c] := p`\n- `parcelState[p] := CARRIED`\n"
BELOW = "- `stamp := stamp + 1`\n"
READS = "- `stamp := IF courierState[c] = CARRYING THEN stamp + 1 ELSE stamp`\n"


@pytest.mark.parametrize(
    ("lines", "codes"),
    [
        # a program would have read the new value
        (f"{ABOVE}{BETWEEN}{READS}", []),
        (f"{READS}{ABOVE}{BETWEEN}", ["CF247"]),
        # and this is wrong of the new value too
        (f"{ABOVE}{BETWEEN}{READS.replace('+ 1', '+ 2')}", ["CF247"]),
    ],
)
def test_line_that_reads_what_a_line_above_assigns_may_mean_the_value_after_that(
    lines: str, codes: list[str]
) -> None:
    changed = relay().edited(DOCUMENT, f"{ABOVE}{BETWEEN}{BELOW}", lines)
    assert [each.code for each in found(changed)] == codes


def test_statement_that_is_false_hides_no_other_that_differs() -> None:
    false = "`∀ c ∈ Couriers : courierState[c] = STALLED ~> courierState[c] = IDLE`"
    plain = "`courierState[c] = STALLED ~> courierState[c] ≠ STALLED`"
    bound = "`∀ p ∈ Parcels : tries[p] ≤ MaxTries`"
    both = relay().edited(DOCUMENT, plain, false).edited(DOCUMENT, bound, bound.replace("≤", "<"))
    assert sorted(each.code for each in found(both)) == ["CF247", "CF260"]


OUTCOMES = """\
### Action 2: Offer(c)

#### OfferAccepted(c)

**Guard**: `courierState[c] = CARRYING`, `gate ∈ {OPEN, SHUT}`

**Effect**: `parcelState[courierParcel[c]] := DELIVERED`, `courierState[c] := IDLE`, \
`courierParcel[c] := NONE`

#### OfferRefused(c)

**Guard**: `courierState[c] = CARRYING`EVEN

**Effect**: `tries[p] := tries[p] + 1`, `courierState[c] := IDLE`, `courierParcel[c] := NONE`, \
`parcelState[courierParcel[c]] := WAITING`

### Action 3: Stall(c)
"""


@pytest.mark.parametrize(
    ("words", "count"),
    [("", 1), ("\n- the courier is at the door", 1), (", the gate is `OPEN` or not", 0)],
)
def test_lines_of_another_outcome_say_nothing_of_this_one(words: str, count: int) -> None:
    text = relay().texts[DOCUMENT]
    start, end = text.index("### Action 2: Offer"), text.index("### Action 3: Stall(c)\n")
    project = (
        relay()
        .edited(DOCUMENT, text[start:end], "")
        .edited(DOCUMENT, "### Action 3: Stall(c)\n", OUTCOMES.replace("EVEN", words))
    )
    kept = "OfferRefused(c) ==\n    LET p == courierParcel[c] IN\n"
    asked = project.edited(MODULE, kept, f'{kept}    /\\ gate \\in {{"OPEN", "SHUT"}}\n')
    artefact = asked.artefact()
    result = explore(artefact.model, ExploreOptions(stop_at_first=False, keep_graph=True), None)
    explored = Explored(Role.TLAPLUS, artefact.spec, SMALL, artefact.model, {}, result)
    told = [each.message for each in differing_guards(asked.context_with_pages(), explored)]
    assert len([each for each in told if "`OfferRefused` depends on `gate`" in each]) == count


@pytest.mark.parametrize(("sign", "said"), [("≥", []), (">", ["false of a step of the model"])])
def test_statement_about_steps_is_held_against_the_steps(sign: str, said: list[str]) -> None:
    bound = "`∀ p ∈ Parcels : tries[p] ≤ MaxTries`"
    changed = relay().edited(DOCUMENT, bound, f"`□[stamp' {sign} stamp]_vars`")
    assert [each.message.partition(" is ")[2] for each in found(changed)] == said


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("courierParcel[c] = p\n", "p = courierParcel[c]\n", []),
        ("courierParcel[c] = p\n", "courierParcel[c] ≠ p\n", ["Carrying"]),
        ("courierState[c] = IDLE }", "courierState[c] ≠ CARRYING }", ["FreeCouriers"]),
    ],
)
def test_helper_that_the_module_defines_otherwise_is_found(
    old: str, new: str, said: list[str]
) -> None:
    told = [each for each in found(relay().edited(DOCUMENT, old, new)) if each.code == "CF260"]
    assert [each.subject for each in told] == said
