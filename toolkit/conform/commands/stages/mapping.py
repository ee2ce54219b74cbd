"""Stages 1 and 2: what the document states, and whether every construct is mapped."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from msgspec.structs import replace

from conform.check.columns import Role
from conform.check.context import (
    REPLACEMENT,
    Binding,
    ConfigurationFile,
    Context,
    Definition,
    FormalArtefact,
    Listed,
)
from conform.check.texts.belonging import about_protocol
from conform.check.texts.unwritten_mapping import is_unwritten, mapped_by_names
from conform.check.texts.words_for_actions import in_words_of
from conform.commands.artefacts import Artefacts
from conform.commands.companions import neighbours_of, pages_of
from conform.commands.fizz_artefact import FizzArtefact
from conform.commands.tla_artefact import TlaArtefact
from conform.config import Project
from conform.domain.spec import Action, Helper, Spec
from conform.domain.values import format_value
from conform.languages.fizzbee.stated_options import effective_options
from conform.languages.markdown.counts import counts_in_comments
from conform.languages.tlaplus.configuration import Configuration, written
from conform.languages.tlaplus.printing import print_expression
from conform.languages.tlaplus.unused_formulas import listed_names, unused_formulas
from conform.text import Source, Span


def context_of(project: Project, artefacts: Artefacts) -> Context:
    """Return the protocol as the rules see it."""
    formal: dict[Role, FormalArtefact] = {}
    if artefacts.tlaplus:
        formal[Role.TLAPLUS] = formal_artefact(
            artefacts.tlaplus, artefacts.configurations, artefacts.sources
        )
    if artefacts.fizzbee:
        formal[Role.FIZZBEE] = formal_specification(artefacts.fizzbee)
    entry = artefacts.entry
    document, further = _documents(artefacts, formal)
    document = mapped_by_names(document, formal)
    sources, pages = pages_of(project, artefacts)
    return Context(
        document,
        formal,
        tuple(implementation.name for implementation in entry.implementations),
        project.root,
        {**artefacts.sources, **sources},
        further,
        in_words_of(document, pages),
        artefacts.formal,
        neighbours_of(project, artefacts),
    )


def _documents(
    artefacts: Artefacts, formal: Mapping[Role, FormalArtefact]
) -> tuple[Spec, tuple[Spec, ...]]:
    """Return the document with the mapping rows of all others, and the others.

    The project's README.md, which no entry names, is one of them if it has a table about them.
    """
    document, readme = artefacts.document, artefacts.readme
    if readme is None:
        return about_protocol(document, artefacts.further, formal.values())
    joined = replace(document, mapping=document.mapping + readme.mapping)
    own, further = about_protocol(joined, (*artefacts.further, readme), formal.values())
    *named, restricted = further
    has_tables = restricted.mapping or restricted.parameters or restricted.results
    return own, further if has_tables else tuple(named)


def formal_artefact(
    artefact: TlaArtefact,
    configurations: Iterable[tuple[str, Configuration]] = (),
    sources: Mapping[str, Source] | None = None,
) -> FormalArtefact:
    """Return a TLA+ module as the rules see it, with all its configurations by name.

    Without `configurations` the one that it is read under is the only one. `sources` has their
    texts, by path.
    """
    texts = {**artefact.specification.sources, **(sources or {})}
    read = tuple(configurations) or ((artefact.configuration_name, artefact.configuration),)
    wanted = {helper.name for helper in artefact.spec.helpers}
    definitions = {
        name: Definition(
            tuple(parameter.name for parameter in definition.parameters),
            definition.span,
            print_expression(definition.body) if name in wanted else "",
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
        tuple(
            _configuration_file(
                name, found, texts.get(found.path), _formulas(artefact, found, texts)
            )
            for name, found in read
        ),
        unused_formulas(artefact.specification, (found for _name, found in read)),
    )


def formal_specification(artefact: FizzArtefact) -> FormalArtefact:
    """Return a FizzBee specification as the rules see it: it has no configurations."""
    spec = artefact.spec
    constructs: tuple[Action | Helper, ...] = (*spec.actions, *spec.helpers)
    definitions = {each.name: Definition(each.parameters, each.span) for each in constructs}
    definitions |= {each.name: Definition((), each.span) for each in spec.properties}
    bindings = {row.name: Binding(row.values[0][1], row.span) for row in spec.parameters}
    found = FormalArtefact(spec, definitions, artefact.checked_by, "", bindings)
    return replace(found, settings=_settings(artefact, found.whole()))


def _settings(artefact: FizzArtefact, whole: Span) -> dict[str, Binding]:
    """Return the options of a search, each with the place that says it last, or the whole."""
    specification = artefact.specification
    beside, front = specification.stated_options
    places = {each.key: each.span for each in (*beside, *front)}
    effective = effective_options(specification.options)
    return {key: Binding(value, places.get(key, whole)) for key, value in effective.items()}


def _formulas(
    artefact: TlaArtefact, configuration: Configuration, texts: Mapping[str, Source]
) -> Mapping[str, str]:
    """Return what `C <- D` gives each constant C: the text behind `==` in the definition of D."""
    constants = {constant.name for constant in artefact.spec.constants}
    found: dict[str, str] = {}
    for bound in configuration.assignments:
        definition = artefact.specification.definitions.get(bound.replacement or "")
        source = texts.get(definition.span.path) if definition else None
        if definition and source and bound.name in constants:
            lines = range(definition.span.line, definition.span.end_line + 1)
            text = " ".join(source.line(line).partition("\\*")[0] for line in lines)
            found[bound.name] = text.partition("==")[2].strip()
    return found


def _configuration_file(
    name: str, configuration: Configuration, source: Source | None, formulas: Mapping[str, str]
) -> ConfigurationFile:
    """Return a configuration as the rules see it; a replacement `C <- D` lists D.

    Where C is a constant, it is bound to the formula of D, of `formulas`, and lists nothing.
    """
    bindings = {
        bound.name: Binding(written(bound.value), bound.span)
        for bound in configuration.assignments
        if bound.value is not None
    }
    bindings |= {
        bound.name: Binding(formulas[bound.name], bound.span)
        for bound in configuration.assignments
        if bound.name in formulas
    }
    listed = [Listed(word, found.name, found.span) for word, found in listed_names(configuration)]
    listed += (
        Listed(REPLACEMENT, bound.replacement, bound.span)
        for bound in configuration.assignments
        if bound.replacement is not None and bound.name not in formulas
    )
    return ConfigurationFile(
        name,
        configuration.path,
        bindings,
        tuple(listed),
        configuration.check_deadlock is not False,
        counts_in_comments(source) if source else (),
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
    if is_unwritten(context.document):
        return "by names alone: no table is written"
    rows = sum(1 for _row in context.rows())
    return f"{counted(rows, 'row')} in {counted(len(context.document.mapping), 'table')}"


def counted(count: int, what: str) -> str:
    """Return a count with its noun: `1 row`, `3 properties`."""
    if count == 1:
        return f"1 {what}"
    plural = f"{what[:-1]}ies" if what.endswith("y") else f"{what}s"
    return f"{count:,} {plural}"
