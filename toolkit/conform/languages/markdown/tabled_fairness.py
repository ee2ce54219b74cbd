"""Fairness in tables: a row for each action, or for all others, with its kind or a tick."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from conform.domain.spec import Action, ConstructReference, FairnessStatement, RangeReference
from conform.errors import InputError
from conform.languages.markdown.cells import read_cell
from conform.languages.markdown.columns import Columns
from conform.languages.markdown.compared_fairness import without_comparisons
from conform.languages.markdown.inline import CODE, codes, masked, reading
from conform.languages.markdown.manuscript import Fragment
from conform.languages.markdown.outline import Section
from conform.languages.markdown.subjects import Declarations, read_subject
from conform.languages.markdown.tables import columned

_KINDS = (
    ("weak", re.compile(r"(?:weak|wf)(?:ly|\b|_)", re.I)),
    ("strong", re.compile(r"(?:strong|sf)(?:ly|\b|_)", re.I)),
    ("none", re.compile(r"(?:none|no|not|unfair|n/a)\b|[\N{EM DASH}\N{EN DASH}-]|$", re.I)),
)
CALL = re.compile(r"\s*(?P<name>[^\W\d]\w*)(?:\((?P<parameters>[^()]*)\))?\s*")
WORD = re.compile(r"(?<![\w.])(?P<name>[^\W\d]\w*)(?!\w)(?:\((?P<parameters>[\w\s,]*)\))?")
_THE_REST = re.compile(
    r"\W*(?:(?:(?:all|any|every)\s+)?(?:the\s+)?(?:other|remaining|rest|everything\s+else|else)\w*"
    r"(?:\s+(?:of\s+(?:them|the\s+actions)|actions?))?"
    r"|(?:all|every)(?:\s+(?:of\s+)?the)?(?:\s+actions?)?)"
    r"(?:\W*(?:except|but|other\s+than|apart\s+from)(?:\s+for)?\b(?P<but>.*))?\W*",
    re.I,
)
_BESIDE_LABELS = frozenset(("to", "and", "through"))
_TICK = re.compile(r"yes|x|[\u2713\u2714\u2705]\ufe0f?", re.I)
_BY_NUMBER = re.compile(r"\W*actions?\b", re.I)


def fairness_in_tables(
    root: Section, actions: Sequence[Action], declared: Declarations
) -> tuple[FairnessStatement, ...]:
    """Return a statement for each action that a table with Action and Fairness columns names.

    Raises InputError for a cell that names no action, or no kind of fairness.
    """
    tabled = tuple(
        FairnessStatement(reference.name, reference.parameters or (), kind, reference.span)
        for action_cell, kind in (*_rows(root, actions), *_ticked(root))
        for reference in _actions_named(action_cell, actions, declared)
    )
    return (*tabled, *_of_the_rest(root, actions, {each.action for each in tabled}))


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
    names = {word["name"] for word in WORD.finditer(rest["but"] or "")} - {"and", "or"}
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
    text = without_comparisons(reading(cell)).strip()
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
    words = [word["name"] for word in WORD.finditer(masked(cell.text).replace(CODE, " "))]
    labels = [word for word in words if any(action.number == word for action in actions)]
    if not labels or not _BESIDE_LABELS.issuperset(set(words) - set(labels)):
        return None
    if coded := codes(cell):
        known = {leaf.name for action in actions for leaf in (action, *action.leaves())}
        calls = [(code, CALL.fullmatch(code.text)) for code in coded]
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
