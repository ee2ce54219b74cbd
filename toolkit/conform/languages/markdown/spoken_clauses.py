"""Guards and effects in sentences: *is taken when `x = 1`. It sets `y := 2`*, and numbered steps.

    1. Requires that `alive[w]` is true.
    2. Sets `alive[w]` to `FALSE`.

They are read only where an action has no clause with a label. Words that say more than such a
sentence are prose, as they are everywhere.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from conform.languages.markdown.blocks import Block, Paragraph
from conform.languages.markdown.clause_kinds import ClauseKind
from conform.languages.markdown.clauses import Clause
from conform.languages.markdown.formal.worded_effects import BLANKS, is_done
from conform.languages.markdown.inline import CODE, masked, readable
from conform.languages.markdown.manuscript import Fragment

_CONDITION = (
    r"(?:when(?:ever)?|if|provided(?:\s+that)?|as\s+long\s+as|requires?(?:\s+that)?"
    r"|(?:check|verify|ensure)s?\s+(?:that|whether|if))\s+"
)
_GUARDING = re.compile(
    r"(?:(?:it|this)(?:\s+action)?\s+)?(?:(?:is|may\s+be|can\s+be)\s+)?(?:only\s+)?"
    r"(?:(?:taken|enabled|possible|allowed|permitted|fires|happens|occurs)\s+)?(?:only\s+)?"
    rf"{_CONDITION}",
    re.I,
)
_ALLOWING = re.compile(
    r"(?!.*\b(?:not|never|no|none|nobody|nothing|neither|nor|unless|otherwise)\b)"
    rf"[a-z][a-z -]{{0,60}}\s(?:may|can)\s[a-z -]{{1,60}}\s{_CONDITION}(?=`)",
    re.I,
)
"""How a sentence begins that lets somebody do it: *A writer may start an append when …*."""

_WITHOUT_IT = re.compile(
    rf"{BLANKS}[;,]\s*+(?:otherwise|or\s+else|else)\b,?\s+(?:it\s+)?"
    r"(?:stop|abort|return|give\s+up|exit|do\s+nothing|nothing\s+happens)s?\b[^`]*$",
    re.I,
)
"""What is done where the condition is false, and changes nothing."""

_ACTING = re.compile(
    r"(?:(?:then|it|and|this)\s+)*(?:sets?|assigns?|does|makes?|frees?)\b\s*", re.I
)
_SUBJECT = re.compile(r"(?:(?:then|it|and|this)\s*,?\s+)*", re.I)
_SETS_TO = re.compile(r"(?P<place>`[^`]+`)\s+to\s+(?P<value>`[^`]+`)")
_SENTENCE = re.compile(rf"\.\s+(?=[A-Z{CODE}])|\n+")
_BEHIND_CONDITION = re.compile(
    rf"{BLANKS}[;,:]\s*+(?:(?:and|then|it)(?:\s*+,)?\s++)*|(?<!\s)\s++(?:and|then)\s++(?:then\s++)?",
    re.I,
)
_ARROW = re.compile(
    rf"(?<={CODE})\s*(?:->|=>|[\N{{RIGHTWARDS ARROW}}\N{{RIGHTWARDS DOUBLE ARROW}}])\s*(?={CODE})"
)
_HOLDS = re.compile(r"(?<=`)\s+(?:all\s+)?holds?$", re.I)
_CHANGING = re.compile(
    r"\b(?:becomes|changes|moves|turns|(?:is|are)\s+(?:set|reset|cleared|added|removed|deleted"
    r"|released|incremented|decremented|increased|decreased|updated)"
    r"|(?:re)?sets|clears|adds|removes|deletes|releases|increments|decrements|updates)\b",
    re.I,
)
"""Words of what an action does, whatever it may be."""

_ASSIGNS = re.compile(r":=|\N{LEFTWARDS ARROW}")


def spoken_clauses(blocks: Sequence[Block]) -> list[Clause]:
    """Return the guard and the effect that paragraphs and items say in sentences; perhaps none.

    An item with code that is neither, among others that are, is a line of the guard that stays
    unread: what it says is not known. So is, of the effect, a sentence of what changes.
    """
    spoken = [
        (block, [(each, list(_clauses(each))) for each in _sentences(block.content)])
        for block in blocks
        if isinstance(block, Paragraph)
    ]
    said = [block for block, sentences in spoken if any(clauses for _, clauses in sentences)]
    has_steps = any(block.opens_item for block in said)
    found: list[Clause] = []
    for block, sentences in spoken:
        if has_steps and block not in said:
            found += _unknown(block)
        else:
            found += [one for each, clauses in sentences for one in clauses or _unread(each)]
    return found if said else []


def _unknown(block: Paragraph) -> Iterator[Clause]:
    if block.opens_item and "`" in block.content.text:
        yield _clause(ClauseKind.GUARD, block.content)


def _unread(sentence: Fragment) -> Iterator[Clause]:
    """Yield a sentence that says in other words what an action does, as a line in prose."""
    hidden = masked(sentence.text)
    if CODE in hidden and _CHANGING.search(hidden):
        yield _clause(ClauseKind.EFFECT, sentence.part(0, len(sentence.text.rstrip(". "))))


def _sentences(content: Fragment) -> Iterator[Fragment]:
    hidden, start = masked(content.text), 0
    for border in _SENTENCE.finditer(hidden):
        if border[0][0] == ".":
            yield content.part(start, border.start()).strip()
            start = border.end()
    yield content.part(start).strip()


def _clauses(sentence: Fragment) -> Iterator[Clause]:
    text = _WITHOUT_IT.sub("", sentence.text.rstrip(". "))
    if guarding := _GUARDING.match(text) or _ALLOWING.match(text):
        rest = sentence.part(guarding.end(), len(text))
        condition, effect = _parted(rest)
        yield _clause(ClauseKind.GUARD, condition)
        if effect is not None:
            yield _clause(ClauseKind.EFFECT, effect)
        return
    arrow = _ARROW.search(masked(text))
    if arrow and is_done(readable(behind := sentence.part(arrow.end(), len(text)))):
        yield _clause(ClauseKind.GUARD, sentence.part(0, arrow.start()))
        yield _clause(ClauseKind.EFFECT, behind)
        return
    subject = _SUBJECT.match(text)
    done = sentence.part(subject.end() if subject else 0, len(text))
    if acting := _ACTING.match(text):
        yield _clause(ClauseKind.EFFECT, _assigned(sentence.part(0, len(text)), acting))
    elif is_done(readable(done)):
        yield _clause(ClauseKind.EFFECT, done)


def _parted(rest: Fragment) -> tuple[Fragment, Fragment | None]:
    """Return the condition and the effect of `x = 1`, `y := 2`; no effect without an assignment."""
    for border in _BEHIND_CONDITION.finditer(masked(rest.text)):
        behind = rest.part(border.end())
        if border.start() and is_done(readable(behind)):
            acting = _ACTING.match(behind.text)
            done = _assigned(behind, acting) if acting else behind
            return _condition(rest.part(0, border.start())), done
    first = _ASSIGNS.search(rest.text)
    if first is None:
        return _condition(rest), None
    tick = max(rest.text.rfind("`", 0, first.start()), 0)
    return _condition(rest.part(0, len(rest.text[:tick].rstrip(" ,;")))), rest.part(tick)


def _condition(words: Fragment) -> Fragment:
    held = _HOLDS.search(words.text)
    return words.part(0, held.start() if held else None).strip()


def _assigned(sentence: Fragment, acting: re.Match[str]) -> Fragment:
    """Return the assignments of *Sets `x` to `y` and `z` to `v`*; other sentences as they are."""
    rest = sentence.part(acting.end())
    assigns = _SETS_TO.search(rest.text) or _ASSIGNS.search(rest.text)
    return rest if assigns else sentence


def _clause(kind: ClauseKind, text: Fragment) -> Clause:
    clause = Clause(kind, 0, [text])
    clause.inline_parts.add(0)
    return clause
