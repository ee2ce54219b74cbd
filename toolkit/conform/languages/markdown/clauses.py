"""The clauses of a section: Guard, Effect, Statement, Formal and so on, in any form they take."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from msgspec.structs import replace

from conform.domain.spec import Line
from conform.languages.markdown.before_and_after import changes_in
from conform.languages.markdown.blocks import Block, Fence, Paragraph, Table
from conform.languages.markdown.case_tables import worded_cases
from conform.languages.markdown.clause_kinds import (
    CODE_WORD,
    GUARDING_WORDS,
    NAMES_VALUE,
    ClauseKind,
    assigns,
    clause_kind,
    has_words_for_labels,
    introduced_kind,
    label_kind,
    row_label,
)
from conform.languages.markdown.code_choices import by_choices
from conform.languages.markdown.glossed_conditions import conditions_in
from conform.languages.markdown.inline import CODE, marked, masked, reading
from conform.languages.markdown.item_cases import (
    ItemCase,
    case_of_item,
    case_of_label,
    case_of_title,
    cases_of_columns,
    is_choice,
)
from conform.languages.markdown.manuscript import Fragment, joined
from conform.languages.markdown.nested_items import nested
from conform.languages.markdown.unchanged_rest import without_rest
from conform.languages.markdown.worded_pieces import worded_pieces


@dataclass(slots=True)
class Clause:
    """One clause: its text in parts, each a bullet, a line of code, or text behind the label.

    `label_depth` is the number of lists around the label; `case` the case that the label names, as
    in "Effect (success)". A clause grows only while it is read.
    """

    kind: ClauseKind
    label_depth: int
    parts: list[Fragment] = field(default_factory=list)
    code_parts: set[int] = field(default_factory=set)
    inline_parts: set[int] = field(default_factory=set)
    case: str = ""
    by_choice: bool = False
    depths: dict[int, int] = field(default_factory=dict)

    def lines(self) -> tuple[Line, ...]:
        """Return the parts as lines; none for a dash or the word none."""
        deep = [
            (self.depths.get(index, 0), replace(line, case=line.case or case or self.case))
            for index, case in self._cases()
            for line in self._lines(index)
        ]
        is_effect = self.kind is ClauseKind.EFFECT
        return tuple(nested(deep)) if is_effect else tuple(line for _depth, line in deep)

    def conditions(self) -> tuple[Line, ...]:
        """Return what the items of an effect require for their cases, as lines of a guard."""
        items = map(self._item, range(len(self.parts)))
        lines = ((item.case, text_line(item.condition)) for item in items if item.condition)
        return tuple(replace(line, case=case) for case, line in lines if line)

    def _cases(self) -> Iterator[tuple[int, str]]:
        """Yield each part with the case that an item around it opens; those items are left out."""
        around: tuple[int, str] | None = None
        for index in range(len(self.parts)):
            depth = self.depths.get(index, 0)
            if around is not None and depth <= around[0]:
                around = None
            item = self._item(index)
            if item.opens and self.depths.get(index + 1, 0) > depth:
                around = depth, item.case
            else:
                yield index, around[1] if around else ""

    def _item(self, index: int) -> ItemCase:
        part = self.parts[index]
        if self.kind is not ClauseKind.EFFECT or index in self.code_parts:
            return ItemCase("", part)
        return case_of_item(part, by_choice=self.by_choice)

    def _lines(self, index: int) -> Iterator[Line]:
        part = self.parts[index]
        if index in self.code_parts:
            yield code_line(part)
            return
        item = self._item(index)
        case, part = (item.case, item.rest) if item.rest.text else ("", part)
        if self.kind is ClauseKind.EFFECT:
            part = without_rest(part)
        pieces = list(_pieces(part)) if index in self.inline_parts else [part]
        if self.kind is ClauseKind.GUARD:
            pieces = [each for piece in pieces for each in conditions_in(piece)]
        for each in (each for piece in pieces for each in worded_pieces(piece)):
            if line := text_line(each):
                yield replace(line, case=case)

    def text(self) -> str:
        """Return the readable text, one line for each part."""
        coded = self.code_parts
        texts = [
            part.text if index in coded else reading(part) for index, part in enumerate(self.parts)
        ]
        return "\n".join(texts)


_BOLD_LABEL = re.compile(
    r"(?P<mark>\*\*|__|\*|_)(?P<word>[^*_`:.]{2,40}?)\s{0,9}(?P<inner>[:.])?\s{0,9}(?P=mark)"
    r"(?P<aside>\s*\([^()]*\))?\s*(?P<outer>[:.]|[\N{EM DASH}\N{EN DASH}-](?=\s))?\s*"
)
_LABEL_INSIDE = re.compile(r"(?<=\s)\*\*(?=\w)|(?<=[.;]\s)(?=[A-Z][a-z -]{1,30}:\s)")
_PLAIN_LABEL = re.compile(
    r"(?P<word>[A-Za-z][A-Za-z+ -]{1,40}?)(?:\s*\([^()]*\))?(?::(?=\s|$)|$)\s*"
)
_CODE_LABEL = re.compile(
    r"\s*(?:(?P<word>[A-Za-z][A-Za-z -]{1,30}?)\s*(?:\([^()]*\))?:(?=\s|$)\s*"
    r"|(?://+|#+|--+|\\\*)[\s-]*(?P<comment>[A-Za-z][A-Za-z -]{1,30}?)(?:\s*\([^()]*\))?[:\s-]*$)"
)
"""A label in code: `Guard:`, or a comment of its own such as `// guard`."""

_ONE_OF = re.compile(
    r"(?:(?P<choice>non-?\s?deterministically)\b[,:]?\s*)?"
    r"(?:(?:exactly\s+)?(?:one\s+of|either)(?:\s+(?:the\s+following|these))?)?\W*",
    re.I,
)
_NOTHING = re.compile(r"\W*|none\.?|n/a", re.I)
_BETWEEN_PIECES = re.compile(
    rf"<br\s*/?>|;|(?<={CODE})\s*(?:,\s*(?:and\b)?|and\b|/\\)\s*(?={CODE})"
    rf"|(?<=[{CODE})])\.\s+(?={CODE})"
)
_GLOSS = re.compile(rf"(?<={CODE})\s*\([^()]*\)(?=\s*(?:,|;|\.|and\b|$))")
"""What is in parentheses behind code goes with it, as far as borders are concerned."""

_FIRM_BORDER = re.compile(rf"<br\s*/?>|;|(?<=[{CODE})])\.\s+(?={CODE})")
_STAYING = re.compile(
    rf"{CODE}+(?:\s*(?:,\s*(?:and\b)?|\band\b)\s*{CODE}+)+\s+(?:(?:is|are|remains?|stays?)\s+)?"
    r"(?:left\s+)?(?:unchanged|untouched|the\s+same)"
)
"""Names of which one sentence says that they stay: *`a` and `b` are unchanged*."""

_UNDER_CONDITION = re.compile(
    r"\s*(?:if|when|unless|otherwise|else|for\s+(?:each|every|all))\b", re.I
)
"""What is done behind a comma is done under the condition in front of it."""

_OR = re.compile(r"\bor\b|\N{LOGICAL OR}|\\/", re.IGNORECASE)
_WORD = re.compile(r"\w+")
_LEADING_WORDS = frozenset(
    ("choose", "let", "pick", "set", "assign", "require", "requires", "when", "if", "not")
)
_CONNECTIVES = frozenset(
    [
        *(
            "and",
            "or",
            "in",
            "from",
            "to",
            "where",
            "with",
            "for",
            "each",
            "every",
            "all",
            "any",
            "some",
        ),
        *("if", "then", "else", "otherwise"),
    ]
)


_BY_CASES = (ClauseKind.GUARD, ClauseKind.EFFECT)
"""Kinds of clauses that an action may have several of, for cases such as success and failure."""


def is_formal(fragment: Fragment) -> bool:
    """Say whether text consists of code: beside it punctuation, a leading word, connectives."""
    hidden = masked(marked(fragment).text)
    words = [word.lower() for word in _WORD.findall(hidden)]
    connecting = words[1:] if words and words[0] in _LEADING_WORDS else words
    return CODE in hidden and _CONNECTIVES.issuperset(connecting)


def cell_lines(cell: Fragment) -> tuple[Line, ...]:
    """Return the lines of a Guard or Effect that a table cell or inline text holds."""
    clause = Clause(ClauseKind.OTHER, 0, [cell])
    clause.inline_parts.add(0)
    return clause.lines()


def code_line(content: Fragment) -> Line:
    """Return a line of a code block."""
    return Line(content.text.strip(), True, content.strip().span())


def text_line(content: Fragment) -> Line | None:
    """Return what a cell or a paragraph says as one line; None for a dash or the word none."""
    text = reading(content)
    return None if _NOTHING.fullmatch(text) else Line(text, is_formal(content), content.span())


def read_clauses(blocks: Sequence[Block], opening: ClauseKind | None = None) -> list[Clause]:
    """Return the clauses of a section in order; `opening` is the one that its heading opens."""
    reader = _ClauseReader(opening)
    for block in blocks:
        match block:
            case Paragraph():
                reader.paragraph(block)
            case Fence():
                reader.fence(block)
            case Table():
                reader.table(block)
    return reader.clauses


def _pieces(part: Fragment) -> Iterator[Fragment]:
    """Yield what stands between borders; beside an `or`, an `and` is part of a formula."""
    text = marked(part)
    start, hidden = 0, _GLOSS.sub(lambda gloss: CODE * len(gloss[0]), masked(text.text))
    firm = {border.span() for border in _FIRM_BORDER.finditer(hidden)}
    borders = _FIRM_BORDER if _OR.search(hidden) else _BETWEEN_PIECES
    for border in borders.finditer(hidden):
        is_firm = border.span() in firm
        if not is_firm and _UNDER_CONDITION.match(hidden, start, border.start()):
            continue
        if not is_firm and _STAYING.match(hidden, start):
            continue
        yield text.part(start, border.start()).strip()
        start = border.end()
    yield text.part(start).strip()


class _ClauseReader:
    """Collects clauses block by block; `_open` is the one that may still grow.

    `_case` is what a paragraph in front has announced: *Success:*.
    """

    def __init__(self, opening: ClauseKind | None) -> None:
        self.clauses = [Clause(opening, 0)] if opening else []
        self._open = self.clauses[0] if opening else None
        self._around: Clause | None = None
        self._case = ""

    def paragraph(self, block: Paragraph) -> None:
        if not block.depth and (case := case_of_title(block.content.text)):
            self._case, self._open = case, None
            return
        unlabelled: list[Fragment] = []
        labelled = False
        for line in _logical_lines(block.content):
            label = _label(line)
            if label is None or (label[0] is ClauseKind.OTHER and self._is_inside(block)):
                unlabelled.append(line)
                continue
            self._close_paragraph(unlabelled, block, labelled=labelled)
            kind, end = label
            self._start(kind, block.depth, line.text[:end])
            unlabelled, labelled = [line.part(end)], True
        self._close_paragraph(unlabelled, block, labelled=labelled)

    def fence(self, block: Fence) -> None:
        if _is_labelled(block):
            self._labelled_code(block)
            return
        if block.lines and has_words_for_labels(block.lines):
            self._code_behind_words(block)
            return
        clause = self._open
        if clause is None or (clause.parts and not self._takes_code(clause, block.depth)):
            return
        for line in block.lines:
            clause.code_parts.add(len(clause.parts))
            clause.parts.append(line)

    def _labelled_code(self, block: Fence) -> None:
        """Read code that has the labels in itself: a line `Guard:`, and its lines below it.

        Where only the guard has one, and stands beside it, what is not deeper is the effect. Values
        that are named in front of the first label are the guard's.
        """
        labels = filter(None, map(_code_label, block.lines))
        has_effect = any(kind is ClauseKind.EFFECT for kind, _end in labels)
        margin = -1  # of the guard whose text stands beside its label, and no effect has one
        chosen = ""  # the way of a choice that the line before is in
        if _code_label(block.lines[0]) is None:
            self._start(ClauseKind.GUARD, block.depth)
        for case, line in by_choices(block.lines):
            label = _code_label(line)
            if label:
                self._start(label[0], block.depth, line.text[: label[1]])
                is_beside = bool(line.part(label[1]).strip().text) and not has_effect
                margin = line.indentation if is_beside else -1
            elif line.indentation <= margin or (
                self._open and self._open.kind is ClauseKind.EFFECT and case != chosen
            ):
                self._start(ClauseKind.EFFECT, block.depth, f"({case})" if case else "")
                margin = -1
            chosen = case
            clause, rest = self._open, line.part(label[1]).strip() if label else line
            if clause is not None and rest.text:
                clause.code_parts.add(len(clause.parts))
                clause.parts.append(rest)
        self._open = None

    def _code_behind_words(self, block: Fence) -> None:
        """Read code whose lines begin with `requires` and `then`; what stands below is aligned."""
        indentation = 0
        for line in block.lines:
            own = len(line.text) - len(line.text.lstrip())
            if match := CODE_WORD.match(line.text):
                word = match["word"].lower()
                kind = ClauseKind.GUARD if word in GUARDING_WORDS else ClauseKind.EFFECT
                self._start(kind, block.depth)
                indentation = match.end()
            elif self._open and self._open.kind is ClauseKind.GUARD and assigns(line):
                self._start(ClauseKind.EFFECT, block.depth)
                indentation = own
            end = len(line.text.rstrip().removesuffix(":")) if match else None
            rest = line.part(indentation if match else min(own, indentation), end)
            assert self._open is not None
            self._open.code_parts.add(len(self._open.parts))
            self._open.parts.append(rest)
        self._open = None

    def table(self, block: Table) -> None:
        """Read a table whose columns, or whose rows' first cells, are labels."""
        if by_rows := worded_cases(block):
            for case, parts in by_rows:
                for opened, cell in parts:
                    self._cells(opened, block.depth, [cell], case)
            return
        if changes := list(changes_in(block)):
            for opened in _BY_CASES:
                self._start(opened, block.depth)
                for _kind, line in (each for each in changes if each[0] is opened):
                    self._add(line, is_inline=False)
            self._open = None
            return
        kinds = [_kind_of_column(reading(cell)) for cell in block.header.cells]
        if any(kinds):
            for kind, *cells in zip(kinds, *(row.cells for row in block.rows), strict=False):
                self._cells(kind, block.depth, cells)
            return
        if cases := cases_of_columns(block):
            for row in block.rows:
                kind = row_label(reading(row.cells[0]).rstrip(":"))[0]
                for case, cell in zip(cases, row.cells[1:], strict=False):
                    self._cells(kind, block.depth, [cell], case)
            return
        rows = [row for row in (block.header, *block.rows) if len(row.cells) > 1]
        labels = [reading(row.cells[0]).rstrip(":") for row in rows]
        by_words = {kind for kind, _case in map(row_label, labels)}.issuperset(_BY_CASES)
        for row, label in zip(rows, labels, strict=True):
            kind, case = row_label(label) if by_words else (clause_kind(label), "")
            self._cells(kind, block.depth, row.cells[1:], case)

    def _takes_code(self, clause: Clause, depth: int) -> bool:
        """Say whether code belongs to a clause that has text: a formula may follow its gloss."""
        is_formula = clause.kind in (ClauseKind.FORMAL, ClauseKind.DEFINITION)
        return is_formula or depth > clause.label_depth

    def _is_inside(self, block: Paragraph) -> bool:
        """Say whether a bullet lies in the open clause: emphasis there is no new label."""
        return self._open is not None and block.depth > self._open.label_depth

    def _cells(
        self, kind: ClauseKind | None, depth: int, cells: Sequence[Fragment], case: str = ""
    ) -> None:
        if kind is None:
            return
        self._start(kind, depth, f"({case})" if case else "")
        for cell in cells:
            self._add(cell, is_inline=True)
        self._open = None

    def _start(self, kind: ClauseKind, depth: int, label: str = "") -> None:
        case = (case_of_label(label) or self._case) if kind in _BY_CASES else ""
        around = self._around or self._open
        is_inside = around is not None and around.kind is kind and around.label_depth < depth
        self._around = around if case and is_inside else None
        self._open = Clause(kind, depth, case=case, by_choice=is_choice(label))
        self.clauses.append(self._open)

    def _close_paragraph(
        self, lines: Sequence[Fragment], block: Paragraph, *, labelled: bool
    ) -> None:
        """Give the open clause what stands behind its label, a bullet, or a first paragraph."""
        clause = self._open
        if clause is None or not lines:
            return
        text = joined(lines).strip()
        one_of = _ONE_OF.fullmatch(text.text)
        introduces = text.text.endswith(":") or bool(one_of)
        clause.by_choice |= bool(one_of and one_of["choice"])
        if labelled:
            if not introduces:
                self._add(text, is_inline=True)
        elif block.opens_item and block.depth > clause.label_depth:
            self._add(text, is_inline=False, depth=block.depth)
        elif block.depth <= clause.label_depth:
            self._unlabelled(clause, text, introduces=introduces, is_item=block.opens_item)

    def _unlabelled(
        self, clause: Clause, text: Fragment, *, introduces: bool, is_item: bool
    ) -> None:
        """A paragraph at the level of the label fills an empty clause, and ends any other."""
        if is_item and self._around is not None:
            self._open = self._around
            self._add(text, is_inline=False)
        elif clause.parts or is_item:
            self._open = None
        elif not introduces:
            self._add(text, is_inline=True)

    def _add(self, text: Fragment, *, is_inline: bool, depth: int = 0) -> None:
        if self._open is None or not text.text:
            return
        self._open.depths[len(self._open.parts)] = depth
        if is_inline:
            self._open.inline_parts.add(len(self._open.parts))
        self._open.parts.append(text)


def _logical_lines(content: Fragment) -> Iterator[Fragment]:
    """Yield the lines of a paragraph, and each known label within as the start of another.

    One behind a sentence that is not in bold is that of a guard or an effect.
    """
    for line in content.lines():
        start = 0
        for label in _LABEL_INSIDE.finditer(line.text):
            place = label.start()
            if label[0]:
                match = _BOLD_LABEL.match(line.text, place)
                opens = match and (match["inner"] or match["outer"]) and label_kind(match["word"])
            else:
                match = _PLAIN_LABEL.match(line.text, place)
                opens = match and clause_kind(match["word"]) in _BY_CASES
            if opens:
                yield line.part(start, place).strip()
                start = place
        yield line.part(start).strip()


def _kind_of_column(header: str) -> ClauseKind | None:
    """Return the kind of clause in a column; *Constraints* alone are about the row."""
    kind = clause_kind(header)
    is_other = kind is ClauseKind.CONSTRAINT and not header.lower().startswith("state")
    return None if is_other else kind


def _is_labelled(block: Fence) -> bool:
    """Say whether code has its labels in itself, the first behind nothing but `Let x = ...`."""
    lines = (line for line in block.lines if not NAMES_VALUE.match(line.text))
    first = next((line for line in lines if line.text.strip()), None)
    return first is not None and _code_label(first) is not None


def _code_label(line: Fragment) -> tuple[ClauseKind, int] | None:
    """Return the guard or the effect that a line of code opens, and where its text begins."""
    match = _CODE_LABEL.match(line.text)
    kind = label_kind(match["word"] or match["comment"]) if match else None
    return (kind, match.end()) if match and kind in (ClauseKind.GUARD, ClauseKind.EFFECT) else None


def _label(line: Fragment) -> tuple[ClauseKind, int] | None:
    """Return the clause that a line opens and where its text begins; None without a label.

    An unknown label needs emphasis and a colon, or a line of its own.
    """
    if match := _BOLD_LABEL.match(line.text):
        kind = label_kind(match["word"])
        alone = match.end() == len(line.text)
        if kind or match["inner"] or match["outer"] or alone:
            return kind or ClauseKind.OTHER, match.end()
        return None
    match = _PLAIN_LABEL.match(line.text)
    kind = label_kind(match["word"]) if match else introduced_kind(line.text)
    if match is None and kind is not None:
        return kind, len(line.text)
    return (kind, match.end()) if match and kind else None
