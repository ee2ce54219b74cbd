"""Reading a canonical spec document: from its text to the Spec of what it says."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from msgspec.structs import replace

from conform.domain.spec import Action, ConstructKind, Spec
from conform.errors import InputError
from conform.languages.markdown.actions import abbreviated_names, read_actions, read_helpers
from conform.languages.markdown.blocks import Block, read_blocks
from conform.languages.markdown.counts import read_counts
from conform.languages.markdown.fairness import read_fairness
from conform.languages.markdown.helper_paragraphs import helpers_equated
from conform.languages.markdown.helper_sentences import helpers_in_sentences
from conform.languages.markdown.inline import reading
from conform.languages.markdown.mapping import read_mapping
from conform.languages.markdown.outline import document_title, read_outline
from conform.languages.markdown.properties import read_properties, read_results
from conform.languages.markdown.refused_rows import read_without_refused
from conform.languages.markdown.subjects import Declarations
from conform.languages.markdown.tables import (
    read_constants,
    read_constraints,
    read_parameters,
    read_variables,
)
from conform.languages.markdown.unread_fairness import unread_fairness
from conform.text import Source


def read_document(
    source: Source, beside: Spec | None = None, refused: list[InputError] | None = None
) -> Spec:
    """Return what a Markdown document says: constructs, mapping tables, expected results.

    A further document, such as a README, is read `beside` the canonical one: what that one declares
    is known in the further one's tables.
    Everything is returned in the document's order, duplicates included: judging is for the checks.
    A document of which nothing is recognised gives a Spec with a title at most. Raises InputError
    with its place for a table row with cells too many, a cell of a recognised table that cannot be
    read, and a document too long or nested too deeply to be read in full. With `refused`, what is
    wrong in a row of a table is added there, and only that row is left out.
    """
    _manuscript, blocks = read_blocks(source)
    if refused is None:
        return _read(source, blocks, beside, None)
    in_mapping: list[InputError] = []

    def read(left: Sequence[Block]) -> Spec:
        in_mapping.clear()
        return _read(source, left, beside, in_mapping)

    spec = read_without_refused(blocks, read, refused, beside)
    refused += in_mapping
    return spec


def _read(
    source: Source,
    blocks: Sequence[Block],
    beside: Spec | None,
    refused: list[InputError] | None,
) -> Spec:
    root = read_outline(blocks)
    title = document_title(blocks)
    constants, variables, actions = read_constants(root), read_variables(root), read_actions(root)
    others = {each.name for each in constants} | {each.name for each in variables}
    others |= {each.name for each in _with_outcomes(actions)}
    spec = Spec(
        path=source.path,
        title=reading(title.content) if title else "",
        constants=constants,
        variables=variables,
        actions=actions,
        helpers=read_helpers(root),
        properties=read_properties(root, others),
        parameters=read_parameters(root),
        results=read_results(root),
        constraints=read_constraints(root),
        counts=read_counts(root),
    )
    known = {*_declarations(spec).kinds, *(row.name for row in spec.parameters)}
    equated = tuple(helpers_equated(root, known))
    known.update(helper.name for helper in equated)
    told = tuple(helpers_in_sentences(root, known))
    spec = replace(spec, helpers=(*spec.helpers, *equated, *told))
    declared = _declarations(beside, spec) if beside else _declarations(spec)
    for name in abbreviated_names(root):
        declared.kinds.setdefault(name, ConstructKind.HELPER)
    fairness = read_fairness(root, spec.actions, declared)
    return replace(
        spec,
        fairness=fairness,
        unread_fairness=unread_fairness(root, spec.actions, fairness),
        mapping=read_mapping(root, declared, refused),
    )


def _declarations(*specs: Spec) -> Declarations:
    """Return what documents declare; where two of them do, the first decides."""
    numbers: dict[str, None] = {}
    kinds: dict[str, ConstructKind] = {}
    for spec in specs:
        actions = list(_with_outcomes(spec.actions))
        numbers.update((action.number, None) for action in actions if action.number)
        for kind, names in (
            (ConstructKind.CONSTANT, spec.constants),
            (ConstructKind.VARIABLE, spec.variables),
            (ConstructKind.ACTION, actions),
            (ConstructKind.HELPER, spec.helpers),
            (ConstructKind.PROPERTY, spec.properties),
        ):
            for found in names:
                kinds.setdefault(found.name, kind)
    return Declarations(tuple(numbers), kinds)


def _with_outcomes(actions: Iterable[Action]) -> Iterator[Action]:
    for action in actions:
        yield action
        yield from _with_outcomes(action.outcomes)
