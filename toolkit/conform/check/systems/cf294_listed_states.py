"""A section lists states, and the transitions below it go through others.

What it means
    `States: ...` names the states of a machine, and the arrows of the same section have one that is
    not in the list, or the list one that no arrow touches. Likewise where a drawing and a table of
    transitions of one section have different arrows, where the text counts the states otherwise, or
    where a column of states elsewhere has a name that no machine of the page has.

Example
    States: `OPEN`, `CLOSING`.     above     - `OPEN -> CLOSED`: ...

What to do
    Make the list and the arrows agree.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from conform.check.context import Context
from conform.domain.finding import Code, Finding
from conform.domain.prose import Passage, PassageKind, Prose

CODE = Code("CF294", "listed states are not those of the transitions")

LISTED = re.compile(r"\s*(?:the\s+)?(?:\w+\s+)?states(?:\s+are)?\s*:", re.IGNORECASE)
STATE = r"[A-Z][A-Z0-9]*(?:_[A-Z0-9]+)*"
_LINE = r"[\u2500\u2501\u2014=-]{1,30}"
EDGE = re.compile(
    rf"(?<!\w)(?P<source>{STATE})\s*"
    rf"(?:{_LINE}(?:\s?[\w ()/]{{1,40}}\s?{_LINE})?[>\u25b6\u25ba\u2192]|\u2192)"
    rf"\s*(?=(?P<target>{STATE})(?!\w))"
)
"""An arrow from one state to another, where the next one may begin."""

_LEAST = 2
_HINT = "make the list and the arrows agree"


def listed_states(context: Context) -> Iterator[Finding]:
    """Yield a finding for each state that only the list or only the arrows of a section have."""
    for page in context.pages:
        for section in sections_of(page):
            yield from _in_section(context, section)


def sections_of(page: Prose) -> Iterator[list[Passage]]:
    """Yield the passages of a page, from each heading to the next."""
    section: list[Passage] = []
    for passage in page.passages:
        if passage.kind is PassageKind.HEADING:
            yield section
            section = []
        section.append(passage)
    yield section


def _in_section(context: Context, section: list[Passage]) -> Iterator[Finding]:
    lists = [each for each in section if each.codes and LISTED.match(each.text)]
    arrows: dict[str, tuple[Passage, int]] = {}
    for passage in section:
        for match in EDGE.finditer(passage.text):
            for end in ("source", "target"):
                arrows.setdefault(match[end], (passage, match.start(end)))
    if len(lists) != 1 or len(arrows) < _LEAST:
        return
    names = {text: (lists[0], start) for start, text in lists[0].coded()}
    names = {text: place for text, place in names.items() if re.fullmatch(STATE, text)}
    if 2 * len(set(names) & set(arrows)) < len(names):
        return
    only_listed = [name for name in names if name not in arrows]
    only_drawn = [name for name in arrows if name not in names]
    renamed = len(only_listed) == len(only_drawn) == 1
    for name in only_listed if renamed else (*only_listed, *only_drawn):
        passage, start = names.get(name) or arrows[name]
        where = "no transition below has it" if name in names else "the list of states lacks it"
        span = passage.span(start, start + len(name))
        yield CODE.finding(
            f"`{name}` is a state here, and {where}",
            span,
            excerpt=context.excerpt(span),
            hint=f"did you mean `{only_drawn[0]}`?" if renamed else _HINT,
        )
