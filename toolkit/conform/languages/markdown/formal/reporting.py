"""What a check says of a document's formulas: all of it where the document claims to be formal.

A document that is written in prose, or in a notation of its own, is no faulty formal one. It is
said once that it is not executed, and of its lines only what is wrong in any notation.
"""

from __future__ import annotations

from msgspec.structs import replace

from conform.domain.finding import Finding, Severity
from conform.languages.markdown.formal import cf111_unknown_name, cf114_assigned_twice
from conform.languages.markdown.formal.cf340_not_executed import not_executed
from conform.languages.markdown.formal.document import FormalDocument


def claims_to_be_formal(document: FormalDocument) -> bool:
    """Whether a document is mostly executed: half of its actions and more than half of its values.

    The values are the initial ones; a document without variables has none to state.
    """
    whole = sum(action.is_executable for action in document.actions)
    known = sum(variable.initial is not None for variable in document.variables)
    has_values = not document.variables or 2 * known > len(document.variables)
    return has_values and 0 < len(document.actions) <= 2 * whole


def reported(document: FormalDocument) -> list[Finding]:
    """Return the findings on a document's formulas; none for one that has no actions at all."""
    if not document.actions:
        return []
    unexecuted = not_executed(document)
    if claims_to_be_formal(document):
        return [*document.findings, *unexecuted]
    warnings = [replace(found, severity=Severity.WARNING) for found in unexecuted]
    return [*(found for found in document.findings if _is_wrong_anywhere(found)), *warnings]


def _is_wrong_anywhere(finding: Finding) -> bool:
    """Whether it is wrong in any notation: a name misspelt, a variable assigned twice."""
    if finding.code == cf111_unknown_name.CODE.identifier:
        return finding.hint.startswith("did you mean")
    return finding.code == cf114_assigned_twice.CODE.identifier
