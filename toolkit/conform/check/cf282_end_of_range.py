r"""A variable is described as one end of a range, and actions give it the other.

What it means
    The table of variables says `First offset of ...`, and the effects set the variable to what is
    called `endOff` or `last`; or it says `Last ...`, and they set it to the end plus one, which is
    the first of what follows; or `Next ...`, and they set it to the end itself. Or what is called
    `RangeStart` is described as the last, `MaxSize` as the fewest, `Range2End` as of round 1.

Example
    | `writerOffset` | ... | First offset assigned |     and     `writerOffset[w]' = endOff`

What to do
    Correct the description, or the effects.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator

from conform.check.context import Context
from conform.check.texts.name_parts import parts_of
from conform.domain.finding import Code, Finding
from conform.domain.prose import PassageKind

CODE = Code("CF282", "described as the other end of a range")

_SAID = re.compile(
    r"\s*(?:the\s+)?(?P<word>first|start(?:ing)?|lowest|last|end(?:ing)?|final|highest|next)\s+[a-z]",
    re.IGNORECASE,
)
_OPPOSITES = (
    (("start", "first"), ("end", "last")),
    (("max", "most"), ("min", "fewest", "minimum", "minimal", "least", "smallest", "lower")),
    (("min", "least"), ("max", "most", "maximum", "maximal", "largest", "upper")),
)
_ROUND = re.compile(r"\b(?:round|phase|range|group|pass|level)\s+(\d)\b", re.IGNORECASE)
_BEGINS = ("first", "start", "starting", "lowest")
_FOLLOWS = ("next",)
_NAME = re.compile(r"(?P<name>[^\W\d]\w*)\s*(?P<more>\+\s*1)?\s*$")
_BESIDE = re.compile(
    r"\b(?:after|past|beyond|before|next|following|outside|exclusive|not|free|unused|plus|minus|time)\b"
    r"|[+-]\s*1",
    re.IGNORECASE,
)
"""Words by which the first of something is what follows another, or by which it is a time."""

_COUNTED_ON = re.compile(r"\b(?:plus|minus)\b|[+-]\s*1")


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
        if (told, given) == ("begin", "after") or _COUNTED_ON.search(cell.text):
            continue  # the end plus one is the first of what follows
        if told != given:
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


def other_names(context: Context) -> Iterator[Finding]:
    """Yield a finding for each constant or variable whose description says the other of its name.

    Start and end, most and least, and the number of a round that stands in the name.
    """
    document = context.document
    names = {constant.name for constant in document.constants}
    names |= {variable.name for variable in document.variables}
    for page in context.pages:
        firsts = {
            (cell.block, cell.row): cell.text.strip()
            for cell in page.of(PassageKind.CELL)
            if cell.column == 0
        }
        for cell in page.of(PassageKind.CELL):
            name = firsts.get((cell.block, cell.row), "")
            if cell.column and name in names and (found := _against(name, cell.text, names)):
                start = cell.text.index(found)
                span = cell.span(start, start + len(found))
                yield CODE.finding(
                    f"`{name}` is described as {found}",
                    span,
                    excerpt=context.excerpt(span),
                    hint="correct the description",
                )


def _against(name: str, text: str, names: Collection[str]) -> str:
    """Return the words of a description that say the other of what a name says; empty for none."""
    parts = set(parts_of(name))
    for own, other in (*_OPPOSITES, *((two, one) for one, two in _OPPOSITES)):
        wrong = re.match(rf"\s*(?:the\s+)?({'|'.join(other)})\b", text, re.IGNORECASE)
        if wrong and not _BESIDE.search(text) and parts & set(own) and not parts & set(other):
            return wrong[1]
    digits, said = re.findall(r"(?<=[a-z])\d(?=[A-Z]|$)", name), _ROUND.findall(text)
    if len(said) != 1:
        return ""
    (round_,) = _ROUND.finditer(text)
    if len(digits) == 1:
        return round_[0] if digits != said else ""
    parts_of_name = re.findall(r"[A-Z]?[a-z]+|\d+|[A-Z]+(?![a-z])", name)
    beside = (
        "".join([*parts_of_name[:at], said[0], *parts_of_name[at:]])
        for at in range(1, len(parts_of_name) + 1)
    )
    return round_[0] if not digits and any(each in names for each in beside) else ""


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
    parts = set(parts_of(match["name"]))
    if parts & {"end", "last"} and not parts & {"start", "first"}:
        return "after" if match["more"] else "end"
    if parts & {"start", "first"} and not parts & {"end", "last"}:
        return "" if match["more"] else "begin"
    return ""
