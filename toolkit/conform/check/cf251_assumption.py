"""The document assumes another relation between two constants than the module does.

What it means
    The document says `RangeEnd <= Next`, and an ASSUME of the module says `RangeEnd < Next`: some
    values of the constants are admitted by one and refused by the other.

    Compared are comparisons of the same two constants, or of a constant with a number, in the
    sentences and list items of the document that speak of assumptions or stand under a heading
    that does, and in the ASSUMEs of the module. A chain `1 <= A < B` is two comparisons. What only
    one of them states is no finding.

Example
    Assumptions: `1 <= First <= Last < MaxOffset`     with     ASSUME Last <= MaxOffset

What to do
    Find out which values are meant, and make both say so.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from msgspec import Struct

from conform.check.columns import Role
from conform.check.context import Context
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
_ASSUME = re.compile(r"^\s*(?:ASSUME|ASSUMPTION|AXIOM)\b", re.MULTILINE)
_END = re.compile(
    r"^(?:\s*$|\s*(?:VARIABLES?|CONSTANTS?|ASSUME|ASSUMPTION|AXIOM)\b|\w+[^=\n]*==|-{4,}|={4,})"
)
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
    for passage in _speaking(context):
        for pair, stated in _relations(passage):
            known = assumed.get(pair)
            if known is not None and known.sign != stated.sign:
                yield CODE.finding(
                    f"the document assumes {stated.text}, and the module {known.text}",
                    stated.span,
                    excerpt=context.excerpt(stated.span),
                    details=(f"assumed at {known.span}",),
                    hint="make both admit the same values",
                )


def _speaking(context: Context) -> Iterator[Passage]:
    """Yield the passages about assumptions: by their words, or by the heading above them."""
    is_below = is_listed = False
    for passage in context.page().passages:
        if passage.kind is PassageKind.HEADING:
            is_below = bool(_ASSUMES.search(passage.text))
        if passage.kind is not PassageKind.ITEM:
            announces = passage.kind is PassageKind.TEXT and passage.text.rstrip().endswith(":")
            is_listed = announces and bool(_ASSUMES.search(passage.text))
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
    left, right, sign = match["left"], match["right"], match["sign"]
    plain = "<=" if sign in ("=<", "\N{LESS-THAN OR EQUAL TO}") or sign.startswith("\\l") else sign
    plain = ">=" if sign == "\N{GREATER-THAN OR EQUAL TO}" or sign.startswith("\\g") else plain
    text = f"{left} {plain} {right}"
    if left > right:
        return (right, left), _Relation(_FLIPPED[plain], text, span)
    return (left, right), _Relation(plain, text, span)
