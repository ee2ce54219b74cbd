"""Lines of a document that is not executed as a whole, asked about the states of its model."""

from __future__ import annotations

import pytest

from conform.check.cf247_contradicted_line import contradicted_lines
from conform.check.columns import Role
from conform.check.explored import Explored
from conform.domain.finding import Finding
from conform.explore.options import ExploreOptions
from conform.explore.search import explore
from tests.unit.check.relay import DOCUMENT, MODULE, SMALL, Relay, relay


def found(project: Relay) -> list[Finding]:
    artefact = project.artefact()
    result = explore(artefact.model, ExploreOptions(stop_at_first=False, keep_graph=True), None)
    constants = dict(artefact.model.constants)
    explored = Explored(Role.TLAPLUS, artefact.spec, SMALL, artefact.model, constants, result)
    return list(contradicted_lines(project.context(), explored))


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
            "`Stall`: by this `courierState` becomes",
        ),
        (
            DOCUMENT,
            "| `gate` | `{OPEN, SHUT}` | `OPEN` |",
            "| `gate` | `{OPEN, SHUT}` | `SHUT` |",
            "| `gate` |",
            '`gate` is "SHUT" initially in the document, but "OPEN"',
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
