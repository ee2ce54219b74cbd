"""A command or an option in the text is not one of the program, or the program has another.

What it means
    A table of commands, or a command line that a page shows, names a command or an option that the
    sources do not declare; a command of the sources is named in no page; or a table of options
    gives another variable or default than the sources do.

    Looked at are programs whose sources declare their commands as cases of one type. In lines that
    run the program, in lists of commands and in a help that the page prints, most commands have to
    be those of the program, before another one is told of that resembles none.

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
from conform.check.systems.shown_commands import WORD, Shown, calls, listings, options
from conform.check.systems.system import System, level, systems_of
from conform.domain.finding import Code, Finding
from conform.domain.prose import Passage, PassageKind, Prose
from conform.text import Span, nearest

CODE = Code("CF290", "command line differs between text and code")

_COMMANDS = r"(?:cli |sub)?commands?"
OPTIONS = r"(?:global |cli |command[ -]line )?(?:options?|flags?)"
_VARIABLES = r"(?:env(?:ironment)?\b.*|variables?)"
_DEFAULTS = r"defaults?(?: values?)?"
_OPTION = re.compile(r"(?<![\w-])--(?P<name>[a-z][a-z0-9-]*)")
_OF_OPTION = re.compile(r"--[a-z][\w-]*(?:[ =]+(?:<[\w-]+>|[A-Z][A-Z_]*\b))?")
_ARGUMENT = re.compile(r"<(?P<name>[\w-]+)>|(?<![\w<-])(?P<upper>[A-Z][A-Z_]+)(?![\w>-])")
_ADD = "add it to the program, or correct the text"
_ALWAYS = frozenset(("help", "version"))
_LEAST = 3
_PLAIN = re.compile(r"\s*(?!none\b|required\b|optional\b)\w[\w./:+-]*[\w/+]\s*", re.IGNORECASE)
"""A value that stands in a cell without being set in code."""


def commands_in_code(context: Context) -> Iterator[Finding]:
    """Yield a finding for each part of a command line that text and sources do not share."""
    for system in systems_of(context):
        line = command_line_of(system)
        if line is None:
            continue
        named: set[str] = set()
        for page in system.pages:
            yield from _in_tables(context, system, line, page, named)
            yield from _shown(context, system, line, page, named)
            yield from _told_options(context, system, line, page)
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
    words = list(WORD.finditer(first[1])) if first else []
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
    stated = [level(match["name"] or match["upper"]) for match in places]
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


def _shown(
    context: Context, system: System, line: CommandLine, page: Prose, named: set[str]
) -> Iterator[Finding]:
    """Yield findings on the lines that run the program, and on the lists of its commands."""
    run = list(calls(page, line.program, system.package))
    is_of_ours = _are_most(
        line, [word for each in run if each.is_first if (word := _first(line, each))]
    )
    for shown in run:
        yield from _call(context, line, shown, named, is_of_ours=is_of_ours and shown.is_first)
    for listed in listings(page):
        words = [word for each in listed if (word := _first(line, each))]
        if _are_most(line, words):
            for shown in listed:
                word = _first(line, shown)
                if word and (line.command(word) or level(word) not in system.names):
                    yield from _call(context, line, shown, named, is_of_ours=True)


def _first(line: CommandLine, shown: Shown) -> str:
    """Return the command that a text begins with, nothing for a text that is no command line."""
    rest = shown.text[_options_before(line, shown.text) :]
    word = WORD.match(rest)
    is_word = word is not None and rest[word.end() : word.end() + 1] in ("", " ")
    return word[0] if word and is_word and word[0] not in _ALWAYS else ""


def _are_most(line: CommandLine, words: list[str]) -> bool:
    """Say whether three commands or more are the program's, and less than half of those others."""
    known = {word for word in words if line.command(word)}
    return len(known) >= _LEAST and 2 * len(set(words) - known) < len(known)


def _call(
    context: Context, line: CommandLine, shown: Shown, named: set[str], *, is_of_ours: bool
) -> Iterator[Finding]:
    """Yield findings on one command line; an option comes first in it, or it is a sentence."""
    name = _first(line, shown)
    if not name:
        return
    before = _options_before(line, shown.text)
    rest, start = shown.text[before:], shown.start + before
    named.add(name)
    command = line.command(name)
    if command is None:
        if is_of_ours or nearest(name, [name for each in line.commands for name in each.names]):
            yield _no_command(context, line, shown.passage, start, name)
        return
    for option in _OPTION.finditer(rest):
        yield from _no_option(context, line, command, shown.passage, start, option)
    yield from _misplaced(context, line, command, shown.passage, start, rest)


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
        plain = stated.text.strip() if stated and given and _PLAIN.fullmatch(stated.text) else ""
        value = code[1] if code else plain
        if stated and value and given and value.strip('"') != given:
            yield _differs(context, system, option, given, value, stated.span())


def _told_options(
    context: Context, system: System, line: CommandLine, page: Prose
) -> Iterator[Finding]:
    """Yield findings on options in lists and in a help, if most of them are the program's."""
    every: dict[str, list[Option]] = {}
    for option in line.every_option():
        every.setdefault(option.name, []).append(option)
    for listed in options(page):
        known = {each.name for each in listed if each.name in every}
        unknown = {each.name for each in listed} - known - _ALWAYS
        is_ours = len(known) > max(1, 2 * len(unknown))
        for each in listed:
            place = each.passage.span(each.start, each.start + len(each.name) + 2)
            if each.name in unknown and is_ours:
                yield CODE.finding(
                    f"`{line.program}` has no option `--{each.name}`",
                    place,
                    excerpt=context.excerpt(place),
                    hint=_ADD,
                )
            if len(every.get(each.name, ())) != 1 or not is_ours:
                continue
            option = every[each.name][0]
            told = ((each.variable, option.variable), (each.default, option.default))
            for value, given in told:
                if value and given and value != given:
                    yield _differs(context, system, option, given, value, place)


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
        if match := WORD.match(text if not passage.text[:start].strip("0123456789. ") else ""):
            yield match[0]
