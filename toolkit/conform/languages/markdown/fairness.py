"""Fairness: the table, the list or the formula that says how fairly each action is treated."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence

from conform.domain.spec import Action, ConstructReference, FairnessStatement, RangeReference
from conform.errors import InputError
from conform.languages.markdown.blocks import Fence, Paragraph
from conform.languages.markdown.cells import read_cell
from conform.languages.markdown.columns import Columns, parameters_in
from conform.languages.markdown.inline import CODE, codes, masked, reading
from conform.languages.markdown.manuscript import Fragment
from conform.languages.markdown.outline import Section
from conform.languages.markdown.spoken_fairness import (
    fairness_in_sentences,
    fairness_of_all_but,
    is_denied,
)
from conform.languages.markdown.subjects import Declarations, read_subject
from conform.languages.markdown.tables import columned
from conform.languages.markdown.titles import Region

_KINDS = (
    ("weak", re.compile(r"(?:weak|wf)(?:ly|\b|_)", re.I)),
    ("strong", re.compile(r"(?:strong|sf)(?:ly|\b|_)", re.I)),
    ("none", re.compile(r"(?:none|no|not|unfair|n/a)\b|[\N{EM DASH}\N{EN DASH}-]|$", re.I)),
)
_SPOKEN = (
    ("weak", re.compile(r"\b(?:weak|wf)(?:ly)?\b", re.I)),
    ("strong", re.compile(r"\b(?:strong|sf)(?:ly)?\b", re.I)),
    ("none", re.compile(r"\b(?:no fairness|not fair|unfair|none)\b", re.I)),
)
_SUPPOSITION = re.compile(r"\b(?:if|when|with|without|under|were|instead|replac\w+)\b", re.I)
_CALL = re.compile(r"\s*(?P<name>[^\W\d]\w*)(?:\((?P<parameters>[^()]*)\))?\s*")
_FORMULA = re.compile(
    r"\b(?P<kind>[WS]F)(?:_(?:\w+|<<[^<>]*>>|\{\w+\}))?\(\s*"
    r"(?P<name>[^\W\d]\w*)(?:\((?P<parameters>[^()]*)\))?\s*\)"
)
_WORD = re.compile(r"(?<![\w.])(?P<name>[^\W\d]\w*)(?!\w)(?:\((?P<parameters>[\w\s,]*)\))?")
_THE_REST = re.compile(
    r"\W*(?:(?:(?:all|any|every)\s+)?(?:the\s+)?(?:other|remaining|rest|everything\s+else|else)\w*"
    r"(?:\s+(?:of\s+(?:them|the\s+actions)|actions?))?"
    r"|(?:all|every)(?:\s+(?:of\s+)?the)?(?:\s+actions?)?)"
    r"(?:\W*(?:except|but|other\s+than|apart\s+from)(?:\s+for)?\b(?P<but>.*))?\W*",
    re.I,
)
_NUMBER = r"\d+[a-z]?"
_RANGE = r"(?:[\N{EN DASH}\N{EM DASH}-]|to|through)"
_NUMBERED = re.compile(
    rf"\bactions?\s+(?P<numbers>{_NUMBER}(?:\s*(?:{_RANGE}|,\s*and|[,&]|and)\s*{_NUMBER})*)", re.I
)
_ONE_OR_RANGE = re.compile(rf"(?P<first>{_NUMBER})(?:\s*{_RANGE}\s*(?P<last>{_NUMBER}))?", re.I)
_BESIDE_LABELS = frozenset(("to", "and", "through"))
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
_TICK = re.compile(r"yes|x|[\u2713\u2714\u2705]\ufe0f?", re.I)
_BY_NUMBER = re.compile(r"\W*actions?\b", re.I)


def read_fairness(
    root: Section, actions: Sequence[Action], declared: Declarations
) -> tuple[FairnessStatement, ...]:
    """Return a statement for each action that a table with Action and Fairness columns names.

    Where there is no such table, for those that list items, sentences and code of a region of
    fairness name; the first kind that an item speaks of counts, and one that supposes something
    states nothing.
    """
    tabled = tuple(
        FairnessStatement(reference.name, reference.parameters or (), kind, reference.span)
        for action_cell, kind in (*_rows(root, actions), *_ticked(root))
        for reference in _actions_named(action_cell, actions, declared)
    )
    rest = tuple(_of_the_rest(root, actions, {each.action for each in tabled}))
    if tabled or rest:
        return (*tabled, *rest)
    listed = tuple(_listed(root, actions))
    return (*listed, *_others(root, actions, {each.action for each in listed}))


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
    known = leaves | {each.name: tuple(leaf.name for leaf in each.leaves()) for each in actions}
    for section in root.walk():
        if section.region is not Region.FAIRNESS:
            continue
        kinds = _KindsAbove(_first_kind(section.title.text))
        for block in section.blocks:
            match block:
                case Paragraph(content=content, opens_item=True):
                    own, above = _first_kind(masked(content.text)), kinds.over(block)
                    item = content if own else _before_gloss(content)
                    named = list(_in_item(item, own or above, known))
                    yield from named
                    if kind := own or above:
                        yield from _numbered(item, kind, actions, {each.action for each in named})
                case Paragraph(content=content):
                    kinds.over(block)
                    told = list(_in_codes(content)) or list(fairness_in_sentences(content, known))
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

    What is denied, as in *not weakly fair*, is none.
    """
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
    for word in _WORD.finditer(masked(content.text)):
        if word["name"] in known:
            parameters = parameters_in(word["parameters"])
            yield FairnessStatement(word["name"], parameters, kind, content.span(*word.span()))
    for code in codes(content):
        formulas = list(_in_formula(code))
        yield from formulas
        match = None if formulas else _CALL.fullmatch(code.text)
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
        if kind := _first_kind(sentence[0]):
            yield from _numbered(content.part(*sentence.span()), kind, actions, set())


def _in_codes(content: Fragment) -> Iterator[FairnessStatement]:
    """Yield what formulas set as code say, in sentences that neither deny nor suppose anything."""
    words = masked(content.text)
    for sentence in _SENTENCE.finditer(words):
        if not (_SUPPOSITION.search(sentence[0]) or is_denied(words, *sentence.span())):
            for code in codes(content.part(*sentence.span())):
                yield from _in_formula(code)


def _in_formula(code: Fragment) -> Iterator[FairnessStatement]:
    """Yield what `WF_vars(A(w))` says, wherever it stands in a line of code."""
    for match in _FORMULA.finditer(code.text):
        kind = "weak" if match["kind"] == "WF" else "strong"
        span = code.span(match.start("name"), match.end("name"))
        yield FairnessStatement(match["name"], parameters_in(match["parameters"]), kind, span)


def _of_the_rest(
    root: Section, actions: Sequence[Action], named: set[str]
) -> Iterator[FairnessStatement]:
    """Yield what a row says of all the actions that no other row names, nor itself as exceptions.

    The exceptions have no fairness.
    """
    for columns, action, fairness in _tables(root):
        for row in columns.rows():
            cell, kind = row.cells[action], row.cells[fairness]
            but = _exceptions(cell, actions)
            for each in actions if but is not None else ():
                for leaf in each.leaves():
                    if leaf.name not in named:
                        is_but = but is not None and not but.isdisjoint((each.name, leaf.name))
                        yield FairnessStatement(
                            leaf.name, (), "none" if is_but else _kind(kind), cell.span()
                        )


def _exceptions(cell: Fragment, actions: Sequence[Action]) -> frozenset[str] | None:
    """Return the actions that a cell such as *All others except `A`* leaves out.

    None for a cell that is not about the rest, or that leaves out what is no action.
    """
    rest = _THE_REST.fullmatch(cell.text)
    if rest is None or not cell.text.strip():
        return None
    known = {name for each in actions for name in (each.name, *(one.name for one in each.leaves()))}
    names = {word["name"] for word in _WORD.finditer(rest["but"] or "")} - {"and", "or"}
    return frozenset(names) if names <= known else None


def _tables(root: Section) -> Iterator[tuple[Columns, int, int]]:
    for _, columns in columned(root):
        action = columns.find("(?:action|transition|step)s?")
        fairness = columns.find(r"(?:type of )?fairness(?: type| kind)?")
        if action is not None and fairness is not None:
            yield columns, action, fairness


def _rows(root: Section, actions: Sequence[Action]) -> Iterator[tuple[Fragment, str]]:
    for columns, action, fairness in _tables(root):
        for row in columns.rows():
            if row.cells[action].text and _exceptions(row.cells[action], actions) is None:
                yield row.cells[action], _kind(row.cells[fairness])


def _ticked(root: Section) -> Iterator[tuple[Fragment, str]]:
    """Yield the actions of tables with a column for each kind, and a tick in one of them."""
    for _, columns in columned(root):
        action = columns.find("(?:action|transition|step)s?")
        weak = columns.find("(?:wf|weak)(?: fairness)?")
        strong = columns.find("(?:sf|strong)(?: fairness)?")
        for row in columns.rows() if None not in (action, weak, strong) else ():
            ticks = [_TICK.fullmatch(reading(row.cells[at or 0])) for at in (weak, strong)]
            kind = "strong" if ticks[1] else "weak" if ticks[0] else "none"
            if row.cells[action or 0].text:
                yield row.cells[action or 0], kind


def _kind(cell: Fragment) -> str:
    text = reading(cell)
    for kind, pattern in _KINDS:
        if pattern.match(text):
            return kind
    raise cell.refuse(
        f"no kind of fairness: {text}",
        expected="Weak, Strong or None",
        hint="begin the cell with the kind; more may follow it",
    )


def _actions_named(
    cell: Fragment, actions: Sequence[Action], declared: Declarations
) -> Iterator[ConstructReference]:
    if _BY_NUMBER.match(cell.text):
        yield from _by_number(cell, actions, declared)
        return
    if (labelled := _labelled(cell, actions)) is not None:
        yield from labelled
        return
    leaves = [leaf for action in actions for leaf in action.leaves()]
    for reference in read_cell(cell, "").references:
        match reference:
            case ConstructReference():
                yield reference
            case RangeReference():
                yield from _between(reference, leaves, cell)
            case _:
                raise _names_no_action(cell)


def _labelled(cell: Fragment, actions: Sequence[Action]) -> Sequence[ConstructReference] | None:
    """Return the actions of `T1 Send, T2 Stop`, in code beside their labels; None for other cells.

    Without code the labels alone name them.
    """
    words = [word["name"] for word in _WORD.finditer(masked(cell.text).replace(CODE, " "))]
    labels = [word for word in words if any(action.number == word for action in actions)]
    if not labels or not _BESIDE_LABELS.issuperset(set(words) - set(labels)):
        return None
    if coded := codes(cell):
        known = {leaf.name for action in actions for leaf in (action, *action.leaves())}
        calls = [(code, _CALL.fullmatch(code.text)) for code in coded]
        if any(call is None or call["name"] not in known for _code, call in calls):
            return None
        return [
            ConstructReference(call["name"], None, "", "", code.span())
            for code, call in calls
            if call
        ]
    if len(labels) == 2 and not {"to", "through"}.isdisjoint(words):
        numbers = [action.number for action in actions]
        first, last = map(numbers.index, labels)
        labels = numbers[first : last + 1]
    return [
        ConstructReference(leaf.name, leaf.parameters, "", "", cell.span())
        for action in actions
        if action.number in labels
        for leaf in action.leaves()
    ]


def _by_number(
    cell: Fragment, actions: Sequence[Action], declared: Declarations
) -> Iterator[ConstructReference]:
    """Yield the actions of `Action 3b: ...` or `Actions 5-9: ...`."""
    subject = read_subject(cell, declared)
    for name in subject.names:
        yield ConstructReference(name, None, "", "", subject.span)
    if subject.names:
        return
    numbered = [action for action in actions if action.number in subject.numbers]
    if not numbered:
        raise _names_no_action(cell)
    for action in numbered:
        for leaf in action.leaves():
            yield ConstructReference(leaf.name, leaf.parameters, "", "", subject.span)


def _between(
    reference: RangeReference, leaves: Sequence[Action], cell: Fragment
) -> Iterator[ConstructReference]:
    names = [leaf.name for leaf in leaves]
    if reference.first.name not in names or reference.last.name not in names:
        raise _names_no_action(cell)
    for leaf in leaves[names.index(reference.first.name) : names.index(reference.last.name) + 1]:
        yield ConstructReference(leaf.name, leaf.parameters, "", "", reference.span)


def _names_no_action(cell: Fragment) -> InputError:
    return cell.refuse(
        "the cell names no action of this document",
        expected="actions in code with commas between, or a range of them",
        hint="a range runs between two actions that the document has",
    )
