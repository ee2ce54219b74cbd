"""The parameters of a construct differ between the document, its mapping row and the model.

What it means
    An action or helper takes another number of parameters in the model than the mapping row, or the
    heading of the document, gives it. Names of parameters may differ; their number may not.

Example
    The row says `StartAppend(w)`, and the module defines `StartAppend(w, count)`.

What to do
    Decide which is right, and correct the others: the document is the source of truth.
"""

from __future__ import annotations

from collections.abc import Iterator

from conform.check.columns import Role
from conform.check.context import Context, Definition, FormalArtefact
from conform.check.linking import Construct, Named, covered, named_in, parameters_of
from conform.domain.finding import Code, Finding
from conform.domain.spec import Cell, Helper, MappingRow
from conform.text import Span

CODE = Code("CF203", "parameters differ")


def differing_parameters(context: Context) -> Iterator[Finding]:
    """Yield a finding for each row or heading whose number of parameters is not the model's."""
    for row, cell, column in context.cells(Role.TLAPLUS, Role.FIZZBEE):
        artefact = context.formal.get(column.role)
        if artefact is not None:
            yield from _in_cell(context, row, cell, artefact, column.role)


def _in_cell(
    context: Context, row: MappingRow, cell: Cell, artefact: FormalArtefact, role: Role
) -> Iterator[Finding]:
    headings = {construct.name: construct for construct in covered(context, row)}
    for named in named_in(cell, row, artefact, context.document):
        definition = artefact.definitions.get(named.name)
        if definition is None:
            continue
        if named.parameters is not None and len(named.parameters) != len(definition.parameters):
            yield _finding(context, "the mapping row", named, named.parameters, definition)
            continue
        heading = headings.get(named.name)
        stated = parameters_of(heading) if heading else None
        if role is Role.FIZZBEE and not _can_state_parameters(heading, definition, artefact):
            continue
        if heading and stated is not None and len(stated) != len(definition.parameters):
            at = Named(named.name, stated, heading.span)
            yield _finding(context, "the document", at, stated, definition)


def _can_state_parameters(
    heading: Construct | None, definition: Definition, artefact: FormalArtefact
) -> bool:
    """Whether a FizzBee definition would have the parameters of a heading.

    Its actions have none, but choose; its functions take the state that they read as well.
    """
    state = {variable.name for variable in artefact.spec.variables}
    return isinstance(heading, Helper) and state.isdisjoint(definition.parameters)


def _finding(
    context: Context,
    where: str,
    named: Named,
    stated: tuple[str, ...],
    definition: Definition,
) -> Finding:
    return CODE.finding(
        f"`{named.name}` has {_count(stated)} in {where}, "
        f"but {_count(definition.parameters)} in {definition.span.path}",
        named.span,
        excerpt=context.excerpt(named.span),
        details=(
            f"{where + ':':<18} {_call(named.name, stated)}",
            f"{'the model:':<18} {_call(named.name, definition.parameters)}  at {_at(definition)}",
        ),
        hint="the document decides; correct the other",
    )


def _at(definition: Definition) -> Span:
    return definition.span


def _count(parameters: tuple[str, ...]) -> str:
    return "1 parameter" if len(parameters) == 1 else f"{len(parameters)} parameters"


def _call(name: str, parameters: tuple[str, ...]) -> str:
    return f"{name}({', '.join(parameters)})" if parameters else name
