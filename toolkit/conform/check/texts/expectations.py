"""What the document expects of each property of a model, through the mapping rows."""

from __future__ import annotations

from collections.abc import Iterator

from msgspec import Struct

from conform.check.columns import Role
from conform.check.context import Context
from conform.check.linking import covered, named_in
from conform.domain.report import Verdict
from conform.domain.spec import Property
from conform.explore.result import PropertyResult


class Judged(Struct, frozen=True):
    """A property's result in one model beside the document's property that it stands for.

    `stated` is None where the document has no such property (CF204 reports it).
    """

    result: PropertyResult
    stated: Property | None

    @property
    def expected(self) -> Verdict:
        """The verdict that the document expects, PASS where it does not say."""
        word = (self.stated.expected or "") if self.stated else ""
        return Verdict.FAIL if word.strip().upper().startswith("FAIL") else Verdict.PASS

    @property
    def is_as_expected(self) -> bool:
        """Whether the model's verdict is the one expected."""
        return self.result.verdict is self.expected


def judged(
    context: Context, role: Role | None, results: tuple[PropertyResult, ...]
) -> tuple[Judged, ...]:
    """Return each result of a model with the document's property, in the order of the results.

    `role` is None for the document itself.
    """
    stated = dict(_stated(context, role)) if role else {}
    by_name = {found.name: found for found in context.document.properties}
    return tuple(
        Judged(result, stated.get(result.name) or by_name.get(result.name)) for result in results
    )


def _stated(context: Context, role: Role) -> Iterator[tuple[str, Property]]:
    artefact = context.formal.get(role)
    if artefact is None:
        return
    for row, cell, _column in context.cells(role):
        properties = [found for found in covered(context, row) if isinstance(found, Property)]
        for named in named_in(cell, row, artefact, context.document):
            if properties:
                yield named.name, properties[0]
