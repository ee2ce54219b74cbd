"""Fairness: the table, the list or the formula that says how fairly each action is treated.

Tables are read by `tabled_fairness`, sentences by `spoken_fairness`; `unread_fairness` says what is
left.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence

from conform.domain.spec import Action, FairnessStatement
from conform.languages.markdown.blocks import Fence, Paragraph
from conform.languages.markdown.columns import parameters_in
from conform.languages.markdown.compared_fairness import is_unclear, without_comparisons
from conform.languages.markdown.inline import codes, masked
from conform.languages.markdown.joint_fairness import (
    NEXT,
    fairness_of_the_relation,
    of_all_together,
)
from conform.languages.markdown.manuscript import Fragment
from conform.languages.markdown.outline import Section
from conform.languages.markdown.spoken_fairness import (
    fairness_in_sentences,
    fairness_of_all_but,
    is_denied,
)
from conform.languages.markdown.subjects import Declarations
from conform.languages.markdown.tabled_fairness import CALL, WORD, fairness_in_tables
from conform.languages.markdown.titles import Region

_SPOKEN = (
    ("weak", re.compile(r"\b(?:weak|wf)(?:ly)?\b", re.I)),
    ("strong", re.compile(r"\b(?:strong|sf)(?:ly)?\b", re.I)),
    ("none", re.compile(r"\b(?:no fairness|not fair|unfair|none)\b", re.I)),
)
_SUPPOSITION = re.compile(
    r"\b(?:if|when|with|without|under|were|would|alone|instead|replac\w+)\b", re.I
)
_UNCLEAR = "unclear"
"""The kind over items of which a text speaks of a kind, and gives none."""

_FORMULA = re.compile(
    r"\b(?P<kind>[WS]F)(?:_(?:\w+|<<[^<>]*>>|\{\w+\}))?\(\s*"
    r"(?P<name>[^\W\d]\w*)(?:\((?P<parameters>[^()]*)\))?\s*\)"
)
_SPECIFICATION = re.compile(r"\s*[^\W\d]\w*\s*(?:==|\N{DELTA EQUAL TO}|:=|=)\s*Init\b")
_NUMBER = r"\d+[a-z]?"
_RANGE = r"(?:[\N{EN DASH}\N{EM DASH}-]|to|through)"
_NUMBERED = re.compile(
    rf"\bactions?\s+(?P<numbers>{_NUMBER}(?:\s*(?:{_RANGE}|,\s*and|[,&]|and)\s*{_NUMBER})*)", re.I
)
_ONE_OR_RANGE = re.compile(rf"(?P<first>{_NUMBER})(?:\s*{_RANGE}\s*(?P<last>{_NUMBER}))?", re.I)
_ALL_OTHERS = r"(?:all|every)\s+(?:of\s+)?(?:the\s+)?(?:other|remaining)\s+actions?"
_OTHERS = re.compile(
    rf"\b{_ALL_OTHERS}\s+(?:is|are)\s+(?P<kind>weak|strong)ly\s+fair\b"
    rf"|\b(?P<first>weak|strong)\s+fairness\s+(?:is\s+assumed\s+)?(?:of|on|for)\s+{_ALL_OTHERS}\b"
    r"|\b(?P<label>weak|strong)(?:\s+fairness)?\W{0,4}[:\N{EM DASH}\N{EN DASH}-]\W{0,4}"
    rf"(?:{_ALL_OTHERS}|(?:all|every)\s+(?:the\s+)?(?:others?|rest)|(?:everything|all)\s+else)\b",
    re.I,
)
_EXCEPTING = re.compile(r"\W*(?:actions?\W+)?(?:except|but|other\s+than|apart\s+from|save)\b", re.I)
_DENIED_BEHIND = re.compile(r"(?:\s+fair(?:ness)?)?\s+(?:is|are|does|do|will|would)\s+not\b", re.I)
_GLOSS = re.compile(r"(?<=\S):(?=\s|$)|\s[\N{EM DASH}\N{EN DASH}-]\s")
_SENTENCE = re.compile(r"[^.;]+")


def read_fairness(
    root: Section, actions: Sequence[Action], declared: Declarations
) -> tuple[FairnessStatement, ...]:
    """Return a statement for each action that a table with Action and Fairness columns names.

    Where there is no such table, for those that list items, sentences and code of a region of
    fairness name; the first kind that an item speaks of counts, and one that supposes something
    states nothing.
    """
    if tabled := fairness_in_tables(root, actions, declared):
        return of_all_together(tabled, actions)
    listed = tuple(_listed(root, actions))
    read = (*listed, *_others(root, actions, {each.action for each in listed}))
    return of_all_together(read or tuple(_of_specification(root)), actions)


def _of_specification(root: Section) -> Iterator[FairnessStatement]:
    """Yield what `Spec == Init /\\ [][Next]_vars /\\ WF_vars(Next)` says of Next anywhere."""
    for section in root.walk():
        for block in section.blocks:
            if isinstance(block, Fence):
                for line in block.lines:
                    if _SPECIFICATION.match(line.text):
                        yield from (each for each in _in_formula(line) if each.action == NEXT)


def _others(
    root: Section, actions: Sequence[Action], named: set[str]
) -> Iterator[FairnessStatement]:
    """Yield what a sentence says of all actions that nothing else names, where it names others."""
    sections = (section for section in root.walk() if section.region is Region.FAIRNESS)
    blocks = (block for section in sections for block in section.blocks)
    contents = (block.content for block in blocks if isinstance(block, Paragraph))
    found = ((content, _OTHERS.search(content.text)) for content in contents)
    said = next(((content, match) for content, match in found if match), None)
    if said is None or not named or _SUPPOSITION.search(said[0].text, 0, said[1].start()):
        return
    content, match = said
    if _EXCEPTING.match(content.text, match.end()) or is_denied(content.text, 0, match.start()):
        return
    kind = (match["kind"] or match["first"] or match["label"]).lower()
    groups = {each.name for each in actions if each.name in named and each.outcomes}
    told = named | {leaf.name for each in actions if each.name in groups for leaf in each.leaves()}
    for leaf in (leaf for each in actions for leaf in each.leaves()):
        if leaf.name not in told:
            yield FairnessStatement(leaf.name, (), kind, content.span(*match.span()))


def _listed(root: Section, actions: Sequence[Action]) -> Iterator[FairnessStatement]:
    leaves = {leaf.name: (leaf.name,) for action in actions for leaf in action.leaves()}
    known = (
        {NEXT: ()}
        | leaves
        | {each.name: tuple(leaf.name for leaf in each.leaves()) for each in actions}
    )
    for section in root.walk():
        if section.region is not Region.FAIRNESS:
            continue
        kinds = _KindsAbove(_first_kind(section.title.text))
        for block in section.blocks:
            match block:
                case Paragraph(content=content, opens_item=True):
                    own, above = _first_kind(masked(content.text)), kinds.over(block)
                    kind = own or above
                    if kind == _UNCLEAR:
                        yield from _in_codes(content) or fairness_in_sentences(content, known)
                        continue
                    item = content if own else _before_gloss(content)
                    named = list(_in_item(item, kind, known))
                    yield from named
                    if kind:
                        yield from _numbered(item, kind, actions, {each.action for each in named})
                case Paragraph(content=content):
                    kinds.over(block)
                    told = _in_codes(content) or list(fairness_in_sentences(content, known))
                    told = told or list(fairness_of_the_relation(content))
                    yield from told or _numbered_in_sentences(content, actions)
                case Fence(lines=lines):
                    for line in lines:
                        yield from _in_formula(line)
                case _:
                    continue


class _KindsAbove:
    """The kinds of fairness that a heading, and texts ending with a colon, give items below."""

    def __init__(self, heading: str) -> None:
        self._kinds = [(-1, heading)]

    def over(self, block: Paragraph) -> str:
        """Return the kind that stands over a paragraph, the next in order; empty for none."""
        while self._kinds[-1][0] >= block.depth:
            self._kinds.pop()
        above = self._kinds[-1][1]
        if block.content.text.rstrip(" *_").endswith(":"):
            self._kinds.append((block.depth, _first_kind(masked(block.content.text)) or above))
        return above


def _before_gloss(item: Fragment) -> Fragment:
    """Return what an item says before the first colon or dash: what follows tells why."""
    gloss = _GLOSS.search(masked(item.text))
    return item.part(0, gloss.start()) if gloss else item


def _first_kind(text: str) -> str:
    """Return the first kind of fairness in a text; empty for none, and after a supposition.

    What is denied, as in *not weakly fair*, is none. It is unclear where two kinds are given.
    """
    if is_unclear(text):
        return _UNCLEAR
    text = without_comparisons(text)
    found = [(*match.span(), kind) for kind, pattern in _SPOKEN if (match := pattern.search(text))]
    if not found:
        return ""
    start, end, kind = min(found)
    if _SUPPOSITION.search(text[:start]) or _DENIED_BEHIND.match(text, end):
        return ""
    return "none" if is_denied(text, 0, start) else kind


def _in_item(
    content: Fragment, kind: str, known: Mapping[str, Sequence[str]]
) -> Iterator[FairnessStatement]:
    """Yield a statement for each action that stands in code, or is named in plain words.

    Without a kind only formulas state something.
    """
    if _FORMULA.search(masked(content.text)):
        yield from _in_formula(content)
        return
    if not kind:
        yield from _in_codes(content)
        return
    if of_others := list(fairness_of_all_but(content, known)):
        yield from of_others
        return
    for word in WORD.finditer(masked(content.text)):
        if word["name"] in known:
            parameters = parameters_in(word["parameters"])
            yield FairnessStatement(word["name"], parameters, kind, content.span(*word.span()))
    for code in codes(content):
        formulas = list(_in_formula(code))
        yield from formulas
        match = None if formulas else CALL.fullmatch(code.text)
        if match is not None and (match["name"] in known or match["parameters"]):
            parameters = parameters_in(match["parameters"])
            yield FairnessStatement(match["name"], parameters, kind, code.span())


def _numbered(
    content: Fragment, kind: str, actions: Sequence[Action], named: set[str]
) -> Iterator[FairnessStatement]:
    """Yield a statement for each action that an item calls by its number: *(Actions 5-9)*."""
    numbers = [action.number for action in actions]
    for found in _NUMBERED.finditer(masked(content.text)):
        for one in _ONE_OR_RANGE.finditer(content.text, *found.span("numbers")):
            first, last = one["first"], one["last"] or one["first"]
            if first in numbers and last in numbers:
                for action in actions[numbers.index(first) : numbers.index(last) + 1]:
                    for leaf in (each for each in action.leaves() if each.name not in named):
                        span = content.span(*one.span())
                        yield FairnessStatement(leaf.name, leaf.parameters, kind, span)


def _numbered_in_sentences(
    content: Fragment, actions: Sequence[Action]
) -> Iterator[FairnessStatement]:
    """Yield what sentences say of actions by their numbers: *Weak fairness on actions 5 and 7.*"""
    for sentence in _SENTENCE.finditer(masked(content.text)):
        if (kind := _first_kind(sentence[0])) and kind != _UNCLEAR:
            yield from _numbered(content.part(*sentence.span()), kind, actions, set())


def _in_codes(content: Fragment) -> list[FairnessStatement]:
    """Return what formulas set as code say, in sentences that neither deny nor suppose anything."""
    words = masked(content.text)
    return [
        statement
        for sentence in _SENTENCE.finditer(words)
        if not (_SUPPOSITION.search(sentence[0]) or is_denied(words, *sentence.span()))
        for code in codes(content.part(*sentence.span()))
        for statement in _in_formula(code)
    ]


def _in_formula(code: Fragment) -> Iterator[FairnessStatement]:
    """Yield what `WF_vars(A(w))` says, wherever it stands in a line of code."""
    for match in _FORMULA.finditer(code.text):
        kind = "weak" if match["kind"] == "WF" else "strong"
        span = code.span(match.start("name"), match.end("name"))
        yield FairnessStatement(match["name"], parameters_in(match["parameters"]), kind, span)
