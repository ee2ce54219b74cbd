"""The document assumes another relation between two constants than the module does.

What it means
    The document says `RangeEnd <= Next`, and an ASSUME of the module says `RangeEnd < Next`: some
    values of the constants are admitted by one and refused by the other.

    Compared are comparisons of the same two constants, or of a constant with a number, in the
    sentences and list items of the document that speak of assumptions or stand under a heading
    that does, in the cells of a column *Constraint* of a table of constants (`>= A` is about the
    constant of its row), and in the ASSUMEs of the module. A chain `1 <= A < B` is two comparisons.

    Where the document lists its assumptions, what only one of the two states and what does not
    follow from the other's comparisons is told as well; not so where that other says something of
    the constant in another way.

    Or a value is stated that the assumptions refuse: a list item or a table of parameters has
    `MaxBatch = 0`, and the module assumes MaxBatch >= 1; or two values of one column do not fit
    each other. No run of the model has such values.

Example
    Assumptions: `1 <= First <= Last < MaxOffset`     with     ASSUME Last <= MaxOffset

What to do
    Find out which values are meant, and make both say so.
"""

from __future__ import annotations

import operator
import re
from collections.abc import Iterator, Mapping

from msgspec import Struct

from conform.check.columns import Role
from conform.check.context import Context, FormalArtefact
from conform.check.models.missing_assumptions import (
    Bound,
    unstated_in_document,
    unstated_in_module,
)
from conform.check.texts.constraint_cells import compared_in_cells
from conform.domain.finding import Code, Finding
from conform.domain.prose import Passage, PassageKind
from conform.text import Source, Span

CODE = Code("CF251", "assumption that differs from the module's")

_OPERAND = r"[^\W\d]\w*|\d{1,9}"
_SIGN = r"\N{LESS-THAN OR EQUAL TO}|<=|=<|\\leq?\b|<|\N{GREATER-THAN OR EQUAL TO}|>=|\\geq?\b|>"
_COMPARISON = re.compile(
    rf"(?<![\w.])(?P<left>{_OPERAND})\s*(?P<sign>{_SIGN})\s*(?=(?P<right>{_OPERAND})(?![\w(\[.']))"
)
_ASSUMES = re.compile(r"\bassum\w*|\bconstraints? on (?:the )?constants\b", re.IGNORECASE)
_TITLE = re.compile(r"(?:[A-Za-z]+\s+){0,4}assumptions?(?:\s+[A-Za-z]+){0,4}", re.IGNORECASE)
"""A paragraph that is a title: **Assumptions on constants**."""
_ASSUME = re.compile(r"^\s*(?:ASSUME|ASSUMPTION|AXIOM)\b", re.MULTILINE)
_END = re.compile(
    r"^(?:\s*$|\s*(?:VARIABLES?|CONSTANTS?|ASSUME|ASSUMPTION|AXIOM)\b|\w+[^=\n]*==|-{4,}|={4,})"
)
_CONDITIONAL = re.compile(r"\\/|=>|~|\bIF\b|\\[AE]\b|\blor\b|\\lnot\b")
_WHOLE = re.compile(r"-?\d{1,9}")
_STATED = re.compile(
    r"(?P<name>[^\W\d]\w*)\s*=\s*(?P<value>-?\d{1,9})(?=\s*(?:[:\N{EM DASH}\N{EN DASH}(-]|$))"
)
"""A list item that says what a value of a constant means: `MaxBatch = 1: ...`."""

_HOLDS = {"<": operator.lt, "<=": operator.le, ">": operator.gt, ">=": operator.ge}
_FLIPPED = {"<": ">", "<=": ">=", ">": "<", ">=": "<="}


class _Relation(Struct, frozen=True):
    """What is said of two operands in alphabetical order, and where."""

    sign: str
    text: str
    span: Span


def differing_assumptions(context: Context) -> Iterator[Finding]:
    """Yield a finding for each pair of operands that the document relates in another way."""
    artefact = context.formal.get(Role.TLAPLUS)
    if artefact is None:
        return
    sources = [context.sources[path] for path in artefact.paths() if path in context.sources]
    constants = {constant.name for constant in artefact.spec.constants}
    assumed = {
        pair: found
        for source in sources
        for pair, found in _in_module(source)
        if not constants.isdisjoint(pair)
    }
    for pair, stated in _in_document(context):
        known = assumed.get(pair)
        if known is not None and known.sign != stated.sign:
            yield CODE.finding(
                f"the document assumes {stated.text}, and the module {known.text}",
                stated.span,
                excerpt=context.excerpt(stated.span),
                details=(f"assumed at {known.span}",),
                hint="make both admit the same values",
            )
    yield from _left_open(context, artefact, set(assumed))
    yield from _refused(context, assumed)


def _left_open(
    context: Context, artefact: FormalArtefact, assumed: set[tuple[str, str]]
) -> Iterator[Finding]:
    """Yield what one of document and module assumes, and the other does not."""
    in_document = {pair for pair, _stated in _in_document(context)}
    both = in_document & assumed
    module = artefact.spec.path
    for bound in unstated_in_module(context, artefact):
        if not _is_of(bound, both):
            yield _left(context, bound, f"the document assumes {bound.text}, and {module} does not")
    for bound in unstated_in_document(context, artefact):
        if not _is_of(bound, both):
            rest = f"and the assumptions of {context.document.path} do not"
            yield _left(context, bound, f"the module assumes {bound.text}, {rest}")


def _is_of(bound: Bound, pairs: set[tuple[str, str]]) -> bool:
    """Say whether a bound is about two operands that both relate, which is told by itself."""
    return any(bound.names() == {side for side in pair if not side.isdigit()} for pair in pairs)


def _left(context: Context, bound: Bound, message: str) -> Finding:
    excerpt = context.excerpt(bound.span)
    return CODE.finding(
        message, bound.span, excerpt=excerpt, hint="make both admit the same values"
    )


def _refused(context: Context, assumed: Mapping[tuple[str, str], _Relation]) -> Iterator[Finding]:
    """Yield the values of constants, in tables and list items, that the module assumes away."""
    plain = {
        pair: found
        for pair, found in assumed.items()
        if not _CONDITIONAL.search(context.text_of(found.span))
    }
    for document in context.documents:
        columns: dict[str, dict[str, tuple[int, Span]]] = {}
        for row in document.parameters:
            for header, value in row.values:
                if _WHOLE.fullmatch(value.strip()):
                    columns.setdefault(header, {})[row.name] = (int(value), row.span)
        for header, stated in columns.items():
            yield from _unfit(context, plain, stated, f" ({header})")
    named = {document.path for document in context.documents}
    for page in context.pages:
        for passage in page.of(PassageKind.ITEM) if page.path in named else ():
            match = _STATED.match(passage.text)
            if match is not None:
                span = passage.span(match.start("name"), match.end("value"))
                stated = {match["name"]: (int(match["value"]), span)}
                yield from _unfit(context, plain, stated, "")


def _unfit(
    context: Context,
    assumed: Mapping[tuple[str, str], _Relation],
    stated: Mapping[str, tuple[int, Span]],
    where: str,
) -> Iterator[Finding]:
    for (left, right), relation in assumed.items():
        sides = [
            (int(side), None) if side.isdigit() else stated.get(side, (None, None))
            for side in (left, right)
        ]
        (first, here), (second, there) = sides
        span = there or here
        if first is None or second is None or span is None:
            continue
        if not _HOLDS[relation.sign](first, second):
            values = " and ".join(
                f"`{name}` = {value}"
                for name, (value, place) in zip((left, right), sides, strict=True)
                if place is not None
            )
            yield CODE.finding(
                f"the module assumes {relation.text}, and the document has {values}{where}",
                span,
                excerpt=context.excerpt(span),
                details=(f"assumed at {relation.span}",),
                hint="correct the value, or the assumption",
            )


def _speaking(context: Context) -> Iterator[Passage]:
    """Yield the passages about assumptions: by their words, or by the heading above them."""
    is_below = is_listed = False
    for passage in context.page().passages:
        if passage.kind is PassageKind.HEADING:
            is_below = bool(_ASSUMES.search(passage.text))
        if passage.kind is not PassageKind.ITEM:
            text = passage.text.strip()
            announces = text.endswith(":") or _TITLE.fullmatch(text)
            is_text = passage.kind is PassageKind.TEXT
            is_listed = bool(is_text and announces and _ASSUMES.search(text))
        if passage.kind is PassageKind.HEADING:
            continue
        if (
            is_below
            or is_listed
            or (
                passage.kind in (PassageKind.TEXT, PassageKind.ITEM)
                and _ASSUMES.search(passage.text)
            )
        ):
            yield passage


def _in_document(context: Context) -> Iterator[tuple[tuple[str, str], _Relation]]:
    """Yield what sentences, list items and columns of constraints say of two operands."""
    for passage in _speaking(context):
        yield from _relations(passage)
    for each in compared_in_cells(context):
        yield _related(each.left, each.sign, each.right, each.span)


def _relations(passage: Passage) -> Iterator[tuple[tuple[str, str], _Relation]]:
    for match in _COMPARISON.finditer(passage.text):
        yield _relation(match, passage.span(match.start("left"), match.end("right")))


def _in_module(source: Source) -> Iterator[tuple[tuple[str, str], _Relation]]:
    inside = False
    for number, line in enumerate(source.lines(), 1):
        if _ASSUME.match(line):
            inside = True
        elif _END.match(line):
            inside = False
        code = line.partition("\\*")[0]
        for match in _COMPARISON.finditer(code) if inside else ():
            first, last = match.start("left") + 1, match.end("right")
            yield _relation(match, Span(source.path, number, first, number, last))


def _relation(match: re.Match[str], span: Span) -> tuple[tuple[str, str], _Relation]:
    return _related(match["left"], match["sign"], match["right"], span)


def _related(left: str, sign: str, right: str, span: Span) -> tuple[tuple[str, str], _Relation]:
    plain = "<=" if sign in ("=<", "\N{LESS-THAN OR EQUAL TO}") or sign.startswith("\\l") else sign
    plain = ">=" if sign == "\N{GREATER-THAN OR EQUAL TO}" or sign.startswith("\\g") else plain
    text = f"{left} {plain} {right}"
    if left > right:
        return (right, left), _Relation(_FLIPPED[plain], text, span)
    return (left, right), _Relation(plain, text, span)
