"""Parameters of operators that their own formula never uses."""

from __future__ import annotations

import re
from collections.abc import Iterator

from conform.check.columns import Role
from conform.check.context import Context, FormalArtefact
from conform.check.models.helper_names import formula_text
from conform.text import Span

_PARAMETER = re.compile(r"[^\W\d]\w*")
_COMMENT = re.compile(r"#[^\n]*")


def unused_parameters(
    context: Context, role: Role, artefact: FormalArtefact
) -> Iterator[tuple[str, str, Span]]:
    """Yield the name of a helper, a parameter without a use in it, and where the helper stands.

    A parameter with an underscore in front, and one of a formula that is not known, are left out.
    """
    for name, parameters, body, span in _helpers(context, role, artefact):
        used = set(_PARAMETER.findall(body))
        for text in parameters if body else ():
            parameter = _PARAMETER.match(text)
            if parameter and parameter[0] not in used and not text.startswith("_"):
                yield name, parameter[0], span


def _helpers(
    context: Context, role: Role, artefact: FormalArtefact
) -> Iterator[tuple[str, tuple[str, ...], str, Span]]:
    """Yield the name, the parameters, the formula and the place of what is no action."""
    spec = artefact.spec
    if role is Role.FIZZBEE:
        for helper in spec.helpers:
            yield helper.name, helper.parameters, _body(context, helper.span), helper.span
        return
    actions = {action.name for action in spec.actions}
    for name, each in artefact.definitions.items():
        if name not in actions and each.span.path == spec.path:
            yield name, each.parameters, formula_text(context, each), each.span


def _body(context: Context, span: Span) -> str:
    """Return what is indented below the head of a function, without comments."""
    source = context.sources.get(span.path)
    lines: list[str] = []
    for line in source.lines()[span.line :] if source else ():
        if line.strip() and not line[:1].isspace():
            break
        lines.append(_COMMENT.sub("", line))
    return "\n".join(lines)
