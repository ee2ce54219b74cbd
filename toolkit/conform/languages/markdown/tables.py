"""Constants, variables and configurations: what the tables of a document declare."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence

from msgspec.structs import replace

from conform.domain.spec import Constant, Line, ParameterRow, Variable
from conform.languages.markdown.blocks import Block, Row, Table
from conform.languages.markdown.clause_kinds import ClauseKind
from conform.languages.markdown.clauses import code_line, is_formal, read_clauses, text_line
from conform.languages.markdown.columns import Columns, NameInCell, columns_of, split_values
from conform.languages.markdown.declared_lines import variables_in_lines
from conform.languages.markdown.index_sets import LISTED_VALUES, index_sets
from conform.languages.markdown.inline import reading
from conform.languages.markdown.listed_constants import constants_in_items, parameters_in_items
from conform.languages.markdown.listed_variables import listed_variables
from conform.languages.markdown.manuscript import Fragment
from conform.languages.markdown.name_tables import kind_of_names
from conform.languages.markdown.named_types import named_types, spelled_out
from conform.languages.markdown.outline import Section
from conform.languages.markdown.titles import Region, without_number
from conform.languages.markdown.told_variables import told_variables

MAX_COLUMNS = 100
"""A table with more columns is none of ours: mapping tables have one for each artefact."""

_NAME_IN_REGION = r"name|symbol|identifier|field|element"
_NAME_OF_CONSTANT = r"name|symbol|identifier"
"""Fields and elements are those of a record, whatever the section is called."""

_STATE = r"states?|components?"
_FIELDS = ("field", "fields", "element")
_TYPE = r"types?|domain|range|values|type / domain"
_INITIAL = (
    r"initial(?:ly| values?| states?)?|init|starts?(?: (?:at|as|with|value))?|default(?: value)?"
    r"|starting (?:value|state)|at (?:the )?start"
)
_TYPE_WORDS = r"types?|domain|kind"
_BETWEEN_VALUES = re.compile(
    r"\s/\s|\s*\N{HORIZONTAL ELLIPSIS}\s*|\s*\.\.\.?\s*|\s(?:to|and)\s"
    r"|\s[\N{EN DASH}\N{EM DASH}-]\s"
)
"""What stands between the values of two constants of one row where no comma does: `1 … 3`."""

_BARE_VALUE = re.compile(r"values?|settings?|bound to")
"""Headers of values that leave it to the title above to say of which configuration they are."""

_VALUES = frozenset({"NONE", "\N{EMPTY SET}", "{}", "<<>>"})
"""Values that are no absence of one, without marks of code too."""

_BY_ROWS = re.compile(r"config(?:uration)?s?|models?|instances?|settings?", re.I)
_CONSTANT = re.compile(r"[A-Z]\w*[a-z]\w*")
_CONSTRAINED = (Region.PARAMETERS, Region.CONSTANTS)
_CONSTRAINT_IN_CELL = re.compile(
    r"\bstate[ -]constraint\s*:?\s*`(?P<formula>[^`]*[=<>\N{ELEMENT OF}\u2264\u2265][^`]*)`", re.I
)

_OF_CONSTANTS = re.compile(r"constraints?", re.I)
_INDEX = re.compile(r"[^\W\d]\w*\[(?P<index>[^\W\d]\w*)\]")


def read_constants(root: Section) -> tuple[Constant, ...]:
    """Return the rows of tables of constants; without any, what list items declare.

    `description` joins what they say in prose.
    """
    tables = list(_constant_tables(root))
    declaring = [each for each in tables if not _configurations(*each)]
    stated = [constant for table in declaring for constant in _constants(*table)]
    known = {constant.name for constant in stated}
    for table in tables:
        if table not in declaring:  # one of values repeats what others declare
            stated += (each for each in _constants(*table) if each.name not in known)
    return tuple(stated) or tuple(constants_in_items(root))


def read_variables(root: Section) -> tuple[Variable, ...]:
    """Return the rows of tables of state variables; without any, what lines and lists declare."""
    sets = index_sets(root)
    stated = [each for found in _variable_tables(root) for each in _variables(*found, sets)]
    lined = list(variables_in_lines(root))
    typed = {each.name: each for each in lined if each.type_text}
    stated = [
        replace(each, type_text=typed[each.name].type_text, type_line=typed[each.name].type_line)
        if not each.type_text and each.name in typed
        else each
        for each in stated or _merged(lined, listed_variables(root, sets))
    ]
    begun = {each.name: each for each in lined if each.initial_text}
    stated = [
        replace(
            each,
            initial_text=begun[each.name].initial_text,
            initial_line=begun[each.name].initial_line,
        )
        if not each.initial_text and each.name in begun
        else each
        for each in stated
    ]
    types = named_types(root)
    stated = [replace(each, type_text=spelled_out(each.type_text, types)) for each in stated]
    return (*stated, *told_variables(root, {each.name for each in stated}))


def read_parameters(root: Section) -> tuple[ParameterRow, ...]:
    """Return the value of each constant in each configuration, by tables, or else by lists."""
    tabled = tuple(
        ParameterRow(name.name, values, name.content.span())
        for columns, column in _parameter_tables(root)
        for names, row in columns.named_rows(column)
        for name, values in _values(columns, row, column, names)
    )
    return tabled or tuple(parameters_by_rows(root)) or tuple(parameters_in_items(root))


def read_constraints(root: Section) -> tuple[Line, ...]:
    """Return the state constraints that sections of parameters and of constants state.

    Those in the cells of their tables are behind the words *state constraint*.
    """
    sections = [each for each in root.walk() if each.region in _CONSTRAINED]
    stated = [
        line
        for section in sections
        for clause in read_clauses([block for block in section.blocks if not _is_of_names(block)])
        if clause.kind is ClauseKind.CONSTRAINT
        for line in clause.lines()
    ]
    cells = (cell for section in sections for cell in _cells(section))
    named = ((cell, _CONSTRAINT_IN_CELL.search(cell.text)) for cell in cells)
    stated += (code_line(cell.part(*found.span("formula"))) for cell, found in named if found)
    return tuple({line.text: line for line in reversed(stated)}.values())[::-1]


def _is_of_names(block: Block) -> bool:
    """Say whether a block is a table with a column of what is asked of the constants in its rows.

    That is no state constraint: `>= 1` in it is an assumption.
    """
    headers = [reading(cell) for cell in block.header.cells] if isinstance(block, Table) else []
    return any(_OF_CONSTANTS.fullmatch(header) for header in headers[1:])


def _cells(section: Section) -> Iterator[Fragment]:
    for block in section.blocks:
        for row in block.rows if isinstance(block, Table) else ():
            yield from row.cells


# ------------------------------------------------------------------------------------- constants


def _constants(columns: Columns, column: int) -> Iterator[Constant]:
    for names, row in columns.named_rows(column):
        for name in names:
            yield Constant(name.name, _prose(columns, row, column), name.content.span())


def _constant_tables(root: Section) -> Iterator[tuple[Columns, int]]:
    for section, columns in columned(root):
        column = columns.find("constants?")
        if column is None and section.region is Region.CONSTANTS:
            column = columns.find(_NAME_OF_CONSTANT)
        if column is None and section.region in (Region.PARAMETERS, Region.CONSTANTS):
            column = _of_declared_parameters(columns)
        if column is not None and len(columns.keys) > 1 and section.region is not Region.MAPPING:
            yield columns, column


def _of_declared_parameters(columns: Columns) -> int | None:
    """Return the column of the names in a table that gives parameters types, and no values."""
    column = columns.find("parameters?")
    is_declaration = columns.find(_TYPE_WORDS) is not None
    if column is None or not is_declaration or _configurations(columns, column):
        return None
    return column


def _prose(columns: Columns, row: Row, name_column: int) -> str:
    """Return what the prose columns say, or what the type column says where there are none."""
    indices = [index for index in range(len(columns.keys)) if columns.is_prose(index)]
    texts = [reading(row.cells[index]) for index in indices if index != name_column]
    types = columns.find(_TYPE_WORDS)
    stated = [text for text in texts if text]
    return "; ".join(stated) if stated or types is None else reading(row.cells[types])


# ------------------------------------------------------------------------------------- variables


def _merged(declared: Sequence[Variable], named: Sequence[Variable]) -> list[Variable]:
    """Return variables with a type or a value, and those that are only named, in their order."""
    known = {each.name for each in declared}
    found = [*declared, *(each for each in named if each.name not in known)]
    return sorted(found, key=lambda each: each.span.line)


def _variable_tables(root: Section) -> list[tuple[Columns, int]]:
    """Return the tables of variables; beside others, one of fields is about records."""
    found = list(_declaring_tables(root))
    of_variables = [each for each in found if each[0].keys[each[1]] not in _FIELDS]
    return of_variables or found


def _declaring_tables(root: Section) -> Iterator[tuple[Columns, int]]:
    for section, columns in columned(root):
        column = columns.find("(?:state )?var(?:iable)?s?")
        if column is None and section.region is Region.VARIABLES:
            column = columns.find(_NAME_IN_REGION)
        describes = columns.find(_INITIAL) is not None or columns.find(_TYPE) is not None
        if column is None and section.region is Region.VARIABLES and describes:
            column = columns.find(_STATE)
        if column is not None and (describes or section.region is Region.VARIABLES):
            yield columns, column


def _variables(columns: Columns, column: int, sets: Mapping[str, str]) -> Iterator[Variable]:
    kind, initial = columns.find(_TYPE), columns.find(_INITIAL)
    for names, row in columns.named_rows(column):
        type_text = reading(row.cells[kind]) if kind is not None else ""
        initial_text = reading(row.cells[initial]) if initial is not None else ""
        type_line = _line(row.cells[kind]) if kind is not None else None
        initial_line = _line(row.cells[initial]) if initial is not None else None
        for name in names:
            index = _INDEX.fullmatch(name.content.text)
            domain = sets.get(index["index"], "") if index else ""
            yield Variable(
                name.name,
                _over(domain or index["index"], type_text) if index else _as_set(type_text),
                initial_text,
                name.content.span(),
                type_line if domain or not index else None,
                initial_line if domain or not index else None,
                domain,
            )


def _over(domain: str, type_text: str) -> str:
    """Return the type of a function by that of its values; values with commas between are a set."""
    listed = _as_set(type_text)
    return f"{domain} \N{RIGHTWARDS ARROW} {listed}" if listed else ""


def _as_set(type_text: str) -> str:
    return f"{{{type_text}}}" if LISTED_VALUES.fullmatch(type_text) else type_text


def _line(cell: Fragment) -> Line | None:
    """Return what a cell says as a line; `NONE` and what is empty are values like others."""
    if is_formal(cell) or reading(cell) in _VALUES:
        return Line(reading(cell), is_formal(cell), cell.span())
    return text_line(cell)


# ------------------------------------------------------------------------------------ parameters


def _parameter_tables(root: Section) -> Iterator[tuple[Columns, int]]:
    for section, columns in columned(root):
        column = columns.find("parameters?|constants?")
        if column is None and section.region in (Region.PARAMETERS, Region.CONSTANTS):
            column = columns.find(_NAME_IN_REGION)
        if column is not None and _configurations(columns, column) and not kind_of_names(columns):
            yield _titled_values(section, columns), column


def _titled_values(section: Section, columns: Columns) -> Columns:
    """Return a table with the title of its section for the header of its values, if that is bare.

    Under `7. Small Configuration` the column `Value` is about the configuration `Small`.
    """
    title = without_number(section.title.text)
    headers = tuple(
        title if title and _BARE_VALUE.fullmatch(key) else header
        for header, key in zip(columns.headers, columns.keys, strict=True)
    )
    return replace(columns, headers=headers)


def _configurations(columns: Columns, name_column: int) -> list[int]:
    """Return the columns that hold values: neither the name, nor a type, nor prose."""
    types = columns.find(_TYPE_WORDS)
    return [
        index
        for index, key in enumerate(columns.keys)
        if index not in (name_column, types) and columns.is_value(index)
        if key or index > name_column  # a first column without a header groups rows
    ]


def _values(
    columns: Columns, row: Row, name_column: int, names: Sequence[NameInCell]
) -> Iterator[tuple[NameInCell, tuple[tuple[str, str], ...]]]:
    """Yield each name of a row with its value in each configuration."""
    shares = [
        _shares(columns, row, index, len(names)) for index in _configurations(columns, name_column)
    ]
    for position, name in enumerate(names):
        yield name, tuple((header, values[position]) for header, values in shares)


def _shares(columns: Columns, row: Row, index: int, count: int) -> tuple[str, list[str]]:
    cell = row.cells[index]
    if count == 1:
        return columns.headers[index], [reading(cell)]
    values = split_values(reading(cell))
    if len(values) == 1:
        values = [value.strip() for value in _BETWEEN_VALUES.split(values[0])]
    if len(values) != count:
        raise cell.refuse(
            f"the row names {count} constants, the cell has {len(values)} values",
            expected=f"{count} values with commas between",
            hint="give each constant a row of its own",
        )
    return columns.headers[index], values


def parameters_by_rows(root: Section) -> Iterator[ParameterRow]:
    """Yield the constants of tables that have a row for each configuration: *Config*, *Max*."""
    for section, columns in columned(root):
        if section.region not in _CONSTRAINED or not _BY_ROWS.fullmatch(columns.keys[0]):
            continue
        for index, cell in enumerate(columns.table.header.cells[1:], start=1):
            name = reading(cell)
            if _CONSTANT.fullmatch(name):
                rows = (
                    (reading(row.cells[0]), reading(row.cells[index])) for row in columns.rows()
                )
                yield ParameterRow(name, tuple(rows), cell.span())


def columned(root: Section) -> Iterator[tuple[Section, Columns]]:
    """Yield every table of the document, unless it is absurdly wide, with the section around it."""
    for section in root.walk():
        for table in section.tables():
            if len(table.header.cells) <= MAX_COLUMNS:
                yield section, columns_of(table)
