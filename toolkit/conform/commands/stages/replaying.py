"""Stage 5: the traces that cover the state graph, run against each implementation."""

from __future__ import annotations

import os
from collections.abc import Iterable, Mapping
from pathlib import Path

from msgspec import Struct
from msgspec.structs import replace

from conform.check.columns import Role
from conform.check.context import Context
from conform.check.linking import cells_about
from conform.commands.stages.covering import CoverReplay
from conform.commands.tla_artefact import TlaArtefact
from conform.config import ImplementationEntry, Project
from conform.domain.finding import Finding
from conform.domain.plain import to_plain
from conform.domain.spec import SymbolReference
from conform.errors import ConformError
from conform.explore.cover import CoverKind
from conform.explore.graph import StateGraph
from conform.replay.cf505_no_trace import without_steps
from conform.replay.cf507_unexercised_action import unexercised
from conform.replay.findings import findings_of
from conform.replay.loading import load
from conform.replay.replaying import Replayer, ReplayResult
from conform.text import Span

_COVERED: Mapping[CoverKind, str] = {
    CoverKind.TRANSITIONS: "transitions",
    CoverKind.CLASSES: "states and classes of transitions",
    CoverKind.STATES: "states",
    CoverKind.INSTANCES: "outcomes of action instances",
}


class ReplayOutcome(Struct, frozen=True):
    """What a replay against one implementation gave; the graph has so many `transitions`."""

    name: str
    result: ReplayResult
    findings: tuple[Finding, ...]
    cover: CoverKind
    transitions: int

    @property
    def summary(self) -> str:
        """One line with the counts."""
        taken = sum(self.result.exercised.values())
        declined = sum(self.result.declined.values())
        of_all = "" if taken == self.transitions else f" of {self.transitions:,}"
        return (
            f"every one of the {_COVERED[self.cover]} covered: {taken:,}{of_all} steps taken, "
            f"{declined:,} disabled ones declined"
        )


def outcome_of(
    entry: ImplementationEntry,
    replay: CoverReplay,
    result: ReplayResult,
    artefact: TlaArtefact,
    context: Context,
) -> ReplayOutcome:
    """Return what the replay of a state graph against an implementation found.

    What differs before any action is taken is placed at the implementation's entry.
    """
    found = within(context.root, findings_of(result.divergences))
    findings = [
        _placed(finding, divergence.action, context, entry)
        for finding, divergence in zip(found, result.divergences, strict=True)
    ]
    if not result.traces:
        findings.extend(without_steps(artefact.spec.path, ()))
    if not result.divergences:
        findings.extend(unexercised(_reachable(artefact, replay.graph), result))
    return ReplayOutcome(entry.name, result, tuple(findings), replay.kind, replay.graph.edge_count)


def _reachable(artefact: TlaArtefact, graph: StateGraph) -> list[str]:
    """Return the actions that the graph takes; CF302 reports the others."""
    taken = {graph.instances[number].action for number in set(graph.edge_instances)}
    return [action.name for action in artefact.spec.actions if action.name in taken]


def within(root: Path, findings: Iterable[Finding]) -> list[Finding]:
    """Return the findings with paths below `root` relative to it, as all others are."""
    return [
        replace(finding, span=_within(root, finding.span)) if finding.span else finding
        for finding in findings
    ]


def _within(root: Path, span: Span) -> Span:
    path = Path(span.path)
    return replace(span, path=str(path.relative_to(root))) if path.is_relative_to(root) else span


def _placed(
    finding: Finding, action: str | None, context: Context, entry: ImplementationEntry
) -> Finding:
    """Return the finding at the action's place in the document, with the code that is mapped."""
    if finding.span is not None:
        return finding
    found = next((one for one in context.document.leaf_actions() if one.name == action), None)
    if found is None:
        return replace(finding, span=entry.span, excerpt=entry.excerpt)
    code = tuple(
        f"mapped to {reference.symbol or 'a file'} in {_target(reference)}"
        for _row, cell, _column in cells_about(context, found, Role.IMPLEMENTATION)
        for reference in cell.references
        if isinstance(reference, SymbolReference)
    )
    details = (*finding.details, *code)
    return replace(finding, span=found.span, excerpt=context.excerpt(found.span), details=details)


def _target(reference: SymbolReference) -> str:
    """Return the path that a link leads to, relative to the project; an address as it stands."""
    if "://" in reference.target:
        return reference.target
    return os.path.normpath(Path(reference.span.path).parent / reference.target)


def make_replayer(project: Project, entry: ImplementationEntry, artefact: TlaArtefact) -> Replayer:
    """Return a Replayer for an implementation; raise InputError where it cannot be loaded."""
    try:
        factory = load(entry.target, project.root)
    except ConformError as error:
        error.span = _within(project.root, error.span) if error.span else entry.span
        error.excerpt = error.excerpt or entry.excerpt
        raise
    variables = tuple(slot.variable for slot in artefact.model.slots)
    constants = {name: to_plain(value) for name, value in artefact.model.constants}
    return Replayer(factory, constants, variables)
