"""Code that begins with the action that it is of: `Send(w):`, and `Guard:` and `Effect:` below it.

    AssignFenced(w):
        Guard:
            state[w] = ASSIGNING
        Effect:
            state[w] := FAILED

The heading of an action's section and the first line of its code say the same then. Code of another
name is that of an outcome, or of a further action beside one with a guard or an effect of its own.
Code with the lines of several actions in one block is left as it is.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from msgspec.structs import replace

from conform.languages.markdown.blocks import Block, Fence, Paragraph
from conform.languages.markdown.clause_kinds import ClauseKind, has_words_for_labels, label_kind
from conform.languages.markdown.manuscript import Fragment

_HEAD = re.compile(
    r"(?:(?:atomic\s+)?(?:action|procedure|proc|def|transition)\s+)?"
    r"(?P<title>(?P<name>[^\W\d]\w*)(?:\([^()]*\))?)\s*(?::|\{|==|\N{DELTA EQUAL TO})?",
    re.I,
)
_LABEL = re.compile(r"\s*(?P<word>[A-Za-z][A-Za-z -]{1,30}?)\s*:(?:\s.*)?")
_CLOSING = re.compile(r"\s*\}?\s*")
_ACTING = (ClauseKind.GUARD, ClauseKind.EFFECT)


def without_heads(blocks: Sequence[Block], own_name: str) -> Iterator[Block]:
    """Yield the blocks of an action's section, without the first lines of such code.

    Another name than the action's own comes in front, as a paragraph with the name in bold alone:
    a title.
    """
    for block in blocks:
        head = _head(block) if isinstance(block, Fence) else None
        if head is None or not isinstance(block, Fence):
            yield block
            continue
        name, title = head
        if name != own_name:
            end = len(title.text)
            bold = title.edited([(0, 0, "**"), (end, end, "**")])
            yield Paragraph(bold, block.depth, opens_item=False)
        lines = block.lines[1:]
        if _CLOSING.fullmatch(lines[-1].text):
            lines = lines[:-1]
        yield replace(block, lines=lines)


def headed_parts(block: Fence) -> list[tuple[Fragment, Fence]]:
    """Return the titles in code that several actions stand in, each with the code of its action.

    None where a line that is not indented begins something else.
    """
    starts = [index for index, line in enumerate(block.lines) if _begins(line)]
    ends = (*starts[1:], len(block.lines))
    parts = [
        replace(block, lines=block.lines[start:end])
        for start, end in zip(starts, ends, strict=True)
    ]
    heads = list(map(_head, parts))
    if starts[:1] != [0] or not all(heads):
        return []
    bodies = [*without_heads(parts, "")]
    fences = [each for each in bodies if isinstance(each, Fence)]
    return [(head[1], fence) for head, fence in zip(heads, fences, strict=True) if head]


def _begins(line: Fragment) -> bool:
    return not line.text[:1].isspace() and not _CLOSING.fullmatch(line.text)


def _head(block: Fence) -> tuple[str, Fragment] | None:
    """Return the name and the title in the first line of code; None where it is no head."""
    first, *rest = block.lines or (None,)
    match = _HEAD.fullmatch(first.text.rstrip()) if first else None
    if first is None or match is None or label_kind(match["name"]) or len(rest) < 2:
        return None
    inside = [line for line in rest if not _CLOSING.fullmatch(line.text)]
    if not inside or not all(line.text[:1].isspace() for line in inside):
        return None
    labels = (_LABEL.fullmatch(line.text) for line in inside)
    kinds = {label_kind(label["word"]) for label in labels if label}
    if kinds.isdisjoint(_ACTING) and not has_words_for_labels(inside):
        return None
    return match["name"], first.part(*match.span("title"))
