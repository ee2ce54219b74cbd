"""A mapping cell calls a construct what it is not.

What it means
    The words before a name, or the value behind it, do not fit the model: `VARIABLE x` where x is
    an operator, `action A` where A is an assertion, `always assertion P` where the model has
    `always eventually`, `x = 0` where the model begins with 1.

Example
    | Liveness L1 | `TaskCompletion` | `always assertion TaskCompletion` |

What to do
    Correct the cell, or the model.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from conform.check.cf217_property_kind import LIVENESS, SAFETY, sort_of
from conform.check.columns import Role
from conform.check.context import Context, FormalArtefact
from conform.check.texts.parameter_tables import canonical
from conform.domain.finding import Code, Finding
from conform.domain.spec import ConstructKind, ConstructReference, MappingRow, Property

CODE = Code("CF229", "mapped construct is something else")

_INITIAL = re.compile(r"=\s*(?P<value>[^=;]+?)\s*(?:;.*)?")


def miscalled_constructs(context: Context) -> Iterator[Finding]:
    """Yield a finding for each name in a cell that its model has as something else."""
    for row, cell, column in context.cells(Role.TLAPLUS, Role.FIZZBEE):
        artefact = context.formal.get(column.role)
        if artefact is None:
            continue
        for reference in cell.references:
            if isinstance(reference, ConstructReference):
                for message in _wrong(row, reference, artefact):
                    yield CODE.finding(
                        message,
                        reference.span,
                        excerpt=context.excerpt(reference.span),
                        hint="correct the cell, or the model",
                    )


def _wrong(
    row: MappingRow, reference: ConstructReference, artefact: FormalArtefact
) -> Iterator[str]:
    name, spec = reference.name, artefact.spec
    found = kind_in_model(artefact, name)
    if found is None:
        return
    claimed = _claimed_kind(reference.keyword) or row.subject.kind
    is_operator = claimed is ConstructKind.HELPER or found is ConstructKind.HELPER
    if claimed is not found and not (is_operator and claimed is not ConstructKind.VARIABLE):
        article = "an" if found is ConstructKind.ACTION else "a"
        yield f"`{name}` is no {claimed} of {spec.path}, but {article} {found}"
    for property_ in spec.properties:
        if property_.name == name and _is_other_kind(reference.keyword, property_):
            yield f"`{name}` is `{reference.keyword}` here, but {property_.kind} in {spec.path}"
    yield from _wrong_initially(reference, artefact)


def kind_in_model(artefact: FormalArtefact, name: str) -> ConstructKind | None:
    """Return what a name is in a model; None for one that it does not have."""
    spec = artefact.spec
    for kind, constructs in (
        (ConstructKind.VARIABLE, spec.variables),
        (ConstructKind.CONSTANT, spec.constants),
        (ConstructKind.ACTION, spec.actions),
        (ConstructKind.PROPERTY, spec.properties),
    ):
        if any(found.name == name for found in constructs):
            return kind
    return ConstructKind.HELPER if name in artefact.definitions else None


def _claimed_kind(keyword: str) -> ConstructKind | None:
    words = keyword.casefold().split()
    if "action" in words:
        return ConstructKind.ACTION
    if "assertion" in words or "invariant" in words or "property" in words:
        return ConstructKind.PROPERTY
    if any(word.startswith("variable") for word in words):
        return ConstructKind.VARIABLE
    if any(word.startswith("constant") for word in words):
        return ConstructKind.CONSTANT
    return None


def _is_other_kind(keyword: str, found: Property) -> bool:
    words = keyword.casefold()
    if "assertion" not in words:
        return False
    stated = LIVENESS if "eventually" in words else SAFETY
    actual = sort_of(found.kind)
    is_step = "transition" in words
    return actual not in (None, stated) or is_step != (
        "action" in found.kind or "transition" in found.kind
    )


def _wrong_initially(reference: ConstructReference, artefact: FormalArtefact) -> Iterator[str]:
    match = _INITIAL.fullmatch(reference.note)
    variables = [found for found in artefact.spec.variables if found.name == reference.name]
    if match is None or not variables:
        return
    stated = canonical(match["value"], across_languages=True)
    actual = canonical(variables[0].initial_text, across_languages=True)
    plain = [value for value in (stated, actual) if value and not value.startswith("{")]
    if len(plain) == 2 and stated != actual:
        initially = variables[0].initial_text
        yield f"`{reference.name}` is {match['value']} here, but initially {initially} in the model"
