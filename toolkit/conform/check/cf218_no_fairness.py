"""A liveness property is checked of a specification without fairness.

What it means
    Without fairness the behaviour that does nothing for ever is allowed, so that a property that
    something happens can hold only where it is empty or about the initial states. Either the
    configuration names the wrong specification, or the fairness was forgotten.

Example
    SPECIFICATION Spec, PROPERTY Ends, and  Spec == Init /\\ [][Next]_vars

What to do
    Add the fairness that the document gives the actions, or name the specification that has it.
"""

from __future__ import annotations

from collections.abc import Iterator

from conform.check.columns import Role
from conform.check.context import Context
from conform.domain.finding import Code, Finding
from conform.domain.model import PropertyKind

CODE = Code("CF218", "liveness without fairness")


def liveness_without_fairness(context: Context) -> Iterator[Finding]:
    """Yield a finding at each behaviour specification that has liveness and no fairness."""
    artefact = context.formal.get(Role.TLAPLUS)
    if artefact is None or artefact.spec.fairness:
        return
    live = {found.name for found in artefact.spec.properties if found.kind == PropertyKind.LIVENESS}
    for file in artefact.configurations:
        checked = [listed for listed in file.names("PROPERTY") if listed.name in live]
        behaviour = file.names("SPECIFICATION", "NEXT")
        in_use = file.name == artefact.configuration
        if checked and behaviour and (in_use or _is_same(context, behaviour[0].name)):
            span = behaviour[0].span
            names = ", ".join(f"`{listed.name}`" for listed in checked)
            yield CODE.finding(
                f"{file.path} checks {names} of `{behaviour[0].name}`, which has no fairness",
                span,
                excerpt=context.excerpt(span),
                hint="name a specification with fairness",
            )


def _is_same(context: Context, name: str) -> bool:
    """Whether the configuration in use has the specification `name` as well."""
    artefact = context.formal[Role.TLAPLUS]
    in_use = (file for file in artefact.configurations if file.name == artefact.configuration)
    return any(listed.name == name for file in in_use for listed in file.names("SPECIFICATION"))
