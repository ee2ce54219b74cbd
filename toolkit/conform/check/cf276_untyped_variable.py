"""The type invariant of a module says nothing of one of its variables.

What it means
    The module declares a variable, and neither the invariant that types the variables (TypeOK,
    TypeInvariant) nor a definition that it uses names it. Whatever the variable becomes, the
    invariant holds: a value outside of its type is found by nobody.

Example
    TypeOK == taskStatus \\in [Tasks -> Status]      in a module that declares lockState as well

What to do
    Add the variable's type to the invariant, or say in the document why it has none.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from conform.check.cf204_undocumented_construct import is_type_invariant
from conform.check.columns import Role
from conform.check.context import Context
from conform.check.models.definition_words import words_in_definition
from conform.check.texts.remarks import is_remarked
from conform.domain.finding import Code, Finding, Severity
from conform.domain.spec import Property

CODE = Code("CF276", "variable without a type", Severity.WARNING)


def untyped_variables(context: Context) -> Iterator[Finding]:
    """Yield a finding for each type invariant that a module checks and that leaves variables out.

    One in which a document speaks of a variable that it leaves out is no finding.
    """
    artefact = context.formal.get(Role.TLAPLUS)
    if artefact is None:
        return
    typing = [each for each in artefact.spec.properties if is_type_invariant(each.name)]
    for stated in typing:
        named = words_in_definition(context, artefact, stated.name)
        left_out = [each for each in artefact.spec.variables if each.name not in named]
        untold = [each.name for each in left_out if not _is_told(context, stated, each.name)]
        if named and untold and len(left_out) < len(artefact.spec.variables):
            names = ", ".join(f"`{name}`" for name in untold)
            yield CODE.finding(
                f"`{stated.name}` says nothing of {names}",
                stated.span,
                excerpt=context.excerpt(stated.span),
                hint="add the type, or say in the document why there is none",
            )


def _is_told(context: Context, stated: Property, variable: str) -> bool:
    """Whether a passage about the invariant names a variable that it leaves out."""
    word = re.compile(rf"(?<!\w){re.escape(variable)}(?!\w)")
    return is_remarked(context, stated.name, word)
