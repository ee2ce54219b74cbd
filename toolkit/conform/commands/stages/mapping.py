"""Stages 1 and 2: what the document states, and whether every construct is mapped."""

from __future__ import annotations

from conform.check.columns import Role
from conform.check.context import Binding, Context, Definition, FormalArtefact
from conform.commands.artefacts import Artefacts
from conform.commands.tla_artefact import TlaArtefact
from conform.config import Project
from conform.domain.values import format_value


def context_of(project: Project, artefacts: Artefacts) -> Context:
    """Return the protocol as the rules see it."""
    formal: dict[Role, FormalArtefact] = {}
    if artefacts.tlaplus:
        formal[Role.TLAPLUS] = formal_artefact(artefacts.tlaplus)
    entry = artefacts.entry
    return Context(
        artefacts.document,
        formal,
        tuple(implementation.name for implementation in entry.implementations),
        project.root,
        artefacts.sources,
    )


def formal_artefact(artefact: TlaArtefact) -> FormalArtefact:
    """Return a TLA+ module under its configuration as the rules see it."""
    definitions = {
        name: Definition(
            tuple(parameter.name for parameter in definition.parameters), definition.span
        )
        for name, definition in artefact.specification.definitions.items()
    }
    spans = {bound.name: bound.span for bound in artefact.configuration.assignments}
    bindings = {
        name: Binding(format_value(value), spans[name])
        for name, value in artefact.model.constants
        if name in spans
    }
    return FormalArtefact(
        artefact.spec,
        definitions,
        artefact.configuration_source.path,
        artefact.configuration_name,
        bindings,
    )


def summary_of_reading(context: Context) -> str:
    """Return one line with the counts of what the document states."""
    document = context.document
    counts = (
        (len(document.constants), "constant"),
        (len(document.variables), "variable"),
        (len(tuple(document.leaf_actions())), "action"),
        (len(document.helpers), "helper"),
        (len(document.properties), "property"),
    )
    return ", ".join(counted(count, what) for count, what in counts)


def summary_of_mapping(context: Context) -> str:
    """Return one line with the counts of tables and rows."""
    rows = sum(1 for _row in context.rows())
    return f"{counted(rows, 'row')} in {counted(len(context.document.mapping), 'table')}"


def counted(count: int, what: str) -> str:
    """Return a count with its noun: `1 row`, `3 properties`."""
    if count == 1:
        return f"1 {what}"
    plural = f"{what[:-1]}ies" if what.endswith("y") else f"{what}s"
    return f"{count:,} {plural}"
