"""What an action of a document touches by its words, and what the actions of a model touch.

Of a document's Guard and Effect lines only the names of variables count, so that lines of prose are
looked at as well as formal ones.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator

from msgspec import Struct

from conform.check.columns import Role
from conform.check.context import Context
from conform.check.linking import cells_about, covered, named_in, subjects
from conform.check.models.explored import Explored
from conform.check.texts.remarks import section_of
from conform.domain.actions import ActionInstance
from conform.domain.finding import Code, Finding
from conform.domain.prose import Passage, PassageKind, Prose
from conform.domain.spec import Action, ConstructKind, Line
from conform.text import Span

WORD = re.compile(r"[^\W\d]\w*")
_TARGET = r"(?P<name>[^\W\d]\w*)(?:\[[^\[\]]*(?:\[[^\[\]]*\][^\[\]]*)*\]|\.\w+)*"
_ASSIGNED = re.compile(rf"{_TARGET}\s*(?:'|\N{{PRIME}}|:=|<-|\N{{LEFTWARDS ARROW}}|\+=|-=|\+\+)")
_ASSIGNED_NAME = re.compile(
    rf"[^\W\d]\w*(?={_TARGET.partition(')')[2]}\s*(?:'|\N{{PRIME}}|:=|<-|\N{{LEFTWARDS ARROW}}))"
)
"""The name alone that is assigned to; what its index names is read."""

_EQUATED = re.compile(rf"\s*{_TARGET}\s*=(?!=|>)")
_COMMANDED = re.compile(
    rf"\b(?:re)?(?:set|increment|decrement|clear|update|advance|bump)s?\s+`?{_TARGET}",
    re.IGNORECASE,
)
_ALL = re.compile(r"\b(?:all|every|everything|any|other|others|rest|whole|entire)\b", re.IGNORECASE)

_FOR_VALUES = re.compile(
    r"\bfor\s+(?:all|every|any)\s+(?:\w+\s+)?\w{1,3}(?=\s*(?:,|:|∈|\\in\b|in\b|with\b|such\b|where\b))",
    re.IGNORECASE,
)


class Linked(Struct, frozen=True):
    """An action of the document with the instances of the model's actions that stand for it.

    `names` are the variables of the document under the names that the model has for them.
    """

    stated: Action
    instances: tuple[ActionInstance, ...]
    names: dict[str, str]


def linked_actions(context: Context, explored: Explored) -> Iterator[Linked]:
    """Yield the document's actions that a formal model has, outcomes in place of what they split.

    None are yielded for the document itself.
    """
    role = explored.role
    if role is None:
        return
    by_action: dict[str, list[ActionInstance]] = {}
    for instance in explored.model.instances:
        by_action.setdefault(instance.action, []).append(instance)
    names = variables_in_model(context, explored)
    for stated in context.document.leaf_actions():
        wanted = {stated.name} if stated.name in by_action else _mapped(context, stated, role)
        found = [one for name in sorted(wanted) for one in by_action.get(name, ())]
        if (
            found
            and wanted <= by_action.keys()
            and not _is_merged(context, stated, by_action, role)
        ):
            yield Linked(stated, tuple(found), names)


def _mapped(context: Context, stated: Action, role: Role) -> set[str]:
    artefact = context.formal.get(role)
    if artefact is None:
        return set()
    return {
        named.name
        for row, cell, _column in cells_about(context, stated, role)
        if len(tuple(covered(context, row))) == 1
        for named in named_in(cell, row, artefact)
    }


def _is_merged(context: Context, stated: Action, taken: Collection[str], role: Role) -> bool:
    """Say whether a model's action of this name stands for variants of the document's as well."""
    for row, _cell, _column in cells_about(context, stated, role):
        others = [each for each in covered(context, row) if each.name != stated.name]
        if subjects(context.document, row.subject) == (stated,) and any(
            each.name not in taken for each in others
        ):
            return True
    return False


def variables_in_model(context: Context, explored: Explored) -> dict[str, str]:
    """Return the document's variables with the model's names, as mapping rows or equality give."""
    role = explored.role
    if role is None:
        return {}
    known = {slot.variable for slot in explored.model.slots}
    names = {found.name: found.name for found in context.document.variables if found.name in known}
    artefact = context.formal.get(role)
    for row, cell, _column in context.cells(role) if artefact else ():
        if row.subject.kind is ConstructKind.VARIABLE and len(row.subject.names) == 1:
            assert artefact is not None
            found = [named.name for named in named_in(cell, row, artefact)]
            if len(found) == 1 and found[0] in known:
                names.setdefault(row.subject.names[0], found[0])
    return names


def words_of(lines: Iterable[Line]) -> set[str]:
    """Return every word of some lines."""
    return {word for line in lines for word in WORD.findall(line.text)}


def assigned_in(lines: Iterable[Line]) -> dict[str, Line]:
    """Return the names that lines assign to, with the line: `x[w] := e`, `x' = e`, "set x to e".

    A line of an effect that begins with `x = e` assigns as well.
    """
    found: dict[str, Line] = {}
    for line in lines:
        equated = _EQUATED.match(line.text)
        matches = [*_ASSIGNED.finditer(line.text), *_COMMANDED.finditer(line.text)]
        for match in [equated, *matches] if equated else matches:
            found.setdefault(match["name"], line)
    return found


def speaks_of_all(lines: Iterable[Line]) -> bool:
    """Say whether a line speaks of variables without naming them: "all other state is reset".

    *For every t with x[t] = w* speaks of the values of `t`.
    """
    return any(_ALL.search(_FOR_VALUES.sub(" ", line.text)) for line in lines)


def mentioned(context: Context, stated: Action, *, in_guard: bool = True) -> set[str]:
    """Return every word of an action's section, of its parent's, and of the helpers that they use.

    An action that has no section, but a row of a table, gives the words of its lines, and those of
    what is said beside the table of all its rows. Without `in_guard` the lines of the guard are
    left out. Nor do the lines of its other outcomes count, where its own guard is formal in part.
    """
    page = context.page()
    guard = {line.span.line for line in stated.guard}
    others = _lines_of_others(context, stated)
    lines = (*stated.guard, *stated.effect) if in_guard else stated.effect
    words = words_of(lines)
    for action in _with_parents(context.document.actions, stated):
        for passage in section_of(page, action.span.line):
            line = passage.span().line
            if line not in others and (in_guard or line not in guard):
                words.update(WORD.findall(passage.text))
    words.update(_words_beside(page, stated.span.line))
    return words | _words_of_helpers(context, page, words) | _words_of_operators(context, words)


def _lines_of_others(context: Context, stated: Action) -> set[int]:
    """Return the lines of the outcomes beside one that has formal lines in its guard."""
    own = {line.span.line for line in (*stated.guard, *stated.effect)}
    if not any(line.is_formal for line in stated.guard):
        return set()
    return {
        line.span.line
        for action in context.document.actions
        if stated in action.outcomes
        for outcome in action.outcomes
        for line in (*outcome.guard, *outcome.effect)
        if line.span.line not in own
    }


def read_in(context: Context, stated: Action) -> set[str]:
    """Return every word of an action but the names that its effect assigns to: what it reads.

    The words around its lines, and those of helpers that any of them name, are among them.
    """
    texts = [line.text for line in stated.guard]
    texts += [_ASSIGNED_NAME.sub(" ", line.text) for line in stated.effect]
    words = {word for text in texts for word in WORD.findall(text)}
    words |= words_around(context, stated) | set(stated.parameters)
    page = context.page()
    return words | _words_of_helpers(context, page, words) | _words_of_operators(context, words)


def words_around(context: Context, stated: Action) -> set[str]:
    """Return the words of an action's section, or beside its table, that are in no line of it."""
    page = context.page()
    lines = {line.span.line for line in (*stated.guard, *stated.effect)}
    words = set(_words_beside(page, stated.span.line))
    for action in _with_parents(context.document.actions, stated):
        for passage in section_of(page, action.span.line):
            is_prose = passage.kind in (PassageKind.TEXT, PassageKind.ITEM)
            if is_prose and passage.span().line not in lines:
                words.update(WORD.findall(passage.text))
    return words


def _words_beside(page: Prose, line: int) -> Iterator[str]:
    """Yield the words beside the table that has a row in a line, up to the next headings."""
    section: list[Passage] = []
    is_here = False
    for passage in page.passages:
        if passage.kind is PassageKind.HEADING:
            if is_here:
                break
            section = []
        section.append(passage)
        is_here = is_here or (passage.kind is PassageKind.CELL and passage.span().line == line)
    if is_here:
        for passage in section:
            if passage.kind in (PassageKind.TEXT, PassageKind.ITEM):
                yield from WORD.findall(passage.text)


def _words_of_operators(context: Context, words: set[str]) -> set[str]:
    """Return the words in the models' definitions of the helpers that the words name.

    A document may give in words, or not at all, what a helper of the same name looks at.
    """
    found: set[str] = set()
    for artefact in context.formal.values():
        names = {helper.name for helper in artefact.spec.helpers} & artefact.definitions.keys()
        waiting = list(words & names)
        while waiting:
            name = waiting.pop()
            if name in names:
                names.remove(name)
                added = set(WORD.findall(context.text_of(artefact.definitions[name].span)))
                found |= added
                waiting += added & names
    return found


def _words_of_helpers(context: Context, page: Prose, words: set[str]) -> set[str]:
    """Return the words of the helpers among some words, and of those that they use in turn."""
    helpers = {helper.name: helper for helper in context.document.helpers}
    found: set[str] = set()
    waiting = [name for name in words if name in helpers]
    while waiting:
        helper = helpers.pop(waiting.pop(), None)
        if helper is not None:
            added = set(WORD.findall(helper.definition))
            for passage in section_of(page, helper.span.line):
                added.update(WORD.findall(passage.text))
            found |= added
            waiting += [name for name in added if name in helpers]
    return found


def finding_about(
    code: Code,
    context: Context,
    explored: Explored,
    linked: Linked,
    message: str,
    span: Span,
    variable: str = "",
) -> Finding:
    """Return a finding about what an action of the document and the model's touch differently."""
    place = linked.instances[0].span
    return code.finding(
        message,
        span,
        excerpt=context.excerpt(span),
        details=(f"the model: {explored.spec.path}, action at {place}",),
        hint="the document decides; correct the other",
        subject=f"{linked.stated.name}.{variable}" if variable else "",
    )


def _with_parents(actions: Iterable[Action], stated: Action) -> Iterator[Action]:
    for action in actions:
        if action.span == stated.span or any(leaf.span == stated.span for leaf in action.leaves()):
            yield action
            yield from _with_parents(action.outcomes, stated)
