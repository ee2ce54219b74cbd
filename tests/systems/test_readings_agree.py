"""The document, its TLA+ model and the generated machine: readings that agree, or are told."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import pytest

from conform.check.agreement.agreeing import AgreementOutcome, agree
from conform.check.agreement.reading import Reading
from conform.check.columns import Role
from conform.check.context import Context
from conform.commands.stages.mapping import formal_artefact
from conform.commands.tla_artefact import TlaArtefact, load_tla_artefact
from conform.domain.finding import Finding
from conform.domain.model import Model
from conform.domain.report import Verdict
from conform.domain.spec import Spec
from conform.explore.options import ExploreOptions
from conform.explore.search import explore
from conform.generate.generating import machine_body
from conform.generate.machine_model import build_machine_model
from conform.languages.markdown.formal.bindings import parameter_bindings
from conform.languages.markdown.formal.building_model import build_model
from conform.languages.markdown.formal.reading import read_formal
from conform.languages.markdown.reading import read_document
from conform.languages.tlaplus.translation.describing import describe_machine
from conform.text import Source, Span
from tests.systems.scratch import DENSE, LEADERLESS_LOG, PAIR, ROOT, TASK_CLAIMING, Protocol

MAX_STATES = 20_000
"""A bound for readings with a fault, which may be without end."""


def explored(name: str, model: Model, span: Span, spec: Spec | None, *sources: Source) -> Reading:
    """Return a model as a reading under the name that reports give it."""
    options = ExploreOptions(keep_graph=True, stop_at_first=False, max_states=MAX_STATES)
    result = explore(model, options)
    role = None if name == "document" else Role.TLAPLUS
    known = {source.path: source for source in sources}
    return Reading(name, model, result.graph, result.properties, span, spec, role, known)


def edited(text: str, edits: tuple[tuple[str, str], ...]) -> str:
    """Return `text` with texts replaced, each of which must be there, once."""
    for old, new in edits:
        assert old in text, f"the fault cannot be planted: {old}"
        text = text.replace(old, new, 1)
    return text


def configured(path: str, pattern: str, constants: Mapping[str, str]) -> str:
    """Return a file of the repository with other values of constants."""
    text = (ROOT / path).read_text(encoding="utf-8")
    for name, value in constants.items():
        text, count = re.subn(pattern.format(name), rf"\g<1>{value}", text)
        assert count == 1, name
    return text


@dataclass(frozen=True, slots=True)
class Case:
    """A protocol under constants that make it small."""

    protocol: Protocol
    constants: tuple[tuple[str, str], ...]

    def document(self, *edits: tuple[str, str]) -> Source:
        """Return the document with texts replaced."""
        path = self.protocol.spec
        text = configured(path, r"(?m)^(\| `{}` \| `)[^`\n]*", dict(self.constants))
        return Source(path, edited(text, edits))

    def artefact(self) -> TlaArtefact:
        """Return the TLA+ module under the constants."""
        module = Source(
            self.protocol.module, (ROOT / self.protocol.module).read_text(encoding="utf-8")
        )
        text = configured(self.protocol.cfg, r"(?m)^( +{} += ).*$", dict(self.constants))
        return load_tla_artefact(module, ROOT / "tlaplus", Source(self.protocol.cfg, text), "small")


LOG = Case(LEADERLESS_LOG, tuple({**DENSE, "MaxOffset": "3", "CompactRange2End": "3"}.items()))
CLAIMING = Case(TASK_CLAIMING, tuple(PAIR.items()))


@cache
def sound_readings(case: Case) -> tuple[Reading, ...]:
    """Return the TLA+ module and the machine that is generated from it."""
    artefact = case.artefact()
    module = artefact.specification.module.name.span
    sources = tuple(artefact.specification.sources.values())
    machine = describe_machine(artefact.model, artefact.configuration)
    text = Source("generated/machine.py", machine_body(machine))
    names = [constraint.name for constraint in artefact.model.constraints]
    generated = build_machine_model(machine, text, names)
    return (
        explored("TLA+", artefact.model, module, artefact.spec, *sources),
        explored("generated machine", generated, text.whole(), None, text),
    )


def outcome_of(case: Case, *edits: tuple[str, str]) -> AgreementOutcome:
    """Return what comparing the three readings gives, with texts of the document replaced."""
    source = case.document(*edits)
    spec = read_document(source)
    formal = read_formal(spec, {source.path: source})
    model = build_model(formal, parameter_bindings(formal, "Small"))
    context = Context(
        spec, {Role.TLAPLUS: formal_artefact(case.artefact())}, (), Path("/nowhere"),
        {source.path: source},
    )  # fmt: skip
    document = explored("document", model, source.whole(), spec, source)
    return agree([document, *sound_readings(case)], context)


@pytest.mark.parametrize("case", [LOG, CLAIMING], ids=["log", "claiming"])
def test_three_readings_agree(case: Case) -> None:
    outcome = outcome_of(case)
    assert (outcome.findings, outcome.verdict) == ((), Verdict.PASS)
    assert [(row.left, row.right) for row in outcome.rows] == [
        ("document", "TLA+"),
        ("document", "generated machine"),
        ("TLA+", "generated machine"),
    ]
    (states,) = {(row.states, row.steps) for row in outcome.rows}
    assert states[0] > 200


@dataclass(frozen=True, slots=True)
class Fault:
    """A text replaced in the document, and what is to be said of it."""

    name: str
    old: str
    new: str
    code: str
    message: str
    details: tuple[str, ...] = ()
    case: Case = LOG


FAULTS = [
    Fault(
        "guard line dropped",
        "- `writerState[w] = IDLE`\n- `logState = OPEN`\n",
        "- `writerState[w] = IDLE`\n",
        "CF321",
        "after 1 step document can take StartAppend(w |-> w1",
        ('TLA+      `logState = "OPEN"` is FALSE', "document has no such line"),
    ),
    Fault(
        "guard line added",
        "### Action 10: FenceLog\n\n**Guard**\n\n- `logState = OPEN`\n",
        "### Action 10: FenceLog\n\n**Guard**\n\n- `logState = OPEN`\n- `sequenceCounter > 1`\n",
        "CF321",
        "in an initial state TLA+ can take FenceLog, and document cannot",
        ("document  `sequenceCounter > 1` is FALSE", "TLA+ has no such line"),
    ),
    Fault(
        "range of a quantifier",
        "`∀ off ∈ CurRangeStart..CurRangeEnd : HasCoveringWALEntry(off)`",
        "`∀ off ∈ CurRangeStart..CurRangeEnd - 1 : HasCoveringWALEntry(off)`",
        "CF321",
        "document can take CompactStart, and TLA+ cannot",
        ("HasCoveringWALEntry(off)` is FALSE",),
    ),
    Fault(
        "guard line dropped, of a worker",
        "- `¬HoldsAnyLock(w)`\n",
        "",
        "CF321",
        "document can take WorkerRecover(w |-> w1), and TLA+ cannot",
        ("`~ HoldsAnyLock(w)` is FALSE",),
        CLAIMING,
    ),
    Fault(
        "value of an effect",
        "- `sequenceCounter := endOff + 1`",
        "- `sequenceCounter := endOff + 2`",
        "CF322",
        "AssignOffset(w |-> w1) does not do the same to `sequenceCounter` in document and TLA+",
        ("document  3, by `sequenceCounter := endOff + 2`", "TLA+      2, by `sequenceCounter' ="),
    ),
    Fault(
        "effect left out",
        "- `writerState[w] := IDLE`\n- `writerOffset[w] := 0`\n",
        "- `writerState[w] := IDLE`\n",
        "CF322",
        "AppendComplete(w |-> w1) does not do the same to `writerOffset`",
        ("as before: nothing is said of writerOffset",),
    ),
    Fault(
        "initial value",
        "| `compactRound` | `{1, 2}` | `1` |",
        "| `compactRound` | `{1, 2}` | `2` |",
        "CF320",
        "the nearest one differs in `compactRound`",
        ("compactRound  document  2", "TLA+      1"),
    ),
    Fault(
        "fairness removed",
        "| `WALWriteSuccess(w)` | Weak |",
        "| `WALWriteSuccess(w)` | None |",
        "CF323",
        "property `AppendProgress`: FAIL in document, PASS in TLA+",
        ("fairness of WALWriteSuccess  document  none", "TLA+      weak"),
    ),
    Fault(
        "property stated otherwise",
        "**Formal**: `∀ w ∈ Writers : readerResult[w] ≠ ERROR`",
        "**Formal**: `∀ w ∈ Writers : readerResult[w] ≠ OK`",
        "CF323",
        "property `NoReaderError`: FAIL in document, PASS in TLA+, PASS in generated machine",
    ),
]


@pytest.mark.parametrize("fault", FAULTS, ids=lambda fault: fault.name)
def test_fault_in_the_document_is_named_once_with_both_places(fault: Fault) -> None:
    outcome = outcome_of(fault.case, (fault.old, fault.new))
    finding = found_in(outcome, fault)
    for part in fault.details:
        assert any(part in line for line in finding.details), (part, finding.details[:6])
    places = " ".join(finding.details)
    if fault.code in ("CF321", "CF322"):
        assert f"{fault.case.protocol.spec}:" in places
        assert f"{fault.case.protocol.module}:" in places
        assert finding.span is not None
        assert finding.span.path == fault.case.protocol.module
        assert finding.details[-1] == "likewise between document and generated machine"
    assert outcome.verdict is Verdict.FAIL
    assert outcome.rows[2].verdict is Verdict.PASS


def found_in(outcome: AgreementOutcome, fault: Fault) -> Finding:
    """Return the one finding that has the code and the message of a fault."""
    said = [f"{finding.code} {finding.message}" for finding in outcome.findings]
    matching = [
        finding
        for finding in outcome.findings
        if finding.code == fault.code and fault.message in finding.message
    ]
    assert len(matching) == 1, said
    return matching[0]
