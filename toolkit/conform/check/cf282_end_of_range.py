r"""A variable is described as one end of a range, and actions give it the other.

What it means
    The table of variables says `First offset of ...`, and the effects set the variable to what is
    called `endOff` or `last`; or it says `Last ...`, and they set it to the end plus one, which is
    the first of what follows; or `Next ...`, and they set it to the end itself.

Example
    | `writerOffset` | ... | First offset assigned |     and     `writerOffset[w]' = endOff`

What to do
    Correct the description, or the effects.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from conform.check.context import Context
from conform.domain.finding import Code, Finding
from conform.domain.prose import PassageKind

CODE = Code("CF282", "described as the other end of a range")

_SAID = re.compile(
    r"\s*(?:the\s+)?(?P<word>first|start(?:ing)?|lowest|last|end(?:ing)?|final|highest|next)\s+[a-z]",
    re.IGNORECASE,
)
_BEGINS = ("first", "start", "starting", "lowest")
_FOLLOWS = ("next",)
_PART = re.compile(r"[A-Z]?[a-z]+|[A-Z]+(?![a-z])")
_NAME = re.compile(r"(?P<name>[^\W\d]\w*)\s*(?P<more>\+\s*1)?\s*$")
_NEXT = re.compile(r"\b(?:not\s+yet|after|next|free)\b", re.IGNORECASE)


def other_ends(context: Context) -> Iterator[Finding]:
    """Yield a finding for each description that what actions assign contradicts."""
    variables = {variable.name for variable in context.document.variables}
    page = context.page()
    firsts = {
        (cell.block, cell.row): cell.text.strip()
        for cell in page.of(PassageKind.CELL)
        if cell.column == 0
    }
    for cell in page.of(PassageKind.CELL):
        name = firsts.get((cell.block, cell.row), "")
        match = _SAID.match(cell.text) if cell.column and name in variables else None
        ends = _assigned(context, name) if match else set()
        if match is None or len(ends) != 1 or "" in ends:
            continue
        (given,) = ends
        word = match["word"].lower()
        told = "begin" if word in _BEGINS else "after" if word in _FOLLOWS else "end"
        is_more = told == "begin" and given == "after" and _NEXT.search(cell.text)
        if told != given and not is_more and (told, given) != ("begin", "after"):
            span = cell.span(match.start("word"), match.end("word"))
            yield CODE.finding(
                f"`{name}` is described as the {word}, and is set to {_TOLD[given]}",
                span,
                excerpt=context.excerpt(span),
                hint="correct the description, or the effects",
            )


_TOLD = {
    "begin": "the beginning of a range",
    "end": "the end of a range",
    "after": "the end of a range plus one",
}


def _assigned(context: Context, variable: str) -> set[str]:
    """Return which ends of ranges the effects of the document give a variable; "" for others."""
    target = re.compile(
        rf"(?<!\w){re.escape(variable)}(?:\[[^\[\]]*\])?['\N{{PRIME}}]?\s*"
        r"(?::=|=|\N{LEFTWARDS ARROW}|<-)\s*(?P<value>[^;=]+)$"
    )
    found: set[str] = set()
    for action in context.document.leaf_actions():
        for line in action.effect:
            for piece in line.text.split(";"):
                match = target.search(piece.strip())
                if match is None or match["value"].strip(" `").isdecimal():
                    continue
                named = _NAME.match(match["value"].strip(" `"))
                found.add(_end(named) if named else "")
    return found


def _end(match: re.Match[str]) -> str:
    parts = {part.lower() for part in _PART.findall(match["name"])}
    if parts & {"end", "last"} and not parts & {"start", "first"}:
        return "after" if match["more"] else "end"
    if parts & {"start", "first"} and not parts & {"end", "last"}:
        return "" if match["more"] else "begin"
    return ""
