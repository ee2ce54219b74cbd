"""An error has another message or exit code in the sources than in the table of errors.

What it means
    A table of errors says with which text a program reports each of them, with which number it
    ends, or which may be tried again, and the sources do otherwise: a script that tests for what
    the document promises takes the wrong branch.

    Looked at are tables whose names are the cases of one type. Messages are those of
    `#[error("...")]`; numbers those of a `match` in a function with `exit` or `code` in its name;
    a column of yes and no is that of a function of the same name, as `is_retryable`. A column
    counts where at least one row of it agrees.

Example
    | `QueueFull` | `queue is full` | 3 |     and     `QueueError::QueueFull => 4`

What to do
    Correct the one that is out of date.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping

from msgspec import Struct

from conform.check.context import Context
from conform.check.systems.page_tables import Row, code_alone, tables_of
from conform.check.systems.system import System, level, systems_of
from conform.check.systems.written_values import meaning
from conform.domain.code_index import Enumerated, Function
from conform.domain.finding import Code, Finding
from conform.domain.prose import Passage
from conform.text import Span

CODE = Code("CF312", "message or code of an error differs")

_MESSAGES = r"(?:error )?messages?(?: text)?|texts?|display"
_NUMBERS = r"(?:process )?exit(?:[ -](?:codes?|status(?:es)?))?|codes?"
_SHOWS = frozenset(("fmt", "message"))
"""Functions that give the text of an error."""

_SHOWN = re.compile(r"[^\"]*\"(?P<text>(?:[^\"\\]|\\.)*)\"[^\"]*", re.DOTALL)
_ERROR = re.compile(r"#\[error\(\s*\"(?P<text>(?:[^\"\\]|\\.)*)\"")
_QUOTED = re.compile(
    r"\s*[\"\N{LEFT DOUBLE QUOTATION MARK}](.+)[\"\N{RIGHT DOUBLE QUOTATION MARK}]\s*"
)
_BLANK = re.compile(r"(?<!\w)(?:[A-Z]|\.\.\.|\N{HORIZONTAL ELLIPSIS})(?!\w)")
_PLACE = re.compile(r"\{[^{}]*\}|<\w+>")
_INSIDE = re.compile(r"\w+(?:::\w+)*\((?P<value>[^()]+)\)")
_ANSWER = re.compile(r"(?P<yes>yes|true|\N{CHECK MARK})|no|false|\N{EM DASH}|-", re.IGNORECASE)
_LEAST = 2


class _Given(Struct, frozen=True):
    """What the sources give a case, and where."""

    value: str
    span: Span


class _Stated(Struct, frozen=True):
    """What a row of a table states of a case, and its cell."""

    name: str
    value: str
    cell: Passage


def properties_of_errors(context: Context) -> Iterator[Finding]:
    """Yield a finding for each cell of a table of errors that the sources contradict."""
    for system in systems_of(context):
        for rows in (rows for page in system.pages for rows in tables_of(page)):
            enumerated = _type_of(system, rows)
            if enumerated is None:
                continue
            for header in rows[0].cells:
                stated, given = _column(system, enumerated, rows, header)
                yield from _compared(context, system, stated, given)


def _type_of(system: System, rows: tuple[Row, ...]) -> Enumerated | None:
    """Return the type whose cases most rows begin with."""
    names = {level(code_alone(row.first())) for row in rows} - {""}
    for enumerated in system.enumerations():
        both = names & {level(each.name) for each in enumerated.variants}
        if len(both) >= _LEAST and 2 * len(both) > len(rows):
            return enumerated
    return None


def _column(
    system: System, enumerated: Enumerated, rows: tuple[Row, ...], header: str
) -> tuple[list[_Stated], Mapping[str, _Given]]:
    """Return what a column states of the cases, and what the sources give them."""
    if re.fullmatch(_MESSAGES, header):
        return _cells(rows, header, _message), _messages(system, enumerated)
    functions = [each for file in system.files for each in file.functions]
    constants = {each.field: each.text for each in system.initials() if not each.record}
    if re.fullmatch(_NUMBERS, header):
        ends = [each for each in functions if re.search(r"exit|code", each.name)]
        tables = [_numbers(each, enumerated, constants) for each in ends]
        return _cells(rows, header, _number), next((each for each in tables if each), {})
    stem = level(re.sub(r"\W", "", header).removesuffix("?"))
    named = [
        each for each in functions if re.fullmatch(rf"(?:is|can|should)?{stem}", level(each.name))
    ]
    if len(stem) < len("retry") or len(named) != 1:
        return [], {}
    return _cells(rows, header, _answer), _answers(named[0], enumerated)


def _cells(
    rows: tuple[Row, ...], header: str, read: Callable[[Passage], str | None]
) -> list[_Stated]:
    found = []
    for row in rows:
        cell, name = row.cells.get(header), code_alone(row.first())
        value = read(cell) if cell is not None and name else None
        if cell is not None and value is not None:
            found.append(_Stated(name, value, cell))
    return found


def _message(cell: Passage) -> str | None:
    text = code_alone(cell) or (quoted[1] if (quoted := _QUOTED.fullmatch(cell.text)) else "")
    text = text.strip('"')
    return _PLACE.sub("{}", text if text.endswith("...") else text.rstrip(".")) or None


def _number(cell: Passage) -> str | None:
    return found[0] if (found := re.fullmatch(r"\d+", cell.text.strip())) else None


def _answer(cell: Passage) -> str | None:
    match = _ANSWER.fullmatch(cell.text.strip())
    return ("yes" if match["yes"] else "no") if match else None


def _messages(system: System, enumerated: Enumerated) -> Mapping[str, _Given]:
    """Return the texts of the attributes of the cases, or those of the one function that shows."""
    found = {}
    for variant in enumerated.variants:
        if match := _ERROR.search(variant.attributes):
            text = _PLACE.sub("{}", match["text"]).rstrip(".")
            found[level(variant.name)] = _Given(text, variant.span)
    functions = [each for file in system.files for each in file.functions if each.name in _SHOWS]
    tables = [_shown(each, enumerated) for each in functions]
    several = [each for each in tables if len(each) >= _LEAST]
    return several[0] if len(several) == 1 and not found else found


def _shown(function: Function, enumerated: Enumerated) -> Mapping[str, _Given]:
    """Return the texts that a function gives cases, where an arm has one case and one text."""
    cases = {level(each.name) for each in enumerated.variants}
    found = {}
    for arm in function.arms:
        named, match = {level(case) for case in arm.cases} & cases, _SHOWN.fullmatch(arm.value)
        if len(named) == 1 and match:
            text = _PLACE.sub("{}", match["text"]).rstrip(".")
            found[named.pop()] = _Given(text, arm.span)
    return found


def _numbers(
    function: Function, enumerated: Enumerated, constants: Mapping[str, str]
) -> Mapping[str, _Given]:
    """Return the numbers that a function gives cases; an arm without a case is for the rest.

    A case whose number is not understood is left out.
    """
    cases = {level(each.name) for each in enumerated.variants}
    found: dict[str, _Given] = {}
    for arm in function.arms:
        inside = _INSIDE.fullmatch(arm.value)
        number = meaning(inside["value"] if inside else arm.value, constants) or ""
        named = {level(case) for case in arm.cases} & cases
        rest = cases - found.keys() if not arm.cases and found else set()
        given = _Given(number if number.isdecimal() else "", arm.span)
        found.update(dict.fromkeys(named or rest, given))
    return {case: given for case, given in found.items() if given.value}


def _answers(function: Function, enumerated: Enumerated) -> Mapping[str, _Given]:
    """Return which cases a function of yes and no names; nothing for one that chooses otherwise."""
    cases = {level(each.name): each for each in enumerated.variants}
    named = cases.keys() & {level(word) for word in function.words}
    arms = {level(case): arm.value for arm in function.arms for case in arm.cases}
    if not named or set(arms.values()) - {"true", "false"}:
        return {}
    yes = {case for case in named if arms.get(case, "true") == "true"}
    rest = any(arm.value == "true" for arm in function.arms if not arm.cases)
    return {
        case: _Given("yes" if case in yes or (rest and case not in named) else "no", function.span)
        for case in cases
    }


def _is_same(given: str, stated: str) -> bool:
    """Say whether two texts are the same, where `N` or `...` may stand for a placeholder."""
    return given == stated or given == _BLANK.sub("{}", stated)


def _compared(
    context: Context, system: System, stated: list[_Stated], given: Mapping[str, _Given]
) -> Iterator[Finding]:
    known = [each for each in stated if level(each.name) in given]
    wrong = [each for each in known if not _is_same(given[level(each.name)].value, each.value)]
    if len(wrong) == len(known):
        return
    for each in wrong:
        found = given[level(each.name)]
        yield CODE.finding(
            f"`{each.name}` has `{found.value}` here, and `{each.value}` in {each.cell.path}",
            found.span,
            excerpt=system.excerpt(context, found.span),
            details=(f"stated at {each.cell.span()}",),
            hint="correct the one that is out of date",
        )
