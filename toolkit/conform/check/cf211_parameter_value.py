"""A configuration gives a constant another value than the document does.

What it means
    The document has a table of parameters with a column for this configuration, and its value is
    not the one that the configuration binds. What was checked is then not what the document says
    was checked: its counts, its verdicts and its claims are about another model.

Example
    | `Workers` | `{w1, w2, w3}` |     beside     Workers = {w1, w2}

What to do
    Decide which of the two is meant, and correct the other. A cell that holds no plain value (a
    number, a name, a string, or a set of such) is not compared.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from conform.check.context import Binding, Context, FormalArtefact
from conform.domain.finding import Code, Finding
from conform.domain.spec import ParameterRow

CODE = Code("CF211", "parameter has another value")

_GROUPED = re.compile(r"-?\d{1,3}(?:[,_]\d{3})+")
_PLAIN = re.compile(r'-?\d+|\w+|"[^"\\]*"')
_SET = re.compile(r"\{(.*)\}", re.DOTALL)


def differing_values(context: Context) -> Iterator[Finding]:
    """Yield a finding for each stated value that is not the configuration's."""
    for artefact in context.formal.values():
        for row in context.document.parameters:
            binding = artefact.bindings.get(row.name)
            stated = _stated(row, artefact.configuration)
            if binding is None or stated is None:
                continue
            if _canonical(stated) != _canonical(binding.value):
                yield _finding(context, artefact, row, stated, binding)


def _stated(row: ParameterRow, configuration: str) -> str | None:
    """Return the value under the header that names the configuration, if it is a plain one."""
    named = re.compile(rf"\b{re.escape(configuration)}\b", re.IGNORECASE)
    values = (value for header, value in row.values if named.search(header))
    return next((value for value in values if _canonical(value) is not None), None)


def _canonical(text: str) -> str | None:
    """Return a plain value in the one form in which equal ones are equal; None for other text."""
    text = text.strip()
    if _GROUPED.fullmatch(text):
        return re.sub("[,_]", "", text)
    if inner := _SET.fullmatch(text):
        elements = [_canonical(part) for part in inner[1].split(",") if inner[1].strip()]
        known = [element for element in elements if element is not None]
        return f"{{{', '.join(sorted(set(known)))}}}" if len(known) == len(elements) else None
    return text if _PLAIN.fullmatch(text) else None


def _finding(
    context: Context, artefact: FormalArtefact, row: ParameterRow, stated: str, binding: Binding
) -> Finding:
    return CODE.finding(
        f"`{row.name}` is {stated} in the document, but {binding.value} in {binding.span.path}",
        row.span,
        excerpt=context.excerpt(row.span),
        details=(
            f"the document:      {stated}  ({artefact.configuration})",
            f"the configuration: {binding.value}  at {binding.span}",
        ),
        hint="the document decides; correct the other",
    )
