"""The note of a row of results contradicts the row's verdicts, or the module.

What it means
    The note says `omitted from Fizzbee` or `TLA+ only`, and the row has a verdict under the model
    that is said to be without the property, or a dash under the one that is said to have it. Or the
    note says that the property uses an operator of TLA+, and neither its definition in the module
    nor a helper of this has it.

Example
    | Property | TLA+ | Fizzbee | Notes |
    | `Fenced` | PASS | — | Omitted from TLA+ |
    | `Fenced` | PASS | — | Uses UNCHANGED |      and Fenced is defined by ENABLED

What to do
    Correct the note, or the verdicts.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from conform.check.columns import Role
from conform.check.context import Context
from conform.check.models.definition_words import strings_in, words_in_definition
from conform.check.texts.verdict_cells import (
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
_USED = re.compile(
    r"\b(?:[Uu]ses|[Nn]eeds|[Rr]equires|[Rr]elies\s+on)\s+(?P<mark>`?)"
    r"(?P<operator>ENABLED|UNCHANGED|CHOOSE|EXCEPT|DOMAIN|SUBSET|UNION|Cardinality)"
    r"(?P=mark)(?![\w`])"
)


_VALUES_ALONE = re.compile(r"\b([A-Z][A-Z_]+)[-/\N{EN DASH}]([A-Z][A-Z_]+)\s+only\b")


def contradicted_notes(context: Context) -> Iterator[Finding]:
    """Yield a finding for each note that a verdict of its row, or the module, contradicts."""
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
        if role is Role.TLAPLUS and row.span not in told:
            yield from _operators(context, row)
            yield from _values_alone(context, row)


def _operators(context: Context, row: ResultRow) -> Iterator[Finding]:
    """Yield a finding for each operator that a note gives a property, and its definition lacks."""
    artefact = context.formal.get(Role.TLAPLUS)
    for match in _USED.finditer(row.notes) if artefact else ():
        assert artefact is not None
        names = names_in_model(context, row, Role.TLAPLUS)
        actions = [action.name for action in artefact.spec.actions]
        words = [words_in_definition(context, artefact, name, actions) for name in names]
        if words and all(words) and not any(match["operator"] in each for each in words):
            yield CODE.finding(
                f"`{names[0]}` of {artefact.spec.path} has no {match['operator']}, and the note "
                f"says: {match[0]}",
                row.span,
                excerpt=context.excerpt(row.span),
                hint="correct the note",
            )


def _values_alone(context: Context, row: ResultRow) -> Iterator[Finding]:
    """Yield the values that a note says a property is about alone, and its definition lacks."""
    artefact = context.formal.get(Role.TLAPLUS)
    for match in _VALUES_ALONE.finditer(row.notes) if artefact else ():
        assert artefact is not None
        names = names_in_model(context, row, Role.TLAPLUS)
        words = set().union(*(words_in_definition(context, artefact, name) for name in names))
        of = [value for value in match.groups() if value in strings_in(context, artefact)]
        missing = [value for value in of if value not in words]
        if len(of) == len(match.groups()) and words and missing:
            yield CODE.finding(
                f"`{names[0]}` of {artefact.spec.path} has no {missing[0]}, and the note says: "
                f"{match[0]}",
                row.span,
                excerpt=context.excerpt(row.span),
                hint="correct the note",
            )
            return


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
