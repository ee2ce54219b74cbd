"""Properties and results: the sections that state them, and the tables that list verdicts."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping, Sequence

from msgspec import Struct
from msgspec.structs import replace

from conform.domain.spec import Line, Property, ResultRow
from conform.languages.markdown.actions import (
    clauses_of,
    code_text,
    first_code,
    first_lines,
    first_paragraph,
    first_text,
    own_clauses,
)
from conform.languages.markdown.blocks import Paragraph, Row
from conform.languages.markdown.clause_kinds import ClauseKind
from conform.languages.markdown.clauses import Clause, cell_lines, code_line, text_line
from conform.languages.markdown.columns import Columns
from conform.languages.markdown.inline import codes, reading
from conform.languages.markdown.manuscript import Fragment
from conform.languages.markdown.outline import Section
from conform.languages.markdown.property_paragraphs import LATEX, properties_in_paragraphs
from conform.languages.markdown.tables import columned
from conform.languages.markdown.titles import Region, Role, is_compound, kind_in

_NAME = r"propert(?:y|ies)|invariants?|propert(?:y|ies) name"
_KIND = r"types?|kind|class|category"
_LABEL = r"#|id|label|no\.?"
_STATEMENT = r"statement|informal(?: statement)?|meaning|description|definition|(?:in )?words|claim"
_FORMAL = r"formal(?:ly| statement| definition)?|formula"
_EXPECTED = r"expected.*"
_STATUS = "status"
"""A header of verdicts, or of what else may be said of a property: draft, agreed."""

_OTHER = r"configurations?|module|file|section|spec section"
_VERDICT = re.compile(
    r"(?:PASS|FAIL)(?:ES|ED|S)?\b|holds?\b|verified\b|proved\b|proven\b|violated\b|true\b|false\b|yes\b|no\b|incomplete\b|error\b"
    r"|unknown\b|[\N{CHECK MARK}\N{HEAVY CHECK MARK}\N{WHITE HEAVY CHECK MARK}\N{BALLOT X}"
    r"\N{HEAVY BALLOT X}\N{CROSS MARK}]|[\N{EM DASH}\N{EN DASH}-](?!\w)",
    re.I,
)
_LABEL_IN_CELL = re.compile(r"(?:Safety |Liveness )?([A-Z]{1,4}-?\d+[a-z]?)\b(?=\W)")
_FORMULA_FIRST = re.compile(r"`[^`]*\s[^`]*`[^`]*")
"""A formula, with words behind it perhaps: *`x' >= x` in every step*."""

_SIGN_BETWEEN = (
    r"(?:[\N{LONG RIGHTWARDS DOUBLE ARROW}\N{RIGHTWARDS DOUBLE ARROW}\N{RIGHTWARDS WAVE ARROW}"
    r"\N{LOGICAL AND}\N{LOGICAL OR}]|=>|~>|implies|leads\s+to|and|or)"
)
_FORMULA_IN_PIECES = re.compile(
    r"(?:for\s+(?:each|every|all)\s+\w+(?:\s+`\w+`)?\s*[,:]\s*)?"
    rf"(?P<formula>(?=`[^`]*\s[^`]*`)`[^`]+`(?:\s*{_SIGN_BETWEEN}\s*`[^`]+`)+)[.\s]*",
    re.I,
)
"""A formula whose sides are code and whose signs are not: *`x = 1` ⟹ `y = 2`*."""

_FORMULA_BEHIND = re.compile(
    r"[^`:]+(?<!\be\.g\.)(?<!example)(?<!instance)(?<!such as)(?::|[.;](?=\s))\s*"
    r"(?P<formula>`[^`]*\s[^`]*`)[.\s]*",
    re.I,
)
"""A formula behind a sentence without code: *No two meet: `x = 1`*."""

_OF_ANOTHER = re.compile(
    r"\b(?:example|instance|e\.g\.|such as|unlike|instead|weaker|stronger|would)\b", re.I
)
"""Words above a formula that need not be the property's own."""

_IN_SIGNS = re.compile(
    r"[^`]*[\N{FOR ALL}\N{THERE EXISTS}\N{RIGHTWARDS DOUBLE ARROW}\u2264\u2265\u2260][^`]*$"
)
"""A formula without marks of code; what is none stays a sentence."""

_LABEL_ALONE = re.compile(r"[A-Z]{1,4}-?\d{1,3}[a-z]?")
_WORD = re.compile(r"[\w-]+")
_HOLDS = re.compile(
    r"holds?|true|verified|proved|proven"
    r"|[\N{CHECK MARK}\N{HEAVY CHECK MARK}\N{WHITE HEAVY CHECK MARK}]",
    re.I,
)
_IS_VIOLATED = re.compile(r"violated|false|[\N{BALLOT X}\N{HEAVY BALLOT X}\N{CROSS MARK}]", re.I)
"""What people write for PASS and FAIL."""

_ENGLISH = re.compile(r"(?:no|yes|true|false|holds?|unknown|verified|proved|proven)\s", re.I)
_LONGEST_VERDICT = 3
"""A cell with more words is a sentence."""

_STATING = frozenset({ClauseKind.STATEMENT, ClauseKind.FORMAL, ClauseKind.EXPECTED})


def read_properties(root: Section, others: Collection[str] = ()) -> tuple[Property, ...]:
    """Return the properties in order: those of sections, else those that tables list.

    `others` are the names of variables, actions and constants, which no paragraph states.

    A table with statements or formulas adds what no section states. An expected verdict that a
    section leaves out comes from a table, its column of expected verdicts before any other.
    """
    stated = [_property(section) for section in root.walk() if _is_property(section)]
    known = {found.name for found in stated}
    stated += (found for found in properties_in_paragraphs(root, others) if found.name not in known)
    tables = list(_property_tables(root))
    expected = _expected_verdicts(tables)
    stating = [table for table in tables if table.states]
    listing = stating if stated or stating else tables
    tabled = [found for table in listing for found in _properties_of(table)]
    known = {found.name for found in stated}
    added: dict[str, Property] = {}
    for found in tabled:
        if found.name not in known and not (found.name in added and added[found.name].lines):
            added[found.name] = found
    stated += added.values()
    return tuple(_completed(found, expected) for found in stated)


def read_results(root: Section) -> tuple[ResultRow, ...]:
    """Return the rows of every table that gives verdicts for properties, in order."""
    return tuple(
        ResultRow(
            name.name,
            table.kind_of(row),
            table.verdicts_of(row),
            row.span(),
            table.notes_of(row),
            table.label_of(row),
        )
        for table in _property_tables(root)
        if table.verdicts
        for names, row in table.columns.named_rows(table.name)
        for name in names
    )


# -------------------------------------------------------------------------------------- sections


def _is_property(section: Section) -> bool:
    if section.region is Region.MAPPING:
        return False
    if section.title.role is Role.BARE and section.region is Region.PROPERTIES:
        is_name = section.title.is_coded or is_compound(section.title.name)
        return is_name or not _STATING.isdisjoint(own_clauses(section))
    return section.title.role is Role.PROPERTY


def _property(section: Section) -> Property:
    title, content, clauses = section.title, section.content, clauses_of(section)
    assert content is not None
    aside = kind_in(title.text) if is_compound(title.name) else ""
    kind = title.kind or first_text(clauses, ClauseKind.TYPE) or aside or section.kind
    formal = (ClauseKind.FORMAL, ClauseKind.DEFINITION)
    return Property(
        name=title.name,
        label=title.label,
        kind=kind,
        statement=_on_one_line(clauses, section),
        formal=first_text(clauses, *formal)
        or code_text(first_code(section))
        or " ".join(line.text for line in _formula_paragraph(section)),
        expected=_verdict_in(first_text(clauses, ClauseKind.EXPECTED)),
        span=content.span(),
        lines=first_lines(clauses, *formal)
        or tuple(map(code_line, first_code(section)))
        or _formula_paragraph(section),
    )


def _formula_paragraph(section: Section) -> tuple[Line, ...]:
    """Return the first paragraph that consists of code or LaTeX alone, as a line; none without one.

    Or the code that stands alone in its last line, or behind sentences without code.
    """
    paragraphs = [block.content for block in section.blocks if isinstance(block, Paragraph)]
    for content in paragraphs:
        if line := _code_alone(content):
            return (line,)
        if latex := LATEX.match(content.text):
            return (code_line(content.part(*latex.span("code"))),)
    for content in paragraphs:
        *before, last = content.lines()
        above = before[-1].text.rstrip() if before else ""
        is_stated = above.endswith((".", ":")) and not _OF_ANOTHER.search(above)
        if is_stated and (line := _code_alone(last)):
            return (line,)
        behind = _FORMULA_BEHIND.fullmatch(content.text)
        if behind and _OF_ANOTHER.search(content.text, 0, behind.start("formula")):
            behind = None
        if behind and (line := _code_alone(content.part(*behind.span("formula")))):
            return (line,)
    return ()


def _code_alone(content: Fragment) -> Line | None:
    line = text_line(content)
    code = content.text.strip(" .")
    is_alone = len(codes(content)) == 1 and code[:1] == code[-1:] == "`"
    return line if line and line.is_formal and is_alone else None


# ---------------------------------------------------------------------------------------- tables


class _PropertyTable(Struct, frozen=True):
    """A table about properties, and which of its columns says what."""

    columns: Columns
    name: int
    kind: int | None
    default_kind: str
    verdicts: tuple[int, ...]
    describes: bool

    @property
    def states(self) -> bool:
        """Say whether the table states its properties and does not only list their verdicts."""
        has_formulas = self._find(_FORMAL) is not None
        return self.describes or has_formulas or self.columns.find("statement") is not None

    def _find(self, pattern: str) -> int | None:
        index = self.columns.find(pattern)
        return None if index == self.name else index

    def text_of(self, row: Row, pattern: str) -> str:
        """Return the cell of the first column whose header matches; empty without the column."""
        index = self._find(pattern)
        return reading(row.cells[index]) if index is not None else ""

    def lines_of(self, row: Row) -> tuple[Line, ...]:
        """Return the formal statement of a row: its own column, or a formula as statement."""
        index = self._find(_FORMAL)
        if index is not None:
            return cell_lines(row.cells[index])
        index = self._find(_STATEMENT)
        cell = row.cells[index] if index is not None else None
        if cell is None:
            return ()
        if _FORMULA_FIRST.fullmatch(cell.text) or _IN_SIGNS.match(cell.text):
            line = text_line(cell)
            return (line,) if line else ()
        if pieces := _FORMULA_IN_PIECES.fullmatch(cell.text):
            line = text_line(cell.part(*pieces.span("formula")))
            return (replace(line, is_formal=True),) if line else ()
        behind = _FORMULA_BEHIND.fullmatch(cell.text)
        return cell_lines(cell.part(*behind.span("formula"))) if behind else ()

    def kind_of(self, row: Row) -> str:
        """Return the kind as the row has it, or as the heading above the table has it."""
        return reading(row.cells[self.kind]) if self.kind is not None else self.default_kind

    def verdicts_of(self, row: Row) -> tuple[tuple[str, str], ...]:
        """Return the verdict columns with their cells as written."""
        headers = self.columns.headers
        return tuple((headers[index], reading(row.cells[index])) for index in self.verdicts)

    def notes_of(self, row: Row) -> str:
        """Return what the columns of prose say, joined."""
        keys = enumerate(self.columns.keys)
        cells = [row.cells[i] for i, _key in keys if i != self.name and self.columns.is_prose(i)]
        return "; ".join(filter(None, map(reading, cells)))

    def label_of(self, row: Row) -> str:
        """Return the label that a column has, or the cell of the name: S2 of `S2: Name`."""
        own = _LABEL_IN_CELL.match(reading(row.cells[self.name]))
        found = self.text_of(row, _LABEL) or (own[1] if own else "") or self._unheaded(row)
        return found.strip("\N{EM DASH}\N{EN DASH}-")

    def _unheaded(self, row: Row) -> str:
        """Return the label in a first column without a header."""
        text = reading(row.cells[0]) if self.columns.keys[0] == "" else ""
        return text if _LABEL_ALONE.fullmatch(text) else ""


def _property_tables(root: Section) -> Iterator[_PropertyTable]:
    for section, columns in columned(root):
        name = columns.find(_NAME)
        if name is None and section.region in (Region.PROPERTIES, Region.RESULTS):
            name = columns.find("name|check")
        if name is None or section.region is Region.MAPPING:
            continue
        kind = columns.find(_KIND)
        has_words = columns.find(_STATEMENT) is not None
        is_among = section.region is Region.PROPERTIES
        describes = is_among and has_words and _names_formulas(columns, name)
        verdicts = _verdict_columns(columns, name)
        table = _PropertyTable(columns, name, kind, section.kind, verdicts, describes)
        if table.states or table.verdicts or (kind is not None and _names_kinds(columns, kind)):
            yield table


def _names_formulas(columns: Columns, name: int) -> bool:
    """Say whether all cells of a column are names with capitals inside, and no words of English."""
    cells = [row.cells[name] for row in columns.table.rows if name < len(row.cells)]
    return bool(cells) and all(is_compound(reading(cell)) for cell in cells)


def _verdict_columns(columns: Columns, name: int) -> tuple[int, ...]:
    """Return the columns headed Expected and those where some cell begins with a verdict."""
    return tuple(
        index
        for index, key in enumerate(columns.keys)
        if index != name
        and columns.is_value(index)
        and not re.fullmatch(f"{_KIND}|{_LABEL}|{_STATEMENT}|{_FORMAL}|{_OTHER}", key)
        and (key != _STATUS or _has_verdicts_alone(columns, index))
        and (re.fullmatch(_EXPECTED, key) or _has_verdict(columns, index))
    )


def _has_verdict(columns: Columns, index: int) -> bool:
    """Whether a cell begins with a verdict and is no sentence: *No two workers meet* is one."""
    rows = (row for row in columns.table.rows if index < len(row.cells))
    texts = (reading(row.cells[index]) for row in rows)
    return any(_VERDICT.match(text) and not _is_sentence(text) for text in texts)


def _has_verdicts_alone(columns: Columns, index: int) -> bool:
    rows = (row for row in columns.table.rows if index < len(row.cells))
    texts = list(filter(None, (reading(row.cells[index]) for row in rows)))
    return bool(texts) and all(map(_VERDICT.match, texts))


def _is_sentence(text: str) -> bool:
    return bool(_ENGLISH.match(text)) and len(text.split()) > _LONGEST_VERDICT


def _names_kinds(columns: Columns, index: int) -> bool:
    rows = (row for row in columns.table.rows if index < len(row.cells))
    return any(kind_in(reading(row.cells[index])) for row in rows)


def _properties_of(table: _PropertyTable) -> Iterator[Property]:
    for names, row in table.columns.named_rows(table.name):
        for name in names:
            yield Property(
                name=name.name,
                label=table.label_of(row),
                kind=table.kind_of(row),
                statement=table.text_of(row, _STATEMENT),
                formal=table.text_of(row, _FORMAL),
                expected=None,
                span=name.content.span(),
                lines=table.lines_of(row),
            )


def _expected_verdicts(tables: Sequence[_PropertyTable]) -> Mapping[str, str]:
    """Return a verdict for each property that a table has one for, columns Expected first."""
    found: dict[str, str] = {}
    for table in tables:
        headers = table.columns.keys
        ordered = sorted(table.verdicts, key=lambda i: not re.fullmatch(_EXPECTED, headers[i]))
        for names, row in table.columns.named_rows(table.name):
            texts = (_verdict_in(reading(row.cells[index])) for index in ordered)
            if verdict := next(filter(None, texts), None):
                found.update((name.name, verdict) for name in names if name.name not in found)
    return found


def _verdict_in(text: str) -> str | None:
    """Return the verdict that a text begins with; None for a dash or no text.

    Other words for PASS and FAIL are given as these, and the rest as written.
    """
    match = _VERDICT.match(text) or _WORD.match(text)
    verdict = match[0] if match else text
    if _HOLDS.fullmatch(verdict.strip()):
        return "PASS"
    if _IS_VIOLATED.fullmatch(verdict.strip()):
        return "FAIL"
    return verdict.strip("\N{EM DASH}\N{EN DASH}- ") or None


def _completed(found: Property, expected: Mapping[str, str]) -> Property:
    verdict = found.expected or expected.get(found.name)
    return replace(found, expected=verdict)


def _on_one_line(clauses: Sequence[Clause], section: Section) -> str:
    stated = first_text(clauses, ClauseKind.STATEMENT) or first_paragraph(section)
    return " ".join(stated.split())
