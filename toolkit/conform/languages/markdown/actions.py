"""Actions and helpers: the sections and tables that give them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

from msgspec.structs import replace

from conform.domain.spec import Action, Helper, Line
from conform.languages.markdown.abbreviations import (
    Abbreviation,
    abbreviations_in,
    used_in,
)
from conform.languages.markdown.blocks import Fence, Paragraph, Table
from conform.languages.markdown.cases import by_cases
from conform.languages.markdown.clause_kinds import NAMES_VALUE, ClauseKind, clause_kind
from conform.languages.markdown.clauses import (
    Clause,
    cell_lines,
    code_line,
    read_clauses,
    text_line,
)
from conform.languages.markdown.columns import Columns
from conform.languages.markdown.defined_actions import defined_clauses
from conform.languages.markdown.formal.moves import is_move
from conform.languages.markdown.helper_paragraphs import helpers_in_paragraphs
from conform.languages.markdown.inline import CODE, masked, reading
from conform.languages.markdown.inner_titles import is_let
from conform.languages.markdown.manuscript import Fragment
from conform.languages.markdown.numbered_steps import stepped_clauses
from conform.languages.markdown.outline import Section
from conform.languages.markdown.programmed_actions import programmed_clauses
from conform.languages.markdown.spoken_clauses import spoken_clauses
from conform.languages.markdown.tables import columned
from conform.languages.markdown.titles import Region, Role, Title, read_title

_ELSEWHERE = (Region.MAPPING, Region.FAIRNESS)
"""Regions that speak about actions which other regions declare."""

_WORD = re.compile(r"[^\W\d]\w*")
_ANNOUNCING = re.compile(rf"\.\s+[A-Z][^.{CODE}]*:\s*$")
"""A last sentence without code that ends in a colon, and says nothing itself."""

_ACTING = (ClauseKind.GUARD, ClauseKind.EFFECT)


def read_actions(root: Section) -> tuple[Action, ...]:
    """Return the actions in order: those of sections, then those of tables that have no section."""
    general, names = _general_abbreviations(root), _names_in(root)
    found = [by_cases(action, names) for action in _actions(root)]
    actions = [_abbreviated(action, general) for action in found]
    known = {leaf.name for action in actions for leaf in action.leaves()}
    known.update(action.name for action in actions)
    tabled = [action for action in _tabled_actions(root) if action.name not in known]
    actions += (_abbreviated(action, general) for action in tabled)
    return tuple(actions)


def read_helpers(root: Section) -> tuple[Helper, ...]:
    """Return the helpers: those of sections, then those of tables, then those of paragraphs."""
    stated = [_helper(section) for section in root.walk() if _is_helper(section)]
    known = {helper.name for helper in stated}
    stated += (helper for helper in _tabled_helpers(root) if helper.name not in known)
    known |= {helper.name for helper in stated}
    stated += (helper for helper in helpers_in_paragraphs(root) if helper.name not in known)
    return tuple(stated)


def abbreviated_names(root: Section) -> Iterator[str]:
    """Yield the names that the document gives to expressions for all of its actions."""
    yield from (each.name for each in _general_abbreviations(root))


def clauses_of(section: Section) -> list[Clause]:
    """Return the clauses of a construct's section, sub-headings such as `#### Guard` included."""
    clauses = read_clauses(section.blocks)
    for child in section.children:
        opening = clause_kind(child.title.text)
        if opening is not None:
            clauses += read_clauses(child.blocks, opening)
        elif child.title.role in (Role.OTHER, Role.BARE) and not _is_action(child):
            clauses += clauses_of(child)
    return clauses


def own_clauses(section: Section) -> set[ClauseKind]:
    """Return the kinds of clauses that a section has itself, sub-headings of clauses included."""
    headed = {clause_kind(child.title.text) for child in section.children}
    found = headed | {clause.kind for clause in read_clauses(section.blocks)}
    return {kind for kind in found if kind is not None}


def first_lines(clauses: Iterable[Clause], *kinds: ClauseKind) -> tuple[Line, ...]:
    """Return the lines of the clause that `first_text` gives the text of."""
    found = list(clauses)
    ordered = (clause for kind in kinds for clause in found if clause.kind is kind)
    return next((clause.lines() for clause in ordered if clause.text()), ())


def first_text(clauses: Iterable[Clause], *kinds: ClauseKind) -> str:
    """Return the text of the first clause of one of the kinds, tried in order; or nothing."""
    found = list(clauses)
    texts = (clause.text() for kind in kinds for clause in found if clause.kind is kind)
    return next(filter(None, texts), "")


# --------------------------------------------------------------------------------------- actions


def _actions(section: Section) -> Iterator[Action]:
    """Yield the actions of a section and below; one with an effect of its own stands for itself.

    Actions in the sections below such a one, as 3b below 3, are further ones beside it.
    """
    beside = True
    if _is_action(section):
        beside = _has_own_effect(section)
        yield _action(section, beside=beside)
    for child in section.children if beside else ():
        yield from _actions(child)


def _has_own_effect(section: Section) -> bool:
    clauses = read_clauses(section.blocks)
    effects = (clause for clause in clauses if clause.kind is ClauseKind.EFFECT)
    return any(line.is_formal for clause in effects for line in clause.lines())


def _is_action(section: Section) -> bool:
    """Say whether a section is an action; a bare name needs two signs of it.

    The signs: it is set as code or has parameters, lies under Actions, has a Guard, has an Effect,
    or under Actions a sentence that says when it is taken, and what it does.
    """
    if section.region in _ELSEWHERE:
        return False
    if section.title.role is not Role.BARE:
        return section.title.role is Role.ACTION
    acting = own_clauses(section).intersection(_ACTING)
    if section.title.number[:1].isalpha() and section.region is Region.ACTIONS:
        return section.title.is_coded or bool(acting or spoken_clauses(section.blocks))
    is_below = section.region is Region.ACTIONS
    spoken = {clause.kind for clause in spoken_clauses(section.blocks)} if is_below else set()
    is_spoken = spoken.issuperset(_ACTING) and clause_kind(section.title.text) is None
    signs = section.title.is_coded + is_below + len(acting) + is_spoken
    return signs >= len(_ACTING)


def _action(section: Section, *, beside: bool = False) -> Action:
    title, content = section.title, section.content
    assert content is not None
    clauses = clauses_of(section)
    if not any(clause.kind in _ACTING for clause in clauses):
        clauses = (
            defined_clauses(section.blocks, title.name)
            or programmed_clauses(section.blocks)
            or stepped_clauses(section.blocks)
            or spoken_clauses(section.blocks)
        )
    effect, required = _lines(clauses, ClauseKind.EFFECT), _required(clauses)
    moved = (line for line in effect if is_move(line.text) and not line.inner)
    guard = (*_introduced(section), *_lines(clauses, ClauseKind.GUARD), *required, *moved)
    return Action(
        name=title.name,
        parameters=title.parameters,
        number="" if "." in title.number else title.number,  # that of a section
        section=title.text,
        guard=guard,
        effect=tuple(line for line in effect if line not in required),
        outcomes=tuple(
            _inheriting(outcome, title, guard)
            for child in (() if beside else section.children)
            for outcome in _actions(child)
        ),
        span=content.span(),
    )


def _required(clauses: Sequence[Clause]) -> tuple[Line, ...]:
    """Return what the cases of an effect require, behind the values that the effect names first."""
    conditions = [line for clause in clauses for line in clause.conditions()]
    if not conditions:
        return ()
    effect = _lines(clauses, ClauseKind.EFFECT)
    named = (line for line in effect if line.is_formal and NAMES_VALUE.match(line.text))
    return (*named, *conditions)


def _general_abbreviations(root: Section) -> tuple[Abbreviation, ...]:
    """Return what the sections that are no construct's introduce for the whole document."""
    open_sections = (section for section in root.walk() if not section.title.is_coded)
    return tuple(found for each in open_sections for found in abbreviations_in(each.blocks))


def _names_in(root: Section) -> tuple[str, ...]:
    """Return every word of the document that could be a name, in order."""
    words: dict[str, None] = {}
    for section in root.walk():
        for block in section.blocks:
            match block:
                case Paragraph(content=content):
                    words.update(dict.fromkeys(_WORD.findall(content.text)))
                case Fence(lines=lines):
                    for line in lines:
                        words.update(dict.fromkeys(_WORD.findall(line.text)))
                case Table(rows=rows):
                    for row in rows:
                        words.update(dict.fromkeys(_WORD.findall(row.line.text)))
                case _:
                    continue
    return tuple(words)


def _abbreviated(action: Action, general: Sequence[Abbreviation]) -> Action:
    """Return an action with the names that the document introduces for all of them."""
    outcomes = tuple(_abbreviated(outcome, general) for outcome in action.outcomes)
    return replace(action, guard=(*used_in(action, general), *action.guard), outcomes=outcomes)


def _inheriting(outcome: Action, title: Title, guard: tuple[Line, ...]) -> Action:
    """Return an outcome with the guard of its action, and its parameters if it names none."""
    named = outcome.parameters or "(" in outcome.section
    own = tuple(line for line in outcome.guard if line not in guard)
    parameters = outcome.parameters if named else title.parameters
    return replace(outcome, parameters=parameters, guard=(*guard, *own))


def _introduced(section: Section) -> Iterator[Line]:
    """Yield what paragraphs of an action introduce before its clauses: `Let x = ...`."""
    for block in section.blocks:
        if any(clause.kind in _ACTING for clause in read_clauses([block])):
            return
        if isinstance(block, Paragraph) and is_let(block):
            text = block.content.text
            announced = _ANNOUNCING.search(masked(text))
            stop = announced.start() if announced else len(text.rstrip(". "))
            if line := text_line(block.content.part(0, stop)):
                yield line
        else:
            yield from (found.line for found in abbreviations_in([block]))


def _lines(clauses: Iterable[Clause], kind: ClauseKind) -> tuple[Line, ...]:
    return tuple(line for clause in clauses if clause.kind is kind for line in clause.lines())


def _tabled_actions(root: Section) -> Iterator[Action]:
    for section, columns in columned(root):
        name = columns.find("(?:action|transition)s?|name")
        if name is not None and not _is_action(section):
            guard, effect = (_clause_column(columns, kind) for kind in _ACTING)
            acts = guard is not None or effect is not None
            if acts and not _is_told(columns, name):
                yield from _action_rows(columns, name, guard, effect)


def _is_told(columns: Columns, name: int) -> bool:
    """Say whether the rows of a table are the steps of a run, in which an action may come again."""
    names = [found.name for names, _row in columns.named_rows(name) for found in names]
    return columns.find(r"steps?") is not None or len(set(names)) < len(names)


def _clause_column(columns: Columns, kind: ClauseKind) -> int | None:
    found = (index for index, key in enumerate(columns.keys) if clause_kind(key) is kind)
    return next(found, None)


def _action_rows(
    columns: Columns, name: int, guard: int | None, effect: int | None
) -> Iterator[Action]:
    number = columns.find(r"#|no\.?|number|id")
    for names, row in columns.named_rows(name):
        title = read_title(row.cells[name])
        for found in names:
            yield Action(
                name=found.name,
                parameters=found.parameters,
                number=reading(row.cells[number]) if number is not None else title.number,
                section=title.text,
                guard=cell_lines(row.cells[guard]) if guard is not None else (),
                effect=cell_lines(row.cells[effect]) if effect is not None else (),
                outcomes=(),
                span=found.content.span(),
            )


# --------------------------------------------------------------------------------------- helpers


def _is_helper(section: Section) -> bool:
    if section.region is Region.MAPPING or _is_action(section):
        return False
    if section.title.role is Role.BARE and section.region is Region.HELPERS:
        return section.title.is_coded or ClauseKind.DEFINITION in own_clauses(section)
    return section.title.role is Role.HELPER


def _helper(section: Section) -> Helper:
    title, content = section.title, section.content
    assert content is not None
    clauses = clauses_of(section)
    kinds = (ClauseKind.DEFINITION, ClauseKind.FORMAL)
    definition = (
        first_text(clauses, *kinds) or code_text(first_code(section)) or first_paragraph(section)
    )
    lines = first_lines(clauses, *kinds) or tuple(map(code_line, first_code(section)))
    if not lines and (paragraph := _announced(section) or _first_paragraph(section)):
        line = text_line(paragraph.content)
        lines = (line,) if line else ()
    return Helper(title.name, title.parameters, definition, content.span(), lines)


def first_code(section: Section) -> tuple[Fragment, ...]:
    """Return the lines of the first code block of a section; none without one."""
    fences = (block for block in section.blocks if isinstance(block, Fence))
    return next((fence.lines for fence in fences), ())


def code_text(lines: Iterable[Fragment]) -> str:
    """Return lines of code as one text."""
    return "\n".join(line.text for line in lines)


def first_paragraph(section: Section) -> str:
    """Return the readable text of a section's first paragraph where it opens with no label."""
    paragraph = _first_paragraph(section)
    return reading(paragraph.content) if paragraph else ""


def _first_paragraph(section: Section) -> Paragraph | None:
    block = next(iter(section.blocks), None)
    return block if isinstance(block, Paragraph) and not read_clauses([block]) else None


def _announced(section: Section) -> Paragraph | None:
    """Return the formula below a first paragraph that ends with a colon; None without one."""
    words = _first_paragraph(section)
    if words is None or not words.content.text.rstrip().endswith(":"):
        return None
    below = section.blocks[1] if len(section.blocks) > 1 else None
    line = text_line(below.content) if isinstance(below, Paragraph) else None
    return below if isinstance(below, Paragraph) and line and line.is_formal else None


def _tabled_helpers(root: Section) -> Iterator[Helper]:
    for section, columns in columned(root):
        name = columns.find("helpers?|operators?|helper operators?")
        if name is None and section.region is Region.HELPERS:
            name = columns.find("name|predicate|function")
        definition = columns.find("definitions?|formula|meaning|description")
        if name is None or definition is None:
            continue
        for names, row in columns.named_rows(name):
            for found in names:
                cell = row.cells[definition]
                line = text_line(cell)
                yield Helper(
                    found.name,
                    found.parameters,
                    reading(cell),
                    found.content.span(),
                    (line,) if line else (),
                )
