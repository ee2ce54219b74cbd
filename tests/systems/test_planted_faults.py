"""Faults planted in a copy of the project: `conform check` finds each, and says what and where.

Lines are looked up in the copy.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

import pytest

from tests.systems.scratch import CFG, DENSE, MODULE, REFERENCE, SPEC, TINY, Outcome, Scratch


def test_project_conforms(project: Scratch) -> None:
    project.configure(TINY)
    outcome = project.command("check", "--format", "json")
    assert (outcome.code, outcome.findings, outcome.err) == (0, [], "")
    assert outcome.report["verdict"] == "PASS"


def assert_found(outcome: Outcome, code: str, name: str, path: str, line: int) -> None:
    """Assert that a check failed with one finding of `code` that names `name` at a place."""
    assert outcome.code == 1
    finding = outcome.found(code)
    assert name in finding["message"]
    assert (finding["path"], finding["line"]) == (path, line)


# ------------------------------------------------------------------------------ document and model


def test_deleted_mapping_row_is_found(project: Scratch) -> None:
    project.configure(DENSE)
    text = project.read(SPEC)
    (row,) = re.findall(r"^\| Action 12: .*\n", text, re.MULTILINE)
    project.replace(SPEC, row, "")
    outcome = project.check()
    heading = project.line_of(SPEC, "### Action 12: ReadEntry")
    assert_found(outcome, "CF201", "`ReadEntry`", SPEC, heading)
    assert len(outcome.errors()) == 1


def test_misspelt_name_in_a_formal_line_is_told_once(project: Scratch) -> None:
    project.configure(DENSE)
    project.replace(SPEC, "compactorState = ", "compactorStates = ", 1)
    outcome = project.check()
    line = project.line_of(SPEC, "compactorStates = ")
    assert_found(outcome, "CF111", "`compactorStates`", SPEC, line)
    told = [each["code"] for each in outcome.findings if each["line"] == line]
    assert told == ["CF111"]


def test_renamed_action_is_found_with_the_mapping_row(project: Scratch) -> None:
    project.configure(DENSE)
    project.replace(MODULE, "StartAppend(", "BeginAppend(")
    outcome = project.check()
    row = project.line_of(SPEC, "| Action 1: `StartAppend` |")
    assert_found(outcome, "CF202", f"{MODULE} has no `StartAppend`", SPEC, row)
    definition = project.line_of(MODULE, "BeginAppend(w) ==")
    assert_found(outcome, "CF204", "`BeginAppend`", MODULE, definition)
    raised = project.line_of(f"{REFERENCE}/adapter.py", "raise LookupError(f")
    assert_found(outcome, "CF508", "BeginAppend(w=w1", f"{REFERENCE}/adapter.py", raised)


def test_added_parameter_is_found_with_both_sides(project: Scratch) -> None:
    project.configure(DENSE)
    project.replace(MODULE, "FenceLog ==", "FenceLog(w) ==", 1)
    project.replace(MODULE, "\\/ FenceLog\n", "\\/ \\E w \\in Writers : FenceLog(w)\n")
    outcome = project.check()
    heading = project.line_of(SPEC, "### Action 10: FenceLog")
    assert_found(outcome, "CF203", "`FenceLog`", SPEC, heading)
    document, model = outcome.found("CF203")["details"]
    assert document.split() == ["the", "document:", "FenceLog"]
    definition = project.line_of(MODULE, "FenceLog(w) ==")
    assert model.startswith("the model:")
    assert f"FenceLog(w)  at {MODULE}:{definition}:" in model


def test_invariant_that_the_configuration_lost_is_found(project: Scratch) -> None:
    project.configure(DENSE)
    project.replace(CFG, "    NoReaderError\n", "")
    outcome = project.check()
    row = project.line_of(SPEC, "| Safety S8 | `NoReaderError` |")
    assert_found(outcome, "CF205", "`NoReaderError`", SPEC, row)
    finding = outcome.found("CF205")
    assert f"{MODULE}:{project.line_of(MODULE, 'NoReaderError ==')}" in finding["message"]
    assert CFG in finding["hint"]
    assert len(outcome.errors()) == 1


def test_empty_mapping_table_is_found(project: Scratch) -> None:
    project.configure(DENSE)
    text = project.read(SPEC)
    project.write(SPEC, re.sub(r"(?m)^\| State: .*\n", "", text))
    outcome = project.check()
    header = project.line_after(SPEC, "### State variables", "| Spec Section |")
    assert_found(outcome, "CF209", "no rows", SPEC, header)
    unmapped = [found["message"] for found in outcome.findings if found["code"] == "CF201"]
    assert len(unmapped) == 10
    assert unmapped[0].startswith("variable `logIndex`")


def test_project_without_any_mapping_row_is_found(project: Scratch) -> None:
    project.configure(DENSE)
    lines = project.read(SPEC).splitlines(keepends=True)
    start = project.line_of(SPEC, "### State variables") - 1
    kept = [line for line in lines[start:] if not line.startswith("|")]
    project.write(SPEC, "".join([*lines[:start], *kept]))
    assert_found(project.check(), "CF209", "no mapping table", SPEC, 1)


def test_mapping_may_stand_in_another_document(project: Scratch) -> None:
    project.configure(DENSE)
    text = project.read(SPEC)
    start, end = text.index("### State variables"), text.index("## 12. Expected Results")
    (project.folder / "docs").mkdir()
    project.write("docs/mapping.md", f"# Mapping\n\n{text[start:end]}")
    project.write(SPEC, text[:start] + text[end:])
    assert project.check().code == 1
    entry = "    mapping: [docs/mapping.md]\n"
    project.replace("conform.yaml", "    tlaplus:\n", f"{entry}    tlaplus:\n")
    assert project.check().errors() == []
    project.replace("docs/mapping.md", "`Compactor.reset`", "`Compactor.rest`")
    outcome = project.check()
    line = project.line_of("docs/mapping.md", "`Compactor.rest`")
    assert_found(outcome, "CF206", "`Compactor.rest`", "docs/mapping.md", line)


def test_action_whose_guard_became_impossible_is_found(project: Scratch) -> None:
    project.configure(DENSE)
    old = 'CompactReset ==\n    /\\ compactorState = "DONE"'
    project.replace(MODULE, old, old.replace("DONE", "FINISHED"))
    outcome = project.check()
    definition = project.line_of(MODULE, "CompactReset ==")
    assert_found(outcome, "CF302", "`CompactReset`", MODULE, definition)
    assert_found(outcome, "CF321", "document can take CompactReset", MODULE, definition + 1)
    assert len(outcome.errors()) == 2


def test_compaction_that_deletes_first_is_found_with_the_shortest_trace(project: Scratch) -> None:
    delete_first(project)
    outcome = project.check()
    broken = [found for found in outcome.findings if found["code"] == "CF301"]
    assert {found["path"] for found in broken} == {SPEC}
    heading = project.line_of(SPEC, "### Safety S8: NoReaderError")
    finding = next(found for found in broken if "`NoReaderError`" in found["message"])
    assert finding["line"] == heading
    assert "expected PASS" in finding["message"]
    rows = outcome.verdicts_of("TLA+ (small)")
    failed = {name for name, row in rows.items() if row["verdict"] == "FAIL"}
    assert failed == {"CompactionPreservesData", "NoReaderError", "ReaderEventuallySucceeds"}
    trace = rows["NoReaderError"]["trace"]["steps"]
    assert [step["step"] for step in trace] == list(range(1, 12))
    assert trace[-2]["action"] == "CompactDeleteOldEntries"
    assert trace[-1]["action"] == "ReadEntry"
    assert "ERROR" in str(trace[-1]["state_variables"]["readerResult"])
    declined = outcome.found("CF502")
    assert "declined CompactDeleteOldEntries, which the spec enables" in declined["message"]
    assert_trace_is_shown(project.command("check"))  # of the report that was kept


def assert_trace_is_shown(outcome: Outcome) -> None:
    """Assert that a text shows the states of the trace, from the first to the last."""
    assert outcome.code == 1
    shown = outcome.out.partition("\nNoReaderError in TLA+ (small)")[2].partition("\n\n")[0]
    states = re.findall(r"^State (\d+): <(\w+|initial state)", shown, re.MULTILINE)
    assert [number for number, _ in states] == [str(number) for number in range(1, 12)]
    assert states[-2:] == [("10", "CompactDeleteOldEntries"), ("11", "ReadEntry")]
    assert "the trace has 11 states" in outcome.out


def delete_first(project: Scratch) -> None:
    """Let action 7 take place before action 6; each keeps what it does."""
    write = '/\\ compactorState = "{}"\n    /\\ logIndex\' = [logIndex EXCEPT\n'
    delete = '/\\ compactorState = "{}"\n    /\\ logIndex\' = [o \\in Offsets |->\n'
    project.replace(MODULE, write.format("WRITING_COMPACTED_INDEX"), write.format("DELETING_OLD"))
    project.replace(MODULE, delete.format("DELETING_OLD"), delete.format("WRITING_COMPACTED_INDEX"))
    project.replace(MODULE, 'compactorState\' = "DELETING_OLD"', 'compactorState\' = "THEN"')
    after_delete = 'compactorState\' = "UPDATING_CURSOR"'
    project.replace(MODULE, after_delete, 'compactorState\' = "DELETING_OLD"')
    project.replace(MODULE, 'compactorState\' = "THEN"', after_delete)


# ------------------------------------------------------------------------------ the implementation


@dataclass(frozen=True, slots=True)
class CodeFault:
    """A fault in the reference implementation, and the finding that must name the action.

    `heading` is the section of the document to which the finding points.
    """

    file: str
    swaps: tuple[tuple[str, str], ...]
    code: str
    message: str
    heading: str
    mapped: str


_REPLACE = "self._log.index.replace(self._write_file())"
_DELETE = "self._log.index.delete_between(self.current_range.start, self.current_range.end)"
_FENCED = """\
            if head.state is LogState.FENCED:
                return Outcome.FENCED
"""

CODE_FAULTS = {
    "deletes before it writes": CodeFault(
        "compactor.py",
        ((_REPLACE, "FIRST"), (_DELETE, _REPLACE), ("FIRST", _DELETE)),
        "CF501",
        "after CompactWriteCompactedIndex the implementation differs in logIndex",
        "### Action 6: CompactWriteCompactedIndex",
        "Compactor.write_compacted_index",
    ),
    "does not look at the fence": CodeFault(
        "sequencer.py",
        ((_FENCED, ""),),
        "CF503",
        "accepted AssignOffset(w=w1), which the spec disables",
        "### Action 3: AssignOffset(w)",
        "Sequencer.assign",
    ),
    "looks for a greater key, not for a ceiling": CodeFault(
        "../coordination_store/memory_store.py",
        (("ceiling = bisect.bisect_left(", "ceiling = bisect.bisect_right("),),
        "CF501",
        "after ReadEntry(w=w1, off=1) the implementation differs in readerResult",
        "### Action 12: ReadEntry(w, off)",
        "Reader.read",
    ),
    "looks at the start of a range alone": CodeFault(
        "compactor.py",
        (("return self.start <= entry.start and entry.end <= self.end",
          "return self.start <= entry.start"),),
        "CF503",
        "accepted CompactStart, which the spec disables",
        "### Action 5: CompactStart",
        "Compactor.start",
    ),
}  # fmt: skip


@pytest.mark.parametrize("fault", CODE_FAULTS.values(), ids=CODE_FAULTS)
def test_fault_in_the_implementation_is_found(project: Scratch, fault: CodeFault) -> None:
    project.configure(TINY)
    for old, new in fault.swaps:
        project.replace(f"{REFERENCE}/{fault.file}", old, new)
    outcome = project.check()
    line = project.line_of(SPEC, fault.heading)
    assert_found(outcome, fault.code, fault.message, SPEC, line)
    assert len(outcome.findings) == 1
    details = outcome.found(fault.code)["details"]
    assert "the steps that led there:" in details
    assert any(fault.mapped in detail for detail in details)
    rows = outcome.report["protocols"][0]["scorecard"]
    cells = {(row["kind"], row["name"]): row["cells"]["reference"] for row in rows}
    action = fault.heading.partition(": ")[2].partition("(")[0]
    assert cells["action", action] == "differs: see the findings"
    assert cells["action", "StartAppend"].startswith("not checked to the end: replayed ")
    assert cells["property", "TypeOK"] == "as test_type_ok"


def test_guard_that_is_missing_in_the_initial_state_alone_is_found(project: Scratch) -> None:
    project.configure(DENSE)
    old = "    def _append_complete(self, w: str) -> bool:\n"
    new = f"{old}        if not self._batches:\n            return True\n"
    project.replace(f"{REFERENCE}/adapter.py", old, new)
    outcome = project.check()
    line = project.line_of(SPEC, "### Action 4: AppendComplete(w)")
    assert_found(outcome, "CF503", "step 1: the implementation accepted AppendComplete", SPEC, line)


def test_fault_in_the_implementation_is_found_by_the_installed_command(project: Scratch) -> None:
    project.configure(TINY)
    project.replace(f"{REFERENCE}/sequencer.py", _FENCED, "")
    outcome = project.command("check", "-q")
    assert outcome.code == 1
    line = project.line_of(SPEC, "### Action 3: AssignOffset(w)")
    assert f"{SPEC}:{line}:5: error CF503 " in outcome.out


def test_implementation_that_raises_is_found_at_its_line(project: Scratch) -> None:
    project.configure(DENSE)
    old = "    def _fence_log(self) -> bool:\n"
    project.replace(f"{REFERENCE}/adapter.py", old, f"{old}        self.cluster.lost()\n")
    outcome = project.check()
    line = project.line_of(f"{REFERENCE}/adapter.py", "self.cluster.lost()")
    assert_found(outcome, "CF504", "AttributeError", f"{REFERENCE}/adapter.py", line)


def test_state_that_lacks_a_variable_is_placed_at_the_entry(project: Scratch) -> None:
    project.configure(DENSE)
    adapter = f"{REFERENCE}/adapter.py"
    project.replace(adapter, '"compactRound": compactor.round,', "")
    outcome = project.check()
    line = project.line_of("conform.yaml", "reference.leaderless_log:create")
    assert_found(outcome, "CF509", "state lacks compactRound", "conform.yaml", line)
