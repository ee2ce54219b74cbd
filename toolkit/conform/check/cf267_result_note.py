"""The note of a row of results contradicts the row's verdicts.

What it means
    The note says `omitted from Fizzbee` or `TLA+ only`, and the row has a verdict under the model
    that is said to be without the property, or a dash under the one that is said to have it.

Example
    | Property | TLA+ | Fizzbee | Notes |
    | `Fenced` | PASS | — | Omitted from TLA+ |

What to do
    Correct the note, or the verdicts.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from conform.check.columns import Role
from conform.check.context import Context
from conform.check.verdict_cells import (
    claimed_verdict,
    claims_absence,
    model_cells,
    names_in_model,
)
from conform.domain.finding import Code, Finding
from conform.domain.spec import ResultRow
from conform.text import Span

CODE = Code("CF267", "note contradicts its row")

_MODEL = r"(?P<model>TLA\+?|Fizz\w*)"
_WITHOUT = re.compile(
    rf"\b(?:omitted\s+from|not\s+(?:modell?ed|checked|expressible|supported|stated|included)\s+in"
    rf"|missing\s+(?:from|in)|absent\s+(?:from|in))\s+(?:the\s+)?{_MODEL}",
    re.IGNORECASE,
)
_ALONE = re.compile(
    rf"(?:\b{_MODEL}\s+only\b|\bonly\s+in\s+{_MODEL.replace('model', 'other')})", re.IGNORECASE
)


def contradicted_notes(context: Context) -> Iterator[Finding]:
    """Yield a finding for each note that a verdict of its row contradicts."""
    told: set[Span] = set()
    for row, header, cell, role in model_cells(context):
        has_verdict = claimed_verdict(cell) is not None
        if has_verdict and _is_missing(context, row, role):
            continue  # the verdict is what is wrong: CF222 says so
        for said, is_there in _said(row.notes, role):
            is_wrong = (has_verdict and not is_there) or (claims_absence(cell) and is_there)
            if is_wrong and row.span not in told:
                told.add(row.span)
                yield CODE.finding(
                    f"`{row.property}` has {cell} under {header}, and the note says: {said}",
                    row.span,
                    excerpt=context.excerpt(row.span),
                    hint="correct the note, or the verdicts",
                )


def _is_missing(context: Context, row: ResultRow, role: Role) -> bool:
    artefact = context.formal.get(role)
    names = names_in_model(context, row, role)
    return artefact is not None and artefact.known_names().isdisjoint(names)


def _said(notes: str, role: Role) -> Iterator[tuple[str, bool]]:
    """Yield the words of a note, and whether by them the model of a role has the property."""
    for match in _WITHOUT.finditer(notes):
        if _role(match["model"]) is role:
            yield match[0], False
    for match in _ALONE.finditer(notes):
        yield match[0], _role(match["model"] or match["other"]) is role


def _role(name: str) -> Role:
    return Role.FIZZBEE if name.lower().startswith("fizz") else Role.TLAPLUS
