r"""A comment says which properties a model covers, and the model has others.

What it means
    `Covers S2 and S4-S9`, or `Safety only (S1-S5)`, stands in a comment of a model. By the mapping,
    the model has a property that is left out there, or lacks one that is listed.

Example
    # Safety only (S1-S4)     in a model with assertions for S1 to S5

What to do
    Correct the comment, or the model.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from conform.check.columns import Role
from conform.check.comments.model_comments import CommentLine, model_sources, remarks_of
from conform.check.context import Context, FormalArtefact
from conform.check.linking import cells_about, is_absent, names_for
from conform.domain.finding import Code, Finding

CODE = Code("CF266", "model covers other properties")

_LABEL = r"[SLI]\d{1,2}"
_ONE = rf"{_LABEL}(?:\s*[-\N{{EN DASH}}]\s*{_LABEL})?"
_LIST = rf"(?P<list>{_ONE}(?:\s*(?:,\s*and\b|,|and\b|&)\s*{_ONE})*)"
_COVERED = re.compile(
    rf"(?:\b(?:covers?|covering|checks(?:\s+only)?)\s+(?:properties\s+)?{_LIST}"
    rf"|\bonly\s*\(\s*{_LIST.replace('list', 'other')}\s*\)"
    rf"|\bonly\s+{_LIST.replace('list', 'third')})(?![\w-])",
    re.IGNORECASE,
)
_PIECE = re.compile(
    rf"(?P<first>{_LABEL})(?:\s*[-\N{{EN DASH}}]\s*(?P<last>{_LABEL}))?", re.IGNORECASE
)


def labels_covered(context: Context) -> Iterator[Finding]:
    """Yield a finding for each comment that lists other labels than its model has."""
    for source in model_sources(context):
        role = next((r for r, a in context.formal.items() if source.path in a.paths()), None)
        labels = _labels(context, role, context.formal[role]) if role else frozenset[str]()
        for remark in remarks_of(source, context) if labels else ():
            for line in remark.lines:
                for match in _COVERED.finditer(line.text):
                    yield from _compared(context, line, match, labels)


def _labels(context: Context, role: Role, artefact: FormalArtefact) -> frozenset[str]:
    """Return the labels of the properties that a model has."""
    names = {found.name for found in artefact.spec.properties}
    return frozenset(
        stated.label
        for stated in context.document.properties
        if stated.label
        and names & set(names_for(context, stated, role))
        and not any(is_absent(cell) for _row, cell, _column in cells_about(context, stated, role))
    )


def _compared(
    context: Context, line: CommentLine, match: re.Match[str], labels: frozenset[str]
) -> Iterator[Finding]:
    group = next(name for name in ("list", "other", "third") if match[name])
    said = _listed(match[group])
    own = {label for label in labels if label[0] in {each[0] for each in said}}
    missing, left_out = sorted(said - own), sorted(own - said)
    if missing or left_out:
        words = [f"the model has no {', '.join(missing)}"] if missing else []
        words += [f"{', '.join(left_out)} is in the model, too"] if left_out else []
        span = line.span(*match.span(group))
        yield CODE.finding(
            " and ".join(words),
            span,
            excerpt=context.excerpt(span),
            hint="correct the comment, or the model",
        )


def _listed(text: str) -> set[str]:
    found: set[str] = set()
    for match in _PIECE.finditer(text.upper()):
        letter, first = match["first"][0], int(match["first"][1:])
        last = int(match["last"][1:]) if match["last"] else first
        found |= {f"{letter}{number}" for number in range(first, last + 1)}
    return found
