"""Formal texts and small documents for the tests, and what they come to."""

from __future__ import annotations

from collections.abc import Mapping

from conform.domain.finding import Finding
from conform.domain.report import Verdict, worst
from conform.domain.states import State
from conform.domain.values import ModelValue, SetValue, Value, format_value, record, sequence
from conform.explore.options import ExploreOptions
from conform.explore.result import ExplorationResult
from conform.explore.search import explore
from conform.languages.markdown.formal.bindings import parameter_bindings
from conform.languages.markdown.formal.building_model import build_model
from conform.languages.markdown.formal.document import FormalDocument
from conform.languages.markdown.formal.evaluation.core import Code, Core, HelperForm, Scope
from conform.languages.markdown.formal.evaluation.dispatch import TABLE
from conform.languages.markdown.formal.model import DocumentModel
from conform.languages.markdown.formal.parsing import parse_formula
from conform.languages.markdown.formal.reading import read_formal
from conform.languages.markdown.manuscript import Fragment, Manuscript
from conform.languages.markdown.reading import read_document
from conform.text import Source, Span

ONE, TWO = ModelValue("w1"), ModelValue("w2")
SLOTS = {"count": 0, "state": 1, "log": 2}
STATE: State = (3, record({"phase": "IDLE", "next": 1}), sequence(["A", "B"]))
CONSTANTS: dict[str, Value] = {"Workers": SetValue([ONE, TWO]), "Max": 4}


def fragment(text: str) -> Fragment:
    """Return a text as it stands alone in the document page.md."""
    return Fragment(Manuscript(Source("page.md", text)), text, range(len(text) + 1))


def core(text: str, helpers: Mapping[str, tuple[tuple[str, ...], str]] | None = None) -> Core:
    """Return the meaning of names for one text: variables of SLOTS, CONSTANTS, helpers."""
    forms = {
        name: HelperForm(parameters, parse_formula(fragment(body)))
        for name, (parameters, body) in (helpers or {}).items()
    }
    return Core(Source("page.md", text), CONSTANTS, SLOTS, forms, {}, {}, TABLE, _never)


def _never(_name: str, _span: Span) -> Code:
    raise AssertionError("ENABLED is tested with documents")


def value(
    text: str,
    helpers: Mapping[str, tuple[tuple[str, ...], str]] | None = None,
    state: State = STATE,
) -> str:
    """Return the value of a formula in STATE as TLA+ writes it."""
    code = core(text, helpers).code(parse_formula(fragment(text)), Scope())
    return format_value(code.run(state, ()))


def read(text: str) -> FormalDocument:
    """Return the formal part of a document page.md."""
    source = Source("page.md", text)
    return read_formal(read_document(source), {source.path: source})


def model(text: str, bindings: Mapping[str, Value] | None = None) -> DocumentModel:
    """Return the model of a document; constants have the values of its first column."""
    document = read(text)
    return build_model(document, parameter_bindings(document) if bindings is None else bindings)


def explored(text: str, *, keep_graph: bool = False) -> ExplorationResult:
    """Return what the exploration of a document finds, all properties to the end."""
    return explore(model(text), ExploreOptions(stop_at_first=False, keep_graph=keep_graph))


def counts(text: str) -> tuple[int, int, int]:
    """Return distinct states, generated states and depth of a document."""
    found = explored(text)
    return found.distinct_states, found.states_generated, found.depth


def verdicts(text: str) -> dict[str, str]:
    """Return the verdicts of a document's properties by name, of several parts the gravest."""
    found: dict[str, list[Verdict]] = {}
    for row in explored(text).properties:
        found.setdefault(row.name, []).append(row.verdict)
    return {name: worst(parts).value for name, parts in found.items()}


def shown(finding: Finding) -> str:
    """Return a finding in one line: code, place, message, hint."""
    place = f"{finding.span.line}:{finding.span.column}" if finding.span else "-"
    hint = f" ({finding.hint})" if finding.hint and "docs/" not in finding.hint else ""
    return f"{finding.code} {place} {finding.message}{hint}"


def findings(text: str) -> list[str]:
    """Return the findings of a document in one line each."""
    return [shown(found) for found in read(text).findings]


TUTORIAL = """# A lamp with a timer

## State Variables

| Variable | Type | Initial Value |
|---|---|---|
| `lamp` | `{OFF, ON}` | `OFF` |
| `minutes` | `0..3` | `0` |

## Actions

### Action 1: Press

**Guard**: `lamp = OFF`

**Effect**: `lamp := ON`, `minutes := 3`

### Action 2: Tick

**Guard**: `lamp = ON`, `minutes > 0`

**Effect**: `minutes := minutes - 1`

### Action 3: GoOut

**Guard**: `lamp = ON ∧ minutes = 0`

**Effect**: `lamp := OFF`

## Properties

### Safety S1: NeverDarkWithTime

**Formal**: `minutes > 0 ⇒ lamp = ON`

### Liveness L1: GoesOut

**Formal**: `lamp = ON ~> lamp = OFF`

## Fairness

| Action | Fairness |
|---|---|
| `Tick` | Weak |
| `GoOut` | Weak |
"""
"""Two variables, three actions: a document of the size of a tutorial's."""
