"""A text says that FizzBee lacks what it has.

What it means
    A comment or a sentence gives as the reason why a model leaves something out that FizzBee cannot
    say it, and it can: atomic actions may be fair (`atomic fair action`, `atomic fair<strong>
    action`), and `always eventually` and `eventually always` assertions state liveness. What is
    left out for that reason can be written.

Example
    # Fairness cannot be combined with atomic actions, so liveness is checked in TLA+ only.

What to do
    Write the fairness and the property into the model, or give the true reason.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import accumulate

from conform.check.columns import Role
from conform.check.comments.model_comments import CommentLine, remarks_of
from conform.check.context import Context
from conform.domain.finding import Code, Finding
from conform.text import Span

CODE = Code("CF275", "feature denied that the language has")

_NOT = (
    r"(?:cannot|can\s*not|can't|may\s+not|not\s+(?:be\s+)?(?:allowed|possible|supported)"
    r"|incompatible)"
)
_FAIR = r"\b(?:un)?fair(?:ness)?\b"
_WITHIN = r"[^.;:]{0,80}?"
_ATOMIC = re.compile(
    rf"(?P<fair>{_FAIR}){_WITHIN}\b{_NOT}\b{_WITHIN}\batomic\b"
    rf"|\batomic\b{_WITHIN}\b{_NOT}\b{_WITHIN}(?:{_FAIR})",
    re.IGNORECASE,
)
_LACKS = re.compile(
    r"\bfizz(?:bee)?\b\s+(?:\w+\s+)?(?:does\s+not|doesn't|cannot|can't|has\s+no|lacks|without)\s+"
    r"(?:(?:yet\s+)?(?:support|have|express|handle|check|state|specify|allow)\w*\s+)?"
    r"(?:(?:any|a|strong|weak|strong/weak|native)\s+)?(?P<what>fairness|liveness)",
    re.IGNORECASE,
)
_FAIRNESS = "`atomic fair action` and `atomic fair<strong> action` are actions of FizzBee"
_LIVENESS = "`always eventually assertion` and `eventually always assertion` state liveness"


def denied_features(context: Context) -> Iterator[Finding]:
    """Yield a finding for each comment and sentence that denies FizzBee fairness or liveness."""
    artefact = context.formal.get(Role.FIZZBEE)
    if artefact is None:
        return
    sources = [context.sources[path] for path in artefact.paths() if path in context.sources]
    for source in sources:
        for remark in remarks_of(source, context):
            yield from _in_comment(context, remark.lines)
    for page in context.pages:
        for passage in page.running():
            for start, end, why in _denials(passage.text, needs_name=True):
                yield _finding(context, passage.span(start, end), why)


def _denials(text: str, *, needs_name: bool) -> Iterator[tuple[int, int, str]]:
    """Yield where a text denies something, and what there is; of FizzBee, where it must say so."""
    if not needs_name or re.search(r"\bfizz", text, re.IGNORECASE):
        for match in _ATOMIC.finditer(text):
            yield *match.span(), _FAIRNESS
    for match in _LACKS.finditer(text):
        yield *match.span(), _FAIRNESS if match["what"].lower() == "fairness" else _LIVENESS


def _in_comment(context: Context, lines: tuple[CommentLine, ...]) -> Iterator[Finding]:
    text = " ".join(line.text for line in lines)
    starts = [0, *accumulate(len(line.text) + 1 for line in lines)][: len(lines)]
    for start, end, why in _denials(text, needs_name=False):
        place = max(index for index, begin in enumerate(starts) if begin <= start)
        line, begin = lines[place], starts[place]
        yield _finding(context, line.span(start - begin, min(end - begin, len(line.text))), why)


def _finding(context: Context, span: Span, why: str) -> Finding:
    return CODE.finding(
        f"the text says that FizzBee cannot do this, and it can: {why}",
        span,
        excerpt=context.excerpt(span),
        hint="write it into the model, or give the true reason",
    )
