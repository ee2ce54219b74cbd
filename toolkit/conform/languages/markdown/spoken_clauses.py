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
from conform.languages.markdown.inline import masked
from conform.languages.markdown.manuscript import Fragment

_GUARDING = re.compile(
    r"(?:(?:it|this) )?(?:(?:is|may be|can be) )?"
    r"(?:(?:taken|enabled|possible|allowed)\s+)?(?:only\s+)?(?:when|if|requires?(?:\s+that)?"
    r"|(?:check|verify|ensure)s?\s+(?:that|whether|if))\s+",
    re.I,
)
_WITHOUT_IT = re.compile(
    r"\s*[;,]\s*(?:otherwise|or\s+else|else)\b,?\s+(?:it\s+)?"
    r"(?:stop|abort|return|give\s+up|exit|do\s+nothing|nothing\s+happens)s?\b[^`]*$",
    re.I,
)
"""What is done where the condition is false, and changes nothing."""

_ACTING = re.compile(
    r"(?:(?:then|it|and|this)\s+)*(?:sets?|assigns?|does|makes?|frees?)\b\s*", re.I
)
_SETS_TO = re.compile(r"(?P<place>`[^`]+`)\s+to\s+(?P<value>`[^`]+`)")
_SENTENCE = re.compile(r"\.\s+(?=[A-Z])|\n+")
_SETTING = re.compile(r"\s*[;,]\s*(?:(?:and|then|it)\s+)*sets?\s+(?=`)", re.I)
_ASSIGNS = re.compile(r":=|\N{LEFTWARDS ARROW}")


def spoken_clauses(blocks: Sequence[Block]) -> list[Clause]:
    """Return the guard and the effect that paragraphs and items say in sentences; perhaps none.

    An item with code that is neither, among others that are, is a line of the guard that stays
    unread: what it says is not known.
    """
    spoken = [
        (block, [clause for each in _sentences(block.content) for clause in _clauses(each)])
        for block in blocks
        if isinstance(block, Paragraph)
    ]
    has_steps = any(block.opens_item and clauses for block, clauses in spoken)
    return [
        clause
        for block, clauses in spoken
        for clause in (clauses or (_unknown(block) if has_steps else ()))
    ]


def _unknown(block: Paragraph) -> Iterator[Clause]:
    if block.opens_item and "`" in block.content.text:
        yield _clause(ClauseKind.GUARD, block.content)


def _sentences(content: Fragment) -> Iterator[Fragment]:
    hidden, start = masked(content.text), 0
    for border in _SENTENCE.finditer(hidden):
        if border[0][0] == ".":
            yield content.part(start, border.start()).strip()
            start = border.end()
    yield content.part(start).strip()


def _clauses(sentence: Fragment) -> Iterator[Clause]:
    text = _WITHOUT_IT.sub("", sentence.text.rstrip(". "))
    if guarding := _GUARDING.match(text):
        rest = sentence.part(guarding.end(), len(text))
        condition, effect = _parted(rest)
        yield _clause(ClauseKind.GUARD, condition)
        if effect is not None:
            yield _clause(ClauseKind.EFFECT, effect)
    elif acting := _ACTING.match(text):
        yield _clause(ClauseKind.EFFECT, _assigned(sentence.part(0, len(text)), acting))


def _parted(rest: Fragment) -> tuple[Fragment, Fragment | None]:
    """Return the condition and the effect of `x = 1`, `y := 2`; no effect without an assignment."""
    if setting := _SETTING.search(rest.text):
        return rest.part(0, setting.start()).strip(), rest.part(setting.end()).strip()
    first = _ASSIGNS.search(rest.text)
    if first is None:
        return rest, None
    tick = rest.text.rfind("`", 0, first.start())
    before = rest.text[: max(tick, 0)].rstrip(" ,;")
    words = re.search(r"(?:[,;.]?\s+(?:then|set|sets|it sets))$", before, re.I)
    end = words.start() if words else len(before)
    return rest.part(0, end).strip(), rest.part(max(tick, 0)).strip()


def _assigned(sentence: Fragment, acting: re.Match[str]) -> Fragment:
    """Return the assignments of *Sets `x` to `y` and `z` to `v`*; other sentences as they are."""
    rest = sentence.part(acting.end())
    assigns = _SETS_TO.search(rest.text) or _ASSIGNS.search(rest.text)
    return rest if assigns else sentence


def _clause(kind: ClauseKind, text: Fragment) -> Clause:
    clause = Clause(kind, 0, [text])
    clause.inline_parts.add(0)
    return clause
