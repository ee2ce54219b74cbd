"""What a document calls its actions: `Step 3` is read as `Action 3` where its headings say so."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence

from msgspec import Struct
from msgspec.structs import replace

from conform.domain.prose import Link, Passage, PassageKind, Prose, Stretch
from conform.domain.spec import Spec

_WORD = re.compile(
    r"(?:^|\s)(?P<word>step|rule|event|operation|command|move)\s+\d{1,3}[a-z]?\b", re.IGNORECASE
)
_NUMBERS = r"\d{1,3}|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve"


class Rewording(Struct, frozen=True):
    """A text with the word for actions written `action`; `moves` are the ends of what was put in.

    A move is the place in the new text from which on characters stand elsewhere, and that place in
    the text as written.
    """

    text: str
    moves: tuple[tuple[int, int], ...] = ()

    def written(self, position: int) -> int:
        """Return where a character of the new text stands in the text as written."""
        at = bisect_right([new for new, _old in self.moves], position) - 1
        new, old = self.moves[at] if at >= 0 else (0, 0)
        return old + position - new

    def moved(self, position: int) -> int:
        """Return where a character of the text as written stands in the new one."""
        at = bisect_right([old for _new, old in self.moves], position) - 1
        new, old = self.moves[at] if at >= 0 else (0, 0)
        return new + position - old


def word_for_actions(document: Spec) -> str:
    """Return the word that headings of actions have before their numbers; empty for `action`."""
    matches = (_WORD.search(action.section) for action in document.actions if action.number)
    words = [match["word"].lower() if match else "" for match in matches]
    return words[0] if words and len(set(words)) == 1 else ""


def reworded(text: str, word: str) -> Rewording:
    """Return a text with `step 3`, `steps 1-3` and `six steps` as `action 3` and so on.

    Without a word the text stays.
    """
    if not word:
        return Rewording(text)
    pattern = re.compile(
        rf"\b{word}(?P<many>s?)(?=\s+\d)|(?<=\s)(?<!-){word}(?P<all>s)\b(?!\s*[:\N{{EM DASH}}])",
        re.IGNORECASE,
    )
    pieces: list[str] = []
    moves: list[tuple[int, int]] = []
    start = length = 0
    for match in pattern.finditer(text):
        if match["all"] and not re.search(rf"\b(?:{_NUMBERS})\s+$", text[: match.start()], re.I):
            continue
        said = "Action" if match[0][0].isupper() else "action"
        pieces += [text[start : match.start()], f"{said}{match['many'] or match['all'] or ''}"]
        length += sum(map(len, pieces[-2:]))
        start = match.end()
        moves.append((length, start))
    return Rewording("".join([*pieces, text[start:]]), tuple(moves))


def in_words_of(document: Spec, pages: Sequence[Prose]) -> tuple[Prose, ...]:
    """Return pages whose sentences say `action` for the document's own word for it."""
    word = word_for_actions(document)
    if not word:
        return tuple(pages)
    return tuple(
        replace(page, passages=tuple(_passage(each, word) for each in page.passages))
        for page in pages
    )


def _passage(passage: Passage, word: str) -> Passage:
    """Return a passage in other words; headings and code stay, as links and files name them."""
    found = reworded(passage.text, word)
    if passage.kind in (PassageKind.HEADING, PassageKind.CODE) or not found.moves:
        return passage
    stretches = [replace(each, start=found.moved(each.start)) for each in passage.stretches]
    for new, old in found.moves:
        span = passage.span(old, old + 1)
        stretches.append(Stretch(new, span.line, span.column))
    return replace(
        passage,
        text=found.text,
        codes=tuple((found.moved(start), found.moved(end)) for start, end in passage.codes),
        links=tuple(
            Link(found.moved(each.start), found.moved(each.end), each.target)
            for each in passage.links
        ),
        stretches=tuple(sorted(stretches, key=lambda each: each.start)),
    )
