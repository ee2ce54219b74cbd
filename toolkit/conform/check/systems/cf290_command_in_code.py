"""A command or an option in the text is not one of the program, or the program has another.

What it means
    A table of commands, or a command line that a page shows, names a command or an option that the
    sources do not declare; a command of the sources is named in no page; or a table of options
    gives another variable or default than the sources do.

    Looked at are programs whose sources declare their commands as cases of one type.

Example
    `queue compact --from 1 --to 3`     where the command has `--start` and `--end`.

What to do
    Correct the text, or the program.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from conform.check.context import Context
from conform.check.systems.command_line import Command, CommandLine, Option, command_line_of
from conform.check.systems.page_tables import Row, code_alone, tables_of
from conform.check.systems.system import System, level, systems_of
from conform.domain.finding import Code, Finding
from conform.domain.prose import Passage, PassageKind, Prose
from conform.text import Span, nearest

CODE = Code("CF290", "command line differs between text and code")

_COMMANDS = r"(?:cli |sub)?commands?"
OPTIONS = r"(?:global )?(?:options?|flags?)"
_VARIABLES = r"(?:env(?:ironment)?\b.*|variables?)"
_DEFAULTS = r"defaults?(?: values?)?"
_WORD = re.compile(r"[a-z][a-z0-9-]*")
_OPTION = re.compile(r"(?<![\w-])--(?P<name>[a-z][a-z0-9-]*)")
_OF_OPTION = re.compile(r"--[a-z][\w-]*(?:[ =]+<[\w-]+>)?")
_ARGUMENT = re.compile(r"<(?P<name>[\w-]+)>")
_ADD = "add it to the program, or correct the text"
_ALWAYS = frozenset(("help", "version"))


def commands_in_code(context: Context) -> Iterator[Finding]:
    """Yield a finding for each part of a command line that text and sources do not share."""
    for system in systems_of(context):
        line = command_line_of(system)
        if line is None:
            continue
        named: set[str] = set()
        for page in system.pages:
            yield from _in_tables(context, system, line, page, named)
            yield from _shown(context, line, page, named)
        if named & {name for command in line.commands for name in command.names}:
            yield from _unnamed(context, system, line, named)


def _in_tables(
    context: Context, system: System, line: CommandLine, page: Prose, named: set[str]
) -> Iterator[Finding]:
    for rows in tables_of(page):
        for row in rows:
            if cell := row.under(_COMMANDS):
                yield from _in_row(context, line, row, cell, named)
            if cell := row.under(OPTIONS):
                yield from _option_row(context, system, line, row, cell)
            elif cell := row.under(_VARIABLES):
                yield from _variable_row(context, system, line, row, cell)


def _in_row(
    context: Context, line: CommandLine, row: Row, cell: Passage, named: set[str]
) -> Iterator[Finding]:
    first = next(cell.coded(), None)
    words = list(_WORD.finditer(first[1])) if first else []
    if first is None or not words:
        return
    word = words[1] if words[0][0] == line.program and len(words) > 1 else words[0]
    named.add(word[0])
    command = line.command(word[0])
    if command is None:
        yield _no_command(context, line, cell, first[0] + word.start(), word[0])
        return
    for passage in row.cells.values():
        for start, text in passage.coded():
            for option in _OPTION.finditer(text):
                yield from _no_option(context, line, command, passage, start, option)
            yield from _misplaced(context, line, command, passage, start, text)


def _misplaced(
    context: Context,
    line: CommandLine,
    command: Command,
    passage: Passage,
    start: int,
    text: str,
) -> Iterator[Finding]:
    """Yield a finding where the arguments are those of the command in another order."""
    places = list(_ARGUMENT.finditer(_OF_OPTION.sub(lambda found: " " * len(found[0]), text)))
    stated = [level(match["name"]) for match in places]
    taken = [level(name) for name in command.arguments]
    if sorted(stated) == sorted(taken) and stated != taken:
        span = passage.span(start + places[0].start(), start + places[-1].end())
        order = " ".join(f"<{name}>" for name in command.arguments)
        yield CODE.finding(
            f"`{line.program} {command.names[0]}` takes its arguments as `{order}`",
            span,
            excerpt=context.excerpt(span),
            hint="correct the order in the text, or in the program",
        )


def _shown(context: Context, line: CommandLine, page: Prose, named: set[str]) -> Iterator[Finding]:
    """Yield findings on the lines of code, and the code in sentences, that run the program."""
    call = re.compile(rf"(?:^|[\s/;|&$])(?:{re.escape(line.program)})\s+(?P<rest>[^|;&#>]*)")
    for passage in page.passages:
        pieces = [(0, passage.text)] if passage.kind is PassageKind.CODE else passage.coded()
        for start, text in pieces:
            for match in call.finditer(text):
                yield from _call(context, line, passage, start + match.start("rest"), match, named)


def _call(
    context: Context,
    line: CommandLine,
    passage: Passage,
    start: int,
    match: re.Match[str],
    named: set[str],
) -> Iterator[Finding]:
    before = _options_before(line, match["rest"])
    rest, start = match["rest"][before:], start + before
    word = _WORD.match(rest)
    if word is None or rest[word.end() : word.end() + 1] not in ("", " "):
        return  # an option comes first, or it is a sentence of a comment
    named.add(word[0])
    command = line.command(word[0])
    if command is None:
        if nearest(word[0], [name for each in line.commands for name in each.names]):
            yield _no_command(context, line, passage, start, word[0])
        return
    for option in _OPTION.finditer(rest):
        yield from _no_option(context, line, command, passage, start, option)


def _options_before(line: CommandLine, rest: str) -> int:
    """Return where the command begins behind options of the program, 0 where others stand first."""
    end = 0
    while match := re.compile(r"--(?P<name>[a-z][a-z0-9-]*)(?P<value>=\S+)?\s+").match(rest, end):
        option = next((each for each in line.options if each.name == match["name"]), None)
        if option is None:
            return 0
        end = match.end()
        if not option.is_flag and not match["value"]:
            value = re.compile(r"\S+\s+").match(rest, end)
            end = value.end() if value else end
    return end


def _no_command(
    context: Context, line: CommandLine, passage: Passage, start: int, name: str
) -> Finding:
    span = passage.span(start, start + len(name))
    close = nearest(name, [name for each in line.commands for name in each.names])
    return CODE.finding(
        f"`{line.program}` has no command `{name}`",
        span,
        excerpt=context.excerpt(span),
        hint=f"did you mean `{close}`?" if close else _ADD,
    )


def _no_option(
    context: Context,
    line: CommandLine,
    command: Command,
    passage: Passage,
    start: int,
    match: re.Match[str],
) -> Iterator[Finding]:
    known = [option.name for option in (*command.options, *line.options)]
    if match["name"] in known or match["name"] in _ALWAYS:
        return
    span = passage.span(start + match.start(), start + match.end())
    close = nearest(match["name"], known)
    yield CODE.finding(
        f"`{line.program} {command.names[0]}` has no option `{match[0]}`",
        span,
        excerpt=context.excerpt(span),
        hint=f"did you mean `--{close}`?" if close else _ADD,
    )


def _option_row(
    context: Context, system: System, line: CommandLine, row: Row, cell: Passage
) -> Iterator[Finding]:
    match = _OPTION.search(cell.text)
    named = (each for each in line.every_option() if match and each.name == match["name"])
    option = next(named, None)
    if match is None:
        return
    if option is None:
        span = cell.span(match.start(), match.end())
        yield CODE.finding(
            f"`{line.program}` has no option `{match[0]}`",
            span,
            excerpt=context.excerpt(span),
            hint=_ADD,
        )
        return
    for header, given in ((_VARIABLES, option.variable), (_DEFAULTS, option.default)):
        stated = row.under(header)
        code = next(stated.coded(), None) if stated else None
        if stated and code and given and code[1].strip('"') != given:
            yield _differs(context, system, option, given, code[1], stated.span())


def _variable_row(
    context: Context, system: System, line: CommandLine, row: Row, cell: Passage
) -> Iterator[Finding]:
    """Yield a finding where a table of variables gives one another default than its option has."""
    stated, name = row.under(_DEFAULTS), code_alone(cell)
    option = next((each for each in line.every_option() if name and each.variable == name), None)
    if stated is None or option is None or option.default is None:
        return
    value = code_alone(stated).strip('"')
    if value and value != option.default:
        yield _differs(context, system, option, option.default, value, stated.span())


def _differs(
    context: Context, system: System, option: Option, given: str, stated: str, place: Span
) -> Finding:
    return CODE.finding(
        f"`--{option.name}` has `{given}` here, and `{stated}` in {place.path}",
        option.span,
        excerpt=system.excerpt(context, option.span),
        details=(f"stated at {place}",),
        hint="correct the one that is out of date",
    )


def _unnamed(
    context: Context, system: System, line: CommandLine, named: set[str]
) -> Iterator[Finding]:
    told = named | {word for page in system.pages for word in _told(page)}
    for command in line.commands:
        if not told & set(command.names):
            yield CODE.finding(
                f"the command `{command.names[0]}` of `{line.program}` is in no document",
                command.span,
                excerpt=system.excerpt(context, command.span),
                hint="add it to the table of commands, or correct its name",
            )


def _told(page: Prose) -> Iterator[str]:
    """Yield the words in code that headings, items and rows without such a header begin with."""
    for passage in page.of(PassageKind.HEADING, PassageKind.ITEM, PassageKind.CELL):
        is_first = passage.kind is not PassageKind.CELL or passage.column == 0
        start, text = next(passage.coded(), (0, "")) if is_first else (0, "")
        if match := _WORD.match(text if not passage.text[:start].strip("0123456789. ") else ""):
            yield match[0]
