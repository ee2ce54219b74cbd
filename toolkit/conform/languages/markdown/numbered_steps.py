"""Actions as algorithms in numbered steps: *1. Read `logState`; if it is `SEALED`, stop. 2. Set …*.

Steps that may end it give the guard, the others the effect. A step that is not understood, that
may end it after something was done, or that reads what a step above it assigns is a line of the
guard that stays unread: what the whole then does is not known.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import groupby

from conform.languages.markdown.blocks import Block, Paragraph
from conform.languages.markdown.clause_kinds import ClauseKind
from conform.languages.markdown.clauses import Clause
from conform.languages.markdown.formal.phrases import LEAVES
from conform.languages.markdown.inline import masked
from conform.languages.markdown.manuscript import Fragment, joined

_ACTING = {ClauseKind.GUARD, ClauseKind.EFFECT}
_EMPHASIS = re.compile(r"\*\*(?P<words>[^*`]+?)(?P<end>[:.]?)\*\*(?P<colon>:?)\s*")
_SENTENCE = re.compile(r"\.\s+(?=[A-Z`*])")
_READS = re.compile(
    r"(?:first,?\s+)?(?:reads?|loads?|fetch(?:es)?|looks?\s+(?:up|at))\s+(?:the\s+)?(?P<what>`[^`]+`)"
    r"(?:\s+(?:from|in)\s+(?:the\s+)?[a-z]+(?:\s[a-z]+)?)?(?P<border>\s*(?:[;,.]\s*(?:and\s+)?|$))",
    re.I,
)
_NAMES = re.compile(r"`\s*[^\W\d]\w*\s*(?:=|:=|≜|←)(?![=>])[^`]+`")
_PLACE = re.compile(r"`[\w\s.\[\](),+-]+`")
_LEAVING = re.compile(
    rf"(?:if|when)\s+(?P<it>it\b)?.+?\s*(?:,|:|\bthen\b)\s*(?:then\s+)?{LEAVES}\b[^=`]*"
    rf"|{LEAVES}\s+(?:here\s+|early\s+)?(?:if|when|unless)\s+.+",
    re.I | re.S,
)
_STAYING = re.compile(
    r"(?:(?:proceed|continue|go\s+on)s?\s+only\s+(?:if|when)"
    r"|requires?(?:\s+that)?|(?:check|verify|ensure|assert|confirm)s?(?:\s+(?:that|whether|if))?)"
    r"\s+(?P<what>.+)",
    re.I | re.S,
)
_OTHERWISE = re.compile(
    rf"\s*[;,.]\s*(?:(?:if\s+not|otherwise|or\s+else|else)\b,?\s+(?:it\s+)?{LEAVES}"
    rf"|{LEAVES}\s+(?:otherwise|if\s+not))\b[^=`]*$",
    re.I,
)
"""What is done where the condition is false, and changes nothing."""

_ACTS = re.compile(
    r"(?:then\s+|finally,?\s+|atomically\s+)*(?:(?:re)?sets?|assigns?|updates?|(?:in|de)crements?"
    r"|moves?|changes?|increases?|decreases?)\s+(?:the\s+[a-z]+\s+)?`|(?:then\s+)?`[^`]+`\s+(?:becomes|is\s+(?:re)?set\s+to"
    r"|is\s+(?:in|de)cremented)|`[^`]*(?::=|\N{LEFTWARDS ARROW}|')[^`]*`"
    r"|(?:for|choose|pick|let)\b.*`",
    re.I | re.S,
)
_WRITES = re.compile(
    r"(?:then\s+)?(?:writes?|stores?|puts?)\s+(?=`[^`]*(?::=|\N{LEFTWARDS ARROW}))", re.I
)
_SETS = re.compile(r"(?:then\s+)?sets?\s+(?=`[^`]+`\s+to\s)", re.I)
_SAID_BEFORE = re.compile(r"[A-Za-z][^`:]*:\s*(?=\S.*(?::=|\N{LEFTWARDS ARROW}))", re.S)
_ENDS = re.compile(r"(?:done|finish(?:ed)?|end|returns?(?:\s+(?:success|ok|`\w+`))?)\W*", re.I)
_TARGET = re.compile(
    r"`?(?P<name>[^\W\d]\w*)(?:\[[^\[\]]*(?:\[[^\[\]]*\][^\[\]]*)*\]|\.\w+)*(?:`\s+(?:to\b|becomes|is\s)"
    r"|\s*(?::=|\N{LEFTWARDS ARROW}|'))"
)
_STEPPED = re.compile(
    r"(?:in|de)(?:crement|crease)s?\s+(?:the\s+[a-z]+\s+)?`(?P<name>[^\W\d]\w*)", re.I
)
_WORD = re.compile(r"[^\W\d]\w*")


def stepped_clauses(blocks: Sequence[Block]) -> list[Clause]:
    """Return the guard and the effect of the one list of steps in a section; none without one.

    A list is one of steps if one of them may end it, and another assigns.
    """
    lists = [
        [each for each in group if isinstance(each, Paragraph)]
        for is_item, group in groupby(blocks, _is_item)
        if is_item
    ]
    found = [list(_steps(items)) for items in lists]
    stepped = [
        [clause for clause, _is_read in clauses]
        for clauses in found
        if {clause.kind for clause, is_read in clauses if is_read} >= _ACTING
    ]
    return stepped[0] if len(stepped) == 1 else []


def _is_item(block: Block) -> bool:
    return isinstance(block, Paragraph) and block.opens_item


def _steps(items: Sequence[Paragraph]) -> Iterator[tuple[Clause, bool]]:
    """Yield what each step says, and whether it is understood."""
    assigned: set[str] = set()
    depth = items[0].depth
    for item in items:
        clauses = list(_step(item.content)) if item.depth == depth else None
        if clauses is None or (clauses and None in clauses):
            yield _unread(items, item), False
            continue
        for clause in (each for each in clauses if each is not None and each.parts):
            text = clause.parts[0].text
            places = {
                match.start("name"): match["name"]
                for match in (*_TARGET.finditer(text), *_STEPPED.finditer(text))
            }
            targets = places.values() if clause.kind is ClauseKind.EFFECT else ()
            words = Counter(_WORD.findall(text)) - Counter(targets)
            if assigned and (clause.kind is ClauseKind.GUARD or not assigned.isdisjoint(words)):
                yield _unread(items, item), False
            else:
                yield clause, True
            assigned.update(targets)


def _unread(items: Sequence[Paragraph], item: Paragraph) -> Clause:
    """Return a line of the guard that no formula can be: a step together with another one.

    A step alone may look like a condition, as `x = 1` does, which assigns in a program.
    """
    other = items[0] if item is not items[0] else items[-1]
    first, last = (other, item) if item is not items[0] else (item, other)
    return Clause(ClauseKind.GUARD, 0, [joined([first.content, last.content])])


def _step(content: Fragment) -> Iterator[Clause | None]:
    """Yield what a step says, nothing for one that only ends; None for what is not understood."""
    text = content.edited(
        (*bold.span(), f"{bold['words']}{bold['end'] or bold['colon']} ")
        for bold in [_EMPHASIS.match(content.text)]
        if bold
    ).strip()
    sentences = list(_sentences(text))
    while sentences:
        sentence = sentences.pop(0)
        reads = _READS.match(sentence.text)
        if reads and _NAMES.fullmatch(reads["what"]):
            yield _clause(ClauseKind.GUARD, sentence.part(0, reads.end("what")))
            sentence = sentence.part(reads.end()).strip()
        elif reads and _PLACE.fullmatch(reads["what"]):
            rest = sentence.part(reads.end())
            if not rest.text and sentences and re.match(r"if\s+it\b", sentences[0].text, re.I):
                start = text.text.index(sentence.text)
                end = text.text.index(sentences[0].text) + len(sentences.pop(0).text)
                sentence = text.part(start, end)
            elif not re.match(r"if\s+it\b", rest.text, re.I):
                sentence = rest.strip()
        if sentence.text:
            yield _said(sentence)


def _said(sentence: Fragment) -> Clause | None:
    text = sentence.text.rstrip(". ")
    sentence = sentence.part(0, len(text))
    reads = _READS.match(text)
    if _LEAVING.fullmatch(text, reads.end() if reads else 0):
        return Clause(ClauseKind.GUARD, 0, [sentence])
    kept = _OTHERWISE.sub("", text)
    if staying := _STAYING.fullmatch(kept):
        return _clause(ClauseKind.GUARD, sentence.part(*staying.span("what")))
    for pattern in (_WRITES, _SETS, _SAID_BEFORE):
        if match := pattern.match(text):
            sentence = sentence.part(match.end())
            return _clause(ClauseKind.EFFECT, sentence)
    if _ACTS.match(text):
        return _clause(ClauseKind.EFFECT, sentence)
    return Clause(ClauseKind.OTHER, 0) if _ENDS.fullmatch(text) else None


def _sentences(content: Fragment) -> Iterator[Fragment]:
    start = 0
    for border in _SENTENCE.finditer(masked(content.text)):
        yield content.part(start, border.start()).strip()
        start = border.end()
    yield content.part(start).strip()


def _clause(kind: ClauseKind, text: Fragment) -> Clause:
    clause = Clause(kind, 0, [text.strip()])
    clause.inline_parts.add(0)
    return clause
