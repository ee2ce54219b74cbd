"""Names that the words of a document give to expressions: Let `x = e`, `t` stands for `e`.

What stands in the section of an action holds there; what stands before all actions holds in each
action that uses the name and has no parameter of that name.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

from msgspec import Struct

from conform.domain.spec import Action, Line
from conform.languages.markdown.blocks import Block, Paragraph, Table
from conform.languages.markdown.inline import marked, reading
from conform.languages.markdown.manuscript import Fragment

_LET = re.compile(
    r"\b(?:let|where)\s+`(?P<name>[^\W\d]\w*)\s*"
    r"(?:==?|:=|\N{DELTA EQUAL TO})(?![>=])[^`]+`",
    re.I,
)
_OWN_LET = re.compile(r"let\s+(?P<name>[^\W\d]\w*)\s*(?:=|:=|\N{DELTA EQUAL TO})", re.I)
_LOCAL = re.compile(r"(?P<name>[^\W\d]\w?)\s*(?::=|=(?!=))")
_STANDS_FOR = re.compile(
    r"[`*_](?P<name>[^\W\d]\w*)[`*_]\s+(?:always\s+)?(?:stands\s+for|denotes|abbreviates"
    r"|is\s+(?:short|shorthand)\s+for)\s+`[^`]+`"
)
_WRITTEN_FOR = re.compile(
    r"\bwe\s+write\s+`(?P<name>[^\W\d]\w*)`\s+for\s+"
    r"(?:the\s+(?:record|value|set|tuple|function|sequence)\s+)?`[^`]+`",
    re.I,
)
_WRITTEN_BELOW = re.compile(
    r"`[^`]+`,?\s+(?:is\s+)?(?:written|abbreviated|called)\s+(?:as\s+)?`(?P<name>[^\W\d]\w*)`", re.I
)
THROUGHOUT = (
    r"(?:throughout|hereafter|(?:here|below)(?=[,:]| and)|in\s+(?:all|each|every|any)\s+(?:of\s+)?"
    r"(?:them|these|action|the\s+actions|actions|row|rows)(?:\s+(?:on|of|by|for)\s+\w+\s+\w+)?"
    r"(?:\s+below)?|in\s+what\s+follows"
    r"|for\s+brevity|for\s+short|we\s+write)\b(?:\s+this\s+section|\s+and\s+below)?\s*[,:]?\s+"
)
"""Words before a name for the whole document, as in: Throughout, `t = workerTask[w]`."""

_THROUGHOUT = re.compile(
    rf"\b{THROUGHOUT}`(?P<name>[^\W\d]\w*)\s*(?:==?|:=|\N{{DELTA EQUAL TO}})(?![>=])\s*[^`]+`",
    re.I,
)
_BINDERS = (
    r"\N{FOR ALL}|\N{THERE EXISTS}|\N{THERE DOES NOT EXIST}|\\[AE]\b|\bforall\b|\bexists\b"
    r"|\bfor\s+(?:all|each|every|any)\b(?:\s+[a-z]{3,}(?=\s+\w))?"
    r"|\bthere\s+(?:is|exists)(?:\s+(?:an?|no|some)\b(?:\s+[a-z]{3,}(?=\s+\w))?)?"
    r"|\b(?:choose|pick|select)\b(?:\s+(?:some|any|an?|the)\b(?:\s+[a-z][a-z-]*){0,3}?)?"
)


class Abbreviation(Struct, frozen=True):
    """A name for an expression, and the line that gives it."""

    name: str
    line: Line


def abbreviations_in(blocks: Iterable[Block]) -> Iterator[Abbreviation]:
    """Yield what the paragraphs among blocks introduce, in order."""
    for block in blocks:
        if isinstance(block, Paragraph):
            yield from _in_text(block.content)
        elif isinstance(block, Table):
            for cell in (cell for row in block.rows for cell in row.cells):
                if _WRITTEN_BELOW.search(cell.text):
                    yield from _in_text(cell)


def used_in(action: Action, general: Sequence[Abbreviation]) -> tuple[Line, ...]:
    """Return the lines of the general abbreviations that an action uses and does not hide.

    It hides one by a parameter, or by what it introduces itself.
    """
    lines = (*action.guard, *action.effect)
    text = " ".join(line.text for line in lines)
    own = {name.split()[0] for name in action.parameters if name.split()}
    own |= {match["name"] for line in lines if (match := _OWN_LET.match(line.text))}
    own |= {match["name"] for line in action.effect if (match := _LOCAL.match(line.text))}
    return tuple(
        each.line for each in general if each.name not in own and _is_free(each.name, text)
    )


def _is_free(name: str, text: str) -> bool:
    """Say whether lines use a name and bind it nowhere themselves."""
    word = re.escape(name)
    bound = rf"(?:{_BINDERS})\s*(?:\w+\s*,\s*)*{word}\b"
    return bool(re.search(rf"\b{word}\b", text)) and not re.search(bound, text, re.I)


def _in_text(content: Fragment) -> Iterator[Abbreviation]:
    text = content if "`" in content.text else marked(content)
    patterns = (_LET, _STANDS_FOR, _WRITTEN_FOR, _WRITTEN_BELOW, _THROUGHOUT)
    found = [match for pattern in patterns for match in pattern.finditer(text.text)]
    for match in sorted(found, key=lambda match: match.start()):
        part = text.part(match.start(), match.end())
        yield Abbreviation(match["name"], Line(reading(part), True, part.span()))
