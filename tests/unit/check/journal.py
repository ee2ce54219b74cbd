"""The project of tests/fixtures/journal, copied and changed, and what is found in it."""

from __future__ import annotations

import shutil
from pathlib import Path

from conform.check.columns import Role
from conform.check.context import Context
from conform.check.model_rules import findings_of
from conform.check.models.explored import Explored
from conform.check.rules import TEXT_RULES, Rule, apply
from conform.commands.artefacts import Artefacts, read_artefacts
from conform.commands.stages.mapping import context_of
from conform.config import load_project
from conform.domain.finding import Finding
from conform.explore.options import ExploreOptions
from conform.explore.search import explore

FIXTURE = Path(__file__).parents[2] / "fixtures" / "journal"

Change = tuple[str, str, str]
"""A file, a text in it, and what to write in its place."""


def changed_project(folder: Path, *changes: Change) -> Path:
    """Copy the project into `folder`, make each change, and return its conform.yaml."""
    root = folder / "journal"
    shutil.copytree(FIXTURE, root)
    for name, old, new in changes:
        path = root / name
        text = path.read_text(encoding="utf-8")
        assert old in text, f"{name} has no {old!r}"
        path.write_text(text.replace(old, new, 1), encoding="utf-8")
    return root / "conform.yaml"


def found_in(project_file: Path) -> list[tuple[Finding, str]]:
    """Return the findings of the rules over texts and over what the models do, in all protocols.

    Each comes with the text that it points at. What two protocols share is told once.
    """
    project = load_project(project_file)
    found: dict[Finding, str] = {}
    for entry in project.protocols:
        artefacts = read_artefacts(entry)
        assert not artefacts.unread
        context = context_of(project, artefacts)
        for finding in [*apply(TEXT_RULES, context), *findings_of(context, explored(artefacts))]:
            found.setdefault(finding, _under(context, finding))
    return list(found.items())


def messages_of(rules: tuple[Rule, ...], folder: Path, *changes: Change) -> list[str]:
    """Return what rules find in all protocols of the changed project: code, place and message."""
    project = load_project(changed_project(folder, *changes))
    messages: dict[str, None] = {}
    for entry in project.protocols:
        context = context_of(project, read_artefacts(entry))
        for each in apply(rules, context):
            assert each.span is not None
            messages[f"{each.code} {each.span.path}:{each.span.line}: {each.message}"] = None
    return list(messages)


def explored(artefacts: Artefacts) -> list[Explored]:
    tlaplus = artefacts.tlaplus
    assert tlaplus is not None
    result = explore(tlaplus.model, ExploreOptions(stop_at_first=False, keep_graph=True), None)
    constants = dict(tlaplus.model.constants)
    path = tlaplus.configuration_source.path
    return [Explored(Role.TLAPLUS, tlaplus.spec, path, tlaplus.model, constants, result)]


def _under(context: Context, finding: Finding) -> str:
    span = finding.span
    assert span is not None
    line = context.sources[span.path].line(span.line)
    end = span.end_column if span.end_line == span.line else len(line)
    return f"{span.path}: {line[span.column - 1 : end]}"
