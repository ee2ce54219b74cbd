"""Assumptions that one of document and module lists, and that do not follow from the other's.

Comparisons of integers are differences with a bound, `A < B` is `A - B ≤ -1`, so what follows from
several of them is a shortest path (Cormen et al., *Introduction to Algorithms*, section 24.4).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

from msgspec import Struct

from conform.check.context import Context, FormalArtefact
from conform.check.texts.constraint_cells import compared_in_cells
from conform.domain.prose import Passage, PassageKind
from conform.text import Source, Span

_OPERAND = r"(?:[^\W\d]\w*|\d{1,9})"
_SIGN = r"(?:\N{LESS-THAN OR EQUAL TO}|<=|=<|\\leq?\b|<|\N{GREATER-THAN OR EQUAL TO}|>=|\\geq?\b|>)"
_CHAIN = rf"{_OPERAND}(?:\s*{_SIGN}\s*{_OPERAND})+"
_LISTING = re.compile(
    rf"\s*{_CHAIN}(?:\s*(?:,\s*(?:and\b)?|;|\band\b|\N{{LOGICAL AND}}|/\\)\s*{_CHAIN})*\s*[.;,]?\s*"
)
_PART = re.compile(rf"(?P<left>{_OPERAND})\s*(?P<sign>{_SIGN})\s*(?=(?P<right>{_OPERAND}))")
_ASSUME = re.compile(r"^\s*(?:ASSUME|ASSUMPTION|AXIOM)\b(?:\s*\w+\s*==)?")
_CONJUNCT = re.compile(r"(?:^|/\\)\s*(?P<text>(?:(?!/\\)\S)(?:(?!/\\).)*)")
_CONDITIONAL = re.compile(r"\\/|=>|~|\bIF\b|\\[AE]\b|\\lnot\b")
_NATURAL = re.compile(r"(?P<name>[^\W\d]\w*)\s*\\in\s+Nat\s*(?P<but>\\\s*\{\s*0\s*\})?")
"""A constant of the module that is at least 0, or 1."""
_END = re.compile(r"\s*(?:VARIABLES?|CONSTANTS?)\b|\w+[^=\n]*==|-{4,}|={4,}|\s*$")
_ASSUMES = re.compile(r"\bassum\w*", re.IGNORECASE)
_ANNOUNCES = re.compile(
    r"(?:[A-Za-z]+\s+){0,4}assumptions?(?:\s+[A-Za-z]+){0,4}\s*:?|.*\bassum\w*\b.*:", re.IGNORECASE
)
_BOUND_IN_WORDS = re.compile(
    r"positive|at least|at most|non-?zero|minimum|less|greater|more|[<>\u2264\u2265]|\.\.", re.I
)

_Side = tuple[str, int]


class Bound(Struct, frozen=True):
    """`left - right ≤ most`, an empty name standing for zero; its words, and where it stands."""

    left: str
    right: str
    most: int
    text: str
    span: Span

    def names(self) -> set[str]:
        """Return the constants that it is about."""
        return {self.left, self.right} - {""}


def unstated_in_module(context: Context, artefact: FormalArtefact) -> Iterator[Bound]:
    """Yield what the document lists as assumed, and what the module's assumptions leave open.

    Nothing is known where an ASSUME says something else than comparisons of the same constants.
    """
    conjuncts = list(_conjuncts(context, artefact))
    if not conjuncts:
        return
    known = [bound for text, span in conjuncts for bound in _bounds(text, span)]
    read = (_LISTING, _NATURAL)
    unread = " ".join(
        text for text, _span in conjuncts if not any(each.fullmatch(text) for each in read)
    )
    constants = {constant.name for constant in artefact.spec.constants}
    listed = [bound for passage in _listed(context) for bound in _of_passage(passage)]
    for bound in (*listed, *_of_cells(context)):
        names = bound.names()
        is_open = not any(re.search(rf"\b{name}\b", unread) for name in names)
        if names and names <= constants and is_open and not follows(bound, known):
            yield bound


def unstated_in_document(context: Context, artefact: FormalArtefact) -> Iterator[Bound]:
    """Yield what the module assumes and the list of a document leaves open.

    That is so where the list has nothing but comparisons, at least two of them, and the rows of
    tables about the constants say nothing of bounds.
    """
    listed = _listed(context)
    if len(listed) < 2 or not all(_LISTING.fullmatch(passage.text) for passage in listed):
        return
    known = [bound for passage in listed for bound in _of_passage(passage)]
    named = set().union(*(bound.names() for bound in known))
    stated = {constant.name for constant in context.document.constants}
    rows = _rows(context)
    for text, span in _conjuncts(context, artefact):
        if not _LISTING.fullmatch(text):
            continue
        for bound in _bounds(text, span):
            names = bound.names()
            bounded = any(_BOUND_IN_WORDS.search(rows.get(name, "")) for name in names)
            if names and names <= stated | named and not bounded and not follows(bound, known):
                yield bound


def follows(bound: Bound, known: Iterable[Bound]) -> bool:
    """Say whether a bound follows from others."""
    shortest: dict[tuple[str, str], int] = {}
    for each in known:
        pair = (each.left, each.right)
        shortest[pair] = min(each.most, shortest.get(pair, each.most))
    names = sorted({name for pair in shortest for name in pair})
    for between in names:
        for left in names:
            for right in names:
                first, second = shortest.get((left, between)), shortest.get((between, right))
                if first is not None and second is not None:
                    pair = (left, right)
                    shortest[pair] = min(first + second, shortest.get(pair, first + second))
    least = shortest.get((bound.left, bound.right), 0 if bound.left == bound.right else None)
    return least is not None and least <= bound.most


def _listed(context: Context) -> Sequence[Passage]:
    """Return the items of lists of assumptions in the canonical document."""
    found: list[Passage] = []
    is_below = is_listed = False
    for passage in context.page().passages:
        text = passage.text.strip()
        if passage.kind is PassageKind.HEADING:
            is_below = bool(_ASSUMES.search(text))
        if passage.kind is not PassageKind.ITEM:
            is_text = passage.kind is PassageKind.TEXT
            is_listed = is_text and _ANNOUNCES.fullmatch(text) is not None
        elif is_below or is_listed:
            found.append(passage)
    return found


def _rows(context: Context) -> dict[str, str]:
    """Return what the table rows of the document say behind each name in their first cells."""
    rows: dict[tuple[int, int], list[str]] = {}
    for cell in context.page().of(PassageKind.CELL):
        rows.setdefault((cell.block, cell.row), []).append(cell.text.strip(" `"))
    found: dict[str, str] = {}
    for name, *rest in rows.values():
        found[name] = " ".join([found.get(name, ""), *rest])
    return found


def _conjuncts(context: Context, artefact: FormalArtefact) -> Iterator[tuple[str, Span]]:
    """Yield each line or conjunct of an ASSUME, and where it is; none where one is conditional."""
    sources = [context.sources[path] for path in artefact.paths() if path in context.sources]
    found = [each for source in sources for each in _in_module(source)]
    if not any(_CONDITIONAL.search(text) for text, _span in found):
        yield from found


def _in_module(source: Source) -> Iterator[tuple[str, Span]]:
    inside = False
    for number, line in enumerate(source.lines(), 1):
        code = line.partition("\\*")[0]
        if opening := _ASSUME.match(code):
            inside = True
            code = " " * opening.end() + code[opening.end() :]
        elif _END.match(code):
            inside = False
        for part in _CONJUNCT.finditer(code) if inside else ():
            text = part["text"].rstrip()
            start = part.start("text") + 1
            yield text, Span(source.path, number, start, number, start + len(text) - 1)


def _of_passage(passage: Passage) -> Iterator[Bound]:
    if _LISTING.fullmatch(passage.text):
        for match in _PART.finditer(passage.text):
            yield _bound(match, passage.span(match.start("left"), match.end("right")))


def _bounds(text: str, span: Span) -> Iterator[Bound]:
    if natural := _NATURAL.fullmatch(text):
        yield Bound("", natural["name"], -1 if natural["but"] else 0, text, span)
    if _LISTING.fullmatch(text):
        for match in _PART.finditer(text):
            yield _bound(match, span)


def _of_cells(context: Context) -> Iterator[Bound]:
    for each in compared_in_cells(context):
        yield _compared(each.left, each.sign, each.right, each.span)


def _bound(match: re.Match[str], span: Span) -> Bound:
    return _compared(match["left"], match["sign"], match["right"], span)


def _compared(first: str, sign: str, second: str, span: Span) -> Bound:
    is_less = sign in ("<", "<=", "=<", "\N{LESS-THAN OR EQUAL TO}") or sign.startswith("\\l")
    left, right = _side(first), _side(second)
    if not is_less:
        left, right = right, left
    most = right[1] - left[1] - (sign in "<>")
    plain = f"{first} {sign} {second}"
    return Bound(left[0], right[0], most, plain, span)


def _side(operand: str) -> _Side:
    return ("", int(operand)) if operand.isdigit() else (operand, 0)
