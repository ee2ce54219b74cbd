"""Two configurations of one model do not check the same.

What it means
    One configuration lists an invariant, a property or a constraint that another one lacks, gives a
    constant a value that another one leaves without, or has another specification. A verdict of the
    one is then no verdict of the other, while tables of parameters and results speak of them as of
    one model in two sizes.

Example
    PROPERTY AppendProgress     in M.cfg, and not in M-medium.cfg

What to do
    List it in both, or say in a document why one configuration leaves it out: a document that names
    the configuration's file and the property in one line is taken to say so.

    A configuration that checks properties and no invariant is one for liveness, and so is one that
    says `liveness` in its name, or that has some of the invariants of one without properties:
    invariants and symmetry are not missed there, nor what it checks elsewhere. `conform check`
    explores it beside the one in use.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import PurePosixPath

from conform.check.context import ConfigurationFile, Context, FormalArtefact, Listed
from conform.check.models.configurations_apart import CHECKED, are_apart
from conform.domain.finding import Code, Finding
from conform.text import nearest

CODE = Code("CF215", "configurations do not check the same")

_BEHAVIOUR = ("SPECIFICATION", "INIT", "NEXT")
_RESTRICTING = ("CONSTRAINT", "ACTION_CONSTRAINT", "SYMMETRY", "VIEW")
_REDUCING = ("SYMMETRY", "VIEW")
"""What may hide a behaviour without end, and so is left out where liveness is checked."""


def differing_configurations(context: Context) -> Iterator[Finding]:
    """Yield a finding for each name that some configurations list and another one lacks."""
    for artefact in context.formal.values():
        for file in artefact.configurations:
            yield from _missing(context, artefact, file)
            yield from _unbound(context, artefact, file)


def _missing(
    context: Context, artefact: FormalArtefact, file: ConfigurationFile
) -> Iterator[Finding]:
    mapped = _mapped_names(context) | {stated.name for stated in context.document.properties}
    own = {(_sort(listed), listed.name) for listed in file.listed}
    seen: set[tuple[str, str]] = set()
    for other in artefact.configurations:
        for listed in other.names(*CHECKED, *_BEHAVIOUR, *_RESTRICTING):
            key = (_sort(listed), listed.name)
            if key in own or key in seen or _is_said(context, file, listed.name):
                continue
            if listed.keyword in (*CHECKED, *_REDUCING) and are_apart(file, other):
                continue
            seen.add(key)
            in_use = file.name == artefact.configuration
            if in_use and listed.keyword in CHECKED and listed.name in mapped:
                continue  # CF205 has reported it
            yield _finding(context, file, listed)


def _unbound(
    context: Context, artefact: FormalArtefact, file: ConfigurationFile
) -> Iterator[Finding]:
    """Yield a finding for each constant that the module declares and only others give a value."""
    if file.name == artefact.configuration:
        return  # the model cannot be read then, and that is told
    for constant in artefact.spec.constants:
        others = [each.bindings.get(constant.name) for each in artefact.configurations]
        bound = next((binding for binding in others if binding is not None), None)
        if bound is not None and constant.name not in file.bindings:
            start = file.whole()
            yield CODE.finding(
                f"{file.path} gives `{constant.name}` no value, and {bound.span.path} does",
                start,
                excerpt=context.excerpt(start),
                details=(f"bound at {bound.span}", f"declared at {constant.span}"),
                hint="give it a value: the model cannot be checked under this configuration",
            )


def _sort(listed: Listed) -> str:
    """Return what a keyword is for: what is checked may stand under either keyword."""
    return "checked" if listed.keyword in CHECKED else listed.keyword


def _mapped_names(context: Context) -> set[str]:
    return {
        reference.name
        for row in context.rows()
        for cell in row.cells
        for reference in cell.references
        if hasattr(reference, "name")
    }


def _is_said(context: Context, file: ConfigurationFile, name: str) -> bool:
    """Whether a line of a document names both the configuration's file and what it leaves out."""
    path = PurePosixPath(file.path).name
    pattern = re.compile(rf"(?<!\w){re.escape(name)}(?!\w)")
    sources = (context.sources.get(document.path) for document in context.documents)
    lines = (line for source in sources if source is not None for line in source.lines())
    return any(path in line and pattern.search(line) for line in lines)


def _finding(context: Context, file: ConfigurationFile, listed: Listed) -> Finding:
    own = [found.name for found in file.names(listed.keyword)]
    close = nearest(listed.name, own)
    start = file.whole()
    return CODE.finding(
        f"{file.path} does not have {listed.keyword} `{listed.name}`, which {listed.span.path} has",
        start,
        excerpt=context.excerpt(start),
        details=(f"listed at {listed.span}",),
        hint=f"it has `{close}`" if close else "list it, or say in a document why not",
    )
